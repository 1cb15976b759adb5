"""The public samples, where they are there: set INCENTIVE_SAMPLES to their folder."""

import os
import time
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from incentive.data import Dataset, read
from tests.unit.data.reads import write
from tests.unit.data.samples import ADVENTURE, ADVENTURE_MAPPING, OLIST, OLIST_MAPPING

PROJECT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("INCENTIVE_SAMPLES", PROJECT.parent / "shared" / "data"))


def sample(name: str) -> Path:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the sample {name} is not there; INCENTIVE_SAMPLES names the folder of the samples")
    return folder


def test_order_lines_people_and_targets_are_read_to_the_cent(tmp_path: Path) -> None:
    folder = sample("adventureworks-sales")
    mapping = write(tmp_path, {"mapping.toml": ADVENTURE_MAPPING}) / "mapping.toml"
    started = time.perf_counter()
    facts = read(Dataset.from_folder(folder, mapping), ADVENTURE)
    assert time.perf_counter() - started < 5, "0.3 s are usual"
    lines = facts.tables["lines"]
    assert lines.rows == 57_851
    amounts = [amount for amount in lines.columns["amount"] if isinstance(amount, int | Fraction)]
    assert sum(amounts) == Fraction("77548570.20")
    days = [day for day in lines.columns["ordered_on"] if isinstance(day, date)]
    assert (min(days), max(days)) == (date(2017, 7, 1), date(2020, 5, 31))
    assert len(facts.people) == 18
    assert facts.tables["coverage"].rows == 39
    assert len(facts.inputs["target"].values) == 809
    assert ("281", "2017-08") in facts.inputs["target"].values, "EmployeeID 841560125 is person 281"


def test_deals_find_their_leads_and_their_day(tmp_path: Path) -> None:
    folder = sample("olist-funnel")
    mapping = write(tmp_path, {"mapping.toml": OLIST_MAPPING}) / "mapping.toml"
    facts = read(Dataset.from_folder(folder, mapping), OLIST)
    deals, leads = facts.tables["deals"], facts.tables["leads"]
    assert (deals.rows, leads.rows) == (842, 8000)
    assert leads.columns["origin"].count(None) == 60
    row = deals.columns["lead"][0]
    assert isinstance(row, int)
    assert leads.columns["mql_id"][row] == "5420aad7fec3549a85876ba1c529bd84"
    assert str(getattr(deals.columns["won_at"][0], "utc", "")) == "2018-02-26 22:58:54+00:00"
    assert set(deals.columns["sdr"]) | set(deals.columns["rep"]) == set(facts.people)
