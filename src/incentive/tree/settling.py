"""From earned to paid: the steps of a settlement, in the order in which they act.

A line has no memory; what is paid has one. A draw is owed until it is recovered, a cap of a year looks at the months
before, a debt waits. Each step takes an amount and gives an amount, and keeps a balance from one period to the next, so
a settlement is a fold over the periods of the plan.

Amounts begin as rounded lines. A limit that is a formula is itself rounded once (`Rounded`), so every amount and every
balance is a whole number of the plan's rounding steps.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, Literal

from attrs import field, frozen

from incentive.diagnostics import Span
from incentive.quantities import PeriodKind
from incentive.structure import Structural
from incentive.tree.nodes import Amended, Expr, IfMissing, LineValue, SettledName, Window

SETTLED_NAMES: Final[tuple[SettledName, ...]] = (
    "earned",
    "payable",
    "paid",
    "draw_balance",
    "cap_balance",
    "floor_balance",
    "clawback_balance",
    "held",
)
"""What a settlement may give, in the order in which it is shown."""

HeldLeaving = Literal["due", "nothing"] | None


@frozen(eq=False, repr=False)
class Step(Structural):
    """What all steps carry; places do not compare."""

    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class LineGate(Structural):
    """A gate that holds the line of a component: a `LetValue` of its definition."""

    component: str
    gate: Expr


@frozen(eq=False, repr=False)
class AddLines(Step):
    """Lines are added. Each is a `LineValue`, an `IfMissing` around one, or an `Amended` of these.

    A line waits from a period in which one of its `gates` is not met to the next one in which all of them are.
    """

    lines: tuple[Expr, ...]
    gates: tuple[LineGate, ...] = ()


@frozen(eq=False, repr=False)
class TrueUp(Step):
    """In the last period of each `per`: `target` less all that was added and trued up of `component` in `window`."""

    component: str
    target: Expr
    window: Window
    per: PeriodKind


@frozen(eq=False, repr=False)
class Clawback(Step):
    """In the period of `on`, what was given on `component` for the rows of `table` where `when` holds is taken back.

    That is `share` x (what every period up to this one gave - the same recomputed without these rows), true-ups
    included; `as_paid`, `share` x the part of what was given that belongs to the rows (see `weighed_by`). It is `most`
    at most, rounded once, and taken in `parts` periods from this one on. The rows are then out of all later figures
    of the component.
    """

    component: str
    table: str
    share: Expr
    on: Expr
    when: Expr
    as_paid: bool
    parts: int
    most: Expr | None


@frozen(eq=False, repr=False)
class DueShare(Structural):
    """A share of the pay of each row, and the day on which it falls due; without a day it waits."""

    share: Fraction
    on: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Release(Step):
    """What is given on `component` belongs to rows of `table` (see `weighed_by`); each share waits until its day.

    `leaving` says of what still waits in somebody's last period before the end of the plan whether it falls `due` then,
    or is `nothing`; without it, it waits on. The same holds for other steps that let something wait.
    """

    component: str
    table: str
    shares: tuple[DueShare, ...]
    leaving: HeldLeaving = None


@frozen(eq=False, repr=False)
class Instalments(Step):
    """What is given on `component` falls due in `parts` equal parts, one a period, from its own period on."""

    component: str
    parts: int
    leaving: HeldLeaving = None


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

    A `recoverable` draw is owed: it is recovered from what exceeds the limit, outside its dates from what exceeds 0,
    from the day `recovered` on if there is one. `balance` says what becomes after `last` of what is still owed,
    `leaving` what becomes of it in somebody's last period before the end of the plan.
    """

    limit: Expr
    recoverable: bool
    first: date
    last: date
    balance: Literal["carried", "forgiven", "due"]
    recovered: date | None = None
    leaving: Literal["due", "forgiven"] | None = None


@frozen(eq=False, repr=False)
class FloorAt(Step):
    """The amount is the limit at least; with `carry` what that took is recovered from what exceeds the limit."""

    limit: Expr
    carry: bool


@frozen(eq=False, repr=False)
class HoldBelow(Step):
    """An amount below the limit waits for the next period."""

    limit: Expr
    leaving: HeldLeaving = None


SettlementStep = AddLines | TrueUp | Clawback | Release | Instalments | CapOver | Draw | FloorAt | HoldBelow


@frozen(eq=False, repr=False)
class Settlement(Structural):
    """The steps, run from top to bottom in each period of the plan."""

    steps: tuple[SettlementStep, ...]
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


def settled_names(settlement: Settlement | None) -> tuple[SettledName, ...]:
    """Name what a settlement gives, in the order in which it is shown."""
    if settlement is None:
        return ()
    given: set[SettledName] = {"earned", "payable", "paid"}
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
        case Clawback(parts=parts) if parts > 1:
            return "clawback_balance"
        case AddLines(gates=gates) if gates:
            return "held"
        case HoldBelow() | Release() | Instalments():
            return "held"
        case _:
            return None


def remembers(settlement: Settlement, period: PeriodKind) -> bool:
    """Tell whether what is paid for a period depends on what was settled before it."""
    return any(_remembers(step, period) for step in settlement.steps)


def _remembers(step: SettlementStep, period: PeriodKind) -> bool:
    match step:
        case AddLines():
            return bool(step.gates)
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
    return tuple(line_of(each).component for each in step.lines)


def line_of(node: Expr) -> LineValue:
    """Give the line that is added, without what stands in for it."""
    while not isinstance(node, LineValue):
        if isinstance(node, Amended):
            node = next(each.value for each in node.versions if each.value is not None)
        else:
            assert isinstance(node, IfMissing)
            node = node.value
    return node


def settlement_expressions(settlement: Settlement) -> tuple[Expr, ...]:
    """Give the expressions of the steps, in their order."""
    out: list[Expr] = []
    for step in settlement.steps:
        match step:
            case AddLines():
                out += step.lines
                out += [each.gate for each in step.gates]
            case TrueUp():
                out.append(step.target)
            case Clawback():
                out += [step.share, step.on, step.when]
                out += [] if step.most is None else [step.most]
            case Release():
                out += [each.on for each in step.shares]
            case Instalments():
                pass
            case _:
                out.append(step.limit)
    return tuple(out)


def clawbacks(settlement: Settlement | None, component: str) -> tuple[int, ...]:
    """Give the places of the steps that take back what was given on a component."""
    steps = () if settlement is None else settlement.steps
    return tuple(at for at, step in enumerate(steps) if isinstance(step, Clawback) and step.component == component)
