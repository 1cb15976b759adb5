"""Cells that name a person, a team or a row of another table."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from attrs import frozen

from incentive.columns.cells import Cells
from incentive.columns.figures import Mask, Plain, some, union
from incentive.columns.texts import Index, coded, fine, lost, texts
from incentive.tree import Field


@frozen(eq=False)
class References:
    """What cells may refer to: rows by table, people by their key, people by each second key."""

    rows: Mapping[str, Index]
    people: Index
    seconds: Mapping[str, Index]


def refer(cells: Cells, declared: Field, references: References) -> Plain:
    """Read a column of people or rows as their numbers.

    Raises:
        NotFineError: One names nothing, and must.
    """
    column = cells.rule.column
    lenient = column.unmatched == "missing"
    fine(declared.optional or not lenient)
    if declared.unit.kind == "row":
        fine(declared.unit.table in references.rows)
        numbers, gone = named(cells, references.rows[declared.unit.table], lenient=lenient)
        return Plain("row", numbers.fill_null(0), gone)
    numbers, gone = named(cells, people_by(references, column.person_key), lenient=lenient)
    return Plain("person", numbers.fill_null(-1), gone)


def people_by(references: References, key: str) -> Index:
    """Give the people by a second key, or by their own.

    Raises:
        NotFineError: There is no such key.
    """
    fine(not key or key in references.seconds)
    return references.seconds[key] if key else references.people


def named(cells: Cells, index: Index, *, lenient: bool) -> tuple[pl.Series, Mask]:
    """Give the number that each cell names, null and marked where it names nothing.

    Raises:
        NotFineError: One names nothing, and must.
    """
    whole = cells.series.dtype.is_signed_integer() and cells.series.dtype != pl.Int128
    different, codes = (cells.series, None) if whole else coded(cells.series)
    if whole:
        words, gone = different, lost(different, ())
    else:
        words, gone = texts(different, cells.rule.format.missing, key=True, loose=cells.loose)
    fine(gone is None or cells.optional)
    numbers = index.find(words)
    if gone is not None:
        numbers = numbers.zip_with(~gone, pl.Series([None], dtype=pl.Int64))
    unknown = some(numbers.is_null())
    if not lenient:
        fine((unknown is None and gone is None) or (gone is not None and bool((numbers.is_null() == gone).all())))
    none = union(gone, unknown)
    if codes is None:
        return numbers, none
    return numbers.gather(codes), None if none is None else some(none.gather(codes))
