"""Whatever the data, a checked plan computes: an amount, or pending with a code, in bounded time."""

import time
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive import Dataset, Money, UsageError
from incentive.checking import check
from incentive.diagnostics import CATALOGUE
from tests.properties.effort import draws, executions
from tests.properties.texts import plans

HEAD = """incentive 1 en
plan "A" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key deal: text
  who: participant
  amount: money
  closed: date
}
input quota: money per participant per month
measure revenue {
  sum deals.amount
  dated closed
  credit who
}
"""
MOST = Decimal("999999999999999.99")


def squared(times: int) -> str:
    """A ratio that is squared again and again, so that its length doubles."""
    return "let r0 = (revenue / quota if missing 0%)\n" + "".join(f"let r{n + 1} = r{n} * r{n}\n" for n in range(times))


def bonus(pay: str) -> str:
    return f"component bonus {{\n  pay {pay}\n}}\n"


def ran(rest: str, quota: Decimal, *amounts: Decimal) -> incentive.Run:
    rows = [{"deal": str(n), "who": "a", "amount": each, "closed": "2026-01-05"} for n, each in enumerate(amounts)]
    people = [{"who": "a", "from": "2026-01-01"}]
    data = Dataset.from_rows(tables={"deals": rows}, people=people, inputs={"quota": {("a", "2026-01"): quota}})
    return incentive.parse(HEAD + rest).run(data, period="2026-01")


@pytest.mark.parametrize("times", [11, 13, 60])
@pytest.mark.parametrize(
    "pay", ["1 EUR * r{n}", "5 EUR * r{n} by slice {{\n from 0 EUR: 5%\n from 10 EUR: 7%\n}}", "revenue + 1 EUR * r{n}"]
)
def test_a_number_that_doubles_in_length_is_shown_or_pending(times: int, pay: str) -> None:
    start = time.perf_counter()
    run = ran(squared(times) + bonus(pay.format(n=times)), Decimal("0.07"), MOST, MOST, MOST)
    (line,) = run.payouts
    explained = run.explain("a", "bonus")
    for shown in (
        repr(run),
        repr(line),
        str(explained),
        str(line.to_dict()),
        str(explained.to_dict()),
        run._repr_html_(),
    ):
        assert shown
    assert (line.status, [each.code for each in line.reasons]) == (
        ("paid", []) if times < 13 else ("pending", ["P203"])
    )
    assert time.perf_counter() - start < 20  # measured: 3 at most


@pytest.mark.parametrize("quota", [Decimal(0), Decimal("-0.01")])
def test_a_divisor_of_zero_takes_what_the_plan_says(quota: Decimal) -> None:
    (line,) = ran(bonus("1 EUR * (revenue / quota if missing 100%)"), quota, MOST).payouts
    assert line.amount is not None
    assert line.amount.exact == (1 if not quota else round(Fraction(MOST) / Fraction(quota), 2))


@cache
def sound() -> tuple[incentive.Plan, ...]:
    checked = ((text, check(text).plan) for text in plans())
    return tuple(incentive.parse(text) for text, plan in checked if plan is not None)


values = st.one_of(
    st.sampled_from(
        [0, 1, -1, MOST, -MOST, Decimal("0.000001"), Decimal("1E-12"), Fraction(1, 3), Fraction(1, 2**61 - 1)]
    ),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.fractions(-(10**14), 10**14),
    st.builds(Fraction, st.integers(-(10**2_000), 10**2_000), st.integers(1, 10**2_000)),
)


@given(st.data())
@draws(20)
def test_any_figures_give_an_amount_a_code_or_a_refusal(data: st.DataObject) -> None:
    executions["figures"] += 1
    plan = data.draw(st.sampled_from(sound()))
    period = data.draw(st.sampled_from(plan.periods))
    figures: dict[str, Any] = {}
    for name, asked in plan._asked.items():
        value = data.draw(st.none() | values)
        if value is not None and asked.unit.kind == "money":
            value = Money(value, plan.currency)
        figures[name] = value
    try:
        said = plan.pay(period, **figures)
    except UsageError:
        return
    for line in said.payouts:
        assert line.status in {"paid", "zero", "pending"}
        assert (line.amount is None) == (line.status == "pending") == bool(line.reasons)
        assert all(CATALOGUE.get(each.code) for each in line.reasons)
        assert said.explain(line.component).to_dict()
    assert said.to_dict()
