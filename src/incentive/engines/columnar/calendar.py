"""Calendar months on a column of days: where a day goes that a month does not have is the plan's own choice."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

from incentive.columns import NotLoweredError

_UNIX: Final = 719_163  # 1 January 1970, as an ordinal

MonthEnd = Literal["", "down", "up"]


def months_later(day: pl.Series, months: int, month_end: MonthEnd) -> pl.Series:
    """Move days, as ordinals, by calendar months: a day that is not there goes to the last one, or to the next.

    Raises:
        NotLoweredError: A day is not there, and the plan does not say where it goes; or a year is out of range.
    """
    dates = (day.cast(pl.Int32) - _UNIX).cast(pl.Date)
    count = dates.dt.year().cast(pl.Int64) * 12 + dates.dt.month().cast(pl.Int64) - 1 + months
    year, month = (count // 12).cast(pl.Int32), (count % 12 + 1).cast(pl.Int8)
    if len(year) and (int(year.min() or 1) < 2 or int(year.max() or 1) > 9998):  # type: ignore[arg-type]
        raise NotLoweredError("a date moved out of the calendar")
    frame = pl.DataFrame({"year": year, "month": month})
    first = frame.select(pl.date(pl.col("year"), pl.col("month"), pl.lit(1, dtype=pl.Int8))).to_series()
    wanted = dates.dt.day().cast(pl.Int32)
    length = first.dt.month_end().dt.day().cast(pl.Int32)
    beyond = wanted > length
    if not month_end and beyond.any():
        raise NotLoweredError("a day that its month does not have")
    last = length + (1 if month_end == "up" else 0)
    return (first.cast(pl.Int32) + _UNIX - 1 + last.zip_with(beyond, wanted)).cast(pl.Int32)
