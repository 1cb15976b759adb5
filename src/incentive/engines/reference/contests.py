"""Contests: the place of a figure among those of others, and the prize of that place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, settled, whole
from incentive.quantities import Number
from incentive.tree import Prize, Ranking, Unit

_PEOPLE = Unit("count", counted="people")
_PLACES = Unit("count", counted="places")


@frozen
class Contest:
    """Who competes in one period: the figure of each, and all of them, the lowest first."""

    figures: Mapping[str, Number]
    sorted: Sequence[Number]

    def ahead(self, figure: Number) -> int:
        """How many have more."""
        return len(self.sorted) - bisect_right(self.sorted, figure)

    def level(self, figure: Number) -> int:
        """How many have as much."""
        return bisect_right(self.sorted, figure) - bisect_left(self.sorted, figure)


def ranking(node: Ranking, make: Maker) -> Evaluate:
    """The participant's place among the members, or what it brings."""
    if make.tracing:
        return _told(node, make)
    compared = _comparing(node, make)
    subject = make(node.subject)
    where = None if node.where is None else make(node.where)
    prizes, too_long = make.all(each.value for each in node.prizes), missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        if node.prizes:
            outside = _outside(context, node, where)
            if outside is not None:
                return outside
        contest = compared(context)
        own = subject(context)
        if isinstance(contest, Missing) or isinstance(own, Missing):
            return merged((own, contest))
        ahead = contest.ahead(own)
        if not node.prizes:
            return ahead + 1
        level = contest.level(own)
        filled = [(places, prizes[at](context)) for at, places in _filled(node.prizes, ahead, level)]
        if any(isinstance(value, Missing) for _, value in filled):
            return merged([value for _, value in filled])
        return settled(_mean(filled, level), too_long)

    return run


def _outside(context: Context, node: Ranking, where: Evaluate | None) -> Any:  # noqa: ANN401
    """What somebody gets who does not compete; None for whoever does."""
    assert context.period is not None
    members = context.source.sharers(context, node.among, context.period)
    if isinstance(members, Missing):
        return members
    if context.holder not in members:
        return 0
    belongs = True if where is None else where(context)
    return None if belongs is True else belongs if isinstance(belongs, Missing) else 0


def _filled(prizes: tuple[Prize, ...], ahead: int, level: int) -> list[tuple[int, int]]:
    """The rows whose places are filled by those who are level: the row, and how many of its places."""
    first, last = ahead + 1, ahead + level
    found = []
    for at, prize in enumerate(prizes):
        end = last if prize.on else prize.place
        if prize.on and at + 1 < len(prizes):
            end = min(end, prizes[at + 1].place - 1)
        places = min(end, last) - max(prize.place, first) + 1
        if places > 0:
            found.append((at, places))
    return found


def _mean(filled: Sequence[tuple[int, Number]], level: int) -> Number:
    total = sum((places * Fraction(value) for places, value in filled), Fraction(0))
    return whole(total / level)


def _comparing(node: Ranking, make: Maker) -> Evaluate:
    """Give the contest, made once for a period and its members."""
    subject, where = make(node.subject), None if node.where is None else make(node.where)
    tag = object()

    def compared(context: Context) -> Any:  # noqa: ANN401
        period = context.period
        assert period is not None
        members = context.source.sharers(context, node.among, period)
        if isinstance(members, Missing):
            return members
        key = (tag, period.start, next(iter(members), ""))  # on one day nobody is in two teams
        memo: dict[Any, Any] = context.memo
        if key in memo:
            return memo[key]
        everybody = [context.moved(each, period) for each in members]
        belongs = [True if where is None else where(each) for each in everybody]
        people = [each for each, holds in zip(everybody, belongs, strict=True) if holds is True]
        figures: list[Any] = [subject(each) for each in people]
        if any(isinstance(each, Missing) for each in (*belongs, *figures)):
            memo[key] = merged((*belongs, *figures))
        else:
            holders = [each.holder for each in people]
            memo[key] = Contest(dict(zip(holders, figures, strict=True)), sorted(figures))
        return memo[key]

    return compared


def _told(node: Ranking, make: Maker) -> Evaluate:
    """The same, recording the participant's own figure in full, and of all others how many there are."""
    subject, where = make(node.subject), None if node.where is None else make(node.where)
    prizes = make.all(each.value for each in node.prizes)
    plain: list[Evaluate] = []

    def compared(context: Context) -> Any:  # noqa: ANN401
        if not plain:
            assert make.program.plain is not None
            beside = Maker(make.plan, make.windows, make.builders, make.program.plain, tracing=False)
            plain.append(_comparing(node, beside))
        return plain[0](Context(context.source, {}, context.holder, context.period))

    def run(context: Context) -> Any:  # noqa: ANN401
        trace, period = context.trace, context.period
        assert trace is not None
        assert period is not None
        trace.enter()

        def leave(value: Any, how: str) -> Any:  # noqa: ANN401
            trace.leave("Standing", node.among, node.span, node.type.unit, value, how, context.holder, period.name)
            return value

        def said(kind: str, unit: Unit, value: Number) -> None:
            trace.enter()
            trace.leave(kind, node.among, node.span, unit, value)

        if node.prizes:
            members = context.source.sharers(context, node.among, period)
            outside = _outside(context, node, where)
            if outside is not None:
                absent = isinstance(members, Missing) or context.holder not in members
                return leave(outside, "" if isinstance(outside, Missing) else "outside" if absent else "excluded")
        own = subject(context)
        contest = compared(context)
        if isinstance(contest, Missing) or isinstance(own, Missing):
            return leave(merged((own, contest)), "")
        ahead, level = contest.ahead(own), contest.level(own)
        said("Competitors", _PEOPLE, len(contest.sorted))
        said("Ahead", _PEOPLE, ahead)
        if not node.prizes:
            return leave(ahead + 1, "place")
        said("Level", _PEOPLE, level)
        filled: list[tuple[int, Any]] = []
        for at, places in _filled(node.prizes, ahead, level):
            trace.enter()
            said("Places", _PLACES, places)
            value = prizes[at](context)
            worth = value if isinstance(value, Missing) else places * value
            trace.leave("Prize", str(node.prizes[at].place), node.prizes[at].span, node.type.unit, worth)
            filled.append((places, value))
        if any(isinstance(value, Missing) for _, value in filled):
            return leave(merged([value for _, value in filled]), "")
        how = "unplaced" if not filled else "prize" if level == 1 else "level"
        return leave(settled(_mean(filled, level), missing("P203", node.span)), how)

    return run
