"""Settlements: what was earned is paid, waits, was paid before, or is named as lost, at any date (laws 7 and 8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Final

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import turns
from incentive.results import Settlement, reconcile
from incentive.tree import CapOver, Draw, FloorAt
from tests.laws.plans import ENGINES, Plant, breaks, few, plain, setting

engines = pytest.mark.parametrize("engine", ENGINES)
MONTHS: Final = 30
HEAD = """incentive 1 en
plan "Settled" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2025-01-01 until 2027-06-30
}
input line:   money per participant per month
input active: yes_no per participant per month
gate working {
  require active
  otherwise hold
}
component own {
  pay line
  gated by working
}
settlement {
  add own
STEPS}
"""
STEPS: Final = (
    "draw 500 EUR per month recoverable",
    "draw 500 EUR per month recoverable from 2025-02 until 2026-05, balance carried",
    "draw 500 EUR per month recoverable from 2025-02 until 2026-05, balance due",
    "draw 500 EUR per month recoverable from 2025-02 until 2026-05, balance forgiven",
    "draw 500 EUR per month guaranteed",
    "cap 1 500 EUR per quarter",
    "cap 900 EUR per month carry excess",
    "cap 4 000 EUR per year carry excess",
    "floor 0 EUR carry shortfall",
    "floor 100 EUR",
    "hold below 200 EUR",
    "release own in 4 months",
)
cents = st.integers(-150_000, 300_000).map(lambda each: Fraction(each, 100))
months = st.lists(st.tuples(cents, st.booleans()), min_size=MONTHS, max_size=MONTHS)
some = st.lists(st.sampled_from(STEPS), min_size=1, max_size=4, unique_by=lambda step: step.split()[0])


def settled(steps: Sequence[str], lines: Sequence[tuple[Fraction, bool]], engine: EngineChoice) -> incentive.Run:
    """Thirty months of two people, one of whom has the months the other way round."""
    plan = incentive.parse(HEAD.replace("STEPS", "".join(f"  {each}\n" for each in steps)))
    inputs: dict[str, dict[tuple[str, str], object]] = {"line": {}, "active": {}}
    for who, turn in (("Ana", 1), ("Bob", -1)):
        for period, (line, active) in zip(plan.periods, lines[::turn], strict=True):
            inputs["line"][who, period.name] = plain(line)
            inputs["active"][who, period.name] = active
    people = [{"who": "Ana"}, {"who": "Bob"}]
    data = incentive.Dataset.from_rows(tables={}, people=people, inputs=inputs, timezone="UTC")
    return plan.run(data, engine=engine)


def adds_up(run: incentive.Run) -> bool:
    """Whether the equation holds of everybody in every period, and each begins with what the one before left."""
    left: dict[str, Fraction] = {}
    steps = run.plan.tree.settlement
    assert steps is not None
    for each in run.settlements:
        if each.pending:
            left.pop(each.participant, None)
            continue
        found = reconcile([each], run.plan.currency)
        before = left.get(each.participant)
        left[each.participant] = Fraction(found.balance.exact)
        if not found.holds or (before is not None and before != found.brought.exact):
            return False
        if not all(_keeps(step, made) for step, made in zip(steps.steps, each.steps, strict=True)):
            return False
        if found.balance.exact != _named(each) + _unnamed(run, each):
            return False
        if not _parts_add_up(each):
            return False
    return True


def _parts_add_up(made: Settlement) -> bool:
    """Whether what components earned, what of it is due and what waits are those of the person."""
    parts = [each for each in made.components.values() if each is not None]
    sums = {
        name: sum((Fraction(getattr(each, name).exact) for each in parts), Fraction(0))
        for name in ("earned", "payable")
    }
    held = sum((Fraction(each.held.exact) for each in parts), Fraction(0))
    kept = {step.kind for step in made.steps}
    return (
        len(parts) == len(made.components)
        and all(sums[name] == _of(made, name) for name in sums)
        and ("hold" in kept or "held" not in made.results or held == _of(made, "held"))
    )


def _keeps(step: object, made: Any) -> bool:  # noqa: ANN401 - a step of a settlement
    """Whether a step that only keeps gave nothing and lost nothing, and no balance is below 0."""
    if getattr(step, "leaving", None):
        return True
    keeps = (
        (isinstance(step, Draw) and step.recoverable and step.balance != "forgiven")
        or (isinstance(step, CapOver | FloorAt) and step.carry)
        or made.kind in {"hold", "release"}
    )
    if made.kind in {"draw", "floor"} and made.balance.exact < 0:
        return False
    sign = -1 if made.kind in {"draw", "floor", "clawback"} else 1
    gone = made.after.exact - made.before.exact + sign * (made.balance.exact - made.brought.exact)
    return not keeps or gone == 0


def _named(made: Settlement) -> Fraction:
    """What the results say that waits, less what they say that is owed."""
    signs = {"held": 1, "cap_balance": 1, "draw_balance": -1, "floor_balance": -1, "clawback_balance": -1}
    return sum(
        (Fraction(sign * each.amount.exact) for name, sign in signs.items()
         if (each := made.results.get(name)) is not None and each.amount is not None),
        Fraction(0),
    )  # fmt: skip


def _unnamed(run: incentive.Run, made: Settlement) -> Fraction:
    """What waits below a cap that loses it at the end of its period, which no result names."""
    assert run.plan.tree.settlement is not None
    return sum(
        (
            Fraction(each.balance.exact)
            for step, each in zip(run.plan.tree.settlement.steps, made.steps, strict=True)
            if isinstance(step, CapOver) and not step.carry and each.balance is not None
        ),
        Fraction(0),
    )


@engines
@few(25)
@given(steps=some, lines=months)
def test_what_was_earned_is_somewhere(
    steps: list[str], lines: list[tuple[Fraction, bool]], engine: EngineChoice
) -> None:
    assert adds_up(settled(steps, lines, engine))


def draws_are_owed(lines: Sequence[tuple[Fraction, bool]]) -> bool:
    """Law 8: all that a recoverable draw paid ahead is owed, and each month in force pays it at least."""
    run = settled([STEPS[0]], [(line, True) for line, _ in lines], "reference")
    for who in ("Ana", "Bob"):
        made = [each for each in run.settlements if each.participant == who]
        sums = {name: sum(_of(each, name) for each in made) for name in ("earned", "paid")}
        if sums["paid"] != sums["earned"] + _of(made[-1], "draw_balance"):
            return False
        if any(_of(each, "paid") < 500 or _of(each, "draw_balance") < 0 for each in made):
            return False
    return True


def guarantees_are_given(lines: Sequence[tuple[Fraction, bool]]) -> bool:
    """Law 8: with a guarantee each month pays the larger of both, and nothing is owed."""
    run = settled([STEPS[4]], [(line, True) for line, _ in lines], "reference")
    return all(_of(each, "paid") == max(_of(each, "earned"), Fraction(500)) for each in run.settlements)


def _of(made: Settlement, name: str) -> Fraction:
    amount = made[name].amount
    assert amount is not None
    return Fraction(amount.exact)


@few(20)
@given(lines=months)
def test_draws_are_owed_and_guarantees_are_given(lines: list[tuple[Fraction, bool]]) -> None:
    assert draws_are_owed(lines)
    assert guarantees_are_given(lines)


def _loses_a_cent(act: Callable[..., Any]) -> Callable[..., Any]:
    def lifted(self: turns.Turn, *given: Any, **more: Any) -> Any:  # noqa: ANN401 - as what it stands for
        made, how = act(self, *given, **more)
        owed = made.memory.balance
        return evolve(made, memory=turns.Memory(max(owed - Fraction(1, 100), 0))), how

    return lifted


def _holds_too_little(act: Callable[..., Any]) -> Callable[..., Any]:
    def hold(self: turns.Turn) -> Any:  # noqa: ANN401 - as what it stands for
        made, how = act(self)
        return evolve(made, memory=turns.Memory(0)), how

    return hold


SAMPLE = [(Fraction(at * 7919 % 3000 - 900), at % 3 != 0) for at in range(MONTHS)]
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "7: what is too small is dropped": (
        lambda: adds_up(settled([STEPS[10]], SAMPLE, "reference")),
        setting(turns.Turn, "hold", _holds_too_little(turns.Turn.hold)),
    ),
    "8: a draw of which a cent is forgotten": (
        lambda: draws_are_owed(SAMPLE),
        setting(turns.Turn, "lifted", _loses_a_cent(turns.Turn.lifted)),
    ),
    "7: a draw of which a cent is forgotten": (
        lambda: adds_up(settled([STEPS[0], STEPS[8]], SAMPLE, "reference")),
        setting(turns.Turn, "lifted", _loses_a_cent(turns.Turn.lifted)),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_breaks_the_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holds, plant = PLANTED[name]
    assert breaks(monkeypatch, plant, holds)
