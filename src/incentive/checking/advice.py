"""What is legal and seldom meant, said once a plan has no mistake: among mistakes it would only be noise."""

from __future__ import annotations

from incentive.checking.cliffs import report_cliffs
from incentive.checking.debts import report_debts
from incentive.checking.desk import Desk
from incentive.checking.lookalikes import report_lookalikes
from incentive.checking.roundings import report_roundings
from incentive.checking.unreached import report_unreached
from incentive.checking.unused import report_unused
from incentive.language import syntax as s


def advise(desk: Desk, items: tuple[s.Item, ...], used: set[str]) -> None:
    """Report every warning that needs the whole plan; `used` are the names that something other than examples reads."""
    report_cliffs(desk)
    report_debts(desk)
    report_roundings(desk)
    report_unreached(desk)
    report_lookalikes(desk)
    report_unused(desk, items, used)
