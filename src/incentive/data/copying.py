"""Which files a plan reads, and their bytes: what somebody needs to compute the same again elsewhere.

A folder of data holds more than a plan reads, and two things may stand in one file. Here is each file that is read,
once, with what it is read for: under these names `digest_of` gives the digest of a reading.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

from incentive.data.dataset import Dataset
from incentive.data.findings import BadCellError, Findings
from incentive.data.inputs import wanted_input
from incentive.data.lookups import wanted_lookups
from incentive.data.opening import Blocks
from incentive.data.people import wanted_people
from incentive.data.reading import mapping_path, open_data, wanted_table
from incentive.data.sources import Wanted
from incentive.diagnostics import DataPlace, Language, UsageError
from incentive.tree import Plan

MAPPING = "mapping"
_BLOCK = 1 << 20


@frozen
class DataFile:
    """A file that is read.

    Attributes:
        name: Where it lies in the folder of data; of single files, in a folder named for what it holds.
        path: Where it lies now.
        holds: What it is read for, such as `table deals`; `mapping` for the mapping.
        language: That of messages.
    """

    name: str
    path: Path
    holds: tuple[str, ...]
    language: Language

    def blocks(self) -> Iterator[bytes]:
        """Read its bytes.

        Raises:
            DataError: It is not there any more, cannot be read, or changed meanwhile.
        """
        try:
            yield from Blocks(self.path, _BLOCK)
        except BadCellError as error:
            findings = Findings(self.language)
            values = {"file": self.name, "name": self.holds[0], **error.values}
            findings.add(error.code, DataPlace(self.holds[0], self.name), **values)
            findings.stop()


def files_of(dataset: Dataset, plan: Plan, language: Language) -> tuple[DataFile, ...]:
    """Give every file that a plan reads of a dataset, the mapping included, in the order of their names.

    Raises:
        DataError: A file or the mapping is not there.
        UsageError: The data or the mapping is not in files, or a file is named by its place on this machine.
    """
    if dataset.folder is None and not dataset.files:
        raise UsageError("dataset: its data is not in files, so it cannot be kept; write Dataset.from_folder(…)")
    if dataset.mapping is not None and not isinstance(dataset.mapping, Path):
        raise UsageError("dataset: its mapping is not in a file, so it cannot be kept; give the path of one")
    opened = open_data(dataset, plan, language=language)
    mapping, sources = opened.mapping, opened.sources
    wanted: list[Wanted] = [wanted_table(each, mapping.table(each.name)) for each in plan.tables]
    if not mapping.people.values_of:
        wanted.append(wanted_people(plan.people, mapping.people))
    wanted += [wanted_input(each, mapping.input(each.name)) for each in plan.inputs]
    wanted += wanted_lookups(mapping, wanted)
    found: dict[str, tuple[Path, list[str]]] = {}
    for each in wanted:
        place = sources.path(each)
        if place is None:
            continue
        path, name = place
        if dataset.folder is None:
            name = f"{each.name}/{name}"
        found.setdefault(_plain(name), (path, []))[1].append(f"{each.role} {each.name}")
    sources.findings.stop()
    files = [DataFile(name, path, tuple(holds), language) for name, (path, holds) in sorted(found.items())]
    own = mapping_path(dataset)
    return (*([] if own is None else [DataFile("mapping.toml", own, (MAPPING,), language)]), *files)


def _plain(name: str) -> str:
    """The name of a file in the folder, without detours."""
    plain = posixpath.normpath(name.replace(os.sep, "/"))
    if posixpath.isabs(plain) or Path(plain).is_absolute():
        raise UsageError(f"dataset: {name!r} is named by its place on this machine; name it from its folder")
    return plain


__all__ = ["MAPPING", "DataFile", "files_of"]
