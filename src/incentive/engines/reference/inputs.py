"""The figure of an input: whose values, of which of its own periods, and which part of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from incentive.engines.reference.context import Context, Days, InputPart
from incentive.engines.reference.lanes import MOST_DENOMINATORS
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.presence import DayCounter
from incentive.engines.reference.prorated import held_on, prorated_part
from incentive.engines.reference.values import Evaluate, Missing, Result, exact_sum, merged, missing, settled, whole
from incentive.engines.reference.windows import Windows
from incentive.quantities import Number, Period, PeriodKind
from incentive.tree import Input, InputValue, Unit

_RATIO = Unit("ratio")
_KINDS: dict[PeriodKind, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
Parts = Callable[[Context, Days, str], list[InputPart]]


def input_figure(node: InputValue, make: Maker) -> Evaluate:
    """Compile the figure of an input."""
    spec = make.inputs[node.name]
    days, tracing, who = make.windows.reader(node.type.grain.when), make.tracing, node.type.grain.who
    cells = _means(node, spec, make) if spec.prorated else _cells(node, spec, make.windows)
    limits = missing("P203", node.span), missing("P204", node.span, name=spec.label or spec.name)
    own_only = who in {"", "participant"} and spec.per == "participant"
    names, mine = _own_names(spec, make.windows), object()

    def own(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        name = names(covered)
        holder = context.holder
        value = context.source.cell(spec, holder, name)
        if value is None:
            if context.source.held(spec, holder) is not None:
                return run(context)
            value = missing_input(node, spec, holder, name)
        trace = context.trace
        if trace is not None:
            row = context.source.cell_row(spec, holder, name)
            trace.enter()
            if row is not None:
                trace.frame.rows = (row,)
            trace.leave("Cell", node.name, node.span, node.type.unit, value, "", holder, name)
        return value

    def of_group(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        kept = context.source.common(context, who, covered)
        if kept is None:
            return run(context)
        by_days = not spec.prorated and context.source.held(spec, "") is not None
        key = (mine, _day(covered, context)) if by_days else mine
        if key not in kept:
            value = run(context)
            kept[key] = value, tuple(context.trace.frame.children) if context.trace is not None else ()
            return value
        value, shown = kept[key]
        if context.trace is not None:
            context.trace.put(shown)
        return value

    def run(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        holders = context.source.holders(context, node, spec, covered)
        if isinstance(holders, Missing):
            return holders
        figures = []
        for holder in holders:
            parts = cells(context, covered, holder)
            of_parts = [_figure(part, limits[0]) for part in parts]
            value = _added(of_parts, spec.missing_part, limits)
            if tracing:
                _show(context, node, parts, value, _stand_ins(of_parts, spec, value), apart=len(holders) != 1)
            figures.append(value)
        if len(figures) == 1:
            return figures[0]
        total = _added(figures, spec.missing_part, limits)
        if tracing:
            _show_constants(context, node, _stand_ins(figures, spec, total))
        return total

    if own_only:
        return own if node.by == "own" and not spec.prorated else run
    return of_group if spec.per == "participant" else run


def _day(days: Days, context: Context) -> date:
    """The day on which a value that holds on days is read: the last of the paid period, or of its own before that."""
    assert context.period is not None
    return min(days.last, context.period.last)


def missing_input(node: InputValue, spec: Input, holder: str, period: str) -> Missing:
    """Say that a value was not provided."""
    of = ", ".join(each for each in (holder, period) if each)
    return missing("P201", node.span, name=spec.label or spec.name, of=f" ({of})" if of else "")


def _figure(part: InputPart, too_long: Missing) -> Result:
    value = part.value
    if isinstance(value, int | Fraction) and part.share != 1:
        return settled(value * part.share, too_long)
    return value


def _added(values: list[Any], stand_in: Fraction | None, limits: tuple[Missing, Missing]) -> Any:  # noqa: ANN401
    """Add figures. A missing one makes the sum missing, unless it has a stand-in and another is there."""
    if len(values) == 1:
        return values[0]
    gone = sum(type(value) is Missing for value in values)
    if gone:
        if stand_in is None or gone == len(values):
            return merged(values)
        values = [whole(stand_in) if type(value) is Missing else value for value in values]
    if len({value.denominator for value in values}) > MOST_DENOMINATORS:
        return limits[1]
    return settled(exact_sum(values), limits[0])


def _own_names(spec: Input, windows: Windows) -> Callable[[Days], str]:
    kind = spec.period
    known: dict[date, str] = {}

    def name(days: Days) -> str:
        if kind is None:
            return ""
        found = known.get(days.last)
        if found is None:
            found = known[days.last] = windows.year.period_of(kind, days.last).name
        return found

    return name


def _cells(node: InputValue, spec: Input, windows: Windows) -> Parts:
    """Give the cells of one holder that make the figure."""
    own = _own_names(spec, windows)

    def read(context: Context, holder: str, period: str, last: date, share: Number = 1) -> InputPart:
        value = context.source.cell(spec, holder, period)
        held = context.source.held(spec, holder) if value is None else None
        if held is not None:
            return evolve(held_on(node, spec, holder, held, last), share=share)
        if value is None:
            value = missing_input(node, spec, holder, period)
        row = context.source.cell_row(spec, holder, period) if context.trace is not None else None
        return InputPart(holder, period, value, share, row)

    def one(context: Context, days: Days, holder: str) -> list[InputPart]:
        return [read(context, holder, own(days), _day(days, context))]

    def several(context: Context, days: Days, holder: str) -> list[InputPart]:
        assert spec.period is not None
        touching = windows.year.periods(spec.period, days.start, days.last)
        inside = [each for each in touching if each.last < days.end]
        return [read(context, holder, each.name, each.last) for each in inside]

    def phased(context: Context, days: Days, holder: str) -> list[InputPart]:
        assert spec.period is not None
        longer = windows.year.period_of(spec.period, days.last)
        kind = phase_kind(node, spec, windows)
        shorter = windows.year.parts(longer, kind)
        taken = Fraction(0)
        for at, each in enumerate(shorter):
            if days.start <= each.last < days.end:
                taken += spec.phases[at] if spec.phases else Fraction(1, len(shorter))
        return [read(context, holder, longer.name, _day(days, context), whole(taken))]

    return {"own": one, "sum": several, "phase": phased}[node.by]


def _means(node: InputValue, spec: Input, make: Maker) -> Parts:
    """Give the same of a prorated input: first its phase, then the mean over the days of the shorter period."""
    year, counter, kind = make.windows.year, DayCounter.of(make.plan), spec.period
    assert kind is not None

    def mean(context: Context, holder: str, name: str, days: Period, share: Number = 1) -> InputPart:
        return evolve(prorated_part(node, spec, counter, context.source, holder, name, days), share=share)

    def one(context: Context, days: Days, holder: str) -> list[InputPart]:
        own = year.period_of(kind, days.last)
        return [mean(context, holder, own.name, own)]

    def several(context: Context, days: Days, holder: str) -> list[InputPart]:
        touching = year.periods(kind, days.start, days.last)
        return [mean(context, holder, each.name, each) for each in touching if each.last < days.end]

    def phased(context: Context, days: Days, holder: str) -> list[InputPart]:
        longer = year.period_of(kind, days.last)
        shorter = year.parts(longer, phase_kind(node, spec, make.windows))
        return [
            mean(context, holder, longer.name, each, spec.phases[at] if spec.phases else Fraction(1, len(shorter)))
            for at, each in enumerate(shorter)
            if days.start <= each.last < days.end
        ]

    return {"own": one, "sum": several, "phase": phased}[node.by]


def phase_kind(node: InputValue, spec: Input, windows: Windows) -> PeriodKind:
    """The shorter period that a phase is for."""
    window = node.type.grain.when
    if spec.phases and spec.period in _KINDS:
        months = _KINDS[spec.period] // len(spec.phases)
        return next((kind for kind, length in _KINDS.items() if length == months), "month")
    if window is not None and window.kind != "plan" and window.shape != "to_date":
        return window.kind
    return windows.plan.period


def _stand_ins(values: list[Any], spec: Input, total: Any) -> list[Number]:  # noqa: ANN401
    """Give what stood in for the missing ones, if the sum has a value."""
    if spec.missing_part is None or type(total) is Missing:
        return []
    return [whole(spec.missing_part) for value in values if type(value) is Missing]


def _show_constants(context: Context, node: InputValue, values: list[Number]) -> None:
    trace = context.trace
    assert trace is not None
    for value in values:
        trace.enter()
        trace.leave("Constant", "", node.span, node.type.unit, value)


def _show(  # noqa: PLR0913 - what is recorded
    context: Context,
    node: InputValue,
    parts: list[InputPart],
    value: Any,  # noqa: ANN401
    stand_ins: list[Number],
    *,
    apart: bool,
) -> None:
    """Record the cells behind a figure, under their holder where there are several."""
    trace, unit = context.trace, node.type.unit
    assert trace is not None
    if apart:
        trace.enter()
    for part in parts:
        phased = part.share != 1
        if phased:
            trace.enter()
        trace.enter()
        if part.row is not None:
            trace.frame.rows = (part.row,)
        trace.frame.stretches = part.stretches
        kind = "Prorated" if part.stretches else "Cell"
        trace.leave(kind, node.name, node.span, unit, part.value, "", part.holder, part.period)
        if phased:
            trace.enter()
            trace.leave("Constant", "", node.span, _RATIO, part.share)
            trace.leave("Phase", node.name, node.span, unit, _figure(part, Missing()), "", part.holder, part.period)
    _show_constants(context, node, stand_ins)
    if apart:
        trace.leave("Member", node.name, node.span, unit, value, "", parts[0].holder if parts else "", "")
