"""Presence and prorated values are the means over days that the second evaluator takes, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import inputs, presence, prorated
from incentive.quantities import DayCount, Number, days_counted
from tests.oracle import evaluator as oracle
from tests.oracle.test_oracle import ENGINES

BASES = ("calendar days", "working days", "30/360", "months")
FIRST, LAST = date(2028, 1, 10), date(2028, 12, 31)
"""The plan begins within a period, and its February has 29 days."""
TEXT = """incentive 1 en
plan "Drawn" {{
  currency  EUR
  period    {period}
  timezone  "Europe/Paris"
  presence  by {basis}
  effective from 2028-01-10 until 2028-12-31
  for       role is "agent"
}}
facts people {{
  who:       participant
  role:      text
  part_time: percent prorated
}}
input target:  money per participant per {period} prorated
input goal:    money per participant per year phased equally prorated
input common:  money per {period} prorated
input allowed: money per participant per {period}
component here {{
  pay presence * 1 000 EUR
}}
component this_year {{
  pay presence over year * 1 000 EUR
}}
component part {{
  pay part_time of 1 000 EUR
}}
component own {{
  pay target
}}
component of_year {{
  pay goal over {period}
}}
component of_all {{
  pay common
}}
component by_day {{
  pay allowed
}}
"""
CENT = Fraction(1, 100)
DAYS_OF = {"month": 1, "quarter": 3}


@frozen
class Span:
    """Days, both ends included, and what holds on them."""

    first: date
    last: date
    value: int
    agent: bool = True


@frozen
class World:
    """A roster of two people, and inputs by days; `whole` is an input given for the period instead."""

    basis: str
    period: str
    at: int
    spells: tuple[Span, ...]
    targets: tuple[Span, ...]
    common: tuple[Span, ...]
    by_period: int | None

    @property
    def days(self) -> list[date]:
        """The days of the period paid."""
        return self.days_of(self.at)

    def days_of(self, at: int) -> list[date]:
        """The days of a period, by its place in the year."""
        months = DAYS_OF[self.period]
        after = date(2028 + at * months // 12, at * months % 12 + 1, 1)
        return oracle.days_of(date(2028, (at - 1) * months + 1, 1), after - oracle.DAY)

    @property
    def name(self) -> str:
        """What the period is called."""
        return f"2028-{self.at:02}" if self.period == "month" else f"2028-Q{self.at}"

    def spell(self, day: date) -> Span | None:
        """The row of the roster of a day on the plan."""
        found = _on(self.spells, day)
        return found if found is not None and found.agent and FIRST <= day <= LAST else None

    def expected(self) -> dict[str, Fraction | None]:
        """Ana's lines; none where she is not on the plan at all."""
        if not any(self.spell(day) for day in self.days):
            return {}
        year = oracle.days_of(date(2028, 1, 1), date(2028, 12, 31))

        def mean(days: list[date], value: Callable[[date], Fraction | None]) -> Fraction | None:
            return oracle.mean(self.basis, days, value)

        def there(value: Callable[[date, Span], Fraction | None]) -> Callable[[date], Fraction | None]:
            return lambda day: oracle.ZERO if (spell := self.spell(day)) is None else value(day, spell)

        def target(day: date) -> Fraction | None:
            return _value(self.targets, day) if self.by_period is None else Fraction(self.by_period)

        phases = 12 // DAYS_OF[self.period]
        one = there(lambda _, __: Fraction(1))
        found = {
            "here": _times(1000, mean(self.days, one)),
            "this_year": _times(1000, mean(year, one)),
            "part": _times(10, mean(self.days, there(lambda _, spell: Fraction(spell.value)))),
            "own": mean(self.days, there(lambda day, _: target(day))),
            "of_year": _times(Fraction(1, phases), mean(self.days, there(lambda day, _: _value(self.targets, day)))),
            "of_all": mean(self.days, lambda day: _value(self.common, day) if FIRST <= day <= LAST else oracle.ZERO),
            "by_day": _value(self.targets, self.days[-1]),
        }
        return {
            name: None if value is None else oracle.rounded(value, CENT, "half_up") for name, value in found.items()
        }

    def got(self, engine: EngineChoice) -> dict[str, Fraction | None]:
        """The same by the engine."""
        roster = [
            {"who": "Ana", "role": "agent" if each.agent else "clerk", "from": each.first, "until": each.last,
             "part_time": Fraction(each.value, 100)}
            for each in self.spells
        ]  # fmt: skip
        away = {"who": "Bob", "role": "clerk", "from": date(2020, 1, 1), "until": None, "part_time": 1}
        targets = _rows(self.targets, participant="Ana")
        own: list[dict[str, Any]] = targets
        if self.by_period is not None:
            own = [{"participant": "Ana", "period": self.name, "value": self.by_period}]
        data = incentive.Dataset.from_rows(
            tables={},
            people=[*roster, away],
            inputs={"target": own, "goal": targets, "common": _rows(self.common), "allowed": targets},
        )
        plan = incentive.parse(TEXT.format(period=self.period, basis=self.basis))
        run = plan.run(data, period=self.name, engine=engine)
        return {
            each.component: None if each.amount is None else Fraction(each.amount.amount)
            for each in run.payouts
            if each.participant == "Ana"
        }


def _on(spans: tuple[Span, ...], day: date) -> Span | None:
    return next((each for each in spans if each.first <= day <= each.last), None)


def _value(spans: tuple[Span, ...], day: date) -> Fraction | None:
    found = _on(spans, day)
    return None if found is None else Fraction(found.value)


def _times(factor: Fraction | int, value: Fraction | None) -> Fraction | None:
    return None if value is None else factor * value


def _rows(spans: tuple[Span, ...], **who: str) -> list[dict[str, Any]]:
    return [{**who, "from": each.first, "until": each.last, "value": each.value} for each in spans]


@st.composite
def spans(draw: st.DrawFn, around: date, top: int, *, gaps: bool) -> tuple[Span, ...]:
    """Stretches in order, near a period; without gaps they cover the year."""
    near = st.integers(-40, 130).map(lambda at: around + timedelta(days=at))
    month_ends = st.sampled_from([date(2028, 1, 30), date(2028, 1, 31), date(2028, 2, 28), date(2028, 2, 29)])
    cuts = draw(st.sets(st.one_of(near, month_ends), min_size=2, max_size=6))
    if not gaps:
        cuts |= {date(2027, 12, 31), date(2029, 1, 2)}
    made = [
        Span(one, two - oracle.DAY, draw(st.integers(1, top)), not gaps or draw(st.integers(0, 5)) > 0)
        for one, two in pairwise(sorted(cuts))
    ]
    kept = tuple(each for each in made if not gaps or draw(st.integers(0, 4)))
    return kept or (made[0],)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    period = draw(st.sampled_from(["month", "quarter"]))
    at = draw(st.integers(1, 12 // DAYS_OF[period]))
    around = date(2028, (at - 1) * DAYS_OF[period] + 1, 1)
    return World(
        draw(st.sampled_from(BASES)), period, at,
        draw(spans(around, 100, gaps=True)),
        draw(spans(around, 99_999, gaps=draw(st.booleans()))),
        draw(spans(around, 99_999, gaps=draw(st.booleans()))),
        draw(st.none() | st.integers(1, 99_999)),
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(worlds())
def test_parts_of_a_period_are_what_the_reference_says(engine: EngineChoice, world: World) -> None:
    assert world.got(engine) == world.expected()


# ---- planted bugs ----------------------------------------------------------------------------------------------------
JANUARY = (
    Span(date(2028, 1, 1), date(2028, 1, 30), 100),
    Span(date(2028, 2, 1), date(2028, 2, 28), 50),
    Span(date(2028, 3, 1), date(2028, 3, 31), 80),
)
CHANGED = (Span(date(2027, 12, 31), date(2028, 2, 11), 1_000), Span(date(2028, 2, 12), date(2029, 1, 1), 1_700))
SAMPLES = [
    World(basis, period, at, JANUARY, CHANGED, CHANGED, None)
    for basis in BASES
    for period, at in [("month", 1), ("month", 2), ("month", 3), ("quarter", 1)]
]


def _last_day_lost(basis: DayCount, first: date, after: date) -> Number:
    return days_counted(basis, first, max(first, after - oracle.DAY))


def _without_the_31st(basis: DayCount, first: date, after: date) -> Number:
    """The other day of two: the 31st counts nothing, the 30th one."""
    wrong = sum(day.day == 31 for day in oracle.days_of(first, after - oracle.DAY))
    right = sum(day.day == 30 and (day + oracle.DAY).day != 1 for day in oracle.days_of(first, after - oracle.DAY))
    return days_counted(basis, first, after) + (right - wrong if basis == "30/360" else 0)


def _day_before(node: Any, spec: Any, holder: str, held: Any, day: date) -> Any:  # noqa: ANN401
    return prorated.held_on(node, spec, holder, held, day.replace(day=1))


PLANTED: list[tuple[object, str, object]] = [
    (presence, "days_counted", _last_day_lost),
    (presence, "days_counted", _without_the_31st),
    (presence, "days_counted", lambda basis, first, after: days_counted("calendar", first, after)),  # noqa: ARG005
    (presence.DayCounter, "inside", lambda self, first, after: (first, after)),  # noqa: ARG005 - as the honest one
    (prorated, "_present", lambda spec, source, holder, low, high: [(low, high)]),  # noqa: ARG005 - the same
    (inputs, "held_on", _day_before),
]
NAMES = ("a day short", "the 31st", "calendar days", "before the plan", "off the plan", "the first day")


@pytest.mark.parametrize(("room", "name", "wrong"), PLANTED, ids=NAMES)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, room: object, name: str, wrong: object) -> None:
    assert all(world.got("reference") == world.expected() for world in SAMPLES)
    monkeypatch.setattr(room, name, wrong)
    assert not all(world.got("reference") == world.expected() for world in SAMPLES)
