"""What formulas are made with: the plan, its calendar, and the formulas made so far.

A formula is compiled once into a closure. In a tracing program each closure is wrapped to record what it gave; the
closures themselves are the same, so an explanation is the computation.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from attrs import define, field, frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.values import Evaluate
from incentive.engines.reference.windows import Windows
from incentive.results import Explanation
from incentive.tree import (
    Both,
    Choose,
    Compare,
    Constant,
    DateShift,
    Either,
    Expr,
    FactPart,
    Field,
    FieldValue,
    Gate,
    Input,
    LetValue,
    Measure,
    MeasureValue,
    OneOf,
    Opposite,
    Parameter,
    Plan,
    Scorecard,
    Shared,
    Tiers,
    walk,
)

_BY_CHOICE = frozenset([Constant, FieldValue, Choose, Compare, OneOf, Both, Either, Opposite])
Build = Callable[[Any, "Maker"], Evaluate]


@frozen
class Pool:
    """An amount that a group divides, and what gives the division."""

    node: Shared
    divided: Evaluate


@define
class Program:
    """The formulas of a plan, compiled. Definitions and lines find each other here when they run, in any order.

    `plain` are the same formulas without trace, beside those with it.
    """

    lines: dict[str, Evaluate] = field(factory=dict)
    definitions: dict[str, Evaluate] = field(factory=dict)
    groups: dict[str, Evaluate] = field(factory=dict)
    settling: object = None
    pools: list[Pool] = field(factory=list)
    plain: Program | None = None


@define
class Maker:
    """Make closures out of nodes.

    `table` is the table whose rows the formula is about, if it is about rows.
    """

    plan: Plan
    windows: Windows
    builders: Mapping[type, Build]
    program: Program
    tracing: bool
    table: str = ""
    inputs: dict[str, Input] = field(factory=dict)
    parameters: dict[str, Parameter] = field(factory=dict)
    measures: dict[str, Measure] = field(factory=dict)
    fields: dict[tuple[str, str], Field] = field(factory=dict)
    written: dict[str, str] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        plan = self.plan
        self.inputs = {each.name: each for each in plan.inputs}
        self.parameters = {each.name: each for each in plan.parameters}
        self.measures = {each.name: each for each in plan.measures}
        self.fields = {(table.name, each.name): each for table in plan.tables for each in table.fields}
        self.written = {each.name: each.written for each in plan.definitions}

    def __call__(self, node: Expr) -> Evaluate:
        """Compile a formula."""
        inner = self.builders[type(node)](node, self)
        if self.tracing:
            return self._traced(node, inner)
        return inner if self.table == "" else self._once_a_choice(node, inner)

    def all(self, nodes: Iterable[Expr]) -> tuple[Evaluate, ...]:
        """Compile several formulas."""
        return tuple(self(node) for node in nodes)

    def _once_a_choice(self, node: Expr, inner: Evaluate) -> Evaluate:
        """Compute a formula of a row once for each word where one field of few words decides it."""
        parts = list(walk(node))
        fields = {each.path for each in parts if isinstance(each, FieldValue)}
        if len(parts) < 2 or len(fields) != 1 or not all(type(each) in _BY_CHOICE for each in parts):
            return inner
        path = fields.pop()
        if len(path) != 1 or not all(each.type.unit.choices for each in parts if isinstance(each, FieldValue)):
            return inner
        name = path[0].name
        known: dict[Any, Any] = {}

        def run(context: Context) -> Any:  # noqa: ANN401
            word = context.columns[name][context.row]
            if word not in known:
                known[word] = inner(context)
            return known[word]

        return run

    def _traced(self, node: Expr, inner: Evaluate) -> Evaluate:
        kind, span, unit = type(node).__name__, node.span, node.type.unit
        name, operator = self._name(node), self._operator(node)
        owned = kind in {"MeasureValue", "InputValue", "LetValue", "LineValue"}
        if isinstance(node, Constant):
            return _shown_alike(Explanation(kind, name, span, inner(None), unit, "value"))

        def run(context: Context) -> Any:  # noqa: ANN401
            trace = context.trace
            trace.enter()  # type: ignore[union-attr]  # a tracing program runs with a trace
            value = inner(context)
            holder = period = ""
            if owned:
                holder, period = context.holder, context.period.name  # type: ignore[union-attr]  # not in a row formula
            trace.leave(kind, name, span, unit, value, operator, holder, period)  # type: ignore[union-attr]
            return value

        return run

    def _name(self, node: Expr) -> str:
        if isinstance(node, LetValue):
            return node.name
        for attribute in ("name", "component", "group"):
            name = getattr(node, attribute, "")
            if name:
                return str(name)
        return ""

    def _operator(self, node: Expr) -> str:
        match node:
            case Compare():
                return node.operator
            case Tiers():
                return node.how
            case MeasureValue():
                return self.measures[node.name].aggregate
            case Scorecard():
                return node.unrated
            case FactPart(through=True):
                return "through"
            case Gate(otherwise=None):
                return "holds"
            case DateShift():
                return "back" if node.back else "on"
            case _:
                return ""


def _shown_alike(made: Explanation) -> Evaluate:
    """A value of the plan itself is the same in every explanation, and recorded once."""
    below, value = (made,), made.value

    def run(context: Context) -> Any:  # noqa: ANN401
        context.trace.put(below)  # type: ignore[union-attr]  # a tracing program runs with a trace
        return value

    return run


def once(context: Context, key: Hashable, evaluate: Evaluate) -> Any:  # noqa: ANN401
    """Compute a figure the first time it is needed, and remember it."""
    memo = context.memo
    if key in memo:
        return memo[key]
    value = memo[key] = evaluate(context)
    return value
