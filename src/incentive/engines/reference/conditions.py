"""Conditions and choices, read left to right and no further than needed.

A condition that is missing decides nothing: what hangs on it is missing too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from incentive.engines.reference.context import Context
from incentive.engines.reference.dates import days_of
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, settled
from incentive.quantities.moments import Moment
from incentive.tree import Both, Choose, Compare, Either, Gate, Gated, IfMissing, IsMissing, OneOf, Opposite, When

_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def compare(node: Compare, make: Maker) -> Evaluate:
    """A comparison; a date and a time stamp compare as days."""
    left, right, holds = make(node.left), make(node.right), _OPERATORS[node.operator]

    def run(context: Context) -> Any:  # noqa: ANN401
        one, other = left(context), right(context)
        if type(one) is Missing or type(other) is Missing:
            return merged((one, other))
        if type(one) is Moment or type(other) is Moment:
            one, other = days_of(one, other)
        return holds(one, other)

    return run


def both(node: Both, make: Maker) -> Evaluate:
    """True when all are; the first that is not decides."""
    terms = make.all(node.terms)

    def run(context: Context) -> Any:  # noqa: ANN401
        for term in terms:
            value = term(context)
            if value is not True:
                return value
        return True

    return run


def either(node: Either, make: Maker) -> Evaluate:
    """True when one is; the first that is not false decides."""
    terms = make.all(node.terms)

    def run(context: Context) -> Any:  # noqa: ANN401
        for term in terms:
            value = term(context)
            if value is not False:
                return value
        return False

    return run


def opposite(node: Opposite, make: Maker) -> Evaluate:
    """Not."""
    inner = make(node.value)

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        return value if type(value) is Missing else not value

    return run


def one_of(node: OneOf, make: Maker) -> Evaluate:
    """Whether a value equals one of several, tried in order."""
    inner, options = make(node.value), make.all(node.options)

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        if type(value) is Missing:
            return value
        for each in options:
            option = each(context)
            if type(option) is Missing:
                return option
            if option == value:
                return True
        return False

    return run


def is_missing(node: IsMissing, make: Maker) -> Evaluate:
    """Whether a value is missing."""
    inner = make(node.value)

    def run(context: Context) -> Any:  # noqa: ANN401
        return type(inner(context)) is Missing

    return run


def choose(node: Choose, make: Maker) -> Evaluate:
    """The value of the first branch that holds."""
    branches = tuple((make(each.condition), make(each.value)) for each in node.branches)
    otherwise = make(node.otherwise)

    def run(context: Context) -> Any:  # noqa: ANN401
        for condition, value in branches:
            holds = condition(context)
            if holds is True:
                return value(context)
            if type(holds) is Missing:
                return holds
        return otherwise(context)

    return run


def if_missing(node: IfMissing, make: Maker) -> Evaluate:
    """A value, or another where it is missing."""
    inner, fallback = make(node.value), make(node.fallback)

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        return fallback(context) if type(value) is Missing else value

    return run


def when(node: When, make: Maker) -> Evaluate:
    """A value where the condition holds, else zero."""
    condition, inner = make(node.condition), make(node.value)

    def run(context: Context) -> Any:  # noqa: ANN401
        holds = condition(context)
        if holds is True:
            return inner(context)
        return holds if type(holds) is Missing else 0

    return run


def gate(node: Gate, make: Maker) -> Evaluate:
    """1 where all requirements hold, else what is left of the line; the first that does not hold decides."""
    requirements, tracing = make.all(node.requirements), make.tracing
    otherwise = _whole if node.otherwise is None else make(node.otherwise)  # the settlement holds the line

    def run(context: Context) -> Any:  # noqa: ANN401
        decided: Any = True
        for each in requirements:
            holds = each(context)
            if decided is True:
                decided = holds
            if decided is not True and not tracing:  # an explanation shows all of them
                break
        if decided is True:
            return 1
        return decided if type(decided) is Missing else otherwise(context)

    return run


def _whole(context: Context) -> Any:  # noqa: ANN401, ARG001 - as all formulas
    return 1


def gated(node: Gated, make: Maker) -> Evaluate:
    """A value times what its gate leaves of it."""
    factor, inner, too_long = make(node.gate), make(node.value), missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        left = factor(context)
        if type(left) is not Missing and not left:
            return 0
        value = inner(context)
        if type(left) is Missing or type(value) is Missing:
            return merged((left, value))
        return settled(left * value, too_long)

    return run
