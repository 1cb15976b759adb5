"""What an explanation says is what was computed: from its leaves alone, for lines and settlements (laws 62, 63 and 64).

A settlement begins a period with what the one before left, so its explanation ends there; what it brings is the leaf of
one tree and the root of a step of another, and the trees of all periods up to one are its whole explanation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import turns
from incentive.quantities import round_to
from incentive.results import Explanation, RowsBehind, readd
from tests.laws.plans import ENGINES, Plant, Row, breaks, component, few, head, plain, setting

engines = pytest.mark.parametrize("engine", ENGINES)
MONTHS: Final = tuple(f"2026-{at:02}" for at in range(1, 13))
SLICES: Final = "revenue by slice {\n    from 0 EUR: 5%\n    from 1 000 EUR: 9%\n  }"
PLAN: Final = (
    head("half_up to 0.01 EUR").replace("facts deals {", "facts deals {\n  key id: text")
    + "input grant: money per participant per month\n"
    + "gate busy {\n  require signed >= 1\n  otherwise hold\n}\n"
    + component("own", "accumulate over year", f"pay {SLICES}", "gated by busy")
    + component("extra", "pay grant + 2.5% of revenue", "when revenue > 500 EUR")
)
STEPS: Final = (
    "cap 120 EUR per quarter carry excess",
    "cap 300 EUR per year",
    "draw 50 EUR per month recoverable",
    "draw 40 EUR per month guaranteed",
    "floor 0 EUR carry shortfall",
    "hold below 30 EUR",
)
Deal = tuple[int, Fraction]
"""A deal: its month, counted from 0, and its amount."""
amounts = st.integers(-60_000, 250_000).map(lambda each: Fraction(each, 100))
sold = st.lists(st.tuples(st.integers(0, 11), amounts), max_size=9)
granted = st.lists(st.integers(0, 6_000).map(lambda each: Fraction(each, 100)), min_size=12, max_size=12)
some = st.lists(st.sampled_from(STEPS), max_size=3, unique_by=lambda step: step.split()[0])


def plan(steps: Sequence[str]) -> incentive.Plan:
    """A line of the year and one of the month, and what is paid of them."""
    body = "".join(f"  {each}\n" for each in ["add own, extra", *steps])
    return incentive.parse(f"{PLAN}settlement {{\n{body}}}\n")


def ran(
    made: incentive.Plan, deals: Sequence[Deal], grants: Sequence[Fraction], engine: EngineChoice = "reference",
    *, left_out: Sequence[str] = (), people: Sequence[str] = ("Ana", "Bob"),
) -> incentive.Run:  # fmt: skip
    """Two people with the same figures; `left_out` are keys of deals of the first that are not there."""
    rows: list[Row] = [
        {"id": f"{who}-{at}", "owner": who, "amount": plain(amount), "closed_on": f"2026-{month + 1:02}-{at + 10}"}
        for who in people
        for at, (month, amount) in enumerate(deals)
        if f"{who}-{at}" not in left_out
    ]
    grant = {(who, month): plain(value) for who in people for month, value in zip(MONTHS, grants, strict=True)}
    data = incentive.Dataset.from_rows(
        tables={"deals": rows}, people=[{"who": who} for who in people], inputs={"grant": grant}
    )
    return made.run(data, engine=engine)


def nodes(tree: Explanation) -> Iterator[Explanation]:
    """Each figure of a tree."""
    yield tree
    for child in tree.children:
        yield from nodes(child)


def step_role(tree: Explanation, at: int, kind: str) -> object:
    """A figure that a step begins with or leaves."""
    return next((child.value for child in tree.children[at].children if child.kind == kind), 0)


# ---- law 62 ----------------------------------------------------------------------------------------------------------
LEAVES: Final = {"Constant", "Cell", "InputValue", "MeasureValue", "Before", "Brought", "SoFar", "Balance", "Again"}


def follows(run: incentive.Run) -> bool:
    """Law 62: each figure follows from those below it, roots are results, leaves are data, constants or a balance."""
    for who in ("Ana", "Bob"):
        before: Explanation | None = None
        for made in (each for each in run.settlements if each.participant == who):
            tree = run.explain(who, "paid", made.period)
            for name, result in made.results.items():
                told = run.explain(who, name, made.period)
                assert result.amount is not None
                if not readd(told) or told.value != result.amount.exact:
                    return False
            if not all(map(_grounded, nodes(tree))):
                return False
            left = [step_role(before, at, "Balance") if before else 0 for at in range(len(tree.children))]
            brought = [step_role(tree, at, "Brought") for at in range(len(tree.children))]
            if any(told not in {was, 0} for told, was in zip(brought, left, strict=True)):
                return False
            before = tree
        for line in (each for each in run.payouts if each.participant == who):
            told = run.explain(who, line.component, line.period)
            assert line.amount is not None
            if not readd(told) or told.value != line.amount.exact or not all(map(_grounded, nodes(told))):
                return False
    return True


def _grounded(each: Explanation) -> bool:
    """Whether a figure without figures below it is a cell, rows, a constant of the plan, or what a step was given."""
    if each.children:
        return True
    rows = all(row.table and row.line for row in each.rows)
    placed = each.span is not None or each.kind != "Constant"
    return each.kind in LEAVES and rows and placed


@engines
@few(12)
@given(steps=some, deals=sold, grants=granted)
def test_each_figure_follows_from_those_below_it(
    steps: list[str], deals: list[Deal], grants: list[Fraction], engine: EngineChoice
) -> None:
    assert follows(ran(plan(steps), deals, grants, engine))


# ---- law 63 ----------------------------------------------------------------------------------------------------------
def leaves_decide(deals: Sequence[Deal], grants: Sequence[Fraction], steps: Sequence[str]) -> bool:
    """Law 63: without the rows that no tree up to a period shows, all that is paid up to it is the same."""
    made = plan(steps)
    whole = ran(made, deals, grants)
    for last in ("2026-03", "2026-08"):
        shown: set[str] = set()
        for month in MONTHS[: MONTHS.index(last) + 1]:
            rows = [row for each in nodes(whole.explain("Ana", "paid", month)) for row in each.rows]
            shown |= {row.key for row in rows}
        other = ran(made, deals, grants, left_out=[f"Ana-{at}" for at in range(len(deals)) if f"Ana-{at}" not in shown])
        if _paid(whole, last) != _paid(other, last):
            return False
    return True


def _paid(run: incentive.Run, last: str) -> list[object]:
    kept = [each for each in run.settlements if each.participant == "Ana" and each.period.name <= last]
    return [each.results for each in kept]


def trees_predict(deals: Sequence[Deal], grants: Sequence[Fraction], steps: Sequence[str], change: Fraction) -> bool:
    """Law 63: with one row of a period changed, what is paid in it is what its tree says, unless a condition turns."""
    made = plan(steps)
    whole = ran(made, deals, grants)
    for at, (month, amount) in list(enumerate(deals))[:3]:
        tree = whole.explain("Ana", "paid", MONTHS[month])
        wanted = predicted(tree, f"Ana-{at}", change)
        if wanted is None:
            continue
        other = ran(made, [*deals[:at], (month, amount + change), *deals[at + 1 :]], grants)
        found = next(
            each for each in other.settlements if (each.participant, each.period.name) == ("Ana", MONTHS[month])
        )
        paid = found["paid"].amount
        if paid is None or paid.exact != wanted:
            return False
    return True


def predicted(tree: Explanation, row: str, change: Fraction) -> Fraction | None:
    """What a tree says its root would be with one row changed; None where a condition would turn."""
    if tree.kind == "MeasureValue":
        if tree.operator == "count":
            return Fraction(len(tree.rows))
        return sum((_number(each.value) + (change if each.key == row else 0) for each in tree.rows), Fraction(0))
    if not tree.children:
        return _number(tree.value)
    if tree.kind == "Settled":
        return _settled(tree, row, change)
    below = [predicted(child, row, change) for child in tree.children]
    return None if None in below else _of(tree, [each for each in below if each is not None])


def _number(value: object) -> Fraction:
    assert isinstance(value, int | Fraction)
    return Fraction(value)


def _of(tree: Explanation, below: Sequence[Fraction]) -> Fraction | None:
    """A figure from those below it, for the kinds of these plans."""
    match tree.kind:
        case "Compare":
            holds = below[0] >= below[1] if tree.operator == ">=" else below[0] > below[1]
            return Fraction(holds) if holds == tree.value else None
        case "Rounded":
            assert tree.rounding is not None
            return Fraction(round_to(below[0], Fraction(tree.rounding.step), tree.rounding.mode))
        case "Tiers":
            low = min(below[0], tree.slices[1].bound)
            rates = [None if each.rate is None else Fraction(each.rate) for each in tree.slices]
            parts = [(low, rates[0]), (below[0] - low, rates[1])]
            known = [part * rate for part, rate in parts if rate is not None]
            return None if any(part and rate is None for part, rate in parts) else sum(known, Fraction(0))
        case "Increase":
            return below[0] - sum(below[1:])
        case "Multiply" | "Gated" | "When":
            return below[0] * below[-1]
        case "Add":
            return sum(below, Fraction(0))
        case _:
            return below[-1]


def _settled(tree: Explanation, row: str, change: Fraction) -> Fraction | None:
    """Follow an amount through the steps, from what they brought and the limits that the tree shows."""
    amount = Fraction(0)
    for at, step in enumerate(tree.children):
        brought, limit, passed = (_number(step_role(tree, at, kind)) for kind in ("Brought", "Limit", "SoFar"))
        match step.name, step.operator:
            case "AddLines", _:
                lines = [predicted(child, row, change) for child in step.children if child.kind == "LineValue"]
                if None in lines:
                    return None
                amount += brought + sum((each for each in lines if each is not None), Fraction(0))
            case "CapOver", _:
                amount = min(amount + brought, max(limit - passed, Fraction(0)))
            case "HoldBelow", _:
                amount = Fraction(0) if amount + brought < limit else amount + brought
            case _, "recoverable" | "carried":
                amount = limit if amount < limit else amount - min(brought, amount - limit)
            case _:
                amount = max(amount, limit)
    return amount


@few(12)
@given(steps=some, deals=sold, grants=granted)
def test_rows_that_no_tree_shows_decide_nothing(steps: list[str], deals: list[Deal], grants: list[Fraction]) -> None:
    assert leaves_decide(deals, grants, steps)


@few(20)
@given(steps=some, deals=sold, grants=granted, change=amounts)
def test_a_changed_row_pays_what_the_tree_says(
    steps: list[str], deals: list[Deal], grants: list[Fraction], change: Fraction
) -> None:
    assert trees_predict(deals, grants, steps, change)


# ---- law 64 ----------------------------------------------------------------------------------------------------------
def twins_have_one_tree(run: incentive.Run) -> bool:
    """Law 64: two people with the same figures have the same trees, up to names and lines of files."""
    for month in MONTHS:
        for name in ("paid", "earned", "own", "extra"):
            one, other = (_unnamed(run.explain(who, name, month), who) for who in ("Ana", "Bob"))
            if one != other:
                return False
    return True


def _unnamed(tree: Explanation, who: str) -> Explanation:
    rows = tuple(evolve(row, key=row.key.replace(who, "somebody"), line=0) for row in tree.rows)
    children = tuple(_unnamed(child, who) for child in tree.children)
    return evolve(tree, holder=tree.holder.replace(who, "somebody"), rows=rows, children=children)


def a_cent_is_seen(deals: Sequence[Deal], grants: Sequence[Fraction], steps: Sequence[str]) -> bool:
    """Law 64: where a cent more changes what is paid, a leaf of the tree is another one."""
    made = plan(steps)
    whole = ran(made, deals, grants)
    month, amount = deals[0]
    other = ran(made, [(month, amount + Fraction(1, 100)), *deals[1:]], grants)
    for name in MONTHS:
        one, two = (run.explain("Ana", "paid", name) for run in (whole, other))
        if one.value != two.value and _leaves(one) == _leaves(two):
            return False
    return True


def _leaves(tree: Explanation) -> list[object]:
    return [(each.kind, each.value, each.rows) for each in nodes(tree) if not each.children]


@engines
@few(12)
@given(steps=some, deals=sold, grants=granted)
def test_twins_have_one_tree(steps: list[str], deals: list[Deal], grants: list[Fraction], engine: EngineChoice) -> None:
    assert twins_have_one_tree(ran(plan(steps), deals, grants, engine))


@few(15)
@given(steps=some, deals=sold.filter(bool), grants=granted)
def test_a_cent_that_changes_pay_is_seen(steps: list[str], deals: list[Deal], grants: list[Fraction]) -> None:
    assert a_cent_is_seen(deals, grants, steps)


# ---- planted bugs ----------------------------------------------------------------------------------------------------
DEALS: list[Deal] = [
    (0, Fraction(900)),
    (0, Fraction(700)),
    (2, Fraction(2_400)),
    (3, Fraction(-350)),
    (6, Fraction(1_900)),
]
GRANTS: list[Fraction] = [Fraction(5 * at) for at in range(12)]


def _tells(wrong: Callable[[turns.Turn, str, Any], Any]) -> Callable[..., None]:
    def tell(self: turns.Turn, kind: str, value: Any) -> None:  # noqa: ANN401 - as what it stands for
        told = wrong(self, kind, value)
        if told is not None:
            TELL(self, kind, told)

    return tell


def _by_name(self: turns.Turn, kind: str, value: Any) -> Any:  # noqa: ANN401 - as what it stands for
    return None if kind == "Brought" and self.context.holder == "Bob" else value


TELL, NAMED = turns.Turn.tell, RowsBehind.named
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "62: what was brought is told a cent too large": (
        lambda: follows(ran(plan(STEPS[:3]), DEALS, GRANTS)),
        setting(turns.Turn, "tell", _tells(lambda _, kind, value: value + (kind == "Brought"))),
    ),
    "62: rows that count are not told": (
        lambda: follows(ran(plan(STEPS[:3]), DEALS, GRANTS)),
        setting(RowsBehind, "named", lambda self: NAMED(self)[1:]),
    ),
    "63: rows that count are not told": (
        lambda: leaves_decide(DEALS, GRANTS, STEPS[2:3]),
        setting(RowsBehind, "named", lambda self: NAMED(self)[1:]),
    ),
    "63: what a cap has let pass is not told": (
        lambda: trees_predict(DEALS, GRANTS, STEPS[1:2], Fraction(50)),
        setting(turns.Turn, "tell", _tells(lambda _, kind, value: None if kind == "SoFar" else value)),
    ),
    "64: what was brought is told to one of two": (
        lambda: twins_have_one_tree(ran(plan(STEPS[:3]), DEALS, GRANTS)),
        setting(turns.Turn, "tell", _tells(_by_name)),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_breaks_the_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holds, plant = PLANTED[name]
    assert breaks(monkeypatch, plant, holds)
