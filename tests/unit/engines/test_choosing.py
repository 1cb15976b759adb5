"""Engines chosen by hand or by size, and data that was read before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

import incentive

PLAN = """incentive 1 en
plan "Wide" {
  currency EUR
  period month
  timezone "UTC"
  effective from 2026-01-01 until 2026-12-31
}
facts fx {
  from: text
  to: text
  on: date
  rate: number
}
facts deals {
  owner: participant
  amount: money in USD
  closed_on: date
}
measure due {
  sum deals.amount in EUR at fx
  dated closed_on
  credit owner
}
component bonus {
  pay 10% of due
}
"""


def facts(plan: incentive.Plan, rate: str) -> incentive.Facts:
    day = date(2026, 1, 2)
    return plan.read(
        incentive.Dataset.from_rows(
            tables={
                "fx": [{"from": "USD", "to": "EUR", "on": day, "rate": Decimal(rate)}],
                "deals": [{"owner": "ana", "amount": Decimal("900000000000000.01"), "closed_on": day}],
            },
            people=[{"who": "ana"}],
        )
    )


def test_facts_are_not_read_again() -> None:
    plan = incentive.parse(PLAN)
    with pytest.raises(incentive.UsageError, match="Facts is not a Dataset"):
        plan.read(facts(plan, "1.1"))  # type: ignore[arg-type]  # what is refused


@pytest.mark.parametrize("rate", ["1.1", "0.123456789012", "123456789012345678.123456789012"])
def test_rates_of_any_length_give_the_same_digits_and_can_be_shown(rate: str) -> None:
    pytest.importorskip("polars")
    plan = incentive.parse(PLAN)
    read = facts(plan, rate)
    expected = plan.run(read, period="2026-01", engine="reference")
    found = plan.run(read, period="2026-01", explain="all")
    assert found.engine == "columnar"
    assert found.to_dict() == expected.to_dict()
    assert Fraction(next(found.frame().iter_rows())[4]) == expected.payouts[0].amount.exact  # type: ignore[attr-defined, union-attr]
    assert found.explanations().height == 1  # type: ignore[attr-defined]  # a frame of Polars
