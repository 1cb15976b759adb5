"""Credit in columns: who gets which part of which rows, and who stands above them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from attrs import evolve, frozen

from incentive.columns import Num
from incentive.engines.columnar.roster import Roster


@frozen(eq=False)
class Credit:
    """Parts of rows that go to somebody: the rows by their number, the people, the share of each."""

    row: pl.Series | None  # None: all rows in their order
    person: pl.Series
    share: Num


def climbed(parts: Sequence[Credit], days: pl.Series, roster: Roster, *, once: bool) -> tuple[Credit, ...]:
    """Give credits to all the managers above too, level by level, on the day of each row.

    Whoever stands above several people of a row has several parts of it; with `once` only the first counts.

    Raises:
        NotLoweredError: Managers are no people.
    """
    found: list[Credit] = []
    for each in parts:
        found.append(each)
        here = _raised(each, days, roster)
        while len(here.person):  # INVARIANT: reading refuses a circle of managers on any day (test_reading.py, D314)
            found.append(here)
            here = _raised(here, days, roster)
    return _without_twins(found) if once else tuple(found)


def _raised(credit: Credit, days: pl.Series, roster: Roster) -> Credit:
    """Give the same parts to the managers, where there are any."""
    row = credit.row if credit.row is not None else pl.int_range(0, len(days), dtype=pl.Int64, eager=True)
    segment = roster.on(credit.person, days.gather(row))
    manager = roster.managers.gather(segment.at)
    managed = segment.there & (manager >= 0)
    return Credit(row.filter(managed), manager.filter(managed), filtered(credit.share, managed))


def _without_twins(parts: Sequence[Credit]) -> tuple[Credit, ...]:
    rows = [each.row if each.row is not None else pl.int_range(0, len(each.person), eager=True) for each in parts]
    frames = [
        pl.DataFrame({"row": row.cast(pl.Int64), "person": each.person.cast(pl.Int64)})
        for row, each in zip(rows, parts, strict=True)
    ]
    pairs = pl.concat(frames).unique(maintain_order=True)
    return (Credit(pairs["row"], pairs["person"], Num(1, 1, 1)),)


def filtered(value: Num, rows: pl.Series) -> Num:
    """Give the numbers of some rows."""
    return value if isinstance(value.top, int) else evolve(value, top=value.top.filter(rows))
