"""How a number may be written, and how not."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from incentive import tree
from incentive.data import Dataset, read
from tests.unit.data.reads import Column, codes
from tests.unit.data.samples import money, plan, table

GOOD = {
    "0": 0,
    "5": 5,
    "-5": -5,
    "-0": 0,
    "-0.00": 0,
    "007": 7,
    "100.00": 100,
    "100.05": Fraction(10005, 100),
    "0.000001": Fraction(1, 10**6),
    "-1234567.89": Fraction(-123456789, 100),
    "999999999999999.999999": Fraction(10**21 - 1, 10**6),
}
BAD_FORM = [
    "$100.00", "100.00 €", "USD 5", "(50.00)", "100-", "+5", "--5", "- 5", "1,000.00", "1 000", "1\u00a0000",
    "1\u202f000", "1'000", "1_000", "1e3", "1E5", "1E+999999999", ".5", "5.", "5..0", "1.2.3", "0x10", "0b1", "1/2",
    "5%", " 5", "5 ", " 5 ", "5\t", "١٠٠", "１２", "²", "−5", "–5", "1,5", "NaN", "nan", "inf", "-inf", "Infinity",
    "None", "null", "true", "five", "-", ".", "5O", "l0", "5\u200b", "5\u0301", "#", "=1+1", "1;2", "1|2", "1:30", "@1",
]  # fmt: skip
BAD_RANGE = [
    "1000000000000000", "-1000000000000000", "1.0000001", "9" * 19, "9" * 4301, "0." + "1" * 13, "0.1234567",
]  # fmt: skip


def test_there_are_sixty_spellings() -> None:
    assert len(BAD_FORM) + len(BAD_RANGE) + len(GOOD) >= 60


@pytest.mark.parametrize(("text", "value"), GOOD.items())
def test_a_plain_number_is_read_exactly(tmp_path: Path, text: str, value: Fraction) -> None:
    assert Column(money(), text).value(tmp_path) == value


@pytest.mark.parametrize("text", BAD_FORM)
def test_another_spelling_is_no_number(tmp_path: Path, text: str) -> None:
    assert Column(money(), text).codes(tmp_path) == ["D202"]


@pytest.mark.parametrize("text", BAD_RANGE)
def test_a_number_out_of_range_is_refused(tmp_path: Path, text: str) -> None:
    assert Column(money(), text).codes(tmp_path) == ["D203"]


def test_an_error_of_a_spreadsheet_is_named(tmp_path: Path) -> None:
    assert Column(money(), "#REF!").codes(tmp_path) == ["D214"]


@pytest.mark.parametrize(
    ("text", "settings", "value"),
    [
        ("1.234,50", 'decimal = ","\ngrouping = "."', Fraction(246900, 200)),
        ("1 234 567", 'grouping = " "', 1234567),
        ("12345", 'unit = "minor"', Fraction(12345, 100)),
        ("1500000", 'unit = "micros"', Fraction(3, 2)),
        ("12.5", 'unit = "percent"', Fraction(1, 8)),
    ],
)
def test_a_declared_spelling_is_read(tmp_path: Path, text: str, settings: str, value: Fraction) -> None:
    assert Column(money(), text, settings).value(tmp_path) == value


@pytest.mark.parametrize("text", ["1.23,50", "12.34.567", "1.2345,00", ".123,00"])
def test_groups_have_three_digits(tmp_path: Path, text: str) -> None:
    assert Column(money(), text, 'decimal = ","\ngrouping = "."').codes(tmp_path) == ["D202"]


def test_one_mark_is_not_two_things(tmp_path: Path) -> None:
    assert Column(money(), "1,234", 'decimal = ","\ngrouping = ","').codes(tmp_path) == ["D202"]


def test_empty_is_missing_only_where_the_field_is_optional(tmp_path: Path) -> None:
    assert Column(money(), "").codes(tmp_path) == ["D201"]
    assert Column(money(), "", optional=True).value(tmp_path) is None


def test_words_for_missing_are_declared(tmp_path: Path) -> None:
    assert Column(money(), "N/A", optional=True).codes(tmp_path) == ["D202"]
    assert Column(money(), "N/A", 'missing = ["N/A"]', optional=True).value(tmp_path) is None


def given(value: object) -> Dataset:
    return Dataset.from_rows(tables={"t": [{"x": value}]}, people=[("ana",)])


PLAN = plan((table("t", tree.Field("x", money())),))


@pytest.mark.parametrize("value", [5, Decimal(5), Decimal("5.00"), Decimal("5E+0"), Fraction(5), "5", "5.00"])
def test_exact_values_of_the_host_are_taken(value: object) -> None:
    assert read(given(value), PLAN).tables["t"].columns["x"] == (5,)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.1, "D204"),
        (5.0, "D204"),
        (float("nan"), "D204"),
        (-0.0, "D204"),
        (True, "D202"),
        (Decimal("NaN"), "D202"),
        (Decimal("Infinity"), "D202"),
        (Decimal("1E+999999999"), "D203"),
        (10**15, "D203"),
        pytest.param(10**5000, "D203", id="long"),
        (Fraction(1, 3), "D203"),
        (b"5", "D215"),
        ([5], "D215"),
        (None, "D201"),
    ],
)
def test_other_values_of_the_host_are_refused(value: object, code: str) -> None:
    assert codes(given(value), PLAN) == [code]


def test_a_subclass_is_not_a_plain_value() -> None:
    class Sly(int):
        pass

    assert codes(given(Sly(5)), PLAN) == ["D215"]


def test_other_numbers_have_more_decimals_than_money(tmp_path: Path) -> None:
    assert Column(tree.Unit("ratio"), "0.123456789012").value(tmp_path) == Fraction(123456789012, 10**12)
