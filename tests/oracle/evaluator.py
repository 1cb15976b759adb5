"""A second evaluator, written from the language reference and from nothing else.

Two engines that share a misreading agree with each other. This one shares no line with them: it imports nothing of the
library, knows only `Fraction`, and each rule is a few lines under the heading of `docs/reference/language.md` that it
was written from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

ZERO = Fraction(0)


class Row(NamedTuple):
    """A row of a rate table: `from bound: value`, or `above bound: value` where the bound is not included."""

    bound: Fraction
    included: bool
    value: Fraction


# ---- rate tables -----------------------------------------------------------------------------------------------------
def by_slice(x: Fraction, rows: Sequence[Row]) -> Fraction:
    """Each part of x at its own row's value; a negative x at the first, where its bound is 0."""
    if x < 0:
        return x * rows[0].value if rows[0].bound == 0 else ZERO
    total = ZERO
    for at, row in enumerate(rows):
        end = rows[at + 1].bound if at + 1 < len(rows) else x
        part = min(x, end) - row.bound
        if part > 0:
            total += part * row.value
    return total


def reached(x: Fraction, rows: Sequence[Row]) -> list[Row]:
    """The rows that x reaches, in order."""
    if x < 0 and rows[0].bound == 0:
        return [rows[0]]
    return [row for row in rows if x > row.bound or (row.included and x == row.bound)]


def by_level(x: Fraction, rows: Sequence[Row]) -> Fraction:
    """The whole of x at the value of the last row reached."""
    found = reached(x, rows)
    return x * found[-1].value if found else ZERO


def by_every_level(x: Fraction, rows: Sequence[Row]) -> Fraction:
    """The whole of x at the values of all rows reached, added."""
    return x * sum((row.value for row in reached(x, rows)), ZERO)


def on_curve(x: Fraction, points: Sequence[Row]) -> Fraction:
    """The value on the line between two points; 0 below the first, flat above the last."""
    if x < points[0].bound:
        return ZERO
    if x >= points[-1].bound:
        return points[-1].value
    at = max(at for at, point in enumerate(points) if point.bound <= x)
    low, high = points[at], points[at + 1]
    return low.value + (high.value - low.value) * (x - low.bound) / (high.bound - low.bound)


TABLES: Mapping[str, Callable[[Fraction, Sequence[Row]], Fraction]] = {
    "slice": by_slice,
    "level": by_level,
    "every level": by_every_level,
    "curve": lambda x, rows: x * on_curve(x, rows),
}


# ---- rounding --------------------------------------------------------------------------------------------------------
def rounded(x: Fraction, step: Fraction, mode: str) -> Fraction:
    """The multiple of a step that a mode picks."""
    steps = x / step
    low = steps.numerator // steps.denominator
    rest = steps - low
    if rest == 0:
        return x
    up = {
        "floor": False,
        "ceiling": True,
        "down": x < 0,
        "up": x > 0,
        "half_up": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and x > 0),
        "half_even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1),
    }[mode]
    return (low + up) * step


def increases(to_date: Sequence[Fraction], step: Fraction, mode: str) -> list[Fraction]:
    """`accumulate`: round(to date) - round(to date a period ago), for each period."""
    ends = [ZERO, *(rounded(each, step, mode) for each in to_date)]
    return [here - before for before, here in pairwise(ends)]


# ---- splits and amounts that are shared ------------------------------------------------------------------------------
def credited(amount: Fraction, shares: Sequence[tuple[Fraction, str | None]]) -> dict[str, Fraction]:
    """What each person of a split gets of a row; a share that names nobody goes to nobody."""
    found: dict[str, Fraction] = {}
    for share, person in shares:
        if person is not None:
            found[person] = found.get(person, ZERO) + share * amount
    return found


def divided(amount: Fraction, weights: Sequence[Fraction], step: Fraction) -> list[Fraction]:
    """Parts in whole steps that add up: cut down, then a step each to the largest remainders, the first of equals."""
    total = sum(weights, ZERO)
    if total == 0:
        return [ZERO for _ in weights]
    sign = -1 if amount < 0 else 1
    exact = [abs(amount) * weight / total / step for weight in weights]
    parts = [each.numerator // each.denominator for each in exact]
    left = int(abs(amount) / step) - sum(parts)
    for at in sorted(range(len(exact)), key=lambda at: (parts[at] - exact[at], at))[:left]:
        parts[at] += 1
    return [sign * part * step for part in parts]


# ---- `pay each`: one fact at a time, and `stacked by` ----------------------------------------------------------------
def limited(x: Fraction, limits: Sequence[tuple[str, Fraction]]) -> Fraction:
    """`cap E` and `floor E`, in the order in which they are written."""
    for word, limit in limits:
        x = min(x, limit) if word == "cap" else max(x, limit)
    return x


def laid(how: str, begin: Fraction, x: Fraction, rows: Sequence[Row]) -> Fraction:
    """A fact in a table: the slices between where it begins and where it ends, or all of it at the row of its end."""
    end = begin + x
    if how == "slice":
        return by_slice(end, rows) - by_slice(begin, rows)
    if how == "curve":
        return x * on_curve(end, rows)
    found = reached(end, rows)
    return x * sum((row.value for row in (found[-1:] if how == "level" else found)), ZERO)


# ---- presence and prorated values ------------------------------------------------------------------------------------
DAY = timedelta(days=1)


def days_of(first: date, last: date) -> list[date]:
    """Each day, both ends included."""
    return [first + at * DAY for at in range((last - first).days + 1)]


def weight(basis: str, day: date) -> Fraction:
    """What a day counts: `presence by …`."""
    ends = (day + DAY).day == 1
    length = (day.replace(day=28) + 4 * DAY).replace(day=1) - day.replace(day=1)
    match basis:
        case "calendar days":
            return Fraction(1)
        case "working days":
            return Fraction(day.isoweekday() <= 5)
        case "30/360":  # thirty a month: the 30th counts with the 31st, the end of February fills up
            if day.month == 2 and ends:
                return Fraction(30 - day.day + 1)
            return Fraction(not (day.day == 30 and not ends))
        case _:
            return Fraction(1, length.days)


def mean(basis: str, days: Sequence[date], value: Callable[[date], Fraction | None]) -> Fraction | None:
    """The mean of a value over the days that count; unknown where it is on one of them, or where none counts."""
    counted = [(weight(basis, day), day) for day in days if weight(basis, day)]
    values = [(share, value(day)) for share, day in counted]
    known = [share * each for share, each in values if each is not None]
    if not counted or len(known) < len(values):
        return None
    return sum(known, ZERO) / sum((share for share, _ in counted), ZERO)
