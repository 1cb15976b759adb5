"""What formulas begin with: constants, parameters, inputs, measures, fields, people, definitions and lines."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from fractions import Fraction
from typing import Any

from incentive.engines.reference.context import Context, Fact
from incentive.engines.reference.inputs import input_figure
from incentive.engines.reference.maker import Maker, once
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, merged, missing, settled, whole
from incentive.quantities.moments import Moment
from incentive.results import ParameterUsed
from incentive.tree import (
    Amended,
    Constant,
    DatedParameter,
    FieldValue,
    Increase,
    InputValue,
    LetValue,
    LineValue,
    MeasureValue,
    Membership,
    ParameterValue,
    People,
    PersonValue,
    Version,
)


def constant(node: Constant, make: Maker) -> Evaluate:  # noqa: ARG001 - all builders are called alike
    """A value written in the plan."""
    value = whole(node.value) if isinstance(node.value, Fraction) else node.value

    def run(context: Context) -> Any:  # noqa: ANN401, ARG001
        return value

    return run


def parameter_value(node: ParameterValue, make: Maker) -> Evaluate:
    """The value that holds on the day asked about."""
    spec = make.parameters[node.name]
    values = sorted(spec.values, key=lambda each: each.start or date.min)
    starts = [each.start or date.min for each in values]
    figures = [whole(each.value) for each in values]
    at_event, days = node.at == "event", make.windows.reader(node.type.grain.when)
    before, tracing = missing("P210", node.span, name=spec.label or spec.name), make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        day = context.day
        if context.period is not None and not at_event:
            day = days(context.period).last
        if day is None:
            return before
        at = bisect_right(starts, day) - 1
        if at < 0:
            return before
        if tracing:
            context.trace.frame.parameter = ParameterUsed(values[at].start, spec.source)  # type: ignore[union-attr]
        return figures[at]

    return run


def dated_parameter(node: DatedParameter, make: Maker) -> Evaluate:
    """The value that holds on a day that the plan names."""
    spec, on = make.parameters[node.name], make(node.on)
    values = sorted(spec.values, key=lambda each: each.start or date.min)
    starts = [each.start or date.min for each in values]
    figures = [whole(each.value) for each in values]
    before, tracing = missing("P210", node.span, name=spec.label or spec.name), make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        day = on(context)
        if type(day) is Missing:
            return day
        at = bisect_right(starts, day.day if isinstance(day, Moment) else day) - 1
        if at < 0:
            return before
        if tracing:
            context.trace.frame.parameter = ParameterUsed(values[at].start, spec.source)  # type: ignore[union-attr]
        return figures[at]

    return run


def input_value(node: InputValue, make: Maker) -> Evaluate:
    """The figure of an input."""
    return input_figure(node, make)


def measure_value(node: MeasureValue, make: Maker) -> Evaluate:
    """The figure of a measure."""
    days, tracing = make.windows.reader(node.type.grain.when), make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        covered = days(context.period)
        value = context.source.measure(context, node, covered)
        if tracing:
            frame = context.trace.frame  # type: ignore[union-attr]  # a tracing program runs with a trace
            if (covered.start, covered.end) != (context.period.start, context.period.end):  # type: ignore[union-attr]
                frame.covers = date.fromordinal(covered.first), date.fromordinal(covered.after - 1)
            rows = context.source.rows(context, node, covered)
            if rows is not None:
                frame.rows, frame.counted = rows
        return value

    return run


def field_value(node: FieldValue, make: Maker) -> Evaluate:
    """A field of the row in hand, perhaps through references."""
    first, *rest = node.path
    table = node.type.grain.row or make.table
    name = first.name
    shown = ".".join(hop.name for hop in node.path)
    gone = missing("P208", node.span, table=table, field=shown)
    if not rest:

        def run(context: Context) -> Any:  # noqa: ANN401
            value = context.columns[name][context.row]
            return gone if value is None else value

        return run

    hops: list[tuple[str, str, str]] = []
    here = table
    for previous, hop in zip(node.path, rest, strict=False):
        spec = make.fields.get((here, previous.name))
        here = spec.unit.table if spec is not None and hop.of == "reference" else ""
        hops.append((hop.of, here, hop.name))

    def follow(context: Context) -> Any:  # noqa: ANN401
        value = context.columns[name][context.row]
        for of, table_name, hop_name in hops:
            if value is None:
                return gone
            if of == "person":
                value = context.source.person_field(str(value), hop_name, context.day)
            else:
                assert isinstance(value, int)
                value = context.source.referred(table_name)[hop_name][value]
        return gone if value is None else value

    return follow


def person_value(node: PersonValue, make: Maker) -> Evaluate:  # noqa: ARG001 - all builders are called alike
    """A field of the participant."""
    name, at = node.name, node.at

    def run(context: Context) -> Any:  # noqa: ANN401
        return context.source.person(context, name, at)

    return run


def membership(node: Membership, make: Maker) -> Evaluate:  # noqa: ARG001 - all builders are called alike
    """Whether the participant is in a group."""
    group = node.group

    def run(context: Context) -> Any:  # noqa: ANN401
        return context.source.membership(context, group)

    return run


def people(node: People, make: Maker) -> Evaluate:
    """How many people there are."""
    grain, days = node.type.grain, make.windows.reader(node.type.grain.when)

    def run(context: Context) -> Any:  # noqa: ANN401
        return context.source.people(context, grain.who, days(context.period))

    return run


def let_value(node: LetValue, make: Maker) -> Evaluate:
    """A shared definition, computed once for a person and a period; of a fact, once for each."""
    name, definitions = node.name, make.program.definitions
    of_row, tracing, unit = bool(node.type.grain.row), make.tracing, node.type.unit

    def of_fact(context: Context, fact: Fact) -> Any:  # noqa: ANN401
        if tracing and name not in fact.told:  # it may be known, from where rows were put in order
            fact.told.add(name)
            fact.known[name] = definitions[name](context)
        elif tracing:
            _again(context, name, unit, fact.known[name])
        elif name not in fact.known:
            fact.known[name] = definitions[name](context)
        return fact.known[name]

    def run(context: Context) -> Any:  # noqa: ANN401
        if of_row and context.fact is not None:
            return of_fact(context, context.fact)
        if context.period is None:
            return definitions[name](context)
        key = ("let", name, context.holder, context.period.start)
        if tracing and key in context.memo:
            _again(context, name, unit, context.memo[key])
        return once(context, key, definitions[name])

    return run


def line_value(node: LineValue, make: Maker) -> Evaluate:
    """The lines of a component: one person's or a group's, of one period or of a window."""
    name, grain, windows, lines = node.component, node.type.grain, make.windows, make.program.lines
    too_long, tracing, unit = missing("P203", node.span), make.tracing, node.type.unit

    def run(context: Context) -> Any:  # noqa: ANN401
        here = context.period
        assert here is not None
        covered = windows.days(grain.when, here)
        periods = (here,) if grain.when is None or (covered.end == here.end and covered.start >= here.start) else None
        values: list[Any] = []
        for period in periods or windows.paid_in(covered):
            holders = context.source.line_holders(context, node, covered, period)
            if isinstance(holders, Missing):
                return holders
            values += [_line(context.moved(holder, period)) for holder in holders]
        if Missing in map(type, values):
            return merged(values)
        return settled(exact_sum(values), too_long)

    def _line(context: Context) -> Any:  # noqa: ANN401
        assert context.period is not None
        key = ("line", name, context.holder, context.period.start)
        if not tracing:
            return once(context, key, lines[name])
        trace = context.trace
        assert trace is not None
        trace.enter()
        if key in context.memo:
            _again(context, name, unit, context.memo[key])
        value = once(context, key, lines[name])
        trace.leave("Line", name, node.span, unit, value, "", context.holder, context.period.name)
        return value

    return run


def increase(node: Increase, make: Maker) -> Evaluate:
    """A figure up to this period less the same up to the one before."""
    inner, over, before = make(node.value), node.over, make.windows.before
    too_long = missing("P203", node.span)
    known: dict[date, Any] = {}

    def run(context: Context) -> Any:  # noqa: ANN401
        period = context.period
        assert period is not None
        now = inner(context)
        if period.start not in known:
            known[period.start] = before(over, period)
        earlier = known[period.start]
        if earlier is None:
            return now
        then = inner(context.moved(context.holder, earlier))
        if type(now) is Missing or type(then) is Missing:
            return merged((now, then))
        return settled(now - then, too_long)

    return run


def amended(node: Amended, make: Maker) -> Evaluate:
    """The version that rules in the period in hand; nothing where none does."""
    made = [(each, None if each.value is None else make(each.value)) for each in node.versions]
    known: dict[date, tuple[Version, Evaluate | None]] = {}
    tracing = make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        assert context.period is not None
        start = context.period.start
        if start not in known:
            known[start] = next(each for each in reversed(made) if each[0].since is None or each[0].since <= start)
        version, formula = known[start]
        if tracing:
            frame = context.trace.frame  # type: ignore[union-attr]  # a tracing program runs with a trace
            frame.place, frame.word = version.span, "" if version.since is None else version.since.isoformat()
        return 0 if formula is None else formula(context)

    return run


def _again(context: Context, name: str, unit: Any, value: Any) -> None:  # noqa: ANN401
    """Show a figure by reference to where it is shown in full."""
    assert context.trace is not None
    assert context.period is not None
    context.trace.enter()
    context.trace.leave("Again", name, None, unit, value, "", context.holder, context.period.name)
