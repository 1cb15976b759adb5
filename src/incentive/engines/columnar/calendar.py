"""Calendar months on a column of days: where a day goes that a month does not have is the plan's own choice."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

import polars as pl

from incentive.columns import Mask, some

_UNIX: Final = 719_163  # 1 January 1970, as an ordinal
_MOST: Final = 12 * date.max.year  # months: moved by more, no day stays in the calendar

MonthEnd = Literal["", "down", "up"]


def months_later(day: pl.Series, months: pl.Series | int, month_end: MonthEnd) -> tuple[pl.Series, Mask]:
    """Move days, as ordinals, by calendar months: a day that is not there goes to the last one, or to the next.

    Returns:
        The days; and those that are none, as the plan does not say where they go or the calendar ends before.
    """
    dates = _dates(day)
    by = months.clip(-_MOST, _MOST) if isinstance(months, pl.Series) else max(-_MOST, min(months, _MOST))
    count = _months(dates) + by
    year, month = count // 12, count % 12 + 1
    out = (year < 1) | (year > date.max.year)
    inside = year.clip(1, date.max.year).cast(pl.Int32)
    frame = pl.DataFrame({"year": inside, "month": month.cast(pl.Int8)})
    first = frame.select(pl.date(pl.col("year"), pl.col("month"), pl.lit(1, dtype=pl.Int8))).to_series()
    wanted, length = _day_of_month(dates), _length(first)
    wanted = wanted if len(wanted) == len(length) else wanted.new_from_index(0, len(length))
    beyond = wanted > length
    if not month_end:
        out = out | beyond
    last = length + (1 if month_end == "up" else 0)
    return (first.cast(pl.Int32) + _UNIX - 1 + last.zip_with(beyond, wanted)).cast(pl.Int32), some(out)


def months_between(first: pl.Series, last: pl.Series, month_end: MonthEnd) -> pl.Series:
    """Count whole months from one day to another: how many can be added to the earlier without passing the later."""
    later = last >= first
    early, late = _dates(first.zip_with(later, last)), _dates(last.zip_with(later, first))
    there, wanted = _day_of_month(late), _day_of_month(early)
    reached = there >= wanted
    if month_end == "down":
        reached = reached | (there == _length(late))
    count = _months(late) - _months(early) - (~reached).cast(pl.Int64)
    return count.zip_with(later, pl.Series([0], dtype=pl.Int64) - count)


def _dates(day: pl.Series) -> pl.Series:
    return (day.cast(pl.Int32) - _UNIX).cast(pl.Date)


def _months(dates: pl.Series) -> pl.Series:
    """Months since the year 0."""
    return dates.dt.year().cast(pl.Int64) * 12 + dates.dt.month().cast(pl.Int64) - 1


def _day_of_month(dates: pl.Series) -> pl.Series:
    return dates.dt.day().cast(pl.Int32)


def _length(dates: pl.Series) -> pl.Series:
    """How many days the month of each day has."""
    return _day_of_month(dates.dt.month_end())
