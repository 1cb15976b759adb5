"""How a word, a number or a sign is written where it may be written in several ways.

What is a matter of habit (accents, capitals, the spaces inside a number) has one form. What an author chose for the
sentence (`facultative`, `du`, `by`) stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from incentive.diagnostics import Language
from incentive.language.tokens import Piece, text_of
from incentive.language.words import PERIODS, WORDS, Vocabulary, fold

# Variants that no sentence needs; the first spelling of their word replaces them.
_NEEDLESS: Final = frozenset({"également", "jusque"})
_SIGNS: Final = {"≤": "<=", "≥": ">=", "≠": "!="}
_SPACES: Final = re.compile("[ _\u00a0\u202f]")
_YEARS: Final = frozenset({"header", "on"})  # rules where a number is a version or a year, and is not grouped


@cache
def _phrases(language: Language) -> Mapping[str, str]:
    """Folded phrases, each as it is written."""
    out: dict[str, str] = {}
    for word in WORDS:
        first, *_ = word.phrases(language)
        for phrase in word.phrases(language):
            out.setdefault(fold(phrase), first if phrase in _NEEDLESS else phrase)
    if language == "fr":
        for twin in PERIODS.values():
            for name in twin[1]:
                out[f"{fold(name)} precedent"] = f"{name} précédent"
                out[f"{fold(name)} precedente"] = f"{name} précédente"
    return out


def spell(piece: Piece, language: Language, rule: str, vocabulary: Vocabulary | None) -> str:
    """A piece of text in its one form.

    Args:
        piece: what is written.
        language: of the plan.
        rule: the rule that the piece belongs to.
        vocabulary: the words of the language that a name is one of; None for the author's own names.
    """
    word = piece.words[0]
    match word.type:
        case "ELISION":
            return f"{word[0].lower()}'"
        case "STRING" | "CURLY":
            return f'"{text_of(word)}"'
        case "NUMBER" | "PERCENT":
            return number(str(word), language, grouped=rule not in _YEARS)
        case "COMPARISON":
            return _SIGNS.get(str(word), str(word))
        case "NAME" if piece.kind == "NAME" and len(piece.words) == 1:
            return own_spelling(vocabulary, str(word), language) if vocabulary else str(word)
        case "NAME" if piece.kind == "CURRENCY":
            return str(word)
        case "NAME":
            folded = fold(piece.written)
            return _phrases(language).get(folded, folded)
        case _:
            return str(word)


def own_spelling(vocabulary: Vocabulary, written: str, language: Language) -> str:
    """A word of a vocabulary with its accents."""
    folded = fold(written)
    known = (each for twin in vocabulary.values() for each in twin[language == "fr"])
    return next((each for each in known if fold(each) == folded), written)


def number(written: str, language: Language, *, grouped: bool = True) -> str:
    """A numeral with its thousands apart, by the habits of a language.

    Examples:
        >>> number("1500000", "en"), number("1_500.50", "en"), number("12%", "fr")
        ('1 500 000', '1 500.50', '12 %')
    """
    bare = _SPACES.sub("", written.rstrip("%"))
    whole, mark, decimals = bare.partition("," if language == "fr" else ".")
    if grouped and len(whole) > 3 and whole.isdigit():  # not with the mark of the other language in it
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+\Z)", " ", whole)
    percent = (" %" if language == "fr" else "%") if written.endswith("%") else ""
    return f"{whole}{mark}{decimals}{percent}"
