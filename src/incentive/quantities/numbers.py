"""Exact numbers: read as they are written, shown as they are.

A float pays wrong cents, and a `Decimal` of 28 digits misses thresholds (70000 / 210000 * 210000 is not 70000). So a
number here is an exact rational: an `int` where it is whole, a `Fraction` where it is not. What is left to do is to
let numbers in without guessing (is `1.234` a thousand? is `1e999999999` a number?) and to show them without lying.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from incentive.quantities.faults import ArgumentError

__all__ = [
    "MAX_BITS",
    "Number",
    "NumberFormatError",
    "bits",
    "exact_decimal",
    "fixed",
    "from_decimal",
    "parse_decimal",
    "show_number",
]

Number = int | Fraction

MAX_BITS = 2**18
"""The longest number a plan may make, see `bits`: some 79,000 digits."""

INTEGER_DIGITS = 18  # a billion times a billion: more than any payroll, less than any trick
FRACTION_DIGITS = 12
_FRACTION_UNITS = 10**FRACTION_DIGITS
EXACT_DIGITS = 40
_EXACT_UNITS = 10**EXACT_DIGITS
SHOWN_DIGITS = 4000  # an integer longer than 4,300 digits cannot be written by CPython's `str`
_CHUNK = 600  # digits; CPython never allows its limit to be set under 640
_CHUNK_UNITS = 10**_CHUNK

_PLAIN = {mark: re.compile(rf"(-?)([0-9]+)(?:{re.escape(mark)}([0-9]+))?") for mark in ".,"}


class NumberFormatError(ArgumentError):
    """Say that something is not a number of the plain decimal form, or is out of range.

    Attributes:
        reason: `"form"` if it is not written as a plain decimal, `"range"` if it has too many digits.
    """

    def __init__(self, message: str, reason: Literal["form", "range"]) -> None:
        super().__init__(message)
        self.reason = reason


def parse_decimal(text: str, decimal: str = ".") -> Number:
    """Read a plain decimal, exactly as written.

    Args:
        text: ASCII digits, a leading `-` perhaps, one decimal mark perhaps with digits on both of its sides; no `+`, no
            exponent, no grouping, no space. At most 18 digits before the mark and 12 after it.
        decimal: The decimal mark, `.` or `,`.

    Raises:
        NumberFormatError: `text` has another form or too many digits.
        ArgumentError: `decimal` is no decimal mark.

    Examples:
        >>> parse_decimal("-12.50")
        Fraction(-25, 2)
        >>> parse_decimal("3,0", decimal=",")
        3

    Law: reading what `exact_decimal` wrote gives the number back.
    """
    if decimal not in _PLAIN:
        raise ArgumentError(f"decimal: expected '.' or ',', not {decimal!r}")
    match = _PLAIN[decimal].fullmatch(text)
    if match is None:
        raise NumberFormatError("not a plain decimal number", "form")
    sign, whole, part = match.group(1), match.group(2), match.group(3) or ""
    if len(whole) > INTEGER_DIGITS or len(part) > FRACTION_DIGITS:
        raise NumberFormatError(
            f"more than {INTEGER_DIGITS} digits before the mark or {FRACTION_DIGITS} after", "range"
        )
    return _scaled(int(sign + whole + part), len(part))


def from_decimal(value: Decimal) -> Number:
    """Take a `Decimal` as the exact number it stands for.

    Raises:
        NumberFormatError: It is not a number (`"form"`: NaN, infinity), or has more than 18 digits before or 12 after
            the mark (`"range"`). Nothing is expanded before that is known: `Decimal("1e999999999")` costs nothing.

    Examples:
        >>> from_decimal(Decimal("1.5E+3"))
        1500
    """
    if not value.is_finite():
        raise NumberFormatError(f"{value} is not a number", "form")
    if not value:
        return 0
    if -FRACTION_DIGITS <= value.adjusted() < INTEGER_DIGITS:
        top, bottom = value.as_integer_ratio()
        if bottom == 1:
            return top
        if _FRACTION_UNITS % bottom == 0:  # zeros at the end, as in 1.0000000000000, are no digits
            return Fraction(top, bottom)
    raise NumberFormatError(f"more than {INTEGER_DIGITS} digits before the mark or {FRACTION_DIGITS} after", "range")


def exact_decimal(value: Number) -> str | None:
    """Write a number as a decimal if that can be done exactly in at most 40 digits, else give None.

    Examples:
        >>> exact_decimal(Fraction(-1, 8))
        '-0.125'
        >>> exact_decimal(Fraction(1, 3)) is None
        True
    """
    top = value.numerator
    if value.denominator == 1 and -_EXACT_UNITS < top < _EXACT_UNITS:  # rows have shares of 1 and whole amounts
        return str(top)
    places = _places(value, EXACT_DIGITS)
    if places is None:
        return None
    units = abs(value.numerator) * 10**places // value.denominator
    return None if units >= _EXACT_UNITS else _write(value < 0, units, places, ".", "")


def show_number(value: Number, *, places: int | None = None, decimal: str = ".", group: str = "") -> str:
    """Write a number for people; what is not exact bears a mark.

    Args:
        value: Any number: this never fails.
        places: Write at least so many decimals.
        decimal: The decimal mark.
        group: What separates thousands.

    Returns:
        The exact decimal if it ends within 12 decimals; else the first 12 and `…`; from 4,000 digits on, `≈` and the
        leading digits with their power of ten. Digits are cut, never rounded.

    Examples:
        >>> show_number(Fraction(2469, 2), places=2, group=" ")
        '1 234.50'
        >>> show_number(Fraction(2, 3))
        '0.666666666666…'
    """
    negative, top, bottom = value < 0, abs(value.numerator), value.denominator
    if top // bottom >= 10**SHOWN_DIGITS:
        return _approximate(negative, top // bottom, decimal)
    own = _places(value, FRACTION_DIGITS)
    if own is None:
        return _write(negative, top * 10**FRACTION_DIGITS // bottom, FRACTION_DIGITS, decimal, group) + "…"
    shown = max(own, places or 0)
    return _write(negative, top * 10**shown // bottom, shown, decimal, group)


def fixed(value: Number, digits: int) -> str:
    """Write a number with exactly so many decimals.

    Raises:
        ArgumentError: The number has more decimals than that, or `digits` is negative.

    Examples:
        >>> fixed(Fraction(5, 2), 2)
        '2.50'
    """
    if digits < 0:
        raise ArgumentError(f"digits: expected 0 or more, not {digits}")
    units, rest = divmod(abs(value.numerator) * 10**digits, value.denominator)
    if rest:
        raise ArgumentError(f"{show_number(value)} has more than {digits} decimals")
    return _write(value < 0, units, digits, ".", "")


def bits(value: Number) -> int:
    """Tell how long a number is: the bits of its numerator or denominator, whichever has more.

    Units: bits. A plan that makes a number longer than `MAX_BITS` is stopped.
    """
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _scaled(units: int, places: int) -> Number:
    """Divide by a power of ten; an `int` where that leaves no fraction."""
    value = Fraction(units, 10**places)
    return value.numerator if value.denominator == 1 else value


def _places(value: Number, most: int) -> int | None:
    """Count the decimals of a number; None if they do not end, or are more than `most`."""
    return _places_of(value.denominator, most)


@lru_cache(maxsize=256)  # money has few denominators
def _places_of(bottom: int, most: int) -> int | None:
    if 10**most % bottom:
        return None
    places = 0
    while 10**places % bottom:
        places += 1
    return places


def _write(negative: bool, units: int, places: int, decimal: str, group: str) -> str:  # noqa: FBT001 - of a number's parts
    """Put a number together from its sign and its magnitude in units of 10**-places."""
    digits = _digits(units).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
    if group:
        first = len(whole) % 3 or 3
        whole = group.join([whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))])
    return ("-" if negative else "") + whole + (decimal + part if part else "")


def _digits(units: int) -> str:
    """Write a non-negative integer by pieces, each under the limit that CPython sets on `str`."""
    if units < _CHUNK_UNITS:
        return str(units)
    pieces = []
    while units >= _CHUNK_UNITS:
        units, piece = divmod(units, _CHUNK_UNITS)
        pieces.append(str(piece).rjust(_CHUNK, "0"))
    return str(units) + "".join(reversed(pieces))


def _approximate(negative: bool, magnitude: int, decimal: str) -> str:  # noqa: FBT001 - of a number's parts
    """Write the first 12 digits of a very large integer, and its power of ten."""
    power = (magnitude.bit_length() - 1) * 30102 // 100000  # log10(2) = 0.30102999…, so never too large
    leading = magnitude // 10 ** (power - 11)
    while leading >= 10**12:
        leading, power = leading // 10, power + 1
    digits = str(leading)
    return f"≈{'-' if negative else ''}{digits[0]}{decimal}{digits[1:]}e{power}"
