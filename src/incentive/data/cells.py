"""Turn one cell into the value that its declaration asks for, or say why not.

A converter is made once for a column and called once for each different text in it. It trims nothing, folds no case
and never tries a second reading: `1,234` is not a number unless the mapping says that a comma groups digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from incentive.data.facts import Value
from incentive.data.findings import BadCellError
from incentive.data.formats import check_day, compile_form, find_zone, read_day, read_instant, to_utc
from incentive.data.mapping import ColumnMap, Format
from incentive.quantities import (
    Money,
    Number,
    NumberFormatError,
    from_decimal,
    minor_digits,
    parse_decimal,
    show_number,
)
from incentive.quantities.moments import Moment
from incentive.tree import POINTS, Unit

NUMBERS = frozenset({"money", "own_money", "ratio", "count", "rate", "days", "months", "hours"})
SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_LIMIT = 10**18
_SHOWN = 10**40  # beyond it, CPython may refuse to write an integer
_MONEY_LIMIT = 10**15
_MONEY_DECIMALS = 10**6
_TRUTH = {"true": True, "false": False}


@frozen
class Numeral:
    """A number as JSON wrote it."""

    text: str


@frozen
class Foreign:
    """A thing of the host that is no cell."""

    kind: str


@frozen
class Member:
    """A member of an enumeration of the host."""

    kind: str
    value: str
    name: str


@frozen
class Spoilt:
    """A text of the host with a character that no file of text may have."""

    character: str


Plain = str | int | bool | float | Decimal | Fraction | date | datetime | Money
RawCell = Plain | Numeral | Member | Spoilt | Foreign | None
Convert = Callable[[RawCell], Value | None]


@frozen
class Rules:
    """What holds for the cells of a column."""

    format: Format
    column: ColumnMap
    zone: ZoneInfo | None  # of the plan: the zone whose days count


def rules(style: Format, column: ColumnMap, zone: ZoneInfo | None) -> Rules:
    """The format of a file with what the column says otherwise."""
    own = {
        name: getattr(column, name)
        for name in ("decimal", "grouping", "date", "timestamp", "timezone", "missing")
        if getattr(column, name) is not None
    }
    return Rules(evolve(column.style or style, **own), column, zone)


def converter(unit: Unit, rule: Rules, *, optional: bool = False, key: bool = False) -> Convert:
    """The reading of a column's cells: values, None for a missing one.

    People and references to rows come out as the text of their key; `key` says that another text names something, too.
    What the converter raises for a cell is `BadCellError`.
    """
    missing = frozenset({"", *rule.format.missing})
    read = _reader(unit, rule)
    if read is _text and (key or unit.kind in {"participant", "row"}):
        read = _key

    def convert(cell: RawCell) -> Value | None:
        if cell is None or (type(cell) is str and cell in missing):
            if optional:
                return None
            raise BadCellError("D201")
        if type(cell) is str:
            if cell[0] == "#" and cell in SPREADSHEET_ERRORS:
                raise BadCellError("D214")
        else:
            _check_host(cell, unit)
        return read(cell)

    return convert


def _check_host(cell: RawCell, unit: Unit) -> None:
    """Refuse things of the host that are no cell of such a column."""
    match cell:
        case float():
            raise BadCellError("D204")
        case Spoilt(character=character):
            raise BadCellError("D221", character=character)
        case Foreign(kind=kind):
            raise BadCellError("D215", kind=kind)
        case Member(kind=kind) if unit.kind != "choice":
            raise BadCellError("D215", kind=kind)
        case Money() if unit.kind != "money":
            raise BadCellError("D215", kind="Money")
        case Money(currency=currency) if currency != unit.currency:
            raise BadCellError("D220", currency=unit.currency)
        case _:
            pass


def shown(cell: RawCell) -> str:
    """A cell as a message shows it."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Numeral(text=text):
            return text
        case Foreign(kind=kind):
            return kind
        case Member(value=text):
            return text
        case Spoilt():
            return "…"
        case bool():
            return "true" if cell else "false"
        case int() | Fraction() if max(abs(cell.numerator), cell.denominator) >= _SHOWN:
            return "…"
        case _:
            return str(cell)


def key_text(cell: RawCell) -> str:
    """The text of an identifier, in composed form; "" where there is none."""
    match cell:
        case str():
            return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
        case Numeral() | int() | date() | Decimal():
            return shown(cell)
        case _:
            return ""


def _reader(unit: Unit, rule: Rules) -> Convert:
    if unit.kind in NUMBERS:
        return _number(unit, rule)
    match unit.kind:
        case "date":
            return _day_of(rule) if rule.column.says_instants else _date(rule)
        case "timestamp":
            return _timestamp(rule)
        case "yes_no":
            return _yes_no(rule)
        case "choice":
            return _choice(unit, rule)
        case _:
            return _text


def _number(unit: Unit, rule: Rules) -> Convert:
    style = rule.format
    money = unit.kind in {"money", "own_money", "rate"}
    count = unit.kind == "count" and unit != POINTS
    scale = {"micros": 10**6, "percent": 100}.get(rule.column.unit, 1)
    if rule.column.unit == "minor":
        scale = 10 ** (minor_digits(unit.currency) if unit.currency else 2)
    mark = re.escape(style.decimal)
    grouped = re.compile(rf"-?[0-9]{{1,3}}(?:{re.escape(style.grouping)}[0-9]{{3}})+(?:{mark}[0-9]+)?")

    def read(cell: RawCell) -> Value:
        if type(cell) is str and style.grouping and style.grouping in cell:
            if style.grouping == style.decimal:
                raise BadCellError("D202")  # one mark for two things: nobody can know which
            if grouped.fullmatch(cell):
                cell = cell.replace(style.grouping, "")
        own = type(cell) is Money
        value = exact(cell, style.decimal)
        if scale != 1 and not own:
            value = _plain(Fraction(value, scale))
        if money and (abs(value.numerator) >= _MONEY_LIMIT * value.denominator or _MONEY_DECIMALS % value.denominator):
            raise BadCellError("D203")
        if count and (value < 0 or value.denominator != 1):
            raise BadCellError("D219")
        return value

    return read


def exact(cell: RawCell, decimal: str = ".") -> Number:
    """The exact number of a cell.

    Raises:
        BadCellError: D202 it is none, D203 it has too many digits, D204 it is a float.
    """
    try:
        number = _parse(cell, decimal)
    except NumberFormatError as error:
        raise BadCellError("D203" if error.reason == "range" else "D202") from None
    if abs(number.numerator) >= _LIMIT * number.denominator or 10**12 % number.denominator:
        raise BadCellError("D203")
    return number


def _parse(cell: RawCell, decimal: str) -> Number:
    if isinstance(cell, str):
        return parse_decimal(cell, decimal)
    if isinstance(cell, Numeral):
        return parse_decimal(cell.text)
    if isinstance(cell, float):
        raise BadCellError("D204")
    if isinstance(cell, Decimal):
        return from_decimal(cell)
    if isinstance(cell, Fraction):
        return _plain(cell)
    if isinstance(cell, Money):
        return cell.exact
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    raise BadCellError("D202")


def figure(number: Number) -> str:
    """A number as a message shows it."""
    return show_number(number)


def _plain(number: Fraction) -> Number:
    return number.numerator if number.denominator == 1 else number


def _date(rule: Rules) -> Convert:
    form = compile_form(rule.format.date, clock=False)
    assert form is not None, "the mapping was checked"

    def read(cell: RawCell) -> Value:
        if type(cell) is str:
            return read_day(cell, form)
        if type(cell) is date:
            return check_day(cell)
        raise BadCellError("D205", form=form.written)

    return read


def _day_of(rule: Rules) -> Convert:
    """The reading of time stamps as their days."""
    instant = _timestamp(rule)

    def read(cell: RawCell) -> Value:
        if type(cell) is date:
            return check_day(cell)
        moment = instant(cell)
        assert isinstance(moment, Moment), "a time stamp is read as an instant"
        return moment.day

    return read


def _timestamp(rule: Rules) -> Convert:
    form = compile_form(rule.format.timestamp, clock=True)
    assert form is not None, "the mapping was checked"
    local = find_zone(rule.format.timezone)
    home = rule.zone or local

    def read(cell: RawCell) -> Value:
        if type(cell) is str:
            utc = read_instant(cell, form, local)
        elif type(cell) is datetime:
            check_day(cell.date())
            utc = to_utc(cell, local) if cell.tzinfo is None else cell.astimezone(UTC)
        else:
            raise BadCellError("D208", form=form.written)
        return Moment(utc, utc.astimezone(home or UTC).date())

    return read


def _yes_no(rule: Rules) -> Convert:
    spellings = {text: _TRUTH[word] for text, word in rule.column.values.items() if word in _TRUTH} or _TRUTH

    def read(cell: RawCell) -> Value:
        if type(cell) is bool:
            return cell
        value = spellings.get(shown(cell))
        if value is None:
            raise BadCellError("D212", choices=", ".join(spellings))
        return value

    return read


def _choice(unit: Unit, rule: Rules) -> Convert:
    words = {word: word for word in unit.choices} | dict(rule.column.values)

    def read(cell: RawCell) -> Value:
        texts = (cell.value, cell.name) if type(cell) is Member else (key_text(cell),)
        word = next((words[text] for text in texts if text in words), None)
        if word not in unit.choices:
            raise BadCellError("D213", choices=", ".join(unit.choices))
        return word

    return read


def _key(cell: RawCell) -> Value:
    text = _text(cell)
    if not str(text).strip():
        raise BadCellError("D313")
    return text


def _text(cell: RawCell) -> Value:
    if type(cell) is float or type(cell) in {bool, Decimal, Fraction, date, datetime}:
        raise BadCellError("D215", kind=type(cell).__name__)
    if type(cell) is Numeral and not re.fullmatch(r"-?[0-9]+", cell.text):
        raise BadCellError("D215", kind="number")
    return key_text(cell)
