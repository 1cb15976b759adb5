"""Rates of exchange for a column of money: each pair of currencies and day is looked up once, by the reference engine.

There are few of them, however many rows: the search is that of `engines.reference`, so what counts as a rate of the day
is decided in one place.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl

from incentive.columns import NotLoweredError, Num, Plain, Table, Values, Widths, some, union
from incentive.data import TableFacts
from incentive.engines.reference import RateRows
from incentive.results import Value
from incentive.tree import RateTable

_DECIMAL: Final = 10**12


def rate_rows(names: RateTable, table: Table, as_of: date | None) -> RateRows:
    """Index the rows of a table of rates."""
    columns = {name: _listed(table.columns[name]) for name in (names.source, names.target, names.day, names.rate)}
    facts = TableFacts(names.table, table.file, table.rows, columns, tuple(range(table.rows)), ("",) * table.rows)
    late = None
    if as_of is not None and table.recorded is not None:
        late = (table.recorded > as_of.toordinal()).to_list()
    return RateRows(names, facts, late)


def factors(  # noqa: PLR0913, PLR0917 - what a rate is found by
    rows: RateRows, source: Values, target: str, day: pl.Series, day_gone: pl.Series | None, known: int
) -> Num:
    """Give what each row's money is multiplied by; missing where there is no rate."""
    if not isinstance(source, Plain) or source.kind != "word":
        raise NotLoweredError("money in a currency that is no word")
    count = max(len(day), len(source.values))
    words = source.values if len(source.values) == count else source.values.new_from_index(0, count)
    days = day if len(day) == count else day.new_from_index(0, count)
    frame = pl.DataFrame({"source": words.cast(pl.String), "day": days})
    pairs = frame.unique(maintain_order=True)
    found: list[Fraction | None] = []
    for currency, ordinal in pairs.iter_rows():
        if currency == target:
            found.append(Fraction(1))
            continue
        rate = rows.find(str(currency), target, date.fromordinal(max(int(ordinal), 1)), known)
        found.append(None if rate is None else 1 / Fraction(rate.value) if rate.back else Fraction(rate.value))
    values = [each if each is not None else Fraction(1) for each in found]
    shared = lcm(*(each.denominator for each in values))
    whole = _DECIMAL % shared == 0  # as rates are written: whole numbers over one scale; else quotients
    tops = [each.numerator * (shared // each.denominator if whole else 1) for each in values]
    bottoms = [1 if whole else each.denominator for each in values]
    most, most_bottom = max(map(abs, tops), default=1), max(bottoms, default=1)
    if not Widths().fits(max(most, most_bottom)):
        raise NotLoweredError("a rate with too many digits")
    kind = Widths().kind(max(most, most_bottom))
    joined = frame.join(
        pairs.with_columns(
            top=pl.Series(tops, dtype=kind),
            bottom=pl.Series(bottoms, dtype=kind),
            gone=pl.Series([each is None for each in found], dtype=pl.Boolean),
        ),
        on=["source", "day"],
        how="left",
        maintain_order="left",
    )
    gone = union(source.gone, some(joined["gone"]))
    if day_gone is not None:
        gone = union(gone, day_gone & (words != target))
    if whole:
        return Num(joined["top"], shared, most, gone=some(gone))
    return Num(joined["top"], 1, most, joined["bottom"], most_bottom, some(gone))


def _listed(values: Values) -> tuple[Value | None, ...]:
    """The values of a column as the reference engine reads them."""
    match values:
        case Plain(kind="day"):
            found: list[Value] = [date.fromordinal(int(each)) for each in values.values.to_list()]
        case Plain():
            found = values.values.to_list()
        case Num(top=pl.Series() as top) if values.bottom is None:
            found = [Fraction(each, values.scale) for each in top.to_list()]
        case _:
            raise NotLoweredError("a table of rates of another kind")
    if values.gone is None:
        return tuple(found)
    return tuple(None if lost else each for each, lost in zip(found, values.gone.to_list(), strict=True))
