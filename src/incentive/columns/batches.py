"""The rows of a file that is too large to be held, some at a time.

A file is often larger than the columns that a plan keeps of it, and its cells as text are larger still. So a large file
is read in batches: blocks of bytes that end with a record, or groups of rows of a Parquet file. Each batch is as strict
as the whole: a block is cut like a file of its own, under the header of the first.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import polars as pl
from attrs import define, evolve, frozen

from incentive.columns.sheets import Sheet, checked, cut, framed, load, total_of
from incentive.columns.texts import NotFineError, fine
from incentive.data.csv_text import LINE_END, decode, parse
from incentive.data.findings import BadCellError
from incentive.data.mapping import Format
from incentive.data.opening import Blocks
from incentive.data.sources import PARQUET, Sources, Wanted

_BLOCKS_A_RECORD = 4  # a record longer than so many blocks is none


@frozen
class Limits:
    """From which size on a file is not held, and how much of it is looked at together: rows, or bytes of text."""

    held: int = 32 * 1024**2
    rows: int = 1_000_000
    block: int = 32 * 1024**2


def streamed(sources: Sources, wanted: Wanted, limits: Limits) -> tuple[Path, str] | None:
    """Give the path of a source that is read in batches, and what it is called; None where it is read at once."""
    if sources.dataset.host is not None or sources.dataset.frames is not None:
        return None
    found = sources.path(wanted)
    if found is None:
        raise NotFineError
    path = found[0]
    if path in sources.contents or path.suffix.lower() == ".json":
        return None
    try:
        return found if path.stat().st_size > limits.held else None
    except OSError:
        raise NotFineError from None


def batches(sources: Sources, wanted: Wanted, limits: Limits) -> Iterator[Sheet]:
    """Take the columns of a source, some rows at a time: at least one batch, in the order of the file.

    Raises:
        NotFineError: There is something to say about it.
    """
    found = streamed(sources, wanted, limits)
    if found is None:
        yield load(sources, wanted)
        return
    path, name = found
    try:
        with sources.blocks(path, f"{wanted.role} {wanted.name}", limits.block) as blocks:
            parquet = path.suffix.lower() == PARQUET
            parts = _parquet(blocks, wanted, limits.rows) if parquet else _Text(wanted).sheets(blocks)
            for each in _proven(wanted, parts):
                yield evolve(each, file=name)
    except BadCellError:
        raise NotFineError from None


def _proven(wanted: Wanted, parts: Iterable[Sheet]) -> Iterator[Sheet]:
    """Prove the control figures of a file, once all of it was seen."""
    source, rows = wanted.source, 0
    totals = dict.fromkeys(source.totals, Fraction(0))
    for each in parts:
        rows += each.rows
        for header in totals:
            totals[header] += total_of(source, each, header)
        yield each
    checked(source, rows, totals)


def _parquet(blocks: Blocks, wanted: Wanted, rows: int) -> Iterator[Sheet]:
    for _ in blocks:  # hashed before anything else is asked of it, and known to be the same afterwards
        pass
    try:
        scan = pl.scan_parquet(blocks.path, glob=False)
        headers = scan.collect_schema().names()
        needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
        fine(not wanted.lacking(headers, [*needed, *wanted.source.totals]))
        asked = [name for name in dict.fromkeys([*wanted.headers, *wanted.source.totals]) if name in set(headers)]
        fine(bool(asked))
        first, nothing = 1, pl.DataFrame(schema={name: scan.collect_schema()[name] for name in asked})
        for frame in scan.select(asked).collect_batches(chunk_size=rows, maintain_order=True):
            if frame.height:
                yield evolve(framed(wanted, frame, needed), lines=range(first, first + frame.height))
                first += frame.height
        if first == 1:
            yield framed(wanted, nothing, needed)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise NotFineError from None


@define
class _Text:
    """Cuts a file of text, block by block."""

    wanted: Wanted
    header: bytes = b""
    lines: int = 1  # physical lines so far, the header too

    @property
    def _style(self) -> Format:
        return self.wanted.source.format

    def sheets(self, blocks: Blocks) -> Iterator[Sheet]:
        """Give the rows of each block."""
        rest: list[bytes] = []
        first = True
        for block in blocks:
            whole = b"".join([*rest, block])
            end = self._end(whole)
            fine(end > 0 or len(whole) < _BLOCKS_A_RECORD * blocks.size)
            rest = [whole[end:]]
            if end:
                yield self._sheet(whole[:end], first=first, last=False)
                first = False
        tail = b"".join(rest)
        if tail or first:
            yield self._sheet(tail, first=first, last=True)

    def _end(self, content: bytes) -> int:
        """Where the last record ends whose end is there; 0 where none does."""
        style = self._style
        at = content.rfind(b"\n") + 1
        if not style.newlines_in_cells or not style.quote:
            return at
        quote = style.quote.encode()
        open_ = content.count(quote, 0, at) % 2
        while at and open_:
            before = content.rfind(b"\n", 0, at - 1) + 1
            open_ ^= content.count(quote, before, at) % 2
            at = before
        return at

    def _sheet(self, piece: bytes, *, first: bool, last: bool) -> Sheet:
        """Cut a piece like a file of its own, whose header is that of the first piece."""
        if first:
            self.header = piece[: piece.find(b"\n") + 1]
            fine(b"\r" not in self.header.removesuffix(b"\n").removesuffix(b"\r"))
        content = piece if first else self.header + piece
        fine(bool(self.header) or last)
        found = cut(content, self.wanted)
        if found is None:
            found = self._parsed(content, last=last)
        lines = _moved(found.lines, self.lines - 1)
        breaks = LINE_END.findall(piece.decode("latin-1")) if self._style.newlines_in_cells else ()
        self.lines += (len(breaks) if self._style.newlines_in_cells else found.rows + first) - first
        return evolve(found, lines=lines)

    def _parsed(self, content: bytes, *, last: bool) -> Sheet:
        """Let the small reader cut it into cells."""

        def report(_line: int, _error: BadCellError) -> None:
            raise NotFineError

        source, wanted = self.wanted.source, self.wanted
        sheet = parse(decode(content, source.format.encoding), source.format, report)
        fine(sheet is not None)
        assert sheet is not None, "what is fine was cut"
        proven = source.rows is not None or bool(source.totals)
        fine(sheet.finished or (last and (proven or source.format.final_newline != "required")))
        needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
        fine(not wanted.lacking(sheet.header, [*needed, *source.totals]))
        columns = {
            name: pl.Series([row[at] for row in sheet.rows], dtype=pl.String)
            for at, name in enumerate(sheet.header)
            if name in wanted.headers or name in source.totals
        }
        return Sheet(len(sheet.rows), columns, sheet.lines)


def _moved(lines: Sequence[int], by: int) -> Sequence[int]:
    if isinstance(lines, range):
        return range(lines.start + by, lines.stop + by)
    return array("Q", [each + by for each in lines])


def joined_lines(parts: Sequence[Sequence[int]]) -> Sequence[int]:
    """Put the lines of batches in a row."""
    filled = [each for each in parts if each]
    if all(isinstance(each, range) for each in filled) and all(
        one[-1] + 1 == other[0] for one, other in pairwise(filled)
    ):
        return range(filled[0][0], filled[-1][-1] + 1) if filled else range(0)
    found = array("Q")
    for each in filled:
        found.extend(each)
    return found


__all__ = ["Limits", "batches", "joined_lines", "streamed"]
