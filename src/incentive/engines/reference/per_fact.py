"""Sums over facts: a formula computed for each row alone, then added.

What a measure gives for a period hides which deal gave it. Here the rows that are credited to a person are gone through
one by one; each computes the formula with its own parts of the measures, its own fields and the parameters of its day,
and everything else is what it is for the period. The terms are added exactly, so the order of rows changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import define, evolve, field

from incentive.diagnostics import DataPlace
from incentive.engines.reference.context import Context, Days, Fact, Part
from incentive.engines.reference.lanes import MOST_DENOMINATORS
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import (
    MOST_REASONS,
    Evaluate,
    Missing,
    Reason,
    exact_sum,
    merged,
    missing,
    settled,
)
from incentive.quantities import Number
from incentive.results import RowUsed, named_rows
from incentive.tree import Each, FactPart, MeasureValue

_OF_THE_ROW = frozenset({"P202", "P203", "P205", "P208", "P210"})
"""Reasons that say nothing of where they arose: computed for a row, they are about that row."""

Pays = Callable[[Context, Days | None], Any]
"""From a place, and perhaps other days than the formula's own, to what each row gives: its number, and the amount."""


@define
class _Counted:
    """A row that counts, and its parts of the measures."""

    at: Part
    parts: dict[str, Number | Missing] = field(factory=dict)

    @property
    def order(self) -> tuple[int, str, int]:
        """By day, then by what a reader knows it by."""
        return self.at.day, self.at.key, self.at.line


def each(node: Each, make: Maker) -> Evaluate:
    """The sum of what each row gives."""
    pays, too_long = pays_of(node, make), missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        found = pays(context, None)
        if isinstance(found, Missing):
            return found
        amounts = [amount for _, amount in found]
        if any(type(amount) is Missing for amount in amounts):
            return _first_of_each(amounts)
        if len({amount.denominator for amount in amounts}) > MOST_DENOMINATORS:
            return missing("P204", node.span, name=node.measures[0].name)
        return settled(exact_sum(amounts), too_long)

    return run


def pays_of(node: Each, make: Maker) -> Pays:
    """Compile what each row gives."""
    value, tracing = make(node.value), make.tracing
    readers = [(measure, make.windows.reader(measure.type.grain.when)) for measure in node.measures]
    names = [measure.name for measure in node.measures]

    def run(context: Context, days: Days | None) -> Any:  # noqa: ANN401
        windows = [(measure, days or own(context.period)) for measure, own in readers]
        counted = _counted(context, windows)
        if isinstance(counted, Missing):
            return counted
        shown = _shown(context, windows) if tracing else {}
        found: list[tuple[int, Any]] = []
        for one in counted:
            here = context.moved(context.holder, context.period)  # type: ignore[arg-type]  # of a period
            here.columns = context.source.referred(node.table)
            here.row, here.day = one.at.row, date.fromordinal(one.at.day)
            here.fact = Fact({name: one.parts.get(name, 0) for name in names})
            if tracing:
                context.trace.enter()  # type: ignore[union-attr]  # a tracing program runs with a trace
            amount = value(here)
            if type(amount) is Missing:
                amount = _placed(amount, context.source.place(node.table, one.at.row))
            if tracing:
                trace = context.trace
                assert trace is not None
                trace.frame.rows = (shown[one.at.line],)
                trace.leave("Fact", one.at.key, node.value.span, node.type.unit, amount)
            found.append((one.at.row, amount))
        return found

    return run


def fact_part(node: FactPart, make: Maker) -> Evaluate:  # noqa: ARG001 - all builders are called alike
    """What the row in hand credited."""
    name = node.name

    def run(context: Context) -> Any:  # noqa: ANN401
        return context.fact.parts[name]  # type: ignore[union-attr]  # below a sum over facts

    return run


def _counted(context: Context, windows: Iterable[tuple[MeasureValue, Days]]) -> list[_Counted] | Missing:
    """The rows that count in one of the measures, each once."""
    found: dict[int, _Counted] = {}
    gone: list[Missing] = []
    for measure, days in windows:
        parts = context.source.parts(context, measure, days)
        if isinstance(parts, Missing):
            gone.append(parts)
            continue
        for part in parts:
            found.setdefault(part.row, _Counted(part)).parts[measure.name] = part.amount
    return merged(gone) if gone else sorted(found.values(), key=lambda one: one.order)


def _shown(context: Context, windows: Iterable[tuple[MeasureValue, Days]]) -> dict[int, RowUsed]:
    """What is shown of each row, by its line: as the first measure in which it counts shows it."""
    found: dict[int, RowUsed] = {}
    for measure, days in windows:
        behind = context.source.rows(context, measure, days)
        for row in () if behind is None else named_rows(behind[0]):
            found.setdefault(row.line, row)
    return found


def _placed(gone: Missing, place: DataPlace) -> Missing:
    reasons = (
        evolve(each, place=place) if each.place is None and each.code in _OF_THE_ROW else each for each in gone.reasons
    )
    return Missing(tuple(reasons))


def _first_of_each(amounts: Iterable[Any]) -> Missing:
    """The reasons, each with the first row that it is about."""
    found: dict[object, Reason] = {}
    for amount in amounts:
        for reason in amount.reasons if isinstance(amount, Missing) else ():
            found.setdefault((reason.code, reason.values, reason.span), reason)
    return Missing(tuple(found.values())[:MOST_REASONS])
