"""An amount and its currency, that cannot be parted.

Two amounts in two currencies have no sum, and a float has no cents: both are mistakes that a bare number lets through.
"""

from decimal import Decimal
from fractions import Fraction

import attrs

from incentive.quantities.currencies import minor_digits
from incentive.quantities.faults import ArgumentError, ArgumentTypeError
from incentive.quantities.numbers import (
    FRACTION_DIGITS,
    INTEGER_DIGITS,
    Number,
    bits,
    exact_decimal,
    from_decimal,
    show_number,
)
from incentive.quantities.rounding import RoundingMode, round_to

__all__ = ["CurrencyMismatchError", "Money"]

_REPRESENTED = 2_000  # bits, some 600 digits: CPython's `repr` may be set to refuse more than 640


class CurrencyMismatchError(ArgumentError):
    """Say that two amounts were put together that are in two currencies."""

    def __init__(self, left: str, right: str) -> None:
        super().__init__(f"{left} and {right} do not go together without a rate")


def _amount(value: object) -> Decimal | Fraction:
    """Hold an amount in its one form, so that equal amounts look and hash alike."""
    match value:
        case bool() | float():
            raise ArgumentTypeError(f"amount: expected Decimal, Fraction or int, not {type(value).__name__}: {value!r}")
        case Decimal():
            exact: Number = from_decimal(value)
        case int() | Fraction():
            exact = value
        case _:
            raise ArgumentTypeError(f"amount: expected Decimal, Fraction or int, not {type(value).__name__}")
    return _canonical(exact)


def _canonical(exact: Number) -> Decimal | Fraction:
    if abs(exact) < 10**INTEGER_DIGITS and 10**FRACTION_DIGITS % exact.denominator == 0:
        text = exact_decimal(exact)
        assert text is not None  # at most 30 digits
        return Decimal(text)
    return Fraction(exact)


def _represented(amount: Decimal | Fraction) -> str:
    """Write an amount for `repr`, which must not fail on the longest that a plan may make."""
    if isinstance(amount, Decimal) or bits(amount) <= _REPRESENTED:
        return repr(amount)
    return f"<{show_number(amount)}>"


def _known(_: object, __: object, code: str) -> None:
    if type(code) is not str:
        raise ArgumentTypeError(f"currency: expected a code such as 'EUR', not {type(code).__name__}")
    minor_digits(code)


@attrs.frozen(order=False)
class Money:
    """An exact amount in a currency.

    The amount is a `Decimal` where it has at most 18 digits before and 12 after the mark, and a `Fraction` otherwise;
    it may be given as an `int` too. `exact` is the same amount to compute with. Amounts add, subtract and compare
    within one currency, and multiply by an `int`, a `Fraction` or a `Decimal`.

    Units: the currency, not its cents.

    Raises:
        ArgumentTypeError: The amount is a float, a bool or no number; the currency is no text.
        NumberFormatError: The amount is a `Decimal` that is no number, or is out of range.
        UnknownCurrencyError: The currency is not in ISO 4217.
        CurrencyMismatchError: Two amounts in two currencies were added, subtracted or compared.

    Examples:
        >>> print(Money(Decimal("1234.5"), "EUR"))
        1 234.50 EUR
        >>> print(Money(10, "EUR") * Fraction(1, 3))
        3.333333333333… EUR
        >>> print((Money(10, "EUR") * Fraction(1, 3)).rounded())
        3.33 EUR

    Law: addition is exact, so its order does not matter.
    """

    amount: Decimal | Fraction = attrs.field(converter=_amount, repr=_represented)
    currency: str = attrs.field(validator=_known)

    @property
    def exact(self) -> Number:
        """The amount as a number to compute with."""
        return from_decimal(self.amount) if isinstance(self.amount, Decimal) else self.amount

    def rounded(self, mode: RoundingMode = "half_up") -> "Money":
        """Round to the smallest unit of the currency.

        Raises:
            ArgumentError: The mode is unknown.
        """
        return Money(round_to(self.exact, Fraction(1, 10 ** minor_digits(self.currency)), mode), self.currency)

    def _beside(self, other: "Money") -> Number:
        if self.currency != other.currency:
            raise CurrencyMismatchError(self.currency, other.currency)
        return other.exact

    def __add__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(Fraction(self.exact + self._beside(other)), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        if not isinstance(other, Money):
            return NotImplemented
        return Money(Fraction(self.exact - self._beside(other)), self.currency)

    def __neg__(self) -> "Money":
        return Money(Fraction(-self.exact), self.currency)

    def __mul__(self, factor: Number | Decimal) -> "Money":
        if isinstance(factor, bool) or not isinstance(factor, int | Fraction | Decimal):
            return NotImplemented
        times = from_decimal(factor) if isinstance(factor, Decimal) else factor
        return Money(Fraction(self.exact * times), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.exact < self._beside(other)

    def __le__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.exact <= self._beside(other)

    def __gt__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.exact > self._beside(other)

    def __ge__(self, other: "Money") -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return self.exact >= self._beside(other)

    def __str__(self) -> str:
        return f"{show_number(self.exact, places=minor_digits(self.currency), group=' ')} {self.currency}"
