"""Conditions that can never hold: one field asked to be two things, a range without a value, a cap below its floor.

Nothing fails on pay day: such a plan simply pays nobody, or pays everybody the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import define, field

from incentive import tree
from incentive.checking.constants import fold
from incentive.tree import Constant, Expr


@define
class _Asked:
    """What the terms so far ask of one value, with the term that asked last for each side."""

    among: frozenset[object] | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    open_: bool = False  # a bound of the range does not belong to it
    terms: list[Expr] = field(factory=list)


def contradiction(terms: Sequence[Expr]) -> tuple[Expr, Expr] | None:
    """Give two terms of an `and` that cannot both hold, as far as constants tell."""
    asked: dict[Expr, _Asked] = {}
    for term in terms:
        among: frozenset[object] | None = None
        match term:
            case tree.Compare(operator="=", left=left, right=Constant(value=value)):
                subject, among = left, frozenset([value])
            case tree.OneOf(value=left, options=options) if all(isinstance(each, Constant) for each in options):
                subject, among = left, frozenset(each.value for each in options if isinstance(each, Constant))
            case tree.Compare(operator="<" | "<=" | ">" | ">=", left=left, right=Constant(value=Fraction())):
                subject = left
            case _:
                continue
        here = asked.setdefault(subject, _Asked())
        _ask(here, term, among)
        if here.terms and _empty(here):
            return here.terms[-1], term
        here.terms.append(term)
    return None


def _ask(here: _Asked, term: Expr, among: frozenset[object] | None) -> None:
    if among is not None:
        here.among = among if here.among is None else here.among & among
        return
    if not isinstance(term, tree.Compare) or not isinstance(term.right, Constant):
        return
    bound = term.right.value
    if not isinstance(bound, Fraction):
        return
    if term.operator in {">", ">="} and (here.low is None or bound >= here.low):
        here.low, here.open_ = bound, here.open_ or term.operator == ">"
    elif term.operator in {"<", "<="} and (here.high is None or bound <= here.high):
        here.high, here.open_ = bound, here.open_ or term.operator == "<"


def _empty(here: _Asked) -> bool:
    low, high = here.low, here.high
    if low is not None and high is not None and (low > high or (low == high and here.open_)):
        return True
    if here.among is None:
        return False
    numbers = [each for each in here.among if isinstance(each, Fraction)]
    outside = [each for each in numbers if (low is not None and each < low) or (high is not None and each > high)]
    return not here.among or len(outside) == len(here.among)


def limits(line: Expr) -> list[tree.Cap | tuple[tree.Cap, tree.Floor]]:
    """Give the constant caps of a line that are below zero, or below a floor that acts on the same figure."""
    found: list[tree.Cap | tuple[tree.Cap, tree.Floor]] = []
    caps: list[tuple[Fraction, tree.Cap]] = []
    floors: list[tuple[Fraction, tree.Floor]] = []
    node = line
    while isinstance(node, tree.Cap | tree.Floor | tree.When | tree.Rounded | tree.Increase | tree.Gated | tree.Each):
        match node:
            case tree.Increase() | tree.Gated() | tree.Each():  # what is below is another figure
                caps, floors = [], []
            case tree.Cap(limit=limit) if (most := fold(limit)) is not None:
                caps.append((most, node))
                found += [node] if most < 0 else [(node, each) for least, each in floors if most < least]
            case tree.Floor(limit=limit) if (least := fold(limit)) is not None:
                floors.append((least, node))
                found += [(each, node) for most, each in caps if 0 <= most < least]
            case _:
                pass
        node = node.value
    return found
