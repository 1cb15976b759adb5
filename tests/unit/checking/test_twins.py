"""One grammar, one meaning: a French plan gives the tree of its English twin, once the author's words are renamed."""

from __future__ import annotations

import json
from pathlib import Path

from incentive.checking import check
from incentive.tree import from_json, to_json

PLANS = Path(__file__).parents[2] / "plans"
# Names, labels, values and texts of the author's own, French to English.
AUTHORS_OWN = {
    "Prime sur objectif 2026": "Sales target bonus 2026",
    "commercial": "account executive",
    "prime_cible": "target_bonus",
    "objectif": "quota",
    "affaires": "deals",
    "vendeur": "owner",
    "prix": "amount",
    "statut": "stage",
    "ouverte": "open",
    "gagnée": "won",
    "perdue": "lost",
    "signée_le": "closed_on",
    "signé": "revenue",
    "Chiffre d'affaires signé": "Signed revenue",
    "paiement": "payout",
    "prime": "bonus",
    "Prime sur objectif": "Target bonus",
    "Individuel": "Individual",
    "Collectif": "Collective",
    "individuel 110 %, équipe 90 %": "individual 110%, team 90%",
}


def renamed(value: object) -> object:
    """The tree as plain data in the English author's words, without places in the text."""
    match value:
        case dict():
            return {key: renamed(each) for key, each in value.items() if key != "span"}
        case list():
            return [renamed(each) for each in value]
        case str():
            return AUTHORS_OWN.get(value, value)
        case _:
            return value


def tree_of(name: str) -> object:
    checked = check((PLANS / name).read_text(encoding="utf-8"))
    assert checked.plan is not None
    assert from_json(to_json(checked.plan)) == checked.plan
    return json.loads(to_json(checked.plan))


def test_the_french_plan_gives_the_tree_of_its_english_twin() -> None:
    french, english = renamed(tree_of("c_fr.plan")), renamed(tree_of("c_en.plan"))
    assert french == english


def test_every_word_renamed_stands_in_the_french_plan() -> None:
    text = (PLANS / "c_fr.plan").read_text(encoding="utf-8")
    assert [word for word in AUTHORS_OWN if word not in text] == []
