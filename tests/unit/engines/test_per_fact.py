"""Pay of each fact alone: what a name means for one row, the exact sum, limits of each, and whose rows a line is."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import Explanation, readd

HEAD = """incentive 1 en
plan "Deals" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id:    text
  owner:     participant
  helper:    participant optional
  amount:    money
  margin:    money optional
  region:    text
  stage:     one of open, won
  closed_on: date
  paid_on:   date optional
}
facts people {
  who:  participant
  role: text optional
}
input quota: money per participant per year
parameter base {
  from 2026-01-01: 1%
  from 2026-01-16: 2%
}
split pair {
  when helper is not missing {
    1/3: helper
    2/3: owner
  }
  otherwise {
    100%: owner
  }
}
measure revenue {
  sum   deals.amount
  dated closed_on
  split pair
  show  region
}
measure won {
  count deals
  where stage is won
  dated closed_on
  split pair
}
measure sold {
  sum   deals.amount
  dated closed_on
}
"""
Row = dict[str, str]


def deal(key: str, amount: object, day: str = "2026-01-10", **more: str) -> Row:
    made = {"id": key, "owner": "Ana", "amount": str(amount), "region": "N", "stage": "won", "closed_on": day}
    return made | more


def data(*rows: Row, **people: str) -> incentive.Dataset:
    known = {"Ana": "", "Bob": ""} | people
    return incentive.Dataset.from_rows(
        tables={"deals": rows},
        people=[{"who": who, "role": role or None} for who, role in known.items()],
        inputs={"quota": {("Ana", "2026"): 1000, ("Bob", "2026"): 500}},
    )


def plan(clauses: str, more: str = "") -> incentive.Plan:
    return incentive.parse(HEAD + "component bonus {\n  " + clauses + "\n}\n" + more)


def ran(clauses: str, *rows: Row, period: str = "2026-01", more: str = "", **people: str) -> incentive.Payout:
    run = plan(clauses, more).run(data(*rows, **people), period=period)
    return next(each for each in run.payouts if each.participant == "Ana" and each.component == "bonus")


def paid(clauses: str, *rows: Row, period: str = "2026-01", more: str = "") -> Fraction:
    amount = ran(clauses, *rows, period=period, more=more).amount
    assert amount is not None
    return Fraction(amount.amount)


LEVELS = 'pay each revenue by level {\n  from 0 EUR: 2%\n  from 100 EUR: 4%\n  note "by size"\n}'
TWO = (deal("a", 80), deal("b", 150))


# ---- the sum ---------------------------------------------------------------------------------------------------------
def test_each_row_goes_through_the_table_alone() -> None:
    assert paid(LEVELS, *TWO) == Fraction("7.60")


def test_the_sum_is_rounded_once() -> None:
    assert paid("pay each 1/3 of revenue", deal("a", "0.01"), deal("b", "0.01"), deal("c", "0.01")) == Fraction("0.01")


def test_without_a_row_nothing_is_due() -> None:
    assert ran(LEVELS).status == "zero"


def test_a_measure_is_the_part_that_is_credited() -> None:
    assert paid(LEVELS, deal("a", 120, helper="Bob")) == Fraction("1.60")  # 80 of it, and 80 earns 2 %


def test_a_count_is_the_share() -> None:
    assert paid("pay each 30 EUR per won", deal("a", 1, helper="Bob"), deal("b", 1, stage="open")) == 20


def test_a_row_that_counts_in_one_measure_counts_0_in_the_other() -> None:
    clause = "pay each 1% of revenue + 5 EUR per won"
    assert paid(clause, deal("a", 100), deal("b", 100, stage="open")) == 7


def test_a_measure_of_the_company_is_whole_for_everybody() -> None:
    assert paid("pay each 1% of sold", deal("a", 100, owner="Bob")) == 1


def test_fields_of_the_row_are_in_scope() -> None:
    clause = 'pay each if region is "N" then 5% of revenue else 1% of revenue'
    assert paid(clause, deal("a", 100), deal("b", 100, region="S")) == 6
    part = "pay each (deals.margin if missing 0 EUR) * (revenue / deals.amount if missing 0%)"
    assert paid(part, deal("a", 90, margin="30", helper="Bob")) == 20


def test_a_name_of_the_plan_goes_before_a_field_of_the_same_name() -> None:
    more = "measure margin {\n  sum   deals.amount\n  dated closed_on\n  split pair\n}\n"
    assert paid("pay each 10% of margin", deal("a", 90, margin="30", helper="Bob"), more=more) == 6


def test_a_parameter_takes_its_value_on_the_day_of_the_row() -> None:
    assert paid("pay each base of revenue", deal("a", 100, "2026-01-15"), deal("b", 100, "2026-01-16")) == 3


def test_a_named_day_goes_before_that_of_the_row() -> None:
    assert paid("pay each (base dated 2026-01-31) of revenue", deal("a", 100, "2026-01-15")) == 2


def test_figures_that_are_not_of_the_row_are_those_of_the_period() -> None:
    clause = "pay each (revenue over month / quota if missing 0%) of revenue"
    with_year = clause.replace("over month", "over year to date")
    rows = (deal("a", 100), deal("b", 300))
    assert paid(with_year, *rows) == 160  # 400 / 1 000 of 100 and of 300


def test_a_definition_means_what_it_says_for_the_row() -> None:
    more = "let net = revenue - 10 EUR\nlet fee = 2 * base\nlet rate = fee\n"
    assert paid("pay each rate of net", *(deal(key, 110) for key in "ab"), more=more) == 4


def test_a_definition_that_says_nothing_of_the_row_is_that_of_the_period() -> None:
    more = "let attained = revenue over year to date / 1 000 EUR\ncomponent other {\n  pay attained * 1 EUR\n}\n"
    assert paid("let here = attained\n  pay each here of revenue", deal("a", 100), deal("b", 300), more=more) == 160


def test_to_date_every_row_of_the_window_counts_and_the_line_is_the_increase() -> None:
    clauses = f"accumulate over year\n  {LEVELS}"
    rows = (deal("a", 80), deal("b", 150, "2026-02-03"))
    assert paid(clauses, *rows) == Fraction("1.60")
    assert paid(clauses, *rows, period="2026-02") == 6


# ---- limits ----------------------------------------------------------------------------------------------------------
def test_limits_of_each_act_before_the_sum_in_their_order() -> None:
    rows = (deal("a", 10), deal("b", 50), deal("c", 1000))
    assert paid("pay each 10% of revenue\n  cap 50 EUR each\n  floor 2 EUR each", *rows) == 57
    assert paid("pay each 10% of revenue\n  cap 50 EUR each\n  floor 2 EUR each\n  cap 30 EUR", *rows) == 30
    more = "parameter least = 20 EUR\n"  # in figures, nothing is at least 20 EUR and at most 10 EUR
    assert paid("pay each 10% of revenue\n  floor least each\n  cap 10 EUR each", *rows, more=more) == 30


def test_a_limit_of_each_reads_the_row() -> None:
    clause = 'pay each 10% of revenue\n  cap if region is "N" then 3 EUR else 10% of quota each'
    assert paid(clause, deal("a", 100), deal("b", 5000, region="S")) == 103


def test_a_company_pool_of_each_is_divided() -> None:
    more = "component other {\n  pay each 10% of sold shared equally among company\n}\n"
    run = plan("pay 0% of revenue", more).run(data(deal("a", 100), deal("b", 50)), period="2026-01")
    assert [each.amount.amount for each in run.payouts if each.component == "other" and each.amount] == [
        Fraction("7.50"),
        Fraction("7.50"),
    ]


# ---- what is missing -------------------------------------------------------------------------------------------------
def test_a_missing_field_makes_the_line_pending_and_names_the_row() -> None:
    found = ran("pay each min(revenue, deals.margin)", deal("a", 5, margin="1"), deal("b", 5), deal("c", 5))
    assert found.status == "pending"
    assert [(each.code, each.place and each.place.key) for each in found.reasons] == [("P208", "b")]


def test_a_division_by_nothing_names_the_row() -> None:
    found = ran("pay each (revenue if missing 0 EUR) * (deals.amount / deals.amount if missing 1)", deal("a", 0))
    assert found.status == "zero"


def test_a_missing_input_is_said_once() -> None:
    run = plan("pay each min(revenue, quota)").run(
        incentive.Dataset.from_rows(tables={"deals": [*TWO]}, people=[{"who": "Ana"}], inputs={"quota": {}}),
        period="2026-01",
    )
    assert [each.code for each in run.payouts[0].reasons] == ["P201"]


def test_of_figures_alone_what_each_row_gives_is_not_known() -> None:
    found = plan(LEVELS).pay("2026-01", revenue=100)["bonus"]
    assert [each.code for each in found.reasons] == ["P250"]


# ---- explanations ----------------------------------------------------------------------------------------------------
def explained(clauses: str, *rows: Row, more: str = "") -> Explanation:
    return plan(clauses, more).run(data(*rows), period="2026-01").explain("Ana", "bonus", "2026-01")


def facts_of(each: Explanation) -> list[Explanation]:
    return [each] if each.kind == "Fact" else [found for child in each.children for found in facts_of(child)]


def test_every_row_is_a_line_of_the_explanation() -> None:
    found = explained(LEVELS + "\n  cap 5 EUR each", deal("b", 150), deal("a", 80), deal("z", 0))
    assert readd(found)
    told = facts_of(found)
    assert [(each.rows[0].key, each.value) for each in told] == [("a", Fraction("1.60")), ("b", 5), ("z", 0)]
    assert "b (deals:1)" in str(found)
    assert "3 rows, each computed alone" in str(found)


def test_what_a_row_credited_is_told_in_the_unit_of_its_measure() -> None:
    told = str(explained("pay each 30 EUR per won", deal("a", 100, helper="Bob")))
    assert "a (deals:1) = 20.00 EUR" in told
    assert "won = 0.666666666666… deals" in told
    assert "0.666666666666… EUR" not in told


def test_a_long_explanation_shows_some_rows_and_adds_the_others() -> None:
    found = explained("pay each 10% of revenue", *(deal(f"d{at:03}", 100) for at in range(30)))
    assert readd(found)
    assert len(facts_of(found)) == 30
    assert "and 10 more rows, 100.00 EUR in all" in str(found)


def test_a_changed_figure_is_noticed() -> None:
    found = explained(LEVELS, *TWO)

    def bent(each: Explanation) -> Explanation:
        if each.kind == "Each":
            return evolve(each, children=each.children[:1])
        return evolve(each, children=tuple(map(bent, each.children)))

    assert not readd(bent(found))


# ---- whose rows ------------------------------------------------------------------------------------------------------
def test_a_release_waits_for_what_each_row_earned() -> None:
    more = "settlement {\n  add bonus\n  release bonus {\n    100%: paid_on\n  }\n}\n"
    rows = (deal("a", 80, paid_on="2026-01-20"), deal("b", 150))
    settled = plan(LEVELS, more).run(data(*rows), period="2026-01").settlements[0]
    assert {name: each.amount and each.amount.amount for name, each in settled.results.items()} == {
        "earned": Fraction("7.60"),
        "payable": Fraction("1.60"),
        "paid": Fraction("1.60"),
        "held": 6,
    }


@pytest.mark.parametrize("over", ["", "accumulate over year\n  "])
def test_a_clawback_as_paid_takes_what_the_row_earned(over: str) -> None:
    more = (
        "settlement {\n  add bonus\n"
        "  clawback 100% of bonus on paid_on when paid_on within 90 days of closed_on, as paid\n}\n"
    )
    rows = (deal("a", 80, paid_on="2026-02-20"), deal("b", 150))
    run = plan(over + LEVELS, more).run(data(*rows), since="2026-01", until="2026-02")
    by_name = [each.results["paid"].amount for each in run.settlements if each.participant == "Ana"]
    assert [each and each.amount for each in by_name] == [Fraction("7.60"), Fraction("-1.60")]


# ---- laws ------------------------------------------------------------------------------------------------------------
AMOUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=6)


@given(AMOUNTS, st.integers(0, 2**30))
@settings(max_examples=40, deadline=None)
def test_the_order_of_rows_changes_nothing(amounts: list[int], seed: int) -> None:
    rows = [deal(f"d{at}", amount) for at, amount in enumerate(amounts)]
    mixed = Random(seed).sample(rows, len(rows))
    assert paid(LEVELS, *rows) == paid(LEVELS, *mixed)


@given(AMOUNTS)
@settings(max_examples=40, deadline=None)
def test_at_one_rate_each_and_all_are_the_same(amounts: list[int]) -> None:
    rows = [deal(f"d{at}", amount, helper="Bob" if at % 2 else "") for at, amount in enumerate(amounts)]
    assert paid("pay each 7.35% of revenue", *rows) == paid("pay 7.35% of revenue", *rows)


@given(AMOUNTS, st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_a_deal_in_two_halves_differs_only_through_a_table(amounts: list[int], which: int) -> None:
    rows = [deal(f"d{at}", amount) for at, amount in enumerate(amounts)]
    at = which % len(rows)
    half = Fraction(amounts[at], 2)
    halves = [deal("x", float(half)), deal("y", float(half))]
    split = rows[:at] + halves + rows[at + 1 :]
    assert paid("pay each 5% of revenue", *rows) == paid("pay each 5% of revenue", *split)
    through_the_table = amounts[at] >= 100 > half
    assert (paid(LEVELS, *rows) != paid(LEVELS, *split)) is through_the_table


@given(AMOUNTS, st.integers(1, 20))
@settings(max_examples=40, deadline=None)
def test_a_cap_of_each_keeps_every_row_below_it(amounts: list[int], cap: int) -> None:
    rows = [deal(f"d{at}", amount) for at, amount in enumerate(amounts)]
    found = explained(f"pay each 10% of revenue\n  cap {cap} EUR each", *rows)
    told = [each.value for each in facts_of(found)]
    assert all(isinstance(each, int | Fraction) and each <= cap for each in told)
    assert paid(f"pay each 10% of revenue\n  cap {cap} EUR each", *rows) <= paid("pay each 10% of revenue", *rows)
