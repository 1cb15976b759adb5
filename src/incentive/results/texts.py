"""Values as exact text, for data that leaves the library."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from incentive.quantities import Number, exact_decimal, fixed
from incentive.quantities.moments import Moment

Value = int | Fraction | bool | date | Moment | str


def exact_text(value: Number) -> str:
    """Write a number so that reading it gives it back: a decimal that ends, or `n/d`."""
    return exact_decimal(value) or f"{fixed(value.numerator, 0)}/{fixed(value.denominator, 0)}"


def plain(value: Value | None) -> str | bool | None:
    """Write any value for JSON: numbers and dates as text, time stamps in UTC."""
    match value:
        case None | bool() | str():
            return value
        case int() | Fraction():
            return exact_text(value)
        case Moment():
            return value.utc.isoformat()
        case _:
            return value.isoformat()
