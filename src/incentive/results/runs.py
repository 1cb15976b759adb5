"""What a run gives: its lines, what was settled, and the account of what they were made from."""

from __future__ import annotations

from attrs import frozen

from incentive.quantities import Period
from incentive.results.accounting import Accounting
from incentive.results.payouts import VERSION, Payout
from incentive.results.settlements import Settlement


@frozen
class Run:
    """The lines of a run, by participant, period and component in the plan's order.

    `settlements` are what the plan makes of them, by participant and period; none where it pays them as they are.
    `digest` is that of the data read.
    """

    payouts: tuple[Payout, ...]
    accounting: Accounting
    periods: tuple[Period, ...]
    digest: str
    settlements: tuple[Settlement, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The run as plain data; numbers are exact text."""
        return {
            "version": VERSION,
            "digest": self.digest,
            "periods": [each.name for each in self.periods],
            "payouts": [each.to_dict() for each in self.payouts],
            "settlements": [each.to_dict() for each in self.settlements],
            "accounting": self.accounting.to_dict(),
        }
