"""From earned to paid: the steps of a settlement, in the order in which they act.

A line has no memory; what is paid has one. A draw is owed until it is recovered, a cap of a year looks at the months
before, a debt waits. Each step takes an amount and gives an amount, and keeps a balance from one period to the next, so
a settlement is a fold over the periods of the plan.

Amounts begin as rounded lines. A limit that is a formula is itself rounded once (`Rounded`), so every amount and every
balance is a whole number of the plan's rounding steps.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from attrs import field, frozen

from incentive.diagnostics import Span
from incentive.quantities import PeriodKind
from incentive.structure import Structural
from incentive.tree.nodes import Expr, IfMissing, LineValue, SettledName, Window

SETTLED_NAMES: Final[tuple[SettledName, ...]] = (
    "earned",
    "paid",
    "draw_balance",
    "cap_balance",
    "floor_balance",
    "held",
)
"""What a settlement may give, in the order in which it is shown."""


@frozen(eq=False, repr=False)
class Step(Structural):
    """What all steps carry; places do not compare."""

    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class AddLines(Step):
    """Lines are added. Each is a `LineValue`, or an `IfMissing` around one."""

    lines: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class TrueUp(Step):
    """In the last period of each `per`: `target` less all that was added and trued up of `component` in `window`."""

    component: str
    target: Expr
    window: Window
    per: PeriodKind


@frozen(eq=False, repr=False)
class CapOver(Step):
    """The amounts of each `per` come to the limit at most.

    What is above waits until the end of `per`, for amounts that make room; then it is lost, or with `carry` goes on.
    """

    limit: Expr
    per: PeriodKind
    carry: bool


@frozen(eq=False, repr=False)
class Draw(Step):
    """In the periods from `first` to `last` the amount is lifted to the limit.

    A `recoverable` draw is owed: it is recovered from what exceeds the limit, outside its dates from what exceeds 0.
    `balance` says what becomes after `last` of what is still owed.
    """

    limit: Expr
    recoverable: bool
    first: date
    last: date
    balance: Literal["carried", "forgiven", "due"]


@frozen(eq=False, repr=False)
class FloorAt(Step):
    """The amount is the limit at least; with `carry` what that took is recovered from what exceeds the limit."""

    limit: Expr
    carry: bool


@frozen(eq=False, repr=False)
class HoldBelow(Step):
    """An amount below the limit waits for the next period."""

    limit: Expr


SettlementStep = AddLines | TrueUp | CapOver | Draw | FloorAt | HoldBelow


@frozen(eq=False, repr=False)
class Settlement(Structural):
    """The steps, run from top to bottom in each period of the plan."""

    steps: tuple[SettlementStep, ...]
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


def settled_names(settlement: Settlement | None) -> tuple[SettledName, ...]:
    """Name what a settlement gives, in the order in which it is shown."""
    if settlement is None:
        return ()
    given: set[SettledName] = {"earned", "paid"}
    for step in settlement.steps:
        name = balance_name(step)
        if name is not None:
            given.add(name)
    return tuple(each for each in SETTLED_NAMES if each in given)


def balance_name(step: SettlementStep) -> SettledName | None:
    """Name the balance that a step keeps and shows."""
    match step:
        case CapOver(carry=True):
            return "cap_balance"
        case Draw(recoverable=True):
            return "draw_balance"
        case FloorAt(carry=True):
            return "floor_balance"
        case HoldBelow():
            return "held"
        case _:
            return None


def remembers(settlement: Settlement, period: PeriodKind) -> bool:
    """Tell whether what is paid for a period depends on what was settled before it."""
    return any(_remembers(step, period) for step in settlement.steps)


def _remembers(step: SettlementStep, period: PeriodKind) -> bool:
    match step:
        case AddLines():
            return False
        case CapOver():
            return step.carry or step.per != period
        case Draw():
            return step.recoverable
        case FloorAt():
            return step.carry
        case _:
            return True


def added(step: AddLines) -> tuple[str, ...]:
    """Name the components that a step adds."""
    lines = (each.value if isinstance(each, IfMissing) else each for each in step.lines)
    return tuple(each.component for each in lines if isinstance(each, LineValue))


def settlement_expressions(settlement: Settlement) -> tuple[Expr, ...]:
    """Give the expressions of the steps, in their order."""
    out: list[Expr] = []
    for step in settlement.steps:
        match step:
            case AddLines():
                out += step.lines
            case TrueUp():
                out.append(step.target)
            case _:
                out.append(step.limit)
    return tuple(out)
