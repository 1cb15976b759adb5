"""A point in time, and the day that it falls on where the plan lives.

A deal closed at 23:30 in São Paulo is one of tomorrow's in Paris. Which day counts is decided once, while the data is
read, and kept beside the instant, so that nothing later needs to know about zones.
"""

from __future__ import annotations

from datetime import date, datetime

from attrs import field, frozen

__all__ = ["Moment"]


@frozen(order=True)
class Moment:
    """An instant in UTC, with its local day in the plan's time zone; ordered and compared by the instant."""

    utc: datetime
    day: date = field(eq=False, order=False)
