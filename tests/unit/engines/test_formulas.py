"""Each kind of node, on small formulas."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import get_args

import pytest

from incentive import tree as t
from incentive.diagnostics import Span, UsageError
from incentive.engines import compile_plan, explain_given, pay
from incentive.engines.reference import BUILDERS
from incentive.engines.reference.dates import Calendar, moved
from incentive.quantities import MAX_BITS
from incentive.quantities.moments import Moment
from incentive.results import Payout, Value, readd
from tests.unit.engines.samples import (
    MONEY,
    MONTH,
    RATIO,
    YEAR,
    YEAR_TO_DATE,
    YES_NO,
    accumulated,
    by_quota,
    eur,
    given,
    line,
    measured,
    number,
    period,
    plan,
    plus,
    rounded,
    slices,
    times,
    typed,
)

REVENUE = measured("revenue", MONTH)
QUOTA = given("quota", YEAR)
ATTAINED = t.Divide(REVENUE, QUOTA, type=typed(RATIO))
MISSED = t.Divide(number(1), number(0), type=typed(RATIO))


def paid(value: t.Expr, name: str = "2026-02", plain: t.Plan | None = None, **values: Value) -> Payout:
    """The one line of a plan; its explanation must add up."""
    compiled = compile_plan(plain or plan(line("bonus", value)))
    (found,) = pay(compiled, period(name), values)
    tree = explain_given(compiled, period(name), values, "bonus")
    assert readd(tree)
    assert tree.value == (None if found.amount is None else found.amount.exact)
    return found


def amount(value: t.Expr, name: str = "2026-02", **values: Value) -> Fraction:
    found = paid(value, name, None, **values)
    assert found.amount is not None, found.reasons
    return Fraction(found.amount.exact)


def codes(value: t.Expr, name: str = "2026-02", **values: Value) -> list[str]:
    found = paid(value, name, None, **values)
    assert found.status == "pending"
    return [each.code for each in found.reasons]


def test_every_kind_of_node_is_compiled() -> None:
    assert set(BUILDERS) == set(get_args(t.Expr))


@pytest.mark.parametrize(
    ("revenue", "expected"), [(0, 0), (600_000, 30_000), (720_000, 39_600), (800_000, 49_200), (-100, -5)]
)
def test_each_slice_earns_its_own_rate(revenue: int, expected: int) -> None:
    assert amount(rounded(by_quota(REVENUE, QUOTA)), revenue=revenue, quota=600_000) == expected


def test_a_level_applies_to_the_whole() -> None:
    value = rounded(by_quota(REVENUE, QUOTA, how="level"))
    assert amount(value, revenue=600_000, quota=600_000) == 48_000
    assert amount(value, revenue=599_999, quota=600_000) == Fraction("29999.95")


def test_every_level_reached_is_added() -> None:
    assert amount(rounded(by_quota(REVENUE, QUOTA, how="every_level")), revenue=720_000, quota=600_000) == 180_000


@pytest.mark.parametrize(
    ("revenue", "expected"), [(79, 0), (80, 500), (90, 750), (100, 1000), (110, 1250), (120, 1500), (500, 1500)]
)
def test_a_curve_is_read_between_its_points(revenue: int, expected: int) -> None:
    curve = slices(
        ATTAINED, (number("0.8"), "0.5"), (number("1"), "1"), (number("1.2"), "1.5"), how="curve", applied=False
    )
    assert amount(rounded(times(eur(1000), curve)), revenue=revenue, quota=100) == expected


@pytest.mark.parametrize(("revenue", "expected"), [(0, 0), (50, Fraction(5, 2)), (100, 10), (200, 20)])
def test_a_curve_of_rates_multiplies_the_whole(revenue: int, expected: Fraction) -> None:
    curve = slices(REVENUE, (eur(0), "0"), (eur(100), "0.1"), how="curve")
    assert amount(rounded(curve), revenue=revenue) == expected


def test_a_level_below_its_first_row_gives_nothing() -> None:
    assert paid(rounded(slices(REVENUE, (eur(100), "0.1"), how="level")), revenue=99).status == "zero"


def test_a_curve_of_one_point_pays_nothing_before_it() -> None:
    curve = slices(REVENUE, (eur(10), "0.1"), how="curve")
    assert [amount(rounded(curve), revenue=each) for each in (5, 10, 20)] == [0, 1, 2]


def test_a_table_may_begin_below_zero() -> None:
    assert amount(rounded(slices(REVENUE, (eur(-100), "0.1"), (eur(0), "0.2"))), revenue=50) == 20


def test_bounds_that_do_not_rise_leave_the_line_pending_and_say_where() -> None:
    here = Span(3, 9, 1, 4, 1, 10)
    table = by_quota(REVENUE, QUOTA)
    named = t.Tiers(table.how, table.subject, table.rows, table.applied, "Rates", type=table.type, span=here)
    (found,) = paid(rounded(named), revenue=5, quota=0).reasons
    assert (found.code, found.span) == ("P205", here)


@pytest.mark.parametrize("how", ["slice", "level", "every_level", "curve"])
def test_a_table_needs_its_subject_its_bounds_and_the_values_that_count(how: str) -> None:
    def of(subject: t.Expr, bound: t.Expr, value: t.Expr) -> list[str]:
        rows = (t.TierRow(bound, owns=True, value=value), t.TierRow(eur(100), owns=True, value=MISSED))
        return codes(rounded(t.Tiers(how, subject, rows, applied=True, type=typed(MONEY))), revenue=7)  # type: ignore[arg-type]  # one of four words

    assert of(QUOTA, eur(0), number(1)) == ["P201"]
    assert of(REVENUE, QUOTA, number(1)) == ["P201"]
    assert of(REVENUE, eur(0), MISSED) == ["P202"]


def test_a_weighted_whole_needs_its_base_and_every_part() -> None:
    assert codes(rounded(t.Weighted(QUOTA, (t.Part(Fraction(1), number(1), ""),), type=typed(MONEY)))) == ["P201"]
    assert codes(rounded(t.Weighted(eur(1), (t.Part(Fraction(1), MISSED, ""),), type=typed(MONEY)))) == ["P202"]


def reweighted(*parts: tuple[int, t.Expr]) -> t.Expr:
    criteria = tuple(t.Part(Fraction(weight, 10), value, "") for weight, value in parts)
    return rounded(times(eur(100), t.Scorecard("card", criteria, Fraction(4), "reweight", type=typed(RATIO))))


def test_a_rating_is_left_out_only_if_nobody_gave_it() -> None:
    assert amount(reweighted((5, number(2)), (5, QUOTA))) == 50
    assert codes(reweighted((5, number(2)), (5, MISSED))) == ["P202"]
    assert amount(reweighted((0, number(2)), (10, QUOTA))) == 0


def test_parts_are_weighted() -> None:
    parts = (t.Part(Fraction(7, 10), ATTAINED, "Own"), t.Part(Fraction(3, 10), number("0.5"), "Team"))
    value = rounded(t.Weighted(eur(3000), parts, type=typed(MONEY)))
    assert amount(value, revenue=1, quota=3) == 1150


def test_accumulated_lines_pay_the_increase() -> None:
    value = accumulated(by_quota(measured("revenue", YEAR_TO_DATE), QUOTA))
    assert amount(value, "2026-01", revenue=500_000, quota=600_000) == 25_000
    assert amount(value, "2026-02", revenue=500_000, quota=600_000) == 25_000


def test_a_missing_input_leaves_the_line_pending_with_its_name_and_period() -> None:
    found = paid(rounded(times(number("0.1"), QUOTA)))
    assert found.status == "pending"
    assert found.amount is None
    assert [each.message for each in found.reasons] == ["“Quota” (2026) was not provided"]


def test_strict_operators_give_all_reasons_once() -> None:
    value = rounded(plus(QUOTA, given("target", MONTH), QUOTA))
    assert codes(value) == ["P201", "P201"]


def test_a_product_with_zero_still_needs_both() -> None:
    assert codes(rounded(times(number("0"), QUOTA))) == ["P201"]


def test_a_division_by_zero_is_missing() -> None:
    assert codes(rounded(times(eur(100), ATTAINED)), revenue=1, quota=0) == ["P202"]


def test_a_stand_in_replaces_what_is_missing() -> None:
    value = t.IfMissing(times(eur(100), ATTAINED), eur(7), type=typed(MONEY))
    assert amount(rounded(value), revenue=1, quota=0) == 7
    assert amount(rounded(value), revenue=1, quota=2) == 50


def test_whether_something_is_missing_is_never_missing() -> None:
    value = t.When(t.IsMissing(QUOTA, type=typed(YES_NO)), eur(5), type=typed(MONEY))
    assert amount(rounded(value)) == 5
    assert amount(rounded(value), quota=1) == 0


def yes(value: object) -> t.Expr:
    return t.Compare("=", number(1), number(1 if value else 0), type=typed(YES_NO))


UNKNOWN = t.Compare(">", QUOTA, eur(0), type=typed(YES_NO))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (t.Both((yes(0), UNKNOWN), type=typed(YES_NO)), 0),
        (t.Both((yes(1), yes(1)), type=typed(YES_NO)), 5),
        (t.Both((UNKNOWN, yes(0)), type=typed(YES_NO)), None),
        (t.Either((yes(1), UNKNOWN), type=typed(YES_NO)), 5),
        (t.Either((yes(0), yes(0)), type=typed(YES_NO)), 0),
        (t.Either((UNKNOWN, yes(1)), type=typed(YES_NO)), None),
        (t.Opposite(yes(0), type=typed(YES_NO)), 5),
        (t.OneOf(number(2), (number(1), number(2)), type=typed(YES_NO)), 5),
        (t.OneOf(number(3), (number(1), number(2)), type=typed(YES_NO)), 0),
    ],
)
def test_conditions_are_read_no_further_than_needed(condition: t.Expr, expected: int | None) -> None:
    found = paid(rounded(t.When(condition, eur(5), type=typed(MONEY))))
    assert (None if found.amount is None else found.amount.exact) == expected


def test_branches_not_taken_are_not_computed() -> None:
    value = t.Choose((t.Branch(yes(0), QUOTA), t.Branch(yes(1), eur(3))), QUOTA, type=typed(MONEY))
    assert amount(rounded(value)) == 3


def test_caps_and_floors_hold() -> None:
    capped = t.Cap(REVENUE, eur(10), type=typed(MONEY))
    assert amount(rounded(t.Floor(capped, eur(2), type=typed(MONEY))), revenue=50) == 10
    assert amount(rounded(t.Floor(capped, eur(2), type=typed(MONEY))), revenue=-50) == 2
    assert amount(rounded(t.Least((REVENUE, eur(4)), type=typed(MONEY))), revenue=50) == 4
    assert amount(rounded(t.Greatest((REVENUE, eur(4)), type=typed(MONEY))), revenue=1) == 4


def test_a_negative_line_is_paid_not_pending() -> None:
    found = paid(rounded(t.Negate(REVENUE, type=typed(MONEY))), revenue=5)
    assert found.status == "paid"


def test_a_definition_used_twice_sixty_deep_is_computed_once_each() -> None:
    def twice(name: str) -> t.Expr:
        return plus(*(t.LetValue(name, type=typed(MONEY)) for _ in range(2)))

    lets = [t.Definition("let0", "a", REVENUE)]
    lets += [t.Definition(f"let{at}", "b", twice(f"let{at - 1}")) for at in range(1, 61)]
    made = plan(line("bonus", rounded(t.LetValue("let60", type=typed(MONEY)))), definitions=tuple(lets))
    found = paid(number(0), plain=made, revenue=1)
    assert found.amount is not None
    assert found.amount.exact == 2**60


def test_a_number_that_grows_too_long_is_missing() -> None:
    lets = [t.Definition("let0", "a", REVENUE)]
    for at in range(1, 61):
        name = t.LetValue(f"let{at - 1}", type=typed(MONEY))
        lets.append(t.Definition(f"let{at}", "b", times(name, name)))
    made = plan(line("bonus", rounded(t.LetValue("let60", type=typed(MONEY)))), definitions=tuple(lets))
    assert [each.code for each in paid(number(0), plain=made, revenue=3).reasons] == ["P203"]


def test_the_limit_of_a_number_is_exact() -> None:
    large = number(2 ** (MAX_BITS - 2))
    small = t.Divide(eur(1), times(large, number(2)), type=typed(MONEY))
    assert paid(rounded(times(small, large))).status == "paid"
    assert codes(rounded(times(times(large, number(4)), small))) == ["P203"]


def test_a_parameter_holds_from_its_day_on() -> None:
    spec = t.Parameter("rate", "Rate", MONEY, (t.Since(None, Fraction(4)), t.Since(date(2026, 2, 28), Fraction(5))))
    value = rounded(t.ParameterValue("rate", "period_end", type=typed(MONEY)))
    compiled = compile_plan(plan(line("bonus", value), parameters=(spec,)))
    found = [pay(compiled, period(name), {})[0].amount for name in ("2026-01", "2026-02")]
    assert [each.exact for each in found if each is not None] == [4, 5]
    tree = explain_given(compiled, period("2026-02"), {}, "bonus")
    used = tree.children[0].children[0].parameter
    assert used is not None
    assert used.since == date(2026, 2, 28)


def test_a_group_figure_is_given_by_its_name() -> None:
    value = t.Divide(measured("revenue", MONTH, "team"), given("target", MONTH, "team", by="own"), type=typed(RATIO))
    found = compile_plan(plan(line("bonus", rounded(times(eur(100), value)))))
    (line_found,) = pay(found, period("2026-02"), {"team.revenue": 3, "team.target": 4})
    assert line_found.amount is not None
    assert line_found.amount.exact == 75


def test_a_float_is_refused() -> None:
    with pytest.raises(UsageError):
        paid(rounded(REVENUE), revenue=0.5)  # type: ignore[arg-type]  # what is being tested


@pytest.mark.parametrize("name", ["2025-12", "2027-01", "2026-Q1"])
def test_a_period_that_the_plan_does_not_pay_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        paid(rounded(REVENUE), name, revenue=1)


PARIS = Calendar("Europe/Paris", None)


def test_hours_run_through_nights_and_days_keep_the_clock() -> None:
    start = Moment(datetime(2026, 3, 28, 22, 30, tzinfo=UTC), date(2026, 3, 28))  # 23:30 in Paris; the clock changes
    by_hours = moved(start, 24, "hours", PARIS)
    by_days = moved(start, 1, "days", PARIS)
    assert isinstance(by_hours, Moment)
    assert isinstance(by_days, Moment)
    assert (by_hours.utc.hour, by_hours.day) == (22, date(2026, 3, 30))
    assert (by_days.utc.hour, by_days.day) == (21, date(2026, 3, 29))


def test_a_month_without_that_day_leads_nowhere() -> None:
    assert moved(date(2026, 1, 31), 1, "months", PARIS) is None
    assert moved(date(2026, 1, 28), 1, "months", PARIS) == date(2026, 2, 28)
