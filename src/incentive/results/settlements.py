"""From earned to paid: what each step made of an amount, and the figures that come out."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from incentive.diagnostics import Diagnostic, as_dict
from incentive.quantities import Money, Period
from incentive.results.payouts import Status
from incentive.results.texts import exact_text


@frozen
class SettledStep:
    """What a step made of an amount; None where that is pending.

    Attributes:
        kind: `add`, `trueup`, `clawback`, `release`, `cap`, `draw`, `floor` or `hold`.
        text: The step as the plan means it, in the plan's language.
        before: The amount that the step was given.
        after: The amount that it gave.
    """

    kind: str
    text: str
    before: Money | None
    after: Money | None

    def to_dict(self) -> dict[str, object]:
        """The step as plain data; numbers are exact text."""
        return {"kind": self.kind, "text": self.text, "before": _text(self.before), "after": _text(self.after)}


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
        }


def _text(amount: Money | None) -> str | None:
    return None if amount is None else exact_text(amount.exact)
