"""Rows that count again: on which days, for whom, and where they stand in the accounts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import readd

HEAD = """incentive 1 en
plan "Again" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-06-30
  month_end RULE
}
facts contracts {
  owner:   participant
  fee:     money
  start:   date
  stop:    date optional
}
measure fees {
  sum    contracts.fee
  dated  each EVERY from start END
  credit owner
}
component residual {
  pay fees
}
"""


def ran(
    end: str, *rows: tuple[str, str | None], every: str = "month", rule: str = "down", pay: str = "pay fees"
) -> incentive.Run:
    text = HEAD.replace("EVERY", every).replace("END", end).replace("RULE", rule).replace("pay fees", pay)
    contracts = [{"owner": "Ana", "fee": "100", "start": start, "stop": stop} for start, stop in rows]
    data = incentive.Dataset.from_rows(tables={"contracts": contracts}, people=[{"who": "Ana"}])
    return incentive.parse(text).run(data)


def months(run: incentive.Run) -> list[int]:
    return [int(each.amount.amount) // 100 for each in run.payouts if each.amount is not None]


@pytest.mark.parametrize(
    ("end", "row", "expected"),
    [
        ("until stop", ("2026-02-10", "2026-04-10"), [0, 1, 1, 1, 0, 0]),
        ("until stop", ("2026-02-10", "2026-04-09"), [0, 1, 1, 0, 0, 0]),
        ("until stop", ("2026-02-10", None), [0, 1, 1, 1, 1, 1]),
        ("until stop", ("2025-11-30", "2026-02-28"), [1, 1, 0, 0, 0, 0]),
        ("until stop", ("2026-02-10", "2026-02-09"), [0, 0, 0, 0, 0, 0]),
        ("for 2 months", ("2026-02-10", None), [0, 1, 1, 0, 0, 0]),
        ("for 12 months", ("2025-04-30", None), [1, 1, 1, 0, 0, 0]),
    ],
)
def test_a_row_counts_on_its_day_of_each_month(end: str, row: tuple[str, str | None], expected: list[int]) -> None:
    assert months(ran(end, row)) == expected


def test_a_row_counts_on_the_day_of_a_last_moment() -> None:
    text = HEAD.replace("EVERY", "month").replace("END", "until stop").replace("RULE", "down")
    text = text.replace("stop:    date", "stop:    timestamp")
    contracts = [
        {"owner": "Ana", "fee": "100", "start": "2026-02-10", "stop": stop}
        for stop in ("2026-04-10T00:30+02:00", "2026-04-09T23:30+02:00")
    ]
    data = incentive.Dataset.from_rows(tables={"contracts": contracts}, people=[{"who": "Ana"}])
    assert months(incentive.parse(text).run(data, engine="reference")) == [0, 2, 2, 1, 0, 0]


def test_the_company_has_a_row_on_each_of_its_days() -> None:
    text = HEAD.replace("EVERY", "month").replace("END", "for 2 months").replace("RULE", "down")
    contracts = [{"owner": who, "fee": "100", "start": "2026-02-10", "stop": None} for who in ("Ana", "Zoe")]
    data = incentive.Dataset.from_rows(tables={"contracts": contracts}, people=[{"who": "Ana"}, {"who": "Zoe"}])
    run = incentive.parse(text.replace("pay fees", "pay company.fees")).run(data, participants=["Ana"])
    assert months(run) == [0, 2, 2, 0, 0, 0]


def test_a_month_without_the_day_follows_the_plan() -> None:
    assert months(ran("for 3 months", ("2026-01-31", None))) == [1, 1, 1, 0, 0, 0]
    assert months(ran("for 3 months", ("2026-01-31", None), rule="up")) == [1, 0, 2, 0, 0, 0]


def test_weeks_and_quarters_have_their_own_step() -> None:
    assert months(ran("for 5 weeks", ("2026-01-01", None), every="week")) == [5, 0, 0, 0, 0, 0]
    assert months(ran("for 6 months", ("2026-01-15", None), every="quarter")) == [1, 0, 0, 1, 0, 0]


def test_a_row_is_accounted_once_however_often_it_counts() -> None:
    run = ran("until stop", ("2026-02-10", None), ("2026-02-10", "2026-02-01"), ("2026-07-01", None))
    (account,) = run.accounting.measures
    assert (account.read.rows, account.counted.rows) == (3, 1)
    assert {reason: tally.rows for reason, tally in account.excluded} == {"condition": 1, "outside_plan": 1}


def test_an_explanation_names_the_row_in_every_month() -> None:
    run = ran("until stop", ("2026-02-10", None))
    for period in ("2026-02", "2026-06"):
        found = run.explain(participant="Ana", component="residual", period=period)
        assert readd(found)
        assert "1 row of contracts counted" in str(found)


def test_an_explanation_says_the_days_and_what_was_read_on_the_first_of_them() -> None:
    text = (HEAD + "facts fx {\n  from: text\n  to: text\n  on: date\n  rate: number\n}\n").replace("RULE", "up")
    text = (
        text.replace("fee:     money", "fee:     money in USD").replace("EVERY", "month").replace("END", "until stop")
    )
    text = text.replace("sum    contracts.fee", "sum    contracts.fee in EUR at fx\n  show   owner.team")
    rate = {"from": "USD", "to": "EUR"}
    data = incentive.Dataset.from_rows(
        tables={
            "contracts": [{"owner": "Ana", "fee": "100", "start": "2026-01-31", "stop": None}],
            "fx": [{**rate, "on": "2026-01-31", "rate": "0.9"}, {**rate, "on": "2026-03-01", "rate": "0.5"}],
        },
        people=[
            {"who": "Ana", "team": "old", "until": "2026-02-28"},
            {"who": "Ana", "team": "new", "from": "2026-03-01"},
        ],
    )
    why = incentive.parse(text).run(data).explain(participant="Ana", component="residual", period="2026-03")
    (line,) = [each for each in str(why).splitlines() if "2026-03-01" in each]
    expected = "| contracts:1 2026-03-01 old 1 USD = 0.9 EUR, 2026-01-31, fx:1 90.00 EUR"
    assert " ".join(line.split()) == expected
    assert "2026-03-31" in str(why)


def test_each_day_on_which_a_row_is_paid_alone_is_told() -> None:
    run = ran("until stop", ("2026-01-31", None), pay="accumulate over year\n  pay each fees")
    found = run.explain(participant="Ana", component="residual", period="2026-02")
    assert readd(found)
    assert "contracts:1 on 2026-01-31 = 100.00 EUR" in str(found)
    assert "contracts:1 on 2026-02-28 = 100.00 EUR" in str(found)


@settings(max_examples=30, deadline=None)
@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(1, 40))
def test_so_many_months_are_paid_in_all(start: date, times: int) -> None:
    run = ran(f"for {times} months", (str(start), None))
    first = (start.year - 2026) * 12 + start.month - 1
    inside = sum(0 <= first + at < 6 for at in range(times))
    assert sum((Fraction(each) for each in months(run)), Fraction(0)) == inside
