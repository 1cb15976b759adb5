"""Presence: the basis that a plan counts days by, and the names that read the days of a period.

Half of the disputes about joiners and leavers are about the day count, so there is none by default: whoever reads
presence, or lets a value be prorated, has to say in the plan how days are counted.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import added_to_plan
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.periods import length
from incentive.checking.places import Place
from incentive.checking.units import DATE, RATIO, is_number
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, meaning, say, spelling
from incentive.quantities import DAY_COUNTS, DayCount

_ALWAYS_SOME: Final = frozenset({"calendar", "months"})  # each day counts, so one day on the plan is more than nothing


def read_basis(desk: Desk, clause: s.PresenceBy) -> None:
    """Put the basis on the desk."""
    written = clause.basis
    if meaning(DURATIONS, written, desk.language) == "months":
        written = "months"
    found = next((each for each in DAY_COUNTS if each == written), None)
    if found is not None:
        desk.header = evolve(desk.header, presence=found)
        return
    options = [basis_words(desk, each) for each in DAY_COUNTS]
    text = desk.text(clause.written)
    near = nearest(text, options)
    helps = [Help("replace", {"near": near}, (Edit(clause.written, near),))] if near else []
    what = noun("a_day_count", desk.language)
    desk.report("E206", clause.written, helps=helps, word=text, what=what, options=", ".join(options))
    desk.header = evolve(desk.header, presence="calendar")  # that there is a basis is said: one finding is enough


def basis_words(desk: Desk, basis: DayCount) -> str:
    """A basis as an author writes it."""
    if basis == "months":
        return spelling(DURATIONS, "months", desk.language)
    return basis if basis == "30/360" else say(f"{basis.upper()}_DAYS", desk.language)


def has_basis(desk: Desk, span: Span) -> bool:
    """Whether the plan says how days are counted; a finding says that it must."""
    if desk.header.presence:
        return True
    at = desk.header.period_span
    clause = say("PRESENCE", desk.language)
    helps = [added_to_plan(desk, each, f"{clause} {basis_words(desk, each)}") for each in DAY_COUNTS]
    remarks = [Remark(at, "plan")] if at is not None else []
    desk.report_once("E560", span, at or span, remarks=remarks, helps=helps, text=desk.text(span))
    return False


def period_value(desk: Desk, result: str, span: Span, place: Place) -> tree.Expr | None:
    """`presence`, `first_day` or `last_day` of the window in hand."""
    if place.window is None:
        return None
    if result == "presence":
        if not has_basis(desk, span):
            return None
        return tree.Presence(place.window, type=tree.Type(RATIO, tree.Grain("participant")), span=span)
    return tree.WindowDay("first" if result == "first_day" else "last", place.window, type=tree.Type(DATE), span=span)


def may_be_prorated(desk: Desk, declared: tree.Input, span: Span) -> bool:
    """Whether a mean over days makes sense of an input; a finding says why not."""
    if not is_number(declared.unit):
        desk.report("E561", span, notes=["unit"], name=declared.name, got=unit_words(declared.unit, desk.language))
        return False
    if declared.period is None:
        desk.report("E561", span, notes=["period"], name=declared.name, got="")
        return False
    if declared.missing_part is not None:
        desk.report("E561", span, notes=["missing"], name=declared.name, got="")
        return False
    return has_basis(desk, span)


def field_is_prorated(desk: Desk, field: s.Field, unit: tree.Unit, *, people: bool) -> bool:
    """Whether a field that says so can be prorated; a finding says why not."""
    assert field.prorated is not None
    if not people:
        desk.report("E561", field.prorated, notes=["table"], name=field.name.text, got="")
        return False
    if not is_number(unit):
        got = unit_words(unit, desk.language)
        desk.report("E561", field.prorated, notes=["unit"], name=field.name.text, got=got)
        return False
    return has_basis(desk, field.prorated)


def prorated_is_something(desk: Desk, declared: tree.Input, node: tree.InputValue) -> bool:
    """Whether a prorated figure is never zero for somebody on the plan, if its value never is.

    One day on the plan must count, and values of both signs could cancel each other.
    """
    if node.by != "own" or declared.period is None or node.type.grain.who not in {"participant", "company"}:
        return False
    signed = any(each.operator in {">", ">="} and each.bound >= 0 for each in declared.musts)
    return signed and present_in(desk, tree.Window("whole", declared.period))


def present_in(desk: Desk, window: tree.Window) -> bool:
    """Whether whoever is on the plan in the paid period has some presence in a window, however it is counted."""
    if desk.header.presence not in _ALWAYS_SOME or window.shape not in {"whole", "to_date", "last"}:
        return False
    return length(window.kind) >= length(desk.header.period)
