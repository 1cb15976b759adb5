"""What holds of every folder of a run: whole or not there, the same for the same inputs, and no byte may change."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import define, field

import incentive
from incentive import folders
from incentive.folders import disk
from tests.cli.conftest import SOURCE
from tests.unit.closing.sales import TEXT as PLAN
from tests.unit.folders.conftest import LATE, Desk, codes, content, put
from tests.unit.folders.conftest import data as files

OPERATIONS = (
    "stage",
    "make_folder",
    "create",
    "write",
    "flush",
    "close",
    "flush_folder",
    "publish",
    "entries",
    "blocks",
)  # and `remove`, which is what is left to do when one of these fails


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@define
class Faults:
    """Operations on files, of which the one of a number fails."""

    at: int
    error: BaseException
    done: list[str] = field(factory=list)

    def around(self, name: str, does: Callable[..., object]) -> Callable[..., object]:
        def operation(*given: object) -> object:
            self.done.append(name)
            if len(self.done) == self.at:
                raise self.error
            return does(*given)

        return operation


def afflicted(
    monkeypatch: pytest.MonkeyPatch, does: Callable[[], object], at: int, error: BaseException
) -> tuple[list[str], BaseException | None]:
    """Do something with a fault at an operation; give the operations done, and what was raised."""
    faults = Faults(at, error)
    with monkeypatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(disk, name, faults.around(name, getattr(disk, name)))
        try:
            does()
        except (incentive.IncentiveError, KeyboardInterrupt, OSError) as raised:
            return faults.done, raised
    return faults.done, None


@pytest.mark.parametrize("kind", ["ENOSPC", "EIO", "interrupt"])
def test_after_a_fault_at_any_operation_there_is_all_or_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    first = desk.january()
    run = desk.plan().run(desk.data(LATE), period="2026-02", after=first.closed)
    parent = desk.path / "runs"
    parent.mkdir()
    target = parent / "2026-02"

    def write() -> object:
        return folders.write(run, target, previous=first)

    done, raised = afflicted(monkeypatch, write, 0, OSError())
    assert (raised, set(done)) == (None, set(OPERATIONS))
    whole = content(target)
    shutil.rmtree(target)
    seen: set[str] = set()
    for at in range(1, len(done) + 1):
        error = KeyboardInterrupt() if kind == "interrupt" else OSError(getattr(errno, kind), kind)
        names, raised = afflicted(monkeypatch, write, at, error)
        assert raised is not None, names[-1]
        if kind == "interrupt":
            assert isinstance(raised, KeyboardInterrupt)
        else:
            assert isinstance(raised, incentive.DataError)
            assert {each.code for each in raised.diagnostics} <= {"R111", "R112", "R114"}
        seen |= {each.code for each in getattr(raised, "diagnostics", ())}
        left = [each.name for each in parent.iterdir()]
        assert left in ([], ["2026-02"]), f"{names[-1]} leaves {left}"
        if left:
            assert content(target) == whole
            shutil.rmtree(target)
    assert seen == (set() if kind == "interrupt" else {"R111", "R112", "R114"})
    assert write() is not None
    assert content(target) == whole


def test_a_system_that_takes_few_bytes_at_a_time_is_given_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    write = disk.write
    monkeypatch.setattr(disk, "write", lambda handle, block: write(handle, block[:7]))
    made = desk.january()
    monkeypatch.undo()
    assert folders.audit(made.path).passed


def test_of_two_who_write_the_same_run_one_is_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run = desk.plan().run(desk.data(), period="2026-01")
    publish = disk.publish

    def late(staged: Path, target: Path) -> None:
        shutil.copytree(staged, target)
        publish(staged, target)

    monkeypatch.setattr(disk, "publish", late)
    made = folders.write(run, desk.path / "runs")
    assert not made.new
    assert folders.audit(made.folder.path).passed
    other = desk.plan().run(desk.data(LATE), period="2026-01")
    assert codes(lambda: folders.write(other, desk.path / "runs")) == ["R110"]
    assert [each.name for each in desk.path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_file_that_may_not_grow_is_a_folder_that_is_not_written(desk: Desk) -> None:
    put(desk.path, {"sales.plan": PLAN, **{f"data/{name}": text for name, text in files().items()}})
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); from incentive.cli import main; "
    words = ["run", "sales.plan", "--data", "data", "--period", "2026-01", "--out", "kept"]
    done = subprocess.run(
        [sys.executable, "-c", f"{limit}raise SystemExit(main({words}))"],
        cwd=desk.path,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"R111" in done.stderr
    assert sorted(each.name for each in desk.path.iterdir()) == ["data", "sales.plan"]


# ---- law 59: one byte changed anywhere is refused --------------------------------------------------------------------
def test_one_byte_that_changes_in_any_file_is_found(desk: Desk) -> None:
    made = desk.february(desk.january())
    whole = content(made.path)
    assert len(whole) == 13
    for name, held in whole.items():
        path = made.path / name
        steps = range(0, len(held), max(len(held) // 60, 1))
        for at in {*steps, len(held) - 1} if held else ():
            changed = bytearray(held)
            changed[at] ^= 1 << (at % 8)
            path.write_bytes(changed)
            found = {each.code for each in folders.audit(made.path).findings}
            assert found <= {"R112", "R113", "R114", "R115"}, (name, at)
            assert found, (name, at)
        for other in (held + b"\n", held[:-1], b"") if held else (b"\n",):
            path.write_bytes(other)
            assert folders.audit(made.path).findings, name
        path.write_bytes(held)
    assert folders.audit(made.path).passed


# ---- laws 43, 57: the same inputs give the same id and the same bytes ------------------------------------------------
def test_the_same_inputs_give_the_same_bytes_whatever_is_around(desk: Desk) -> None:
    first = desk.january()
    second = desk.february(first)
    here = put(desk.path / "elsewhere", {"sales.plan": PLAN})
    for name in sorted(files(), reverse=True):  # some systems list files in the order in which they came
        put(here, {f"january/{name}": files()[name], f"february/{name}": files(LATE)[name]})
    for period, source, more in (("2026-01", "january", []), ("2026-02", "february", ["--after", "2026-01"])):
        words = ["run", "sales.plan", "--data", source, "--period", period, *more, "--out", period]
        subprocess.run(
            [sys.executable, "-m", "incentive", *words],
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
            capture_output=True,
            check=True,
        )
    assert content(here / "2026-01") == content(first.path)
    assert content(here / "2026-02") == content(second.path)
