"""Rows that are not meant, and what is looked up, are the same for both readers."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from incentive.data import Dataset
from tests.unit.data import test_lookups as samples
from tests.unit.data.reads import write

pl = pytest.importorskip("polars", reason="Polars is not installed")

from tests.unit.columns.test_reading import alone, by  # noqa: E402 - after Polars was found

__all__ = ["alone"]
STAMPS = samples.MAPPING.replace('{ column = "id", lookup = "qualified" }', '{ column = "at", timezone = "UTC" }')


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"mapping.toml": samples.MAPPING.replace("first_by", "last_by")},
        {"mapping.toml": samples.MAPPING.replace('keep = { stage = "sql" }', 'keep = { stage = ["won", "lost"] }')},
        {"deals.csv": "id,owner,amount,deleted\nA1,7,1,true\nA2,7,1,true\nA3,8,1,true\nA4,8,1,1\n"},
        {"deals.csv": "id,owner,amount,deleted\nZ1,7,1,\nZ2,7,1,\nZ3,8,1,\nZ4,8,1,\n"},
        {
            "mapping.toml": STAMPS,
            "deals.csv": "id,owner,amount,deleted,at\nA1,7,1,,2026-01-31 22:59:59\nA2,7,1,,2026-01-31 23:00:00\n"
            "A3,8,1,,\nA4,8,1,1,soon\n",
        },
    ],
)
def test_they_read_alike(tmp_path: Path, changed: Mapping[str, str]) -> None:
    write(tmp_path, {**samples.FILES, **changed})
    small, quick = by(Dataset.from_folder(tmp_path), samples.PLAN)
    assert isinstance(small, dict)
    assert small["files"]
    assert quick == small


@pytest.mark.parametrize(
    "changed",
    [
        {"history.csv": "deal,stage,entered\nA1,sql,soon\n"},
        {"users.csv": "user,team\nu1,north\nu1,south\n"},
        {"users.csv": "user,team\n,north\n"},
        {"deals.csv": "id,owner,amount,deleted\nA1,7,1,TRUE\nA2,7,1,\nA3,7,1,\nA4,7,1,\n"},
        {"deals.csv": "id,owner,amount,deleted\nA1,7,1,\nA1,7,1,\nA3,7,x,\nA4,7,1,\n"},
        {"deals.csv": "id,owner,amount,deleted\nA1,9,1,\nA2,7,1,\nA3,7,1,\nA4,7,1,\n"},
        {"owners.csv": "owner,user,role\n7,u1,rep\n8,#N/A,rep\n"},
        {
            "mapping.toml": samples.MAPPING.replace(
                'key = "user"', 'key = "user"\nleave_out = { gone = "1" }\nkeep = { gone = "0" }'
            ),
            "users.csv": "user,team,gone\nu1,north,0\nu3,south,yes\n",
        },
    ],
)
def test_they_find_the_same(tmp_path: Path, changed: Mapping[str, str]) -> None:
    write(tmp_path, {**samples.FILES, **changed})
    small, quick = by(Dataset.from_folder(tmp_path), samples.PLAN)
    assert isinstance(small, tuple)
    assert quick == small


def test_columns_of_parquet_may_say_which_rows_are_meant(tmp_path: Path) -> None:
    mapping = samples.MAPPING.replace("rows = 4", 'file = "deals.parquet"')
    write(tmp_path, {**samples.FILES, "mapping.toml": mapping})
    deals = {"id": ["A1", "A2", "A3"], "owner": [7, 7, 8], "amount": [1, 2, 3], "deleted": [False, True, None]}
    pl.DataFrame(deals).write_parquet(tmp_path / "deals.parquet")
    small, quick = by(Dataset.from_folder(tmp_path), samples.PLAN)
    assert isinstance(small, dict)
    assert [len(table[4]) for table in small["tables"].values()] == [2]
    assert quick == small
