"""Results say what they are made from, and notice when that is not so."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path

from attrs import evolve

from incentive import load
from incentive.engines import compile_plan, explain, run
from incentive.results import Accounting, Explanation, RowsBehind, RowUsed, Tally, exact_text, readd
from incentive.tree import Unit
from tests.unit.engines.samples import (
    YEAR,
    YEAR_TO_DATE,
    accumulated,
    by_quota,
    deal,
    facts,
    given,
    line,
    measured,
    period,
    person,
    plan,
)

PLANS = Path(__file__).parents[2] / "plans"
PLAN = plan(line("commission", accumulated(by_quota(measured("revenue", YEAR_TO_DATE), given("quota", YEAR)))))
DATA = facts(
    [deal("1", "Ana", Fraction(100, 3), "2026-01-05"), deal("2", "Ana", 900, "2026-02-05")],
    people=[person("Ana")],
    quota={("Ana", "2026"): 600},
)
COMPILED = compile_plan(PLAN)
TREE = explain(COMPILED, DATA, period("2026-02"), "Ana", "commission")


def altered(tree: Explanation) -> list[Explanation]:
    """The tree with one figure changed, in every way that a figure with figures below it can be."""
    found = []
    if tree.children and isinstance(tree.value, int | Fraction):
        found.append(evolve(tree, value=tree.value + 1))
    for at, child in enumerate(tree.children):
        found += [
            evolve(tree, children=(*tree.children[:at], other, *tree.children[at + 1 :])) for other in altered(child)
        ]
    if tree.rows and tree.counted is not None:
        found.append(evolve(tree, rows=tree.rows[1:]))
    return found


def test_an_explanation_that_was_tampered_with_does_not_add_up() -> None:
    changed = altered(TREE)
    assert len(changed) > 10
    assert readd(TREE)
    assert not any(readd(each) for each in changed)


def test_an_account_that_loses_a_row_or_an_amount_says_so() -> None:
    made = run(COMPILED, DATA, [period("2026-01")]).accounting
    first = made.measures[0]
    for read in (Tally(first.read.rows + 1, first.read.amount), Tally(first.read.rows, first.read.amount + 1)):
        wrong = Accounting((evolve(first, read=read),), made.tables, made.people)
        assert len(wrong.disagreements()) == 1
    assert evolve(made, tables=(evolve(made.tables[0], read=9),)).disagreements()
    assert evolve(made, people=(evolve(made.people[0], roster=9),)).disagreements()


def test_plain_data_is_exact_and_has_a_version() -> None:
    made = run(COMPILED, DATA, [period("2026-01")])
    plain = made.to_dict()
    assert plain["version"] == 1
    assert json.loads(json.dumps(plain)) == plain
    row = made.payouts[0].to_dict()
    assert (row["amount"], row["currency"], row["status"]) == ("1.67", "EUR", "paid")
    told = TREE.to_dict()
    assert told["version"] == 1
    assert '"value": "2800/3"' in json.dumps(told)


def test_numbers_are_written_so_that_they_can_be_read_back() -> None:
    assert exact_text(Fraction(1, 3)) == "1/3"
    assert exact_text(Fraction(-5, 2)) == "-2.5"
    assert len(exact_text(Fraction(10**5000, 3))) == 5003


def test_points_of_a_curve_that_were_not_reached_say_so_and_weighted_parts_say_what_they_give() -> None:
    bonus = load(PLANS / "c_en.plan")
    figures = {"target_bonus": 3_000, "quota": 100_000, "revenue": 110_000}
    made = bonus.pay("2026-Q1", **figures, **{"team.quota": 800_000, "team.revenue": 720_000})
    lines = [" ".join(each.split()) for each in str(made.explain("bonus")).split("\n")]
    assert "Individual = 87.5%, gives 2 625.00 EUR (" in "".join(lines)
    assert "Collective = 22.5%, gives 675.00 EUR (" in "".join(lines)
    assert [each for each in lines if each.startswith("|")] == [
        "| from part value gives",
        "| 80%",
        "| 100% 100% 100% 125%",
        "| 120% 150% not reached",
        "| from part value gives",
        "| 80% 100% 50% 75%",
        "| 100% 100% not reached",
        "| 120% not reached",
    ]
    assert "not reached" in made.explain("bonus")._repr_html_()


def test_dates_are_written_as_dates() -> None:
    plain = evolve(TREE, value=date(2026, 1, 2)).to_dict()
    assert plain["value"] == "2026-01-02"


def test_rows_are_named_when_asked_and_are_the_same_in_every_copy() -> None:
    def figure(find: Callable[[], tuple[RowUsed, ...]]) -> Explanation:
        return Explanation("MeasureValue", "revenue", None, 5, Unit("ratio"), "value", rows=RowsBehind(find), counted=1)

    asked: list[str] = []

    def find() -> tuple[RowUsed, ...]:
        asked.append("asked")
        return (RowUsed("deals", "deals.csv", 2, "1", 1, 5),)

    made = figure(find)
    copy = evolve(made, holder="")
    assert not asked
    assert made.rows == copy.rows == find()
    assert asked == ["asked", "asked"]  # once for both, and once here
    assert made == figure(find) != figure(tuple)
    assert pickle.loads(pickle.dumps(made)) == made
    assert "deals.csv" in repr(made)


def test_a_figure_of_a_team_is_recorded_once_for_all_its_members() -> None:
    compiled = compile_plan(plan(line("bonus", given("quota", YEAR, who="team"))))
    both = [person("Ana"), person("Bo")]
    data = facts(people=both, quota={("Ana", "2026"): 1, ("Bo", "2026"): 2})
    trees = [explain(compiled, data, period("2026-02"), each, "bonus") for each in ("Ana", "Bo")]
    figures = [_first(each, "InputValue") for each in trees]
    assert [each.holder for each in figures] == ["Ana", "Bo"]
    assert all(one is other for one, other in zip(*(each.children for each in figures), strict=True))
    assert all(readd(each) and each.value == 3 for each in trees)


def _first(tree: Explanation, kind: str) -> Explanation:
    return tree if tree.kind == kind else next(_first(each, kind) for each in tree.children)
