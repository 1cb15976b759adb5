"""Every word with its twin, its help and its example, and the way to one of them from what somebody types.

The words are those of `language.words`, which the parser reads; the texts stand here, because nobody who checks a plan
needs them. What has no text is missing from the glossary and named by a test.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from typing import Final

from attrs import frozen

from incentive.diagnostics import Language, Twin
from incentive.glossary.blocks import BLOCKS, HEADER
from incentive.glossary.clauses import BANDED, DECLARED, JUDGED, MEASURED, PAID
from incentive.glossary.entry import Entry
from incentive.glossary.expressions import FORMULAS
from incentive.glossary.names import NAMES
from incentive.glossary.settled import SETTLED, SHOWN
from incentive.language import words
from incentive.language.words import Vocabulary, fold

Phrases = tuple[str, ...]
LANGUAGES: Final[tuple[Language, Language]] = ("en", "fr")
# The headings of the glossary: keywords in the order in which a plan needs them, then names.
KEYWORDS: Final[tuple[tuple[Twin, Mapping[str, Entry]], ...]] = (
    (("beginning of a block", "début de bloc"), BLOCKS),
    (("clause of the header", "clause de l'en-tête"), HEADER),
    (("clause of tables and inputs", "clause des données et des valeurs"), DECLARED),
    (("clause of measures", "clause des indicateurs"), MEASURED),
    (("word of rate tables", "mot des barèmes"), BANDED),
    (("clause of components", "clause des composantes"), PAID),
    (("clause of gates and scorecards", "clause des conditions et des évaluations"), JUDGED),
    (("step of the settlement", "étape du décompte"), SETTLED),
    (("clause of examples and checks", "clause des exemples et des vérifications"), SHOWN),
    (("word of formulas", "mot des formules"), FORMULAS),
)


@frozen
class Meaning:
    """A word: what sort it is, what authors write for it in each language, its help and example.

    `terminals` are those of a keyword; a name of a vocabulary has the canonical `name` that it stands for.
    """

    sort: Twin
    english: Phrases
    french: Phrases
    entry: Entry
    terminals: tuple[str, ...] = ()
    name: str = ""

    def phrases(self, language: Language) -> Phrases:
        """What an author of this language may write, the usual form first."""
        return self.french if language == "fr" else self.english


@cache
def glossary() -> tuple[Meaning, ...]:
    """Every word of the language that has a text, under its heading."""
    rows = {" ".join(word.terminals): word for word in words.WORDS}
    out = [
        Meaning(sort, rows[key].english, rows[key].french, entry, terminals=rows[key].terminals)
        for sort, entries in KEYWORDS
        for key, entry in entries.items()
        if key in rows
    ]
    for constant, (sort, entries) in NAMES.items():
        vocabulary = vocabularies()[constant]
        out += [
            Meaning(sort, *vocabulary[name], entry, name=name) for name, entry in entries.items() if name in vocabulary
        ]
    return tuple(out)


def vocabularies() -> dict[str, Vocabulary]:
    """The vocabularies of the registry of words, by the names of their constants."""
    return {
        name: value
        for name, value in vars(words).items()
        if name.isupper() and isinstance(value, Mapping) and all(isinstance(each, tuple) for each in value.values())
    }


def unexplained() -> tuple[str, ...]:
    """Words of the registry without a text, and texts without a word."""
    explained = {key for _, entries in KEYWORDS for key in entries}
    registered = {" ".join(word.terminals) for word in words.WORDS}
    out = explained ^ registered
    for constant, vocabulary in vocabularies().items():
        entries = NAMES[constant][1] if constant in NAMES else {}
        out |= {f"{constant}: {name}" for name in entries.keys() ^ vocabulary.keys()}
    return tuple(sorted(out))


def look_up(written: str, asked: Language | None = None) -> tuple[Language, tuple[Meaning, ...]]:
    """The meanings of a word, and the language that it is a word of: the one asked for, else English, else French.

    A phrase of several words that is none of its own, such as `carry excess`, gives the meanings of its words.
    """
    languages = (asked,) if asked else LANGUAGES
    asked_for = tuple(fold(written).split())
    for parts in (_whole, _composed, _each):
        for language in languages:
            found = parts(asked_for, language)
            if found:
                return language, found
    return asked or "en", ()


def _whole(phrase: Phrases, language: Language) -> tuple[Meaning, ...]:
    wanted = " ".join(phrase)
    return tuple(each for each in glossary() if wanted in map(fold, each.phrases(language)))


def _composed(phrase: Phrases, language: Language) -> tuple[Meaning, ...]:
    """What a phrase stands for that is not built word by word, such as `cumul annuel`: its keyword."""
    readings = words.phrase_table(language).get(phrase, ())
    keywords = {terminals[-1] for each in readings if (terminals := _keywords(each))}
    return tuple(each for each in glossary() if each.terminals and each.terminals[-1] in keywords)


def _keywords(reading: words.Reading) -> Phrases:
    return tuple(name.removeprefix("KW_") for name, _ in reading.terminals if name.startswith("KW_"))


def _each(phrase: Phrases, language: Language) -> tuple[Meaning, ...]:
    """The meanings of the words of a phrase, the longest first; none unless all are words of the language."""
    found: dict[Meaning, None] = {}
    rest = phrase
    while rest:
        size = next((size for size in range(len(rest), 0, -1) if _whole(rest[:size], language)), 0)
        if not size:
            return ()
        found.update(dict.fromkeys(_whole(rest[:size], language)))
        rest = rest[size:]
    return tuple(found)


def near(written: str) -> tuple[str, ...]:
    """Words of either language that look like what was written."""
    known = {fold(phrase): phrase for each in glossary() for phrase in (*each.french, *each.english)}
    return tuple(known[each] for each in difflib.get_close_matches(fold(written), known, n=3))
