"""Inputs: one value for a holder and a period, never two, within its declared bounds."""

from __future__ import annotations

import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import frozen

from incentive.data.cells import Convert, RawCell, converter, figure, key_text, rules, shown
from incentive.data.columns import Columns, Indexes
from incentive.data.facts import Cell, Excluded, InputFacts, Value
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.keys import Faults, KeyIndex, reference
from incentive.data.mapping import ColumnMap, InputMap
from incentive.data.sources import Presence, Raw, Wanted
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodRangeError
from incentive.tree import Field, Input, Must, Unit, UnitKind

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


def input_columns(declared: Input, mapping: InputMap) -> InputColumns:
    """Where the parts of an input stand."""
    holder = None if declared.per == "company" else mapping.holder or ColumnMap(declared.per)
    period = None if declared.period is None else mapping.period or ColumnMap("period")
    return InputColumns(holder, period, mapping.value or ColumnMap("value"))


def wanted_input(declared: Input, mapping: InputMap) -> Wanted:
    """What is asked of an input's file."""
    found = input_columns(declared, mapping)
    named = [each.column for each in (found.holder, found.period, found.value) if each is not None]
    headers: dict[str, Presence] = dict.fromkeys(named, "always")
    return Wanted("input", declared.name, mapping.source, headers)


@frozen
class Inputs:
    """Reads inputs: the periods of the plan's year, its days, who and which teams there are."""

    year: FiscalYear
    days: tuple[date, date]
    indexes: Indexes
    teams: KeyIndex
    findings: Findings

    def read(self, declared: Input, mapping: InputMap, raw: Raw) -> InputFacts:
        """The values of an input."""
        where = input_columns(declared, mapping)
        columns = Columns(raw, mapping.source.format, None, self.findings)
        holders, excluded = self._holders(declared, mapping, columns)
        periods: tuple[Value | None, ...] = ("",) * raw.rows
        if where.period is not None:
            kind: UnitKind = "date" if mapping.period_from == "date" else "text"
            base = converter(Unit(kind), rules(columns.style, where.period, None))
            periods = columns.read(where.period.column, period_reader(base, declared, self.year))
        plain = converter(declared.unit, rules(columns.style, where.value, None), optional=declared.optional)
        bounded = _bounded(plain, declared.musts)
        values = columns.read(where.value.column, bounded)
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
