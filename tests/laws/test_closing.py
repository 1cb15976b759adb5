"""Closed periods: whatever came when, what was paid and corrected is what is known now (laws 38, 43 and 57)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive import closing
from incentive.closing import closed, correcting
from incentive.engines import EngineChoice
from tests.laws.plans import ENGINES, Plant, Row, breaks, component, few, head, plain, setting

engines = pytest.mark.parametrize("engine", ENGINES)
PLAN = (
    head().replace("facts deals {", "facts deals {\n  key id: text")
    + "input goal: money per participant per month\n"
    + component(
        "own",
        "pay revenue over year to date by slice {\n    from 0 EUR: 5%\n    from 1 000 EUR: 9%\n  }",
        "accumulate over year",
    )
    + component("extra", "pay 100 EUR", "when revenue >= goal")
    + "settlement {\n  add own, extra\n  cap 400 EUR per quarter carry excess\n  draw 50 EUR per month recoverable\n}\n"
)
Change = tuple[int, int, int, bool]
"""A deal: its month, the close by which it is known, its cents, and whether the next close knows it no more."""
cents = st.integers(-100_000, 300_000)
changes = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 5), cents, st.booleans()), max_size=10)


def data(drawn: Sequence[Change], close: int, goal: int) -> incentive.Dataset:
    """What is known at a close."""
    rows: list[Row] = []
    for at, (month, known, amount, undone) in enumerate(drawn):
        if known <= close and not (undone and close > known):
            day = f"2026-{month + 1:02}-{at + 10}"
            rows.append({"id": f"D-{at}", "owner": "Ana", "amount": plain(Fraction(amount, 100)), "closed_on": day})
    goals = {("Ana", f"2026-{at:02}"): str(goal + (50 if close > 2 else 0)) for at in range(1, 13)}
    return incentive.Dataset.from_rows(tables={"deals": rows}, people=[{"who": "Ana"}], inputs={"goal": goals})


def closes(drawn: Sequence[Change], ends: Sequence[int], engine: EngineChoice = "reference") -> list[incentive.Run]:
    """Runs that close the year in some parts, each on what is known then."""
    plan, runs = incentive.parse(PLAN), list[incentive.Run]()
    first = 1
    for close, last in enumerate(ends):
        state = incentive.Closed.from_json(runs[-1].close().to_json()) if runs else None
        months = {"since": f"2026-{first:02}", "until": f"2026-{last:02}"}
        runs.append(plan.run(data(drawn, close, 500), **months, after=state, engine=engine))  # type: ignore[arg-type]
        first = last + 1
    return runs


def nothing_is_lost(drawn: Sequence[Change], ends: Sequence[int], engine: EngineChoice = "reference") -> bool:
    """Law 38: what was due in all closes is what the last data gives, of a person and in total."""
    runs = closes(drawn, ends, engine)
    whole = incentive.parse(PLAN).run(data(drawn, len(ends) - 1, 500), engine=engine)
    paid = sum((Fraction(each["paid"].amount.exact) for each in whole.settlements if each["paid"].amount), Fraction(0))
    return paid == sum((Fraction(each.due.exact) for run in runs for each in run.payments), Fraction(0))


def one_by_one_is_together(drawn: Sequence[Change], ends: Sequence[int]) -> bool:
    """Law 43: on the same data, months closed one by one leave what the year at once leaves."""
    plan, known, state = incentive.parse(PLAN), data(drawn, 5, 500), None
    first = 1
    for last in ends:
        run = plan.run(known, since=f"2026-{first:02}", until=f"2026-{last:02}", after=state)
        if run.corrections:
            return False
        state, first = run.close(), last + 1
    whole = plan.run(known).close()
    return state is not None and evolve(state, previous=None).id == whole.id


def the_same_twice(drawn: Sequence[Change]) -> bool:
    """Law 57: the same inputs give the same state, whatever the order of rows; other inputs another one."""
    plan, known = incentive.parse(PLAN), data(drawn, 5, 500)
    once = plan.run(known).close()
    again = incentive.parse(PLAN).run(data(drawn, 5, 500)).close()
    other = plan.run(data(drawn, 5, 501)).close()
    return once.id == again.id and once.to_json() == again.to_json() and once.id != other.id


ends = st.sets(st.integers(1, 11), max_size=5).map(lambda found: [*sorted(found), 12])


@engines
@few(25)
@given(drawn=changes, parts=ends)
def test_what_was_paid_and_corrected_is_what_is_known(
    drawn: list[Change], parts: list[int], engine: EngineChoice
) -> None:
    assert nothing_is_lost(drawn, parts, engine)


@few(15)
@given(drawn=changes, seed=st.integers(0, 99))
def test_the_order_in_which_changes_come_is_nothing(drawn: list[Change], seed: int) -> None:
    known = [0, 1, 2, 3]
    Random(seed).shuffle(known)
    moved = [(month, known[at % 4], amount, False) for at, (month, _, amount, _) in enumerate(drawn)]
    first = [(month, 0, amount, False) for month, _, amount, _ in drawn]
    totals = [
        sum((Fraction(each.due.exact) for run in closes(one, [2, 5, 9, 10, 12]) for each in run.payments), Fraction(0))
        for one in (moved, first)
    ]
    assert totals[0] == totals[1]


@few(15)
@given(drawn=changes, parts=ends)
def test_one_by_one_is_together(drawn: list[Change], parts: list[int]) -> None:
    assert one_by_one_is_together(drawn, parts)


@few(15)
@given(drawn=changes)
def test_the_same_inputs_have_the_same_state(drawn: list[Change]) -> None:
    assert the_same_twice(drawn)


def _forgets_what_is_gone(*given: Any) -> Any:  # noqa: ANN401 - as what it stands for
    return (each for each in _changed(*given) if each[1] == 0)


_changed = closed.changed


def _published_of_the_first_day(*given: Any, **more: Any) -> closed.Closed:  # noqa: ANN401 - as what it stands for
    made = _close(*given, **more)
    after = given[4]
    return made if after is None else evolve(made, figures={**made.figures, **after.figures})


_close = closing.close
SAMPLE: list[Change] = [(at % 12, at % 5, 40_000 + 9_000 * at, at % 3 == 0) for at in range(12)]
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "38: only figures of which nothing was published are corrected": (
        lambda: nothing_is_lost(SAMPLE, [2, 4, 7, 9, 12]),
        setting(correcting, "changed", _forgets_what_is_gone),
    ),
    "38: a correction is not remembered": (
        lambda: nothing_is_lost(SAMPLE, [2, 4, 7, 9, 12]),
        setting(closing, "close", _published_of_the_first_day),
    ),
    "43: the periods before are not carried on": (
        lambda: one_by_one_is_together(SAMPLE, [2, 12]),
        setting(
            closing,
            "close",
            lambda *given, **more: evolve(_close(*given, **more), periods=tuple(p.name for p in given[2].periods)),
        ),
    ),
    "57: inputs are not part of the state": (
        lambda: the_same_twice(SAMPLE),
        setting(closing, "close", lambda *given, **more: evolve(_close(*given, **more), data="")),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_breaks_the_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holds, plant = PLANTED[name]
    assert breaks(monkeypatch, plant, holds)
