"""What was given and is not due yet, by the dates of rows; see `engines.reference.books` for what it means.

What a period gives a person belongs to the rows of their measures. Each share of each row is a part of it, in whole
steps that add up by largest remainder, and falls due on a day of the row. So a piece of pay is divided once, when it is
given; from then on a part waits until the first period that reaches its day, and is left out while its line waits for a
gate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from math import lcm

import polars as pl
from attrs import define, field

from incentive.columns import NotLoweredError, Num, Plain, Widths
from incentive.engines.columnar.lines import Lines
from incentive.engines.columnar.numbers import constant
from incentive.engines.columnar.rows import RowValues, day_of
from incentive.quantities import Period
from incentive.tree import Amended, MeasureValue, Release, Window, weighed_by

_KIND = pl.Int128
_ROW = {"place": pl.Int64, "row": pl.Int64, "day": pl.Int64, "weight": _KIND}
_PART = {"place": pl.Int64, "given": pl.Int64, "line": pl.Boolean, "due": pl.Int64, "part": _KIND}


@define(slots=False)
class Released:
    """A release over the periods of a grid: the parts that wait, one row a part."""

    figures: Lines
    step: Release
    waiting: pl.DataFrame = field(factory=lambda: pl.DataFrame(schema=_PART))

    # ---- rows --------------------------------------------------------------------------------------------------------
    @cached_property
    def _weighers(self) -> tuple[tuple[MeasureValue, Window | None], ...]:
        plan = self.figures.plan
        definitions = {each.name: each.value for each in plan.definitions}
        lines = {each.name: each.line for each in plan.components}
        tables = {each.name: each.table for each in plan.measures}
        if isinstance(lines[self.step.component], Amended):
            raise NotLoweredError("a release of a line that an amendment changes")
        found = weighed_by(lines[self.step.component], definitions, lines)
        measures = [(node, own) for node, own in found if isinstance(node, MeasureValue)]
        if len(measures) < len(found):
            raise NotLoweredError("a release of what each row earned by itself")
        return tuple(each for each in measures if tables[each[0].name] == self.step.table)

    @cached_property
    def _credits(self) -> Mapping[str, pl.DataFrame]:
        """What each row credited to people of the grid, by measure, in whole numbers over one scale."""
        weighed = {name: self._weighed(name) for name in {node.name: 0 for node, _ in self._weighers}}
        scale = lcm(*(each for _, each in weighed.values()))
        made: dict[str, pl.DataFrame] = {}
        for name, (frame, own) in weighed.items():
            factor = scale // own
            if not Widths().fits(_most(frame["weight"]) * factor):
                raise NotLoweredError("rows too long to release by")
            made[name] = frame.with_columns(weight=frame["weight"] * pl.Series([factor], dtype=_KIND))
        return made

    def _weighed(self, name: str) -> tuple[pl.DataFrame, int]:
        nodes = [node for node, _ in self._weighers if node.name == name]
        if any(node.type.grain.who not in {"", "participant"} for node in nodes):
            raise NotLoweredError("a release of what belongs to the rows of a group")
        totals = self.figures.measure_totals(name)
        credited = totals.credited
        if credited.measure.credit is None:
            raise NotLoweredError("a release of what belongs to the rows of a group")
        value, gone = constant(1), None
        if credited.measure.aggregate != "count":
            if not isinstance(credited.value, Num):
                raise NotLoweredError("rows too long to release by")
            value, gone = totals.whole(credited.value), credited.value.gone
        grid = self.figures.grid
        place = pl.repeat(-1, len(grid.roster.segments.keys), dtype=pl.Int64, eager=True).clone()
        place = place.scatter(grid.holders, pl.int_range(0, len(grid.holders), dtype=pl.Int64, eager=True))
        scale = value.scale * lcm(*(each.share.scale for each in credited.credits))
        frames: list[pl.DataFrame] = [pl.DataFrame(schema=_ROW)]
        for each in credited.credits:
            row = pl.int_range(0, credited.rows, dtype=pl.Int64, eager=True) if each.row is None else each.row
            amount, _ = totals.amounts(value, each, scale)
            weight = amount.cast(_KIND)
            if gone is not None:
                weight = pl.Series([0], dtype=_KIND).zip_with(gone.gather(row), weight)
            day = totals.days(each).cast(pl.Int64)
            frame = pl.DataFrame({"place": place.gather(each.person), "row": row, "day": day, "weight": weight})
            frames.append(frame.filter(pl.col("place") >= 0))
        return pl.concat(frames), scale

    @cached_property
    def _order(self) -> pl.DataFrame:
        """The day of each share of each row, and what rows of one weight are ordered by."""
        figures, step = self.figures, self.step
        table = figures.facts.tables[step.table]
        columns: dict[str, pl.Series] = {"key": self._keys(table.rows)}
        for which, share in enumerate(step.shares):
            values = RowValues(figures.plan, figures.facts, figures.roster, step.table, figures.widths)
            found = values.lowering()(share.on)
            if found.doubt is not None and found.doubt.any():
                raise NotLoweredError("a day that columns cannot tell")
            day, gone = day_of(found)
            day = day.cast(pl.Int64)
            if gone is not None:
                day = pl.Series([0], dtype=pl.Int64).zip_with(gone, day)
            columns[f"day_{which}"] = day if len(day) == table.rows else day.new_from_index(0, table.rows)
        return pl.DataFrame({"row": pl.int_range(0, table.rows, dtype=pl.Int64, eager=True), **columns})

    def _keys(self, rows: int) -> pl.Series:
        spec = next(each for each in self.figures.plan.tables if each.name == self.step.table)
        key = next((each.name for each in spec.fields if each.key), None)
        if key is None:
            return pl.Series([""], dtype=pl.String).new_from_index(0, rows)
        found = self.figures.facts.tables[self.step.table].columns[key]
        if not isinstance(found, Plain) or found.kind != "word":
            raise NotLoweredError("a release by rows whose key is no text")
        words = found.values.cast(pl.String)
        return words if found.gone is None else pl.Series([""], dtype=pl.String).zip_with(found.gone, words)

    # ---- parts -------------------------------------------------------------------------------------------------------
    def give(self, at: int, line: Num, trued_up: Sequence[tuple[Num, Window]]) -> None:
        """Divide what a period gave: its line, and its true-ups over windows."""
        made = [self._parts(at, line, None), *(self._parts(at, amount, window) for amount, window in trued_up)]
        self.waiting = pl.concat([self.waiting, *made]).filter(pl.col("due") > at)

    def _parts(self, at: int, amount: Num, window: Window | None) -> pl.DataFrame:
        """Share an amount out over the rows that it belongs to, and their days; what belongs to none has no part."""
        periods, shares = self.figures.grid.periods, self.step.shares
        whole = lcm(*(each.share.denominator for each in shares))
        weights = pl.DataFrame(
            {
                "which": pl.Series(range(len(shares)), dtype=pl.Int64),
                "share": pl.Series(
                    [each.share.numerator * (whole // each.share.denominator) for each in shares], dtype=_KIND
                ),
            }
        )
        rows = self._rows(periods[at], window)
        rows = rows.with_columns(units=self._units(amount).gather(rows["place"])).filter(pl.col("units") != 0)
        rows = rows.filter(pl.col("every") != 0)
        most = max(_most(rows["units"]), 1) * max(_most(rows["weight"]), _most(rows["every"]), 1) * whole
        if not Widths().fits(most):
            raise NotLoweredError("an amount too long to release by rows")
        # the weights may be negative and so may their sum, which is brought to be positive; so is the amount
        size = pl.col("units").abs() * pl.col("weight") * pl.col("share") * pl.col("every").sign()
        down = pl.col("every").abs() * pl.lit(whole, dtype=_KIND)
        cells = rows.join(weights, how="cross").join(self._order, on="row", how="left")
        cells = cells.with_columns(size=size, down=down)
        cells = cells.with_columns(cut=pl.col("size") // pl.col("down"))
        cells = cells.with_columns(rest=pl.col("size") - pl.col("cut") * pl.col("down"))
        days = [f"day_{which}" for which in range(len(shares))]
        order = ["place", "rest", "key", *days, "weight", "row", "which"]
        cells = cells.sort(order, descending=[each == "rest" for each in order])
        left = pl.col("units").abs().first() - pl.col("cut").sum()
        lucky = pl.int_range(0, pl.len()).over("place") < left.over("place")
        cells = cells.with_columns(part=(pl.col("cut") + lucky.cast(_KIND)) * pl.col("units").sign())
        day = pl.coalesce([pl.when(pl.col("which") == which).then(each) for which, each in enumerate(days)])
        cells = cells.with_columns(due=day)
        lasts = pl.Series([each.last.toordinal() for each in periods], dtype=pl.Int64)
        due = lasts.search_sorted(cells["due"], side="left").cast(pl.Int64)
        due = due.zip_with(cells["due"] > 0, pl.Series([len(periods)], dtype=pl.Int64))
        given = pl.lit(at, dtype=pl.Int64).alias("given")
        return cells.with_columns(due=due).select("place", given, pl.lit(window is None).alias("line"), "due", "part")

    def _rows(self, period: Period, window: Window | None) -> pl.DataFrame:
        """What each row credited to each person in the days that a piece belongs to, and what all of them did."""
        frames: list[pl.DataFrame] = []
        for node, own in self._weighers:
            days = self.figures.windows.days(window or own, period)
            inside = (pl.col("day") >= days.first) & (pl.col("day") < days.after)
            frames.append(self._credits[node.name].filter(inside))
        rows = pl.concat(frames)
        if not Widths().fits(_most(rows["weight"]) * max(rows.height, 1)):
            raise NotLoweredError("rows too long to release by")
        rows = rows.group_by("place", "row").agg(pl.col("weight").sum())
        return rows.with_columns(every=pl.col("weight").sum().over("place"))

    def _units(self, amount: Num) -> pl.Series:
        """An amount in whole steps, by person."""
        step = self.figures.plan.rounding_step
        factor, down = step.denominator // amount.scale, step.numerator
        if step.denominator % amount.scale or not Widths().fits(amount.most * factor):
            raise NotLoweredError("an amount that does not divide into steps")
        if isinstance(amount.top, int):
            top = pl.Series([amount.top], dtype=_KIND).new_from_index(0, len(self.figures.grid.holders))
        else:
            top = amount.top.cast(_KIND)
        top = top * pl.Series([factor], dtype=_KIND)
        units = top // pl.Series([down], dtype=_KIND)
        if (units * pl.Series([down], dtype=_KIND) != top).any():
            raise NotLoweredError("an amount that does not divide into steps")
        return units

    # ---- what waits --------------------------------------------------------------------------------------------------
    def not_due(self, at: int, held: Mapping[int, pl.Series]) -> Num:
        """What waits at the end of a period, by person; `held` says by period whose line a gate holds."""
        self.waiting = self.waiting.filter(pl.col("due") > at)
        waits = self.waiting
        for given, people in held.items():
            held_here = people.gather(waits["place"]) & waits["line"] & (waits["given"] == given)
            waits = waits.filter(~held_here)
        most = _most(waits["part"]) * max(waits.height, 1)
        step = self.figures.plan.rounding_step
        if not Widths().fits(most * step.numerator):
            raise NotLoweredError("an amount too wide to settle in a column")
        summed = waits.group_by("place").agg(pl.col("part").sum())
        units = pl.repeat(0, len(self.figures.grid.holders), dtype=_KIND, eager=True).clone()
        if summed.height:
            units = units.scatter(summed["place"], summed["part"])
        top = units * pl.Series([step.numerator], dtype=_KIND)
        return Num(top, step.denominator, _most(top))


def _most(column: pl.Series) -> int:
    low, high = column.min(), column.max()
    if low is None or high is None:
        return 0
    return max(abs(int(low)), abs(int(high)))  # type: ignore[arg-type]  # of whole numbers
