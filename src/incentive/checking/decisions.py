"""Decision tables: keys that fit what they are asked with, no combination answered twice, none left without an answer.

A column is read through what a call gives for it: the words of a choice are known from its field. Cells of a column are
values, or bands; a band ends where the next bound of its column begins, so bands cannot overlap. Where the lowest bound
is 0 its band has no lower end, as in a rate table: a return takes back what the sale gave.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from attrs import evolve, frozen

from incentive import tree
from incentive.checking.algebra import alike, typed
from incentive.checking.clashes import clash, value_words, warn_bare
from incentive.checking.conditions import option
from incentive.checking.constants import fold
from incentive.checking.coverage import Grid, Point, TooManyCombinationsError
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.per_fact import read_at_end
from incentive.checking.places import Place
from incentive.checking.tables import percent_left_out
from incentive.checking.units import count, is_number, same
from incentive.diagnostics import Help, Remark
from incentive.language import syntax as s
from incentive.language.words import say

MAX_COLUMNS: Final = 20
_CONSTANT: Final = Place(window=None, constant=True)
Key = Fraction | str | bool | date


@frozen
class _Column:
    """A column of keys: its classes in words, and for each row the cell and its class (None: any)."""

    cells: tuple[tree.KeyCell, ...]
    classes: tuple[int | None, ...]
    words: tuple[str, ...]
    known: bool  # whether these are all classes there are


def decided(desk: Desk, table: s.Table, node: s.Call, place: Place) -> tree.Expr | None:
    """`name(a, b)`: the answer of a decision table."""
    values = [desk.elaborate(each, read_at_end(place)) for each in node.arguments]
    arguments = [each for each in values if each is not None]
    names = _names(desk, table)
    if names is None or len(arguments) < len(values):
        return None
    if len(arguments) != len(names) - 1:
        desk.report("E240", node.span, name=node.name.text, wanted=str(len(names) - 1), got=str(len(arguments)))
        return None
    made = _rows(desk, table, names, arguments, event=bool(place.table) or place.event)
    if not made:
        return None
    kind = typed(made[0].value.type.unit, *arguments)
    return tree.Lookup(
        table.name.text, tuple(names[:-1]), tuple(arguments), made, table.first, type=kind, span=node.span
    )


def table_alone(desk: Desk, table: s.Table) -> None:
    """Check a table that nothing uses, so that its mistakes do not wait for its first use."""
    names = _names(desk, table)
    if names is not None:
        _rows(desk, table, names, [None] * (len(names) - 1), event=False)


def _names(desk: Desk, table: s.Table) -> list[str] | None:
    """The names of the columns, in a table whose form is sound."""
    if len(table.rows) < 2:
        if not desk.is_broken(table.span):
            desk.report("E415", table.name.span)
        return None
    head, *rows = table.rows
    names: list[str] = []
    for cell in head.cells:
        if cell.how == "is" and isinstance(cell.value, s.Path) and len(cell.value.parts) == 1:
            names.append(cell.value.parts[0].text)
        else:
            desk.report("E264", cell.span, text=desk.text(cell.span))
    if len(names) < len(head.cells):
        return None
    if not 2 <= len(names) <= MAX_COLUMNS:
        desk.report("E424", head.span, limit=str(MAX_COLUMNS), got=str(len(names)))
        return None
    wrong = [row for row in rows if len(row.cells) != len(names)]
    for row in wrong:
        desk.report("E265", row.span, wanted=str(len(names)), got=str(len(row.cells)))
    return None if wrong or desk.is_broken(table.span) else names


def _rows(
    desk: Desk, table: s.Table, names: Sequence[str], arguments: Sequence[tree.Expr | None], *, event: bool
) -> tuple[tree.LookupRow, ...]:
    """The rows as the tree has them; none after a finding."""
    rows = table.rows[1:]
    columns = [_column(desk, [row.cells[at] for row in rows], argument) for at, argument in enumerate(arguments)]
    answers = _answers(desk, table, event=event)
    whole = [each for each in columns if each is not None]
    if answers is None or len(whole) < len(columns) or not _covered(desk, table, names, whole, arguments):
        return ()
    return tuple(
        tree.LookupRow(tuple(each.cells[at] for each in whole), answer, span=row.span)
        for at, (row, answer) in enumerate(zip(rows, answers, strict=True))
    )


# ---- columns ---------------------------------------------------------------------------------------------------------
def _column(desk: Desk, keys: Sequence[s.Key], argument: tree.Expr | None) -> _Column | None:
    """A column of keys, or None after a finding."""
    said = [each for each in keys if each.how != "any"]
    for each in said:
        if each.how == "missing":
            desk.report("E425", each.span, text=desk.text(each.span))
            return None
    bands, plain = [each for each in said if each.how != "is"], [each for each in said if each.how == "is"]
    if bands and plain:
        odd, other = (bands[0], plain[0]) if len(bands) <= len(plain) else (plain[0], bands[0])
        desk.report("E423", odd.span, remarks=[Remark(other.span, "other")])
        return None
    if percent_left_out(desk, [each.value for each in said if each.value is not None]):
        return None
    values: list[tree.Expr] = []
    for each in said:
        value = _key(desk, each, argument, values[0] if values else None)
        if value is None:
            return None
        values.append(value)
    found = [_plain(each) for each in values]
    return _of_bands(desk, keys, found, values) if bands else _of_values(desk, keys, found, values, argument)


def _key(desk: Desk, key: s.Key, argument: tree.Expr | None, first: tree.Expr | None) -> tree.Expr | None:
    """The constant of a cell, in the unit of what it is compared with."""
    written = key.value
    assert written is not None
    if argument is None and isinstance(written, s.Path) and len(written.parts) == 1 and key.how == "is":
        word = written.parts[0].text
        return tree.Constant(word, type=tree.Type(tree.Unit("choice", choices=(word,))), span=key.span)
    if argument is not None and _is_word(desk, written, argument):
        if argument.type.unit.kind not in {"choice", "text"}:
            unread = tree.Constant(desk.text(key.span), type=tree.Type(tree.Unit("text")), span=key.span)
            clash(desk, "E300", unread, argument, "compared")
            return None
        value = option(desk, argument, written, _CONSTANT)
    else:
        value = desk.elaborate(written, _CONSTANT)
    if value is None:
        return None
    other = argument if argument is not None else first
    if other is not None and other.type.unit.kind != "participant":
        if same(value.type.unit, other.type.unit) == "E302":
            clash(desk, "E300", value, other, "compared")
            return None
        pair = alike(desk, value, other, "compared")
        if pair is None:
            return None
        value = pair[0]
    if key.how != "is" and value.type.unit.kind != "date" and not is_number(value.type.unit):
        desk.report(
            "E312", key.span, got=unit_words(value.type.unit, desk.language), sign=desk.text(key.span).split()[0]
        )
        return None
    if not isinstance(value, tree.Constant) and fold(value) is None:
        desk.report("E522", written.span, text=desk.text(written.span), table="")
        return None
    if isinstance(argument, tree.Divide):
        warn_bare(desk, value)
    return value


def _is_word(desk: Desk, written: s.Expression, argument: tree.Expr) -> bool:
    """Whether a cell is a word of a choice, or a text that stands for one."""
    if isinstance(written, s.Text):
        return argument.type.unit.kind == "choice"
    return isinstance(written, s.Path) and len(written.parts) == 1 and written.parts[0].text not in desk.symbols


def _plain(value: tree.Expr) -> Key:
    plain = value.value if isinstance(value, tree.Constant) else fold(value)
    assert plain is not None
    return plain


def _of_values(
    desk: Desk, keys: Sequence[s.Key], found: Sequence[Key], values: Sequence[tree.Expr], argument: tree.Expr | None
) -> _Column:
    """A class for each value, and one for all others where the values are not known to be all."""
    unit = _unit(desk, values) if values else tree.Unit("text")
    distinct: list[Key] = list(dict.fromkeys(found))
    known = True
    if unit.kind == "choice" and argument is not None:
        distinct = list(argument.type.unit.choices)
    elif unit.kind == "yes_no" and distinct:
        distinct = [True, False]
    elif unit.kind == "choice":
        known = False
    words = [_words(desk, each, unit) for each in distinct]
    if unit.kind not in {"choice", "yes_no"} or not distinct:
        words.append(noun("another_value", desk.language) if distinct else "")
    number = {(type(each) is bool, each): at for at, each in enumerate(distinct)}
    rest = iter(found)
    cells: list[tree.KeyCell] = []
    classes: list[int | None] = []
    for key in keys:
        value = None if key.how == "any" else next(rest)
        cells.append(tree.Anything() if value is None else tree.Exactly(value))
        classes.append(None if value is None else number[type(value) is bool, value])
    return _Column(tuple(cells), tuple(classes), tuple(words), known)


def _of_bands(desk: Desk, keys: Sequence[s.Key], found: Sequence[Key], values: Sequence[tree.Expr]) -> _Column:
    """A class for each bound, up to the next, and one for what lies below the lowest unless that is 0."""
    unit = _unit(desk, values)
    said = [each for each in keys if each.how != "any"]
    bounds = [_edge(value, owns=key.how == "from") for key, value in zip(said, found, strict=True)]
    edges = sorted(set(bounds), key=lambda each: (each[0], not each[1]))
    ends = [*edges[1:], None]
    endless = edges[0] == (0, True)
    bands: list[tree.Band] = []
    samples: list[Key] = []
    for at, ((low, owns), end) in enumerate(zip(edges, ends, strict=True)):
        open_below = endless and at == 0
        high, below = (None, True) if end is None else end
        bands.append(tree.Band(None if open_below else low, owns and not open_below, high, not below))
        samples.append(low if owns else _between(low, high, unit))
    if not endless:
        low, owns = edges[0]
        samples.append(_before(low, unit) if owns else low)
    rest = iter(bounds)
    classes = tuple(None if key.how == "any" else edges.index(next(rest)) for key in keys)
    cells = tuple(tree.Anything() if at is None else bands[at] for at in classes)
    return _Column(cells, classes, tuple(_words(desk, each, unit) for each in samples), known=True)


def _unit(desk: Desk, values: Sequence[tree.Expr]) -> tree.Unit:
    """The unit of a column; plain whole numbers are shown as they are written."""
    plain = all(
        isinstance(each, tree.Constant)
        and isinstance(each.value, Fraction)
        and each.value.denominator == 1
        and not desk.text(each.span).endswith("%")
        for each in values
        if each.span is not None
    )
    unit = values[0].type.unit
    return count() if unit.kind == "ratio" and plain else unit


def _edge(value: Key, *, owns: bool) -> tuple[Any, bool]:
    """A bound as it is sorted; after a day comes the next one."""
    if isinstance(value, date) and not owns and value < date.max:
        return value + timedelta(days=1), True
    return value, owns


def _between(low: Any, high: Any, unit: tree.Unit) -> Key:  # noqa: ANN401 - numbers; days own their edges
    middle: Fraction = low + (Fraction(1, 100) if unit.kind == "ratio" else 1) if high is None else (low + high) / 2
    return middle


def _before(low: Any, unit: tree.Unit) -> Key:  # noqa: ANN401 - a number or a day
    if isinstance(low, date):
        return low - timedelta(days=1) if low > date.min else low
    before: Fraction = low - (Fraction(1, 100) if unit.kind == "ratio" else 1)
    return before


def _words(desk: Desk, value: Key, unit: tree.Unit) -> str:
    """A value as an author writes it."""
    return tree.show(tree.Constant(value, type=tree.Type(unit)), desk.language)


# ---- answers ---------------------------------------------------------------------------------------------------------
def _answers(desk: Desk, table: s.Table, *, event: bool) -> list[tree.Expr] | None:
    """What the rows give, all in one unit; None after a finding."""
    place = evolve(_CONSTANT, event=event)
    found: list[tree.Expr] = []
    cells = [row.cells[-1] for row in table.rows[1:]]
    for cell in cells:
        if cell.how != "is" or cell.value is None:
            desk.report("E425", cell.span, mark="answer", text=desk.text(cell.span))
            return None
    if percent_left_out(desk, [each.value for each in cells if each.value is not None]):
        return None
    for cell in cells:
        assert cell.value is not None
        value = desk.elaborate(cell.value, place)
        if value is None:
            return None
        if not is_number(value.type.unit):
            wanted, got = noun("figure", desk.language), value_words(desk, value)
            desk.report("E310", cell.span, clause=table.name.text, wanted=wanted, got=got)
            return None
        pair = alike(desk, found[0], value, "alternatives") if found else (value, value)
        if pair is None:
            return None
        found.append(pair[1])
    return found


# ---- combinations ----------------------------------------------------------------------------------------------------
def _covered(
    desk: Desk,
    table: s.Table,
    names: Sequence[str],
    columns: Sequence[_Column],
    arguments: Sequence[tree.Expr | None],
) -> bool:
    """Whether each combination of keys has its row, and one row only where the order of rows does not count."""
    rows, name = table.rows[1:], table.name.text
    grid = Grid(
        [tuple(each.classes[at] for each in columns) for at in range(len(rows))], [len(c.words) for c in columns]
    )
    sound = True
    if not table.first:
        for earlier, later, point in grid.overlaps():
            first = rows[earlier].span
            text = f"{say('TABLE', desk.language)} {name} {say('FIRST', desk.language)} {{"
            desk.report(
                "E420",
                rows[later].span,
                remarks=[Remark(first, "other")],
                helps=[Help("first", {"text": text})],
                name=name,
                sample=_sample(desk, names, columns, point),
                first_line=str(first.line),
                line=str(rows[later].span.line),
            )
            sound = False
    try:
        gap = grid.uncovered() if all(each.known for each in columns) else None
        never = list(grid.never_matched()) if table.first else []
    except TooManyCombinationsError:
        desk.report("E422", table.name.span, name=name)
        return False
    if gap is not None:
        cells = " | ".join([say("ANY", desk.language)] * len(columns))
        helps = [Help("others", {"text": f"| {cells} | … |"})] if table.first else []
        calls = [Remark(each.span, "call") for each in arguments[:1] if each is not None and each.span is not None]
        sample = _sample(desk, names, columns, gap)
        desk.report("E421", table.name.span, remarks=calls, helps=helps, name=name, sample=sample)
    for at in never:
        desk.report("W422", rows[at].span, name=name)
    return sound and gap is None


def _sample(desk: Desk, names: Sequence[str], columns: Sequence[_Column], point: Point) -> str:
    """A combination in the author's words, without the columns that do not matter."""
    said = [
        f"{name} {column.words[at]}"
        for name, column, at in zip(names, columns, [*point, *[None] * len(columns)], strict=False)
        if at is not None and column.words[at]
    ]
    return ", ".join(said) or noun("anything", desk.language)
