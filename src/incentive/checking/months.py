"""Counting calendar months: what 31 January and one month give is the plan's choice, never the program's."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from incentive import tree
from incentive.checking.clauses import added_to_plan
from incentive.checking.desk import Desk
from incentive.diagnostics import Remark, Span
from incentive.language.words import MONTH_ENDS, say, spelling
from incentive.quantities import MonthEndError, month_add


def settled_months(
    desk: Desk, span: Span, start: tree.Expr | None = None, by: tree.Expr | None = None, *, minus: bool = False
) -> bool:
    """Whether counting months from a date has one answer; a finding says what the plan must choose."""
    if desk.header.month_end or _exists(start, by, minus=minus):
        return True
    at = desk.header.period_span
    clause = say("MONTH_END", desk.language)
    helps = [added_to_plan(desk, name, f"{clause} {spelling(MONTH_ENDS, name, desk.language)}") for name in MONTH_ENDS]
    remarks = [Remark(at, "plan")] if at is not None else []
    desk.report_once("E523", span, at or span, remarks=remarks, helps=helps, text=desk.text(span))
    return False


def _exists(start: tree.Expr | None, by: tree.Expr | None, *, minus: bool) -> bool:
    """Whether both are written in the plan, and there is such a day."""
    if not isinstance(start, tree.Constant) or not isinstance(by, tree.Constant):
        return False
    if type(start.value) is not date or not isinstance(by.value, Fraction):
        return False
    count = int(by.value)
    try:
        month_add(start.value, -count if minus else count, None)
    except (MonthEndError, OverflowError, ValueError):
        return False
    return True
