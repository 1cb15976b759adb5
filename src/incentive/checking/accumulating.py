"""What changes while a component accumulates: its whole window is computed again at the value of the last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from incentive import tree
from incentive.checking.describe import window_words
from incentive.checking.desk import Desk
from incentive.diagnostics import Edit, Help, Remark
from incentive.language.words import say
from incentive.quantities import FiscalYear


def warn_of_changes(desk: Desk, pay: tree.Expr, over: tree.Window) -> None:
    """Warn of parameters that change inside a window to date, and of conversions at the rate of its last day."""
    window = window_words(over, desk.language)
    seen: set[str] = set()
    for each in _inside(desk, pay):
        if each.span is None:
            continue
        if isinstance(each, tree.Converted) and each.at == "period_end" and each.value.type.grain.when == over:
            text = " ".join(desk.text(each.span).split())
            desk.report("W506", each.span, helps=[Help("event")], text=text, window=window)
        if not isinstance(each, tree.ParameterValue) or each.at != "period_end" or each.name in seen:
            continue
        change = _change(desk, desk.parameters[each.name], over)
        if change is not None and change.start is not None:
            seen.add(each.name)
            fixed = f"({each.name} {say('DATED', desk.language)} {desk.header.first_day})"
            desk.report(
                "W505",
                each.span,
                remarks=[Remark(change.span, "changes")] if change.span is not None else [],
                helps=[Help("event"), Help("opening", {"text": fixed}, (Edit(each.span, fixed),))],
                name=each.name,
                day=str(change.start),
                window=window,
            )


def _inside(desk: Desk, pay: tree.Expr) -> Iterator[tree.Expr]:
    """Everything in a formula and in the definitions that it reads."""
    todo, seen = [pay], set[str]()
    while todo:
        for each in tree.walk(todo.pop()):
            yield each
            if isinstance(each, tree.LetValue) and each.name not in seen:
                seen.add(each.name)
                made = desk.lets.get(each.name)
                todo += [made.value] if made is not None else []


def _change(desk: Desk, parameter: tree.Parameter, over: tree.Window) -> tree.Since | None:
    """The first change of a parameter inside a window of the plan, not at its beginning."""
    header = desk.header
    year = FiscalYear(header.year_starts, header.year_named_by)

    def begins(day: date) -> bool:
        return over.kind != "plan" and year.period_of(over.kind, day).start == day

    inside = (each for each in parameter.values if each.start and header.first_day < each.start <= header.last_day)
    return next((each for each in inside if each.start is not None and not begins(each.start)), None)
