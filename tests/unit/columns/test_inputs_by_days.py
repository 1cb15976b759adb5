"""Inputs for days are read fast where nothing about them may be wrong, and else by the small reader."""

from pathlib import Path

import polars as pl
import pytest

from incentive.columns import read_columns
from incentive.columns import reading as fast
from incentive.data import Dataset
from incentive.diagnostics import DataError
from tests.unit.data.reads import DEAL_PLAN, FILES, write

GOOD = "participant,from,until,value\nana,,2026-03-31,4\nana,2026-04-01,,5\nbob,2026-01-01,2026-01-01,6\n"


def no_help(*_: object) -> None:
    raise AssertionError("the fast reader asked for help")


def test_good_days_need_no_help(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "columns_of", no_help)
    found = read_columns(Dataset.from_folder(write(tmp_path, {**FILES, "quota.csv": GOOD})), DEAL_PLAN)
    assert found.inputs["quota"].dated


def test_a_frame_of_days_needs_no_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "columns_of", no_help)
    frames = {
        name: pl.read_csv(text.encode(), infer_schema=False)
        for name, text in {**FILES, "quota.csv": GOOD}.items()
        if isinstance(text, str)
    }
    days = frames["quota.csv"].with_columns(pl.col("from", "until").str.to_date(), pl.col("value").cast(pl.Int64))
    deals = frames["deals.csv"].with_columns(pl.col("amount").str.to_decimal(scale=2))
    data = Dataset.from_frames(tables={"deals": deals}, people=frames["people.csv"], inputs={"quota": days})
    assert read_columns(data, DEAL_PLAN).inputs["quota"].dated


@pytest.mark.parametrize(
    "row", ["ana,2026-03-31,,5", "ana,2026-03-02,2026-03-01,5", "eve,,,5", "ana,03/2026,,5", "bob,2026-01-01,,7"]
)
def test_what_may_be_wrong_is_said_by_the_small_reader(tmp_path: Path, row: str) -> None:
    data = Dataset.from_folder(write(tmp_path, {**FILES, "quota.csv": GOOD + row + "\n"}))
    with pytest.raises(DataError):
        read_columns(data, DEAL_PLAN)
