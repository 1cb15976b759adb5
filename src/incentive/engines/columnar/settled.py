"""What lines were settled to: from the columns of the fold, and where it asks, from the reference engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

import polars as pl
from attrs import define

from incentive.columns import (
    ColumnFacts,
    NotLoweredError,
    Num,
    Widths,
    all_of,
    decimals,
    places_of,
    repeated,
    settled_columns,
)
from incentive.diagnostics import UsageError
from incentive.engines.columnar.asking import Answers
from incentive.engines.columnar.folding import Folded, FoldedPeriod, fold
from incentive.engines.columnar.running import ColumnRun
from incentive.engines.reference import (
    Compiled,
    Context,
    Done,
    Memory,
    Settling,
    StepDone,
    settled_as,
    settlement,
)
from incentive.results import Lane, LaneReport, Settlement
from incentive.tree import SettledName

_STATUS: Final = ("paid", "zero", "pending")
_NOTHING: Final = pl.Series([0], dtype=pl.Int128)


@define(eq=False, slots=False)
class Settled:
    """The settlement of a run."""

    compiled: Compiled
    settling: Settling
    facts: ColumnFacts
    run: ColumnRun
    answers: Answers
    as_of: date | None

    # ---- what columns settle -----------------------------------------------------------------------------------------
    @cached_property
    def _where(self) -> list[int]:
        return [int(each) for each in self.run.rows.arg_true().to_list()]

    @property
    def _width(self) -> int:
        return max(len(self.run.grid.periods), 1)

    @cached_property
    def _folded(self) -> tuple[Folded, str]:
        """What columns settled, and why they settled nothing."""
        try:
            kept = sorted({at % self._width for at in self._where})
            return fold(self.run.figures, kept, self.run.touched), ""
        except NotLoweredError as error:
            everybody = all_of(len(self.run.grid.holders))
            return Folded({}, everybody), str(error)

    @cached_property
    def report(self) -> LaneReport:
        """How many settlements columns computed, how many the reference engine, and why columns computed none."""
        folded, why = self._folded
        asks = folded.asks.to_list()
        asked = sum(asks[at // self._width] for at in self._where)
        counts: Mapping[Lane, int] = {"integer": len(self._where) - asked, "reference": asked}
        return LaneReport("settlement", {lane: rows for lane, rows in counts.items() if rows}, why)

    # ---- as objects --------------------------------------------------------------------------------------------------
    @cached_property
    def _asked(self) -> Mapping[int, Settlement]:
        """The settlements that the reference engine gives, by the row of the grid."""
        grid, width = self.run.grid, self._width
        asks = self._folded[0].asks.to_list()
        where = [at for at in self._where if asks[at // width]]
        if not where:
            return {}
        keys, holders = grid.roster.segments.keys, grid.holders.to_list()
        people = sorted({at // width for at in where})
        self._remember(pl.Series([at * width + each for at in people for each in range(width)], dtype=pl.Int64))
        recorded = self.compiled.recorded(self.facts.rows_of(), self.as_of)
        memo = self.answers.memo
        return {
            at: settlement(
                self.compiled,
                self.settling,
                Context(recorded, memo, keys[holders[at // width]], grid.periods[at % width]),  # type: ignore[arg-type]
            )
            for at in where
        }

    def _remember(self, rows: pl.Series) -> None:
        """Tell the reference engine the lines of rows, so that it does not compute them again."""
        grid, memo, width = self.run.grid, self.answers.memo, self._width
        keys, holders = grid.roster.segments.keys, grid.holders.to_list()
        where = rows.filter(self.run.figures.on_plan.gather(rows)).to_list()
        for line in self.run.lines:
            top = line.value.top
            tops = [top] * len(where) if isinstance(top, int) else top.gather(where).to_list()
            gone = line.value.gone
            lost = set() if gone is None else set(gone.arg_true().to_list()) - line.answers.keys()
            for at, each in zip(where, tops, strict=True):
                if at in lost:  # it is pending, and only the reference engine knows why
                    continue
                key = ("line", line.component.name, keys[holders[at // width]], grid.periods[at % width].start)
                value = Fraction(each, line.value.scale)
                memo.setdefault(key, line.answers.get(at, value.numerator if value.denominator == 1 else value))

    @cached_property
    def objects(self) -> tuple[Settlement, ...]:
        """Every settlement, by participant and period."""
        found = dict(self._asked)
        folded, width = self._folded[0], self._width
        keys, holders = self.run.grid.roster.segments.keys, self.run.grid.holders.to_list()
        for number, period in folded.periods.items():
            here = [at for at in self._where if at % width == number and at not in found]
            people = [at // width for at in here]
            for at, person, done in zip(here, people, self._done(number, period, people), strict=True):
                found[at] = settled_as(self.compiled, self.settling, keys[holders[person]], done)
        return tuple(found[at] for at in self._where)

    def _done(self, number: int, period: FoldedPeriod, people: Sequence[int]) -> Iterator[Done]:
        rows = pl.Series(people, dtype=pl.Int64)
        steps = [[_listed(each, rows) for each in step] for step in period.steps]
        lines = {
            number: [(name, [_listed(each, rows) for each in amounts]) for name, *amounts in found]
            for number, found in period.lines.items()
        }
        results = {name: _listed(value, rows) for name, value in period.results.items()}
        for at in range(len(people)):
            yield Done(
                self.run.grid.periods[number],
                results["earned"][at],
                results["payable"][at],
                results["paid"][at],
                tuple(
                    StepDone(
                        before[at],
                        after[at],
                        Memory(),
                        brought[at],
                        balance[at],
                        tuple((name, one[at], two[at], three[at]) for name, (one, two, three) in lines.get(number, ())),
                    )
                    for number, (before, after, brought, balance) in enumerate(steps)
                ),
                {name: values[at] for name, values in results.items()},
            )

    # ---- as a frame --------------------------------------------------------------------------------------------------
    @cached_property
    def frame(self) -> pl.DataFrame:
        """The results: participant, period, result, status, amount."""
        grid, width, names = self.run.grid, self._width, self.settling.names
        where = pl.Series(self._where, dtype=pl.Int64)
        count = len(where)
        columns = [self._units(name, where) for name in names]
        row = pl.int_range(0, count * len(names), dtype=pl.Int64, eager=True)
        at = (row % len(names)) * count + row // len(names)
        units = pl.concat([units for units, _ in columns]).gather(at)
        status = pl.concat([status for _, status in columns]).gather(at)
        place = where.gather(row // len(names))
        keys = pl.Series(grid.roster.segments.keys, dtype=pl.String)
        periods = pl.Series([each.name for each in grid.periods], dtype=pl.String)
        amount = decimals(units, places_of(self.compiled.plan))
        return settled_columns(
            keys.gather(grid.holders.gather(place // width)),
            periods.gather(place % width),
            pl.Series(list(names), dtype=pl.String).gather(row % len(names)),
            pl.Series(_STATUS, dtype=pl.String).gather(status),
            pl.Series([None], dtype=amount.dtype).zip_with(status == 2, amount),
        )

    def _units(self, name: SettledName, where: pl.Series) -> tuple[pl.Series, pl.Series]:
        """A result in units of the last place, and its statuses by number."""
        places, width = places_of(self.compiled.plan), self._width
        folded, people = self._folded[0], len(self.run.grid.holders)
        units = repeated(0, len(where), pl.Int128)
        if folded.periods:
            first = {number: place * people for place, number in enumerate(folded.periods)}
            starts = pl.Series([first.get(number, 0) for number in range(width)], dtype=pl.Int64)
            every = pl.concat([_scaled(each.results[name], places, people) for each in folded.periods.values()])
            units = every.gather(starts.gather(where % width) + where // width)
        asked = {place: self._asked[at] for place, at in enumerate(self._where) if at in self._asked}
        status = (units == _NOTHING).cast(pl.Int64)
        if asked:
            results = [each[name] for each in asked.values()]
            amounts = [0 if each.amount is None else int(each.amount.exact * 10**places) for each in results]
            if any(abs(each) >= 10**38 for each in amounts):
                raise UsageError("settled_frame: an amount has more than 38 digits")
            rows = pl.Series(list(asked), dtype=pl.Int64)
            units = units.clone().scatter(rows, pl.Series(amounts, dtype=pl.Int128))
            numbers = pl.Series([_STATUS.index(each.status) for each in results], dtype=pl.Int64)
            status = status.clone().scatter(rows, numbers)
        return units, status


def _listed(value: Num, rows: pl.Series) -> list[Fraction]:
    if isinstance(value.top, int):
        return [Fraction(value.top, value.scale)] * len(rows)
    return [Fraction(each, value.scale) for each in value.top.gather(rows).to_list()]


def _scaled(value: Num, places: int, people: int) -> pl.Series:
    if 10**places % value.scale:
        raise UsageError("settled_frame: an amount is finer than the plan's rounding")
    factor = 10**places // value.scale
    if not Widths().fits(value.most * factor) or value.most * factor >= 10**38:
        raise UsageError("settled_frame: an amount has more than 38 digits")
    if isinstance(value.top, int):
        return repeated(value.top * factor, people, pl.Int128)
    return value.top.cast(pl.Int128) * pl.Series([factor], dtype=pl.Int128)
