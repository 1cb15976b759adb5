"""What is taken back, what falls due and what a gate holds, where a law does not tell."""

from datetime import date
from decimal import Decimal

import pytest

import incentive
from incentive.results import exact_text, readd
from incentive.testing import run_examples
from tests.unit.checking.asking import PLANS

HEAD = """incentive 1 en
plan "Taken back" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-06-30
}
facts people {
  who: participant
  team: text optional
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
  sum deals.amount
  dated closed_on
  credit owner
}
measure sold {
  count deals
  dated closed_on
  credit owner
}
component line {
  pay 10% of signed
}
"""
CLAWBACK = "clawback 100% of line on churned_on when churned_on >= closed_on"
Row = tuple[str, int, str, str | None, str | None]


def run(
    body: str, rows: list[Row], *, people: list[dict[str, str]] | None = None, as_of: str | None = None
) -> incentive.Run:
    """The half-year of a plan on deals: owner, amount, closed, churned and collected on."""
    plan = incentive.parse(HEAD + body)
    deals = [
        {
            "id": f"D-{at}",
            "owner": owner,
            "amount": Decimal(amount),
            **{
                name: None if day is None else date.fromisoformat(f"2026-{day}")
                for name, day in (("closed_on", closed), ("churned_on", churned), ("collected_on", collected))
            },
        }
        for at, (owner, amount, closed, churned, collected) in enumerate(rows, 1)
    ]
    everybody = people or [{"who": each} for each in dict.fromkeys(row[0] for row in rows)]
    dataset = incentive.Dataset.from_rows(tables={"deals": deals}, people=everybody, inputs={}, timezone="UTC")
    return plan.run(dataset, as_of=None if as_of is None else date.fromisoformat(as_of))


def settlement(*steps: str) -> str:
    lines = "\n".join(f"  {each}" for each in ("add line", *steps))
    return f"settlement {{\n{lines}\n}}\n"


def results(made: incentive.Run, name: str, who: str = "Ana") -> list[str]:
    amounts = [each[name].amount for each in made.settlements if each.participant == who]
    return ["pending" if each is None else exact_text(each.exact) for each in amounts]


@pytest.mark.parametrize("name", ["f_en", "f_fr"])
def test_the_annual_plan_is_computed_whole(name: str) -> None:
    plan = incentive.load(PLANS / f"{name}.plan")
    assert plan.warnings == ()
    assert [each.passed for each in run_examples(plan)] == [True] * len(plan.tree.examples)
    assert len(plan.tree.examples) > 1


def test_several_deals_lost_in_one_month_are_taken_back_together() -> None:
    made = run(settlement(CLAWBACK), [("Ana", 1000, "01-10", "04-02", None), ("Ana", 500, "02-10", "04-28", None)])
    assert results(made, "paid") == ["100", "50", "0", "-150", "0", "0"]
    tree = made.explain("Ana", "paid", "2026-04")
    assert readd(tree)
    (step,) = [each for each in tree.children if each.name == "Clawback"]
    assert [row.key for row in step.rows] == ["D-1", "D-2"]
    assert [(each.period, each.value) for each in step.children if each.kind == "Gave"] == [
        ("2026-01", 100),
        ("2026-02", 50),
    ]
    assert "2 rows of deals taken back" in str(tree)
    assert "2 rows of deals taken back" in tree._repr_html_()


def test_a_deal_lost_in_its_own_month_and_one_lost_before_it_are_not_paid() -> None:
    made = run(
        settlement("clawback 100% of line on churned_on when amount > 0 EUR"),
        [("Ana", 1000, "02-10", "02-20", None), ("Ana", 700, "05-10", "03-01", None)],
    )
    assert results(made, "earned") == ["0", "100", "0", "0", "0", "0"]
    assert results(made, "paid") == ["0"] * 6


def test_what_is_lost_while_somebody_is_away_is_taken_when_they_are_back() -> None:
    people = [
        {"who": "Ana", "from": "2026-01-01", "until": "2026-02-28"},
        {"who": "Ana", "from": "2026-05-01", "until": "2026-12-31"},
    ]
    made = run(settlement(CLAWBACK), [("Ana", 1000, "01-10", "03-15", None)], people=people)
    assert [each.period.name for each in made.settlements] == ["2026-01", "2026-02", "2026-05", "2026-06"]
    assert results(made, "paid") == ["100", "0", "-100", "0"]


def test_a_team_gives_back_what_its_members_lose() -> None:
    body = (
        "component shared {\n  pay 1% of team.signed\n}\n"
        "settlement {\n  add shared\n  clawback 100% of shared on churned_on when churned_on >= closed_on\n}\n"
    )
    people = [{"who": "Ana", "team": "A"}, {"who": "Bob", "team": "A"}]
    made = run(body, [("Bob", 1000, "01-10", "03-15", None), ("Ana", 1000, "03-10", None, None)], people=people)
    assert results(made, "paid") == ["10", "0", "0", "0", "0", "0"]
    assert readd(made.explain("Ana", "paid", "2026-03"))


def test_a_limit_forgives_and_parts_come_later() -> None:
    steps = f"{CLAWBACK}, in 3 months, at most 50 EUR"
    made = run(settlement(steps), [("Ana", 1000, "01-10", "02-02", None)])
    assert results(made, "paid") == ["100", "-16.67", "-16.67", "-16.66", "0", "0"]
    assert results(made, "clawback_balance") == ["0", "33.33", "16.66", "0", "0", "0"]
    assert readd(made.explain("Ana", "clawback_balance", "2026-03"))


def test_as_paid_takes_the_part_of_the_deal_and_recomputing_what_its_slice_gave() -> None:
    body = (
        "component sliced {\n  pay signed by slice {\n    from 0 EUR: 5%\n    from 1 000 EUR: 20%\n  }\n}\n"
        "settlement {\n  add sliced\n  clawback 50% of sliced on churned_on when churned_on >= closed_onOPTION\n}\n"
    )
    rows: list[Row] = [("Ana", 1000, "01-10", "02-02", None), ("Ana", 1000, "01-11", None, None)]
    assert results(run(body.replace("OPTION", ""), rows), "paid")[:2] == ["250", "-100"]
    made = run(body.replace("OPTION", ", as paid"), rows)
    assert results(made, "paid")[:2] == ["250", "-62.5"]
    assert readd(made.explain("Ana", "paid", "2026-02"))
    assert "part of these rows = 50%" in str(made.explain("Ana", "paid", "2026-02"))


def test_lines_that_accumulate_no_longer_see_what_was_taken_back_and_say_so() -> None:
    body = (
        "component yearly {\n  accumulate over year\n  pay signed by slice {\n    from 0 EUR: 5%\n"
        "    from 1 000 EUR: 20%\n  }\n}\n"
        "settlement {\n  add yearly\n  clawback 100% of yearly on churned_on when churned_on >= closed_on\n}\n"
    )
    made = run(body, [("Ana", 1000, "01-10", "02-02", None), ("Ana", 1000, "03-11", None, None)])
    assert results(made, "paid")[:3] == ["50", "-50", "50"]
    tree = made.explain("Ana", "yearly", "2026-03")
    assert readd(tree)
    assert "left out: taken back before = 1" in str(tree)
    assert "2026-02-02  1 000.00 EUR" in str(tree)
    many = run(body, [("Ana", 10, "01-10", "02-02", None)] * 30)
    (told,) = [each for each in str(many.explain("Ana", "yearly", "2026-03")).splitlines() if "more" in each]
    assert "and 10 more rows, 100.00 EUR in all" in told


def test_two_clawbacks_take_a_deal_once() -> None:
    steps = (CLAWBACK, "clawback 100% of line on collected_on when amount > 0 EUR")
    made = run(settlement(*steps), [("Ana", 1000, "01-10", "03-02", "04-02")])
    assert results(made, "paid") == ["100", "0", "-100", "0", "0", "0"]


def test_another_component_keeps_the_deal() -> None:
    body = "component other {\n  pay 1% of (signed over year to date)\n}\n".replace(
        "pay 1% of (signed over year to date)", "accumulate over year\n  pay 1% of signed"
    ) + settlement("add other", CLAWBACK)
    made = run(body, [("Ana", 1000, "01-10", "02-02", None)])
    assert results(made, "paid")[:3] == ["110", "-100", "0"]


def test_a_deal_that_became_known_later_is_neither_paid_nor_taken_back() -> None:
    plan = incentive.parse(HEAD + settlement(CLAWBACK))
    row = {"id": "D-1", "owner": "Ana", "amount": Decimal(1000), "recorded": date(2026, 3, 3)}
    row |= {"closed_on": date(2026, 1, 10), "churned_on": date(2026, 2, 2), "collected_on": None}
    mapping = incentive.Dataset.from_rows(
        tables={"deals": [row]}, people=[{"who": "Ana"}], inputs={}, timezone="UTC", recorded_on={"deals": "recorded"}
    )
    early = plan.run(mapping, as_of=date(2026, 3, 2))
    late = plan.run(mapping, as_of=date(2026, 3, 3))
    assert results(early, "paid")[:2] == ["0", "0"]
    assert results(late, "paid")[:2] == ["100", "-100"]


def test_figures_alone_lose_nothing_and_cannot_say_what_is_due() -> None:
    plan = incentive.parse(HEAD + settlement(CLAWBACK))
    made = plan.pay("2026-01", signed=1000).settlement
    assert made is not None
    assert str(made["paid"].amount) == "100.00 EUR"
    due = incentive.parse(HEAD + settlement("release line {", "  100%: collected_on", "}"))
    pending = due.pay("2026-01", signed=1000).settlement
    assert pending is not None
    assert [each.code for each in pending["paid"].reasons] == ["P240"]


def test_a_release_waits_for_dates_and_shows_its_rows() -> None:
    steps = settlement("release line {", "  60%: closed_on", "  40%: collected_on", "}")
    made = run(steps, [("Ana", 1000, "01-10", None, "03-05"), ("Ana", 500, "02-10", None, None)])
    assert results(made, "earned") == ["100", "50", "0", "0", "0", "0"]
    assert results(made, "payable") == ["60", "30", "40", "0", "0", "0"]
    assert results(made, "held") == ["40", "60", "20", "20", "20", "20"]
    tree = made.explain("Ana", "held", "2026-03")
    assert readd(tree)
    assert "falls due now = 40.00 EUR" in str(tree)
    assert "2026-03-05" in str(tree)


def test_a_lost_deal_frees_what_it_held_so_that_only_what_was_released_is_taken() -> None:
    steps = settlement(CLAWBACK, "release line {", "  60%: closed_on", "  40%: collected_on", "}")
    made = run(steps, [("Ana", 1000, "01-10", "03-02", None)])
    assert results(made, "paid") == ["60", "0", "-60", "0", "0", "0"]
    assert results(made, "held") == ["40", "40", "0", "0", "0", "0"]


GATE = """gate busy "Two deals a month" {
  require sold >= 2
  otherwise hold
}
component gated {
  pay 10% of signed
  gated by busy
}
"""


def test_a_gate_holds_a_line_until_it_is_met() -> None:
    rows: list[Row] = [("Ana", 100, f"{month}-10", None, None) for month in ("01", "02", "03", "03", "04")]
    made = run(GATE + "settlement {\n  add gated\n}\n", rows)
    assert results(made, "earned") == ["10", "10", "20", "10", "0", "0"]
    assert results(made, "payable") == ["0", "0", "40", "0", "0", "0"]
    assert results(made, "held") == ["10", "20", "0", "10", "10", "10"]
    assert {each.status for each in made.payouts if each.component == "gated"} == {"paid", "zero"}
    for month in ("2026-02", "2026-03", "2026-05"):
        assert all(readd(made.explain("Ana", name, month)) for name in ("earned", "payable", "held", "gated"))
    assert "the whole line is held" in str(made.explain("Ana", "gated", "2026-01"))


def test_what_a_gate_holds_waits_for_its_dates_as_well() -> None:
    steps = "settlement {\n  add gated\n  release gated in 2 months\n}\n"
    rows: list[Row] = [("Ana", 100, f"{month}-10", None, None) for month in ("01", "03", "03")]
    made = run(GATE + steps, rows)
    assert results(made, "paid") == ["0", "0", "20", "10", "0", "0"]
    assert results(made, "held") == ["10", "10", "10", "0", "0", "0"]
    assert readd(made.explain("Ana", "paid", "2026-03"))


def test_a_draw_is_recovered_from_a_later_month_on() -> None:
    steps = settlement("draw 50 EUR per month recoverable until 2026-02, recovered from 2026-04, balance carried")
    made = run(
        steps, [("Ana", 100, "01-10", None, None), ("Ana", 300, "03-10", None, None), ("Ana", 300, "04-10", None, None)]
    )
    assert results(made, "paid") == ["50", "50", "30", "0", "0", "0"]
    assert results(made, "draw_balance") == ["40", "90", "90", "60", "60", "60"]
    for month in ("2026-01", "2026-03", "2026-04"):
        assert readd(made.explain("Ana", "paid", month))


def test_the_notebook_shows_what_was_settled() -> None:
    made = run(settlement(CLAWBACK), [("Ana", 1000, "01-10", "04-02", None)])
    page = made._repr_html_()
    assert "payable" in page
    assert "-100.00" in page
    statement = made.plan.pay("2026-01", signed=1000)._repr_html_()
    assert "clawback 100% of line on churned_on" in statement


def test_a_settlement_with_all_steps_is_kept_as_json_and_shown_in_both_languages() -> None:
    steps = settlement(
        f"{CLAWBACK}, as paid, in 2 months, at most 40 EUR",
        "release line {",
        "  60%: closed_on",
        "  40%: collected_on + 30 days",
        "}",
        "draw 10 EUR per month recoverable until 2026-05, recovered from 2026-04, balance due",
    )
    made = incentive.parse(HEAD + GATE + steps.replace("add line", "add line, gated")).tree
    assert incentive.tree.from_json(incentive.tree.to_json(made)) == made
    shown = incentive.tree.show_plan(made, "fr")
    assert "reprise 100 % de line en date de churned_on quand churned_on >= closed_on, au taux payé" in shown
    assert ", en 2 mois, au plus 40 EUR" in shown
    assert "débloquer line { 60 %: closed_on; 40 %: collected_on + 30 jours }" in shown
    assert "sinon retenir" in shown
