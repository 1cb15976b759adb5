"""Say which constructs a plan has, so that a test can count them."""

from __future__ import annotations

from collections.abc import Iterator

from incentive import Plan, tree
from tests.differential.comparing import Case

WORDS = (
    "presence by calendar", "presence by working", "presence by 30/360", "presence by months", "presence over",
    "prorated",
    "is one of", "within", "weighted", "if missing", "credit owner.manager", "share cover.part", "as overlay",
    "and above", "by region, stage", "first by",
    "team.", "reports.", "company.", "group_", "unrated pending", "unrated zero", "unrated reweight", "cap ", "floor ",
    "when ", "gated by", "accumulate over", "year starts", "for ", "rounding", "above ",
    "shared equally", "shared by", "among team", "among group", "among team where",
    "carry shortfall", "hold below", "trueup", "recoverable", "guaranteed", "additive if missing", "phased equally",
    "phased 20%", "count distinct", "average", "in EUR at", "dated closed_on +", "dated signed_at", "dated paid_at",
    "days(", "account.", "owner.role", "by slice", "by level", "by every level", "by curve", "scale level",
    "scale curve", "scale slices", "% of target", "per team", "per participant", "from 2025-01-01:", "table rates",
    "to date",
    "over last", "over previous", "in EUR at fx", "last known", "dated signed_at)",
    "months(", "1 months", "48 hours", "last year", "plan to date",
    "months(hired", "months(signed_at", "dated signed_at + 1 months", "dated paid_at -",
    "dated closed_on + days(", "dated closed_on + months(", "count distinct deals.signed_at",
    "count distinct deals.amount *", "min (deals", "max (deals", "average (deals",
    "if hot then signed_at", ": timestamp per", "stamp_",
    "pay each", "EUR each", "stacked by", "dated each", "by rank among", "rank(", "min(", "max(", "round(", "1/3",
    "otherwise nothing",
)  # fmt: skip


def constructs(case: Case, plan: Plan) -> set[str]:
    """Name what a case has: nodes of its tree, words of its text, ways of its data."""
    found = {f"node {name}" for name in _nodes(plan.tree)}
    found |= {f"text {word.strip()}" for word in WORDS if word in case.text}
    found |= {f"aggregate {each.aggregate}" for each in plan.tree.measures}
    found |= {f"input by {each.by}" for each in _inputs(plan.tree)}
    found |= {f"plan per {plan.tree.period}", f"mode {plan.tree.rounding}"}
    if plan.tree.settlement is not None:
        found |= {f"step {type(each).__name__}" for each in plan.tree.settlement.steps}
    named = [row["who"] for row in case.data.people]
    facts = {
        "several segments": len(set(named)) < len(named),
        "inputs by days": any(isinstance(cells, list) for cells in case.data.inputs.values()),
        "one person": len(set(named)) == 1,
        "no rows": not case.data.tables.get("deals"),
        "participants=": case.asked is not None,
        "as_of=": case.as_of is not None,
        "parameters=": bool(case.parameters),
        "huge": any(abs(float(str(row["amount"]))) > 10**14 for row in case.data.tables.get("deals", ())),
    }
    return found | {f"data {name}" for name, here in facts.items() if here}


def _nodes(plan: tree.Plan) -> Iterator[str]:
    for node in _every(plan):
        yield type(node).__name__


def _inputs(plan: tree.Plan) -> Iterator[tree.InputValue]:
    for node in _every(plan):
        if isinstance(node, tree.InputValue):
            yield node


def _every(plan: tree.Plan) -> Iterator[tree.Expr]:
    todo: list[tree.Expr] = [each.line for each in plan.components]
    todo += [each.value for each in plan.definitions]
    todo += [each.condition for each in plan.groups]
    todo += [plan.covers] if plan.covers is not None else []
    todo += [] if plan.settlement is None else tree.settlement_expressions(plan.settlement)
    for measure in plan.measures:
        todo += [each for each in (measure.value, measure.where, measure.dated) if each is not None]
    while todo:
        node = todo.pop()
        yield node
        todo += tree.children(node)


__all__ = ["constructs"]
