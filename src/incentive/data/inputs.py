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
from incentive.data.findings import LIMIT, BadCellError, Findings, shorten
from incentive.data.keys import KeyIndex, reference
from incentive.data.mapping import ColumnMap, InputMap
from incentive.data.sources import Presence, Raw, Wanted
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodRangeError
from incentive.tree import Field, Input, Must, Unit

_HOLDS: dict[str, Callable[[int | Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


@frozen
class _Columns:
    holder: ColumnMap | None
    period: ColumnMap | None
    value: ColumnMap


def _columns(declared: Input, mapping: InputMap) -> _Columns:
    holder = None if declared.per == "company" else mapping.holder or ColumnMap(declared.per)
    period = None if declared.period is None else mapping.period or ColumnMap("period")
    return _Columns(holder, period, mapping.value or ColumnMap("value"))


def wanted_input(declared: Input, mapping: InputMap) -> Wanted:
    """What is asked of an input's file."""
    found = _columns(declared, mapping)
    named = [each.column for each in (found.holder, found.period, found.value) if each is not None]
    headers: dict[str, Presence] = dict.fromkeys(named, "always")
    return Wanted("input", declared.name, mapping.source, headers)


def read_input(
    declared: Input, mapping: InputMap, raw: Raw, year: FiscalYear, indexes: Indexes, teams: KeyIndex, findings: Findings
) -> InputFacts:
    """The values of an input."""
    where = _columns(declared, mapping)
    style = mapping.source.format
    columns = Columns(raw, style, None, findings)
    excluded: set[int] = set()
    holders: tuple[Value | None, ...] = ("",) * raw.rows
    if where.holder is not None:
        kind = "participant" if declared.per == "participant" else "text"
        index = teams if declared.per == "team" else columns.index(Field("", Unit(kind)), where.holder, indexes)
        unmatched: set[str] | None = set() if mapping.unknown == "exclude" else None
        read = converter(Unit("text"), rules(style, where.holder, None))
        holders = columns.read(where.holder.column, reference(read, index, unmatched) if index else read)
        if unmatched:
            cells = raw.columns[where.holder.column]
            excluded = {row for row, cell in enumerate(cells) if holders[row] is None and key_text(cell) in unmatched}
    periods: tuple[Value | None, ...] = ("",) * raw.rows
    if where.period is not None:
        base = converter(Unit("date" if mapping.period_from == "date" else "text"), rules(style, where.period, None))
        periods = columns.read(where.period.column, _period(base, declared, year))
    bounded = _bounded(converter(declared.unit, rules(style, where.value, None)), declared.musts)
    values = columns.read(where.value.column, bounded)
    found: dict[tuple[str, str], Cell] = {}
    faults = 0
    for row in range(raw.rows):
        holder, period, value = holders[row], periods[row], values[row]
        if holder is None or period is None or value is None:
            continue
        pair = (str(holder), str(period))
        other = found.setdefault(pair, Cell(value, raw.lines[row], raw.file))
        if other.line != raw.lines[row]:
            faults += 1
            if faults <= LIMIT:
                place = raw.place(row, where.value.column, pair[0])
                shown_pair = " ".join(filter(None, pair))
                findings.add("D309", place, input=declared.name, first=str(other.line), whose=shorten(shown_pair))
    findings.skip(max(faults - LIMIT, 0))
    unknown = "D310" if declared.per == "team" else "D303"
    left_out = tuple(Excluded(raw.lines[row], unknown) for row in sorted(excluded))
    return InputFacts(declared.name, raw.file, found, left_out)


def _period(base: Convert, declared: Input, year: FiscalYear) -> Convert:
    kind = declared.period
    assert kind is not None

    def convert(cell: RawCell) -> Value | None:
        value = base(cell)
        try:
            if type(value) is date:
                return year.period_of(kind, value).name
            period = year.parse(str(value))
        except (PeriodFormatError, PeriodRangeError):
            raise BadCellError("D216", kind=kind) from None
        if period.kind != kind:
            raise BadCellError("D217", kind=kind, found=period.kind)
        return period.name

    return convert


def _bounded(read: Convert, musts: tuple[Must, ...]) -> Convert:
    def convert(cell: RawCell) -> Value | None:
        value = read(cell)
        for must in musts:
            if isinstance(value, int | Fraction) and not _HOLDS[must.operator](value, must.bound):
                raise BadCellError("D218", bound=f"{must.operator} {figure(must.bound)}", cell=shorten(shown(cell)))
        return value

    return convert
