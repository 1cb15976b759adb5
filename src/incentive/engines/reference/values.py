"""Values, and what stands in for one that is missing.

A figure that cannot be computed is neither zero nor an exception: it is `Missing`, with its reasons, and it goes
through formulas like a value until somebody says what it shall count as. Numbers are whole `int` or `Fraction`; every
number that an operation gives has at most `MAX_BITS` bits, so the cost of the next operation is bounded too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from attrs import frozen

from incentive.diagnostics import DataPlace, Diagnostic, Language, Span, finding
from incentive.quantities import MAX_BITS, Number
from incentive.results import Value

MOST_REASONS = 20  # of one figure: a team of thousands without quotas says so in twenty lines


@frozen
class Reason:
    """Why a figure is missing: a code of the registry, its values, and where."""

    code: str
    span: Span | None = None
    values: tuple[tuple[str, str], ...] = ()
    place: DataPlace | None = None

    @property
    def key(self) -> object:
        """What tells reasons apart: a value that is missing is one reason, wherever it was asked for."""
        return (self.code, self.values, self.place, None if self.values else self.span)

    def diagnostic(self, language: Language) -> Diagnostic:
        """The finding for people."""
        return finding(
            self.code,
            language,
            span=self.span,
            mark="",
            remarks=(),
            helps=(),
            notes=(),
            place=self.place,
            path="",
            **dict(self.values),
        )


@frozen
class Missing:
    """Stands in for a value that is not known."""

    reasons: tuple[Reason, ...] = ()


Result = Value | Missing
Evaluate = Callable[[Any], Any]
"""From a `Context` to a `Result`. The checker has proven what type of value each formula gives; telling it again at
each node would cost more than the arithmetic."""


def missing(code: str, span: Span | None = None, place: DataPlace | None = None, **values: str) -> Missing:
    """Make a missing value with one reason."""
    return Missing((Reason(code, span, tuple(values.items()), place),))


def merged(values: Iterable[object]) -> Missing:
    """Put together the reasons of all that is missing, each once, in order."""
    reasons: dict[object, Reason] = {}
    for value in values:
        if type(value) is Missing:
            for each in value.reasons:
                reasons.setdefault(each.key, each)
    return Missing(tuple(reasons.values())[:MOST_REASONS])


def whole(value: Number) -> Number:
    """Write a number in its one form: an `int` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def ratio(top: int, bottom: int) -> Number:
    """Divide whole numbers; the divisor is more than 0.

    `Fraction` decides at each operation what its operands are; formulas know, and their numbers are mostly cents.
    """
    found, rest = divmod(top, bottom)
    return Fraction(top, bottom) if rest else found


def times(one: Number, other: Number) -> Number:
    """Multiply two numbers."""
    if type(other) is int and (other == 1 or type(one) is int):  # most weights are 100 %
        return one * other if type(one) is int else one
    return ratio(one.numerator * other.numerator, one.denominator * other.denominator)


def plus(one: Number, other: Number) -> Number:
    """Add two numbers."""
    if type(one) is int and type(other) is int:
        return one + other
    below, beside = one.denominator, other.denominator
    if below == beside:
        return ratio(one.numerator + other.numerator, below)
    return ratio(one.numerator * beside + other.numerator * below, below * beside)


def settled(value: Number, too_long: Missing) -> Number | Missing:
    """Give the result of an operation in its one form, or missing if it is too long.

    The operands had at most `MAX_BITS` bits, so a product has at most twice as many: the limit is tested exactly, in
    lowest terms, and nothing longer is ever an operand.
    """
    if type(value) is int:
        return too_long if value.bit_length() > MAX_BITS else value
    top, bottom = value.numerator, value.denominator
    if top.bit_length() > MAX_BITS or bottom.bit_length() > MAX_BITS:
        return too_long
    return top if bottom == 1 else value


def exact_sum(values: Iterable[Number]) -> Number:
    """Add numbers, first those with one denominator.

    Units: the result is not tested for length; see `settled`.
    """
    tops: dict[int, int] = {}
    units = 0
    for value in values:
        if type(value) is int:
            units += value
        else:
            bottom = value.denominator
            tops[bottom] = tops.get(bottom, 0) + value.numerator
    if not tops:
        return units
    tops[1] = tops.get(1, 0) + units
    return _tree([Fraction(top, bottom) for bottom, top in sorted(tops.items())])


def _tree(terms: list[Fraction]) -> Number:
    """Add pairwise: long numbers meet late."""
    while len(terms) > 1:
        odd = terms[-1:] if len(terms) % 2 else []
        terms = [left + right for left, right in zip(terms[::2], terms[1::2], strict=False)] + odd
    return whole(terms[0]) if terms else 0
