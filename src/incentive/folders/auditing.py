"""Audit a folder: is it what was written, and does what it holds give what it says?

Two things can be wrong with a run that was kept. A file was changed: its hash tells. Or everything is as it was
written, and computing it again gives something else: then what differs is named, amount by amount, since somebody was
paid by it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

from incentive.diagnostics import DataError, Diagnostic, IncentiveError, Language, as_dict, visible
from incentive.engines import EngineChoice
from incentive.folders import disk
from incentive.folders.kept import RunFolder, told, verify
from incentive.folders.manifest import NAME, Manifest
from incentive.folders.records import CAUSES, KEYS
from incentive.folders.sinks import Entry, Hashing
from incentive.folders.writing import fill, made_with

_SHOWN: Final = 20
"""How many differences of a file are named; the others are counted."""


@frozen
class Audit:
    """What an audit found.

    Attributes:
        path: The folder.
        id: The id of the run; None where it is no folder of a run.
        label: What people call the plan.
        periods: The periods of the run.
        language: That of the plan.
        files: How many files were looked at.
        lines: How many lines were computed again.
        findings: What is wrong.
        notes: What is worth knowing and not wrong by itself.
    """

    path: Path
    id: str | None
    label: str
    periods: tuple[str, ...]
    language: Language
    files: int
    lines: int
    findings: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    def to_dict(self) -> dict[str, object]:
        """The audit as plain data."""
        return {
            "version": 1,
            "id": self.id,
            "label": self.label,
            "periods": list(self.periods),
            "passed": self.passed,
            "files": self.files,
            "lines": self.lines,
            "findings": [as_dict(each) for each in self.findings],
            "notes": [as_dict(each) for each in self.notes],
        }


@define
class _Keeping:
    """Takes the files of a run that is computed again, and keeps some of them to be compared."""

    wanted: frozenset[str]
    kept: dict[str, bytes] = field(factory=dict)
    hashing: Hashing = field(factory=Hashing)

    def put(self, name: str, blocks: Iterable[bytes]) -> Entry:
        """Hash a file, and keep it if it is wanted."""
        if name not in self.wanted:
            return self.hashing.put(name, blocks)
        self.kept[name] = b"".join(blocks)
        return self.hashing.put(name, [self.kept[name]])


def audit(path: str | Path, *, previous: str | Path | None = None, engine: EngineChoice = "auto") -> Audit:
    """Verify every file of a folder, compute the run again from what it holds, and compare every result.

    Args:
        path: The folder.
        previous: The folder of the run before: it must be the one that this run was made after, and causes of
            corrections are told again with it.
        engine: Which engine computes.

    Returns:
        What was found; nothing that is wrong with a folder is raised.
    """
    folder = Path(path)
    made, found = verify(folder)
    if made is None:
        return Audit(folder, None, "", (), "en", 0, 0, found)
    shown = Audit(
        folder,
        made.id,
        made.manifest.label,
        made.periods,
        made.manifest.language,
        len(made.manifest.files) + 1,
        0,
        found,
    )
    if found:  # what was changed would be computed again as if it were the run
        return shown
    try:
        before, found = _previous(made, previous)
        if found:
            return evolve(shown, findings=found)
        lines, found, engine_used = _again(made, before, engine)
    except IncentiveError as error:
        return evolve(shown, findings=_refused(made, error))
    return evolve(shown, lines=lines, findings=found, notes=tuple(_notes(made, before, engine_used)))


def _previous(made: RunFolder, path: str | Path | None) -> tuple[RunFolder | None, tuple[Diagnostic, ...]]:
    """The folder of the run before, and what is wrong with it."""
    if path is None:
        return None, ()
    before, found = verify(Path(path))
    if before is None or found:
        return None, found
    closed, inputs = before.closed, made.manifest.inputs
    other = closed is None or closed.id != inputs.after or inputs.previous not in {None, before.id}
    return before, (told("R117", made.manifest.language, folder=visible(str(path))),) if other else ()


def _again(
    made: RunFolder, before: RunFolder | None, engine: EngineChoice
) -> tuple[int, tuple[Diagnostic, ...], dict[str, str]]:
    """Compute a run again; give how many lines it has, what differs, and what computed it."""
    run = made.run(engine)
    inputs, files = made.manifest.inputs, made.manifest.files
    told_by = before if inputs.previous is not None else None
    skipped = {CAUSES} if inputs.previous is not None and told_by is None else set()
    again = fill(Hashing(), run, made.dataset(), told_by, explained=inputs.explained)
    other = {name for name in {*files, *again.files} - skipped if files.get(name) != again.files.get(name)}
    # What differs is made once more to be read: a file of explanations that is the same is never held.
    keeping = _Keeping(frozenset(other))
    if other:
        fill(keeping, run, made.dataset(), told_by, explained=inputs.explained)
    found: list[Diagnostic] = []
    for name in sorted(other):
        if name not in again.files:
            found.append(told("R115", made.manifest.language, file=visible(name)))
        elif name not in files:
            found.append(told("R114", made.manifest.language, file=visible(name)))
        else:
            found += _differences(made, name, keeping.kept[name])
    if not found:
        found += _said_otherwise(made.manifest, again, skipped)
    return len(run.payouts), tuple(found), made_with(run)


def _said_otherwise(stored: Manifest, again: Manifest, skipped: set[str]) -> Iterator[Diagnostic]:
    """What a manifest says otherwise, though every file is the same."""
    inputs = evolve(again.inputs, previous=stored.inputs.previous)
    files = dict(again.files) | {name: stored.files[name] for name in skipped}
    whole = evolve(again, inputs=inputs, made_with=stored.made_with, files=files)
    one, other = (each.to_dict() | {"id": None, "sha256": None} for each in (stored, whole))
    for place, was, now in _parts(one, other, ""):
        yield told("R116", stored.language, file=NAME, where=place, was=_short(was), now=_short(now))


def _parts(one: object, other: object, place: str) -> Iterator[tuple[str, object, object]]:
    """The parts of plain data that differ, by their names from the outermost on."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            yield from _parts(one.get(key), other.get(key), f"{place} {key}".strip())
    elif one != other:
        yield place, one, other


def _differences(made: RunFolder, name: str, again: bytes) -> Iterator[Diagnostic]:
    """Name what differs in a file."""
    stored = b"".join(disk.blocks(made.path / name))
    one, other = (each.decode("utf-8", "replace") for each in (stored, again))
    changes = list(_rows(one, other, KEYS[name]) if name in KEYS else _lines(one, other))
    for place, was, now in islice(changes, _SHOWN):
        values = {"file": name, "where": place, "was": _short(was), "now": _short(now)}
        yield told("R116", made.manifest.language, **values)
    if len(changes) > _SHOWN:
        values = {"file": name, "count": str(len(changes) - _SHOWN)}
        yield told("R119", made.manifest.language, **values)


def _rows(one: str, other: str, keys: int) -> Iterator[tuple[str, str, str]]:
    """The rows of a table that differ, by what says which row it is; "-" is a row that is not there."""
    head, *_ = csv.reader(io.StringIO(one))
    tables = [
        {" ".join(row[:keys]): row[keys:] for row in islice(csv.reader(io.StringIO(text)), 1, None)}
        for text in (one, other)
    ]
    for place in sorted({*tables[0], *tables[1]}):
        was, now = (table.get(place) for table in tables)
        if was == now:
            continue
        if was is None or now is None:
            yield place, " ".join(was or "-"), " ".join(now or "-")
            continue
        for column, before, after in zip(head[keys:], was, now, strict=True):
            if before != after:
                yield f"{place} {column}", before, after


def _lines(one: str, other: str) -> Iterator[tuple[str, str, str]]:
    """The lines of a text that differ, by their number."""
    for number, (was, now) in enumerate(zip_longest(one.split("\n"), other.split("\n")), start=1):
        if was != now:
            yield str(number), "-" if was is None else was, "-" if now is None else now


def _short(value: object) -> str:
    text = visible(str(value))
    return text if len(text) <= 120 else f"{text[:119]}…"


def _notes(made: RunFolder, before: RunFolder | None, used: dict[str, str]) -> Iterator[Diagnostic]:
    language, was = made.manifest.language, made.manifest.made_with
    for name in sorted({*was, *used}):
        if was.get(name) != used.get(name):
            yield told("R120", language, what=name, was=was.get(name, "-"), now=used.get(name, "-"))
    if made.manifest.inputs.previous is not None and before is None:
        yield told("R121", language, file=CAUSES)


def _refused(made: RunFolder, error: IncentiveError) -> tuple[Diagnostic, ...]:
    """A run that cannot be computed again."""
    if isinstance(error, DataError):
        return error.diagnostics
    return (told("R122", made.manifest.language, reason=_short(error)),)
