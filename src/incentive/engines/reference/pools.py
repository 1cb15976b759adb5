"""Amounts that a group divides: who shares, by which weights, and the parts, which add up to the last step."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker, Pool
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, merged, missing, settled, whole
from incentive.quantities import Number, Period, allocate
from incentive.results import PoolAccount
from incentive.tree import Amended, Component, Shared, Unit, ruling, walk

_PEOPLE = Unit("count", counted="people")


@frozen
class Division:
    """A pool divided for one period: the sum of the weights, and each part by who gets it, in order."""

    pool: Number
    total: Number
    parts: Mapping[str, Number]


def shared(node: Shared, make: Maker) -> Evaluate:
    """The part of the participant; 0 for whoever does not share."""
    if make.tracing:
        return _told(node, make)
    where = None if node.where is None else make(node.where)
    divided = _dividing(node, make, where)
    make.program.pools.append(Pool(node, divided))

    def run(context: Context) -> Any:  # noqa: ANN401
        members = context.source.sharers(context, node.among, _period(context))
        if isinstance(members, Missing):
            return members
        if context.holder not in members:
            return 0
        if where is not None:
            belongs = where(context)
            if belongs is not True:
                return belongs if isinstance(belongs, Missing) else 0
        found = divided(context)
        return found if isinstance(found, Missing) else found.parts[context.holder]

    return run


def _dividing(node: Shared, make: Maker, where: Evaluate | None) -> Evaluate:
    """Give the division of a pool, made once for a period and its members."""
    pool, by, step = make(node.pool), None if node.by is None else make(node.by), node.step
    too_long, tag = missing("P203", node.span), object()

    def divided(context: Context) -> Any:  # noqa: ANN401
        period = _period(context)
        members = context.source.sharers(context, node.among, period)
        if isinstance(members, Missing):
            return members
        key = (tag, period.start, next(iter(members), ""))  # on one day nobody is in two teams
        memo: dict[Any, Any] = context.memo
        if key not in memo:
            memo[key] = made(context, period, tuple(members))
        return memo[key]

    def made(context: Context, period: Period, members: tuple[str, ...]) -> Division | Missing:
        belongs = [True if where is None else where(context.moved(each, period)) for each in members]
        people = tuple(each for each, holds in zip(members, belongs, strict=True) if holds is True)
        weights: list[Any] = [1 if by is None else by(context.moved(each, period)) for each in people]
        amount = pool(context)
        if any(type(each) is Missing for each in (amount, *belongs, *weights)):
            return merged((amount, *belongs, *weights))
        below = next((who for who, weight in zip(people, weights, strict=True) if weight < 0), None)
        if below is not None:
            return missing("P220", None if node.by is None else node.by.span, holder=below)
        total = settled(exact_sum(weights), too_long)
        if isinstance(total, Missing):
            return total
        parts = allocate(amount, weights, step) if total else [Fraction(0)] * len(people)
        return Division(amount, total, dict(zip(people, map(whole, parts), strict=True)))

    return divided


def _told(node: Shared, make: Maker) -> Evaluate:
    """The same, recording the pool and the participant's weight in full, and of all others the sum alone."""
    pool = make(node.pool)
    by = None if node.by is None else make(node.by)
    where = None if node.where is None else make(node.where)
    plain: list[Evaluate] = []

    def divided(context: Context) -> Any:  # noqa: ANN401
        if not plain:
            assert make.program.plain is not None
            beside = Maker(make.plan, make.windows, make.builders, make.program.plain, tracing=False)
            plain.append(_dividing(node, beside, None if node.where is None else beside(node.where)))
        return plain[0](Context(context.source, {}, context.holder, context.period))

    def run(context: Context) -> Any:  # noqa: ANN401
        trace = context.trace
        assert trace is not None
        period = _period(context)
        trace.enter()

        def leave(value: Any, how: str) -> Any:  # noqa: ANN401
            trace.leave("Division", node.among, node.span, node.type.unit, value, how, context.holder, period.name)
            return value

        members = context.source.sharers(context, node.among, period)
        if isinstance(members, Missing):
            return leave(members, "")
        if context.holder not in members:
            return leave(0, "outside")
        if where is not None:
            belongs = where(context)
            if belongs is not True:
                return leave(belongs, "") if isinstance(belongs, Missing) else leave(0, "excluded")
        amount = pool(context)
        if by is not None:
            trace.enter()
            trace.leave("Weight", "", node.span, node.by.type.unit, by(context))  # type: ignore[union-attr]  # as `by`
        found = divided(context)
        if isinstance(found, Missing) or isinstance(amount, Missing):
            return leave(merged((amount, found)), "")
        trace.enter()
        if node.by is None:
            trace.leave("Sharers", node.among, node.span, _PEOPLE, len(found.parts))
        else:
            trace.leave("Weights", node.among, node.span, node.by.type.unit, found.total)
        part = found.parts[context.holder]
        return leave(part, "divided" if found.total else "unweighted")

    return run


def _period(context: Context) -> Period:
    assert context.period is not None
    return context.period


def _rules(component: Component, node: Shared, period: Period) -> bool:
    """Whether a pool is divided in a period: of a line that was amended, only those of the text that rules are."""
    if not isinstance(component.line, Amended):
        return True
    line = ruling(component.line, period.start)
    return line is not None and any(each is node for each in walk(line))


def pool_accounts(
    components: tuple[Component, ...], pools: list[Pool], contexts: list[Context], currency: str
) -> tuple[PoolAccount, ...]:
    """Account for what is divided: each pool of each period once, also where nobody shares it.

    Args:
        components: Those of the plan.
        pools: The pools of all components.
        contexts: Where to look: nobody's context and that of everybody on the plan, for each period.
        currency: That of the plan.
    """
    found: list[PoolAccount] = []
    seen: dict[int, object] = {}
    for component in components:
        nodes = [id(each) for each in walk(component.line) if isinstance(each, Shared)]
        for pool in (each for each in pools if id(each.node) in nodes):
            for context in contexts:
                node, period = pool.node, _period(context)
                if not _rules(component, node, period):
                    continue
                if (node.among == "team") != bool(context.holder):
                    continue
                if isinstance(context.source.sharers(context, node.among, period), Missing) and context.holder:
                    continue  # who has no team: their line says so
                made = pool.divided(context)
                if id(made) in seen:
                    continue
                seen[id(made)] = made  # kept, so that no other takes its place
                one = PoolAccount(component.name, period.name, currency, None)
                if not isinstance(made, Missing):
                    paid = whole(sum(made.parts.values(), Fraction(0)))
                    one = evolve(one, pool=made.pool, paid=paid, people=tuple(made.parts))
                found.append(one)
    return tuple(found)
