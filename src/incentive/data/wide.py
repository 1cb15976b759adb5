"""Columns that are rows: a table of rates with a column for each currency, a row for each day.

Each cell of such a column becomes a row of the table. A cell that says that there is no value makes none, and is
counted: cells read are rows and blanks, nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import evolve

from incentive.data.cells import RawCell, rules
from incentive.data.mapping import ColumnMap, TableMap
from incentive.data.sources import Raw


def column_of(mapped: TableMap, name: str) -> ColumnMap:
    """Where a field stands: under its own name, unless the mapping says otherwise."""
    return mapped.columns.get(name) or ColumnMap(name)


def in_columns(mapped: TableMap, name: str) -> bool:
    """Whether a field stands in a column of the file."""
    wide = mapped.wide
    return name not in mapped.constants and (wide is None or name not in {wide.headers_as, wide.cells_as})


def lengthened(raw: Raw, mapped: TableMap, wanted: Iterable[str]) -> Raw:
    """The rows of a table, with its constants and its columns that are rows; `wanted` are the headers asked for."""
    if mapped.wide is not None:
        raw = _long(raw, mapped, [each for each in wanted if each in raw.columns and each not in mapped.wide.columns])
    constants = {column_of(mapped, name).column: [value] * raw.rows for name, value in mapped.constants.items()}
    return evolve(raw, columns={**raw.columns, **constants}) if constants else raw


def _long(raw: Raw, mapped: TableMap, fixed: Sequence[str]) -> Raw:
    wide = mapped.wide
    assert wide is not None
    headers = wide.columns or tuple(each for each in raw.columns if each not in fixed)
    rule = column_of(mapped, wide.cells_as)
    missing = {None, "", *rules(mapped.source.format, rule, None).format.missing}
    rows: list[int] = []
    origins: list[str] = []
    cells: list[RawCell] = []
    sources = [(header, raw.columns[header]) for header in headers]
    for row in range(raw.rows):
        for header, column in sources:
            cell = column[row]
            if cell is None or (isinstance(cell, str) and cell in missing):
                continue
            rows.append(row)
            origins.append(header)
            cells.append(cell)
    columns: dict[str, Sequence[RawCell]] = {name: [raw.columns[name][row] for row in rows] for name in fixed}
    columns[column_of(mapped, wide.headers_as).column] = origins
    columns[rule.column] = cells
    blank = raw.rows * len(headers) - len(rows)
    lines = [raw.lines[row] for row in rows]
    return evolve(
        raw, rows=len(rows), columns=columns, lines=lines, origins=(rule.column, origins), blank=blank, looked={}
    )
