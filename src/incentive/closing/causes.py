"""Why two runs do not give the same: every difference, cause by cause, adding up exactly.

A pay that moved by 312.40 after a late deal, a new quota and another rate is three questions, and the effects of the
three depend on each other: under tiers a deal is worth more once the quota is lower. Any split that forgets this leaves
a rest that nobody can explain. So the changes are made one after the other, in an order that is always the same, and
each is what the figure moves by when it is made: people first, then rows that are new, inputs, rows that changed, rows
that are gone, then parameters, and the text of the plan last.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from attrs import evolve, frozen

from incentive import engines, tree
from incentive.closing.figures import Figure, Place, figures_of
from incentive.closing.worlds import AS_OF, Worlds, lacks
from incentive.data import Facts
from incentive.diagnostics import DataError, InternalError, Language
from incentive.quantities import Money, Number, Period
from incentive.results import Cause, Difference, Run

EACH = 20
"""Of a table of which at most so many rows were added, changed or removed, each is a cause of its own."""


@frozen
class Side:
    """A run to compare: its plan, what it read, until when it knew, and what it gave."""

    plan: tree.Plan
    compiled: engines.Compiled
    facts: Callable[[], Facts]
    as_of: date | None
    made: Run


def compare(
    before: Side, after: Side, language: Language, *, each: int = EACH, people: Collection[str] | None = None
) -> tuple[Difference, ...]:
    """Give the figures of the first run's periods that the second one gives otherwise, with their causes.

    A figure that was pending counts as nothing; one that is pending now is not compared.

    Args:
        before: The first run.
        after: The second one, of a plan in the same currency and periods.
        language: That of messages.
        each: Of how many rows of a table at most each is told alone.
        people: Only these are compared; None for everybody.
    """
    own = before.plan.currency
    periods = {period.name: period for period in before.made.periods}
    shared = {period.name for period in after.made.periods if periods.get(period.name) == period}
    then, again = (
        {
            place: figure
            for place, figure in figures_of(side.made).items()
            if place[1] in shared and (people is None or place[0] in people)
        }
        for side in (before, after)
    )
    was, now = ({place: each.amount or 0 for place, each in figures.items()} for figures in (then, again))
    waits = {place for place, each in again.items() if each.amount is None}
    differ = [place for place in sorted({*was, *now} - waits) if was.get(place, 0) != now.get(place, 0)]
    if not differ:
        return ()
    found: dict[Place, list[tuple[Cause, Money]]] = {place: [] for place in differ}
    last: dict[Place, Number] = {place: was.get(place, 0) for place in differ}
    wanted = tuple(periods[name] for name in periods if name in shared)
    who = sorted({place[0] for place in differ})
    for cause, figures in _steps(before, after, wanted, who, language, each):
        for place in differ:
            amount = now.get(place, 0) if figures is None else _known(figures, place, last[place])
            if amount != last[place]:
                found[place].append((cause, Money(amount - last[place], own)))
                last[place] = amount
    for place in differ:
        if last[place] != now.get(place, 0):
            raise InternalError(f"the causes of {place} do not add up")
    order = {
        name: at
        for at, name in enumerate(
            [*(one.name for one in after.plan.components), *tree.settled_names(after.plan.settlement)]
        )
    }
    differ.sort(key=lambda place: (place[0], periods[place[1]].start, order.get(place[2], len(order)), place[2]))
    return tuple(_difference(place, periods, was, now, found[place], own) for place in differ)


def _difference(  # noqa: PLR0913, PLR0917 - what it is made of
    place: Place,
    periods: Mapping[str, Period],
    was: Mapping[Place, Number],
    now: Mapping[Place, Number],
    causes: Sequence[tuple[Cause, Money]],
    own: str,
) -> Difference:
    before, after = Money(was.get(place, 0), own), Money(now.get(place, 0), own)
    return Difference(place[0], periods[place[1]], place[2], before, after, after - before, tuple(causes))


def _known(figures: Mapping[Place, Figure], place: Place, last: Number) -> Number:
    """A figure after a step; one that waits only between two steps has not moved yet."""
    figure = figures.get(place)
    if figure is None:
        return 0
    return last if figure.amount is None else figure.amount


def _steps(  # noqa: PLR0913, PLR0917 - as `compare`
    before: Side, after: Side, periods: tuple[Period, ...], people: Sequence[str], language: Language, each: int
) -> Iterator[tuple[Cause, Mapping[Place, Figure] | None]]:
    """The causes in their order, each with the figures once it is made; None for those of the second run.

    Between two readings that are sound there may be data that is not: shares of which only some rows were changed. A
    step that leads there goes together with those that follow, up to the next that can be computed.
    """
    steps = list(_worlds(before, after, language, each))
    together: list[Cause] = []
    for at, (cause, compiled, facts) in enumerate(steps):
        together.append(cause)
        try:
            figures = None if at == len(steps) - 1 else _figures(compiled, facts(), periods, people)
        except DataError:
            continue
        whole = together[0] if len(together) == 1 else Cause("together", "", (), len(together), tuple(together))
        yield whole, figures
        together = []


def _worlds(
    before: Side, after: Side, language: Language, each: int
) -> Iterator[tuple[Cause, engines.Compiled, Callable[[], Facts]]]:
    """The steps, each with the plan and the data once it is made."""
    text = (Cause("plan", "", (), 1), after.compiled, after.facts)
    if lacks(before.plan, after.plan):
        yield text
        return
    worlds = Worlds.of(before.plan, (before.facts(), before.as_of), (after.facts(), after.as_of))
    changes = list(worlds.changes(each))
    for at, change in enumerate(changes, start=1):
        yield change.cause, before.compiled, partial(worlds.facts, changes[:at])
    facts = partial(worlds.facts, changes)
    plan = before.plan
    for parameter in _parameters(before.plan, after.plan):
        values = tuple(parameter if one.name == parameter.name else one for one in plan.parameters)
        plan = evolve(plan, parameters=values)
        yield Cause("parameter", parameter.name, (), 1), engines.compile_plan(plan, language), facts
    if not _alike(before.plan, after.plan):
        yield text


def _parameters(before: tree.Plan, after: tree.Plan) -> list[tree.Parameter]:
    """The parameters of both plans that have other values in the second one."""
    known = {each.name: each for each in before.parameters}
    return [
        each
        for each in after.parameters
        if each.name in known and each.unit == known[each.name].unit and each.values != known[each.name].values
    ]


def _alike(before: tree.Plan, after: tree.Plan) -> bool:
    """Whether two plans are the same but for values of parameters."""
    values = {each.name: each for each in after.parameters}
    moved = tuple(values.get(each.name, each) for each in before.parameters)
    return tree.fingerprint(evolve(before, parameters=moved)) == tree.fingerprint(after)


def _figures(
    compiled: engines.Compiled, facts: Facts, periods: tuple[Period, ...], people: Iterable[str]
) -> Mapping[Place, Figure]:
    there = [who for who in people if who in facts.people]
    if not there:
        return {}
    if engines.choose("auto", compiled, facts, len(periods)) == "columnar":
        held = engines.run_columnar(compiled, facts, periods, as_of=AS_OF, participants=there)
        if held is not None:
            return figures_of(held.result)
    return figures_of(engines.run(compiled, facts, periods, as_of=AS_OF, participants=there))
