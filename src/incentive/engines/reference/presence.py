"""Parts of a period: the days on which somebody is on the plan, and means of values over them.

Joiners, leavers and values that change inside a period are one rule: a value counts for the days on which it holds and
the person is on the plan, over all days of the period. Days are counted by a difference of day numbers, so the parts of
a period add up to it wherever it is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from attrs import frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, Result, exact_sum, missing, settled
from incentive.quantities import DayCount, Number, days_counted
from incentive.results import RowUsed, Stretch
from incentive.tree import PersonMean, Plan, Presence, WindowDay

_DAY = timedelta(days=1)


@frozen
class Piece:
    """Days from `first` up to, and without, `after`, and the value on them; None on days off the plan."""

    first: int
    after: int
    value: Number | None
    row: RowUsed | None = None


@frozen
class DayCounter:
    """Counts days as a plan says; nobody is on it before its first day or after its last."""

    basis: DayCount
    first: int
    after: int

    @classmethod
    def of(cls, plan: Plan) -> DayCounter:
        """Take the plan's basis."""
        return cls(plan.presence or "calendar", plan.first_day.toordinal(), plan.last_day.toordinal() + 1)

    def count(self, first: int, after: int) -> Number:
        """Count the days from one up to, and without, another."""
        return days_counted(self.basis, date.fromordinal(first), date.fromordinal(after))

    def inside(self, first: int, after: int) -> tuple[int, int]:
        """The days of a stretch that the plan has."""
        first = max(first, self.first)
        return first, max(first, min(after, self.after))

    def mean(self, pieces: Sequence[Piece], first: int, after: int) -> tuple[Number, tuple[Stretch, ...]]:
        """The mean of values over days, and the stretches that it is made of; days between pieces count 0.

        Raises:
            ZeroDivisionError: none of the days counts.
        """
        whole = self.count(first, after)
        stretches = [
            Stretch(
                date.fromordinal(each.first),
                date.fromordinal(each.after - 1),
                days := self.count(each.first, each.after),
                whole,
                each.value,
                Fraction(days, whole) * (each.value or 0),
                each.row,
            )
            for each in _filled(pieces, first, after)
        ]
        return exact_sum(each.part for each in stretches), tuple(stretches)


def _filled(pieces: Iterable[Piece], first: int, after: int) -> list[Piece]:
    """The pieces in order, with what lies between them."""
    found: list[Piece] = []
    at = first
    for each in pieces:
        if at < each.first:
            found.append(Piece(at, each.first, None))
        found.append(each)
        at = each.after
    return [*found, Piece(at, after, None)] if at < after else found


def no_days(first: int, after: int) -> Missing:
    """Say that none of some days counts."""
    last = date.fromordinal(after) - _DAY
    return missing("P215", first=date.fromordinal(first).isoformat(), last=last.isoformat())


def presence(node: Presence, make: Maker) -> Evaluate:
    """The part of the days of a window on which somebody is on the plan."""
    counter = DayCounter.of(make.plan)

    def pieces(context: Context, first: int, after: int) -> list[Piece]:
        low, high = counter.inside(first, after)
        return [
            Piece(each.first, each.after, 1, each.row) for each in context.source.on_plan(context.holder, low, high)
        ]

    return _meaned(node, make, counter, pieces)


def person_mean(node: PersonMean, make: Maker) -> Evaluate:
    """The mean of a roster field over the days of a window."""
    counter, name = DayCounter.of(make.plan), node.name

    def pieces(context: Context, first: int, after: int) -> list[Piece] | Missing:
        low, high = counter.inside(first, after)
        found: list[Piece] = []
        for each in context.source.on_plan(context.holder, low, high):
            value = each.values.get(name)
            known = value if isinstance(value, int | Fraction) else None
            if known is None and counter.count(each.first, each.after):
                return missing("P211", holder=context.holder, field=name)
            found.append(Piece(each.first, each.after, known, each.row))
        return found

    return _meaned(node, make, counter, pieces)


def _meaned(
    node: Presence | PersonMean,
    make: Maker,
    counter: DayCounter,
    pieces: Callable[[Context, int, int], list[Piece] | Missing],
) -> Evaluate:
    days, tracing = make.windows.reader(node.over), make.tracing
    too_long = missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        first, after = covered.start.toordinal(), covered.end.toordinal()
        found = pieces(context, first, after)
        if isinstance(found, Missing):
            return found
        if not counter.count(first, after):
            return no_days(first, after)
        value, stretches = counter.mean(found, first, after)
        if tracing:
            frame = context.trace.frame  # type: ignore[union-attr]  # a tracing program runs with a trace
            frame.stretches = stretches
            if (covered.start, covered.end) != (context.period.start, context.period.end):  # type: ignore[union-attr]
                frame.covers = covered.start, covered.last
        result: Result = settled(value, too_long)
        return result

    return run


def window_day(node: WindowDay, make: Maker) -> Evaluate:
    """The first or the last day of a window."""
    days, first = make.windows.reader(node.over), node.which == "first"

    def run(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        return covered.start if first else covered.last

    return run
