"""The rows credited to somebody, by day, so that any window is two bisections.

Sums use running totals of whole numbers over one common denominator: exact, and independent of the order of rows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Any

from attrs import define, field

from incentive.engines.reference.values import exact_sum, ratio
from incentive.quantities import Number

MOST_DENOMINATORS = 10_000
_NUMBERS = frozenset([int, bool, Fraction])
_LONGEST_SCALE = 4096  # bits; beyond it running totals cost more than they save

Entry = tuple[int, int, Number]
"""The day of a row as an ordinal, the number of the row, and the share of it."""
Stretch = tuple["Lane", int, int]
"""A lane, and the days to read in it: from, and up to without."""


@define
class Lane:
    """Rows credited to one person, sorted by day. `amounts` are credited values; None where a value is missing."""

    entries: list[Entry]
    amounts: list[Number | None]
    days: list[int] = field(init=False)
    gaps: list[int] = field(init=False)
    denominators: frozenset[int] = field(init=False)
    _scale: int = field(init=False)
    _totals: list[int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.days = [day for day, _, _ in self.entries]
        self.gaps = [at for at, amount in enumerate(self.amounts) if amount is None]
        known = [0 if amount is None else amount for amount in self.amounts]
        bottoms = [amount.denominator for amount in known]
        self.denominators = frozenset(bottoms)
        self._scale = 1
        for bottom in sorted(self.denominators):
            self._scale = lcm(self._scale, bottom)
            if self._scale.bit_length() > _LONGEST_SCALE:
                self._scale, self._totals = 0, []
                return
        parts = {bottom: self._scale // bottom for bottom in self.denominators}
        tops = (amount.numerator * parts[bottom] for amount, bottom in zip(known, bottoms, strict=True))
        self._totals = [0, *accumulate(tops)]

    def cut(self, first: int, after: int) -> tuple[int, int]:
        """Give the positions of the entries from a day up to, and without, another."""
        low = bisect_left(self.days, first)
        return low, bisect_left(self.days, after, low)

    def gap(self, low: int, high: int) -> int | None:
        """Give the first position between two whose value is missing."""
        at = bisect_left(self.gaps, low)
        return self.gaps[at] if at < len(self.gaps) and self.gaps[at] < high else None

    def total(self, low: int, high: int) -> Number:
        """Add the amounts between two positions; one that is missing weighs 0."""
        if self._scale:
            return ratio(self._totals[high] - self._totals[low], self._scale)
        return exact_sum(amount for amount in self.amounts[low:high] if amount is not None)


def lane_of(entries: Iterable[Entry], values: Sequence[Any] | None) -> Lane:
    """Sort entries into a lane; without values, each row weighs its share."""
    ordered = sorted(entries)  # a row is credited once to a person, so shares never decide
    amounts: list[Number | None] = []
    for _, row, share in ordered:
        value = 1 if values is None else values[row]
        number = type(value) in _NUMBERS
        amounts.append((value if share == 1 else value * share) if number else None)
    return Lane(ordered, amounts)


def too_many_denominators(stretches: Sequence[Stretch]) -> bool:
    """Tell whether a sum would meet more denominators than the language allows."""
    if sum(len(lane.denominators) for lane, _, _ in stretches) <= MOST_DENOMINATORS:
        return False
    found: set[int] = set()
    for lane, low, high in cuts(stretches):
        found.update(amount.denominator for amount in lane.amounts[low:high] if amount is not None)
    return len(found) > MOST_DENOMINATORS


def cuts(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Turn the days of stretches into positions."""
    for lane, first, after in stretches:
        low, high = lane.cut(first, after)
        yield lane, low, high
