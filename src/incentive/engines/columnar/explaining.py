"""Figures behind every line, as columns: what was in each slice, how much of a quota, which cap bit, why nothing.

A tree explains one line; a team of analysts asks about all of them at once. The same figures that the computation went
through are kept beside it, named by the text of their formula. They are shown, not computed with: one that is no short
decimal is rounded to six places. The exact tree of a line comes from the reference engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

import polars as pl
from attrs import define, field

from incentive.columns import LARGEST_WHOLE, Between, Figure, NotLoweredError, Num, Truth, Values, Widths, decimals
from incentive.diagnostics import Language
from incentive.engines.columnar.numbers import Numbers
from incentive.quantities import PeriodKind
from incentive.tree import (
    Cap,
    Divide,
    Expr,
    Floor,
    Gate,
    InputValue,
    LetValue,
    LineValue,
    MeasureValue,
    Scorecard,
    Tiers,
    When,
    show,
)

PLACES: Final = 6  # of figures that are no short decimals
_MOST_PLACES: Final = 12
_STEP: Final = Fraction(1, 10**PLACES)


@define
class Told:
    """What a computation was seen to give, by the text of the formula, in the order of first use."""

    language: Language
    period: PeriodKind
    found: dict[str, Values] = field(factory=dict)

    def __call__(self, node: Expr, values: Values) -> None:
        """Keep what a formula gave, if it is one that explains."""
        match node:
            case MeasureValue() | InputValue() | LetValue() | LineValue() | Divide() | Scorecard() | Gate() | Tiers():
                self._keep(self._text(node), values)
            case _:
                return

    def before_rounding(self, component: str, values: Figure) -> None:
        """Keep a line before it was rounded."""
        self._keep(f"{component} before rounding", values)

    def bit(self, node: Cap | Floor, limited: Truth) -> None:
        """Keep where a limit took or gave something."""
        word = "cap" if isinstance(node, Cap) else "floor"
        self._keep(f"{word} {self._text(node.limit)}", limited)

    def held(self, node: When, holds: Truth) -> None:
        """Keep where a condition of a line holds."""
        self._keep(f"when {self._text(node.condition)}", holds)

    def slices(self, node: Tiers, parts: Sequence[Figure], amounts: Sequence[Figure]) -> None:
        """Keep how much lies in each slice, and what it gives."""
        name = node.name or self._text(node.subject)
        for at, (part, amount) in enumerate(zip(parts, amounts, strict=True), 1):
            self._keep(f"{name}, slice {at}", part)
            self._keep(f"{name}, slice {at} gives", amount)

    def _keep(self, name: str, values: Values) -> None:
        self.found.setdefault(name, values)

    def _text(self, node: Expr) -> str:
        return show(node, self.language, period=self.period)

    def columns(self, rows: pl.Series, size: int) -> dict[str, pl.Series]:
        """Give what was kept, for some rows of the grid."""
        found: dict[str, pl.Series] = {}
        for name, values in self.found.items():
            column = _column(values, size)
            if column is not None:
                found[name] = column.gather(rows)
        return found


def _column(values: Values, size: int) -> pl.Series | None:
    match values:
        case Num() | Between():
            try:
                column = _decimal(values, Numbers(size, Widths()))
            except NotLoweredError:  # too wide to be shown
                column = pl.Series([None], dtype=pl.Decimal(38, 0)).new_from_index(0, size)
        case Truth():
            column = values.holds
        case _:
            return None
    for mask in (values.gone, values.doubt):
        if mask is not None:
            column = pl.Series([None], dtype=column.dtype).zip_with(mask, column)
    return column


def _decimal(values: Figure, numbers: Numbers) -> pl.Series:
    places = _places(values.scale) if isinstance(values, Num) and values.bottom is None else None
    if not isinstance(values, Num) or places is None:
        values, places = numbers.round(values, _STEP, "half_up"), PLACES
    values, factor = numbers.tightened(values), 10**places // values.scale
    if values.most * factor >= LARGEST_WHOLE:
        raise NotLoweredError("a figure of more than 38 digits")
    return decimals(numbers.column(numbers.times(values.top, factor, LARGEST_WHOLE), LARGEST_WHOLE), places)


def _places(scale: int) -> int | None:
    return next((places for places in range(_MOST_PLACES + 1) if 10**places % scale == 0), None)
