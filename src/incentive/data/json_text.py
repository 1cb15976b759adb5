"""Read a list of objects from JSON strictly: no value is changed on its way in.

The usual readers turn 9007199254740993.01 into a float, take the last of two equal keys, and accept NaN. Here a
number stays as it is written until its declaration says what it is, and the rest is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from attrs import frozen

from incentive.data.cells import Foreign, Numeral, RawCell
from incentive.data.findings import BadCellError

MAX_CELL = 32_767
_SPACE = re.compile(r"[ \t\r\n]*")
_LINE_END = re.compile(r"\r\n|\n|\r")


@frozen
class Objects:
    """The objects of a file and the line that each begins on."""

    rows: Sequence[dict[str, RawCell]]
    lines: Sequence[int]


def parse_objects(text: str) -> Objects:
    """The objects of a list.

    Raises:
        BadCellError: D121 it is no list of flat objects in strict JSON; `line` says where.
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_object, parse_float=Numeral, parse_int=Numeral, parse_constant=_refuse
    )
    rows: list[dict[str, RawCell]] = []
    lines: list[int] = []
    line, counted = 1, 0
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        raise BadCellError("D121", line=str(_line(text, at)))
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]" or rows:
        line += len(_LINE_END.findall(text, counted, at))
        counted = at
        try:
            if text[at : at + 1] != "{":
                raise BadCellError("D121", line=str(line))
            row, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise BadCellError("D121", line=str(_line(text, error.pos))) from None
        except (RecursionError, _RefusedError):
            raise BadCellError("D121", line=str(line)) from None
        rows.append(row)
        lines.append(line)
        at = _skip(text, at)
        if text[at : at + 1] == "]":
            break
        if text[at : at + 1] != ",":
            raise BadCellError("D121", line=str(_line(text, at)))
        at = _skip(text, at + 1)
    if _skip(text, at + 1) != len(text):
        raise BadCellError("D121", line=str(_line(text, at)))
    return Objects(rows, lines)


class _RefusedError(Exception):
    """JSON that we do not take."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, RawCell]:
    found = {key: _cell(value) for key, value in pairs}
    if len(found) != len(pairs):
        raise _RefusedError
    return found


def _cell(value: object) -> RawCell:
    match value:
        case str():
            if len(value) > MAX_CELL or "\x00" in value or re.search("[\ud800-\udfff]", value):
                raise _RefusedError
            return value
        case None | bool() | Numeral():
            return value
        case _:
            return Foreign("list" if isinstance(value, list) else "object")


def _refuse(name: str) -> RawCell:
    raise _RefusedError(name)


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    assert found is not None
    return found.end()


def _line(text: str, at: int) -> int:
    return len(_LINE_END.findall(text[:at])) + 1
