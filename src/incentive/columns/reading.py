"""Read data into columns at the speed of columns, under the contract of the small reader.

Two readers that each word mistakes would word them differently some day. So this one only says whether the data is
plainly right. If it is not, the small reader reads the same bytes again: it finds what is wrong and says so, or finds
nothing, and its facts are used.

A large file of a table is read in batches, and only what the plan looks at is kept of it, packed. What must be known of
all rows at once is little: a hash of each key, and its text where other rows refer to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import polars as pl
from attrs import define, evolve, field, fields, has

from incentive.columns.batches import Limits, batches, joined_lines, streamed
from incentive.columns.cells import Cells, read_cells
from incentive.columns.figures import Instants, Mask, Num, Plain, Values, marks, some, union
from incentive.columns.fitting import fitted
from incentive.columns.inputs import InputReader
from incentive.columns.packing import PackedColumns, Packer
from incentive.columns.people import People, of_columns, read_people
from incentive.columns.references import References, refer
from incentive.columns.sheets import Sheet, load
from incentive.columns.tables import ColumnFacts, InputCells, Table, columns_of
from incentive.columns.texts import Index, NotFineError, fine, looks, numbered, prove_keys, prove_unlike, texts
from incentive.data import Dataset, Facts
from incentive.data.cells import rules
from incentive.data.formats import compile_form, find_zone
from incentive.data.inputs import wanted_input
from incentive.data.lookups import Lookups
from incentive.data.mapping import ColumnMap, Format
from incentive.data.people import wanted_people
from incentive.data.reading import Opened, open_data, wanted_table
from incentive.data.sources import Wanted
from incentive.data.wide import column_of
from incentive.diagnostics import Language
from incentive.tree import Edges, Field, Input, Plan, RateTable, Unit, edges_of, rate_tables
from incentive.tree import Table as TableDeclared


def read_columns(
    dataset: Dataset, plan: Plan, *, language: Language = "en", limits: Limits | None = None
) -> ColumnFacts:
    """Give what a plan asks for as columns.

    Args:
        dataset: where it comes from.
        plan: what is asked for.
        language: the language of the findings.
        limits: from which size on a file is read in batches, and how large they are.

    Raises:
        DataError: something is wrong with the data or the mapping, exactly as `incentive.data.read` says it.
        NotLoweredError: a number is too wide for a column.

    Law: it equals `columns_of` of what `incentive.data.read` gives, and raises what that raises; of a file that is read
        in batches it has the columns that the plan looks at.
    """
    opened = open_data(dataset, plan, language=language)
    fresh = opened.again()
    try:
        return _Reading(fresh, fresh.lookups(), limits if limits is not None else Limits()).facts()
    except NotFineError:
        return columns_of(opened.again().facts(), plan)


@define(slots=False)
class _Reading:
    opened: Opened
    lookups: Lookups
    limits: Limits
    sheets: dict[str, Sheet] = field(factory=dict)
    rows: dict[str, Index] = field(factory=dict)
    keys: dict[str, Plain] = field(factory=dict)

    @property
    def plan(self) -> Plan:
        return self.opened.plan

    def facts(self) -> ColumnFacts:
        plan, mapping, sources = self.opened.plan, self.opened.mapping, self.opened.sources
        for table in plan.tables:
            mapped = mapping.table(table.name)
            fine(mapped.wide is None and not mapped.constants and not mapped.source.format.trailing_delimiter)
            wanted = wanted_table(table, mapped)
            if streamed(sources, wanted, self.limits) is None:
                self.sheets[table.name] = self._load(wanted)
            self._index(table)
        roster = None
        if not mapping.people.values_of:
            roster = self._load(wanted_people(plan.people, mapping.people))
        people = self._people(roster)
        references = References(self.rows, people.index, people.seconds)
        tables = {each.name: self._table(each, references) for each in plan.tables}
        for name, names in rate_tables(plan).items():
            _prove_rates(tables[name], names)
        for each in edges_of(plan):
            _prove_edges(tables[each.table], each)
        reader = InputReader(plan, references, people.teams)
        read = {each.name: self._input(each, reader) for each in plan.inputs}
        opened = self.opened  # `self` has more than is read again

        def rows() -> Facts:
            return opened.again().facts()  # what was found wrong before may be right by now

        return ColumnFacts(
            tables,
            people.segments,
            read,
            people.teams,
            self.lookups.accounts(),
            digest=sources.digest_later(),
            rows_of=rows,
        )

    def _input(self, declared: Input, reader: InputReader) -> InputCells:
        mapped = self.opened.mapping.input(declared.name)
        return reader.read(declared, mapped, self._load(wanted_input(declared, mapped)))

    def _load(self, wanted: Wanted) -> Sheet:
        """The rows of a source, all at once."""
        (sheet,) = fitted([load(self.opened.sources, wanted)], wanted, self.lookups)
        return sheet

    def _sheets(self, table: TableDeclared) -> Iterator[Sheet]:
        """The rows of a table, all at once or batch by batch."""
        if table.name in self.sheets:
            return iter((self.sheets[table.name],))
        wanted = wanted_table(table, self.opened.mapping.table(table.name))
        return fitted(batches(self.opened.sources, wanted, self.limits), wanted, self.lookups)

    @cached_property
    def _used(self) -> frozenset[str]:
        """The names that the plan says anywhere but where it declares its tables: of all columns that are looked at."""
        hours = (name for each in edges_of(self.plan) for name in (each.since, each.until))  # without being said
        return frozenset(_names(evolve(self.plan, tables=()))) | frozenset(hours)

    @cached_property
    def _referred(self) -> frozenset[str]:
        fields = [*self.plan.people, *(each for table in self.plan.tables for each in table.fields)]
        return frozenset(each.unit.table for each in fields if each.unit.kind == "row")

    def _people(self, roster: Sheet | None) -> People:
        mapping = self.opened.mapping
        if roster is not None:
            return read_people(roster, self.plan, mapping.people, self.rows)
        found: list[pl.Series] = []
        fields = {f"{table.name}.{each.name}" for table in self.plan.tables for each in table.fields}
        for name in mapping.people.values_of:
            fine(name in fields)
            table, _, column = name.partition(".")
            mapped = mapping.table(table)
            where = column_of(mapped, column)
            missing = rules(mapped.source.format, where, None).format.missing
            parts: list[pl.Series] = []
            for sheet in self._sheets(next(each for each in self.plan.tables if each.name == table)):
                words, gone = texts(sheet.column(where.column), missing, key=True, loose=sheet.loose)
                parts.append(words.alias("").unique() if gone is None else words.alias("").filter(~gone).unique())
            known = pl.concat(parts).unique()
            if where.twins == "error":
                prove_unlike(known)
            found.append(known)
        return of_columns(found, self.plan)

    def _index(self, table: TableDeclared) -> None:
        if table.key is None or (table.name not in self.sheets and table.name not in self._referred):
            return
        found = [self._key(table, each) for each in self._sheets(table)]
        words = pl.concat([each.values.alias("") for each in found])
        gone = some(pl.concat([marks(each.gone, len(each.values)) for each in found]))
        index = numbered(words)
        if gone is not None:
            index = Index(words.filter(~gone), index.numbers.filter(~gone))
        prove_keys(index.texts, twins=self._twins(table))
        self.rows[table.name] = index
        if table.name in self.sheets:
            self.keys[table.name] = Plain("word", words, gone)

    def _key(self, table: TableDeclared, sheet: Sheet) -> Plain:
        assert table.key is not None, "only a table with a key is asked for it"
        mapped = self.opened.mapping.table(table.name)
        where = column_of(mapped, table.key)
        missing = rules(mapped.source.format, where, None).format.missing
        words, gone = texts(sheet.column(where.column), missing, key=True, loose=sheet.loose)
        return Plain("word", words, gone)

    def _twins(self, table: TableDeclared) -> bool:
        assert table.key is not None, "only a table with a key is asked for it"
        return column_of(self.opened.mapping.table(table.name), table.key).twins == "allowed"

    def _table(self, table: TableDeclared, references: References) -> Table:
        if table.name not in self.sheets:
            return self._streamed(table, references)
        sheet = self.sheets.pop(table.name)
        columns = {each.name: self._column(table, each, sheet, references) for each in table.fields}
        recorded = self._recorded(table, sheet, instants=self._instants(table, sheet))
        return Table(sheet.rows, columns, recorded, sheet.file, sheet.lines)

    def _streamed(self, table: TableDeclared, references: References) -> Table:
        """Read a table batch by batch, and keep of it what the plan looks at."""
        kept = {  # the accounts add up every field of money, whether or not a formula reads it
            each.name: Packer() for each in table.fields if each.name in self._used or each.unit.kind == "money"
        }
        lines: list[Sequence[int]] = []
        recorded: list[pl.Series] = []
        known: list[pl.Series] = []
        file, instants = "", None
        unknown = table.key is not None and table.name not in self.rows
        for sheet in self._sheets(table):
            if unknown:
                known.append(self._hashes(table, sheet))
            for each in table.fields:
                values = self._column(table, each, sheet, references)
                if each.name in kept:
                    kept[each.name].add(values)
            instants = self._instants(table, sheet) if instants is None else instants
            days = self._recorded(table, sheet, instants=instants)
            if days is not None:
                recorded.append(days)
            lines.append(sheet.lines)
            file = sheet.file
        if unknown:
            hashes = pl.concat(known)
            fine(hashes.n_unique() == len(hashes))  # two that share a hash are left to the small reader
        columns = PackedColumns({name: each.joined() for name, each in kept.items()})
        joined = joined_lines(lines)
        return Table(len(joined), columns, pl.concat(recorded) if recorded else None, file, joined)

    def _hashes(self, table: TableDeclared, sheet: Sheet) -> pl.Series:
        """Give a hash of each key, the same for two that look alike unless they may."""
        found = self._key(table, sheet)
        words = found.values if found.gone is None else found.values.filter(~found.gone)
        return (words.hash() if self._twins(table) else looks(words)).alias("")

    def _column(self, table: TableDeclared, declared: Field, sheet: Sheet, references: References) -> Values:
        mapped = self.opened.mapping.table(table.name)
        if declared.key and declared.unit.kind == "text":
            found = self.keys[table.name] if table.name in self.keys else self._key(table, sheet)
            fine(declared.optional or found.gone is None)
            return found
        named = f"{table.name}.{declared.name}" in self.opened.mapping.people.values_of
        where = column_of(mapped, declared.name)
        return self._field(declared, where, mapped.source.format, sheet, references, key=named)

    def _field(  # noqa: PLR0913 - what a column is, where it stands and what it may name
        self, declared: Field, where: ColumnMap, style: Format, sheet: Sheet, references: References, *, key: bool
    ) -> Values:
        fine(declared.unit.kind != "own_money" or where.unit != "minor")
        rule = rules(style, where, find_zone(self.plan.timezone))
        cells = Cells(sheet.column(where.column), rule, declared.optional, sheet.loose)
        if declared.unit.kind in {"participant", "row"}:
            return refer(cells, declared, references)
        return read_cells(cells, declared.unit, key=key or declared.key)

    def _instants(self, table: TableDeclared, sheet: Sheet) -> bool | None:
        """Tell whether a table was recorded at instants or on days, by its first row; None where it has none."""
        mapped = self.opened.mapping.table(table.name)
        where = mapped.recorded_on
        if where is None or where.says_instants:
            return where is not None
        series = sheet.column(where.column)
        if not len(series):
            return None
        rule = rules(mapped.source.format, where, find_zone(self.plan.timezone))
        form = compile_form(rule.format.date, clock=False)
        first = series[0]
        textual = isinstance(first, str) and form is not None and form.pattern.fullmatch(first) is not None
        return not textual and series.dtype != pl.Date

    def _recorded(self, table: TableDeclared, sheet: Sheet, *, instants: bool | None) -> pl.Series | None:
        mapped = self.opened.mapping.table(table.name)
        where = mapped.recorded_on
        if where is None:
            return None
        rule = rules(mapped.source.format, where, find_zone(self.plan.timezone))
        series = sheet.column(where.column)
        found = read_cells(Cells(series, rule, loose=sheet.loose), Unit("timestamp" if instants else "date"))
        if isinstance(found, Instants):
            return found.day
        assert isinstance(found, Plain), "a day is read as a day"
        return found.values


def _names(plan: Plan) -> Iterator[str]:
    """Give every word that a plan says: more than the names that it uses, and none is left out."""
    left: list[object] = [plan]
    while left:
        match left.pop():
            case str() as text:
                yield text
                yield from text.split(".")
            case tuple() | list() | frozenset() as several:
                left.extend(several)
            case dict() as pairs:
                left.extend(pairs)
                left.extend(pairs.values())
            case node:
                kind: type = type(node)
                if has(kind):
                    left.extend(getattr(node, each.name) for each in fields(kind))


def _prove_edges(table: Table, edges: Edges) -> None:
    """See that no row ends before it begins."""
    found: list[pl.Series] = []
    gone: Mask = None
    for name in (edges.since, edges.until):
        column = table.columns[name]
        assert isinstance(column, Plain | Instants), "only a day or an instant is an edge"
        found.append(column.values if isinstance(column, Plain) else column.utc)
        gone = union(gone, column.gone)
    before = found[1] < found[0]
    fine(not (before if gone is None else before & ~gone).any())


def _prove_rates(table: Table, names: RateTable) -> None:
    """See that a table of rates has one rate above zero for each pair of currencies and day."""
    source, target, day, rate = (table.columns[each] for each in (names.source, names.target, names.day, names.rate))
    fine(isinstance(rate, Num) and rate.gone is None and isinstance(rate.top, pl.Series))
    assert isinstance(rate, Num), "what is fine is a number"
    frame = {}
    for name, column in (("source", source), ("target", target), ("day", day)):
        fine(isinstance(column, Plain) and column.gone is None)
        assert isinstance(column, Plain), "what is fine is a word or a day"
        frame[name] = column.values
    rows = pl.DataFrame(frame)
    if rows.height:
        assert isinstance(rate.top, pl.Series), "what is fine is a column"
        codes = rows["source"].str.contains("^[A-Z]{3}$").all() and rows["target"].str.contains("^[A-Z]{3}$").all()
        fine(codes and bool((rows["source"] != rows["target"]).all()) and bool((rate.top > 0).all()))
        fine(not rows.is_duplicated().any())
