"""Words of the other language: an author who thinks in two writes `montant` in an English plan.

The reader finds such a word where the grammar wants a word. Types, periods, groups and results are names to the
grammar, so they are looked up here; the word is then understood as meant, so that it has no echo.
"""

from __future__ import annotations

from typing import Final

from incentive.checking.desk import Desk
from incentive.diagnostics import Edit, Help, Language, Span
from incentive.language import syntax as s
from incentive.language.words import (
    DURATIONS,
    FUNCTIONS,
    GROUPS,
    PEOPLE,
    PERIODS,
    RESULTS,
    SETTLED,
    WORDS,
    Vocabulary,
    fold,
    meaning,
    spelling,
)

_FIGURES: Final = (GROUPS, RESULTS, SETTLED, PEOPLE, FUNCTIONS, PERIODS, DURATIONS)  # what a name in a formula may be
_VALUES: Final = (("MISSING",), ("TRUE",), ("FALSE",), ("ONE", "OF"))  # words that a formula may take for a name


def slip(desk: Desk, name: s.Name, vocabulary: Vocabulary) -> str | None:
    """What a name means in the other language, which is reported; None where it means nothing there either."""
    found = meaning(vocabulary, name.text, _other(desk))
    if found is not None:
        report_slip(desk, name.span, name.text, spelling(vocabulary, found, desk.language))
    return found


def slip_of_unknown(desk: Desk, word: str, spans: list[Span]) -> bool:
    """Whether a name that nothing defines is a word of the other language, which is reported."""
    own = next((each for each in (_named(desk, word), _valued(desk, word)) if each), None)
    if own is None or fold(own) == fold(word):
        return False
    for span in spans:
        report_slip(desk, span, word, own)
    return True


def report_slip(desk: Desk, span: Span, word: str, own: str) -> None:
    """Say that a word is of the other language, and how this one says it."""
    helps = [Help("replace", {"own": own}, (Edit(span, own),), safe=True)]
    desk.report("E102", span, mark="write", helps=helps, notes=["first_line"], word=word, own=own)


def _named(desk: Desk, word: str) -> str | None:
    for vocabulary in _FIGURES:
        found = meaning(vocabulary, word, _other(desk))
        if found is not None:
            return spelling(vocabulary, found, desk.language)
    return None


def _valued(desk: Desk, word: str) -> str | None:
    for row in WORDS:
        if row.terminals in _VALUES and fold(word) in {fold(each) for each in row.phrases(_other(desk))}:
            return row.phrases(desk.language)[0]
    return None


def _other(desk: Desk) -> Language:
    return "en" if desk.language == "fr" else "fr"
