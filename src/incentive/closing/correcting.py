"""Corrections of closed periods, and what everybody is due once they are added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from incentive.closing.closed import Closed, changed
from incentive.closing.figures import figures_of
from incentive.quantities import Money, Number, Period
from incentive.results import Correction, Payment, Run
from incentive.tree import Plan, settled_names


def corrections(  # noqa: PLR0913, PLR0917 - what a correction speaks of
    plan: Plan,
    after: Closed,
    again: Run,
    wanted: Period,
    periods: Mapping[str, Period],
    people: frozenset[str] | None,
) -> tuple[Correction, ...]:
    """Give what closed periods lack or have too much, by participant, period and the order of the statement.

    Args:
        plan: The plan.
        after: What was published.
        again: The closed periods, computed on what is known now.
        wanted: The open period that carries it, the first of a run.
        periods: The periods of the plan by name.
        people: Who is computed; None for everybody.
    """
    names = (*(each.name for each in plan.components), *settled_names(plan.settlement))
    found: list[Correction] = []
    for (who, period, name), before, now in changed(after, plan, figures_of(again)):
        if people is not None and who not in people:
            continue
        known = None if now.amount is None else Money(now.amount, after.currency)
        was = Money(before, after.currency)
        amount = None if known is None else known - was
        found.append(Correction(who, wanted, periods[period], name, now.label, was, known, amount, now.reasons))
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(found, key=lambda each: (each.participant, each.of.start, order.get(each.name, len(order)))))


def payments(plan: Plan, made: Run, found: Iterable[Correction], after: Closed | None) -> tuple[Payment, ...]:
    """Give what each participant of a run, or of a correction, is due."""
    settled = plan.settlement is not None
    pay: dict[str, Number] = {}
    late: dict[str, Number] = {}
    waits: set[str] = set()
    for who, name, amount in _flows(made):
        pay.setdefault(who, 0)
        if name == "paid" or not settled:
            if amount is None:
                waits.add(who)
            else:
                pay[who] += amount.exact
    settled = settled or (after is not None and after.settled)
    for each in found:
        if each.name != "paid" and settled:
            continue
        late.setdefault(each.participant, 0)
        if each.amount is None:
            waits.add(each.participant)
        else:
            late[each.participant] += each.amount.exact
    return tuple(_payment(who, pay.get(who, 0), late.get(who, 0), plan, who in waits) for who in sorted({*pay, *late}))


def _flows(made: Run) -> Iterable[tuple[str, str, Money | None]]:
    for line in made.payouts:
        yield line.participant, line.component, line.amount
    for settled in made.settlements:
        yield settled.participant, "paid", settled["paid"].amount


def _payment(who: str, pay: Number, late: Number, plan: Plan, waits: bool) -> Payment:  # noqa: FBT001 - a record
    own = plan.currency
    return Payment(who, Money(pay, own), Money(late, own), Money(pay + late, own), waits)
