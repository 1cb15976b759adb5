"""The columns of a source that a plan asks for, as they stand in a frame, a Parquet file or a file of text.

A fast reader of separated values drops what does not fit. So the shape of a file is proven first, on its bytes: every
line has as many delimiters as the header, no quote, nothing after a missing line end. What has another shape is cut by
the small reader, line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import polars as pl
from attrs import evolve, frozen

from incentive.columns.cells import Cells, read_cells
from incentive.columns.figures import Num
from incentive.columns.texts import NotFineError, fine
from incentive.data.cells import rules
from incentive.data.csv_text import MAX_CELL, MAX_COLUMNS
from incentive.data.findings import BadCellError
from incentive.data.frames import open_parquet
from incentive.data.mapping import ColumnMap, Format, SourceMap
from incentive.data.sources import PARQUET, Sources, Wanted
from incentive.tree import Unit

_MARK = "\ufeff".encode()
_LARGEST = 2**127


@frozen
class Sheet:
    """The columns of a source by header, unread, and the line of each row."""

    rows: int
    columns: Mapping[str, pl.Series]
    lines: Sequence[int]
    loose: bool = False
    file: str = ""

    def column(self, header: str) -> pl.Series:
        """Give a column."""
        return self.columns[header]


def load(sources: Sources, wanted: Wanted) -> Sheet:
    """Take the columns of a source.

    Raises:
        NotFineError: There is something to say about it.
    """
    if sources.dataset.host is not None:
        raise NotFineError
    if sources.dataset.frames is not None:
        frame = sources.frame(wanted)
        fine(isinstance(frame, pl.DataFrame))
        assert isinstance(frame, pl.DataFrame), "what is fine is a frame"
        return framed(wanted, frame, [name for name, presence in wanted.headers.items() if presence == "always"])
    found = sources.path(wanted)
    if found is None:
        raise NotFineError
    path, name = found
    try:
        content = sources.content(path, f"{wanted.role} {wanted.name}")
        if path.suffix.lower() == PARQUET:
            sheet = _parquet(wanted, content)
        elif path.suffix.lower() == ".json":
            raise NotFineError
        else:
            whole = cut(content, wanted)
            sheet = _parsed(sources, wanted) if whole is None else whole
    except BadCellError:
        raise NotFineError from None
    checked(wanted.source, sheet.rows, {each: total_of(wanted.source, sheet, each) for each in wanted.source.totals})
    return evolve(sheet, file=name)


def framed(wanted: Wanted, frame: pl.DataFrame, needed: Iterable[str]) -> Sheet:
    """Take the columns of a frame.

    Raises:
        NotFineError: One that is needed is not there.
    """
    there = set(frame.columns)
    fine(not wanted.lacking(there, needed))
    replaced = wanted.replaced(there)
    nothing = pl.Series([None], dtype=pl.Null).new_from_index(0, frame.height)
    columns = {
        name: frame.get_column(name) if name in there else nothing
        for name, presence in {**wanted.headers, **dict.fromkeys(wanted.source.totals, "always")}.items()
        if name in there or (presence != "perhaps" and name not in replaced)
    }
    return Sheet(frame.height, columns, range(1, frame.height + 1), loose=True)


def _parquet(wanted: Wanted, content: bytes) -> Sheet:
    frame, headers = open_parquet(content, [*wanted.headers, *wanted.source.totals])
    needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
    fine(not wanted.lacking(headers, [*needed, *wanted.source.totals]))
    assert isinstance(frame, pl.DataFrame), "a Parquet file is opened as a frame"
    return framed(wanted, frame, needed)


def _parsed(sources: Sources, wanted: Wanted) -> Sheet:
    """Let the small reader cut a file of text into cells."""
    raw = sources.load(wanted)
    if raw is None:
        raise NotFineError
    columns = {name: pl.Series(cells, dtype=pl.String) for name, cells in raw.columns.items()}
    return Sheet(raw.rows, columns, raw.lines)


def cut(content: bytes, wanted: Wanted) -> Sheet | None:
    """Cut a file of text of the plainest shape; None for another shape.

    Raises:
        NotFineError: A column that is needed is not there.

    INVARIANT: a file that is cut here is cut alike by the small reader (`test_a_file_of_any_shape_is_read_alike`).
    """
    style, source = wanted.source.format, wanted.source
    mark = style.delimiter.encode()
    if style.encoding not in {"utf-8", "utf-8-sig"} or style.newlines_in_cells or len(mark) != 1:
        return None
    content = content.removeprefix(_MARK)
    if (style.quote and style.quote.encode() in content) or b"\x00" in content or _MARK in content:
        return None
    if b"\r" in content:
        pairs = content.count(b"\r\n")
        if content.count(b"\r") != pairs or content.count(b"\n") != pairs:
            return None
        content = content.replace(b"\r\n", b"\n")
    if not content.endswith(b"\n"):
        if style.final_newline == "required" and source.rows is None and not source.totals:
            return None
        content += b"\n"
    return _cells(content, wanted, style) if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        return content.isascii() or bool(content.decode())
    except UnicodeDecodeError:
        return False


def _cells(content: bytes, wanted: Wanted, style: Format) -> Sheet | None:
    mark = style.delimiter.encode()
    header = content[: content.index(b"\n")].decode().split(style.delimiter)
    width = len(header)
    if not 1 < width <= MAX_COLUMNS or len(set(header)) < width or not all(name.strip() for name in header):
        return None
    others = bytes(set(range(256)) - {10, mark[0]})
    marks = content.translate(None, others)
    lines = len(marks) // width
    if marks != (mark * (width - 1) + b"\n") * lines:
        return None
    half = MAX_CELL // 2
    if any(content.find(b"\n", at, at + half) < 0 for at in range(0, len(content) - half, half)):
        return None
    needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
    fine(not wanted.lacking(header, [*needed, *wanted.source.totals]))
    asked = [at for at, name in enumerate(header) if name in wanted.headers or name in wanted.source.totals]
    rows = lines - 1
    if not rows or not asked:
        columns = {header[at]: pl.Series([""] * rows, dtype=pl.String) for at in asked}
        return Sheet(rows, columns, range(2, rows + 2)) if not rows else None
    frame = pl.read_csv(
        content,
        has_header=False,
        skip_lines=1,
        schema={f"column_{at}": pl.String for at in range(1, width + 1)},
        columns=asked,
        separator=style.delimiter,
        quote_char=None,
        glob=False,
    )
    fine(frame.height == rows)
    columns = {header[at]: frame.to_series(place) for place, at in enumerate(asked)}
    return Sheet(rows, columns, range(2, rows + 2))


def total_of(source: SourceMap, sheet: Sheet, header: str) -> Fraction:
    """Add a column that a control total speaks of.

    Raises:
        NotFineError: A cell of it may be wrong.
    """
    rule = rules(source.format, ColumnMap(header), None)
    found = read_cells(Cells(sheet.column(header), rule, optional=True, loose=sheet.loose), Unit("ratio"))
    assert isinstance(found, Num), "a ratio is read as numbers"
    assert isinstance(found.top, pl.Series), "a column that was read has a figure for each row"
    fine(found.most * sheet.rows < _LARGEST)
    return Fraction(int(found.top.cast(pl.Int128).sum()), found.scale)


def checked(source: SourceMap, rows: int, totals: Mapping[str, Fraction]) -> None:
    """Prove the control figures of a file.

    Raises:
        NotFineError: One of them does not agree.
    """
    fine(source.rows is None or source.rows == rows)
    fine(bool(rows) or source.rows is not None or source.may_be_empty)
    fine(all(totals[header] == expected for header, expected in source.totals.items()))
