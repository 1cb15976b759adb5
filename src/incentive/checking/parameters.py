"""Named constants, perhaps changing on dates."""

from __future__ import annotations

from fractions import Fraction

from incentive import tree
from incentive.checking.clauses import head_of
from incentive.checking.constants import fold
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk, Header
from incentive.checking.places import Place
from incentive.checking.tables import percent_left_out
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import say


def declare_parameters(desk: Desk) -> None:
    """Named constants, perhaps changing on dates."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Parameter):
            made = _parameter(desk, name, symbol.node)
            if made is not None:
                desk.parameters[name] = made


def _parameter(desk: Desk, name: str, node: s.Parameter) -> tree.Parameter | None:
    rows: list[tuple[s.Day | None, s.Expression, Span]] = []
    if node.value is not None:
        rows.append((None, node.value, node.value.span))
    rows += [(each.start, each.value, each.span) for each in node.clauses if isinstance(each, s.Since)]
    texts = [each.value for each in node.clauses if isinstance(each, s.Setting) and each.clause == "source"]
    source = texts[-1].text if texts and isinstance(texts[-1], s.Text) else ""
    if not rows:
        if not desk.is_broken(node.span):
            desk.report("E230", head_of(desk, node.span), block=name, clause=say("FROM", desk.language))
        return None
    values: list[tree.Since] = []
    unit: tree.Unit | None = None
    before: s.Day | None = None
    sound = True
    for start, written, span in rows:
        if before is not None and start is not None and start.value <= before.value:
            desk.report(
                "E521", start.span, remarks=[Remark(before.span)], day=str(start.value), before=str(before.value)
            )
            sound = False
        before = start
        found = _value(desk, written)
        if found is None:
            sound = False
            continue
        number, kind = found
        unit = unit or kind
        if kind != unit:
            left, right = unit_words(unit, desk.language), unit_words(kind, desk.language)
            desk.report("E418", written.span, remarks=[Remark(rows[0][1].span)], left=left, right=right)
            sound = False
            continue
        values.append(tree.Since(start.value if start is not None else None, number, span=span))
    if percent_left_out(desk, [written for _, written, _ in rows]):
        sound = False
    _opening(desk, name, node, rows[0][0])
    if not sound or unit is None:
        return None
    return tree.Parameter(name, node.label.text if node.label else "", unit, tuple(values), source, span=node.name.span)


def _value(desk: Desk, written: s.Expression) -> tuple[Fraction, tree.Unit] | None:
    """A constant and its unit."""
    value = desk.elaborate(written, Place(window=None, constant=True))
    if value is None:
        return None
    number = fold(value)
    if number is None:
        desk.report("E522", written.span, text=desk.text(written.span), table="")
        return None
    return number, value.type.unit


def _opening(desk: Desk, name: str, node: s.Parameter, start: s.Day | None) -> None:
    """A parameter has a value from the plan's first day."""
    first = desk.first_day
    unsaid = desk.header.first_day == Header().first_day  # the plan's dates could not be read
    if start is None or start.value <= first or desk.is_broken(node.span) or unsaid:
        return
    helps = [Help("earlier", {"first": str(first)}, (Edit(start.span, str(first)),))]
    desk.report("E520", start.span, helps=helps, name=name, first=str(first), start=str(start.value))
