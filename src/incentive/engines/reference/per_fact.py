"""Sums over facts: a formula computed for each row alone, then added.

What a measure gives for a period hides which deal gave it. Here the rows that are credited to a person are gone through
one by one; each computes the formula with its own parts of the measures, its own fields and the parameters of its day,
and everything else is what it is for the period. The terms are added exactly, so the order of rows changes nothing.

With an order that the author names, rows fill rate tables one after the other: each begins where the one before ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from attrs import define, evolve, field, frozen

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
from incentive.tree import Each, Expr, FactPart, FieldValue, LetValue, MeasureValue, Stacked, children

_OF_THE_ROW = frozenset({"P202", "P203", "P205", "P208", "P210"})
"""Reasons that say nothing of where they arose: computed for a row, they are about that row."""

Pays = Callable[[Context], Any]
"""From a place to what each row gives there, in order: its number, and the amount."""


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
        found = pays(context)
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
    plain: list[_Order] = []

    def run(context: Context) -> Any:  # noqa: ANN401
        windows = [(measure, days(context.period)) for measure, days in readers]
        counted = _counted(context, windows)
        if isinstance(counted, Missing):
            return counted
        if node.order and not plain:
            plain.append(_order(node, make))
        order = plain[0] if plain else None
        if order is not None:
            counted = order.sorted(context, counted)
            if isinstance(counted, Missing):
                return counted
        shown = _shown(context, windows) if tracing else {}
        found: list[tuple[int, Any]] = []
        stack = _Stack(dict.fromkeys(names, 0))
        for one in counted:
            here = _at(context, node.table, one)
            here.fact = Fact({name: one.parts.get(name, 0) for name in names})
            if order is not None:
                stack.lay(here, order)
            if tracing:
                context.trace.enter()  # type: ignore[union-attr]  # a tracing program runs with a trace
            amount = value(here)
            if type(amount) is Missing:
                amount = _placed(amount, context.source.place(node.table, one.at.row))
            if tracing:
                trace = context.trace
                assert trace is not None
                trace.frame.rows = (shown.get((one.at.line, here.day)) or shown[one.at.line, None],)
                trace.leave("Fact", one.at.key, node.value.span, node.type.unit, amount)
            found.append((one.at.row, amount))
        return found

    return run


def _at(context: Context, table: str, one: _Counted) -> Context:
    """The same computation with a row in hand."""
    here = context.moved(context.holder, context.period)  # type: ignore[arg-type]  # of a period
    here.columns = context.source.referred(table)
    here.row, here.day = one.at.row, date.fromordinal(one.at.day)
    return here


def fact_part(node: FactPart, make: Maker) -> Evaluate:  # noqa: ARG001 - all builders are called alike
    """What the row in hand credited, or all up to and with it."""
    name, through = node.name, node.through

    def run(context: Context) -> Any:  # noqa: ANN401
        fact = context.fact
        assert fact is not None
        return fact.through[name] if through else fact.parts[name]

    return run


# ---- rows in an order ------------------------------------------------------------------------------------------------
@frozen
class _Order:
    """How rows are put in order, and the figures that are stacked, inner ones first."""

    table: str
    fields: tuple[tuple[FieldValue, Evaluate], ...]
    stacked: tuple[tuple[int, Evaluate, Missing], ...]
    too_long: Missing

    def sorted(self, context: Context, counted: list[_Counted]) -> list[_Counted] | Missing:
        """The rows in their order; missing where one does not say its place."""
        places: list[tuple[list[Any], _Counted]] = []
        gone: list[Missing] = []
        for one in counted:
            here = _at(context, self.table, one)
            values = [_rank(field, read(here)) for field, read in self.fields]
            if any(type(value) is Missing for value in values):
                gone.append(_placed(merged(values), context.source.place(self.table, one.at.row)))
            places.append((values, one))
        if gone:
            return _first_of_each(gone)
        return [one for _, one in sorted(places, key=lambda each: (each[0], each[1].at.day))]


def _rank(field: FieldValue, value: Any) -> Any:  # noqa: ANN401
    """What a value is sorted by: words in the order in which they are declared."""
    if field.type.unit.kind == "choice" and type(value) is not Missing:
        return field.type.unit.choices.index(value)
    return value


def _order(node: Each, make: Maker) -> _Order:
    """Compile the order of rows, without trace: an explanation shows what it led to."""
    program = make.program if make.program.plain is None else make.program.plain
    beside = Maker(make.plan, make.windows, make.builders, program, tracing=False)
    stacked = tuple((id(each), beside(each.value), missing("P203", each.span)) for each in _stacked(node.value, make))
    return _Order(node.table, tuple((each, beside(each)) for each in node.order), stacked, missing("P203", node.span))


def _stacked(value: Expr, make: Maker) -> list[Stacked]:
    """The stacked figures in a formula and in its definitions of a row, each below those that read it."""
    definitions = {each.name: each.value for each in make.plan.definitions}
    found: dict[int, Stacked] = {}
    seen: set[str] = set()
    todo: list[tuple[Expr, bool]] = [(value, False)]
    while todo:
        node, done = todo.pop()
        if done:
            assert isinstance(node, Stacked)
            found.setdefault(id(node), node)
            continue
        if isinstance(node, Stacked):
            todo.append((node, True))
        if isinstance(node, LetValue) and node.type.grain.row and node.name not in seen:
            seen.add(node.name)
            todo.append((definitions[node.name], False))
        todo += [(each, False) for each in reversed(children(node))]
    return list(found.values())


@define
class _Stack:
    """How far the rows laid so far reach."""

    through: dict[str, Number | Missing]
    ends: dict[int, Number | Missing] = field(factory=dict)

    def lay(self, here: Context, order: _Order) -> None:
        """Lay a row on those before it."""
        fact = here.fact
        assert fact is not None
        for name, part in fact.parts.items():
            self.through[name] = _plus(self.through[name], part, order.too_long)
        fact.through = dict(self.through)
        for key, figure, too_long in order.stacked:
            begin = fact.begins[key] = self.ends.get(key, 0)
            x = figure(here)
            if type(x) is Missing:
                x = _placed(x, here.source.place(order.table, here.row))
            self.ends[key] = _plus(begin, x, too_long)


def _plus(one: Number | Missing, other: Number | Missing, too_long: Missing) -> Number | Missing:
    if isinstance(one, Missing) or isinstance(other, Missing):
        return merged((one, other))
    return settled(one + other, too_long)


def stacked(node: Stacked, make: Maker) -> Evaluate:
    """The figure of the row in hand; the table above it asks where it begins."""
    inner, key, tracing = make(node.value), id(node), make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        if tracing:
            trace = context.trace
            assert trace is not None
            trace.enter()
            trace.leave("Begins", "", node.span, node.type.unit, begins(context, key))
        return value

    return run


def begins(context: Context, key: int) -> Number | Missing:
    """Where a stacked figure of the row in hand begins."""
    assert context.fact is not None
    return context.fact.begins[key]


# ---- rows ------------------------------------------------------------------------------------------------------------
def _counted(context: Context, windows: Iterable[tuple[MeasureValue, Days]]) -> list[_Counted] | Missing:
    """The rows that count in one of the measures, once a day: one that counts again does so on another day."""
    found: dict[tuple[int, int], _Counted] = {}
    gone: list[Missing] = []
    for measure, days in windows:
        parts = context.source.parts(context, measure, days)
        if isinstance(parts, Missing):
            gone.append(parts)
            continue
        for part in parts:
            found.setdefault((part.row, part.day), _Counted(part)).parts[measure.name] = part.amount
    return merged(gone) if gone else sorted(found.values(), key=lambda one: one.order)


def _shown(context: Context, windows: Iterable[tuple[MeasureValue, Days]]) -> dict[tuple[int, date | None], RowUsed]:
    """What is shown of each row, by its line and the day it counts again: as the first measure that has it shows it."""
    found: dict[tuple[int, date | None], RowUsed] = {}
    for measure, days in windows:
        behind = context.source.rows(context, measure, days)
        for row in () if behind is None else named_rows(behind[0]):
            found.setdefault((row.line, row.day), row)
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
