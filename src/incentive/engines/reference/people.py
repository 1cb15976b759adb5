"""Who there is, when: segments of the roster, teams, reports, groups, and who is on the plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from attrs import define, field

from incentive.data import Person, Segment
from incentive.engines.reference.values import Missing, merged, missing
from incentive.quantities import Period
from incentive.results import PersonReason, Value
from incentive.tree import ParameterValue, Plan, walk

Spell = tuple[str, int, int]
"""A person, and the days of a membership as ordinals: from, and up to without."""
Judge = Callable[[str, str, date], bool | Missing]
"""Whether the condition of a group ("" for the plan itself) holds for a person on a day."""
ALWAYS, NEVER_ENDS = 1, date.max.toordinal() + 1


@define(slots=False)
class Roster:
    """The people of a run. Conditions are judged by `judge`, once a segment.

    People of a roster whose field is empty are outside a group that asks for it, and the account says so. Of people
    who are only `named` fields are unknown: they are on the plan, and a group that asks for the field is missing.
    """

    plan: Plan
    people: Mapping[str, Person]
    judge: Judge
    named: bool = False
    keys: tuple[str, ...] = field(init=False)
    _starts: dict[str, list[int]] = field(factory=dict)
    _teams: dict[str, dict[Value, list[Spell]]] = field(factory=dict)
    _groups: dict[str, list[Spell]] = field(factory=dict)
    _covered: dict[tuple[str, date], PersonReason | None] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.keys = tuple(sorted(self.people))
        for key in self.keys:
            self._starts[key] = [_start(each) for each in self.people[key].segments]

    def segment_on(self, key: str, day: date) -> Segment | None:
        """Give what is known of a person on a day."""
        starts = self._starts.get(key)
        if starts is None:
            return None
        at = bisect_right(starts, day.toordinal()) - 1
        if at < 0:
            return None
        segment = self.people[key].segments[at]
        return segment if segment.end is None or day < segment.end else None

    def segments_in(self, key: str, start: date, end: date) -> list[Segment]:
        """Give the segments that touch the days from start up to, and without, end."""
        first, after = start.toordinal(), end.toordinal()
        person = self.people.get(key)
        if person is None:
            return []
        return [each for each in person.segments if _start(each) < after and first < _end(each)]

    def value(self, key: str, name: str, day: date) -> Value | None:
        """Give a field of a person on a day."""
        segment = self.segment_on(key, day)
        return None if segment is None else segment.values.get(name)

    def last_value(self, key: str, name: str, start: date, end: date) -> Value | None:
        """Give a field of a person on the last of some days on which they are on the roster."""
        segments = self.segments_in(key, start, end)
        return segments[-1].values.get(name) if segments else None

    def last_day(self, key: str, start: date, end: date) -> date:
        """Give the last of some days on which a person is on the roster; the very last if there is none."""
        segments = self.segments_in(key, start, end)
        last = end - timedelta(days=1)
        if not segments or segments[-1].end is None:
            return last
        return min(last, segments[-1].end - timedelta(days=1))

    def spells(self, who: str, holder: str, start: date, end: date) -> list[Spell] | Missing:
        """Give who belongs to a group, and when.

        The team is the one that the holder is in at the end of the days given; whoever was in it on the day of an
        event counts for that event.
        """
        if who == "company":
            return [(key, ALWAYS, NEVER_ENDS) for key in self.keys]
        if who == "team":
            team = self.last_value(holder, "team", start, end)
            if team is None:
                return missing("P207", holder=holder)
            return self._by("team").get(team, [])
        if who == "reports":
            if self.named and not self._by("manager"):
                return missing("P211", holder=holder, field="manager")
            return self._by("manager").get(holder, [])
        return (self._unknown(who) if self.named else None) or self._group(who)

    def members(self, who: str, holder: str, start: date, end: date) -> list[str] | Missing:
        """Give who belongs to a group on the last of some days."""
        spells = self.spells(who, holder, start, end)
        if isinstance(spells, Missing):
            return spells
        last = end - timedelta(days=1)
        day = last.toordinal()
        if who == "company":
            return [key for key in self.keys if self.segment_on(key, last) is not None]
        return [key for key, first, after in spells if first <= day < after]

    def on_plan(self, key: str, first: int, after: int) -> list[tuple[int, int, Segment]]:
        """Give the days on which a person is on the plan, from one up to, and without, another; a segment at a time."""
        first = max(first, self.plan.first_day.toordinal())
        after = min(after, self.plan.last_day.toordinal() + 1)
        if first >= after:
            return []
        found: list[tuple[int, int, Segment]] = []
        for each in self.segments_in(key, date.fromordinal(first), date.fromordinal(after)):
            edges = [max(first, _start(each)), min(after, _end(each))]
            edges[1:1] = [day for day in self._turns if edges[0] < day < edges[-1]]
            for begins, ends in pairwise(edges):
                if not self._is_on(key, begins):
                    continue
                if found and found[-1][1] == begins and found[-1][2] is each:
                    found[-1] = (found[-1][0], ends, each)
                else:
                    found.append((begins, ends, each))
        return found

    def _is_on(self, key: str, day: int) -> bool:
        if self.plan.covers is None:
            return True
        found = self.judge("", key, date.fromordinal(day))
        return found is True or (self.named and isinstance(found, Missing))

    @cached_property
    def _turns(self) -> list[int]:
        """The days on which the answer to `for` may change within a segment: those on which a parameter does."""
        todo = [] if self.plan.covers is None else [self.plan.covers, *(each.condition for each in self.plan.groups)]
        read = {node.name for each in todo for node in walk(each) if isinstance(node, ParameterValue)}
        starts = (value.start for each in self.plan.parameters if each.name in read for value in each.values)
        return sorted(day.toordinal() for day in starts if day is not None)

    def left_out(self, key: str, period: Period) -> PersonReason | None:
        """Tell why a person is not on the plan in a period; None if they are."""
        known = (key, period.start)
        if known not in self._covered:
            self._covered[known] = self._cover(key, period)
        return self._covered[known]

    def _cover(self, key: str, period: Period) -> PersonReason | None:
        first = max(period.start, self.plan.first_day)
        end = min(period.end, self.plan.last_day + timedelta(days=1))
        segments = self.segments_in(key, first, end) if first < end else []
        if not segments:
            return "not_on_roster"
        if self.plan.covers is None:
            return None
        found = [self.judge("", key, max(first, each.start or first)) for each in segments]
        if any(each is True or (self.named and isinstance(each, Missing)) for each in found):
            return None
        return "not_covered" if all(each is False for each in found) else "condition_missing"

    def _by(self, name: str) -> dict[Value, list[Spell]]:
        if name not in self._teams:
            found: dict[Value, list[Spell]] = {}
            for key in self.keys:
                for each in self.people[key].segments:
                    value = each.values.get(name)
                    if value is not None:
                        found.setdefault(value, []).append((key, _start(each), _end(each)))
            self._teams[name] = found
        return self._teams[name]

    def _group(self, name: str) -> list[Spell]:
        if name not in self._groups:
            self._groups[name] = [
                (key, _start(each), _end(each))
                for key in self.keys
                for each in self.people[key].segments
                if self.judge(name, key, each.start or self._some_day(each)) is True
            ]
        return self._groups[name]

    def _unknown(self, name: str) -> Missing | None:
        """Why nobody can say who is in a group."""
        judged = [
            self.judge(name, key, each.start or self._some_day(each))
            for key in self.keys
            for each in self.people[key].segments
        ]
        gone = [each for each in judged if isinstance(each, Missing)]
        return merged(gone) if gone else None

    def _some_day(self, segment: Segment) -> date:
        """A day of a segment that has always been."""
        return self.plan.first_day if segment.end is None else min(self.plan.first_day, segment.end - timedelta(days=1))


def _start(segment: Segment) -> int:
    return ALWAYS if segment.start is None else segment.start.toordinal()


def _end(segment: Segment) -> int:
    return NEVER_ENDS if segment.end is None else segment.end.toordinal()
