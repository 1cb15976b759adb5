"""What the engines pay is what a second evaluator, written from the language reference alone, says."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import arithmetic as engine_arithmetic
from incentive.engines.reference import tiers as engine_tiers
from tests.oracle import evaluator as oracle

ENGINES: list[EngineChoice] = ["reference", "columnar"] if find_spec("polars") else ["reference"]

MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
PEOPLE = ("Ana", "Bob", "Cid")
STEPS = ("0.01", "0.05", "1")
BOUNDS = (0, 10, 50, 100, 120, 250)
cents = st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100))
near_bounds = st.sampled_from([Fraction(bound) + Fraction(off, 100) for bound in BOUNDS for off in (-1, 0, 1)])
amounts = st.one_of(cents, near_bounds)
rates = st.sampled_from([Fraction(each) / 1000 for each in (0, 5, 33, 50, 125, 333, 1000)])
parts = st.sampled_from(["1/3", "2/3", "1/2", "1/7", "6/7", "1/1"])


def written(value: Fraction) -> str:
    """A decimal as a plan says it."""
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
    return f"(0 EUR - {text[1:]} EUR)" if text.startswith("-") else f"{text} EUR"


def percent(value: Fraction) -> str:
    shown = value * 100
    return f"{Decimal(shown.numerator) / Decimal(shown.denominator):f}%"


@frozen
class Rule:
    """A drawn plan: how the revenue is cut, between which limits, how it is rounded, and how a deal is split."""

    how: str
    rows: tuple[oracle.Row, ...]
    cap: Fraction | None
    floor: Fraction | None
    cap_first: bool
    threshold: Fraction | None
    mode: str
    step: Fraction
    to_owner: str
    accumulated: bool

    def text(self) -> str:
        limits = [f"cap {written(self.cap)}"] if self.cap is not None else []
        limits += [f"floor {written(self.floor)}"] if self.floor is not None else []
        if not self.cap_first:
            limits.reverse()
        window = ["accumulate over year"] if self.accumulated else []
        when = [f"when revenue >= {written(self.threshold)}"] if self.threshold is not None else []
        word = "at" if self.how == "curve" else "from"
        rows = "\n".join(
            f"    {word if row.included else 'above'} {written(row.bound)}: {percent(row.value)}" for row in self.rows
        )
        numerator, denominator = map(int, self.to_owner.split("/"))
        other = f"\n    {denominator - numerator}/{denominator}: helper" if denominator > numerator else ""
        clauses = "\n  ".join([*window, f"pay revenue by {self.how} {{\n{rows}\n  }}", *when, *limits])
        return f"""incentive 1 en
plan "Drawn" {{
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
  rounding  {self.mode} to {Decimal(self.step.numerator) / Decimal(self.step.denominator):f} EUR
}}
facts deals {{
  owner:     participant
  helper:    participant optional
  amount:    money
  closed_on: date
}}
split sharing {{
  otherwise {{
    {self.to_owner}: owner{other}
  }}
}}
measure revenue {{
  sum   deals.amount
  dated closed_on
  split sharing
}}
component line {{
  {clauses}
}}
"""

    def paid(self, revenues: list[Fraction]) -> list[Fraction]:
        """The line of each month, by the second evaluator."""
        table = oracle.TABLES[self.how]
        if self.accumulated:
            totals = [sum(revenues[: at + 1], oracle.ZERO) for at in range(len(revenues))]
            whole = oracle.increases([table(each, self.rows) for each in totals], self.step, self.mode)
        else:
            whole = [table(each, self.rows) for each in revenues]
        return [oracle.rounded(self.limited(*each), self.step, self.mode) for each in zip(whole, revenues, strict=True)]

    def limited(self, value: Fraction, revenue: Fraction) -> Fraction:
        if self.threshold is not None and revenue < self.threshold:
            value = oracle.ZERO
        for is_cap in (True, False) if self.cap_first else (False, True):
            limit = self.cap if is_cap else self.floor
            if limit is not None:
                value = min(value, limit) if is_cap else max(value, limit)
        return value


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    how = draw(st.sampled_from([*oracle.TABLES]))
    bounds = sorted(draw(st.sets(st.sampled_from(BOUNDS), min_size=1, max_size=4)))
    rows = tuple(oracle.Row(Fraction(bound), how == "curve" or draw(st.booleans()), draw(rates)) for bound in bounds)
    accumulated = draw(st.booleans())
    caps = st.one_of(st.none(), st.sampled_from([Fraction(each) for each in (3, 7)]))
    floors = st.one_of(st.none(), st.sampled_from([Fraction(each) for each in (-5, 0, 2)]))
    step = Fraction(draw(st.sampled_from(STEPS)))
    return Rule(
        how, rows, draw(caps), draw(floors), draw(st.booleans()),
        draw(st.one_of(st.none(), near_bounds.filter(lambda each: each >= 0))),
        draw(st.sampled_from(MODES)), step, draw(parts), accumulated,
    )  # fmt: skip


Deal = tuple[str, str | None, Fraction, int]
deals_drawn = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from([*PEOPLE, None]), amounts, st.integers(1, 3)), max_size=8
)


def dataset(deals: list[Deal]) -> incentive.Dataset:
    rows = [
        {"owner": owner, "helper": helper, "amount": Decimal(amount.numerator) / Decimal(amount.denominator),
         "closed_on": f"2026-0{month}-15"}
        for owner, helper, amount, month in deals
    ]  # fmt: skip
    return incentive.Dataset.from_rows(tables={"deals": rows}, people=[{"who": each} for each in PEOPLE])


def got(run: incentive.Run) -> dict[tuple[str, str], Fraction | None]:
    return {
        (each.participant, each.period.name): None if each.amount is None else Fraction(each.amount.amount)
        for each in run.payouts
    }


def expected(rule: Rule, deals: list[Deal]) -> Mapping[tuple[str, str], Fraction]:
    part = Fraction(rule.to_owner)
    revenue = {(who, month): oracle.ZERO for who in PEOPLE for month in (1, 2, 3)}
    for owner, helper, amount, month in deals:
        shares = [(part, owner), (1 - part, helper)]
        for who, credit in oracle.credited(amount, shares).items():
            revenue[who, month] += credit
    return {
        (who, f"2026-0{month}"): line
        for who in PEOPLE
        for month, line in enumerate(rule.paid([revenue[who, each] for each in (1, 2, 3)]), 1)
    }


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(rules(), deals_drawn)
def test_a_line_is_what_the_reference_says(engine: EngineChoice, rule: Rule, deals: list[Deal]) -> None:
    plan = incentive.parse(rule.text())
    assert got(plan.run(dataset(deals), engine=engine)) == expected(rule, deals)


POOL = """incentive 1 en
plan "Pool" {
  currency  EUR
  period    quarter
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
}
facts deals {
  owner:     participant
  helper:    participant optional
  amount:    money
  closed_on: date
}
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
component part {
  pay POOL shared by max(revenue, 0 EUR) among company
}
"""


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000).map(lambda each: Fraction(each, 100)), deals_drawn)
def test_a_pool_is_divided_as_the_reference_says(engine: EngineChoice, pool: Fraction, deals: list[Deal]) -> None:
    plan = incentive.parse(POOL.replace("POOL", written(pool)))
    revenue = dict.fromkeys(PEOPLE, oracle.ZERO)
    for owner, _, amount, _ in deals:
        revenue[owner] += amount
    weights = [max(revenue[who], oracle.ZERO) for who in PEOPLE]
    parts_ = oracle.divided(pool, weights, Fraction(1, 100))
    wanted = {(who, "2026-Q1"): part for who, part in zip(PEOPLE, parts_, strict=True)}
    assert got(plan.run(dataset(deals), engine=engine)) == wanted


def test_the_second_evaluator_shares_nothing_with_the_engines() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text("utf-8"))
    named = [each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)]
    named += [name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names]
    assert not [each for each in named if each.startswith("incentive")]


def _half_down(value: int | Fraction, step: Fraction, mode: str) -> Fraction:
    return oracle.rounded(Fraction(value), step, "half_even" if mode == "half_up" else mode)


PLANTED = [
    (engine_tiers, "every_reached", lambda x, bounds: tuple(at for at, (bound, _) in enumerate(bounds) if x > bound)),
    (engine_tiers, "slice_parts", lambda x, bounds: (x, *(0 for _ in bounds[1:]))),
    (engine_arithmetic, "round_to", _half_down),
]
CASES: list[tuple[Rule, list[Deal]]] = [
    (
        Rule(how, rows, None, None, True, None, "half_up", Fraction(1, 100), "1/2", False),
        [("Ana", "Bob", Fraction(amount), 1)],
    )
    for how in ("slice", "level", "every level")
    for rows in [(oracle.Row(oracle.ZERO, True, Fraction(1, 20)), oracle.Row(Fraction(50), True, Fraction(1, 8)))]
    for amount in (Fraction(100), Fraction(20_020, 100), Fraction(9_999, 100), Fraction(1, 5))
]


def differing() -> int:
    found = 0
    for rule, deals in CASES:
        run = incentive.parse(rule.text()).run(dataset(deals), engine="reference")
        found += got(run) != expected(rule, deals)
    return found


@pytest.mark.parametrize(("room", "name", "wrong"), PLANTED, ids=[name for _, name, _ in PLANTED])
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, room: ModuleType, name: str, wrong: object) -> None:
    assert differing() == 0
    monkeypatch.setattr(room, name, wrong)
    assert differing() > 0
