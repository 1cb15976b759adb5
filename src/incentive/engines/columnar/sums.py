"""Sums by dense keys: one for each whole number from 0 up to a size.

A group-by hashes every key and looks it up in a table that no cache holds; but holders and cells of time are numbered,
so a sum is where its number says. NumPy adds a million amounts so in a tenth of the time. It is loaded for many rows
only, since that takes longer than adding a few; the digits are the same.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Final

import polars as pl

from incentive.columns import repeated

MANY: Final = 100_000  # rows that Polars groups in about the time in which NumPy loads


def added(key: pl.Series, amount: pl.Series, size: int) -> pl.Series:
    """Give the sum of each key, 0 where there is none.

    The caller has proven that no sum leaves the type of the amounts. No key is null, negative or beyond the size.
    """
    if amount.dtype == pl.Int64 and _numpy_pays(len(key)):
        return added_at(key, amount, size)
    return grouped(key, amount, size)


def _numpy_pays(rows: int) -> bool:
    return "numpy" in sys.modules or (rows >= MANY and find_spec("numpy") is not None)


def added_at(key: pl.Series, amount: pl.Series, size: int) -> pl.Series:
    """Add each amount (Int64) where its key says, by NumPy."""
    import numpy as np  # noqa: PLC0415 - optional, and slow to load

    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, key.to_numpy(), amount.to_numpy())
    return pl.Series(total)


def grouped(key: pl.Series, amount: pl.Series, size: int) -> pl.Series:
    """Add amounts by groups of equal keys, by Polars."""
    total = repeated(0, size, type(amount.dtype))
    if not len(key):
        return total
    frame = pl.DataFrame({"key": key, "amount": amount})
    summed = frame.lazy().group_by("key").agg(pl.col("amount").sum()).collect()
    return total.scatter(summed["key"], summed["amount"])
