"""Trees of any shape, drawn from the classes themselves, so that a new class is covered on the day it is added."""

import string
from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import AttrsInstance, fields
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from incentive import tree
from incentive.diagnostics import Span
from incentive.tree.json import CLASSES

Expressions = SearchStrategy[Any]
EXPRESSIONS = get_args(tree.Expr)
PARTS = [tree.Branch, tree.TierRow, tree.LookupRow, tree.Part]
LEAVES = [
    kind
    for kind in EXPRESSIONS
    if not any(
        "Expr" in str(each.type) or any(part.__name__ in str(each.type) for part in PARTS) for each in fields(kind)
    )
]
NAMES = st.text(string.ascii_lowercase + "é_", min_size=1, max_size=6)
FRACTIONS = st.fractions(max_denominator=10**12)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
SPANS = st.builds(Span, *[st.integers(0, 10**6)] * 6)
SIMPLE: dict[object, SearchStrategy[Any]] = {
    str: NAMES,
    bool: st.booleans(),
    int: st.integers(1, 12),
    Fraction: FRACTIONS,
    date: DAYS,
    Span: SPANS,
}


def of_hint(hint: Any, expr: Expressions) -> SearchStrategy[Any]:  # noqa: ANN401 - an annotation is any object
    """Values of an annotated type; `expr` stands for expressions."""
    if hint == tree.Expr:
        return expr
    if hint == tree.Expr | None:
        return st.none() | expr
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(of_hint(inner[0], expr), min_size=1, max_size=3).map(tuple)
    if origin in {UnionType, Union} and set(EXPRESSIONS) < set(inner):
        return st.one_of([expr, *(of_hint(each, expr) for each in inner if each not in EXPRESSIONS)])
    if origin in {UnionType, Union}:
        return st.one_of([of_hint(each, expr) for each in inner])
    if hint is NoneType:
        return st.none()
    return SIMPLE[hint] if hint in SIMPLE else of_class(hint, expr)


def of_class(kind: type[AttrsInstance], expr: Expressions, **own: SearchStrategy[Any]) -> SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **({each.name: of_hint(hints[each.name], expr) for each in fields(kind)} | own))


def _grown(below: Expressions) -> Expressions:
    return st.one_of([of_class(kind, below) for kind in EXPRESSIONS if kind not in LEAVES])


expressions = st.recursive(st.one_of([of_class(kind, st.nothing()) for kind in LEAVES]), _grown, max_leaves=12)
EXAMPLE = tree.Example(
    "one of each",
    (
        tree.Scenario(
            (
                tree.GivenMeasure("revenue", "team", tree.Window("to_date", "year"), "2026-01", "Ana", Fraction(1, 3)),
                tree.GivenMeasure("spend", "participant", None, "2026-01", "", None),
                *(
                    tree.GivenInput("quota", "participant", "2026", "", value)
                    for value in (Fraction(1), "north", True, date(2026, 1, 31), None)
                ),
                tree.GivenRows("deals", ("owner", "amount"), (("Ana", Fraction(5)), ("Bob", None))),
            ),
            (
                tree.Expected(
                    "total", tree.Constant(Fraction(1), type=tree.Type(tree.Unit("ratio"))), "2026-01", "", None
                ),
            ),
        ),
    ),
    span=Span(1, 2, 3, 4, 5, 6),
)
"""Not drawn: what an example nests would make each plan tenfold as long."""
plans = of_class(tree.Plan, expressions, examples=st.sampled_from([(), (EXAMPLE,)]))

assert set(EXPRESSIONS) <= set(CLASSES.values())
