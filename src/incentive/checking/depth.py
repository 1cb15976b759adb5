"""How deep a formula goes once its definitions are followed.

Nesting in the text is limited where it is read. Definitions that build on each other nest too, out of sight: two
thousand `let` lines, each on the one before, are as deep as two thousand parentheses, for people and for every program
that walks the tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from incentive import tree
from incentive.checking.desk import Desk
from incentive.diagnostics import Span

MAX_LEVELS: Final = 150


def report_depth(desk: Desk) -> None:
    """Report the components whose formulas go deeper than the limit."""
    formulas = {name: made.value for name, made in desk.lets.items() if made is not None}
    lines = {name: made.line for name, made in desk.lines.items() if made is not None}
    known: dict[str, int] = {}
    for name, made in desk.lines.items():
        if made is not None and _levels(made.line, {**formulas, **lines}, known) > MAX_LEVELS:
            symbol = desk.symbols.get(name)
            span = symbol.name.span if symbol else Span(0, 1, 1, 1, 1, 2)
            desk.report("E152", span, limit=str(MAX_LEVELS))


def _levels(root: tree.Expr, formulas: Mapping[str, tree.Expr], known: dict[str, int]) -> int:
    """The longest way from a formula to a leaf, through definitions and lines, without recursion."""
    deepest: dict[int, int] = {}
    open_: set[str] = set()
    todo: list[tuple[tree.Expr, bool]] = [(root, False)]
    while todo:
        node, ready = todo.pop()
        name = _refers(node)
        if name is not None and name not in known and name in formulas:
            target = formulas[name]
            if ready:
                known[name] = deepest[id(target)]
                open_.discard(name)
            elif name not in open_:  # a circle is reported elsewhere
                open_.add(name)
                todo += [(node, True), (target, False)]
                continue
        below = list(tree.children(node))
        if not ready and below:
            todo.append((node, True))
            todo += [(each, False) for each in below if id(each) not in deepest]
            continue
        inside = max((deepest.get(id(each), 0) for each in below), default=0)
        deepest[id(node)] = 1 + max(inside, known.get(name, 0) if name is not None else 0)
    return deepest[id(root)]


def _refers(node: tree.Expr) -> str | None:
    match node:
        case tree.LetValue(name=name) | tree.LineValue(component=name):
            return name
        case _:
            return None
