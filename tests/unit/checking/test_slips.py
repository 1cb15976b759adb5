"""Any word of the other language is told as such, with the word of the plan's own."""

from __future__ import annotations

import re

import pytest

from incentive.checking import check
from incentive.diagnostics import Language
from incentive.language import translate
from incentive.language.words import fold
from tests.unit.checking.asking import PLANS, codes, of

SOUND = ["a_en", "b_en", "c_en", "d_en", "draw_en", "e_en", "c_fr", "d_fr", "draw_fr", "e_fr"]


def letters(line: str) -> str:
    return re.sub(r"[^a-z ]", "", fold(line.partition("#")[0]))


@pytest.mark.parametrize("name", SOUND)
def test_a_line_of_a_plan_in_the_other_language_is_a_slip(name: str) -> None:
    language: Language = "fr" if name.endswith("fr") else "en"
    other: Language = "en" if language == "fr" else "fr"
    own = translate((PLANS / f"{name}.plan").read_text("utf-8"), language).text.split("\n")
    foreign = translate("\n".join(own), other).text.split("\n")
    assert len(own) == len(foreign)
    missed = []
    for at, (mine, theirs) in enumerate(zip(own, foreign, strict=True)):
        if at == 0 or letters(mine).split() == letters(theirs).split():
            continue
        found = check("\n".join([*own[:at], theirs, *own[at + 1 :]])).diagnostics
        if not any(each.code == "E102" and each.span and each.span.line == at + 1 for each in found):
            missed.append(theirs)
    assert missed == []


@pytest.mark.parametrize(
    ("lines", "language", "own"),
    [
        ("input goal: montant par participant par mois", "en", "per"),
        ("input goal: montant per participant", "en", "money"),
        ("valeur but: montant par participant par mois", "fr", "bénéficiaire"),
        ("let a = revenue over cumul annuel", "en", "year to date"),
        ("soit a = ventes sur year to date", "fr", "cumul annuel"),
        ("let a = équipe.revenue", "en", "team"),
        ("soit a = team.ventes", "fr", "équipe"),
        ("let a = arrondi(revenue, 1 EUR)", "en", "round"),
        ("component b {\n  pay 1 EUR\n  cap 5 EUR per mois\n}", "en", "month"),
        ("composante b {\n  verser 1 EUR\n  plafond 5 EUR par month\n}", "fr", "mois"),
        ("component b {\n  pay revenue par tranche {\n    from 0 EUR: 5%\n  }\n}", "en", "by"),
        ("measure a {\n  count leads\n  where sql_on is not absent\n  dated sql_on\n}", "en", "missing"),
        ('group a = role est "x"', "en", "is"),
        ('group a = role is parmi ("x", "y")', "en", "one of"),
        ("measure a {\n  count leads\n  where sql_on within 9 jours of mql_on\n  dated sql_on\n}", "en", "days"),
        ('example "a" {\n  timeline {\n    | mois | revenue |\n    | 2026-01 | 0 EUR |\n  }\n}', "en", "month"),
        ("facts personnes {\n  who: participant\n}", "en", "people"),
        ("facts people {\n  qui: participant\n}", "en", "who"),
    ],
)
def test_the_word_of_the_plans_own_language_is_proposed(lines: str, language: str, own: str) -> None:
    slips = [each for each in of(lines, language).diagnostics if each.code == "E102"]
    assert [edit.text for each in slips for fix in each.fixes for edit in fix.edits][:1] == [own]


def test_a_slip_is_understood_so_that_it_has_no_echo() -> None:
    assert codes("input goal: montant per participant per trimestre") == ["E102"]
    assert codes("valeur but: money par bénéficiaire par mois", "fr") == ["E102"]


def test_a_name_of_the_authors_may_be_a_word_of_the_other_language() -> None:
    assert codes("facts montant {\n  key prime: text\n}\nfacts visits {\n  montant: montant\n}") == []
    assert codes("let plafond = 5%\ncomponent b {\n  pay plafond of revenue\n}") == []
