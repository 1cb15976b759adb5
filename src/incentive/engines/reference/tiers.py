"""Rate tables, read four ways, weighted wholes, and ratings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from incentive.diagnostics import Span
from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.per_fact import begins
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, plus, settled, times, whole
from incentive.quantities import Number, bounds_rise, curve_through, every_reached, on_curve, slice_parts
from incentive.results import Slice
from incentive.tree import Constant, Scorecard, Stacked, Tiers, Unit, Weighted

_RATIO = Unit("ratio")


def tiers(node: Tiers, make: Maker) -> Evaluate:
    """A rate table. Bounds are all computed and must rise; values only where they count."""
    subject = make(node.subject)
    bounds = make.all(row.bound for row in node.rows)
    rates = make.all(row.value for row in node.rows)
    owns = tuple(row.owns for row in node.rows)
    curve, by_slice = node.how == "curve", node.how == "slice"
    last_only, applied, tracing = node.how == "level", node.applied, make.tracing
    too_long = missing("P203", node.span)
    falling = missing("P205", node.span, name=node.name)
    fixed = all(isinstance(row.bound, Constant) for row in node.rows)
    stack = id(node.subject) if isinstance(node.subject, Stacked) else None

    if stack is None and curve and not tracing and fixed and all(isinstance(row.value, Constant) for row in node.rows):
        return _drawn(node, subject, too_long)

    def run(context: Context) -> Any:  # noqa: ANN401
        total: Any
        x = subject(context)
        starts = [bound(context) for bound in bounds]
        begin: Any = 0 if stack is None else begins(context, stack)
        if type(x) is Missing or type(begin) is Missing or Missing in map(type, starts):
            return merged((x, begin, *starts))
        edges = list(zip(starts, owns, strict=True))
        if not fixed and not bounds_rise(edges):
            return falling
        parts = _parts(x, edges) if stack is None else _stacked_parts(x, begin, edges)
        values: list[Any] = [
            rate(context) if part is not None else None for part, rate in zip(parts, rates, strict=True)
        ]
        if Missing in map(type, values):
            return merged(values)
        if curve:
            value = _read(begin + x, starts, values)
            total = settled(x * value if applied else value, too_long)
            amounts: list[Any] = [0] * len(parts)
            if type(total) is not Missing:
                amounts[max((at for at, start in enumerate(starts) if start <= begin + x), default=0)] = total
        else:
            amounts = [0 if part is None else times(part, rate) for part, rate in zip(parts, values, strict=True)]
            total = 0
            for amount in amounts:
                if amount:
                    total = settled(plus(total, amount), too_long)
                    if total is too_long:
                        break
        if tracing:
            context.trace.frame.slices = tuple(  # type: ignore[union-attr]  # a tracing program runs with a trace
                Slice(bound, 0 if part is None else part, rate, amount, part is not None)
                for bound, part, rate, amount in zip(starts, parts, values, amounts, strict=True)
            )
        return total

    def _parts(x: Number, edges: list[tuple[Number, bool]]) -> Sequence[Number | None]:
        """How much of the subject each row's value multiplies; None where the row does not count."""
        if by_slice:
            return [part or None for part in slice_parts(x, edges)]
        if curve:
            needed = _neighbours(x, [bound for bound, _ in edges])
            return [(x if applied else 1) if at in needed else None for at in range(len(edges))]
        rows = every_reached(x, edges)
        rows = rows[-1:] if last_only else rows
        return [(x if applied else 1) if at in rows else None for at in range(len(edges))]

    def _stacked_parts(x: Number, begin: Number, edges: list[tuple[Number, bool]]) -> Sequence[Number | None]:
        """The same of a figure that begins where another ended: the row reached is that of its end."""
        if by_slice:
            before, after = slice_parts(begin, edges), slice_parts(begin + x, edges)
            return [high - low or None for low, high in zip(before, after, strict=True)]
        return [None if part is None else x if applied else 1 for part in _parts(begin + x, edges)]

    return run


def _drawn(node: Tiers, subject: Evaluate, too_long: Missing) -> Evaluate:
    """A curve through points that the plan itself gives: drawn once."""
    points: list[Any] = [(row.bound.value, row.value.value) for row in node.rows]  # type: ignore[union-attr]  # constants
    curve, applied = curve_through(points), node.applied

    def run(context: Context) -> Any:  # noqa: ANN401
        x = subject(context)
        if type(x) is Missing:
            return x
        value = curve(x)
        return settled(x * value if applied else value, too_long)

    return run


def _neighbours(x: Number, starts: list[Number]) -> tuple[int, ...]:
    """The points that a curve is read between."""
    if not starts or x < starts[0]:
        return ()
    for at, (_, right) in enumerate(pairwise(starts)):
        if x < right:
            return (at, at + 1)
    return (len(starts) - 1,)


def _read(x: Number, starts: list[Number], values: list[Any]) -> Number:
    points = [(start, value) for start, value in zip(starts, values, strict=True) if value is not None]
    return whole(on_curve(x, points)) if points else 0


def weighted(node: Weighted, make: Maker) -> Evaluate:
    """A base times the weighted sum of its parts."""
    base = make(node.base)
    parts = tuple((whole(part.weight), make(part.value), part) for part in node.parts)
    too_long, tracing = missing("P203", node.span), make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        whole_of = base(context)
        values: list[Any] = []
        for weight, inner, part in parts:
            trace = context.trace if tracing else None
            if trace is not None:
                trace.enter()
                trace.enter()
                trace.leave("Constant", "", part.span, _RATIO, weight)
            value = inner(context)
            if type(value) is not Missing:
                value = settled(times(weight, value), too_long)
            if trace is not None:
                trace.leave("Part", part.label, part.span, part.value.type.unit, value)
            values.append(value)
        if type(whole_of) is Missing or Missing in map(type, values):
            return merged((whole_of, *values))
        total: Any = 0
        for value in values:
            total = settled(plus(total, value), too_long)
            if total is too_long:
                return total
        return settled(times(whole_of, total), too_long)

    return run


def scorecard(node: Scorecard, make: Maker) -> Evaluate:
    """The weighted sum of ratings, each as a part of the highest."""
    parts = tuple((whole(part.weight), make(part.value), part) for part in node.criteria)
    high, rule, tracing = whole(node.high), node.unrated, make.tracing
    too_long, unit = missing("P203", node.span), node.type.unit

    def rated(context: Context, weight: Number, inner: Evaluate) -> Any:  # noqa: ANN401
        rating = inner(context)
        if type(rating) is not Missing:
            return settled(Fraction(weight * rating) / high, too_long)
        return 0 if rule == "zero" and _unrated(rating) else rating

    def run(context: Context) -> Any:  # noqa: ANN401
        values: list[Any] = []
        for weight, inner, part in parts:
            trace = context.trace if tracing else None
            if trace is None:
                values.append(rated(context, weight, inner))
                continue
            trace.enter()
            _constant(trace, part.span, weight, _RATIO)
            values.append(rated(context, weight, inner))
            _constant(trace, part.span, high, part.value.type.unit)
            trace.leave("Criterion", part.label, part.span, unit, values[-1])
        counted: Number = 1
        if rule == "reweight" and all(_unrated(value) for value in values if type(value) is Missing):
            given = [at for at, value in enumerate(values) if type(value) is not Missing]
            counted = sum(parts[at][0] for at in given)
            values = [values[at] for at in given] or values
        if Missing in map(type, values):
            return merged(values)
        total: Any = 0
        for value in values:
            total = settled(total + value, too_long)
            if total is too_long:
                return total
        return settled(Fraction(total) / counted, too_long) if counted else 0

    return run


def _constant(trace: Trace, span: Span | None, value: Number, unit: Unit) -> None:
    trace.enter()
    trace.leave("Constant", "", span, unit, value)


def _unrated(gone: Missing) -> bool:
    """Whether a rating is missing because nobody gave it, and for no other reason."""
    return all(each.code == "P201" for each in gone.reasons)
