"""Rows that no value reaches and conditions that data cannot change: text that looks like a rule and is none."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from incentive import tree
from incentive.checking.clashes import shown
from incentive.checking.constants import fold
from incentive.checking.describe import amount_words, noun
from incentive.checking.desk import Desk
from incentive.checking.ranges import Range, range_of, verdict
from incentive.diagnostics import Remark


def report_unreached(desk: Desk) -> None:
    """Warn of rows above all that their table can be asked, and of conditions that always or never hold."""
    lines = [each.line for each in desk.lines.values() if each is not None]
    formulas = [each.value for each in desk.lets.values() if each is not None]
    for root in [*lines, *formulas]:
        for node in tree.walk(root):
            match node:
                case tree.Tiers():
                    _rows(desk, node)
                case tree.Gate(requirements=requirements):
                    for each in requirements:
                        _settled(desk, each)
                case tree.When(condition=condition):
                    _settled(desk, condition)
                case _:
                    pass


def _rows(desk: Desk, table: tree.Tiers) -> None:
    most = range_of(desk, table.subject)
    if most.high is None:
        return
    before: tree.TierRow | None = None
    for row in table.rows:
        judged = before if table.how == "curve" else row  # a point beyond the largest value still bends the line to it
        before = row
        if judged is None or not _is_beyond(judged, most) or row.bound.span is None:
            continue
        at = [Remark(table.subject.span)] if table.subject.span else []
        largest = amount_words(most.high, table.subject.type.unit, desk.language)
        desk.report(
            "W402", row.bound.span, remarks=at,
            bound=shown(desk, row.bound), subject=shown(desk, table.subject), most=largest,
        )  # fmt: skip
        return


def _is_beyond(row: tree.TierRow, most: Range) -> bool:
    bound = fold(row.bound)
    if bound is None or most.high is None:
        return False
    return bound > most.high or (bound == most.high and (most.below or not row.owns))


def _settled(desk: Desk, condition: tree.Expr) -> None:
    for each in _terms(condition):
        found = verdict(desk, each)
        if found is None or each.span is None:
            continue
        text = shown(desk, each)
        said = noun("always_met" if found else "never_met", desk.language)
        known = _known(desk, each)
        desk.report("W420", each.span, mark="known" if known else "", text=text, verdict=said, known=known)


def _known(desk: Desk, test: tree.Expr) -> str:
    """What the plan says of the value that is compared."""
    if not isinstance(test, tree.Compare):
        return ""
    side = test.left if fold(test.left) is None else test.right
    found = range_of(desk, side)
    edges: list[tuple[str, Fraction | None]] = [
        ("more_than" if found.above else "at_least", found.low),
        ("less_than" if found.below else "at_most", found.high),
    ]
    said = [
        noun(name, desk.language, amount=amount_words(edge, side.type.unit, desk.language))
        for name, edge in edges
        if edge is not None
    ]
    return f"`{shown(desk, side)}` {noun('and', desk.language).join(said)}" if said else ""


def _terms(condition: tree.Expr) -> Iterator[tree.Expr]:
    if isinstance(condition, tree.Both):
        for each in condition.terms:
            yield from _terms(each)
    else:
        yield condition
