"""Read a mapping from TOML, and refuse whatever in it has no meaning.

A misspelt key in a settings file usually does nothing at all. Here it would leave a control total unchecked or a decimal
mark at its default, so each key is known or is a finding with the nearest known one beside it.
"""

from __future__ import annotations

import codecs
import difflib
import re
import tomllib
from collections.abc import Callable, Mapping as Dictionary
from decimal import Decimal
from fractions import Fraction

from attrs import evolve, fields, frozen

from incentive.data.findings import BadCellError, Findings
from incentive.data.formats import compile_form, find_zone
from incentive.data.mapping import ENCODINGS, UNITS, ColumnMap, Format, InputMap, Mapping, PeopleMap, SourceMap, TableMap
from incentive.data.cells import exact
from incentive.diagnostics import DataPlace

VERSION = 1
MAX_BYTES = 1024**2
_TOP = ("incentive-mapping", "confirmed", "format", "tables", "inputs", "people")
_FORMAT = tuple(each.name for each in fields(Format))
_COLUMN = tuple(each.name for each in fields(ColumnMap))
_SOURCE = ("file", "rows", "totals", "may_be_empty", *_FORMAT)
_TABLE = (*_SOURCE, "columns", "recorded_on")
_INPUT = (*_SOURCE, "participant", "team", "period", "period_from", "value", "unknown")
_PEOPLE = (*_SOURCE, "columns", "keys", "values_of", "from", "until")

Toml = Dictionary[str, object]


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
        )

    def _table(self, part: Toml, style: Format, path: str) -> TableMap:
        source = self._source(part, style, path, _TABLE)
        return TableMap(source, self._columns(part, "columns", path), self._column(part, "recorded_on", path))

    def _input(self, part: Toml, style: Format, path: str) -> InputMap:
        holder = "team" if "team" in part else "participant"
        if {"team", "participant"} <= set(part):
            self._wrong("D405", f"{path}.team", expected="participant | team")
        return InputMap(
            self._source(part, style, path, _INPUT),
            self._column(part, holder, path),
            self._column(part, "period", path),
            "date" if self._one_of(part, "period_from", ("name", "date"), path) == "date" else "name",
            self._column(part, "value", path),
            "exclude" if self._one_of(part, "unknown", ("error", "exclude"), path) == "exclude" else "error",
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
        return SourceMap(
            self._text(part, "file", path) or "",
            self._format(part, style, path, known),
            rows if isinstance(rows, int) else None,
            totals,
            self._flag(part, "may_be_empty", path) or False,
        )

    def _format(self, part: Toml, above: Format, path: str, known: tuple[str, ...]) -> Format:
        self._known(part, known, path)
        newline = self._one_of(part, "final_newline", ("required", "optional"), path)
        changes: dict[str, object] = {
            "missing": self._texts(part, "missing", path),
            "newlines_in_cells": self._flag(part, "newlines_in_cells", path),
            "final_newline": newline or None,
        }
        for name in ("delimiter", "quote", "encoding", "decimal", "grouping", "date", "timestamp", "timezone"):
            changes[name] = self._checked(part, name, path)
        return evolve(above, **{name: value for name, value in changes.items() if value is not None})

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
        changes: dict[str, object] = {"missing": self._texts(value, "missing", where)}
        for name in ("decimal", "grouping", "date", "timestamp", "timezone"):
            changes[name] = self._checked(value, name, where)
        changes["person_key"] = self._text(value, "person_key", where)
        changes["unit"] = self._one_of(value, "unit", UNITS, where) or None
        changes["unmatched"] = self._one_of(value, "unmatched", ("error", "missing"), where) or None
        changes["twins"] = self._one_of(value, "twins", ("error", "allowed"), where) or None
        spellings: dict[str, str] = {}
        for cell, word in self._part(value, "values", where).items():
            if isinstance(word, bool):
                spellings[cell] = "true" if word else "false"
            elif isinstance(word, str):
                spellings[cell] = word
            else:
                self._wrong("D405", f"{where}.values.{cell}", expected='"word"')
        changes["values"] = spellings
        column = ColumnMap(self._text(value, "column", where) or key)
        return evolve(column, **{name: change for name, change in changes.items() if change is not None})

    def _checked(self, part: Toml, name: str, path: str) -> str | None:
        value = self._text(part, name, path)
        if value is None:
            return None
        if name == "encoding":
            value = value.lower()
        elif name in {"quote", "grouping"} and value == "none":
            value = ""
        fits, expected = _TESTS[name]
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
        self._wrong("D405", f"{path}.{key}", expected="true | false")
        return None

    def _one_of(self, part: Toml, key: str, words: tuple[str, ...], path: str) -> str:
        value = part.get(key)
        if value is None:
            return ""
        if isinstance(value, str) and value in words:
            return value
        self._wrong("D405", f"{path}.{key}", expected=" | ".join(f'"{word}"' for word in words))
        return ""

    def _known(self, part: Toml, known: tuple[str, ...], path: str) -> None:
        for key in part:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1) or [", ".join(known)]
                self._wrong("D404", f"{path}.{key}".lstrip("."), near=near[0])

    def _wrong(self, code: str, key: str, **values: str) -> None:
        self.findings.add(code, DataPlace("mapping", self.file, column=key), key=key, **values)


def _is_form(value: str, *, clock: bool) -> bool:
    return compile_form(value, clock=clock) is not None


def _is_encoding(value: str) -> bool:
    return value in ENCODINGS and bool(codecs.lookup(value))


_TESTS: Dictionary[str, tuple[Callable[[str], bool], str]] = {
    "delimiter": (lambda value: len(value) == 1 and value not in '"\r\n\x00', '"," | ";" | "|" | "\\t"'),
    "quote": (lambda value: value in {"", '"', "'"}, '"\\"" | "none"'),
    "encoding": (_is_encoding, " | ".join(f'"{name}"' for name in ENCODINGS)),
    "decimal": (lambda value: value in {".", ","}, '"." | ","'),
    "grouping": (lambda value: value in {"", " ", ".", ",", "'", "\u00a0", "\u202f", "’"}, '"none" | " " | "," | "."'),
    "date": (lambda value: value != "iso" and _is_form(value, clock=False), '"YYYY-MM-DD" | "DD/MM/YYYY"'),
    "timestamp": (lambda value: _is_form(value, clock=True), '"iso" | "YYYY-MM-DD hh:mm:ss"'),
    "timezone": (lambda value: find_zone(value) is not None, '"Europe/Paris"'),
}
