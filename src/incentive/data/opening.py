"""Open a file once, whole, and know exactly what was read.

A path is a promise that the file behind it can break: it may be a pipe that never ends, be replaced between two
looks, or grow while it is read. Everything is asked of the one open descriptor, before and after.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from incentive.data.findings import BadCellError

MAX_BYTES = 2 * 1024**3


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The content of a regular file.

    Raises:
        BadCellError: D101 it is not there, D102 it cannot be read as a file, D103 it is too big, D105 it changed.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (FileNotFoundError, NotADirectoryError):
        raise BadCellError("D101") from None
    except (OSError, ValueError):
        raise BadCellError("D102") from None
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise BadCellError("D102")
        if before.st_size > limit:
            raise BadCellError("D103", size=str(before.st_size), limit=str(limit))
        with os.fdopen(descriptor, "rb", closefd=False) as stream:
            content = stream.read(before.st_size + 1)
        after = os.fstat(descriptor)
    except OSError:
        raise BadCellError("D102") from None
    finally:
        os.close(descriptor)
    if len(content) != before.st_size or _state(before) != _state(after):
        raise BadCellError("D105")
    return content


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
