"""What changed of periods that are closed: a line of the open period for each, and what it came from.

A paid period never changes; what is known later about it is paid or taken back in the period that is open, as a line
that names the old one. Somebody will ask why, so a difference can be told by its causes, which add up to it exactly.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from incentive.diagnostics import Diagnostic, as_dict
from incentive.quantities import Money, Period
from incentive.results.texts import exact_text

CauseKind = Literal["added", "changed", "removed", "input", "people", "parameter", "plan", "together"]


@frozen
class Correction:
    """A line of the open period that brings a figure of a closed one to what is known now.

    Attributes:
        participant: Whose figure it is.
        period: The open period, which carries it.
        of: The closed period that it is about.
        name: A component, or a result of the settlement such as `paid`.
        label: What people call it.
        before: What was published of it so far, earlier corrections included.
        after: What it is now; None while that is pending.
        amount: `after` less `before`; None while that is pending.
        reasons: What is missing, of a pending one.
    """

    participant: str
    period: Period
    of: Period
    name: str
    label: str
    before: Money
    after: Money | None
    amount: Money | None
    reasons: tuple[Diagnostic, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The line as plain data; numbers are exact text."""
        return {
            "version": 1,
            "participant": self.participant,
            "period": self.period.name,
            "of": self.of.name,
            "name": self.name,
            "label": self.label,
            "currency": self.before.currency,
            "before": exact_text(self.before.exact),
            "after": _text(self.after),
            "amount": _text(self.amount),
            "reasons": [as_dict(each) for each in self.reasons],
        }


@frozen
class Payment:
    """What a participant is due in an open period: its own pay and the corrections of closed ones.

    Pay is `paid` where the plan has a settlement, and else the sum of the lines. What is pending adds nothing yet; it
    comes as a correction when it is known. `due` may be negative: whether that is asked back is for the host.

    Attributes:
        participant: Who is paid.
        pay: For the periods of the run.
        corrections: Of closed periods.
        due: Both together.
        pending: Whether something waits.
    """

    participant: str
    pay: Money
    corrections: Money
    due: Money
    pending: bool

    def to_dict(self) -> dict[str, object]:
        """The payment as plain data; numbers are exact text."""
        return {
            "version": 1,
            "participant": self.participant,
            "currency": self.due.currency,
            "pay": exact_text(self.pay.exact),
            "corrections": exact_text(self.corrections.exact),
            "due": exact_text(self.due.exact),
            "pending": self.pending,
        }


@frozen
class Cause:
    """Something that two runs were not told alike.

    Attributes:
        kind: Rows of a table `added`, `changed` or `removed`; an `input`, the `people`, a `parameter`, or the `plan`;
            or several of these `together`, where one without the others cannot be computed.
        name: The table, input or parameter; "" for others.
        keys: The rows by key, or by file and line where they have none; the people; the holder and period of values.
        count: How many rows, people, values or parts.
        parts: What goes together.
    """

    kind: CauseKind
    name: str
    keys: tuple[str, ...]
    count: int
    parts: tuple[Cause, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The cause as plain data."""
        found: dict[str, object] = {
            "kind": self.kind,
            "name": self.name,
            "keys": list(self.keys),
            "count": self.count,
        }
        return found | ({"parts": [each.to_dict() for each in self.parts]} if self.parts else {})


@frozen
class Difference:
    """A figure that two runs do not give alike, and how much of that each cause makes.

    Attributes:
        participant: Whose figure it is.
        period: Its period.
        name: A component, or a result of the settlement.
        before: What the first run gives; 0 where it gives nothing or the figure is pending.
        after: What the second one gives, in the same way.
        amount: `after` less `before`.
        causes: What makes it, in the order in which they were applied; the amounts add up to `amount` exactly.
    """

    participant: str
    period: Period
    name: str
    before: Money
    after: Money
    amount: Money
    causes: tuple[tuple[Cause, Money], ...]

    def to_dict(self) -> dict[str, object]:
        """The difference as plain data; numbers are exact text."""
        return {
            "version": 1,
            "participant": self.participant,
            "period": self.period.name,
            "name": self.name,
            "currency": self.amount.currency,
            "before": exact_text(self.before.exact),
            "after": exact_text(self.after.exact),
            "amount": exact_text(self.amount.exact),
            "causes": [{**cause.to_dict(), "amount": exact_text(made.exact)} for cause, made in self.causes],
        }


def _text(amount: Money | None) -> str | None:
    return None if amount is None else exact_text(amount.exact)
