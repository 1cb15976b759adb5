"""A plan at a glance: what it pays, by which formula, from which data."""

from __future__ import annotations

from collections.abc import Iterable

from incentive.diagnostics import Diagnostic, Language, Source
from incentive.diagnostics.html import MONO, finding_html, text_html
from incentive.results.html import table_html
from incentive.tree import Plan, show

_TITLES = {
    "line": ("line", "ligne"),
    "label": ("called", "libellé"),
    "formula": ("pays", "verse"),
    "needs": ("What it needs", "Ce qu'il lui faut"),
    "text": ("Text of the plan", "Texte du plan"),
}


def plan_html(plan: Plan, source: Source, warnings: Iterable[Diagnostic], language: Language, needs: str) -> str:
    """The name of a plan, its lines with their formulas, its warnings; what it needs and its text folded."""
    say = {name: texts[1 if language == "fr" else 0] for name, texts in _TITLES.items()}
    rows = [(each.name, each.label, show(each.line, language, period=plan.period)) for each in plan.components]
    return (
        f'<div lang="{language}" style="text-align:left">'
        f"<div><strong><bdi>{text_html(plan.label)}</bdi></strong>, {text_html(plan.currency)}, "
        f"{plan.first_day} – {plan.last_day}</div>"
        f"{table_html((say['line'], say['label'], say['formula']), rows)}"
        f"{''.join(finding_html(each, source) for each in warnings)}"
        f"{_folded(say['needs'], needs)}{_folded(say['text'], source.text)}</div>"
    )


def _folded(title: str, text: str) -> str:
    lines = "\n".join(map(text_html, text.rstrip("\n").split("\n")))
    return f'<details><summary>{text_html(title)}</summary><div style="{MONO}">{lines}</div></details>'
