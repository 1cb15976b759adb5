"""The files that a plan names: found beside it, or given by a host that keeps plans elsewhere, and nowhere else.

A plan arrives by mail from anybody, and whoever checks it may be allowed to read much: a name such as
`../../etc/passwd` would open a file of theirs, and an excerpt in a message would show it. So a name is one inside the
folder of the text that says it: no way up, no way out, no link, no device, and it ends in `.plan`. Each folder on the
way is opened from the one before, so that nothing can be put in its place between the look and the reading.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal

from attrs import frozen

from incentive.language.source import take

SUFFIX: Final = ".plan"
_PART = re.compile(r"[^\W_][\w\-]*(?:[ .][\w\-]+)*\Z")  # no hidden file, no `..`, no end that a system would drop
_LONGEST: Final = 255  # bytes of a name, as most file systems have it
_OPENS_FROM: Final = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW") and hasattr(os, "O_DIRECTORY")


@frozen
class Withheld:
    """Why there is no text of a name: nobody gave files, none has the name, or it is none that is read."""

    why: Literal["no files", "missing", "link", "no file", "unreadable"]


Give = Callable[[str], bytes | str | Withheld]


def is_inside(name: str) -> bool:
    """Whether a name, as written, is that of a plan inside the folder of the text that says it."""
    parts = name.split("/")
    return name.endswith(SUFFIX) and all(
        _PART.match(each) is not None and len(each.encode("utf-8", "surrogatepass")) <= _LONGEST for each in parts
    )


def nowhere(_: str) -> Withheld:
    """Give no file at all: the plan came as a text."""
    return Withheld("no files")


def given(files: Mapping[str, str]) -> Give:
    """Give texts that a host holds, by their names."""

    def give(name: str) -> str | Withheld:
        return files[name] if name in files else Withheld("missing")

    return give


def beside(plan: str | Path) -> Give:
    """Give the files in the folder of a plan, and in folders below it."""
    folder = Path(plan).parent

    def give(name: str) -> bytes | Withheld:
        if not is_inside(name):
            return Withheld("missing")
        try:
            return _read(folder, name.split("/"))
        except (FileNotFoundError, NotADirectoryError):
            return Withheld("link" if _has_link(folder, name) else "missing")
        except OSError:
            return Withheld("link" if _has_link(folder, name) else "unreadable")

    return give


def _read(folder: Path, parts: list[str]) -> bytes | Withheld:
    if not _OPENS_FROM:  # a system without folders to open from: each step is looked at instead
        if _has_link(folder, "/".join(parts)):
            return Withheld("link")
        return _take(os.open(folder.joinpath(*parts), os.O_RDONLY | getattr(os, "O_BINARY", 0)))
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for part in parts[:-1]:
            inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        # Not to wait for the other end of a pipe; a file does not care.
        return _take(os.open(parts[-1], os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here))
    finally:
        os.close(here)


def _take(handle: int) -> bytes | Withheld:
    """The bytes of an opened file, if it is one; closes it."""
    with os.fdopen(handle, "rb") as file:
        return take(file) if stat.S_ISREG(os.fstat(handle).st_mode) else Withheld("no file")


def _has_link(folder: Path, name: str) -> bool:
    here = folder
    for part in name.split("/"):
        here /= part
        if here.is_symlink():
            return True
    return False
