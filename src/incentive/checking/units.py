"""Which units go together, and what comes out.

Pure rules over `tree.Unit`: the result of an operation, or the code of the mistake. Nothing here knows about the text.
"""

from __future__ import annotations

from typing import Final, Literal

from incentive.tree import Unit

RATIO: Final = Unit("ratio")
YES_NO: Final = Unit("yes_no")
TEXT: Final = Unit("text")
DAYS: Final = Unit("days")
HOURS: Final = Unit("hours")
MONTHS: Final = Unit("months")
DATE: Final = Unit("date")
TIMESTAMP: Final = Unit("timestamp")
PARTICIPANT: Final = Unit("participant")

Clash = Literal["E300", "E301", "E302", "E304", "E305", "E306", "E307", "E324"]
_NUMERIC: Final = frozenset({"money", "own_money", "ratio", "count", "rate", "days", "hours", "months"})
_DURATIONS: Final = frozenset({"days", "hours", "months"})


def money(currency: str) -> Unit:
    """An amount in a currency."""
    return Unit("money", currency=currency)


def count(of: str = "") -> Unit:
    """A number of things; "" where the thing is not said."""
    return Unit("count", counted=of)


def is_number(unit: Unit) -> bool:
    """Whether arithmetic makes sense."""
    return unit.kind in _NUMERIC


def same(left: Unit, right: Unit) -> Unit | Clash:
    """The common unit of two values that are added, compared, or alternatives of each other."""
    if left == right:
        return left
    kinds = {left.kind, right.kind}
    if kinds == {"money"}:
        return "E301" if left.currency and right.currency else money(left.currency or right.currency)
    if "own_money" in kinds and kinds <= {"money", "own_money"}:
        return "E324"
    if kinds == {"count"}:
        if not left.counted or not right.counted:
            return count(left.counted or right.counted)
        return "E306"
    if kinds == {"rate"}:
        return "E301" if left.currency != right.currency else "E306"
    if kinds <= {"money", "ratio"}:
        return "E302"
    if kinds <= _DURATIONS:
        return "E307"
    if kinds == {"choice"}:
        shared = tuple(each for each in left.choices if each in right.choices)
        return Unit("choice", choices=shared) if shared else "E300"
    return "E300"


def added(left: Unit, right: Unit, *, minus: bool) -> Unit | Clash:
    """A sum or a difference, dates included."""
    if left.kind in {"date", "timestamp"}:
        if right.kind == left.kind:
            return (DAYS if left.kind == "date" else HOURS) if minus else "E300"
        if right.kind == "open_hours":
            return "E307" if left.kind == "date" else "E300" if minus else left
        if right.kind in _DURATIONS:
            return "E307" if left.kind == "date" and right.kind == "hours" else left
        return "E300"
    if not is_number(left) or not is_number(right):
        return "E300"
    return same(left, right)


def times(left: Unit, right: Unit) -> Unit | Clash:
    """A product."""
    for one, other in ((left, right), (right, left)):
        if one.kind == "ratio" and is_number(other):
            return other
        if one.kind == "rate" and other.kind == "count":
            known = not one.counted or not other.counted or one.counted == other.counted
            return money(one.currency) if known else "E306"
        if one.kind in {"money", "own_money"} and other.kind == "count":
            return one
    return "E304"


def divided(left: Unit, right: Unit) -> Unit | Clash:
    """A quotient."""
    if not is_number(left) or not is_number(right):
        return "E300"
    if right.kind == "ratio":
        return left
    if left.kind == right.kind == "count":
        return RATIO
    if left.kind == "money" and right.kind == "count":
        return Unit("rate", currency=left.currency, counted=right.counted)
    if left.kind == "money" and right.kind == "rate" and left.currency == right.currency:
        return count(right.counted)
    common = same(left, right)
    if isinstance(common, Unit):
        return RATIO
    return "E304" if common in {"E300", "E302"} else common
