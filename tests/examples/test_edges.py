"""Edges of time and assignment, from a plan's text to what is paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import incentive

HEAD = """incentive 1 en
plan "P" {
  currency  EUR
  period    %s
  timezone  "Europe/Paris"
  effective from %s until %s
}
facts deals {
  owner:     participant
  region:    text
  amount:    money
  closed_on: date
}
"""
REVENUE = """measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
"""


def deal(owner: str, day: str, amount: int = 100, region: str = "N") -> dict[str, object]:
    return {"owner": owner, "region": region, "amount": Decimal(amount), "closed_on": date.fromisoformat(day)}


def paid(
    text: str, rows: list[dict[str, object]], people: list[str], **more: list[dict[str, object]]
) -> dict[tuple[str, str], str]:
    plan = incentive.parse(text)
    data = incentive.Dataset.from_rows(
        tables={"deals": rows, **more},
        people=[{"who": each} for each in people],
    )
    run = plan.run(data)
    return {
        (each.participant, each.period.name): str(each.amount)
        for each in run.payouts
        if each.amount is not None and each.amount.exact
    }


@pytest.mark.parametrize(
    ("window", "first", "last", "day", "week"),
    [
        ("month", "2026-01-05", "2026-03-01", "2026-01-28", "2026-W05"),  # W05 ends on 1 February
        ("year", "2025-12-22", "2026-03-01", "2025-12-30", "2026-W01"),  # W01 belongs to 2026, and so does 30 December
    ],
)
def test_a_week_across_an_edge_is_paid_in_the_window_of_its_last_day(
    window: str, first: str, last: str, day: str, week: str
) -> None:
    component = f"component c {{\n  accumulate over {window}\n  pay 10% of revenue\n}}\n"
    text = HEAD % ("week", first, last) + REVENUE + component
    assert paid(text, [deal("a", day)], ["a"]) == {("a", week): "10.00 EUR"}


COVERAGE = """facts coverage {
  who:    participant
  region: text
  from:   date optional
  until:  date optional
}
measure covered {
  sum    deals.amount
  dated  closed_on
  credit coverage.who by region
}
component c {
  pay 10% of covered
}
"""


def covers(who: str, since: str | None, until: str | None) -> dict[str, object]:
    days = {name: date.fromisoformat(day) if day else None for name, day in (("from", since), ("until", until))}
    return {"who": who, "region": "N", **days}


def test_an_assignment_holds_on_its_days_both_counting() -> None:
    text = HEAD % ("month", "2026-01-01", "2026-12-31") + COVERAGE
    rows = [deal("a", "2026-01-10"), deal("a", "2026-01-11", 200), deal("a", "2026-02-01", 400)]
    coverage = [covers("a", None, "2026-01-10"), covers("b", "2026-01-11", None)]
    assert paid(text, rows, ["a", "b"], coverage=coverage) == {
        ("a", "2026-01"): "10.00 EUR",
        ("b", "2026-01"): "20.00 EUR",
        ("b", "2026-02"): "40.00 EUR",
    }


def test_a_measure_that_no_line_reads_says_so_in_its_account() -> None:
    spare = "measure spare {\n  count deals\n  dated closed_on\n  credit owner\n}\n"
    plan = incentive.parse(
        HEAD % ("month", "2026-01-01", "2026-12-31") + REVENUE + spare + "component c {\n  pay 10% of revenue\n}\n"
    )
    data = incentive.Dataset.from_rows(tables={"deals": [deal("a", "2026-01-10")]}, people=[{"who": "a"}])
    account = {each.measure: each for each in plan.run(data).accounting.measures}
    assert [(reason, tally.rows) for reason, tally in account["spare"].excluded] == [("not_read", 1)]
    assert account["revenue"].counted.rows == 1


@pytest.mark.parametrize("amount", ["1000000000000000 EUR", "123456789012345678 EUR"])
def test_money_beyond_the_limit_is_refused_in_the_text(amount: str) -> None:
    text = HEAD % ("month", "2026-01-01", "2026-12-31") + f"component c {{\n  pay {amount}\n}}\n"
    assert [each.code for each in incentive.check(text)] == ["E154"]


@pytest.mark.parametrize(("written", "offered"), [("1,500", "1.50"), ("1.500", "1.50"), ("1,125", "1.1250")])
def test_what_is_offered_for_an_ambiguous_amount_is_read_in_one_way(written: str, offered: str) -> None:
    head = HEAD % ("month", "2026-01-01", "2026-12-31") + REVENUE
    text = head + "component c {\n  pay %s EUR\n  when revenue > 0 EUR\n}\n"
    (finding,) = incentive.check(text % written)
    assert finding.code == "E112"
    assert [fix.edits[0].text for fix in finding.fixes] == [written.replace(",", " ").replace(".", " "), offered]
    assert incentive.check(text % offered) == ()
