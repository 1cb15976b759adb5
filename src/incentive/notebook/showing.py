"""The HTML of each thing that a notebook shows."""

from __future__ import annotations

from collections.abc import Iterable

from incentive.diagnostics import Diagnostic, Source
from incentive.diagnostics.html import finding_html
from incentive.plan import Plan, Run, Statement
from incentive.results import Explanation
from incentive.results.html import explain_html


def plan_html(plan: Plan) -> str:
    """The name of a plan, its lines with their formulas, its warnings; what it needs and its text folded."""
    return plan._repr_html_()


def run_html(run: Run) -> str:
    """A row for each participant and period, a column for each component, totals, and what is pending."""
    return run._repr_html_()


def statement_html(statement: Statement) -> str:
    """A row for each line of one person, the total, and what is pending."""
    return statement._repr_html_()


def explanation_html(explanation: Explanation) -> str:
    """An explanation, in the language and with the formulas of the plan it was made by."""
    return explain_html(explanation, explanation.source, explanation.language)


def diagnostics_html(diagnostics: Iterable[Diagnostic], source: Source | None = None) -> str:
    """Findings one below the other, with excerpts where the source is given."""
    return "<div>" + "".join(finding_html(each, source) for each in diagnostics) + "</div>"
