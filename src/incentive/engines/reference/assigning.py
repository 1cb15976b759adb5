"""Assignment tables: who covers what, when, and who comes first.

A row of an assignment takes the facts whose fields have its values; an empty cell takes any value. Looking at every
row for every fact would cost their product, so rows are indexed by the cells that are filled, once for each pattern of
empty ones: few, however long the table is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, field, frozen

from incentive.engines.reference.values import exact_sum
from incentive.quantities import Number
from incentive.results import Value
from incentive.tree import CreditThrough

Shares = tuple[tuple[str, Number], ...]
"""People and their shares of a row."""
_Order = tuple[bool, Number | date]
"""The place of a row among those that match; rows without one come last."""


@frozen
class Held:
    """A row of an assignment table: its number, a person, the share, the days on which it holds, its place."""

    row: int
    person: str
    share: Number
    since: date
    until: date
    place: _Order


@define
class Assignments:
    """An assignment table as a measure reads it."""

    to: CreditThrough
    columns: Mapping[str, Sequence[Value | None]]
    _index: dict[tuple[bool, ...], dict[tuple[Value | None, ...], list[Held]]] = field(factory=dict)
    _always: bool = field(init=False)
    _known: dict[tuple[Value, ...], tuple[Shares, bool]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        to = self.to
        self._always = to.since is None and to.until is None
        keys = zip(*(self.columns[name] for name in to.match), strict=True)
        for row, key in enumerate(keys):
            held = self._held(row)
            if held is not None:
                empty = tuple(each is None for each in key)
                filled = tuple(each for each in key if each is not None)
                self._index.setdefault(empty, {}).setdefault(filled, []).append(held)

    def _held(self, row: int) -> Held | None:
        """Give a row; None where it names nobody, or has no share."""
        to, columns = self.to, self.columns
        person = columns[to.who][row]
        share = 1 if to.share is None else columns[to.share][row]
        if person is None or share is None:
            return None
        assert isinstance(share, Number)
        since = columns[to.since][row] if to.since is not None else None
        until = columns[to.until][row] if to.until is not None else None
        place = columns[to.first][row] if to.first is not None else None
        assert since is None or isinstance(since, date)
        assert until is None or isinstance(until, date)
        assert place is None or isinstance(place, Number | date)
        return Held(
            row,
            str(person),
            share,
            since or date.min,
            until or date.max,
            (place is None, 0 if place is None else place),
        )

    def shares(self, key: tuple[Value, ...], day: date) -> tuple[Shares, bool]:
        """Give the people of a fact and their shares, and whether several rows take it."""
        known = self._known.get(key) if self._always else None
        if known is None:
            matching = self.matching(key, day)
            known = self._added(self.counting(matching)), len(matching) > 1
            if self._always:
                self._known[key] = known
        return known

    def matching(self, key: tuple[Value, ...], day: date) -> list[Held]:
        """Give the rows that take a fact on a day, in the order of the table."""
        found: list[Held] = []
        for empty, rows in self._index.items():
            filled = tuple(each for each, left in zip(key, empty, strict=True) if not left)
            found += [each for each in rows.get(filled, ()) if each.since <= day <= each.until]
        return sorted(found, key=lambda each: each.row)

    def counting(self, matching: Sequence[Held]) -> Sequence[Held]:
        """Give those of the rows that match which count: all, or those that come first."""
        if self.to.first is None or not matching:
            return matching
        first = min(each.place for each in matching)
        return [each for each in matching if each.place == first]

    def _added(self, held: Sequence[Held]) -> Shares:
        people: dict[str, list[Number]] = {}
        for each in held:
            people.setdefault(each.person, []).append(each.share)
        whole = self.to.share is None
        return tuple((person, 1 if whole else exact_sum(shares)) for person, shares in sorted(people.items()))
