"""How files, headers and cells become what a plan declares: the mapping, as data.

Two systems never name a column alike, and one writes 1.234,50 where the other writes 1234.50. Guessing which is which
changes pay without anyone noticing, so nothing is guessed: what differs from the plain contract is declared here,
once, by a person who says that it is right.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

ENCODINGS = ("cp1252", "iso-8859-15", "latin-1", "utf-8", "utf-8-sig")


@frozen
class Format:
    """How a file and its cells are written."""

    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    decimal: str = "."
    grouping: str = ""
    date: str = "YYYY-MM-DD"
    timestamp: str = "iso"
    timezone: str = ""
    missing: tuple[str, ...] = ()
    final_newline: Literal["required", "optional"] = "required"
    newlines_in_cells: bool = False


@frozen
class ColumnMap:
    """Where a field stands and how its cells are written; None or "" leaves it to the format of the file."""

    column: str
    decimal: str | None = None
    grouping: str | None = None
    date: str | None = None
    timestamp: str | None = None
    timezone: str | None = None
    missing: tuple[str, ...] | None = None
    values: Dictionary[str, str] = field(factory=dict)
    unit: Literal["", "minor", "micros", "percent"] = ""
    person_key: str = ""
    unmatched: Literal["error", "missing"] = "error"
    twins: Literal["error", "allowed"] = "error"


@frozen
class SourceMap:
    """A file: how it is written, and what proves that it is whole."""

    file: str = ""
    format: Format = Format()
    rows: int | None = None
    totals: Dictionary[str, Fraction] = field(factory=dict)
    may_be_empty: bool = False


@frozen
class TableMap:
    """A table of the plan. A field that is not named stands under its own name."""

    source: SourceMap = SourceMap()
    columns: Dictionary[str, ColumnMap] = field(factory=dict)
    recorded_on: ColumnMap | None = None


@frozen
class InputMap:
    """An input of the plan."""

    source: SourceMap = SourceMap()
    holder: ColumnMap | None = None
    period: ColumnMap | None = None
    period_from: Literal["name", "date"] = "name"
    value: ColumnMap | None = None
    unknown: Literal["error", "exclude"] = "error"


@frozen
class PeopleMap:
    """The roster; or, with `values_of`, the columns ("table.field") whose values are the people."""

    source: SourceMap = SourceMap()
    columns: Dictionary[str, ColumnMap] = field(factory=dict)
    keys: Dictionary[str, ColumnMap] = field(factory=dict)
    values_of: tuple[str, ...] = ()
    starts: ColumnMap | None = None
    ends: ColumnMap | None = None


@frozen
class Mapping:
    """All that differs from the plain contract."""

    format: Format = Format()
    tables: Dictionary[str, TableMap] = field(factory=dict)
    inputs: Dictionary[str, InputMap] = field(factory=dict)
    people: PeopleMap = PeopleMap()
    confirmed: bool = True

    def table(self, name: str) -> TableMap:
        """What is declared for a table."""
        return self.tables.get(name, TableMap(SourceMap(format=self.format)))

    def input(self, name: str) -> InputMap:
        """What is declared for an input."""
        return self.inputs.get(name, InputMap(SourceMap(format=self.format)))
