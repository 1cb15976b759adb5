"""Facts that count again: each month of a contract, each quarter of a subscription, as long as it runs."""

from __future__ import annotations

from typing import Final, Literal

from incentive import tree
from incentive.checking.clauses import period_word
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk
from incentive.checking.months import settled_months
from incentive.checking.places import Place
from incentive.diagnostics import Remark
from incentive.language import syntax as s
from incentive.quantities import PeriodKind

_MONTHS: Final[dict[PeriodKind, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def recurring(desk: Desk, node: s.Dated, aggregate: s.Aggregate, place: Place) -> tree.Recurring | Literal[False]:
    """`dated each month from A until B`, or `for 12 months`; False after a finding."""
    assert node.every is not None
    every = period_word(desk, node.every)
    if every is None:
        return False
    if aggregate.how not in {"sum", "count"}:
        desk.report("E255", node.span, remarks=[Remark(aggregate.span)], text=desk.text(aggregate.span).split()[0])
        return False
    if every != "week" and not settled_months(desk, node.span):
        return False
    if node.parts is not None:
        times = _times(desk, node.parts, every, node.every.text)
        return False if times is None else tree.Recurring(every, times, None)
    assert node.until is not None
    until = desk.elaborate(node.until, place)
    if until is None:
        return False
    if until.type.unit.kind not in {"date", "timestamp"}:
        desk.report("E313", node.until.span, got=unit_words(until.type.unit, desk.language))
        return False
    return tree.Recurring(every, None, until)


def _times(desk: Desk, parts: s.Parts, every: PeriodKind, written: str) -> int | None:
    """How often a fact counts in a number of periods: 12 months are four quarters."""
    unit = period_word(desk, parts.period)
    if unit is None:
        return None
    number = parts.number.value
    months = number * _MONTHS.get(unit, 0) / _MONTHS.get(every, 1)
    times = number if unit == every else months if unit != "week" and every != "week" else number * 0
    if times.denominator != 1 or times < 1:
        desk.report("E256", parts.span, text=desk.text(parts.span), every=written)
        return None
    return int(times)
