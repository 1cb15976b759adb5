"""Aggregates that do not add up: average, smallest, largest, how many different. Each fact counts once, as a whole.

Quotients of many divisors have no column that sorts them. They are written as digits: the whole part, then as many
further whole numbers as tell any two quotients with divisors of this length apart; digits sort, and are equal, as the
quotients do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import assert_never

import polars as pl
from attrs import define, field

from incentive.columns import (
    LARGEST_WHOLE,
    Between,
    Instants,
    Mask,
    NotLoweredError,
    Num,
    Plain,
    Truth,
    Values,
    Widths,
    decimals,
    marks,
    some,
)
from incentive.engines.columnar.enclosures import PLACES, UNIT
from incentive.engines.columnar.measures import MeasureTotals
from incentive.engines.columnar.numbers import Numbers

Window = tuple[int, int]
"""Days from one up to, and without, another."""
_HOLDER = ("holder", "row", "day")
_LOW, _HIGH = pl.col("low"), pl.col("high")


@define(slots=False)
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
            no = marks(None, size)
            gone = some(pl.concat([no if lost is None else lost for _, lost in found]).gather(where))
        return _stacked([each for each, _ in found], where, gone)

    def _figure(self, kind: str, window: Window, size: int) -> tuple[Values, pl.Series | None]:
        key = (kind, window)
        if key not in self._known:
            self._known[key] = self._made(kind, window, size)
        return self._known[key]

    # ---- rows --------------------------------------------------------------------------------------------------------
    @cached_property
    def _value(self) -> Num | Between | Plain | Truth | Instants:
        """What is aggregated; quotients that are added are brought to one divisor, or between two ends."""
        credited = self.totals.credited
        value, average = credited.value, credited.measure.aggregate == "average"
        assert value is not None
        match value:
            case Num():
                found = self.totals.summable(value) if average else value
            case Between():
                found = self.totals.enclosed(value)
            case Plain() | Truth() | Instants():
                return value
            case _:
                assert_never(value)
        if average:
            most = found.most * max(credited.rows, 1) * (UNIT if isinstance(found, Between) else 1)
            if (isinstance(found, Between) and most >= LARGEST_WHOLE) or not Widths().fits(most):
                raise NotLoweredError("a sum too long for a column")
        return found

    @cached_property
    def _columns(self) -> Mapping[str, pl.Series]:
        """The value of each row, in columns that sort as it does."""
        value, rows = self._value, self.totals.credited.rows
        match value:
            case Num():
                average = self.totals.credited.measure.aggregate == "average"
                most = value.most * max(rows, 1) if average else value.most
                top = Numbers(rows, Widths()).column(value.top, most)
                return {"value": top} if value.bottom is None else _digits(top, value)
            case Between():
                return {"low": value.low.to_physical(), "high": value.high.to_physical()}
            case Plain():
                return {"value": value.values}
            case Truth():
                return {"value": value.holds}
            case Instants():
                return {"value": value.utc}
            case _:
                assert_never(value)

    def _rows(self, kind: str) -> pl.DataFrame:
        """Each fact once for each holder it is credited to, with its day and value; quotients are sorted."""
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
            gone = None if value is None or value.gone is None else value.gone.gather(known["row"])
            lost = marks(None, known.height) if gone is None else gone
            columns = {name: each.gather(known["row"]) for name, each in self._columns.items()}
            known = known.with_columns(gone=lost, **columns)
            digits = [name for name in columns if name.startswith("digit")]
            self._frames[kind] = known.sort(digits) if digits else known
        return self._frames[kind]

    # ---- figures -----------------------------------------------------------------------------------------------------
    def _made(self, kind: str, window: Window, size: int) -> tuple[Values, pl.Series | None]:
        aggregate, value = self.totals.credited.measure.aggregate, self._value
        inside = self._rows(kind).filter((pl.col("day") >= window[0]) & (pl.col("day") < window[1]))
        if aggregate == "count_distinct":
            return self._different(inside, size), None
        lost, average = pl.col("gone"), aggregate == "average"
        names = [name for name in inside.columns if name not in {*_HOLDER, "gone"} and not name.startswith("digit")]
        if average:
            how = [pl.col(name).sum() for name in names]
        elif "bottom" in names:  # they are sorted
            how = [pl.col(name).first() if aggregate == "min" else pl.col(name).last() for name in names]
        else:
            how = [pl.col(name).min() if aggregate == "min" else pl.col(name).max() for name in names]
        summed = inside.group_by("holder").agg(*how, lost.any(), n=pl.len().cast(pl.Int64))
        missing = _laid(summed, "gone", size, blank=True)
        column = {name: _laid(summed, name, size, blank=1 if name == "bottom" else 0) for name in names}
        count = _laid(summed, "n", size, blank=1)
        most_rows = max(self.totals.credited.rows, 1)
        if isinstance(value, Num):
            if average:
                return Num(column["value"], value.scale, value.most * most_rows, count, most_rows), missing
            return Num(column["value"], value.scale, value.most, column.get("bottom"), value.most_bottom), missing
        if isinstance(value, Between):
            ends = [decimals(column[name], PLACES) for name in ("low", "high")]
            most = value.most * most_rows if average else value.most
            found = Between(ends[0], ends[1], most, bits=value.bits)
            divisor = Num(count, 1, most_rows)
            return (Numbers(size, self.widths).divide(found, divisor) if average else found), missing
        raise NotLoweredError("an aggregate of what is neither a number nor a day")

    def _different(self, inside: pl.DataFrame, size: int) -> Num:
        if isinstance(self._value, Between):
            raise NotLoweredError("how many different ones there are of an enclosure")
        names = [name for name in inside.columns if name.startswith("digit")] or ["value"]
        what = pl.struct(names) if len(names) > 1 else pl.col(names[0])
        counted = inside.filter(~pl.col("gone")).group_by("holder").agg(n=what.n_unique().cast(pl.Int64))
        return Num(_laid(counted, "n", size, blank=0), 1, self.totals.credited.rows)


def _digits(top: pl.Series, value: Num) -> dict[str, pl.Series]:
    """Write quotients in digits that sort as they do: two with divisors below 2^n are 2^-2n apart, or equal."""
    assert value.bottom is not None
    top, bottom = top.cast(pl.Int128), value.bottom.cast(pl.Int128)
    bits = value.most_bottom.bit_length()
    at_once = 126 - bits
    if at_once < 1:
        raise NotLoweredError("quotients with divisors too long to compare")
    digit = top // bottom
    found = {"value": top, "bottom": bottom, "digit": digit}
    rest = top - digit * bottom
    for number in range(-(-2 * bits // at_once)):
        rest = rest * pl.Series([2**at_once], dtype=pl.Int128)
        digit = rest // bottom
        found[f"digit_{number}"] = digit
        rest -= digit * bottom
    return found


def _laid(found: pl.DataFrame, name: str, size: int, *, blank: int | bool) -> pl.Series:
    """Write the figures of some holders into a column of all."""
    column = found[name]
    empty = pl.Series([blank], dtype=column.dtype).new_from_index(0, size)
    return empty.scatter(found["holder"], column) if found.height else empty


def _stacked(values: list[Values], where: pl.Series, gone: Mask) -> Values:
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
        case Between():
            ends = [each for each in values if isinstance(each, Between)]
            low, high = (
                pl.concat(each).gather(where) for each in zip(*((one.low, one.high) for one in ends), strict=True)
            )
            return Between(low, high, max(each.most for each in ends), gone, bits=max(each.bits for each in ends))
        case _:
            raise NotLoweredError("an aggregate of what is neither a number nor a day")
