"""Rows of a file that are not meant: deleted ones, old versions, other properties.

An export often says in a column that a row no longer counts. Such rows must not be paid, and must not vanish either:
the mapping names the cells, and each row that it leaves out is counted under the cell that decided.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from incentive.data.cells import shown
from incentive.data.columns import Columns
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.keys import Faults
from incentive.data.mapping import SourceMap
from incentive.data.sources import Raw, Wanted
from incentive.results import FileAccount


def picked_headers(source: SourceMap) -> tuple[str, ...]:
    """The columns that say whether a row is meant."""
    return tuple(dict.fromkeys((*source.leave_out, *source.keep)))


def reasons(source: SourceMap) -> tuple[str, ...]:
    """Why rows may be left out, in the order in which it is asked."""
    found: list[str] = []
    for header in picked_headers(source):
        if header in source.leave_out:
            found += [_is(header, cell) for cell in source.leave_out[header]]
        else:
            found.append(_is_not(header, source.keep[header]))
    return tuple(dict.fromkeys(found))


def reason(source: SourceMap, header: str, text: str) -> str | None:
    """Why a cell leaves its row out; None where it does not.

    Raises:
        BadCellError: D222, it is neither one that is kept nor one that is left out.
    """
    out, kept = source.leave_out.get(header), source.keep.get(header)
    if out is not None and text in out:
        return _is(header, text)
    if kept is None or text in kept:
        return None
    if out is None:
        return _is_not(header, kept)
    raise BadCellError("D222", known=", ".join(f'"{each}"' for each in (*kept, *out)))


def picked(raw: Raw, wanted: Wanted, findings: Findings) -> tuple[Raw, FileAccount | None]:
    """The rows that are meant, and the account of the others."""
    source = wanted.source
    headers = picked_headers(source)
    if not headers:
        return raw, None
    columns = Columns(raw, source.format, None, findings)
    why: list[str | None] = [None] * raw.rows
    for header in headers:
        faults: Faults = []
        for row, cell in enumerate(raw.columns[header]):
            if why[row] is not None:
                continue
            try:
                why[row] = reason(source, header, shown(cell))
            except BadCellError as error:
                faults.append((row, error.alone()))
        columns.keep(header, faults)
    counts = dict.fromkeys(reasons(source), 0)
    for each in why:
        if each is not None:
            counts[each] += 1
    account = FileAccount(wanted.role, wanted.name, raw.file, raw.rows, tuple(counts.items()))
    return _rows(raw, [row for row, each in enumerate(why) if each is None]), account


def _rows(raw: Raw, rows: Sequence[int]) -> Raw:
    if len(rows) == raw.rows:
        return raw
    columns = {header: [cells[row] for row in rows] for header, cells in raw.columns.items()}
    return evolve(raw, rows=len(rows), columns=columns, lines=[raw.lines[row] for row in rows])


def _is(header: str, cell: str) -> str:
    return f'{header} = "{shorten(cell)}"'


def _is_not(header: str, cells: Sequence[str]) -> str:
    return f"{header} ≠ " + ", ".join(f'"{shorten(cell)}"' for cell in cells)
