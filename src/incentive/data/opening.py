"""Open a file once, and know exactly what was read.

A path is a promise that the file behind it can break: it may be a pipe that never ends, be replaced between two
looks, or grow while it is read. Everything is asked of the one open descriptor, before and after. A file that is too
large to be held is read in blocks, with the same care, and known again by its digest.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attrs import define, field

from incentive.data.findings import BadCellError

MAX_BYTES = 2 * 1024**3


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file.

    Raises:
        BadCellError: D101 it is not there, D102 it cannot be read as a file, D103 it is too big, D105 it changed.
    """
    with _opened(path) as (descriptor, before):
        if before.st_size > limit:
            raise BadCellError("D103", size=str(before.st_size), limit=str(limit))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(before.st_size + 1)
        after = os.fstat(descriptor)
    if len(content) != before.st_size or _state(before) != _state(after):
        raise BadCellError("D105")
    return content


@define
class Blocks:
    """The content of a regular file, some bytes at a time, however large it is; `digest` is SHA-256 of all of them."""

    path: Path
    size: int
    digest: str = field(default="", init=False)
    _seen: tuple[int, int, int] | None = field(default=None, init=False)

    def __iter__(self) -> Iterator[bytes]:
        """Read from the beginning.

        Raises:
            BadCellError: D101 it is not there, D102 it cannot be read as a file, D105 it changed.
        """
        read, known = 0, hashlib.sha256()
        with _opened(self.path) as (descriptor, before):
            while block := os.read(descriptor, self.size):
                read += len(block)
                known.update(block)
                yield block
            after = os.fstat(descriptor)
        if read != before.st_size or _state(before) != _state(after):
            raise BadCellError("D105")
        self.digest, self._seen = known.hexdigest(), _state(before)

    def check(self) -> None:
        """See that the path still leads to the file that was read, as it was.

        Raises:
            BadCellError: D105 it does not.
        """
        try:
            now = _state(self.path.stat())
        except OSError:
            raise BadCellError("D105") from None
        if now != self._seen:
            raise BadCellError("D105")


@contextmanager
def _opened(path: Path) -> Iterator[tuple[int, os.stat_result]]:
    """Open a regular file, and close it again."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        raise BadCellError("D101") from None
    except (OSError, ValueError):
        raise BadCellError("D102") from None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise BadCellError("D102")
        yield descriptor, status
    except OSError:
        raise BadCellError("D102") from None
    finally:
        os.close(descriptor)


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def inside(folder: Path, name: str) -> Path:
    """The path of a file of a folder.

    Raises:
        BadCellError: D122 the name leads out of the folder.
    """
    root = folder.resolve()
    try:
        path = (root / name).resolve()
    except (OSError, ValueError, RuntimeError):
        raise BadCellError("D122") from None
    if not path.is_relative_to(root) or path == root:
        raise BadCellError("D122")
    return path
