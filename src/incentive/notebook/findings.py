"""Findings and explanations; their own rooms write the HTML, so that they show themselves without this one."""

from __future__ import annotations

from collections.abc import Iterable

from incentive.diagnostics import Diagnostic, Source
from incentive.diagnostics.html import finding_html
from incentive.results import Explanation
from incentive.results.html import explain_html


def explanation_html(explanation: Explanation) -> str:
    """An explanation, in the language and with the formulas of the plan it was made by."""
    return explain_html(explanation, explanation.source, explanation.language)


def diagnostics_html(diagnostics: Iterable[Diagnostic], source: Source | None = None) -> str:
    """Findings one below the other, with excerpts where the source is given."""
    return "<div>" + "".join(finding_html(each, source) for each in diagnostics) + "</div>"
