"""Numbers come in as written and go out without a lie."""

import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from incentive.quantities import (
    MAX_BITS,
    Number,
    NumberFormatError,
    bits,
    exact_decimal,
    fixed,
    from_decimal,
    parse_decimal,
    show_number,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("-0.00", 0),
        ("007", 7),
        ("12.5", Fraction(25, 2)),
        ("-12.50", Fraction(-25, 2)),
        ("3.000", 3),
        ("9" * 18 + "." + "9" * 12, Fraction(10**30 - 1, 10**12)),
    ],
)
def test_a_plain_decimal_is_read_as_written(text: str, value: Number) -> None:
    assert parse_decimal(text) == value


@pytest.mark.parametrize(
    ("text", "kind"), [("3", int), ("3.00", int), ("0.0", int), ("3.10", Fraction), ("-0.5", Fraction)]
)
def test_a_number_without_a_fraction_is_an_int(text: str, kind: type) -> None:
    assert type(parse_decimal(text)) is kind


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "+1", "--1", ".5", "5.", "1e3", "1E3", "1_000", "1,000", "1 000", " 1", "1 ", "1\n", "1.2.3"),
        *("NaN", "inf", "0x10", "١٢", "½", "1．5", "−1", "1\u00a0000"),  # look-alikes too
    ],
)
def test_anything_else_is_refused_for_its_form(text: str) -> None:
    with pytest.raises(NumberFormatError) as refused:
        parse_decimal(text)

    assert refused.value.reason == "form"


@pytest.mark.parametrize("text", ["1" + "0" * 18, "0." + "0" * 12 + "1", "9" * 1_000_000])
def test_too_many_digits_are_refused_for_their_range(text: str) -> None:
    with pytest.raises(NumberFormatError) as refused:
        parse_decimal(text)

    assert refused.value.reason == "range"


def test_the_decimal_mark_is_the_one_that_was_named() -> None:
    assert parse_decimal("1,5", decimal=",") == Fraction(3, 2)
    with pytest.raises(NumberFormatError):
        parse_decimal("1.5", decimal=",")
    with pytest.raises(ValueError, match="decimal"):
        parse_decimal("1;5", decimal=";")


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("0", 0),
        ("-0.00", 0),
        ("0e999999999", 0),
        ("1.5E+3", 1500),
        ("1E+17", 10**17),
        ("-2.50", Fraction(-5, 2)),
        ("1." + "0" * 30, 1),
        ("1E-12", Fraction(1, 10**12)),
    ],
)
def test_a_decimal_is_taken_exactly(value: str, number: Number) -> None:
    assert from_decimal(Decimal(value)) == number


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("NaN", "form"),
        ("sNaN", "form"),
        ("-Infinity", "form"),
        ("1E+18", "range"),
        ("1E-13", "range"),
        ("1.0000000000001", "range"),
        ("1e999999999999999999", "range"),
        ("-1e-999999999999999999", "range"),
    ],
)
def test_a_decimal_that_is_no_amount_is_refused_at_once(value: str, reason: str) -> None:
    with pytest.raises(NumberFormatError) as refused:
        from_decimal(Decimal(value))

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-1500, "-1500"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 10**40), "0." + "0" * 39 + "1"),
        (Fraction(1, 10**41), None),
        (10**40 - 1, "9" * 40),
        (10**40, None),
        (Fraction(10**39 + 1, 100), "1" + "0" * 37 + ".01"),
        (Fraction(10**40 + 1, 100), None),
        (Fraction(1, 3), None),
        (Fraction(1, 7**5000), None),
    ],
)
def test_the_exact_decimal_is_given_where_there_is_a_short_one(value: Number, text: str | None) -> None:
    assert exact_decimal(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(2469, 2), "1234.5"),
        (Fraction(-2, 3), "-0.666666666666…"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 10**13), "0.000000000000…"),
        (Fraction(-1, 10**13), "-0.000000000000…"),
    ],
)
def test_digits_that_are_cut_leave_a_mark(value: Number, text: str) -> None:
    assert show_number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0,00"),
        (999, "999,00"),
        (-1000, "-1 000,00"),
        (Fraction(12345678901, 1000), "12 345 678,901"),
        (Fraction(1, 3), "0,333333333333…"),
    ],
)
def test_people_see_their_own_marks_groups_and_places(value: Number, text: str) -> None:
    assert show_number(value, places=2, decimal=",", group=" ") == text


@pytest.fixture
def tight_limit() -> Iterator[None]:
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(640)
    yield
    sys.set_int_max_str_digits(before)


@pytest.mark.usefixtures("tight_limit")
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**4000 - 1, "9" * 4000),
        (Fraction(10**4001 - 1, 10), "9" * 4000 + ".9"),
        (10**4000, "≈1.00000000000e4000"),
        (-(10**4001) + 1, "≈-9.99999999999e4000"),
        (123456789 * 10**78000, "≈1.23456789000e78008"),
        (Fraction(7**9999, 3), "≈4.55177564606e8449"),
    ],
    ids=["longest", "longest with a fraction", "first too long", "negative", "very long", "quotient"],
)
def test_a_number_too_long_to_write_is_shown_all_the_same(value: Number, text: str) -> None:
    assert show_number(value) == text
    assert sys.get_int_max_str_digits() == 640


def test_fixed_writes_all_places_and_nothing_else() -> None:
    assert [fixed(value, 2) for value in (0, -3, Fraction(5, 2), Fraction(-1, 100))] == [
        "0.00",
        "-3.00",
        "2.50",
        "-0.01",
    ]
    assert fixed(1234, 0) == "1234"


def test_fixed_never_rounds() -> None:
    with pytest.raises(ValueError, match=r"0\.005 has more than 2 decimals"):
        fixed(Fraction(5, 1000), 2)
    with pytest.raises(ValueError, match="digits"):
        fixed(10, -1)


def test_the_length_of_a_number_is_that_of_its_longer_half() -> None:
    assert [bits(value) for value in (0, 1, -8, Fraction(1, 1024), Fraction(4097, 2))] == [1, 1, 4, 11, 13]
    assert bits(2**MAX_BITS - 1) == MAX_BITS
