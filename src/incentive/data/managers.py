"""Nobody stands above themselves: a circle of managers is found on whichever day it closes.

A circle would credit a deal to its own seller as the head of their head, once or without end. People change managers,
so each row may be right alone and the circle stand only on the days that two of them share.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from incentive.data.facts import Person, Segment
from incentive.data.findings import shorten

MANAGER = "manager"
_SHOWN = 8  # people of a circle in a message


def circles(people: Mapping[str, Person], day: date) -> Iterator[tuple[str, Segment, dict[str, str]]]:
    """Each circle once: a person in it, the segment that closes it, and what the message says.

    A circle begins on the first day of one of its segments, so those days are all that must be looked at.

    Args:
        people: the roster.
        day: shown for a circle without beginning, where it stands on that day.
    """
    starts = {key: [each.start or date.min for each in person.segments] for key, person in people.items()}
    opening: dict[date, list[str]] = {}
    for key, days in starts.items():
        for start in days:
            opening.setdefault(start, []).append(key)
    known: set[frozenset[str]] = set()
    for start in sorted(opening):
        seen: dict[str, int] = {}  # by person, the walk that met them first
        for walk, key in enumerate(opening[start]):
            at: str | None = key
            while at is not None and at not in seen:
                seen[at] = walk
                at = _manager(people, starts, at, start)
            if at is None or seen[at] != walk:
                continue
            circle = _circle(people, starts, at, start)
            if frozenset(circle) not in known:
                known.add(frozenset(circle))
                yield _told(people, starts, circle, start, day)


def _told(
    people: Mapping[str, Person], starts: Mapping[str, Sequence[date]], circle: Sequence[str], start: date, day: date
) -> tuple[str, Segment, dict[str, str]]:
    segments = [found for key in circle if (found := _segment(people, starts, key, start)) is not None]
    if start == date.min:
        start = min([day, *(each.end - timedelta(days=1) for each in segments if each.end is not None)])
    at = max(range(len(segments)), key=lambda index: segments[index].line)
    ordered = [*circle[at:], *circle[:at]]
    names = [*ordered[:_SHOWN], *(["…"] if len(ordered) > _SHOWN else []), ordered[0]]
    return ordered[0], segments[at], {"day": start.isoformat(), "circle": " → ".join(map(shorten, names))}


def _circle(
    people: Mapping[str, Person], starts: Mapping[str, Sequence[date]], first: str, day: date
) -> tuple[str, ...]:
    circle = [first]
    while (above := _manager(people, starts, circle[-1], day)) is not None and above != first:
        circle.append(above)
    return tuple(circle)


def _manager(people: Mapping[str, Person], starts: Mapping[str, Sequence[date]], key: str, day: date) -> str | None:
    segment = _segment(people, starts, key, day)
    above = segment.values.get(MANAGER) if segment is not None else None
    return str(above) if above is not None else None


def _segment(people: Mapping[str, Person], starts: Mapping[str, Sequence[date]], key: str, day: date) -> Segment | None:
    if key not in people:
        return None
    at = bisect_right(starts[key], day) - 1
    segment = people[key].segments[at] if at >= 0 else None
    return segment if segment is not None and (segment.end is None or day < segment.end) else None
