"""How files, headers and cells become what a plan declares: the mapping, as data.

Two systems never name a column alike, and one writes 1.234,50 where the other writes 1234.50. Guessing which is which
changes pay without anyone noticing, so nothing is guessed: what differs from the plain contract is declared here,
once, by a person who says that it is right.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from fractions import Fraction
from typing import Literal

from attrs import Attribute, field, frozen

from incentive.data.formats import compile_form, find_zone
from incentive.diagnostics import UsageError

ENCODINGS = ("cp1252", "iso-8859-15", "latin-1", "utf-8", "utf-8-sig")


def _is_form(value: str, *, clock: bool) -> bool:
    return compile_form(value, clock=clock) is not None


Spelling = tuple[Callable[[str], bool], str]
SPELLINGS: Dictionary[str, Spelling] = {  # what a setting may be, and examples
    "delimiter": (lambda value: len(value) == 1 and value not in '"\r\n\x00', '"," | ";" | "|" | "\\t"'),
    "quote": (lambda value: value in {"", '"', "'"}, '"\\"" | "none"'),
    "encoding": (lambda value: value in ENCODINGS, " | ".join(f'"{name}"' for name in ENCODINGS)),
    "decimal": (lambda value: value in {".", ","}, '"." | ","'),
    "grouping": (lambda value: value in {"", *" .,'’\u00a0\u202f"}, '"none" | " " | "," | "."'),
    "date": (lambda value: value != "iso" and _is_form(value, clock=False), '"YYYY-MM-DD" | "DD/MM/YYYY"'),
    "timestamp": (lambda value: _is_form(value, clock=True), '"iso" | "YYYY-MM-DD hh:mm:ss"'),
    "timezone": (lambda value: find_zone(value) is not None, '"Europe/Paris"'),
}


def _check(owner: object, attribute: Attribute[str], value: str | None) -> None:
    """Refuse a setting that has no meaning, where a program makes it."""
    fits, expected = SPELLINGS[attribute.name]
    if value is not None and not fits(value) and (attribute.name, value) != ("timezone", ""):
        raise UsageError(f"{type(owner).__name__}.{attribute.name}: expected {expected}, not {value!r}")


@frozen
class Format:
    """How a file and its cells are written."""

    delimiter: str = field(default=",", validator=_check)
    quote: str = field(default='"', validator=_check)
    encoding: str = field(default="utf-8", validator=_check)
    decimal: str = field(default=".", validator=_check)
    grouping: str = field(default="", validator=_check)
    date: str = field(default="YYYY-MM-DD", validator=_check)
    timestamp: str = field(default="iso", validator=_check)
    timezone: str = field(default="", validator=_check)
    missing: tuple[str, ...] = ()
    final_newline: Literal["required", "optional"] = "required"
    newlines_in_cells: bool = False
    trailing_delimiter: bool = False


@frozen
class ColumnMap:
    """Where a field stands and how its cells are written; None or "" leaves it to the format of the file."""

    column: str
    decimal: str | None = field(default=None, validator=_check)
    grouping: str | None = field(default=None, validator=_check)
    date: str | None = field(default=None, validator=_check)
    timestamp: str | None = field(default=None, validator=_check)
    timezone: str | None = field(default=None, validator=_check)
    missing: tuple[str, ...] | None = None
    values: Dictionary[str, str] = field(factory=dict)
    unit: Literal["", "minor", "micros", "percent"] = ""
    person_key: str = ""
    unmatched: Literal["error", "missing"] = "error"
    twins: Literal["error", "allowed"] = "error"
    lookup: str = ""  # the cell names what to look for; the value is what is found there
    looked: str = ""  # the column of that cell, once `column` is the name of what is found for it
    style: Format | None = None  # how the file is written that it is found in

    @property
    def says_instants(self) -> bool:
        """Whether its cells are said to be time stamps, whatever the field is."""
        return self.timestamp is not None or self.timezone is not None


@frozen
class SourceMap:
    """A file: how it is written, which of its rows are meant, and what proves that it is whole.

    `leave_out` and `keep` are cells by header, letter by letter. Where both speak of a column, no cell is neither.
    """

    file: str = ""
    format: Format = Format()
    rows: int | None = None
    totals: Dictionary[str, Fraction] = field(factory=dict)
    may_be_empty: bool = False
    leave_out: Dictionary[str, tuple[str, ...]] = field(factory=dict)
    keep: Dictionary[str, tuple[str, ...]] = field(factory=dict)


@frozen
class LookupMap:
    """A file that gives one value for a key: where the key and the value stand.

    Where a key has several rows, `by` says in which order they stand, and `take` which of them is meant; without it,
    they must agree.
    """

    source: SourceMap
    key: str
    value: ColumnMap
    by: ColumnMap | None = None
    take: Literal["first", "last"] = "first"


@frozen
class WideMap:
    """Columns of a file that are rows of the table: the header is one field of the row, the cell another.

    Without `columns` all are, but for those that stand for a field.
    """

    headers_as: str
    cells_as: str
    columns: tuple[str, ...] = ()


@frozen
class TableMap:
    """A table of the plan. A field that is not named stands under its own name; `constants` stand in no column."""

    source: SourceMap = SourceMap()
    columns: Dictionary[str, ColumnMap] = field(factory=dict)
    recorded_on: ColumnMap | None = None
    wide: WideMap | None = None
    constants: Dictionary[str, str] = field(factory=dict)


@frozen
class InputMap:
    """An input of the plan."""

    source: SourceMap = SourceMap()
    holder: ColumnMap | None = None
    period: ColumnMap | None = None
    period_from: Literal["name", "date"] = "name"
    value: ColumnMap | None = None
    unknown: Literal["error", "exclude"] = "error"
    per: Literal["participant", "team"] = "participant"  # what the holder is
    starts: ColumnMap | None = None
    ends: ColumnMap | None = None


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
    shared: bool = False  # for several plans: it may speak of what one of them does not have
    lookups: Dictionary[str, LookupMap] = field(factory=dict)

    def table(self, name: str) -> TableMap:
        """What is declared for a table."""
        return self.tables.get(name, TableMap(SourceMap(format=self.format)))

    def input(self, name: str) -> InputMap:
        """What is declared for an input."""
        return self.inputs.get(name, InputMap(SourceMap(format=self.format)))
