"""The laws of what is taken back and of what falls due, on deals of any sign lost on any day."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.results import Settlement, readd

HEAD = """incentive 1 en
plan "Law" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id: text
  owner: participant
  amount: money
  closed_on: date
  churned_on: date optional
  collected_on: date optional
}
measure signed {
  sum    deals.amount
  dated  closed_on
  credit owner
}
measure deals_signed {
  count  deals
  dated  closed_on
  credit owner
}
let to_date = (signed over year to date) by slice {
  from     0 EUR:  7.77%
  from 1 000 EUR: 13.33%
}
"""
BODIES = {
    "monthly": "component line {\n  pay 7.77% of signed\n}\n",
    "to date": (
        "component line {\n  accumulate over year\n  pay signed by slice {\n"
        "    from 0 EUR: 5.55%\n    from 1 000 EUR: 11.11%\n  }\n  cap 500 EUR per year\n}\n"
    ),
    "recent": (
        "component line {\n"
        "  pay if signed over last 3 months > 1 000 EUR then 7.77% of signed else 3.33% of signed\n}\n"
    ),
}
TRUEUP = "  trueup line to to_date per quarter\n"
CLAWBACK = "  clawback 100% of line on churned_on when churned_on >= closed_on\n"


@frozen
class Deal:
    """A deal of somebody, closed, perhaps lost and perhaps paid on days of the year counted from its first."""

    owner: str
    cents: int
    closed: int
    churned: int | None
    collected: int | None


days = st.integers(-20, 380)
deals = st.lists(
    st.builds(
        Deal, st.sampled_from(["Ana", "Bob"]), st.integers(-50_000, 200_000), days, st.none() | days, st.none() | days
    ),
    max_size=8,
)
bodies = st.sampled_from([*BODIES])
few = settings(max_examples=20)  # each draws a plan, reads its data and settles a year of two people
START = date(2026, 1, 1)


def on(day: int | None) -> date | None:
    return None if day is None else START + timedelta(day)


def settled(
    body: str, steps: str, some: list[Deal], *, left: str = "2027-12-31", turned: bool = False
) -> dict[str, list[Settlement]]:
    """The months of a year of each person."""
    run = run_of(body, steps, some, left=left, turned=turned)
    found: dict[str, list[Settlement]] = {"Ana": [], "Bob": []}
    for each in run.settlements:
        found[each.participant].append(each)
    return found


def run_of(body: str, steps: str, some: list[Deal], *, left: str = "2027-12-31", turned: bool = False) -> incentive.Run:
    plan = incentive.parse(f"{HEAD}{BODIES[body]}settlement {{\n  add line\n{steps}}}\n")
    rows = [
        {
            "id": str(at),
            "owner": each.owner,
            "amount": Decimal(each.cents) / 100,
            "closed_on": on(each.closed),
            "churned_on": on(each.churned),
            "collected_on": on(each.collected),
        }
        for at, each in enumerate(some)
    ]
    rows = rows[::-1] if turned else rows
    people = [{"who": "Ana", "until": left}, {"who": "Bob"}]
    return plan.run(incentive.Dataset.from_rows(tables={"deals": rows}, people=people, inputs={}, timezone="UTC"))


def amount(made: Settlement, name: str) -> Fraction:
    found = made[name].amount
    assert found is not None
    return Fraction(found.exact)


def total(made: list[Settlement], name: str) -> Fraction:
    return sum((amount(each, name) for each in made), Fraction(0))


def change(made: Settlement, kind: str) -> Fraction:
    """What the steps of a kind made of what they were given."""
    steps = [each for each in made.steps if each.kind == kind and each.after is not None and each.before is not None]
    return sum((Fraction(each.after.exact) - Fraction(each.before.exact) for each in steps), Fraction(0))  # type: ignore[union-attr]


def is_lost(each: Deal, until: date) -> bool:
    """Whether a deal has been taken back by the end of a day."""
    lost = on(each.churned)
    return each.churned is not None and each.churned >= each.closed and lost is not None and lost <= until


@settings(max_examples=40)
@given(bodies, st.booleans(), deals)
def test_taking_all_back_leaves_what_a_plan_without_those_deals_pays(body: str, trueup: bool, some: list[Deal]) -> None:
    steps = TRUEUP if trueup else ""
    made = settled(body, steps + CLAWBACK, some)
    for month, last in ((3, "2026-03-31"), (7, "2026-07-31"), (12, "2026-12-31")):
        kept = [each for each in some if not is_lost(each, date.fromisoformat(last))]
        other = settled(body, steps, kept)
        for who in ("Ana", "Bob"):
            assert total(made[who][:month], "paid") == total(other[who][:month], "paid")


@few
@given(bodies, deals, st.sampled_from(["2026-05-31", "2026-09-30"]))
def test_the_same_for_somebody_who_leaves(body: str, some: list[Deal], left: str) -> None:
    made = settled(body, TRUEUP + CLAWBACK, some, left=left)["Ana"]
    kept = [each for each in some if not is_lost(each, date.fromisoformat(left))]
    assert total(made, "paid") == total(settled(body, TRUEUP, kept, left=left)["Ana"], "paid")


@few
@given(bodies, deals, st.sampled_from(["2026-02", "2026-05", "2026-09", "2026-12"]))
def test_what_is_taken_back_is_explained(body: str, some: list[Deal], month: str) -> None:
    steps = (
        f"{TRUEUP}{CLAWBACK}  clawback 50% of line on collected_on when amount > 900 EUR, as paid, at most 40 EUR\n"
        "  clawback 30% of line on closed_on when amount < 0 EUR, in 3 months\n"
    )
    run = run_of(body, steps, some)
    for name in ("earned", "payable", "paid", "clawback_balance", "line"):
        tree = run.explain("Ana", name, month)
        assert readd(tree)
        if name != "line":
            (one,) = [each for each in run.settlements if (each.participant, each.period.name) == ("Ana", month)]
            assert tree.value == amount(one, name)


@few
@given(bodies, deals)
def test_one_month_alone_gives_what_the_year_gives(body: str, some: list[Deal]) -> None:
    run = run_of(body, TRUEUP + CLAWBACK + "  release line {\n    70%: closed_on\n    30%: collected_on\n  }\n", some)
    again = run.plan.run(run.facts, period="2026-08")
    assert list(again.settlements) == [each for each in run.settlements if each.period.name == "2026-08"]
    assert [each for each in run.payouts if each.period.name == "2026-08"] == list(again.payouts)


@few
@given(bodies, deals)
def test_the_order_of_rows_moves_nothing(body: str, some: list[Deal]) -> None:
    steps = TRUEUP + CLAWBACK + "  release line {\n    33%: closed_on\n    67%: collected_on\n  }\n"
    made, other = settled(body, steps, some), settled(body, steps, some, turned=True)
    for who in ("Ana", "Bob"):
        assert total(made[who], "paid") == total(other[who], "paid")


RELEASES = {
    "dates": "  release line {\n    60%: closed_on + 30 days\n    40%: collected_on\n  }\n",
    "parts": "  release line in 5 months\n",
}


@few
@given(bodies, st.sampled_from([*RELEASES]), st.booleans(), st.booleans(), deals)
def test_earned_payable_paid_and_held_reconcile_in_every_month(
    body: str, release: str, takes: bool, trueup: bool, some: list[Deal]
) -> None:
    steps = f"{TRUEUP if trueup else ''}{CLAWBACK if takes else ''}{RELEASES[release]}"
    limits = "  draw 100 EUR per month recoverable\n  floor 0 EUR carry shortfall\n"
    run = run_of(body, steps + limits, some)
    for who in ("Ana", "Bob"):
        made = [each for each in run.settlements if each.participant == who]
        for at in range(1, 13):
            past = made[:at]
            given = total(past, "earned") + sum(
                (change(each, "trueup") + change(each, "clawback") for each in past), Fraction(0)
            )
            assert given == total(past, "payable") + amount(past[-1], "held")
            owed = amount(past[-1], "draw_balance") + amount(past[-1], "floor_balance")
            assert total(past, "payable") + owed == total(past, "paid")
        for name in ("payable", "paid", "held"):
            assert readd(run.explain(who, name, "2026-07"))


@few
@given(bodies, deals)
def test_equal_parts_are_all_due_after_their_months(body: str, some: list[Deal]) -> None:
    early = [each for each in some if each.closed < 200]
    made = settled(body if body != "recent" else "monthly", "  release line in 4 months\n", early)
    for who in ("Ana", "Bob"):
        assert amount(made[who][-1], "held") == 0
        assert total(made[who], "paid") == total(made[who], "earned")


@few
@given(bodies, deals)
def test_what_was_taken_in_parts_and_what_will_be_is_what_was_decided(body: str, some: list[Deal]) -> None:
    whole = settled(body, CLAWBACK, some)
    parts = settled(body, CLAWBACK.rstrip("\n") + ", in 4 months\n", some)
    for who in ("Ana", "Bob"):
        for at in range(1, 13):
            left = amount(parts[who][at - 1], "clawback_balance")
            assert total(parts[who][:at], "paid") - left == total(whole[who][:at], "paid")


@few
@given(bodies, deals)
def test_deals_that_are_lost_take_back_what_was_released_and_no_more(body: str, some: list[Deal]) -> None:
    made = settled(body, CLAWBACK + RELEASES["dates"], some)
    kept = [each for each in some if not is_lost(each, date(2026, 12, 31))]
    other = settled(body, RELEASES["dates"], kept)
    for who in ("Ana", "Bob"):
        assert total(made[who], "paid") == total(other[who], "paid")
        assert amount(made[who][-1], "held") == amount(other[who][-1], "held")
