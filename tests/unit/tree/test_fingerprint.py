from attrs import evolve
from hypothesis import HealthCheck, given, settings

from incentive.diagnostics import Span
from incentive.tree import Example, Plan, fingerprint, from_json, to_json
from tests.unit.tree.samples import PLAN, amount
from tests.unit.tree.trees import plans

INDEPENDENT = ["tables", "people", "inputs", "parameters", "measures", "groups", "definitions"]


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(plans)
def test_a_plan_that_was_kept_has_the_same_fingerprint(plan: Plan) -> None:
    assert fingerprint(from_json(to_json(plan))) == fingerprint(plan)


def test_the_order_of_independent_definitions_does_not_count() -> None:
    turned = evolve(PLAN, **{name: getattr(PLAN, name)[::-1] for name in INDEPENDENT})
    turned = evolve(turned, tables=tuple(evolve(each, fields=each.fields[::-1]) for each in turned.tables))
    assert turned != PLAN
    assert fingerprint(turned) == fingerprint(PLAN)


def test_the_place_in_the_text_does_not_count() -> None:
    moved = evolve(PLAN.inputs[0], span=Span(1, 2, 3, 4, 5, 6))
    assert fingerprint(evolve(PLAN, inputs=(moved, *PLAN.inputs[1:]))) == fingerprint(PLAN)


def test_the_order_of_components_counts() -> None:
    assert fingerprint(evolve(PLAN, components=PLAN.components[::-1])) != fingerprint(PLAN)


def test_a_figure_a_label_and_a_unit_count() -> None:
    bonus = PLAN.components[1]
    for other in [evolve(bonus, line=amount(501)), evolve(bonus, label="Bonus 2")]:
        assert fingerprint(evolve(PLAN, components=(PLAN.components[0], other))) != fingerprint(PLAN)
    assert fingerprint(evolve(PLAN, currency="USD")) != fingerprint(PLAN)


def test_an_example_does_not_count() -> None:
    assert fingerprint(evolve(PLAN, examples=(Example("none", ()),))) == fingerprint(PLAN)


def test_a_fingerprint_is_64_hexadecimal_digits_and_stays() -> None:
    assert len(fingerprint(PLAN)) == 64
    assert set(fingerprint(PLAN)) <= set("0123456789abcdef")
