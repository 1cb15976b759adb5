from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

import incentive

HEAD = """incentive 1 en
plan "LABEL" {
  currency  CURRENCY
  period    PERIOD
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  for       role is "ROLE"
}
"""
DEALS = """facts people {
  who:  participant
  role: text
}
facts deals {
  owner:  participant
  amount: money in EUR
  day:    date
}
measure revenue {
  sum    deals.amount
  dated  day
  credit owner
}
"""
COMPONENT = """component commission {
  pay RATE of revenue
}
"""
PEOPLE = (
    ("Ana", "sales", None, None),
    ("Bob", "sales", None, "2026-01-15"),
    ("Bob", "lead", "2026-01-16", None),
    ("Cy", "lead", None, None),
    ("Dee", "intern", None, None),
    ("Eve", "intern", "2026-02-01", None),
)


def text(label: str, role: str, rate: str = "10%", period: str = "month", currency: str = "EUR") -> str:
    head = HEAD.replace("LABEL", label).replace("ROLE", role).replace("PERIOD", period).replace("CURRENCY", currency)
    pay = COMPONENT.replace("RATE", rate)
    return head + DEALS + (pay if currency == "EUR" else "component fixed {\n  pay 7 USD\n}\n")


def data(amounts: Mapping[str, str] | None = None) -> incentive.Dataset:
    sold = amounts or {"Ana": "1000", "Bob": "400", "Cy": "200"}
    return incentive.Dataset.from_rows(
        tables={"deals": [{"owner": who, "amount": each, "day": "2026-01-10"} for who, each in sold.items()]},
        people=[dict(zip(("who", "role", "from", "until"), each, strict=True)) for each in PEOPLE],
    )


def plans(*texts: str) -> incentive.Plans:
    return incentive.Plans(tuple(incentive.parse(each) for each in texts))


SALES, LEADS = text("Sales", "sales"), text("Leads", "lead", "1%", "quarter")


def test_who_is_in_two_plans_or_in_none_is_told() -> None:
    made = plans(SALES, text("Leads", "lead", "1%")).run(data(), since="2026-01", until="2026-02")
    january, february = made.coverage
    assert (january.period.name, january.roster) == ("2026-01", 4)
    assert january.in_several == (("Bob", ("Sales", "Leads")),)
    assert january.in_none == ("Dee",)
    assert (february.roster, february.in_none, february.in_several) == (5, ("Dee", "Eve"), ())


def test_everybody_has_one_total_over_all_plans() -> None:
    made = plans(SALES, text("Leads", "lead", "1%")).run(data(), period="2026-01")
    assert [(each.participant, str(each.due)) for each in made.totals] == [
        ("Ana", "100.00 EUR"),
        ("Bob", "44.00 EUR"),
        ("Cy", "2.00 EUR"),
    ]
    assert {label: str(each) for label, each in made.totals[1].by_plan.items()} == {
        "Sales": "40.00 EUR",
        "Leads": "4.00 EUR",
    }
    assert made["Leads"].total == incentive.Money(6, "EUR")
    assert made.to_dict()["totals"] == [each.to_dict() for each in made.totals]


def test_amounts_of_two_currencies_are_not_added() -> None:
    made = plans(SALES, text("Dollars", "sales", currency="USD")).run(data(), period="2026-01")
    assert [(each.participant, str(each.due)) for each in made.totals] == [
        ("Ana", "100.00 EUR"),
        ("Ana", "7.00 USD"),
        ("Bob", "40.00 EUR"),
        ("Bob", "7.00 USD"),
    ]


def test_a_plan_pays_its_periods_that_end_in_the_one_asked_for() -> None:
    both = plans(SALES, LEADS)
    january = both.run(data(), period="2026-01")
    assert ([each.plan.label for each in january.runs], january.idle) == (["Sales"], ("Leads",))
    assert january.coverage[0].in_none == ("Dee",)  # Cy is a lead, though leads are paid in March
    march = both.run(data(), period="2026-03")
    assert [[period.name for period in each.results.periods] for each in march.runs] == [["2026-03"], ["2026-Q1"]]
    assert [each.period.name for each in march.coverage] == ["2026-03"]
    assert march.coverage[0].in_several == ()  # Bob has been a lead since January
    quarter = both.run(data(), period="2026-Q1")
    assert [len(each.results.periods) for each in quarter.runs] == [3, 1]
    assert [each.in_several for each in quarter.coverage] == [(("Bob", ("Sales", "Leads")),), (), ()]
    assert len(both.run(data()).coverage) == 12
    assert both.run(data(), period=both["Sales"].periods[0]).to_dict() == january.to_dict()


def test_a_plan_of_quarters_takes_somebody_in_the_months_in_which_it_does() -> None:
    people = (("Ana", "sales", None, "2026-03-15"), ("Ana", "lead", "2026-03-16", None))
    roster = incentive.Dataset.from_rows(
        tables={"deals": []}, people=[dict(zip(("who", "role", "from", "until"), each, strict=True)) for each in people]
    )
    made = plans(SALES, LEADS).run(roster, since="2026-02", until="2026-04")
    assert [each.in_several for each in made.coverage] == [(), (("Ana", ("Sales", "Leads")),), ()]
    assert [each.in_none for each in made.coverage] == [(), (), ()]


def test_the_same_figures_as_of_each_plan_alone() -> None:
    both = plans(SALES, LEADS)
    made = both.run(data(), since="2026-02", until="2026-Q3")
    for run in made.runs:
        periods = run.results.periods
        alone = both[run.plan.label].run(data(), since=periods[0], until=periods[-1])
        assert run.to_dict() == alone.to_dict()


def test_periods_are_closed_by_plan() -> None:
    both = plans(SALES, LEADS)
    january = both.run(data(), period="2026-01")
    states = {"Sales": january["Sales"].close()}
    february = both.run(data({"Ana": "1500"}), period="2026-02", after=states)
    due = {each.participant: str(each.due) for each in february.totals}
    assert due == {"Ana": "50.00 EUR", "Bob": "-40.00 EUR"}
    quarter = both.run(data(), period="2026-Q1", after={})
    for after in ({}, {"Sales": quarter["Sales"].close()}):
        with pytest.raises(incentive.DataError, match="R104"):  # the leads' first quarter would be paid again
            both.run(data(), period="2026-Q2", after=after)
    with pytest.raises(incentive.UsageError, match="after: no plan is called 'Other'"):
        both.run(data(), period="2026-02", after={"Other": states["Sales"]})


def test_what_is_pending_is_told_with_the_total() -> None:
    asks = "input goal: money per participant per month\n" + COMPONENT.replace("RATE of revenue", "goal").replace(
        "commission", "target"
    )
    made = plans(SALES + asks).run(
        incentive.Dataset.from_rows(
            tables={"deals": [{"owner": "Ana", "amount": "1000", "day": "2026-01-10"}]},
            people=[{"who": "Ana", "role": "sales"}],
            inputs={"goal": {("Ana", "2026-02"): "1"}},
        ),
        period="2026-01",
    )
    (total,) = made.totals
    assert (str(total.due), total.pending) == ("100.00 EUR", True)


@pytest.mark.parametrize(
    ("texts", "asked", "words"),
    [
        ((), {}, "plans: there is none"),
        ((SALES, SALES), {}, "two are called 'Sales'"),
        ((SALES,), {"period": "2026-13"}, "period '?2026-13"),
        ((SALES,), {"period": "2025-12"}, "no plan has a period that ends then"),
        ((SALES,), {"period": "2026-01", "since": "2026-01"}, "give either a period"),
        ((SALES,), {"after": "Sales"}, "expected states by the label of their plan, not str"),
        ((SALES,), {"participants": ["Zoe"]}, "nobody on the roster has the key 'Zoe'"),
    ],
)
def test_what_has_no_meaning_is_refused(texts: Sequence[str], asked: dict[str, str], words: str) -> None:
    with pytest.raises(incentive.UsageError, match=words):
        plans(*texts).run(data(), **asked)  # type: ignore[arg-type]


def test_a_label_that_no_plan_has_is_a_key_error() -> None:
    both = plans(SALES, LEADS)
    with pytest.raises(KeyError):
        both["Other"]
    with pytest.raises(KeyError):
        both.run(data(), period="2026-01")["Leads"]


# ---- folders ---------------------------------------------------------------------------------------------------------
def test_a_folder_has_its_plans_and_not_the_files_they_use(tmp_path: Path) -> None:
    head, _, rest = SALES.partition("facts people")
    (tmp_path / "sales.plan").write_text(f'{head}use "shared.plan"\n{COMPONENT.replace("RATE", "10%")}', "utf-8")
    (tmp_path / "leads.plan").write_text(LEADS, "utf-8")
    (tmp_path / "shared.plan").write_text(f"incentive 1 en\nfacts people{rest.partition('component')[0]}", "utf-8")
    (tmp_path / "notes.txt").write_text("no plan", "utf-8")
    found = incentive.load_all(tmp_path)
    assert [each.label for each in found.plans] == ["Leads", "Sales"]
    assert found.run(data(), period="2026-03")["Sales"].plan.label == "Sales"


def test_the_mistakes_of_all_plans_are_told(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.plan").write_text(text(name, "sales").replace("of revenue", f"of {name}venue"), "utf-8")
    with pytest.raises(incentive.PlanError) as refused:
        incentive.load_all(tmp_path)
    assert [each.code for each in refused.value.diagnostics] == ["E203", "E203"]
    assert [Path(each.path).name for each in refused.value.diagnostics] == ["a.plan", "b.plan"]


def test_a_folder_that_is_none_or_has_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is no folder"):
        incentive.load_all(tmp_path / "none")
    with pytest.raises(incentive.UsageError, match="there is none"):
        incentive.load_all(tmp_path)
