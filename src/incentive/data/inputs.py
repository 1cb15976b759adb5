"""Inputs: one value for a holder and a period, never two, within its declared bounds."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Collection, Sequence
from collections.abc import Mapping as Dictionary
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from attrs import frozen

from incentive.data.cells import Convert, RawCell, converter, figure, key_text, rules, shown
from incentive.data.columns import Columns, Indexes
from incentive.data.facts import Cell, Excluded, Held, InputFacts, Value
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.keys import Faults, KeyIndex, reference
from incentive.data.mapping import ColumnMap, InputMap
from incentive.data.sources import Presence, Raw, Wanted, wanted_of
from incentive.language.words import DAYS_HELD
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodRangeError
from incentive.tree import Field, Input, Must, Unit, UnitKind

ALWAYS, NEVER_ENDS = 1, date.max.toordinal() + 1  # an open side, as an ordinal
HOLDS: dict[str, Callable[[int | Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@frozen
class InputColumns:
    """Where the parts of an input stand."""

    holder: ColumnMap | None
    period: ColumnMap | None
    value: ColumnMap
    starts: tuple[ColumnMap, ...]
    ends: tuple[ColumnMap, ...]

    def edge(self, columns: Collection[str], *, first: bool) -> ColumnMap | None:
        """The column of the first or of the last day on which a value holds, if there is one."""
        return next((each for each in (self.starts if first else self.ends) if each.column in columns), None)


def input_columns(declared: Input, mapping: InputMap) -> InputColumns:
    """Where the parts of an input stand."""
    holder = None if declared.per == "company" else mapping.holder or ColumnMap(declared.per)
    period = None if declared.period is None else mapping.period or ColumnMap("period")
    starts, ends = (
        () if period is None else (mapped,) if mapped is not None else tuple(map(ColumnMap, (*words[0], *words[1])))
        for mapped, words in ((mapping.starts, DAYS_HELD["from"]), (mapping.ends, DAYS_HELD["until"]))
    )
    return InputColumns(holder, period, mapping.value or ColumnMap("value"), starts, ends)


def wanted_input(declared: Input, mapping: InputMap) -> Wanted:
    """What is asked of an input's file."""
    found = input_columns(declared, mapping)
    named = [each.column for each in (found.holder, found.period, found.value) if each is not None]
    headers: dict[str, Presence] = dict.fromkeys(named, "always")
    days = tuple(each.column for each in (*found.starts, *found.ends))
    for name in days:
        headers.setdefault(name, "perhaps")
    instead = {found.period.column: days} if found.period is not None else {}
    columns = [
        each for each in (found.holder, found.period, found.value, *found.starts, *found.ends) if each is not None
    ]
    return wanted_of("input", declared.name, mapping.source, headers, columns, instead=instead)


def by_days(where: InputColumns, columns: Dictionary[str, Sequence[RawCell]]) -> bool:
    """Whether values are given for days: there is a first or a last day, and no period."""
    if where.period is None or not any(each.column in columns for each in (*where.starts, *where.ends)):
        return False
    return all(each is None or each == "" for each in columns.get(where.period.column, ()))


@frozen
class Inputs:
    """Reads inputs: the periods of the plan's year, its days, who and which teams there are."""

    year: FiscalYear
    days: tuple[date, date]
    indexes: Indexes
    teams: KeyIndex
    findings: Findings
    zone: ZoneInfo | None = None

    def read(self, declared: Input, mapping: InputMap, raw: Raw) -> InputFacts:
        """The values of an input."""
        where = input_columns(declared, mapping)
        columns = Columns(raw, mapping.source.format, self.zone, self.findings)
        holders, excluded = self._holders(declared, mapping, columns)
        periods: tuple[Value | None, ...] = ("",) * raw.rows
        dated = by_days(where, raw.columns)
        if where.period is not None and not dated:
            kind: UnitKind = "date" if mapping.period_from == "date" else "text"
            base = converter(Unit(kind), rules(columns.style, where.period, self.zone))
            periods = columns.read(where.period.column, period_reader(base, declared, self.year))
        plain = converter(declared.unit, rules(columns.style, where.value, self.zone), optional=declared.optional)
        bounded = _bounded(plain, declared.musts)
        values = columns.read(where.value.column, bounded)
        if dated:
            return self._held(declared, columns, where, holders, values, excluded)
        found: dict[tuple[str, str], Cell] = {}
        faults: Faults = []
        for row, (holder, period, value) in enumerate(zip(holders, periods, values, strict=True)):
            if holder is None or period is None or value is None:
                continue
            pair = (str(holder), str(period))
            other = found.setdefault(pair, Cell(value, raw.lines[row], raw.file))
            if other.line != raw.lines[row]:
                whose = shorten(" ".join(filter(None, pair)))
                faults.append((row, BadCellError("D309", input=declared.name, first=str(other.line), whose=whose)))
        columns.keep(where.value.column, faults)
        unknown = "D310" if declared.per == "team" else "D303"
        left_out = tuple(Excluded(raw.lines[row], unknown) for row in excluded)
        outside = frozenset(pair for pair in found if pair[1] and not self._touches(pair[1]))
        return InputFacts(declared.name, raw.file, found, left_out, raw.rows, outside)

    def _held(  # noqa: PLR0913, PLR0917 - what was read of each row
        self,
        declared: Input,
        columns: Columns,
        where: InputColumns,
        holders: Sequence[Value | None],
        values: Sequence[Value | None],
        excluded: list[int],
    ) -> InputFacts:
        """Values that hold on days, from the first to the last, both counting; an empty cell leaves that side open."""
        raw = columns.raw
        starts, ends = (self._edges(columns, where.edge(raw.columns, first=first)) for first in (True, False))
        rows: dict[str, list[tuple[int, int, int]]] = {}
        faults: Faults = []
        for row, (holder, value, start, end) in enumerate(zip(holders, values, starts, ends, strict=True)):
            if holder is None or value is None:
                continue
            first = ALWAYS if start is None else start.toordinal()
            after = NEVER_ENDS if end is None else end.toordinal() + 1
            if start is not None and end is not None and after <= first:
                faults.append((row, BadCellError("D307", start=start.isoformat(), until=end.isoformat())))
                continue
            rows.setdefault(str(holder), []).append((first, after, row))
        for holder, found in rows.items():
            found.sort()
            for (_, before, one), (first, _, two) in itertools.pairwise(found):
                if first < before:
                    earlier, later = sorted((one, two))
                    day = date.fromordinal(first).isoformat()
                    named = {"input": declared.name, "first": str(raw.lines[earlier]), "whose": shorten(holder)}
                    faults.append((later, BadCellError("D315", day=day, **named)))
        columns.keep(where.value.column, sorted(faults, key=lambda each: each[0]))
        held = {
            holder: tuple(
                Held(first, after, Cell(values[row], raw.lines[row], raw.file))  # type: ignore[arg-type]  # it is there
                for first, after, row in found
            )
            for holder, found in rows.items()
        }
        unknown = "D310" if declared.per == "team" else "D303"
        left_out = tuple(Excluded(raw.lines[row], unknown) for row in excluded)
        return InputFacts(declared.name, raw.file, {}, left_out, raw.rows, held=held)

    def _edges(self, columns: Columns, column: ColumnMap | None) -> list[date | None]:
        """The first or the last days of rows, None where that side is open."""
        if column is None:
            return [None] * columns.raw.rows
        read = converter(Unit("date"), rules(columns.style, column, self.zone), optional=True)
        return [day if isinstance(day, date) else None for day in columns.read(column.column, read)]

    def _touches(self, name: str) -> bool:
        """Whether a period holds a day of the plan."""
        period, (first, last) = self.year.parse(name), self.days
        return period.start <= last and period.end > first

    def _holders(
        self, declared: Input, mapping: InputMap, columns: Columns
    ) -> tuple[tuple[Value | None, ...], list[int]]:
        """The holder of each row, and the rows whose holder is unknown and may be."""
        column = input_columns(declared, mapping).holder
        if column is None:
            return ("",) * columns.raw.rows, []
        index: KeyIndex | None = self.teams
        if declared.per == "participant":
            index = columns.index(Field("", Unit("participant")), column, self.indexes)
        read = converter(Unit("text"), rules(columns.style, column, None), key=True)
        unmatched: set[str] | None = set() if mapping.unknown == "exclude" else None
        holders = columns.read(column.column, reference(read, index, unmatched) if index else read)
        cells = columns.raw.columns[column.column]
        unknown = unmatched or set()
        return holders, [row for row, cell in enumerate(cells) if holders[row] is None and key_text(cell) in unknown]


def period_reader(base: Convert, declared: Input, year: FiscalYear) -> Convert:
    """The reading of cells that name a period: its canonical name."""
    kind = declared.period
    assert kind is not None
    example = year.period_of(kind, date(2026, 3, 1)).name

    def convert(cell: RawCell) -> Value | None:
        value = base(cell)
        try:
            if type(value) is date:
                return year.period_of(kind, value).name
            period = year.parse(str(value))
        except (PeriodFormatError, PeriodRangeError):
            raise BadCellError("D216", example=example) from None
        if period.kind != kind:
            raise BadCellError("D217", example=example)
        return period.name

    return convert


def _bounded(read: Convert, musts: tuple[Must, ...]) -> Convert:
    def convert(cell: RawCell) -> Value | None:
        value = read(cell)
        for must in musts:
            if isinstance(value, int | Fraction) and not HOLDS[must.operator](value, must.bound):
                raise BadCellError("D218", bound=f"{must.operator} {figure(must.bound)}", cell=shorten(shown(cell)))
        return value

    return convert
