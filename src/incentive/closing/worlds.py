"""Data between what was known and what is known: some changes already made, the others not.

To say what each change makes of a pay, a plan is computed before and after that change alone. So the rows, people and
values of two readings are laid side by side once, and data with any part of the changes is put together from them.
Rows are matched by their key, or by all their fields where a table has none. A row refers to rows of other tables by
number, which differs from one reading to the next: here, to the place of that row in both readings laid together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from attrs import define, field, frozen

from incentive.data import Facts
from incentive.data.facts import Cell, Person, TableFacts, Value
from incentive.quantities.moments import Moment
from incentive.results import Cause
from incentive.tree import Field, Plan, Table

Kind = Literal["added", "changed", "removed"]
AS_OF = date(2500, 1, 1)
"""A day after all that is shown, and before what is hidden."""
_SHOWN, _HIDDEN = date(1900, 1, 1), date(2900, 1, 1)

Row = tuple[Value | None, ...]


@frozen
class Change:
    """One step from what was known to what is known; with `leaves`, people are those of the second reading."""

    cause: Cause
    rows: frozenset[int] = frozenset()
    leaves: bool = False


@frozen
class _Seen:
    """A row of a reading; `late` if it was recorded after the day until which things were known."""

    values: Row
    late: bool


@frozen
class _Both:
    """A row as it was and as it is; None where it is not there."""

    key: str
    line: int
    was: _Seen | None
    now: _Seen | None

    @property
    def kind(self) -> Kind | None:
        """What became of it."""
        if self.was == self.now:
            return None
        if self.was is None or (self.was.late and self.now is not None and not self.now.late):
            return "added"
        return "removed" if self.now is None or (self.now.late and not self.was.late) else "changed"


@frozen
class _Tables:
    """A table of two readings laid together."""

    declared: Table
    file: str
    rows: tuple[_Both, ...]


@define
class Worlds:
    """Two readings laid together, by the fields that the first plan knows."""

    plan: Plan
    before: Facts
    after: Facts
    _tables: dict[str, _Tables] = field(factory=dict)
    _places: dict[str, dict[str, int]] = field(factory=dict)

    @classmethod
    def of(cls, plan: Plan, before: tuple[Facts, date | None], after: tuple[Facts, date | None]) -> Worlds:
        """Lay two readings together.

        Args:
            plan: The plan that the first one was made for; the second one has at least its tables, fields and inputs.
            before: What was known, and the day until which it was.
            after: What is known, in the same way.
        """
        made = cls(plan, before[0], after[0])
        for table in plan.tables:
            if table.key is not None:
                keys = dict.fromkeys(key for facts, _ in (before, after) for key in facts.tables[table.name].keys)
                made._places[table.name] = {key: at for at, key in enumerate(keys)}
        for table in _in_order(plan.tables):
            made._tables[table.name] = made._together(table, before, after)
        return made

    # ---- what differs ------------------------------------------------------------------------------------------------
    def changes(self, each: int) -> Iterator[Change]:
        """Give the steps from the first reading to the second one, in the order in which they are made.

        People who are new or otherwise come first and those who are gone leave last; rows that are new come before what
        refers to them and rows that are gone leave after it; inputs stand between. Of a table that is measured or
        referred to, and of which at most so many rows differ, each row is a step, else each kind is; other tables,
        whose rows may only say something together, change at once.
        """
        one, other = self.before.people, self.after.people
        yield from _people([key for key in sorted(other) if self._moved(key)])
        alone = {measure.table for measure in self.plan.measures}.union(*map(_refers, self.plan.tables))
        for name in self._tables:
            if name in alone:
                yield from self._row_changes(name, ("added",), each)
            else:
                yield from self._row_changes(name, ("added", "changed", "removed"), 0)
        for declared in self.plan.inputs:
            keys = tuple(sorted(self._values(declared.name)))
            if keys:
                yield Change(Cause("input", declared.name, keys, len(keys)))
        for kind in ("changed", "removed"):
            for name in reversed(self._tables):
                if name in alone:
                    yield from self._row_changes(name, (kind,), each)
        yield from _people([key for key in sorted(one) if key not in other], leaves=True)

    def _row_changes(self, name: str, kinds: tuple[Kind, ...], each: int) -> Iterator[Change]:
        table = self._tables[name]
        found = [at for at, row in enumerate(table.rows) if row.kind in kinds]
        for group in [[at] for at in found] if len(found) <= each else [found]:
            keys = tuple(table.rows[at].key or f"{table.file or name}:{table.rows[at].line}" for at in group)
            seen = {table.rows[at].kind or "changed" for at in group}
            kind = seen.pop() if len(seen) == 1 else "changed"
            yield Change(Cause(kind, name, keys, len(group)), frozenset(group))

    def _moved(self, key: str) -> bool:
        one, other = self.before.people.get(key), self.after.people.get(key)
        return _told(self.plan.people, one) != _told(self.plan.people, other)

    def _values(self, name: str) -> Iterator[str]:
        """The holders and periods of which a value differs."""
        one, other = self.before.inputs[name], self.after.inputs[name]
        for place in {*one.values, *other.values}:
            if _value(one.values.get(place)) != _value(other.values.get(place)):
                yield " ".join(part for part in place if part)
        held, again = one.held or {}, other.held or {}
        for holder in {*held, *again}:
            told = [
                [(each.first, each.after, each.cell.value) for each in side.get(holder, ())] for side in (held, again)
            ]
            if told[0] != told[1]:
                yield holder

    # ---- data with a part of the changes -----------------------------------------------------------------------------
    def facts(self, made: Sequence[Change]) -> Facts:
        """Give the data after some of the changes."""
        done: dict[str, set[int]] = defaultdict(set)
        for change in made:
            done[change.cause.name] |= change.rows
        causes = {(each.cause.kind, each.cause.name) for each in made}
        people = dict(self.before.people)
        if any(change.leaves for change in made):
            people = dict(self.after.people)
        elif ("people", "") in causes:
            people = dict(sorted({**people, **self.after.people}.items()))
        inputs = {
            each.name: (self.after if ("input", each.name) in causes else self.before).inputs[each.name]
            for each in self.plan.inputs
        }
        shown = {name: self._shown(table, done[name]) for name, table in self._tables.items()}
        tables = {name: self._table(self._tables[name], shown) for name in self._tables}
        return Facts(tables, people, inputs, "", self.before.zone, frozenset(tables))

    def _shown(self, table: _Tables, done: set[int]) -> dict[int, _Seen]:
        """The rows that are there, by their place in both readings."""
        chosen = ((at, row.now if at in done else row.was) for at, row in enumerate(table.rows))
        return {at: row for at, row in chosen if row is not None}

    def _table(self, table: _Tables, shown: Mapping[str, Mapping[int, _Seen]]) -> TableFacts:
        own = shown[table.declared.name]
        columns: dict[str, tuple[Value | None, ...]] = {}
        for at, each in enumerate(table.declared.fields):
            values: Iterable[Any] = (row.values[at] for row in own.values())
            if each.unit.kind == "row":
                place = {row: now for now, row in enumerate(shown[each.unit.table])}
                values = (None if value is None else place.get(value) for value in values)
            columns[each.name] = tuple(values)
        rows = [table.rows[at] for at in own]
        return TableFacts(
            table.declared.name,
            table.file,
            len(rows),
            columns,
            tuple(row.line for row in rows),
            tuple(row.key for row in rows),
            tuple(_HIDDEN if row.late else _SHOWN for row in own.values()),
        )

    # ---- two readings laid together ----------------------------------------------------------------------------------
    def _together(self, table: Table, before: tuple[Facts, date | None], after: tuple[Facts, date | None]) -> _Tables:
        one, other = (self._rows(table, facts, as_of) for facts, as_of in (before, after))
        file = before[0].tables[table.name].file or after[0].tables[table.name].file
        if table.key is not None:
            then, now = ({key: (line, row) for key, line, row in rows} for rows in (one, other))
            every = [(key, then.get(key), now.get(key)) for key in self._places[table.name]]
            return _Tables(
                table,
                file,
                tuple(
                    _Both(key, (new or old or (0, None))[0], old and old[1], new and new[1]) for key, old, new in every
                ),
            )
        left: dict[_Seen, list[int]] = defaultdict(list)
        for _, line, row in other:
            left[row].append(line)
        both: list[_Both] = []
        for _, line, row in one:
            same = left.get(row)
            both.append(_Both("", line, row, row if same else None))
            if same:
                same.pop(0)
        both += [_Both("", line, None, row) for row, lines in left.items() for line in lines]
        return _Tables(table, file, tuple(both))

    def _rows(self, table: Table, facts: Facts, as_of: date | None) -> list[tuple[str, int, _Seen]]:
        """The rows of a reading, with key and line."""
        found = facts.tables[table.name]
        late = _later(found, as_of)
        columns: list[Sequence[Value | None]] = []
        for each in table.fields:
            column: Sequence[Value | None] = found.columns[each.name]
            columns.append(self._refer(each, column, facts) if each.unit.kind == "row" else column)
        rows: Iterable[Row] = zip(*columns, strict=True)
        return [
            (key, line, _Seen(row, hidden))
            for key, line, row, hidden in zip(found.keys, found.lines, rows, late, strict=True)
        ]

    def _refer(self, each: Field, column: Sequence[Value | None], facts: Facts) -> list[Value | None]:
        """References as places in both readings."""
        keys, place = facts.tables[each.unit.table].keys, self._places[each.unit.table]
        return [place[keys[value]] if isinstance(value, int) else None for value in column]


def lacks(before: Plan, after: Plan) -> bool:
    """Whether a plan asks for something that the data of another one has not."""
    tables = {each.name: each for each in after.tables}
    inputs = {each.name: (each.unit, each.per, each.period) for each in after.inputs}
    return (
        any(
            each.name not in tables
            or each.key != tables[each.name].key
            or _lacks(each.fields, tables[each.name].fields)
            for each in before.tables
        )
        or _lacks(before.people, after.people)
        or any(inputs.get(each.name) != (each.unit, each.per, each.period) for each in before.inputs)
    )


def _lacks(fields: Iterable[Field], others: Iterable[Field]) -> bool:
    known = {each.name: (each.unit, each.optional) for each in others}
    return any(known.get(each.name) != (each.unit, each.optional) for each in fields)


def _in_order(tables: Sequence[Table]) -> list[Table]:
    """Tables, those that are referred to first, as far as they do not refer to each other."""
    left = {each.name: each for each in tables}
    found: list[Table] = []
    while left:
        ready = [each for each in left.values() if not _refers(each) & set(left)] or list(left.values())
        for each in ready:
            del left[each.name]
        found += ready
    return found


def _refers(table: Table) -> set[str]:
    return {each.unit.table for each in table.fields if each.unit.kind == "row" and each.unit.table != table.name}


def _people(keys: Sequence[str], *, leaves: bool = False) -> Iterator[Change]:
    if keys:
        yield Change(Cause("people", "", tuple(keys), len(keys)), leaves=leaves)


def _later(table: TableFacts, as_of: date | None) -> list[bool]:
    if as_of is None or table.recorded is None:
        return [False] * table.rows
    return [each is None or (each.day if isinstance(each, Moment) else each) > as_of for each in table.recorded]


def _told(fields: Sequence[Field], person: Person | None) -> object:
    if person is None:
        return None
    return [(each.start, each.end, [each.values.get(one.name) for one in fields]) for each in person.segments]


def _value(cell: Cell | None) -> object:
    return None if cell is None else (type(cell.value), cell.value)


__all__ = ["AS_OF", "Change", "Worlds", "lacks"]
