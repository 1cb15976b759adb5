"""One mistake, one message: findings that one wrong word causes all over a plan become one finding at that word.

A plan whose currency is mistyped disagrees with every amount in it, one whose period is mistyped with every period of
its examples. Reported one by one, the places that are right look wrong, and the word that is wrong is never named.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from incentive.checking.desk import Desk
from incentive.diagnostics import Diagnostic, Label, Remark, finding
from incentive.language.words import PERIODS, spelling
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodRangeError

_OF_PERIOD: Final = frozenset({"E262", "E266", "E501", "E502", "E503", "E512", "E513"})
_OF_CURRENCY: Final = frozenset({"E301", "E322"})
_MOST_SHOWN: Final = 4


def gather_causes(desk: Desk) -> None:
    """Replace what follows from the header by one finding about the header."""
    _currency(desk)
    _period(desk)


def _currency(desk: Desk) -> None:
    """Every amount of the plan is in one currency, and it is not the plan's."""
    at, plan = desk.header.currency_span, desk.header.currency
    written = [each for each in desk.amounts if each != plan]
    clashes = [each for each in desk.diagnostics if each.code in _OF_CURRENCY]
    if at is None or plan in desk.amounts or len(written) != 1 or not clashes or len(desk.amounts[written[0]]) < 2:
        return
    places = [Remark(span) for span in desk.amounts[written[0]][:_MOST_SHOWN]]
    made = finding(
        "E308",
        desk.language,
        span=at,
        mark="plan",
        remarks=places,
        path=desk.source.of(at).path,
        plan=plan,
        written=written[0],
        count=str(len(desk.amounts[written[0]])),
    )
    desk.diagnostics = [each for each in desk.diagnostics if each not in clashes]
    desk.diagnostics.append(made)


def _period(desk: Desk) -> None:
    """Every period that the examples name is of one kind, and it is not the plan's."""
    at = desk.header.period_span
    kinds = {_kind(desk, name) for name, _ in desk.named_periods}
    follow = [each for each in desk.diagnostics if each.code in _OF_PERIOD]
    alone = len(desk.named_periods) < 2 and all(each.code == "E262" for each in follow)
    if at is None or len(kinds) != 1 or not follow or alone:
        return
    kind = kinds.pop()
    if kind is None or kind == desk.header.period:
        return
    first = desk.named_periods[0][1]
    made = finding(
        "E268",
        desk.language,
        span=at,
        mark="plan",
        remarks=[Remark(first, "example")],
        path=desk.source.of(at).path,
        plan=spelling(PERIODS, desk.header.period, desk.language),
        named=desk.named_periods[0][0],
        kind=spelling(PERIODS, kind, desk.language),
    )
    desk.diagnostics = [each for each in desk.diagnostics if each not in follow]
    desk.diagnostics.append(all_primary(made))


def all_primary(made: Diagnostic) -> Diagnostic:
    """The finding with all its places as primary: one of them is wrong, and only the author knows which."""
    return evolve(made, labels=tuple(Label(each.span, each.text, primary=True) for each in made.labels))


def _kind(desk: Desk, name: str) -> str | None:
    try:
        return FiscalYear(desk.header.year_starts, desk.header.year_named_by).parse(name).kind
    except (PeriodFormatError, PeriodRangeError):
        return None
