"""`incentive help WORD`: in the language of the word."""

from tests.cli.conftest import Command


def test_a_word_is_explained_in_its_own_language(incentive: Command) -> None:
    assert incentive("help", "gated by").out == (
        "gated by: clause of components, in French `sous condition`\n\n"
        "  The line goes through a gate, which says what is left of it.\n\n"
        "Example\n  gated by quality\n"
    )
    assert incentive("help", "sous condition").out == (
        "sous condition : clause des composantes, en anglais `gated by`\n\n"
        "  La ligne passe par une condition, qui dit ce qui en reste.\n\n"
        "Exemple\n  sous condition qualité\n"
    )


def test_a_phrase_needs_no_quotes_and_no_accents(incentive: Command) -> None:
    assert incentive("help", "sous", "condition") == incentive("help", "sous condition")
    assert incentive("help", "donnees").out.startswith("données : ")


def test_a_word_of_both_languages_is_told_in_the_one_asked_for(incentive: Command) -> None:
    assert incentive("help", "date").out.startswith("date: ")
    assert "Quelle date place une ligne" in incentive("help", "date", "--lang", "fr").out


def test_a_word_with_several_meanings_tells_all(incentive: Command) -> None:
    said = incentive("help", "floor").out
    assert "floor: clause of components" in said
    assert "floor: rounding" in said


def test_a_command_that_is_a_word_too_is_told_as_both(incentive: Command) -> None:
    said = incentive("help", "check").out
    assert "usage: incentive check" in said
    assert "in French `vérifier`" in said


def test_what_is_not_computed_is_said(incentive: Command) -> None:
    assert "E190" in incentive("help", "rises with").out
    assert "E190" not in incentive("help", "pay").out


def test_an_unknown_word_has_near_ones(incentive: Command) -> None:
    said = incentive("help", "clawbak")
    assert said.code == 2
    assert "; did you mean clawback" in said.err
    assert "docs/reference/words.md" in incentive("help", "zzzz").err


def test_a_sample_is_in_the_language_of_its_page(incentive: Command) -> None:
    assert "verser revenue par tranche" in incentive("help", "E411", "--lang", "fr").out
    assert "pay revenue by slice" in incentive("help", "E411").out


def test_a_very_long_sample_is_cut(incentive: Command) -> None:
    assert len(incentive("help", "E199").out.split("\n")) < 40
