r"""Amounts and rows as CSV for programs: one way to write each, so that the same result is the same bytes."""

from __future__ import annotations

from collections.abc import Iterable

from incentive.quantities import Money, Number, exact_decimal, fixed, minor_digits
from incentive.results.texts import exact_text

_TO_QUOTE = frozenset(',"\r\n')


def csv_row(cells: Iterable[str]) -> str:
    r"""One row with its line end.

    Texts are as they are, also those that begin with `=`: this is for programs, see docs/reference/cli.md.
    """
    return ",".join(map(_cell, cells)) + "\n"


def csv_amount(amount: Money | None, step: Number) -> str:
    """An amount with the currency's digits, or with more where the plan rounds finer; "" where there is none."""
    if amount is None:
        return ""
    exact = amount.exact
    needed = [_places(exact), _places(step)]
    if needed[0] is None:
        return exact_text(exact)
    return fixed(exact, max(minor_digits(amount.currency), *(each or 0 for each in needed)))


def _places(value: Number) -> int | None:
    text = exact_decimal(value)
    return None if text is None else len(text.partition(".")[2])


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _TO_QUOTE & set(text) or text != text.strip() else text


__all__ = ["csv_amount", "csv_row"]
