"""The figure of a measure for everybody and every period: sums by holder and stretch of days, then differences.

All windows that a plan reads of a measure cut time into cells. Rows are added once by holder and cell; running totals
over the cells give any window as a difference of two of them.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from math import lcm

import polars as pl
from attrs import define, evolve, field, frozen

from incentive.columns import (
    LARGEST_WHOLE,
    Between,
    Figure,
    NotLoweredError,
    Num,
    Values,
    Widths,
    decimals,
    marks,
    repeated,
)
from incentive.engines.columnar.crediting import Credit
from incentive.engines.columnar.enclosures import PLACES, UNIT
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.engines.columnar.roster import Roster
from incentive.engines.columnar.rows import Credited
from incentive.engines.columnar.sums import added
from incentive.quantities import MAX_BITS

_MOST_BOTTOMS = 256
_DENOMINATORS = 10_000  # of the amounts that one figure adds; the language's limit


@frozen(eq=False)
class Cells:
    """Days cut at the edges of windows: cell i holds the days from edge i up to, and without, edge i + 1."""

    edges: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many cells there are."""
        return max(len(self.edges) - 1, 0)

    def of(self, day: pl.Series) -> pl.Series:
        """Give the cell of each day; -1 outside."""
        if not self.count:
            return repeated(-1, len(day), pl.Int64)
        return pl.Series(self._lookup(), dtype=pl.Int64)[self._offset(day)]

    def _lookup(self) -> list[int]:
        found: list[int] = []
        for at, (edge, after) in enumerate(pairwise(self.edges)):
            found += [at] * (after - edge)
        return [*found, -1]

    def _offset(self, day: pl.Series) -> pl.Series:
        """Give the place of each day among those from the first edge to the last; behind them for one outside."""
        first, after = self.edges[0], self.edges[-1]
        offset = day.cast(pl.Int32) - first
        low, high = day.min(), day.max()
        if low is not None and (low < first or high >= after):  # type: ignore[operator]  # days are whole numbers
            inside = (day >= first) & (day < after)
            offset = offset.zip_with(inside, pl.Series([after - first], dtype=pl.Int32))
        return offset.cast(pl.UInt32)  # as Polars numbers rows

    def at(self, day: int) -> int:
        """Give the number of an edge."""
        return self.edges.index(day)


@frozen(eq=False)
class Enclosed:
    """Running totals between two ends, in units of the last place of a decimal; `most` is more than any of them."""

    low: pl.Series
    high: pl.Series
    most: int
    bits: int


@frozen(eq=False)
class Totals:
    """Running totals by holder and cell, with a zero before the first: `cells` of them a holder.

    `gaps` counts rows without a value in the same way; None where there are none.
    """

    total: Num | Enclosed
    gaps: pl.Series | None
    cells: int

    def window(self, holder: pl.Series, first: pl.Series, after: pl.Series, numbers: Numbers) -> Figure:
        """Give the figure of each holder from one edge up to another."""
        base = holder * self.cells
        low, high = ((base + edge).cast(pl.UInt32) for edge in (first, after))  # as Polars numbers rows
        gone = None
        if self.gaps is not None:
            gaps = self.gaps[high] - self.gaps[low]
            gone = gaps > 0 if (gaps > 0).any() else None
        if isinstance(self.total, Enclosed):
            ends = [each[high] - each[low] for each in (self.total.low, self.total.high)]
            return Between(
                decimals(ends[0], PLACES), decimals(ends[1], PLACES), self.total.most, gone, None, self.total.bits
            )
        assert isinstance(self.total.top, pl.Series)
        top = self.total.top[high] - self.total.top[low]
        found = numbers.tightened(Num(top, self.total.scale, self.total.most * 2))
        return Num(found.top, found.scale, found.most, gone=gone)


@define
class MeasureTotals:
    """The totals of one measure, by kind of holder."""

    credited: Credited
    cells: Cells
    roster: Roster
    widths: Widths
    _value: Num | Between | None = None
    _known: dict[str, Totals] = field(factory=dict)
    _cell: pl.Series | None = None

    def of(self, who: str) -> Totals:
        """Give the totals of people ("participant"), "team", "reports", "company" or a group."""
        kind = who or "participant"
        if self.credited.measure.credit is None:
            kind = "company"
        if kind not in self._known:
            self._known[kind] = self._made(kind)
        return self._known[kind]

    def _made(self, kind: str) -> Totals:
        by_person = self.of("participant") if kind == "team" and self.roster.static else None
        if by_person is not None and isinstance(by_person.total, Num):
            return self._regrouped(by_person, self.roster.teams, len(self.roster.team_names))
        holders = self.holders(kind)
        count = self.size(kind)
        if kind == "company" and self._may_exceed():
            return self._added([self.once()], [repeated(0, self.credited.rows, pl.Int64)], 1)
        return self._added(self.credited.credits, holders, count)

    def size(self, kind: str) -> int:
        """How many holders of a kind there are."""
        people = len(self.roster.segments.keys)
        return {"participant": people, "reports": people, "team": len(self.roster.team_names)}.get(kind, 1)

    def holders(self, kind: str) -> list[pl.Series]:
        """Give the holder of each credit, one column a list of credits; -1 where there is none."""
        holders: list[pl.Series] = []
        for each in self.credited.credits:
            day = self.days(each)
            if kind == "participant":
                holders.append(each.person)
            elif kind == "company":
                holders.append(each.person * 0)
            else:
                segment = self.roster.on(each.person, day)
                if kind == "team":
                    to = self.roster.teams.gather(segment.at)
                elif kind == "reports":
                    to = self.roster.managers.gather(segment.at)
                else:
                    to = self.roster.holds(kind).holds.gather(segment.at).cast(pl.Int64) - 1
                holders.append(to.zip_with(segment.there, pl.Series([-1], dtype=pl.Int64)))
        return holders

    def _may_exceed(self) -> bool:
        credit = self.credited.measure.credit
        return credit is not None and credit.overlay

    def once(self) -> Credit:
        """Give every credited row once: what is credited beyond the whole is left out of the company."""
        rows = self.credited.rows
        frames = []
        scale = 1
        for each in self.credited.own:
            scale = lcm(scale, each.share.scale)
        most = sum(each.share.most * (scale // each.share.scale) for each in self.credited.own)
        if not self.widths.fits(most):
            raise NotLoweredError("shares too long to add")
        for each in self.credited.own:
            top = Numbers(len(each.person), self.widths).column(each.share.top, each.share.most)
            row = each.row if each.row is not None else pl.int_range(0, rows, dtype=pl.Int64, eager=True)
            frames.append(pl.DataFrame({"row": row, "share": top.cast(pl.Int128) * _one(scale // each.share.scale)}))
        share = repeated(0, rows, pl.Int128)
        if frames:
            summed = pl.concat(frames).group_by("row").agg(pl.col("share").sum())
            share = share.scatter(summed["row"], summed["share"])
        whole = _one(scale)
        return Credit(
            None,
            repeated(0, rows, pl.Int64),
            Num(share.zip_with(share <= whole, whole), scale, scale),
        )

    def days(self, credit: Credit) -> pl.Series:
        """Give the day of each credit."""
        return self.credited.day if credit.row is None else self.credited.day.gather(credit.row)

    # ---- adding up ---------------------------------------------------------------------------------------------------
    def _added(self, parts: Sequence[Credit], holders: Sequence[pl.Series], count: int) -> Totals:
        width = self.cells.count + 1
        value, gone = self._values()
        if isinstance(value, Between):
            return self._enclosed(value, gone, parts, holders, count)
        scale = lcm(1, *(value.scale * each.share.scale for each in parts))
        found: list[tuple[pl.Series, pl.Series, pl.Series | None]] = []
        most = 0
        for each, holder in zip(parts, holders, strict=True):
            cell = self._cells_of(each)
            amount, reach = self.amounts(value, each, scale)
            most = max(most, reach)
            gap = gone if gone is None or each.row is None else gone.gather(each.row)
            key = holder * width + cell
            inside = _inside(holder, cell)
            if inside is not None:
                key, amount, gap = (
                    key.filter(inside),
                    amount.filter(inside),
                    None if gap is None else gap.filter(inside),
                )
            found.append((key, amount, gap))
        bound = most * max(sum(len(key) for key, _, _ in found), 1)
        if not self.widths.fits(bound):
            raise NotLoweredError("a sum too long for a column")
        kind = self.widths.kind(bound)
        size = count * width
        total, gaps = repeated(0, size, kind), None if gone is None else repeated(0, size, pl.Int64)
        for key, amount, gap in found:
            total = total + added(key, amount.cast(kind), size)
            if gaps is not None and gap is not None:
                gaps = gaps + added(key, gap.cast(pl.Int64), size)
        return Totals(Num(_before(total), scale, bound), None if gaps is None else _before(gaps), width)

    def _cells_of(self, credit: Credit) -> pl.Series:
        if self._cell is None:
            self._cell = self.cells.of(self.credited.day)
        return self._cell if credit.row is None else self._cell.gather(credit.row)

    def _enclosed(
        self, value: Between, gone: pl.Series | None, parts: Sequence[Credit], holders: Sequence[pl.Series], count: int
    ) -> Totals:
        """Add numbers that are only known between two ends: the ends are added, each exactly."""
        width = self.cells.count + 1
        frames: list[pl.DataFrame] = []
        most = 0
        for each, holder in zip(parts, holders, strict=True):
            rows = len(each.person)
            low, high = (end if each.row is None else end.gather(each.row) for end in (value.low, value.high))
            amount = Numbers(rows, self.widths).multiply(Between(low, high, value.most, bits=value.bits), each.share)
            assert isinstance(amount, Between)
            most += amount.most * max(rows, 1)
            cell = self._cells_of(each)
            frame = pl.DataFrame(
                {
                    "key": holder * width + cell + 1,
                    "low": amount.low.to_physical(),
                    "high": amount.high.to_physical(),
                    "gap": marks(None, rows) if gone is None else gone if each.row is None else gone.gather(each.row),
                }
            )
            frames.append(frame.filter((cell >= 0) & (holder >= 0)))
        if (most + 1) * UNIT >= LARGEST_WHOLE:
            raise NotLoweredError("a sum too long for a column")
        size = count * width
        ends = {name: repeated(0, size, pl.Int128) for name in ("low", "high")}
        gaps = repeated(0, size, pl.Int64)
        if frames:
            rows_of = pl.concat(frames)
            summed = rows_of.group_by("key").agg(
                pl.col("low").sum(), pl.col("high").sum(), pl.col("gap").cast(pl.Int64).sum()
            )
            ends = {name: each.scatter(summed["key"], summed[name]) for name, each in ends.items()}
            gaps = gaps.scatter(summed["key"], summed["gap"])
        total = Enclosed(ends["low"].cum_sum(), ends["high"].cum_sum(), most + 1, value.bits)
        return Totals(total, gaps.cum_sum() if gone is not None else None, width)

    def _values(self) -> tuple[Num | Between, pl.Series | None]:
        """The value of each row, in whole numbers over one scale or between two ends; which rows have none."""
        measure = self.credited.measure
        if measure.aggregate == "count" or self.credited.value is None:
            return constant(1), None
        value: Values = self.credited.value
        if self._value is None:
            if isinstance(value, Num):
                self._value = self.summable(value)
            elif isinstance(value, Between):
                self._value = self.enclosed(value)
            else:
                raise NotLoweredError("a sum of what is no number")
        return self._value, value.gone

    def summable(self, value: Num) -> Num | Between:
        """Give whole numbers where quotients have few divisors, else numbers between two ends."""
        try:
            return self.whole(value)
        except NotLoweredError:
            bottoms = 1 if value.bottom is None else value.bottom.n_unique()
            if bottoms > _DENOMINATORS:
                raise
        numbers = Numbers(self.credited.rows, self.widths)
        ends = numbers.between(evolve(value, gone=None))
        bits = bottoms * (value.most_bottom * value.scale).bit_length() + value.bits + self.credited.rows.bit_length()
        if bits > MAX_BITS:
            raise NotLoweredError("a number that may be too long")
        return evolve(ends, bits=bits)

    def enclosed(self, value: Between) -> Between:
        """Numbers that were between two ends before they are added: so few that the language's limits hold."""
        if value.doubt is not None and value.doubt.any():
            raise NotLoweredError("a decision about a row that columns cannot take")
        amounts = sum(len(each.person) for each in self.credited.credits)
        bits = (amounts + 1) * (value.bits + amounts.bit_length())
        if amounts > _DENOMINATORS or bits > MAX_BITS:
            raise NotLoweredError("a sum of many enclosures")
        return evolve(value, gone=None, doubt=None, bits=bits)

    def whole(self, value: Num) -> Num:
        """Bring quotients to one divisor, where they have few."""
        if value.bottom is None:
            return value
        bottoms = [int(each) for each in value.bottom.unique().to_list()]
        if len(bottoms) > _MOST_BOTTOMS:
            raise NotLoweredError("a sum of quotients with many divisors")
        shared = lcm(*bottoms) if bottoms else 1
        most = value.most * shared
        if not self.widths.fits(most):
            raise NotLoweredError("a sum of quotients with long divisors")
        numbers = Numbers(self.credited.rows, self.widths)
        factor = pl.Series([shared], dtype=pl.Int128) // value.bottom.cast(pl.Int128)
        top = numbers.times(value.top, factor, most)
        return numbers.tightened(Num(top, value.scale * shared, most, gone=value.gone))

    def amounts(self, value: Num, credit: Credit, scale: int) -> tuple[pl.Series, int]:
        """What each credit adds, in whole numbers over a scale; and a bound on them."""
        rows = len(credit.person)
        numbers = Numbers(rows, self.widths)
        factor = scale // (value.scale * credit.share.scale)
        most = value.most * credit.share.most * factor
        if not self.widths.fits(most):
            raise NotLoweredError("a share of a row too long for a column")
        top = value.top
        if isinstance(top, pl.Series) and credit.row is not None:
            top = top.gather(credit.row)
        amount = numbers.times(numbers.times(top, credit.share.top, most), factor, most)
        return numbers.column(amount, most), most

    def _regrouped(self, people: Totals, to: pl.Series, count: int) -> Totals:
        """Add the totals of people who never change their team."""
        width = people.cells
        if isinstance(people.total, Enclosed):
            raise NotLoweredError("teams of an enclosure")
        top = people.total.top
        assert isinstance(top, pl.Series)
        size = len(to) * width
        person = pl.int_range(0, size, dtype=pl.Int64, eager=True) // width
        cell = pl.int_range(0, size, dtype=pl.Int64, eager=True) - person * width
        holder = to.gather(person)
        key, amount = holder * width + cell, top - top.shift(1, fill_value=0).cast(top.dtype)
        gap = None if people.gaps is None else people.gaps - people.gaps.shift(1, fill_value=0)
        inside = _inside(holder)
        if inside is not None:
            key, amount, gap = key.filter(inside), amount.filter(inside), None if gap is None else gap.filter(inside)
        total = added(key, amount, count * width)
        gaps = None if gap is None else added(key, gap, count * width).cum_sum()
        return Totals(Num(total.cum_sum().cast(top.dtype), people.total.scale, people.total.most), gaps, width)


def _before(sums: pl.Series) -> pl.Series:
    """Give what is added before each cell."""
    return pl.concat([repeated(0, 1, type(sums.dtype)), sums.cum_sum().head(-1).cast(sums.dtype)])


def _inside(*numbers: pl.Series) -> pl.Series | None:
    """Give the rows of which no number is negative; None for all of them."""
    known = [each >= 0 for each in numbers if each.min() is not None and each.min() < 0]  # type: ignore[operator]
    return reduce(operator.and_, known) if known else None


def _one(value: int) -> pl.Series:
    return pl.Series([value], dtype=pl.Int128)
