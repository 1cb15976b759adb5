"""The laws of parts of a period, and that each of them notices a planted bug."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import incentive
from incentive import Dataset, Plan
from incentive.data import Segment
from incentive.engines.reference import people, presence
from incentive.quantities import DAY_COUNTS, DayCount, Number, daycounts, days_counted
from incentive.results import Stretch, readd

FIRST, AFTER = date(2026, 4, 1), date(2026, 7, 1)
TEXT = """incentive 1 en
plan "P" {{
  currency EUR
  period quarter
  presence by {basis}
  timezone "Europe/Paris"
  rounding half_even to 0.0000001 EUR
  effective from 2026-01-01 until 2026-12-31
}}
facts people {{
  who:  participant
  part: percent prorated
}}
input quota: money per participant per quarter prorated
component here {{
  pay presence * 1 EUR
}}
component part_time {{
  pay part * 1 EUR
}}
component goal {{
  pay quota
}}
"""
WRITTEN = {"calendar": "calendar days", "working": "working days", "30/360": "30/360", "months": "months"}
PLANS: dict[DayCount, Plan] = {basis: incentive.parse(TEXT.format(basis=WRITTEN[basis])) for basis in DAY_COUNTS}
NAMES = ("here", "part_time", "goal")
OnPlan = list[tuple[int, int, Segment]]
Spell = tuple[date, date, int, int]  # from, up to without, the part in percent, the quota

bases = st.sampled_from(DAY_COUNTS)
days = st.integers(-40, 130).map(lambda at: FIRST + timedelta(days=at))


@st.composite
def spells(draw: st.DrawFn) -> list[Spell]:
    """Days on the plan, some with a gap between them."""
    cuts = sorted(draw(st.sets(days, min_size=2, max_size=6)))
    made = [(one, two, draw(st.integers(0, 100)), draw(st.integers(0, 99_999))) for one, two in pairwise(cuts)]
    return [each for each in made if draw(st.integers(0, 4))]


def figures(basis: DayCount, rows: list[Spell]) -> list[Fraction | None]:
    """Presence, the part and the quota of somebody in the second quarter, before the rounding of their lines."""
    roster: list[dict[str, object]] = [
        {"who": "Ana", "from": one, "until": two - timedelta(days=1), "part": Fraction(part, 100)}
        for one, two, part, _ in rows
    ]
    roster.append({"who": "Bob", "from": date(2020, 1, 1), "until": date(2020, 1, 2), "part": 0})
    quotas = [
        {"participant": "Ana", "from": one, "until": two - timedelta(days=1), "value": quota}
        for one, two, _, quota in rows
    ] or [{"participant": "Bob", "from": None, "until": None, "value": 0}]
    data = Dataset.from_rows(tables={}, people=roster, inputs={"quota": quotas}, timezone="Europe/Paris")
    run = PLANS[basis].run(data, period="2026-Q2", engine="reference")
    found: list[Fraction | None] = []
    for name in NAMES:
        if not any(each.participant == "Ana" and each.component == name for each in run.payouts):
            found.append(None)
            continue
        told = run.explain("Ana", name)
        assert readd(told)
        used = next((each.rounding for each in told.children if each.rounding is not None), told.rounding)
        assert used is not None
        found.append(Fraction(used.before))
    return found


# ---- laws ------------------------------------------------------------------------------------------------------------
@settings(max_examples=200)
@given(bases, st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=2, max_size=8))
def parts_of_any_partition_add_up(basis: DayCount, cuts: list[date]) -> None:
    cuts = sorted(cuts)
    parts = [daycounts.days_counted(basis, one, two) for one, two in pairwise(cuts)]
    assert sum(parts) == daycounts.days_counted(basis, cuts[0], cuts[-1])
    assert all(part >= 0 for part in parts)


@settings(max_examples=100)
@given(bases, st.integers(2020, 2030), st.integers(1, 12))
def a_whole_month_is_thirty_or_one(basis: DayCount, year: int, month: int) -> None:
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    whole = {"calendar": (after - first).days, "30/360": 30, "months": 1}
    assert daycounts.days_counted(basis, first, after) == whole.get(basis, daycounts.days_counted(basis, first, after))


@settings(max_examples=25)
@given(bases, st.integers(1, 100), st.integers(0, 99_999))
def who_is_there_all_the_time_has_it_whole(basis: DayCount, part: int, quota: int) -> None:
    assert figures(basis, [(FIRST, AFTER, part, quota)]) == [1, Fraction(part, 100), quota]


@settings(max_examples=25)
@given(bases, spells())
def it_is_the_mean_over_the_days(basis: DayCount, rows: list[Spell]) -> None:
    inside = [(max(one, FIRST), min(two, AFTER), part, quota) for one, two, part, quota in rows]
    inside = [each for each in inside if each[0] < each[1]]
    assume(inside)
    whole = days_counted(basis, FIRST, AFTER)
    shares = [Fraction(days_counted(basis, one, two), whole) for one, two, _, _ in inside]
    expected = [
        sum(shares, Fraction(0)),
        sum((share * Fraction(each[2], 100) for share, each in zip(shares, inside, strict=True)), Fraction(0)),
        sum((share * each[3] for share, each in zip(shares, inside, strict=True)), Fraction(0)),
    ]
    assert figures(basis, rows) == expected


@settings(max_examples=25)
@given(bases, spells(), days)
def a_row_cut_in_two_changes_nothing(basis: DayCount, rows: list[Spell], cut: date) -> None:
    split: list[Spell] = []
    for one, two, part, quota in rows:
        split += [(one, cut, part, quota), (cut, two, part, quota)] if one < cut < two else [(one, two, part, quota)]
    assume(len(split) > len(rows))
    assert figures(basis, split) == figures(basis, rows)


@settings(max_examples=25)
@given(bases, spells(), st.integers(0, 100))
def what_comes_after_the_period_changes_nothing(basis: DayCount, rows: list[Spell], part: int) -> None:
    before = [each for each in rows if each[1] <= AFTER]
    assume(before)
    assert figures(basis, [*before, (AFTER, AFTER + timedelta(days=9), part, 7)]) == figures(basis, before)


@settings(max_examples=25)
@given(days)
def a_day_earlier_or_later_is_a_day_more_or_less(day: date) -> None:
    assume(FIRST < day < AFTER)
    later = figures("calendar", [(day, AFTER, 100, 91)])
    earlier = figures("calendar", [(FIRST, day, 100, 91)])
    assert later == [Fraction((AFTER - day).days, 91)] * 2 + [(AFTER - day).days]
    assert [one + two for one, two in zip(later, earlier, strict=True) if one is not None and two is not None] == [
        1,
        1,
        91,
    ]


LAWS = [
    parts_of_any_partition_add_up,
    a_whole_month_is_thirty_or_one,
    who_is_there_all_the_time_has_it_whole,
    it_is_the_mean_over_the_days,
    a_row_cut_in_two_changes_nothing,
    what_comes_after_the_period_changes_nothing,
    a_day_earlier_or_later_is_a_day_more_or_less,
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
def test_a_law_of_parts_of_a_period(law: Callable[[], None]) -> None:
    law()


def test_nobody_is_paid_where_no_day_is_on_the_plan() -> None:
    assert figures("calendar", []) == [None, None, None]


def test_of_a_day_that_does_not_count_there_is_nothing() -> None:
    assert figures("working", [(date(2026, 4, 4), date(2026, 4, 6), 50, 7)]) == [0, 0, 0]  # Saturday and Sunday


# ---- planted bugs ----------------------------------------------------------------------------------------------------
def _closed(basis: DayCount, first: date, after: date) -> Number:
    """Counts the last day twice: in both parts."""
    return days_counted(basis, first, after + timedelta(days=1))


def _short(_basis: DayCount, first: date, after: date) -> Number:
    """Gives every month its own days, also where it is to be 30."""
    return days_counted("calendar", first, after)


def _unclipped(self: people.Roster, key: str, _first: int, _after: int) -> OnPlan:
    """Forgets that rows begin before the period and end after it."""
    return [
        (each.start.toordinal(), each.end.toordinal(), each)
        for each in self.people[key].segments
        if each.start and each.end
    ]


def _first_only(self: people.Roster, key: str, first: int, after: int) -> OnPlan:
    return ON_PLAN(self, key, first, after)[:1]


def _day_late(self: people.Roster, key: str, first: int, after: int) -> OnPlan:
    """Takes the day of joining for the first day that does not count."""
    return [(begins + (begins > first), ends, each) for begins, ends, each in ON_PLAN(self, key, first, after)]


def _day_short(self: people.Roster, key: str, first: int, after: int) -> OnPlan:
    """Takes the last day for the first that does not count."""
    return [(begins, ends - 1, each) for begins, ends, each in ON_PLAN(self, key, first, after)]


def _mean_of_those_there(
    self: presence.DayCounter, pieces: Sequence[presence.Piece], _first: int, _after: int
) -> tuple[Number, tuple[Stretch, ...]]:
    """Takes the mean over the days on the plan instead of all days."""
    return MEAN(self, pieces, min(each.first for each in pieces), max(each.after for each in pieces))


ON_PLAN, MEAN = people.Roster.on_plan, presence.DayCounter.mean
PLANTED = [
    (parts_of_any_partition_add_up, daycounts, "days_counted", _closed),
    (a_whole_month_is_thirty_or_one, daycounts, "days_counted", _short),
    (who_is_there_all_the_time_has_it_whole, people.Roster, "on_plan", _day_short),
    (it_is_the_mean_over_the_days, presence.DayCounter, "mean", _mean_of_those_there),
    (a_row_cut_in_two_changes_nothing, people.Roster, "on_plan", _first_only),
    (what_comes_after_the_period_changes_nothing, people.Roster, "on_plan", _unclipped),
    (a_day_earlier_or_later_is_a_day_more_or_less, people.Roster, "on_plan", _day_late),
]


@pytest.mark.parametrize(("law", "where", "name", "wrong"), PLANTED, ids=lambda each: getattr(each, "__name__", ""))
def test_a_planted_bug_breaks_the_law(
    law: Callable[[], None],
    where: object,
    name: str,
    wrong: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises((AssertionError, ExceptionGroup)):
        law()
