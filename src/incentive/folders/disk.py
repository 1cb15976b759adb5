"""Every operation on the files of a folder, in one place.

A disk is full, read-only, or gone, at any operation; what must then be left behind is all or nothing. So nothing in
this room touches a file but by these functions, and a test makes each of them fail in turn.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

Kind = Literal["file", "folder", "other"]
_BLOCK: Final = 1 << 20
_PLAIN: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def stage(beside: Path) -> Path:
    """Make a folder beside the one that is to be, which nobody else can read; its name says what it is for."""
    return Path(tempfile.mkdtemp(prefix=f".{beside.name}.", dir=beside.parent))


def make_folder(path: Path) -> None:
    """Make a folder that nobody else can read."""
    path.mkdir(mode=0o700)


def create(path: Path) -> int:
    """Make a file that is not there and that nobody else can read, to be written."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, 0o600)


def write(handle: int, block: memoryview) -> int:
    """Write some bytes; the system may take fewer than it is given."""
    return os.write(handle, block)


def flush(handle: int) -> None:
    """Wait until what was written is on the disk."""
    os.fsync(handle)


def close(handle: int) -> None:
    """Close a file."""
    os.close(handle)


def flush_folder(path: Path) -> None:
    """Wait until the names in a folder are on the disk; where folders cannot be opened, the system does so itself."""
    if os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(staged: Path, target: Path) -> None:
    """Give a whole folder its name."""
    if os.path.lexists(target):  # a rename would take the place of an empty folder
        raise FileExistsError(str(target))
    staged.rename(target)


def remove(staged: Path) -> None:
    """Remove a folder with all that it holds, as far as that is possible."""
    shutil.rmtree(staged, ignore_errors=True)


def entries(folder: Path) -> Iterator[tuple[str, Kind]]:
    """Give what a folder holds at any depth, by its name from there; links are not followed."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(folder / below) as found:
            every = sorted(found, key=lambda each: each.name)
        for each in every:
            name = f"{below}/{each.name}" if below else each.name
            if each.is_symlink():
                yield name, "other"
            elif each.is_dir(follow_symlinks=False):
                yield name, "folder"
                waiting.append(name)
            else:
                yield name, "file" if each.is_file(follow_symlinks=False) else "other"


def blocks(path: Path) -> Iterator[bytes]:
    """Read a regular file that is no link, some bytes at a time."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _PLAIN)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "not a regular file", str(path))
        while block := os.read(handle, _BLOCK):
            yield block
    finally:
        os.close(handle)
