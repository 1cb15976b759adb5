"""What a calling program gets wrong is a UsageError that names the argument, and never a bare Python error."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

import incentive

PLAN = incentive.parse("""incentive 1 en

plan "Sales" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
  for       role is "seller"
}

facts deals {
  owner:     participant
  amount:    money
  closed_on: date
}

input quota: money per participant per month must be > 0 EUR
input calls: count per participant per month

parameter r = 5%

measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}

measure wins {
  count  deals
  dated  closed_on
  credit owner
}

component c {
  pay r of revenue
  when revenue >= quota and calls >= 1 and wins >= 1
}
""")
DATA = PLAN.read(
    incentive.Dataset.from_rows(
        tables={"deals": [{"owner": "ana", "amount": 100, "closed_on": date(2026, 1, 5)}]},
        people=[{"who": "ana", "role": "seller"}, {"who": "bob", "role": "clerk"}],
        inputs={"quota": {("ana", "2026-01"): 50}, "calls": {("ana", "2026-01"): 2}},
    )
)
FIRST = PLAN.periods[0]


def test_a_period_is_taken_wherever_its_name_is() -> None:
    assert PLAN.period(FIRST) == FIRST
    assert PLAN.period(evolve(FIRST, name="January")).name == "2026-01"
    made = PLAN.run(DATA, period=FIRST)
    assert made.payouts == PLAN.run(DATA, since=FIRST, until=FIRST).payouts
    assert made.explain("ana", "c", made["ana"][0].period).value == 5
    assert PLAN.pay(FIRST, revenue=100).period == FIRST


def test_somebody_not_on_the_plan_is_told_why() -> None:
    with pytest.raises(incentive.UsageError, match=r"'bob' is not on the plan in 2026-01: .* not covered by the plan"):
        PLAN.run(DATA, period=FIRST).explain("bob", "c")


def test_a_missing_file_is_the_error_of_python(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        incentive.load(tmp_path / "nowhere.plan")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (lambda: PLAN.period(5), "period: int is neither"),  # type: ignore[arg-type]
        (lambda: PLAN.period("2026-Q9"), "period '2026-Q9': there is no such quarter"),
        (lambda: PLAN.run(DATA, since="2026-99"), "since '2026-99': there is no such month"),
        (lambda: PLAN.run(DATA, until="2027-01"), "until '2027-01' lies outside the plan"),
        (lambda: PLAN.run(DATA, as_of=datetime(2026, 1, 1)), "as_of: expected a date, not datetime"),  # noqa: DTZ001
        (lambda: PLAN.run(DATA, as_of="2026-01-01"), "as_of: expected a date, not str"),  # type: ignore[arg-type]
        (lambda: PLAN.run(DATA, participants="ab"), "participants: expected several keys"),
        (lambda: PLAN.run(DATA, participants=[]), "participants: there is no key"),
        (lambda: PLAN.run(DATA, participants=[5]), "participants: expected keys as text"),  # type: ignore[list-item]
        (lambda: PLAN.run(DATA, participants=5), "participants: expected several"),  # type: ignore[arg-type]
        (lambda: PLAN.run(DATA, parameters=5), "parameters: expected values by name"),  # type: ignore[arg-type]
        (lambda: PLAN.run(DATA, parameters={"r": Decimal("NaN")}), "r: NaN is not a number"),
        (lambda: PLAN.run(DATA, parameters={"r": Decimal("1E+999999")}), "r: more than 18 digits"),
        (lambda: PLAN.run(DATA, parameters={"r": 10**18}), "r: too large"),
        (lambda: PLAN.run(DATA).explain(["ana"], "c", "2026-01"), "participant: expected"),  # type: ignore[arg-type]
        (lambda: PLAN.pay("2026-01", revenue=Decimal("NaN")), "revenue: NaN is not a number"),
        (lambda: PLAN.pay("2026-01", revenue=Decimal("1E+999999")), "revenue: more than 18 digits"),
        (lambda: PLAN.pay("2026-01", revenue=10**15), "revenue: too large"),
        (lambda: PLAN.pay("2026-01", revenue=-(10**15)), "revenue: too large"),
        (lambda: PLAN.pay("2026-01", revenue=incentive.Money(10**15, "EUR")), "revenue: too large"),
        (lambda: PLAN.pay("2026-01", quota=0), "quota: the plan says that it must be > 0.00 EUR, not 0.00 EUR"),
        (lambda: PLAN.pay("2026-01", calls=Fraction(1, 2)), "calls: 0.5 is no whole number"),
        (lambda: PLAN.pay("2026-01", calls=-1), "calls: -1 is less than 0"),
        (lambda: PLAN.pay("2026-01", wins=Decimal("1.5")), "wins: 1.5 is no whole number"),
        (lambda: PLAN.pay("2026-01", revenue=True), "revenue: bool"),
        (lambda: incentive.check(None), "text: expected a str, not NoneType"),  # type: ignore[arg-type]
        (lambda: incentive.check(b"plan"), "text: expected a str, not bytes"),  # type: ignore[arg-type]
        (lambda: incentive.parse(5), "text: expected a str, not int"),  # type: ignore[arg-type]
        (lambda: incentive.load(5), "path: expected a str or a Path"),  # type: ignore[arg-type]
        (lambda: incentive.load("a\0b"), "path: expected a str or a Path"),
    ],
)
def test_a_wrong_argument_is_named(wrong: Callable[[], object], says: str) -> None:
    with pytest.raises(incentive.UsageError) as error:
        wrong()
    assert str(error.value).startswith(says)


def test_figures_at_the_limits_are_taken() -> None:
    statement = PLAN.pay("2026-01", revenue=10**15 - 1, quota=Decimal("0.01"), calls=1, wins=1)
    assert statement["c"].amount == incentive.Money(Fraction(10**15 - 1, 20).limit_denominator(100), "EUR").rounded()
