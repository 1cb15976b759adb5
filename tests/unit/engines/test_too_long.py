"""A figure that grows too long is missing, and says in which part of the plan: it never becomes another figure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from incentive import tree as t
from incentive.diagnostics import Span
from incentive.engines import compile_plan, explain_given, pay
from incentive.quantities import MAX_BITS, Number
from tests.unit.engines.samples import MONEY, MONTH, RATIO, eur, line, number, period, plan, rounded, slices, typed

HERE = Span(3, 9, 1, 4, 1, 10)
LONG = Fraction(2**MAX_BITS - 3)
"""As long as a number may be, and no multiple of 2, 3 or 5: twice as much is too long, and so is 7/10 of it."""
THIN = Fraction(1, 3**1000)
"""Of a denominator that has nothing in common with that of others."""
HALF = Fraction(1, 2)
COMPUTED = t.Add((eur(0), eur(1)), type=typed(MONEY))
"""A bound that is computed, so that the curve is drawn for each line."""
UNRATED = t.InputValue("rating", "own", type=typed(RATIO, "participant", MONTH))
RATING = t.Input("rating", "Rating", RATIO, "participant", "month")


def of(node: t.Expr) -> list[tuple[str, Span | None]]:
    """Why a line has no amount; its explanation says the same."""
    made = compile_plan(plan(line("bonus", rounded(node)), inputs=(RATING,)))
    (found,) = pay(made, period("2026-02"), {})
    told = explain_given(made, period("2026-02"), {}, "bonus")
    assert told.reason == (found.reasons[0] if found.reasons else None)
    rows = told.children[0].children[0].slices if told.children[0].children else ()
    assert all(isinstance(each.amount, Number) for each in rows)
    return [(each.code, each.span) for each in found.reasons]


def table(how: str, subject: t.Expr, *rows: tuple[t.Expr, str], applied: bool = True) -> t.Tiers:
    made = slices(subject, *rows, how=how, applied=applied)
    return t.Tiers(made.how, made.subject, made.rows, made.applied, type=made.type, span=HERE)


def weighted(base: t.Expr, *parts: tuple[Fraction | int, t.Expr]) -> t.Weighted:
    made = tuple(t.Part(Fraction(weight), value, "") for weight, value in parts)
    return t.Weighted(base, made, type=typed(MONEY), span=HERE)


def scorecard(high: Fraction | int, *criteria: tuple[Fraction, t.Expr], unrated: str = "pending") -> t.Scorecard:
    made = tuple(t.Part(weight, value, "") for weight, value in criteria)
    return t.Scorecard("card", made, Fraction(high), unrated, type=typed(RATIO), span=HERE)  # type: ignore[arg-type]  # one of three words


TOO_LONG: Sequence[t.Expr] = (
    table("slice", number(LONG), (eur(0), "2")),
    table("slice", number(LONG), (eur(0), "1"), (eur(2), "2")),
    table("level", number(LONG), (eur(0), "2")),
    table("every_level", number(LONG), (eur(0), "1"), (eur(1), "1")),
    table("curve", number(LONG), (eur(1), "2")),
    table("curve", number(LONG), (COMPUTED, "2")),
    weighted(eur(1), (Fraction(7, 10), number(LONG))),
    weighted(eur(1), (HALF, number(LONG)), (HALF, number(THIN))),
    weighted(number(LONG), (1, number(2))),
    scorecard(5, (Fraction(2, 5), number(LONG)), (Fraction(3, 5), number(1))),
    scorecard(1, (HALF, number(LONG)), (HALF, number(THIN))),
    scorecard(Fraction(1, 5), (Fraction(1, 5), number(LONG)), (Fraction(4, 5), UNRATED), unrated="reweight"),
)


@pytest.mark.parametrize("node", TOO_LONG, ids=range(len(TOO_LONG)))
def test_a_figure_that_grows_too_long_says_where(node: t.Expr) -> None:
    assert of(node) == [("P203", HERE)]


@pytest.mark.parametrize(
    "node",
    [
        table("slice", number(LONG), (eur(0), "1")),
        table("level", number(LONG), (eur(0), "1")),
        table("curve", number(LONG), (eur(1), "1")),
        weighted(eur(1), (1, number(LONG))),
        weighted(number(LONG), (1, number(1))),
        scorecard(1, (Fraction(1), number(LONG))),
    ],
)
def test_one_that_is_as_long_as_it_may_be_is_paid(node: t.Expr) -> None:
    (found,) = pay(compile_plan(plan(line("bonus", node))), period("2026-02"), {})
    assert found.amount is not None
    assert found.amount.exact == LONG
