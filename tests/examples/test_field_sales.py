"""The field sales plan on public sample data, line by line against a plain computation with `csv` and `decimal`.

The computation here shares nothing with the library: it reads the files itself and says the plan again in Python.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import incentive
from incentive.results import readd

CENT = Decimal("0.01")
MANAGERS = {
    "North American Sales Manager", "European Sales Manager", "Pacific Sales Manager", "Director of Sales"
}  # fmt: skip
MONTHS = [(2017 + (6 + n) // 12, (6 + n) % 12 + 1) for n in range(36)]  # July 2017 to June 2020
Line = tuple[str, Fraction | None]  # status, amount


def rows_of(file: Path) -> Iterator[Mapping[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="|")


def quarter_of(year: int, month: int) -> str:
    """The fiscal quarter: the year starts in July and bears the name of the calendar year in which it ends."""
    return f"FY{year + (month >= 7)}-Q{(month - 7) % 12 // 3 + 1}"


def line_of(amount: Decimal) -> Line:
    cents = amount.quantize(CENT, ROUND_HALF_UP)
    return ("paid" if cents else "zero", Fraction(cents))


def commission_of(revenue: Decimal, quota: Decimal) -> Decimal:
    first = min(revenue, quota)
    second = max(min(revenue, quota * Decimal("1.2")) - quota, Decimal(0))
    third = max(revenue - quota * Decimal("1.2"), Decimal(0))
    return first * Decimal("0.01") + second * Decimal("0.015") + third * Decimal("0.02")


def computed_by_hand(folder: Path, *, absent_is_zero: bool = True) -> dict[tuple[str, str, str], Line]:
    titles = {row["EmployeeKey"]: row["Title"] for row in rows_of(folder / "Salesperson.csv")}
    key_of = {row["EmployeeID"]: row["EmployeeKey"] for row in rows_of(folder / "Salesperson.csv")}
    territories = defaultdict(set)
    for row in rows_of(folder / "SalespersonRegion.csv"):
        territories[row["EmployeeKey"]].add(row["SalesTerritoryKey"])
    targets: dict[tuple[str, int, int], Decimal] = {}
    for row in rows_of(folder / "Targets.csv"):
        year, month, _ = (int(part) for part in row["TargetMonth"].split("/"))
        targets[key_of[row["EmployeeID"]], year, month] = Decimal(row["TargetAmount"])
    sold: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    sold_in: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows_of(folder / "Sales.csv"):
        year, month, _ = (int(part) for part in row["OrderDate"].split("/"))
        sold[row["EmployeeKey"], quarter_of(year, month)] += Decimal(row["Sales"])
        sold_in[row["SalesTerritoryKey"], quarter_of(year, month)] += Decimal(row["Sales"])
    out: dict[tuple[str, str, str], Line] = {}
    for first in range(0, 36, 3):
        quarter = quarter_of(*MONTHS[first])
        for person, title in titles.items():
            monthly = [targets.get((person, *month)) for month in MONTHS[first : first + 3]]
            present = [each for each in monthly if each is not None]
            if not present or (len(present) < 3 and not absent_is_zero):
                out[person, quarter, "commission"] = ("pending", None)
            else:
                paid = commission_of(sold[person, quarter], sum(present, Decimal(0)))
                out[person, quarter, "commission"] = line_of(paid)
            covered = sum((sold_in[each, quarter] for each in territories[person]), Decimal(0))
            overlay = covered * Decimal("0.002") if title in MANAGERS else Decimal(0)
            out[person, quarter, "overlay"] = line_of(overlay)
    return out


def computed(run: incentive.Run) -> dict[tuple[str, str, str], Line]:
    return {
        (each.participant, each.period.name, each.component): (
            each.status,
            None if each.amount is None else Fraction(each.amount.exact),
        )
        for each in run.payouts
    }


def sum_of(run: incentive.Run, component: str) -> Fraction:
    lines = [each.amount for each in run.payouts if each.component == component and each.amount is not None]
    return sum((Fraction(each.exact) for each in lines), Fraction(0))


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    return samples / "adventureworks-sales"


@pytest.fixture(scope="module")
def text(examples: Path) -> str:
    return (examples / "adventureworks" / "field-sales.plan").read_text("utf-8")


@pytest.fixture(scope="module")
def dataset(folder: Path, examples: Path) -> incentive.Dataset:
    return incentive.Dataset.from_folder(folder, examples / "adventureworks" / "mapping.toml")


@pytest.fixture(scope="module")
def run(text: str, dataset: incentive.Dataset) -> incentive.Run:
    return incentive.parse(text, "field-sales.plan").run(dataset)


def test_every_line_is_what_a_plain_computation_gives(run: incentive.Run, folder: Path) -> None:
    assert computed(run) == computed_by_hand(folder)
    assert len(run.payouts) == 18 * 12 * 2


def test_the_totals_are_the_control_figures(run: incentive.Run) -> None:
    assert sum_of(run, "commission") == Fraction("835346.86")
    assert sum_of(run, "overlay") == Fraction("310194.30")
    assert run.total == incentive.Money(Decimal("1145541.16"), "USD")


def test_thirty_six_commissions_wait_for_a_target(run: incentive.Run) -> None:
    assert len(run.pending) == 36
    assert {each.component for each in run.pending} == {"commission"}
    assert {reason.code for each in run.pending for reason in each.reasons} == {"P201"}


def test_every_order_line_is_accounted_for(run: incentive.Run) -> None:
    accounts = run.accounting
    assert accounts.disagreements() == ()
    sales = next(each for each in accounts.tables if each.table == "sales")
    assert sales.read == sales.counted + sum(rows for _, rows in sales.excluded) == 57_851
    for measure in accounts.measures:
        assert measure.read.rows == 57_851
        assert measure.counted.rows + sum(tally.rows for _, tally in measure.excluded) == 57_851
        assert measure.read.amount * 100 == 7_754_857_020
    assert all(people.roster == len(people.covered) == 18 for people in accounts.people)


def test_what_is_credited_as_overlay_stands_apart(run: incentive.Run) -> None:
    region = next(each for each in run.accounting.measures if each.measure == "region_sales")
    assert region.overlay is not None
    assert region.overlay.facts == region.read.amount
    assert region.overlay.credited > region.overlay.facts


def test_without_the_clause_on_absent_months_one_more_line_waits(
    text: str, dataset: incentive.Dataset, folder: Path
) -> None:
    strict = text.replace(" if missing 0 USD", "")
    assert strict != text
    run = incentive.parse(strict).run(dataset)
    assert computed(run) == computed_by_hand(folder, absent_is_zero=False)
    assert len(run.pending) == 37
    assert sum_of(run, "commission") == Fraction("828433.75")


def test_explanations_add_up_again(run: incentive.Run) -> None:
    for each in run.payouts[::17]:
        explanation = run.explain(each.participant, each.component, each.period.name)
        assert readd(explanation)
        assert explanation.value == (None if each.amount is None else each.amount.exact)


def test_an_explained_revenue_shows_all_of_its_order_lines(run: incentive.Run, folder: Path) -> None:
    wanted = [
        row for row in rows_of(folder / "Sales.csv")
        if row["EmployeeKey"] == "282" and row["OrderDate"][:7] in {"2018/01", "2018/02", "2018/03"}
    ]  # fmt: skip
    explanation = run.explain("282", "commission", "FY2018-Q3")
    found = [each for each in walk(explanation) if each.kind == "MeasureValue" and each.rows]
    assert {len(each.rows) for each in found} == {len(wanted)}


def walk(explanation: incentive.Explanation) -> Iterator[incentive.Explanation]:
    yield explanation
    for child in explanation.children:
        yield from walk(child)
