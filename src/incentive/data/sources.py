"""Bring each thing that a plan asks for to one shape: columns of raw cells, and the line of each row.

Whether rows come from separated values, from JSON or from the calling program, what follows sees the same thing and
gives the same findings.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Literal

from attrs import define, field, frozen

from incentive.data.cells import RawCell, converter, figure, rules, shown
from incentive.data.csv_text import decode, parse
from incentive.data.dataset import Dataset
from incentive.data.findings import LIMIT, BadCellError, Findings, shorten
from incentive.data.frames import Frame, cells_of, fingerprint_of, open_parquet
from incentive.data.host_rows import HostRow, fingerprint
from incentive.data.json_text import parse_objects
from incentive.data.mapping import ColumnMap, SourceMap
from incentive.data.opening import Blocks, inside, read_bytes
from incentive.diagnostics import DataPlace
from incentive.tree import Unit

Role = Literal["table", "people", "input", "lookup"]
Presence = Literal["always", "in_files", "perhaps"]
PARQUET = ".parquet"


_DELIMITERS = {";": ";", "\t": "\\t", "|": "|", ",": ","}  # and how a mapping writes them


@frozen
class Wanted:
    """What is asked of a source: headers in their natural order, and whether each must be there."""

    role: Role
    name: str
    source: SourceMap
    headers: Dictionary[str, Presence]
    others: bool = False  # the other columns too, whatever they are called
    instead: Dictionary[str, tuple[str, ...]] = field(factory=dict)  # headers in whose place others may stand
    looked: Dictionary[str, tuple[str, str]] = field(factory=dict)  # columns to be made: of which, by which lookup

    def lacking(self, headers: Collection[str], needed: Iterable[str]) -> list[str]:
        """Give the headers that are needed, and neither there nor replaced by others."""
        replaced = self.replaced(headers)
        return [name for name in needed if name not in headers and name not in replaced]

    def replaced(self, headers: Collection[str]) -> set[str]:
        """Give the headers in whose place others stand."""
        return {
            name
            for name, others in self.instead.items()
            if name not in headers and any(other in headers for other in others)
        }


def wanted_of(  # noqa: PLR0913 - what is asked of a source
    role: Role,
    name: str,
    source: SourceMap,
    headers: Dictionary[str, Presence],
    columns: Iterable[ColumnMap],
    *,
    others: bool = False,
    instead: Dictionary[str, tuple[str, ...]] | None = None,
) -> Wanted:
    """What is asked of a source, of which some `columns` are looked up, and others say which rows are meant."""
    looked = {each.column: (each.looked, each.lookup) for each in columns if each.looked}

    def own(header: str) -> str:
        return looked[header][0] if header in looked else header

    asked: dict[str, Presence] = {}
    for header, presence in headers.items():
        asked[own(header)] = "always" if asked.get(own(header)) == "always" else presence
    asked |= dict.fromkeys((*source.leave_out, *source.keep), "always")
    replaced = {own(header): tuple(map(own, found)) for header, found in (instead or {}).items()}
    return Wanted(role, name, source, asked, others, replaced, looked)


@frozen
class Raw:
    """The rows of a source, unconverted, by header.

    Rows that were made of the columns of a wide file have `origins`: the column of cells, and for each row the header
    that it comes from; `blank` counts the cells that make none. Columns that were `looked` up have their file, their
    header there, and for each row the line, 0 where nothing was found.
    """

    name: str
    file: str
    rows: int
    columns: Dictionary[str, Sequence[RawCell]]
    lines: Sequence[int]
    textual: bool
    origins: tuple[str, Sequence[str]] | None = None
    blank: int = 0
    looked: Dictionary[str, tuple[str, str, Sequence[int]]] = field(factory=dict)

    def place(self, row: int, column: str | None = None, key: str = "") -> DataPlace:
        """Where a row stands, or a cell of it."""
        if column is not None and column in self.looked and self.looked[column][2][row]:
            file, header, lines = self.looked[column]
            return DataPlace(self.name, file or None, lines[row], header, shorten(key) or None)
        if self.origins is not None and column == self.origins[0]:
            column = self.origins[1][row]
        return DataPlace(self.name, self.file or None, self.lines[row], column, shorten(key) or None)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(hashes: Dictionary[str, str]) -> str:
    """SHA-256 over all that was read, from the hash of each part by its label."""
    return _hash("".join(f"{label}\n{value}\n" for label, value in sorted(hashes.items())))


@define
class Sources:
    """All sources of a dataset. Each file is read once, however many tables stand in it."""

    dataset: Dataset
    findings: Findings
    contents: dict[Path, bytes] = field(factory=dict)
    _hashes: dict[str, str] = field(factory=dict)
    _later: dict[str, Callable[[], str]] = field(factory=dict)  # texts that are made and hashed for the digest
    _streamed: dict[Path, str] = field(factory=dict)

    def load(self, wanted: Wanted) -> Raw | None:
        """The rows of a source; None when its findings say why there are none."""
        if self.dataset.host is not None:
            return self._host(wanted)
        if self.dataset.frames is not None:
            return self._frame(wanted)
        found = self.path(wanted)
        if found is None:
            return None
        path, name = found
        try:
            content = self.content(path, f"{wanted.role} {wanted.name}")
            if path.suffix.lower() == PARQUET:
                return self._parquet(wanted, content, name)
            text = decode(content, wanted.source.format.encoding)
            load = self._json if path.suffix.lower() == ".json" else self._csv
            return load(wanted, text, name)
        except BadCellError as error:
            self._refuse(wanted, name, error)
            return None

    def content(self, path: Path, label: str) -> bytes:
        """The bytes of a file, read once and hashed under a label.

        Raises:
            BadCellError: the file cannot be read, or is not what was read of it before.
        """
        content = self.contents[path] if path in self.contents else read_bytes(path)
        self._known(path, label, hashlib.sha256(content).hexdigest())
        self.contents[path] = content
        return content

    @contextmanager
    def blocks(self, path: Path, label: str, size: int) -> Iterator[Blocks]:
        """The blocks of a file that is not held: to be read to the end, which is when they are hashed.

        Raises:
            BadCellError: the file cannot be read, or is not what was read of it before.
        """
        blocks = Blocks(path, size)
        yield blocks
        blocks.check()
        self._known(path, label, blocks.digest)

    def _known(self, path: Path, label: str, digest: str) -> None:
        if self._streamed.get(path, digest) != digest:
            raise BadCellError("D105")
        self._hashes[label] = self._streamed[path] = digest

    def note(self, label: str, text: str) -> None:
        """Hash something that was not read from a file."""
        self._hashes[label] = _hash(text)

    def digest(self) -> str:
        """SHA-256 over all that was read."""
        return self.digest_later()()

    def digest_later(self) -> Callable[[], str]:
        """Give the digest when it is asked for; of what was read only frames are held for it."""
        hashes, later = dict(self._hashes), dict(self._later)

        def digest() -> str:
            every = hashes | {label: _hash(text()) for label, text in later.items()}
            return digest_of(every)

        return digest

    def path(self, wanted: Wanted) -> tuple[Path, str] | None:
        """The file of a source, and what it is called; None when its findings say why there is none."""
        own = wanted.source.file
        if self.dataset.folder is None:
            path = self.dataset.files.get(wanted.name)
            if path is None:
                self.findings.add("D126", DataPlace(wanted.name), name=wanted.name)
                return None
            name = path.name
        else:
            name = own or f"{wanted.name}.csv"
            try:
                path = inside(self.dataset.folder, name)
                others = [] if own else [path.with_suffix(kind) for kind in (".json", PARQUET)]
                for other in filter(Path.exists, others):
                    if path.exists():
                        name = path.name
                        raise BadCellError("D125", other=other.name)  # noqa: TRY301 - refused like the others
                    path, name = other, other.name
            except BadCellError as error:
                self._refuse(wanted, name, error)
                return None
        if path.suffix.lower() not in {".csv", ".txt", ".tsv", ".json", PARQUET}:
            self._refuse(wanted, name, BadCellError("D124"))
            return None
        return path, name

    def _csv(self, wanted: Wanted, text: str, file: str) -> Raw | None:
        source = wanted.source

        def report(line: int, error: BadCellError) -> None:
            self._refuse(wanted, file, error, line)

        sheet = parse(text, source.format, report)
        if sheet is None:
            return None
        headers = {name: at for at, name in enumerate(sheet.header)}
        needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
        if not self._has(wanted, file, headers, [*needed, *source.totals], source.format.delimiter):
            return None
        proven = source.rows is not None or source.totals
        if not sheet.finished and source.format.final_newline == "required" and not proven:
            report(sheet.lines[-1] if sheet.rows else 1, BadCellError("D118"))
            return None
        picked = {
            name: [row[headers[name]] for row in sheet.rows]
            for name in {**wanted.headers, **source.totals, **dict.fromkeys(sheet.header if wanted.others else ())}
            if name in headers
        }
        return self._whole(wanted, Raw(wanted.name, file, len(sheet.rows), picked, sheet.lines, textual=True))

    def _json(self, wanted: Wanted, text: str, file: str) -> Raw | None:
        found = parse_objects(text)
        headers = dict.fromkeys(name for row in found.rows for name in row)
        needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
        if found.rows and not self._has(wanted, file, headers, [*needed, *wanted.source.totals]):
            return None
        more: dict[str, Presence] = dict.fromkeys(headers, "perhaps") if wanted.others else {}
        more = {name: presence for name, presence in more.items() if name not in wanted.headers}
        picked: dict[str, Sequence[RawCell]] = {
            name: [row.get(name) for row in found.rows]
            for name, presence in {**wanted.headers, **dict.fromkeys(wanted.source.totals, "always"), **more}.items()
            if presence != "perhaps" or name in headers
        }
        return self._whole(wanted, Raw(wanted.name, file, len(found.rows), picked, found.lines, textual=False))

    def _host(self, wanted: Wanted) -> Raw | None:
        host = self.dataset.host
        assert host is not None
        held = {"table": host.tables, "input": host.inputs, "people": {wanted.name: host.people}}.get(wanted.role, {})
        rows = held.get(wanted.name)
        if rows is None or (wanted.role == "people" and not rows):
            self.findings.add("D123", DataPlace(wanted.name), name=wanted.name)
            return None
        self.note(f"{wanted.role} {wanted.name}", fingerprint(rows))
        named = self._named(wanted, rows)
        if named is None:
            return None
        headers = dict.fromkeys(name for row in named for name in row)
        needed = [name for name, presence in wanted.headers.items() if presence == "always"]
        if named and not self._has(wanted, "", headers, needed):
            return None
        picked: dict[str, Sequence[RawCell]] = {
            name: [row.get(name) for row in named]
            for name, presence in wanted.headers.items()
            if presence != "perhaps" or name in headers
        }
        return Raw(wanted.name, "", len(named), picked, range(1, len(named) + 1), textual=False)

    def _frame(self, wanted: Wanted) -> Raw | None:
        frame = self.frame(wanted)
        if frame is None:
            self.findings.add("D123", DataPlace(wanted.name), name=wanted.name)
            return None
        headers = dict.fromkeys(frame.columns)
        needed = [name for name, presence in wanted.headers.items() if presence == "always"]
        if frame.height and not self._has(wanted, "", headers, needed):
            return None
        return self._of_frame(wanted, frame, "")

    def frame(self, wanted: Wanted) -> Frame | None:
        """The frame of a source, noted for the digest; None where there is none."""
        frames = self.dataset.frames
        if frames is None:
            return None
        people = {} if frames.people is None else {wanted.name: frames.people}
        frame = {"table": frames.tables, "input": frames.inputs, "people": people}.get(wanted.role, {}).get(wanted.name)
        if frame is None or (wanted.role == "people" and not frame.height):
            return None
        self._later[f"{wanted.role} {wanted.name}"] = fingerprint_of(frame, wanted.headers)
        return frame

    def _parquet(self, wanted: Wanted, content: bytes, file: str) -> Raw | None:
        frame, found = open_parquet(content, [*wanted.headers, *wanted.source.totals])
        headers = dict.fromkeys(found)
        needed = [name for name, presence in wanted.headers.items() if presence != "perhaps"]
        if not self._has(wanted, file, headers, [*needed, *wanted.source.totals]):
            return None
        return self._whole(wanted, self._of_frame(wanted, frame, file))

    def _of_frame(self, wanted: Wanted, frame: Frame, file: str) -> Raw:
        headers, rows = set(frame.columns), frame.height
        picked: dict[str, Sequence[RawCell]] = {
            name: cells_of(frame, name) if name in headers else [None] * rows
            for name, presence in {**wanted.headers, **dict.fromkeys(wanted.source.totals, "always")}.items()
            if presence != "perhaps" or name in headers
        }
        return Raw(wanted.name, file, rows, picked, range(1, rows + 1), textual=False)

    def _named(self, wanted: Wanted, rows: Sequence[HostRow]) -> list[dict[str, RawCell]] | None:
        others = {other for each in wanted.instead.values() for other in each}
        names = [name for name in wanted.headers if name not in others]
        least = max((at + 1 for at, name in enumerate(names) if wanted.headers[name] == "always"), default=0)
        named: list[dict[str, RawCell]] = []
        faults = 0
        for number, row in enumerate(rows, start=1):
            if isinstance(row, dict):
                named.append(row)
            elif least <= len(row) <= len(names):
                named.append(dict(zip(names, row, strict=False)))
            else:
                faults += 1
                if faults <= LIMIT:
                    values = {"found": str(len(row)), "expected": str(len(names))}
                    self.findings.add("D112", DataPlace(wanted.name, line=number), **values)
        return None if faults else named

    def _whole(self, wanted: Wanted, raw: Raw) -> Raw | None:
        """The rows, if the control figures agree."""
        source = wanted.source
        good = True
        if source.rows is not None and source.rows != raw.rows:
            self._refuse(wanted, raw.file, BadCellError("D501", expected=str(source.rows), found=str(raw.rows)))
            good = False
        if not raw.rows and source.rows is None and not source.may_be_empty:
            self._refuse(wanted, raw.file, BadCellError("D119"))
            good = False
        return raw if good and all(self._adds_up(wanted, raw, header) for header in source.totals) else None

    def _adds_up(self, wanted: Wanted, raw: Raw, header: str) -> bool:
        source, expected = wanted.source, wanted.source.totals[header]
        cells = raw.columns[header]
        read = converter(Unit("ratio"), rules(source.format, ColumnMap(header), None), optional=True)
        total = Fraction(0)
        bad: dict[RawCell, BadCellError] = {}
        for cell, times in Counter(cells).items():
            try:
                value = read(cell)
            except BadCellError as error:
                bad[cell] = error.alone()
                continue
            if isinstance(value, int | Fraction):
                total += times * value
        faults = [row for row, cell in enumerate(cells) if cell in bad] if bad else []
        for row in faults[:LIMIT]:
            fault = bad[cells[row]]
            values = {"cell": shorten(shown(cells[row])), "column": header, **fault.values}
            self.findings.add(fault.code, raw.place(row, header), **values)
        self.findings.skip(max(len(faults) - LIMIT, 0))
        if not faults and total != expected:
            values = {"column": header, "expected": figure(expected), "found": figure(total)}
            self._refuse(wanted, raw.file, BadCellError("D502", **values))
        return not faults and total == expected

    def _has(
        self, wanted: Wanted, file: str, headers: Dictionary[str, object], needed: Sequence[str], delimiter: str = ""
    ) -> bool:
        absent = wanted.lacking(headers, needed)
        found = ", ".join(headers)
        other = next((mark for mark in _DELIMITERS if mark in found), None) if delimiter and len(headers) == 1 else None
        if other is not None:
            del absent[1:]  # the other columns are missing for the same reason
        for name in absent:
            place = DataPlace(wanted.name, file or None, 1 if file else None, name)
            values = {"column": shorten(name), "headers": found[:400]}
            if other is None:
                self.findings.add("D108", place, **values)
            else:
                marks = {"declared": _DELIMITERS.get(delimiter, delimiter), "other": _DELIMITERS[other]}
                self.findings.add("D108", place, advice="delimiter", **values, **marks)
        return not absent

    def _refuse(self, wanted: Wanted, file: str, error: BadCellError, line: int | None = None) -> None:
        values = dict(error.values)
        at = values.pop("line", None)
        number = int(at) if at else line
        self.findings.add(
            error.code, DataPlace(wanted.name, file or None, number), **{"file": file, "name": wanted.name, **values}
        )
