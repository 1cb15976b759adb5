"""Columns that are rows: wide tables of rates, and what of them makes no row."""

import os
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from incentive import tree
from incentive.data import Dataset, read
from tests.unit.data.reads import HEAD, codes, findings, write
from tests.unit.data.samples import exchanging

PROJECT = Path(__file__).parents[3]
SAMPLES = Path(os.environ.get("INCENTIVE_SAMPLES", PROJECT.parent / "shared" / "data"))
FX = tree.RateTable("fx", "from", "to", "on", "rate")
PLAN = exchanging(FX)
MAPPING = f"""{HEAD}
[tables.fx]
file = "rates.csv"
columns = {{ on = "Date" }}
constants = {{ from = "EUR" }}
wide = {{ headers_as = "to", cells_as = "rate" }}
missing = ["N/A"]
trailing_delimiter = true
"""
RATES = "Date,USD,JPY,CYP,\n2026-03-03,1.25,150,N/A,\n2026-03-02,1.2,,N/A,\n"


def folder(path: Path, rates: str = RATES, mapping: str = MAPPING) -> Dataset:
    return Dataset.from_folder(write(path, {"rates.csv": rates, "mapping.toml": mapping, "people.csv": "who\nana\n"}))


def test_each_cell_with_a_value_is_a_row_and_the_others_are_counted(tmp_path: Path) -> None:
    table = read(folder(tmp_path), PLAN).tables["fx"]
    assert table.rows == 3
    assert table.blank == 3
    assert table.columns == {
        "from": ("EUR", "EUR", "EUR"),
        "to": ("USD", "JPY", "USD"),
        "on": (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 2)),
        "rate": (Fraction("1.25"), 150, Fraction("1.2")),
    }
    assert table.lines == (2, 2, 3)


def test_columns_that_are_named_are_the_only_ones(tmp_path: Path) -> None:
    chosen = MAPPING.replace('"rate" }', '"rate", columns = ["JPY"] }')
    table = read(folder(tmp_path, mapping=chosen), PLAN).tables["fx"]
    assert (table.rows, table.blank, table.columns["to"]) == (1, 1, ("JPY",))


def test_a_wrong_cell_is_found_under_its_own_header(tmp_path: Path) -> None:
    (found,) = findings(folder(tmp_path, RATES.replace("150", "x")), PLAN)
    assert found.place is not None
    assert (found.code, found.place.line, found.place.column) == ("D202", 2, "JPY")


def test_a_day_that_stands_twice_is_refused(tmp_path: Path) -> None:
    assert codes(folder(tmp_path, RATES + "2026-03-02,1.3,151,N/A,\n"), PLAN) == ["D322"]


def test_the_same_rate_twice_is_refused_too(tmp_path: Path) -> None:
    rows = "from,to,on,rate\nEUR,USD,2026-03-02,1.2\nEUR,USD,2026-03-02,1.2\nUSD,EUR,2026-03-02,0.8\n"
    plain = f'{HEAD}[tables.fx]\nfile = "rates.csv"\n'
    assert codes(folder(tmp_path, rows, plain), PLAN) == ["D322"]


def test_what_stands_behind_the_last_delimiter_is_never_lost(tmp_path: Path) -> None:
    assert codes(folder(tmp_path, RATES.replace("150,N/A,", "150,N/A,7")), PLAN) == ["D128"]
    assert codes(folder(tmp_path, RATES.replace("CYP,", "CYP,X")), PLAN) == ["D128"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('wide = { headers_as = "to", cells_as = "rate", colums = [] }', "D404"),
        ('wide = { headers_as = "to", cells_as = "to" }', "D405"),
        ('wide = { headers_as = "to" }', "D405"),
        ('wide = { headers_as = "tu", cells_as = "rate" }', "D411"),
        ('wide = { headers_as = "to", cells_as = "rate", columns = ["GBP"] }', "D108"),
    ],
)
def test_a_mapping_that_means_nothing_is_refused(tmp_path: Path, wrong: str, code: str) -> None:
    mapping = MAPPING.replace('wide = { headers_as = "to", cells_as = "rate" }', wrong)
    assert code in codes(folder(tmp_path, mapping=mapping), PLAN)


def test_a_constant_of_an_unknown_field_is_refused(tmp_path: Path) -> None:
    assert "D411" in codes(folder(tmp_path, mapping=MAPPING.replace("from = ", "form = ")), PLAN)


def test_the_reference_rates_of_the_central_bank_are_read_whole(tmp_path: Path) -> None:
    file = SAMPLES / "ecb-fx" / "eurofxref-hist.zip"
    if not file.is_file():
        pytest.skip("the sample ecb-fx is not there; INCENTIVE_SAMPLES names the folder of the samples")
    with zipfile.ZipFile(file) as archive:
        text = archive.read("eurofxref-hist.csv").decode()
    table = read(folder(tmp_path, text), PLAN).tables["fx"]
    lines = text.splitlines()[1:]
    cells = [cell for line in lines for cell in line.split(",")[1:-1]]
    assert table.rows + table.blank == len(cells)
    assert table.blank == cells.count("N/A")
    first = [row for row in range(table.rows) if table.columns["on"][row] == date(1999, 1, 4)]
    rates = {table.columns["to"][row]: table.columns["rate"][row] for row in first}
    assert (rates["USD"], rates["JPY"], rates["SIT"]) == (Fraction("1.1789"), Fraction("133.73"), Fraction("189.045"))
