"""What is known without data: which values are never zero, and which fields are present, where a condition holds."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from attrs import evolve

from incentive import tree
from incentive.checking.desk import Desk
from incentive.checking.places import Place
from incentive.checking.presence import present_in, prorated_is_something

Sign = Literal["<", "<=", ">", ">=", "=", "!="]
_DENIED: Final[dict[Sign, Sign]] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
_FLIPPED: Final[dict[Sign, Sign]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def never_zero(desk: Desk, node: tree.Expr, place: Place) -> bool:
    """Whether a value is known not to be zero: by constraint, by a condition before it, or by what it is made of."""
    if node in place.safe:
        return True
    match node:
        case tree.Constant(value=value):
            return value != 0
        case tree.InputValue(name=name):
            declared = desk.inputs.get(name)
            symbol = desk.symbols.get(name)
            if declared is None or (symbol is not None and desk.is_flagged(symbol.name.span)):
                return True
            if node.by == "phase" and 0 in declared.input.phases:
                return False
            if declared.input.prorated and not prorated_is_something(desk, declared.input, node):
                return False
            return any(_excludes_zero(each.operator, each.bound) for each in declared.input.musts)
        case tree.ParameterValue(name=name) | tree.DatedParameter(name=name):
            parameter = desk.parameters.get(name)
            return parameter is None or all(each.value != 0 for each in parameter.values)
        case tree.Presence(over=window):
            return present_in(desk, window)
        case tree.Multiply(left=left, right=right):
            return never_zero(desk, left, place) and never_zero(desk, right, place)
        case tree.Divide(left=left):
            return never_zero(desk, left, place)
        case tree.Negate(value=value) | tree.Converted(value=value):
            return never_zero(desk, value, place)
        case tree.LetValue(name=name):
            key, definition = (name, place.safe), desk.lets.get(name)
            if definition is None:
                return False
            if key not in desk.nonzero:
                desk.nonzero[key] = never_zero(desk, definition.value, place)
            return desk.nonzero[key]
        case tree.Choose(branches=branches, otherwise=otherwise):
            return all(never_zero(desk, each, place) for each in (*(one.value for one in branches), otherwise))
        case tree.Lookup(rows=rows):
            return all(never_zero(desk, each.value, place) for each in rows)
        case tree.Greatest(terms=terms):
            return any(_positive(each) for each in terms)
        case _:
            return False


def _positive(node: tree.Expr) -> bool:
    return isinstance(node, tree.Constant) and isinstance(node.value, Fraction) and node.value > 0


def _against_constant(node: tree.Compare) -> tuple[tree.Expr | None, Sign, Fraction]:
    """A comparison with a constant, the constant on the right; None where neither side is one."""
    match node:
        case tree.Compare(operator=operator, left=left, right=tree.Constant(value=Fraction() as bound)):
            return left, operator, bound
        case tree.Compare(operator=operator, left=tree.Constant(value=Fraction() as bound), right=right):
            return right, _FLIPPED[operator], bound
        case _:
            return None, "=", Fraction(0)


def _excludes_zero(operator: Sign, bound: Fraction) -> bool:
    """Whether a value that compares so with a constant cannot be zero."""
    match operator:
        case ">":
            return bound >= 0
        case ">=":
            return bound > 0
        case "<":
            return bound <= 0
        case "<=":
            return bound < 0
        case "!=":
            return bound == 0
        case "=":
            return bound != 0


def knowing(place: Place, holds: tree.Expr) -> Place:
    """The place where a condition is known to hold: what it proves non-zero, and which fields it proves present."""
    safe = list(place.safe)
    present = set(place.present)
    todo = [holds]
    while todo:
        each = todo.pop()
        match each:
            case tree.Both(terms=terms):
                todo += terms
            case tree.Compare():
                left, operator, bound = _against_constant(each)
                if left is not None and _excludes_zero(operator, bound) and left not in safe:
                    safe.append(left)
            case tree.Opposite(value=value):
                denied = knowing_not(evolve(place, safe=tuple(safe), present=frozenset(present)), value)
                safe, present = list(denied.safe), set(denied.present)
            case _:
                pass
        if not isinstance(each, tree.Both | tree.Opposite | tree.Either):
            present |= fields_read(each)
    return evolve(place, safe=tuple(safe), present=frozenset(present))


def knowing_not(place: Place, fails: tree.Expr) -> Place:
    """The place where a condition is known not to hold."""
    safe = list(place.safe)
    present = set(place.present)
    todo = [fails]
    while todo:
        match todo.pop():
            case tree.Either(terms=terms):
                todo += terms
            case tree.Compare() as each:
                left, operator, bound = _against_constant(each)
                if left is not None and _excludes_zero(_DENIED[operator], bound) and left not in safe:
                    safe.append(left)
            case tree.IsMissing(value=tree.FieldValue(path=path)):
                present.add(path)
            case tree.Opposite(value=value):
                return knowing(evolve(place, safe=tuple(safe), present=frozenset(present)), value)
            case _:
                pass
    return evolve(place, safe=tuple(safe), present=frozenset(present))


def fields_read(node: tree.Expr) -> set[tuple[tree.Hop, ...]]:
    """The fields without which a condition cannot hold."""
    match node:
        case tree.FieldValue(path=path):
            return {path}
        case tree.Compare(left=left, right=right):
            return fields_read(left) | fields_read(right)
        case tree.Within(later=left, earlier=right):
            return fields_read(left) | fields_read(right)
        case tree.OneOf(value=value):
            return fields_read(value)
        case tree.DateShift(value=value):
            return fields_read(value)
        case _:
            return set()
