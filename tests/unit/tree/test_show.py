from datetime import date
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from incentive import tree
from tests.unit.tree.samples import EUR, PERCENT, PLAN, YES_NO, amount, day, measure, percent
from tests.unit.tree.trees import expressions, plans

REVENUE = measure("revenue")
QUOTA = tree.InputValue("quota", "own", type=EUR)
BIG = tree.Compare(">=", REVENUE, amount(1500), type=YES_NO)
HOT = tree.Membership("hot", type=YES_NO)
HOURS = tree.Constant(Fraction(48), type=tree.Type(tree.Unit("hours")))
ROWS = (
    tree.TierRow(amount(0), owns=True, value=percent(5)),
    tree.TierRow(amount(1000), owns=False, value=percent(8)),
)


@pytest.mark.parametrize(
    ("node", "english", "french"),
    [
        (amount("1500.5"), "1 500.5 EUR", "1 500,5 EUR"),
        (percent(5), "5%", "5 %"),
        (tree.Constant(Fraction(1, 3), type=PERCENT), "100/3%", "100/3 %"),
        (tree.Constant(date(2026, 1, 31), type=PERCENT), "2026-01-31", "2026-01-31"),
        (tree.Constant(value=True, type=YES_NO), "true", "vrai"),
        (tree.Multiply(percent(5), REVENUE, type=EUR), "5% of revenue", "5 % de revenue"),
        (
            tree.Multiply(tree.Add((REVENUE, tree.Negate(QUOTA, type=EUR)), type=EUR), percent(5), type=EUR),
            "(revenue - quota) * 5%",
            "(revenue - quota) * 5 %",
        ),
        (
            tree.Divide(REVENUE, tree.Divide(REVENUE, QUOTA, type=EUR), type=EUR),
            "revenue / (revenue / quota)",
            "revenue / (revenue / quota)",
        ),
        (tree.Both((BIG, HOT), type=YES_NO), "revenue >= 1 500 EUR and hot", "revenue >= 1 500 EUR et hot"),
        (
            tree.Opposite(tree.Either((BIG, HOT), type=YES_NO), type=YES_NO),
            "not (revenue >= 1 500 EUR or hot)",
            "non (revenue >= 1 500 EUR ou hot)",
        ),
        (
            tree.Choose((tree.Branch(BIG, percent(8)),), percent(5), type=PERCENT),
            "if revenue >= 1 500 EUR then 8% else 5%",
            "si revenue >= 1 500 EUR alors 8 % sinon 5 %",
        ),
        (tree.IfMissing(REVENUE, amount(0), type=EUR), "revenue if missing 0 EUR", "revenue à défaut 0 EUR"),
        (
            tree.Within(day("handled"), HOURS, day("received"), type=YES_NO),
            "handled within 48 hours of received",
            "handled dans les 48 heures suivant received",
        ),
        (
            tree.Tiers("slice", REVENUE, ROWS, applied=True, type=EUR),
            "revenue by slice { from 0 EUR: 5%; above 1 000 EUR: 8% }",
            "revenue par tranche { dès 0 EUR: 5 %; plus de 1 000 EUR: 8 % }",
        ),
        (
            tree.Cap(tree.When(BIG, REVENUE, type=EUR), amount(500), type=EUR),
            "(revenue when revenue >= 1 500 EUR), cap 500 EUR",
            "(revenue quand revenue >= 1 500 EUR), plafond 500 EUR",
        ),
        (
            measure("revenue", "team", tree.Window("to_date", "year")),
            "team.revenue over year to date",
            "équipe.revenue sur cumul annuel",
        ),
        (measure("revenue", when=tree.Window("last", "month", 3)), "revenue over last 3 months", None),
        (measure("revenue", when=tree.Window("previous", "quarter")), None, "revenue sur trimestre précédent"),
    ],
)
def test_a_formula_reads_as_its_author_would_write_it(node: tree.Expr, english: str | None, french: str | None) -> None:
    assert english in {None, tree.show(node)}
    assert french in {None, tree.show(node, "fr")}


def test_the_period_of_the_plan_goes_without_saying() -> None:
    assert tree.show(REVENUE, period="month") == "revenue"
    assert tree.show(REVENUE, period="quarter") == "revenue over month"


def test_a_sum_of_ten_thousand_terms_is_one_line() -> None:
    text = tree.show(tree.Add((amount(1),) * 10_000, type=EUR))
    assert text.count(" + ") == 9_999
    assert "\n" not in text


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(expressions)
def test_every_expression_shows_in_both_languages(node: tree.Expr) -> None:
    assert tree.show(node, "en")
    assert tree.show(node, "fr")


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(plans)
def test_every_plan_shows(plan: tree.Plan) -> None:
    assert tree.show_plan(plan).startswith("plan")
    assert tree.show_plan(plan, "fr").endswith("\n")


def test_a_plan_shows_what_it_declares() -> None:
    shown = tree.show_plan(PLAN)
    assert "input quota: money in EUR per participant per year must be > 0 EUR" in shown
    assert 'component commission "Commission"\n  5% of revenue' in shown
