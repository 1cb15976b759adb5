"""Days where the plan lives, for a column of instants.

Polars has a table of time zones of its own, which differs from that of Python in a dozen zones. So the changes of the
clocks are asked of `zoneinfo`, once for the years that a column spans, and looked up from there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import polars as pl
from attrs import frozen

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_UNIX: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()
_STEP: Final = 6 * 3_600  # no zone changes its clocks twice in as many seconds


@frozen(eq=False)
class Clock:
    """When the clocks of a zone change, in microseconds since 1970 UTC; one more offset than changes."""

    changes: tuple[int, ...]
    offsets: tuple[int, ...]

    def days(self, utc: pl.Series) -> pl.Series:
        """Give the local day of each instant, as an ordinal."""
        return (self.local(utc) // _DAY + _UNIX).cast(pl.Int32)

    def local(self, utc: pl.Series) -> pl.Series:
        """Give the local time of each instant, in microseconds as if it were UTC."""
        return utc + (_looked_up(self.changes, self.offsets, utc) if self.changes else self.offsets[0])

    def first_utc(self, local: pl.Series) -> pl.Series | None:
        """Give the instant of each local time, the first where the clocks show it twice, as before where they skip it.

        Returns:
            None where the clocks change twice within hours.
        """
        if not self.changes:
            return local - self.offsets[0]
        pairs = zip(self.changes, self.offsets[:-1], self.offsets[1:], strict=True)
        after = tuple(change + max(one, other) for change, one, other in pairs)
        return None if list(after) != sorted(after) else local - _looked_up(after, self.offsets, local)

    def utc(self, local: pl.Series) -> pl.Series | None:
        """Give the instant of each local time; None where the clocks skip one of them or show it twice."""
        if not self.changes:
            return local - self.offsets[0]
        pairs = [
            sorted((change + before, change + after))
            for change, before, after in zip(self.changes, self.offsets[:-1], self.offsets[1:], strict=True)
        ]
        first, second = tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs)
        if list(first) != sorted(first) or list(second) != sorted(second):
            return None
        offset = _looked_up(second, self.offsets, local)
        other = _looked_up(first, self.offsets, local)
        return None if (offset != other).any() else local - offset


def clock(zone: ZoneInfo, first: int, last: int) -> Clock:
    """Ask a zone for its changes between two instants, in microseconds since 1970 UTC, and two days around them."""
    at = first // _SECOND - 2 * 86_400
    end = last // _SECOND + 2 * 86_400
    changes: list[int] = []
    offsets = [_offset(zone, at)]
    while at < end:
        step = at + _STEP
        if _offset(zone, step) != offsets[-1]:
            changes.append(_change(zone, at, step) * _SECOND)
            offsets.append(_offset(zone, step))
        at = step
    return Clock(tuple(changes), tuple(offset * _SECOND for offset in offsets))


def _looked_up(changes: tuple[int, ...], offsets: tuple[int, ...], times: pl.Series) -> pl.Series:
    at = pl.Series(changes, dtype=pl.Int64).search_sorted(times, side="right")
    return pl.Series(offsets, dtype=pl.Int64).gather(at)


def _offset(zone: ZoneInfo, second: int) -> int:
    offset = (_EPOCH + timedelta(seconds=second)).astimezone(zone).utcoffset()
    assert offset is not None, "a zone of the table knows its offset"
    return offset.days * 86_400 + offset.seconds


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """Give the first second of the new offset."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after
