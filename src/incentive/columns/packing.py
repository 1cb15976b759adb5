"""Columns kept as narrow as what stands in them, and written out when they are looked at.

The engine computes on whole numbers of 64 bits and on words. A large table kept that way takes three times the memory
that its figures need, and most columns are looked at once. So what was read in batches is kept packed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import lcm
from typing import Final

import polars as pl
from attrs import define, evolve, field

from incentive.columns.figures import Instants, Mask, NotLoweredError, Num, Plain, Truth, Values
from incentive.columns.texts import NotFineError, coded

_NARROW: Final = (pl.Int8, pl.Int16, pl.Int32, pl.Int64)
_WIDEST: Final = 127


@define
class Packer:
    """Takes a column batch after batch."""

    parts: list[Values] = field(factory=list)
    _words: pl.Categories | None = None

    def add(self, values: Values) -> None:
        """Take the next rows, packed."""
        self.parts.append(self._packed(values))

    def _packed(self, values: Values) -> Values:
        match values:
            case Num(top=pl.Series() as top):
                return evolve(values, top=_narrowed(top, values.most))
            case Plain(kind="word", values=words):
                if not self.parts and coded(words)[1] is not None:
                    self._words = pl.Categories.random()
                if self._words is None:
                    return values
                return evolve(values, values=words.cast(pl.Categorical(self._words)))
            case Plain(kind="person" | "row", values=numbers):
                return evolve(values, values=_narrowed(numbers, _reach(numbers)))
            case Num() | Plain() | Truth() | Instants():
                return values
            case _:
                raise NotFineError

    def joined(self) -> Values:
        """Give the whole column, still packed.

        Raises:
            NotLoweredError: A number is too wide for a column.
        """
        parts, self.parts = self.parts, []
        if len(parts) == 1:
            return parts[0]
        gone = _gone(parts)
        match parts[0]:
            case Num():
                return _numbers([each for each in parts if isinstance(each, Num)], gone)
            case Plain(kind=kind):
                return Plain(kind, _widest([each.values for each in parts if isinstance(each, Plain)]), gone)
            case Truth():
                return Truth(pl.concat([each.holds for each in parts if isinstance(each, Truth)]), gone)
            case Instants():
                found = [each for each in parts if isinstance(each, Instants)]
                return Instants(pl.concat([each.utc for each in found]), pl.concat([each.day for each in found]), gone)
            case _:
                raise NotFineError


def _numbers(parts: list[Num], gone: Mask) -> Num:
    scale = lcm(*(each.scale for each in parts))
    most = max(each.most * (scale // each.scale) for each in parts)
    if max(most, scale).bit_length() > _WIDEST:
        raise NotLoweredError("numbers with too many decimals")
    kind = pl.Int64 if most.bit_length() <= 63 else pl.Int128
    tops: list[pl.Series] = []
    for each in parts:
        assert isinstance(each.top, pl.Series), "a column that was read has a figure for each row"
        by = scale // each.scale
        tops.append(each.top if by == 1 else _narrowed(each.top.cast(kind) * pl.Series([by], dtype=kind), most))
    return Num(_widest(tops), scale, most, gone=gone)


def _gone(parts: list[Values]) -> Mask:
    if all(each.gone is None for each in parts):
        return None
    return pl.concat(
        [
            pl.repeat(value=False, n=_rows(each), dtype=pl.Boolean, eager=True) if each.gone is None else each.gone
            for each in parts
        ]
    )


def _rows(values: Values) -> int:
    match values:
        case Num(top=pl.Series() as column) | Plain(values=column) | Truth(holds=column) | Instants(utc=column):
            return len(column)
        case _:
            raise NotFineError


def _widest(parts: list[pl.Series]) -> pl.Series:
    """Put parts in a row, whole numbers of any width as the widest of them."""
    kinds = {each.dtype for each in parts}
    if len(kinds) > 1:
        kind = next(each for each in (pl.Int128, *reversed(_NARROW)) if each in kinds)
        parts = [each.cast(kind) for each in parts]
    return pl.concat([each.alias("") for each in parts])


def _narrowed(column: pl.Series, most: int) -> pl.Series:
    """Write whole numbers as narrowly as their bound allows."""
    bits = most.bit_length()
    kind = next((each for each, width in zip(_NARROW, (7, 15, 31, 63), strict=True) if bits <= width), pl.Int128)
    return column.cast(kind)


def _reach(numbers: pl.Series) -> int:
    least, most = numbers.min(), numbers.max()
    return max(abs(least), abs(most)) if isinstance(least, int) and isinstance(most, int) else 0


@define
class PackedColumns(Mapping[str, Values]):
    """The columns of a table by their names, written out each time that one is looked at."""

    packed: Mapping[str, Values]

    def __getitem__(self, name: str) -> Values:
        """Write a column out."""
        values = self.packed[name]
        match values:
            case Num(top=pl.Series() as top) if top.dtype != pl.Int128:
                return evolve(values, top=top.cast(pl.Int64))
            case Plain(kind="word", values=words):
                return evolve(values, values=words.cast(pl.String))
            case Plain(kind="person" | "row", values=numbers):
                return evolve(values, values=numbers.cast(pl.Int64))
            case _:
                return values

    def __iter__(self) -> Iterator[str]:
        """Go through their names."""
        return iter(self.packed)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.packed)
