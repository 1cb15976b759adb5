"""The table of people and periods on which lines are computed: `len(periods)` rows a person, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import polars as pl
from attrs import define

from incentive.columns import all_of
from incentive.engines.columnar.roster import Found, Roster
from incentive.engines.reference import Windows
from incentive.quantities import Period
from incentive.tree import Window


@define(eq=False, slots=False)
class Grid:
    """People by their number, and periods of the plan in order."""

    roster: Roster
    windows: Windows
    holders: pl.Series
    periods: Sequence[Period]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.holders) * len(self.periods)

    @cached_property
    def holder(self) -> pl.Series:
        """The person of each row."""
        if len(self.periods) == 1:
            return self.holders
        return self.holders.gather(pl.int_range(0, self.rows, dtype=pl.Int64, eager=True) // len(self.periods))

    @cached_property
    def at(self) -> pl.Series:
        """The period of each row, by its number."""
        return pl.int_range(0, self.rows, dtype=pl.Int64, eager=True) % len(self.periods)

    @cached_property
    def _place(self) -> pl.Series:
        """The period of each row, as Polars numbers rows: it need not look whether one is negative."""
        return self.at.cast(pl.UInt32)

    def spread(self, values: Sequence[int], kind: type[pl.DataType] = pl.Int64) -> pl.Series:
        """Give each row the value of its period."""
        found = pl.Series(values, dtype=kind)
        return found.new_from_index(0, self.rows) if len(self.periods) == 1 else found[self._place]

    def of_period(self, give: Callable[[Period], int]) -> pl.Series:
        """Give each row what a function says of its period."""
        return self.spread([give(each) for each in self.periods])

    def last_segment(self, window: Window | None) -> Found:
        """Find the last segment of each person in a window."""
        days = [self.windows.days(window, each) for each in self.periods]
        return self._last([(each.start, each.end) for each in days])

    def last_of_period(self) -> Found:
        """Find the last segment of each person in the period itself."""
        return self._last([(each.start, each.end) for each in self.periods])

    def _last(self, days: Sequence[tuple[date, date]]) -> Found:
        if self.roster.static:
            return Found(self.holder, all_of(self.rows))
        start = self.spread([start.toordinal() for start, _ in days])
        end = self.spread([end.toordinal() for _, end in days])
        return self.roster.last(self.holder, start, end)
