"""Periods: the months and quarters that people are paid for, under their names.

`Q1 2018` is July to September for a company whose year begins in July, `W07` of a year may begin in the year before,
and one month after January 31 is no day at all. So a period has a name that says which calendar it is read in
(`2026-Q1` or `FY2018-Q1`), a fiscal year says how names are made and read, and `month_add` asks where a missing day
shall go.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Literal, assert_never, get_args

import attrs
from dateutil.relativedelta import relativedelta

from incentive.quantities.faults import ArgumentError, ArgumentTypeError

__all__ = [
    "PERIOD_KINDS",
    "FiscalYear",
    "MonthEndError",
    "Period",
    "PeriodFormatError",
    "PeriodKind",
    "PeriodRangeError",
    "month_add",
]

PeriodKind = Literal["week", "month", "quarter", "half", "year"]

PERIOD_KINDS: tuple[PeriodKind, ...] = get_args(PeriodKind)
"""The kinds of periods, short to long."""

FIRST_YEAR, LAST_YEAR = 1900, 2200  # beyond them a date is a slip of the keyboard

_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_LETTERS: dict[str, PeriodKind] = {
    "W": "week",
    "M": "month",
    "Q": "quarter",
    "T": "quarter",  # French: trimestre
    "H": "half",
    "S": "half",  # French: semestre
}
_NAME = re.compile(r"(FY)?([0-9]{4})(?:-([A-Z]?)([0-9]{1,2}))?")
_WIDTH: dict[PeriodKind, int] = {"week": 2, "month": 2, "quarter": 1, "half": 1}


class PeriodFormatError(ArgumentError):
    """Say that a text names no period.

    Attributes:
        reason: `"form"` if it is not written as a period or there is no such period; `"kind"` if its letter stands for
            no kind of period; `"fiscal"` if it leaves open whether the calendar year or the fiscal year is meant.
    """

    def __init__(self, message: str, reason: Literal["form", "kind", "fiscal"]) -> None:
        super().__init__(message)
        self.reason = reason


class PeriodRangeError(ArgumentError):
    """Say that a period lies outside the years 1900 to 2200."""


class MonthEndError(ArgumentError):
    """Say that a month has no such day, and nobody said where it shall go.

    Attributes:
        day: The day that was counted from.
        months: How many months were counted.
    """

    def __init__(self, day: date, months: int) -> None:
        super().__init__(f"{day} and {months} months is no day: that month is too short")
        self.day = day
        self.months = months


def month_add(day: date, n: int, month_end: Literal["down", "up"] | None) -> date:
    """Count months from a day.

    Args:
        day: The day to count from.
        n: How many months; negative to count back.
        month_end: Where the month is too short: `"down"` to its last day, `"up"` to the first of the next month; None
            if that must not happen.

    Raises:
        MonthEndError: There is no such day, and `month_end` is None.

    Examples:
        >>> month_add(date(2024, 1, 31), 1, "down"), month_add(date(2024, 1, 31), 1, "up")
        (datetime.date(2024, 2, 29), datetime.date(2024, 3, 1))
    """
    there = day + relativedelta(months=n)
    if there.day == day.day:
        return there
    match month_end:
        case None:
            raise MonthEndError(day, n)
        case "down":
            return there
        case "up":
            return there + timedelta(days=1)
        case _:
            assert_never(month_end)


def _one_of(*known: object) -> "Callable[[object, attrs.Attribute[Any], object], None]":
    def check(_: object, attribute: "attrs.Attribute[Any]", value: object) -> None:
        if isinstance(value, bool) or value not in known:
            raise ArgumentError(f"{attribute.name}: expected one of {', '.join(map(str, known))}, not {value!r}")

    return check


def _day(_: object, attribute: "attrs.Attribute[date]", day: object) -> None:
    if type(day) is not date:
        raise ArgumentTypeError(f"{attribute.name}: expected a date, not {type(day).__name__}")


def _ends_later(period: "Period", attribute: "attrs.Attribute[date]", end: date) -> None:
    _day(period, attribute, end)
    if end <= period.start:
        raise ArgumentError(f"{attribute.name}: {end} is not after the start, {period.start}")


@attrs.frozen(order=True)
class Period:
    """A stretch of days with a name.

    Two periods are equal if kind and days are, whatever they are called; shorter kinds sort before longer ones, then by
    time.

    Units: `end` is the first day after the period; `last` is its last day.

    Examples:
        >>> quarter = FiscalYear(starts_month=7).parse("FY2018-Q1")
        >>> print(quarter, quarter.start, quarter.last)
        FY2018-Q1 2017-07-01 2017-09-30
        >>> date(2017, 10, 1) in quarter
        False
    """

    kind: PeriodKind = attrs.field(validator=_one_of(*PERIOD_KINDS), order=PERIOD_KINDS.index)
    start: date = attrs.field(validator=_day)
    end: date = attrs.field(validator=_ends_later)
    name: str = attrs.field(eq=False)

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return self.name


@attrs.frozen
class FiscalYear:
    """When the year begins, and therefore which periods there are and what they are called.

    Months are those of the calendar (`2018-02`), weeks those of ISO 8601 (`2026-W07`, Monday to Sunday, belonging to
    the longer period of their last day). Quarters, halves and years follow the fiscal year: `2026-Q1`, `2026-H1`,
    `2026` where it begins in January, and `FY2018-Q1`, `FY2018-H1`, `FY2018` where it does not.

    Attributes:
        starts_month: The month the year begins in, 1 to 12.
        named_by: Which calendar year a fiscal year is named for: the one it starts in, or the one it ends in.

    Raises:
        ArgumentError: There is no such month, or no such way to name a year.

    Examples:
        >>> print(FiscalYear(starts_month=7).period_of("quarter", date(2017, 8, 15)))
        FY2018-Q1
        >>> [period.name for period in FiscalYear().periods("half", date(2026, 6, 30), date(2026, 7, 1))]
        ['2026-H1', '2026-H2']

    Law: the periods of a kind part the days: each day lies in exactly one.
    """

    starts_month: int = attrs.field(default=1, validator=_one_of(*range(1, 13)))
    named_by: Literal["start", "end"] = attrs.field(default="end", validator=_one_of("start", "end"))

    def period_of(self, kind: PeriodKind, day: date) -> Period:
        """Give the period that a day lies in.

        Raises:
            ArgumentError: There is no such kind.
            ArgumentTypeError: The day is no date.
            PeriodRangeError: It is named for a year outside 1900 to 2200.
        """
        if not isinstance(day, date):
            raise ArgumentTypeError(f"day: expected a date, not {type(day).__name__}")
        if kind not in PERIOD_KINDS:
            raise ArgumentError(f"kind: expected one of {', '.join(PERIOD_KINDS)}, not {kind!r}")
        if kind == "week":
            return self._week(day - timedelta(days=day.weekday()))
        length = _MONTHS[kind]
        since = (day.month - self.starts_month) % 12 % length
        return self._months(kind, day.year * 12 + day.month - 1 - since)

    def parse(self, name: str) -> Period:
        """Read the name of a period.

        Besides the names it gives itself, it reads `FY2026-Q1` where the year begins in January, `FY2018-M01` to `M12`
        for the months of a fiscal year, and the French letters: `T` for a quarter (trimestre), `S` for a half
        (semestre).

        Raises:
            PeriodFormatError: It names no period; see its `reason`.

        Examples:
            >>> print(FiscalYear().parse("FY2026-T2"), FiscalYear(starts_month=7).parse("FY2018-M02"))
            2026-Q2 2017-08

        Law: reading the name of a period gives the period.
        """
        match = _NAME.fullmatch(name) if type(name) is str else None
        if match is None:
            raise PeriodFormatError(f"{name!r} is not the name of a period", "form")
        fiscal, year, letter, number = match.group(1) is not None, int(match.group(2)), match.group(3), match.group(4)
        kind = self._kind(name, fiscal=fiscal, letter=letter)
        nth = int(number or 1)
        if kind != "year" and (len(number) != _WIDTH[kind] or not 1 <= nth <= _most(kind, year)):
            raise PeriodFormatError(f"{name!r}: there is no such {kind}", "form")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise PeriodFormatError(f"{name!r}: years go from {FIRST_YEAR} to {LAST_YEAR}", "form")
        if kind == "week":
            return self._week(date.fromisocalendar(year, nth, 1))
        if kind == "month" and not fiscal:
            return self._months(kind, year * 12 + nth - 1)
        try:
            return self._months(kind, self._year_start(year) + (nth - 1) * _MONTHS[kind])
        except PeriodRangeError as outside:  # the first months of FY1900 are in 1899
            raise PeriodFormatError(f"{name!r}: {outside}", "form") from outside

    def kind_of_name(self, name: str) -> PeriodKind:
        """Tell the kind of the period that a text names.

        Raises:
            PeriodFormatError: It names no period.
        """
        return self.parse(name).kind

    def periods(self, kind: PeriodKind, first: date, last: date) -> tuple[Period, ...]:
        """Give all periods of a kind that touch the days from first to last, both included, in order.

        Raises:
            PeriodRangeError: One is named for a year outside 1900 to 2200.
        """
        found: list[Period] = []
        start = first
        while start <= last:
            found.append(self.period_of(kind, start))
            start = found[-1].end
        return tuple(found)

    def next(self, period: Period) -> Period:
        """Give the period of the same kind that follows.

        Raises:
            PeriodRangeError: It is named for a year outside 1900 to 2200.
        """
        return self.period_of(period.kind, period.end)

    def previous(self, period: Period, n: int = 1) -> Period:
        """Give the period of the same kind that is n before.

        Raises:
            PeriodRangeError: It is named for a year outside 1900 to 2200.

        Examples:
            >>> print(FiscalYear().previous(FiscalYear().parse("2026-Q1"), 2))
            2025-Q3

        Law: `previous(next(period))` is the period.
        """
        if period.kind == "week":
            return self._week(period.start - timedelta(weeks=n))
        return self._months(period.kind, _index(period.start) - n * _MONTHS[period.kind])

    def same_last_year(self, period: Period) -> Period:
        """Give the period with the same place in the year before.

        A week answers to the week of the same number; week 53 to the last week there was.

        Raises:
            PeriodRangeError: It is named for a year outside 1900 to 2200.
        """
        if period.kind != "week":
            return self.previous(period, 12 // _MONTHS[period.kind])
        year, week, _ = period.start.isocalendar()
        return self._week(date.fromisocalendar(year - 1, min(week, _most("week", year - 1)), 1))

    def enclosing(self, period: Period, kind: PeriodKind) -> Period:
        """Give the longer period that a period belongs to: the one its last day lies in.

        Raises:
            ArgumentError: The kind is shorter than that of the period.
            PeriodRangeError: The longer period is named for a year outside 1900 to 2200.

        Examples:
            >>> print(FiscalYear().enclosing(FiscalYear().parse("2026-W05"), "month"))
            2026-02
        """
        _check_order(kind, period.kind, f"a {period.kind} belongs to no {kind}")
        return self.period_of(kind, period.last)

    def parts(self, period: Period, kind: PeriodKind) -> tuple[Period, ...]:
        """Give the shorter periods that belong to a longer one, in order.

        Raises:
            ArgumentError: The kind is longer than that of the period.
            PeriodRangeError: A part is named for a year outside 1900 to 2200.

        Law: a period is one of the parts of every longer period that it belongs to.
        """
        _check_order(period.kind, kind, f"a {period.kind} has no parts of a {kind}")
        touching = self.periods(kind, period.start, period.last)
        return tuple(part for part in touching if part.last in period)

    def _kind(self, name: str, *, fiscal: bool, letter: str | None) -> PeriodKind:
        """Tell the kind from the letter; `letter` is None where nothing follows the year, empty for a bare number."""
        if letter and letter not in _LETTERS:
            raise PeriodFormatError(f"{name!r}: {letter!r} stands for no kind of period", "kind")
        kind = "year" if letter is None else _LETTERS.get(letter, "month")
        if (kind == "week" or letter == "") and fiscal:
            raise PeriodFormatError(f"{name!r}: a {kind} of the calendar is written without FY", "form")
        if letter == "M" and not fiscal:
            raise PeriodFormatError(f"{name!r}: a month of the calendar is written without a letter", "form")
        if kind in {"quarter", "half", "year"} and not fiscal and self.starts_month != 1:
            raise PeriodFormatError(f"{name!r}: write FY{name} for the {kind} of the fiscal year", "fiscal")
        return kind

    def _year_start(self, name: int) -> int:
        """Give the index of the first month of the year of that name."""
        starts_before = self.named_by == "end" and self.starts_month != 1
        return (name - starts_before) * 12 + self.starts_month - 1

    def _week(self, monday: date) -> Period:
        year, week, _ = monday.isocalendar()
        _check_year(year)
        return Period("week", monday, monday + timedelta(weeks=1), f"{year}-W{week:02}")

    def _months(self, kind: PeriodKind, index: int) -> Period:
        """Make the period that begins with a month, counted from January of year 0."""
        length = _MONTHS[kind]
        if kind == "month":
            year, name = index // 12, f"{index // 12}-{index % 12 + 1:02}"
        else:
            first = index - (index + 1 - self.starts_month) % 12  # of the fiscal year
            year = (first if self.named_by == "start" else first + 11) // 12
            mark = "" if self.starts_month == 1 else "FY"
            part = "" if kind == "year" else f"-{'Q' if kind == 'quarter' else 'H'}{(index - first) // length + 1}"
            name = f"{mark}{year}{part}"
        _check_year(year)
        return Period(kind, _first(index), _first(index + length), name)


def _index(day: date) -> int:
    return day.year * 12 + day.month - 1


def _first(index: int) -> date:
    return date(index // 12, index % 12 + 1, 1)


def _most(kind: PeriodKind, year: int) -> int:
    """Tell how many periods of a kind there are in a year."""
    if kind != "week":
        return 12 // _MONTHS[kind]
    return date(max(year, 1), 12, 28).isocalendar().week  # ISO 8601: December 28 always lies in the last week


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PeriodRangeError(f"years go from {FIRST_YEAR} to {LAST_YEAR}, not to {year}")


def _check_order(longer: PeriodKind, shorter: PeriodKind, message: str) -> None:
    if PERIOD_KINDS.index(longer) < PERIOD_KINDS.index(shorter):
        raise ArgumentError(message)
