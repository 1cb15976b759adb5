"""What was read, as columns.

Money is whole numbers over one scale, found from the values; days are ordinals; people and rows referred to are
numbers; words stay words. Made once from facts, or by a reader that never made facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from math import lcm
from typing import Any, Final

import polars as pl
from attrs import define, field

from incentive.columns.figures import Instants, NotLoweredError, Num, Plain, Truth, Values
from incentive.data import Facts, InputFacts, TableFacts
from incentive.quantities.moments import Moment
from incentive.results import FileAccount
from incentive.tree import Field, Plan, Unit

_NUMBERS: Final = frozenset({"money", "own_money", "ratio", "count", "rate", "days", "months", "hours"})
_START: Final = datetime(1970, 1, 1, tzinfo=UTC)
ALWAYS: Final = 1
NEVER: Final = 4_000_000
"""Days before and after all others, as ordinals."""


@define
class Table:
    """The rows of a table. `recorded` are days as ordinals, ALWAYS where a row has none.

    `lines` are where rows stand in `file`; None where row 0 is line 1. `blank` cells of a wide file made no row.
    """

    rows: int
    columns: Mapping[str, Values]
    recorded: pl.Series | None = None
    file: str = ""
    lines: Sequence[int] | None = None
    blank: int = 0


@define
class Segments:
    """What is known of people in time: one row a segment, by person and start; `end` is the day after the last."""

    keys: Sequence[str]
    person: pl.Series
    start: pl.Series
    end: pl.Series
    fields: Mapping[str, Values]
    line: Sequence[int] = ()

    @property
    def rows(self) -> int:
        """How many segments there are."""
        return len(self.person)


@define
class InputCells:
    """The values of an input: the holder's number (of a person or a team; 0 for the company), the period's name.

    There are few periods, so a period is one of an enumeration.
    """

    holder: pl.Series
    period: pl.Series
    value: Values
    dated: bool = False  # given for days: these are not in columns


def _one_at_least(teams: Sequence[str]) -> Sequence[str]:
    return teams or ("",)


@define(slots=False)
class ColumnFacts:
    """All that a plan asked for, as columns; `teams` are the names that teams are numbered by, and never none."""

    tables: Mapping[str, Table]
    people: Segments
    inputs: Mapping[str, InputCells]
    teams: Sequence[str] = field(converter=_one_at_least)  # so that a table of teams has a row to look at
    files: tuple[FileAccount, ...] = ()
    _digest: Callable[[], str] = field(kw_only=True, repr=False)
    _rows_of: Callable[[], Facts] = field(kw_only=True, repr=False)
    _facts: Facts | None = field(default=None, repr=False, init=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what was read: made when somebody asks."""
        return self._digest()

    def rows_of(self) -> Facts:
        """Give the same as facts, row by row: made when the first row asks for it."""
        if self._facts is None:
            self._facts = self._rows_of()
        return self._facts


def columns_of(facts: Facts, plan: Plan) -> ColumnFacts:
    """Write facts as columns.

    Raises:
        NotLoweredError: A number is too wide for a column.
    """
    keys = tuple(sorted(facts.people))
    numbers = {key: at for at, key in enumerate(keys)}
    tables = {
        each.name: _table(facts.tables[each.name], each.fields, numbers)
        for each in plan.tables
        if each.name in facts.tables
    }
    people = _people(facts, plan, keys, numbers)
    teams = _teams(people)
    at_team = {name: at for at, name in enumerate(teams)}
    inputs = {
        each.name: _input(facts.inputs[each.name], each.unit, each.per, numbers, at_team)
        for each in plan.inputs
        if each.name in facts.inputs
    }
    digest = lambda: facts.digest  # noqa: E731
    return ColumnFacts(tables, people, inputs, teams, facts.files, digest=digest, rows_of=lambda: facts)


def _table(table: TableFacts, fields: Sequence[Field], people: Mapping[str, int]) -> Table:
    columns = {each.name: values_of(table.columns[each.name], each.unit, people) for each in fields}
    recorded = None
    if table.recorded is not None:
        days = (each.day if isinstance(each, Moment) else each for each in table.recorded)
        recorded = pl.Series([ALWAYS if day is None else day.toordinal() for day in days], dtype=pl.Int32)
    return Table(table.rows, columns, recorded, table.file, table.lines, table.blank)


def _people(facts: Facts, plan: Plan, keys: Sequence[str], numbers: Mapping[str, int]) -> Segments:
    found = [(numbers[key], segment) for key in keys for segment in facts.people[key].segments]
    names = {name: None for _, segment in found for name in segment.values}
    units = {each.name: each.unit for each in plan.people}
    fields = {
        name: values_of([segment.values.get(name) for _, segment in found], units.get(name, Unit("text")), numbers)
        for name in names
    }
    return Segments(
        keys,
        pl.Series([person for person, _ in found], dtype=pl.Int64),
        pl.Series([ALWAYS if each.start is None else each.start.toordinal() for _, each in found], dtype=pl.Int64),
        pl.Series([NEVER if each.end is None else each.end.toordinal() for _, each in found], dtype=pl.Int64),
        fields,
        [each.line for _, each in found],
    )


def _teams(people: Segments) -> Sequence[str]:
    team = people.fields.get("team")
    names = set(team.values.to_list()) if isinstance(team, Plain) and team.kind == "word" else set()
    return tuple(sorted(str(name) for name in names if name))


def _input(found: InputFacts, unit: Unit, per: str, people: Mapping[str, int], teams: Mapping[str, int]) -> InputCells:
    numbers = people if per == "participant" else teams if per == "team" else {"": 0}
    known = [(key, cell) for key, cell in found.values.items() if key[0] in numbers]
    dated = found.held is not None
    return InputCells(
        pl.Series([numbers[holder] for (holder, _), _ in known], dtype=pl.Int64),
        names_of([period for (_, period), _ in known]),
        values_of([cell.value for _, cell in known], unit, people),
        dated,
    )


def names_of(names: Sequence[str]) -> pl.Series:
    """Write names of which there are few."""
    return pl.Series(names, dtype=pl.Enum(sorted(set(names))))


def values_of(values: Sequence[Any], unit: Unit, people: Mapping[str, int]) -> Values:
    """Write values of one kind as a column; None is missing."""
    lost = [value is None for value in values]
    gone = pl.Series(lost, dtype=pl.Boolean) if any(lost) else None
    kind = unit.kind
    if kind in _NUMBERS:
        return _numbers(values, gone)
    if kind == "yes_no":
        return Truth(pl.Series([value is True for value in values], dtype=pl.Boolean), gone)
    if kind == "date":
        days = [ALWAYS if value is None else value.toordinal() for value in values]
        return Plain("day", pl.Series(days, dtype=pl.Int32), gone)
    if kind == "timestamp":
        stamps = [
            (0, ALWAYS) if value is None else (_microseconds(value.utc), value.day.toordinal()) for value in values
        ]
        utc, day = ([each[at] for each in stamps] for at in (0, 1))
        return Instants(pl.Series(utc, dtype=pl.Int64), pl.Series(day, dtype=pl.Int32), gone)
    if kind == "participant":
        numbers = [-1 if value is None else people.get(value, -1) for value in values]
        return Plain("person", pl.Series(numbers, dtype=pl.Int64), gone)
    if kind == "row":
        rows = [0 if value is None else value for value in values]
        return Plain("row", pl.Series(rows, dtype=pl.Int64), gone)
    words = ["" if value is None else str(value) for value in values]
    return Plain("word", pl.Series(words, dtype=pl.String), gone)


def _numbers(values: Sequence[Any], gone: pl.Series | None) -> Num:
    known = [0 if value is None else value for value in values]
    scale = 1
    for bottom in {value.denominator for value in known}:
        scale = lcm(scale, bottom)
    tops = [value.numerator * (scale // value.denominator) for value in known]
    most = max((abs(top) for top in tops), default=0)
    if max(most, scale).bit_length() > 127:
        raise NotLoweredError("numbers with too many decimals")
    kind = pl.Int64 if most.bit_length() <= 63 else pl.Int128
    return Num(pl.Series(tops, dtype=kind), scale, most, gone=gone)


def _microseconds(utc: datetime) -> int:
    gap = utc - _START
    return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds
