"""Read data into columns at the speed of columns, under the contract of the small reader.

Two readers that each word mistakes would word them differently some day. So this one only says whether the data is
plainly right. If it is not, the small reader reads the same bytes again: it finds what is wrong and says so, or finds
nothing, and its facts are used.
"""

from __future__ import annotations

import polars as pl
from attrs import define, field

from incentive.columns.cells import Cells, read_cells
from incentive.columns.figures import Instants, Num, Plain, Values
from incentive.columns.inputs import InputReader
from incentive.columns.people import People, of_columns, read_people
from incentive.columns.references import References, refer
from incentive.columns.sheets import Sheet, load
from incentive.columns.tables import ColumnFacts, Table, columns_of
from incentive.columns.texts import Index, NotFineError, fine, numbered, prove_keys, prove_unlike, texts
from incentive.data import Dataset
from incentive.data.cells import rules
from incentive.data.formats import compile_form, find_zone
from incentive.data.inputs import wanted_input
from incentive.data.mapping import ColumnMap, Format
from incentive.data.people import wanted_people
from incentive.data.reading import Opened, open_data, wanted_table
from incentive.data.wide import column_of
from incentive.diagnostics import Language
from incentive.tree import Field, Plan, RateTable, Unit, rate_tables
from incentive.tree import Table as TableDeclared


def read_columns(dataset: Dataset, plan: Plan, *, language: Language = "en") -> ColumnFacts:
    """Give what a plan asks for as columns.

    Args:
        dataset: where it comes from.
        plan: what is asked for.
        language: the language of the findings.

    Raises:
        DataError: something is wrong with the data or the mapping, exactly as `incentive.data.read` says it.
        NotLoweredError: a number is too wide for a column.

    Law: it equals `columns_of` of what `incentive.data.read` gives, and raises what that raises.
    """
    opened = open_data(dataset, plan, language=language)
    try:
        return _Reading(opened.again()).facts()
    except NotFineError:
        return columns_of(opened.again().facts(), plan)


@define
class _Reading:
    opened: Opened
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
            self.sheets[table.name] = load(sources, wanted_table(table, mapped))
            self._index(table)
        roster = None
        if not mapping.people.values_of:
            roster = load(sources, wanted_people(plan.people, mapping.people))
        sheets = {each.name: load(sources, wanted_input(each, mapping.input(each.name))) for each in plan.inputs}
        people = self._people(roster)
        references = References(self.rows, people.index, people.seconds)
        tables = {each.name: self._table(each, references) for each in plan.tables}
        for name, names in rate_tables(plan).items():
            _prove_rates(tables[name], names)
        reader = InputReader(plan, references, people.teams)
        read = {each.name: reader.read(each, mapping.input(each.name), sheets[each.name]) for each in plan.inputs}
        again = self.opened.again()
        return ColumnFacts(tables, people.segments, read, people.teams, sources.digest(), rows_of=again.facts)

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
            sheet, style = self.sheets[table], rules(mapped.source.format, where, None).format
            words, gone = texts(sheet.column(where.column), style.missing, key=True, loose=sheet.loose)
            known = words.unique() if gone is None else words.filter(~gone).unique()
            if where.twins == "error":
                prove_unlike(known)
            found.append(known)
        return of_columns(found, self.plan)

    def _index(self, table: TableDeclared) -> None:
        if table.key is None:
            return
        mapped = self.opened.mapping.table(table.name)
        where, sheet = column_of(mapped, table.key), self.sheets[table.name]
        missing = rules(mapped.source.format, where, None).format.missing
        words, gone = texts(sheet.column(where.column), missing, key=True, loose=sheet.loose)
        index = numbered(words)
        if gone is not None:
            index = Index(words.filter(~gone), index.numbers.filter(~gone))
        prove_keys(index.texts, twins=where.twins == "allowed")
        self.rows[table.name] = index
        self.keys[table.name] = Plain("word", words, gone)

    def _table(self, table: TableDeclared, references: References) -> Table:
        mapped = self.opened.mapping.table(table.name)
        style, sheet = mapped.source.format, self.sheets[table.name]
        columns: dict[str, Values] = {}
        for each in table.fields:
            named = f"{table.name}.{each.name}" in self.opened.mapping.people.values_of
            where = column_of(mapped, each.name)
            if each.key and each.unit.kind == "text":
                fine(each.optional or self.keys[table.name].gone is None)
                columns[each.name] = self.keys[table.name]
                continue
            columns[each.name] = self._field(each, where, style, sheet, references, key=named)
        recorded = self._recorded(sheet, mapped.recorded_on, style)
        return Table(sheet.rows, columns, recorded, sheet.file, sheet.lines)

    def _field(  # noqa: PLR0913 - what a column is, where it stands and what it may name
        self, declared: Field, where: ColumnMap, style: Format, sheet: Sheet, references: References, *, key: bool
    ) -> Values:
        fine(declared.unit.kind != "own_money" or where.unit != "minor")
        rule = rules(style, where, find_zone(self.plan.timezone))
        cells = Cells(sheet.column(where.column), rule, declared.optional, sheet.loose)
        if declared.unit.kind in {"participant", "row"}:
            return refer(cells, declared, references)
        return read_cells(cells, declared.unit, key=key or declared.key)

    def _recorded(self, sheet: Sheet, where: ColumnMap | None, style: Format) -> pl.Series | None:
        if where is None:
            return None
        rule = rules(style, where, find_zone(self.plan.timezone))
        series = sheet.column(where.column)
        instants = where.timestamp is not None or where.timezone is not None
        if not instants and len(series):
            form = compile_form(rule.format.date, clock=False)
            first = series[0]
            textual = isinstance(first, str) and form is not None and form.pattern.fullmatch(first) is not None
            instants = not textual and series.dtype != pl.Date
        found = read_cells(Cells(series, rule, loose=sheet.loose), Unit("timestamp" if instants else "date"))
        if isinstance(found, Instants):
            return found.day
        assert isinstance(found, Plain), "a day is read as a day"
        return found.values


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
