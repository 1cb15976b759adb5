"""What the columnar engine takes for granted of Polars, on fixed vectors: expected values are computed by Python.

The scale of a decimal product, its rounding, the wrap-around of whole numbers: none of it is promised for ever. A new
version that does one of these otherwise fails here, and not in somebody's pay.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from random import Random
from typing import Any

import polars as pl
import pytest

UNIT = 10**18
WHOLE = (0, 1, -1, 2, -2, 3, 7, -7, 10, 99, -100, 2**31 - 1, -(2**31), 10**9, 3_037_000_499, -3_037_000_499)
LONG = (*WHOLE, 2**62, -(2**62), 10**18, 9 * 10**18, -(10**19), 2**63, 10**18 + 1)
OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
KINDS = {"Int64": (pl.Int64, WHOLE), "Int128": (pl.Int128, LONG)}
FIXED = pl.Decimal(38, 18)
DECIMALS = tuple(
    Fraction(top, bottom)
    for top, bottom in [
        (0, 1), (1, 1), (-1, 1), (1, 2), (-3, 2), (1, UNIT), (-1, UNIT), (5, 10**17), (333_333, 10**6), (10**9, 1),
        (-(10**9) + 1, 10**3), (123_456_789, 10**4), (UNIT - 1, UNIT), (1, 10**9), (3, 10**9), (15, 10**10),
    ]
)  # fmt: skip


def fixed(values: list[Fraction]) -> pl.Series:
    units = pl.Series([int(each * UNIT) for each in values], dtype=pl.Int128)
    whole = (units // pl.Series([UNIT], dtype=pl.Int128)).cast(pl.Decimal(38, 0)).cast(FIXED)
    rest = (units % pl.Series([UNIT], dtype=pl.Int128)).cast(pl.Decimal(38, 0)).cast(FIXED)
    return whole + rest * pl.Series([Decimal(1).scaleb(-18)], dtype=FIXED)


def units_of(series: pl.Series) -> list[int]:
    assert series.dtype == FIXED
    return [int(each) for each in series.to_physical().to_list()]


def half_even(value: Fraction) -> int:
    """Units of the last of 18 places."""
    return round(value * UNIT)


@pytest.mark.parametrize("how", OPERATORS)
@pytest.mark.parametrize("kind", KINDS)
def test_whole_numbers(kind: str, how: str) -> None:
    dtype, values = KINDS[kind]
    pairs = [(left, right) for left in values for right in values if right or how not in {"//", "%"}]
    one, other = (pl.Series([pair[at] for pair in pairs], dtype=dtype) for at in (0, 1))
    found = OPERATORS[how](one, other)
    assert found.dtype == (pl.Boolean if how in {"<", "<=", ">", ">=", "==", "!="} else dtype)
    assert found.to_list() == [OPERATORS[how](*pair) for pair in pairs]
    for scalar in values[1:4]:  # a column of one value is spread
        spread = OPERATORS[how](one, pl.Series([scalar], dtype=dtype))
        assert spread.to_list() == [OPERATORS[how](left, scalar) for left, _ in pairs]


@pytest.mark.parametrize("kind", KINDS)
def test_whole_numbers_wrap_silently_and_zero_divides_to_null(kind: str) -> None:
    dtype, _ = KINDS[kind]
    bits = 64 if kind == "Int64" else 128
    most = pl.Series([2 ** (bits - 1) - 1], dtype=dtype)
    assert (most + pl.Series([1], dtype=dtype)).to_list() == [-(2 ** (bits - 1))]
    assert (most // pl.Series([0], dtype=dtype)).to_list() == [None]


@pytest.mark.parametrize("kind", KINDS)
def test_columns_of_whole_numbers(kind: str) -> None:
    dtype, values = KINDS[kind]
    column, rows = pl.Series(values, dtype=dtype), list(values)
    assert column.abs().to_list() == [abs(each) for each in rows]
    assert (column.min(), column.max()) == (min(rows), max(rows))
    assert column.sum() == sum(rows)
    assert column.cum_sum().to_list() == list(accumulate(rows))
    assert column.shift(1, fill_value=0).to_list() == [0, *rows[:-1]]
    at = Random(1).choices(range(len(rows)), k=50)
    assert column.gather(pl.Series(at, dtype=pl.Int64)).to_list() == [rows[each] for each in at]
    mask = [number % 3 == 0 for number in range(len(rows))]
    picked = column.zip_with(pl.Series(mask), pl.Series([5], dtype=dtype))
    assert picked.to_list() == [each if here else 5 for each, here in zip(rows, mask, strict=True)]
    assert column.filter(pl.Series(mask)).to_list() == [each for each, here in zip(rows, mask, strict=True) if here]
    blank = pl.repeat(0, len(rows), dtype=dtype, eager=True)
    assert blank.scatter(pl.Series([2, 0], dtype=pl.Int64), pl.Series([7, -7], dtype=dtype)).to_list()[:3] == [-7, 0, 7]
    assert pl.Series([3], dtype=dtype).new_from_index(0, 4).to_list() == [3] * 4
    assert column.cast(pl.Int128).to_list() == rows
    assert pl.Series(mask).cast(dtype).to_list() == [int(each) for each in mask]
    assert pl.Series(mask).arg_true().to_list() == [at for at, here in enumerate(mask) if here]
    assert column.n_unique() == len(set(rows))


def test_sums_of_groups_at_their_bounds() -> None:
    for dtype, most in ((pl.Int64, 2**63 - 1), (pl.Int128, 2**127 - 1)):
        part = most // 4
        amounts = [part, part, part, part, -part, 1, -1, most, -most]
        keys = [0, 0, 0, 0, 1, 1, 2, 3, 4]
        frame = pl.DataFrame({"key": keys, "amount": pl.Series(amounts, dtype=dtype)})
        summed = frame.lazy().group_by("key").agg(pl.col("amount").sum()).collect().sort("key")
        assert summed["amount"].to_list() == [4 * part, 1 - part, -1, most, -most]
        assert summed["amount"].dtype == dtype


@pytest.mark.parametrize("how", ["+", "-", "*", "/", "<", "<=", ">", ">=", "=="])
def test_decimals_of_18_places(how: str) -> None:
    pairs = [(left, right) for left in DECIMALS for right in DECIMALS if how != "/" or right]
    apply = operator.truediv if how == "/" else operator.mul
    if how in {"*", "/"}:
        pairs = [pair for pair in pairs if abs(apply(*pair)) < 10**19]
    one, other = fixed([left for left, _ in pairs]), fixed([right for _, right in pairs])
    assert units_of(one) == [left * UNIT for left, _ in pairs]
    if how in {"*", "/"}:
        found = one * other if how == "*" else one / other
        assert units_of(found) == [half_even(apply(*pair)) for pair in pairs]
        return
    found = OPERATORS[how](one, other)
    expected = [OPERATORS[how](*pair) for pair in pairs]
    assert (found.to_list() if how not in {"+", "-"} else units_of(found)) == [
        each if isinstance(each, bool) else each * UNIT for each in expected
    ]


def test_ties_of_decimals_go_to_the_even_digit() -> None:
    odd, even = Fraction(3, UNIT), Fraction(1, UNIT)
    found = fixed([odd, even, -odd, -even]) * fixed([Fraction(1, 2)] * 4)
    assert units_of(found) == [2, 0, -2, 0]
    assert units_of(fixed([Fraction(1)]) / fixed([Fraction(3)])) == [333_333_333_333_333_333]
    assert units_of(fixed([Fraction(2)]) / fixed([Fraction(3)])) == [666_666_666_666_666_667]


def test_casts_between_whole_numbers_and_decimals() -> None:
    values = [0, 1, -1, 10**19, -(10**19), 9_999_999_999_999_999_999]
    column = pl.Series(values, dtype=pl.Int128).cast(pl.Decimal(38, 0))
    assert column.to_physical().to_list() == values
    assert units_of(column.cast(FIXED)) == [each * UNIT for each in values]
    assert column.cast(pl.Int128).to_list() == values
    two = column.cast(pl.Decimal(38, 0)) * pl.Series([Decimal("0.01")], dtype=pl.Decimal(38, 2))
    assert two.dtype == pl.Decimal(38, 2)
    assert two.to_physical().to_list() == values


def test_rows_are_found_joined_and_sorted_in_order() -> None:
    random = Random(2)
    starts = sorted(random.sample(range(1000), 40))
    days = [random.randint(-5, 1005) for _ in range(200)] + starts
    at = pl.Series(starts, dtype=pl.Int32).search_sorted(pl.Series(days, dtype=pl.Int32), side="right").to_list()
    assert at == [sum(start <= day for start in starts) for day in days]
    keys = [random.randint(0, 5) for _ in range(200)]
    frame = pl.DataFrame({"key": keys, "row": range(200)})
    expected = sorted(range(200), key=lambda row: keys[row])
    assert frame.sort("key", maintain_order=True)["row"].to_list() == expected
    assert frame.sort("key", "row")["row"].to_list() == expected
    right = pl.DataFrame({"key": [3, 0, 5], "name": ["c", "a", "f"]})
    names = {3: "c", 0: "a", 5: "f"}
    joined = frame.join(right, on="key", how="left", maintain_order="left")
    assert joined["row"].to_list() == list(range(200))
    assert joined["name"].to_list() == [names.get(key) for key in keys]
    kept = frame.unique(["key"], maintain_order=True, keep="first")
    assert kept["row"].to_list() == sorted(keys.index(key) for key in set(keys))
    groups = frame.group_by("key", maintain_order=True).agg(pl.col("row").first())
    assert groups["key"].to_list() == list(dict.fromkeys(keys))


def test_what_swallows_nulls_still_does() -> None:
    frame = pl.DataFrame({"a": pl.Series([1, None], dtype=pl.Int64), "b": pl.Series([2, 2], dtype=pl.Int64)})
    assert frame["a"].sum() == 1
    assert frame.select(pl.min_horizontal("a", "b")).to_series().to_list() == [1, 2]
