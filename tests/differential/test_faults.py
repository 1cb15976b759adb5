"""Faults planted in the columnar engine: the comparison must see each of them, or it proves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from attrs import evolve

from incentive.columns import Between, Figure, Num, Widths
from incentive.engines.columnar import enclosures, numbers
from incentive.engines.columnar.enclosures import Enclosures
from incentive.engines.columnar.numbers import Numbers
from incentive.quantities import RoundingMode
from tests.differential.comparing import Case, compare, make_case, ready
from tests.differential.rows import Data

HEAD = """plan "Fault" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-02-28
}
"""
DEALS = """facts deals {
  owner: participant
  amount: money
  margin: money optional
  closed_on: date
}
"""
SALES = """measure sales {
  sum deals.amount
  dated closed_on
  credit owner
}
"""
QUOTA = "input quota: money per participant per month must be > 0 EUR\n"


def case(line: str, *amounts: str, quota: str = "300", unset: bool = False) -> Case:
    """One person, one row a day, one line."""
    rows: list[dict[str, object]] = [
        {"owner": "Ana", "amount": Decimal(each), "margin": None, "closed_on": date(2026, 1, at + 1)}
        for at, each in enumerate(amounts)
    ]
    inputs: dict[str, dict[object, object]] = {
        "quota": {("Ana", f"2026-0{at}"): Decimal(quota) for at in (1, 2)[unset:]}
    }
    blocks = (HEAD, DEALS, SALES, QUOTA, f"component line {{\n  {line}\n}}\n")
    return Case(0, blocks, Data({"deals": rows}, [{"who": "Ana"}], inputs))


def seen(one: Case, plant: Callable[[], None], widths: Widths | None = None) -> None:
    """See that a case agrees, and no longer agrees with the fault."""
    made = ready(one)
    compare(made, widths)
    plant()
    with pytest.raises(AssertionError):
        compare(made, widths)


def test_a_float_literal(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Numbers.multiply

    def floating(self: Numbers, one: Figure, other: Figure) -> Figure:
        found = honest(self, one, other)
        if isinstance(found, Num) and isinstance(found.top, pl.Series):
            return evolve(found, top=(found.top * 1.0).cast(found.top.dtype))
        return found

    long = case("pay 300% of sales", "900719925474099.350000", "0.000001")
    seen(long, lambda: monkeypatch.setattr(Numbers, "multiply", floating))


def test_a_sum_of_a_group_that_wraps(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Widths.kind

    class Careless(Widths):
        def kind(self, most: int) -> type[pl.DataType]:
            return pl.Int64 if most.bit_length() <= 68 else honest(self, most)

    def plant() -> None:
        monkeypatch.setattr(Widths, "kind", Careless.kind)

    seen(case("pay 1% of sales", *["4000000000000.000001"] * 4, quota="1"), plant)


@pytest.mark.parametrize("what", ["sum", "extreme"])
def test_a_missing_value_that_is_swallowed(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    if what == "extreme":
        honest = Numbers.extreme

        def swallowing(self: Numbers, one: Figure, other: Figure, *, largest: bool) -> Figure:
            return evolve(honest(self, one, other, largest=largest), gone=None)

        fault = case("pay min(sales, quota) + 1 EUR", "5", unset=True)
        seen(fault, lambda: monkeypatch.setattr(Numbers, "extreme", swallowing))
        return

    honest_add = Numbers.add

    def adding(self: Numbers, one: Figure, other: Figure) -> Figure:
        return evolve(honest_add(self, one, other), gone=None)

    seen(case("pay sales + quota", "5", unset=True), lambda: monkeypatch.setattr(Numbers, "add", adding))


@pytest.mark.parametrize("widths", [None, Widths(8, 20)])
def test_ties_that_go_to_the_even_cent(monkeypatch: pytest.MonkeyPatch, widths: Widths | None) -> None:
    honest = enclosures.nearest

    def even(top: pl.Series, bottom: pl.Series, mode: RoundingMode) -> pl.Series:
        return honest(top, bottom, "half_even" if mode == "half_up" else mode)

    def plant() -> None:
        monkeypatch.setattr(enclosures, "nearest", even)
        monkeypatch.setattr(numbers, "nearest", even)

    seen(case("pay 50% of sales", "0.01", "0.04"), plant, widths)


def test_a_cap_at_the_scale_of_what_it_caps(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = Numbers.extreme

    def clipping(self: Numbers, one: Figure, other: Figure, *, largest: bool) -> Figure:
        if isinstance(one, Num) and isinstance(other, Num) and isinstance(other.top, int):
            other = self.round(other, Fraction(1, one.scale), "half_up")
        return honest(self, one, other, largest=largest)

    capped = case("pay sales\n  cap 1.2590 EUR", "1.50", "0.02")
    blocks = (HEAD.replace("}", "  rounding half_up to 0.0001 EUR\n}"), *capped.blocks[1:])
    seen(evolve(capped, blocks=blocks), lambda: monkeypatch.setattr(Numbers, "extreme", clipping))


def test_a_quotient_called_exact_because_multiplying_gives_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    honest, unit = Enclosures.divide, pl.Series([Decimal(1).scaleb(-18)], dtype=enclosures.KIND)

    def multiplied(self: Enclosures, one: Between, other: Between) -> Between:
        found = honest(self, one, other)
        top, bottom = one.low + unit, other.low + unit
        quotient = top / bottom
        exact = quotient * bottom == top
        return evolve(found, low=quotient.zip_with(exact, found.low), high=quotient.zip_with(exact, found.high))

    def plant() -> None:
        monkeypatch.setattr(Enclosures, "divide", multiplied)

    # 1 / 0.3 cut to 18 places gives 1 when it is multiplied by 0.3 and rounded; six of them are 20, not a bit less
    rates = " + ".join(["sales / quota"] * 6)
    seen(case(f"pay if {rates} >= 20 then 5 EUR else 7 EUR", "1", quota="0.3"), plant, Widths(2, 3))


def test_the_drawn_plans_see_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ties, swallowed values and floats are caught within a few drawn plans."""
    honest_nearest, honest_add = enclosures.nearest, Numbers.add

    def even(top: pl.Series, bottom: pl.Series, mode: RoundingMode) -> pl.Series:
        return honest_nearest(top, bottom, "half_even" if mode == "half_up" else mode)

    def swallowing(self: Numbers, one: Figure, other: Figure) -> Figure:
        return evolve(honest_add(self, one, other), gone=None)

    made = [ready(make_case(seed)) for seed in range(40)]
    for plant in (
        lambda: (monkeypatch.setattr(enclosures, "nearest", even), monkeypatch.setattr(numbers, "nearest", even)),
        lambda: monkeypatch.setattr(Numbers, "add", swallowing),
    ):
        plant()
        assert any(_differs(each) for each in made)
        monkeypatch.undo()


def _differs(made: Any) -> bool:  # noqa: ANN401
    try:
        compare(made)
    except AssertionError:
        return True
    return False
