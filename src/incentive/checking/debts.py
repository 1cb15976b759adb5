"""Lines that may be negative: a subtraction that nothing keeps at zero.

Overspending may cost a bonus, and it may become a debt: which of the two is decided by a `floor` that is easily
forgotten. Figures that are given are taken as not negative here: a warning for every measure that a credit note could
turn would say nothing. Only what the plan itself subtracts counts.
"""

from __future__ import annotations

from incentive import tree
from incentive.checking.clashes import shown
from incentive.checking.desk import Desk
from incentive.checking.signs import Signs
from incentive.diagnostics import Help, Remark
from incentive.language import syntax as s
from incentive.language.words import say


def report_debts(desk: Desk) -> None:
    """Warn of components that may be negative, unless a floor or a note says what is meant."""
    settlement = desk.settlement
    if settlement is not None and any(isinstance(each, tree.FloorAt) for each in settlement.steps):
        return
    for name, component in desk.lines.items():
        node = desk.symbols[name].node
        if component is None or not isinstance(node, s.Component) or is_noted(node):
            continue
        found = Signs(desk).negative(component.line)
        if found is None or found.span is None:
            continue
        word, zero = say("FLOOR", desk.language), f"0 {desk.header.currency}"
        floor = Help("floor", {"text": f"{word} {zero}"})
        note = Help("note", {"text": f'{say("NOTE", desk.language)} "…"'})
        at = [Remark(node.name.span)]
        desk.report(
            "W415", found.span, mark="here", remarks=at, helps=[floor, note], name=name, text=_bare(shown(desk, found))
        )


def is_noted(node: s.Component) -> bool:
    """Whether a component has a note: what is told of its sign is meant."""
    return any(isinstance(each, s.Setting) and each.clause == "note" for each in node.clauses)


def _bare(text: str) -> str:
    return text[1:-1] if text.startswith("(") and text.endswith(")") and text.count("(") == 1 else text
