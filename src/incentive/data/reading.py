"""Read all that a plan asks for, or refuse all of it.

Half of a data set pays half of the people right and the rest in silence wrong, so there is no half: each thing that
can be looked at is, all that is wrong is said at once, and only a reading without findings gives facts.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping as Dictionary
from datetime import date
from importlib import metadata
from pathlib import Path

from attrs import define, evolve, field

from incentive.data.cells import converter, rules
from incentive.data.columns import Columns, Indexes
from incentive.data.dataset import Dataset
from incentive.data.edges import check_edges
from incentive.data.facts import Facts, InputFacts, Person, TableFacts, Value
from incentive.data.findings import BadCellError, Findings, shorten
from incentive.data.formats import compile_form, find_zone
from incentive.data.inputs import Inputs, wanted_input
from incentive.data.keys import KeyIndex, first_rows, repeated, texts_of, twins
from incentive.data.lookups import Lookups, resolved
from incentive.data.mapping import ColumnMap, Format, Mapping, TableMap
from incentive.data.mapping_file import MAX_BYTES, parse_mapping
from incentive.data.mapping_names import check_names
from incentive.data.opening import read_bytes
from incentive.data.people import Roster, index_people, missing, people_of_columns, read_people, wanted_people
from incentive.data.rates import check_rates
from incentive.data.sources import Presence, Raw, Sources, Wanted, wanted_of
from incentive.data.wide import column_of, in_columns, lengthened
from incentive.diagnostics import DataPlace, Language
from incentive.quantities import FiscalYear
from incentive.quantities.moments import Moment
from incentive.tree import Plan, Table, Unit, edges_of, rate_tables

MAPPING_FILE = "mapping.toml"


def read(dataset: Dataset, plan: Plan, *, language: Language = "en") -> Facts:
    """The facts that a plan asks for.

    Args:
        dataset: where they come from.
        plan: what is asked for.
        language: the language of the findings.

    Raises:
        DataError: something is wrong with the data or the mapping; its diagnostics say what, and nothing was read.
    """
    return open_data(dataset, plan, language=language).facts()


@define
class Opened:
    """A dataset with its mapping, about to be read for a plan."""

    plan: Plan
    mapping: Mapping
    sources: Sources

    def lookups(self) -> Lookups:
        """What the mapping looks up, still unread."""
        return Lookups(self.mapping, self.sources, find_zone(self.plan.timezone))

    def facts(self) -> Facts:
        """Read everything; see `read`."""
        return _Reading(self.plan, self.mapping, self.lookups(), self.sources.findings).facts()

    def again(self) -> Opened:
        """The same, with the content of the files that were read so far, and without findings."""
        fresh = Findings(self.sources.findings.language)
        return evolve(self, sources=evolve(self.sources, findings=fresh))


def open_data(dataset: Dataset, plan: Plan, *, language: Language = "en") -> Opened:
    """Look at where data comes from and read the mapping.

    Raises:
        DataError: see `read`.
    """
    findings = Findings(language)
    if dataset.folder is not None and not dataset.folder.is_dir():
        folder = shorten(str(dataset.folder))
        findings.add("D127", DataPlace("data", folder), folder=folder)
        findings.stop()
    sources = Sources(dataset, findings)
    mapping = _mapping(dataset, sources, findings)
    path = mapping_path(dataset)
    check_names(mapping, plan, path.name if path is not None else "", findings)
    if plan.timezone and find_zone(plan.timezone) is None:
        findings.add("D410", DataPlace("plan"), key="timezone", expected="Europe/Paris")
    findings.stop()
    return Opened(plan, resolved(mapping), sources)


@define
class _Reading:
    plan: Plan
    mapping: Mapping
    lookups: Lookups
    findings: Findings
    raws: dict[str, Raw] = field(factory=dict)
    keys: dict[str, tuple[str, ...]] = field(factory=dict)

    def facts(self) -> Facts:
        rows: dict[str, KeyIndex] = {}
        for table in self.plan.tables:
            mapped = self.mapping.table(table.name)
            wanted = wanted_table(table, mapped)
            raw = self.lookups.load(wanted)
            if raw is not None:
                raw = lengthened(raw, mapped, (*wanted.headers, *wanted.looked))
                self.raws[table.name] = raw
                rows |= self._index(table, raw)
            else:
                rows[table.name] = KeyIndex(table.name, "D304", open=True)
        roster = self._roster()
        inputs = {
            each.name: (each, self.lookups.load(wanted_input(each, self.mapping.input(each.name))))
            for each in self.plan.inputs
        }
        people: dict[str, Person] = {}
        if roster is None:
            nobody = KeyIndex("people", "D303", open=True)
            indexes = Indexes(rows, nobody, dict.fromkeys(self.mapping.people.keys, nobody))
            teams = nobody
        else:
            indexes = Indexes(rows, roster.people, roster.seconds)
            people = read_people(roster, self.plan, self.mapping.people, indexes, self.findings)
            teams = _teams(people)
        tables = {
            table.name: self._table(table, self.raws[table.name], indexes)
            for table in self.plan.tables
            if table.name in self.raws
        }
        for name, names in rate_tables(self.plan).items():
            if name in tables:
                check_rates(names, self.raws[name], self.mapping.table(name), tables[name], self.findings)
        for each in edges_of(self.plan):
            if each.table in tables:
                mapped = self.mapping.table(each.table)
                check_edges(each, self.raws[each.table], mapped, tables[each.table], self.findings)
        year = FiscalYear(self.plan.year_starts, self.plan.year_named_by)
        days = (self.plan.first_day, self.plan.last_day)
        reader = Inputs(year, days, indexes, teams, self.findings, self.lookups.zone)
        values: dict[str, InputFacts] = {}
        for name, (declared, raw) in inputs.items():
            if raw is not None:
                values[name] = reader.read(declared, self.mapping.input(name), raw)
        self.findings.stop()
        recorded = frozenset(name for name, table in tables.items() if table.recorded is not None)
        digest = self.lookups.sources.digest()
        return Facts(tables, people, values, digest, zone_version(), recorded, self.lookups.accounts())

    def _roster(self) -> Roster | None:
        mapping = self.mapping.people
        if not mapping.values_of:
            raw = self.lookups.load(wanted_people(self.plan.people, mapping))
            return index_people(raw, mapping, self.findings) if raw is not None else None
        found: dict[str, tuple[Raw, ColumnMap, Format]] = {}
        declared = {f"{table.name}.{each.name}" for table in self.plan.tables for each in table.fields}
        for name in mapping.values_of:
            if name not in declared:
                self.findings.add("D406", DataPlace("people"), name=name)
                continue
            table, _, column = name.partition(".")
            if table in self.raws:
                mapped = self.mapping.table(table)
                found[name] = (self.raws[table], column_of(mapped, column), mapped.source.format)
        if len(found) < len(mapping.values_of):
            return None
        return people_of_columns(found, self.findings)

    def _index(self, table: Table, raw: Raw) -> dict[str, KeyIndex]:
        if table.key is None:
            return {}
        mapped = self.mapping.table(table.name)
        column = column_of(mapped, table.key)
        texts = texts_of(raw.columns[column.column], missing(mapped.source.format, column))
        columns = Columns(raw, mapped.source.format, None, self.findings, texts)
        first = first_rows(texts)
        columns.keep(column.column, repeated(texts, first, raw.lines))
        if column.twins == "error":
            columns.keep(column.column, twins(first, raw.lines))
        self.keys[table.name] = tuple(texts)
        return {table.name: KeyIndex(table.name, "D304", first)}

    def _table(self, table: Table, raw: Raw, indexes: Indexes) -> TableFacts:
        mapped = self.mapping.table(table.name)
        style = mapped.source.format
        keys = self.keys.get(table.name, ())
        columns = Columns(raw, style, find_zone(self.plan.timezone), self.findings, keys)
        values: dict[str, tuple[Value | None, ...]] = {}
        unmatched: dict[str, int] = {}
        for each in table.fields:
            named = f"{table.name}.{each.name}" in self.mapping.people.values_of
            values[each.name], lost = columns.field(each, column_of(mapped, each.name), indexes, key=named)
            if lost:
                unmatched[each.name] = lost
        return TableFacts(
            table.name,
            raw.file,
            raw.rows,
            values,
            tuple(raw.lines),
            keys or ("",) * raw.rows,
            _recorded(columns, mapped.recorded_on, style),
            unmatched,
            raw.blank,
        )


def zone_version() -> str:
    """The version of the time zone table in use, "" if it does not say."""
    for folder in zoneinfo.TZPATH:
        try:
            first = read_bytes(Path(folder) / "tzdata.zi").split(b"\n", 1)[0]
        except BadCellError:
            continue
        return first.removeprefix(b"# version ").decode("ascii", "replace").strip()
    try:
        return metadata.version("tzdata")
    except metadata.PackageNotFoundError:
        return ""


def _mapping(dataset: Dataset, sources: Sources, findings: Findings) -> Mapping:
    given = dataset.mapping
    if isinstance(given, Mapping):
        if not given.confirmed:
            findings.add("D403", DataPlace("mapping", column="confirmed"), key="confirmed")
        sources.note("mapping", repr(given))
        return given
    path = mapping_path(dataset)
    if path is None:
        return Mapping()
    try:
        content = sources.content(path, "mapping")
        if len(content) > MAX_BYTES:
            raise BadCellError("D103", size=str(len(content)), limit=str(MAX_BYTES))  # noqa: TRY301
    except BadCellError as error:
        findings.add(
            error.code, DataPlace("mapping", path.name), **{"file": path.name, "name": "mapping", **error.values}
        )
        return Mapping()
    return parse_mapping(content, path.name, findings)


def mapping_path(dataset: Dataset) -> Path | None:
    """Where the mapping of a dataset lies; None where it has none, or one that is no file."""
    if isinstance(dataset.mapping, Path):
        return dataset.mapping
    if dataset.mapping is None and dataset.folder is not None and (dataset.folder / MAPPING_FILE).exists():
        return dataset.folder / MAPPING_FILE
    return None


def wanted_table(table: Table, mapped: TableMap) -> Wanted:
    """What is asked of the file of a table."""
    headers: dict[str, Presence] = {}
    for each in table.fields:
        header = column_of(mapped, each.name).column
        if not in_columns(mapped, each.name):
            continue
        if headers.get(header) != "always":
            headers[header] = "in_files" if each.optional else "always"
    if mapped.recorded_on is not None:
        headers[mapped.recorded_on.column] = "always"
    if mapped.wide is not None:
        headers |= {name: "always" for name in mapped.wide.columns if name not in headers}
    columns = [column_of(mapped, each.name) for each in table.fields]
    if mapped.recorded_on is not None:
        columns.append(mapped.recorded_on)
    return wanted_of("table", table.name, mapped.source, headers, columns, others=mapped.wide is not None)


def _recorded(columns: Columns, column: ColumnMap | None, style: Format) -> tuple[date | Moment | None, ...] | None:
    if column is None:
        return None
    rule = rules(style, column, columns.zone)
    cells = columns.raw.columns[column.column]
    day = compile_form(rule.format.date, clock=False)
    instants = column.says_instants
    if not instants and day is not None and cells:
        first = cells[0]
        instants = not (isinstance(first, str) and day.pattern.fullmatch(first)) and type(first) is not date
    read = converter(Unit("timestamp" if instants else "date"), rule)
    values = columns.read(column.column, read)
    return tuple(value if isinstance(value, date | Moment) else None for value in values)


def _teams(people: Dictionary[str, Person]) -> KeyIndex:
    found = {
        str(segment.values["team"]): str(segment.values["team"])
        for person in people.values()
        for segment in person.segments
        if segment.values.get("team") is not None
    }
    return KeyIndex("people", "D310", found)
