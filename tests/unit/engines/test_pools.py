"""Pay that a group divides: parts that add up, who shares, what nobody gets, and how a part is explained."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import readd

HEAD = """incentive 1 en
plan "Pools" {
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
group sellers = role is one of ("seller", "guest")
input weight: number per participant per month
input fund:   money per team per month
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


def ran(
    clauses: str,
    *deals: tuple[str, str],
    weights: dict[str, str] | None = None,
    funds: dict[str, str] | None = None,
    people: list[dict[str, str]] | None = None,
    participants: list[str] | None = None,
) -> incentive.Run:
    rows = [{"owner": owner, "amount": amount, "closed_on": "2026-01-05"} for owner, amount in deals]
    inputs = {
        "weight": [{"participant": who, "period": "2026-01", "value": each} for who, each in (weights or {}).items()],
        "fund": [{"team": team, "period": "2026-01", "value": each} for team, each in (funds or {}).items()],
    }
    data = incentive.Dataset.from_rows(tables={"deals": rows}, people=people or ROSTER, inputs=inputs)
    text = HEAD + "component bonus {\n" + clauses + "\n}\ncomponent all_of_it {\n  pay company.bonus\n}\n"
    return incentive.parse(text).run(data, period="2026-01", participants=participants)


def parts(run: incentive.Run) -> dict[str, object]:
    return {
        each.participant: each.amount.amount if each.amount is not None else each.status
        for each in run.payouts
        if each.component == "bonus"
    }


CENT = Fraction(1, 100)


def test_equal_parts_add_up_to_the_cent() -> None:
    run = ran("pay 100 EUR shared equally among sellers")
    assert parts(run) == {"Ana": 3334 * CENT, "Bob": 3333 * CENT, "Cy": 3333 * CENT, "Dee": 0}
    assert {each.amount.amount for each in run.payouts if each.component == "all_of_it" and each.amount} == {100}


def test_only_those_on_the_plan_share() -> None:
    assert parts(ran("pay 90 EUR shared equally among company")) == {
        "Ana": Fraction(45, 2), "Bob": Fraction(45, 2), "Cy": Fraction(45, 2), "Dee": Fraction(45, 2)
    }  # fmt: skip


def test_parts_follow_weights_and_a_condition() -> None:
    deals = [("Ana", "100"), ("Bob", "300"), ("Cy", "600")]
    assert parts(ran("pay 10% of company.revenue shared by revenue among sellers", *deals)) == {
        "Ana": 10, "Bob": 30, "Cy": 60, "Dee": 0
    }  # fmt: skip
    where = "pay 10% of company.revenue shared by revenue among sellers where revenue > 100 EUR"
    assert parts(ran(where, *deals)) == {"Ana": 0, "Bob": 3333 * CENT, "Cy": 6667 * CENT, "Dee": 0}


def test_each_team_divides_its_own_amount() -> None:
    run = ran("pay fund shared equally among team", funds={"one": "30", "two": "7"})
    assert parts(run) == {"Ana": 15, "Bob": 15, "Cy": Fraction(7, 2), "Dee": Fraction(7, 2)}
    assert [(each.people, each.pool) for each in run.accounting.pools] == [(("Ana", "Bob"), 30), (("Cy", "Dee"), 7)]


def test_what_two_teams_do_not_divide_is_accounted_twice() -> None:
    run = ran("pay fund shared by revenue among team where revenue > 0 EUR", funds={"one": "30", "two": "7"})
    assert [(each.people, each.unpaid) for each in run.accounting.pools] == [((), 30), ((), 7)]


def test_a_missing_weight_leaves_all_who_share_pending_and_no_others() -> None:
    run = ran("pay 90 EUR shared by weight among sellers", weights={"Ana": "1", "Bob": "2"})
    assert parts(run) == {"Ana": "pending", "Bob": "pending", "Cy": "pending", "Dee": 0}
    assert {code.code for each in run.payouts if each.component == "bonus" for code in each.reasons} == {"P201"}
    assert [each.pool for each in run.accounting.pools] == [None]


def test_a_negative_weight_leaves_all_who_share_pending() -> None:
    run = ran("pay 90 EUR shared by revenue among sellers", ("Ana", "-5"), ("Bob", "10"))
    assert parts(run) == {"Ana": "pending", "Bob": "pending", "Cy": "pending", "Dee": 0}
    (reason,) = run.payouts[0].reasons
    assert (reason.code, "Ana" in reason.message) == ("P220", True)


@pytest.mark.parametrize(
    "clause", ["shared equally among sellers where revenue > 0 EUR", "shared by revenue among sellers"]
)
def test_what_nobody_shares_is_not_paid_and_stands_in_the_accounts(clause: str) -> None:
    run = ran(f"pay 90 EUR {clause}")
    assert set(parts(run).values()) == {0}
    (account,) = run.accounting.pools
    assert (account.pool, account.paid, account.unpaid) == (90, 0, 90)


def test_later_clauses_act_on_the_part() -> None:
    deals = [("Ana", "100"), ("Bob", "300")]
    assert parts(ran("pay 40 EUR shared by revenue among sellers\ncap 20 EUR", *deals)) == {
        "Ana": 10, "Bob": 20, "Cy": 0, "Dee": 0
    }  # fmt: skip


def test_members_are_those_of_the_last_day() -> None:
    people = [
        {"who": "Ana", "role": "seller", "team": "one", "from": "2026-01-01", "until": "2026-01-20"},
        {"who": "Bob", "role": "seller", "team": "one", "from": "2026-01-01", "until": "2026-12-31"},
    ]
    assert parts(ran("pay 90 EUR shared equally among sellers", people=people)) == {"Ana": 0, "Bob": 90}


def test_a_part_does_not_depend_on_who_is_asked_for() -> None:
    run = ran("pay 100 EUR shared equally among sellers", participants=["Bob"])
    assert parts(run) == {"Bob": 3333 * CENT}
    assert [each.paid for each in run.accounting.pools] == [100]


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Bob", ["part of sellers", "33.33", "sum of all weights", "own weight"]),
        ("Dee", ["not in this group on the last day", "Nothing is due"]),
        ("Cy", ["the condition does not hold: no part"]),
    ],
)
def test_a_part_is_explained(who: str, words: list[str]) -> None:
    run = ran("pay 100 EUR shared by revenue among sellers where revenue > 0 EUR", ("Ana", "200"), ("Bob", "100"))
    found = run.explain(participant=who, period="2026-01", component="bonus")
    assert readd(found)
    for each in words:
        assert each in str(found)


def test_of_figures_alone_the_others_are_not_known() -> None:
    text = HEAD + "component bonus {\n  pay 90 EUR shared equally among sellers\n}\n"
    made = incentive.parse(text).pay("2026-01")
    assert [[code.code for code in each.reasons] for each in made.payouts] == [["P201"]]


@settings(max_examples=25, deadline=None)
@given(
    st.integers(-100_000, 100_000).map(lambda cents: f"{cents / 100:.2f}"),
    st.lists(st.decimals(0, 1000, places=3).map(str), min_size=5, max_size=5),
)
def test_parts_add_up_to_the_amount_whatever_the_weights(amount: str, weights: list[str]) -> None:
    given_weights = dict(zip([each["who"] for each in ROSTER], weights, strict=True))
    value = f"({amount} EUR)" if not amount.startswith("-") else f"(0 EUR - {amount[1:]} EUR)"
    run = ran(f"pay {value} shared by weight among company", weights=given_weights)
    total = sum(each.amount.amount for each in run.payouts if each.component == "bonus" and each.amount)
    some = any(Fraction(weight) for weight in weights[:4])
    assert total == (Fraction(amount) if some else 0)
    for each in run.payouts:
        if each.component == "bonus":
            assert readd(run.explain(participant=each.participant, period="2026-01", component="bonus"))
