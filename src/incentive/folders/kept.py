"""A run that was kept: a folder that is whole, with everything needed to compute the run again.

Whoever reads a folder reads all of it first: every file is there, none is beside them, and each has the bytes that its
manifest says. Only then is anything taken from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import field, frozen

from incentive.closing import Closed
from incentive.data import MAPPING, Dataset, digest_of
from incentive.diagnostics import DataError, DataPlace, Diagnostic, Help, Language, finding, visible
from incentive.engines import EngineChoice
from incentive.folders import disk
from incentive.folders.manifest import NAME, Manifest, is_whole, read_manifest
from incentive.folders.records import BEFORE, CLOSED
from incentive.folders.sinks import Hashing
from incentive.plan import Plan, Run, parse

DATA = "data"
PLAN = "plan"


@frozen
class RunFolder:
    """A folder of a run, as it was written.

    Made by `open`, which has seen that it is whole, and by `write`.

    Attributes:
        path: Where it lies.
        manifest: What it says of itself.
        digest: The digest of the data that it holds.
    """

    path: Path
    manifest: Manifest
    digest: str = field(repr=False)

    @property
    def id(self) -> str:
        """What the run is known by: a hash of what it was made from."""
        return self.manifest.id

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the run, by name."""
        return self.manifest.inputs.periods

    @property
    def closed(self) -> Closed | None:
        """The state that the next run is made after; None where the run cannot close its periods."""
        return self._state(CLOSED)

    @property
    def before(self) -> Closed | None:
        """The state that the run was made after; None for the first."""
        return self._state(BEFORE)

    def plan(self) -> Plan:
        """The plan as it was run, with the parameters of the run."""
        own, *others = (
            (each.file.removeprefix(f"{PLAN}/"), self._text(each.file)) for each in self.manifest.inputs.plan
        )
        return parse(own[1], own[0], dict(others)).with_parameters(self.manifest.inputs.parameters)

    def dataset(self) -> Dataset:
        """The data of the run, from the folder's own files."""
        inputs = self.manifest.inputs
        mapping = None if inputs.mapping is None else self.path / inputs.mapping.file
        if inputs.kept_as == "folder":
            return Dataset.from_folder(self.path / DATA, mapping)
        files = {label.partition(" ")[2]: self.path / each.file for each in inputs.data for label in each.holds}
        return Dataset.from_files(files, mapping)

    def run(self, engine: EngineChoice = "auto") -> Run:
        """Compute the run again, from what the folder holds alone.

        Raises:
            DataError: The files changed since the folder was opened.
        """
        inputs = self.manifest.inputs
        made = self.plan().run(
            self.dataset(),
            since=inputs.periods[0],
            until=inputs.periods[-1],
            as_of=inputs.as_of,
            engine=engine,
            after=self.before,
        )
        if made.results.digest != self.digest:
            raise _refused("R106", made.plan.language)
        return made

    def whole(self) -> Run:
        """Compute all periods that were closed after the run, on what was known then."""
        return self.plan().run(self.dataset(), until=self.periods[-1], as_of=self.manifest.inputs.as_of)

    def _state(self, name: str) -> Closed | None:
        return Closed.from_json(self._content(name)) if name in self.manifest.files else None

    def _text(self, name: str) -> str:
        return self._content(name).decode("utf-8", "surrogatepass")

    def _content(self, name: str) -> bytes:
        try:
            return _content(self.path / name)
        except OSError as error:
            raise DataError([told("R114", self.manifest.language, file=visible(name))]) from error


def open_folder(path: str | Path) -> RunFolder:
    """Open a folder of a run, once every file in it is seen to be what was written.

    Raises:
        DataError: It is no folder of a run (R112), or not as it was written (R113, R114, R115).
    """
    folder = Path(path)
    made, found = verify(folder)
    if made is None or found:
        raise DataError(found)
    return made


def verify(folder: Path) -> tuple[RunFolder | None, tuple[Diagnostic, ...]]:
    """Give a folder and everything that is not as it was written; None where it is no folder of a run."""
    try:
        present = dict(disk.entries(folder))
        content = _content(folder / NAME) if present.get(NAME) == "file" else b""
        made = read_manifest(content)
        if made is None:
            return None, (told("R112", "en", folder=visible(str(folder))),)
        found = tuple(_faults(folder, made, present, content))
    except OSError:
        return None, (told("R112", "en", folder=visible(str(folder))),)
    return RunFolder(folder, made, digest_of(_hashes(made))), found


def _faults(folder: Path, made: Manifest, present: dict[str, disk.Kind], content: bytes) -> Iterator[Diagnostic]:
    """What is not as it was written, file by file."""
    language = made.language
    if not is_whole(content, made):
        yield told("R113", language, file=NAME)
    wanted: dict[str, disk.Kind] = dict.fromkeys((NAME, *made.files), "file")
    wanted |= {str(above): "folder" for name in made.files for above in Path(name).parents if str(above) != "."}
    for name, kind in sorted(present.items()):
        if kind == "other" or name not in wanted:
            yield told("R115", language, file=visible(name))
    for name, kind in sorted(wanted.items()):
        if name not in present or (present[name] != kind and present[name] != "other"):
            yield told("R114", language, file=visible(name))
        elif name in made.files and present[name] == "file":
            entry, known = Hashing().put(name, disk.blocks(folder / name)), made.files[name]
            if (entry.sha256, entry.size) != (known.sha256, known.size):
                yield told("R113", language, file=visible(name))
    inputs = made.inputs
    for each in (*inputs.plan, *inputs.data, *([] if inputs.mapping is None else [inputs.mapping])):
        if each.file not in made.files or made.files[each.file].sha256 != each.sha256:
            yield told("R113", language, file=visible(each.file))


def _hashes(made: Manifest) -> dict[str, str]:
    """The hash of everything that is read, by what it is read for."""
    inputs = made.inputs
    found = {label: each.sha256 for each in inputs.data for label in each.holds}
    return found if inputs.mapping is None else {**found, MAPPING: inputs.mapping.sha256}


def told(code: str, language: Language, **values: str) -> Diagnostic:
    """A finding about a folder."""
    place = DataPlace("folder", values["file"]) if "file" in values else None
    return finding(code, language, span=None, remarks=(), helps=(Help("help"),), place=place, **values)


def _refused(code: str, language: Language) -> DataError:
    return DataError([told(code, language)])


def _content(path: Path) -> bytes:
    return b"".join(disk.blocks(path))
