"""Read a mapping from TOML, and refuse whatever in it has no meaning.

A misspelt key in a settings file usually does nothing at all. Here it would leave a control total unchecked or a
decimal mark at its default, so each key is known or is a finding with the nearest known one beside it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping as Dictionary
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeVar

from attrs import fields, frozen

from incentive.data.cells import exact
from incentive.data.findings import BadCellError, Findings
from incentive.data.mapping import (
    SPELLINGS,
    ColumnMap,
    Format,
    InputMap,
    LookupMap,
    Mapping,
    PeopleMap,
    SourceMap,
    TableMap,
    WideMap,
)
from incentive.diagnostics import DataPlace

VERSION = 1
MAX_BYTES = 1024**2
_TOP = ("incentive-mapping", "confirmed", "shared", "format", "tables", "inputs", "people", "lookups")
_FORMAT = tuple(each.name for each in fields(Format))
_COLUMN = tuple(each.name for each in fields(ColumnMap) if each.name not in {"looked", "style"})
_SOURCE = ("file", "rows", "totals", "may_be_empty", "leave_out", "keep", *_FORMAT)
_TABLE = (*_SOURCE, "columns", "recorded_on", "wide", "constants")
_WIDE = ("headers_as", "cells_as", "columns")
_INPUT = (*_SOURCE, "participant", "team", "period", "period_from", "from", "until", "value", "unknown")
_LOOKUP = (*_SOURCE, "key", "value", "first_by", "last_by")
_PEOPLE = (*_SOURCE, "columns", "keys", "values_of", "from", "until")

Toml = Dictionary[str, object]
Word = TypeVar("Word", bound=str)
UNITS: tuple[Literal["minor", "micros", "percent"], ...] = ("minor", "micros", "percent")
STRICTNESS: tuple[Literal["error", "missing"], ...] = ("error", "missing")
TWINS: tuple[Literal["error", "allowed"], ...] = ("error", "allowed")
PERIOD_FROM: tuple[Literal["name", "date"], ...] = ("name", "date")
UNKNOWN: tuple[Literal["error", "exclude"], ...] = ("error", "exclude")
NEWLINES: tuple[Literal["required", "optional"], ...] = ("required", "optional")


def parse_mapping(content: bytes, file: str, findings: Findings) -> Mapping:
    """The mapping that a file holds; what is wrong with it goes to the findings."""
    reader = _Reader(file, findings)
    try:
        document: Toml = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found.group(1)) if found else None
        findings.add("D401", DataPlace("mapping", file, line))
        return Mapping()
    return reader.mapping(document)


@frozen
class _Reader:
    file: str
    findings: Findings

    def mapping(self, document: Toml) -> Mapping:
        self._known(document, _TOP, "")
        if document.get("incentive-mapping") != VERSION:
            self._wrong("D402", "incentive-mapping", version=str(VERSION))
        if document.get("confirmed") is not True:
            self._wrong("D403", "confirmed")
        style = self._format(self._part(document, "format", ""), Format(), "format", _FORMAT)
        tables = self._part(document, "tables", "")
        inputs = self._part(document, "inputs", "")
        return Mapping(
            style,
            {name: self._table(self._part(tables, name, "tables"), style, f"tables.{name}") for name in tables},
            {name: self._input(self._part(inputs, name, "inputs"), style, f"inputs.{name}") for name in inputs},
            self._people(self._part(document, "people", ""), style),
            shared=self._flag(document, "shared", "") or False,
            lookups=self._lookups(self._part(document, "lookups", ""), style),
        )

    def _lookups(self, part: Toml, style: Format) -> dict[str, LookupMap]:
        return {name: self._lookup(self._part(part, name, "lookups"), style, f"lookups.{name}") for name in part}

    def _lookup(self, part: Toml, style: Format, path: str) -> LookupMap:
        source = self._source(part, style, path, _LOOKUP)
        for key in ("key", "value"):
            if key not in part:
                self._wrong("D405", f"{path}.{key}", expected=f'{key} = "Header"')
        if {"first_by", "last_by"} <= set(part):
            self._wrong("D405", f"{path}.last_by", expected="first_by | last_by")
        first = self._column(part, "first_by", path)
        return LookupMap(
            source,
            self._text(part, "key", path) or "",
            self._column(part, "value", path) or ColumnMap(""),
            first or self._column(part, "last_by", path),
            "last" if first is None else "first",
        )

    def _table(self, part: Toml, style: Format, path: str) -> TableMap:
        source = self._source(part, style, path, _TABLE)
        return TableMap(
            source,
            self._columns(part, "columns", path),
            self._column(part, "recorded_on", path),
            self._wide(part, path) if "wide" in part else None,
            self._constants(part, path),
        )

    def _wide(self, part: Toml, path: str) -> WideMap | None:
        inside, where = self._part(part, "wide", path), f"{path}.wide"
        self._known(inside, _WIDE, where)
        headers, cells = (self._text(inside, key, where) for key in ("headers_as", "cells_as"))
        for key, value in (("headers_as", headers), ("cells_as", cells)):
            if not value or headers == cells:
                self._wrong("D405", f"{where}.{key}", expected='headers_as = "to", cells_as = "rate"')
        return WideMap(headers or "", cells or "", self._texts(inside, "columns", where) or ())

    def _constants(self, part: Toml, path: str) -> dict[str, str]:
        inside = self._part(part, "constants", path)
        return {name: self._text(inside, name, f"{path}.constants") or "" for name in inside}

    def _input(self, part: Toml, style: Format, path: str) -> InputMap:
        holder: Literal["participant", "team"] = (
            "participant" if "participant" in part or "team" not in part else "team"
        )
        if {"team", "participant"} <= set(part):
            self._wrong("D405", f"{path}.team", expected="participant | team")
        return InputMap(
            self._source(part, style, path, _INPUT),
            self._column(part, holder, path),
            self._column(part, "period", path),
            self._one_of(part, "period_from", PERIOD_FROM, path) or "name",
            self._column(part, "value", path),
            self._one_of(part, "unknown", UNKNOWN, path) or "error",
            holder,
            self._column(part, "from", path),
            self._column(part, "until", path),
        )

    def _people(self, part: Toml, style: Format) -> PeopleMap:
        return PeopleMap(
            self._source(part, style, "people", _PEOPLE),
            self._columns(part, "columns", "people"),
            self._columns(part, "keys", "people"),
            self._texts(part, "values_of", "people") or (),
            self._column(part, "from", "people"),
            self._column(part, "until", "people"),
        )

    def _source(self, part: Toml, style: Format, path: str, known: tuple[str, ...]) -> SourceMap:
        rows = part.get("rows")
        if rows is not None and (type(rows) is not int or rows < 0):
            self._wrong("D405", f"{path}.rows", expected="1234")
            rows = None
        totals: dict[str, Fraction] = {}
        for header, total in self._part(part, "totals", path).items():
            try:
                totals[header] = Fraction(exact(total if isinstance(total, str | int | Decimal) else None))
            except BadCellError:
                self._wrong("D405", f"{path}.totals.{header}", expected='"1234.50"')
        leave_out, keep = (self._cells(part, key, path) for key in ("leave_out", "keep"))
        for header in leave_out:
            if set(leave_out[header]) & set(keep.get(header, ())):  # kept and left out at once
                self._wrong("D405", f"{path}.keep.{header}", expected='keep = { deleted = "false" }')
        return SourceMap(
            self._text(part, "file", path) or "",
            self._format(part, style, path, known),
            rows if isinstance(rows, int) else None,
            totals,
            self._flag(part, "may_be_empty", path) or False,
            leave_out,
            keep,
        )

    def _cells(self, part: Toml, key: str, path: str) -> dict[str, tuple[str, ...]]:
        """Cells by header: one or several."""
        inside = self._part(part, key, path)
        found: dict[str, tuple[str, ...]] = {}
        for header, cells in inside.items():
            listed = [cells] if isinstance(cells, str) else cells
            if isinstance(listed, list) and listed and all(isinstance(each, str) for each in listed):
                found[header] = tuple(str(each) for each in listed)
            else:
                self._wrong("D405", f"{path}.{key}.{header}", expected='"true" | ["true", "1"]')
        return found

    def _format(self, part: Toml, above: Format, path: str, known: tuple[str, ...]) -> Format:
        self._known(part, known, path)
        newline = self._one_of(part, "final_newline", NEWLINES, path)
        breaks = self._flag(part, "newlines_in_cells", path)
        trailing = self._flag(part, "trailing_delimiter", path)

        def or_above(name: str, inherited: str) -> str:
            own = self._checked(part, name, path)
            return inherited if own is None else own

        missing = self._texts(part, "missing", path)
        return Format(
            delimiter=or_above("delimiter", above.delimiter),
            quote=or_above("quote", above.quote),
            encoding=or_above("encoding", above.encoding),
            decimal=or_above("decimal", above.decimal),
            grouping=or_above("grouping", above.grouping),
            date=or_above("date", above.date),
            timestamp=or_above("timestamp", above.timestamp),
            timezone=or_above("timezone", above.timezone),
            missing=above.missing if missing is None else missing,
            final_newline=newline or above.final_newline,
            newlines_in_cells=above.newlines_in_cells if breaks is None else breaks,
            trailing_delimiter=above.trailing_delimiter if trailing is None else trailing,
        )

    def _columns(self, part: Toml, key: str, path: str) -> dict[str, ColumnMap]:
        columns = self._part(part, key, path)
        found = {name: self._column(columns, name, f"{path}.{key}") for name in columns}
        return {name: column for name, column in found.items() if column is not None}

    def _column(self, part: Toml, key: str, path: str) -> ColumnMap | None:
        value = part.get(key)
        where = f"{path}.{key}"
        if value is None:
            return None
        if isinstance(value, str):
            return ColumnMap(value)
        if not isinstance(value, dict):
            self._wrong("D405", where, expected='"Header" | { column = "Header" }')
            return None
        self._known(value, _COLUMN, where)
        spellings: dict[str, str] = {}
        for cell, word in self._part(value, "values", where).items():
            if isinstance(word, bool):
                spellings[cell] = "true" if word else "false"
            elif isinstance(word, str):
                spellings[cell] = word
            else:
                self._wrong("D405", f"{where}.values.{cell}", expected='"word"')
        return ColumnMap(
            self._text(value, "column", where) or key,
            decimal=self._checked(value, "decimal", where),
            grouping=self._checked(value, "grouping", where),
            date=self._checked(value, "date", where),
            timestamp=self._checked(value, "timestamp", where),
            timezone=self._checked(value, "timezone", where),
            missing=self._texts(value, "missing", where),
            values=spellings,
            unit=self._one_of(value, "unit", UNITS, where) or "",
            person_key=self._text(value, "person_key", where) or "",
            unmatched=self._one_of(value, "unmatched", STRICTNESS, where) or "error",
            twins=self._one_of(value, "twins", TWINS, where) or "error",
            lookup=self._text(value, "lookup", where) or "",
        )

    def _checked(self, part: Toml, name: str, path: str) -> str | None:
        value = self._text(part, name, path)
        if value is None:
            return None
        if name == "encoding":
            value = value.lower()
        elif name in {"quote", "grouping"} and value == "none":
            value = ""
        fits, expected = SPELLINGS[name]
        if fits(value):
            return value
        self._wrong("D410" if name == "timezone" else "D405", f"{path}.{name}", expected=expected)
        return None

    def _part(self, part: Toml, key: str, path: str) -> Toml:
        value = part.get(key, {})
        if isinstance(value, dict):
            return value
        self._wrong("D405", f"{path}.{key}".lstrip("."), expected=f"[{key}]")
        return {}

    def _text(self, part: Toml, key: str, path: str) -> str | None:
        value = part.get(key)
        if value is None or isinstance(value, str):
            return value
        self._wrong("D405", f"{path}.{key}", expected='"text"')
        return None

    def _texts(self, part: Toml, key: str, path: str) -> tuple[str, ...] | None:
        value = part.get(key)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(str(each) for each in value)
        self._wrong("D405", f"{path}.{key}", expected='["text", "text"]')
        return None

    def _flag(self, part: Toml, key: str, path: str) -> bool | None:
        value = part.get(key)
        if value is None or isinstance(value, bool):
            return value
        self._wrong("D405", f"{path}.{key}".lstrip("."), expected="true | false")
        return None

    def _one_of(self, part: Toml, key: str, words: tuple[Word, ...], path: str) -> Word | None:
        value = part.get(key)
        if value is None:
            return None
        found = next((word for word in words if word == value), None)
        if found is None:
            self._wrong("D405", f"{path}.{key}", expected=" | ".join(f'"{word}"' for word in words))
        return found

    def _known(self, part: Toml, known: tuple[str, ...], path: str) -> None:
        for key in part:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1) or [", ".join(known)]
                self._wrong("D404", f"{path}.{key}".lstrip("."), near=near[0])

    def _wrong(self, code: str, key: str, **values: str) -> None:
        self.findings.add(code, DataPlace("mapping", self.file, column=key), key=key, **values)
