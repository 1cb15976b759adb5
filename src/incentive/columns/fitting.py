"""The rows of a sheet that are meant, with what is looked up for them.

What a cell says of its row, and what another file says for it, is asked of the small reader, once for each different
cell; here it is spread over the rows.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import polars as pl
from attrs import evolve

from incentive.columns.sheets import Sheet
from incentive.columns.texts import NotFineError, fine
from incentive.data.cells import RawCell
from incentive.data.findings import BadCellError
from incentive.data.lookups import Lookups, key_reader
from incentive.data.picking import picked_headers, reason, reasons
from incentive.data.sources import Wanted
from incentive.results import FileAccount


def fitted(sheets: Iterable[Sheet], wanted: Wanted, lookups: Lookups) -> Iterator[Sheet]:
    """Give the rows that are meant of one sheet after the other, and keep the account of the others.

    Raises:
        NotFineError: Something about them may be wrong.
    """
    counts = dict.fromkeys(reasons(wanted.source), 0)
    read, file = 0, ""
    for each in sheets:
        read, file = read + each.rows, each.file
        yield _looked(_picked(each, wanted, counts), wanted, lookups)
    if counts:
        account = FileAccount(wanted.role, wanted.name, file, read, tuple(counts.items()))
        lookups.files[wanted.role, wanted.name] = account


def _picked(sheet: Sheet, wanted: Wanted, counts: dict[str, int]) -> Sheet:
    headers = picked_headers(wanted.source)
    if not headers:
        return sheet
    left = pl.repeat(value=True, n=sheet.rows, dtype=pl.Boolean, eager=True)
    for header in headers:
        cells = _texts(sheet.column(header))
        found: dict[str, list[str]] = {}
        for text in cells.unique().to_list():
            try:
                why = reason(wanted.source, header, text)
            except BadCellError:
                fine(not (left & (cells == text)).any())  # a row that another column leaves out may say anything
                continue
            if why is not None:
                found.setdefault(why, []).append(text)
        for why, texts in found.items():
            here = left & cells.is_in(pl.Series(texts, dtype=pl.String).implode())
            counts[why] += int(here.sum())
            left &= ~here
    if left.all():
        return sheet
    rows = left.arg_true()
    columns = {header: series.gather(rows) for header, series in sheet.columns.items()}
    lines = array("Q", (sheet.lines[row] for row in rows))
    return evolve(sheet, rows=len(rows), columns=columns, lines=lines)


def _looked(sheet: Sheet, wanted: Wanted, lookups: Lookups) -> Sheet:
    columns = dict(sheet.columns)
    for header, (own, name) in wanted.looked.items():
        lookup = lookups.find(name)
        fine(lookup is not None and lookup.textual and lookups.findings.none)
        assert lookup is not None, "what is fine was found"
        if own not in columns:
            continue
        series = columns[own]
        fine(series.dtype == pl.String)
        read = key_reader(wanted, own)
        found: dict[str, RawCell] = {}
        for cell in series.unique().to_list():
            try:
                key = read(cell)
            except BadCellError as error:
                raise NotFineError from error
            if key is not None and str(key) in lookup.cells:
                found[cell] = lookup.cells[str(key)][0]
        keys, cells = (pl.Series(list(each), dtype=pl.String) for each in (found, found.values()))
        columns[header] = (
            series.replace_strict(keys, cells, default="", return_dtype=pl.String)
            if found
            else pl.Series([""], dtype=pl.String).new_from_index(0, sheet.rows)
        )
    return evolve(sheet, columns=columns)


def _texts(series: pl.Series) -> pl.Series:
    """Give cells as the mapping writes them."""
    fine(series.dtype in {pl.String, pl.Boolean, pl.Null})
    return series.cast(pl.String).fill_null("")
