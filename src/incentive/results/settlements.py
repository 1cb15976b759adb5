"""From earned to paid: what each step made of an amount, and the figures that come out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import asdict, field, fields, frozen

from incentive.diagnostics import Diagnostic, as_dict
from incentive.quantities import Money, Number, Period
from incentive.results.payouts import Status
from incentive.results.texts import exact_text


@frozen
class AddedLine:
    """A line that a step adds, and what a gate lets wait of the component before and after it; None where pending."""

    component: str
    amount: Money | None
    brought: Money | None
    balance: Money | None

    def to_dict(self) -> dict[str, object]:
        """The line as plain data; numbers are exact text."""
        return {
            "component": self.component,
            "amount": _text(self.amount),
            "brought": _text(self.brought),
            "balance": _text(self.balance),
        }


@frozen
class SettledStep:
    """What a step made of an amount; None where that is pending.

    Attributes:
        kind: `add`, `trueup`, `clawback`, `release`, `cap`, `draw`, `floor` or `hold`.
        text: The step as the plan means it, in the plan's language.
        before: The amount that the step was given.
        after: The amount that it gave.
        brought: What was left behind it before: what waits for the participant, or for `draw`, `floor` and `clawback`
            what they owe.
        balance: What is left behind it, in the same way.
        component: What it is about, of a true-up, a clawback or a release; "" of the others.
        lines: What it adds.
    """

    kind: str
    text: str
    before: Money | None
    after: Money | None
    brought: Money | None
    balance: Money | None
    component: str = ""
    lines: tuple[AddedLine, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The step as plain data; numbers are exact text."""
        return {
            "kind": self.kind,
            "text": self.text,
            "before": _text(self.before),
            "after": _text(self.after),
            "brought": _text(self.brought),
            "balance": _text(self.balance),
            "component": self.component,
            "lines": [each.to_dict() for each in self.lines],
        }


@frozen
class SettledResult:
    """A figure that comes out; `pending` has no amount, and its reasons say what is missing."""

    status: Status
    amount: Money | None
    reasons: tuple[Diagnostic, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The figure as plain data; numbers are exact text."""
        return {
            "status": self.status,
            "amount": _text(self.amount),
            "reasons": [as_dict(each) for each in self.reasons],
        }


@frozen
class ComponentSettled:
    """What of a component is earned and is due, and what of it waits.

    Attributes:
        earned: Its line.
        payable: What is due of it now: the line, trued up, less what is taken back, less what a gate or a release lets
            wait, with what these let go.
        held: What of it waits, of this period and those before.
    """

    earned: Money
    payable: Money
    held: Money

    def to_dict(self) -> dict[str, object]:
        """The figures as plain data; numbers are exact text."""
        return {name: _text(amount) for name, amount in asdict(self, recurse=False).items()}


@frozen
class Settlement:
    """How the lines of a person and a period became what is paid.

    `results` are by name: `earned`, `payable`, `paid`, and of `draw_balance`, `cap_balance`, `floor_balance`,
    `clawback_balance` and `held` those for which the settlement has a step.
    """

    participant: str
    period: Period
    steps: tuple[SettledStep, ...]
    results: Mapping[str, SettledResult] = field(hash=False)

    @property
    def components(self) -> Mapping[str, ComponentSettled | None]:
        """The same of each component that is added, as far as a figure belongs to one; None where it is pending.

        What is paid does not: a cap, a draw or a floor acts on the sum of all.
        """
        found: dict[str, ComponentSettled | None] = {}
        for step in self.steps:
            for line in step.lines:
                found[line.component] = _added(line)
        for step in self.steps:
            made = found.get(step.component)
            if step.component not in found or made is None:
                continue
            amounts = (step.before, step.after, step.balance)
            if any(each is None for each in amounts):
                found[step.component] = None
                continue
            before, after, balance = (each for each in amounts if each is not None)
            held = made.held + balance if step.kind == "release" else made.held
            found[step.component] = ComponentSettled(made.earned, made.payable + after - before, held)
        return found

    @property
    def pending(self) -> bool:
        """Whether a figure cannot be computed yet."""
        return any(each.status == "pending" for each in self.results.values())

    def __getitem__(self, name: str) -> SettledResult:
        """The figure of a name.

        Raises:
            KeyError: The settlement gives no such figure.
        """
        return self.results[name]

    def to_dict(self) -> dict[str, object]:
        """The settlement as plain data; numbers are exact text."""
        currencies = {each.amount.currency for each in self.results.values() if each.amount is not None}
        return {
            "version": 1,
            "participant": self.participant,
            "period": self.period.name,
            "currency": next(iter(currencies), None),
            "steps": [each.to_dict() for each in self.steps],
            "results": {name: each.to_dict() for name, each in self.results.items()},
            "components": {name: None if each is None else each.to_dict() for name, each in self.components.items()},
        }


def _added(line: AddedLine) -> ComponentSettled | None:
    if line.amount is None or line.brought is None or line.balance is None:
        return None
    return ComponentSettled(line.amount, line.amount + line.brought - line.balance, line.balance)


@frozen
class Reconciliation:
    """What was earned, and where it is: the equation of a settlement, or of many added up.

    `brought + earned + trued_up + given = paid + balance + taken_back + lost`, exactly, where what somebody owes counts
    below zero in `brought` and `balance`. So all that was earned is paid, waits, was paid before, or is named as lost.

    Attributes:
        brought: What waited before, less what was owed.
        earned: The lines.
        trued_up: What true-ups added to them, or took.
        given: What a guarantee, a floor or a balance that is forgiven gave.
        paid: What is paid.
        balance: What waits now, less what is owed.
        taken_back: What clawbacks took, or will take in parts.
        lost: What a cap cut for good, and what waited of somebody who left and gets nothing of it.
    """

    brought: Money
    earned: Money
    trued_up: Money
    given: Money
    paid: Money
    balance: Money
    taken_back: Money
    lost: Money

    @property
    def holds(self) -> bool:
        """Whether both sides are the same."""
        left = self.brought + self.earned + self.trued_up + self.given
        return left == self.paid + self.balance + self.taken_back + self.lost

    def to_dict(self) -> dict[str, object]:
        """The equation as plain data; numbers are exact text."""
        return {name: _text(amount) for name, amount in asdict(self, recurse=False).items()}


_SIDES: Final[Mapping[str, str]] = {
    "add": "earned",
    "trueup": "trued_up",
    "clawback": "taken_back",
    "cap": "lost",
    "release": "lost",
    "hold": "lost",
    "draw": "given",
    "floor": "given",
}
_OWED: Final = frozenset({"draw", "floor", "clawback"})
_TAKES: Final = frozenset({"taken_back", "lost"})


def reconcile(settlements: Iterable[Settlement], currency: str) -> Reconciliation:
    """Give the equation of settlements of one period, or of several people, from their steps.

    What a step makes of an amount and what it keeps are known. What is neither is given, lost or taken back: of a step
    that only keeps, such as a recoverable draw, nothing is.

    Args:
        settlements: Those added up; one that is pending adds nothing.
        currency: The currency of the plan.
    """
    sums: dict[str, Number] = dict.fromkeys((each.name for each in fields(Reconciliation)), 0)
    for settled in settlements:
        if settled.pending:
            continue
        for step in settled.steps:
            before, after, brought, balance = (
                0 if amount is None else amount.exact
                for amount in (step.before, step.after, step.brought, step.balance)
            )
            sign = -1 if step.kind in _OWED else 1
            sums["brought"] += sign * brought
            sums["balance"] += sign * balance
            gone = after - before + sign * (balance - brought)
            side = _SIDES.get(step.kind)
            if side is not None:
                sums[side] += -gone if side in _TAKES else gone
        paid = settled.results["paid"].amount
        sums["paid"] += 0 if paid is None else paid.exact
    return Reconciliation(**{name: Money(value, currency) for name, value in sums.items()})


def _text(amount: Money | None) -> str | None:
    return None if amount is None else exact_text(amount.exact)
