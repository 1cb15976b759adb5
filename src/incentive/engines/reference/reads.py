"""What a run reads of each measure: whose rows, over which days.

This is a property of the plan, the people and the periods, not of which branch a formula happened to take: a deal under
a gate that was missed was read.
"""

from __future__ import annotations

from bisect import bisect_right

from attrs import define, field

from incentive.engines.reference.context import Days
from incentive.engines.reference.windows import Windows
from incentive.quantities import Period
from incentive.tree import (
    Amended,
    Expr,
    Increase,
    LetValue,
    LineValue,
    MeasureValue,
    Plan,
    Ranking,
    Shared,
    children,
    remembers,
    ruling,
    settlement_expressions,
)

Read = tuple[str, str, Days, bool]
"""A measure, whose figure of it, the days, and whether it is read for everybody rather than who was asked for."""


@define
class Reads:
    """Find what components read, in a period."""

    plan: Plan
    windows: Windows
    _lets: dict[str, Expr] = field(factory=dict)
    _lines: dict[str, Expr] = field(factory=dict)
    _seen: set[tuple[str, Period, bool]] = field(factory=set)
    _found: dict[tuple[Period, Read], None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self._lets = {each.name: each.value for each in self.plan.definitions}
        self._lines = {each.name: each.line for each in self.plan.components}

    def of(self, periods: tuple[Period, ...]) -> list[tuple[Period, Read]]:
        """Give all that is read, with the period it is read for, in order of first use."""
        todo: list[tuple[Expr, Period, bool]] = [
            (each.line, period, False) for period in reversed(periods) for each in reversed(self.plan.components)
        ]
        todo += self._settled(periods)
        while todo:
            node, period, everybody = todo.pop()
            match node:
                case MeasureValue():
                    days = self.windows.days(node.type.grain.when, period)
                    self._found[period, (node.name, node.type.grain.who, days, everybody)] = None
                case LetValue():
                    if self._first("let " + node.name, period, everybody=everybody):
                        todo.append((self._lets[node.name], period, everybody))
                case LineValue():
                    others = everybody or node.type.grain.who not in {"", "participant"}
                    days = self.windows.days(node.type.grain.when, period)
                    todo += [
                        (self._lines[node.component], each, others)
                        for each in {period: None} | dict.fromkeys(self.windows.paid_in(days))
                        if self._first(node.component, each, everybody=others)
                    ]
                case Amended():
                    ruled = ruling(node, period.start)
                    todo += [] if ruled is None else [(ruled, period, everybody)]
                case Increase():
                    todo.append((node.value, period, everybody))
                    before = self.windows.before(node.over, period)
                    if before is not None:
                        todo.append((node.value, before, everybody))
                case Ranking():
                    todo += [(each.value, period, everybody) for each in node.prizes]
                    todo += [(each, period, True) for each in (node.subject, node.where) if each is not None]
                case Shared():
                    todo.append((node.pool, period, everybody))
                    todo += [(each, period, True) for each in (node.by, node.where) if each is not None]
                case _:
                    todo += [(child, period, everybody) for child in reversed(children(node))]
        return list(self._found)

    def _settled(self, periods: tuple[Period, ...]) -> list[tuple[Expr, Period, bool]]:
        """What a settlement reads: with a memory, also in the periods before."""
        settlement = self.plan.settlement
        if settlement is None or not periods:
            return []
        before = self.windows.year.periods(self.plan.period, self.plan.first_day, periods[-1].last)
        wanted = before if remembers(settlement, self.plan.period) else periods
        formulas = (*(each.line for each in self.plan.components), *settlement_expressions(settlement))
        return [(each, period, False) for period in wanted for each in formulas]

    def _first(self, name: str, period: Period, *, everybody: bool) -> bool:
        key = (name, period, everybody)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


@define
class Stretches:
    """Days, as stretches that are put together once all are known."""

    _raw: set[tuple[int, int]] = field(factory=set)
    _starts: list[int] | None = None
    _ends: list[int] = field(factory=list)

    def add(self, first: int, after: int) -> None:
        """Add the days from one up to, and without, another."""
        if first < after:
            self._raw.add((first, after))
            self._starts = None

    def __contains__(self, day: int) -> bool:
        if self._starts is None:
            self._merge()
        assert self._starts is not None
        at = bisect_right(self._starts, day) - 1
        return at >= 0 and day < self._ends[at]

    def _merge(self) -> None:
        starts: list[int] = []
        ends: list[int] = []
        for first, after in sorted(self._raw):
            if starts and first <= ends[-1]:
                ends[-1] = max(ends[-1], after)
            else:
                starts.append(first)
                ends.append(after)
        self._starts, self._ends = starts, ends
