"""Amounts keep their currency, and their cents."""

import operator
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from incentive.diagnostics import UsageError
from incentive.quantities import (
    CURRENCIES,
    CurrencyMismatchError,
    FiscalYear,
    Money,
    NumberFormatError,
    Period,
    UnknownCurrencyError,
    is_currency,
    minor_digits,
    numeric_code,
)

THIRD = Money(Fraction(10, 3), "EUR")


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        *(("EUR", 2), ("USD", 2), ("RSD", 2), ("LBP", 2)),
        *(("JPY", 0), ("KRW", 0), ("XOF", 0), ("XAF", 0), ("XPF", 0)),
        *(("TND", 3), ("KWD", 3), ("BHD", 3), ("IQD", 3), ("CLF", 4), ("UYW", 4)),
    ],
)
def test_a_currency_has_the_decimals_of_ISO_4217(code: str, digits: int) -> None:
    assert minor_digits(code) == digits == CURRENCIES[code]


def test_the_table_has_every_code_once_with_its_own_number() -> None:
    assert len(CURRENCIES) == 167
    assert len({numeric_code(code) for code in CURRENCIES}) == 166  # XCG took over the number of ANG
    assert set(CURRENCIES.values()) == {0, 2, 3, 4}
    assert list(CURRENCIES) == sorted(CURRENCIES)


@pytest.mark.parametrize("code", ["eur", "EURO", "XXX", "", "DEM"])
def test_a_code_that_is_no_currency_is_refused(code: str) -> None:
    assert not is_currency(code)
    for look_up in (minor_digits, numeric_code, lambda code: Money(1, code)):
        with pytest.raises(UnknownCurrencyError) as refused:
            look_up(code)
        assert refused.value.code == code


@pytest.mark.parametrize("amount", [1.5, True, "1.50", None])
def test_an_amount_that_is_no_exact_number_is_refused(amount: object) -> None:
    with pytest.raises(TypeError, match="amount: expected Decimal, Fraction or int, not"):
        Money(amount, "EUR")


def test_a_decimal_that_is_no_amount_is_refused() -> None:
    with pytest.raises(NumberFormatError):
        Money(Decimal("NaN"), "EUR")


def test_equal_amounts_are_one_value_however_they_were_given() -> None:
    amounts = {Money(amount, "EUR") for amount in (Decimal("2.50"), Decimal("2.5"), Fraction(5, 2))}

    assert len(amounts) == 1
    assert {repr(money.amount) for money in amounts} == {"Decimal('2.5')"}
    assert Money(1, "EUR") != Money(1, "USD")


@pytest.mark.parametrize("amount", [0, Fraction(1, 3), Decimal("-0.01"), 10**30, Fraction(1, 10**13)])
def test_an_amount_survives_being_held(amount: Decimal | Fraction | int) -> None:
    money = Money(amount, "EUR")

    assert money.exact == amount
    assert attrs.evolve(money, currency="USD").exact == amount


def test_amounts_of_one_currency_add_subtract_multiply_and_turn() -> None:
    assert Money(10, "EUR") == THIRD + THIRD + THIRD
    assert Money(10, "EUR") - THIRD == 2 * THIRD
    assert [THIRD * Decimal("1.5"), Fraction(3, 2) * THIRD] == [Money(5, "EUR")] * 2
    assert -THIRD == THIRD * -1


@pytest.mark.parametrize(
    ("compare", "holds"),
    [
        (operator.lt, [True, False, False]),
        (operator.le, [True, True, False]),
        (operator.gt, [False, False, True]),
        (operator.ge, [False, True, True]),
    ],
)
def test_amounts_of_one_currency_compare(compare: Callable[[Money, Money], bool], holds: list[bool]) -> None:
    assert [compare(Money(amount, "EUR"), Money(2, "EUR")) for amount in (1, 2, 3)] == holds


BOTH: list[Callable[[Any, Any], object]] = [
    operator.add,
    operator.sub,
    operator.lt,
    operator.le,
    operator.gt,
    operator.ge,
]


@pytest.mark.parametrize("combine", BOTH)
def test_two_currencies_do_not_go_together(combine: Callable[[Any, Any], object]) -> None:
    with pytest.raises(CurrencyMismatchError, match="EUR and USD"):
        combine(Money(1, "EUR"), Money(1, "USD"))


@pytest.mark.parametrize("combine", BOTH)
def test_an_amount_and_a_bare_number_do_not_go_together(combine: Callable[[Any, Any], object]) -> None:
    with pytest.raises(TypeError):
        combine(Money(1, "EUR"), 1)


@pytest.mark.parametrize("factor", [1.5, True, "2", THIRD])
def test_an_amount_is_multiplied_by_exact_numbers_only(factor: object) -> None:
    with pytest.raises(TypeError):
        operator.mul(THIRD, factor)


def test_an_amount_does_not_become_a_float() -> None:
    with pytest.raises(TypeError):
        float(THIRD)  # type: ignore[arg-type] # that it is refused is what is tested


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(Decimal("1234.5"), "EUR"), "1 234.50 EUR"),
        (Money(-1234567, "JPY"), "-1 234 567 JPY"),
        (Money(1, "KWD"), "1.000 KWD"),
        (THIRD, "3.333333333333… EUR"),
    ],
)
def test_an_amount_is_written_with_the_decimals_of_its_currency(money: Money, text: str) -> None:
    assert str(money) == text


def test_rounding_goes_to_the_smallest_unit_of_the_currency() -> None:
    assert Money(Decimal("-2.345"), "EUR").rounded() == Money(Decimal("-2.35"), "EUR")
    assert Money(Decimal("2.345"), "EUR").rounded("half_even") == Money(Decimal("2.34"), "EUR")
    assert Money(Decimal("2.5"), "JPY").rounded() == Money(3, "JPY")
    assert Money(Decimal("2.34549"), "TND").rounded() == Money(Decimal("2.345"), "TND")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Money(1, "EUR") + Money(1, "USD"),
        lambda: Money(1, "EUX"),
        lambda: Money(1, ["EUR"]),  # type: ignore[arg-type]
        lambda: Money(1.5, "EUR"),
        lambda: Money(Decimal("NaN"), "EUR"),
        lambda: Money(1, "EUR") * Decimal("1E+999999"),
        lambda: Money(1, "EUR").rounded("sideways"),  # type: ignore[arg-type]
        lambda: FiscalYear(13, "end"),
        lambda: FiscalYear(True, "end"),
        lambda: FiscalYear(1, "middle"),  # type: ignore[arg-type]
        lambda: FiscalYear().parse(2026),  # type: ignore[arg-type]
        lambda: FiscalYear().parse("2026-Q9"),
        lambda: FiscalYear().period_of("decade", date(2026, 1, 1)),  # type: ignore[arg-type]
        lambda: FiscalYear().period_of("month", "2026-01-01"),  # type: ignore[arg-type]
        lambda: Period("month", date(2026, 2, 1), date(2026, 1, 1), "2026-02"),
        lambda: Period("month", "2026-02-01", date(2026, 1, 1), "2026-02"),  # type: ignore[arg-type]
    ],
)
def test_what_a_program_gets_wrong_is_an_error_of_the_library(wrong: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        wrong()


def test_the_longest_amount_has_a_repr() -> None:
    assert "≈" in repr(Money(Fraction(2**262_143), "EUR"))
    assert "Fraction(1, 3)" in repr(Money(Fraction(1, 3), "EUR"))
