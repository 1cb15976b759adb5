"""Facts that fill a table one after the other: where each begins, what a rate of its own does, and the order."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.quantities import slice_parts
from incentive.results import Explanation, readd
from tests.unit.engines.test_per_fact import HEAD, Row, data, deal, facts_of

ORDER = "\n  stacked by closed_on, id"
SLICES = "pay each revenue by slice {\n  from 0 EUR: 5%\n  from 100 EUR: 10%\n}"
RATE = 'scale rate by level {\n  from 0%: 1%\n  from 10%: 2%\n  note "whole deals"\n}\n'


def plan(clauses: str, more: str = "") -> incentive.Plan:
    return incentive.parse(HEAD + "component bonus {\n  " + clauses + "\n}\n" + more)


def told(clauses: str, *rows: Row, more: str = "", period: str = "2026-01") -> Explanation:
    run = plan(clauses, more).run(data(*rows), period=period)
    found = run.explain("Ana", "bonus", period)
    assert readd(found)
    line = next(each for each in run.payouts if (each.participant, each.component) == ("Ana", "bonus"))
    assert (None if line.amount is None else Fraction(line.amount.amount)) == found.value
    return found


def each_of(clauses: str, *rows: Row, more: str = "") -> dict[str, object]:
    return {one.rows[0].key: one.value for one in facts_of(told(clauses, *rows, more=more))}


# ---- where a fact lies -----------------------------------------------------------------------------------------------
def test_a_fact_begins_where_the_one_before_it_ended() -> None:
    rows = (deal("b", 80, "2026-01-12"), deal("a", 60, "2026-01-11"), deal("c", 10, "2026-01-13"))
    assert each_of(SLICES + ORDER, *rows) == {"a": 3, "b": 6, "c": 1}


def test_on_one_day_the_key_decides() -> None:
    assert each_of(SLICES + ORDER, deal("b", 100), deal("a", 100)) == {"a": 5, "b": 10}


def test_a_return_gives_its_slice_back() -> None:
    assert each_of(SLICES + ORDER, deal("a", 120), deal("b", -40), deal("c", 40)) == {"a": 7, "b": -3, "c": 3}


def test_a_level_is_that_of_the_end_for_the_whole_fact() -> None:
    clause = 'pay each revenue by level {\n  from 0 EUR: 5%\n  from 100 EUR: 10%\n  note "whole"\n}' + ORDER
    assert each_of(clause, deal("a", 60), deal("b", 60), deal("c", 60)) == {"a": 3, "b": 6, "c": 6}


def test_every_level_and_curve_are_read_at_the_end() -> None:
    every = 'pay each revenue by every level {\n  from 0 EUR: 5%\n  from 100 EUR: 10%\n  note "whole"\n}' + ORDER
    assert each_of(every, deal("a", 60), deal("b", 60)) == {"a": 3, "b": 9}
    curve = "pay each revenue by curve {\n  at 0 EUR: 0%\n  at 200 EUR: 20%\n}" + ORDER
    assert each_of(curve, deal("a", 60), deal("b", 60)) == {"a": Fraction(18, 5), "b": Fraction(36, 5)}


def test_a_table_is_asked_where_the_fact_ends() -> None:
    clause = "accumulate over year\n  pay each rate(revenue / quota if missing 0%) of revenue" + ORDER
    assert each_of(clause, deal("a", 90), deal("b", 20), more=RATE) == {"a": Fraction("0.9"), "b": Fraction("0.4")}


def test_a_named_table_of_slices_is_filled_too() -> None:
    more = "scale cut by slice {\n  from 0 EUR: 5%\n  from 100 EUR: 10%\n}\n"
    assert each_of("pay each cut(revenue)" + ORDER, deal("a", 60), deal("b", 80), more=more) == {"a": 3, "b": 6}


def test_a_decision_table_on_the_total_and_a_field() -> None:
    more = (
        (
            'table grid {\n  | reached | region | rate |\n  | from 0 EUR | "N" | 1% |\n  | from 0 EUR | any | 2% |\n'
            '  | from 100 EUR | "N" | 3% |\n  | from 100 EUR | any | 4% |\n}\n'
        )
        .replace("table grid", "table grid first")
        .replace("| from 0 EUR | any", "| from 0 EUR | any")
    )
    clause = "pay each grid(revenue, deals.region) of revenue" + ORDER
    rows = (deal("a", 60), deal("b", 60, region="S"), deal("c", 100, region="N"))
    assert each_of(clause, *rows, more=more) == {"a": Fraction("0.6"), "b": Fraction("2.4"), "c": 3}


def test_the_rate_may_be_that_of_the_fact() -> None:
    clause = (
        'pay each revenue by slice {\n  from 0 EUR: if region is "N" then 10% else base\n  from 100 EUR: 20%\n}' + ORDER
    )
    rows = (
        deal("a", 50, "2026-01-10", region="S"),
        deal("b", 30, "2026-01-11"),
        deal("c", 40, "2026-01-20", region="S"),
    )
    assert each_of(clause, *rows) == {"a": Fraction("0.5"), "b": 3, "c": Fraction("4.4")}


def test_a_fact_fills_the_table_also_where_it_is_not_paid_from_it() -> None:
    clause = (
        'pay each if region is "N" then revenue by slice {\n  from 0 EUR: 5%\n  from 100 EUR: 10%\n} else 0 EUR' + ORDER
    )
    assert each_of(clause, deal("a", 100, region="S"), deal("b", 10)) == {"a": 0, "b": 1}


def test_shares_fill_as_far_as_they_are_credited() -> None:
    assert each_of(SLICES + ORDER, deal("a", 120, helper="Bob"), deal("b", 40)) == {"a": 4, "b": 3}


def test_a_table_in_what_another_table_cuts() -> None:
    clause = (
        "let low = revenue by slice {\n    from 0 EUR: 100%\n    from 100 EUR: 0%\n  }\n"
        "  let high = (revenue - low) by slice {\n    from 0 EUR: 10%\n    from 50 EUR: 20%\n  }\n"
        "  pay each 1% of low + high" + ORDER + '\n  note "may be negative"'
    )
    assert each_of(clause, deal("a", 80), deal("b", 80), deal("c", 10)) == {
        "a": Fraction("0.8"), "b": Fraction("7.2"), "c": 2
    }  # fmt: skip


def test_over_the_year_the_stack_goes_on_from_month_to_month() -> None:
    clauses = "accumulate over year\n  " + SLICES + ORDER
    rows = (deal("a", 80), deal("b", 40, "2026-02-02"))
    assert told(clauses, *rows).value == 4
    assert told(clauses, *rows, period="2026-02").value == 3


def test_what_a_fact_earned_is_released_exactly() -> None:
    more = "settlement {\n  add bonus\n  release bonus {\n    100%: paid_on\n  }\n}\n"
    clauses = "accumulate over year\n  " + SLICES + ORDER
    rows = (deal("a", 80), deal("b", 40, "2026-02-02"), deal("c", 60, "2026-02-03", paid_on="2026-02-20"))
    run = plan(clauses, more).run(data(*rows), since="2026-01", until="2026-02")
    paid = [each.results["paid"].amount for each in run.settlements if each.participant == "Ana"]
    assert [each and each.amount for each in paid] == [0, 6]


# ---- the order -------------------------------------------------------------------------------------------------------
def test_words_follow_the_order_in_which_they_are_listed() -> None:
    order = "\n  stacked by stage, id"
    assert each_of(SLICES + order, deal("a", 100), deal("b", 100, stage="open")) == {"b": 5, "a": 10}


def test_a_fact_gets_the_amount_of_the_row_that_it_ends_in() -> None:
    amounts = "pay each revenue by level {\n  from 0 EUR: 5 EUR\n  from 100 EUR: 8 EUR\n}"
    assert each_of(amounts + ORDER, deal("a", 60), deal("b", 60)) == {"a": 5, "b": 8}


def test_a_fact_without_its_place_is_named() -> None:
    run = plan(SLICES + "\n  stacked by paid_on, id").run(data(deal("a", 1), deal("b", 1)), period="2026-01")
    found = next(each for each in run.payouts if each.participant == "Ana")
    assert [(each.code, each.place and each.place.key) for each in found.reasons] == [("P208", "a")]


def test_after_a_missing_figure_no_place_is_known() -> None:
    clauses = (
        "pay each (if paid_on is missing then 1 EUR else (deals.margin + revenue) by slice {\n  from 0 EUR: 5%\n})"
    )
    rows = (
        deal("a", 1, margin="1", paid_on="2026-01-02"),
        deal("b", 1),
        deal("c", 1, margin="1", paid_on="2026-01-03"),
    )
    run = plan(clauses + ORDER).run(data(*rows), period="2026-01")
    found = next(each for each in run.payouts if each.participant == "Ana")
    assert [(each.code, each.place and each.place.key) for each in found.reasons] == [("P208", "b")]
    assert {one.rows[0].key: one.value for one in facts_of(run.explain("Ana", "bonus", "2026-01"))} == {
        "a": Fraction("0.1"), "b": 1, "c": None
    }  # fmt: skip


def test_definitions_that_double_each_other_take_no_longer() -> None:
    doubled = "".join(f"let d{at} = d{at - 1} + d{at - 1}\n" for at in range(1, 40))
    clause = "pay each (d39 / 549 755 813 888) by slice {\n  from 0 EUR: 5%\n}" + ORDER
    assert each_of(clause, deal("a", 60), more="let d0 = revenue\n" + doubled) == {"a": 3}


# ---- explanations ----------------------------------------------------------------------------------------------------
def test_an_explanation_says_where_a_fact_lies() -> None:
    text = str(told(SLICES + ORDER, deal("a", 60), deal("b", 80)))
    assert "stacked from 60.00 EUR to 140.00 EUR" in text


def test_a_fact_that_begins_elsewhere_is_noticed() -> None:
    clause = 'pay each revenue by slice {\n  from 0 EUR: if region is "N" then 5% else 0%\n}' + ORDER
    found = told(clause, deal("a", 60), deal("b", 30, region="S"), deal("c", 60))

    def without_b(each: Explanation) -> Explanation:
        if each.kind == "Each":
            return evolve(each, children=(each.children[0], each.children[2]))
        return evolve(each, children=tuple(map(without_b, each.children)))

    assert not readd(without_b(found))  # what `b` gave is 0, but `c` does not begin where `a` ended


# ---- laws ------------------------------------------------------------------------------------------------------------
AMOUNTS = st.lists(st.integers(-50, 150), min_size=1, max_size=6)


@given(AMOUNTS, st.integers(0, 2**30))
@settings(max_examples=30, deadline=None)
def test_with_a_total_order_the_order_of_rows_changes_nothing(amounts: list[int], seed: int) -> None:
    rows = [deal(f"d{at}", amount, f"2026-01-{10 + amount % 3}") for at, amount in enumerate(amounts)]
    clause = (
        'pay each revenue by slice {\n  from 0 EUR: if region is "N" then 5% else 4%\n  from 100 EUR: 10%\n}' + ORDER
    )
    mixed = Random(seed).sample(rows, len(rows))
    assert each_of(clause, *rows) == each_of(clause, *mixed)


@given(AMOUNTS)
@settings(max_examples=30, deadline=None)
def test_at_the_rates_of_the_table_the_facts_add_up_to_the_slices_of_the_whole(amounts: list[int]) -> None:
    rows = [deal(f"d{at}", amount) for at, amount in enumerate(amounts)]
    low, high = slice_parts(sum(amounts), [(0, True), (100, True)])
    assert told(SLICES + ORDER, *rows).value == Fraction(low, 20) + Fraction(high, 10)


@given(AMOUNTS, st.integers(0, 5))
@settings(max_examples=30, deadline=None)
def test_a_deal_in_two_parts_fills_the_table_alike(amounts: list[int], which: int) -> None:
    rows = [deal(f"d{at}", amount) for at, amount in enumerate(amounts)]
    at = which % len(rows)
    half = amounts[at] // 2
    parts = [deal(f"d{at}", half), deal(f"d{at}x", amounts[at] - half)]
    split = rows[:at] + parts + rows[at + 1 :]
    assert told(SLICES + ORDER, *rows).value == told(SLICES + ORDER, *split).value


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_plan_says_its_order(language: str) -> None:
    made = plan(SLICES + ORDER).tree
    word = {"en": "stacked by closed_on, id", "fr": "empilé par closed_on, id"}[language]
    assert word in incentive.tree.show_plan(made, language)  # type: ignore[arg-type]
