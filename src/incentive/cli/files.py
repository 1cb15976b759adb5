"""Paths that the user names: the plan, the folder of data, the mapping that goes with them."""

from __future__ import annotations

import sys
from pathlib import Path

from incentive.cli.terminal import warn
from incentive.diagnostics import UsageError, visible
from incentive.language import Give, beside, nowhere, take

STDIN = "-"
_MAPPING = "mapping.toml"


def read_plan(name: str) -> tuple[bytes, str]:
    """The bytes of a plan, and what messages call it.

    Raises:
        UsageError: it cannot be read.
    """
    if name == STDIN:
        return take(sys.stdin.buffer), "<stdin>"
    try:
        with Path(name).open("rb") as file:
            return take(file), name
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read the plan {visible(name)!r}: {why(error)}") from error


def files_of(plan: str) -> Give:
    """What gives the files that a plan names: its folder, and nothing for a plan from standard input."""
    return nowhere if plan == STDIN else beside(plan)


def folder(name: str) -> Path:
    """The folder of data.

    Raises:
        UsageError: it is not there.
    """
    path = Path(name)
    if not path.is_dir():
        raise UsageError(f"--data {visible(name)!r}: there is no such folder")
    return path


def find_mapping(plan: str, data: Path, asked: str | None) -> Path | None:
    """The mapping to use: the one asked for, the data's, the plan's, or none.

    A mapping that does not lie with the data is named on standard error.

    Raises:
        UsageError: the one asked for is not there, or both data and plan have one.
    """
    if asked is not None:
        if not Path(asked).is_file():
            raise UsageError(f"--mapping {visible(asked)!r}: there is no such file")
        return _told(Path(asked), data)
    own = data / _MAPPING
    beside = None if plan == STDIN else Path(plan).parent / _MAPPING
    if beside is None or not beside.is_file():
        return own if own.is_file() else None
    if not own.is_file():
        return _told(beside, data)
    if own.samefile(beside):
        return own
    raise UsageError(f"both {visible(str(own))} and {visible(str(beside))} exist: say which one with --mapping")


def _told(mapping: Path, data: Path) -> Path:
    if not mapping.parent.samefile(data):
        warn(f"mapping: {visible(str(mapping))}")
    return mapping


def why(error: OSError | ValueError) -> str:
    """Why a file cannot be read or written, in words that no locale changes."""
    match error:
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "it is a folder"
        case PermissionError():
            return "you have no permission"
        case FileExistsError():
            return "it exists already"
        case OSError(strerror=str(text)):
            return text
        case _:
            return "it is not the name of a file"
