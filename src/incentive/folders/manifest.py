"""What a folder says of itself: what it was made from, what it was made with, what came out, and every file in it.

The id of a run is a hash of what goes in and of nothing else: the same plan, data, choices and closed periods are the
same run, whoever makes it, when and where. What it was made with stands apart: another version must give the same
files, or it is told.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from attrs import frozen

from incentive.diagnostics import Language
from incentive.folders.sinks import Entry
from incentive.quantities import Number
from incentive.results import exact_text

FORMAT: Final = "incentive-run"
VERSION: Final = 1
NAME: Final = "manifest.json"
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_NUMBER: Final = re.compile(r"-?\d{1,40}(?:\.\d{1,40}|/[1-9]\d{0,40})?")
_ENTRIES: Final = frozenset({"sha256", "bytes", "rows"})


@frozen
class Held:
    """A file that goes in: its name in the folder, its hash, and what the plan reads it for."""

    file: str
    sha256: str
    holds: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The file as plain data."""
        return {"file": self.file, "sha256": self.sha256, **({"holds": list(self.holds)} if self.holds else {})}


@frozen
class Inputs:
    """Everything that decides what comes out.

    Attributes:
        plan: The files of the plan, the one that is run first.
        data: Those of the data.
        mapping: That of the mapping, if there is one.
        kept_as: Whether the data was a folder, or single files by what they hold.
        parameters: Those that were given another value.
        as_of: The day it was told to know until.
        periods: The periods, by name, in order.
        after: The id of the state of the closed periods.
        previous: The id of the run that closed them, if corrections were told by its data.
        explained: Whether every line is explained.
    """

    plan: tuple[Held, ...]
    data: tuple[Held, ...]
    mapping: Held | None
    kept_as: Literal["folder", "files"]
    parameters: Mapping[str, Number]
    as_of: date | None
    periods: tuple[str, ...]
    after: str | None
    previous: str | None
    explained: bool

    @property
    def id(self) -> str:
        """SHA-256 of all of it."""
        return _sha256(_canonical({"format": FORMAT, "version": VERSION, **self.to_dict()}))

    def to_dict(self) -> dict[str, object]:
        """The inputs as plain data; numbers are exact text."""
        return {
            "plan": [each.to_dict() for each in self.plan],
            "data": [each.to_dict() for each in self.data],
            "mapping": None if self.mapping is None else self.mapping.to_dict(),
            "kept_as": self.kept_as,
            "parameters": {name: exact_text(value) for name, value in self.parameters.items()},
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "periods": list(self.periods),
            "after": self.after,
            "previous": self.previous,
            "explained": self.explained,
        }


@frozen
class Manifest:
    """What stands in `manifest.json`.

    Attributes:
        label: What people call the plan.
        language: That of the plan.
        inputs: What the run was made from.
        made_with: The versions and the engine that made it.
        results: What came out, added up.
        files: Every other file of the folder, by name.
    """

    label: str
    language: Language
    inputs: Inputs
    made_with: Mapping[str, str]
    results: Mapping[str, object]
    files: Mapping[str, Entry]

    @property
    def id(self) -> str:
        """What the run is known by."""
        return self.inputs.id

    def to_dict(self) -> dict[str, object]:
        """The manifest as plain data, with its own hash last."""
        found = {
            "format": FORMAT,
            "version": VERSION,
            "id": self.id,
            "label": self.label,
            "language": self.language,
            "inputs": self.inputs.to_dict(),
            "made_with": dict(sorted(self.made_with.items())),
            "results": dict(self.results),
            "files": {name: each.to_dict() for name, each in sorted(self.files.items())},
        }
        return {**found, "sha256": _sha256(_canonical(found))}

    def to_bytes(self) -> bytes:
        """The manifest as it is kept."""
        return _written(self.to_dict())


def read_manifest(content: bytes) -> Manifest | None:
    """Give the manifest of a folder; None where it is none of this version."""
    try:
        stored = json.loads(content)
        if stored["format"] != FORMAT or stored["version"] is not VERSION:
            return None
        return _manifest(stored)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def is_whole(content: bytes, made: Manifest) -> bool:
    """Whether a manifest is to the byte what was written."""
    return made.to_bytes() == content


def _manifest(stored: Any) -> Manifest:  # noqa: ANN401 - whatever a file holds
    given = stored["inputs"]
    mapping = given["mapping"]
    inputs = Inputs(
        tuple(map(_held, given["plan"])),
        tuple(map(_held, given["data"])),
        None if mapping is None else _held(mapping),
        "files" if given["kept_as"] == "files" else "folder",
        {_text(name): _number(value) for name, value in given["parameters"].items()},
        None if given["as_of"] is None else date.fromisoformat(given["as_of"]),
        tuple(map(_text, given["periods"])),
        _id(given["after"]),
        _id(given["previous"]),
        bool(given["explained"]),
    )
    if not inputs.plan or not inputs.periods:
        raise ValueError
    return Manifest(
        _text(stored["label"]),
        "fr" if stored["language"] == "fr" else "en",
        inputs,
        {_text(name): _text(value) for name, value in stored["made_with"].items()},
        dict(stored["results"]),
        {_file(name): _entry(each) for name, each in stored["files"].items()},
    )


def _held(stored: Any) -> Held:  # noqa: ANN401
    return Held(_file(stored["file"]), _sure(stored["sha256"]), tuple(map(_text, stored.get("holds", ()))))


def _entry(stored: Any) -> Entry:  # noqa: ANN401
    size, rows = stored["bytes"], stored.get("rows")
    if not set(stored) <= _ENTRIES or type(size) is not int or type(rows) not in {int, type(None)}:
        raise ValueError
    return Entry(_sure(stored["sha256"]), size, rows)


def _file(name: object) -> str:
    """The name of a file that lies in the folder."""
    path = PurePosixPath(_text(name))
    if path.is_absolute() or ".." in path.parts or str(path) != name or "\\" in str(path):
        raise ValueError
    return str(path)


def _number(value: object) -> Number:
    if not _NUMBER.fullmatch(_text(value)):
        raise ValueError
    number = Fraction(_text(value))
    return number.numerator if number.denominator == 1 else number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _sure(value: object) -> str:
    if not _HASH.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _id(value: object) -> str | None:
    return None if value is None else _sure(value)


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _written(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
