import attrs
import pytest
from hypothesis import HealthCheck, given, settings

from incentive import tree
from incentive.diagnostics import UsageError
from tests.unit.tree.samples import EUR, PLAN, amount, measure
from tests.unit.tree.trees import EXPRESSIONS, LEAVES, expressions


def nested(value: object) -> list[object]:
    """The expressions right below a node, found by looking into every field."""
    if isinstance(value, EXPRESSIONS):
        return [value]
    if isinstance(value, tuple):
        return [found for each in value for found in nested(each)]
    if isinstance(value, (tree.Branch, tree.TierRow, tree.LookupRow, tree.Part, tree.Prize)):
        return [found for name in attrs.fields(type(value)) for found in nested(getattr(value, name.name))]
    return []


@settings(max_examples=80, suppress_health_check=list(HealthCheck))
@given(expressions)
def test_children_are_all_expressions_of_a_node(node: tree.Expr) -> None:
    for each in tree.walk(node):
        fields = [name for name in attrs.fields(type(each)) if name.name not in {"type", "span"}]
        expected = [found for name in fields for found in nested(getattr(each, name.name))]
        assert [id(one) for one in tree.children(each)] == [id(one) for one in expected]
        assert bool(expected) <= (type(each) not in LEAVES)


def test_walking_gives_a_node_before_what_is_below_it_from_left_to_right() -> None:
    a, b, c = amount(1), amount(2), amount(3)
    product = tree.Multiply(a, b, type=EUR)
    total = tree.Add((product, c), type=EUR)
    assert list(tree.walk(total)) == [total, product, a, b, c]


def test_walking_a_plan_gives_the_expressions_of_all_its_declarations() -> None:
    found = [below for top in tree.expressions(PLAN) for below in tree.walk(top)]
    assert list(tree.walk(PLAN)) == found
    assert len(found) > len(list(tree.expressions(PLAN)))


def test_only_expressions_and_plans_can_be_walked() -> None:
    with pytest.raises(UsageError, match="str is neither"):
        tree.walk("revenue")  # type: ignore[arg-type]


def test_walking_deep_and_long_trees_needs_no_recursion() -> None:
    deep: tree.Expr = measure("m")
    for _ in range(20_000):
        deep = tree.Negate(deep, type=EUR)
    assert sum(1 for _ in tree.walk(deep)) == 20_001
    assert sum(1 for _ in tree.walk(tree.Add((amount(1),) * 10_000, type=EUR))) == 10_001


def test_the_expressions_of_a_plan_come_in_the_order_of_its_declarations() -> None:
    kinds = [type(each).__name__ for each in tree.expressions(PLAN)]
    assert kinds == ["FieldValue", "FieldValue", "FieldValue", "FieldValue", "MeasureValue", "Multiply", "Constant"]


def test_the_door_names_everything_and_is_sorted() -> None:
    assert set(tree.__all__) <= set(dir(tree))
    assert {kind.__name__ for kind in EXPRESSIONS} <= set(tree.__all__)
