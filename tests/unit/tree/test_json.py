import json
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentive import tree
from incentive.diagnostics import Span, UsageError
from incentive.tree.json import CLASSES, MAX_LEVELS
from tests.unit.tree.samples import EUR, PLAN, amount, measure
from tests.unit.tree.trees import plans

slow = settings(max_examples=30, suppress_health_check=list(HealthCheck))


def places(value: object) -> list[object]:
    """All spans of a tree, in order."""
    if isinstance(value, tuple):
        return [place for each in value for place in places(each)]
    if type(value) not in CLASSES.values():
        return []
    found = [getattr(value, "span", None)]
    return found + [
        place for each in getattr(type(value), "__attrs_attrs__", ()) for place in places(getattr(value, each.name))
    ]


@slow
@given(plans)
def test_a_tree_reads_back_identically_with_its_places(plan: tree.Plan) -> None:
    again = tree.from_json(tree.to_json(plan))
    assert again == plan
    assert places(again) == places(plan)
    assert tree.to_json(again) == tree.to_json(plan)


def test_a_sum_of_ten_thousand_terms_is_kept() -> None:
    terms = tuple(amount(number, span=Span(number, number + 1, 1, 1, 1, 2)) for number in range(10_000))
    plan = evolve(PLAN, components=(tree.Component("c", "C", tree.Add(terms, type=EUR)),))
    assert tree.from_json(tree.to_json(plan)) == plan


def test_a_number_of_any_length_is_kept() -> None:
    long = Fraction(7**9_000, 10**5_000)
    plan = evolve(PLAN, rounding_step=-long)
    assert tree.from_json(tree.to_json(plan)).rounding_step == -long


def test_numbers_are_fractions_and_never_binary() -> None:
    stored = json.loads(tree.to_json(PLAN))
    assert stored["plan"]["rounding_step"] == {"number": "1/100"}
    assert "." not in json.dumps(stored["plan"]["rounding_step"])


def changed(**changes: object) -> str:
    stored = json.loads(tree.to_json(PLAN))
    stored["plan"].update(changes)
    return json.dumps(stored)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not JSON"),
        ("[]", "not a tree"),
        ("[" * 100_000, "not JSON"),
        ('{"format": "incentive tree", "version": 2, "plan": {}}', "version 2"),
        ('{"format": "incentive tree", "version": true, "plan": {}}', "version True"),
        ('{"format": "incentive tree", "version": 1, "plan": {"is": "Wat"}}', "expected Plan"),
        ('{"format": "incentive tree", "version": 1, "plan": 1, "more": 2}', "more"),
        ('{"format": 1, "format": 2}', "twice"),
        (changed(bonus=1), "bonus"),
        (changed(label=3), "expected str"),
        (changed(year_starts=True), "expected int"),
        (changed(year_starts=1.5), "1.5"),
        (changed(period="fortnight"), "fortnight"),
        (changed(rounding_step={"number": "1/0"}), "zero"),
        (changed(rounding_step={"number": "0.01"}), "n/d"),
        (changed(rounding_step="1/100"), "number"),
        (changed(first_day={"date": "2026-02-30"}), "2026-02-30"),
        (changed(covers={"is": "Plan"}), "cannot stand here"),
        (changed(notes="a note"), "list"),
    ],
)
def test_what_is_not_a_tree_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        tree.from_json(text)


def test_nodes_too_deep_are_refused_both_ways() -> None:
    deep: tree.Expr = measure("m")
    for _ in range(MAX_LEVELS + 1):
        deep = tree.Negate(deep, type=EUR)
    plan = evolve(PLAN, components=(tree.Component("c", "C", deep),))
    with pytest.raises(UsageError, match="in each other"):
        tree.to_json(plan)


@given(st.text(max_size=200))
def test_no_text_makes_reading_crash(text: str) -> None:
    with pytest.raises(UsageError):
        tree.from_json(text)
