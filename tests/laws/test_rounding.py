"""Rounding: how far a line may lie from what is exact, what is the same on both sides of 0 (laws 34, 44 and 45)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive.engines import EngineChoice
from incentive.engines.reference import arithmetic
from incentive.quantities import ROUNDING_MODES, round_to
from incentive.results import Explanation
from tests.laws.plans import ENGINES, Plant, breaks, component, deal, few, head, lines, months, ran, setting

figures = st.lists(st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100)), min_size=1, max_size=8)
engines = pytest.mark.parametrize("engine", ENGINES)
HALVES = [Fraction(each, 100) for each in (-30, -10, -7, 0, 7, 10, 30, 31)]
ODD = ("half_up", "half_even", "down", "up")


def a_deal_and_its_reversal_are_nothing(engine: EngineChoice, mode: str, drawn: Sequence[Fraction]) -> bool:
    """34: a deal and its exact reversal a month later pay nothing in all, where the mode has no side.

    In one month they pay nothing in every mode, since the line is rounded once.
    """
    text = head(f"{mode} to 0.01 EUR") + component("line", "pay 5% of revenue")
    text += component("cut", "pay revenue by slice {\n    from 0 EUR: 5%\n    from 100 EUR: 8%\n  }")
    base = [deal(f"p{at}", 75) for at in range(len(drawn))]
    back = [deal(f"p{at}", -x, "2026-02-05") for at, x in enumerate(drawn)]
    there = [deal(f"p{at}", x) for at, x in enumerate(drawn)]
    year = months(ran(text, [*there, *back], engine, period=None))
    nothing = [
        sum((value or Fraction(0)) for key, value in year.items() if (key[0], key[2]) == (f"p{at}", "line")) == 0
        for at in range(len(drawn))
    ]
    at_once = [deal(f"p{at}", -x) for at, x in enumerate(drawn)]
    same = lines(ran(text, [*base, *there, *at_once], engine)) == lines(ran(text, base, engine))
    return all(nothing) and same


def _roundings(tree: Explanation) -> list[Fraction]:
    found: list[Fraction] = []
    todo = [tree]
    while todo:
        node = todo.pop()
        if node.rounding is not None:
            found.append(Fraction(node.rounding.step))
        todo.extend(node.children)
    return found


def _several(step: str) -> str:
    text = head(f"half_up to {step} EUR")
    text += component("one", "pay 3.3% of revenue") + component("other", "pay 12.55% of revenue")
    return text + component("both", "pay one + other + 0.77% of revenue")


def every_rounding_moves_half_a_step(engine: EngineChoice, drawn: Sequence[Fraction]) -> bool:
    """44: what is paid is within half a cent of what is exact, for each rounding in the explanation."""
    rows = [deal(f"p{at}", x) for at, x in enumerate(drawn)]
    run = ran(_several("0.01"), rows, engine)
    paid, exact = lines(run), lines(ran(_several("0.000000001"), rows, engine))
    steps = {name: _roundings(run.explain("p0", name)) for name in ("one", "other", "both")}
    near = all(abs(paid[key] - exact[key]) <= sum(steps[key[1]], Fraction(0)) / 2 for key in paid)
    return near and [len(steps[name]) for name in ("one", "other", "both")] == [1, 1, 3]


def ties_go_where_the_plan_says(engine: EngineChoice) -> bool:
    """44: half a cent goes away from 0, or to the even cent, the same way on both sides of 0."""
    rows = [deal(f"p{at}", x) for at, x in enumerate(HALVES)]  # 5 % of 10 and of 30 cents are ties
    wanted = {"half_up": [-2, -1, 0, 0, 0, 1, 2, 2], "half_even": [-2, 0, 0, 0, 0, 0, 2, 2]}
    for mode, cents in wanted.items():
        found = lines(ran(head(f"{mode} to 0.01 EUR") + component("line", "pay 5% of revenue"), rows, engine))
        if [found[f"p{at}", "line"] * 100 for at in range(len(HALVES))] != cents:
            return False
    return True


def rounding_is_a_rounding(engine: EngineChoice, mode: str, drawn: Sequence[Fraction]) -> bool:
    """45: rounding again changes nothing, more is never less, modes without a side are odd."""
    text = head(f"{mode} to 0.01 EUR")
    text += component("line", "pay 3.3% of revenue") + component("again", "pay line")
    text += component("within", "pay round(line, 0.01 EUR)") + component("other_side", "pay -(3.3% of revenue)")
    found = lines(ran(text, [deal(f"p{at}", x) for at, x in enumerate(sorted(drawn))], engine))

    def paid(name: str) -> list[Fraction]:
        return [found[f"p{at}", name] for at in range(len(drawn))]

    return (
        paid("line") == paid("again") == paid("within")
        and all(low <= high for low, high in pairwise(paid("line")))
        and (mode not in ODD or paid("other_side") == [-each for each in paid("line")])
    )


@engines
@pytest.mark.parametrize("mode", ODD)
@few(8)
@given(figures)
def test_a_deal_and_its_reversal_are_nothing(engine: EngineChoice, mode: str, drawn: list[Fraction]) -> None:
    assert a_deal_and_its_reversal_are_nothing(engine, mode, drawn)


@pytest.mark.parametrize("mode", ["floor", "ceiling"])
def test_a_reversal_a_month_later_leaves_a_cent_where_the_mode_has_a_side(mode: str) -> None:
    """The condition of law 34 is needed: with `floor` a deal of 7 cents and its reversal pay 0.00 and -0.01."""
    assert not a_deal_and_its_reversal_are_nothing("reference", mode, [Fraction(7, 100)])


@engines
@few(15)
@given(figures)
def test_every_rounding_moves_half_a_step_at_most(engine: EngineChoice, drawn: list[Fraction]) -> None:
    assert every_rounding_moves_half_a_step(engine, drawn)


@engines
def test_ties_go_where_the_plan_says(engine: EngineChoice) -> None:
    assert ties_go_where_the_plan_says(engine)


@engines
@pytest.mark.parametrize("mode", ROUNDING_MODES)
@few(8)
@given(figures)
def test_rounding_is_a_rounding(engine: EngineChoice, mode: str, drawn: list[Fraction]) -> None:
    assert rounding_is_a_rounding(engine, mode, drawn)


@engines
def test_rounding_twice_is_not_rounding_once(engine: EngineChoice) -> None:
    """Law 45 says so of a finer step first: 0.4949 is 0.495 to the tenth of a cent, and then half a cent goes up."""
    text = head("half_up to 0.01 EUR") + component("once", "pay 1.01% of revenue")
    text += component("twice", "pay round(1.01% of revenue, 0.001 EUR)")
    assert lines(ran(text, [deal("Ana", 49)], engine)) == {
        ("Ana", "once"): Fraction(49, 100),
        ("Ana", "twice"): Fraction(1, 2),
    }


def _floor(value: Any, step: Fraction, mode: Any) -> Fraction:  # noqa: ANN401
    return round_to(value, step, "floor" if mode == "half_up" else mode)


def _half_floor(value: Any, step: Fraction, mode: Any) -> Fraction:  # noqa: ANN401, ARG001
    return round_to(value + step / 2, step, "floor")


def _on(value: Any, step: Fraction, mode: Any) -> Fraction:  # noqa: ANN401
    return round_to(value, step, mode) + step


PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "34": (
        lambda: a_deal_and_its_reversal_are_nothing("reference", "half_up", HALVES),
        setting(arithmetic, "round_to", _half_floor),
    ),
    "44": (lambda: every_rounding_moves_half_a_step("reference", HALVES), setting(arithmetic, "round_to", _floor)),
    "44 ties": (lambda: ties_go_where_the_plan_says("reference"), setting(arithmetic, "round_to", _half_floor)),
    "45 odd": (
        lambda: rounding_is_a_rounding("reference", "half_up", [each * 50 for each in HALVES]),
        setting(arithmetic, "round_to", _half_floor),
    ),
    "45 again": (
        lambda: rounding_is_a_rounding("reference", "floor", HALVES),
        setting(arithmetic, "round_to", _on),
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)
