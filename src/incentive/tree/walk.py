"""The expressions inside an expression or a plan, without recursion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from attrs import frozen

from incentive.diagnostics import UsageError
from incentive.language.words import DAYS_HELD
from incentive.tree.nodes import (
    Add,
    Amended,
    Both,
    Branch,
    Cap,
    Choose,
    Compare,
    Constant,
    Converted,
    CreditPath,
    CreditSplit,
    CreditThrough,
    DatedParameter,
    DateGap,
    DateShift,
    Divide,
    Each,
    Either,
    Expr,
    FactPart,
    FieldValue,
    Floor,
    Gate,
    Gated,
    Greatest,
    IfMissing,
    Increase,
    InputValue,
    IsMissing,
    Least,
    LetValue,
    LineValue,
    Lookup,
    MeasureValue,
    Membership,
    Multiply,
    Negate,
    Node,
    OneOf,
    Opposite,
    ParameterValue,
    People,
    PersonMean,
    PersonValue,
    Presence,
    Ranking,
    RateTable,
    Rounded,
    Scorecard,
    SettledValue,
    Shared,
    Stacked,
    Table,
    Tiers,
    Weighted,
    When,
    WindowDay,
    Within,
)
from incentive.tree.plan import Plan
from incentive.tree.settling import settlement_expressions


def children(node: Expr) -> tuple[Expr, ...]:
    """Give the expressions right below a node, in the order in which they are written."""
    match node:
        case (
            Constant()
            | ParameterValue()
            | InputValue()
            | MeasureValue()
            | FactPart()
            | FieldValue()
            | PersonValue()
            | PersonMean()
            | Presence()
            | WindowDay()
            | Membership()
            | People()
            | LetValue()
            | LineValue()
            | SettledValue()
        ):
            return ()
        case Add() | Least() | Greatest() | Both() | Either():
            return node.terms
        case Stacked() | Negate() | Rounded() | Opposite() | IsMissing() | Increase():
            return (node.value,)
        case Multiply() | Divide() | Compare():
            return (node.left, node.right)
        case DatedParameter():
            return (node.on,)
        case Converted():
            return (node.value, node.source, *(() if node.on is None else (node.on,)))
        case DateShift():
            return (node.value, node.by)
        case DateGap():
            return (node.later, node.earlier)
        case OneOf():
            return (node.value, *node.options)
        case Within():
            return (node.later, node.by, node.earlier)
        case Choose():
            return (*(part for each in node.branches for part in _parts(each)), node.otherwise)
        case IfMissing():
            return (node.value, node.fallback)
        case Tiers():
            return (node.subject, *(part for row in node.rows for part in (row.bound, row.value)))
        case Lookup():
            return (*node.arguments, *(row.value for row in node.rows))
        case Weighted():
            return (node.base, *(part.value for part in node.parts))
        case Scorecard():
            return tuple(part.value for part in node.criteria)
        case Gate():
            return node.requirements if node.otherwise is None else (*node.requirements, node.otherwise)
        case Gated():
            return (node.gate, node.value)
        case When():
            return (node.condition, node.value)
        case Cap() | Floor():
            return (node.value, node.limit)
        case Ranking():
            where = () if node.where is None else (node.where,)
            return (node.subject, *where, *(each.value for each in node.prizes))
        case Shared():
            return (node.pool, *(each for each in (node.by, node.where) if each is not None))
        case Each():
            return (*node.measures, node.value, *node.order)
        case Amended():
            return tuple(each.value for each in node.versions if each.value is not None)
        case _:
            assert_never(node)


def _parts(branch: Branch) -> tuple[Expr, Expr]:
    return (branch.condition, branch.value)


def walk(root: Expr | Plan) -> Iterator[Expr]:
    """Give an expression and everything below it, each before what is below it, from left to right.

    Args:
        root: An expression; or a plan, for all its expressions in the order of its declarations.

    Raises:
        UsageError: It is neither.
    """
    if not isinstance(root, Node | Plan):
        raise UsageError(f"walk: {type(root).__name__} is neither an expression nor a tree.Plan, as plan.tree is")
    return _below([*reversed([*expressions(root)])] if isinstance(root, Plan) else [root])


def _below(todo: list[Expr]) -> Iterator[Expr]:
    while todo:
        here = todo.pop()
        yield here
        todo += reversed(children(here))


def rate_tables(plan: Plan) -> dict[str, RateTable]:
    """Give the tables at whose rates a plan converts, by name."""
    return {each.rates.table: each.rates for each in walk(plan) if isinstance(each, Converted)}


_EDGES = DAYS_HELD["from"], DAYS_HELD["until"]


def opening_fields(table: Table) -> tuple[str, str] | None:
    """Give the time stamps of a table from which and until which it is open; None where it has not both."""
    return _edges(each.name for each in table.fields if each.unit.kind == "timestamp" and not each.optional)


def _edges(names: Iterable[str]) -> tuple[str, str] | None:
    known = tuple(names)
    start, end = (next((each for each in known if each in (*english, *french)), None) for english, french in _EDGES)
    return None if start is None or end is None else (start, end)


def opening_tables(plan: Plan) -> frozenset[str]:
    """Give the tables in whose hours time is counted, by name."""
    return frozenset(each.type.unit.table for each in walk(plan) if each.type.unit.kind == "open_hours")


@frozen
class Edges:
    """A table whose rows hold from one field until another."""

    table: str
    since: str
    until: str


def edges_of(plan: Plan) -> tuple[Edges, ...]:
    """Give the tables whose rows hold from one day, or one instant, until another, because the plan reads them so."""
    found: dict[Edges, None] = {}
    for measure in plan.measures:
        to = measure.credit.to if measure.credit is not None else None
        if isinstance(to, CreditThrough) and to.since is not None and to.until is not None:
            found[Edges(to.table, to.since, to.until)] = None
    opening = opening_tables(plan)
    for table in plan.tables:
        if table.name in opening:  # an example leaves fields out: to it they are optional
            hours = _edges(each.name for each in table.fields if each.unit.kind == "timestamp")
            found |= {Edges(table.name, *hours): None} if hours is not None else {}
    return tuple(found)


def expressions(plan: Plan) -> Iterator[Expr]:
    """Give the expressions that stand by themselves in a plan, in the order of its declarations."""
    if plan.covers is not None:
        yield plan.covers
    for measure in plan.measures:
        until = None if measure.again is None else measure.again.until
        yield from (each for each in (measure.value, measure.where, measure.dated, until) if each is not None)
        match measure.credit.to if measure.credit else None:
            case CreditPath(path=path):
                yield path
            case CreditThrough(by=paths):
                yield from paths
            case CreditSplit() as split:
                for branch in split.branches:
                    yield from (branch.condition, *(each.to for each in branch.shares))
                yield from (each.to for each in split.otherwise)
            case None:
                pass
        yield from measure.shows
    yield from (each.condition for each in plan.groups)
    yield from (each.value for each in plan.definitions)
    yield from (each.line for each in plan.components)
    if plan.settlement is not None:
        yield from settlement_expressions(plan.settlement)
