"""Lines as a data frame."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import polars as pl

from incentive.diagnostics import UsageError
from incentive.results import Payout, Settlement
from incentive.tree import Plan

MOST_PLACES: Final = 18
LARGEST_WHOLE: Final = 10**38  # a decimal has 38 digits


def places_of(plan: Plan) -> int:
    """Give the decimals that amounts of a plan have.

    Raises:
        UsageError: Its lines are not rounded to decimals.
    """
    scale = plan.rounding_step.denominator
    for places in range(MOST_PLACES + 1):
        if 10**places % scale == 0:
            return places
    raise UsageError(f"frame: the plan rounds to {plan.rounding_step}, which is no decimal")


def lines_frame(payouts: Iterable[Payout], plan: Plan) -> pl.DataFrame:
    """Write lines as a data frame, a row a line in their order."""
    found, places = tuple(payouts), places_of(plan)
    units = [None if each.amount is None else int(each.amount.exact * 10**places) for each in found]
    if any(abs(each) >= LARGEST_WHOLE for each in units if each is not None):
        raise UsageError("frame: an amount has more than 38 digits")
    return pl.DataFrame(
        {
            "participant": pl.Series([each.participant for each in found], dtype=pl.String),
            "period": pl.Series([each.period.name for each in found], dtype=pl.String),
            "component": pl.Series([each.component for each in found], dtype=pl.String),
            "status": pl.Series([each.status for each in found], dtype=pl.String),
            "amount": decimals(pl.Series(units, dtype=pl.Int128), places),
        }
    )


def settled_frame(settlements: Iterable[Settlement], plan: Plan) -> pl.DataFrame:
    """Write settlements as a data frame, a row a result in their order.

    Raises:
        UsageError: An amount is no decimal, or has more than 38 digits.
    """
    places = places_of(plan)
    found = [(each, name, result) for each in settlements for name, result in each.results.items()]
    units = [None if each.amount is None else int(each.amount.exact * 10**places) for _, _, each in found]
    if any(abs(each) >= LARGEST_WHOLE for each in units if each is not None):
        raise UsageError("settled_frame: an amount has more than 38 digits")
    return settled_columns(
        pl.Series([each.participant for each, _, _ in found], dtype=pl.String),
        pl.Series([each.period.name for each, _, _ in found], dtype=pl.String),
        pl.Series([name for _, name, _ in found], dtype=pl.String),
        pl.Series([each.status for _, _, each in found], dtype=pl.String),
        decimals(pl.Series(units, dtype=pl.Int128), places),
    )


def settled_columns(
    participant: pl.Series, period: pl.Series, result: pl.Series, status: pl.Series, amount: pl.Series
) -> pl.DataFrame:
    """Name the columns of a frame of settlements."""
    return pl.DataFrame(
        {"participant": participant, "period": period, "result": result, "status": status, "amount": amount}
    )


def decimals(units: pl.Series, places: int) -> pl.Series:
    """Write whole numbers (Int128) of the last place as decimals, exactly."""
    whole = units.cast(pl.Decimal(38, 0))
    if not places:
        return whole
    unit = pl.Series([Decimal(1).scaleb(-places)], dtype=pl.Decimal(38, places))
    return whole * unit
