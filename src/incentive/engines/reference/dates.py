"""Dates and time stamps: moved, compared, and the gap between two.

Days and months are those of the calendar, hours those of the clock. A time stamp that is moved by days keeps its local
time; its local day is read in the plan's time zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, whole
from incentive.quantities import MonthEndError, Number, month_add
from incentive.quantities.moments import Moment
from incentive.tree import DateGap, DateShift, UnitKind, Within

Day = date | Moment


def days_of(one: Any, other: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Bring a date and a time stamp to days; two time stamps stay what they are."""
    if type(one) is Moment and type(other) is date:
        return one.day, other
    if type(one) is date and type(other) is Moment:
        return one, other.day
    return one, other


def date_shift(node: DateShift, make: Maker) -> Evaluate:
    """A date or time stamp moved by a duration."""
    start, by = make(node.value), make(node.by)
    unit, sign, zone = node.by.type.unit.kind, -1 if node.back else 1, make.plan.timezone
    nowhere = missing("P209", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        value, length = start(context), by(context)
        if type(value) is Missing or type(length) is Missing:
            return merged((value, length))
        found = moved(value, sign * length, unit, zone)
        return nowhere if found is None else found

    return run


def date_gap(node: DateGap, make: Maker) -> Evaluate:
    """Days, whole months, or hours between two."""
    later, earlier, unit = make(node.later), make(node.earlier), node.type.unit.kind

    def run(context: Context) -> Any:  # noqa: ANN401
        end, start = later(context), earlier(context)
        if type(end) is Missing or type(start) is Missing:
            return merged((end, start))
        if unit == "hours" and type(end) is Moment and type(start) is Moment:
            return whole(Fraction((end.utc - start.utc) // timedelta(microseconds=1), 3_600_000_000))
        last, first = _day(end), _day(start)
        return _months(first, last) if unit == "months" else (last - first).days

    return run


def within(node: Within, make: Maker) -> Evaluate:
    """Whether one date follows another by at most a duration, both edges counting."""
    later, by, earlier = make(node.later), make(node.by), make(node.earlier)
    unit, zone = node.by.type.unit.kind, make.plan.timezone
    nowhere = missing("P209", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        end, length, start = later(context), by(context), earlier(context)
        if type(end) is Missing or type(length) is Missing or type(start) is Missing:
            return merged((end, length, start))
        if unit == "days":  # calendar days: a time stamp counts as its day, once it is not earlier
            if type(end) is type(start) and end < start:
                return False
            return 0 <= (_day(end) - _day(start)).days <= length
        end, start = days_of(end, start)
        limit = moved(start, length, unit, zone)
        return nowhere if limit is None else start <= end <= limit

    return run


def moved(value: Day, by: Number, unit: UnitKind, zone: str) -> Day | None:
    """Move a date or time stamp; None if there is no such day."""
    try:
        if isinstance(value, Moment):
            return _moment(value, by, unit, zone)
        if unit == "months":
            return month_add(value, floor(by), None)
        return value + timedelta(days=floor(by / Fraction(24)) if unit == "hours" else floor(by))
    except (OverflowError, MonthEndError, ValueError):
        return None


def _moment(value: Moment, by: Number, unit: UnitKind, zone: str) -> Moment:
    there = ZoneInfo(zone)
    if unit == "hours":
        utc = value.utc + timedelta(microseconds=floor(by * 3_600_000_000))
        return Moment(utc, utc.astimezone(there).date())
    local = value.utc.astimezone(there)
    day = moved(local.date(), by, unit, zone)
    if not isinstance(day, date):
        raise OverflowError
    clock = time(local.hour, local.minute, local.second, local.microsecond, tzinfo=there)
    return Moment(datetime.combine(day, clock).astimezone(UTC), day)


def _day(value: Day) -> date:
    return value.day if isinstance(value, Moment) else value


def _months(first: date, last: date) -> int:
    """Whole months from one day to another."""
    count = (last.year - first.year) * 12 + last.month - first.month
    if count > 0 and last.day < first.day:
        return count - 1
    return count + 1 if count < 0 and last.day > first.day else count
