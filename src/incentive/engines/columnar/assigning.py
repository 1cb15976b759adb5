"""Assignment tables in columns: a join by the cells that are filled, once for each pattern of empty ones."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from incentive.columns import (
    ALWAYS,
    NEVER,
    NotLoweredError,
    Num,
    Plain,
    Table,
    Values,
    Widths,
    all_of,
    marked,
    marks,
    repeated,
)
from incentive.engines.columnar.crediting import Credit
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.tree import CreditThrough


def assigned(
    to: CreditThrough, keys: Sequence[Values], days: pl.Series, table: Table, widths: Widths
) -> tuple[Credit, pl.Series, pl.Series]:
    """Credit everybody whose row of a table takes a fact on its day.

    Give the credit, which facts are credited, and which of them several rows take.

    Args:
        to: The assignment.
        keys: The fields of the facts that it asks for.
        days: The day of each fact.
        table: The assignment table.
        widths: How long a whole number may be.

    Raises:
        NotLoweredError: A field is no key, or the shares are too long to add.
    """
    rows = len(days)
    share: Values = constant(1) if to.share is None else table.columns[to.share]
    if not isinstance(share, Num):
        raise NotLoweredError("an assignment without shares")
    left = pl.DataFrame({"row": pl.int_range(0, rows, dtype=pl.Int64, eager=True), "day": days})
    known = all_of(rows)
    for at, key in enumerate(keys):
        if not isinstance(key, Plain):
            raise NotLoweredError("an assignment by what is no key")
        left = left.with_columns(key.values.alias(f"key{at}"))
        known = known if key.gone is None else known & ~key.gone
    found = _matched(left.filter(known), _rows(to, table, share, widths), len(keys))
    several = found.group_by("row").len().filter(pl.col("len") > 1)["row"]
    if to.first is not None:
        late = pl.col("late") == pl.col("late").min().over("row")
        found = found.filter(late).filter(pl.col("place") == pl.col("place").min().over("row"))
    summed = pl.col("share").sum() if to.share is not None else pl.col("share").first()
    most = share.most * (table.rows + 1)
    if not widths.fits(most):
        raise NotLoweredError("shares too long to add")
    found = found.with_columns(pl.col("share").cast(Widths().kind(most)))
    found = found.group_by("row", "who").agg(summed).sort("row", "who")
    credited = marked(marks(None, rows), found["row"].unique())
    overlaps = marked(marks(None, rows), several)
    return Credit(found["row"], found["who"], Num(found["share"], share.scale, most)), credited, overlaps


def _rows(to: CreditThrough, table: Table, share: Num, widths: Widths) -> pl.DataFrame:
    """The rows of an assignment that name somebody, with what they ask for; `any` marks an empty cell."""
    who = table.columns[to.who]
    if not isinstance(who, Plain):
        raise NotLoweredError("credit to what is no person")
    tops = Numbers(table.rows, widths).column(share.top, share.most)
    found = pl.DataFrame({"who": who.values, "share": tops})
    found = found.with_columns(since=_edge(to.since, table, ALWAYS), until=_edge(to.until, table, NEVER))
    for at, name in enumerate(to.match):
        cell = table.columns[name]
        if not isinstance(cell, Plain):
            raise NotLoweredError("an assignment by what is no key")
        found = found.with_columns(cell.values.alias(f"key{at}"), _gone(cell, table).alias(f"any{at}"))
    if to.first is not None:
        place = table.columns[to.first]
        value = place.values if isinstance(place, Plain) else place.top if isinstance(place, Num) else None
        if value is None or (isinstance(place, Num) and place.bottom is not None):
            raise NotLoweredError("an assignment by what is no key")
        late = _gone(place, table)
        order = value if isinstance(value, pl.Series) else repeated(value, table.rows, pl.Int64)
        found = found.with_columns(late=late, place=order.zip_with(~late, pl.Series([0]).cast(order.dtype)))
    there = ~_gone(who, table) & ~_gone(share, table)
    return found.filter(there)


def _gone(values: Values, table: Table) -> pl.Series:
    return marks(values.gone, table.rows)


def _matched(left: pl.DataFrame, right: pl.DataFrame, keys: int) -> pl.DataFrame:
    """Each fact with each row that takes it on its day."""
    marks = [f"any{at}" for at in range(keys)]
    frames: list[pl.DataFrame] = []
    for pattern in right.select(marks).unique(maintain_order=True).iter_rows():
        here = right.filter(*(pl.col(mark) == empty for mark, empty in zip(marks, pattern, strict=True)))
        by = [f"key{at}" for at, empty in enumerate(pattern) if not empty]
        here = here.drop([*marks, *(f"key{at}" for at, empty in enumerate(pattern) if empty)])
        pairs = left.join(here, on=by, how="inner") if by else left.join(here, how="cross")
        held = (pl.col("since") <= pl.col("day")) & (pl.col("day") <= pl.col("until"))
        frames.append(pairs.filter(held).drop([f"key{at}" for at in range(keys)], strict=False))
    return pl.concat(frames) if frames else left.head(0).join(right.head(0), how="cross")


def _edge(name: str | None, table: Table, default: int) -> pl.Series:
    rows = table.rows
    if name is None:
        return repeated(default, rows, pl.Int32)
    found = table.columns[name]
    if not isinstance(found, Plain) or found.kind != "day":
        raise NotLoweredError("an assignment that holds from what is no day")
    days = found.values.cast(pl.Int32)
    return days if found.gone is None else days.zip_with(~found.gone, pl.Series([default], dtype=pl.Int32))
