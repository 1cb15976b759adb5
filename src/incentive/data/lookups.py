"""A cell that stands in another file: the team of an owner, the day on which a deal reached a stage.

A system keeps a thing in one place and refers to it from everywhere, and keeps what changes as a history: one row for
each change. A plan wants one value in the row of the deal. So the mapping says where it is found: the file, the column
of the key, that of the value, and, where a key has several rows, the column that puts them in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Dictionary
from datetime import date
from zoneinfo import ZoneInfo

from attrs import define, evolve, field, frozen

from incentive.data.cells import Convert, RawCell, converter, rules, shown
from incentive.data.columns import Columns
from incentive.data.facts import Value
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.keys import Faults
from incentive.data.mapping import ColumnMap, InputMap, LookupMap, Mapping, PeopleMap, TableMap
from incentive.data.picking import picked
from incentive.data.sources import Presence, Raw, Sources, Wanted, wanted_of
from incentive.quantities.moments import Moment
from incentive.results import FileAccount
from incentive.tree import Unit

_SETTINGS = ("decimal", "grouping", "date", "timestamp", "timezone", "missing")


def resolved(mapping: Mapping) -> Mapping:
    """The same mapping, where each column that is looked up has its own header, and is read as its file is written."""
    if not mapping.lookups:
        return mapping
    lookups: dict[str, LookupMap] = {}

    def one(column: ColumnMap | None) -> ColumnMap | None:
        return None if column is None else seen(column)

    def seen(column: ColumnMap) -> ColumnMap:
        found = lookups.get(column.lookup)
        return column if found is None else _found_in(column, found)

    def all_of(columns: Dictionary[str, ColumnMap]) -> dict[str, ColumnMap]:
        return {name: seen(column) for name, column in columns.items()}

    for name, each in mapping.lookups.items():
        lookups[name] = evolve(each, value=seen(each.value), by=one(each.by))
    return evolve(
        mapping,
        lookups=lookups,
        tables={
            name: evolve(each, columns=all_of(each.columns), recorded_on=one(each.recorded_on))
            for name, each in mapping.tables.items()
        },
        inputs={
            name: evolve(
                each,
                holder=one(each.holder),
                period=one(each.period),
                value=one(each.value),
                starts=one(each.starts),
                ends=one(each.ends),
            )
            for name, each in mapping.inputs.items()
        },
        people=evolve(
            mapping.people,
            columns=all_of(mapping.people.columns),
            keys=all_of(mapping.people.keys),
            starts=one(mapping.people.starts),
            ends=one(mapping.people.ends),
        ),
    )


def _found_in(column: ColumnMap, found: LookupMap) -> ColumnMap:
    value = found.value
    own = {name: getattr(value, name) for name in _SETTINGS if getattr(column, name) is None}
    return evolve(
        column,
        column=f"{column.column} → {column.lookup}",
        looked=column.column,
        style=value.style or found.source.format,
        values=column.values or value.values,
        unit=column.unit or value.unit,
        **own,
    )


def columns_looked_up(mapping: Mapping) -> Iterable[tuple[str, ColumnMap, Sequence[str]]]:
    """Where a mapping names a lookup, the column that does, and the lookups that it may name."""
    every = tuple(mapping.lookups)
    for at, (name, lookup) in enumerate(mapping.lookups.items()):
        for part, column in (("value", lookup.value), (f"{lookup.take}_by", lookup.by)):
            yield from _named(f"lookups.{name}.{part}", column, every[:at])
    for name, table in mapping.tables.items():
        yield from _columns(f"tables.{name}", table, every)
    for name, given in mapping.inputs.items():
        yield from _columns(f"inputs.{name}", given, every)
    yield from _columns("people", mapping.people, every)


def _columns(
    path: str, part: TableMap | InputMap | PeopleMap, every: Sequence[str]
) -> Iterable[tuple[str, ColumnMap, Sequence[str]]]:
    found: dict[str, ColumnMap | None] = {}
    if isinstance(part, InputMap):
        found |= {part.per: part.holder, "period": part.period, "value": part.value}
    else:
        found |= {f"columns.{name}": each for name, each in part.columns.items()}
    if isinstance(part, TableMap):
        found["recorded_on"] = part.recorded_on
    else:
        found |= {"from": part.starts, "until": part.ends}
    if isinstance(part, PeopleMap):
        found |= {f"keys.{name}": each for name, each in part.keys.items()}
    for name, column in found.items():
        yield from _named(f"{path}.{name}", column, every)


def _named(path: str, column: ColumnMap | None, known: Sequence[str]) -> Iterable[tuple[str, ColumnMap, Sequence[str]]]:
    if column is not None and column.lookup:
        yield path, column, known


def wanted_lookup(name: str, lookup: LookupMap) -> Wanted:
    """What is read for a lookup."""
    columns = [lookup.value, *(() if lookup.by is None else (lookup.by,))]
    headers: dict[str, Presence] = dict.fromkeys([lookup.key, *(each.column for each in columns)], "always")
    return wanted_of("lookup", name, lookup.source, headers, columns)


def wanted_lookups(mapping: Mapping, sources: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """What is read for the lookups that sources name, and for those that these name in turn."""
    found: dict[str, Wanted] = {}
    left = list(sources)
    while left:
        for _, name in left.pop().looked.values():
            if name not in found:
                found[name] = wanted_lookup(name, mapping.lookups[name])
                left.append(found[name])
    return tuple(found.values())


@frozen
class Lookup:
    """What a file says for each key: the cell, and the line that it stands in."""

    file: str
    header: str
    cells: Dictionary[str, tuple[RawCell, int]]
    textual: bool


@define
class Lookups:
    """The lookups of a mapping that was resolved; each is read when it is first asked for."""

    mapping: Mapping
    sources: Sources
    zone: ZoneInfo | None
    files: dict[tuple[str, str], FileAccount] = field(factory=dict)
    _known: dict[str, Lookup | None] = field(factory=dict)

    @property
    def findings(self) -> Findings:
        """What is wrong with what was read."""
        return self.sources.findings

    def load(self, wanted: Wanted) -> Raw | None:
        """The rows of a source that are meant, with what is looked up for them; None when its findings say why not."""
        raw = self.sources.load(wanted)
        if raw is None:
            return None
        raw, account = picked(raw, wanted, self.findings)
        if account is not None:
            self.files[wanted.role, wanted.name] = account
        for header, (own, name) in wanted.looked.items():
            found = self.find(name)
            if found is None:
                return None
            if own in raw.columns:
                keys = Columns(raw, wanted.source.format, self.zone, self.findings).read(own, key_reader(wanted, own))
                raw = _with(raw, header, keys, found)
        return raw

    def find(self, name: str) -> Lookup | None:
        """What a lookup says; None when its findings say why it says nothing."""
        if name not in self._known:
            self._known[name] = self._read(name, self.mapping.lookups[name])
        return self._known[name]

    def accounts(self) -> tuple[FileAccount, ...]:
        """The files of which rows were left out."""
        return tuple(account for _, account in sorted(self.files.items()))

    def _read(self, name: str, lookup: LookupMap) -> Lookup | None:
        raw = self.load(wanted_lookup(name, lookup))
        if raw is None:
            return None
        reading = Columns(raw, lookup.source.format, self.zone, self.findings)
        key = rules(lookup.source.format, ColumnMap(lookup.key), None)
        keys = reading.read(lookup.key, converter(Unit("text"), key, key=True))
        cells = raw.columns[lookup.value.column]
        order = self._order(reading, lookup)
        if None in keys or None in order:
            return None
        row_of, again = _one_each(keys, order, lookup.take)
        faults: Faults = [
            (row, BadCellError("D316", lookup=name, whose=shorten(str(keys[row])), first=str(raw.lines[first])))
            for row, first in again
            if shown(cells[row]) != shown(cells[first])
        ]
        reading.keep(lookup.value.column, faults)
        if faults:
            return None
        header = lookup.value.looked or lookup.value.column
        found = {str(key): (cells[row], raw.lines[row]) for key, row in row_of.items()}
        return Lookup(raw.file, header, found, raw.textual)

    def _order(self, columns: Columns, lookup: LookupMap) -> Sequence[Value | None]:
        """What puts the rows in order; the same for all where nothing does."""
        if lookup.by is None:
            return [0] * columns.raw.rows
        unit = Unit("timestamp" if lookup.by.says_instants else "date")
        return columns.read(lookup.by.column, converter(unit, rules(columns.style, lookup.by, self.zone)))


def _one_each(
    keys: Sequence[Value | None], order: Sequence[Value | None], take: str
) -> tuple[dict[Value | None, int], list[tuple[int, int]]]:
    """The row of each key, and the rows beside which another stands at the same place of the order."""
    places = [each.utc if isinstance(each, Moment) else each for each in order]
    chosen: dict[Value | None, int] = {}
    for row, key in enumerate(keys):
        first = chosen.setdefault(key, row)
        if _before(places[row], places[first]) if take == "first" else _before(places[first], places[row]):
            chosen[key] = row
    return chosen, [
        (row, chosen[key]) for row, key in enumerate(keys) if row != chosen[key] and places[row] == places[chosen[key]]
    ]


def _before(one: object, other: object) -> bool:
    """Whether a day or an instant comes before another."""
    return isinstance(one, date) and isinstance(other, date) and one < other


def key_reader(wanted: Wanted, own: str) -> Convert:
    """The reading of a column whose cells are sought in a lookup: what is no key must not pass for one not found."""
    return converter(Unit("text"), rules(wanted.source.format, ColumnMap(own), None), optional=True, key=True)


def _with(raw: Raw, header: str, keys: Sequence[Value | None], found: Lookup) -> Raw:
    """The rows with one more column: what is found for their keys; nothing where nothing is."""
    nothing = ("", 0)
    hits = [nothing if key is None else found.cells.get(str(key), nothing) for key in keys]
    return evolve(
        raw,
        columns={**raw.columns, header: [cell for cell, _ in hits]},
        textual=raw.textual and found.textual,
        looked={**raw.looked, header: (found.file, found.header, [line for _, line in hits])},
    )
