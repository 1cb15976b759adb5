"""Dates and time stamps: moved, compared, and the gap between two.

Days and months are those of the calendar, hours those of the clock. A time stamp that is moved by days keeps its local
time; its local day is read in the plan's time zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import floor
from typing import Any, Literal
from zoneinfo import ZoneInfo

from attrs import frozen

from incentive.engines.reference import opening
from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, whole
from incentive.quantities import MonthEndError, Number, month_add
from incentive.quantities.moments import Moment
from incentive.tree import DateGap, DateShift, Plan, UnitKind, Within

Day = date | Moment
MonthEnd = Literal["down", "up"] | None


@frozen
class Calendar:
    """A plan's own: its time zone, and where a day goes that a month does not have."""

    zone: str
    month_end: MonthEnd

    @classmethod
    def of(cls, plan: Plan) -> Calendar:
        """Take the plan's."""
        return cls(plan.timezone, plan.month_end or None)


def days_of(one: Any, other: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Bring a date and a time stamp to days; two time stamps stay what they are."""
    if type(one) is Moment and type(other) is date:
        return one.day, other
    if type(one) is date and type(other) is Moment:
        return one, other.day
    return one, other


def date_shift(node: DateShift, make: Maker) -> Evaluate:
    """A date or time stamp moved by a duration."""
    if node.by.type.unit.kind == "open_hours":
        return opening.deadline(node, make)
    start, by = make(node.value), make(node.by)
    unit, sign, calendar = node.by.type.unit.kind, -1 if node.back else 1, Calendar.of(make.plan)
    nowhere = missing("P209", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        value, length = start(context), by(context)
        if type(value) is Missing or type(length) is Missing:
            return merged((value, length))
        found = moved(value, sign * length, unit, calendar)
        return nowhere if found is None else found

    return run


def date_gap(node: DateGap, make: Maker) -> Evaluate:
    """Days, whole months, or hours between two."""
    later, earlier, unit = make(node.later), make(node.earlier), node.type.unit.kind
    month_end = Calendar.of(make.plan).month_end

    def run(context: Context) -> Any:  # noqa: ANN401
        end, start = later(context), earlier(context)
        if type(end) is Missing or type(start) is Missing:
            return merged((end, start))
        if unit == "hours" and type(end) is Moment and type(start) is Moment:
            return whole(Fraction((end.utc - start.utc) // timedelta(microseconds=1), 3_600_000_000))
        last, first = _day(end), _day(start)
        return months_between(first, last, month_end) if unit == "months" else (last - first).days

    return run


def within(node: Within, make: Maker) -> Evaluate:
    """Whether one date follows another by at most a duration, both edges counting."""
    if node.by.type.unit.kind == "open_hours":
        return opening.in_time(node, make)
    later, by, earlier = make(node.later), make(node.by), make(node.earlier)
    unit, calendar = node.by.type.unit.kind, Calendar.of(make.plan)
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
        if unit == "months":  # calendar months: as for days, a time stamp counts as its day
            if end < start:
                return False
            limit = moved(_day(start), length, unit, calendar)
            return nowhere if limit is None else _day(end) <= _day(limit)
        limit = moved(start, length, unit, calendar)
        return nowhere if limit is None else start <= end <= limit

    return run


def moved(value: Day, by: Number, unit: UnitKind, calendar: Calendar) -> Day | None:
    """Move a date or time stamp; None if there is no such day."""
    try:
        if isinstance(value, Moment):
            return _moment(value, by, unit, calendar)
        if unit == "months":
            return month_add(value, floor(by), calendar.month_end)
        return value + timedelta(days=floor(by / Fraction(24)) if unit == "hours" else floor(by))
    except (OverflowError, MonthEndError, ValueError):
        return None


def _moment(value: Moment, by: Number, unit: UnitKind, calendar: Calendar) -> Moment:
    there = ZoneInfo(calendar.zone)
    if unit == "hours":
        utc = value.utc + timedelta(microseconds=floor(by * 3_600_000_000))
        return Moment(utc, utc.astimezone(there).date())
    local = value.utc.astimezone(there)
    day = moved(local.date(), by, unit, calendar)
    if not isinstance(day, date):
        raise OverflowError
    clock = time(local.hour, local.minute, local.second, local.microsecond, tzinfo=there)
    return Moment(datetime.combine(day, clock).astimezone(UTC), day)


def _day(value: Day) -> date:
    return value.day if isinstance(value, Moment) else value


def months_between(first: date, last: date, month_end: MonthEnd) -> int:
    """Whole months from one day to another: how many can be added to the earlier without passing the later."""
    if last < first:
        return -months_between(last, first, month_end)
    count = (last.year - first.year) * 12 + last.month - first.month
    try:
        return count if month_add(first, count, month_end) <= last else count - 1
    except (MonthEndError, OverflowError, ValueError):  # the month has no such day: it is not whole
        return count - 1
