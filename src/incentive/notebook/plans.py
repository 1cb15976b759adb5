"""A plan at a glance: what it pays, by which formula, from which data."""

from __future__ import annotations

from incentive.diagnostics.html import MONO, text_html
from incentive.notebook.findings import diagnostics_html
from incentive.plan import Plan
from incentive.results.html import table_html
from incentive.tree import show

_TITLES = {
    "line": ("line", "ligne"),
    "label": ("called", "libellé"),
    "formula": ("pays", "verse"),
    "needs": ("What it needs", "Ce qu'il lui faut"),
    "text": ("Text of the plan", "Texte du plan"),
}


def plan_html(plan: Plan) -> str:
    """The name of a plan, its lines with their formulas, its warnings; what it needs and its text folded."""
    say = {name: texts[1 if plan.language == "fr" else 0] for name, texts in _TITLES.items()}
    meaning = plan.tree
    rows = [
        (each.name, each.label, show(each.line, plan.language, period=meaning.period)) for each in meaning.components
    ]
    return (
        f'<div lang="{plan.language}" style="text-align:left">'
        f"<div><strong><bdi>{text_html(plan.label)}</bdi></strong>, {text_html(plan.currency)}, "
        f"{meaning.first_day} – {meaning.last_day}</div>"
        f"{table_html((say['line'], say['label'], say['formula']), rows)}"
        f"{diagnostics_html(plan.warnings, plan.source) if plan.warnings else ''}"
        f"{_folded(say['needs'], str(plan.requires()))}{_folded(say['text'], plan.source.text)}</div>"
    )


def _folded(title: str, text: str) -> str:
    lines = "\n".join(map(text_html, text.rstrip("\n").split("\n")))
    return f'<details><summary>{text_html(title)}</summary><div style="{MONO}">{lines}</div></details>'
