"""What may be missing or zero on pay day, and what names may mean."""

from __future__ import annotations

import json

import pytest

from incentive import tree
from incentive.checking import check
from tests.unit.checking.asking import PLANS, bonus, codes, measure, of, plan_of, value_of

RATE = "leads_won / deals_won"
IDLE = "input year_goal: money per participant per year phased 0%, 50%, 50%, 0% must be > 0 EUR"


@pytest.mark.parametrize(
    "lines",
    [
        f"let a = ({RATE} if missing 0%)",
        f"let a = if deals_won > 0 then {RATE} else 0%",
        f"let a = if deals_won = 0 then 0% else {RATE}",
        f"let a = if deals_won <= 0 then 0% else {RATE}",
        f"let a = if not (deals_won > 0) then 0% else {RATE}",
        bonus("pay 1 EUR", f"when deals_won > 0 and {RATE} > 50%"),
        bonus("pay 1 EUR", f"when deals_won >= 1 and {RATE} > 50%"),
        bonus("pay 1 EUR", f"when deals_won != 0 and {RATE} > 50%"),
        bonus("pay 1 EUR", f"when 0 < deals_won and {RATE} > 50%"),
        bonus("pay 1 EUR", f"when deals_won = 0 or {RATE} > 50%"),
        "let a = revenue / quota",
        "let a = revenue / max(revenue, 1 EUR)",
        "let a = revenue / -quota",
        "let a = revenue / team.quota",
        "let goal = 2 * quota\nlet a = revenue / goal",
        "parameter goal = 5 EUR\nlet a = revenue / goal",
    ],
)
def test_a_divisor_that_cannot_be_zero_is_accepted(lines: str) -> None:
    assert codes(lines) == []


@pytest.mark.parametrize(
    "lines",
    [
        f"let a = {RATE}",
        f"let a = if deals_won >= 0 then {RATE} else 0%",
        f"let a = if deals_won > 0 then 0% else {RATE}",
        bonus("pay 1 EUR", f"when {RATE} > 50% and deals_won > 0"),
        bonus("pay 1 EUR", f"when deals_won > 0 or {RATE} > 50%"),
        "let a = revenue / target_bonus",
        "let a = revenue / (quota - revenue)",
        "let a = revenue / round(quota, 1 EUR)",
        "parameter goal = 0 EUR\nlet a = revenue / goal",
        f"{IDLE}\nlet a = revenue over quarter / (year_goal over quarter)",
    ],
)
def test_a_divisor_that_may_be_zero_is_refused(lines: str) -> None:
    assert codes(lines) == ["E330"]


def test_the_repairs_of_a_division_are_accepted() -> None:
    (found,) = of(bonus("pay 1 EUR", f"when {RATE} > 50%")).diagnostics
    texts = [each.title.split("`")[1] for each in found.fixes]
    assert len(texts) == 3
    for text in texts[:2]:
        assert codes(f"let a = {text}") == []
    assert codes(bonus("pay 1 EUR", f"when {texts[2]}")) == []


def test_the_repairs_of_two_periods_are_accepted() -> None:
    (found,) = of("let a = revenue / annual_quota").diagnostics
    first, second, _ = (each.title for each in found.fixes)
    assert codes(f"let a = {first.split('`')[1]}") == []
    phased = "input annual_quota: money per participant per year phased equally must be > 0 EUR\n"
    assert codes(f"{phased}let a = {second.split('`')[3]}") == []
    assert codes(bonus("accumulate over year", "pay 5% of min(revenue, annual_quota)")) == []


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (("sum deals.discount",), ["E331"]),
        (("sum (deals.discount if missing 0 EUR)",), []),
        (("sum deals.discount", "where discount is not missing"), []),
        (("sum deals.discount", "where discount > 0 EUR"), []),
        (("sum deals.discount", "where discount is missing or stage is won"), ["E331"]),
    ],
)
def test_an_optional_field_is_guarded_or_refused(clauses: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(measure(*clauses, "dated closed_on")) == wanted


def test_an_average_of_nothing_needs_an_alternative() -> None:
    assert codes("let a = average_deal") == ["E332"]
    assert codes("let a = (average_deal if missing 0 EUR)") == []
    assert codes("let a = average_deal is missing") == []


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (("where stage is won and stage is lost",), ["E315"]),
        (("where amount > 10 EUR and amount < 5 EUR",), ["E315"]),
        (("where amount >= 5 EUR and amount <= 5 EUR",), []),
        (("where stage is one of (won, lost) and stage is won",), []),
        (("where stage is won or stage is lost",), []),
    ],
)
def test_a_condition_that_never_holds_is_refused(clauses: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(measure("sum deals.amount", *clauses, "dated closed_on")) == wanted


@pytest.mark.parametrize(
    ("credit", "wanted"),
    [
        ("owner", []),
        ("owner.manager", []),
        ("owner as overlay", []),
        ("lead.owner", []),
        ("coverage.who by region", []),
        ("coverage.who by region share coverage.part", []),
        ("coverage.who by region share coverage.part as overlay", []),
        ("coverage.part by region", ["E250"]),
        ("coverage.who by stage", ["E251"]),
        ("coverage", ["E249"]),
        ("amount", ["E250"]),
        ("coverage.who by region share coverage.region", ["E310"]),
    ],
)
def test_credit_goes_to_people(credit: str, wanted: list[str]) -> None:
    assert codes(measure("sum deals.amount", "dated closed_on", f"credit {credit}")) == wanted


def test_figures_of_groups() -> None:
    group = 'group north = role is "north"\n'
    assert codes(group + bonus("pay 1% of north.revenue", "when north")) == []
    assert codes(group + measure("sum deals.amount", "where north", "dated closed_on")) == ["E204"]
    assert value_of("company.revenue").type.grain.who == "company"
    assert value_of("team.people").type.unit.kind == "count"
    assert codes("let a = team.company_revenue") == ["E531"]
    assert codes("let a = team.shared_target") == ["E530"]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("revenue by slice {\n from 0 EUR: 5%\n from 100% of quota: 8%\n}", []),
        ("revenue by slice {\n from 0% of quota: 5%\n above 100% of quota: 8%\n}", []),
        ("revenue by slice {\n from 0 EUR: 5%\n from 0 EUR: 8%\n}", ["E410"]),
        ("revenue by slice {\n from 0 EUR: 5%\n above 0 EUR: 8%\n}", []),
        ("revenue by slice {\n from 0%: 5%\n}", ["E411"]),
        ("revenue by slice {\n from 0: 5%\n}", ["E411"]),
        ("revenue by slice {\n from 0 USD: 5%\n}", ["E301"]),
        ("revenue by slice {\n from 0 EUR: 5 EUR\n}", ["E416"]),
        ("revenue by level {\n from 0 EUR: 5 EUR\n}", []),
        ("revenue by slice {\n from 0 EUR: 5%\n from 10 EUR: 6\n}", ["E413"]),
        ("revenue by slice {\n at 0 EUR: 5%\n}", ["E414"]),
        ("revenue by slice {\n from 9 EUR: 5%\n}", ["W404"]),
        ("deals_won by slice {\n from 0: 5 EUR\n from 3 deals: 6 EUR\n}", []),
        ("deals_won by level {\n from 0: 5 EUR per deal\n}", []),
        ("deals_won by level {\n from 0: 5 EUR per lead\n}", ["E416"]),
        ("deals_won by level {\n from 0: 5 EUR\n from 3 leads: 6 EUR\n}", ["E306"]),
        ("revenue by every level {\n from 0 EUR: 5%\n from 9 EUR: 6%\n}", ["W410"]),
    ],
)
def test_tables_cut_what_they_are_applied_to(rows: str, wanted: list[str]) -> None:
    assert codes(bonus(f"pay {rows}")) == wanted


def test_weights_make_the_whole() -> None:
    parts = "pay target_bonus weighted {\n 70%: revenue / quota\n 30%: 50%\n}"
    assert codes(bonus(parts)) == []
    assert codes(bonus(parts.replace("30", "20"))) == ["E401"]
    assert codes(bonus(parts.replace("30", "40"))) == ["E401"]
    assert codes(bonus(parts.replace("50%", "5 EUR"))) == ["E417"]


def test_a_name_used_and_one_defined_nearly_alike_are_shown_together() -> None:
    assert codes("let net_sales = revenue\n" + bonus("pay 5% of net_sale")) == ["E203"]


def test_names_of_a_line_that_cannot_be_read_are_not_unknown() -> None:
    found = codes("let net = revenue * * quota\n" + bonus("pay 5% of net"))
    assert len(found) == 1


def test_blocks_that_are_not_computed_are_refused_once() -> None:
    promise = "check bonus rises with revenue\n"
    assert codes(promise + bonus("pay 5% of revenue")) == ["E190"]


@pytest.mark.parametrize("letter", ["c", "d", "e"])
def test_the_french_plan_means_what_the_english_one_means(letter: str) -> None:
    english, french = (
        check((PLANS / f"{letter}_{each}.plan").read_text(encoding="utf-8")).plan for each in ("en", "fr")
    )
    assert english is not None
    assert french is not None
    kinds = [
        [type(each).__name__ for root in tree.expressions(plan) for each in tree.walk(root)]
        for plan in (english, french)
    ]
    assert kinds[0] == kinds[1]
    assert len(json.dumps(tree.to_json(english))) > 0


def test_every_name_of_a_sound_plan_is_in_its_tree() -> None:
    plan = plan_of("")
    assert [each.name for each in plan.components] == ["bonus"]
    assert "revenue" in {each.name for each in plan.measures}
