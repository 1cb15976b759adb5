"""Definitions that nothing reads: a rule that somebody wrote and nobody is paid by.

A figure that only an example expects counts as read: the author watches it. One that examples only give does not: that
is how a measure that was dropped from its formula looks.
"""

from __future__ import annotations

from collections.abc import Iterator

from incentive.checking.describe import noun
from incentive.checking.desk import Desk
from incentive.diagnostics import Help
from incentive.language import syntax as s
from incentive.language.words import PEOPLE_TABLE, meaning, say

_WATCHED = frozenset({"input", "parameter", "let", "measure", "scorecard"})  # what an example can expect


def report_unused(desk: Desk, items: tuple[s.Item, ...], used: set[str]) -> None:
    """Warn of what nothing reads; `used` are the names that formulas and clauses read."""
    read = used | set(_expected(desk, items))
    for name, symbol in desk.symbols.items():
        if name in read or symbol.kind == "component" or symbol.name.span.file in desk.shared:
            continue
        if _is_noted(symbol.node):
            continue
        if symbol.kind == "facts" and meaning(PEOPLE_TABLE, name, desk.language):
            continue
        helps = []
        if symbol.kind in _WATCHED:
            helps = [Help("watch", {"text": f"{say('EXPECT', desk.language)} {name} = …"})]
        desk.report("W440", symbol.name.span, helps=helps, name=name, kind=noun(symbol.kind, desk.language))
    for each in desk.idle:
        desk.report("W440", each.span, name=each.text, kind=noun("let", desk.language))


def _is_noted(node: s.Item) -> bool:
    clauses = getattr(node, "clauses", ())
    return any(isinstance(each, s.Setting) and each.clause == "note" for each in clauses)


def _expected(desk: Desk, items: tuple[s.Item, ...]) -> Iterator[str]:
    """The names that examples expect: after `expect`, or as a column that is not given."""
    for item in items:
        for clause in item.clauses if isinstance(item, s.Example) else ():
            match clause:
                case s.Expect(path=path):
                    yield from (each.text for each in path.parts)
                case s.Rows(kind="cases" | "timeline", rows=rows) if rows:
                    for cell in rows[0]:
                        parts = cell.value.parts if isinstance(cell.value, s.Path) else ()
                        last = desk.symbols.get(parts[-1].text) if parts else None
                        if last is not None and last.kind not in {"measure", "input"}:
                            yield from (each.text for each in parts)
                case _:
                    pass
