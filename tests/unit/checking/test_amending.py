"""Plans that are amended: which text rules which line, and what goes on from one text to the next."""

from __future__ import annotations

from datetime import date

import pytest

import incentive
from incentive import tree
from incentive.data import Dataset
from incentive.engines import EngineChoice
from incentive.results import readd
from incentive.testing import run_examples
from tests.laws.plans import ENGINES

OLD = """incentive 1 en
plan "AE 2026" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id: text
  owner: participant
  amount: money
  stage: one of open, won
  closed_on: date
  paid_on: date optional
}
parameter base_rate = 5%
measure revenue {
  sum deals.amount
  where stage is won
  dated closed_on
  credit owner
}
component commission {
  pay base_rate of revenue
}
component kicker {
  when revenue >= 100 000 EUR
  pay 500 EUR
}
"""
SETTLED = "settlement {\n  add commission, kicker\n  cap 6 000 EUR per year\n}\n"
JULY = 'incentive 1 en\namends "old.plan" from 2026-07-01\n'
ALL = """replace measure revenue {
  sum deals.amount
  dated closed_on
  credit owner
}
"""
ROWS = [
    {"id": "D1", "owner": "ana", "amount": "100000", "stage": "won", "closed_on": "2026-06-10"},
    {"id": "D2", "owner": "ana", "amount": "10000", "stage": "open", "closed_on": "2026-06-11"},
    {"id": "D3", "owner": "ana", "amount": "50000", "stage": "open", "closed_on": "2026-07-11"},
    {"id": "D4", "owner": "ana", "amount": "120000", "stage": "won", "closed_on": "2026-10-11"},
]
engines = pytest.mark.parametrize("engine", ENGINES)


def amended(text: str, old: str = OLD) -> incentive.Plan:
    return incentive.parse(JULY + text, "plans/july.plan", {"old.plan": old})


def lines(plan: incentive.Plan, engine: EngineChoice = "reference", **more: object) -> dict[tuple[str, str], object]:
    run = plan.run(data(), engine=engine, **more)  # type: ignore[arg-type]
    return {
        (each.period.name[-2:], each.component): None if each.amount is None else each.amount.exact
        for each in run.payouts
        if each.status != "zero"
    }


def data() -> Dataset:
    rows = [{**each, "paid_on": each["closed_on"]} for each in ROWS]
    return Dataset.from_rows(tables={"deals": rows}, people=[{"who": "ana"}])


@engines
def test_a_parameter_has_its_new_value_from_the_day_on(engine: EngineChoice) -> None:
    plan = amended("replace parameter base_rate = 9%\n")
    assert [(each.start, int(each.value * 100)) for each in plan.tree.parameters[0].values] == [
        (None, 5),
        (date(2026, 7, 1), 9),
    ]
    assert lines(plan, engine) == {
        ("06", "commission"): 5000,
        ("06", "kicker"): 500,
        ("10", "commission"): 10800,
        ("10", "kicker"): 500,
    }


@engines
def test_a_measure_is_another_one_from_the_day_on_also_for_those_who_read_it(engine: EngineChoice) -> None:
    found = lines(amended(ALL), engine)
    assert found["06", "commission"] == 5000
    assert found["07", "commission"] == 2500
    assert found["10", "commission"] == 6000


@engines
def test_what_is_removed_or_new_pays_nothing_outside_its_time(engine: EngineChoice) -> None:
    found = lines(amended("remove kicker\ncomponent starter {\n  pay 100 EUR\n}\n"), engine)
    assert [period for period, name in found if name == "kicker"] == ["06"]
    assert [period for period, name in found if name == "starter"] == ["07", "08", "09", "10", "11", "12"]


@engines
def test_a_line_says_which_text_ruled_it(engine: EngineChoice) -> None:
    run = amended("replace component kicker {\n  pay 1 EUR\n}\n").run(data(), engine=engine)
    texts = {(each.component, each.period.name[-2:]): each.text for each in run.payouts if each.participant == "ana"}
    assert [texts["kicker", month] for month in ("06", "07")] == ["old.plan", ""]
    assert {text for (name, _), text in texts.items() if name == "commission"} == {"old.plan"}
    assert run.to_dict()["payouts"][0]["text"] == "old.plan"  # type: ignore[index]


@engines
def test_balances_go_on_across_an_amendment(engine: EngineChoice) -> None:
    more = "settlement {\n  add commission, starter\n  cap 9 000 EUR per year\n}\n"
    plan = amended(f"remove kicker\ncomponent starter {{\n  pay 100 EUR\n}}\nreplace {more}", OLD + SETTLED)
    run = plan.run(data(), engine=engine)
    paid = {each.period.name[-2:]: each.results["paid"].amount for each in run.settlements}
    found = {name: int(each.exact) for name, each in paid.items() if each is not None and each.exact}
    # June 5 500; July to September 100 each; October 100 + 6 000, of which the cap of 9 000 lets 3 200 pass.
    assert found == {"06": 5500, "07": 100, "08": 100, "09": 100, "10": 3200}


@engines
def test_what_accumulates_is_computed_by_the_text_of_its_period_for_the_whole_window(engine: EngineChoice) -> None:
    old = OLD.replace("component commission {", "component commission {\n  accumulate over year")
    plan = amended("replace component commission {\n  accumulate over year\n  pay 10% of revenue\n}\n", old)
    found = lines(plan, engine)
    assert found["06", "commission"] == 5000
    assert found["10", "commission"] == 12000  # 10 % of the year to October less 10 % of the year to September


@engines
def test_a_held_line_is_held_by_the_gate_of_its_time(engine: EngineChoice) -> None:
    gate = "gate quality {\n  require revenue >= LIMIT EUR\n  otherwise hold\n}\n"
    old = OLD.replace("component commission {", gate.replace("LIMIT", "900 000") + "component commission {\n")
    old = old.replace("pay base_rate of revenue", "pay base_rate of revenue\n  gated by quality")
    plan = amended("replace " + gate.replace("LIMIT", "100"), old + SETTLED.replace("6 000", "60 000"))
    run = plan.run(data(), engine=engine)
    held = {each.period.name[-2:]: each.results["held"].amount for each in run.settlements}
    assert str(held["06"]) == "5 000.00 EUR"
    assert str(held["09"]) == "5 000.00 EUR"
    assert str(held["10"]) == "0.00 EUR"


@engines
def test_what_stands_in_for_a_line_is_that_of_the_text_that_rules(engine: EngineChoice) -> None:
    old = (
        OLD
        + "input sold: money per participant per month\nlet spare = 10 EUR\ncomponent visits {\n  pay 1% of sold\n}\n"
    )
    plan = amended("replace let spare = 20 EUR\n", old + "settlement {\n  add visits if missing spare\n}\n")
    run = plan.run(Dataset.from_rows(tables={"deals": []}, people=[{"who": "ana"}], inputs={"sold": []}), engine=engine)
    assert [str(each.results["paid"].amount) for each in run.settlements] == ["10.00 EUR"] * 6 + ["20.00 EUR"] * 6
    assert tree.from_json(tree.to_json(plan.tree)) == plan.tree
    assert readd(told := run.explain("ana", "paid", "2026-03"))
    assert told.value == 10


@engines
def test_a_release_follows_the_rows_of_the_text_that_gave_it(engine: EngineChoice) -> None:
    release = "settlement {\n  add commission, kicker\n  release commission { 50%: closed_on\n 50%: paid_on }\n}\n"
    plan = amended(ALL, OLD + release)
    run = plan.run(data(), engine=engine)
    paid = [each.results["paid"].amount for each in run.settlements if each.period.name == "2026-07"]
    assert [str(each) for each in paid] == ["2 500.00 EUR"]


def test_an_amendment_of_an_amendment_rules_from_its_own_day() -> None:
    files = {"old.plan": OLD, "july.plan": JULY + "replace parameter base_rate = 9%\n"}
    text = 'incentive 1 en\namends "july.plan" from 2026-10-01\n' + ALL
    plan = incentive.parse(text, "october.plan", files)
    found = lines(plan)
    assert found["06", "commission"] == 5000
    assert ("07", "commission") not in found
    assert found["10", "commission"] == 10800
    assert plan.text_of("commission", "2026-07") == "old.plan:23"
    (wrong,) = incentive.check(text.replace("2026-10", "2026-07"), "october.plan", files)
    assert wrong.code == "E615"


def test_the_amended_plan_keeps_what_it_is_and_means_something_else() -> None:
    plan, old = amended(ALL), incentive.parse(OLD)
    assert (plan.label, plan.currency, plan.periods) == (old.label, old.currency, old.periods)
    assert plan.fingerprint != old.fingerprint
    assert tree.from_json(tree.to_json(plan.tree)) == plan.tree


def test_a_figure_given_by_name_is_that_of_the_text_that_rules() -> None:
    plan = amended(ALL + "replace component kicker {\n  pay 1% of revenue\n}\n")
    assert plan.pay("2026-06", revenue=100_000)["kicker"].amount == incentive.Money(500, "EUR")
    assert plan.pay("2026-07", revenue=100_000)["kicker"].amount == incentive.Money(1000, "EUR")
    with pytest.raises(incentive.UsageError, match=r"\(revenue\)"):
        plan.pay("2026-07", sales=1)


@pytest.mark.parametrize("period", ["2026-06", "2026-07"])
@pytest.mark.parametrize("component", ["commission", "kicker", "paid"])
def test_an_explanation_names_the_text_that_ruled_and_adds_up(period: str, component: str) -> None:
    plan = amended(ALL + "replace component kicker {\n  pay 1% of revenue\n}\n", OLD + SETTLED)
    made = plan.run(data(), engine="reference").explain("ana", component, period)
    assert readd(made)
    if component == "kicker":
        assert ("plans/old.plan:26" if period == "2026-06" else "plans/july.plan:8") in str(made).split("\n")[0]


def test_a_line_that_is_not_in_force_says_so() -> None:
    made = amended("remove kicker\n").run(data(), engine="reference").explain("ana", "kicker", "2026-07")
    assert "text in force since 2026-07-01 = 0.00 EUR" in str(made)
    assert "not in force here" in str(made)


def test_examples_of_each_text_speak_of_its_own_time() -> None:
    old = OLD + 'example "five" {\n  given revenue = 100 EUR\n  expect commission = 5 EUR\n}\n'
    late = 'example "late" {\n  on 2026-08\n  given revenue = 100 EUR\n  expect commission = 5 EUR\n}\n'
    new = 'example "nine" {\n  given revenue = 100 EUR\n  expect commission = 9 EUR\n}\n'
    plan = amended("replace parameter base_rate = 9%\n" + new, old + late)
    assert [(each.label, each.passed) for each in run_examples(plan)] == [("five", True), ("nine", True)]
    before = new.replace("given", "on 2026-06\n  given")
    (found,) = incentive.check(JULY + before, files={"old.plan": old})
    assert found.code == "E263"


def test_a_parameter_of_the_amendment_need_not_say_what_was_before() -> None:
    plan = amended("replace parameter base_rate {\n  from 2026-07-01: 9%\n  from 2026-10-01: 10%\n}\n")
    assert [each.start for each in plan.tree.parameters[0].values] == [None, date(2026, 7, 1), date(2026, 10, 1)]


def test_data_may_be_added_by_an_amendment() -> None:
    facts = "facts leads {\n  owner: participant\n  on_day: date\n}\n"
    measure = "measure leads_made {\n  count leads\n  dated on_day\n  credit owner\n}\n"
    plan = amended(f"{facts}{measure}component per_lead {{\n  pay 10 EUR per leads_made\n}}\n")
    assert [each.name for each in plan.requires().tables] == ["deals", "leads"]


def test_a_group_of_the_old_text_is_another_one() -> None:
    old = OLD.replace("parameter", "facts people {\n  who: participant\n  team: text optional\n}\nparameter")
    old += 'group north = team is "N"\ncomponent pool {\n  pay 1% of north.revenue\n}\n'
    plan = amended('replace group north = team is "S"\n', old)
    rows = [{**each, "paid_on": ""} for each in ROWS]
    people = [{"who": "ana", "team": "N"}, {"who": "bob", "team": "S"}]
    for engine in ("reference", "columnar"):
        run = plan.run(Dataset.from_rows(tables={"deals": rows}, people=people), engine=engine)
        found = {each.period.name: each.amount for each in run["bob"] if each.component == "pool"}
        assert str(found["2026-06"]) == "1 000.00 EUR"
        assert str(found["2026-10"]) == "0.00 EUR"


def test_mistakes_of_the_original_are_shown_in_its_own_file() -> None:
    (found,) = incentive.check(JULY + ALL, "plans/july.plan", {"old.plan": OLD.replace("5% of", "5% of of")[:-3]})[:1]
    assert found.path == "plans/old.plan"


def test_without_the_original_nothing_else_is_said() -> None:
    assert [each.code for each in incentive.check(JULY + "remove kicker\n", files={})] == ["E602"]


def test_explanation_columns_show_no_figure_of_a_line_that_has_several_formulas() -> None:
    pytest.importorskip("polars")
    run = amended("replace component kicker {\n  pay 1% of revenue\n}\n").run(data(), engine="columnar", explain="all")
    shown = run.explanations().columns  # type: ignore[attr-defined]  # a frame of Polars
    assert "commission before rounding" in shown
    assert "kicker before rounding" not in shown
    assert {each.component: set(each.rows) for each in run.lanes} == {"commission": {"integer"}, "kicker": {"integer"}}
