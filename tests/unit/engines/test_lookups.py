"""Decision tables computed: the row that matches, what is missing, and why that row."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive import tree
from incentive.engines import compile_plan, pay
from incentive.quantities import FiscalYear
from incentive.results import readd

HEAD = """incentive 1 en
plan "Tables" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  owner:     participant
  region:    text optional
  product:   one of licence, service
  amount:    money
  closed_on: date
}
input quota: money per participant per month must be > 0 EUR
parameter best {
  from 2026-01-01: 12%
  from 2026-02-01: 15%
}
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
table rates "Rates" first {
  | region  | product | attainment | rate |
  | "North" | licence | from 100%  | best |
  | "North" | licence | any        | 6%   |
  | any     | service | above 100% | 4%   |
  | any     | any     | any        | 1%   |
}
"""
ASKED = """measure weighed {
  sum    deals.amount * rates(region if missing "", product, 100%)
  dated  closed_on
  credit owner
}
component by_row {
  pay weighed
}
component by_period {
  pay rates("North", product_of_all, revenue / quota) * revenue
}
"""


def plan(lines: str) -> incentive.Plan:
    return incentive.parse(HEAD + lines)


def rate(attainment: str, key: str = '"North"') -> str:
    return f"component bonus {{\n  pay fees({key}, {attainment})\n}}\n"


FEES = """table fees {
  | region  | attainment | fee    |
  | "North" | from 0%    | 10 EUR |
  | "North" | from 50%   | 20 EUR |
  | "North" | above 100% | 30 EUR |
  | "South" | any        | 40 EUR |
  | any     | any        | 50 EUR |
}
""".replace("table fees {", "table fees first {")


@pytest.mark.parametrize(
    ("revenue", "fee"), [(-10, 10), (0, 10), (499, 10), (500, 20), (1000, 20), (1001, 30), (99999, 30)]
)
def test_a_band_owns_its_bound_and_ends_before_the_next(revenue: int, fee: int) -> None:
    made = plan(FEES + rate("revenue / quota")).pay("2026-01", revenue=revenue, quota=1000)
    assert made.total is not None
    assert made.total.amount == fee


@pytest.mark.parametrize(("key", "fee"), [('"South"', 40), ('"East"', 50)])
def test_a_text_matches_as_a_whole(key: str, fee: int) -> None:
    made = plan(FEES + rate("50%", key)).pay("2026-01")
    assert made.total is not None
    assert made.total.amount == fee


def test_a_missing_key_makes_the_line_pending_whatever_its_column_says() -> None:
    made = plan(FEES + rate("revenue / quota", '"South"')).pay("2026-01", revenue=10)
    assert [each.status for each in made.payouts] == ["pending"]
    assert [each.code for each in made.payouts[0].reasons] == ["P201"]


def test_rows_are_asked_with_the_parameter_of_their_day() -> None:
    rows = [
        {"owner": "Ana", "region": "North", "product": "licence", "amount": "1000", "closed_on": "2026-01-31"},
        {"owner": "Ana", "region": "North", "product": "licence", "amount": "1000", "closed_on": "2026-02-01"},
        {"owner": "Ana", "region": None, "product": "service", "amount": "1000", "closed_on": "2026-02-02"},
    ]
    data = incentive.Dataset.from_rows(tables={"deals": rows}, people=[{"who": "Ana"}], inputs={"quota": []})
    made = plan(ASKED.partition("component by_period")[0]).run(data, period="2026-01")
    assert [each.amount.amount for each in made.payouts if each.amount] == [120]
    made = plan(ASKED.partition("component by_period")[0]).run(data, period="2026-02")
    assert [each.amount.amount for each in made.payouts if each.amount] == [160]


@pytest.mark.parametrize(("revenue", "line"), [(100, 24), (700, 25), (2000, 26)])
def test_an_explanation_shows_the_row_and_why(revenue: int, line: int) -> None:
    text = HEAD + FEES + rate("revenue / quota")
    found = incentive.parse(text).pay("2026-01", revenue=revenue, quota=1000).explain("bonus")
    assert readd(found)
    row = next(each for each in flat(found) if each.kind == "Row")
    assert row.span is not None
    assert text.split("\n")[row.span.line - 1].lstrip().startswith("|")
    assert row.span.line == 1 + text[: text.index("table fees")].count("\n") + line - 22
    assert [each.value for each in row.children if each.kind == "Key"] == ["North", Fraction(revenue, 1000)]
    shown = str(found)
    assert "the first row that matches" in shown
    assert "region North: the value named" in shown
    assert "attainment" in shown


def test_figures_that_do_not_follow_are_seen() -> None:
    found = plan(FEES + rate("revenue / quota")).pay("2026-01", revenue=700, quota=1000).explain("bonus")
    assert "from 50% up to 100%" in str(found)


def flat(each: incentive.Explanation) -> list[incentive.Explanation]:
    return [each, *(below for child in each.children for below in flat(child))]


def test_a_table_from_elsewhere_that_lacks_a_row_leaves_the_line_pending() -> None:
    made = plan(FEES + rate("50%")).tree
    line = made.components[0].line
    assert isinstance(line, tree.Rounded)
    assert isinstance(line.value, tree.Lookup)
    lacking = evolve(line, value=evolve(line.value, rows=line.value.rows[3:4]))
    compiled = compile_plan(evolve(made, components=(evolve(made.components[0], line=lacking),)))
    (found,) = pay(compiled, FiscalYear(1, "end").parse("2026-01"), {})
    assert [each.code for each in found.reasons] == ["P221"]


def test_the_tree_reads_back() -> None:
    made = plan(ASKED.partition("component by_period")[0]).tree
    assert tree.from_json(tree.to_json(made)) == made
    assert "rates(region" in tree.show_plan(made)


bounds = st.lists(st.tuples(st.integers(-3, 12), st.booleans()), min_size=1, max_size=4, unique=True)


@settings(max_examples=60, deadline=None)
@given(bounds, st.integers(-20, 60))
def test_of_an_accepted_table_one_row_matches_each_value(drawn: list[tuple[int, bool]], quarter: int) -> None:
    rows = [f"  | {'from' if owns else 'above'} {at} EUR | {number} EUR |" for number, (at, owns) in enumerate(drawn)]
    text = HEAD + "table fees {\n  | signed | fee |\n" + "\n".join(rows) + "\n}\n"
    text += "component bonus {\n  pay fees(revenue)\n}\n"
    lowest = min(drawn, key=lambda each: (each[0], not each[1]))
    found = {each.code for each in incentive.check(text) if each.severity == "error"}
    assert found == (set() if lowest == (0, True) else {"E421"})
    if found:
        return
    x = Fraction(quarter, 4)
    reached = [(at, not owns, number) for number, (at, owns) in enumerate(drawn) if x > at or (owns and x == at)]
    wanted = max(reached)[2] if reached else drawn.index(lowest)
    made = incentive.parse(text).pay("2026-01", revenue=x)
    assert made.total is not None
    assert made.total.amount == wanted
