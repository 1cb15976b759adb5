"""The arithmetic of columns against fractions: in every lane a figure is exact, or lies between its ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from random import Random

import polars as pl
import pytest

from incentive.columns import Between, Figure, NotLoweredError, Num, Truth, Widths
from incentive.engines.columnar.enclosures import UNIT
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.quantities import ROUNDING_MODES, RoundingMode, round_to

ROWS = 24
WIDTHS = (Widths(), Widths(20, 44), Widths(8, 20))
LANES = ("integer", "pair", "enclosure")
STEPS = (Fraction(1, 100), Fraction(1, 20), Fraction(1), Fraction(1, 4), Fraction(10))
TESTS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
}
Known = list[Fraction | None]


def drawn(random: Random, lane: str, numbers: Numbers) -> tuple[Figure, Known]:
    """A figure in a lane, and what it is; None where it is missing."""
    scale = random.choice([1, 100, 1000, 3])
    tops = [random.choice([0, 1, -1, 50, 100, -100, random.randint(-5000, 5000)]) for _ in range(ROWS)]
    bottoms = [random.choice([1, 2, 3, 7, 100]) if lane != "integer" else 1 for _ in range(ROWS)]
    gone = [random.random() < 0.15 for _ in range(ROWS)] if random.random() < 0.5 else None
    known: Known = [Fraction(top, bottom * scale) for top, bottom in zip(tops, bottoms, strict=True)]
    column = None if lane == "integer" else pl.Series(bottoms, dtype=pl.Int64)
    found: Figure = Num(
        pl.Series(tops, dtype=pl.Int64),
        scale,
        max(map(abs, tops)),
        column,
        max(bottoms),
        None if gone is None else pl.Series(gone),
    )
    if random.random() < 0.1 and lane == "integer":
        value = Fraction(random.randint(-50, 50), random.choice([1, 3, 100]))
        return constant(value), [value] * ROWS
    if lane == "enclosure":
        found = numbers.between(found)
    if gone is not None:
        known = [None if lost else each for each, lost in zip(known, gone, strict=True)]
    return found, known


def check(found: Figure, expected: Known) -> None:
    """See that each row is missing, in doubt, exact, or enclosed."""
    gone = [False] * ROWS if found.gone is None else found.gone.to_list()
    assert gone == [each is None for each in expected]
    doubt = [False] * ROWS if found.doubt is None else found.doubt.to_list()
    rows = [at for at, each in enumerate(expected) if each is not None and not doubt[at]]
    if isinstance(found, Between):
        low, high = (each.to_physical().to_list() for each in (found.low, found.high))
        for at in rows:
            value = expected[at]
            assert value is not None
            assert Fraction(int(low[at]), UNIT) <= value <= Fraction(int(high[at]), UNIT)
            assert abs(value) <= found.most
        return
    tops = [found.top] * ROWS if isinstance(found.top, int) else found.top.to_list()
    if len(tops) == 1:
        tops *= ROWS
    bottoms = [1] * ROWS if found.bottom is None else found.bottom.to_list()
    for at in rows:
        bottom = bottoms[at if len(bottoms) > 1 else 0]
        assert bottom > 0
        assert Fraction(tops[at], bottom * found.scale) == expected[at]
        assert abs(tops[at]) <= found.most
        assert bottom <= found.most_bottom


def check_truth(found: Truth, expected: list[bool | None]) -> None:
    gone = [False] * ROWS if found.gone is None else found.gone.to_list()
    assert gone == [each is None for each in expected]
    doubt = [False] * ROWS if found.doubt is None else found.doubt.to_list()
    holds = found.holds.to_list()
    if len(holds) == 1:
        holds *= ROWS
    for at, each in enumerate(expected):
        if each is None:
            assert not holds[at]  # INVARIANT: what is missing does not hold
        elif not doubt[at]:
            assert holds[at] == each


def pairs(seed: str, times: int = 8) -> Iterator[tuple[Random, Numbers, Figure, Known, Figure, Known]]:
    random = Random(seed)
    for lanes in product(LANES, LANES):
        for _ in range(times):
            numbers = Numbers(ROWS, random.choice(WIDTHS))
            one, left = drawn(random, lanes[0], numbers)
            other, right = drawn(random, lanes[1], numbers)
            yield random, numbers, one, left, other, right


def both(how: Callable[[Fraction, Fraction], Fraction | None], left: Known, right: Known) -> Known:
    return [None if a is None or b is None else how(a, b) for a, b in zip(left, right, strict=True)]


OPERATIONS: dict[str, tuple[str, Callable[[Fraction, Fraction], Fraction | None]]] = {
    "sum": ("add", lambda one, other: one + other),
    "difference": ("subtract", lambda one, other: one - other),
    "product": ("multiply", lambda one, other: one * other),
    "quotient": ("divide", lambda one, other: one / other if other else None),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_are_exact_or_enclose(name: str) -> None:
    method, how = OPERATIONS[name]
    done = 0
    for _, numbers, one, left, other, right in pairs(name):
        expected = both(how, left, right)
        try:
            found: Figure = getattr(numbers, method)(one, other)
        except NotLoweredError:
            continue
        if isinstance(found, Between) and found.doubt is not None:  # a divisor that may be zero is neither
            doubt = found.doubt.to_list()
            gone = [False] * ROWS if found.gone is None else found.gone.to_list()
            expected = [None if gone[at] else Fraction(0) if doubt[at] else each for at, each in enumerate(expected)]
        check(found, expected)
        done += 1
    assert done > 40


@pytest.mark.parametrize("how", TESTS)
def test_comparisons_are_right_or_in_doubt(how: str) -> None:
    for _, numbers, one, left, other, right in pairs(f"compare {how}", 5):
        expected = [None if a is None or b is None else TESTS[how](a, b) for a, b in zip(left, right, strict=True)]
        check_truth(numbers.compare(how, one, other), expected)


@pytest.mark.parametrize("largest", [True, False])
def test_extremes_and_choices(largest: bool) -> None:
    for random, numbers, one, left, other, right in pairs(f"extreme {largest}"):
        pick = max if largest else min
        check(numbers.extreme(one, other, largest=largest), both(pick, left, right))
        holds = [random.random() < 0.5 for _ in range(ROWS)]
        chosen = numbers.choose(Truth(pl.Series(holds)), one, other)
        check(chosen, [a if here else b for a, b, here in zip(left, right, holds, strict=True)])
        check(numbers.negate(one), [None if a is None else -a for a in left])


@pytest.mark.parametrize("mode", ROUNDING_MODES)
def test_rounding_is_right_or_in_doubt(mode: RoundingMode) -> None:
    random = Random(f"round {mode}")
    sure = 0
    for lane in LANES * 12:
        numbers = Numbers(ROWS, random.choice(WIDTHS))
        value, known = drawn(random, lane, numbers)
        step = random.choice(STEPS)
        found = numbers.round(value, step, mode)
        check(found, [None if each is None else round_to(each, step, mode) for each in known])
        sure += ROWS - (0 if found.doubt is None else int(found.doubt.sum()))
    assert sure > 300


def test_a_zero_beside_a_long_number_fits() -> None:
    numbers = Numbers(2, Widths())
    nothing = Num(pl.Series([0, 0], dtype=pl.Int64), 1, 0)
    long = Num(pl.Series([10**30, 1], dtype=pl.Int128), 1, 10**30)
    quotient = numbers.divide(nothing, long)
    assert numbers.compare("<", quotient, numbers.divide(long, long)).holds.to_list() == [True, True]
    product_ = numbers.multiply(nothing, long)
    assert isinstance(product_, Num)
    assert numbers.column(product_.top, product_.most).to_list() == [0, 0]
