"""Cliffs: edges of a table at which the pay jumps, because the row reached applies to the whole figure.

Nobody sees a cliff in a table of rates: 8 % instead of 5 % looks like three points more, and is 3 000 EUR for the deal
that reaches 100 000 EUR. Sellers see it first, and hold deals back for it. Where the edge and the rates are known the
jump is shown in money, else in the author's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from incentive import tree
from incentive.checking.clashes import shown
from incentive.checking.constants import fold
from incentive.checking.describe import money_words, noun, part_of, percent_words
from incentive.checking.desk import Desk
from incentive.diagnostics import Help, Remark
from incentive.language.words import say


def report_cliffs(desk: Desk) -> None:
    """Warn of every edge at which a line jumps, unless a note stands below its row."""
    lines = [each.line for each in desk.lines.values() if each is not None]
    formulas = [each.value for each in desk.lets.values() if each is not None]
    for root in [*lines, *formulas]:
        for node in tree.walk(root):
            match node:
                case tree.Tiers(how="level" | "every_level", applied=True) if not isinstance(
                    node.subject, tree.Stacked
                ):
                    _edges(desk, node, node.subject)
                case tree.Multiply(left=left, right=right):
                    for table, whole in ((_table(desk, left), right), (_table(desk, right), left)):
                        if table is not None and _figures(desk, table.subject) & _figures(desk, whole):
                            _edges(desk, table, whole)
                case _:
                    pass


def _table(desk: Desk, node: tree.Expr) -> tree.Tiers | None:
    """The level that an expression looks up, perhaps by another name."""
    while isinstance(node, tree.LetValue):
        made = desk.lets.get(node.name)
        if made is None:
            return None
        node = made.value
    return node if isinstance(node, tree.Tiers) and node.how == "level" and not node.applied else None


def _figures(desk: Desk, node: tree.Expr) -> set[tuple[str, str]]:
    """The measures that an expression reads, and of whom."""
    found: set[tuple[str, str]] = set()
    todo, seen = [node], set[str]()
    while todo:
        for each in tree.walk(todo.pop()):
            if isinstance(each, tree.MeasureValue):
                found.add((each.name, each.type.grain.who))
            elif isinstance(each, tree.FactPart):
                found.add((each.name, "through" if each.through else "fact"))
            elif isinstance(each, tree.LetValue) and each.name not in seen:
                seen.add(each.name)
                made = desk.lets.get(each.name)
                todo += [made.value] if made is not None else []
    return found


def _edges(desk: Desk, table: tree.Tiers, whole: tree.Expr) -> None:
    before: tree.Expr | None = None
    for row in table.rows:
        value, last = row.value, before
        before = None if table.how == "every_level" else row.value
        first = row is table.rows[0]
        if first or row.span is None or row.span in desk.noted or row.bound.span is None:
            continue
        step = _step(last, value)
        if step == 0:
            continue
        falls = step is not None and step < 0
        jump = _formula(desk, table, whole, row, last) if step is None else _worth(desk, table, whole, row, abs(step))
        verb = noun("falls" if falls else "jumps", desk.language)
        at, subject = shown(desk, row.bound), shown(desk, table.subject)
        remarks = [Remark(last.span, "before")] if last is not None and last.span is not None else []
        desk.report(
            "W410", row.bound.span, mark="here", remarks=remarks, helps=list(_helps(desk, table)),
            bound=at, jump=jump, verb=verb, subject=subject, value=shown(desk, value), whole=shown(desk, whole),
        )  # fmt: skip


def _helps(desk: Desk, table: tree.Tiers) -> Iterator[Help]:
    if table.how == "level" and table.applied:
        yield Help("slice", {"text": f"{noun('by', desk.language)} {say('SLICE', desk.language)}"})
    yield Help("note", {"text": f'{say("NOTE", desk.language)} "…"'})


def _step(before: tree.Expr | None, value: tree.Expr) -> Fraction | None:
    """By how much the value of a row differs from what it replaces, where both are constants."""
    here = fold(value)
    last = Fraction(0) if before is None else fold(before)
    return None if here is None or last is None else here - last


def _formula(desk: Desk, table: tree.Tiers, whole: tree.Expr, row: tree.TierRow, before: tree.Expr | None) -> str:
    """A jump between values that only a run knows, as its author would write it."""
    value = shown(desk, row.value)
    change = value if before is None else f"({value} - {shown(desk, before)})"
    written = shown(desk, row.bound) if table.applied else shown(desk, whole)
    return f"`{_of(desk, change, written, row.value.type.unit)}`"


def _worth(desk: Desk, table: tree.Tiers, whole: tree.Expr, row: tree.TierRow, step: Fraction) -> str:
    """What a jump is worth: in money if the text says it, else as a part of something that it names."""
    share, of = _whole_at(table, whole, row.bound)
    unit = row.value.type.unit
    if of is None:
        return money_words(step * share, unit.currency or whole.type.unit.currency, desk.language)
    if unit.kind == "ratio":
        return f"`{part_of(percent_words(step * share, desk.language), shown(desk, of), desk.language)}`"
    change = money_words(step * share, unit.currency, desk.language)
    return f"`{_of(desk, change, shown(desk, of), unit)}`"


def _of(desk: Desk, change: str, whole: str, unit: tree.Unit) -> str:
    if unit.kind == "ratio":
        return part_of(change, whole, desk.language)
    return f"{change} {say('PER', desk.language)} {whole}"


def _whole_at(table: tree.Tiers, whole: tree.Expr, bound: tree.Expr) -> tuple[Fraction, tree.Expr | None]:
    """What the value applies to at an edge: a number, or a multiple of an expression."""
    share, of = _multiple(bound)
    if table.applied or whole == table.subject:
        return share, of
    match table.subject:
        case tree.Divide(left=left, right=right) if left == whole and of is None:
            return share, right
        case _:
            return Fraction(1), whole


def _multiple(bound: tree.Expr) -> tuple[Fraction, tree.Expr | None]:
    number = fold(bound)
    if number is not None:
        return number, None
    match bound:
        case tree.Multiply(left=tree.Constant(value=Fraction() as share), right=of):
            return share, of
        case _:
            return Fraction(1), bound
