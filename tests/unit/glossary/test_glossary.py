"""Every word of the language has its twin, its help and its example, and the example is a plan in both languages."""

import re

import pytest

from incentive.checking import check
from incentive.diagnostics import Language
from incentive.glossary import Meaning, example, glossary, in_plan, is_computed, look_up, near, unexplained
from incentive.language.read import survey
from incentive.language.words import fold

NOT_YET = {"E190", "E462", "E601", "E611"}  # the file that a sample names is not there, nor what it amends
EACH = [
    pytest.param(each, language, id=f"{each.phrases(language)[0]}-{language}-{at}")
    for at, each in enumerate(glossary())
    for language in ("en", "fr")
]


def test_no_word_lacks_its_help_and_no_help_its_word() -> None:
    assert unexplained() == (), "glossary/: write an Entry for each word of language/words.py, under its key"


@pytest.mark.parametrize(("meaning", "language"), EACH)
def test_a_word_has_a_twin_a_help_and_an_example(meaning: Meaning, language: Language) -> None:
    assert all(meaning.english)
    assert all(meaning.french)
    for text in meaning.entry.help:
        assert text.endswith(".")
        assert "\n" not in text
        assert len(text) <= 125
    assert not re.search(r"[^ ][;:!?%](?:[ .,]|$)", re.sub(r"`[^`]*`", "", meaning.entry.french))
    assert example(meaning.entry, language)


@pytest.mark.parametrize(("meaning", "language"), EACH)
def test_an_example_is_right_where_it_stands_and_uses_its_word(meaning: Meaning, language: Language) -> None:
    whole = in_plan(meaning.entry, language)
    shown = example(meaning.entry, language)
    codes = {each.code for each in check(whole).diagnostics if each.severity == "error"}
    assert codes <= NOT_YET
    _, parsed = survey(whole)
    assert parsed is not None
    start, end = whole.find("#<"), whole.find("#>")
    inside = [piece for piece in parsed.pieces if start < piece.start < (end if end >= 0 else len(shown))]
    types = [token.type.removeprefix("KW_") for piece in inside for token in piece.tokens]
    size = len(meaning.terminals)
    if meaning.terminals:
        assert meaning.terminals in {tuple(types[at : at + size]) for at in range(len(types))}
    else:
        used = "|".join(re.escape(fold(phrase)) for phrase in meaning.phrases(language))
        assert re.search(rf"(?<!\w)(?:{used})(?!\w)", fold(shown))


def test_what_is_not_computed_is_said() -> None:
    later = {each.english[0] for each in glossary() if not is_computed(each.entry)}
    assert "check" in later
    assert not later & {"pay", "cap", "measure", "add"}


@pytest.mark.parametrize(
    ("written", "language", "english"),
    [
        ("clawback", "en", "clawback"),
        ("reprise", "fr", "clawback"),
        ("Sous Condition", "fr", "gated by"),
        ("penalité", None, None),
        ("donnees", "fr", "facts"),
        ("cumul annuel", "fr", "date"),
        ("trimestre précédent", "fr", "previous"),
        ("reporter excédent", "fr", "carry"),
        ("carry excess", "en", "carry"),
        ("carry nonsense", None, None),
        ("semaines", "fr", "week"),
    ],
)
def test_a_word_is_found_in_either_language(written: str, language: str | None, english: str | None) -> None:
    found_in, found = look_up(written)
    if english is None:
        assert found == ()
    else:
        assert found_in == language
        assert found[0].english[0] == english


def test_a_word_of_both_languages_is_english_unless_asked() -> None:
    assert look_up("date")[0] == "en"
    language, found = look_up("date", "fr")
    assert language == "fr"
    assert {each.english[0] for each in found} == {"date", "dated"}


def test_words_that_look_alike_are_near() -> None:
    assert near("clawbak")[0] == "clawback"
    assert "reprise" in near("reprize")
