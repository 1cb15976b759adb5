"""Which figures go together, and what `over` and `accumulate` make of them."""

from __future__ import annotations

import pytest

from incentive import tree
from incentive.tree import Window
from tests.unit.checking.asking import bonus, codes, line_of, of, plan_of, value_of

MONTH, YEAR = Window("whole", "month"), Window("whole", "year")


def test_a_month_over_a_year_is_refused_both_ways() -> None:
    assert codes("let a = revenue / annual_quota") == ["E501"]
    assert codes("let a = annual_quota - revenue") == ["E501"]
    assert codes("let a = revenue is annual_quota") == ["E501"]
    assert codes(bonus("pay 1 EUR", "when revenue > annual_quota")) == ["E501"]


@pytest.mark.parametrize(
    "expression",
    [
        "revenue over year / annual_quota",
        "revenue over year to date / annual_quota",
        "revenue / quota",
        "revenue over quarter / (quota over quarter)",
        "(revenue / quota) over quarter",
        "(revenue / revenue over previous month if missing 100%)",
    ],
)
def test_figures_of_one_period_make_a_ratio_without_period(expression: str) -> None:
    assert value_of(expression).type.grain.when is None


@pytest.mark.parametrize(
    ("written", "window"),
    [
        ("year", YEAR),
        ("year to date", Window("to_date", "year")),
        ("plan to date", Window("to_date", "plan")),
        ("last 3 months", Window("last", "month", 3)),
        ("previous quarter", Window("previous", "quarter")),
        ("same quarter last year", Window("same_last_year", "quarter")),
    ],
)
def test_over_gives_a_measure_its_window(written: str, window: Window) -> None:
    assert value_of(f"revenue over {written}").type.grain.when == window


def test_an_input_adds_up_only_if_it_says_so() -> None:
    value = value_of("quota over quarter")
    assert isinstance(value, tree.InputValue)
    assert value.by == "sum"
    assert codes("let a = target_bonus over quarter") == ["E510"]
    assert codes("let a = team.target_bonus") == ["E510"]
    assert value_of("team.quota").type.grain.who == "team"


def test_an_input_gives_a_part_only_if_it_is_phased() -> None:
    assert codes("let a = annual_quota over month") == ["E513"]
    phased = "input year_goal: money per participant per year phased 20%, 20%, 20%, 40%\n"
    assert codes(phased + "let a = year_goal over quarter") == []
    assert codes(phased + "let a = year_goal over month") == ["E513"]
    equally = "input year_goal: money per participant per year phased equally\n"
    assert codes(equally + "let a = year_goal over month") == []


def test_what_is_paid_covers_the_plans_period() -> None:
    assert codes(bonus("pay 5% of annual_quota")) == ["E503"]
    assert codes(bonus("pay 5% of (revenue over year)")) == ["E503"]
    assert codes(bonus("accumulate over year", "pay 5% of annual_quota")) == []


def test_accumulate_sees_the_window_to_date_and_pays_the_increase() -> None:
    line = line_of("accumulate over year", "pay 5% of revenue", "cap 500 EUR per year")
    assert isinstance(line, tree.Increase)
    assert isinstance(line.value, tree.Rounded)
    assert isinstance(line.value.value, tree.Cap)
    measures = [each for each in tree.walk(line) if isinstance(each, tree.MeasureValue)]
    assert {each.type.grain.when for each in measures} == {Window("to_date", "year")}


def test_a_shorter_cap_acts_on_the_increase_and_is_rounded_again() -> None:
    line = line_of("accumulate over year", "pay 5% of revenue", "cap 500 EUR per year", "cap 90 EUR per month")
    assert isinstance(line, tree.Rounded)
    assert isinstance(line.value, tree.Cap)
    assert isinstance(line.value.value, tree.Increase)


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (("pay 5% of revenue", "cap 5 EUR per month"), []),
        (("pay 5% of revenue", "cap 5 EUR per year"), ["E502"]),
        (("accumulate over month", "pay 5% of revenue"), ["E512"]),
        (("accumulate over week", "pay 5% of revenue"), ["E512"]),
        (("accumulate over year", "pay 5% of revenue", "cap 5 EUR per quarter"), ["E502"]),
        (("accumulate over year", "pay 5% of revenue", "cap 5 EUR per year"), []),
        (("accumulate over year", "pay 5% of revenue", "floor 0 EUR"), []),
    ],
)
def test_a_limit_has_the_plans_period_or_the_accumulated_one(clauses: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(bonus(*clauses)) == wanted


def test_clauses_act_in_the_order_in_which_they_are_written() -> None:
    line = line_of("pay 5% of revenue", "cap 500 EUR", "when revenue > 0 EUR", "floor 0 EUR")
    kinds = []
    while isinstance(line, tree.Rounded | tree.Cap | tree.Floor | tree.When):
        kinds.append(type(line))
        line = line.value
    assert kinds == [tree.Rounded, tree.Floor, tree.When, tree.Cap]


def test_a_definition_is_made_once_for_each_window() -> None:
    plan = plan_of(
        "let goal = 2% of revenue\n" + bonus("pay goal") + "\ncomponent extra {\n  accumulate over year\n  pay goal\n}"
    )
    assert [each.name for each in plan.definitions if each.name.startswith("goal")] == [
        "goal",
        "goal over to_date year",
    ]


def test_a_local_definition_belongs_to_its_component() -> None:
    lines = bonus("let net = revenue - quota", "pay 5% of net", "floor 0 EUR")
    assert codes(lines) == []
    assert codes(lines + "\ncomponent other {\n  pay net\n}") == ["E200"]
    assert codes("let net = revenue\n" + bonus("let net = quota", "pay net")) == ["E210"]


def test_a_parameter_covers_the_plan_with_rising_dates() -> None:
    assert codes("parameter fee {\n  from 2026-01-01: 4 EUR\n  from 2026-07-01: 5 EUR\n}") == []
    assert codes("parameter fee {\n  from 2026-07-01: 5 EUR\n}") == ["E520"]
    assert codes("parameter fee {\n  from 2026-07-01: 5 EUR\n  from 2026-01-01: 4 EUR\n}") == ["E520", "E521"]
    assert codes("parameter fee {\n  from 2026-01-01: 4 EUR\n  from 2026-07-01: 5%\n}") == ["E418"]
    assert codes("parameter share {\n  from 2026-01-01: 4%\n  from 2026-07-01: 5\n}") == ["E413"]


def test_a_circle_is_reported_with_its_way() -> None:
    found = of("let a = b\nlet b = a").diagnostics
    assert {each.code for each in found} == {"E220"}
    assert codes(bonus("pay 10% of total")) == ["E220"]
    assert codes(bonus("pay 1% of other") + "\ncomponent other {\n  pay 1% of bonus\n}") == ["E220"]
