"""The fold over the periods on columns gives what the reference engine gives, for every step that columns settle.

Plans are drawn with many periods, people who join, leave and come back, caps of longer periods, draws with dates,
balances that are carried; and some figures that are missing, which the reference engine settles.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import incentive
from incentive.columns import Widths, columns_of
from incentive.engines.columnar import Result
from incentive.engines.columnar import run as run_columns
from tests.differential.comparing import first_difference
from tests.laws.test_settled import adds_up

pytest.importorskip("polars")

PLANS = 60
LONGER = {
    "week": ("week", "month", "quarter", "year"),
    "month": ("month", "quarter", "half", "year"),
    "quarter": ("quarter", "half", "year"),
}
HEAD = """incentive 1 en
plan "Folded {seed}" {{
  currency EUR
  period {period}
  timezone "Europe/Paris"
  effective from {first} until {last}
  for role is "rep"
  rounding {mode} to {step} EUR
}}
facts people {{
  who: participant
  role: text
}}
input base: money per participant per {period}
input extra: money per participant per {period}
input due: money per participant per {period} additive if missing 0 EUR
input least: money per participant per {period}
input active: yes_no per participant per {period}
let to_date = 110% of due over {window} to date
gate enough {{
  require active
  otherwise hold
}}
component one {{
  pay 33.33% of base
  {gated}
}}
component other {{
  pay 12.5% of extra
}}
settlement {{
{steps}}}
"""


def draw_plan(seed: int) -> str:
    """Draw a plan with a settlement of several steps."""
    random = Random(f"fold {seed}")
    one = random.choice
    period = one(["month", "month", "quarter", "week"])
    first = one([date(2026, 1, 1), date(2025, 10, 1)])
    days = {"week": 150, "month": 900, "quarter": 900}[period]
    last = first + timedelta(days=random.randint(days // 3, days))
    names = [each.name for each in _periods(period, first, last)]
    start, end = sorted((random.randrange(len(names)), random.randrange(len(names))))
    when = f" from {names[start]} until {names[end]}"
    balance = one(["carried", "forgiven", "due"])
    longer = LONGER[period]
    limit = one(["100 EUR", "250 EUR", "50% of least", "0 EUR"])
    steps = [f"trueup one to to_date per {one(longer[:3])}"] if random.random() < 0.5 else []
    leaving = random.random() < 0.25
    held = (", leaving due", ", leaving nothing") if leaving else ("",)
    owed = (", leaving due", ", leaving forgiven") if leaving else ("",)
    parts = f"release {one(['one', 'other'])} in {random.randint(2, 5)} {period}s{one(held)}"
    steps += [parts] if random.random() < 0.4 else []
    recovered = f", recovered from {one(names[start:])}" if random.random() < 0.3 else ""
    options = [
        f"cap {one(['300 EUR', '1 000 EUR', '4 * least'])} per {one(longer)}{one(['', ' carry excess'])}",
        f"cap {one(['300 EUR', '1 000 EUR'])} per {one(longer)}{one([' carry excess', ' carry excess', ''])}",
        f"draw {limit} per {period} recoverable{when}{recovered}, balance {balance}{one(owed)}",
        f"draw {limit} per {period} recoverable{one(owed)}",
        f"draw {limit} per {period} guaranteed{one(['', when])}",
        f"floor {one(['0 EUR', limit])}{one(['', ' carry shortfall'])}",
        f"hold below {one(['40 EUR', limit])}{one(held)}",
    ]
    steps += random.sample(options, random.randint(1, 4))
    added = one([["add one, other"], ["add one", "add other"], ["add one, other if missing 0 EUR"]])
    return HEAD.format(
        seed=seed,
        period=period,
        first=first,
        last=last,
        mode=one(["half_up", "half_even", "down"]),
        step=one(["0.01", "0.01", "0.05", "1", "0.25"]),
        window=one(["year", "plan"]),
        gated=one(["", "gated by enough"]),
        steps="".join(f"  {each}\n" for each in [*added, *steps]),
    )


def _periods(period: str, first: date, last: date) -> tuple[incentive.Period, ...]:
    head = f'incentive 1 en\nplan "P" {{\n  currency EUR\n  period {period}\n  timezone "UTC"\n'
    text = f"{head}  effective from {first} until {last}\n}}\ncomponent one {{\n  pay 1 EUR\n}}\n"
    return incentive.parse(text).periods


def make_plan(seed: int) -> incentive.Plan | None:
    """The plan of a seed, if the checker takes it."""
    try:
        return incentive.parse(draw_plan(seed))
    except incentive.PlanError:
        return None


def draw_dataset(plan: incentive.Plan, seed: int, people: int = 6) -> incentive.Dataset:
    """Draw people who come and go, and what they bring."""
    random = Random(f"fold data {seed}")
    first, last = plan.tree.first_day, plan.tree.last_day
    span = (last - first).days
    rows: list[dict[str, object]] = []
    for at in range(people):
        days = sorted(first + timedelta(days=random.randint(-20, span + 20)) for _ in range(3))
        ways: list[list[dict[str, object]]] = [
            [{"role": "rep"}],
            [{"role": "rep", "from": days[0], "until": days[2]}],
            [{"role": "rep", "from": days[0]}],
            [
                {"role": "rep", "until": days[0]},
                {"role": "lead", "from": days[0] + timedelta(days=1), "until": days[1]},
                {"role": "rep", "from": days[1] + timedelta(days=1)},
            ],
        ]
        way = random.choice(ways)
        if all(each.get("from", date.min) <= each.get("until", date.max) for each in way):  # type: ignore[operator]
            rows += [{"who": f"p{at}", **each} for each in way]
        else:
            rows.append({"who": f"p{at}", "role": "rep"})
    lost = random.choice([0, 0, 0.004, 0.02])
    inputs: dict[str, dict[tuple[str, str], object]] = {
        name: {} for name in ("base", "extra", "due", "least", "active")
    }
    for who in {str(row["who"]) for row in rows}:
        for period in plan.periods:
            key = (who, period.name)
            for name, low, high in (
                ("base", -300, 1500),
                ("extra", -500, 1500),
                ("due", -100, 500),
                ("least", -50, 300),
            ):
                if random.random() >= lost:
                    inputs[name][key] = Decimal(random.randint(low * 100, high * 100)) / 100
            if random.random() >= lost:
                inputs["active"][key] = random.random() < 0.6
    return incentive.Dataset.from_rows(tables={}, people=rows, inputs=inputs, timezone="UTC")


def columns(
    plan: incentive.Plan, facts: incentive.data.Facts, periods: object = None, widths: Widths | None = None
) -> Result:
    wanted = plan.periods if periods is None else periods
    return run_columns(plan._compiled, columns_of(facts, plan.tree), wanted, widths=widths)  # type: ignore[arg-type]


def compare(plan: incentive.Plan, facts: incentive.data.Facts, seed: int) -> Counter[str]:
    """Compare whole runs, single periods and narrow columns; count settlements by lane."""
    expected = plan.run(facts, engine="reference")
    found = columns(plan, facts)
    wanted = expected.results.to_dict()
    assert found.result.to_dict() == wanted, first_difference(wanted, found.result.to_dict())
    shown = [
        (
            each.participant,
            each.period.name,
            name,
            result.status,
            None if result.amount is None else result.amount.exact,
        )
        for each in expected.settlements
        for name, result in each.results.items()
    ]
    assert adds_up(expected)
    rows = [(*row[:4], None if row[4] is None else Fraction(row[4])) for row in found.settled_frame.iter_rows()]
    assert rows == shown
    assert found.settled_frame.equals(expected.settled_frame())  # type: ignore[arg-type]  # a frame of Polars
    random = Random(seed)
    some = [random.choice(plan.periods)]
    alone = columns(plan, facts, some, Widths(18, 40)).result.to_dict()
    assert alone == plan.run(facts, engine="reference", period=some[0]).results.to_dict()
    report = found.settlement_report
    assert report is not None
    assert not report.not_lowered
    return Counter({str(lane): rows for lane, rows in report.rows.items()})


def test_the_fold_gives_what_the_reference_engine_gives() -> None:
    lanes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    taken = 0
    for seed in range(10 * PLANS):
        plan = make_plan(seed)
        if plan is None:
            continue
        facts = plan.read(draw_dataset(plan, seed))
        try:
            lanes += compare(plan, facts, seed)
        except Exception as error:  # noqa: BLE001 - a crash is a difference too
            pytest.fail(f"seed {seed}: {type(error).__name__}: {error}\n{draw_plan(seed)}", pytrace=False)
        assert plan.tree.settlement is not None
        kinds.update({type(each).__name__ for each in plan.tree.settlement.steps})
        taken += 1
        if taken == PLANS:
            break
    assert taken == PLANS
    assert set(lanes) == {"integer", "reference"}, lanes
    assert lanes["integer"] > 2 * lanes["reference"]
    assert all(count >= PLANS // 20 for count in kinds.values()), kinds
    assert set(kinds) == {"AddLines", "TrueUp", "Instalments", "CapOver", "Draw", "FloorAt", "HoldBelow"}


LOSES = """incentive 1 en
plan "Loses {seed}" {{
  currency EUR
  period {period}
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}}
facts people {{
  who: participant
  team: text
}}
facts deals {{
  key id:     text
  owner:      participant
  second:     participant optional
  amount:     money
  closed_on:  date
  churned_on: date optional
}}
input goal: money per participant per {period} must be > 0 EUR
measure sold {{
  sum    deals.amount
  dated  closed_on
  {credit}
}}
measure won {{
  count  deals
  dated  closed_on
  credit owner
}}
let to_date = (sold over year to date) by slice {{
  from 0 EUR: 8%
  from 2 000 EUR: 12%
}}
component one {{
  pay {pay}
}}
component other {{
  pay 3% of team.one + 10 EUR * won
}}
settlement {{
  add one, other
{steps}}}
"""


def draw_losing_plan(seed: int) -> str:
    """Draw a plan that takes back what was given for rows that are lost."""
    random = Random(f"loses {seed}")
    one = random.choice
    period = one(["month", "quarter"])
    when = one(["churned_on >= closed_on", "churned_on within 90 days of closed_on", "amount > 500 EUR"])
    parts = one(["", "", ", in 3 months" if period == "month" else ", in 2 quarters"])
    most = one(["", "", ", at most 50 EUR"])
    steps = ["trueup one to to_date per quarter"] if random.random() < 0.4 else []
    steps.append(f"clawback {one(['100%', '50%'])} of one on churned_on when {when}{one(['', ''])}{parts}{most}")
    steps += ["clawback 100% of other on churned_on when churned_on > closed_on"] if random.random() < 0.2 else []
    steps += random.sample([f"cap 400 EUR per {one(['quarter', 'year'])}", f"draw 60 EUR per {period} recoverable"], 1)
    steps += one([[], ["floor 0 EUR carry shortfall"]])
    return LOSES.format(
        seed=seed,
        period=period,
        credit=one(["credit owner", "credit owner", "credit second"]),
        pay=one(
            ["8% of sold", "8% of sold", "5% of sold / goal * 100 EUR", "2% of team.sold", "1% of sold + 20 EUR * won"]
        ),
        steps="".join(f"  {each}\n" for each in steps),
    )


RELEASES = """incentive 1 en
plan "Releases {seed}" {{
  currency EUR
  period {period}
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
  rounding {mode} to {step} EUR
}}
facts people {{
  who: participant
  team: text
}}
facts deals {{
  {key}id:     text
  owner:      participant
  second:     participant optional
  amount:     money
  closed_on:  date
  churned_on: date optional
}}
input goal: money per participant per {period} must be > 0 EUR
split both {{
  otherwise {{
    2/3: owner
    1/3: second
  }}
}}
measure sold {{
  sum    deals.amount
  dated  closed_on
  {credit}
}}
measure won {{
  count  deals
  dated  closed_on
  credit owner
}}
measure early {{
  sum    deals.amount / 3
  where  closed_on < 2026-06-15
  dated  closed_on
  credit owner
}}
gate enough {{
  require goal > 1 000 EUR
  otherwise hold
}}
let to_date = (sold over year to date) by slice {{
  from 0 EUR: 8%
  from 2 000 EUR: 12%
}}
component one {{
  pay {pay}
  {gated}
}}
component other {{
  pay 10 EUR * won
}}
settlement {{
  add one, other
{steps}}}
"""


def draw_releasing_plan(seed: int) -> str:
    """Draw a plan that pays by dates of rows."""
    random = Random(f"releases {seed}")
    one = random.choice
    period = one(["month", "month", "quarter"])
    shares = one(
        [
            "50%: closed_on + 45 days\n    50%: churned_on",
            "33%: churned_on\n    67%: closed_on",
            "100%: churned_on",
            "33%: closed_on\n    33%: closed_on + 90 days\n    34%: closed_on + 200 days",
        ]
    )
    steps = ["trueup one to to_date per quarter"] if random.random() < 0.4 else []
    lost = "churned_on < closed_on + 20 days"
    steps += [f"clawback 50% of one on churned_on when {lost}"] if random.random() < 0.2 else []
    steps.append(f"release one {{\n    {shares}\n  }}")
    steps += ["release other {\n    100%: closed_on + 31 days\n  }"] if random.random() < 0.4 else []
    steps += one([[], ["cap 400 EUR per quarter"], ["floor 0 EUR carry shortfall"]])
    random.shuffle(steps)
    text = RELEASES.format(
        seed=seed,
        period=period,
        mode=one(["half_up", "down"]),
        step=one(["0.01", "0.01", "0.05", "0.25"]),
        key=one(["key ", ""]),
        credit=one(["credit owner", "credit second", "split both"]),
        pay=one(
            [
                "8% of sold",
                "8% of sold",
                "5% of sold / goal * 100 EUR",
                "if won > 0 then 8% of sold - 2% of early else 10 EUR",
                "ACCUMULATED",
                "20 EUR * won - 30 EUR",
            ]
        ),
        gated=one(["", "gated by enough"]),
        steps="".join(f"  {each}\n" for each in steps),
    )
    accumulated = "accumulate over year\n  pay sold by slice {\n    from 0 EUR: 5%\n    from 900 EUR: 8%\n  }"
    return text.replace("pay ACCUMULATED", accumulated)


def draw_deals(plan: incentive.Plan, seed: int) -> incentive.Dataset:
    """Draw deals, some of which are lost again."""
    random = Random(f"loses data {seed}")
    names = [f"p{at}" for at in range(8)]
    lost = random.choice([0, 0.05, 0.15])
    deals = []
    for at in range(60):
        closed = date(2026, 1, 1) + timedelta(days=random.randint(-20, 380))
        deal: dict[str, object] = {
            "id": f"d{at}",
            "owner": random.choice(names),
            "amount": Decimal(random.randint(-20_000, 200_000)) / 100,
            "closed_on": closed,
        }
        if random.random() < 0.5:
            deal["second"] = random.choice(names)
        if random.random() < lost:
            deal["churned_on"] = closed + timedelta(days=random.randint(-5, 150))
        deals.append(deal)
    goal = {(who, each.name): Decimal(random.randint(1, 3000)) for who in names for each in plan.periods}
    people = [{"who": name, "team": random.choice("xy")} for name in names]
    return incentive.Dataset.from_rows(tables={"deals": deals}, people=people, inputs={"goal": goal}, timezone="UTC")


def test_who_loses_no_row_is_settled_by_columns() -> None:
    lanes: Counter[str] = Counter()
    for seed in range(PLANS):
        plan = incentive.parse(draw_losing_plan(seed))
        facts = plan.read(draw_deals(plan, seed))
        try:
            lanes += compare(plan, facts, seed)
        except Exception as error:  # noqa: BLE001 - a crash is a difference too
            pytest.fail(f"seed {seed}: {type(error).__name__}: {error}\n{draw_losing_plan(seed)}", pytrace=False)
    assert set(lanes) == {"integer", "reference"}, lanes
    assert lanes["integer"] > lanes["reference"] / 2


def test_a_release_by_dates_gives_what_the_reference_engine_gives() -> None:
    lanes: Counter[str] = Counter()
    texts = [draw_releasing_plan(seed) for seed in range(PLANS)]
    for seed, text in enumerate(texts):
        plan = incentive.parse(text)
        facts = plan.read(draw_deals(plan, seed))
        try:
            lanes += compare(plan, facts, seed)
        except Exception as error:  # noqa: BLE001 - a crash is a difference too
            pytest.fail(f"seed {seed}: {type(error).__name__}: {error}\n{text}", pytrace=False)
    assert set(lanes) == {"integer", "reference"}, lanes
    assert lanes["integer"] > 2 * lanes["reference"]
    words = ("trueup", "clawback", "release other", "split both", "gated by", "key id", "34%: closed_on", "goal *")
    for word in (*words, "accumulate"):
        assert sum(word in text for text in texts) >= PLANS // 20, word


@pytest.mark.parametrize(("step", "wanted"), [("", "30"), (" carry excess", "80")])
def test_a_cap_begins_afresh_for_those_who_are_away_when_its_period_ends(step: str, wanted: str) -> None:
    plan = incentive.parse(
        'incentive 1 en\nplan "Away" {\n  currency EUR\n  period month\n  timezone "UTC"\n'
        "  effective from 2026-01-01 until 2026-12-31\n}\ninput base: money per participant per month\n"
        f"component one {{\n  pay base\n}}\nsettlement {{\n  add one\n  cap 100 EUR per quarter{step}\n}}\n"
    )
    people = [{"who": "Ana", "until": date(2026, 3, 31)}, {"who": "Ana", "from": date(2026, 5, 1)}]
    base = {("Ana", each.name): Decimal(0) for each in plan.periods}
    base |= {("Ana", "2026-03"): Decimal(150), ("Ana", "2026-05"): Decimal(30)}
    facts = plan.read(incentive.Dataset.from_rows(tables={}, people=people, inputs={"base": base}, timezone="UTC"))
    found, expected = plan.run(facts, engine="columnar"), plan.run(facts, engine="reference")
    assert found.to_dict() == expected.to_dict()
    report = found.settlement_report
    assert report is not None
    assert set(report.rows) == {"integer"}
    paid = {each.period.name: each["paid"].amount for each in found.settlements}["2026-05"]
    assert paid is not None
    assert str(paid.exact) == wanted


def test_the_report_names_a_step_that_columns_do_not_settle() -> None:
    plan = incentive.parse(
        LOSES.format(
            seed=0,
            period="month",
            credit="credit owner",
            pay="8% of team.sold",
            steps="  release one {\n    50%: closed_on\n    50%: churned_on\n  }\n",
        )
    )
    facts = plan.read(draw_deals(plan, 3))
    found, expected = plan.run(facts, engine="columnar"), plan.run(facts, engine="reference")
    assert found.to_dict() == expected.to_dict()
    report = found.settlement_report
    assert report is not None
    assert report.not_lowered == "a release of what belongs to the rows of a group"
    assert set(report.rows) == {"reference"}
    assert expected.settlement_report is None
    assert found.settled_frame().equals(expected.settled_frame())  # type: ignore[attr-defined]  # a frame of Polars


def test_a_plan_without_a_settlement_has_an_empty_frame() -> None:
    text = LOSES.format(seed=0, period="month", credit="credit owner", pay="8% of sold", steps="")
    plan = incentive.parse(text[: text.index("settlement {")])
    facts = plan.read(draw_deals(plan, 3))
    found, expected = plan.run(facts, engine="columnar"), plan.run(facts, engine="reference")
    assert found.settlement_report is None
    assert found.settled_frame().equals(expected.settled_frame())  # type: ignore[attr-defined]  # a frame of Polars
    assert found.settled_frame().height == 0  # type: ignore[attr-defined]


def test_the_annual_plan_is_settled_alike() -> None:
    folder = Path(__file__).parents[2] / "examples" / "annual-plan"
    plan, dataset = incentive.load(folder / "plan.plan"), incentive.Dataset.from_folder(folder / "data")
    found, expected = plan.run(dataset, engine="columnar"), plan.run(dataset, engine="reference")
    assert found.to_dict() == expected.to_dict()
    assert found.settled_frame().equals(expected.settled_frame())  # type: ignore[attr-defined]  # a frame of Polars


def test_figures_of_those_who_lose_rows_are_not_told() -> None:
    plan = incentive.parse(
        LOSES.format(
            seed=0,
            period="month",
            credit="credit owner",
            pay="8% of sold",
            steps="  clawback 100% of one on churned_on when churned_on > closed_on\n",
        )
    )
    run = plan.run(plan.read(draw_deals(plan, 3)), engine="columnar", explain="all")
    report = run.settlement_report
    assert report is not None
    told = run.explanations().to_dict(as_series=False)  # type: ignore[attr-defined]  # a frame of Polars
    assert sum(each is None for each in told["sold"]) == report.rows["reference"] > 0
    assert sum(each is not None for each in told["sold"]) == report.rows["integer"] > 0
