"""Named sets of people, and whom the plan is for."""

from __future__ import annotations

from incentive import tree
from incentive.checking.conditions import condition
from incentive.checking.desk import Desk
from incentive.checking.places import Place
from incentive.language import syntax as s


def declare_groups(desk: Desk) -> None:
    """Named sets of people."""
    place = Place(window=None, membership=True)
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.GroupOf):
            belongs = condition(desk, symbol.node.condition, place)
            if belongs is not None:
                label = symbol.node.label.text if symbol.node.label else ""
                desk.groups[name] = tree.Group(name, label, belongs, span=symbol.name.span)


def covers(desk: Desk) -> tree.Expr | None:
    """Whom the plan is for."""
    clause = desk.header.covers
    if clause is None:
        return None
    return condition(desk, clause.condition, Place(window=None, membership=True))
