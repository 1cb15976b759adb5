"""Where something stands: in a plan's text, or in a table of data."""

from __future__ import annotations

from attrs import frozen


@frozen
class Span:
    """A stretch of plan text. Offsets count from 0, lines and columns from 1; ends are exclusive.

    `file` is the name of the text where a plan is made of several, "" of the one that was asked for.
    """

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    file: str = ""

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of the other."""
        return Span(self.start, other.end, self.line, self.column, other.end_line, other.end_column, self.file)


@frozen
class DataPlace:
    """A place in data: the table, and as far as known the file, the physical line, the column and the row's key."""

    table: str
    file: str | None = None
    line: int | None = None
    column: str | None = None
    key: str | None = None
