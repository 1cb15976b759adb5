"""Arithmetic on numbers that are only known to lie between two decimals.

A decimal of 18 places cuts at products and quotients, half to even. Each end is therefore widened by one unit wherever
something may have been cut, so the exact number always lies between them. What they decide (a rounding, a comparison)
they decide where both ends agree; every other row is in doubt. Ends stay below 10^19, so that no intermediate of
Polars' decimals, which wrap or raise at 38 digits, can be too long.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

import polars as pl
from attrs import frozen

from incentive.columns import Between, Mask, NotLoweredError, Widths, some, union
from incentive.quantities import RoundingMode

PLACES: Final = 18
UNIT: Final = 10**PLACES
LARGEST: Final = 10**19
KIND: Final = pl.Decimal(38, PLACES)
_ONE_UNIT: Final = pl.Series([1], dtype=pl.Int128)


@frozen
class Enclosures:
    """The arithmetic of a table of so many rows."""

    rows: int

    def quotient(self, top: pl.Series, bottom: pl.Series, most_bottom: int) -> Between:
        """Enclose quotients of whole numbers (Int128); `bottom` is positive."""
        whole = top // bottom
        rest = top - whole * bottom
        most = _most(whole) + 1
        _check(most)
        if most_bottom < LARGEST:
            part = _decimals(rest) / _decimals(bottom)
            low, high = _moved(part, -1), _moved(part, 1)
        else:
            cut = pl.Series([most_bottom // LARGEST + 1], dtype=pl.Int128)
            least, size = rest // cut, bottom // cut
            one = pl.Series([1], dtype=pl.Int128)
            low = _moved(_decimals(least) / _decimals(size + one), -1)
            size = size.zip_with(size > pl.Series([0], dtype=pl.Int128), one)
            high = _moved(_decimals(least + one) / _decimals(size), 1)
        base = _decimals(whole)
        return Between(base + low, base + high, most + 1)

    def add(self, one: Between, other: Between) -> Between:
        """Add; nothing is cut."""
        most = _check(one.most + other.most)
        return Between(one.low + other.low, one.high + other.high, most)

    def negate(self, value: Between) -> Between:
        """Give the opposite."""
        zero = _decimal(0)
        return Between(zero - value.high, zero - value.low, value.most, value.gone, value.doubt, value.bits)

    def multiply(self, one: Between, other: Between) -> Between:
        """Multiply: the extremes of the four products of ends, widened."""
        most = one.most * other.most
        if most >= LARGEST:
            most = (_most(one.low, one.high) + 1) * (_most(other.low, other.high) + 1)
        _check(most)
        products = [left * right for left in (one.low, one.high) for right in (other.low, other.high)]
        return Between(_moved(_least(products), -1), _moved(_largest(products), 1), most + 1)

    def divide(self, one: Between, other: Between) -> Between:
        """Divide; a divisor that may be zero leaves the row in doubt."""
        zero = _decimal(0)
        unsure = (other.low <= zero) & (other.high >= zero)
        if unsure.any():
            safe = _decimal(1)
            low, high = other.low.zip_with(~unsure, safe), other.high.zip_with(~unsure, safe)
        else:
            low, high = other.low, other.high
        smallest = _smallest(low, high)
        most = (_most(one.low, one.high) + 1) * UNIT // max(smallest, 1) + 1
        _check(most)
        quotients = [left / right for left in (one.low, one.high) for right in (low, high)]
        return Between(_moved(_least(quotients), -1), _moved(_largest(quotients), 1), most + 1, doubt=some(unsure))

    def compare(self, how: str, one: Between, other: Between) -> tuple[pl.Series, Mask]:
        """Tell which rows hold, and which are in doubt."""
        match how:
            case "<":
                sure, never = one.high < other.low, one.low >= other.high
            case "<=":
                sure, never = one.high <= other.low, one.low > other.high
            case ">":
                sure, never = one.low > other.high, one.high <= other.low
            case ">=":
                sure, never = one.low >= other.high, one.high < other.low
            case _:
                same = (one.low == one.high) & (other.low == other.high) & (one.low == other.low)
                apart = (one.high < other.low) | (one.low > other.high)
                sure, never = (same, apart) if how == "=" else (apart, same)
        return sure, some(~(sure | never))

    def extreme(self, one: Between, other: Between, *, largest: bool) -> Between:
        """Give the larger or the smaller of two."""
        pick = _largest if largest else _least
        bits, doubt = max(one.bits, other.bits), union(one.doubt, other.doubt)
        low, high = pick([one.low, other.low]), pick([one.high, other.high])
        return Between(low, high, max(one.most, other.most), doubt=doubt, bits=bits)

    def choose(self, holds: pl.Series, one: Between, other: Between) -> Between:
        """Give one where a condition holds, else the other."""
        return Between(
            one.low.zip_with(holds, other.low),
            one.high.zip_with(holds, other.high),
            max(one.most, other.most),
            bits=max(one.bits, other.bits),
        )

    def round(self, value: Between, step: Fraction, mode: RoundingMode) -> tuple[pl.Series, int, Mask]:
        """Give whole steps, a bound on them, and the rows whose ends round apart."""
        up, down = step.denominator, UNIT * step.numerator
        largest = 2 * (value.most * UNIT * up + down)
        if not Widths().fits(largest):
            raise NotLoweredError("a figure too large to round")
        factor, bottom = pl.Series([up], dtype=pl.Int128), pl.Series([down], dtype=pl.Int128)
        ends = [nearest(each.to_physical() * factor, bottom, mode) for each in (value.low, value.high)]
        return ends[0], value.most * up // step.numerator + 1, some(ends[0] != ends[1])


def nearest(top: pl.Series, bottom: pl.Series, mode: RoundingMode) -> pl.Series:
    """Round quotients to whole numbers; `bottom` is positive, and `2 * (|top| + bottom)` lies within the type."""
    zero, one, two = (pl.Series([each], dtype=top.dtype) for each in (0, 1, 2))
    below = top < zero
    size = top.abs()
    match mode:
        case "half_up":
            whole = (size * two + bottom) // (bottom * two)
        case "down":
            whole = size // bottom
        case "up":
            whole = (size + bottom - one) // bottom
        case "half_even":
            whole = size // bottom
            rest = (size - whole * bottom) * two
            further = (rest > bottom) | ((rest == bottom) & ((whole % two) == one))
            whole = whole + further.cast(top.dtype)
        case "floor":
            whole = (size // bottom).zip_with(~below, (size + bottom - one) // bottom)
        case "ceiling":
            whole = (size // bottom).zip_with(below, (size + bottom - one) // bottom)
        case _:
            assert_never(mode)
    return whole.zip_with(~below, zero - whole) if below.any() else whole


def _check(most: int) -> int:
    if most >= LARGEST:
        raise NotLoweredError("a figure of more than 19 digits")
    return most


def _decimal(value: int) -> pl.Series:
    return pl.Series([value], dtype=pl.Int128).cast(KIND)


def _decimals(whole: pl.Series) -> pl.Series:
    """Write whole numbers below 10^20 as decimals."""
    return whole.cast(pl.Decimal(38, 0)).cast(KIND)


def _moved(value: pl.Series, units: int) -> pl.Series:
    """Move decimals by units of the last place."""
    return value + pl.Series([Decimal(units).scaleb(-PLACES)], dtype=KIND)


def _least(values: list[pl.Series]) -> pl.Series:
    found = values[0]
    for each in values[1:]:
        found = found.zip_with(found <= each, each)
    return found


def _largest(values: list[pl.Series]) -> pl.Series:
    found = values[0]
    for each in values[1:]:
        found = found.zip_with(found >= each, each)
    return found


def _most(*columns: pl.Series) -> int:
    """Give a whole number that no value exceeds in size."""
    found = 0
    for each in columns:
        for end in (each.min(), each.max()):
            if end is not None:
                found = max(found, abs(int(end)) + (0 if each.dtype.is_integer() else 1))  # type: ignore[arg-type]
    return found


def _smallest(low: pl.Series, high: pl.Series) -> int:
    """Give the least size of divisors, in units of the last place; neither end is zero."""
    sizes = [int(each.to_physical().abs().min() or 1) for each in (low, high)]  # type: ignore[arg-type]
    return min(sizes)
