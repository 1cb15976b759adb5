"""Scorecards: ratings as parts of the highest, and what a missing one does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import incentive
from incentive import tree
from incentive.results import readd
from tests.unit.checking.asking import PLANS

TEXT = """incentive 1 en
plan "Ratings" {
  currency  EUR
  period    quarter
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
scorecard quality "Quality" {
  rated 0 to 4 per participant per quarter
  40%: preparation "Preparation"
  60%: terms       "Terms"
  unrated RULE
}
component bonus {
  pay 1 000 EUR * quality
}
"""


def plan(rule: str = "pending", scale: str = "0 to 4") -> incentive.Plan:
    return incentive.parse(TEXT.replace("RULE", rule).replace("0 to 4", scale))


def paid(made: incentive.Plan, preparation: object = None, terms: object = None) -> object:
    figures = {"quality.preparation": preparation, "quality.terms": terms}
    (line,) = made.pay("2026-Q1", **figures).payouts  # type: ignore[arg-type]
    return line.amount.amount if line.amount is not None else line.status


@pytest.mark.parametrize(("rule", "terms_only", "neither"), [
    ("pending", "pending", "pending"), ("zero", 300, 0), ("reweight", 500, "pending"),
])  # fmt: skip
def test_a_missing_rating_does_what_the_plan_says(rule: str, terms_only: object, neither: object) -> None:
    made = plan(rule)
    assert paid(made, 3, 2) == 600
    assert paid(made, Decimal("2.5"), 2) == 550
    assert paid(made, None, 2) == terms_only
    assert paid(made) == neither


def test_a_scale_that_does_not_begin_at_zero_counts_from_zero() -> None:
    assert paid(plan(scale="1 to 5"), 1, 5) == 680


@pytest.mark.parametrize("rule", ["pending", "zero", "reweight"])
@pytest.mark.parametrize("given", [{"preparation": 3, "terms": 4}, {"terms": 1}, {}])
def test_an_explanation_adds_up(rule: str, given: dict[str, int]) -> None:
    found = plan(rule).pay("2026-Q1", **{f"quality.{name}": value for name, value in given.items()}).explain("bonus")
    assert readd(found)
    text = str(found)
    assert ("not rated: counts 0" in text) == (rule == "zero" and len(given) < 2)
    assert "Quality" in text


@pytest.mark.parametrize(("language", "names"), [
    ("en", "target_bonus margin_target margin quality.preparation quality.terms quality.relationship"),
    ("fr", "prime_cible objectif_marge marge qualité.préparation qualité.termes qualité.relation"),
])  # fmt: skip
def test_the_negotiators_plan_pays_what_its_examples_say(language: str, names: str) -> None:
    made = incentive.load(PLANS / f"d_{language}.plan")
    figures = dict(zip(names.split(), (4000, 50_000, 50_000, 3, 4, 2), strict=True))
    (line,) = made.pay("2026-Q1", **figures).payouts
    assert line.amount is not None
    assert line.amount.amount == 3500
    del figures[names.rsplit(maxsplit=1)[-1]]
    (line,) = made.pay("2026-Q1", **figures).payouts
    assert line.status == "pending"


MAPPING = """incentive-mapping = 1
confirmed = true
[inputs."quality.preparation"]
file = "ratings.csv"
value = "preparation"
[inputs."quality.terms"]
file = "ratings.csv"
value = "terms"
"""


def written(folder: Path, ratings: str) -> incentive.Dataset:
    (folder / "people.csv").write_text("who\nana\nbob\n", encoding="utf-8")
    (folder / "ratings.csv").write_text(f"participant,period,preparation,terms\n{ratings}", encoding="utf-8")
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return incentive.Dataset.from_folder(folder)


def test_one_file_may_hold_all_ratings_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    run = plan().run(written(tmp_path, "ana,2026-Q1,3,2\nbob,2026-Q1,3,\n"), period="2026-Q1")
    assert [(each.participant, each.status) for each in run.payouts] == [("ana", "paid"), ("bob", "pending")]


def test_each_criterion_may_have_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("who\nana\n", encoding="utf-8")
    for name in ("preparation", "terms"):
        text = "participant,period,value\nana,2026-Q1,4\n"
        (tmp_path / f"quality.{name}.csv").write_text(text, encoding="utf-8")
    (line,) = plan().run(incentive.Dataset.from_folder(tmp_path), period="2026-Q1").payouts
    assert line.amount is not None
    assert line.amount.amount == 1000


@pytest.mark.parametrize("rating", ["5", "-1", "four"])
def test_a_rating_outside_the_scale_is_refused_while_reading(tmp_path: Path, rating: str) -> None:
    with pytest.raises(incentive.DataError):
        plan().run(written(tmp_path, f"ana,2026-Q1,3,{rating}\n"), period="2026-Q1")


def test_a_scorecard_keeps_its_tree_as_json_and_shows_itself() -> None:
    made = plan("reweight").tree
    assert tree.from_json(tree.to_json(made)) == made
    assert tree.show(made.definitions[0].value) == (
        "scorecard { rated 0 to 4; 40%: quality.preparation; 60%: quality.terms; unrated reweight }"
    )
    names = [(each.name, each.label, [str(must.bound) for must in each.musts]) for each in made.inputs]
    assert names == [("quality.preparation", "Preparation", ["0", "4"]), ("quality.terms", "Terms", ["0", "4"])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("unrated RULE", "unrated later"), "E206"),
        (("per quarter\n", "per decade\n"), "E206"),
        (("60%: terms ", "60%: preparation "), "E211"),
        (("60%", "50%"), "E401"),
        (("0 to 4", "4 to 4"), "E409"),
        (("1 000 EUR * quality", "1 000 EUR / quality"), "E330"),
        (("* quality\n", "* quality.term\n"), "E201"),
    ],
)
def test_a_mistake_in_a_scorecard_is_found(change: tuple[str, str], code: str) -> None:
    assert code in {each.code for each in incentive.check(TEXT.replace(*change).replace("RULE", "zero"))}
