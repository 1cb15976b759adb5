"""Findings on their way out: as text with excerpts, as data, and counted in a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from incentive.cli.phrases import phrase
from incentive.diagnostics import Diagnostic, Language, Source, as_dict, render

_UNREADABLE = frozenset({"E117", "E118", "E150"})  # not text, another kind of file, too big: there is no plan to check


def as_text(findings: Iterable[Diagnostic], source: Source | None, *, colour: bool) -> str:
    """Findings with their excerpts, an empty line between them."""
    return "\n\n".join(render(each, source if each.span else None, colour=colour) for each in findings)


def as_data(findings: Iterable[Diagnostic]) -> list[dict[str, object]]:
    """Findings as plain data, each with the language of its words."""
    return [{**as_dict(each), "language": each.language} for each in findings]


def counted(findings: Sequence[Diagnostic], language: Language) -> str:
    """How many errors and warnings there are."""
    parts = []
    for severity in ("error", "warning"):
        n = sum(each.severity == severity for each in findings)
        if n:
            parts.append(phrase(f"{severity}s" if n > 1 else severity, language, n=str(n)))
    return ", ".join(parts) or phrase("no findings", language)


def unreadable(findings: Iterable[Diagnostic]) -> bool:
    """Whether there was no plan to check at all."""
    return any(each.code in _UNREADABLE for each in findings)
