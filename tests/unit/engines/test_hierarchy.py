"""Credit to all the managers above: on the day of each deal, each person once, a share with its credit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

import pytest

import incentive
from incentive.quantities import Number
from incentive.results import MeasureAccount, readd

HEAD = """incentive 1 en
plan "Hierarchy" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id:    text
  owner:     participant
  partner:   participant optional
  region:    text
  amount:    money
  closed_on: date
}
facts coverage {
  who:    participant
  region: text
  part:   percent
}
split sourcing {
  when partner is not missing {
    70%: owner
    30%: partner
  }
  otherwise {
    100%: owner
  }
}
component override {
  pay 1% of below
}
component whole {
  pay 1% of company.below
}
measure below {
  sum   deals.amount
  dated closed_on
"""
PATH = HEAD + "  credit owner and above as overlay\n}\n"
SPLIT = HEAD + "  split sourcing and above as overlay\n}\n"
PARTS = HEAD + "  credit coverage.who and above by region share coverage.part as overlay\n}\n"
ALL = HEAD + "  credit coverage.who and above by region as overlay\n}\n"

Row = Mapping[str, object]
Engine = Literal["reference", "columnar"]
# Ana and Ben report to Mia; on the 15th Ana moves to Noa. Both report to Zoe. Rex, of another line, reports to Sam.
ROSTER = [
    {"who": "Ana", "manager": "Mia", "until": "2026-01-14"},
    {"who": "Ana", "manager": "Noa", "from": "2026-01-15"},
    {"who": "Ben", "manager": "Mia"},
    {"who": "Mia", "manager": "Zoe"},
    {"who": "Noa", "manager": "Zoe"},
    {"who": "Rex", "manager": "Sam"},
    {"who": "Sam", "manager": None},
    {"who": "Zoe", "manager": None},
]


def deal(owner: str, day: str, amount: str = "1000", **more: object) -> Row:
    return {"id": f"{owner}{day}", "owner": owner, "region": "N", "amount": amount, "closed_on": day, **more}


def ran(text: str, *deals: Row, coverage: tuple[Row, ...] = (), engine: Engine = "reference") -> incentive.Run:
    data = incentive.Dataset.from_rows(tables={"deals": list(deals), "coverage": list(coverage)}, people=ROSTER)
    return incentive.parse(text).run(data, period="2026-01", engine=engine)


def paid(run: incentive.Run, component: str = "override") -> dict[str, Number]:
    """What each person was credited, from a rate of 1 %."""
    found = {each.participant: each.amount for each in run.payouts if each.component == component}
    return {who: amount.exact * 100 for who, amount in found.items() if amount is not None and amount.exact}


def account(run: incentive.Run) -> MeasureAccount:
    (found,) = run.accounting.measures
    return found


@pytest.fixture(params=["reference", "columnar"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return "columnar" if request.param == "columnar" else "reference"


def test_each_deal_climbs_the_hierarchy_of_its_own_day(engine: Engine) -> None:
    run = ran(PATH, deal("Ana", "2026-01-14"), deal("Ana", "2026-01-15", "500"), engine=engine)
    assert paid(run) == {"Ana": 1500, "Mia": 1000, "Noa": 500, "Zoe": 1500}


def test_every_deal_counts_once_a_level(engine: Engine) -> None:
    run = ran(
        PATH,
        deal("Ana", "2026-01-02"),
        deal("Ben", "2026-01-03", "200"),
        deal("Mia", "2026-01-04", "30"),
        engine=engine,
    )
    assert paid(run) == {"Ana": 1000, "Ben": 200, "Mia": 1230, "Zoe": 1230}
    assert set(paid(run, "whole").values()) == {1230}


def test_a_split_keeps_its_shares_on_the_way_up_two_lines(engine: Engine) -> None:
    run = ran(SPLIT, deal("Ana", "2026-01-02", partner="Rex"), engine=engine)
    assert paid(run) == {"Ana": 700, "Mia": 700, "Zoe": 700, "Rex": 300, "Sam": 300}


def test_shares_meet_in_the_first_manager_above_both(engine: Engine) -> None:
    run = ran(SPLIT, deal("Ana", "2026-01-20", partner="Ben"), engine=engine)
    assert paid(run) == {"Ana": 700, "Ben": 300, "Noa": 700, "Mia": 300, "Zoe": 1000}


def test_a_manager_with_a_share_of_their_own_gets_the_deal_once(engine: Engine) -> None:
    run = ran(SPLIT, deal("Ana", "2026-01-02", partner="Mia"), engine=engine)
    assert paid(run) == {"Ana": 700, "Mia": 1000, "Zoe": 1000}


def test_an_assignment_share_climbs_and_a_whole_one_counts_once(engine: Engine) -> None:
    rows = ({"who": "Ana", "region": "N", "part": "0.6"}, {"who": "Ben", "region": "N", "part": "0.4"})
    sold = deal("Rex", "2026-01-02")
    assert paid(ran(PARTS, sold, coverage=rows, engine=engine)) == {"Ana": 600, "Ben": 400, "Mia": 1000, "Zoe": 1000}
    everybody = {"Ana": 1000, "Ben": 1000, "Mia": 1000, "Zoe": 1000}
    assert paid(ran(ALL, sold, coverage=rows, engine=engine)) == everybody


def test_the_account_tells_primary_credit_from_overlay(engine: Engine) -> None:
    found = account(ran(PATH, deal("Ana", "2026-01-14"), deal("Zoe", "2026-01-15", "500"), engine=engine)).overlay
    assert found is not None
    assert (found.facts, found.credited, found.primary, found.beyond) == (1500, 3500, 1500, 2000)
    assert found.ratio == Fraction(7, 3)


def test_an_explanation_shows_the_share_that_came_up() -> None:
    run = ran(SPLIT, deal("Ana", "2026-01-20", partner="Ben"), deal("Ben", "2026-01-21", "100"))
    why = run.explain("Mia", period="2026-01", component="override")
    assert readd(why)
    rows = [row for each in _every(why) for row in each.rows]
    assert [(row.key, row.share) for row in rows] == [("Ana2026-01-20", Fraction(3, 10)), ("Ben2026-01-21", 1)]
    assert [[each.person for each in row.claims] for row in rows] == [["Ben"], ["Ben"]]


def test_an_explanation_names_the_person_whose_managers_are_credited() -> None:
    deals = deal("Ana", "2026-01-14"), deal("Mia", "2026-01-15", "500")

    def claimed(text: str, who: str, component: str = "override") -> list[list[tuple[str, str, Number, bool]]]:
        why = ran(text, *deals).explain(who, component, "2026-01")
        rows = [row for each in _every(why) for row in each.rows]
        return [[(each.kind, each.person, each.share, each.won) for each in row.claims] for row in rows]

    below, own = [("person", "Ana", 1, True)], [("person", "Mia", 1, True)]
    assert claimed(PATH, "Mia") == [below, own]
    assert claimed(PATH, "Ana") == [below]
    assert claimed(PATH, "Rex", "whole") == [below, own]
    plain = PATH.replace(" and above as overlay", "")
    assert claimed(plain, "Mia") == [[]]
    assert claimed(plain, "Rex", "whole") == [[], []]


def test_a_manager_who_covers_a_deal_too_is_not_told_of_others() -> None:
    text = ALL.replace(" and above", "")
    coverage = ({"who": "Ana", "region": "N", "part": "1"}, {"who": "Mia", "region": "N", "part": "1"})
    why = ran(text, deal("Ana", "2026-01-14"), coverage=coverage).explain("Mia", "override")
    assert [each.person for part in _every(why) for row in part.rows for each in row.claims] == ["Mia"]


def test_a_part_that_nobody_gets_is_not_made_up_by_managers(engine: Engine) -> None:
    text = SPLIT.replace(
        "  when partner is not missing {\n    70%: owner\n    30%: partner",
        '  when region is "N" {\n    70%: partner\n    30%: owner',
    )
    run = ran(text, deal("Ana", "2026-01-02"), engine=engine)
    assert paid(run) == {"Ana": 300, "Mia": 300, "Zoe": 300}
    assert set(paid(run, "whole").values()) == {300}
    found = account(run).overlay
    assert found is not None
    assert (found.primary, found.beyond) == (300, 600)


def _every(why: incentive.Explanation) -> list[incentive.Explanation]:
    return [why, *(each for child in why.children for each in _every(child))]


def test_without_overlay_it_is_refused_with_a_repair() -> None:
    (found,) = (each for each in incentive.check(PATH.replace(" as overlay", "")) if each.severity == "error")
    assert found.code == "E252"
    assert [edit.text for help_ in found.fixes for edit in help_.edits] == [" as overlay"]


def test_a_circle_is_refused_while_reading() -> None:
    people = [{"who": "Ana", "manager": "Mia"}, {"who": "Mia", "manager": "Ana"}]
    data = incentive.Dataset.from_rows(tables={"deals": [deal("Ana", "2026-01-02")], "coverage": []}, people=people)
    with pytest.raises(incentive.DataError) as caught:
        incentive.parse(PATH).run(data, period="2026-01")
    assert "D314" in {each.code for each in caught.value.diagnostics}


def test_without_deals_nobody_is_credited(engine: Engine) -> None:
    assert paid(ran(PATH, engine=engine)) == paid(ran(ALL, engine=engine)) == {}
