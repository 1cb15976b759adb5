"""Read the cases: one text file each, a head of `word: text` lines and blocks that `[name]` opens.

README.md shows one and says what each part means. A case that is not written as it says is refused with its line:
a case that is quietly misread proves nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from attrs import field, frozen

FOLDER = Path(__file__).parent
HEAD = ("source", "place", "shows", "differs", "edge")
STATUSES = ("paid", "zero", "pending", "known")
COLUMNS = ("participant", "period", "figure", "status", "amount")
_CODE = re.compile(r"[A-Z][0-9]{3}")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:/([0-9]+))?(%?)")

Row = Mapping[str, str | None]
Value = Fraction | str | bool | date
Files = tuple[tuple[str, str], ...]
"""Names of files with their texts; pairs, so that a plan and its files can be a key."""


class CaseError(ValueError):
    """A case is not written as README.md says."""


@frozen
class Expected:
    """A line, a result of the settlement or any other figure of the plan, and what it comes to.

    `stated` is the figure as the source prints it, where that is shorter than what is paid, or differs from it.
    """

    participant: str
    period: str
    figure: str
    status: str
    amount: Value | None
    stated: str
    code: str
    line: int


@frozen
class Refused:
    """A finding that refuses the plan or the data: its code, and the words or the cell where it stands."""

    code: str
    place: str
    line: int


@frozen
class Case:
    """A plan with the files that it uses or amends, the data it is run on, and what comes out."""

    path: Path
    title: str
    head: Mapping[str, str] = field(repr=False)
    plan: str = field(repr=False)
    files: Files = field(repr=False)
    tables: Mapping[str, tuple[Row, ...]] = field(repr=False)
    people: tuple[Row, ...] = field(repr=False)
    inputs: Mapping[str, tuple[Row, ...]] = field(repr=False)
    beside: Mapping[str, tuple[Row, ...]] = field(repr=False)
    expected: tuple[Expected, ...] = field(repr=False)
    refused: tuple[Refused, ...] = field(repr=False)

    @property
    def id(self) -> str:
        """What the case is called: the name of its file."""
        return self.path.stem

    @property
    def family(self) -> str:
        """What it is about: the name of its folder."""
        return self.path.parent.name

    @property
    def outcomes(self) -> frozenset[str]:
        """What comes out of it: paid, zero, pending, known or refused."""
        return frozenset(each.status for each in self.expected) | ({"refused"} if self.refused else frozenset())


@cache
def every_case() -> tuple[Case, ...]:
    """Every case, by family and name."""
    return tuple(read(path) for path in sorted((FOLDER / "cases").glob("*/*.case")))


def read(path: Path) -> Case:
    """Read a case.

    Raises:
        CaseError: It is not written as README.md says.
    """
    try:
        return _read(path, path.read_text("utf-8"))
    except CaseError as error:
        raise CaseError(f"{path.parent.name}/{path.name}: {error}") from error


def _read(path: Path, text: str) -> Case:
    head, blocks = _parts(text)
    title = head.pop("title")
    tables: dict[str, tuple[Row, ...]] = {}
    inputs: dict[str, tuple[Row, ...]] = {}
    beside: dict[str, tuple[Row, ...]] = {}
    people: tuple[Row, ...] = ()
    expected: tuple[Expected, ...] = ()
    refused: tuple[Refused, ...] = ()
    files: Files = ()
    plan = ""
    for name, start, lines in blocks:
        kind, _, of = name.partition(" ")
        match kind, of:
            case "plan", "":
                plan = _text(lines)
            case "file", of if of:
                files += ((of, _text(lines)),)
            case "facts", of if of:
                tables[of] = _rows(lines, start)
            case "input", of if of:
                inputs[of] = _rows(lines, start)
            case "beside", of if of:
                beside[of] = _rows(lines, start)
            case "people", "":
                people = _rows(lines, start)
            case "expected", "":
                expected = tuple(_expected(lines, start))
            case "refused", "":
                refused = tuple(_refused(lines, start))
            case _:
                raise CaseError(f"line {start}: there is no block [{name}]")
    if not plan or bool(expected) == bool(refused):
        raise CaseError("a case has a [plan], and either [expected] or [refused]")
    return Case(path, title, head, plan, files, tables, people, inputs, beside, expected, refused)


def _parts(text: str) -> tuple[dict[str, str], list[tuple[str, int, list[str]]]]:
    head: dict[str, str] = {}
    blocks: list[tuple[str, int, list[str]]] = []
    word = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("["):
            blocks.append((line.strip().removeprefix("[").removesuffix("]"), number + 1, []))
        elif blocks:
            blocks[-1][2].append(line)
        elif number == 1:
            head["title"] = line.strip()
        elif line.startswith(" ") and word:
            head[word] += " " + line.strip()
        elif line.strip():
            word, colon, rest = line.partition(":")
            if not colon or word not in HEAD:
                raise CaseError(f"line {number}: expected one of {', '.join(HEAD)}, then a colon")
            head[word] = rest.strip()
    return head, blocks


def _text(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n") + "\n"


def _cells(lines: list[str], start: int) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, start):
        if line.strip():
            yield number, [cell.strip() for cell in next(csv.reader([line], skipinitialspace=True, strict=True))]


def _rows(lines: list[str], start: int) -> tuple[Row, ...]:
    found = list(_cells(lines, start))
    if not found:
        raise CaseError(f"line {start}: a block of data names its columns")
    _, names = found[0]
    rows = []
    for number, cells in found[1:]:
        if len(cells) != len(names):
            raise CaseError(f"line {number}: {len(cells)} cells under {len(names)} columns")
        rows.append({name: cell or None for name, cell in zip(names, cells, strict=True)})
    return tuple(rows)


def _expected(lines: list[str], start: int) -> Iterator[Expected]:
    for number, row in zip(_numbers(lines, start), _rows(lines, start), strict=True):
        if not set(COLUMNS) <= row.keys() <= {*COLUMNS, "stated"}:
            raise CaseError(f"line {start}: the columns are {', '.join(COLUMNS)}, and perhaps stated")
        status, _, code = (row["status"] or "").partition(" ")
        amount = None if row["amount"] is None else value(row["amount"])
        if status not in STATUSES or (amount is None) != (status == "pending"):
            raise CaseError(f"line {number}: a status is one of {', '.join(STATUSES)}; pending alone has no amount")
        if status != "known" and (status == "zero") != (amount == 0):
            raise CaseError(f"line {number}: zero is an amount of 0, paid any other")
        if code and not _CODE.fullmatch(code):
            raise CaseError(f"line {number}: {code!r} is no code")
        yield Expected(
            row["participant"] or "", row["period"] or "", row["figure"] or "", status, amount, row.get("stated") or "",
            code, number,
        )  # fmt: skip


def _numbers(lines: list[str], start: int) -> list[int]:
    return [number for number, _ in _cells(lines, start)][1:]


def _refused(lines: list[str], start: int) -> Iterator[Refused]:
    for number, line in enumerate(lines, start):
        if line.strip():
            code, _, place = line.strip().partition(" ")
            if not _CODE.fullmatch(code):
                raise CaseError(f"line {number}: a finding begins with its code")
            yield Refused(code, place.strip(), number)


def value(text: str) -> Value:
    """Read an exact value: `1200.50`, `25/3`, `97.5%`, `true`, a day, or any other text as it stands.

    >>> value("97.5%"), value("250/3%")
    (Fraction(39, 40), Fraction(5, 6))
    """
    plain: Mapping[str, Value] = {"true": True, "false": False}
    if text in plain:
        return plain[text]
    found = _NUMBER.fullmatch(text)
    if found is not None:
        return Fraction(found[1]) / int(found[2] or 1) / (100 if found[3] else 1)
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else text


def rounds_to(exact: Fraction, stated: str) -> bool:
    """Say whether a figure is the stated one after rounding half up to the digits that are shown.

    >>> rounds_to(Fraction(5, 18), "27.78%"), rounds_to(Fraction("2678.57"), "2678")
    (True, False)
    """
    shown = value(stated)
    assert isinstance(shown, Fraction)
    decimals = len(stated.removesuffix("%").partition(".")[2]) + (2 if stated.endswith("%") else 0)
    scale = 10**decimals
    half_up: Callable[[Fraction], int] = lambda number: int(number + Fraction(1, 2))  # noqa: E731 - one line
    units = half_up(abs(exact) * scale)
    return shown == Fraction(units if exact >= 0 else -units, scale)
