"""Which days a figure covers, and which figures go together.

The mistake that unit systems miss is a monthly figure over an annual one. Amounts and counts carry the window they
cover; ratios, rates and constants carry none.
"""

from __future__ import annotations

from typing import Final

from incentive.quantities import PERIOD_KINDS, PeriodKind
from incentive.tree import Unit, Window

_WITHOUT_PERIOD: Final = frozenset(
    {"ratio", "rate", "date", "timestamp", "yes_no", "choice", "text", "participant", "row", "days", "hours", "months"}
)
_PERIODS_APART: Final = frozenset({"whole", "previous", "same_last_year"})


def carries_period(unit: Unit) -> bool:
    """Whether figures of this unit belong to a window."""
    return unit.kind not in _WITHOUT_PERIOD


def together(left: Window | None, right: Window | None) -> Window | str | None:
    """The window of two figures that are added or compared, or "E501" where they do not go together."""
    if left is None or right is None or left == right:
        return left or right
    if left.kind == right.kind and {left.shape, right.shape} == {"whole", "to_date"}:
        return left if left.shape == "to_date" else right
    if left.kind == right.kind and left.shape in _PERIODS_APART and right.shape in _PERIODS_APART:
        return left if left.shape == "whole" else right  # growth: the author named the other period
    return "E501"


def length(kind: PeriodKind | str) -> int:
    """The rank of a kind of period, the shortest first."""
    return PERIOD_KINDS.index(kind) if kind in PERIOD_KINDS else len(PERIOD_KINDS)


def whole(kind: PeriodKind) -> Window:
    """The period of a kind that contains the paid one."""
    return Window("whole", kind)


def suffix(window: Window, plan_kind: PeriodKind) -> str:
    """What tells the instances of one `let` apart: nothing for the plan's own period."""
    if window == whole(plan_kind):
        return ""
    count = f" {window.n}" if window.shape == "last" else ""
    return f" over {window.shape}{count} {window.kind}"
