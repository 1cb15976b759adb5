"""Rounding and sharing out, on integers.

Rounding is where money appears and disappears: "half up" means two things for negative amounts, and a remainder that
nobody gets is a complaint. Six modes are defined on sign and magnitude, and `allocate` gives every last step to
someone, so that parts always add up.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Literal, assert_never, get_args

from incentive.quantities.faults import ArgumentError
from incentive.quantities.numbers import Number, show_number

__all__ = ["ROUNDING_MODES", "RoundingMode", "allocate", "round_to"]

RoundingMode = Literal["half_up", "half_even", "down", "up", "floor", "ceiling"]
"""`half_up`: ties away from zero. `half_even`: ties to the even multiple. `down`: toward zero. `up`: away from zero.
`floor`: toward minus infinity. `ceiling`: toward plus infinity."""

ROUNDING_MODES: tuple[str, ...] = get_args(RoundingMode)


def round_to(value: Number, step: Fraction, mode: RoundingMode) -> Fraction:
    """Round to a multiple of a step.

    Args:
        value: What to round.
        step: The distance between results, as `Fraction(1, 100)` for cents; more than 0.
        mode: Which way, see `RoundingMode`.

    Raises:
        ArgumentError: The step is not positive, or the mode is unknown.

    Examples:
        >>> round_to(Fraction(-5, 1000), Fraction(1, 100), "half_up")
        Fraction(-1, 100)

    Law: the result is a multiple of the step, less than one step away; rounding it again changes nothing.
    """
    if mode not in ROUNDING_MODES:
        raise ArgumentError(f"mode: expected one of {', '.join(ROUNDING_MODES)}, not {mode!r}")
    _check_step(step)
    top = value.numerator * step.denominator
    bottom = value.denominator * step.numerator
    whole, rest = divmod(abs(top), bottom)
    if rest and _leaves_zero(mode, negative=top < 0, odd=whole % 2 == 1, half=2 * rest - bottom):
        whole += 1
    return Fraction((-whole if top < 0 else whole) * step.numerator, step.denominator)


def allocate(total: Number, weights: Sequence[Number], step: Fraction) -> tuple[Fraction, ...]:
    """Share out a rounded amount by weight, to the last step.

    Each part is first cut to a multiple of the step; what is left over goes, one step each, to the parts that lost
    most; of those that lost the same, to the first.

    Args:
        total: What to share out, a multiple of the step; may be negative.
        weights: Not negative, not all zero.
        step: The smallest piece, as `Fraction(1, 100)` for cents; more than 0.

    Returns:
        One part a weight, in their order.

    Raises:
        ArgumentError: A weight is negative, all are zero, the total is no multiple of the step, or the step is not
            positive.

    Examples:
        >>> [str(part) for part in allocate(100, [1, 1, 1], Fraction(1))]
        ['34', '33', '33']

    Law: the parts add up to the total, each is less than one step from its exact share, and a weight of 0 gets 0.
    """
    _check_step(step)
    if any(weight < 0 for weight in weights):
        raise ArgumentError("weights: expected no negative weight")
    scale = lcm(*(weight.denominator for weight in weights))
    shares = [weight.numerator * (scale // weight.denominator) for weight in weights]
    whole = sum(shares)
    if not whole:
        raise ArgumentError("weights: expected one that is more than 0")
    units = Fraction(total) / step
    if units.denominator != 1:
        raise ArgumentError(f"total: {show_number(total)} is no multiple of the step {show_number(step)}")
    cut = [divmod(abs(units.numerator) * share, whole) for share in shares]
    left = abs(units.numerator) - sum(part for part, _ in cut)
    by_loss = sorted(range(len(cut)), key=lambda at: -cut[at][1])
    lucky = set(by_loss[:left])
    sign = -1 if total < 0 else 1
    return tuple(sign * (part + (at in lucky)) * step for at, (part, _) in enumerate(cut))


def _check_step(step: Fraction) -> None:
    if step.numerator <= 0:
        raise ArgumentError(f"step: expected more than 0, not {show_number(step)}")


def _leaves_zero(mode: RoundingMode, *, negative: bool, odd: bool, half: int) -> bool:
    """Tell whether what lies between two multiples goes to the one farther from zero.

    Args:
        mode: Which way to round.
        negative: Whether the value is below zero.
        odd: Whether the multiple nearer to zero is odd.
        half: More than 0 past the middle, 0 in the middle, less than 0 before it.
    """
    match mode:
        case "half_up":
            return half >= 0
        case "half_even":
            return half > 0 or (half == 0 and odd)
        case "down":
            return False
        case "up":
            return True
        case "floor":
            return negative
        case "ceiling":
            return not negative
        case _:
            assert_never(mode)
