"""Opening hours: clock time that counts inside the hours of a table alone, such as `8 office hours`."""

from __future__ import annotations

from incentive import tree
from incentive.checking.algebra import constant
from incentive.checking.desk import Desk
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, meaning


def open_hours(desk: Desk, node: s.Quantity) -> tree.Expr | None:
    """A number of hours in two words, the table and the hours, in either order."""
    words = [meaning(DURATIONS, each.text, desk.language) for each in node.words]
    if words.count("hours") != 1 or words.count(None) != 1:
        desk.report("E258", node.span, text=" ".join(desk.text(node.span).split()))
        return None
    name = node.words[words.index(None)]
    symbol = desk.use(name)
    if symbol is None:
        desk.miss(name, more=[each.name for each in desk.tables.values() if tree.opening_fields(each) is not None])
        return None
    table = desk.tables.get(name.text)
    if table is None or tree.opening_fields(table) is None:
        desk.report("E257", name.span, name=name.text)
        return None
    return constant(node.value, tree.Unit("open_hours", table=name.text), node.span)
