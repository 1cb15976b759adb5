"""Contests: places and prizes, equal figures, who competes, and how a place is explained."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import readd

HEAD = """incentive 1 en
plan "Contests" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  for       role is not "guest"
}
facts people {
  who:  participant
  role: text
  team: text
}
facts deals {
  owner:     participant
  amount:    money
  closed_on: date
}
input bonus: money per participant per month
group sellers = role is one of ("seller", "guest")
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
"""
ROSTER = [
    {"who": "Ana", "role": "seller", "team": "one"},
    {"who": "Bob", "role": "seller", "team": "one"},
    {"who": "Cy", "role": "seller", "team": "two"},
    {"who": "Dee", "role": "coach", "team": "two"},
    {"who": "Gus", "role": "guest", "team": "two"},
]
PRIZES = "{\n    at 1: 900 EUR\n    at 2: 300 EUR\n    from 4: 30 EUR\n  }"
FALLING = "{\n    at 1: 900 EUR\n    at 2: 300 EUR\n    from 3: 15 EUR\n  }"


def ran(
    clauses: str, *deals: tuple[str, str], people: list[dict[str, str]] | None = None, names: tuple[str, ...] = ()
) -> incentive.Run:
    rows = [{"owner": owner, "amount": amount, "closed_on": "2026-01-05"} for owner, amount in deals]
    bonus = [{"participant": who, "period": "2026-01", "value": "10"} for who in names]
    data = incentive.Dataset.from_rows(tables={"deals": rows}, people=people or ROSTER, inputs={"bonus": bonus})
    text = HEAD + "component prize {\n  " + clauses + "\n}\n"
    return incentive.parse(text).run(data, period="2026-01")


def prizes(run: incentive.Run) -> dict[str, object]:
    return {each.participant: each.amount.amount if each.amount is not None else each.status for each in run.payouts}


def test_each_place_brings_its_prize() -> None:
    deals = [("Ana", "30"), ("Bob", "20"), ("Cy", "10"), ("Dee", "40")]
    assert prizes(ran(f"pay revenue by rank among sellers {PRIZES}", *deals)) == {
        "Ana": 900, "Bob": 300, "Cy": 0, "Dee": 0
    }  # fmt: skip
    assert prizes(ran(f"pay revenue by rank among company {PRIZES}", *deals)) == {
        "Ana": 300, "Bob": 0, "Cy": 30, "Dee": 900
    }  # fmt: skip


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        (("20", "20", "10"), (600, 600, 0)),
        (("20", "10", "10"), (900, 150, 150)),
        (("20", "20", "20"), (400, 400, 400)),
        (("20", "19.99", "20"), (600, 0, 600)),
    ],
)
def test_equal_figures_share_the_mean_of_their_prizes(figures: tuple[str, ...], expected: tuple[int, ...]) -> None:
    deals = list(zip(("Ana", "Bob", "Cy"), figures, strict=True))
    found = prizes(ran(f"pay revenue by rank among sellers {PRIZES}", *deals))
    assert tuple(found[who] for who in ("Ana", "Bob", "Cy")) == expected


def test_each_team_has_its_own_contest() -> None:
    found = prizes(ran(f"pay revenue by rank among team {PRIZES}", ("Ana", "1"), ("Bob", "2"), ("Cy", "1")))
    assert found == {"Ana": 300, "Bob": 900, "Cy": 900, "Dee": 300}


def test_who_does_not_meet_the_condition_takes_no_place() -> None:
    clause = f"pay revenue by rank among sellers where revenue > 15 EUR {PRIZES}"
    assert prizes(ran(clause, ("Ana", "10"), ("Bob", "20"))) == {"Ana": 0, "Bob": 900, "Cy": 0, "Dee": 0}


def test_a_rank_is_one_more_than_those_who_have_more() -> None:
    deals = [("Ana", "30"), ("Bob", "20"), ("Cy", "20"), ("Dee", "25")]
    assert prizes(ran("pay 1 EUR per rank(revenue, sellers)", *deals)) == {"Ana": 1, "Bob": 2, "Cy": 2, "Dee": 2}


def test_the_lowest_is_first_with_a_minus_sign() -> None:
    found = prizes(ran(f"pay (-revenue) by rank among sellers {PRIZES}", ("Ana", "3"), ("Bob", "2"), ("Cy", "1")))
    assert found == {"Ana": 0, "Bob": 300, "Cy": 900, "Dee": 0}


def test_one_missing_figure_leaves_all_places_open() -> None:
    found = prizes(ran(f"pay bonus by rank among sellers {PRIZES}", names=("Ana", "Bob")))
    assert found == {"Ana": "pending", "Bob": "pending", "Cy": "pending", "Dee": 0}


def test_those_compete_who_are_there_on_the_last_day() -> None:
    people = [
        {"who": "Ana", "role": "seller", "team": "one", "from": "2026-01-01", "until": "2026-01-30"},
        {"who": "Bob", "role": "seller", "team": "one", "from": "2026-01-31", "until": "2026-12-31"},
    ]
    found = prizes(ran(f"pay revenue by rank among sellers {PRIZES}", ("Ana", "9"), ("Bob", "1"), people=people))
    assert found == {"Ana": 0, "Bob": 900}


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Bob", ["place among sellers", "who compete = 2", "who have more = 1", "at 2: 300 EUR = 300.00 EUR"]),
        ("Dee", ["not in this group on the last day of the period: no prize", "Nothing is due"]),
        ("Cy", ["the condition does not hold: no prize"]),
    ],
)
def test_a_place_is_explained_and_says_nothing_of_others(who: str, words: list[str]) -> None:
    run = ran(f"pay revenue by rank among sellers where revenue > 0 EUR {PRIZES}", ("Ana", "200"), ("Bob", "100"))
    found = run.explain(participant=who, period="2026-01", component="prize")
    assert readd(found)
    for each in words:
        assert each in str(found)
    assert "200" not in str(found)
    assert "equal figures" not in str(found)


@pytest.mark.parametrize(
    ("deals", "words"),
    [
        (("20", "20", "10"), "no row names this place: no prize"),
        (("20", "10", "10"), "equal figures share the mean of the prizes of their places"),
    ],
)
def test_why_a_competitor_gets_nothing_or_a_part_is_said(deals: tuple[str, ...], words: str) -> None:
    run = ran(f"pay revenue by rank among sellers {PRIZES}", *zip(("Ana", "Bob", "Cy"), deals, strict=True))
    found = run.explain(participant="Cy", period="2026-01", component="prize")
    assert readd(found)
    assert words in str(found)


def test_an_example_of_figures_alone_does_not_know_the_others() -> None:
    text = HEAD + f"component prize {{\n  pay revenue by rank among sellers {PRIZES}\n}}\n"
    made = incentive.parse(text).pay("2026-01", revenue=10)
    assert [[code.code for code in each.reasons] for each in made.payouts] == [["P201"]]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.permutations(range(4)))
def test_prizes_follow_figures_whatever_the_order_of_people(figures: list[int], order: list[int]) -> None:
    names = ["Ana", "Bob", "Cy", "Dee"]
    shuffled = [names[at] for at in order]
    clause = f"pay revenue by rank among company {FALLING}"
    one = ran(clause, *[(who, str(value)) for who, value in zip(names, figures, strict=True)])
    two = ran(clause, *[(who, str(value)) for who, value in zip(shuffled, figures, strict=True)])
    first, second = prizes(one), prizes(two)
    assert [first[who] for who in names] == [second[who] for who in shuffled]
    assert sum(Fraction(str(each)) for each in first.values()) == 1230
    place = {who: 1 + sum(other > value for other in figures) for who, value in zip(names, figures, strict=True)}
    for who in names:  # nobody behind has more, and a better figure never brings less
        assert all(
            Fraction(str(first[who])) >= Fraction(str(first[other])) for other in names if place[who] <= place[other]
        )
        assert readd(one.explain(participant=who, period="2026-01", component="prize"))
