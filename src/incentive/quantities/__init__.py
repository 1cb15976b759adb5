"""Exact numbers, money, rounding, tiers and periods: what pay is computed with.

Everything here is a value or a pure function. Each file is one subject: `faults` (what a caller got wrong), `numbers`
(exact rationals, read and shown), `rounding` (steps and shares), `currencies` and `money` (ISO 4217), `tiers` (rows of
a rate table), `calendars` (periods and fiscal years), `daycounts` (parts of a period).
"""

from incentive.quantities.calendars import (
    PERIOD_KINDS,
    FiscalYear,
    MonthEndError,
    Period,
    PeriodFormatError,
    PeriodKind,
    PeriodRangeError,
    month_add,
)
from incentive.quantities.currencies import (
    CURRENCIES,
    UnknownCurrencyError,
    is_currency,
    minor_digits,
    numeric_code,
)
from incentive.quantities.daycounts import DAY_COUNTS, DayCount, days_counted
from incentive.quantities.faults import ArgumentError, ArgumentTypeError
from incentive.quantities.money import CurrencyMismatchError, Money
from incentive.quantities.numbers import (
    MAX_BITS,
    Number,
    NumberFormatError,
    bits,
    exact_decimal,
    fixed,
    from_decimal,
    parse_decimal,
    show_number,
)
from incentive.quantities.rounding import ROUNDING_MODES, RoundingMode, allocate, round_to
from incentive.quantities.tiers import bounds_rise, curve_through, every_reached, on_curve, reached, slice_parts

__all__ = [
    "CURRENCIES",
    "DAY_COUNTS",
    "MAX_BITS",
    "PERIOD_KINDS",
    "ROUNDING_MODES",
    "ArgumentError",
    "ArgumentTypeError",
    "CurrencyMismatchError",
    "DayCount",
    "FiscalYear",
    "Money",
    "MonthEndError",
    "Number",
    "NumberFormatError",
    "Period",
    "PeriodFormatError",
    "PeriodKind",
    "PeriodRangeError",
    "RoundingMode",
    "UnknownCurrencyError",
    "allocate",
    "bits",
    "bounds_rise",
    "curve_through",
    "days_counted",
    "every_reached",
    "exact_decimal",
    "fixed",
    "from_decimal",
    "is_currency",
    "minor_digits",
    "month_add",
    "numeric_code",
    "on_curve",
    "parse_decimal",
    "reached",
    "round_to",
    "show_number",
    "slice_parts",
]
