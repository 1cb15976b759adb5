"""Inputs as columns: one value for a holder and a period, never two, within its declared bounds."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import polars as pl
from attrs import frozen

from incentive.columns.cells import Cells, converted, picked, read_cells
from incentive.columns.figures import Mask, Num, Plain, Values, union
from incentive.columns.references import References, named, people_by
from incentive.columns.sheets import Sheet
from incentive.columns.tables import ALWAYS, NEVER, InputCells, names_of
from incentive.columns.texts import coded, fine, numbered
from incentive.data.cells import converter, rules
from incentive.data.formats import find_zone
from incentive.data.inputs import HOLDS, InputColumns, input_columns, period_reader
from incentive.data.mapping import ColumnMap, Format, InputMap
from incentive.quantities import FiscalYear
from incentive.tree import Input, Must, Plan, Unit

_WIDEST = 127
_SPARSE = 8  # holders and periods without a value, to one with a value, in a table of all of them


@frozen(eq=False)
class InputReader:
    """Reads inputs for the people and teams that there are."""

    plan: Plan
    references: References
    teams: Sequence[str]

    def read(self, declared: Input, mapping: InputMap, sheet: Sheet) -> InputCells:
        """Give the values of an input.

        Raises:
            NotFineError: Something about it may be wrong.
        """
        where = input_columns(declared, mapping)
        style, zone = mapping.source.format, find_zone(self.plan.timezone)
        holder, excluded = self._holder(declared, mapping, where.holder, sheet)
        period = names_of([""]).new_from_index(0, sheet.rows)
        days = (
            None if where.period is None or where.period.column in sheet.columns else _days(sheet, where, style, zone)
        )
        if where.period is not None and days is None:
            base = converter(
                Unit("date" if mapping.period_from == "date" else "text"), rules(style, where.period, zone)
            )
            year = FiscalYear(self.plan.year_starts, self.plan.year_named_by)
            different, codes = coded(sheet.column(where.period.column))
            read = converted(different, period_reader(base, declared, year))
            period = names_of([str(each) for each in read])
            period = period if codes is None else period.gather(codes)
        cells = Cells(sheet.column(where.value.column), rules(style, where.value, zone), declared.optional, sheet.loose)
        value = read_cells(cells, declared.unit)
        left_out = union(excluded, value.gone)
        if left_out is not None:
            at = (~left_out).arg_true()
            holder, period, value = holder.gather(at), period.gather(at), picked(value, at)
            days = days and (days[0].gather(at), days[1].gather(at))
        _prove_bounds(value, declared.musts)
        if days is not None:
            _prove_apart(holder, *days)
            return InputCells(holder, period, value, dated=True)
        _prove_different(holder, period)
        return InputCells(holder, period, value)

    def _holder(
        self, declared: Input, mapping: InputMap, where: ColumnMap | None, sheet: Sheet
    ) -> tuple[pl.Series, Mask]:
        """Give the number of each row's holder, and the rows whose holder is unknown and may be."""
        if where is None:
            return pl.repeat(0, sheet.rows, dtype=pl.Int64, eager=True), None
        cells = Cells(sheet.column(where.column), rules(mapping.source.format, where, None), loose=sheet.loose)
        lenient = mapping.unknown == "exclude"
        if declared.per == "participant":
            return named(cells, people_by(self.references, where.person_key), lenient=lenient)
        return named(cells, numbered(pl.Series(self.teams, dtype=pl.String)), lenient=lenient)


def _prove_different(holder: pl.Series, period: pl.Series) -> None:
    """Prove that no holder has two values for a period."""
    if not len(holder):
        return
    at = period.to_physical().cast(pl.Int64)
    width, most = at.max(), holder.max()
    assert isinstance(width, int), "a period has a number"
    assert isinstance(most, int), "a holder has a number"
    key, size = holder * (width + 1) + at, (most + 1) * (width + 1)
    if size > _SPARSE * len(key):
        fine(key.n_unique() == len(key))
        return
    seen = pl.repeat(value=False, n=size, dtype=pl.Boolean, eager=True)
    fine(seen.scatter(key, pl.repeat(value=True, n=len(key), dtype=pl.Boolean, eager=True)).sum() == len(key))


def _days(sheet: Sheet, where: InputColumns, style: Format, zone: ZoneInfo | None) -> tuple[pl.Series, pl.Series]:
    """Give the days from which values hold, and up to, and without, which."""
    first, after = (
        _edge(sheet, where.edge(sheet.columns, first=True), style, zone, ALWAYS),
        _edge(sheet, where.edge(sheet.columns, first=False), style, zone, NEVER - 1) + 1,
    )
    fine(bool((after > first).all()))
    return first, after


def _edge(sheet: Sheet, where: ColumnMap | None, style: Format, zone: ZoneInfo | None, otherwise: int) -> pl.Series:
    """Give one of them, as ordinals; another number where that side is open."""
    if where is None:
        return pl.repeat(otherwise, sheet.rows, dtype=pl.Int64, eager=True)
    found = read_cells(
        Cells(sheet.column(where.column), rules(style, where, zone), optional=True, loose=sheet.loose), Unit("date")
    )
    assert isinstance(found, Plain), "days are plain"
    day = found.values.cast(pl.Int64)
    return day if found.gone is None else day.zip_with(~found.gone, pl.Series([otherwise], dtype=pl.Int64))


def _prove_apart(holder: pl.Series, first: pl.Series, after: pl.Series) -> None:
    """Prove that no two values of a holder hold on one day."""
    rows = pl.DataFrame({"holder": holder, "first": first, "after": after}).sort("holder", "first")
    same = (rows["holder"].diff() == 0).fill_null(value=False)
    fine(not (same & (rows["after"].shift() > rows["first"]).fill_null(value=False)).any())


def _prove_bounds(value: Values, musts: Sequence[Must]) -> None:
    """Prove that every figure is within its bounds."""
    if not isinstance(value, Num) or not isinstance(value.top, pl.Series) or not len(value.top):
        return
    for must in musts:
        bound = must.bound * value.scale
        if must.operator in {"=", "!="}:
            whole = bound.denominator == 1 and bound.numerator.bit_length() <= _WIDEST
            same = (
                bool((value.top.cast(pl.Int128) == pl.Series([int(bound)], dtype=pl.Int128)).any()) if whole else False
            )
            fine(not same if must.operator == "!=" else whole and value.top.n_unique() == 1 and same)
            continue
        edge = value.top.max() if must.operator[0] == "<" else value.top.min()
        assert isinstance(edge, int), "the least and the greatest of whole numbers are whole"
        fine(HOLDS[must.operator](edge, bound))
