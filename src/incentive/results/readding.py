"""Compute an explanation again, figure by figure, from the figures below.

This is a second reading of what each kind of figure means, written without the engine: if the two ever differ, the
explanation is not the computation.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from incentive.diagnostics import Span
from incentive.quantities import round_to, slice_parts
from incentive.quantities.moments import Moment
from incentive.results.explanation import Explanation, RowUsed
from incentive.results.texts import Value

_Shown = dict[tuple[str, str, str], Value | None]
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def readd(explanation: Explanation) -> bool:
    """Tell whether every figure of the tree follows exactly from the figures below it.

    A figure shown by reference (`Again`) must equal the one shown in full before it.
    """
    return _agrees(explanation, {})


def _agrees(each: Explanation, shown: _Shown) -> bool:
    for child in each.children:
        if not _agrees(child, shown):
            return False
    name = (each.name, each.holder, each.period)
    if each.kind == "Again":
        return name in shown and _same(shown[name], each.value)
    if each.kind in {"LetValue", "Line"} and not (each.children and each.children[0].kind == "Again"):
        shown[name] = each.value
    if each.status != "value":
        return each.value is None
    recompute = _RULES.get(each.kind)
    return recompute is None or (not each.children and not _own(each)) or _same(recompute(each), each.value)


def _own(each: Explanation) -> bool:
    return (
        bool(each.slices or each.rows or each.stretches)
        or each.counted is not None
        or each.kind in {"Each", "Tiers", "Both", "Either", "Key", "Division", "Standing"}
    )


def _same(left: Value | None, right: Value | None) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def _number(each: Explanation) -> Fraction:
    if isinstance(each.value, bool) or not isinstance(each.value, int | Fraction):
        raise TypeError(f"{each.kind} {each.name}: a number is needed")
    return Fraction(each.value)


def _numbers(each: Explanation) -> list[Fraction]:
    return [_number(child) for child in each.children]


def _total(each: Explanation) -> Fraction:
    """Add what is there; what stood in for something missing is a child of its own."""
    return sum((_number(child) for child in each.children if child.status == "value"), Fraction(0))


def _product(each: Explanation) -> Fraction:
    found = Fraction(1)
    for number in _numbers(each):
        found *= number
    return found


def _extreme(each: Explanation, pick: Callable[[list[Any]], Value]) -> Value:
    return pick([child.value for child in each.children])


def _quotient(each: Explanation) -> Fraction:
    left, right = _numbers(each)
    return left / right


def _converted(each: Explanation) -> Fraction | None:
    """Times the rate, or divided by it where its row leads the other way; without a row, the currency is the same."""
    value, source = each.children[0], each.children[1]
    if not each.rows:
        return _number(value) if source.value == each.unit.currency else None
    (row,) = each.rows
    (_, one), (_, other), _ = row.shown
    if not isinstance(row.value, int | Fraction):
        return None
    if (one, other) == (source.value, each.unit.currency):
        return _number(value) * row.value
    return _number(value) / row.value if (other, one) == (source.value, each.unit.currency) else None


def _rounded(each: Explanation) -> Fraction:
    used = each.rounding
    (before,) = _numbers(each)
    if used is None or used.before != before:
        raise ValueError("a rounding without its figures")
    return round_to(before, Fraction(used.step), used.mode)


def _compared(each: Explanation) -> bool:
    left, right = (child.value for child in each.children)
    if isinstance(left, Moment) and type(right) is date:
        left = left.day
    if isinstance(right, Moment) and type(left) is date:
        right = right.day
    assert left is not None
    assert right is not None
    return _COMPARE[each.operator](left, right)


def _last(each: Explanation) -> Value | None:
    return each.children[-1].value


def _one_of(each: Explanation) -> bool:
    value, *options = (child.value for child in each.children)
    return value in options


def _gated(each: Explanation) -> Value | None:
    return 0 if each.children[0].value is False else each.children[1].value


def _gate(each: Explanation) -> Value | None:
    """All requirements hold, or the last figure says what is left; a gate that holds the line leaves it whole."""
    if each.operator == "holds":
        return 1
    missed = any(child.unit.kind == "yes_no" and child.value is not True for child in each.children)
    return each.children[-1].value if missed else 1


def _through_gate(each: Explanation) -> Value | None:
    return 0 if each.children[0].value == 0 else _product(each)


def _criterion(each: Explanation) -> Fraction:
    weight, rating, high = each.children
    return Fraction(0) if rating.status == "missing" else _number(weight) * _number(rating) / _number(high)


def _scorecard(each: Explanation) -> Fraction:
    """Add the parts; of those without a rating, the weight goes to the others."""
    rated = [child for child in each.children if child.status == "value"]
    weights = sum((_number(child.children[0]) for child in rated), Fraction(0))
    return _total(each) / weights if each.operator == "reweight" and weights else _total(each)


def _increase(each: Explanation) -> Fraction:
    now, *before = _numbers(each)
    return now - sum(before, Fraction(0))


def _weighted(each: Explanation) -> Fraction:
    whole, *parts = _numbers(each)
    return whole * sum(parts, Fraction(0))


def _tiers(each: Explanation) -> Fraction | None:
    total = Fraction(0)
    if each.operator == "slice" and each.children[0].kind == "Stacked" and each.children[0].status == "value":
        subject, edges = each.children[0], [(row.bound, True) for row in each.slices]
        begin = _number(subject.children[-1])
        cut = zip(slice_parts(begin, edges), slice_parts(begin + _number(subject), edges), strict=True)
        if [high - low for low, high in cut] != [row.part for row in each.slices]:
            return None
    for row in each.slices:
        if each.operator != "curve" and row.amount != row.part * (row.rate or 0):
            return None
        total += row.amount
    return total


def _mean(each: Explanation) -> Fraction | None:
    """Add what stretches of days add, which are all the days that count."""
    whole = sum((Fraction(one.days) for one in each.stretches), Fraction(0))
    for one in each.stretches:
        if one.of != whole or one.part != Fraction(one.days, one.of) * (one.value or 0):
            return None
    return sum((Fraction(one.part) for one in each.stretches), Fraction(0))


def _key(each: Explanation) -> Value | None:
    """The value, if it is one that the cell takes."""
    signs = [] if each.operator == "any" else each.operator.split()
    held = [_COMPARE[sign](each.value, edge.value) for sign, edge in zip(signs, each.children, strict=True)]
    return each.value if all(held) else None


def _row(each: Explanation) -> Value | None:
    """The answer behind the keys."""
    *keys, answer = (child for child in each.children if child.kind != "Other")
    return answer.value if all(key.kind == "Key" for key in keys) else None


def _standing(each: Explanation) -> Value | None:
    """A place: 1 + those who have more; a prize: the mean of what all places bring that equal figures fill."""
    if each.operator not in {"place", "prize", "level"}:
        return 0
    known = {child.kind: _number(child) for child in each.children if child.kind in {"Ahead", "Level"}}
    if each.operator == "place":
        return known["Ahead"] + 1
    return sum((_number(child) for child in each.children if child.kind == "Prize"), Fraction(0)) / known["Level"]


def _each(each: Explanation) -> Fraction | None:
    """Add the rows; a figure that is stacked begins where that of the row before ended."""
    before: dict[Span | None, Fraction] = {}
    for fact in each.children:
        laid = {one.span: one for one in _below(fact) if one.kind == "Stacked" and one.status == "value"}
        if any(_number(one.children[-1]) != before.get(span, _number(one.children[-1])) for span, one in laid.items()):
            return None
        before = {span: _number(one.children[-1]) + _number(one) for span, one in laid.items()}
    return _total(each)


def _below(each: Explanation) -> Iterator[Explanation]:
    yield each
    for child in each.children:
        yield from _below(child)


def _division(each: Explanation) -> Value | None:
    """A part of a pool: whole steps, less than one from the exact share."""
    pool = next((child for child in each.children if child.kind == "Rounded"), None)
    if each.operator != "divided" or pool is None or pool.rounding is None:
        return 0
    own = next((child for child in each.children if child.kind == "Weight"), None)
    exact = _number(pool) * (1 if own is None else _number(own)) / _number(each.children[-1])
    step = Fraction(pool.rounding.step)
    near = abs(_number(each) - exact) < step and (_number(each) / step).denominator == 1
    return each.value if near else None


def _claimed(row: RowUsed) -> bool:
    """Whether what credits a row gives its share: the sum, within the whole for the company; or the whole to each."""
    won = [Fraction(claim.share) for claim in row.claims if claim.won]
    total = sum(won, Fraction(0))
    return not row.claims or row.share in {total, min(total, 1)} or (row.share == 1 and set(won) == {1})


def _measure(each: Explanation) -> Value | None:
    if each.counted != len(each.rows) or not all(map(_claimed, each.rows)):
        return None
    if each.operator == "count":
        return sum((Fraction(row.share) for row in each.rows), Fraction(0))
    values: list[Any] = [row.value for row in each.rows if row.value is not None]
    if each.operator == "count_distinct":
        return len(set(values))
    if each.operator in {"min", "max"}:
        picked: Value = min(values) if each.operator == "min" else max(values)
        return picked
    numbers = [Fraction(value) for value in values if isinstance(value, int | Fraction)]
    total = sum(numbers, Fraction(0))
    return total / len(numbers) if each.operator == "average" else total


def _shift(each: Explanation) -> Value | None:
    day, by = (child.value for child in each.children)
    if type(day) is date and isinstance(by, int) and each.children[1].unit.kind == "days":
        return day + timedelta(days=-by if each.operator == "back" else by)
    return each.value


def _gap(each: Explanation) -> Value | None:
    later, earlier = (child.value for child in each.children)
    if type(later) is date and type(earlier) is date and each.unit.kind == "days":
        return (later - earlier).days
    return each.value


def _settled(each: Explanation) -> Fraction | None:
    """Follow the amount from step to step as far as it is known, and add up what is asked for."""
    amount = Fraction(0)
    known = True
    for step in each.children:
        known = known and step.status == "value"
        if known and _role(step, "Before") != amount:
            return None
        amount = _number(step) if known else amount
    match each.name:
        case "paid":
            return amount if known else None
        case "earned":
            adds = [step for step in each.children if step.name == "AddLines"]
            return sum((_number(child) for step in adds for child in _lines(step)), Fraction(0))
        case "payable":
            gives = [step for step in each.children if step.name in _GIVES]
            return sum((_number(step) - _role(step, "Before") for step in gives), Fraction(0))
        case name:
            kept = [step for step in each.children if _KEPT.get(step.name) == name and step.operator != "lost"]
            return sum(map(_left, kept), Fraction(0))


def _left(step: Explanation) -> Fraction:
    """What stays behind a step: nothing where all of it is forgiven, or falls due, whatever it comes to."""
    gone = [child for child in step.children if child.kind in {"Forgiven", "Leaving"}]
    if any(child.status != "value" for child in gone):
        return Fraction(0)
    return _role(step, "Balance") - sum(map(_number, gone), Fraction(0))


def _lines(step: Explanation) -> list[Explanation]:
    return [child for child in step.children if child.kind not in {"Before", "Brought", "Balance"}]


def _role(step: Explanation, kind: str) -> Fraction:
    return sum((_number(child) for child in step.children if child.kind == kind), Fraction(0))


def _step(each: Explanation) -> Fraction | None:
    """What a step makes of an amount, with what falls due because somebody leaves."""
    made, leaving = _made(each), _role(each, "Leaving")
    if made is None:
        return None
    return made - leaving if each.name == "Draw" else made + leaving


def _made(each: Explanation) -> Fraction | None:
    """What a step makes of an amount; None where the balance that it leaves does not follow."""
    before, brought, limit, so_far = (_role(each, kind) for kind in ("Before", "Brought", "Limit", "SoFar"))
    total = before + brought
    match each.name, each.operator:
        case "AddLines", _:
            return total + sum(map(_number, _lines(each)), Fraction(0)) - _role(each, "Balance")
        case "Clawback", _:
            return before - brought - _role(each, "Taken") + _role(each, "Balance") if _taken(each) else None
        case "Release" | "Instalments", _:
            return total - _role(each, "Balance") if _parts(each) else None
        case "TrueUp", "now":
            return before + _role(each, "Target") - so_far
        case ("TrueUp", _) | ("Draw", "outside" | "forgiven"):
            return before
        case "Draw", "not yet":
            after = before
        case "Draw", "lifted":
            after = max(before, limit)
        case "CapOver", _:
            after = min(total, max(limit - so_far, Fraction(0)))
        case "HoldBelow", _:
            after = Fraction(0) if total < limit else total
        case "Draw", "due":
            after = before - brought
        case "Draw", "after":
            after = before - min(brought, max(before, Fraction(0)))
        case _, "recoverable" | "carried":
            after = limit if before < limit else before - min(brought, before - limit)
        case _:
            return max(before, limit)
    left = after - before + brought if each.name in {"Draw", "FloorAt"} else total - after
    return after if left == _role(each, "Balance") else None


def _taken(each: Explanation) -> bool:
    """Whether what a clawback decides to take is its share of what was given too much, rounded, at most its limit."""
    used = next((child.rounding for child in each.children if child.kind == "Taken"), None)
    exact = _role(each, "Share") * _role(each, "Gave")
    if any(child.kind == "Limit" for child in each.children):
        exact = min(exact, _role(each, "Limit"))
    if used is None:
        return exact == 0
    return used.before == exact and _role(each, "Taken") == round_to(exact, Fraction(used.step), used.mode)


def _parts(each: Explanation) -> bool:
    """Whether what waits and what falls due are the parts of their rows."""
    told = [child for child in each.children if child.kind in {"Due", "Balance"} and child.rows]
    return all(
        _number(child)
        == sum((Fraction(row.value) for row in child.rows if isinstance(row.value, int | Fraction)), Fraction(0))
        for child in told
    )


def _gave(each: Explanation) -> Fraction:
    given, other = _numbers(each)
    return given * other if each.operator == "as paid" else given - other


_GIVES = frozenset({"AddLines", "TrueUp", "Clawback", "Release", "Instalments"})
_KEPT: Mapping[str, str] = {
    "AddLines": "held",
    "Clawback": "clawback_balance",
    "Release": "held",
    "Instalments": "held",
    "Draw": "draw_balance",
    "CapOver": "cap_balance",
    "FloorAt": "floor_balance",
    "HoldBelow": "held",
}
_RULES: Mapping[str, Callable[[Explanation], Value | None]] = {
    "Add": _total,
    "Negate": lambda each: -_total(each),
    "Multiply": _product,
    "Divide": _quotient,
    "Least": lambda each: _extreme(each, min),
    "Greatest": lambda each: _extreme(each, max),
    "Rounded": _rounded,
    "Compare": _compared,
    "Both": lambda each: all(child.value for child in each.children),
    "Either": lambda each: any(child.value for child in each.children),
    "Opposite": lambda each: not each.children[0].value,
    "OneOf": _one_of,
    "IsMissing": lambda each: each.children[0].status == "missing",
    "Choose": _last,
    "IfMissing": _last,
    "Tiers": _tiers,
    "Lookup": _last,
    "Presence": _mean,
    "PersonMean": _mean,
    "Prorated": _mean,
    "Row": _row,
    "Key": _key,
    "Each": _each,
    "Stacked": lambda each: each.children[0].value,
    "Fact": _last,
    "Shared": _last,
    "Ranking": _last,
    "Standing": _standing,
    "Prize": _product,
    "Division": _division,
    "Weight": _last,
    "Weighted": _weighted,
    "Part": _product,
    "Scorecard": _scorecard,
    "Criterion": _criterion,
    "Gate": _gate,
    "When": _gated,
    "Gated": _through_gate,
    "Cap": lambda each: _extreme(each, min),
    "Floor": lambda each: _extreme(each, max),
    "Amended": _last,
    "Increase": _increase,
    "LetValue": _last,
    "LineValue": _total,
    "Line": _last,
    "InputValue": _total,
    "Member": _total,
    "Phase": _product,
    "MeasureValue": _measure,
    "DateShift": _shift,
    "Converted": _converted,
    "DateGap": _gap,
    "Settled": _settled,
    "Step": _step,
    "Limit": _last,
    "Target": _last,
    "Share": _last,
    "Gave": _gave,
}
