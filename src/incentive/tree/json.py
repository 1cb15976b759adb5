"""The tree as JSON and back, identically.

A checked plan is kept beside the figures it paid, sometimes for years, and read again by another version or another
program. So the form is versioned, names every field, and is read strictly: a field or a kind of node that this version
does not know may change pay, and is refused instead of skipped.

A node is an object that names its class in `is`; a fraction is `{"number": "1/20"}`, a day `{"date": "2026-01-31"}`, a
place in the plan's text six integers. Nothing is stored as a binary floating point number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import fields, has

from incentive.diagnostics import Span, UsageError
from incentive.tree import examples, nodes, settling
from incentive.tree.plan import Plan

FORMAT: Final = "incentive tree"
VERSION: Final = 1
MAX_LEVELS: Final = 300
"""How deep nodes may lie in each other; plans nest 64 levels, some of which make two or three nodes."""

_NUMBER = re.compile(r"(-?[0-9]{1,80000})/([0-9]{1,80000})")
_CHUNK = 600  # digits; CPython refuses longer integers as text, see `quantities`

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]
_Reader = Callable[[object, int], object]
_T = TypeVar("_T")

CLASSES: Final[Mapping[str, type]] = {
    name: each
    for room in (nodes, examples, settling)
    for name, each in vars(room).items()
    if isinstance(each, type) and has(each) and each is not Span
} | {"Plan": Plan}
"""Every class that a tree is made of, by name: the closed registry."""


def to_json(plan: Plan) -> str:
    """Write a plan as JSON text.

    Raises:
        UsageError: nodes lie in each other deeper than any plan makes them.

    Law: `from_json(to_json(plan)) == plan`, places in the text included.
    """
    return json.dumps({"format": FORMAT, "version": VERSION, "plan": plain(plan)}, ensure_ascii=False, indent=1)


def from_json(text: str) -> Plan:
    """Read a plan from JSON text.

    Raises:
        UsageError: the text is no tree of this version, or has a field that this version does not know.
    """
    try:
        stored: object = json.loads(text, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"this is not JSON: {error}") from error
    if not isinstance(stored, dict) or stored.get("format") != FORMAT:
        raise UsageError(f'this JSON is not a tree: "format" must be "{FORMAT}"')
    if stored.get("version") != VERSION or isinstance(stored.get("version"), bool):
        raise UsageError(f"version {stored.get('version')!r} of the tree is not known; this library reads {VERSION}")
    if set(stored) != {"format", "version", "plan"}:
        raise UsageError(f"unknown or missing fields: {', '.join(sorted(set(stored) ^ {'format', 'version', 'plan'}))}")
    plan = _reader(Plan)(stored["plan"], 0)
    assert isinstance(plan, Plan)
    return plan


def plain(value: object, *, spans: bool = True) -> Json:
    """Give a node, and whatever its fields hold, as plain data.

    Args:
        value: A node, or the value of a field of one.
        spans: Whether places in the text are kept.

    Raises:
        UsageError: nodes lie in each other too deep.
    """
    return _plain(value, 0, spans=spans)


def _plain(value: object, level: int, *, spans: bool) -> Json:
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, Fraction):
        return {"number": f"{_digits(value.numerator)}/{_digits(value.denominator)}"}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Span):
        place: list[Json] = [value.start, value.end, value.line, value.column, value.end_line, value.end_column]
        return [*place, value.file] if value.file else place
    if isinstance(value, tuple):
        return [_plain(each, level, spans=spans) for each in value]
    _check_level(level)
    kind: type = type(value)
    name = kind.__name__
    if CLASSES.get(name) is not kind:
        raise UsageError(f"{name} is not a class of the tree")
    out: dict[str, Json] = {"is": name}
    for each in _names(kind):
        if spans or each != "span":
            out[each] = _plain(getattr(value, each), level + 1, spans=spans)
    return out


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


# ---- reading: one reader a type annotation, made once ----------------------------------------------------------------
@cache
def _reader(hint: object) -> _Reader:
    """Make what reads a value of an annotated type."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _literal(inner)
    if origin is tuple:
        return _list_of(_reader(inner[0]))
    if origin in {UnionType, Union}:
        return _one_of(tuple(each for option in inner for each in _options(option)))
    if isinstance(hint, type) and hint in _LEAVES:
        return _LEAVES[hint]
    assert isinstance(hint, type), hint
    return _node_of(hint)


def _options(hint: object) -> tuple[object, ...]:
    return get_args(hint) if get_origin(hint) in {UnionType, Union} else (hint,)


def _literal(allowed: tuple[object, ...]) -> _Reader:
    def read(stored: object, _: int) -> object:
        if not isinstance(stored, str) or stored not in allowed:
            raise UsageError(f"{_shown(stored)} is none of {', '.join(map(str, allowed))}")
        return stored

    return read


def _list_of(item: _Reader) -> _Reader:
    def read(stored: object, level: int) -> object:
        if not isinstance(stored, list):
            raise UsageError(f"expected a list, not {_shown(stored)}")
        return tuple(item(each, level) for each in stored)

    return read


def _one_of(options: tuple[object, ...]) -> _Reader:
    by_form = {_form_of(each): each for each in options}

    def read(stored: object, level: int) -> object:
        option = by_form.get(_form(stored))
        if option is None:
            option = next((each for each in options if get_origin(each) is Literal and _form(stored) == "str"), None)
        if option is None:
            raise UsageError(f"{_shown(stored)} cannot stand here")
        return _reader(option)(stored, level)

    words = tuple(word for each in options if get_origin(each) is Literal for word in get_args(each))
    if words and all(get_origin(each) is Literal for each in options):
        return _literal(words)
    return read


def _form_of(option: object) -> str:
    """How a value of this type looks in JSON."""
    if get_origin(option) is Literal:
        return "str"
    assert isinstance(option, type)
    return {NoneType: "none", Fraction: "number", date: "date", Span: "list"}.get(option, option.__name__)


def _form(stored: object) -> str:
    if isinstance(stored, dict):
        kind = stored.get("is")
        return kind if isinstance(kind, str) else next(iter(stored), "")
    return "none" if stored is None else type(stored).__name__


def _node_of(kind: type) -> _Reader:
    def read(stored: object, level: int) -> object:
        _check_level(level)
        if not isinstance(stored, dict) or stored.get("is") != kind.__name__:
            raise UsageError(f"expected {kind.__name__}, not {_shown(stored)}")
        readers = _fields_of(kind)
        unlike = set(readers) ^ (set(stored) - {"is"})
        if unlike:
            raise UsageError(f"{kind.__name__}: unknown or missing fields: {', '.join(sorted(unlike))}")
        return kind(**{name: reader(stored[name], level + 1) for name, reader in readers.items()})

    return read


@cache
def _fields_of(kind: type) -> Mapping[str, _Reader]:
    hints = get_type_hints(kind)
    return {name: _reader(hints[name]) for name in _names(kind)}


def _exactly(kind: type[_T]) -> _Reader:
    def read(stored: object, _: int) -> object:
        if type(stored) is not kind:
            raise UsageError(f"expected {kind.__name__}, not {_shown(stored)}")
        return stored

    return read


def _number(stored: object, _: int) -> Fraction:
    match = _NUMBER.fullmatch(_tagged(stored, "number"))
    if match is None:
        raise UsageError(f"{_shown(stored)} is not a fraction n/d")
    top, bottom = _integer(match.group(1)), _integer(match.group(2))
    if bottom == 0:
        raise UsageError(f"{_shown(stored)} divides by zero")
    return Fraction(top, bottom)


def _date(stored: object, _: int) -> date:
    written = _tagged(stored, "date")
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(f"{written!r} is not a date") from error


def _span(stored: object, _: int) -> Span:
    if not isinstance(stored, list) or len(stored) not in {6, 7}:
        raise _no_place(stored)
    if any(type(each) is not int for each in stored[:6]) or any(not isinstance(each, str) for each in stored[6:]):
        raise _no_place(stored)
    return Span(*stored)


def _no_place(stored: object) -> UsageError:
    return UsageError(f"{_shown(stored)} is not a place: six integers, and the name of a file where there are several")


_LEAVES: Final[Mapping[type, _Reader]] = {
    Fraction: _number,
    date: _date,
    Span: _span,
    str: _exactly(str),
    bool: _exactly(bool),
    int: _exactly(int),
    NoneType: _exactly(NoneType),
}


def _tagged(stored: object, tag: str) -> str:
    if isinstance(stored, dict) and set(stored) == {tag} and isinstance(stored[tag], str):
        return str(stored[tag])
    raise UsageError(f'expected {{"{tag}": …}}, not {_shown(stored)}')


def _check_level(level: int) -> None:
    if level > MAX_LEVELS:
        raise UsageError(f"more than {MAX_LEVELS} nodes lie in each other")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) != len(pairs):
        raise UsageError("a field is given twice")
    return out


def _no_float(written: str) -> object:
    raise UsageError(f"{written} is not exact; numbers are written as fractions")


def _digits(value: int) -> str:
    if abs(value) < 10**_CHUNK:
        return str(value)
    rest, chunks = abs(value), []
    while rest:
        rest, chunk = divmod(rest, 10**_CHUNK)
        chunks.append(f"{chunk:0{_CHUNK}}")
    return ("-" if value < 0 else "") + "".join(reversed(chunks)).lstrip("0")


def _integer(digits: str) -> int:
    sign, digits = (-1, digits[1:]) if digits.startswith("-") else (1, digits)
    value = 0
    first = len(digits) % _CHUNK
    for chunk in (digits[:first], *(digits[at : at + _CHUNK] for at in range(first, len(digits), _CHUNK))):
        value = value * 10 ** len(chunk) + int(chunk or "0")
    return sign * value


def _shown(stored: object) -> str:
    if isinstance(stored, dict):
        return str(stored.get("is", "an object"))
    if isinstance(stored, list):
        return "a list"
    text = repr(stored)
    return text if len(text) <= 60 else text[:57] + "…"
