"""What the reference lists as read but not computed is refused, each form of it, with E190."""

import pytest

import incentive

PLAN = """incentive 1 en
plan "Reference" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id: text
  owner: participant
  amount: money
  fee: money in USD
  closed_on: date
  signed_at: timestamp
  paid_at: timestamp optional
}
parameter rate = 5%
measure revenue {
  sum deals.amount
  dated closed_on
  credit owner
}
component commission {
  pay 5% of revenue
}
"""
FORMS = {
    "check": "check commission rises with revenue",
    "carry excess": "component c {\n  pay 1% of revenue\n  cap 5 EUR carry excess\n}",
}


def codes(text: str) -> set[str]:
    return {each.code for each in incentive.check(text) if each.severity == "error"}


@pytest.mark.parametrize("form", FORMS)
def test_it_is_refused(form: str) -> None:
    assert "E190" in codes(PLAN + FORMS[form] + "\n")


def test_without_them_the_plan_is_sound() -> None:
    assert codes(PLAN) == set()
