"""Units and windows in the author's words, for messages."""

from __future__ import annotations

from incentive.diagnostics import Language, fill, in_language
from incentive.diagnostics.nouns import NOUNS
from incentive.tree import Unit, Window


def noun(name: str, language: Language, **values: str) -> str:
    """A noun of the registry."""
    return fill(in_language(NOUNS[name], language), values)


def unit_words(unit: Unit, language: Language) -> str:
    """A unit as an author would name it."""
    name = "count_any" if unit.kind == "count" and not unit.counted else unit.kind
    return noun(
        name,
        language,
        currency=unit.currency,
        counted=unit.counted,
        choices=", ".join(unit.choices),
        table=unit.table,
    )


def window_words(window: Window, language: Language) -> str:
    """A window as an author would name it."""
    name = f"{window.shape}_{window.kind}" if window.shape in {"whole", "to_date"} else window.shape
    return noun(name, language, n=str(window.n))
