"""Four ways to count days, each on its edges."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from incentive.quantities import DayCount, Number, days_counted


def each_day(basis: DayCount, first: date, days: int) -> list[Number]:
    begins = [first + timedelta(days=at) for at in range(days)]
    return [days_counted(basis, day, day + timedelta(days=1)) for day in begins]


def test_working_days_are_monday_to_friday() -> None:
    assert each_day("working", date(2026, 3, 2), 9) == [1, 1, 1, 1, 1, 0, 0, 1, 1]
    assert each_day("calendar", date(2026, 3, 2), 9) == [1] * 9


def test_in_30_360_the_30th_leaves_its_day_to_the_31st_and_february_ends_long() -> None:
    assert each_day("30/360", date(2026, 1, 29), 4) == [1, 0, 1, 1]
    assert each_day("30/360", date(2026, 4, 29), 3) == [1, 1, 1]
    assert each_day("30/360", date(2026, 2, 27), 3) == [1, 3, 1]
    assert each_day("30/360", date(2028, 2, 28), 3) == [1, 2, 1]


def test_a_day_is_its_part_of_its_month() -> None:
    assert each_day("months", date(2026, 2, 27), 3) == [Fraction(1, 28), Fraction(1, 28), Fraction(1, 31)]
    assert each_day("months", date(2028, 2, 29), 1) == [Fraction(1, 29)]
    assert each_day("months", date(2026, 12, 30), 3) == [Fraction(1, 31)] * 3


@pytest.mark.parametrize(("basis", "year"), [("calendar", 365), ("working", 261), ("30/360", 360), ("months", 12)])
def test_a_year_goes_over_its_last_month(basis: DayCount, year: int) -> None:
    found = days_counted(basis, date(2026, 1, 1), date(2027, 1, 1))
    assert (found, type(found)) == (year, int)
    december = days_counted(basis, date(2026, 12, 1), date(2027, 1, 1))
    assert (december, type(december)) == ({"calendar": 31, "working": 23, "30/360": 30, "months": 1}[basis], int)
    assert days_counted(basis, date(2026, 6, 16), date(2026, 6, 16)) == 0
