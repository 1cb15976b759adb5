"""Splits: exact shares, branches from top to bottom, and what nobody gets."""

from __future__ import annotations

from fractions import Fraction

import pytest

import incentive
from incentive import tree
from incentive.results import MeasureAccount, readd

HEAD = """incentive 1 en
plan "Splits" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  owner:     participant optional
  marketer:  participant optional
  helper:    participant optional
  source:    one of outbound, marketing optional
  amount:    money
  closed_on: date
}
facts people {
  who:  participant
  team: text
}
split sourcing "Sourcing" {
  when source is marketing {
    70%: owner    "Sales"
    30%: marketer "Marketing"
  }
  otherwise {
    1/3: owner
    1/3: marketer
    1/3: helper
  }
}
measure sourced {
  sum   deals.amount
  dated closed_on
  split sourcing
}
component bonus {
  pay 10% of sourced
}
component whole {
  pay 10% of company.sourced
}
component ours {
  pay 10% of team.sourced
}
"""
PEOPLE = [{"who": who, "team": "one"} for who in ("Ana", "Bob", "Cy")]


def ran(*deals: tuple[str | None, ...], text: str = HEAD) -> incentive.Run:
    names = ("owner", "marketer", "helper", "source", "amount")
    rows = [dict(zip(names, each, strict=True)) | {"closed_on": "2026-01-05"} for each in deals]
    data = incentive.Dataset.from_rows(tables={"deals": rows}, people=PEOPLE)
    return incentive.parse(text).run(data, period="2026-01")


def lines(run: incentive.Run, component: str = "bonus") -> dict[str, object]:
    return {
        each.participant: each.amount.amount if each.amount is not None else each.status
        for each in run.payouts
        if each.component == component
    }


def account(run: incentive.Run) -> MeasureAccount:
    (found,) = run.accounting.measures
    return found


def test_a_branch_shares_the_rows_that_meet_its_condition() -> None:
    run = ran(("Ana", "Bob", None, "marketing", "1000"), ("Ana", "Bob", "Cy", "outbound", "300"))
    assert lines(run) == {"Ana": 80, "Bob": 40, "Cy": 10}
    assert set(lines(run, "whole").values()) == set(lines(run, "ours").values()) == {130}
    assert account(run).uncredited is None


def test_thirds_are_exact() -> None:
    run = ran(("Ana", "Bob", "Cy", "outbound", "100"), ("Ana", "Bob", "Cy", "outbound", "200"))
    assert lines(run) == {"Ana": 10, "Bob": 10, "Cy": 10}


def test_a_share_of_nobody_is_accounted_and_not_passed_on() -> None:
    run = ran(("Ana", None, None, "marketing", "1000"), ("Ana", None, "Cy", "outbound", "300"))
    assert lines(run) == {"Ana": 80, "Bob": 0, "Cy": 10}
    found = account(run)
    assert found.counted.rows == 2
    assert found.uncredited is not None
    assert (found.uncredited.rows, found.uncredited.amount) == (2, 400)
    assert found.to_dict()["uncredited"] == {"rows": 2, "amount": "400"}
    assert set(lines(run, "whole").values()) == {90}


def test_the_shares_of_nobody_add_up() -> None:
    found = account(ran(("Ana", None, None, "outbound", "300")))
    assert found.uncredited is not None
    assert (found.uncredited.rows, found.uncredited.amount) == (1, 200)


def test_a_row_without_anybody_does_not_count() -> None:
    run = ran((None, None, "Cy", "marketing", "1000"), ("Ana", "Bob", "Cy", "outbound", "300"))
    found = account(run)
    assert [(reason, tally.rows) for reason, tally in found.excluded] == [("no_participant", 1)]
    assert found.uncredited is None


def test_a_row_whose_branch_cannot_be_told_does_not_count() -> None:
    found = account(ran(("Ana", "Bob", "Cy", None, "1000"), ("Ana", "Bob", "Cy", "outbound", "300")))
    assert [(reason, tally.rows) for reason, tally in found.excluded] == [("condition_missing", 1)]


def test_one_person_may_have_two_shares() -> None:
    run = ran(("Ana", "Ana", None, "marketing", "1000"))
    assert lines(run) == {"Ana": 100, "Bob": 0, "Cy": 0}
    assert account(run).uncredited is None


def test_more_than_the_whole_is_overlay_and_stands_apart() -> None:
    text = HEAD.replace("30%: marketer", "70%: marketer")
    assert {each.code for each in incentive.check(text)} == {"E402"}
    run = ran(
        ("Ana", "Bob", None, "marketing", "1000"),
        text=text.replace("split sourcing\n}", "split sourcing as overlay\n}"),
    )
    assert lines(run) == {"Ana": 70, "Bob": 70, "Cy": 0}
    overlay = account(run).overlay
    assert overlay is not None
    assert (overlay.credited, overlay.facts) == (1400, 1000)
    assert set(lines(run, "whole").values()) == {100}


def test_an_explanation_shows_the_share_of_each_row() -> None:
    found = ran(("Ana", "Bob", None, "marketing", "1000")).explain("Bob", "bonus", period="2026-01")
    assert readd(found)
    assert "30%" in str(found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("70%: owner ", "70%: amount "), "E250"),
        (("source is marketing", "amount"), "E311"),
        (("split sourcing\n}", "split sourcin\n}"), "E203"),
        (("split sourcing\n}", "split bonus\n}"), "E204"),
        (("split sourcing\n}", "credit owner\n  split sourcing\n}"), "E211"),
        (("10% of sourced", "10% of sourcing"), "E204"),
        (("70%: owner ", "70%: owned "), "E201"),
        (("1/3: helper", "1/0: helper"), "E110"),
    ],
)
def test_a_mistake_in_a_split_is_found(change: tuple[str, str], code: str) -> None:
    assert code in {each.code for each in incentive.check(HEAD.replace(*change))}


def test_a_split_keeps_its_tree_as_json_and_shows_itself() -> None:
    made = incentive.parse(HEAD).tree
    assert tree.from_json(tree.to_json(made)) == made
    assert made.measures[0].credit is not None
    split = made.measures[0].credit.to
    assert isinstance(split, tree.CreditSplit)
    assert [each.share for each in split.otherwise] == [Fraction(1, 3)] * 3
    assert "split sourcing { when source = marketing { 70%: owner; 30%: marketer } otherwise {" in tree.show_plan(made)


def test_an_explanation_names_the_branch_that_shared_a_row_and_others_that_hold() -> None:
    more = HEAD.replace(
        "  otherwise {", '  when source is not outbound {\n    100%: helper "Help"\n  }\n  otherwise {', 1
    )
    run = ran(("Ana", "Bob", "Cy", "marketing", "1000"), ("Ana", "Bob", "Cy", "outbound", "300"), text=more)
    why = run.explain("Ana", period="2026-01", component="bonus")
    assert readd(why)
    first, last = (row for each in _every(why) for row in each.rows)
    assert [(each.person, each.won, each.label) for each in first.claims] == [
        ("Ana", True, "Sales"),
        ("Cy", False, "Help"),
    ]
    assert [(each.person, each.won, each.span) for each in last.claims] == [("Ana", True, None)]
    text = str(why)
    assert "source is marketing: Ana “Sales”; not source is not outbound: Cy “Help”" in text
    assert "otherwise: Ana" in text


def test_an_explanation_of_the_whole_names_everybody_and_the_part_of_nobody() -> None:
    run = ran(("Ana", None, None, "marketing", "1000"))
    (used,) = (row for each in _every(run.explain("Bob", "whole")) for row in each.rows)
    assert [(each.person, each.share, each.won, each.label) for each in used.claims] == [
        ("Ana", Fraction(7, 10), True, "Sales"),
        ("", Fraction(3, 10), True, "Marketing"),
    ]


def _every(why: incentive.Explanation) -> list[incentive.Explanation]:
    return [why, *(each for child in why.children for each in _every(child))]
