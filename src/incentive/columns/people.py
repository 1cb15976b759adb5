"""The roster as columns: people by their key, and what is known of them when."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl
from attrs import frozen

from incentive.columns.cells import Cells, picked, read_cells
from incentive.columns.figures import Plain, Values
from incentive.columns.references import References, refer
from incentive.columns.sheets import Sheet
from incentive.columns.tables import ALWAYS, NEVER, Segments, values_of
from incentive.columns.texts import Index, fine, numbered, prove_unlike, texts
from incentive.data.cells import rules
from incentive.data.formats import find_zone
from incentive.data.managers import MANAGER
from incentive.data.mapping import ColumnMap, Format, PeopleMap
from incentive.data.people import FROM, SPECIAL, TEAM, UNTIL, WHO, column_for
from incentive.tree import Plan, Unit

_DEEPEST: Final = 100  # chains of managers that are followed here


@frozen(eq=False)
class People:
    """People by number, their second keys and their teams."""

    segments: Segments
    index: Index
    seconds: Mapping[str, Index]
    teams: Sequence[str]


def read_people(sheet: Sheet, plan: Plan, mapping: PeopleMap, rows: Mapping[str, Index]) -> People:
    """Read a roster.

    Raises:
        NotFineError: Something about it may be wrong.
    """
    fine(bool(sheet.rows) or not sheet.loose)
    style, zone = mapping.source.format, find_zone(plan.timezone)
    who = column_for(mapping, WHO)
    words, gone = texts(sheet.column(who.column), rules(style, who, None).format.missing, key=True, loose=sheet.loose)
    fine(gone is None)
    order = words.arg_sort()
    known = words.gather(order)
    once = not (known == known.shift()).any()
    known = known if once else known.unique(maintain_order=True)
    if who.twins == "error":
        prove_unlike(known)
    index = numbered(known)
    person = index.numbers.clone().scatter(order, index.numbers) if once else index.find(words)
    seconds = {name: _second(sheet, column, mapping, person) for name, column in mapping.keys.items()}
    references = References(rows, index, seconds)
    start, end = (_day(sheet, column_for(mapping, name), style, zone) for name in (FROM, UNTIL))
    fields: dict[str, Values] = {}
    for each in plan.people:
        if each.name == WHO:
            fields[WHO] = Plain("person", person) if each.unit.kind == "participant" else Plain("word", words)
        elif each.name in SPECIAL:
            fields[each.name] = start if each.name == FROM else end
        else:
            where = column_for(mapping, each.name)
            cells = Cells(sheet.column(where.column), rules(style, where, zone), each.optional, sheet.loose)
            if each.unit.kind in {"participant", "row"}:
                fields[each.name] = refer(cells, each, references)
            else:
                fields[each.name] = read_cells(cells, each.unit, key=each.key or each.name == TEAM)
    first = start.values.cast(pl.Int64)
    after = end.values.cast(pl.Int64) + 1
    after = after if end.gone is None else after.zip_with(~end.gone, pl.Series([NEVER], dtype=pl.Int64))
    fine(bool((after > first).all()))
    manager = fields.get(MANAGER)
    if isinstance(manager, Plain) and manager.kind == "person":
        _prove_no_circle(person, manager, len(known))
    teams = fields.get(TEAM)
    names = set(teams.values.unique()) - {""} if isinstance(teams, Plain) and teams.kind == "word" else set()
    in_time = pl.DataFrame({"person": person, "start": first}).with_row_index("at").sort("person", "start", "at")
    at = in_time.get_column("at")
    person, first, after = (each.gather(at) for each in (person, first, after))
    again = person.diff() == 0
    fine(not (again.fill_null(value=False) & (after.shift() > first).fill_null(value=False)).any())
    lines = array("Q", [sheet.lines[row] for row in at])
    picked_fields = {name: picked(values, at) for name, values in fields.items()}
    segments = Segments(known.to_list(), person, first, after, picked_fields, lines)
    return People(segments, index, seconds, sorted(names))


def of_columns(found: Iterable[pl.Series], plan: Plan) -> People:
    """Take the people that columns of tables name, of whom nothing else is known.

    Raises:
        NotFineError: Something must be known of them.
    """
    fine(all(each.optional or each.name in SPECIAL for each in plan.people))
    known = pl.concat([pl.Series([], dtype=pl.String), *(each.alias("") for each in found)]).unique().sort()
    count = len(known)
    numbers = pl.int_range(0, count, dtype=pl.Int64, eager=True)
    fields: dict[str, Values] = {}
    for each in plan.people:
        if each.name == WHO:
            fields[WHO] = Plain("person", numbers) if each.unit.kind == "participant" else Plain("word", known)
        else:
            fields[each.name] = values_of([None] * count, each.unit, {})
    start = pl.repeat(ALWAYS, count, dtype=pl.Int64, eager=True)
    end = pl.repeat(NEVER, count, dtype=pl.Int64, eager=True)
    segments = Segments(known.to_list(), numbers, start, end, fields, [0] * count)
    return People(segments, Index(known, numbers), {}, ())


def _day(sheet: Sheet, where: ColumnMap, style: Format, zone: ZoneInfo | None) -> Plain:
    if where.column not in sheet.columns:
        nothing = values_of([None] * sheet.rows, Unit("date"), {})
        assert isinstance(nothing, Plain), "days are plain"
        return nothing
    cells = Cells(sheet.column(where.column), rules(style, where, zone), optional=True, loose=sheet.loose)
    found = read_cells(cells, Unit("date"))
    assert isinstance(found, Plain), "days are plain"
    return found


def _second(sheet: Sheet, where: ColumnMap, mapping: PeopleMap, person: pl.Series) -> Index:
    style = rules(mapping.source.format, where, None).format
    words, gone = texts(sheet.column(where.column), style.missing, key=True, loose=sheet.loose)
    pairs = pl.DataFrame({"text": words, "person": person})
    pairs = (pairs if gone is None else pairs.filter(~gone)).unique()
    known = pairs.get_column("text")
    fine(known.n_unique() == len(known))
    if where.twins == "error":
        prove_unlike(known)
    return Index(known, pairs.get_column("person"))


def _prove_no_circle(person: pl.Series, manager: Plain, count: int) -> None:
    """Prove that nobody stands above themselves, whatever the day.

    Take away everybody who has no manager, then those whose managers are gone, and so on: a circle stays.
    """
    pairs = pl.DataFrame({"person": person, "manager": manager.values})
    if manager.gone is not None:
        pairs = pairs.filter(~manager.gone)
    for _ in range(_DEEPEST):
        if not pairs.height:
            return
        managed = pl.repeat(value=False, n=count, dtype=pl.Boolean, eager=True)
        managed = managed.scatter(pairs.get_column("person"), values=True)
        pairs = pairs.filter(managed.gather(pairs.get_column("manager")))
    fine(not pairs.height)
