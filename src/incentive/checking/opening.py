"""Opening hours: clock time that counts inside the hours of a table alone, such as `8 office hours`."""

from __future__ import annotations

from incentive import tree
from incentive.checking.algebra import constant
from incentive.checking.desk import Desk
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, meaning, spellings


def open_hours(desk: Desk, node: s.Quantity) -> tree.Expr | None:
    """A number of hours in two words, the table and the hours, in either order."""
    words = [meaning(DURATIONS, each.text, desk.language) for each in node.words]
    if words.count("hours") != 1 or words.count(None) != 1:
        other = next((each for each, word in zip(node.words, words, strict=True) if word not in {None, "hours"}), None)
        word = other or node.words[words.count("hours")]
        desk.report("E215", word.span, word=word.text, options=", ".join([*spellings(DURATIONS, desk.language)]))
        return None
    name = node.words[words.index(None)]
    symbol = desk.use(name)
    if symbol is None:
        desk.miss(name, more=[each.name for each in desk.tables.values() if opening_fields(each) is not None])
        return None
    table = desk.tables.get(name.text)
    if table is None or opening_fields(table) is None:
        desk.report("E257", name.span, name=name.text)
        return None
    return constant(node.value, tree.Unit("open_hours", table=name.text), node.span)


def opening_fields(table: tree.Table) -> tuple[str, str] | None:
    """The fields between which it is open, by their names in either language; None for any other table."""
    return tree.opening_fields(table)
