"""Columns of exact figures, and the ways to hold them.

A column of money as floats pays a wrong cent here and there; as decimals of fixed width it loses a digit at the first
quotient. So a column is held as whole numbers: `top / (bottom * scale)`, where `scale` is one Python integer for the
whole column (the integer lane) and `bottom`, where there is one, a column of divisors (the pair lane). Polars wraps
around silently when a whole number gets too long, so each column carries `most`, a bound that is proven on Python
integers before every operation. What does not fit is held between two decimals (the enclosure lane), which decide where
both give the same answer.

A missing row is not a null, which half of the operations of a data frame swallow: it is marked in `gone`, and its
number is any number within the bound. A row that a lane cannot decide is marked in `doubt`, and the reference
engine answers it.
"""

from __future__ import annotations

from typing import Literal

import polars as pl
from attrs import field, frozen

from incentive.results import Lane

Mask = pl.Series | None
"""Which rows, as booleans without nulls; None for no row."""


@frozen
class Widths:
    """How many bits the whole numbers of a lane may have. Lower limits give the same digits by other lanes."""

    narrow: int = 63
    wide: int = 127

    def fits(self, most: int) -> bool:
        """Whether a bound lies within the widest whole number."""
        return most.bit_length() <= self.wide

    def kind(self, most: int) -> type[pl.DataType]:
        """Give the narrowest type of column for a bound."""
        return pl.Int64 if most.bit_length() <= min(self.narrow, 63) else pl.Int128


def _one_at_least(most: int) -> int:
    return max(most, 1)


@frozen(eq=False)
class Num:
    """Exact numbers: `top / (bottom * scale)`; a `top` that is an int holds for all rows."""

    top: pl.Series | int
    scale: int
    most: int = field(converter=_one_at_least)  # so a product of bounds is never less than what is multiplied
    bottom: pl.Series | None = None
    most_bottom: int = 1
    gone: Mask = None
    doubt: Mask = None

    @property
    def lane(self) -> Lane:
        """How the numbers are held."""
        return "integer" if self.bottom is None else "pair"

    @property
    def bits(self) -> int:
        """How long the exact numbers may be."""
        return max(self.most, self.most_bottom * self.scale).bit_length()


@frozen(eq=False)
class Between:
    """Numbers known to lie from `low` to `high`, both decimals with 18 places; `most` is more than any of them.

    `bits` bounds how long the exact numbers may be, which the language limits.
    """

    low: pl.Series
    high: pl.Series
    most: int
    gone: Mask = None
    doubt: Mask = None
    bits: int = 0

    @property
    def lane(self) -> Lane:
        """How the numbers are held."""
        return "enclosure"


Figure = Num | Between


@frozen(eq=False)
class Truth:
    """Whether something holds; False where it is missing."""

    holds: pl.Series
    gone: Mask = None
    doubt: Mask = None


@frozen(eq=False)
class Plain:
    """Values that are only compared: days as ordinals, words, people and rows by their number."""

    kind: Literal["day", "word", "person", "row"]
    values: pl.Series
    gone: Mask = None
    doubt: Mask = None


@frozen(eq=False)
class Instants:
    """Time stamps: microseconds since 1970 in UTC, and the local day as an ordinal."""

    utc: pl.Series
    day: pl.Series
    gone: Mask = None
    doubt: Mask = None


Values = Num | Between | Truth | Plain | Instants


class NotLoweredError(Exception):
    """A construct, or a figure too wide, that columns do not compute; its text names it."""


def union(one: Mask, other: Mask) -> Mask:
    """Give the rows of either mask."""
    if one is None:
        return other
    return one if other is None else one | other


def within(rows: pl.Series, mask: Mask) -> Mask:
    """Give those rows of a mask that are also in another."""
    return None if mask is None else mask & rows


def without(mask: Mask, rows: Mask) -> Mask:
    """Give the rows of a mask that are not in another."""
    return mask if mask is None or rows is None else mask & ~rows


def repeated(value: object, rows: int, kind: type[pl.DataType]) -> pl.Series:
    """Give a column of one value: in a tenth of the time of a query that makes it."""
    return pl.Series([value], dtype=kind).new_from_index(0, rows)


def all_of(rows: int) -> pl.Series:
    """Mark all rows."""
    return pl.Series([True]).new_from_index(0, rows)


def marks(mask: Mask, rows: int) -> pl.Series:
    """Write a mask out."""
    return pl.Series([False]).new_from_index(0, rows) if mask is None else mask


def marked(mask: pl.Series, rows: pl.Series) -> pl.Series:
    """Give a mask with some more rows, by their number."""
    if not len(rows):
        return mask
    return mask.clone().scatter(rows, all_of(len(rows)))


def some(mask: Mask) -> Mask:
    """Drop a mask without any row."""
    return mask if mask is not None and mask.any() else None
