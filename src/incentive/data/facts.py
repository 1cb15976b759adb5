"""What was read: typed columns, people with their segments, inputs by holder and period.

Everything here is final: no file is open, no cell is text that still has to be understood, and each value knows the
line that it came from, so that a payout can be traced to a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from incentive.quantities.moments import Moment
from incentive.results import FileAccount

Value = int | Fraction | bool | str | date | Moment


@frozen
class TableFacts:
    """The rows of a table, by column. A row reference is the number of the row in the table referred to, from 0.

    `lines` are physical lines of the file, or row numbers from 1 for rows that the host gave. `recorded` says when each
    row became known, if the data says so. `unmatched` counts, by field, the references that match nothing and may;
    `blank` counts the cells of a wide file that say that there is no value, and so make no row.
    """

    name: str
    file: str
    rows: int
    columns: Mapping[str, tuple[Value | None, ...]]
    lines: tuple[int, ...]
    keys: tuple[str, ...]
    recorded: tuple[date | Moment | None, ...] | None = None
    unmatched: Mapping[str, int] = field(factory=dict)
    blank: int = 0


@frozen
class Segment:
    """What is known of a person from `start` up to, and without, `end`; None is open."""

    start: date | None
    end: date | None
    values: Mapping[str, Value | None]
    line: int


@frozen
class Person:
    """A person and their segments in time, earliest first, never overlapping."""

    key: str
    segments: tuple[Segment, ...]


@frozen
class Cell:
    """A value and where it stands."""

    value: Value
    line: int
    file: str


@frozen
class Held:
    """A value that holds from `first` up to, and without, `after`, days as ordinals."""

    first: int
    after: int
    cell: Cell


@frozen
class Excluded:
    """A row that the mapping allows to be left out."""

    line: int
    reason: str


@frozen
class InputFacts:
    """The values of an input by holder and canonical period name.

    The holder is "" for the company, the period is "" for an input without period. Of the `rows` read, each is a value
    or is excluded; `outside` are the values whose period holds no day of the plan. Where values are given for days
    instead of periods, `held` has them by holder, in order and never overlapping, and `values` is empty.
    """

    name: str
    file: str
    values: Mapping[tuple[str, str], Cell]
    excluded: tuple[Excluded, ...] = ()
    rows: int = 0
    outside: frozenset[tuple[str, str]] = frozenset()
    held: Mapping[str, tuple[Held, ...]] | None = None


@frozen
class Facts:
    """All that a plan asked for. `digest` is SHA-256 over what was read, `zone` the version of the time zone table.

    `files` account for the rows that the mapping leaves out.
    """

    tables: Mapping[str, TableFacts]
    people: Mapping[str, Person]
    inputs: Mapping[str, InputFacts]
    digest: str
    zone: str
    recorded: frozenset[str]
    files: tuple[FileAccount, ...] = ()
