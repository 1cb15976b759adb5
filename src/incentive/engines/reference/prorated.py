"""Values that hold on days, and the mean of a prorated input over the days of a period.

A quota of a joiner, of a leaver and one that changes in April are one rule: the value of each day on the plan, over all
days of the period. A value given for a period is its value on each of its days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from incentive.data import Held
from incentive.engines.reference.context import InputPart, Source
from incentive.engines.reference.presence import DayCounter, Piece, no_days
from incentive.engines.reference.values import Missing, missing, settled
from incentive.quantities import Number, Period
from incentive.results import RowUsed
from incentive.tree import Input, InputValue


def held_on(node: InputValue, spec: Input, holder: str, held: Sequence[Held], day: date) -> InputPart:
    """The value that holds on a day."""
    at = day.toordinal()
    found = next((each for each in held if each.first <= at < each.after), None)
    if found is None:
        return InputPart(holder, day.isoformat(), _gap(node, spec, holder, at, at + 1), 1)
    return InputPart(holder, day.isoformat(), found.cell.value, 1, _row(spec, holder, found))


def prorated_part(  # noqa: PLR0913, PLR0917 - whose value, from where, over which days
    node: InputValue, spec: Input, counter: DayCounter, source: Source, holder: str, name: str, period: Period
) -> InputPart:
    """The mean of an input over the days of a period, 0 on days off the plan; `name` is that of its own period."""
    first, after = period.start.toordinal(), period.end.toordinal()
    if not counter.count(first, after):
        return InputPart(holder, name, no_days(first, after), 1)
    low, high = counter.inside(first, after)
    found: list[Piece] = []
    for begins, ends in _present(spec, source, holder, low, high):
        pieces = _values(node, spec, counter, source, holder, name, begins, ends)
        if isinstance(pieces, Missing):
            return InputPart(holder, name, pieces, 1)
        found += pieces
    value, stretches = counter.mean(found, first, after)
    return InputPart(holder, name, settled(value, missing("P203", node.span)), 1, None, stretches)


def _present(spec: Input, source: Source, holder: str, low: int, high: int) -> list[tuple[int, int]]:
    """The days that count: of a participant those on the plan, of a team or the company all that the plan has."""
    if spec.per != "participant":
        return [(low, high)] if low < high else []
    found: list[tuple[int, int]] = []
    for each in source.on_plan(holder, low, high):
        if found and found[-1][1] == each.first:
            found[-1] = (found[-1][0], each.after)
        else:
            found.append((each.first, each.after))
    return found


def _values(  # noqa: PLR0913, PLR0917 - whose value, from where, over which days
    node: InputValue, spec: Input, counter: DayCounter, source: Source, holder: str, name: str, first: int, after: int
) -> list[Piece] | Missing:
    """The values on some days, or why one is missing; days that count nothing need none."""
    held = source.held(spec, holder)
    if held is None:
        value = source.cell(spec, holder, name)
        if value is None and counter.count(first, after):
            of = ", ".join(each for each in (holder, name) if each)
            return missing("P201", node.span, name=spec.label or spec.name, of=f" ({of})" if of else "")
        return [Piece(first, after, _number(value), source.cell_row(spec, holder, name))]
    found: list[Piece] = []
    at = first
    for each in held:
        begins, ends = max(each.first, first), min(each.after, after)
        if begins >= ends:
            continue
        if counter.count(at, begins):
            return _gap(node, spec, holder, at, begins)
        found.append(Piece(begins, ends, _number(each.cell.value), _row(spec, holder, each)))
        at = ends
    return _gap(node, spec, holder, at, after) if counter.count(at, after) else found


def _number(value: object) -> Number | None:
    return value if isinstance(value, int | Fraction) else None


def _row(spec: Input, holder: str, held: Held) -> RowUsed:
    cell = held.cell
    return RowUsed(spec.name, cell.file, cell.line, holder, 1, cell.value)


def _gap(node: InputValue, spec: Input, holder: str, first: int, after: int) -> Missing:
    """Say on which days there is no value."""
    days = [date.fromordinal(first).isoformat(), date.fromordinal(after - 1).isoformat()]
    of = f" ({holder})" if holder else ""
    return missing("P214", node.span, name=spec.label or spec.name, first=days[0], last=days[1], of=of)
