"""The header of a plan: money, periods, time zone, dates, whom it is for, how lines are rounded."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from attrs import evolve

from incentive.checking.clauses import currency_word, first_of, head_of, period_word, unique, word
from incentive.checking.describe import noun
from incentive.checking.desk import Desk, nearest
from incentive.checking.presence import read_basis
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import MONTH_ENDS, ROUNDINGS, SIDES, fold, say, spelling
from incentive.quantities import RoundingMode, minor_digits

_CONTINENTS: Final = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
_MODES: Final[tuple[RoundingMode, ...]] = get_args(RoundingMode)
_MANDATORY: Final = ("currency", "period", "timezone", "effective")


def read_header(desk: Desk, items: Sequence[s.Item]) -> None:
    """Put what the plan block says on the desk."""
    blocks = [each for each in items if isinstance(each, s.PlanBlock)]
    if not blocks:
        if not desk.broken:
            desk.report("E236", Span(0, 1, 1, 1, 1, 2))
        return
    block = blocks[0]
    for second in blocks[1:]:
        desk.report(
            "E210",
            second.label.span,
            remarks=[Remark(block.label.span, "first")],
            name=say("PLAN", desk.language),
            first_line=desk.line_of(block.span, second.label.span),
            kind=say("PLAN", desk.language),
        )
    desk.header = evolve(desk.header, label=block.label.text)
    seen = unique(desk, block.clauses, _clause_name)
    for clause in block.clauses:
        _clause(desk, clause)
    _settle(desk, first_of(block.clauses, s.Rounding))
    missing = [name for name in _MANDATORY if name not in seen]
    if missing and not desk.is_broken(block.span):
        for name in missing:
            desk.report(
                "E230",
                head_of(desk, block.span),
                block=say("PLAN", desk.language),
                clause=say(name.upper(), desk.language),
                helps=[Help(f"example_{name}")],
            )


def _clause_name(clause: s.Node) -> str | None:
    match clause:
        case s.Setting(clause=name):
            return None if name in {"note", "source"} else str(name)
        case s.Effective():
            return "effective"
        case s.Covers():
            return "for"
        case s.Rounding():
            return "rounding"
        case s.YearStarts():
            return "year"
        case s.PresenceBy():
            return "presence"
        case _:
            return None


def _clause(desk: Desk, clause: s.Node) -> None:
    header = desk.header
    match clause:
        case s.Setting(clause="currency", value=s.Name() as name):
            code = currency_word(desk, name)
            step = Fraction(1, 10 ** minor_digits(code)) if code else header.rounding_step
            desk.header = evolve(header, currency=code, currency_span=name.span, rounding_step=step)
        case s.Setting(clause="period", value=s.Name() as name):
            kind = period_word(desk, name)
            if kind is not None:
                desk.header = evolve(header, period=kind, period_span=name.span)
        case s.Setting(clause="timezone", value=s.Text() as zone):
            if not _is_zone(zone.text):
                near = _city(zone.text) or nearest(zone.text, available_timezones(), 0.7)
                helps = [Help("replace", {"near": f'"{near}"'}, (Edit(zone.span, f'"{near}"'),))] if near else []
                desk.report("E234", zone.span, helps=helps, zone=zone.text)
            desk.header = evolve(header, timezone=zone.text)
        case s.Setting(clause="month_end", value=s.Name() as name):
            found = word(desk, MONTH_ENDS, name, "a_month_end")
            if found is not None:
                desk.header = evolve(header, month_end="up" if found == "up" else "down")
        case s.Setting(clause="note", value=s.Text() as text):
            desk.header = evolve(header, notes=(*header.notes, text.text))
        case s.Setting(clause="source", value=s.Text() as text):
            desk.header = evolve(header, sources=(*header.sources, text.text))
        case s.Effective(first=first, last=last):
            _effective(desk, clause, first, last)
        case s.Covers():
            desk.header = evolve(header, covers=clause)
        case s.YearStarts():
            _year(desk, clause)
        case s.PresenceBy():
            read_basis(desk, clause)
        case _:
            pass


def _is_zone(key: str) -> bool:
    try:
        ZoneInfo(key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _city(written: str) -> str | None:
    """The zone of a city, as people call it: "Paris", "New York"."""
    city = fold(written).replace(" ", "_").replace("-", "_")
    zones = sorted(each for each in available_timezones() if fold(each.rpartition("/")[2]).replace("-", "_") == city)
    return next((each for each in zones if each.startswith(_CONTINENTS)), None)


def _effective(desk: Desk, clause: s.Effective, first: s.Day, last: s.Day | None) -> None:
    if last is None:
        if not desk.is_broken(clause.span):
            desk.report(
                "E230",
                clause.span,
                block=desk.text(clause.span).split()[0],
                clause=say("UNTIL", desk.language),
                helps=[Help("example_until")],
            )
        return
    if last.value < first.value:
        desk.report("E231", last.span, remarks=[Remark(first.span)], first=str(first.value), last=str(last.value))
        return
    desk.header = evolve(desk.header, first_day=first.value, last_day=last.value)


def _year(desk: Desk, clause: s.YearStarts) -> None:
    if clause.day != 1 or not 1 <= clause.month <= 12:
        desk.report("E232", clause.span, day=f"{clause.month:02d}-{clause.day:02d}")
        return
    side: Literal["start", "end"] = "end"
    if clause.named_by is not None:
        side = "start" if word(desk, SIDES, clause.named_by, "a_side") == "start" else "end"
    elif clause.month != 1:
        desk.report(
            "E233",
            clause.span,
            helps=[Help("by_end"), Help("by_start")],
            written=desk.text(clause.span),
            by=say("NAMED", desk.language),
            end=spelling(SIDES, "end", desk.language),
            start=spelling(SIDES, "start", desk.language),
        )
    desk.header = evolve(desk.header, year_starts=clause.month, year_named_by=side)


def _settle(desk: Desk, clause: s.Rounding | None) -> None:
    """Rounding needs the currency, whichever clause comes first."""
    if clause is None:
        return
    found = word(desk, ROUNDINGS, clause.mode, "a_rounding")
    mode = next((each for each in _MODES if each == found), None)
    if mode is not None:
        desk.header = evolve(desk.header, rounding=mode, rounding_span=clause.mode.span)
    if clause.step is not None:
        if clause.step.currency != desk.header.currency and desk.header.currency:
            desk.report(
                "E301",
                clause.step.span,
                left=clause.step.currency,
                right=desk.header.currency,
                verb=noun("verb_rounded", desk.language),
            )
        elif clause.step.value <= 0 or (Fraction(1) / clause.step.value).denominator != 1:
            desk.report("E237", clause.step.span, step=desk.text(clause.step.span))
        else:
            desk.header = evolve(desk.header, rounding_step=clause.step.value)
