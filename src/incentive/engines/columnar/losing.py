"""Rows that are lost again, on columns: whom they touch.

A clawback takes something from people who were credited for rows that are lost, and their later lines never see those
rows again: the reference engine computes that. For everybody else it does nothing.
"""

from __future__ import annotations

import polars as pl

from incentive.columns import marked, marks, union
from incentive.engines.columnar.lines import Lines
from incentive.engines.columnar.rows import RowValues, day_of
from incentive.engines.reference import Compiled
from incentive.tree import Clawback


def touched(compiled: Compiled, figures: Lines, component: str) -> pl.Series:
    """Tell of each person on the roster whether a row that is lost may belong to their line of a component.

    Raises:
        NotLoweredError: Columns cannot tell.
    """
    settling, plan = compiled.settling, compiled.plan
    found = marks(None, len(figures.roster.segments.keys))
    assert settling is not None
    tables = {each.name: each.table for each in plan.measures}
    nodes = settling.books.read(component)
    for step in settling.settlement.steps:
        if not isinstance(step, Clawback) or step.component != component:
            continue
        read = [each for each in nodes if tables[each.name] == step.table]
        lost = _lost(step, figures)
        if not read or not lost.any():
            continue
        if any(each.type.grain.who not in {"", "participant"} for each in read):
            return ~marks(None, len(found))
        for name in {each.name for each in read}:
            credited = figures.measure_totals(name).credited
            if credited.measure.credit is None:
                return ~marks(None, len(found))
            for credit in credited.credits:
                person = credit.person.filter(lost if credit.row is None else lost.gather(credit.row))
                found = marked(found, person.unique())
    return found


def _lost(step: Clawback, figures: Lines) -> pl.Series:
    """The rows that a clawback takes back on some day, and those of which columns cannot tell."""
    table = figures.facts.tables[step.table]
    if not table.rows:
        return marks(None, 0)
    values = RowValues(figures.plan, figures.facts, figures.roster, step.table, figures.widths, as_of=figures.as_of)
    on = values.lowering()(step.on)
    days, gone = day_of(on)
    values.day, values.dated = days, None if gone is None else ~gone
    when = values.lowering().truth(step.when)
    unsure = union(on.doubt, when.doubt)
    rows = when.holds if unsure is None else when.holds | unsure
    if gone is not None:
        rows = rows & ~gone
    if figures.as_of is not None and table.recorded is not None:
        rows = rows & (table.recorded <= figures.as_of.toordinal())
    return rows
