"""Units and windows in the author's words, for messages."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from incentive.diagnostics import Language, fill, in_language
from incentive.diagnostics.nouns import NOUNS
from incentive.language.words import WORDS, fold, say
from incentive.quantities import show_number
from incentive.tree import Unit, Window

_FRENCH_PERIODS: Final = str.maketrans("QH", "TS")


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


def percent_words(value: Fraction, language: Language) -> str:
    """A ratio with its sign; the space before it is typographic in French."""
    return f"{show_number(value * 100, decimal=',')}\u00a0%" if language == "fr" else f"{show_number(value * 100)}%"


def money_words(value: Fraction, currency: str, language: Language) -> str:
    """An amount as an author writes it."""
    return f"{show_number(value, decimal=',' if language == 'fr' else '.', group=' ')} {currency}"


def amount_words(value: Fraction, unit: Unit, language: Language) -> str:
    """A number in its unit as an author writes it."""
    if unit.kind == "ratio":
        return percent_words(value, language)
    return money_words(value, unit.currency, language).rstrip()


def period_words(name: str, language: Language) -> str:
    """A period as an author names it: `2026-Q1`, in French `2026-T1`."""
    return name.translate(_FRENCH_PERIODS) if language == "fr" else name


def table_words(how: str, language: Language) -> str:
    """A kind of rate table with its article."""
    return noun(f"how_{how}", language)


def phrase(terminals: str, language: Language) -> str:
    """How an author writes a phrase of several terminals, such as "IF MISSING"."""
    wanted = tuple(terminals.split())
    return next(each.phrases(language)[0] for each in WORDS if each.terminals == wanted)


def part_of(share: str, whole: str, language: Language) -> str:
    """A share of something as an author writes it; French elides `de` before a vowel."""
    if language == "fr" and fold(whole)[:1] in {"a", "e", "i", "o", "u", "y"}:
        return f"{share} d'{whole}"
    return f"{share} {say('OF', language)} {whole}"
