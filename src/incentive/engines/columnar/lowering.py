"""Formulas over columns: each node of the tree as an operation on whole columns.

The same operations serve the rows of a table and the table of people and periods; what differs are the leaves, which
the caller gives. Every operation is done at once and its result looked at: the bounds of the next one are proven on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
from attrs import define, evolve, field

from incentive.columns import (
    Between,
    Clock,
    Figure,
    Instants,
    Mask,
    NotLoweredError,
    Num,
    Plain,
    Truth,
    Values,
    Widths,
    clock,
    repeated,
    some,
    union,
    within,
    without,
)
from incentive.engines.columnar.calendar import MonthEnd, months_between, months_later
from incentive.engines.columnar.explaining import Told
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.results import Lane
from incentive.tree import (
    Add,
    Anything,
    Band,
    Both,
    Cap,
    Choose,
    Compare,
    Constant,
    DateGap,
    DateShift,
    Divide,
    Either,
    Exactly,
    Expr,
    Floor,
    Gate,
    Gated,
    Greatest,
    IfMissing,
    IsMissing,
    KeyCell,
    Least,
    Lookup,
    Multiply,
    Negate,
    OneOf,
    Opposite,
    Rounded,
    Scorecard,
    TierRow,
    Tiers,
    Weighted,
    When,
    Within,
)

_ONE = Fraction(1)
_UNIX = date(1970, 1, 1).toordinal()
_DAY = 86_400_000_000  # microseconds
_EARLIEST, _LATEST = ((date(year, 1, 1).toordinal() - _UNIX) * _DAY for year in (1800, 2400))
_FAR = 2**60  # longer than any calendar, in microseconds too; what it is added to does not wrap
Leaf = Callable[[Expr], Values]


@define
class Lowering:
    """The formulas of a table of so many rows."""

    numbers: Numbers
    leaf: Leaf
    told: Told | None = None
    component: str = ""
    zone: str = "UTC"
    month_end: MonthEnd = ""
    rounded_from: set[Lane] = field(factory=set)  # how the figures were held that were rounded

    def figure(self, node: Expr) -> Figure:
        """Compute a node that gives a number."""
        found = self(node)
        if not isinstance(found, Num | Between):
            raise NotLoweredError(f"{type(node).__name__} as a number")
        return found

    def truth(self, node: Expr) -> Truth:
        """Compute a node that holds or does not."""
        found = self(node)
        if not isinstance(found, Truth):
            raise NotLoweredError(f"{type(node).__name__} as a condition")
        return found

    def __call__(self, node: Expr) -> Values:
        """Compute a node in all rows, and keep what explains."""
        found = self._computed(node)
        if self.told is not None:
            self.told(node, found)
        return found

    def _computed(self, node: Expr) -> Values:
        numbers = self.numbers
        match node:
            case Constant():
                return self._constant(node)
            case Add():
                return numbers.total([self.figure(each) for each in node.terms])
            case Negate():
                return numbers.negate(self.figure(node.value))
            case Multiply():
                return numbers.multiply(self.figure(node.left), self.figure(node.right))
            case Divide():
                return numbers.divide(self.figure(node.left), self.figure(node.right))
            case Least() | Greatest():
                return self._extreme(node.terms, largest=isinstance(node, Greatest))
            case Cap() | Floor():
                return self._limited(node)
            case Rounded():
                value_here = self.figure(node.value)
                self.rounded_from.add(value_here.lane)
                if self.told is not None and self.component:
                    self.told.before_rounding(self.component, value_here)
                return numbers.round(value_here, node.step, node.mode)
            case Compare():
                return self._compare(node.operator, self(node.left), self(node.right))
            case Both():
                return self._both([self.truth(each) for each in node.terms])
            case Either():
                return self._either([self.truth(each) for each in node.terms])
            case Opposite():
                found = self.truth(node.value)
                holds = ~found.holds
                return evolve(found, holds=holds if found.gone is None else holds & ~found.gone)
            case OneOf():
                value = self(node.value)
                return self._either([self._compare("=", value, self(each)) for each in node.options])
            case IsMissing():
                return self._is_missing(self(node.value))
            case Choose():
                return self._choose(node)
            case IfMissing():
                return self._if_missing(self(node.value), node.fallback)
            case When():
                condition = self.truth(node.condition)
                if self.told is not None:
                    self.told.held(node, condition)
                return self._chosen(condition, self.figure(node.value), constant(0))
            case Gate():
                met = self._both([self.truth(each) for each in node.requirements])
                left = constant(1) if node.otherwise is None else self.figure(node.otherwise)
                return self._chosen(met, constant(1), left)
            case Gated():
                return self._gated(self.figure(node.gate), node.value)
            case Weighted():
                parts = [numbers.multiply(constant(part.weight), self.figure(part.value)) for part in node.parts]
                return numbers.multiply(self.figure(node.base), numbers.total(parts))
            case Scorecard():
                return self._scorecard(node)
            case Tiers():
                return self._tiers(node)
            case Lookup():
                return self._lookup(node)
            case DateShift():
                return self._shift(node)
            case DateGap():
                return self._gap(node)
            case Within():
                return self._within(node)
            case _:
                return self.leaf(node)

    # ---- leaves and choices ------------------------------------------------------------------------------------------
    def _constant(self, node: Constant) -> Values:
        return self._written(node.value)

    def _written(self, value: Fraction | str | bool | date) -> Values:  # noqa: FBT001 - a value of a plan
        if isinstance(value, bool):
            return Truth(self._all(value=value))
        if isinstance(value, Fraction | int):
            return constant(value)
        if isinstance(value, date):
            return Plain("day", pl.Series([value.toordinal()], dtype=pl.Int32))
        return Plain("word", pl.Series([value], dtype=pl.String))

    def _all(self, *, value: bool) -> pl.Series:
        return repeated(value, self.numbers.rows, pl.Boolean)

    def _full(self, column: pl.Series) -> pl.Series:
        """Write a column of one value out, which is how constants stand."""
        rows = self.numbers.rows
        return column.new_from_index(0, rows) if len(column) == 1 and rows != 1 else column

    def _extreme(self, terms: Sequence[Expr], *, largest: bool) -> Figure:
        found = self.figure(terms[0])
        for each in terms[1:]:
            found = self.numbers.extreme(found, self.figure(each), largest=largest)
        return found

    def _limited(self, node: Cap | Floor) -> Figure:
        value, limit = self.figure(node.value), self.figure(node.limit)
        if self.told is not None:
            self.told.bit(node, self.numbers.compare(">" if isinstance(node, Cap) else "<", value, limit))
        return self.numbers.extreme(value, limit, largest=isinstance(node, Floor))

    def _chosen(self, condition: Truth, one: Values, other: Values) -> Values:
        if isinstance(one, Num | Between) and isinstance(other, Num | Between):
            return self.numbers.choose(condition, one, other)
        holds = condition.holds
        gone = union(condition.gone, union(within(holds, one.gone), without(other.gone, holds)))
        doubt = union(condition.doubt, union(within(holds, one.doubt), without(other.doubt, holds)))
        match one, other:
            case (Truth(), Truth()):
                picked = one.holds.zip_with(holds, other.holds)
                return Truth(picked if gone is None else picked & ~gone, gone, doubt)
            case (Plain(), Plain()) if one.kind == other.kind:
                return Plain(one.kind, self._full(one.values.zip_with(holds, other.values)), gone, doubt)
            case (Instants(), Instants()):
                utc, day = one.utc.zip_with(holds, other.utc), one.day.zip_with(holds, other.day)
                return Instants(self._full(utc), self._full(day), gone, doubt)
            case _:
                raise NotLoweredError("a choice of unlike values")

    def _choose(self, node: Choose) -> Values:
        found = self(node.otherwise)
        for branch in reversed(node.branches):
            found = self._chosen(self.truth(branch.condition), self(branch.value), found)
        return found

    def _if_missing(self, value: Values, fallback: Expr) -> Values:
        if value.gone is None:
            return value
        there = Truth(~value.gone, None, None)
        found = self._chosen(there, evolve(value, gone=None, doubt=None), self(fallback))
        return evolve(found, doubt=union(value.doubt, found.doubt))

    def _is_missing(self, value: Values) -> Truth:
        holds = self._all(value=False) if value.gone is None else value.gone
        return Truth(holds, None, value.doubt)

    def _gated(self, left: Figure, value: Expr) -> Figure:
        """Where a gate leaves nothing the value is not computed, so it cannot be missing."""
        nothing = self.numbers.compare("=", left, constant(0))
        product = self.numbers.multiply(left, self.figure(value))
        found = self.numbers.choose(nothing, constant(0), product)
        return evolve(found, gone=union(nothing.gone, without(found.gone, nothing.holds)))

    # ---- conditions --------------------------------------------------------------------------------------------------
    def _both(self, terms: list[Truth]) -> Truth:
        """Read from left to right: the first that does not hold decides, also by being missing."""
        found = terms[0]
        for each in terms[1:]:
            gone = union(found.gone, within(found.holds, each.gone))
            doubt = union(found.doubt, within(found.holds, each.doubt))
            found = Truth(found.holds & each.holds, gone, doubt)
        return found

    def _either(self, terms: list[Truth]) -> Truth:
        found = terms[0]
        for each in terms[1:]:
            open_ = ~found.holds if found.gone is None else ~found.holds & ~found.gone
            gone = union(found.gone, within(open_, each.gone))
            doubt = union(found.doubt, within(~found.holds, each.doubt))
            found = Truth(found.holds | (open_ & each.holds), gone, doubt)
        return found

    def _compare(self, how: str, one: Values, other: Values) -> Truth:
        if isinstance(one, Num | Between) and isinstance(other, Num | Between):
            return self.numbers.compare(how, one, other)
        gone, doubt = union(one.gone, other.gone), union(one.doubt, other.doubt)
        left, right = _comparable(one, other)
        if len(right) == 1 and len(left) > 1:  # a scalar is compared by its own, faster road
            holds = self._full(_OPERATORS[how](left, right[0]))
        elif len(left) == 1 and len(right) > 1:
            holds = self._full(_OPERATORS[_MIRRORED[how]](right, left[0]))
        else:
            holds = self._full(_OPERATORS[how](left, right))
        return Truth(holds if gone is None else holds & ~gone, gone, doubt)

    # ---- rate tables and ratings -------------------------------------------------------------------------------------
    def _scorecard(self, node: Scorecard) -> Figure:
        numbers = self.numbers
        values: list[Figure] = []
        weights: list[Figure] = []
        unrated: list[Mask] = []
        for part in node.criteria:
            rating = self.figure(part.value)
            unrated.append(rating.gone)
            weight = constant(part.weight)
            value = numbers.multiply(constant(part.weight / node.high), rating)
            if node.unrated != "pending" and rating.gone is not None:
                # a rating is an input of the person's own: it is missing where nobody gave it, for no other reason
                value = numbers.filled(value, rating.gone)
                weight_there = numbers.choose(Truth(~rating.gone), weight, constant(0))
                weights.append(weight_there)
            else:
                weights.append(weight)
            values.append(value)
        total = numbers.total(values)
        if node.unrated != "reweight":
            return total
        counted = numbers.total(weights)
        weightless = numbers.compare("=", counted, constant(0))
        if weightless.holds.any():
            counted = numbers.choose(weightless, constant(1), counted)
        total = evolve(total, gone=union(total.gone, some(_all_of(unrated))))
        return numbers.divide(total, counted)

    def _tiers(self, node: Tiers) -> Figure:
        numbers = self.numbers
        subject = self.figure(node.subject)
        bounds = [self.figure(row.bound) for row in node.rows]
        gone, doubt = subject.gone, subject.doubt
        for each in bounds:
            gone, doubt = union(gone, each.gone), union(doubt, each.doubt)
        fixed = all(isinstance(row.bound, Constant) for row in node.rows)
        if not fixed:
            falling = self._falling(node.rows, bounds)
            gone, doubt = union(gone, falling.holds if falling.holds.any() else None), union(doubt, falling.doubt)
        bare = evolve(subject, gone=None, doubt=None)
        edges = [evolve(each, gone=None, doubt=None) for each in bounds]
        if node.how == "curve":
            found = self._curve(bare, edges, node.rows)
        elif node.how == "slice":
            found = self._slices(bare, edges, node)
        else:
            found = self._levels(bare, edges, node)
        if node.applied and node.how != "slice":
            found = numbers.multiply(bare, found)
        return evolve(found, gone=union(gone, without(found.gone, gone)), doubt=union(doubt, found.doubt))

    # ---- decision tables ---------------------------------------------------------------------------------------------
    def _lookup(self, node: Lookup) -> Values:
        """The answer of the first row whose cells all match; missing where an argument is, or where none does."""
        keys = [self(each) for each in node.arguments]
        gone: Mask = None
        doubt: Mask = None
        for each in keys:
            gone, doubt = union(gone, each.gone), union(doubt, each.doubt)
        bare = [evolve(each, gone=None, doubt=None) for each in keys]
        found: Values | None = None
        none = self._all(value=True)
        for row in reversed(node.rows):
            answer = self(row.value)
            cells = [self._matches(key, cell) for key, cell in zip(bare, row.cells, strict=True)]
            here = self._both([Truth(self._all(value=True)), *(each for each in cells if each is not None)])
            none = none & ~here.holds
            found = answer if found is None else self._chosen(here, answer, found)
            found = evolve(found, doubt=union(found.doubt, here.doubt))
        assert found is not None
        return evolve(found, gone=union(union(gone, some(none)), found.gone), doubt=union(doubt, found.doubt))

    def _matches(self, key: Values, cell: KeyCell) -> Truth | None:
        """Where a cell takes a value; None if it takes them all."""
        match cell:
            case Anything():
                return None
            case Exactly(value=value):
                return self._compare("=", key, self._written(value))
            case Band():
                edges: list[Truth] = []
                if cell.low is not None:
                    edges.append(self._compare(">=" if cell.owns_low else ">", key, self._written(cell.low)))
                if cell.high is not None:
                    edges.append(self._compare("<=" if cell.owns_high else "<", key, self._written(cell.high)))
                return self._both(edges) if edges else None

    def _falling(self, rows: Sequence[TierRow], bounds: list[Figure]) -> Truth:
        """Where bounds that depend on data do not rise."""
        found: list[Truth] = []
        for (low, one), (high, other) in pairwise(zip(rows, bounds, strict=True)):
            how = "<" if low.owns and not high.owns else "<="
            found.append(self.numbers.compare(how, other, one))
        if not found:
            return Truth(self._all(value=False))
        return self._either([evolve(each, gone=None) for each in found])

    def _rate(self, row: TierRow, counts: Truth | None) -> Figure:
        """The value of a row, missing only where the row counts."""
        rate = self.figure(row.value)
        if counts is None or (rate.gone is None and rate.doubt is None):
            return rate
        return evolve(rate, gone=within(counts.holds, rate.gone), doubt=within(counts.holds, rate.doubt))

    def _slices(self, subject: Figure, bounds: list[Figure], node: Tiers) -> Figure:
        numbers, zero, rows = self.numbers, constant(0), node.rows
        parts: list[Figure] = []
        first_at_zero = numbers.compare("=", bounds[0], zero)
        amounts: list[Figure] = []
        for at, (row, low) in enumerate(zip(rows, bounds, strict=True)):
            reach = subject if at + 1 == len(rows) else numbers.extreme(subject, bounds[at + 1], largest=False)
            part = numbers.subtract(reach, low)
            if at or not first_at_zero.holds.all():
                kept = numbers.extreme(part, zero, largest=True)
                part = kept if at else numbers.choose(first_at_zero, part, kept)
            rate = self.figure(row.value)
            if rate.gone is not None or rate.doubt is not None:
                counts = numbers.compare("!=", part, zero)
                rate = evolve(
                    rate,
                    gone=within(counts.holds, rate.gone),
                    doubt=union(within(counts.holds, rate.doubt), within(_there(rate.gone), counts.doubt)),
                )
            parts.append(part)
            amounts.append(numbers.multiply(part, rate))
        if self.told is not None:
            self.told.slices(node, parts, amounts)
        return numbers.total(amounts)

    def _reached(self, subject: Figure, bounds: list[Figure], rows: Sequence[TierRow]) -> list[Truth]:
        """Which rows a subject reaches; a negative one belongs to a first row that begins at 0."""
        numbers, zero = self.numbers, constant(0)
        found = [
            numbers.compare(">=" if row.owns else ">", subject, bound) for row, bound in zip(rows, bounds, strict=True)
        ]
        negative = self._both([numbers.compare("=", bounds[0], zero), numbers.compare("<", subject, zero)])
        found[0] = self._either([found[0], negative])
        if negative.holds.any():
            positive = evolve(negative, holds=~negative.holds)
            found[1:] = [self._both([positive, each]) for each in found[1:]]
        return found

    def _levels(self, subject: Figure, bounds: list[Figure], node: Tiers) -> Figure:
        numbers = self.numbers
        reached = self._reached(subject, bounds, node.rows)
        found: Figure = constant(0)
        for at, (row, here) in enumerate(zip(node.rows, reached, strict=True)):
            if node.how == "every_level":
                found = numbers.add(found, numbers.choose(here, self.figure(row.value), constant(0)))
                continue
            last = here if at + 1 == len(reached) else self._both([here, self._not(reached[at + 1])])
            found = numbers.choose(last, self.figure(row.value), found)
            found = evolve(found, doubt=union(found.doubt, last.doubt))
        return found

    def _not(self, value: Truth) -> Truth:
        return evolve(value, holds=~value.holds)

    def _curve(self, subject: Figure, bounds: list[Figure], rows: Sequence[TierRow]) -> Figure:
        """The value on the line between two points; a point's value is missing only where it is read."""
        numbers = self.numbers
        values = [self.figure(row.value) for row in rows]
        found: Figure = values[-1]
        for at in range(len(rows) - 2, -1, -1):
            left, right, low, high = bounds[at], bounds[at + 1], values[at], values[at + 1]
            width = numbers.subtract(right, left)
            slope = numbers.divide(numbers.subtract(high, low), evolve(width, gone=None))
            line = numbers.add(low, numbers.multiply(slope, numbers.subtract(subject, left)))
            found = numbers.choose(numbers.compare("<", subject, right), line, found)
        return numbers.choose(numbers.compare("<", subject, bounds[0]), constant(0), found)

    # ---- dates -------------------------------------------------------------------------------------------------------
    def _shift(self, node: DateShift) -> Values:
        if node.by.type.unit.kind == "open_hours":
            raise NotLoweredError("opening hours")
        start, by = self(node.value), self.figure(node.by)
        by = self.numbers.negate(by) if node.back else by
        unit = node.by.type.unit.kind
        gone, doubt = union(start.gone, by.gone), union(start.doubt, by.doubt)
        if isinstance(start, Instants) and unit == "hours":
            return evolve(self._later(start, self._length(by, Fraction(3_600_000_000))), gone=gone, doubt=doubt)
        day, out = self._moved(_days(start), by, unit)
        gone = union(gone, None if out is None else self._full(out))
        found = self._days_later(start, day, gone) if isinstance(start, Instants) else Plain("day", day)
        return evolve(found, gone=gone, doubt=doubt)

    def _length(self, by: Figure, factor: Fraction = _ONE) -> pl.Series | int:
        """Give whole units of a length of time, rounded down."""
        if isinstance(by, Num) and isinstance(by.top, int) and by.bottom is None:
            return max(-_FAR, min(floor(Fraction(by.top, by.scale) * factor), _FAR))
        numbers = Numbers(self.numbers.rows, Widths())
        found = numbers.multiply(by, constant(factor))
        if not isinstance(found, Num) or found.bottom is not None:
            raise NotLoweredError("a length of time that is a quotient")
        top = numbers.column(found.top, max(found.most, found.scale))
        return (top // pl.Series([found.scale], dtype=top.dtype)).clip(-_FAR, _FAR).cast(pl.Int64)

    def _moved(self, day: pl.Series, by: Figure, unit: str) -> tuple[pl.Series, Mask]:
        """Move days by days, hours or months; and the rows that leave the calendar, or meet a day that is none."""
        if unit == "months":
            return months_later(day, self._length(by), self.month_end)
        moved = day.cast(pl.Int64) + self._length(by, Fraction(1, 24 if unit == "hours" else 1))
        out = (moved < 1) | (moved > date.max.toordinal())
        return moved.clip(1, date.max.toordinal()).cast(pl.Int32), some(out)

    def _later(self, start: Instants, microseconds: pl.Series | int) -> Instants:
        """Move time stamps by hours; their day is that of the plan's time zone."""
        by = pl.Series([microseconds], dtype=pl.Int64) if isinstance(microseconds, int) else microseconds
        utc = start.utc + by
        clocks = self._clock(utc, start.gone)
        return Instants(utc, clocks.days(utc))

    def _days_later(self, start: Instants, day: pl.Series, gone: Mask) -> Instants:
        """Move time stamps to other days at their local time: where the clocks show it twice it is the first."""
        midnight = (start.day.cast(pl.Int64) - _UNIX) * _DAY
        there = (day.cast(pl.Int64) - _UNIX) * _DAY
        clocks = self._clock(pl.concat([start.utc, there]), None if gone is None else pl.concat([gone, gone]))
        utc = clocks.first_utc(there + clocks.local(start.utc) - midnight)
        if utc is None:
            raise NotLoweredError("clocks that change twice within hours")
        return Instants(utc, day)

    def _clock(self, utc: pl.Series, gone: Mask) -> Clock:
        """The clocks of the plan's time zone at some instants."""
        known = utc if gone is None else utc.filter(~gone)
        low, high = known.min(), known.max()
        first, last = (0, 0) if low is None or high is None else (int(low), int(high))  # type: ignore[arg-type]
        if not _EARLIEST < first <= last < _LATEST:
            raise NotLoweredError("a time stamp moved very far")
        return clock(ZoneInfo(self.zone), first, last)

    def _gap(self, node: DateGap) -> Figure:
        later, earlier = self(node.later), self(node.earlier)
        unit = node.type.unit.kind
        gone, doubt = union(later.gone, earlier.gone), union(later.doubt, earlier.doubt)
        if unit == "hours" and isinstance(later, Instants) and isinstance(earlier, Instants):
            return Num(later.utc - earlier.utc, 3_600_000_000, 2**60, gone=gone, doubt=doubt)
        last, first = self._full(_days(later)), self._full(_days(earlier))
        if unit == "months":
            return Num(months_between(first, last, self.month_end), 1, 2**18, gone=gone, doubt=doubt)
        return Num((last - first).cast(pl.Int64), 1, 2**23, gone=gone, doubt=doubt)

    def _within(self, node: Within) -> Truth:
        if node.by.type.unit.kind == "open_hours":
            raise NotLoweredError("opening hours")
        later, by, earlier = self(node.later), self.figure(node.by), self(node.earlier)
        unit = node.by.type.unit.kind
        gone = union(union(later.gone, earlier.gone), by.gone)
        doubt = union(union(later.doubt, earlier.doubt), by.doubt)
        stamps = isinstance(later, Instants) and isinstance(earlier, Instants)
        if unit == "hours" and isinstance(later, Instants) and isinstance(earlier, Instants):
            limit = earlier.utc + self._length(by, Fraction(3_600_000_000))
            holds = (earlier.utc <= later.utc) & (later.utc <= limit)
            far = some(limit >= (date.max.toordinal() + 1 - _UNIX) * _DAY)
            gone = union(gone, None if far is None else self._full(far))
        elif unit == "months":
            first, last = _days(earlier), _days(later)
            limit, out = months_later(first, self._length(by), self.month_end)
            before = (last < first) if not stamps else _earlier(later, earlier)
            holds = ~before & (last <= limit)
            gone = union(gone, None if out is None else self._full(out & ~before))
        else:
            gap = _days(later) - _days(earlier)
            holds = (gap >= 0) & (gap <= self._length(by, Fraction(1, 24 if unit == "hours" else 1)))
            if stamps:
                holds = holds & ~_earlier(later, earlier)
        holds = self._full(holds)
        return Truth(holds if gone is None else holds & ~gone, gone, doubt)


def _earlier(one: Values, other: Values) -> pl.Series:
    """Where one of two time stamps is earlier than the other."""
    assert isinstance(one, Instants)
    assert isinstance(other, Instants)
    return one.utc < other.utc


def _all_of(masks: Sequence[Mask]) -> Mask:
    """The rows of all masks."""
    found = masks[0]
    for each in masks[1:]:
        found = None if found is None or each is None else found & each
    return found


def _there(mask: pl.Series | None) -> pl.Series:
    return pl.Series([False], dtype=pl.Boolean) if mask is None else mask


def _days(value: Values) -> pl.Series:
    if isinstance(value, Instants):
        return value.day
    if isinstance(value, Plain) and value.kind == "day":
        return value.values
    raise NotLoweredError("days of what is no date")


def _comparable(one: Values, other: Values) -> tuple[pl.Series, pl.Series]:
    """Two columns that compare as the values do: two time stamps as instants, one beside a date as its day."""
    if isinstance(one, Truth) and isinstance(other, Truth):
        return one.holds, other.holds
    if isinstance(one, Instants) and isinstance(other, Instants):
        return one.utc, other.utc
    if isinstance(one, Plain) and isinstance(other, Plain) and one.kind == other.kind:
        return one.values, other.values
    if isinstance(one, Instants) or isinstance(other, Instants):
        return _days(one), _days(other)
    raise NotLoweredError("a comparison of unlike values")


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPERATORS: dict[str, Callable[[pl.Series, Any], pl.Series]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}
