"""Money in other currencies: which row of a table gives the rate, and what becomes of a day without one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import readd
from incentive.testing import run_examples

PLANS = Path(__file__).parents[2] / "plans"
TEXT = """incentive 1 en
plan "Exchange" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts fx {
  from: text
  to:   text
  on:   date
  rate: number
}
facts deals {
  owner:     participant
  currency:  text
  amount:    money in currency
  fee:       money in USD
  closed_on: date
}
measure sales {
  sum    deals.amount in EUR at fx
  dated  closed_on
  credit owner
}
measure fees {
  sum    deals.fee
  dated  closed_on
  credit owner
}
measure large {
  count  deals
  where  deals.amount in EUR at fx > 1 EUR
  dated  closed_on
  credit owner
}
component of_sales {
  pay 10% of sales
}
component of_fees {
  pay 10% of (fees in EUR at fx)
}
component of_large {
  pay 1 EUR per large
}
"""
Rates = list[tuple[str, str, str, str]]


def run(rates: Rates, *deals: tuple[str, str, str], text: str = TEXT, **more: str) -> incentive.Run:
    return incentive.parse(text).run(data(rates, *deals), period="2026-03", **more)  # type: ignore[arg-type]


def data(rates: Rates, *deals: tuple[str, str, str]) -> incentive.Dataset:
    rows = [
        {"owner": "Ana", "currency": currency, "amount": amount, "fee": "0", "closed_on": day}
        for currency, amount, day in deals
    ]
    table = [dict(zip(("from", "to", "on", "rate"), each, strict=True)) for each in rates]
    return incentive.Dataset.from_rows(tables={"fx": table, "deals": rows}, people=[{"who": "Ana"}])


def line(made: incentive.Run, name: str = "of_sales") -> object:
    (found,) = [each for each in made.payouts if each.component == name]
    return found.amount.amount if found.amount is not None else [each.code for each in found.reasons]


END = ("USD", "EUR", "2026-03-31", "1")


def test_a_row_is_used_either_way() -> None:
    assert line(run([("USD", "EUR", "2026-03-05", "0.9"), END], ("USD", "100", "2026-03-05"))) == 9
    assert line(run([("EUR", "USD", "2026-03-05", "1.25"), END], ("USD", "100", "2026-03-05"))) == 8


def test_the_row_that_leads_there_comes_before_the_one_that_leads_back() -> None:
    rates = [("EUR", "USD", "2026-03-05", "1.25"), ("USD", "EUR", "2026-03-05", "0.9"), END]
    assert line(run(rates, ("USD", "100", "2026-03-05"))) == 9


def test_money_in_the_currency_wanted_needs_no_rate() -> None:
    assert line(run([END], ("EUR", "100", "2026-03-08"))) == 10


def test_a_day_without_a_rate_leaves_the_line_pending_and_the_row_accounted() -> None:
    made = run([("USD", "EUR", "2026-03-05", "0.9"), END], ("USD", "100", "2026-03-06"), ("USD", "10", "2026-03-05"))
    assert line(made) == ["P230"]
    (pending,) = [each for each in made.payouts if each.component == "of_sales"]
    assert "from USD to EUR on 2026-03-06" in pending.reasons[0].message
    (sales, _, large) = made.accounting.measures
    assert (sales.read.rows, sales.counted.rows, sales.missing) == (2, 2, (1,))
    assert (large.read.rows, large.counted.rows, large.missing) == (2, 2, (1,))


def test_a_condition_that_waits_for_a_rate_drops_no_row() -> None:
    assert line(run([END], ("USD", "100", "2026-03-06"), ("EUR", "9", "2026-03-06")), "of_large") == ["P230"]
    assert line(run([END], ("EUR", "9", "2026-03-06"), ("EUR", "1", "2026-03-06")), "of_large") == 1


def test_a_row_that_waits_leaves_other_months_their_count() -> None:
    deals = ("USD", "100", "2026-03-06"), ("EUR", "9", "2026-04-06"), ("EUR", "8", "2026-04-07")
    made = incentive.parse(TEXT).run(data([END], *deals), engine="reference")
    found = {each.period.name: each for each in made.payouts if each.component == "of_large"}
    assert found["2026-03"].status == "pending"
    assert found["2026-04"].amount is not None
    assert found["2026-04"].amount.amount == 2


def test_no_third_currency_is_used() -> None:
    rates = [("EUR", "USD", "2026-03-05", "1.25"), ("EUR", "GBP", "2026-03-05", "0.8"), END]
    assert line(run(rates, ("GBP", "80", "2026-03-05"))) == 10
    dollars = TEXT.replace("currency  EUR", "currency  USD").replace("in EUR at fx\n", "in USD at fx\n", 1)
    dollars = dollars.split("measure fees")[0] + "component of_sales {\n  pay 10% of sales\n}\n"
    assert line(run(rates, ("GBP", "80", "2026-03-05"), text=dollars)) == ["P230"]
    through = dollars.replace("amount in USD at fx", "amount in EUR at fx in USD at fx")
    assert line(run(rates, ("GBP", "80", "2026-03-05"), text=through)) == Fraction("12.5")


def test_the_newest_row_of_the_last_days_counts_and_no_older_one() -> None:
    text = TEXT.replace("in EUR at fx\n", "in EUR at fx last known 3 days\n", 1)
    rates = [("USD", "EUR", "2026-03-05", "0.9"), ("EUR", "USD", "2026-03-06", "1.25"), END]
    assert line(run(rates, ("USD", "100", "2026-03-09"), text=text)) == 8
    assert line(run(rates, ("USD", "100", "2026-03-10"), text=text)) == ["P231"]
    assert line(run(rates, ("USD", "100", "2026-03-04"), text=text)) == ["P231"]


def test_a_figure_of_the_period_is_converted_on_its_last_day() -> None:
    rates = [("USD", "EUR", "2026-03-30", "0.5"), ("USD", "EUR", "2026-03-31", "0.9")]
    plan = incentive.parse(TEXT)
    rows = [{"owner": "Ana", "currency": "EUR", "amount": "0", "fee": "100", "closed_on": "2026-03-02"}]
    table = [dict(zip(("from", "to", "on", "rate"), each, strict=True)) for each in rates]
    facts = incentive.Dataset.from_rows(tables={"fx": table, "deals": rows}, people=[{"who": "Ana"}])
    assert line(plan.run(facts, period="2026-03"), "of_fees") == 9
    late = incentive.parse(TEXT.replace("(fees in EUR at fx)", "(fees in EUR at fx dated 2026-03-30)"))
    assert line(late.run(facts, period="2026-03"), "of_fees") == 5


def test_an_explanation_shows_the_row_of_the_rate() -> None:
    made = run([("EUR", "USD", "2026-03-05", "1.25"), END], ("USD", "100", "2026-03-05"))
    sales, fees = made.explain("Ana", "of_sales"), made.explain("Ana", "of_fees")
    assert readd(sales)
    assert "1 EUR = 1.25 USD, 2026-03-05, fx:1" in str(sales)
    assert readd(fees)
    assert "1 USD = 1 EUR on 2026-03-31 (fx:2)" in str(fees)


def test_a_table_of_rates_says_so_in_the_accounts() -> None:
    made = run([END], ("EUR", "100", "2026-03-08"))
    assert {each.table: each.use for each in made.accounting.tables} == {"fx": "rates", "deals": "measured"}


def test_a_rate_recorded_later_is_not_seen() -> None:
    rows = [
        {
            "owner": "Ana",
            "currency": "USD",
            "amount": "100",
            "fee": "0",
            "closed_on": "2026-03-05",
            "seen": "2026-03-05",
        }
    ]
    table = [{"from": "USD", "to": "EUR", "on": "2026-03-05", "rate": "0.9", "seen": "2026-03-07"}]
    facts = incentive.Dataset.from_rows(
        tables={"fx": table, "deals": rows}, people=[{"who": "Ana"}], recorded_on={"fx": "seen", "deals": "seen"}
    )
    plan = incentive.parse(TEXT)
    assert line(plan.run(facts, period="2026-03", as_of=date(2026, 3, 7))) == 9
    assert line(plan.run(facts, period="2026-03", as_of=date(2026, 3, 6))) == ["P230"]


@settings(deadline=None)
@given(st.fractions(min_value="0.0001", max_value=1000, max_denominator=10**6), st.integers(-(10**9), 10**9))
def test_there_and_back_at_one_rate_is_the_same_amount(rate: Fraction, cents: int) -> None:
    text = TEXT.split("measure large", maxsplit=1)[0]
    text = text.replace("in EUR at fx\n", "in EUR at fx in USD at fx in EUR at fx\n", 1)
    text += "component of_sales {\n  pay sales\n}\n"
    table = [{"from": "EUR", "to": "USD", "on": "2026-03-05", "rate": Fraction(rate.numerator, 10**4)}]
    if not rate.numerator:
        return
    amount = Fraction(cents, 100)
    rows = [{"owner": "Ana", "currency": "USD", "amount": amount, "fee": 0, "closed_on": "2026-03-05"}]
    facts = incentive.Dataset.from_rows(tables={"fx": table, "deals": rows}, people=[{"who": "Ana"}])
    one = incentive.parse(text.replace(" in USD at fx in EUR at fx", "")).run(facts, period="2026-03")
    assert line(one) == line(incentive.parse(text).run(facts, period="2026-03"))


@pytest.mark.parametrize(
    "name", [f"{each}_{language}" for each in ("rates", "months", "weeks") for language in ("en", "fr")]
)
def test_the_examples_of_a_plan_hold(name: str) -> None:
    plan = incentive.load(PLANS / f"{name}.plan")
    assert plan.warnings == ()
    assert [each.passed for each in run_examples(plan)] == [True] * len(plan.tree.examples)
