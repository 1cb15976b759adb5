"""The roster: who there is, under which keys, and what is known of them when."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from incentive.data.cells import converter, rules
from incentive.data.columns import Columns, Indexes
from incentive.data.facts import Person, Segment, Value
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.formats import find_zone
from incentive.data.keys import KeyIndex, first_rows, texts_of, twins
from incentive.data.managers import MANAGER, circles
from incentive.data.mapping import ColumnMap, Format, PeopleMap
from incentive.data.sources import Presence, Raw, Wanted, wanted_of
from incentive.diagnostics import DataPlace
from incentive.tree import Field, Plan, Unit

WHO, TEAM, FROM, UNTIL = "who", "team", "from", "until"
SPECIAL = frozenset({WHO, FROM, UNTIL})


def wanted_people(fields: Sequence[Field], mapping: PeopleMap) -> Wanted:
    """What is asked of the roster's file."""
    headers: dict[str, Presence] = {column_for(mapping, WHO).column: "always"}
    for each in fields:
        if each.name not in SPECIAL:
            headers[column_for(mapping, each.name).column] = "in_files" if each.optional else "always"
    for key in mapping.keys.values():
        headers[key.column] = "always"
    for name, declared in ((FROM, mapping.starts), (UNTIL, mapping.ends)):
        known = declared is not None or name in mapping.columns
        headers.setdefault(column_for(mapping, name).column, "always" if known else "perhaps")
    names = [WHO, FROM, UNTIL, *(each.name for each in fields)]
    columns = [*(column_for(mapping, name) for name in names), *mapping.keys.values()]
    return wanted_of("people", "people", mapping.source, headers, columns)


@frozen
class Roster:
    """The people of a source, before their fields are read: the key of each row, and the indexes."""

    raw: Raw | None
    keys: tuple[str, ...]
    people: KeyIndex
    seconds: Mapping[str, KeyIndex]


def index_people(raw: Raw, mapping: PeopleMap, findings: Findings) -> Roster:
    """Who there is, from a roster."""
    style = mapping.source.format
    who = column_for(mapping, WHO)
    texts = texts_of(raw.columns[who.column], missing(style, who))
    columns = Columns(raw, style, None, findings, texts)
    first = _without_twins(columns, who, texts)
    seconds = {name: _second_key(columns, column, texts) for name, column in mapping.keys.items()}
    return Roster(raw, tuple(texts), KeyIndex("people", "D303", {text: text for text in first}), seconds)


def people_of_columns(tables: Mapping[str, tuple[Raw, ColumnMap, Format]], findings: Findings) -> Roster:
    """Who there is, from the values of columns of tables."""
    names: dict[str, None] = {}
    for raw, column, style in tables.values():
        texts = texts_of(raw.columns[column.column], missing(style, column))
        names |= dict.fromkeys(_without_twins(Columns(raw, style, None, findings), column, texts))
    return Roster(None, (), KeyIndex("people", "D303", {name: name for name in sorted(names)}), {})


def read_people(
    roster: Roster, plan: Plan, mapping: PeopleMap, indexes: Indexes, findings: Findings
) -> dict[str, Person]:
    """The people and their segments, in the order of their keys."""
    fields = plan.people
    if roster.raw is None:
        return _people_without_roster(roster, fields, findings)
    raw, style = roster.raw, mapping.source.format
    zone = find_zone(plan.timezone)
    columns = Columns(raw, style, zone, findings, roster.keys)
    who = column_for(mapping, WHO)
    columns.read(who.column, converter(Unit("text"), rules(style, who, None), key=True))
    values: dict[str, tuple[Value | None, ...]] = {}
    for each in fields:
        if each.name not in SPECIAL:
            values[each.name], _ = columns.field(each, column_for(mapping, each.name), indexes, key=each.name == TEAM)
    starts, ends = (_days(columns, column_for(mapping, name), style) for name in (FROM, UNTIL))
    declared = {each.name for each in fields} & SPECIAL
    segments: dict[str, list[tuple[int, Segment]]] = {}
    for row, key in enumerate(roster.keys):
        start, until = starts[row], ends[row]
        if not key:
            continue
        if start and until and until < start:
            place = raw.place(row, column_for(mapping, UNTIL).column, key)
            findings.add("D307", place, start=start.isoformat(), until=until.isoformat())
            continue
        known = {name: column[row] for name, column in values.items()}
        known |= {name: value for name, value in ((WHO, key), (FROM, start), (UNTIL, until)) if name in declared}
        end = until + timedelta(days=1) if until else None
        segments.setdefault(key, []).append((row, Segment(start, end, known, raw.lines[row])))
    people = {key: Person(key, _in_order(key, segments[key], raw, findings)) for key in sorted(segments)}
    if MANAGER in values:
        for key, segment, told in circles(people, plan.first_day):
            findings.add(
                "D314",
                DataPlace("people", raw.file or None, segment.line, column_for(mapping, MANAGER).column, shorten(key)),
                **told,
            )
    return people


def missing(style: Format, column: ColumnMap) -> frozenset[str]:
    """The spellings of a missing cell."""
    return frozenset({"", *rules(style, column, None).format.missing})


def column_for(mapping: PeopleMap, name: str) -> ColumnMap:
    """Where a field of people stands."""
    if name == FROM and mapping.starts is not None:
        return mapping.starts
    if name == UNTIL and mapping.ends is not None:
        return mapping.ends
    return mapping.columns.get(name) or ColumnMap(name)


def _without_twins(columns: Columns, column: ColumnMap, texts: Sequence[str]) -> dict[str, int]:
    first = first_rows(texts)
    if column.twins == "error":
        columns.keep(column.column, twins(first, columns.raw.lines))
    return first


def _second_key(columns: Columns, column: ColumnMap, whose: Sequence[str]) -> KeyIndex:
    raw = columns.raw
    columns.read(column.column, converter(Unit("text"), rules(columns.style, column, None), optional=True, key=True))
    found = texts_of(raw.columns[column.column], missing(columns.style, column))
    texts = [text if whose[row] else "" for row, text in enumerate(found)]
    first = _without_twins(columns, column, texts)
    shared = [
        (row, BadCellError("D308", first=str(raw.lines[first[text]])))
        for row, text in enumerate(texts)
        if text and whose[first[text]] != whose[row]
    ]
    columns.keep(column.column, shared)
    return KeyIndex("people", "D303", {text: whose[row] for text, row in first.items()})


def _people_without_roster(roster: Roster, fields: Sequence[Field], findings: Findings) -> dict[str, Person]:
    for each in fields:
        if each.name not in SPECIAL and not each.optional:
            findings.add("D312", DataPlace("people", column=each.name), field=each.name)
    declared = {each.name for each in fields}
    people: dict[str, Person] = {}
    for key in roster.people.values:
        known: dict[str, Value | None] = {name: key if name == WHO else None for name in declared}
        people[key] = Person(key, (Segment(None, None, known, 0),))
    return people


def _days(columns: Columns, column: ColumnMap, style: Format) -> list[date | None]:
    if column.column not in columns.raw.columns:
        return [None] * columns.raw.rows
    read = converter(Unit("date"), rules(style, column, columns.zone), optional=True)
    return [day if isinstance(day, date) else None for day in columns.read(column.column, read)]


def _in_order(key: str, found: list[tuple[int, Segment]], raw: Raw, findings: Findings) -> tuple[Segment, ...]:
    found.sort(key=lambda each: (each[1].start or date.min, each[0]))
    for (_, before), (row, after) in itertools.pairwise(found):
        if before.end is None or after.start is None or before.end > after.start:
            first, second = sorted((before.line, after.line))
            findings.add("D306", raw.place(row, None, key), first=str(first), second=str(second))
    return tuple(segment for _, segment in found)
