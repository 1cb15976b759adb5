"""Roundings that do not do what their author counts on.

A rounding is counted on to treat a sale and its return alike, and to move a figure by half a step at most. `floor` and
`ceiling` do not do the first: they go down, or up, on both sides of zero. Rounding what was rounded to a finer step
does not do the second: 0.4949 is 0.495 to the tenth of a cent, which the second rounding makes 0.50. Neither is told
where it cannot happen: of lines that cannot fall below zero, and of steps between which no figure goes another way.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from incentive import tree
from incentive.checking.clashes import shown
from incentive.checking.constants import fold
from incentive.checking.debts import is_noted
from incentive.checking.describe import amount_words
from incentive.checking.desk import Desk
from incentive.checking.signs import Signs
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import ROUNDINGS, say, spelling
from incentive.quantities import Number, round_to

_MIRRORED = {"floor": "down", "ceiling": "up"}


def report_roundings(desk: Desk) -> None:
    """Warn of a rounding with a side where a line may be negative, and of figures that are rounded twice."""
    signs = Signs(desk, returns=True)
    told = False
    for name, component in desk.lines.items():
        node = desk.symbols[name].node
        if component is None or not isinstance(node, s.Component) or is_noted(node):
            continue
        for each in tree.walk(component.line):
            if isinstance(each, tree.Rounded):
                told = told or _sided(desk, signs, component, each)
                _twice(desk, each)
    for made in desk.lets.values():
        for each in () if made is None else tree.walk(made.value):
            if isinstance(each, tree.Rounded):
                _twice(desk, each)


def _sided(desk: Desk, signs: Signs, component: tree.Component, node: tree.Rounded) -> bool:
    """Report a rounding with a side that a negative figure may reach; once a plan, where the plan says it."""
    at, mirrored = desk.header.rounding_span, _MIRRORED.get(node.mode)
    if at is None or mirrored is None or all(_is_whole(each, node.step) for each in _received(desk, node.value)):
        return False
    found = signs.negative(node.value)
    if found is None or signs.negative(component.line) is None:
        return False
    half = node.step / 2
    word = spelling(ROUNDINGS, mirrored, desk.language)
    desk.report(
        "W416",
        at,
        mark="here",
        remarks=[Remark(found.span, "below")] if found.span is not None else [],
        helps=[
            Help("mirrored", {"text": f"{say('ROUNDING', desk.language)} {word}"}, (Edit(at, word),)),
            Help("floor", {"text": f"{say('FLOOR', desk.language)} 0 {desk.header.currency}"}),
            Help("note", {"text": f'{say("NOTE", desk.language)} "…"'}),
        ],
        name=component.name,
        mode=desk.text(at),
        half=_told(desk, node, half),
        minus=_told(desk, node, -half),
        sale=_told(desk, node, round_to(half, node.step, node.mode)),
        back=_told(desk, node, round_to(-half, node.step, node.mode)),
    )
    return True


def _twice(desk: Desk, node: tree.Rounded) -> None:
    """Report a figure that a rounding receives rounded already, where some figure then goes another way."""
    for inner in _received(desk, node.value):
        if not isinstance(inner, tree.Rounded) or inner.span is None:
            continue
        figure = _turned(inner, node)
        if figure is None:
            continue
        middle = round_to(figure, inner.step, inner.mode)
        again, once = (round_to(each, node.step, node.mode) for each in (middle, figure))

        desk.report(
            "W417",
            inner.span,
            mark="here",
            helps=[
                Help("without", {"text": shown(desk, inner.value)}),
                Help("note", {"text": f'{say("NOTE", desk.language)} "…"'}),
            ],
            text=shown(desk, inner),
            step=_told(desk, node, node.step),
            figure=_told(desk, node, figure),
            middle=_told(desk, node, middle),
            twice=_told(desk, node, again),
            once=_told(desk, node, once),
        )


def _told(desk: Desk, node: tree.Rounded, value: Number) -> str:
    """A number in the unit of what is rounded."""
    return amount_words(Fraction(value), node.type.unit, desk.language)


def _turned(inner: tree.Rounded, outer: tree.Rounded) -> Fraction | None:
    """A figure that is another when it is rounded twice; None where there is none."""
    small, step = inner.step, outer.step
    if _is_whole(inner, step):
        return None
    near = step / 2 - small * 2 / 5  # nearly a half, that a finer rounding makes one
    for figure in (near, near + step, step - small / 2, small / 2):
        middle = round_to(figure, small, inner.mode)
        if round_to(middle, step, outer.mode) != round_to(figure, step, outer.mode):
            return figure
    return None


def _received(desk: Desk, node: tree.Expr) -> Iterator[tree.Expr]:
    """What a rounding may receive as it is: through limits, conditions and names, but not what is computed on."""
    todo, seen = [node], set[str]()
    while todo:
        each = todo.pop()
        match each:
            case tree.LetValue(name=name):
                made = desk.lets.get(name)
                if made is not None and name not in seen:
                    seen.add(name)
                    todo.append(made.value)
            case tree.When(value=value) | tree.Gated(value=value) | tree.Increase(value=value):
                todo.append(value)
            case tree.Cap(value=value, limit=limit) | tree.Floor(value=value, limit=limit):
                todo += [limit, value]
            case tree.IfMissing(value=value, fallback=fallback):
                todo += [fallback, value]
            case tree.Least(terms=terms) | tree.Greatest(terms=terms):
                todo += reversed(terms)
            case tree.Choose(branches=branches, otherwise=otherwise):
                todo += [otherwise, *(branch.value for branch in reversed(branches))]
            case _:
                yield each


def _is_whole(node: tree.Expr, step: Fraction) -> bool:
    """Whether a figure lies on a step already, so that a rounding leaves it alone."""
    match node:
        case tree.LineValue():
            return True
        case tree.Rounded(step=finer):
            return (finer / step).denominator == 1
        case _:
            value = fold(node)
            return value is not None and (value / step).denominator == 1
