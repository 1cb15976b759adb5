"""Plans to write examples in: one person's figures, and rows about several people."""

from __future__ import annotations

import incentive
from incentive.testing import ExampleResult, run_examples

MONTHLY = """incentive 1 en

plan "Sample" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  for       role is "rep"
}

group seniors = grade is senior

facts people {
  who:   participant
  grade: one of junior, senior
}

facts regions {
  key code: text
  fee:      money
}

facts deals {
  owner:     participant
  amount:    money
  stage:     one of open, won
  region:    regions optional
  signed_at: timestamp optional
  closed_on: date
}

input quota: money per participant per year must be > 0 EUR
input target: money per participant per month additive
input uplift: percent per month
input area: one of north, south per participant per month

parameter fee = 40 EUR

measure revenue "Revenue" {
  sum    deals.amount
  where  stage is won
  dated  closed_on
  credit owner
}

measure fees {
  sum    deals.region.fee if missing 0 EUR
  dated  closed_on
  credit owner
}

measure early {
  count  deals
  where  signed_at within 2 days of signed_at
  dated  closed_on
  credit owner
}

measure largest {
  max    deals.amount
  dated  closed_on
  credit owner
}

measure turnover {
  sum   deals.amount
  dated closed_on
}

let reached = revenue over year to date / quota
let big = (largest if missing 0 EUR) > 100 EUR

component commission {
  accumulate over year
  pay 10% of revenue
}

component bonus {
  pay (revenue over year to date / 100 EUR) * 1 EUR
}

component shared {
  pay 1% of (team.revenue if missing 0 EUR)
}

"""


def run(examples: str, plan: str = MONTHLY) -> tuple[ExampleResult, ...]:
    """The results of examples in a plan."""
    return run_examples(incentive.parse(plan + examples, "sample.plan"))


def passes(examples: str, plan: str = MONTHLY) -> bool:
    """Whether there are results and all of them pass."""
    results = run(examples, plan)
    return bool(results) and all(each.passed for each in results)


def wrong(examples: str, plan: str = MONTHLY) -> list[tuple[str, object, object]]:
    """The figures that are not the ones expected."""
    return [
        (check.what, check.expected, check.actual)
        for each in run(examples, plan)
        for check in each.checks
        if not check.passed
    ]
