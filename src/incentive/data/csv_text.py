"""Read separated values strictly: every physical line is accounted for, or the file is refused.

The usual readers lose deals in silence. A lone quote swallows the rows up to the next quote; a short row is filled
up; a blank line becomes a row of nothing; a file cut in the middle of `300.00` reads as `300.0`. Here a record is one
physical line (unless the mapping lets cells hold line breaks), has as many cells as the header, and a quote opens
only at the start of a cell and closes only at its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from attrs import frozen

from incentive.data.findings import LIMIT, BadCellError
from incentive.data.mapping import Format

MAX_COLUMNS = 1_000
MAX_CELL = 32_767  # characters, the cell of a spreadsheet
LINE_END = re.compile(r"\r\n|\n|\r")

Report = Callable[[int, BadCellError], None]


@frozen
class Sheet:
    """A file as text cells. `finished` says that the last line ends with a line end."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    finished: bool


def decode(content: bytes, encoding: str) -> str:
    """The text of a file, without its byte order mark.

    Raises:
        BadCellError: D104 no bytes, D106 a byte that the encoding does not have, D107 a NUL or a stray byte order mark.
            `line` is the physical line.
    """
    if not content:
        raise BadCellError("D104")
    try:
        text = content.decode("utf-8" if encoding == "utf-8-sig" else encoding)
    except UnicodeDecodeError as error:
        line = len(LINE_END.findall(content[: error.start].decode("latin-1"))) + 1
        raise BadCellError("D106", line=str(line), offset=str(error.start), encoding=encoding) from None
    text = text.removeprefix("\ufeff")
    for mark, name in (("\x00", "U+0000"), ("\ufeff", "U+FEFF")):
        at = text.find(mark)
        if at >= 0:
            raise BadCellError("D107", line=str(len(LINE_END.findall(text[:at])) + 1), character=name)
    return text


def parse(text: str, style: Format, report: Report) -> Sheet | None:
    """Cut the text into cells; None after a report, for a file whose shape is wrong."""
    physical = _physical_lines(text, style, report)
    if physical is None:
        return None
    lines, end, finished = physical
    try:
        header = tuple(_cells(lines[0], style))
    except BadCellError as error:
        report(1, error)
        return None
    if style.trailing_delimiter:
        if header[-1]:
            report(1, BadCellError("D128", delimiter=style.delimiter))
            return None
        header = header[:-1]
    if not _check_header(header, report):
        return None
    if not style.newlines_in_cells and (not style.quote or style.quote not in text):
        rows: list[list[str]] = [_unspaced(line.split(style.delimiter)) for line in lines[1:]]
        numbers: Sequence[int] = range(2, len(lines) + 1)
    else:
        found = _rows(lines, end, style, report)
        if found is None:
            return None
        rows, numbers = found
    if not _check_rows(rows, numbers, len(header) + style.trailing_delimiter, report):
        return None
    if style.trailing_delimiter and not _check_ends(rows, numbers, style, report):
        return None
    longest = max(map(len, lines))
    if (longest > MAX_CELL or style.newlines_in_cells) and not _check_lengths(rows, numbers, report):
        return None
    return Sheet(header, rows, numbers, finished)


def _physical_lines(text: str, style: Format, report: Report) -> tuple[list[str], str, bool] | None:
    """The lines, the line end of the file, and whether the last line has it.

    Where cells may hold line breaks, the first line end of the file is the one that ends records.
    """
    first = LINE_END.search(text)
    end = first.group() if first else "\n"
    if not style.newlines_in_cells and "\r" in text:
        pairs = text.count("\r\n")
        if text.count("\r") > pairs and "\n" in text:
            at = re.search(r"\r(?!\n)", text)
            assert at is not None
            report(len(LINE_END.findall(text[: at.start()])) + 1, BadCellError("D117"))
            return None
        text = text.replace("\r\n", "\n") if pairs else text.replace("\r", "\n")
        end = "\n"
    lines = text.split(end)
    finished = lines[-1] == ""
    if finished:
        lines.pop()
    return lines or [""], end, finished


def _cells(line: str, style: Format) -> list[str]:
    """The cells of one record.

    Raises:
        BadCellError: D114 a quote that does not open or close a whole cell.
    """
    delimiter, quote = style.delimiter, style.quote
    if not quote or quote not in line:
        return line.split(delimiter)
    cells: list[str] = []
    at, size = 0, len(line)
    while True:
        if line.startswith(quote, at):
            end = _closing(line, at + 1, quote)
            cells.append(line[at + 1 : end].replace(quote * 2, quote))
            at = end + 1
            if at == size:
                return cells
            if line[at] != delimiter:
                raise BadCellError("D114", position=str(at + 1))
        else:
            end = line.find(delimiter, at)
            cell = line[at:] if end < 0 else line[at:end]
            if quote in cell:
                raise BadCellError("D114", position=str(at + cell.index(quote) + 1))
            cells.append(cell)
            if end < 0:
                return cells
            at = end
        at += 1


def _closing(line: str, start: int, quote: str) -> int:
    end = line.find(quote, start)
    while end >= 0 and line.startswith(quote, end + 1):
        end = line.find(quote, end + 2)
    if end < 0:
        raise BadCellError("D115", position=str(start))
    return end


def _rows(lines: list[str], end: str, style: Format, report: Report) -> tuple[list[list[str]], list[int]] | None:
    """The records after the header and the physical line of each, one by one."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    good, at, number = True, 1, 2
    while at < len(lines):
        first = at
        at += 1
        if style.newlines_in_cells and style.quote and lines[first].count(style.quote) % 2:
            while at < len(lines) and not lines[at].count(style.quote) % 2:
                at += 1
            at += 1
        record = end.join(lines[first:at])
        try:
            cells = _cells(record, style)
            if style.newlines_in_cells and _loose_end(record, cells, style):
                raise BadCellError("D117")  # noqa: TRY301 - reported like the other faults of the line
            if len(cells) == 1 and record.isspace():
                raise BadCellError("D113")  # noqa: TRY301 - reported like the other faults of the line
            rows.append(cells)
            numbers.append(number)
        except BadCellError as error:
            report(number, error)
            good = False
            if error.code == "D115":
                break  # what follows may be the inside of the open cell: more findings would mislead
        number += len(LINE_END.findall(record)) + 1
    return (rows, numbers) if good else None


def _loose_end(record: str, cells: list[str], style: Format) -> bool:
    """Whether a line break stands outside the quotes."""
    if not LINE_END.search(record):
        return False
    if not style.quote:
        return True
    outside = re.sub(f"{re.escape(style.quote)}[^{re.escape(style.quote)}]*{re.escape(style.quote)}", "", record)
    return bool(cells) and LINE_END.search(outside) is not None


def _unspaced(cells: list[str]) -> list[str]:
    """The cells of a line without quotes; a line of nothing but spaces is a blank one."""
    return [""] if len(cells) == 1 and cells[0].isspace() else cells


def _check_header(header: tuple[str, ...], report: Report) -> bool:
    faults: list[BadCellError] = []
    if len(header) > MAX_COLUMNS:
        faults.append(BadCellError("D111", count=str(len(header)), limit=str(MAX_COLUMNS)))
    else:
        first: dict[str, int] = {}
        for number, name in enumerate(header, start=1):
            if not name.strip():
                faults.append(BadCellError("D110", number=str(number)))
            elif name in first:
                faults.append(BadCellError("D109", column=name, first=str(first[name]), second=str(number)))
            first.setdefault(name, number)
    for fault in faults[:LIMIT]:
        report(1, fault)
    return not faults


def _check_rows(rows: list[list[str]], numbers: Sequence[int], width: int, report: Report) -> bool:
    faults = 0
    if set(map(len, rows)) - {width} or (width == 1 and [""] in rows):
        for at, row in enumerate(rows):
            if len(row) == width and (width > 1 or row[0]):
                continue
            faults += 1
            if faults <= LIMIT:
                blank = len(row) == 1 and not row[0]
                size = {"found": str(len(row)), "expected": str(width)}
                report(numbers[at], BadCellError("D113") if blank else BadCellError("D112", **size))
    return not faults


def _check_ends(rows: list[list[str]], numbers: Sequence[int], style: Format, report: Report) -> bool:
    """Take the nothing after the last delimiter off every row."""
    wrong = [at for at, row in enumerate(rows) if row[-1]]
    for at in wrong[:LIMIT]:
        report(numbers[at], BadCellError("D128", delimiter=style.delimiter))
    for row in rows:
        row.pop()
    return not wrong


def _check_lengths(rows: list[list[str]], numbers: Sequence[int], report: Report) -> bool:
    long = [at for at, row in enumerate(rows) if max(map(len, row)) > MAX_CELL]
    for at in long[:LIMIT]:
        report(numbers[at], BadCellError("D120", limit=str(MAX_CELL)))
    return not long
