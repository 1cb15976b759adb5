"""Rows that are lost again: when, and the figures of a plan without them.

A clawback looks at what a plan would have given without some rows, and later figures never see those rows again. So
there are several views of the same data, each without the rows that were lost before some day, and each as complete as
the first: its own lanes, its own memory of what was computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from attrs import evolve, frozen

from incentive.data import TableFacts
from incentive.engines.reference.context import Context
from incentive.engines.reference.crediting import Credited
from incentive.engines.reference.lanes import lane_of
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing
from incentive.quantities.moments import Moment
from incentive.tree import Clawback, Release

Cuts = tuple[int, ...]
"""For each clawback of a settlement the day, as an ordinal, before which what is lost is out; 0 where nothing is."""


@frozen
class Loss:
    """The row formulas of a clawback, compiled."""

    table: str
    on: Evaluate
    when: Evaluate


def losses(make: Maker) -> tuple[Loss, ...]:
    """Compile the row formulas of the clawbacks of a plan."""
    steps = () if make.plan.settlement is None else make.plan.settlement.steps
    found: list[Loss] = []
    for step in steps:
        if isinstance(step, Clawback):
            make.table = step.table
            found.append(Loss(step.table, make(step.on), make(step.when)))
    make.table = ""
    return tuple(found)


def due_days(make: Maker, step: Release) -> tuple[Evaluate, ...]:
    """Compile the dates of a release."""
    make.table = step.table
    made = make.all(each.on for each in step.shares)
    make.table = ""
    return made


def day_of(value: Any) -> int:  # noqa: ANN401 - of a row formula
    """The day of a date or a time stamp as an ordinal; 0 where it is missing."""
    if isinstance(value, Missing):
        return 0
    day: date = value.day if type(value) is Moment else value
    return day.toordinal()


def lost_rows(loss: Loss, table: TableFacts, context: Context, known: Callable[[int], bool]) -> list[tuple[int, int]]:
    """The day and the number of each row that is lost, by day. A condition that is missing does not hold."""
    context.columns = table.columns
    found: list[tuple[int, int]] = []
    for row in range(table.rows):
        context.row, context.day = row, None
        day = day_of(loss.on(context))
        if day and known(row):
            context.day = date.fromordinal(day)
            if loss.when(context) is True:
                found.append((day, row))
    return sorted(found)


def without(credited: Credited, rows: frozenset[int]) -> Credited:
    """A measure without some rows of its table."""
    lanes = {
        person: lane_of((each for each in lane.entries if each[1] not in rows), credited.weighed)
        if any(row in rows for _, row, _ in lane.entries)
        else lane
        for person, lane in credited.lanes.items()
    }
    credits_ = [() if row in rows else shares for row, shares in enumerate(credited.credits)]
    return evolve(credited, credits=credits_, lanes=lanes, everybody=None)


def excluded(lost: Mapping[int, tuple[str, list[tuple[int, int]]]], cuts: Cuts) -> dict[str, frozenset[int]]:
    """The rows of each table that are lost before the days of cuts."""
    found: dict[str, set[int]] = {}
    for at, cut in enumerate(cuts):
        table, rows = lost[at]
        out = {row for day, row in rows if day < cut} if cut else set()
        if out:
            found.setdefault(table, set()).update(out)
    return {table: frozenset(rows) for table, rows in found.items()}
