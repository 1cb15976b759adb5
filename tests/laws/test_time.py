"""Time: rows that hold for days, what comes later, and other years (laws 39, 40 and 42)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive.engines import EngineChoice
from incentive.engines.reference import assigning, crediting, dates, people, windows
from tests.laws.plans import ENGINES, Plant, Row, breaks, component, deal, few, head, months, ran, setting

FIRST = date(2026, 1, 1)
days = st.integers(0, 89).map(lambda at: FIRST + timedelta(days=at))
cents = st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100))
sold = st.lists(st.tuples(st.sampled_from(("Ana", "Bob")), cents, days), max_size=8)
engines = pytest.mark.parametrize("engine", ENGINES)
Sold = Sequence[tuple[str, Fraction, date]]
HELD = """facts coverage {
  manager: participant
  owner:   participant
  part:    percent
  from:    date
  until:   date optional
}
measure covered {
  sum    deals.amount
  dated  closed_on
  credit coverage.manager by owner share coverage.part as overlay
}
parameter rate {
  from 2026-01-01: 5%
LATER}
facts people {
  who:  participant
  team: text
}
"""
LINES = (
    component("own", "pay rate of revenue")
    + component("team_line", "pay 1% of team.revenue")
    + component("over", "pay 2% of covered")
    + component("size", "pay 3 EUR per team.people")
)


def _held(later: str = "") -> str:
    return head() + HELD.replace("LATER", later) + LINES


def _rows(drawn: Sold) -> list[Row]:
    return [deal(who, x, day.isoformat()) for who, x, day in drawn]


def _person(who: str, team: str, since: date, until: date) -> Row:
    return {"who": who, "team": team, "from": since.isoformat(), "until": until.isoformat()}


def _assigned(who: str, seller: str, since: date, until: date) -> Row:
    return {"manager": who, "owner": seller, "part": "0.5", "from": since.isoformat(), "until": until.isoformat()}


LAST = date(2026, 3, 31)
BOB = [_person("Bob", "one", FIRST, date(2026, 2, 10)), _person("Bob", "two", date(2026, 2, 11), LAST)]
DAY = timedelta(days=1)


def a_row_cut_in_two_says_the_same(engine: EngineChoice, cut: date, drawn: Sold) -> bool:
    """39: a row of the roster or of an assignment, cut on any day into two that say the same, changes nothing."""
    roster = [_person("Ana", "one", FIRST, LAST), *BOB]
    held = [_assigned("Bob", "Ana", FIRST, LAST)]
    halves = [_person("Ana", "one", FIRST, cut), _person("Ana", "one", cut + DAY, LAST), *BOB]
    parts = [_assigned("Bob", "Ana", FIRST, cut), _assigned("Bob", "Ana", cut + DAY, LAST)]
    whole = months(ran(_held(), _rows(drawn), engine, people=roster, tables={"coverage": held}, period=None))
    split = months(ran(_held(), _rows(drawn), engine, people=halves, tables={"coverage": parts}, period=None))
    return whole == split


def what_comes_later_is_nothing(engine: EngineChoice, drawn: Sold, later: Sold, from_day: str = "2026-02-01") -> bool:
    """40: deals, parameters, people's fields and assignments of later days change nothing in January."""
    roster = [_person("Ana", "one", FIRST, LAST), _person("Bob", "one", FIRST, LAST)]
    moved = [_person("Ana", "one", FIRST, date(2026, 1, 31)), _person("Ana", "two", date(2026, 2, 1), LAST), roster[1]]
    held = [_assigned("Bob", "Ana", FIRST, date(2026, 1, 31))]
    after = [*held, _assigned("Bob", "Bob", date(2026, 2, 1), LAST)]
    january = [each for each in drawn if each[2].month == 1]
    more = [*january, *((who, x, max(day, date(2026, 2, 1))) for who, x, day in later)]
    before = months(ran(_held(), _rows(january), engine, people=roster, tables={"coverage": held}))
    with_more = months(
        ran(_held(f"  from {from_day}: 50%\n"), _rows(more), engine, people=moved, tables={"coverage": after})
    )
    return before == with_more


def as_of_a_day_is_what_was_known(engine: EngineChoice, drawn: Sold, later: Sold) -> bool:
    """40: as of a day, a run is the one without the rows that were recorded after it."""
    roster = [_person("Ana", "one", FIRST, LAST), *BOB]
    known, unknown = (
        [{**row, "entered_on": day} for row in _rows(rows)]
        for rows, day in ((drawn, "2026-04-05"), (later, "2026-04-06"))
    )
    stored = ran(_held(), _rows(drawn), engine, people=roster, tables={"coverage": []}, period=None)
    again = ran(
        _held(), [*unknown, *known], engine, people=roster, tables={"coverage": []}, period=None, as_of=date(2026, 4, 5)
    )
    return months(stored) == months(again)


QUICK = """measure quick {
  sum    deals.amount
  where  closed_on within 1 month of signed_on
  dated  closed_on
  credit owner
}
measure late {
  sum    deals.amount
  where  days(signed_on, closed_on) > 28 days
  dated  closed_on + 30 days
  credit owner
}
"""


def _dated(year: int, *, weeks: bool) -> str:
    text = head(year=year, period="week" if weeks else "month").replace(
        "  closed_on: date", "  signed_on: date\n  closed_on: date"
    )
    text += QUICK
    text += component(
        "own", "accumulate over year", "pay revenue by slice {\n    from 0 EUR: 3.3%\n    from 100 EUR: 8%\n  }"
    )
    return text + component("soon", "pay 1% of quick") + component("slow", "pay 3% of late")


def other_years_pay_the_same(engine: EngineChoice, years: tuple[int, int], drawn: Sold, *, weeks: bool) -> bool:
    """42: all dates moved by whole years pay the same: between years without a 29 February, and always by 28 years."""
    found = []
    for year in years:
        moved = [(who, x, day.replace(year=year)) for who, x, day in drawn]
        rows = [
            deal(who, x, day.isoformat(), signed_on=(day - timedelta(days=29)).isoformat()) for who, x, day in moved
        ]
        made = months(ran(_dated(year, weeks=weeks), rows, engine, names=("Ana", "Bob"), period=None))
        found.append(list(made.values()))
    return found[0] == found[1]


@engines
@few(15)
@given(days.filter(lambda day: day < LAST), sold)
def test_a_row_cut_in_two_says_the_same(engine: EngineChoice, cut: date, drawn: Sold) -> None:
    assert a_row_cut_in_two_says_the_same(engine, cut, drawn)


@engines
@few(15)
@given(sold, sold)
def test_what_comes_later_is_nothing(engine: EngineChoice, drawn: Sold, later: Sold) -> None:
    assert what_comes_later_is_nothing(engine, drawn, later)


@engines
@few(10)
@given(sold, sold)
def test_as_of_a_day_is_what_was_known(engine: EngineChoice, drawn: Sold, later: Sold) -> None:
    assert as_of_a_day_is_what_was_known(engine, drawn, later)


@engines
@few(15)
@given(st.sampled_from([(2025, 2026), (2026, 2027), (2022, 2033), (2026, 2054), (2024, 2052), (2008, 2036)]), sold)
def test_other_years_pay_the_same(engine: EngineChoice, years: tuple[int, int], drawn: Sold) -> None:
    assert other_years_pay_the_same(engine, years, drawn, weeks=False)


@engines
@few(5)
@given(st.sampled_from([(2026, 2054), (2024, 2052), (2008, 2036)]), sold)
def test_weeks_come_back_after_28_years(engine: EngineChoice, years: tuple[int, int], drawn: Sold) -> None:
    assert other_years_pay_the_same(engine, years, drawn, weeks=True)


def test_a_leap_day_between_moves_what_counts_days() -> None:
    """The condition of law 42 is needed: 29 days before 5 March is within a month of it only in a leap year."""
    drawn = [("Ana", Fraction(100), date(2026, 3, 5))]
    assert not other_years_pay_the_same("reference", (2026, 2028), drawn, weeks=False)


def _not_on_the_last(self: Any, key: Any, day: date, honest: Any = assigning.Assignments.matching) -> Any:  # noqa: ANN401
    return [each for each in honest(self, key, day) if day < each.until]


def _a_day_more(self: Any, start: date, end: date, *, in_plan: bool, honest: Any = windows.Windows._days) -> Any:  # noqa: ANN401
    return honest(self, start, end + DAY, in_plan=in_plan)


def _thirty_days(value: Any, by: Any, unit: Any, calendar: Any, honest: Any = dates.moved) -> Any:  # noqa: ANN401
    return (
        honest(value, by * (30 if value.year < 2030 else 28), "days", calendar)
        if unit == "months"
        else honest(value, by, unit, calendar)
    )


SOME: Sold = [
    ("Ana", Fraction(150), FIRST),
    ("Ana", Fraction(60), date(2026, 2, 3)),
    ("Bob", Fraction(99), LAST - 2 * DAY),
]
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "39 assignment": (
        lambda: a_row_cut_in_two_says_the_same("reference", FIRST, SOME),
        setting(assigning.Assignments, "matching", _not_on_the_last),
    ),
    "39 roster": (
        lambda: a_row_cut_in_two_says_the_same("reference", FIRST + 30 * DAY, SOME),
        setting(people, "_end", lambda segment: segment.end.toordinal() - 1),
    ),
    "40": (
        lambda: what_comes_later_is_nothing("reference", SOME, [("Ana", Fraction(7), FIRST)]),
        setting(windows.Windows, "_days", _a_day_more),
    ),
    "40 as of": (
        lambda: as_of_a_day_is_what_was_known("reference", SOME, SOME),
        setting(crediting, "recorded_later", lambda table, as_of: None),  # noqa: ARG005
    ),
    "42": (
        lambda: other_years_pay_the_same("reference", (2026, 2054), SOME, weeks=False),
        setting(dates, "moved", _thirty_days),
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)
