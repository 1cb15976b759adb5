"""What an example says of a plan is what the plan pays: no more, no less, not by a cent."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines.reference.context import Days
from incentive.engines.reference.told import Figures
from incentive.testing import run_examples

PLANS = Path(__file__).parents[1] / "plans"
SLICES = (PLANS / "a_en.plan").read_text(encoding="utf-8").partition("example ")[0]
BONUS = (PLANS / "c_en.plan").read_text(encoding="utf-8").partition("example ")[0]
CENT = Decimal("0.01")
amounts = st.decimals(0, 10**7, places=2)
targets = st.decimals(1, 10**7, places=2)
cents = st.integers(-1, 1).map(lambda n: n * CENT)


def written(amount: Decimal) -> str:
    return f"{amount} EUR"


def agrees(plan: str, example: str, off: Decimal) -> bool:
    """Whether an example that is off by an amount fails, and says by how much."""
    (result,) = run_examples(incentive.parse(plan + example))
    differences = [check.difference for check in result.checks if not check.passed]
    return differences == ([-Fraction(off)] if off else []) and result.passed == (not off)


@given(amounts, amounts, targets, amounts, targets, cents)
def test_what_the_engine_pays_passes_and_a_cent_more_or_less_fails(  # noqa: PLR0917 - one for each figure
    bonus: Decimal, revenue: Decimal, quota: Decimal, team_revenue: Decimal, team_quota: Decimal, off: Decimal
) -> None:
    figures = {
        "target_bonus": bonus,
        "revenue": revenue,
        "quota": quota,
        "team.revenue": team_revenue,
        "team.quota": team_quota,
    }
    paid = incentive.parse(BONUS).pay("2026-Q2", **figures)["bonus"].amount
    assert paid is not None
    clauses = [f"given {name} = {written(value)}" for name, value in figures.items()]
    clauses += ["on 2026-Q2", f"expect bonus = {written(Decimal(str(paid.amount)) + off)}"]
    assert agrees(BONUS, 'example "drawn" {\n' + "\n".join(clauses) + "\n}\n", off)


@given(st.lists(amounts, min_size=1, max_size=6), targets, cents, st.data())
def test_a_timeline_pays_what_rows_pay(
    months: list[Decimal], quota: Decimal, off: Decimal, data: st.DataObject
) -> None:
    names = [f"2026-{n:02}" for n in range(1, len(months) + 1)]
    plan = incentive.parse(SLICES)
    dataset = incentive.Dataset.from_rows(
        tables={
            "deals": [
                {"owner": "ana", "amount": amount, "stage": "won", "closed_on": date.fromisoformat(f"{name}-15")}
                for name, amount in zip(names, months, strict=True)
            ]
        },
        people=[{"who": "ana", "role": "account executive"}],
        inputs={"quota": {("ana", "2026"): quota}},
    )
    paid = [each.amount for each in plan.run(dataset, until=names[-1]).payouts]
    wrong = data.draw(st.sampled_from(names))
    lines = [
        f"| {name} | {written(amount)} | {written(Decimal(str(line.amount)) + (off if name == wrong else 0))} |"
        for name, amount, line in zip(names, months, paid, strict=True)
        if line is not None
    ]
    table = "\n".join(["| month | revenue | commission |", *lines])
    example = f'example "drawn" {{\ngiven quota = {written(quota)}\ntimeline {{\n{table}\n}}\n}}\n'
    assert agrees(SLICES, example, off)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8), st.data())
def test_figures_to_date_settle_every_window_as_monthly_ones_do(months: list[int], data: st.DataObject) -> None:
    edges = list(accumulate([31] * len(months), initial=730_000))
    monthly = tuple((first, after, value) for (first, after), value in zip(pairwise(edges), months, strict=True))
    to_date = tuple((edges[0], after, sum(months[: at + 1])) for at, (_, after, _) in enumerate(monthly))
    low, high = sorted(data.draw(st.lists(st.integers(0, len(months)), min_size=2, max_size=2)))
    start, end = date.fromordinal(edges[low]), date.fromordinal(edges[high])
    days = Days(start, end, end - timedelta(days=1), edges[low], edges[high])
    for told in (monthly, to_date, (*monthly, *to_date)):
        assert Figures({"m": told}, {}).measure("m", days, additive=True) == sum(months[low:high])
