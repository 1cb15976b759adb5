"""Rows that columns cannot decide, answered by the reference engine.

A line that is pending, or that lies in doubt, or a component with a construct that is not lowered: the reference engine
computes exactly these lines from the same facts. It is started for the first row that asks, and not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import define, field

from incentive.columns import ColumnFacts
from incentive.engines.reference import Compiled, Context, Missing
from incentive.quantities import Number, Period

Answer = Number | Missing


@define
class Answers:
    """The reference engine on the facts of a run."""

    compiled: Compiled
    facts: ColumnFacts
    as_of: date | None
    asked: int = 0
    memo: dict[object, object] = field(factory=dict)

    def line(self, component: str, rows: Iterable[tuple[str, Period]]) -> Sequence[Answer]:
        """Compute the lines of a component for people and periods."""
        recorded = self.compiled.recorded(self.facts.rows_of(), self.as_of)
        compute = self.compiled.program.lines[component]
        found: list[Answer] = []
        for holder, period in rows:
            key = ("line", component, holder, period.start)
            if key not in self.memo:
                self.memo[key] = compute(Context(recorded, self.memo, holder, period))  # type: ignore[arg-type]
            found.append(self.memo[key])  # type: ignore[arg-type]  # what a line gives
        self.asked += len(found)
        return found

    def judge(self, group: str, holder: str, day: date) -> bool | Missing:
        """Tell whether the condition of a group ("" for the plan's own) holds for a person on a day."""
        return self.compiled.recorded(self.facts.rows_of(), self.as_of).roster.judge(group, holder, day)
