"""Six ways to round, one way to share out."""

from fractions import Fraction

import pytest

from incentive.quantities import ROUNDING_MODES, Number, RoundingMode, allocate, round_to

CENT = Fraction(1, 100)
QUARTERS = [Fraction(n, 4) for n in (-7, -6, -5, -2, -1, 0, 1, 2, 5, 6, 7, 10, 14)]

TABLE: dict[RoundingMode, list[int]] = {
    #           -1.75 -1.5 -1.25 -0.5 -0.25  0  .25 .5 1.25 1.5 1.75 2.5 3.5
    "half_up": [-2, -2, -1, -1, 0, 0, 0, 1, 1, 2, 2, 3, 4],
    "half_even": [-2, -2, -1, 0, 0, 0, 0, 0, 1, 2, 2, 2, 4],
    "down": [-1, -1, -1, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3],
    "up": [-2, -2, -2, -1, -1, 0, 1, 1, 2, 2, 2, 3, 4],
    "floor": [-2, -2, -2, -1, -1, 0, 0, 0, 1, 1, 1, 2, 3],
    "ceiling": [-1, -1, -1, 0, 0, 0, 1, 1, 2, 2, 2, 3, 4],
}


@pytest.mark.parametrize("mode", TABLE)
def test_each_mode_goes_its_way_on_both_sides_of_zero(mode: RoundingMode) -> None:
    assert [round_to(value, Fraction(1), mode) for value in QUARTERS] == TABLE[mode]


@pytest.mark.parametrize("mode", ["half_up", "half_even"])
@pytest.mark.parametrize("sign", [1, -1])
def test_what_is_hardly_more_or_less_than_half_is_no_tie(mode: RoundingMode, sign: int) -> None:
    for steps in range(1, 5):
        above, below = Fraction(steps + 1, 2 * steps + 1), Fraction(steps, 2 * steps + 1)
        assert [round_to(sign * each, Fraction(1), mode) for each in (above, below)] == [sign, 0]


def test_every_mode_is_in_the_table() -> None:
    assert set(TABLE) == set(ROUNDING_MODES)


def test_a_step_need_not_be_a_power_of_ten() -> None:
    assert round_to(Fraction(137, 1000), Fraction(1, 20), "half_up") == Fraction(3, 20)
    assert round_to(1250, Fraction(500), "half_up") == 1500


@pytest.mark.parametrize("step", [Fraction(0), Fraction(-1, 100)])
def test_a_step_that_is_not_positive_is_refused(step: Fraction) -> None:
    with pytest.raises(ValueError, match="step"):
        round_to(1, step, "down")
    with pytest.raises(ValueError, match="step"):
        allocate(1, [1], step)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match=f"^mode: expected one of {', '.join(TABLE)}, not 'half_down'$"):
        round_to(1, CENT, "half_down")  # type: ignore[arg-type] # what a program may pass that is not type checked


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (Fraction(100), [1, 1, 1], ["33.34", "33.33", "33.33"]),
        (Fraction(-100), [1, 1, 1], ["-33.34", "-33.33", "-33.33"]),
        (Fraction(1, 100), [1, 0, 5], ["0", "0", "0.01"]),
        (Fraction(2, 100), [1, 1, 1], ["0.01", "0.01", "0"]),
        (Fraction(0), [1, 2], ["0", "0"]),
        (Fraction(10), [Fraction(1, 3), Fraction(2, 3)], ["3.33", "6.67"]),
        (Fraction(10), [7], ["10"]),
    ],
)
def test_what_is_left_goes_to_whoever_lost_most_then_to_the_first(
    total: Fraction, weights: list[Number], parts: list[str]
) -> None:
    assert allocate(total, weights, CENT) == tuple(Fraction(part) for part in parts)


@pytest.mark.parametrize(
    ("total", "weights", "what"),
    [
        (1, [1, -1, 3], "^weights: expected no negative weight$"),
        (1, [0, 0], "^weights: expected one that is more than 0$"),
        (0, [], "^weights: expected one that is more than 0$"),
        (Fraction(1, 1000), [1], "^total: 0.001 is no multiple of the step 0.01$"),
    ],
)
def test_shares_that_make_no_sense_are_refused(total: Number, weights: list[Number], what: str) -> None:
    with pytest.raises(ValueError, match=what):
        allocate(total, weights, CENT)
