"""What can stand at a place, in the author's words.

A parser knows terminals; an author knows words. Messages name words, a few, in the order of the registry.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from attrs import frozen
from lark import Token

from incentive.diagnostics import Language
from incentive.language.words import WORDS, Reading, say

_MARKS: Final[dict[str, tuple[str, str]]] = {
    "LBRACE": ("`{`", "`{`"),
    "RBRACE": ("`}`", "`}`"),
    "LPAR": ("`(`", "`(`"),
    "RPAR": ("`)`", "`)`"),
    "COLON": ("`:`", "`:`"),
    "COMMA": ("`,`", "`,`"),
    "PIPE": ("`|`", "`|`"),
    "EQUAL": ("`=`", "`=`"),
    "NAME": ("a name", "un nom"),
    "STRING": ('a text "..."', 'un texte "..."'),
    "NUMBER": ("a number", "un nombre"),
    "PERCENT": ("a percentage", "un pourcentage"),
    "CURRENCY": ("a currency", "une devise"),
    "DATE": ("a date 2026-01-31", "une date 2026-01-31"),
    "MONTHDAY": ("a day 07-01", "un jour 07-01"),
    "MONTH": ("a month 2026-01", "un mois 2026-01"),
    "_NL": ("the end of the line", "la fin de la ligne"),
    "$END": ("the end of the file", "la fin du fichier"),
}
_PLAIN: Final = {
    "LBRACE": "{",
    "RBRACE": "}",
    "LPAR": "(",
    "RPAR": ")",
    "COLON": ":",
    "COMMA": ",",
    "PIPE": "|",
    "EQUAL": "=",
}
_STARTS_VALUE: Final = frozenset(
    {
        "CURRENCY",
        "DATE",
        "KW_FALSE",
        "KW_IF",
        "KW_MISSING",
        "KW_NOT",
        "KW_TRUE",
        "LPAR",
        "MINUS",
        "MONTH",
        "NAME",
        "NUMBER",
        "PERCENT",
        "PERIODLIT",
        "QUARTER",
        "STRING",
    }
)
_GOES_ON: Final = frozenset(
    {
        "COMMA",
        "EQUAL",
        "KW_AND",
        "KW_DATED",
        "KW_IF",
        "KW_IN",
        "KW_IS",
        "KW_OF",
        "KW_OR",
        "KW_OVER",
        "KW_PER",
        "KW_WEIGHTED",
        "KW_WITHIN",
        "LPAR",
        "SEMICOLON",
    }
)
_MOST: Final = 6


@frozen
class Phrase:
    """A phrase as written, and what it stands for."""

    written: str
    reading: Reading


@cache
def phrases(language: Language) -> tuple[Phrase, ...]:
    """All keyword phrases of a language, in the order of the registry."""
    return tuple(
        Phrase(written, Reading(tuple((f"KW_{name}", None) for name in word.terminals)))
        for word in WORDS
        for written in word.phrases(language)
    )


def phrase_for(tokens: Sequence[Token], language: Language) -> str | None:
    """How a language writes the keywords of another one."""
    wanted = tuple(token.type.removeprefix("KW_") for token in tokens)
    return next((word.phrases(language)[0] for word in WORDS if word.terminals == wanted), None)


def words(accepted: Iterable[str], language: Language, *, clauses: bool = False) -> list[str]:
    """What the parser would take, for a message: kinds of value and marks, then keywords in backquotes.

    Where a value can stand, that says enough; where a line can end, how an expression could go on says nothing.

    Args:
        accepted: terminals that can stand here.
        language: of the message.
        clauses: only keywords, without backquotes and without limit.
    """
    left = set(accepted)
    side = 1 if language == "fr" else 0
    if clauses:
        return list(dict.fromkeys(_keywords(left, language)))
    kinds: list[str] = []
    if "NUMBER" in left and "NAME" in left:
        kinds.append(("a value", "une valeur")[side])
        left -= _STARTS_VALUE
    if "_NL" in left:
        left -= _GOES_ON
    if left - {"RBRACE"}:
        left.discard("RBRACE")
    kinds += [_MARKS[name][side] for name in _MARKS if name in left]
    every = [*kinds, *(f"`{each}`" for each in dict.fromkeys(_keywords(left, language)))]
    return every if len(every) <= _MOST else [*every[:_MOST], "…"]


def _keywords(accepted: set[str], language: Language) -> list[str]:
    return [word.phrases(language)[0] for word in WORDS if f"KW_{word.terminals[0]}" in accepted]


def mark(terminal: str, language: Language) -> str:
    """How a terminal is written."""
    return _PLAIN.get(terminal) or say(terminal, language)


def quoted(terminal: str, language: Language) -> str:
    """A terminal as it is named in a message."""
    return _MARKS["NAME"][language == "fr"] if terminal == "NAME" else f"`{mark(terminal, language)}`"


def character(char: str) -> str:
    """A character with its number and name, since two may look the same."""
    return f"{char} (U+{ord(char):04X} {unicodedata.name(char, 'unnamed')})"
