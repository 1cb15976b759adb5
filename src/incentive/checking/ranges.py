"""Between which numbers a value always lies, as far as a plan tells before any data is read.

A count is never negative, a scorecard never above 100 %, an input keeps the bounds that it declares. The sum of money
of a measure may be anything: credit notes exist. Parameters are left open, since a run may give them other values.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from incentive import tree
from incentive.checking.desk import Desk

Edge = Fraction | None  # None: open-ended


@frozen
class Range:
    """The least and the largest value; `above` and `below` say that the edge itself is left out."""

    low: Edge = None
    high: Edge = None
    above: bool = False
    below: bool = False


ANY = Range()
_ZERO = Fraction(0)
_LONGEST = 4096  # bits; a range of longer numbers helps nobody


def range_of(desk: Desk, node: tree.Expr) -> Range:
    """Between which numbers a value lies."""
    match node:
        case tree.Constant(value=Fraction() as value):
            return Range(value, value)
        case tree.InputValue(name=name, by="own"):
            return _declared(desk, node, name)
        case tree.MeasureValue(type=kind) | tree.FactPart(type=kind) if kind.unit.kind == "count":
            return Range(_ZERO)
        case tree.People():
            return Range(_ZERO)
        case tree.Presence():
            return Range(_ZERO, Fraction(1))
        case tree.LetValue(name=name):
            return _defined(desk, name)
        case tree.Scorecard():
            return Range(_ZERO, Fraction(1))
        case tree.Ranking(prizes=()):
            return Range(Fraction(1))
        case tree.Ranking(prizes=prizes):
            given = _either(desk, [each.value for each in prizes])
            return Range(None if given.low is None else min(given.low, _ZERO), _largest([given.high, _ZERO]))
        case tree.Add(terms=terms):
            parts = [range_of(desk, each) for each in terms]
            return Range(_sum([each.low for each in parts]), _sum([each.high for each in parts]))
        case tree.Negate(value=value):
            inner = range_of(desk, value)
            return Range(_minus(inner.high), _minus(inner.low), inner.below, inner.above)
        case tree.Multiply(left=left, right=right):
            return _product(range_of(desk, left), range_of(desk, right))
        case tree.Divide(left=left, right=right):
            one, two = range_of(desk, left), range_of(desk, right)
            return Range(_ZERO) if _not_negative(one) and _not_negative(two) else ANY
        case tree.Least(terms=terms):
            parts = [range_of(desk, each) for each in terms]
            highs = [each.high for each in parts if each.high is not None]
            return Range(_least([each.low for each in parts]), min(highs, default=None))
        case tree.Greatest(terms=terms):
            parts = [range_of(desk, each) for each in terms]
            lows = [each.low for each in parts if each.low is not None]
            return Range(max(lows, default=None), _largest([each.high for each in parts]))
        case tree.Choose(branches=branches, otherwise=otherwise):
            return _either(desk, [*(each.value for each in branches), otherwise])
        case tree.IfMissing(value=value, fallback=fallback):
            return _either(desk, [value, fallback])
        case tree.Lookup(rows=rows):
            return _either(desk, [each.value for each in rows])
        case tree.Tiers(applied=False, rows=rows):
            found = _either(desk, [each.value for each in rows])
            return Range(None if found.low is None else min(found.low, _ZERO), _largest([found.high, _ZERO]))
        case _:
            return ANY


def _defined(desk: Desk, name: str) -> Range:
    """The range of a definition, found once: definitions that double each other would take for ever."""
    known = desk.ranges.get(name)
    if isinstance(known, Range):
        return known
    made = desk.lets.get(name)
    if made is None:
        return ANY
    found = range_of(desk, made.value)
    long = any(each is not None and each.numerator.bit_length() > _LONGEST for each in (found.low, found.high))
    found = desk.ranges[name] = ANY if long else found
    return found


def _declared(desk: Desk, node: tree.Expr, name: str) -> Range:
    """The bounds that an input declares, where the value is one input's and not a sum."""
    declared = desk.inputs.get(name)
    if declared is None or node.type.grain.who not in {"participant", "company"}:
        return ANY
    if node.type.grain.who == "company" and declared.input.per != "company":
        return ANY
    found = ANY
    for must in declared.input.musts:
        if must.operator in {">", ">=", "="} and (found.low is None or must.bound >= found.low):
            found = Range(must.bound, found.high, must.operator == ">", found.below)
        if must.operator in {"<", "<=", "="} and (found.high is None or must.bound <= found.high):
            found = Range(found.low, must.bound, found.above, must.operator == "<")
    if declared.input.prorated:  # 0 on days off the plan
        return Range(_least([found.low, _ZERO]), _largest([found.high, _ZERO]))
    return found


def _not_negative(one: Range) -> bool:
    return one.low is not None and one.low >= 0


def _product(one: Range, two: Range) -> Range:
    if not (_not_negative(one) and _not_negative(two)):
        return ANY
    low = one.low * two.low if one.low is not None and two.low is not None else None
    return Range(low, one.high * two.high if one.high is not None and two.high is not None else None)


def _either(desk: Desk, values: list[tree.Expr]) -> Range:
    parts = [range_of(desk, each) for each in values]
    return Range(_least([each.low for each in parts]), _largest([each.high for each in parts]))


def _sum(edges: list[Edge]) -> Edge:
    return None if None in edges else sum((each for each in edges if each is not None), _ZERO)


def _least(edges: list[Edge]) -> Edge:
    return None if None in edges else min((each for each in edges if each is not None), default=None)


def _largest(edges: list[Edge]) -> Edge:
    return None if None in edges else max((each for each in edges if each is not None), default=None)


def _minus(edge: Edge) -> Edge:
    return None if edge is None else -edge


# ---- conditions ------------------------------------------------------------------------------------------------------
def verdict(desk: Desk, test: tree.Expr) -> bool | None:
    """Whether a condition always holds (True) or never does (False), whatever the data; None where data decides."""
    match test:
        case tree.Compare(operator=operator, left=left, right=right):
            if left == right:
                return operator in {"=", "<=", ">="}
            one, two = range_of(desk, left), range_of(desk, right)
            if operator in {"<", "<="}:
                return _exceeds(two, one, strictly=operator == "<")
            return _exceeds(one, two, strictly=operator == ">") if operator in {">", ">="} else None
        case tree.Opposite(value=value):
            inner = verdict(desk, value)
            return None if inner is None else not inner
        case _:
            return None


def _exceeds(one: Range, two: Range, *, strictly: bool) -> bool | None:
    """Whether one value always, or never, exceeds the other."""
    if one.low is not None and two.high is not None:
        apart = one.above or two.below
        if one.low > two.high or (one.low == two.high and (apart or not strictly)):
            return True
    if one.high is not None and two.low is not None:
        apart = one.below or two.above
        if one.high < two.low or (one.high == two.low and (apart or strictly)):
            return False
    return None
