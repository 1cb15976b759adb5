"""Short questions to the checker."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from incentive import tree
from incentive.checking import Checked, check
from tests.unit.checking.preamble import around

PLANS = Path(__file__).parents[2] / "plans"


def of(lines: str, language: str = "en") -> Checked:
    """What the checker makes of some lines among ordinary declarations; that few of these are read is no news."""
    checked = check(around(lines, language))
    return evolve(checked, diagnostics=tuple(each for each in checked.diagnostics if each.code != "W440"))


def codes(lines: str, language: str = "en") -> list[str]:
    """The codes found in some lines."""
    return [each.code for each in of(lines, language).diagnostics]


def plan_of(lines: str) -> tree.Plan:
    """The tree of sound lines."""
    checked = of(lines)
    assert checked.plan is not None, [each.message for each in checked.diagnostics]
    return checked.plan


def bonus(*clauses: str) -> str:
    """A component with these clauses."""
    return "component bonus {\n" + "\n".join(f"  {each}" for each in clauses) + "\n}"


def measure(*clauses: str) -> str:
    """A measure with these clauses."""
    return "measure tested {\n" + "\n".join(f"  {each}" for each in clauses) + "\n}"


def value_of(expression: str) -> tree.Expr:
    """The typed node of an expression, as a definition of the plan's own period."""
    plan = plan_of(f"let tested = {expression}")
    return next(each.value for each in plan.definitions if each.name == "tested")


def line_of(*clauses: str) -> tree.Expr:
    """The line of a component with these clauses."""
    return next(each.line for each in plan_of(bonus(*clauses)).components if each.name == "bonus")
