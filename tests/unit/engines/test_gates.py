"""Gates: what a missed one leaves of a line, what makes it pending, and how it is explained."""

from __future__ import annotations

from fractions import Fraction

import pytest

import incentive
from incentive import tree
from incentive.results import readd
from tests.unit.checking.asking import PLANS

HEAD = """incentive 1 en
plan "Gates" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
input leads: count per participant per month
input in_time: count per participant per month
facts deals {
  owner:     participant
  amount:    money
  closed_on: date
}
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit owner
}
"""
GATE = """gate service "Service level" {
  require leads > 0
  require in_time / leads >= 95%
  otherwise OTHERWISE
}
"""


def plan(component: str, otherwise: str = "50%") -> incentive.Plan:
    return incentive.parse(HEAD + GATE.replace("OTHERWISE", otherwise) + component)


def paid(made: incentive.Plan, **figures: int) -> object:
    (line,) = made.pay("2026-01", **figures).payouts
    return line.amount.amount if line.amount is not None else line.status


PAY = "component bonus {\n  pay 10% of revenue\n  gated by service\n}\n"


@pytest.mark.parametrize(("in_time", "otherwise", "wanted"), [
    (95, "50%", 100), (94, "50%", 50), (94, "nothing", 0), (94, "0%", 0), (94, "100%", 100),
    (0, "(1 - in_time / leads)", 100),
])  # fmt: skip
def test_a_missed_gate_leaves_what_it_says(in_time: int, otherwise: str, wanted: int) -> None:
    otherwise = otherwise.replace("in_time / leads", "(in_time / leads if missing 0%)")
    assert paid(plan(PAY, otherwise), revenue=1000, leads=100, in_time=in_time) == wanted


def test_the_first_requirement_that_is_not_met_decides() -> None:
    made = plan(PAY)
    assert paid(made, revenue=1000, leads=0, in_time=0) == 50
    assert paid(made, revenue=1000, leads=0) == 50
    assert paid(made, revenue=1000, in_time=95) == "pending"
    assert paid(made, revenue=1000, leads=100) == "pending"


def test_what_a_gate_takes_whole_is_not_waited_for() -> None:
    assert paid(plan(PAY, "nothing"), leads=0, in_time=0) == 0
    assert paid(plan(PAY, "50%"), leads=0, in_time=0) == "pending"


def test_a_gate_acts_at_its_place_among_the_clauses() -> None:
    before = "component bonus {\n  pay 10% of revenue\n  gated by service\n  cap 60 EUR\n}\n"
    after = "component bonus {\n  pay 10% of revenue\n  cap 60 EUR\n  gated by service\n}\n"
    assert paid(plan(before), revenue=1000, leads=0, in_time=0) == 50
    assert paid(plan(after), revenue=1000, leads=0, in_time=0) == 30


def test_several_gates_each_take_their_part() -> None:
    other = "gate big {\n  require revenue >= 5 000 EUR\n  otherwise 20%\n}\n"
    both = PAY.replace("gated by service", "gated by service, big")
    assert paid(plan(other + both), revenue=1000, leads=0, in_time=0) == 10


def test_a_gate_of_an_accumulated_line_looks_at_the_month() -> None:
    made = plan(
        "gate active {\n  require revenue >= 100 EUR\n  otherwise nothing\n}\n"
        "component bonus {\n  accumulate over year\n  pay 10% of revenue\n  gated by active\n}\n"
    )
    deals = [
        {"owner": "Ana", "amount": amount, "closed_on": f"2026-0{month}-05"}
        for month, amount in ((1, 1000), (2, 50), (3, 200))
    ]
    data = incentive.Dataset.from_rows(
        tables={"deals": deals}, people=[{"who": "Ana"}], inputs={"leads": {}, "in_time": {}}
    )
    lines = made.run(data, since="2026-01", until="2026-03").payouts
    assert [line.amount.amount for line in lines if line.amount is not None] == [100, 0, 20]
    assert lines[1].status == "zero"


@pytest.mark.parametrize("figures", [
    {"leads": 100, "in_time": 95}, {"leads": 100, "in_time": 9}, {"leads": 0, "in_time": 0}, {"leads": 100},
])  # fmt: skip
@pytest.mark.parametrize("otherwise", ["50%", "nothing"])
def test_an_explanation_shows_every_requirement_and_adds_up(figures: dict[str, int], otherwise: str) -> None:
    found = plan(PAY, otherwise).pay("2026-01", revenue=1000, **figures).explain("bonus")
    assert readd(found)
    text = str(found)
    assert "leads > 0" in text
    assert "in_time / leads >= 95%" in text
    assert "Service level" in text


def test_a_line_that_a_gate_takes_whole_says_so() -> None:
    text = str(plan(PAY, "nothing").pay("2026-01", revenue=1000, leads=100, in_time=9).explain("bonus"))
    assert "a requirement is not met: 0% of the line is left" in text
    assert "the condition does not hold, so this is 0" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_alignment_plan_pays_what_its_examples_say(language: str) -> None:
    made = incentive.load(PLANS / f"e_{language}.plan")
    given = (70_000, 210_000, 200_000, 500, 40, 42)
    names = {
        "en": "credited revenue_team.credited shared_target shared_bonus revenue_team.hot_leads revenue_team.qualified",
        "fr": "attribué_à_chacun équipe_revenus.attribué_à_chacun objectif_commun prime_commune "
        "équipe_revenus.chauds équipe_revenus.qualifiés",
    }[language].split()
    in_time = {"en": "revenue_team.hot_in_time", "fr": "équipe_revenus.chauds_à_temps"}[language]
    for leads, wanted in ((39, [2800, 500]), (30, [1400, 250])):
        lines = made.pay("2026-03", **dict(zip(names, given, strict=True)), **{in_time: leads}).payouts
        assert [line.amount.amount for line in lines if line.amount is not None] == wanted


def test_a_gate_keeps_its_tree_as_json_and_shows_itself() -> None:
    made = plan(PAY).tree
    assert tree.from_json(tree.to_json(made)) == made
    gate = next(each.value for each in made.definitions if each.name == "service")
    assert tree.show(gate) == "gate { require leads > 0; require in_time / leads >= 95%; otherwise 50% }"
    assert tree.show(made.components[0].line).startswith("round(10% of revenue, gated by service, ")
    assert isinstance(gate, tree.Gate)
    assert isinstance(gate.otherwise, tree.Constant)
    assert gate.otherwise.value == Fraction(1, 2)
