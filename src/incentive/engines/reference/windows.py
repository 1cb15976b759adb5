"""Which days a window covers, seen from the period being paid.

`whole` and `to_date` look at the plan's own time: facts before its first day or after its last do not count in them.
`last`, `previous` and `same_last_year` look back by their own words, also past the first day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, assert_never

from attrs import define, field

from incentive.engines.reference.context import Days
from incentive.quantities import FiscalYear, Period
from incentive.tree import Plan, Window

_DAY = timedelta(days=1)


@define
class Windows:
    """The windows of a plan; each is resolved once a period."""

    plan: Plan
    year: FiscalYear
    _known: dict[tuple[Window | None, date], Days] = field(factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Windows:
        """Take the plan's calendar."""
        return cls(plan, FiscalYear(plan.year_starts, plan.year_named_by))

    def days(self, window: Window | None, period: Period) -> Days:
        """Give the days of a window; without a window, those of the period."""
        key = (window, period.start)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._resolve(window, period)
        return found

    def reader(self, window: Window | None) -> Callable[[Any], Days]:
        """Give the days of one window by period, for formulas that ask again and again."""
        known: dict[date, Days] = {}

        def days(period: Period) -> Days:
            found = known.get(period.start)
            if found is None:
                found = known[period.start] = self._resolve(window, period)
            return found

        return days

    def before(self, window: Window, period: Period) -> Period | None:
        """Give the period before, if it lies in the same window and in the plan."""
        earlier = self.year.previous(period)
        if earlier.end <= self.plan.first_day:
            return None
        if window.kind != "plan":
            now = self.year.period_of(window.kind, period.last)
            if self.year.period_of(window.kind, earlier.last) != now:
                return None
        return earlier

    def paid_in(self, days: Days) -> tuple[Period, ...]:
        """Give the plan's periods that belong to a window."""
        first = max(days.start, self.plan.first_day)
        last = min(days.last, self.plan.last_day)
        touching = self.year.periods(self.plan.period, first, last)
        return tuple(each for each in touching if days.start <= each.last < days.end or days.end == each.end)

    def _resolve(self, window: Window | None, period: Period) -> Days:
        if window is None:
            return self._days(period.start, period.end, in_plan=True)
        plan = self.plan
        if window.kind == "plan":
            start, end = plan.first_day, plan.last_day + _DAY
            return self._days(start, period.end if window.shape == "to_date" else end, in_plan=True)
        year = self.year
        here = year.period_of(window.kind, period.last)
        match window.shape:
            case "whole":
                return self._days(self._edge(here.start), self._edge(here.end), in_plan=True)
            case "to_date":
                start = max(self._edge(here.start), plan.first_day)
                return self._days(min(start, period.last), period.end, in_plan=True)
            case "last":
                first = year.previous(here, window.n - 1)
                return self._days(self._edge(first.start), self._edge(here.end), in_plan=False)
            case "previous":
                there = year.previous(here)
                return self._days(self._edge(there.start), self._edge(there.end), in_plan=False)
            case "same_last_year":
                there = year.same_last_year(here)
                return self._days(self._edge(there.start), self._edge(there.end), in_plan=False)
            case _:
                assert_never(window.shape)

    def _edge(self, day: date) -> date:
        """The edge of a longer window, moved to the edge of a week where the plan pays by the week.

        A week belongs to the month and the year of its last day, so a month of a weekly plan begins with the week that
        holds its first day and ends before the week that holds the first day of the next.
        """
        return self.year.period_of("week", day).start if self.plan.period == "week" else day

    def _days(self, start: date, end: date, *, in_plan: bool) -> Days:
        first, after = start, end
        if in_plan:
            first, after = max(start, self.plan.first_day), min(end, self.plan.last_day + _DAY)
        return Days(start, end, end - _DAY, first.toordinal(), after.toordinal())
