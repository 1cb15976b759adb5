"""Arithmetic on columns of exact figures, each operation behind a bound that was proven first."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final

import polars as pl
from attrs import evolve, frozen

from incentive.columns import (
    Between,
    Figure,
    Mask,
    NotLoweredError,
    Num,
    Truth,
    Widths,
    all_of,
    repeated,
    union,
    within,
    without,
)
from incentive.engines.columnar.enclosures import Enclosures, nearest
from incentive.quantities import MAX_BITS, RoundingMode

_OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def constant(value: int | Fraction) -> Num:
    """The same number in all rows."""
    return Num(value.numerator, value.denominator, abs(value.numerator))


@frozen
class Numbers:
    """The arithmetic of a table of so many rows."""

    rows: int
    widths: Widths

    @property
    def enclosures(self) -> Enclosures:
        """Where figures go that are too wide."""
        return Enclosures(self.rows)

    # ---- columns of whole numbers ------------------------------------------------------------------------------------
    def column(self, value: pl.Series | int, most: int) -> pl.Series:
        """Write whole numbers out, in a type that holds the bound."""
        kind = self.widths.kind(most)
        if isinstance(value, int):
            return pl.Series([value], dtype=kind).new_from_index(0, self.rows)
        return value if value.dtype == kind else value.cast(kind)

    def short(self, value: pl.Series | int, most: int) -> pl.Series:
        """Write whole numbers as a column, a constant as a column of one value, which Polars spreads."""
        kind = self.widths.kind(most)
        if isinstance(value, int):
            return pl.Series([value], dtype=kind)
        return value if value.dtype == kind else value.cast(kind)

    def _apply(
        self, how: Callable[[Any, Any], Any], one: pl.Series | int, other: pl.Series | int, most: int
    ) -> pl.Series | int:
        """Apply a whole-number operation whose operands and result lie within a bound."""
        if isinstance(one, int) and isinstance(other, int):
            return int(how(one, other))
        kind = self.widths.kind(most)
        left, right = (
            pl.Series([each], dtype=kind) if isinstance(each, int) else each if each.dtype == kind else each.cast(kind)
            for each in (one, other)
        )
        found: pl.Series = how(left, right)
        return found

    def times(self, top: pl.Series | int, factor: pl.Series | int, most: int) -> pl.Series | int:
        """Multiply whole numbers; the product lies within a bound."""
        if isinstance(factor, int) and factor == 1:
            return top
        if isinstance(top, int) and top == 1:
            return factor
        return self._apply(operator.mul, top, factor, most)

    def tightened(self, value: Num) -> Num:
        """Prove a closer bound on the numbers that there are."""
        most = value.most if isinstance(value.top, int) else _most(value.top)
        return evolve(value, most=most, most_bottom=1 if value.bottom is None else _most(value.bottom))

    def between(self, value: Figure) -> Between:
        """Hold figures between two decimals."""
        if isinstance(value, Between):
            return value
        divisor = value.bottom if value.bottom is not None else 1
        most = max(value.most, value.most_bottom * value.scale)
        if not Widths().fits(most):
            raise NotLoweredError("a divisor too wide")
        bottom = self.times(divisor, value.scale, most)
        found = self.enclosures.quotient(self._full(value.top), self._full(bottom), value.most_bottom * value.scale)
        return evolve(found, gone=value.gone, doubt=value.doubt)

    def _full(self, value: pl.Series | int) -> pl.Series:
        if isinstance(value, int):
            return pl.Series([value], dtype=pl.Int128).new_from_index(0, self.rows)
        return value.cast(pl.Int128)

    # ---- sums --------------------------------------------------------------------------------------------------------
    def add(self, one: Figure, other: Figure) -> Figure:
        """Add."""
        gone, doubt = union(one.gone, other.gone), union(one.doubt, other.doubt)
        if isinstance(one, Num) and isinstance(other, Num):
            found = self._add(one, other)
            if found is None:
                found = self._add(self.tightened(one), self.tightened(other))
            if found is not None:
                return evolve(found, gone=gone, doubt=doubt)
        sum_ = self.enclosures.add(self.between(one), self.between(other))
        return evolve(sum_, gone=gone, doubt=doubt, bits=_limit(one.bits + other.bits + 1))

    def _add(self, one: Num, other: Num) -> Num | None:
        scale = lcm(one.scale, other.scale)
        left, right = scale // one.scale, scale // other.scale
        if one.bottom is other.bottom:
            most = one.most * left + other.most * right
            if not self.widths.fits(most):
                return None
            tops = (self.times(one.top, left, most), self.times(other.top, right, most))
            return Num(self._apply(operator.add, *tops, most), scale, most, one.bottom, one.most_bottom)
        most = one.most * left * other.most_bottom + other.most * right * one.most_bottom
        most_bottom = one.most_bottom * other.most_bottom
        if not self.widths.fits(max(most, most_bottom)):
            return None
        parts = [
            self.times(self.times(each.top, factor, most), _bottom(beside), most)
            for each, factor, beside in ((one, left, other), (other, right, one))
        ]
        bottom = self._bottoms(one, other, most_bottom)
        return Num(self._apply(operator.add, parts[0], parts[1], most), scale, most, bottom, most_bottom)

    def _bottoms(self, one: Num, other: Num, most: int) -> pl.Series | None:
        if one.bottom is None or other.bottom is None:
            return one.bottom if other.bottom is None else other.bottom
        found = self.times(one.bottom, other.bottom, most)
        assert isinstance(found, pl.Series)
        return found

    def total(self, terms: Sequence[Figure]) -> Figure:
        """Add several."""
        found: Figure = terms[0] if terms else constant(0)
        for each in terms[1:]:
            found = self.add(found, each)
        return found

    def negate(self, value: Figure) -> Figure:
        """Give the opposite."""
        if isinstance(value, Between):
            return self.enclosures.negate(value)
        return evolve(value, top=self._apply(operator.sub, 0, value.top, value.most))

    def subtract(self, one: Figure, other: Figure) -> Figure:
        """Take one from another."""
        return self.add(one, self.negate(other))

    # ---- products ----------------------------------------------------------------------------------------------------
    def multiply(self, one: Figure, other: Figure) -> Figure:
        """Multiply."""
        gone, doubt = union(one.gone, other.gone), union(one.doubt, other.doubt)
        if isinstance(one, Num) and isinstance(other, Num):
            found = self._multiply(one, other)
            if found is None:
                found = self._multiply(self.tightened(one), self.tightened(other))
            if found is not None:
                return evolve(found, gone=gone, doubt=doubt)
        product = self.enclosures.multiply(self.between(one), self.between(other))
        return evolve(product, gone=gone, doubt=doubt, bits=_limit(one.bits + other.bits))

    def _multiply(self, one: Num, other: Num) -> Num | None:
        one, other = _cancelled(one, other)
        most, most_bottom = one.most * other.most, one.most_bottom * other.most_bottom
        if not self.widths.fits(max(most, most_bottom)):
            return None
        bottom = self._bottoms(one, other, most_bottom)
        top = self.times(one.top, other.top, most)
        return Num(top, one.scale * other.scale, most, bottom, most_bottom)

    def divide(self, one: Figure, other: Figure) -> Figure:
        """Divide; a zero divisor makes the row missing."""
        doubt = union(one.doubt, other.doubt)
        if isinstance(other, Num):
            if isinstance(other.top, int) and other.bottom is None:
                if not other.top:
                    return evolve(one, gone=all_of(self.rows))
                inverse = constant(Fraction(other.scale, other.top))
                return self.multiply(one, evolve(inverse, gone=other.gone, doubt=other.doubt))
            zero = self._signed(other, operator.eq)
            gone = union(union(one.gone, other.gone), zero if zero.any() else None)
            inverted = self._inverted(other, zero)
            if inverted is None:
                inverted = self._inverted(self.tightened(other), zero)
            if isinstance(one, Num) and inverted is not None:
                found = self._multiply(one, inverted)
                if found is None:
                    found = self._multiply(self.tightened(one), self.tightened(inverted))
                if found is not None:
                    return evolve(found, gone=gone, doubt=doubt)
            safe = self._select(zero, constant(1), other)
            quotient = self.enclosures.divide(self.between(one), self.between(safe))
        else:
            gone = union(one.gone, other.gone)
            quotient = self.enclosures.divide(self.between(one), other)
        bits = _limit(one.bits + other.bits)
        return evolve(quotient, gone=gone, doubt=union(doubt, quotient.doubt), bits=bits)

    def _inverted(self, value: Num, zero: pl.Series) -> Num | None:
        """One divided by numbers, whose rows without value are 1."""
        most = value.most_bottom * value.scale
        if not self.widths.fits(max(most, value.most)):
            return None
        top = self.column(value.top, max(value.most, 1))
        if zero.any():
            top = top.zip_with(~zero, pl.Series([1], dtype=top.dtype))
        above = self.column(self.times(_bottom(value), value.scale, most), most)
        below = top < pl.Series([0], dtype=top.dtype)
        if below.any():
            above = above.zip_with(~below, pl.Series([0], dtype=above.dtype) - above)
            top = top.abs()
        return Num(above, 1, most, top, max(value.most, 1))

    # ---- decisions ---------------------------------------------------------------------------------------------------
    def compare(self, how: str, one: Figure, other: Figure) -> Truth:
        """Compare."""
        gone, doubt = union(one.gone, other.gone), union(one.doubt, other.doubt)
        found: pl.Series | None = None
        if isinstance(one, Num) and isinstance(other, Num):
            found = self._compare(_OPERATORS[how], one, other)
            if found is None:
                found = self._compare(_OPERATORS[how], self.tightened(one), self.tightened(other))
        if found is None:
            found, unsure = self.enclosures.compare(how, self.between(one), self.between(other))
            doubt = union(doubt, unsure)
        return Truth(found if gone is None else found & ~gone, gone, doubt)

    def _compare(self, how: Callable[[Any, Any], Any], one: Num, other: Num) -> pl.Series | None:
        scale = lcm(one.scale, other.scale)
        left, right = scale // one.scale, scale // other.scale
        same = one.bottom is other.bottom
        below, beside = (1, 1) if same else (other.most_bottom, one.most_bottom)
        most = max(one.most * left * below, other.most * right * beside)
        if not self.widths.fits(most):
            return None
        ours = self.times(self.times(one.top, left, most), 1 if same else _bottom(other), most)
        theirs = self.times(self.times(other.top, right, most), 1 if same else _bottom(one), most)
        if isinstance(ours, int) and isinstance(theirs, int):
            return repeated(how(ours, theirs), self.rows, pl.Boolean)
        kind = self.widths.kind(most)
        left_column, right_column = (
            pl.Series([each], dtype=kind) if isinstance(each, int) else each.cast(kind) for each in (ours, theirs)
        )
        found: pl.Series = how(left_column, right_column)
        return found

    def _signed(self, value: Num, how: Callable[[Any, Any], Any]) -> pl.Series:
        """Compare numbers with zero."""
        found: pl.Series = how(self.column(value.top, value.most), 0)
        return found

    def extreme(self, one: Figure, other: Figure, *, largest: bool) -> Figure:
        """Give the larger or the smaller of two in each row; missing if one is."""
        gone, doubt = union(one.gone, other.gone), union(one.doubt, other.doubt)
        if isinstance(one, Num) and isinstance(other, Num):
            bare = [evolve(each, gone=None, doubt=None) for each in (one, other)]
            first = self.compare(">=" if largest else "<=", bare[0], bare[1])
            if first.doubt is None:
                found = self._select(first.holds, one, other)
                return evolve(found, gone=gone, doubt=doubt)
        picked = self.enclosures.extreme(self.between(one), self.between(other), largest=largest)
        return evolve(picked, gone=gone, doubt=doubt)

    def choose(self, condition: Truth, one: Figure, other: Figure) -> Figure:
        """Give one where a condition holds, else the other; missing where the condition or what it leads to is."""
        holds = condition.holds
        picked = self._select(holds, one, other)
        gone = union(condition.gone, union(within(holds, one.gone), without(other.gone, holds)))
        doubt = union(condition.doubt, union(within(holds, one.doubt), without(other.doubt, holds)))
        return evolve(picked, gone=gone, doubt=doubt)

    def _select(self, holds: pl.Series, one: Figure, other: Figure) -> Figure:
        if isinstance(one, Num) and isinstance(other, Num):
            found = self._pick(holds, one, other)
            if found is None:
                found = self._pick(holds, self.tightened(one), self.tightened(other))
            if found is not None:
                return found
        return self.enclosures.choose(holds, self.between(one), self.between(other))

    def _pick(self, holds: pl.Series, one: Num, other: Num) -> Num | None:
        scale = lcm(one.scale, other.scale)
        left, right = scale // one.scale, scale // other.scale
        most = max(one.most * left, other.most * right)
        most_bottom = max(one.most_bottom, other.most_bottom)
        if not self.widths.fits(max(most, most_bottom)):
            return None
        ours, theirs = (
            self.short(self.times(each.top, factor, most), most) for each, factor in ((one, left), (other, right))
        )
        bottom = one.bottom
        if one.bottom is not other.bottom:
            bottom = self.short(_bottom(one), most_bottom).zip_with(holds, self.short(_bottom(other), most_bottom))
        return Num(ours.zip_with(holds, theirs), scale, most, bottom, most_bottom if bottom is not None else 1)

    def filled(self, value: Figure, gone: Mask) -> Figure:
        """Put 0 where a row is missing, and forget that it was."""
        if gone is None:
            return evolve(value, gone=None)
        return evolve(self._select(gone, constant(0), value), gone=None, doubt=value.doubt)

    # ---- rounding ----------------------------------------------------------------------------------------------------
    def round(self, value: Figure, step: Fraction, mode: RoundingMode) -> Num:
        """Round to a multiple of a step, on sign and magnitude."""
        if isinstance(value, Num):
            found = self._round(value, step, mode)
            if found is None:
                found = self._round(self.tightened(value), step, mode)
            if found is not None:
                return evolve(found, gone=value.gone, doubt=value.doubt)
        held = self.between(value)
        units, most, unsure = self.enclosures.round(held, step, mode)
        top = self.times(units, step.numerator, most * step.numerator)
        return Num(
            top,
            step.denominator,
            most * step.numerator,
            gone=held.gone,
            doubt=union(held.doubt, unsure),
        )

    def _round(self, value: Num, step: Fraction, mode: RoundingMode) -> Num | None:
        up, down = step.denominator, value.scale * step.numerator
        shared = gcd(up, down)
        up, down = up // shared, down // shared
        most_top, most_bottom = value.most * up, value.most_bottom * down
        if not self.widths.fits(2 * (most_top + most_bottom)):
            return None
        most = 2 * (most_top + most_bottom)
        if isinstance(value.top, int) and value.bottom is None:
            whole = nearest(pl.Series([value.top * up], dtype=pl.Int128), pl.Series([down], dtype=pl.Int128), mode)
            units: pl.Series | int = int(whole[0])
        else:
            top = self.column(self.times(value.top, up, most), most)
            bottom = self.times(_bottom(value), down, most)
            if isinstance(bottom, int) and bottom == 1:
                units = top
            else:
                units = nearest(
                    top, self.column(bottom, most) if not isinstance(bottom, int) else _one(bottom, top), mode
                )
        most_units = value.most * up // down + 1
        reached = most_units * step.numerator
        return Num(self.times(units, step.numerator, reached), step.denominator, reached)


def _one(value: int, like: pl.Series) -> pl.Series:
    return pl.Series([value], dtype=like.dtype)


def _cancelled(one: Num, other: Num) -> tuple[Num, Num]:
    """Divide a constant factor and the scale beside it by what they share."""
    for _ in range(2):
        if isinstance(one.top, int):
            shared = gcd(one.top, other.scale)
            if shared > 1:
                one = evolve(one, top=one.top // shared, most=abs(one.top) // shared)
                other = evolve(other, scale=other.scale // shared)
        one, other = other, one
    return one, other


def _bottom(value: Num) -> pl.Series | int:
    return 1 if value.bottom is None else value.bottom


def _most(column: pl.Series) -> int:
    low, high = column.min(), column.max()
    if low is None or high is None:
        return 0
    return max(abs(int(low)), abs(int(high)))  # type: ignore[arg-type]  # of whole numbers


def _limit(bits: int) -> int:
    """Refuse figures whose exact value could be longer than the language allows: the reference engine measures it."""
    if bits > MAX_BITS:
        raise NotLoweredError("a number that may be too long")
    return bits
