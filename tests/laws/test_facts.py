"""Facts one by one: whose they are on their day, and in which order they count (laws 6 and 30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import assigning, people, per_fact, recorded
from incentive.results import Explanation
from tests.laws.plans import ENGINES, Plant, Row, breaks, component, deal, few, head, lines, ran, setting

SELLERS = ("Ana", "Bob", "Cid")
FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)
engines = pytest.mark.parametrize("engine", ENGINES)
cents = st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100))
days = st.integers(0, 30).map(lambda at: FIRST + at * DAY)
sold = st.lists(st.tuples(st.sampled_from(SELLERS), cents, days), max_size=8)
few_days = st.integers(4, 6).map(lambda at: FIRST + at * DAY)
together = st.lists(st.tuples(st.sampled_from(SELLERS), cents, few_days), max_size=8)
Sold = Sequence[tuple[str, Fraction, date]]


def _rows(drawn: Sold) -> list[Row]:
    return [deal(who, x, day.isoformat(), id=f"d{at * 7 % 10}") for at, (who, x, day) in enumerate(drawn)]


TEAMS = """facts people {
  who:     participant
  team:    text
  manager: participant optional
}
measure below {
  sum    deals.amount
  dated  closed_on
  credit owner and above as overlay
}
"""


def a_team_is_that_of_the_day(engine: EngineChoice, moved: Mapping[str, date], drawn: Sold) -> bool:
    """6: a deal counts for the team and the manager that its owner had on its day; the teams are the company."""
    text = head() + TEAMS
    text += component("of_team", "pay team.revenue") + component("of_all", "pay company.revenue")
    text += component("of_manager", "pay below")
    roster: list[Row] = [{"who": who, "team": team} for who, team in (("Lea", "one"), ("Max", "two"))]
    for who, day in moved.items():
        roster.append({"who": who, "team": "one", "manager": "Lea", "until": (day - DAY).isoformat()})
        roster.append({"who": who, "team": "two", "manager": "Max", "from": day.isoformat()})
    found = lines(ran(text, [_bare(row) for row in _rows(drawn)], engine, people=roster))
    early = sum((x for who, x, day in drawn if day < moved[who]), Fraction(0))
    late = sum((x for who, x, day in drawn if day >= moved[who]), Fraction(0))
    return all(
        (found["Lea", name], found["Max", name]) == wanted
        for name, wanted in [
            ("of_team", (early, late)), ("of_manager", (early, late)), ("of_all", (early + late, early + late))
        ]
    )  # fmt: skip


def _bare(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


COVERED = """facts coverage {
  manager: participant
  owner:   participant
  place:   count
}
measure covered {
  sum    deals.amount
  dated  closed_on
  credit coverage.manager by owner first by coverage.place
}
"""
RISING = "revenue by slice {\n    from 0 EUR: 3.3%\n    from 100 EUR: 8%\n    from 250 EUR: 12.5%\n  }"
STACKED = component("line", f"pay each {RISING}", "stacked by closed_on, id")


def an_order_is_a_total_one(engine: EngineChoice, drawn: Sold, seed: int) -> bool:
    """30: rows in another order leave each fact its slices, each deal its manager and each cent its place.

    An order that leaves two facts level is refused before data is read.
    """
    keyed = head("half_up to 0.01 EUR").replace("  owner:", "  key id: text\n  owner:", 1)
    text = keyed + COVERED + STACKED + component("managed", "pay 5% of covered")
    text += component("part", "pay 1 EUR shared equally among company")
    text += component("place", "pay revenue by rank among company {\n    at 1: 9.01 EUR\n    at 2: 4 EUR\n  }")
    rows = _rows(drawn)
    roster: list[Row] = [{"who": who} for who in SELLERS]
    held: list[Row] = [
        {"manager": SELLERS[(at + place) % 3], "owner": who, "place": place}
        for at, who in enumerate(SELLERS)
        for place in (1, 2)
    ]

    def told() -> list[object]:
        run = ran(text, rows, engine, people=roster, tables={"coverage": held})
        return [lines(run), *(sorted(_facts(run.explain(who, "line"))) for who in SELLERS)]

    before = told()
    for each in (rows, roster, held):
        Random(seed).shuffle(each)
    loose = incentive.check(text.replace("closed_on, id", "closed_on"))
    return told() == before and [each.code for each in loose if each.severity == "error"] == ["E559"]


def _facts(tree: Explanation) -> list[tuple[str, object]]:
    """What each fact of a line pays."""
    found = [(tree.name, tree.value)] if tree.kind == "Fact" else []
    return found + [each for child in tree.children for each in _facts(child)]


@engines
@few(15)
@given(st.fixed_dictionaries(dict.fromkeys(SELLERS, days)), sold)
def test_a_team_is_that_of_the_day(engine: EngineChoice, moved: dict[str, date], drawn: Sold) -> None:
    assert a_team_is_that_of_the_day(engine, moved, drawn)


@engines
@few(15)
@given(together, st.integers(0, 99))
def test_an_order_is_a_total_one(engine: EngineChoice, drawn: Sold, seed: int) -> None:
    assert an_order_is_a_total_one(engine, drawn, seed)


def _of_the_last_day(self: Any, *asked: Any, honest: Any = people.Roster.spells) -> Any:  # noqa: ANN401
    """Whoever is in the team at the end was in it always."""
    end = asked[-1].toordinal()
    return [(key, 0, after) for key, _, after in honest(self, *asked) if after >= end]


MOVED = {"Ana": FIRST + 10 * DAY, "Bob": FIRST + 20 * DAY, "Cid": FIRST}
SOME: Sold = [
    ("Ana", Fraction(90), FIRST + 4 * DAY),
    ("Ana", Fraction(70), FIRST + 4 * DAY),
    ("Ana", Fraction(201), FIRST + 12 * DAY),
    ("Bob", Fraction(40), FIRST + 19 * DAY),
    ("Cid", Fraction(75), FIRST + 3 * DAY),
]


def _in_rows(self: Any, context: Any, counted: Any) -> Any:  # noqa: ANN401, ARG001
    """Facts fill the table in the order of the file."""
    return sorted(counted, key=lambda one: one.at.line)


def _by_day_alone(self: Any, context: Any, counted: Any) -> Any:  # noqa: ANN401, ARG001
    """On one day the file decides."""
    return sorted(counted, key=lambda one: (one.at.day, one.at.line))


PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "6 team": (
        lambda: a_team_is_that_of_the_day("reference", MOVED, SOME),
        setting(people.Roster, "spells", _of_the_last_day),
    ),
    "6 manager": (
        lambda: a_team_is_that_of_the_day("reference", MOVED, SOME),
        setting(
            recorded.Recorded,
            "person_field",
            lambda self, key, name, day: self.roster.value(key, name, date(2026, 1, 31)),  # noqa: ARG005
        ),
    ),
    "30 order": (
        lambda: an_order_is_a_total_one("reference", SOME, 2),
        setting(per_fact._Order, "sorted", _in_rows),
    ),
    "30 key": (
        lambda: an_order_is_a_total_one("reference", SOME, 2),
        setting(per_fact._Order, "sorted", _by_day_alone),
    ),
    "30 first": (
        lambda: an_order_is_a_total_one("reference", SOME, 2),
        setting(assigning.Assignments, "counting", lambda self, matching: matching[:1]),  # noqa: ARG005
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)
