"""Take rows from the calling program: copied at once, so that what it does with its objects later changes nothing."""

from __future__ import annotations

import dataclasses
import enum
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import attrs

from incentive.data.cells import Foreign, Member, RawCell, Spoilt
from incentive.diagnostics import UsageError
from incentive.quantities import Money

HostRow = dict[str, RawCell] | tuple[RawCell, ...]
_KEPT = frozenset({str, int, bool, float, Decimal, Fraction, date, datetime, Money, type(None)})
_NO_TEXT = re.compile("[\x00\ufeff\ud800-\udfff]")  # a file of text cannot hold them


def snapshot(rows: object, name: str) -> tuple[HostRow, ...]:
    """A copy of rows: mappings, attrs or dataclass objects and named tuples by name, other tuples by position.

    Raises:
        UsageError: it is not a collection of rows.
    """
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise UsageError(f"{name}: expected a collection of rows, not {type(rows).__name__}")
    return tuple(_row(row, name) for row in rows)


def input_rows(values: object, name: str) -> tuple[HostRow, ...]:
    """A copy of an input's values.

    They are rows, `{(holder, period): value}`, without period `{holder: value}`, for the company `{period: value}`
    or one value.

    Raises:
        UsageError: it is none of these.
    """
    if isinstance(values, Mapping):
        return tuple((*_pair(key), cell(value)) for key, value in values.items())
    if type(values) in _KEPT - {type(None)} or isinstance(values, enum.Enum):
        return ((cell(values),),)
    return snapshot(values, name)


def cell(value: object) -> RawCell:
    """A value of the host, if it is of a plain type; else what it is called, to be refused where it is needed."""
    match value:
        case str() if type(value) is str and (found := _NO_TEXT.search(value)) is not None:
            return Spoilt(f"U+{ord(found.group()):04X}")
        case None | str() | int() | float() | Decimal() | Fraction() | date() | Money() if type(value) in _KEPT:
            return value
        case enum.Enum():
            return Member(type(value).__name__, str(value.value), value.name)
        case _:
            return Foreign(type(value).__name__)


def fingerprint(rows: Iterable[HostRow]) -> str:
    """A text that is the same for the same rows, and different for different ones."""
    parts: list[str] = []
    for row in rows:
        named = row.items() if isinstance(row, dict) else enumerate(row)
        parts += [f"{name!r}: {_exactly(value)}\n" for name, value in named]
        parts.append(";\n")
    return "".join(parts)


def _exactly(value: RawCell) -> str:
    if isinstance(value, int | Fraction):
        return f"{type(value).__name__} {value.numerator:x}/{value.denominator:x}"
    return f"{type(value).__name__} {value!r}"


def _pair(key: object) -> tuple[RawCell, ...]:
    return tuple(cell(each) for each in key) if isinstance(key, tuple) else (cell(key),)


def _row(row: object, name: str) -> HostRow:
    if isinstance(row, Mapping):
        return {str(key): cell(value) for key, value in row.items()}
    if isinstance(row, tuple | list):
        names = getattr(row, "_fields", None)
        cells = tuple(cell(each) for each in row)
        return dict(zip(names, cells, strict=True)) if names else cells
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        return {each.name: cell(getattr(row, each.name)) for each in dataclasses.fields(row)}
    kind = type(row)
    if attrs.has(kind):
        return {each.name: cell(getattr(row, each.name)) for each in attrs.fields(kind)}
    raise UsageError(
        f"{name}: expected rows that are mappings, objects with fields or tuples, not {type(row).__name__}"
    )
