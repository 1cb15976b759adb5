"""What to say when figures of different periods meet, with the repairs that fit."""

from __future__ import annotations

from functools import partial
from typing import Any

from incentive import tree
from incentive.checking.clashes import replaced, shown
from incentive.checking.describe import noun, window_words
from incentive.checking.desk import Desk
from incentive.checking.periods import length, whole
from incentive.diagnostics import Help, Remark, Span
from incentive.language.words import PERIODS, TO_DATE, say, spelling
from incentive.tree import Window


def mismatch(desk: Desk, left: tree.Expr, right: tree.Expr, span: Span) -> None:
    """Report figures of different periods."""
    first, second = left.type.grain.when, right.type.grain.when
    if first is None or second is None:
        return
    remarks = [Remark(right.span, "right")] if right.span is not None else []
    declared = [each for each in (_declared(desk, origin(left)), _declared(desk, origin(right))) if each]
    remarks += declared
    report: Any = desk.report
    if len(declared) == 1:  # the input's period is as likely wrong as its use
        report = partial(desk.report_once, cause=declared[0].span)
    report(
        "E501",
        left.span or span,
        mark="left",
        remarks=remarks,
        helps=_repairs(desk, left, right),
        left=shown(desk, left),
        right=shown(desk, right),
        left_window=window_words(first, desk.language),
        right_window=window_words(second, desk.language),
        left_source=_plans_own(desk, origin(left), first),
        right_source=_plans_own(desk, origin(right), second),
    )


def origin(node: tree.Expr) -> tree.Expr:
    """The leaf that gives an expression its period."""
    while node.type.grain.when is not None:
        below = [each for each in tree.children(node) if each.type.grain.when == node.type.grain.when]
        if not below:
            break
        node = below[0]
    return node


def _plans_own(desk: Desk, leaf: tree.Expr, window: Window) -> str:
    """Where a measure has its period from, when that is the plan's own."""
    at = desk.header.period_span
    if isinstance(leaf, tree.InputValue) or window != whole(desk.header.period) or at is None:
        return ""
    return noun("plans_period", desk.language, line=str(at.line))


def declared_period(desk: Desk, value: tree.Expr) -> Span | None:
    """Where the input that gives an expression its period declares it."""
    remark = _declared(desk, origin(value))
    return remark.span if remark else None


def _declared(desk: Desk, leaf: tree.Expr) -> Remark | None:
    """Where an input says for which period it is given."""
    if isinstance(leaf, tree.InputValue):
        declared = desk.inputs.get(leaf.name)
        if declared is not None and declared.period_span is not None:
            return Remark(declared.period_span, "declared")
    return None


def _repairs(desk: Desk, left: tree.Expr, right: tree.Expr) -> list[Help]:
    """What the author may have meant, each a complete replacement."""
    one, two = left.type.grain.when, right.type.grain.when
    assert one is not None
    assert two is not None
    short, long_ = (left, right) if length(one.kind) <= length(two.kind) else (right, left)
    near, far = origin(short), origin(long_)
    brief, wide = short.type.grain.when, long_.type.grain.when
    assert brief is not None
    assert wide is not None
    if brief.shape != "whole" or wide.shape != "whole" or near.span is None:
        return []
    over, language = say("OVER", desk.language), desk.language
    both = [left, right]
    kind = spelling(PERIODS, wide.kind, language)
    helps: list[Help] = []
    if isinstance(near, tree.MeasureValue | tree.FactPart):
        so_far = TO_DATE.get(wide.kind, kind) if language == "fr" else f"{kind} to date"
        text = replaced(desk, both, near.span, f"{shown(desk, near)} {over} {so_far}")
        helps.append(Help("to_date", {"text": text}))
        if isinstance(far, tree.InputValue) and far.span is not None:
            part = spelling(PERIODS, brief.kind, language)
            text = replaced(desk, both, far.span, f"{shown(desk, far)} {over} {part}")
            helps.append(_phased(desk, far, text))
        if brief == whole(desk.header.period):
            helps.append(Help("accumulate", {"text": f"{say('ACCUMULATE', language)} {over} {kind}"}))
    elif isinstance(near, tree.InputValue):
        text = replaced(desk, both, near.span, f"{shown(desk, near)} {over} {kind}")
        declared = desk.inputs.get(near.name)
        if declared is not None and declared.input.additive:
            helps.append(Help("summed", {"text": text}))
        else:
            helps.append(Help("sum", {"additive": say("ADDITIVE", language), "text": text}))
    return helps


def _phased(desk: Desk, far: tree.InputValue, text: str) -> Help:
    declared = desk.inputs.get(far.name)
    if declared is not None and declared.input.phased_equally:
        return Help("part", {"text": text})
    phased = f"{say('PHASED', desk.language)} {say('EQUALLY', desk.language)}"
    return Help("phased", {"phased": phased, "text": text})
