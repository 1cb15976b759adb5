"""Findings as HTML for notebooks: escaped text, no script, nothing fetched, readable on light and on dark."""

from __future__ import annotations

from html import escape

from incentive.diagnostics.diagnostic import Diagnostic
from incentive.diagnostics.render import Source, render, visible

MONO = "font-family:ui-monospace,monospace;white-space:pre-wrap;text-align:left"
_EDGE = {"error": "#c0392b", "warning": "#b7791f", "pending": "#7d5ba6"}  # seen on white and on black


def text_html(text: str) -> str:
    """Text as HTML; what could rearrange the page is shown as escapes."""
    return escape(visible(text), quote=True)


def finding_html(diagnostic: Diagnostic, source: Source | None = None) -> str:
    """One finding, as on a terminal, behind an edge in the colour of its severity."""
    edge = f"border-left:3px solid {_EDGE[diagnostic.severity]};padding:0 0 0 .6em;margin:.4em 0"
    text = "\n".join(text_html(line) for line in render(diagnostic, source).split("\n"))
    return f'<div lang="{diagnostic.language}" style="{edge}"><div style="{MONO}">{text}</div></div>'
