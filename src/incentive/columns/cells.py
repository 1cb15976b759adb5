"""Read one column of cells, all at once.

Whatever is not plainly right is not read: it is left to the small reader, which looks at each cell and says what is
wrong with it. So nothing here words a mistake, and nothing has to be as lenient as the small reader: where many rows
share few cells, its own converter reads each different cell once.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import reduce
from typing import Final

import polars as pl
from attrs import evolve, frozen

from incentive.columns.figures import Instants, Mask, Num, Plain, Truth, Values, some
from incentive.columns.tables import ALWAYS, values_of
from incentive.columns.texts import NotFineError, coded, fine, lost, texts
from incentive.columns.zones import clock
from incentive.data.cells import NUMBERS, Convert, Rules, converter
from incentive.data.facts import Value
from incentive.data.findings import BadCellError
from incentive.data.formats import find_zone
from incentive.data.frames import cells_of
from incentive.quantities import minor_digits
from incentive.tree import POINTS, Unit

_FEW: Final = 8  # words that are compared one by one in less time than looked up
_EPOCH: Final = 719_163  # 1970-01-01 as an ordinal
_FIRST_DAY, _LAST_DAY = -25_567, 84_005  # 1900-01-01 and 2199-12-31, since 1970
_MICROSECONDS: Final = 86_400_000_000
_CLOCK: Final = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_STAMPS: Final = {  # how a time stamp is written, what it looks like, and how Polars is told
    "T": (f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}$", "%Y-%m-%dT%H:%M:%S"),
    " ": (f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} {_CLOCK}$", "%Y-%m-%d %H:%M:%S"),
    "Z": (f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}T{_CLOCK}Z$", "%Y-%m-%dT%H:%M:%SZ"),
}
_WRITTEN: Final = {
    "iso": ("T", " ", "Z"),
    "YYYY-MM-DD hh:mm:ss": (" ",),
    "YYYY-MM-DDThh:mm:ss": ("T",),
    "YYYY-MM-DDThh:mm:ssZ": ("Z",),
}


@frozen
class Cells:
    """A column and what holds for it. `loose` says that its texts come from a program, which may hold anything."""

    series: pl.Series
    rule: Rules
    optional: bool = False
    loose: bool = False

    def gone(self) -> Mask:
        """Give the missing cells.

        Raises:
            NotFineError: There are some, and there must not be.
        """
        gone = lost(self.series, self.rule.format.missing)
        fine(gone is None or self.optional)
        return gone


def read_cells(cells: Cells, unit: Unit, *, key: bool = False) -> Values:
    """Read the values of a column, but for people and rows.

    Raises:
        NotFineError: Something about it may be wrong.
    """
    kind = unit.kind
    if kind in NUMBERS:
        return _numbers(cells, unit)
    if kind == "date" and cells.series.dtype == pl.Date:
        return _days(cells)
    if kind == "date" and cells.rule.column.says_instants:
        stamps = _instants(cells)
        if stamps is not None:
            return Plain("day", stamps.day, stamps.gone)
    if kind == "timestamp":
        found = _instants(cells)
        if found is not None:
            return found
    if kind == "yes_no" and cells.series.dtype == pl.Boolean:
        gone = cells.gone()
        return Truth(cells.series.fill_null(value=False), gone)
    if kind == "text":
        words, gone = texts(cells.series, cells.rule.format.missing, key=key, loose=cells.loose)
        fine(gone is None or cells.optional)
        return Plain("word", words, gone)
    convert = converter(unit, cells.rule, optional=cells.optional, key=key)
    if kind == "choice" and _stand_for_themselves(cells.series, unit.choices, convert):
        return Plain("word", cells.series)
    return each_once(cells.series, convert, unit)


def _stand_for_themselves(series: pl.Series, words: Sequence[str], convert: Convert) -> bool:
    """Whether all cells are some of a few words, each of which is read as it is written."""
    if series.dtype != pl.String or series.null_count() or not 0 < len(words) <= _FEW:
        return False
    try:
        if any(convert(word) != word for word in words):
            return False
    except BadCellError:
        return False
    return bool(reduce(operator.or_, (series == word for word in words)).all())


def each_once(series: pl.Series, convert: Convert, unit: Unit) -> Values:
    """Read a column by reading each different cell once, as the small reader does.

    Raises:
        NotFineError: One of the cells is wrong.
    """
    different, codes = coded(series)
    values = converted(different, convert)
    found = values_of(values, unit, {})
    return found if codes is None else picked(found, codes)


def converted(series: pl.Series, convert: Convert) -> list[Value | None]:
    """Read cells one by one.

    Raises:
        NotFineError: One of them is wrong.
    """
    try:
        return [convert(cell) for cell in cells_of(series.to_frame("cells"), "cells")]
    except BadCellError:
        raise NotFineError from None


def picked(values: Values, at: pl.Series) -> Values:
    """Give the values at some rows."""
    at, gone = at.cast(pl.UInt32), values.gone  # as Polars numbers rows: once, and not for each column
    left = None if gone is None else some(gone[at])
    match values:
        case Num(top=top):
            assert isinstance(top, pl.Series), "a column that was read has a figure for each row"
            return evolve(values, top=top[at], gone=left)
        case Truth(holds=holds):
            return Truth(holds[at], left)
        case Plain(kind=kind, values=plain):
            return Plain(kind, plain[at], left)
        case Instants(utc=utc, day=day):
            return Instants(utc[at], day[at], left)
        case _:
            raise NotFineError


# ---- numbers ---------------------------------------------------------------------------------------------------------
def _numbers(cells: Cells, unit: Unit) -> Num:
    series, kind = cells.series, cells.series.dtype
    if kind == pl.String:
        written = _written(cells)
        if written is None:
            found = each_once(series, converter(unit, cells.rule, optional=cells.optional), unit)
            assert isinstance(found, Num), "numbers are read as numbers"
            return found
        top, scale, gone = written
    else:
        gone = cells.gone()
        if isinstance(kind, pl.Decimal):
            top, scale = series.to_physical(), 10**kind.scale
        else:
            fine(kind.is_integer() or series.null_count() == len(series))
            top, scale = series.cast(pl.Int128 if kind == pl.UInt64 else kind if kind.is_integer() else pl.Int64), 1
        top = top.fill_null(0) if gone is not None else top
    return _within(top, scale, gone, unit, cells.rule)


def _within(top: pl.Series, scale: int, gone: Mask, unit: Unit, rule: Rules) -> Num:
    """Prove that numbers lie within the limits of what is read, and hold them as narrowly as they allow."""
    most = _most(top)
    fine(most < 10**18 * scale)
    top = top.cast(pl.Int64 if most.bit_length() <= 63 else pl.Int128)
    top, scale = _shorter(top, scale)
    fine(scale <= 10**12)
    by = {"micros": 10**6, "percent": 100}.get(rule.column.unit, 1)
    if rule.column.unit == "minor":
        by = 10 ** (minor_digits(unit.currency) if unit.currency else 2)
    if by != 1:
        top, scale = _shorter(top, scale * by)
    most = _most(top)
    if unit.kind in {"money", "rate"}:
        fine(most < 10**15 * scale and scale <= 10**6)
    if unit.kind == "count" and unit != POINTS:
        fine(scale == 1 and (not len(top) or _whole(top.min()) >= 0))
    kind = pl.Int64 if most.bit_length() <= 63 else pl.Int128
    return Num(top.cast(kind), scale, most, gone=gone)


def _most(top: pl.Series) -> int:
    return max(abs(_whole(top.min())), abs(_whole(top.max()))) if len(top) else 0


def _whole(value: object) -> int:
    assert isinstance(value, int), "the least and the greatest of whole numbers are whole"
    return value


def _shorter(top: pl.Series, scale: int) -> tuple[pl.Series, int]:
    """Drop the zeros at the end that all numbers have."""
    ten, nothing = (pl.Series([each], dtype=top.dtype) for each in (10, 0))
    while scale > 1 and not (top.head(100) % ten != nothing).any() and not (top % ten != nothing).any():
        top, scale = top // ten, scale // 10
    return top, scale


def _written(cells: Cells) -> tuple[pl.Series, int, Mask] | None:
    """Read plain decimals; None where some are written otherwise."""
    style = cells.rule.format
    if style.grouping:
        return None
    gone = cells.gone()
    series = cells.series if gone is None else cells.series.zip_with(~gone, pl.Series(["0"]))
    mark = "[.]" if style.decimal == "." else ","
    usual = max((len(each.partition(style.decimal)[2]) for each in series.head(100)), default=0)
    for places in (max(usual, 1), 12):
        if series.str.contains(f"^-?[0-9]{{1,18}}(?:{mark}[0-9]{{1,{places}}})?$").all():
            break
    else:
        return None
    if style.decimal == ",":
        series = series.str.replace(",", ".", literal=True)
    found = series.str.to_decimal(scale=places).to_physical()
    return None if found.null_count() else (found, 10**places, gone)


# ---- days and instants -----------------------------------------------------------------------------------------------
def _days(cells: Cells) -> Plain:
    gone = cells.gone()
    days = cells.series.to_physical().drop_nulls() if gone is not None else cells.series.to_physical()
    low, high = days.min(), days.max()
    fine(low is None or (_whole(low) >= _FIRST_DAY and _whole(high) <= _LAST_DAY))
    found = cells.series.to_physical() + _EPOCH
    return Plain("day", (found if gone is None else found.fill_null(ALWAYS)).cast(pl.Int32), gone)


def _instants(cells: Cells) -> Instants | None:
    """Read time stamps; None where some are written otherwise."""
    local = find_zone(cells.rule.format.timezone)
    home = cells.rule.zone or local
    read = _stamps(cells)
    if read is None:
        return None
    times, aware, gone = read
    if not len(times):
        return Instants(times, times.cast(pl.Int32), gone)
    fine(bool((times // _MICROSECONDS).is_between(_FIRST_DAY, _LAST_DAY).all()))
    first, last = _whole(times.min()), _whole(times.max())
    if not aware:
        fine(local is not None)
        assert local is not None, "what is fine has a zone"
        known = clock(local, first, last).utc(times)
        fine(known is not None)
        assert known is not None, "what is fine is shown once by the clocks"
        times = known
    day = (times // _MICROSECONDS + _EPOCH).cast(pl.Int32) if home is None else clock(home, first, last).days(times)
    if gone is None:
        return Instants(times, day, gone)
    return Instants(
        times.zip_with(~gone, pl.Series([0], dtype=pl.Int64)),
        day.zip_with(~gone, pl.Series([ALWAYS], dtype=pl.Int32)),
        gone,
    )


def _stamps(cells: Cells) -> tuple[pl.Series, bool, Mask] | None:
    """Give times in microseconds since 1970 and whether they are instants; where one is missing, another of them."""
    series, kind = cells.series, cells.series.dtype
    gone = cells.gone()
    if isinstance(kind, pl.Datetime):
        ticks = series.to_physical()
        if kind.time_unit == "ns":
            fine(not (ticks % 1_000 != 0).any())
            ticks = ticks // 1_000
        elif kind.time_unit == "ms":
            fine(bool(ticks.drop_nulls().is_between(-(10**14), 10**14).all()))
            ticks = ticks * 1_000
        return ticks.fill_null(_any(ticks)), kind.time_zone is not None, gone
    if kind != pl.String:
        return None
    if gone is not None:
        series = series.zip_with(~gone, pl.Series([_any(series.filter(~gone), "1970-01-01T00:00:00")], dtype=pl.String))
    for name in _WRITTEN.get(cells.rule.format.timestamp, ()):
        form, told = _STAMPS[name]
        if series.str.contains(form).all():
            found = series.str.to_datetime(told, time_unit="us", strict=False).to_physical()
            fine(not found.null_count())
            return found, name == "Z", gone
    return None


def _any(series: pl.Series, otherwise: int | str = 0) -> int | str:
    known = series.drop_nulls()
    return known[0] if len(known) else otherwise
