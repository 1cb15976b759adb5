"""Rows of a rate table: which one a value reaches, how much of it lies in each.

"5 % up to 100,000, then 8 %" leaves open what exactly 100,000 gets, what a negative month does, and whether 8 % is for
the rest or for all of it. Here a bound says which row owns it; the rest are three functions with three names.

Bounds are pairs `(bound, owns)` that rise: `owns` is true for `from X`, where exactly X lies in the row, and false for
`above X`, where it does not. A row ends where the next begins; the last does not end. Where the first bound is 0, a
negative value belongs to the first row: what is paid on a sale is taken back on its return.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from incentive.quantities.faults import ArgumentError
from incentive.quantities.numbers import Number

__all__ = ["bounds_rise", "every_reached", "on_curve", "reached", "slice_parts"]

_Bounds = Sequence[tuple[Number, bool]]


def bounds_rise(bounds: _Bounds) -> bool:
    """Tell whether each row begins after the row before it.

    `from X` and then `above X` do rise: they differ at exactly X, which is all that the first of them holds. The other
    way round, or the same bound twice, they do not.

    Examples:
        >>> bounds_rise([(5, True), (5, False)]), bounds_rise([(5, False), (5, True)])
        (True, False)
    """
    return all(low < high or (low == high and owned and not owns) for (low, owned), (high, owns) in pairwise(bounds))


def every_reached(x: Number, bounds: _Bounds) -> tuple[int, ...]:
    """Give the index of every row whose beginning a value reaches, in order.

    Law: the last of them is `reached`.
    """
    if x < 0 and bounds and bounds[0][0] == 0:
        return (0,)
    return tuple(row for row, (bound, owns) in enumerate(bounds) if x > bound or (owns and x == bound))


def reached(x: Number, bounds: _Bounds) -> int | None:
    """Give the index of the row that a value lies in; None below the first.

    Examples:
        >>> bounds = [(0, True), (100, False)]
        >>> [reached(x, bounds) for x in (-5, 0, 100, 101)]
        [0, 0, 0, 1]
    """
    rows = every_reached(x, bounds)
    return rows[-1] if rows else None


def slice_parts(x: Number, bounds: _Bounds) -> tuple[Number, ...]:
    """Cut a value at the bounds: how much of it lies in each row.

    Shape: one part a row; 0 for a row that is not reached. Which row owns a bound makes no difference here.

    Examples:
        >>> slice_parts(250, [(0, True), (100, True), (200, True), (300, True)])
        (100, 100, 50, 0)

    Law: the parts add up to the value less the first bound, or to nothing below it; where the first bound is 0 they
    add up to the value, also below it.
    """
    if not bounds:
        return ()
    starts = [bound for bound, _ in bounds]
    if x < 0 and starts[0] == 0:
        return (x, *(0 for _ in starts[1:]))
    parts: list[Number] = [max(0, min(x, high) - low) for low, high in pairwise(starts)]
    return (*parts, max(0, x - starts[-1]))


def on_curve(x: Number, points: Sequence[tuple[Number, Number]]) -> Number:
    """Read a value off a line through points.

    Args:
        x: Where to read.
        points: Pairs `(x, y)`, at least one, x strictly rising.

    Returns:
        0 below the first point, on the straight line between two points, and the last y from there on; exactly.

    Raises:
        ArgumentError: There is no point.

    Examples:
        >>> points = [(80, 50), (100, 100), (120, 200)]
        >>> [int(on_curve(x, points)) for x in (79, 80, 90, 110, 500)]
        [0, 50, 75, 150, 200]
    """
    return curve_through(points)(x)


def curve_through(points: Sequence[tuple[Number, Number]]) -> Callable[[Number], Number]:
    """Make the line through points, to be read many times; see `on_curve`.

    Raises:
        ArgumentError: There is no point.

    Examples:
        >>> curve = curve_through([(80, 50), (100, 100)])
        >>> [int(curve(x)) for x in (79, 90, 500)]
        [0, 75, 100]
    """
    if not points:
        raise ArgumentError("points: expected at least one")
    first, last = points[0][0], points[-1][1]
    pieces = [
        (right, left, low, (high - low) * _inverse(right - left)) for (left, low), (right, high) in pairwise(points)
    ]

    def read(x: Number) -> Number:
        if x < first:
            return 0
        for right, left, low, slope in pieces:
            if x < right:
                return low + slope * (x - left)
        return last

    return read


def _inverse(value: Number) -> Fraction:
    return Fraction(value.denominator, value.numerator)
