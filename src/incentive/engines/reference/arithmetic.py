"""Numbers: sums, products, quotients, extremes, roundings."""

from __future__ import annotations

from typing import Any

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, plus, ratio, settled, times
from incentive.quantities import round_to
from incentive.results import RoundingUsed
from incentive.tree import Add, Cap, Divide, Floor, Greatest, Least, Multiply, Negate, Rounded


def add(node: Add, make: Maker) -> Evaluate:
    """The sum of all terms; missing if one is."""
    if len(node.terms) == 2:
        return _add_two(node, make)
    terms = make.all(node.terms)
    too_long = missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        values = [term(context) for term in terms]
        total: Any = 0
        for value in values:
            if type(value) is Missing:
                return merged(values)
        for value in values:
            total = settled(plus(total, value), too_long)
            if total is too_long:
                break
        return total

    return run


def _add_two(node: Add, make: Maker) -> Evaluate:
    left, right = make.all(node.terms)
    too_long = missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        one, other = left(context), right(context)
        if type(one) is Missing or type(other) is Missing:
            return merged((one, other))
        return settled(plus(one, other), too_long)

    return run


def negate(node: Negate, make: Maker) -> Evaluate:
    """The opposite."""
    inner = make(node.value)

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        return value if type(value) is Missing else -value

    return run


def multiply(node: Multiply, make: Maker) -> Evaluate:
    """The product; both factors are computed, also beside a zero."""
    left, right = make(node.left), make(node.right)
    too_long = missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        one, other = left(context), right(context)
        if type(one) is Missing or type(other) is Missing:
            return merged((one, other))
        return settled(times(one, other), too_long)

    return run


def divide(node: Divide, make: Maker) -> Evaluate:
    """The quotient; a zero divisor makes it missing."""
    left, right = make(node.left), make(node.right)
    too_long, by_zero = missing("P203", node.span), missing("P202", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        one, other = left(context), right(context)
        if type(one) is Missing or type(other) is Missing:
            return merged((one, other))
        if not other:
            return by_zero
        top, bottom = one.numerator * other.denominator, one.denominator * other.numerator
        return settled(ratio(top, bottom) if bottom > 0 else ratio(-top, -bottom), too_long)

    return run


def least(node: Least, make: Maker) -> Evaluate:
    """The smallest of all terms; missing if one is."""
    return _extreme(make.all(node.terms), largest=False)


def greatest(node: Greatest, make: Maker) -> Evaluate:
    """The largest of all terms; missing if one is."""
    return _extreme(make.all(node.terms), largest=True)


def cap(node: Cap, make: Maker) -> Evaluate:
    """The value, at most the limit."""
    return _extreme((make(node.value), make(node.limit)), largest=False)


def floor(node: Floor, make: Maker) -> Evaluate:
    """The value, at least the limit."""
    return _extreme((make(node.value), make(node.limit)), largest=True)


def _extreme(terms: tuple[Evaluate, ...], *, largest: bool) -> Evaluate:
    pick: Any = max if largest else min

    def run(context: Context) -> Any:  # noqa: ANN401
        values = [term(context) for term in terms]
        for value in values:
            if type(value) is Missing:
                return merged(values)
        return pick(values)

    return run


def rounded(node: Rounded, make: Maker) -> Evaluate:
    """The value rounded to a multiple of the step."""
    inner, step, mode = make(node.value), node.step, node.mode

    def run(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        if type(value) is Missing:
            return value
        after = round_to(value, step, mode)
        return after.numerator if after.denominator == 1 else after

    def told(context: Context) -> Any:  # noqa: ANN401
        value = inner(context)
        if type(value) is Missing:
            return value
        after = round_to(value, step, mode)
        assert context.trace is not None
        context.trace.frame.rounding = RoundingUsed(value, after, step, mode)
        return after

    return told if make.tracing else run
