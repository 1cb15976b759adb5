"""How days are counted where somebody is there for a part of a period.

Half of April is 15 days of 30 to one contract, 11 working days of 22 to another. Whatever the rule, the parts of a
period must add up to the period wherever it is cut, or a person who changes team in the middle is paid for 29 days or
31. So a rule is one number for each day, what was counted before it, and a stretch of days counts the difference.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, assert_never, get_args

from incentive.quantities.numbers import Number

__all__ = ["DAY_COUNTS", "DayCount", "days_counted"]

DayCount = Literal["calendar", "working", "30/360", "months"]

DAY_COUNTS: tuple[DayCount, ...] = get_args(DayCount)
"""The ways of counting days: every day; Monday to Friday; 30 for each month; 1 for each month, a broken one by days."""


def days_counted(basis: DayCount, first: date, after: date) -> Number:
    """Count the days from one up to, and without, another.

    Law: for `a <= b <= c` the count of [a, c) is that of [a, b) and that of [b, c), and a whole month of 30/360 is 30,
        of months 1 (`tests/properties/test_presence.py`).

    Source: 30/360 with the 31st counted as the 30th, as in the bond basis of the ISDA definitions, 4.16 (f), and taken
        as a difference of day numbers, which makes it additive.

    Examples:
        >>> days_counted("calendar", date(2026, 4, 16), date(2026, 5, 1))
        15
        >>> days_counted("working", date(2026, 4, 16), date(2026, 5, 1))
        11
        >>> days_counted("30/360", date(2026, 2, 1), date(2026, 3, 1))
        30
        >>> days_counted("months", date(2026, 1, 16), date(2026, 4, 1))
        Fraction(78, 31)
    """
    count = _before(basis, after) - _before(basis, first)
    return count.numerator if count.denominator == 1 else count


def _before(basis: DayCount, day: date) -> Number:
    """What was counted before a day, from a beginning that is the same for all."""
    match basis:
        case "calendar":
            return day.toordinal()
        case "working":  # day 1 of the calendar of `date` was a Monday
            weeks, rest = divmod(day.toordinal() - 1, 7)
            return 5 * weeks + min(rest, 5)
        case "30/360":
            return 360 * day.year + 30 * (day.month - 1) + min(day.day, 30) - 1
        case "months":
            follows = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            length = (follows - day.replace(day=1)).days
            return 12 * day.year + day.month - 1 + Fraction(day.day - 1, length)
        case _:
            assert_never(basis)
