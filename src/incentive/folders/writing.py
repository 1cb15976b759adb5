"""Write a run with all that it was made from, whole or not at all.

What is half written is worse than nothing: somebody will pay it. So the folder is made beside its place, under a name
that nobody looks for, every file is waited for until it is on the disk, the manifest is the last of them, and one
rename makes all of it visible.
"""

from __future__ import annotations

import errno
import os
import platform
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import lark
from attrs import evolve, frozen

from incentive.data import MAPPING, Dataset, digest_of, files_of
from incentive.diagnostics import DataError, Help, Language, UsageError, finding, visible
from incentive.folders import disk
from incentive.folders.kept import DATA, PLAN, RunFolder, told, verify
from incentive.folders.manifest import NAME, Held, Inputs, Manifest
from incentive.folders.records import Records
from incentive.folders.sinks import Entry, Hashing, Sink, Staged
from incentive.plan import Plan, Run
from incentive.version import VERSION

_PLAN: Final = "plan.plan"
_WHY: Final = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read only",
}


@frozen
class Written:
    """What `write` left on the disk.

    Attributes:
        folder: The folder of the run.
        new: Whether it was written now; False where the same run was there already.
    """

    folder: RunFolder
    new: bool


@frozen
class _Input:
    """A file that goes in, and its hash."""

    held: Held
    entry: Entry


def write(run: Run, path: str | Path, *, previous: RunFolder | None = None, explained: bool = True) -> Written:
    """Write a run as a folder that proves itself.

    Where the same run is there already and whole, nothing is written.

    Args:
        run: A run of everybody, of data that is in files.
        path: The folder to make; its own folder must be there.
        previous: The folder whose `closed` the run was made after: with it corrections are told by their causes.
        explained: Whether every line is explained, which takes most of the time and of the space.

    Raises:
        DataError: Something else is there (R110), it cannot be written (R111), the data is not what was run (R106), the
            previous folder is another one (R117), or the same run is there with other results (R118).
        UsageError: The run cannot be kept: it is of some people only, or its data is not in files.
    """
    dataset = _check(run, previous)
    target = Path(path)
    language, shown = run.plan.language, visible(str(target))
    known = _exists(target)
    there, found = verify(target) if known and target.is_dir() and not target.is_symlink() else (None, ())
    if there is None and known:
        raise DataError([told("R110", language, folder=shown)])
    if found:
        raise DataError(found)
    if there is not None:
        return _again(run, dataset, there, previous, explained=explained)

    def put(sink: Sink) -> None:
        sink.put(NAME, [fill(sink, run, dataset, previous, explained=explained).to_bytes()])

    if not _published(target, put, language):
        # Somebody else was first; whether with the same run is looked at as if from the beginning.
        return write(run, path, previous=previous, explained=explained)
    return Written(_whole(target), new=True)


def carry(kept: RunFolder, path: str | Path) -> Written:
    """Keep the folder of a run, as it is, in another place: beside the runs of plans that pay when this one does not.

    Raises:
        DataError: Something else is there (R110), it cannot be written (R111), or the folder is not as it was (R113).
    """
    target, language = Path(path), kept.manifest.language
    if _exists(target):
        there, found = (None, ()) if target.is_symlink() or not target.is_dir() else verify(target)
        if there is None or found or there.id != kept.id:
            raise DataError(found or [told("R110", language, folder=visible(str(target)))])
        return Written(there, new=False)

    def put(sink: Sink) -> None:
        for name in (*kept.manifest.files, NAME):
            sink.put(name, disk.blocks(kept.path / name))

    return Written(_whole(target), new=True) if _published(target, put, language) else carry(kept, path)


def _published(target: Path, put: Callable[[Sink], None], language: Language) -> bool:
    """Make a folder whole or not at all; False where somebody else was first.

    Raises:
        DataError: It cannot be written (R111).
    """
    staged: Path | None = None
    try:
        staged = disk.stage(target)
        sink = Staged(staged)
        put(sink)
        sink.flush()
        disk.publish(staged, target)
        staged = None
        disk.flush_folder(target.parent)
    except OSError as error:
        if staged is not None and error.errno in {errno.EEXIST, errno.ENOTEMPTY, None} and _exists(target):
            return False
        raise _unwritten(error, visible(str(target)), language) from error
    finally:
        if staged is not None:
            disk.remove(staged)
    return True


def _whole(target: Path) -> RunFolder:
    there, found = verify(target)
    if there is None or found:
        raise DataError(found)
    return there


def _check(run: Run, previous: RunFolder | None) -> Dataset:
    if not isinstance(run, Run):
        raise UsageError(f"run: expected a Run, not {type(run).__name__}")
    if run.people is not None:
        raise UsageError("write: the run is of some participants only; a run is kept for everybody")
    if run.dataset is None:
        raise UsageError("write: the run was given facts that were read before; give Plan.run the Dataset itself")
    if previous is not None:
        closed = previous.closed
        if run.after is None or closed is None or closed.id != run.after.id:
            raise DataError([told("R117", run.plan.language, folder=visible(str(previous.path)))])
    return run.dataset


def _again(run: Run, dataset: Dataset, there: RunFolder, previous: RunFolder | None, *, explained: bool) -> Written:
    """See that a folder that is there is the same run, with the same results."""
    language, shown = run.plan.language, visible(str(there.path))
    made = fill(Hashing(), run, dataset, previous, explained=explained)
    if made.id != there.id:
        raise DataError([told("R110", language, folder=shown)])
    other = [
        name for name in {*made.files, *there.manifest.files} if made.files.get(name) != there.manifest.files.get(name)
    ]
    if other:
        values = {"folder": shown, "files": ", ".join(sorted(other)), "version": there.manifest.made_with["incentive"]}
        raise DataError([told("R118", language, **values)])
    return Written(there, new=False)


def fill(sink: Sink, run: Run, dataset: Dataset, previous: RunFolder | None, *, explained: bool) -> Manifest:
    """Put every file of a run but the manifest, and give that.

    Raises:
        DataError: The data is not what was run (R106).
    """
    plan, language = run.plan, run.plan.language
    plans = [_kept(sink, f"{PLAN}/{name}", text) for name, text in texts_of(plan)]
    data: list[_Input] = []
    mapping: _Input | None = None
    for each in files_of(dataset, plan.tree, language):
        name = each.name if each.holds == (MAPPING,) else f"{DATA}/{each.name}"
        entry = sink.put(name, each.blocks())
        if each.holds == (MAPPING,):
            mapping = _Input(Held(name, entry.sha256), entry)
        else:
            data.append(_Input(Held(name, entry.sha256, each.holds), entry))
    hashes = {label: each.entry.sha256 for each in data for label in each.held.holds}
    if digest_of(hashes if mapping is None else {**hashes, MAPPING: mapping.entry.sha256}) != run.results.digest:
        raise DataError([told("R106", language)])
    after = run.after
    inputs = Inputs(
        tuple(each.held for each in plans),
        tuple(each.held for each in data),
        None if mapping is None else mapping.held,
        "files" if dataset.folder is None else "folder",
        plan.changed,
        run.as_of,
        tuple(each.name for each in run.results.periods),
        None if after is None else after.id,
        None if previous is None else previous.id,
        explained,
    )
    records = Records(run, None if previous is None else previous.whole(), explained)
    rows = _rows(run)
    kept = [*plans, *([] if mapping is None else [mapping]), *data]
    files = {each.held.file: evolve(each.entry, rows=_of(rows, each.held)) for each in kept}
    files |= records.put(sink)
    return Manifest(plan.label, language, inputs, made_with(run), records.summary(), files)


def texts_of(plan: Plan) -> list[tuple[str, str]]:
    """The name and the text of every file of a plan, the one that is run first; a name never says where a file lay."""
    last = re.split(r"[\\/]", plan.source.path)[-1]
    own = last if re.fullmatch(r"[^<>:\"|?*\x00-\x1f.][^<>:\"|?*\x00-\x1f]*", last) else _PLAN
    return [(own, plan.source.text), *((name, each.text) for name, each in sorted(plan.source.files.items()))]


def made_with(run: Run) -> dict[str, str]:
    """The versions and the engine that made a run, which must not matter."""
    return {
        "engine": run.engine,
        "incentive": VERSION,
        "lark": lark.__version__,
        "python": platform.python_version(),
    }


def _kept(sink: Sink, name: str, text: str) -> _Input:
    entry = sink.put(name, [text.encode("utf-8", "surrogatepass")])
    return _Input(Held(name, entry.sha256), entry)


def _rows(run: Run) -> dict[str, int]:
    """How many rows were read, by what they are."""
    facts = run.facts
    found = {f"table {each.table}": each.read for each in run.accounting.tables}
    found |= {f"input {name}": each.rows for name, each in facts.inputs.items()}
    return {**found, "people people": sum(len(each.segments) for each in facts.people.values())}


def _of(rows: dict[str, int], held: Held) -> int | None:
    return next((rows[label] for label in held.holds if label in rows), None)


def _exists(target: Path) -> bool:
    return os.path.lexists(target)  # False too where the system takes no such name: then it says so when it is made


def _unwritten(error: OSError, shown: str, language: Language) -> DataError:
    name = "" if error.errno is None else errno.errorcode.get(error.errno, str(error.errno))
    note = _WHY.get(error.errno or 0, "other")
    made = finding(
        "R111",
        language,
        span=None,
        helps=(Help("help"),),
        notes=(note,),
        folder=shown,
        error=name or type(error).__name__,
    )
    return DataError([made])
