"""What a settlement does where a law does not tell: missing figures, joiners and leavers, one period alone."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import incentive
from incentive.results import readd
from incentive.testing import run_examples

PLANS = Path(__file__).parents[2] / "plans"
PLAN = """incentive 1 en
plan "Settled" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
input line: money per participant per month
input extra: money per participant per month
input due: money per participant per month additive
let goal = due over year to date
component base {
  pay line
}
component more {
  pay extra
}
settlement {
  STEPS
}
"""
JANUARY, FEBRUARY, MARCH = "2026-01", "2026-02", "2026-03"


def run(steps: str, *, start: str = "", end: str = "", **inputs: list[int | None]) -> incentive.Run:
    plan = incentive.parse(PLAN.replace("STEPS", steps))
    names = [each.name for each in plan.periods]
    values = {
        name: {
            ("Ana", month): Decimal(value)
            for month, value in zip(names, inputs.get(name, [0] * 12), strict=False)
            if value is not None
        }
        for name in ("line", "extra", "due")
    }
    who = {"who": "Ana"} | ({"from": start} if start else {}) | ({"until": end} if end else {})
    dataset = incentive.Dataset.from_rows(tables={}, people=[who], inputs=values, timezone="UTC")
    return plan.run(dataset)


def results(made: incentive.Run, name: str) -> list[str]:
    amounts = [each[name].amount for each in made.settlements]
    return ["pending" if each is None else f"{each.exact}" for each in amounts]


@pytest.mark.parametrize("name", ["draw_en", "draw_fr"])
def test_the_examples_of_the_plan_with_a_draw_pass(name: str) -> None:
    plan = incentive.load(PLANS / f"{name}.plan")
    assert plan.warnings == ()
    assert [each.passed for each in run_examples(plan)] == [True] * len(plan.tree.examples)


def test_a_pending_line_leaves_what_is_paid_pending_and_the_balances_after_it() -> None:
    made = run("add base, more\n  draw 100 EUR per month recoverable", line=[10, 20, 300], extra=[0, None, 0])
    assert results(made, "earned")[:3] == ["10", "pending", "300"]
    assert results(made, "paid")[:3] == ["100", "pending", "pending"]
    assert [each.code for each in made.settlements[2]["paid"].reasons] == ["P201"]


def test_a_line_may_count_as_something_while_it_is_pending() -> None:
    made = run("add base\n  add more if missing 5 EUR", line=[10, 20, 30], extra=[1, None, 3])
    assert results(made, "paid")[:3] == ["11", "25", "33"]
    assert readd(made.explain("Ana", "paid", FEBRUARY))


def test_a_new_period_of_a_cap_forgets_what_was_pending_in_the_one_before() -> None:
    made = run("add base, more\n  cap 50 EUR per quarter", line=[10, 20, 60, 70], extra=[0, None, 0, 0])
    assert results(made, "paid")[:4] == ["10", "pending", "pending", "50"]


def test_a_joiner_has_no_draw_before_the_first_day() -> None:
    made = run("add base, more\n  draw 100 EUR per month recoverable", start="2026-11-01", line=[0] * 12)
    assert [each.period.name for each in made.settlements] == ["2026-11", "2026-12"]
    assert results(made, "draw_balance") == ["100", "200"]


def test_a_leaver_is_trued_up_in_the_last_period() -> None:
    made = run(
        "add base, more\n  trueup base to goal per quarter", end="2026-02-28", line=[10, 10, 10], due=[15, 25, 99]
    )
    assert results(made, "paid") == ["10", "30"]


def test_a_return_within_the_period_of_a_cap_is_taken_from_what_was_above_it() -> None:
    made = run("add base, more\n  cap 100 EUR per quarter", line=[150, -30, -40, 0])
    assert results(made, "paid")[:4] == ["100", "0", "-20", "0"]


def test_from_one_period_alone_only_what_needs_no_past_is_known() -> None:
    plan = incentive.parse(PLAN.replace("STEPS", "add base, more\n  cap 50 EUR per quarter"))
    first, second, new = (plan.pay(name, line=60, extra=0).settlement for name in (JANUARY, FEBRUARY, "2026-04"))
    assert first is not None
    assert second is not None
    assert new is not None
    assert str(first["paid"].amount) == "50.00 EUR"
    assert [each.code for each in second["paid"].reasons] == ["P213"]
    assert str(new["paid"].amount) == "50.00 EUR"


def test_the_run_as_data_has_the_settlement_step_by_step() -> None:
    made = run("add base, more\n  floor 20 EUR", line=[10])
    told = made.settlements[0].to_dict()
    steps: Any = told["steps"]
    added, floored = steps
    assert (added.pop("component"), floored.pop("component"), floored.pop("lines")) == ("", "", [])
    assert added.pop("lines") == [
        {"component": "base", "amount": "10", "brought": "0", "balance": "0"},
        {"component": "more", "amount": "0", "brought": "0", "balance": "0"},
    ]
    assert told["components"] == {
        "base": {"earned": "10", "payable": "10", "held": "0"},
        "more": {"earned": "0", "payable": "0", "held": "0"},
    }
    assert told["steps"] == [
        {"kind": "add", "text": "add base, more", "before": "0", "after": "10", "brought": "0", "balance": "0"},
        {"kind": "floor", "text": "floor 20 EUR", "before": "10", "after": "20", "brought": "0", "balance": "0"},
    ]
    assert made.to_dict()["settlements"] == [each.to_dict() for each in made.settlements]


def test_a_plan_without_a_settlement_gives_none() -> None:
    text = PLAN[: PLAN.index("settlement")]
    plan = incentive.parse(text)
    assert plan.settled == ()
    assert plan.pay(JANUARY, line=1, extra=1).settlement is None


def test_what_a_cap_loses_is_no_part_of_the_balance_that_another_keeps() -> None:
    made = run("add base\n  cap 80 EUR per month carry excess\n  cap 50 EUR per quarter", line=[100, 0])
    assert results(made, "cap_balance")[:2] == ["20", "0"]
    assert readd(made.explain("Ana", "cap_balance", "2026-01"))
