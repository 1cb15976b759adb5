"""Time inside opening hours: how much of it lies between two instants, and when so much of it has passed.

A table lists the hours, an opening and a closing a row, so nights, weekends and holidays are whatever it leaves out.
Before its first opening and after its last closing nothing is known: what would have to be is missing, not closed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attrs import frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing
from incentive.quantities import Number
from incentive.quantities.moments import Moment
from incentive.results import Value
from incentive.tree import DateShift, Table, Within, opening_fields

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = 3_600_000_000


@frozen
class Opening:
    """Opening hours put together, in microseconds: `before[i]` is how long it was open before `starts[i]`."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]

    def passed(self, instant: int) -> int:
        """How long it was open up to an instant."""
        at = bisect_right(self.starts, instant) - 1
        return 0 if at < 0 else self.before[at] + min(instant, self.ends[at]) - self.starts[at]

    def reached(self, passed: Number) -> int | None:
        """The first instant at which it was open so long; None after the last closing."""
        at = max(bisect_left(self.before, passed) - 1, 0)
        if not self.starts or self.before[at] + self.ends[at] - self.starts[at] < passed:
            return None
        return self.starts[at] + -int(-(passed - self.before[at]) // 1)

    def known(self, instant: int) -> bool:
        """Whether an instant lies between the first opening and the last closing."""
        return bool(self.starts) and self.starts[0] <= instant <= self.ends[-1]


def opening_of(columns: Mapping[str, Sequence[Value | None]], fields: tuple[str, str]) -> Opening:
    """Put the hours of a table together: what overlaps or touches is one stretch."""
    starts: list[int] = []
    ends: list[int] = []
    pairs = zip(*(columns.get(each, ()) for each in fields), strict=True)
    spans = sorted((_micro(a), _micro(b)) for a, b in pairs if isinstance(a, Moment) and isinstance(b, Moment))
    for start, end in spans:
        if end <= start:
            continue
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    before: list[int] = []
    total = 0
    for start, end in zip(starts, ends, strict=True):
        before.append(total)
        total += end - start
    return Opening(tuple(starts), tuple(ends), tuple(before))


def in_time(node: Within, make: Maker) -> Evaluate:
    """Whether one instant follows another by at most so much open time, both edges counting."""
    later, by, earlier = make(node.later), make(node.by), make(node.earlier)
    table = _table(make, node.by.type.unit.table)
    unknown = missing("P232", node.span, table=table.name)

    def run(context: Context) -> Any:  # noqa: ANN401
        end, length, start = later(context), by(context), earlier(context)
        if type(end) is Missing or type(length) is Missing or type(start) is Missing:
            return merged((end, length, start))
        if end < start:
            return False
        opening, first, last = _opening(context, table), _micro(start), _micro(end)
        if opening.passed(last) - opening.passed(first) > length * _HOUR:
            return False
        return True if opening.known(first) and opening.known(last) else unknown

    return run


def deadline(node: DateShift, make: Maker) -> Evaluate:
    """The first instant at which so much open time has passed."""
    start, by, zone = make(node.value), make(node.by), ZoneInfo(make.plan.timezone)
    table = _table(make, node.by.type.unit.table)
    unknown = missing("P232", node.span, table=table.name)

    def run(context: Context) -> Any:  # noqa: ANN401
        value, length = start(context), by(context)
        if type(value) is Missing or type(length) is Missing:
            return merged((value, length))
        opening, first = _opening(context, table), _micro(value)
        found = opening.reached(opening.passed(first) + length * _HOUR) if opening.known(first) else None
        if found is None:
            return unknown
        utc = _EPOCH + timedelta(microseconds=max(found, first))
        return Moment(utc, utc.astimezone(zone).date())

    return run


def _table(make: Maker, name: str) -> Table:
    return next(each for each in make.plan.tables if each.name == name)


def _opening(context: Context, table: Table) -> Opening:
    """The hours of a table, put together once for all rows of a measure."""
    key = ("opening", table.name)
    memo: dict[Any, Any] = context.memo
    if key not in memo:
        fields = opening_fields(table)
        assert fields is not None
        memo[key] = opening_of(context.source.referred(table.name), fields)
    found: Opening = memo[key]
    return found


def _micro(moment: Any) -> int:  # noqa: ANN401 - a time stamp: the checker takes no date here
    micros: int = (moment.utc - _EPOCH) // timedelta(microseconds=1)
    return micros
