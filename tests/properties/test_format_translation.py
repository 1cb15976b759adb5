"""A translated plan means the same: there and back, and when it is checked."""

from pathlib import Path

import pytest

from incentive import language
from incentive.checking import check
from incentive.diagnostics import Language
from incentive.language import read, translate
from incentive.language.layout import gist
from incentive.language.read import survey

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "tests" / "plans").glob("*.plan")), *sorted((ROOT / "examples").glob("*/*.plan"))]
every_plan = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
HEAD = """incentive 1 en

plan "A" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}

"""


def twin(text: str) -> tuple[str, Language]:
    own = read(text).language
    other: Language = "fr" if own == "en" else "en"
    done = translate(text, other)
    assert done.diagnostics == ()
    assert read(done.text).language == other
    return done.text, own


def meant(text: str) -> list[tuple[str, str]]:
    reading, parsed = survey(text)
    assert parsed is not None
    assert reading.diagnostics == ()
    return gist(reading, parsed)


@every_plan
def test_there_and_back_a_plan_means_the_same_and_keeps_its_comments(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    other, own = twin(text)
    assert meant(other) == meant(text)
    again = translate(other, own).text
    assert meant(again) == meant(text)
    if path.stem != "sample_fr":  # `du signé` comes back as `de signé`
        assert read(again).file == read(text).file
        assert again == language.format(text).text


@every_plan
def test_a_translated_plan_is_laid_out_and_checks_with_the_same_result(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    other, _ = twin(text)
    assert language.format(other).text == other
    assert [each.code for each in check(other).diagnostics] == [each.code for each in check(text).diagnostics]


@pytest.mark.parametrize(
    ("rest", "word"),
    [
        ("parameter an = 5\ncomponent bonus {\n  pay 5 EUR\n  cap 5 EUR per year\n}\n", "year"),
        ("facts montant {\n  who: participant\n}\nfacts b {\n  c: montant\n}\n", "montant"),
        ("input équipe: money per month\n", "équipe"),
        ("scale arrondi by curve {\n  at 0%: 0%\n  at 9%: 9%\n}\nlet a = round(5 EUR, 1 EUR)\n", "round"),
        ("facts jours {\n  who: participant\n}\nlet a = 40 jours\n", "jours"),
    ],
)
def test_a_name_that_the_other_language_takes_is_told_and_nothing_is_changed(rest: str, word: str) -> None:
    text = HEAD + rest
    assert read(text).diagnostics == ()
    done = translate(text, "fr")
    assert done.text == text
    assert [each.code for each in done.diagnostics] == ["E160"]
    span = done.diagnostics[0].span
    assert span is not None
    assert text[span.start : span.end] == word


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("let a = b over last 3 months", "soit a = b sur derniers 3 mois"),
        ("let a = b over previous year", "soit a = b sur année précédente"),
        ("let a = b over same quarter last year", "soit a = b sur même trimestre dernière année"),
        ("let a = b over month to date", "soit a = b sur cumul mensuel"),
        ("let a = b over plan to date", "soit a = b sur plan à date"),
        ("let a = 1 500.50 EUR + 12.5% of team.b", "soit a = 1 500,50 EUR + 12,5 % d'équipe.b"),
        ("let a = min(1.5, 2)", "soit a = min(1,5, 2)"),
        ("let a = b in EUR at fx", "soit a = b en EUR au cours fx"),
        ("group a = b within 1 day of c", "groupe a = b dans les 1 jour suivant c"),
        ('example "x" {\n  on 2026-Q1\n  given team.people = 3\n}',
         'exemple "x" {\n  en 2026-T1\n  avec équipe.personnes = 3\n}'),
        ("component a {\n  pay each b\n  cap 5 EUR each\n}",
         "composante a {\n  verser ligne à ligne b\n  plafond 5 EUR par ligne\n}"),
        ("input b: money per participant per year phased equally",
         "valeur b: montant par bénéficiaire par an échelonné à parts égales"),
    ],
)  # fmt: skip
def test_words_are_those_that_each_language_uses(english: str, french: str) -> None:
    there = translate(f"incentive 1 en\n\n{english}\n", "fr")
    assert (there.text, there.diagnostics) == (f"incentive 1 fr\n\n{french}\n", ())
    back = translate(there.text, "en")
    assert (back.text, back.diagnostics) == (f"incentive 1 en\n\n{english}\n", ())


def test_a_table_may_have_the_name_of_a_group_in_both_languages() -> None:
    there = translate("incentive 1 en\n\nfacts team {\n  a: text\n}\n", "fr")
    assert there.diagnostics == ()
    assert translate(there.text, "en").text == "incentive 1 en\n\nfacts team {\n  a: text\n}\n"


def test_a_name_that_the_settlement_takes_in_the_other_language_is_told() -> None:
    text = "incentive 1 fr\n\nsoit paid = 5 EUR\n"
    assert [each.code for each in translate(text, "en").diagnostics] == ["E160"]


def test_articles_go_and_come_back_as_prepositions() -> None:
    done = translate("incentive 1 fr\n\nsoit a = 8 % de l'objectif + 2 % du signé\n", "en")
    assert done.text == "incentive 1 en\n\nlet a = 8% of objectif + 2% of signé\n"


def test_a_text_with_mistakes_is_left_alone() -> None:
    text = "incentive 1 en\nlet = 5\n"
    assert translate(text, "fr") == language.Formatted(text, read(text).diagnostics)


CHUNKS = (ROOT / "tests" / "golden" / "language" / "good" / "words.txt").read_text(encoding="utf-8").split("\n====\n")


@pytest.mark.parametrize("chunk", CHUNKS, ids=range(len(CHUNKS)))
def test_every_word_of_the_language_goes_there_and_back(chunk: str) -> None:
    text = chunk.partition("\n----\n")[0].strip("\n") + "\n"
    neat = language.format(text)
    assert neat.diagnostics == ()
    assert language.format(neat.text) == neat
    other, own = twin(text)
    assert meant(translate(other, own).text) == meant(text)
