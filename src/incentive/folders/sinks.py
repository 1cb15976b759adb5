"""Where the files of a folder go: to the disk, or only into their hashes.

A run is written once, and made again to be compared: what was written before is only read. Both go the same way, so
that what an audit computes is what would have been written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from attrs import define, frozen

from incentive.folders import disk


@frozen
class Entry:
    """A file of a folder: SHA-256 and size of its bytes, and how many records it holds, if it holds records."""

    sha256: str
    size: int
    rows: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The entry as plain data."""
        found: dict[str, object] = {"sha256": self.sha256, "bytes": self.size}
        return found if self.rows is None else {**found, "rows": self.rows}


class Sink(Protocol):
    """Takes the files of a folder, one after the other."""

    def put(self, name: str, blocks: Iterable[bytes]) -> Entry:
        """Take a file."""


@define
class Hashing:
    """Takes files and keeps nothing of them."""

    def put(self, name: str, blocks: Iterable[bytes]) -> Entry:  # noqa: ARG002 - as any sink
        """Hash a file."""
        known, size = hashlib.sha256(), 0
        for block in blocks:
            known.update(block)
            size += len(block)
        return Entry(known.hexdigest(), size)


@define
class Staged:
    """Takes files into a folder that nobody sees yet."""

    folder: Path

    def put(self, name: str, blocks: Iterable[bytes]) -> Entry:
        """Write a file, with the folders that it lies in, and wait until it is on the disk.

        Raises:
            OSError: It cannot be written.
        """
        known, size = hashlib.sha256(), 0
        handle = disk.create(self._place(name))
        try:
            for block in blocks:
                known.update(block)
                size += len(block)
                left = memoryview(block)
                while left:
                    left = left[disk.write(handle, left) :]
            disk.flush(handle)
        finally:
            disk.close(handle)
        return Entry(known.hexdigest(), size)

    def _place(self, name: str) -> Path:
        *above, last = name.split("/")
        folder = self.folder
        for each in above:
            folder /= each
            if not folder.is_dir():
                disk.make_folder(folder)
        return folder / last

    def flush(self) -> None:
        """Wait until all names are on the disk.

        Raises:
            OSError: They cannot be.
        """
        for name, kind in list(disk.entries(self.folder)):
            if kind == "folder":
                disk.flush_folder(self.folder / name)
        disk.flush_folder(self.folder)
