"""Which row, and how much of it."""

from fractions import Fraction

import pytest

from incentive.quantities import Number, bounds_rise, every_reached, on_curve, reached, slice_parts

FROM_0 = [(0, True), (100, True), (200, False)]
FROM_50 = [(50, False), (100, True)]


@pytest.mark.parametrize(
    ("x", "row"),
    [(-1, 0), (0, 0), (Fraction(199, 2), 0), (100, 1), (200, 1), (Fraction(401, 2), 2), (10**9, 2)],
)
def test_a_bound_belongs_to_the_row_that_owns_it(x: Number, row: int) -> None:
    assert reached(x, FROM_0) == row


@pytest.mark.parametrize(("x", "row"), [(-1, None), (50, None), (51, 0), (100, 1)])
def test_below_the_first_row_there_is_none(x: Number, row: int | None) -> None:
    assert reached(x, FROM_50) == row


def test_every_row_on_the_way_is_reached() -> None:
    assert [every_reached(x, FROM_0) for x in (-1, 0, 100, 201)] == [(0,), (0,), (0, 1), (0, 1, 2)]
    assert [every_reached(x, FROM_50) for x in (-1, 50, 51, 100)] == [(), (), (0,), (0, 1)]


def test_nothing_above_zero_is_not_reached_by_zero() -> None:
    assert [reached(x, [(0, False), (10, True)]) for x in (-1, 0, 1)] == [0, None, 0]


@pytest.mark.parametrize(
    ("x", "parts"),
    [(-30, (-30, 0, 0)), (0, (0, 0, 0)), (100, (100, 0, 0)), (150, (100, 50, 0)), (1000, (100, 100, 800))],
)
def test_a_value_is_cut_at_the_bounds(x: Number, parts: tuple[Number, ...]) -> None:
    assert slice_parts(x, FROM_0) == parts


def test_a_part_of_one_is_cut_too() -> None:
    bounds: list[tuple[Number, bool]] = [(0, True), (Fraction(1, 2), True)]
    assert slice_parts(Fraction(3, 4), bounds) == (Fraction(1, 2), Fraction(1, 4))
    assert every_reached(Fraction(3, 4), bounds) == (0, 1)


@pytest.mark.parametrize(("x", "parts"), [(-1, (0, 0)), (50, (0, 0)), (75, (25, 0)), (130, (50, 30))])
def test_what_lies_below_the_first_bound_is_in_no_row(x: Number, parts: tuple[Number, ...]) -> None:
    assert slice_parts(x, FROM_50) == parts


def test_a_table_without_rows_gives_nothing() -> None:
    assert slice_parts(5, []) == ()
    assert every_reached(-5, []) == ()
    assert reached(5, []) is None
    assert bounds_rise([])


@pytest.mark.parametrize(
    ("bounds", "rise"),
    [
        ([(0, True), (1, True)], True),
        ([(0, True), (0, False)], True),
        ([(0, False), (0, True)], False),
        ([(0, True), (0, True)], False),
        ([(0, False), (0, False)], False),
        ([(0, True), (2, True), (1, True)], False),
    ],
)
def test_rows_begin_one_after_the_other(bounds: list[tuple[Number, bool]], rise: bool) -> None:
    assert bounds_rise(bounds) is rise


def test_from_and_above_the_same_bound_hold_the_bound_and_the_rest() -> None:
    bounds = [(0, True), (100, True), (100, False)]

    assert [reached(x, bounds) for x in (99, 100, 101)] == [0, 1, 2]
    assert slice_parts(150, bounds) == (100, 0, 50)


@pytest.mark.parametrize(
    ("x", "y"),
    [(79, 0), (80, 50), (90, 75), (Fraction(241, 3), Fraction(305, 6)), (100, 100), (110, 150), (120, 200), (999, 200)],
)
def test_a_curve_is_straight_between_its_points_and_flat_after_the_last(x: Number, y: Number) -> None:
    assert on_curve(x, [(80, 50), (100, 100), (120, 200)]) == y


def test_a_curve_of_one_point_is_a_step_and_of_none_is_refused() -> None:
    assert [on_curve(x, [(80, 50)]) for x in (79, 80, 81)] == [0, 50, 50]
    with pytest.raises(ValueError, match=r"^points: expected at least one$"):
        on_curve(1, [])
