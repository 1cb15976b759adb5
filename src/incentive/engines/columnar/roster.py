"""Who there is and when, as columns: a segment of the roster is found by one search for person and day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property

import polars as pl
from attrs import define, field, frozen

from incentive.columns import (
    NEVER,
    Instants,
    Mask,
    NotLoweredError,
    Num,
    Plain,
    Segments,
    Truth,
    Values,
    Widths,
    all_of,
    repeated,
    some,
    union,
)
from incentive.engines.columnar.lowering import Lowering
from incentive.engines.columnar.numbers import Numbers
from incentive.engines.reference import Missing
from incentive.quantities import Period
from incentive.tree import Expr, Membership, PersonValue, Plan

_SHIFT = 2**32
OUTCOMES = ("on_plan", "not_on_roster", "not_covered", "condition_missing")


@frozen(eq=False)
class Found:
    """Segments by their number, and the rows for which there is one."""

    at: pl.Series
    there: pl.Series


@define(eq=False, slots=False)
class Roster:
    """The people of a run; `judge` is the reference engine's word on a condition, for a person and a day."""

    plan: Plan
    segments: Segments
    widths: Widths
    judge: Callable[[str, str, date], bool | Missing]
    _truths: dict[str, Truth] = field(factory=dict)

    @cached_property
    def single(self) -> bool:
        """Whether everybody has exactly one segment."""
        return self.segments.rows == len(self.segments.keys)

    @cached_property
    def static(self) -> bool:
        """Whether everybody has one segment that always holds."""
        segments = self.segments
        return self.single and bool((segments.start <= 1).all()) and bool((segments.end >= NEVER).all())

    @cached_property
    def _order(self) -> pl.Series:
        return self.segments.person * _SHIFT + self.segments.start

    def on(self, person: pl.Series, day: pl.Series) -> Found:
        """Find the segment of each person on each day."""
        segments = self.segments
        if not segments.rows:
            return Found(person * 0, person < 0)
        if self.single:
            at = person.zip_with(person >= 0, pl.Series([0], dtype=pl.Int64))
            if self.static:
                return Found(at, person >= 0)
            there = (person >= 0) & (segments.start.gather(at) <= day) & (day < segments.end.gather(at))
            return Found(at, there)
        at = self._search(person, day)
        there = (segments.person.gather(at) == person) & (segments.start.gather(at) <= day)
        return Found(at, there & (day < segments.end.gather(at)))

    def last(self, person: pl.Series, start: pl.Series, end: pl.Series) -> Found:
        """Find the last segment that touches the days from start up to, and without, end."""
        segments = self.segments
        if not segments.rows:
            return Found(person * 0, person < 0)
        if self.single:
            at = person
            if self.static:
                return Found(at, all_of(len(person)))
            return Found(at, (segments.start.gather(at) < end) & (segments.end.gather(at) > start))
        at = self._search(person, end - 1)
        there = (segments.person.gather(at) == person) & (segments.start.gather(at) < end)
        return Found(at, there & (segments.end.gather(at) > start))

    def _search(self, person: pl.Series, day: pl.Series) -> pl.Series:
        wanted = person * _SHIFT + day.cast(pl.Int64)
        found = self._order.search_sorted(wanted, side="right")
        return found.cast(pl.Int64).zip_with(found > 0, pl.Series([1], dtype=pl.Int64)) - 1

    # ---- conditions of people ----------------------------------------------------------------------------------------
    def holds(self, group: str) -> Truth:
        """Tell of each segment whether the condition of a group holds, "" for the plan's own."""
        if group not in self._truths:
            self._truths[group] = self._judged(group)
        return self._truths[group]

    def _judged(self, group: str) -> Truth:
        rows = self.segments.rows
        condition = (
            self.plan.covers if not group else next(each.condition for each in self.plan.groups if each.name == group)
        )
        if condition is None:
            return Truth(all_of(rows))
        try:
            lowering = Lowering(
                Numbers(rows, self.widths),
                self._leaf,
                zone=self.plan.timezone,
                month_end=self.plan.month_end or "",
            )
            found = lowering.truth(condition)
        except NotLoweredError:
            return self._asked(group)
        return self._asked(group) if found.doubt is not None and found.doubt.any() else found

    def _asked(self, group: str) -> Truth:
        """Let the reference engine judge each segment, on its first day."""
        segments = self.segments
        starts = zip(segments.person.to_list(), segments.start.to_list(), strict=True)
        found = [self.judge(group, segments.keys[person], date.fromordinal(int(start))) for person, start in starts]
        gone = pl.Series([isinstance(each, Missing) for each in found], dtype=pl.Boolean)
        return Truth(pl.Series([each is True for each in found], dtype=pl.Boolean), some(gone))

    def _leaf(self, node: Expr) -> Values:
        match node:
            case PersonValue():
                return self.field(node.name)
            case Membership():
                return self.holds(node.group)
            case _:
                raise NotLoweredError(f"{type(node).__name__} in the condition of a group")

    def field(self, name: str) -> Values:
        """Give a field of all segments."""
        found = self.segments.fields.get(name)
        if found is None:
            rows = self.segments.rows
            gone = all_of(rows)
            return Plain("word", pl.Series([""] * rows, dtype=pl.String), gone)
        return found

    @cached_property
    def teams(self) -> pl.Series:
        """Give the team of each segment by its number; -1 where there is none."""
        team = self.field("team")
        if not isinstance(team, Plain) or team.kind != "word":
            raise NotLoweredError("a team that is no word")
        return _or_none(team.values.cast(pl.Enum(self.team_names), strict=False).to_physical(), team.gone)

    team_names: Sequence[str] = ()

    @cached_property
    def managers(self) -> pl.Series:
        """Give the manager of each segment by their number; -1 where there is none."""
        manager = self.field("manager")
        if isinstance(manager, Plain) and manager.kind == "person":
            return _or_none(manager.values, manager.gone)
        if isinstance(manager, Plain) and manager.gone is not None and manager.gone.all():
            return manager.gone.cast(pl.Int64) * -1
        raise NotLoweredError("a manager that is no participant")

    # ---- who is on the plan ------------------------------------------------------------------------------------------
    def outcome(self, period: Period) -> pl.Series:
        """Say of each person by its number in OUTCOMES whether they are on the plan in a period."""
        first = max(period.start, self.plan.first_day).toordinal()
        end = min(period.end.toordinal(), self.plan.last_day.toordinal() + 1)
        segments, people = self.segments, len(self.segments.keys)
        if first >= end:
            return repeated(1, people, pl.Int8)
        truth = self.holds("")
        touches = (segments.start < end) & (first < segments.end)
        holds = touches & truth.holds
        fails = touches & ~truth.holds if truth.gone is None else touches & ~truth.holds & ~truth.gone
        if not self.single:
            counted = (
                pl.DataFrame({"person": segments.person, "t": touches, "h": holds, "f": fails})
                .group_by("person", maintain_order=True)
                .agg(pl.col("t").any(), pl.col("h").any(), (pl.col("f") | ~pl.col("t")).all())
            )
            touches, holds, fails = counted["t"], counted["h"], counted["f"]
        found = repeated(3, people, pl.Int8)
        for rows, outcome in ((fails, 2), (holds, 0), (~touches, 1)):
            found = repeated(outcome, people, pl.Int8).zip_with(rows, found)
        return found


def taken(values: Values, at: pl.Series, there: Mask) -> Values:
    """Give the values of rows by their number; missing where there is no row."""
    at = at.cast(pl.UInt32)  # as Polars numbers rows: once, and not for each column
    gone = None if values.gone is None else values.gone[at]
    if there is not None and not there.all():
        gone = union(gone, ~there)
    match values:
        case Num():
            top = values.top if isinstance(values.top, int) else values.top[at]
            bottom = None if values.bottom is None else values.bottom[at]
            return Num(top, values.scale, values.most, bottom, values.most_bottom, gone)
        case Truth():
            holds = values.holds[at]
            return Truth(holds if gone is None else holds & ~gone, gone)
        case Plain():
            return Plain(values.kind, values.values[at], gone)
        case Instants():
            return Instants(values.utc[at], values.day[at], gone)
        case _:
            raise NotLoweredError("rows of an enclosure")


def _or_none(values: pl.Series, gone: Mask) -> pl.Series:
    none = pl.Series([-1], dtype=pl.Int64)
    found = values.cast(pl.Int64).fill_null(-1)
    return found if gone is None else found.zip_with(~gone, none)
