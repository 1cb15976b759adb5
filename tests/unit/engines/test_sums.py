"""Sums by dense keys: by NumPy and by Polars, the same whole numbers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("polars")
pytest.importorskip("numpy")

import polars as pl

from incentive.engines.columnar.sums import MANY, added, added_at, grouped

SIZE = 7
ROWS = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(-(2**40), 2**40)), max_size=50)


def columns(rows: list[tuple[int, int]], kind: type[pl.DataType]) -> tuple[pl.Series, pl.Series]:
    keys, amounts = [key for key, _ in rows], [amount for _, amount in rows]
    return pl.Series(keys, dtype=pl.Int64), pl.Series(amounts, dtype=kind)


def expected(rows: list[tuple[int, int]]) -> list[int]:
    return [sum(amount for key, amount in rows if key == each) for each in range(SIZE)]


@settings(deadline=None)
@given(ROWS)
def test_a_sum_is_the_same_by_groups_and_by_places(rows: list[tuple[int, int]]) -> None:
    keys, amounts = columns(rows, pl.Int64)
    assert added_at(keys, amounts, SIZE).to_list() == grouped(keys, amounts, SIZE).to_list() == expected(rows)


@settings(deadline=None)
@given(ROWS)
def test_wide_amounts_stay_wide(rows: list[tuple[int, int]]) -> None:
    found = added(*columns([(key, amount << 80) for key, amount in rows], pl.Int128), SIZE)
    assert found.dtype == pl.Int128
    assert found.to_list() == [each << 80 for each in expected(rows)]


def test_many_rows_are_added_at_their_places() -> None:
    count = MANY + 1
    keys = pl.int_range(0, count, dtype=pl.Int64, eager=True) % SIZE
    found = added(keys, keys + 1, SIZE)
    assert found.dtype == pl.Int64
    assert found.to_list() == [(each + 1) * len(range(each, count, SIZE)) for each in range(SIZE)]
