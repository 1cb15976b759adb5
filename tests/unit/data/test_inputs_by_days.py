"""Inputs whose values hold for days instead of periods."""

from datetime import date
from pathlib import Path

import pytest

from incentive.data import Dataset, Held, read
from tests.unit.data.reads import DEAL_PLAN, FILES, HEAD, codes, write

ALWAYS, NEVER_ENDS = 1, date.max.toordinal() + 1


def folder(path: Path, quota: str, **more: str) -> Dataset:
    files = {**FILES, "quota.csv": quota, **{name.replace("_", "."): text for name, text in more.items()}}
    return Dataset.from_folder(write(path, files))


def held(data: Dataset) -> list[tuple[int, int, object, int]]:
    found = read(data, DEAL_PLAN).inputs["quota"].held
    assert found is not None
    return [(each.first, each.after, each.cell.value, each.cell.line) for each in found["ana"]]


@pytest.mark.parametrize("header", ["participant,from,until,value", "participant,du,au,value"])
def test_a_value_holds_from_its_first_to_its_last_day(tmp_path: Path, header: str) -> None:
    data = folder(tmp_path, f"{header}\nana,2026-04-01,,5\nana,,2026-03-31,4\n")
    cut = date(2026, 4, 1).toordinal()
    assert held(data) == [(ALWAYS, cut, 4, 3), (cut, NEVER_ENDS, 5, 2)]


def test_one_side_may_have_no_column(tmp_path: Path) -> None:
    data = folder(tmp_path, "participant,from,value\nana,2026-04-01,5\n")
    assert held(data) == [(date(2026, 4, 1).toordinal(), NEVER_ENDS, 5, 2)]


def test_a_mapping_names_the_columns(tmp_path: Path) -> None:
    toml = HEAD + '[inputs.quota]\nfrom = "Valid from"\nuntil = "Valid to"\n'
    data = folder(tmp_path, "participant,Valid from,Valid to,value\nana,2026-04-01,,5\n", mapping_toml=toml)
    assert held(data)[0][:1] == (date(2026, 4, 1).toordinal(),)


def test_a_program_gives_them_as_rows() -> None:
    data = Dataset.from_rows(
        tables={"deals": []},
        people=[("ana", "rep")],
        inputs={"quota": [{"participant": "ana", "from": None, "until": date(2026, 3, 31), "value": 4}]},
        timezone="Europe/Paris",
    )
    found = read(data, DEAL_PLAN).inputs["quota"]
    assert found.values == {}
    assert isinstance((found.held or {})["ana"][0], Held)


def test_a_file_with_periods_is_read_by_periods_whatever_else_it_has(tmp_path: Path) -> None:
    found = read(folder(tmp_path, "participant,period,from,value\nana,2026-01,x,5\n"), DEAL_PLAN).inputs["quota"]
    assert found.held is None
    assert [each.value for each in found.values.values()] == [5]


@pytest.mark.parametrize(
    ("quota", "expected"),
    [
        ("participant,value\nana,5\n", ["D108"]),
        ("participant,from,until,value\nana,2026-03-02,2026-03-01,5\n", ["D307"]),
        ("participant,from,until,value\nana,2026-03-01,2026-03-01,5\nana,2026-03-02,,6\n", []),
        ("participant,from,until,value\nana,,,5\nana,2026-03-02,,6\n", ["D315"]),
        ("participant,from,until,value\nana,,,5\nbob,,,6\n", []),
        ("participant,from,until,value\nana,03/2026,,5\n", ["D205"]),
        ("participant,from,until,value\neve,,,5\n", ["D303"]),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, quota: str, expected: list[str]) -> None:
    assert codes(folder(tmp_path, quota), DEAL_PLAN) == expected
