"""Aggregates that do not add up: average, smallest, largest, how many different. Each fact counts once, as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from attrs import define, field

from incentive.columns import NotLoweredError, Num, Plain, Truth, Values, Widths, some
from incentive.engines.columnar.measures import DENOMINATORS, MeasureTotals

Window = tuple[int, int]
"""Days from one up to, and without, another."""


@define
class Picked:
    """A measure that is not a sum, by kind of holder and window."""

    totals: MeasureTotals
    widths: Widths
    _frames: dict[str, pl.DataFrame] = field(factory=dict)
    _known: dict[tuple[str, Window], tuple[Values, pl.Series | None]] = field(factory=dict)

    def window(self, who: str, holder: pl.Series, windows: Sequence[Window], at: pl.Series) -> Values:
        """Give the figure of each row's holder in its window, which `at` numbers."""
        kind = "company" if self.totals.credited.measure.credit is None else who or "participant"
        size = self.totals.size(kind)
        found = [self._figure(kind, each, size) for each in windows]
        where = at * size + holder
        gone = None
        if any(lost is not None for _, lost in found):
            no = pl.repeat(value=False, n=size, dtype=pl.Boolean, eager=True)
            gone = some(pl.concat([no if lost is None else lost for _, lost in found]).gather(where))
        return _stacked([each for each, _ in found], where, gone)

    def _figure(self, kind: str, window: Window, size: int) -> tuple[Values, pl.Series | None]:
        key = (kind, window)
        if key not in self._known:
            self._known[key] = self._made(kind, window, size)
        return self._known[key]

    def _rows(self, kind: str) -> pl.DataFrame:
        """Each fact once for each holder it is credited to, with its day and value."""
        if kind not in self._frames:
            credited = self.totals.credited
            frames = []
            for credit, holder in zip(credited.credits, self.totals.holders(kind), strict=True):
                row = credit.row
                if row is None:
                    row = pl.int_range(0, credited.rows, dtype=pl.Int64, eager=True)
                frames.append(pl.DataFrame({"holder": holder, "row": row, "day": self.totals.days(credit)}))
            known = pl.concat(frames).filter(pl.col("holder") >= 0).unique(["holder", "row"], maintain_order=True)
            value = credited.value
            known = known.with_columns(value=_column(value, credited.rows).gather(known["row"]))
            gone = None if value is None or value.gone is None else value.gone.gather(known["row"])
            lost = pl.repeat(value=False, n=known.height, dtype=pl.Boolean, eager=True) if gone is None else gone
            self._frames[kind] = known.with_columns(gone=lost)
        return self._frames[kind]

    def _made(self, kind: str, window: Window, size: int) -> tuple[Values, pl.Series | None]:
        aggregate, value = self.totals.credited.measure.aggregate, self.totals.credited.value
        inside = self._rows(kind).filter((pl.col("day") >= window[0]) & (pl.col("day") < window[1]))
        column, lost = pl.col("value"), pl.col("gone")
        if aggregate == "count_distinct":
            counted = inside.filter(~lost).group_by("holder").agg(column.n_unique().cast(pl.Int64))
            empty = pl.repeat(0, size, dtype=pl.Int64, eager=True)
            found = empty.scatter(counted["holder"], counted["value"]) if counted.height else empty
            return Num(found, 1, self.totals.credited.rows), None
        how = {"min": column.min(), "max": column.max(), "average": column.sum()}[aggregate]
        summed = inside.group_by("holder").agg(how, lost.any(), n=pl.len().cast(pl.Int64))
        there = pl.repeat(value=True, n=size, dtype=pl.Boolean, eager=True)
        missing = there.scatter(summed["holder"], summed["gone"]) if summed.height else there
        kind_of = inside["value"].dtype
        blank = pl.Series([_blank(kind_of)], dtype=kind_of).new_from_index(0, size)
        figures = blank.scatter(summed["holder"], summed["value"].cast(kind_of)) if summed.height else blank
        if not isinstance(value, Num):
            return _as(value, figures), missing
        if aggregate != "average":
            return Num(figures, value.scale, value.most), missing
        count = pl.repeat(1, size, dtype=pl.Int64, eager=True)
        if summed.height:
            count = count.scatter(summed["holder"], summed["n"])
        most = value.most * max(self.totals.credited.rows, 1)
        return Num(figures, value.scale, most, count, max(self.totals.credited.rows, 1)), missing


def _blank(kind: pl.DataType) -> object:
    """What stands where nothing is: any value of the type."""
    return False if kind == pl.Boolean else "" if kind == pl.String else 0


def _column(value: Values | None, rows: int) -> pl.Series:
    match value:
        case Num():
            if value.bottom is not None or value.scale.bit_length() > DENOMINATORS:
                raise NotLoweredError("the smallest of quotients")
            most = value.most * max(rows, 1)
            if not Widths().fits(most):
                raise NotLoweredError("a sum too long for a column")
            if isinstance(value.top, int):
                return pl.Series([value.top], dtype=Widths().kind(most)).new_from_index(0, rows)
            return value.top.cast(Widths().kind(most))
        case Plain():
            return value.values
        case Truth():
            return value.holds
        case _:
            raise NotLoweredError("an aggregate of what is neither a number nor a day")


def _as(value: Values | None, column: pl.Series) -> Values:
    if isinstance(value, Plain):
        return Plain(value.kind, column)
    if isinstance(value, Truth):
        return Truth(column)
    raise NotLoweredError("an aggregate of what is neither a number nor a day")


def _stacked(values: list[Values], where: pl.Series, gone: pl.Series | None) -> Values:
    """Put the figures of windows one after the other, and take each row's."""
    first = values[0]
    match first:
        case Num():
            numbers = [each for each in values if isinstance(each, Num)]
            top = pl.concat([each.top for each in numbers if isinstance(each.top, pl.Series)]).gather(where)
            bottom = None
            if first.bottom is not None:
                bottom = pl.concat([each.bottom for each in numbers if each.bottom is not None]).gather(where)
            most = max(each.most for each in numbers)
            return Num(top, first.scale, most, bottom, max(each.most_bottom for each in numbers), gone)
        case Plain():
            column = pl.concat([each.values for each in values if isinstance(each, Plain)]).gather(where)
            return Plain(first.kind, column, gone)
        case Truth():
            holds = pl.concat([each.holds for each in values if isinstance(each, Truth)]).gather(where)
            return Truth(holds if gone is None else holds & ~gone, gone)
        case _:
            raise NotLoweredError("an aggregate of time stamps")
