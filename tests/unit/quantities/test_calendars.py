"""Periods have the right days and the right names."""

from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest

from incentive.quantities import (
    PERIOD_KINDS,
    FiscalYear,
    MonthEndError,
    Period,
    PeriodFormatError,
    PeriodKind,
    PeriodRangeError,
    month_add,
)

CALENDAR = FiscalYear()
JULY = FiscalYear(starts_month=7)
APRIL_BY_START = FiscalYear(starts_month=4, named_by="start")


@pytest.mark.parametrize(
    ("year", "name", "first", "last"),
    [
        (CALENDAR, "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (CALENDAR, "2026-W07", date(2026, 2, 9), date(2026, 2, 15)),
        (CALENDAR, "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        (CALENDAR, "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        (CALENDAR, "2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        (CALENDAR, "2026", date(2026, 1, 1), date(2026, 12, 31)),
        (JULY, "2018-02", date(2018, 2, 1), date(2018, 2, 28)),
        (JULY, "2018-W07", date(2018, 2, 12), date(2018, 2, 18)),
        (JULY, "FY2018-Q1", date(2017, 7, 1), date(2017, 9, 30)),
        (JULY, "FY2018-Q4", date(2018, 4, 1), date(2018, 6, 30)),
        (JULY, "FY2018-H2", date(2018, 1, 1), date(2018, 6, 30)),
        (JULY, "FY2018", date(2017, 7, 1), date(2018, 6, 30)),
        (APRIL_BY_START, "FY2018-Q4", date(2019, 1, 1), date(2019, 3, 31)),
        (APRIL_BY_START, "FY2018", date(2018, 4, 1), date(2019, 3, 31)),
        (FiscalYear(starts_month=12), "FY2018-Q1", date(2017, 12, 1), date(2018, 2, 28)),
        (FiscalYear(named_by="start"), "2018-Q1", date(2018, 1, 1), date(2018, 3, 31)),
    ],
)
def test_a_name_stands_for_its_days(year: FiscalYear, name: str, first: date, last: date) -> None:
    period = year.parse(name)

    assert (period.start, period.last, str(period)) == (first, last, name)
    assert year.period_of(period.kind, last).name == name


@pytest.mark.parametrize(
    ("year", "spelling", "name"),
    [
        (CALENDAR, "FY2026", "2026"),
        (CALENDAR, "FY2026-Q1", "2026-Q1"),
        (CALENDAR, "FY2026-H1", "2026-H1"),
        (CALENDAR, "2026-T3", "2026-Q3"),
        (CALENDAR, "FY2026-S2", "2026-H2"),
        (CALENDAR, "FY2026-M03", "2026-03"),
        (JULY, "FY2018-T1", "FY2018-Q1"),
        (JULY, "FY2018-S1", "FY2018-H1"),
        (JULY, "FY2018-M01", "2017-07"),
        (JULY, "FY2018-M12", "2018-06"),
    ],
)
def test_other_spellings_are_read_too(year: FiscalYear, spelling: str, name: str) -> None:
    assert year.parse(spelling).name == name


@pytest.mark.parametrize(
    ("year", "name", "reason"),
    [
        *((CALENDAR, name, "form") for name in ("", "Q1", "26-Q1", "2026Q1", "2026-q1", "2026-Q", "2026-Q01", " 2026")),
        *((CALENDAR, name, "form") for name in ("2026-00", "2026-13", "2026-1", "2026-Q0", "2026-Q5", "2026-H3")),
        *(
            (CALENDAR, name, "form")
            for name in ("2026-W00", "2026-W7", "2021-W53", "0000-W01", "FY2026-W01", "FY2026-01")
        ),
        *((CALENDAR, name, "form") for name in ("2026-M01", "FY2026-M13", "1899", "2201-01", "2026\n", "٢٠٢٦")),
        *((CALENDAR, name, "kind") for name in ("2026-X1", "FY2026-A01")),
        *((JULY, name, "fiscal") for name in ("2018-Q1", "2018-T1", "2018-H1", "2018")),
        (JULY, "FY2201-Q1", "form"),
        (JULY, "FY1900-M01", "form"),  # July 1899
    ],
)
def test_a_text_that_names_no_period_is_refused_with_its_reason(year: FiscalYear, name: str, reason: str) -> None:
    with pytest.raises(PeriodFormatError) as refused:
        year.parse(name)

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [("2026-W07", "week"), ("2026-02", "month"), ("2026-Q1", "quarter"), ("2026-H1", "half"), ("2026", "year")],
)
def test_a_name_tells_its_kind(name: str, kind: PeriodKind) -> None:
    assert CALENDAR.kind_of_name(name) == kind


@pytest.mark.parametrize(
    ("year", "name", "following"),
    [
        (CALENDAR, "2026-12", "2027-01"),
        (CALENDAR, "2026-W53", "2027-W01"),
        (JULY, "FY2018-Q4", "FY2019-Q1"),
        (JULY, "FY2018-H2", "FY2019-H1"),
        (JULY, "FY2018", "FY2019"),
    ],
)
def test_periods_follow_one_another(year: FiscalYear, name: str, following: str) -> None:
    assert year.next(year.parse(name)).name == following
    assert year.previous(year.parse(following)).name == name


def test_several_periods_back() -> None:
    assert JULY.previous(JULY.parse("FY2018-Q1"), 4).name == "FY2017-Q1"
    assert CALENDAR.previous(CALENDAR.parse("2026-W01"), 2).name == "2025-W51"
    assert CALENDAR.previous(CALENDAR.parse("2026"), 0).name == "2026"


@pytest.mark.parametrize(
    ("year", "name", "before"),
    [
        (CALENDAR, "2024-02", "2023-02"),
        (JULY, "FY2018-Q3", "FY2017-Q3"),
        (JULY, "FY2018", "FY2017"),
        (CALENDAR, "2026-W07", "2025-W07"),
        (CALENDAR, "2020-W53", "2019-W52"),
        (CALENDAR, "2021-W52", "2020-W52"),
    ],
)
def test_the_same_period_of_the_year_before(year: FiscalYear, name: str, before: str) -> None:
    assert year.same_last_year(year.parse(name)).name == before


@pytest.mark.parametrize(
    ("year", "name", "kind", "longer"),
    [
        (JULY, "2017-08", "quarter", "FY2018-Q1"),
        (JULY, "FY2018-Q3", "half", "FY2018-H2"),
        (JULY, "FY2018-H2", "year", "FY2018"),
        (CALENDAR, "2026-W05", "month", "2026-02"),
        (CALENDAR, "2020-W53", "year", "2021"),
        (CALENDAR, "2026-Q1", "quarter", "2026-Q1"),
    ],
)
def test_a_period_belongs_to_the_longer_one_of_its_last_day(
    year: FiscalYear, name: str, kind: PeriodKind, longer: str
) -> None:
    assert year.enclosing(year.parse(name), kind).name == longer


@pytest.mark.parametrize(
    ("year", "name", "kind", "parts"),
    [
        (JULY, "FY2018-Q1", "month", ["2017-07", "2017-08", "2017-09"]),
        (JULY, "FY2018", "half", ["FY2018-H1", "FY2018-H2"]),
        (CALENDAR, "2026-02", "week", ["2026-W05", "2026-W06", "2026-W07", "2026-W08"]),
        (CALENDAR, "2026-W05", "week", ["2026-W05"]),
    ],
)
def test_a_period_has_its_parts(year: FiscalYear, name: str, kind: PeriodKind, parts: list[str]) -> None:
    assert [part.name for part in year.parts(year.parse(name), kind)] == parts


def test_short_and_long_are_not_exchanged() -> None:
    with pytest.raises(ValueError, match="a quarter belongs to no month"):
        CALENDAR.enclosing(CALENDAR.parse("2026-Q1"), "month")
    with pytest.raises(ValueError, match="a month has no parts of a year"):
        CALENDAR.parts(CALENDAR.parse("2026-01"), "year")


def test_all_periods_that_touch_a_stretch_of_days() -> None:
    names = [period.name for period in JULY.periods("quarter", date(2017, 9, 30), date(2018, 1, 1))]

    assert names == ["FY2018-Q1", "FY2018-Q2", "FY2018-Q3"]
    assert JULY.periods("quarter", date(2018, 1, 2), date(2018, 1, 1)) == ()


@pytest.mark.parametrize(
    "leave",
    [
        lambda: CALENDAR.period_of("month", date(1899, 12, 31)),
        lambda: CALENDAR.period_of("week", date(2201, 1, 5)),
        lambda: JULY.period_of("year", date(2200, 7, 1)),
        lambda: CALENDAR.next(CALENDAR.parse("2200-Q4")),
        lambda: CALENDAR.previous(CALENDAR.parse("1900-W01")),
        lambda: CALENDAR.same_last_year(CALENDAR.parse("1900-H1")),
    ],
)
def test_time_begins_in_1900_and_ends_in_2200(leave: Callable[[], Period]) -> None:
    with pytest.raises(PeriodRangeError):
        leave()


def test_periods_are_equal_by_kind_and_days_and_sort_short_to_long() -> None:
    names = ["2026-H1", "2026-02", "2026", "2026-W07", "2026-01", "2026-Q1"]

    ordered = [period.name for period in sorted(map(CALENDAR.parse, names))]

    assert ordered == ["2026-W07", "2026-01", "2026-02", "2026-Q1", "2026-H1", "2026"]
    assert JULY.parse("FY2018-Q3") == CALENDAR.parse("2018-Q1")
    assert len({JULY.parse("FY2018-Q3"), CALENDAR.parse("2018-Q1")}) == 1
    assert PERIOD_KINDS == ("week", "month", "quarter", "half", "year")


def test_a_period_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="end: 2026-01-01 is not after the start"):
        Period("month", date(2026, 1, 1), date(2026, 1, 1), "none")
    with pytest.raises(ValueError, match="kind"):
        Period("day", date(2026, 1, 1), date(2026, 1, 2), "one")  # type: ignore[arg-type] # an untyped program may


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_that_cannot_be_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="starts_month"):
        FiscalYear(starts_month=month)


@pytest.mark.parametrize(
    ("day", "n", "month_end", "there"),
    [
        (date(2024, 1, 31), 1, "down", date(2024, 2, 29)),
        (date(2023, 1, 31), 1, "up", date(2023, 3, 1)),
        (date(2024, 3, 31), -1, "down", date(2024, 2, 29)),
        (date(2024, 2, 29), 12, "up", date(2025, 3, 1)),
        (date(2024, 1, 15), 13, None, date(2025, 2, 15)),
        (date(2024, 1, 31), 2, None, date(2024, 3, 31)),
        (date(2024, 1, 31), 0, None, date(2024, 1, 31)),
    ],
)
def test_months_are_counted_from_a_day(day: date, n: int, month_end: Literal["down", "up"] | None, there: date) -> None:
    assert month_add(day, n, month_end) == there


def test_a_day_that_is_not_there_needs_a_decision() -> None:
    with pytest.raises(MonthEndError, match="2024-01-31 and 1 months") as refused:
        month_add(date(2024, 1, 31), 1, None)

    assert (refused.value.day, refused.value.months) == (date(2024, 1, 31), 1)
