"""What is legal and seldom meant: when it is said, and how an author says that it is meant."""

from __future__ import annotations

import pytest

from incentive.checking import check
from tests.unit.checking.asking import bonus, codes, of
from tests.unit.checking.preamble import around

RATES = "scale rates by level {\n  from   0%: 5%\n  from 100%: 8%\n}\n"


def said(lines: str) -> list[str]:
    return [each.message for each in of(lines).diagnostics]


# ---- cliffs ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rows", "jump"),
    [
        ("from 0 EUR: 5%\n from 100 000 EUR: 8%", "at `100 000 EUR` the pay jumps by 3 000 EUR"),
        ("from 0 EUR: 5%\n from 100% of quota: 8%", "at `100% of quota` the pay jumps by `3% of quota`"),
        ("from 0 EUR: 5%\n from 120% of quota: 10%", "at `120% of quota` the pay jumps by `6% of quota`"),
        ("from 0 EUR: 5%\n from quota: 8%", "at `quota` the pay jumps by `3% of quota`"),
        ("from 0 EUR: 8%\n from 1 000 EUR: 5%", "at `1 000 EUR` the pay falls by 30 EUR"),
        ("from 0 EUR: low\n from 9 EUR: high", "at `9 EUR` the pay jumps by `(high - low) of 9 EUR`"),
    ],
)
def test_a_cliff_is_shown_in_money_or_in_the_words_of_its_author(rows: str, jump: str) -> None:
    parameters = "parameter low = 5%\nparameter high = 8%\n"
    assert said(parameters + bonus(f"pay revenue by level {{\n {rows}\n}}")) == [jump]


def test_a_rate_looked_up_for_the_figure_that_it_multiplies_is_a_cliff() -> None:
    assert said(RATES + bonus("pay rates(revenue / quota) of revenue")) == ["at `100%` the pay jumps by `3% of quota`"]
    assert said(RATES + "let rate = rates(revenue / quota)\n" + bonus("pay rate of revenue")) == [
        "at `100%` the pay jumps by `3% of quota`"
    ]
    assert said(RATES + bonus("pay rates(revenue / quota) of target_bonus")) == []


def test_a_step_of_the_same_value_is_no_cliff() -> None:
    assert codes(bonus("pay revenue by level {\n from 0 EUR: 5%\n from 9 EUR: 5%\n}")) == []
    assert codes(bonus("pay revenue by slice {\n from 0 EUR: 5%\n from 9 EUR: 8%\n}")) == []
    assert codes(bonus("pay deals_won by level {\n from 0: 5 EUR\n from 9: 8 EUR\n}")) == []


def test_a_note_belongs_to_the_row_above_it() -> None:
    rows = ["from 0 EUR: 5%", "from 9 EUR: 6%", 'note "meant"', "from 90 EUR: 7%"]
    found = of(bonus("pay revenue by level {\n " + "\n ".join(rows) + "\n}")).diagnostics
    assert [each.message for each in found] == ["at `90 EUR` the pay jumps by 0.9 EUR"]


# ---- debts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (["pay 5% of (revenue - quota)"], ["W415"]),
        (["let net = revenue - quota", "pay 5% of net"], ["W415"]),
        (["pay revenue - 5% of revenue"], []),
        (["pay revenue - min(revenue, quota)"], []),
        (["let third = round(revenue / 3, 0.01 EUR)", "pay revenue - third - third"], []),
        (["pay revenue - 60% of revenue - 60% of revenue"], ["W415"]),
        (["pay max(revenue - quota, 0 EUR)"], []),
        (["pay if revenue > quota then revenue - quota else 0 EUR"], []),
        (["pay if revenue <= quota then 0 EUR else revenue - quota"], []),
        (["pay if revenue > quota then quota - revenue else 0 EUR"], ["W415"]),
        (["pay revenue - quota", "when revenue >= quota"], []),
        (["pay revenue - quota", "floor 0 EUR"], []),
        (["pay revenue - quota", "cap 500 EUR"], ["W415"]),
        (["pay revenue - quota", 'note "Overspending is owed"'], []),
        (["pay (revenue - quota) by slice {\n from 0 EUR: 5%\n}"], ["W415"]),
        (["pay (revenue - quota) by slice {\n from -50 EUR: 0%\n from 0 EUR: 5%\n}"], []),
        (["pay (revenue - quota) by slice {\n from 0 EUR: 0%\n from 9 EUR: 5%\n}"], []),
        (["pay -5 EUR"], ["W415"]),
        (["pay 5% of revenue", "when revenue - quota > 0 EUR"], []),
    ],
)
def test_a_subtraction_needs_a_floor(clauses: list[str], wanted: list[str]) -> None:
    assert codes(bonus(*clauses)) == wanted


def test_a_floor_of_the_settlement_counts_for_all_lines() -> None:
    lines = bonus("pay revenue - quota")
    assert codes(lines + "\nsettlement {\n  add bonus\n  floor 0 EUR\n}") == []
    assert codes(lines + "\nsettlement {\n  add bonus\n}") == ["W415"]


# ---- what data cannot change -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("deals_won >= 0", ["W420"]),
        ("deals_won < 0", ["W420"]),
        ("deals_won > 0", []),
        ("revenue >= 0 EUR", []),
        ("quota > 0 EUR", ["W420"]),
        ("team.quota > 0 EUR", []),
        ("min(revenue / quota, 100%) > 120%", ["W420"]),
        ("revenue > 0 EUR and deals_won >= 0", ["W420"]),
    ],
)
def test_a_condition_that_data_cannot_change_is_told(condition: str, wanted: list[str]) -> None:
    assert codes(bonus("pay 100 EUR", f"when {condition}")) == wanted
    assert codes(f"gate g {{\n require {condition}\n otherwise nothing\n}}") == wanted


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ("min(revenue / quota, 150%)", []),
        ("min(revenue / quota, 120%)", []),
        ("min(revenue / quota, 119%)", ["W402"]),
        ("revenue / quota", []),
    ],
)
def test_a_row_above_the_largest_value_is_told(table: str, wanted: list[str]) -> None:
    rates = "scale rates by slice {\n  from   0%: 5%\n  from 120%: 8%\n}\n"
    assert codes(rates + bonus(f"pay rates({table}) of target_bonus")) == wanted


def test_a_point_beyond_the_largest_value_still_bends_a_curve() -> None:
    curve = "scale curve by curve {\n  at 0%: 0%\n  at 100%: 100%\n  at 200%: 300%\n}\n"
    assert codes(curve.replace("scale curve", "scale c") + bonus("pay c(min(revenue / quota, 150%)) of quota")) == []
    assert codes(curve.replace("scale curve", "scale c") + bonus("pay c(min(revenue / quota, 90%)) of quota")) == [
        "W402"
    ]


# ---- names -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "two", "wanted"),
    [
        ("net", "Net", ["W430"]),
        ("signe", "signé", ["W430"]),
        ("net_pay", "netpay", ["W430"]),
        ("fee_1", "fee_l", ["W430"]),
        ("fee_0", "fee_O", ["W430"]),
        ("fee_1", "fee_2", []),
        ("ilk", "elk", []),
    ],
)
def test_names_that_look_alike_are_told(one: str, two: str, wanted: list[str]) -> None:
    assert codes(f"let {one} = revenue\nlet {two} = quota") == wanted
    assert codes(f"facts visits {{\n  {one}: money\n  {two}: money\n}}") == wanted


@pytest.mark.parametrize("name", ["rеvenue", "νalue"])
def test_letters_of_other_alphabets_that_look_latin_are_refused(name: str) -> None:
    assert "E115" in codes(f"let {name} = 1")


def unused(lines: str) -> list[str]:
    checked = check(around(lines))
    last = lines.count("\n") + 2
    return [
        checked.source.line(each.span.line)[each.span.column - 1 : each.span.end_column - 1]
        for each in checked.diagnostics
        if each.code == "W440" and each.span is not None and each.span.line <= last
    ]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("let a = revenue", ["a"]),
        ("let a = revenue\nlet b = a", ["b"]),
        ("let a = revenue\n" + bonus("pay a"), []),
        ("parameter a = 5%", ["a"]),
        ("scale a by slice {\n  from 0 EUR: 5%\n}", ["a"]),
        ("group a = role is 'x'".replace("'", '"'), ["a"]),
        ("group a = role is 'x'\n".replace("'", '"') + bonus("pay 1 EUR", "when a"), []),
        ("gate a {\n  require deals_won > 2\n  otherwise nothing\n}", ["a"]),
        ("split a {\n  otherwise {\n    100%: owner\n  }\n}", ["a"]),
        ("facts a {\n  who: participant\n}", ["a"]),
        ("facts a {\n  who: participant\n  note 'for next year'\n}".replace("'", '"'), []),
        ("facts people {\n  who: participant\n}", []),
        ("facts a {\n  key id: text\n}\nfacts b {\n  a: a\n}", ["b"]),
        (bonus("let a = quota", "pay revenue"), ["a"]),
        ("let a = revenue\nexample 'e' {\n  expect a = 0 EUR\n}".replace("'", '"'), []),
        ("let a = revenue\nexample 'e' {\n  cases {\n    | a |\n    | 0 EUR |\n  }\n}".replace("'", '"'), []),
        (
            "input a: money per month\nexample 'e' {\n  given a = 1 EUR\n  expect revenue = 0 EUR\n}".replace("'", '"'),
            ["a"],
        ),
    ],
)
def test_a_definition_that_nothing_reads_is_told(lines: str, wanted: list[str]) -> None:
    assert unused(lines) == wanted


# ---- order -----------------------------------------------------------------------------------------------------------
def test_an_unusual_order_of_steps_is_told_unless_a_note_says_that_it_is_meant() -> None:
    steps = ["add bonus", "floor 0 EUR", "draw 100 EUR per month guaranteed"]
    assert codes("settlement {\n  " + "\n  ".join(steps) + "\n}") == ["W450"]
    assert codes("settlement {\n  " + "\n  ".join([*steps, 'note "meant"']) + "\n}") == []
