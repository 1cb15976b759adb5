"""The figures of a run by whose and of which period they are, so that two runs can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from incentive.diagnostics import Diagnostic
from incentive.quantities import Money, Number
from incentive.results import Run

Place = tuple[str, str, str]
"""A participant, the name of a period, and a component or a result of the settlement."""


@frozen
class Figure:
    """A figure of a run; None while it is pending."""

    amount: Number | None
    label: str
    reasons: tuple[Diagnostic, ...] = ()


def figures_of(made: Run) -> dict[Place, Figure]:
    """Give every line of a run, and every result of its settlements."""
    return {place: _figure(amount, label, reasons) for place, amount, label, reasons in _every(made)}


def _figure(amount: Money | None, label: str, reasons: tuple[Diagnostic, ...]) -> Figure:
    return Figure(None if amount is None else amount.exact, label, reasons)


def _every(made: Run) -> Iterator[tuple[Place, Money | None, str, tuple[Diagnostic, ...]]]:
    for line in made.payouts:
        yield (line.participant, line.period.name, line.component), line.amount, line.label, line.reasons
    for settled in made.settlements:
        for name, result in settled.results.items():
            yield (settled.participant, settled.period.name, name), result.amount, name, result.reasons
