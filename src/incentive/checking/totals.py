"""Measures and inputs over the window in hand, of a person or of a group."""

from __future__ import annotations

from incentive import tree
from incentive.checking.describe import phrase, window_words
from incentive.checking.desk import Desk
from incentive.checking.periods import carries_period, length, whole
from incentive.checking.places import Place
from incentive.diagnostics import Help, Remark, Span
from incentive.language.words import say


def measure_value(desk: Desk, name: str, span: Span, place: Place, who: str) -> tree.Expr | None:
    """A measure of somebody over the window in hand."""
    measure = desk.measures.get(name)
    if measure is None:
        return None
    if measure.credit is None:
        if who not in {"participant", "company"}:
            desk.report("E531", span, name=name)
            return None
        who = "company"
    optional = measure.aggregate in {"average", "min", "max"}
    if optional and not place.guarded:
        text = _fallback_text(desk, desk.text(span), measure.unit)
        desk.report("E332", span, helps=[Help("fallback")], name=name, fallback=text)
        return None
    return tree.MeasureValue(name, type=tree.Type(measure.unit, tree.Grain(who, place.window), optional), span=span)


def _fallback_text(desk: Desk, text: str, unit: tree.Unit) -> str:
    zero = f"0 {unit.currency}" if unit.kind == "money" else "0"
    return f"({text} {phrase('IF MISSING', desk.language)} {zero})"


def input_value(desk: Desk, name: str, span: Span, place: Place, who: str) -> tree.Expr | None:
    """An input of somebody, over its own period or adapted to the window that the author wrote."""
    declared = desk.inputs.get(name)
    if declared is None:
        return None
    given = declared.input
    holder = {"participant": who, "team": "team", "company": "company"}[given.per]
    if given.per == "team":
        desk.used_people["team"] = None
        holder = "participant"  # the value of the participant's own team
    own = whole(given.period) if given.period is not None else None
    if not carries_period(given.unit) or own is None:
        return tree.InputValue(name, "own", type=tree.Type(given.unit, tree.Grain(holder, None)), span=span)
    if not place.asked or place.window is None or place.window == own:
        return tree.InputValue(name, "own", type=tree.Type(given.unit, tree.Grain(holder, own)), span=span)
    wanted = place.window
    kind = tree.Type(given.unit, tree.Grain(holder, wanted))
    if wanted.shape in {"previous", "same_last_year"} and wanted.kind == own.kind:
        return tree.InputValue(name, "sum", type=kind, span=span)
    if length(wanted.kind) >= length(own.kind):
        if not given.additive:
            desk.report(
                "E510",
                span,
                remarks=_declaration(desk, name),
                helps=[Help("additive")],
                name=name,
                text=desk.text(span),
                additive=say("ADDITIVE", desk.language),
            )
            return None
        return tree.InputValue(name, "sum", type=kind, span=span)
    return _phase(desk, given, wanted, kind, span)


def _phase(desk: Desk, given: tree.Input, wanted: tree.Window, kind: tree.Type, span: Span) -> tree.Expr | None:
    """A part of a longer period's value, as the input declares its parts; a month has four or five weeks, all equal."""
    assert given.period is not None
    per_year = {"month": 12, "quarter": 4, "half": 2, "year": 1}
    weekly = wanted.kind == "week" and not given.phases
    fits = wanted.shape == "whole" and (wanted.kind in per_year or weekly) and given.period in per_year
    parts = per_year.get(wanted.kind, 1) // per_year.get(given.period, 1) if fits else 0
    if not fits or not (given.phased_equally or given.phases) or (given.phases and len(given.phases) != parts):
        desk.report(
            "E513",
            span,
            remarks=_declaration(desk, given.name),
            helps=[] if given.phases or given.phased_equally or not fits else [Help("phased")],
            name=given.name,
            parts=str(parts or ""),
            window=window_words(wanted, desk.language),
            phased=say("PHASED", desk.language),
            equally=say("EQUALLY", desk.language),
        )
        return None
    return tree.InputValue(given.name, "phase", type=kind, span=span)


def _declaration(desk: Desk, name: str) -> list[Remark]:
    symbol = desk.symbols.get(name)
    return [Remark(symbol.name.span, "declared")] if symbol else []
