"""What a person gets: one line a person, a period and a component."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from incentive.diagnostics import Diagnostic, as_dict
from incentive.quantities import Money, Period
from incentive.results.texts import exact_text

Status = Literal["paid", "zero", "pending"]
VERSION = 1


@frozen
class Payout:
    """One line of a statement.

    `paid` is any amount but 0, a negative one included; `pending` has no amount, and its reasons say what is missing.
    `text` is the file that ruled the line, of those that the plan amends or uses; "" is the plan's own text.
    """

    participant: str
    period: Period
    component: str
    label: str
    status: Status
    amount: Money | None
    reasons: tuple[Diagnostic, ...] = ()
    text: str = ""

    def to_dict(self) -> dict[str, object]:
        """The line as plain data; numbers are exact text."""
        amount = self.amount
        return {
            "version": VERSION,
            "participant": self.participant,
            "period": self.period.name,
            "component": self.component,
            "label": self.label,
            "status": self.status,
            "amount": None if amount is None else exact_text(amount.exact),
            "currency": None if amount is None else amount.currency,
            "reasons": [as_dict(each) for each in self.reasons],
            "text": self.text,
        }
