"""The laws that the docstrings of quantities state, on drawn examples."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive.quantities import (
    CURRENCIES,
    PERIOD_KINDS,
    FiscalYear,
    Money,
    Number,
    Period,
    PeriodKind,
    RoundingMode,
    allocate,
    bits,
    bounds_rise,
    every_reached,
    exact_decimal,
    fixed,
    from_decimal,
    month_add,
    on_curve,
    parse_decimal,
    reached,
    round_to,
    show_number,
    slice_parts,
)

decimals = st.decimals(min_value=-(10**17), max_value=10**17, places=6)
numbers = st.integers(-(10**12), 10**12) | st.fractions(-(10**12), 10**12, max_denominator=1000)
steps = st.fractions(min_value=Fraction(1, 10000), max_value=100)
modes: st.SearchStrategy[RoundingMode] = st.sampled_from(get_args(RoundingMode))
days = st.dates(date(1902, 1, 1), date(2199, 1, 1))
years = st.builds(FiscalYear, starts_month=st.integers(1, 12), named_by=st.sampled_from(("start", "end")))
kinds = st.sampled_from(PERIOD_KINDS)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[Number, bool]]:
    """Draw rising bounds, some of them twice: `from X`, then `above X`."""
    bounds: list[tuple[Number, bool]] = []
    for start in sorted(draw(st.sets(st.integers(0, 30), min_size=1, max_size=6))):
        bounds += draw(st.sampled_from([[(start, True)], [(start, False)], [(start, True), (start, False)]]))
    return bounds


@given(decimals)
def test_reading_what_was_written_gives_the_number_back(value: Decimal) -> None:
    number = from_decimal(value)
    text = exact_decimal(number)

    assert number == Fraction(value)
    assert text is not None
    assert parse_decimal(text) == number
    assert parse_decimal(fixed(number, 6)) == number
    assert show_number(number) == text


@given(numbers)
def test_what_is_shown_without_a_mark_is_exact_and_with_one_is_cut(value: Number) -> None:
    text = show_number(value)
    cut = abs(Fraction(value)) - abs(Fraction(text.rstrip("…")))

    if text.endswith("…"):
        assert 0 < cut < Fraction(1, 10**12)
    else:
        assert cut == 0


@given(numbers, numbers)
def test_a_product_is_at_most_as_long_as_its_factors_together(left: Number, right: Number) -> None:
    assert bits(left * right) <= bits(left) + bits(right)


@given(numbers, steps, modes)
def test_a_rounded_value_is_a_multiple_less_than_a_step_away(value: Number, step: Fraction, mode: RoundingMode) -> None:
    rounded = round_to(value, step, mode)

    assert (rounded / step).denominator == 1
    assert abs(rounded - value) < step
    assert round_to(rounded, step, mode) == rounded


@given(numbers, steps)
def test_the_modes_stand_to_one_another_as_their_names_say(value: Number, step: Fraction) -> None:
    modes: tuple[RoundingMode, ...] = get_args(RoundingMode)
    by = {mode: round_to(value, step, mode) for mode in modes}

    assert by["floor"] <= value <= by["ceiling"]
    assert {by["down"], by["up"]} == {by["floor"], by["ceiling"]}
    assert abs(by["down"]) <= abs(Fraction(value)) <= abs(by["up"])
    assert 2 * abs(by["half_up"] - value) <= step
    assert abs(by["half_even"] - value) == abs(by["half_up"] - value)


@given(numbers, steps, st.sampled_from(("half_up", "half_even", "down", "up")))
def test_these_modes_do_not_care_for_the_sign(value: Number, step: Fraction, mode: RoundingMode) -> None:
    assert round_to(-value, step, mode) == -round_to(value, step, mode)


weights = st.lists(st.integers(0, 1000) | st.fractions(0, 10, max_denominator=60), min_size=1, max_size=8).filter(any)


@given(st.integers(-(10**6), 10**6), weights, steps)
def test_parts_add_up_and_stay_within_a_step_of_their_share(units: int, weights: list[Number], step: Fraction) -> None:
    total = units * step
    parts = allocate(total, weights, step)

    assert sum(parts) == total
    assert len(parts) == len(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights, Fraction())) < step
        assert weight or part == 0


@given(st.integers(-(10**6), 10**6), weights, steps)
def test_sharing_out_a_debt_mirrors_sharing_out_a_gain(units: int, weights: list[Number], step: Fraction) -> None:
    assert allocate(-units * step, weights, step) == tuple(-part for part in allocate(units * step, weights, step))


moneys = st.builds(Money, amount=numbers, currency=st.just("EUR"))


@given(moneys, moneys, moneys)
def test_the_order_of_a_sum_does_not_matter(one: Money, two: Money, three: Money) -> None:
    assert (one + two) + three == one + (three + two)
    assert one - one == Money(0, "EUR")


@given(numbers, st.sampled_from(sorted(CURRENCIES)))
def test_a_rounded_amount_can_be_paid(amount: Number, currency: str) -> None:
    rounded = Money(amount, currency).rounded()

    assert (rounded.exact * 10 ** CURRENCIES[currency]).denominator == 1
    assert isinstance(rounded.amount, Decimal)


@given(tables(), st.integers(-10, 40) | st.fractions(-10, 40, max_denominator=9))
def test_the_parts_of_a_value_add_up_to_what_lies_above_the_first_bound(
    bounds: list[tuple[Number, bool]], x: Number
) -> None:
    first = bounds[0][0]
    parts = slice_parts(x, bounds)

    assert bounds_rise(bounds)
    assert sum(parts) == (x if first == 0 else max(0, x - first))
    assert len(parts) == len(bounds)


@given(tables(), st.integers(-10, 40) | st.fractions(-10, 40, max_denominator=9))
def test_the_row_reached_is_the_last_of_those_reached(bounds: list[tuple[Number, bool]], x: Number) -> None:
    rows = every_reached(x, bounds)

    assert rows == tuple(range(len(rows)))
    assert reached(x, bounds) == (rows[-1] if rows else None)
    assert all(part == 0 for row, part in enumerate(slice_parts(x, bounds)) if row not in rows)


@given(st.sets(st.integers(-50, 50), min_size=2, max_size=6), st.data())
def test_a_curve_stays_between_the_points_on_both_sides(starts: set[int], data: st.DataObject) -> None:
    points = [(x, data.draw(st.integers(-100, 100))) for x in sorted(starts)]
    x = data.draw(st.fractions(points[0][0], points[-1][0], max_denominator=7))
    left = max(point for point in points if point[0] <= x)
    right = min(point for point in points if point[0] >= x)

    assert min(left[1], right[1]) <= on_curve(x, points) <= max(left[1], right[1])
    assert all(on_curve(at, points) == y for at, y in points)


@given(years, kinds, days)
def test_the_periods_of_a_kind_part_the_days(year: FiscalYear, kind: PeriodKind, day: date) -> None:
    period = year.period_of(kind, day)

    assert day in period
    assert period.end not in period
    assert year.period_of(kind, period.start) == year.period_of(kind, period.last) == period
    assert year.period_of(kind, period.end).start == period.end


@given(years, kinds, days)
def test_a_name_is_read_as_the_period_that_bears_it(year: FiscalYear, kind: PeriodKind, day: date) -> None:
    period = year.period_of(kind, day)

    assert year.parse(period.name) == period
    assert year.parse(period.name).name == period.name
    assert year.kind_of_name(period.name) == kind


@given(years, kinds, days)
def test_one_forward_and_one_back_is_where_it_was(year: FiscalYear, kind: PeriodKind, day: date) -> None:
    period = year.period_of(kind, day)

    assert year.previous(year.next(period)) == period == year.next(year.previous(period))
    assert year.previous(period, 3) == year.previous(year.previous(year.previous(period)))


@given(years, kinds, kinds, days)
def test_a_period_is_one_of_the_parts_of_what_it_belongs_to(
    year: FiscalYear, one: PeriodKind, other: PeriodKind, day: date
) -> None:
    shorter, longer = sorted((one, other), key=PERIOD_KINDS.index)
    period = year.period_of(shorter, day)
    whole = year.enclosing(period, longer)
    parts = year.parts(whole, shorter)

    assert period in parts
    assert all(year.enclosing(part, longer) == whole for part in parts)
    assert all(before.end == after.start for before, after in pairwise(parts))
    if shorter != "week":
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)


@given(years, kinds, days, st.integers(0, 800))
def test_the_periods_that_touch_a_stretch_are_those_of_its_days(
    year: FiscalYear, kind: PeriodKind, first: date, length: int
) -> None:
    stretch = [first + timedelta(days=n) for n in range(length + 1)]
    expected: list[Period] = []
    for day in stretch:
        if not expected or day not in expected[-1]:
            expected.append(year.period_of(kind, day))

    assert year.periods(kind, stretch[0], stretch[-1]) == tuple(expected)


@pytest.mark.parametrize("starts_month", range(1, 13))
@pytest.mark.parametrize("named_by", ["start", "end"])
def test_fiscal_quarters_are_those_one_counts_on_the_fingers(starts_month: int, named_by: str) -> None:
    year = FiscalYear(starts_month, "start" if named_by == "start" else "end")
    for begin in range(2015, 2019):
        months = [(begin + (starts_month - 1 + n) // 12, (starts_month - 1 + n) % 12 + 1) for n in range(12)]
        name = begin if named_by == "start" else months[-1][0]
        for n, (calendar_year, month) in enumerate(months):
            day = date(calendar_year, month, 28)
            mark = "" if starts_month == 1 else "FY"
            assert year.period_of("quarter", day).name == f"{mark}{name}-Q{n // 3 + 1}"
            assert year.period_of("half", day).name == f"{mark}{name}-H{n // 6 + 1}"
            assert year.period_of("year", day).name == f"{mark}{name}"
            assert year.parse(f"FY{name}-M{n + 1:02}").start == day.replace(day=1)


@given(years, kinds, days)
def test_the_same_period_last_year_is_a_year_before(year: FiscalYear, kind: PeriodKind, day: date) -> None:
    period = year.period_of(kind, day)
    before = year.same_last_year(period)

    if kind == "week":
        assert before.start.isocalendar().year == period.start.isocalendar().year - 1
        assert before.start.isocalendar().week in {period.start.isocalendar().week, 52}
    else:
        assert before.start == period.start.replace(year=period.start.year - 1)


@given(days, st.integers(-60, 60))
def test_a_month_that_is_too_short_has_its_end_between_down_and_up(day: date, n: int) -> None:
    down, up = month_add(day, n, "down"), month_add(day, n, "up")

    assert up - down in {timedelta(0), timedelta(days=1)}
    assert (down.year * 12 + down.month) - (day.year * 12 + day.month) == n
    assert (down == up) == (down.day == day.day)
