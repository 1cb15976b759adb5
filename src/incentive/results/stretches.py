"""The days of a mean, as a small table: from, until, how many, the value on them, and what that adds.

Thirds of a cent add up, their roundings do not. Where what stretches add is money that cents cannot show, cents are
given out by the largest remainder, so that the column adds up to the figure as it would be rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

from incentive.diagnostics import Language, Twin, in_language
from incentive.quantities import Number, minor_digits, round_to
from incentive.results.explanation import Explanation, Stretch
from incentive.results.texts import Value
from incentive.tree import Unit

_HEADERS: Final[tuple[Twin, ...]] = (
    ("from", "du"),
    ("until", "au"),
    ("days", "jours"),
    ("value", "valeur"),
    ("adds", "apporte"),
)
_OF: Final[Twin] = ("{days} of {of}", "{days} sur {of}")
_OFF: Final[Twin] = ("not on the plan", "hors du plan")
_ROW: Final[Twin] = ("row", "ligne")
_SHOWN: Final[Twin] = (
    "to the cent, by the largest remainder: {total} in all",
    "au centime, aux plus grands restes : {total} au total",
)
Show = Callable[[Value | None, Unit, Language], str]


def stretch_table(
    each: Explanation, language: Language, show: Show
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str]:
    """The headers and rows of the stretches of a figure, and a remark below them."""
    parts, remark = _parts(each.stretches, each.unit, language, show)
    count = Unit("count")
    placed = any(one.row is not None for one in each.stretches)

    def cells(one: Stretch, part: Number) -> tuple[str, ...]:
        days = in_language(_OF, language)
        days = days.replace("{days}", show(one.days, count, language)).replace("{of}", show(one.of, count, language))
        value = in_language(_OFF, language) if one.value is None else show(one.value, each.unit, language)
        row = f"{one.row.file or one.row.table}:{one.row.line}" if one.row is not None else ""
        out = (one.first.isoformat(), one.last.isoformat(), days, value, show(part, each.unit, language))
        return (*out, row) if placed else out

    headers = tuple(in_language(twin, language) for twin in (*_HEADERS, *([_ROW] if placed else [])))
    rows = tuple(cells(one, part) for one, part in zip(each.stretches, parts, strict=True))
    return headers, rows, remark


def _parts(stretches: Sequence[Stretch], unit: Unit, language: Language, show: Show) -> tuple[Sequence[Number], str]:
    """What each stretch adds, in cents where it is money that cents do not show exactly."""
    exact = [one.part for one in stretches]
    if unit.kind != "money":
        return exact, ""
    step = Fraction(1, 10 ** minor_digits(unit.currency))
    if all((part / step).denominator == 1 for part in map(Fraction, exact)):
        return exact, ""
    total = round_to(sum(exact, Fraction(0)), step, "half_up")
    cut = [Fraction(part) // step * step for part in exact]
    left = int((total - sum(cut)) / step)
    lucky = sorted(range(len(exact)), key=lambda at: cut[at] - exact[at])[:left]
    parts = [part + step if at in lucky else part for at, part in enumerate(cut)]
    return parts, in_language(_SHOWN, language).replace("{total}", show(total, unit, language))
