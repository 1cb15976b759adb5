"""Roundings that are told of: those with a side where a line may be negative, and those of what was rounded."""

from __future__ import annotations

import pytest

from incentive.quantities import ROUNDING_MODES
from tests.unit.checking.asking import bonus, codes, measure, of


def plan(mode: str, step: str = "0.01") -> str:
    return f"""plan "Sample" {{
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  rounding  {mode} to {step} EUR
}}
"""


RATES = "pay revenue by slice {\n from 0 EUR: 5%\n from 100 EUR: 8%\n}"


# ---- a side ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mode", ROUNDING_MODES)
def test_only_what_goes_the_same_way_on_both_sides_of_zero_is_told(mode: str) -> None:
    wanted = ["W416"] if mode in {"floor", "ceiling"} else []
    assert codes(plan(mode) + bonus("pay 5% of revenue")) == wanted


def test_a_plan_that_does_not_say_how_it_rounds_has_no_side() -> None:
    assert codes(bonus("pay 5% of revenue")) == []


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        ([RATES], ["W416"]),
        (["pay each 5% of revenue"], ["W416"]),
        (["accumulate over year", "pay 5% of revenue"], ["W416"]),
        (["pay 5% of max(revenue, 0 EUR)"], []),
        (["pay 5% of revenue", "floor 0 EUR"], []),
        (["pay 5% of revenue", "floor 0 EUR - 9 EUR"], ["W416"]),
        (["pay 5% of revenue", "when revenue > 0 EUR"], []),
        (["pay if revenue > 9 EUR then 5% of revenue else 0 EUR"], []),
        (["pay 5% of revenue", "when deals_won > 0"], ["W416"]),
        (["pay revenue by slice {\n from -50 EUR: 0%\n from 0 EUR: 5%\n}"], []),
        (["pay 4.05 EUR per deals_won"], []),
        (["pay 5% of quota"], []),
        (["pay round(5% of revenue, 1 EUR)"], ["W416"]),
        (["pay 5% of revenue", 'note "Returns cost a cent"'], []),
        (["pay other"], []),
        (["pay 50% of other"], ["W416"]),
    ],
)
def test_it_is_told_where_a_return_can_reach_it(clauses: list[str], wanted: list[str]) -> None:
    other = 'component other {\n  pay 5% of revenue\n  note "meant"\n}\n'
    assert codes(plan("floor") + other + bonus(*clauses)) == wanted


def test_a_measure_without_returns_cannot_reach_it() -> None:
    sold = measure("sum deals.amount", "where amount >= 0 EUR", "dated closed_on", "credit owner")
    assert codes(plan("floor") + sold + "\n" + bonus("pay 5% of tested")) == []


def test_it_is_told_once_a_plan() -> None:
    two = bonus("pay 5% of revenue") + "\ncomponent other {\n  pay 1% of revenue\n}"
    assert codes(plan("ceiling") + two) == ["W416"]


def test_the_mirrored_rounding_is_a_repair() -> None:
    text = plan("ceiling") + bonus("pay 5% of revenue")
    (found,) = of(text).diagnostics
    (edit,) = found.fixes[0].edits
    assert edit.text == "up"
    assert codes(text.replace("ceiling", edit.text)) == []


# ---- twice -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (["pay round(5% of revenue, 0.001 EUR)"], ["W417"]),
        (["pay round(5% of revenue, 0.01 EUR)"], []),
        (["pay round(5% of revenue, 1 EUR)"], []),
        (["pay 5% of round(revenue, 0.001 EUR)"], []),
        (["pay round(5% of revenue, 0.001 EUR) + round(1% of revenue, 0.001 EUR)"], []),
        (["let part = round(5% of revenue, 0.001 EUR)", "pay part", "cap 500 EUR"], ["W417"]),
        (["pay 5% of revenue", "cap round(quota / 3, 0.001 EUR)"], ["W417"]),
        (["pay if deals_won > 3 then round(5% of revenue, 0.001 EUR) else 0 EUR"], ["W417"]),
        (["pay min(round(5% of revenue, 0.001 EUR), 9 EUR)", "when deals_won > 0"], ["W417"]),
        (["pay round(round(5% of revenue, 0.1 EUR), 1 EUR)"], ["W417"]),
        (["pay each round(5% of revenue, 0.001 EUR)"], []),
        (["pay round(5% of revenue, 0.001 EUR)", 'note "clause 4"'], []),
    ],
)
def test_what_is_rounded_already_is_told(clauses: list[str], wanted: list[str]) -> None:
    assert codes(bonus(*clauses)) == wanted


@pytest.mark.parametrize("mode", ROUNDING_MODES)
def test_it_is_told_where_a_figure_goes_another_way(mode: str) -> None:
    """Cutting twice is cutting once; halves are made by the first rounding alone."""
    found = codes(plan(mode) + bonus("pay round(5% of revenue, 0.001 EUR)", "floor 0 EUR"))
    assert found == (["W417"] if mode.startswith("half") else [])


@pytest.mark.parametrize(("mode", "shown"), [("half_up", "0.0046 EUR"), ("half_even", "0.0146 EUR")])
def test_a_figure_that_differs_is_shown(mode: str, shown: str) -> None:
    (found,) = of(plan(mode) + bonus("pay round(5% of revenue, 0.001 EUR)")).diagnostics
    assert f"{shown} becomes" in found.message
