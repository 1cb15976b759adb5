"""What becomes of what waits, or is owed, when somebody leaves."""

from fractions import Fraction
from textwrap import indent

import pytest

import incentive
from incentive import tree
from incentive.engines import EngineChoice
from incentive.results import readd, reconcile
from tests.laws.plans import ENGINES

PLAN = """incentive 1 en
plan "Leavers" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-06-30
}
facts people {
  who: participant
}
facts deals {
  owner:     participant
  amount:    money
  signed_on: date
  paid_on:   date optional
}
measure revenue {
  sum    deals.amount
  dated  signed_on
  credit owner
}
component commission {
  pay 10% of revenue
}
settlement {
  add commission
STEPS
}
"""
DEALS = (("Ana", 5_000, "2026-01-12", None), ("Ana", 10_000, "2026-03-05", "2026-04-10"))
engines = pytest.mark.parametrize("engine", ENGINES)


def text_of(steps: str) -> str:
    return PLAN.replace("STEPS\n", indent(steps, "  ") + "\n")


def ran(steps: str, engine: EngineChoice, *spells: tuple[str | None, str | None]) -> incentive.Run:
    people = [{"who": "Ana", "from": first, "until": last} for first, last in spells or ((None, "2026-03-15"),)]
    data = incentive.Dataset.from_rows(tables={"deals": DEALS}, people=people)
    return incentive.parse(text_of(steps)).run(data, engine=engine)


def figures(run: incentive.Run, month: str) -> dict[str, Fraction]:
    found = next(each for each in run.settlements if each.period.name == month)
    return {name: Fraction(each.amount.exact) for name, each in found.results.items() if each.amount is not None}


@engines
@pytest.mark.parametrize(
    ("steps", "paid", "side", "amount"),
    [
        ("release commission, leaving due {\n  40%: signed_on\n  60%: paid_on\n}", 1300, "lost", 0),
        ("release commission, leaving nothing {\n  40%: signed_on\n  60%: paid_on\n}", 400, "lost", 900),
        ("release commission in 6 months, leaving due", Fraction("1333.32"), "lost", 0),
        ("release commission in 6 months, leaving nothing", 250, "lost", Fraction("1083.32")),
        ("hold below 2 000 EUR, leaving due", 1500, "lost", 0),
        ("hold below 2 000 EUR, leaving nothing", 0, "lost", 1500),
        ("draw 1 200 EUR per month recoverable, leaving due", -900, "given", 0),
        ("draw 1 200 EUR per month recoverable, leaving forgiven", 1200, "given", 2100),
    ],
)
def test_what_is_kept_is_settled_in_the_last_month(
    steps: str, paid: Fraction, side: str, amount: Fraction, engine: EngineChoice
) -> None:
    run = ran(steps, engine)
    last = figures(run, "2026-03")
    assert last["paid"] == paid
    assert last.get("held", 0) == last.get("draw_balance", 0) == 0
    made = next(each for each in run.settlements if each.period.name == "2026-03")
    found = reconcile([made], "EUR")
    assert found.holds
    assert getattr(found, side).exact == amount
    for name in run.plan.settled:
        told = run.explain("Ana", name, "2026-03")
        assert readd(told)
        assert told.value == last[name]
        assert ("falls due on leaving" in str(told)) == ("leaving due" in steps)
    assert tree.from_json(tree.to_json(run.plan.tree)) == run.plan.tree


@engines
def test_the_end_of_the_plan_is_no_leaving_and_who_comes_back_has_not_left(engine: EngineChoice) -> None:
    steps = "draw 1 200 EUR per month recoverable, leaving forgiven"
    stays = ran(steps, engine, (None, None))
    assert figures(stays, "2026-06")["draw_balance"] == 700 + 1200 + 200 + 3 * 1200
    back = ran(steps, engine, (None, "2026-02-10"), ("2026-05-01", None))
    assert figures(back, "2026-02")["draw_balance"] == 1900
    assert figures(back, "2026-06")["draw_balance"] == 1900 + 2 * 1200


@engines
def test_a_leaving_that_is_known_late_is_a_correction(engine: EngineChoice) -> None:
    plan = incentive.parse(text_of("release commission in 6 months, leaving due"))

    def data(until: str | None) -> incentive.Dataset:
        return incentive.Dataset.from_rows(tables={"deals": DEALS}, people=[{"who": "Ana", "until": until}])

    march = plan.run(data(None), until="2026-03", engine=engine)
    april = plan.run(data("2026-03-15"), period="2026-04", after=march.close(), engine=engine)
    (paid,) = [each for each in april.corrections if each.name == "paid"]
    assert (paid.of.name, str(paid.amount)) == ("2026-03", "1 083.32 EUR")


def test_both_languages_say_it_and_other_words_are_refused() -> None:
    text = text_of("draw 9 EUR per month recoverable, leaving due\nhold below 50 EUR, leaving nothing")
    shown = tree.show_plan(incentive.parse(text).tree)
    assert "hold below 50 EUR, leaving nothing" in shown
    assert "balance carried, leaving due" in shown
    wrong = text.replace("leaving nothing", "leaving forgiven")
    assert [each.code for each in incentive.check(wrong)] == ["E100"]


@engines
@pytest.mark.parametrize(
    ("step", "name"),
    [
        ("release line in 3 months, leaving due", "held"),
        ("hold below 50 EUR, leaving nothing", "held"),
        ("draw 50 EUR per month recoverable, leaving due", "draw_balance"),
    ],
)
def test_what_is_known_beside_a_pending_figure_adds_up(step: str, name: str, engine: EngineChoice) -> None:
    head = PLAN.split("facts deals", maxsplit=1)[0] + "input sold: money per participant per month\n"
    plan = incentive.parse(f"{head}component line {{\n  pay sold\n}}\nsettlement {{\n  add line\n  {step}\n}}\n")
    people = [{"who": "Ana", "until": "2026-02-15"}, {"who": "Bob"}]
    run = plan.run(incentive.Dataset.from_rows(people=people, inputs={"sold": [("Bob", "2026-02", 90)]}), engine=engine)
    known = [("Bob", "earned", 90), ("Ana", name, 0)]
    for who, figure, value in known:
        told = run.explain(who, figure, "2026-02")
        assert told.value == value
        assert readd(told)
    assert run.explain("Ana", "paid", "2026-02").value is None
