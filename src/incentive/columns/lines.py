"""Lines as a data frame."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import polars as pl

from incentive.diagnostics import UsageError
from incentive.results import Payout
from incentive.tree import Plan

MOST_PLACES: Final = 18


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
    if any(abs(each) >= 10**38 for each in units if each is not None):
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


def decimals(units: pl.Series, places: int) -> pl.Series:
    """Write whole numbers (Int128) of the last place as decimals, exactly."""
    whole = units.cast(pl.Decimal(38, 0))
    if not places:
        return whole
    unit = pl.Series([Decimal(1).scaleb(-places)], dtype=pl.Decimal(38, places))
    return whole * unit
