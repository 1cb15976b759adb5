"""Read one column: every cell converted or found wrong, once for each different text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from incentive.data.cells import Convert, RawCell, converter, key_text, rules, shown
from incentive.data.facts import Value
from incentive.data.findings import LIMIT, BadCellError, Findings, shorten
from incentive.data.keys import Faults, KeyIndex, reference
from incentive.data.mapping import ColumnMap, Format
from incentive.data.sources import Raw
from incentive.diagnostics import DataPlace
from incentive.tree import Field


@frozen
class Indexes:
    """What the cells of a column may refer to: rows by table, people by their key, people by each second key."""

    rows: Mapping[str, KeyIndex]
    people: KeyIndex
    seconds: Mapping[str, KeyIndex]


@frozen
class Columns:
    """Reads the columns of one source."""

    raw: Raw
    style: Format
    zone: ZoneInfo | None
    findings: Findings
    keys: Sequence[str] = ()

    def field(
        self, declared: Field, column: ColumnMap, indexes: Indexes, *, key: bool = False
    ) -> tuple[tuple[Value | None, ...], int]:
        """The values of a field, and how many of its references match nothing and may."""
        if declared.unit.kind == "own_money" and column.unit == "minor":
            self.fault("D405", column.column, key=f"{column.column}.unit", expected='unit = "micros"')
            column = evolve(column, unit="")
        lenient = column.unmatched == "missing"
        if lenient and not declared.optional:
            self.fault("D408", column.column, field=declared.name)
            lenient = False
        rule = rules(self.style, column, self.zone)
        read = converter(declared.unit, rule, optional=declared.optional, key=key or declared.key)
        index = self.index(declared, column, indexes)
        if index is None:
            return self.read(column.column, read), 0
        unmatched: set[str] | None = set() if lenient else None
        values = self.read(column.column, reference(read, index, unmatched))
        lost = unmatched and sum(
            value is None and key_text(cell) in unmatched
            for cell, value in zip(self.raw.columns[column.column], values, strict=True)
        )
        return values, lost or 0

    def index(self, declared: Field, column: ColumnMap, indexes: Indexes) -> KeyIndex | None:
        """What a field refers to; None for a plain value."""
        if declared.unit.kind == "row":
            index = indexes.rows.get(declared.unit.table)
            if index is None:
                self.fault("D311", column.column, table=declared.unit.table)
            return index
        if declared.unit.kind != "participant":
            return None
        if not column.person_key:
            return indexes.people
        if column.person_key not in indexes.seconds:
            self.fault("D409", column.column, key=column.person_key)
            return None
        return indexes.seconds[column.person_key]

    def read(self, header: str, convert: Convert) -> tuple[Value | None, ...]:
        """The values of a column; a wrong cell is found and stands as missing."""
        cells = self.raw.columns[header]
        if not self.raw.textual:
            return self._one_by_one(header, convert)
        memo: dict[RawCell, Value | None] = {}
        bad: dict[RawCell, BadCellError] = {}
        for cell in dict.fromkeys(cells):
            try:
                memo[cell] = convert(cell)
            except BadCellError as error:
                memo[cell], bad[cell] = None, error.alone()
        if bad:
            self.keep(header, [(row, bad[cell]) for row, cell in enumerate(cells) if cell in bad])
        return tuple(map(memo.__getitem__, cells))

    def _one_by_one(self, header: str, convert: Convert) -> tuple[Value | None, ...]:
        """The same for cells of the host, where 1, True and 1.0 are equal but not the same."""
        out: list[Value | None] = []
        faults: Faults = []
        for row, cell in enumerate(self.raw.columns[header]):
            try:
                out.append(convert(cell))
            except BadCellError as error:
                out.append(None)
                faults.append((row, error.alone()))
        self.keep(header, faults)
        return tuple(out)

    def keep(self, header: str, faults: Faults) -> None:
        """Keep findings about cells of a column; those beyond the limit are counted."""
        for row, error in faults[:LIMIT]:
            self.found(row, header, error)
        self.findings.skip(max(len(faults) - LIMIT, 0))

    def found(self, row: int, header: str, error: BadCellError) -> None:
        """Keep a finding about a cell."""
        cells = self.raw.columns[header]
        key = self.keys[row] if self.keys else ""
        self.findings.add(
            error.code,
            self.raw.place(row, header, key),
            **{"cell": shorten(shown(cells[row])), "column": header, "table": self.raw.name, **error.values},
        )

    def fault(self, code: str, header: str, **values: str) -> None:
        """Keep a finding about a whole column."""
        place = DataPlace(self.raw.name, self.raw.file or None, column=header)
        self.findings.add(code, place, **{"column": header, **values})
