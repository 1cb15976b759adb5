"""A small plan with its data in files, of which January is closed and February has a late deal."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from attrs import frozen

import incentive
from incentive import folders
from tests.unit.closing.sales import TEXT as PLAN

JANUARY = ("D-1,Ana,1000.05,2026-01-10", "D-2,Bob,4000.00,2026-01-20", "D-9,Zoe,1.00,2025-12-31")
LATE = (*JANUARY, "D-3,Ana,3000.00,2026-01-31", "D-4,Ana,500.00,2026-02-03")


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def data(deals: Sequence[str] = JANUARY, quota: str | None = "2000") -> dict[str, str]:
    months = [f"{who},2026-{at:02},{quota}\n" for who in ("Ana", "Bob") for at in range(1, 7) if quota is not None]
    return {
        "deals.csv": "id,owner,amount,closed_on\n" + "".join(f"{each}\n" for each in deals),
        "people.csv": "who\nAna\nBob\nZoe\n",
        "quota.csv": "participant,period,value\n" + "".join([*months, "Zoe,2026-01,5000\n"]),
    }


@frozen
class Desk:
    """A folder with plans, data and runs."""

    path: Path

    def plan(self, text: str = PLAN) -> incentive.Plan:
        put(self.path, {"sales.plan": text})
        return incentive.load(self.path / "sales.plan")

    def data(self, deals: Sequence[str] = JANUARY, quota: str | None = "2000") -> incentive.Dataset:
        name = f"data-{len(list(self.path.glob('data-*')))}"
        return incentive.Dataset.from_folder(put(self.path / name, data(deals, quota)))

    def january(self, plan: incentive.Plan | None = None, name: str = "2026-01") -> folders.RunFolder:
        run = (plan or self.plan()).run(self.data(), period="2026-01")
        return folders.write(run, self.path / name).folder

    def february(self, before: folders.RunFolder, plan: incentive.Plan | None = None) -> folders.RunFolder:
        run = (plan or self.plan()).run(self.data(LATE), period="2026-02", after=before.closed)
        return folders.write(run, self.path / "2026-02", previous=before).folder


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def rows(folder: folders.RunFolder, name: str) -> list[str]:
    return (folder.path / name).read_text("utf-8").splitlines()


def content(folder: Path) -> dict[str, bytes]:
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def codes(does: Callable[[], object]) -> list[str]:
    with pytest.raises(incentive.DataError) as refused:
        does()
    return [each.code for each in refused.value.diagnostics]
