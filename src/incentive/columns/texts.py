"""Texts and what they name, a column at a time.

Identifiers are compared exactly, in composed form. Whether two of them only look alike is asked of what is left of them
without case, spaces and leading zeros: if these are all different, no two look alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Final

import polars as pl
from attrs import define

from incentive.columns.figures import Mask, some, union
from incentive.data.cells import SPREADSHEET_ERRORS
from incentive.data.keys import skeleton

_SAMPLE: Final = 20_000
_SPARSE: Final = 8  # numbers that stand for nothing, to one that does, in a table of all of them
_SIGNED: Final = "^(?:0|-?[1-9][0-9]{0,17})$"  # a number as it is written once
_WHOLE: Final = "^(?:0|[1-9][0-9]{0,17})$"


class NotFineError(Exception):
    """Data that may be wrong: the small reader looks at it, and says what is."""


def fine(holds: bool) -> None:  # noqa: FBT001 - it is all that this says
    """Go on only with what is plainly right.

    Raises:
        NotFineError: It is not.
    """
    if not holds:
        raise NotFineError


@define(eq=False, slots=False)
class Index:
    """Identifiers, each once, and the number that each stands for."""

    texts: pl.Series
    numbers: pl.Series

    def find(self, wanted: pl.Series) -> pl.Series:
        """Give the number of each identifier; null for an unknown one."""
        if wanted.dtype.is_integer():
            return self._found(wanted)
        if self._table is not None and wanted.str.contains(_SIGNED).all():
            return self._found(wanted.cast(pl.Int64))
        left = wanted.to_frame("text")
        right = pl.DataFrame({"text": self.texts, "number": self.numbers})
        return left.join(right, on="text", how="left", maintain_order="left").get_column("number")

    @cached_property
    def _whole(self) -> tuple[pl.Series, pl.Series]:
        """The identifiers that are numbers as they are written once, and what they stand for."""
        whole = self.texts.str.contains(_SIGNED)
        return self.texts.filter(whole).cast(pl.Int64), self.numbers.filter(whole)

    @cached_property
    def _table(self) -> tuple[int, pl.Series] | None:
        """What each number from the least to the greatest stands for; None where most stand for nothing."""
        known, numbers = self._whole
        least, most = known.min(), known.max()
        if not isinstance(least, int) or not isinstance(most, int) or most - least >= _SPARSE * len(known):
            return None
        table = pl.repeat(None, most - least + 2, dtype=pl.Int64, eager=True)  # the last is of what is not there
        return least, table.scatter(known - least, numbers)

    def _found(self, wanted: pl.Series) -> pl.Series:
        if self._table is None:
            known, numbers = self._whole
            known = known.cast(wanted.dtype, strict=False)
            there = known.is_not_null()
            return wanted.replace_strict(
                known.filter(there), numbers.filter(there), default=None, return_dtype=pl.Int64
            )
        least, table = self._table
        nowhere = len(table) - 1
        low, high = wanted.min(), wanted.max()
        if not wanted.null_count() and low is not None and least <= low and high < least + nowhere:  # type: ignore[operator]
            return table[(wanted.cast(pl.Int64) - least).cast(pl.UInt32)]
        inside = wanted.is_between(least, least + nowhere - 1).fill_null(value=False)
        at = (wanted.cast(pl.Int64, strict=False) - least).zip_with(inside, pl.Series([nowhere], dtype=pl.Int64))
        return table[at.cast(pl.UInt32)]


def numbered(texts: pl.Series) -> Index:
    """Number identifiers in their order."""
    return Index(texts, pl.int_range(0, len(texts), dtype=pl.Int64, eager=True))


def lost(series: pl.Series, missing: Iterable[str]) -> Mask:
    """Give the missing cells of a column."""
    gone = some(series.is_null()) if series.null_count() else None
    if series.dtype == pl.String:
        empty = series.str.len_bytes() == 0
        gone = union(gone, some(empty.fill_null(value=False)))
        spellings = tuple(missing)
        if spellings:
            gone = union(gone, some(series.is_in(spellings).fill_null(value=False)))
    elif isinstance(series.dtype, pl.Categorical | pl.Enum):
        return lost(series.cast(pl.String), missing)
    return gone


def coded(series: pl.Series) -> tuple[pl.Series, pl.Series | None]:
    """Give the different cells, and which of them stands in each row; all cells where most are different."""
    if isinstance(series.dtype, pl.Categorical | pl.Enum):
        series = series.cast(pl.String)
    sample = series.head(_SAMPLE)
    if sample.n_unique() > len(sample) // 2:
        return series, None
    if series.dtype == pl.String:
        codes = series.fill_null("").cast(pl.Categorical(pl.Categories.random())).to_physical()
        first = codes.arg_unique()
        different = series.gather(first)
        order = codes.gather(first).cast(pl.Int64)
        if (order == pl.int_range(0, len(order), dtype=pl.Int64, eager=True)).all():
            return different, codes
        at = pl.DataFrame({"code": order, "at": pl.int_range(0, len(order), dtype=pl.Int64, eager=True)})
        return different, at.sort("code").get_column("at").gather(codes)
    different = series.unique()
    right = pl.DataFrame({"cell": different, "at": pl.int_range(0, len(different), dtype=pl.Int64, eager=True)})
    left = series.to_frame("cell")
    return different, left.join(right, on="cell", how="left", nulls_equal=True, maintain_order="left").get_column("at")


def texts(series: pl.Series, missing: Iterable[str], *, key: bool, loose: bool) -> tuple[pl.Series, Mask]:
    """Read texts in composed form, "" where one is missing.

    Args:
        series: the column.
        missing: spellings of a missing cell, beside the empty one.
        key: whether each names something, and must not be only white space.
        loose: whether they come from a program, which may hold what no file of text holds.

    Raises:
        NotFineError: It may hold something that is no text.
    """
    different, codes = coded(series)
    words, gone = _texts(different, missing, key=key, loose=loose)
    if codes is None:
        return words, gone
    return words.gather(codes), None if gone is None else some(gone.gather(codes))


def _texts(series: pl.Series, missing: Iterable[str], *, key: bool, loose: bool) -> tuple[pl.Series, Mask]:
    kind = series.dtype
    fine(kind == pl.String or kind.is_integer() or kind == pl.Null or isinstance(kind, pl.Categorical | pl.Enum))
    words = series if kind == pl.String else series.cast(pl.String)
    gone = lost(words, missing)
    words = words.fill_null("") if gone is None else words.zip_with(~gone, pl.Series([""]))
    if kind.is_integer():
        return words, gone
    if words.str.starts_with("#").any():
        fine(not words.is_in(SPREADSHEET_ERRORS).any())
    odd = words.str.contains("[^!-~]")
    if not odd.any():
        return words, gone
    found = words.filter(odd).unique()
    if loose:
        fine(not found.str.contains("[\x00\ufeff]").any())
    if key:
        fine(all(each.strip() for each in found.filter(~found.str.contains("[!-~]"))))
    return _composed(words, found.filter(found.str.len_bytes() != found.str.len_chars())), gone


def _composed(words: pl.Series, found: pl.Series) -> pl.Series:
    """Write texts in composed form, as Python knows it; `found` are those that may be written otherwise."""
    composed = [unicodedata.normalize("NFC", each) for each in found]
    changed = {old: new for old, new in zip(found, composed, strict=True) if old != new}
    return words.replace(changed) if changed else words


def prove_keys(words: pl.Series, *, twins: bool) -> None:
    """Prove that no identifier of a column stands twice, and, unless `twins` says so, that no two look alike.

    Raises:
        NotFineError: One does, or two do, or they may.
    """
    if words.str.contains(_WHOLE).all():  # two numbers that are written once look alike only where they are the same
        known = words.cast(pl.Int64)
        fine(not (known.diff().drop_nulls() <= 0).any() or known.n_unique() == len(known))
    elif twins:
        fine(words.n_unique() == len(words))
    else:
        prove_unlike(words)


def prove_unlike(words: pl.Series) -> None:
    """Prove that no identifier of a column stands twice, and that no two look alike.

    Raises:
        NotFineError: One does, or two do, or they may.
    """
    fine(looks(words).n_unique() == len(words))  # two that share a hash are left to the small reader


def looks(words: pl.Series) -> pl.Series:
    """Give a hash of what is left of each identifier without case, spaces, leading zeros and look-alike letters."""
    if words.str.contains(_WHOLE).all():  # it looks as it is written
        return words.hash()
    found = words.str.to_lowercase()
    odd = words.str.contains("[^!-~]")
    figures = words.str.contains(r"^[0-9]+(?:\.0+)?$")
    if figures.any():
        found = found.zip_with(~figures, found.str.replace(r"^0*([0-9]+?)(?:\.0+)?$", "$1"))
    if odd.any():
        seen = [skeleton(each) for each in words.filter(odd)]
        found = found.scatter(odd.arg_true(), pl.Series(seen, dtype=pl.String))
    return found.hash()
