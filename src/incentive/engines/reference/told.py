"""Figures that an example gives for several periods and windows: what follows from them, and what does not.

A figure over a window is the sum of its parts, so figures given over overlapping windows settle others: the year to
date less its last month is the year up to the month before. Days that no figure given covers count nothing. What
neither settles is missing rather than guessed.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import define, field

from incentive.engines.reference.context import Days
from incentive.quantities import Number
from incentive.results import Value

Told = tuple[int, int, Number | None]
"""A figure over the days from one up to, and without, another; None where it is said to be missing."""
Unsettled = Literal["absent", "contradictory"]


@define
class Figures:
    """Measures by key, `team.sales` for a group's, over days; inputs by key and the name of their own period."""

    measures: Mapping[str, tuple[Told, ...]]
    inputs: Mapping[tuple[str, str], Value]
    _settled: dict[tuple[str, int, int], Number | Unsettled] = field(factory=dict)

    def measure(self, key: str, days: Days, *, additive: bool) -> Number | Unsettled:
        """Give the figure of a measure that is given for some days."""
        asked = (key, days.first, days.after)
        if asked not in self._settled:
            told = self.measures[key]
            self._settled[asked] = (_sum if additive else _only)(told, days.first, days.after)
        return self._settled[asked]


def _sum(told: Iterable[Told], first: int, after: int) -> Number | Unsettled:
    """Walk from the first day to the last along figures given, forwards and backwards."""
    if first >= after:
        return 0
    told = tuple(told)
    points = sorted({first, after} | {each for begins, ends, _ in told for each in (begins, ends)})
    steps: dict[int, list[tuple[int, Number]]] = {point: [] for point in points}

    def join(begins: int, ends: int, value: Number) -> None:
        steps[begins].append((ends, value))
        steps[ends].append((begins, -value))

    for begins, ends in itertools.pairwise(points):
        if not any(low <= begins and ends <= high for low, high, _ in told):
            join(begins, ends, 0)
    for begins, ends, value in told:
        if value is not None:
            join(begins, ends, value)
    reached: dict[int, Number] = {first: 0}
    todo = [first]
    while todo:
        here = todo.pop()
        for there, value in steps[here]:
            if there not in reached:
                reached[there] = reached[here] + value
                todo.append(there)
            elif reached[there] != reached[here] + value:
                return "contradictory"
    return reached.get(after, "absent")


def _only(told: Iterable[Told], first: int, after: int) -> Number | Unsettled:
    """Averages and the like do not add up: the one figure given within the days stands for them."""
    touching = {each for each in told if each[0] < after and first < each[1]}
    exact = {each for each in touching if each[:2] == (first, after)} or touching
    if len(exact) > 1 and len({each[:2] for each in exact}) == 1:
        return "contradictory"
    (begins, ends, value), *others = exact or {(first, after, None)}
    return "absent" if others or value is None or begins < first or after < ends else value
