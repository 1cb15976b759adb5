"""What each clause of an example means, by examples that hold and examples that do not."""

from fractions import Fraction
from pathlib import Path

import pytest

import incentive
from incentive.testing import example_text, run_examples
from tests.unit.testing.plans import MONTHLY, passes, run, wrong

PLANS = Path(__file__).parents[2] / "plans"


@pytest.mark.parametrize("name", ["a_en", "b_en", "c_en", "c_fr", "d_en", "d_fr", "e_en", "e_fr"])
def test_the_examples_of_the_sample_plans_pass(name: str) -> None:
    results = run_examples(incentive.load(PLANS / f"{name}.plan"))
    assert results
    assert all(each.passed for each in results)
    assert all(each.checks for each in results)


@pytest.mark.parametrize(
    ("name", "right", "planted", "difference"),
    [
        ("a_en", "39 600 EUR", "39 601 EUR", -1),
        ("a_en", "24 200 EUR", "24 199.99 EUR", Fraction(1, 100)),
        ("b_en", "total          = 4 000 EUR", "total = 3 000 EUR", 1000),
        ("c_fr", "3 300,00 EUR", "3 300,50 EUR", Fraction(-1, 2)),
    ],
)
def test_a_planted_mistake_is_found_with_its_difference(
    name: str, right: str, planted: str, difference: Fraction
) -> None:
    text = (PLANS / f"{name}.plan").read_text(encoding="utf-8")
    assert right in text
    plan = incentive.parse(text.replace(right, planted))
    failed = [check for each in run_examples(plan) for check in each.checks if not check.passed]
    assert [check.difference for check in failed] == [difference]
    assert failed[0].explanation is not None
    assert failed[0].explanation.value == failed[0].actual


# ---- figures ---------------------------------------------------------------------------------------------------------
def test_the_period_is_the_first_of_the_plan_unless_on_says_another() -> None:
    clauses = "given revenue = 50 EUR\n  expect revenue = 50 EUR\n"
    (first,), (march,) = (run(f'example "a" {{\n  {on}\n  {clauses}}}')[0].checks for on in ('note "x"', "on 2026-03"))
    assert (first.period, march.period) == ("2026-01", "2026-03")
    assert first.passed
    assert march.passed


def test_a_measure_is_nothing_in_other_periods_and_wider_windows_add_up() -> None:
    assert passes('example "a" {\n  on 2026-03\n  given revenue = 50 EUR\n  expect bonus = 0.50 EUR\n}')
    assert passes('example "a" {\n  on 2026-03\n  given revenue = 50 EUR\n  expect commission = 5 EUR\n}')


def test_a_window_is_given_beside_the_period_and_what_lies_before_follows() -> None:
    clauses = "on 2026-03\n  given revenue = 50 EUR\n  given revenue over year to date = 300 EUR\n"
    assert passes(f'example "a" {{\n  {clauses}  expect bonus = 3 EUR\n  expect commission = 5 EUR\n}}')


def test_what_a_window_alone_does_not_settle_is_pending() -> None:
    clauses = "on 2026-03\n  given revenue over year to date = 300 EUR\n"
    assert passes(f'example "a" {{\n  {clauses}  expect bonus = 3 EUR\n  expect commission is pending\n}}')


def test_figures_that_contradict_each_other_are_pending_for_that_reason() -> None:
    (result,) = run(
        'example "a" {\n  on 2026-01\n  given revenue = 50 EUR\n  given revenue over year to date = 60 EUR\n'
        "  expect bonus = 0.60 EUR\n}"
    )
    assert [each.code for each in result.checks[0].reasons] == ["P212"]


def test_an_input_is_given_for_its_own_period() -> None:
    clauses = "on 2026-03\n  given revenue = 50 EUR\n  given quota = 100 EUR\n"
    assert passes(f'example "a" {{\n  {clauses}  expect reached = 50%\n  expect quota = 100 EUR\n}}')


def test_what_is_missing_or_not_given_makes_a_figure_pending() -> None:
    assert passes('example "a" {\n  given revenue = missing\n  expect commission is pending\n}')
    assert passes('example "a" {\n  expect commission is pending\n}')
    assert wrong('example "a" {\n  given revenue = missing\n  expect bonus = 0 EUR\n}') == [("bonus", 0, None)]
    assert wrong('example "a" {\n  given revenue = 0 EUR\n  expect bonus is pending\n}') == [("bonus", None, 0)]


def test_figures_of_groups_and_of_the_company_are_given_by_name() -> None:
    assert passes('example "a" {\n  given team.revenue = 900 EUR\n  expect shared = 9 EUR\n}')
    assert passes('example "a" {\n  given turnover = 7 EUR\n  expect turnover = 7 EUR\n}')
    assert passes('example "a" {\n  given team.revenue = 900 EUR\n  expect team.revenue = 900 EUR\n}')


def test_lines_totals_definitions_measures_and_parameters_can_be_expected() -> None:
    assert passes(
        'example "a" {\n  given revenue = 200 EUR\n  given quota = 600 EUR\n  given largest = 200 EUR\n'
        "  expect total = 22 EUR\n  expect reached = 1/3\n  expect big = true\n  expect fee = 40 EUR\n"
        "  expect largest = 200 EUR\n}"
    )


def test_lines_are_compared_rounded_and_the_rest_exactly() -> None:
    clauses = "given revenue = 1.01 EUR\n  given quota = 3 EUR\n"
    assert passes(f'example "a" {{\n  {clauses}  expect commission = 0.10 EUR\n}}')
    assert [what for what, _, _ in wrong(f'example "a" {{\n  {clauses}  expect reached = 33.67%\n}}')] == ["reached"]


def test_a_choice_is_given_by_its_word() -> None:
    assert passes('example "a" {\n  given area = north\n  expect area = north\n}')
    assert wrong('example "a" {\n  given area = north\n  expect area = south\n}') == [("area", "south", "north")]


def test_people_who_are_named_have_their_figures_apart() -> None:
    assert passes(
        'example "a" {\n  given quota = 100 EUR\n  given revenue for "Ana" = 50 EUR\n'
        '  given revenue for "Bob" = 20 EUR\n'
        '  given quota for "Bob" = 200 EUR\n  expect reached for "Ana" = 50%\n  expect reached for "Bob" = 10%\n}'
    )


# ---- cases and timelines ---------------------------------------------------------------------------------------------
def test_cases_know_nothing_of_each_other() -> None:
    assert passes(
        'example "a" {\n  on 2026-02\n  given quota = 100 EUR\n  cases {\n    | revenue | commission | reached |\n'
        "    | 10 EUR  | 1 EUR      | 10%     |\n    | 30 EUR  | 3 EUR      | 30%     |\n"
        "  }\n}"
    )


def test_a_missing_cell_is_a_missing_figure_or_a_pending_one() -> None:
    assert passes('example "a" {\n  cases {\n    | revenue | bonus   |\n    | missing | missing |\n  }\n}')


def test_a_column_says_more_than_the_clause_beside_it() -> None:
    assert passes(
        'example "a" {\n  given revenue = 10 EUR\n  cases {\n    | revenue | bonus  |\n    | 200 EUR | 2 EUR |\n  }\n}'
    )


def test_an_expectation_beside_cases_holds_in_each() -> None:
    found = wrong(
        'example "a" {\n  cases {\n    | revenue |\n    | 10 EUR  |\n    | 20 EUR  |\n  }\n'
        "  expect commission = 1 EUR\n}"
    )
    assert found == [("commission", 1, 2)]


def test_the_rows_of_a_timeline_follow_each_other_and_add_up() -> None:
    assert passes(
        'example "a" {\n  given quota = 1 000 EUR\n  timeline {\n'
        "    | month   | revenue | commission | bonus  | reached |\n"
        "    | 2026-02 | 100 EUR | 10 EUR     | 1 EUR  | 10%     |\n"
        "    | 2026-03 | 200 EUR | 20 EUR     | 3 EUR  | 30%     |\n"
        "    | 2026-04 | 0 EUR   | 0 EUR      | 3 EUR  | 30%     |\n  }\n}"
    )


def test_an_input_of_a_timeline_is_given_row_by_row() -> None:
    plan = MONTHLY + "let due = target over quarter\n"
    assert passes(
        'example "a" {\n  timeline {\n    | month   | target |\n    | 2026-01 | 1 EUR  |\n    | 2026-02 | 2 EUR  |\n'
        "    | 2026-03 | 4 EUR  |\n  }\n  expect due = 7 EUR\n}",
        plan,
    )


# ---- rows ------------------------------------------------------------------------------------------------------------
DEALS = """given deals {
    | owner | amount  | stage | closed_on  |
    | "Ana" | 100 EUR | won   | 2026-01-10 |
    | "Ana" | 200 EUR | open  | 2026-01-10 |
    | "Bob" | 300 EUR | won   | 2026-02-28 |
  }
"""


def test_rows_are_measured_as_the_plan_says() -> None:
    assert passes(
        f'example "a" {{\n  {DEALS}  on 2026-02\n  expect revenue for "Bob" = 300 EUR\n'
        '  expect revenue for "Ana" = 0 EUR\n  expect bonus for "Ana" = 1 EUR\n  expect turnover = 300 EUR\n}'
    )


def test_the_one_person_of_an_example_needs_no_name() -> None:
    rows = DEALS.replace('"Bob"', '"Ana"')
    assert passes(f'example "a" {{\n  {rows}  expect revenue = 100 EUR\n  expect early = 0\n}}')


def test_a_column_left_out_is_missing_even_where_real_data_must_have_it() -> None:
    assert passes(
        'example "a" {\n  given deals {\n    | owner | closed_on |\n    | "Ana" | 2026-01-10 |\n  }\n'
        "  expect revenue = 0 EUR\n  expect turnover is pending\n}"
    )


def test_inputs_beside_rows_are_everybodys_or_one_persons() -> None:
    assert passes(
        f'example "a" {{\n  {DEALS}  given quota = 1 000 EUR\n  given quota for "Bob" = 600 EUR\n  given uplift = 5%\n'
        '  on 2026-02\n  expect reached for "Ana" = 10%\n  expect reached for "Bob" = 50%\n  expect uplift = 5%\n}'
    )


def test_rows_refer_to_each_other_by_their_keys() -> None:
    assert passes(
        'example "a" {\n  given regions {\n    | code | fee   |\n    | "N"  | 7 EUR |\n  }\n  given deals {\n'
        '    | owner | region | closed_on  |\n    | "Ana" | "N"    | 2026-01-10 |\n  }\n  expect fees = 7 EUR\n}'
    )


def test_a_time_stamp_is_a_text_in_the_plans_zone() -> None:
    assert passes(
        'example "a" {\n  given deals {\n    | owner | signed_at          | closed_on  |\n'
        '    | "Ana" | "2026-01-10T09:00" | 2026-01-10 |\n  }\n  expect early = 1\n}'
    )


def test_what_is_not_known_of_people_is_pending_until_rows_say_it() -> None:
    assert passes(
        f'example "a" {{\n  {DEALS}  expect seniors.revenue is pending\n  expect shared for "Ana" = 0 EUR\n}}'
    )
    people = (
        'given people {\n    | who   | grade  | team |\n    | "Ana" | senior | "A"  |\n'
        '    | "Bob" | junior | "B"  |\n  }\n'
    )
    assert passes(
        f'example "a" {{\n  {DEALS}  {people}  expect seniors.revenue = 100 EUR\n  expect shared for "Ana" = 1 EUR\n}}'
    )


def test_rows_that_cannot_be_read_fail_the_example_with_their_findings() -> None:
    (result,) = run(f'example "a" {{\n  {DEALS}  given quota = 0 EUR\n  expect revenue for "Ana" = 100 EUR\n}}')
    assert not result.passed
    assert result.problems
    assert "quota" in example_text(result, incentive.parse(MONTHLY).source)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ('| who - grade | team |\n    | "Ana" | "A" |', "E264"),
        ('| who   | grade  |\n    | "Ana" |', "E265"),
        ('| who   | height |\n    | "Ana" | 2      |', "E201"),
        ('| who   | grade |\n    | "Ana" | chief |', "E200"),
        ("| who |\n    | 2026-01-01 |", "E310"),
    ],
)
def test_rows_of_people_are_checked_as_other_rows_are(people: str, code: str) -> None:
    example = f'example "a" {{\n  given people {{\n    {people}\n  }}\n  expect fee = 40 EUR\n}}'
    assert code in {each.code for each in incentive.check(MONTHLY + example)}


# ---- what an example leaves alone ------------------------------------------------------------------------------------
def test_an_example_changes_neither_the_fingerprint_nor_what_a_plan_requires() -> None:
    clauses = "given revenue = 50 EUR\n  given reports.revenue = 5 EUR\n  expect big = false\n"
    plain, told = incentive.parse(MONTHLY), incentive.parse(f'{MONTHLY}example "a" {{\n  {clauses}}}')
    assert told.tree.examples
    assert told.fingerprint == plain.fingerprint
    assert told.requires() == plain.requires()


def test_a_definition_that_only_an_example_reads_is_the_examples_own() -> None:
    plan = MONTHLY.replace("pay 10% of revenue", "pay half")
    plan = plan.replace("component commission", "let half = 50% of revenue\n\ncomponent commission")
    example = 'example "a" {\n  given revenue = 50 EUR\n  expect half = 25 EUR\n}'
    told = incentive.parse(plan + example)
    assert told.fingerprint == incentive.parse(plan).fingerprint
    assert [each.name for each in told.tree.examples[0].definitions] == ["half"]
    assert passes(example, plan)
    kept = incentive.tree.from_json(incentive.tree.to_json(told.tree))
    assert kept == told.tree


def test_an_example_in_french_reads_the_same() -> None:
    text = (PLANS / "c_fr.plan").read_text(encoding="utf-8")
    more = (
        'exemple "lignes" {\n  avec affaires {\n    | vendeur | prix       | statut | signée_le  |\n'
        '    | "Ana"   | 50 000 EUR | gagnée | 2026-02-10 |\n  }\n  attendu signé pour "Ana" = 50 000 EUR\n}\n'
        'exemple "suite" {\n  chronologie {\n    | trimestre | signé | prime |\n    | 2026-T1 | 1 EUR | absent |\n'
        "    | 2026-T2 | 1 EUR | absent |\n  }\n}\n"
        'exemple "faux" {\n  avec signé = 1 EUR\n  attendu signé = 2 EUR\n}\n'
    )
    plan = incentive.parse(text + more, "prime.plan")
    results = run_examples(plan)
    assert [each.passed for each in results] == [True, True, True, False]
    said = example_text(results[-1], plan.source, plan.language)
    assert said.startswith("ÉCHEC   faux\n")
    assert "vaut 1,00 EUR, attendu 2,00 EUR (écart -1,00 EUR)" in said
