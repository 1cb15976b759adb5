"""Limits, gates and what is neutral: what a line may not pass, and what changes nothing (laws 21 to 23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive.engines import EngineChoice
from incentive.engines.reference import arithmetic, conditions
from tests.laws.plans import ENGINES, Lines, Plant, breaks, component, deal, few, head, lines, money, ran, setting

figures = st.lists(st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100)), min_size=1, max_size=8)
limits = st.integers(0, 6_000).map(lambda each: Fraction(each, 100))
engines = pytest.mark.parametrize("engine", ENGINES)
NOTHING = Fraction(0)
SOME = [Fraction(-40), Fraction(0), Fraction(90), Fraction(100), Fraction(500)]


def _paid(text: str, drawn: Sequence[Fraction], engine: EngineChoice) -> Callable[[str], list[Fraction]]:
    found: Lines = lines(ran(text, [deal(f"p{at}", x) for at, x in enumerate(drawn)], engine))
    return lambda name: [found[f"p{at}", name] for at in range(len(drawn))]


def limits_hold(engine: EngineChoice, low: Fraction, room: Fraction, drawn: Sequence[Fraction]) -> bool:
    """21: floor <= paid <= cap; a cap twice is a cap, keeps the order of figures, and above the line is nothing."""
    high, above = low + room, max(*drawn, Fraction(0)) + 1
    text = head()
    text += component("free", "pay 10% of revenue")
    text += component("capped", "pay 10% of revenue", f"cap {money(high)}")
    text += component("twice", "pay 10% of revenue", f"cap {money(high)}", f"cap {money(high)}")
    text += component("wide", "pay 10% of revenue", f"cap {money(above)}")
    text += component("both", "pay 10% of revenue", f"floor {money(low)}", f"cap {money(high)}")
    paid = _paid(text, drawn, engine)
    free, capped = paid("free"), paid("capped")
    steps = [
        (x - y, a - b) for x, a in zip(free, capped, strict=True) for y, b in zip(free, capped, strict=True) if x >= y
    ]
    return (
        all(low <= each <= high for each in paid("both"))
        and capped == paid("twice")
        and free == paid("wide")
        and all(0 <= moved <= step for step, moved in steps)
        and all(kept + max(x - high, Fraction(0)) == x for x, kept in zip(free, capped, strict=True))
    )


def caps_of_parts_pay_less(engine: EngineChoice, part: Fraction, whole: Fraction, drawn: Sequence[Fraction]) -> bool:
    """22: a capped sum is at most the sum; caps of the parts before one of the total leave at most that one alone."""
    text = head()
    for name, limit in (("one", []), ("other", []), ("one_capped", [part]), ("other_capped", [part])):
        text += component(
            name, f"pay {'10%' if 'one' in name else '7%'} of revenue", *(f"cap {money(each)}" for each in limit)
        )
    text += component("free", "pay one + other")
    text += component("total_only", "pay one + other", f"cap {money(whole)}")
    text += component("all_capped", "pay one_capped + other_capped", f"cap {money(whole)}")
    paid = _paid(text, drawn, engine)
    return all(
        most >= capped >= least
        for most, capped, least in zip(paid("free"), paid("total_only"), paid("all_capped"), strict=True)
    )


def neutral_is_nothing(
    engine: EngineChoice, drawn: Sequence[Fraction], one: str = "100%", nothing: str = "0 EUR"
) -> bool:
    """23: times one and plus nothing change no line."""
    text = head()
    text += component("plain", "pay 10% of revenue")
    text += component("times_one", f"pay {one} * (10% of revenue)")
    text += component("plus_nothing", f"pay 10% of revenue + {nothing}")
    text += component("per_one", "pay (10% of revenue) / 100%")
    paid = _paid(text, drawn, engine)
    return paid("plain") == paid("times_one") == paid("plus_nothing") == paid("per_one")


def a_gate_and_its_opposite_part_people(engine: EngineChoice, limit: Fraction, drawn: Sequence[Fraction]) -> bool:
    """23: through a gate or its opposite everybody is paid once, and a closed gate says why nothing is due."""
    text = head()
    for name, sign in (("met", ">="), ("missed", "<")):
        text += f"gate {name} {{\n  require revenue {sign} {money(limit)}\n  otherwise nothing\n}}\n"
    text += component("plain", "pay 10% of revenue + 5 EUR")
    text += component("through", "pay 10% of revenue + 5 EUR", "gated by met")
    text += component("beside", "pay 10% of revenue + 5 EUR", "gated by missed")
    run = ran(text, [deal(f"p{at}", x) for at, x in enumerate(drawn)], engine)
    found = lines(run)
    for at, x in enumerate(drawn):
        plain, through, beside = (found[f"p{at}", name] for name in ("plain", "through", "beside"))
        if (through, beside) != ((plain, NOTHING) if x >= limit else (NOTHING, plain)):
            return False
    closed = "beside" if drawn[0] >= limit else "through"
    said = str(run.explain("p0", closed))
    return "revenue" in said and money(abs(limit)) in said


@engines
@few(15)
@given(limits, limits, figures)
def test_limits_hold(engine: EngineChoice, low: Fraction, room: Fraction, drawn: list[Fraction]) -> None:
    assert limits_hold(engine, low, room, drawn)


@engines
@few(15)
@given(limits, limits, figures)
def test_caps_of_parts_pay_less(engine: EngineChoice, part: Fraction, whole: Fraction, drawn: list[Fraction]) -> None:
    assert caps_of_parts_pay_less(engine, part, whole, [abs(each) for each in drawn])


@engines
@few(15)
@given(figures)
def test_neutral_is_nothing(engine: EngineChoice, drawn: list[Fraction]) -> None:
    assert neutral_is_nothing(engine, drawn)


@engines
@few(15)
@given(limits, figures)
def test_a_gate_and_its_opposite_part_people(engine: EngineChoice, limit: Fraction, drawn: list[Fraction]) -> None:
    assert a_gate_and_its_opposite_part_people(engine, limit, drawn)


def _turned_round(terms: Any, *, largest: bool) -> Any:  # noqa: ANN401
    return HONEST(terms, largest=not largest)


HONEST = arithmetic._extreme
BLUNT = {"<": lambda one, other: one <= other, ">=": lambda one, other: one >= other}
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "21": (
        lambda: limits_hold("reference", Fraction(5), Fraction(10), SOME),
        setting(arithmetic, "_extreme", _turned_round),
    ),
    "22": (
        lambda: caps_of_parts_pay_less("reference", Fraction(5), Fraction(20), SOME[1:]),
        setting(arithmetic, "_extreme", _turned_round),
    ),
    "23 neutral": (
        lambda: neutral_is_nothing("reference", SOME),
        setting(arithmetic, "times", lambda one, other: Fraction(one * other) + Fraction(1, 1000)),
    ),
    "23 gates": (
        lambda: a_gate_and_its_opposite_part_people("reference", Fraction(100), SOME),
        setting(conditions, "_OPERATORS", BLUNT),
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)
