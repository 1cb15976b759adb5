"""What a run on columns gives: a frame at once, accounts and objects when they are asked for.

Who pays a million rows does not always look at what became of each, and accounts are half as much work as lines. What
makes a run fail must fail it at once, though: where columns cannot go through a measure, the run makes its accounts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final

import polars as pl
from attrs import define, evolve

from incentive import results
from incentive.columns import (
    ColumnFacts,
    Kind,
    NotLoweredError,
    Widths,
    decimals,
    marked,
    marks,
    places_of,
    settled_frame,
    write_pieces,
)
from incentive.data import Facts
from incentive.diagnostics import InternalError, UsageError
from incentive.engines.columnar.accounts import account_columns
from incentive.engines.columnar.asking import Answer, Answers
from incentive.engines.columnar.explaining import Told
from incentive.engines.columnar.running import ColumnRun, LineColumn, answers_of, run_columns
from incentive.engines.columnar.settled import Settled
from incentive.engines.reference import Compiled, account, payout, with_pools
from incentive.quantities import Period
from incentive.results import Accounting, Lane, LaneReport, Payout, Settlement

_STATUS: Final = ("paid", "zero", "pending")
_PIECE: Final = 250_000  # people and periods of a frame that are made together


@define(eq=False, slots=False)
class Result:
    """A run on columns, over the periods asked for."""

    compiled: Compiled
    facts: ColumnFacts
    run: ColumnRun
    answers: Answers
    periods: tuple[Period, ...]
    asked: frozenset[str] | None
    as_of: date | None
    told: Told | None

    def __attrs_post_init__(self) -> None:
        try:
            for each in self.compiled.plan.measures:
                self.run.figures.measure_totals(each.name)
        except NotLoweredError:  # the reference engine goes through the rows, and refuses shares that do not total
            self.accounting  # noqa: B018 - it is made here

    @property
    def accounting(self) -> Accounting:
        """What became of every row and every person.

        Raises:
            InternalError: An equation does not hold.
        """
        return self._accounted[0]

    @property
    def accounting_report(self) -> LaneReport:
        """How many rows of measures, and pools, columns accounted for, how many the reference engine, and why."""
        return self._accounted[1]

    @cached_property
    def _accounted(self) -> tuple[Accounting, LaneReport]:
        why: list[str] = []
        counts: dict[Lane, int] = {}
        lane: Lane = "integer"
        try:
            made = account_columns(self.run, self.periods, self.asked)
        except NotLoweredError as error:
            why.append(str(error))
            lane = "reference"
            recorded = self.compiled.recorded(self.facts.rows_of(), self.as_of)
            made = account(recorded, self.compiled.windows, self.periods, self.asked)
        counts[lane] = sum(each.read.rows for each in made.measures)
        if self.compiled.program.pools:
            lane = "integer"
            try:
                made = self._with_pools(made)
            except NotLoweredError as error:
                why.append(str(error))
                lane = "reference"
                recorded = self.compiled.recorded(self.facts.rows_of(), self.as_of)
                made = with_pools(self.compiled, recorded, self.answers.memo, self.periods, made)
            counts[lane] = counts.get(lane, 0) + len(made.pools)
        rows = {each: count for each, count in counts.items() if count}
        return made, LaneReport("accounting", rows, "; ".join(why))

    def _with_pools(self, accounting: Accounting) -> Accounting:
        grid = self.run.grid
        numbers = {each.start: at for at, each in enumerate(grid.periods)}
        pools = self.run.figures.divisions.accounts(self.compiled.plan, [numbers[each.start] for each in self.periods])
        made = evolve(accounting, pools=pools)
        wrong = made.disagreements()
        if wrong:
            raise InternalError("the account of a run does not add up: " + "; ".join(wrong))
        return made

    @property
    def rows_of(self) -> Callable[[], Facts]:
        """Gives what was read, row by row."""
        return self.facts.rows_of

    @property
    def lanes(self) -> tuple[LaneReport, ...]:
        """How the lines of each component were computed."""
        return self.run.reports

    @property
    def rows_by_lane(self) -> Mapping[Lane, int]:
        """How many lines were computed in each lane."""
        found: dict[Lane, int] = {}
        for report in self.lanes:
            for lane, rows in report.rows.items():
                found[lane] = found.get(lane, 0) + rows
        return found

    @cached_property
    def frame(self) -> pl.DataFrame:
        """The lines: participant, period, component, status, amount.

        Shape: one row a participant, period and component, in that order; `amount` is a decimal with the places of the
        plan's rounding, null where the line is pending.
        """
        return pl.concat(list(self._pieces()), rechunk=False)

    def write(self, path: str | Path, kind: Kind | None = None) -> None:
        """Write the lines to a file, as `frame` has them, without making all of the frame.

        Raises:
            UsageError: The file is of no known kind, or an amount has more than 38 digits.
        """
        self._check_amounts()
        empty = next(self._pieces(0))
        write_pieces(self._pieces(), empty.schema, path, kind)

    def _check_amounts(self) -> None:
        where, places = self.run.rows.arg_true().cast(pl.Int64), places_of(self.compiled.plan)
        for each in self.run.lines:
            _check_amounts(each, where, places)

    def _pieces(self, most: int | None = None) -> Iterator[pl.DataFrame]:
        """Make the frame piece by piece; `most` is how many people and periods are looked at."""
        self._check_amounts()
        where = self.run.rows.arg_true()
        where = where if most is None else where.head(most)
        keys = pl.Series(self.run.grid.roster.segments.keys, dtype=pl.String)
        for start in range(0, max(len(where), 1), _PIECE):
            yield self._piece(where.slice(start, _PIECE), keys)

    def _piece(self, where: pl.Series, keys: pl.Series) -> pl.DataFrame:
        grid, lines = self.run.grid, self.run.lines
        count, width = len(where), max(len(grid.periods), 1)
        names = pl.Series([each.name for each in grid.periods], dtype=pl.String)
        places = places_of(self.compiled.plan)
        parts = [_amounts(each, where, places) for each in lines]
        spread = pl.int_range(0, count * len(lines), dtype=pl.UInt32, eager=True)  # as Polars numbers rows
        row = spread // max(len(lines), 1)
        line = spread - row * max(len(lines), 1)
        at = line * count + row
        place = where[row]
        person = place // width
        amount = pl.concat([each for each, _ in parts])[at] if parts else pl.Series([], dtype=pl.Decimal(38, places))
        status = pl.concat([each for _, each in parts])[at] if parts else pl.Series([], dtype=pl.Int8)
        component = pl.Series([each.component.name for each in lines], dtype=pl.String)
        return pl.DataFrame(
            {
                "participant": keys[grid.holders[person]],
                "period": names[place - person * width],
                "component": component[line],
                "status": pl.Series(_STATUS, dtype=pl.String)[status.cast(pl.UInt32)],
                "amount": amount,
            }
        )

    @cached_property
    def explanations(self) -> pl.DataFrame:
        """The figures behind the lines: participant, period, and one column for each figure, named by its formula.

        Shape: one row a participant and period, in that order. A figure that is missing is null, and
        so are all figures of a person from whom a clawback may take something: their lines do not see lost rows.

        Raises:
            UsageError: The run was not asked to keep them.
        """
        if self.told is None:
            raise UsageError("explanations: the run kept none; write run(…, explain='all')")
        grid = self.run.grid
        where = self.run.rows.arg_true().cast(pl.Int64)
        width = max(len(grid.periods), 1)
        keys = pl.Series(grid.roster.segments.keys, dtype=pl.String)
        names = pl.Series([each.name for each in grid.periods], dtype=pl.String)
        found = {"participant": keys.gather(grid.holders.gather(where // width)), "period": names.gather(where % width)}
        told = self.told.columns(where, grid.rows)
        for touched in self.run.touched.values():
            there = ~marks(None, len(grid.roster.segments.keys)) if touched is None else touched
            here = there.gather(grid.holders.gather(where // width))
            told = {name: pl.Series([None], dtype=each.dtype).zip_with(here, each) for name, each in told.items()}
        return pl.DataFrame(found | told)

    @cached_property
    def payouts(self) -> tuple[Payout, ...]:
        """The lines as objects, as the reference engine gives them."""
        grid = self.run.grid
        keys, width = grid.roster.segments.keys, max(len(grid.periods), 1)
        tops = [
            each.value.top if isinstance(each.value.top, int) else each.value.top.to_list() for each in self.run.lines
        ]
        holders = grid.holders.to_list()
        answers = [self._answers_of(each) for each in self.run.lines]
        found: list[Payout] = []
        for at in self.run.rows.arg_true().to_list():
            holder, period = keys[holders[at // width]], grid.periods[at % width]
            for line, top, known in zip(self.run.lines, tops, answers, strict=True):
                value = known.get(at)
                if value is None:
                    value = Fraction(top if isinstance(top, int) else top[at], line.value.scale)
                found.append(payout(self.compiled, line.component, holder, period, value))
        return tuple(found)

    def _answers_of(self, line: LineColumn) -> Mapping[int, Answer]:
        """What the reference engine answered, and the reasons of the lines that are pending."""
        if line.value.gone is None:
            return line.answers
        done = pl.Series(list(line.answers), dtype=pl.Int64)
        waits = self.run.rows & line.value.gone & ~marked(marks(None, self.run.grid.rows), done)
        return {**line.answers, **answers_of(self.answers, self.run.grid, line.component, waits)}

    @cached_property
    def settled(self) -> Settled | None:
        """What the lines were settled to; None where the plan pays them as they are."""
        settling = self.compiled.settling
        if settling is None:
            return None
        return Settled(self.compiled, settling, self.facts, self.run, self.answers, self.as_of)

    @property
    def settlement_report(self) -> LaneReport | None:
        """How the lines were settled, and why not on columns; None where the plan has no settlement."""
        return None if self.settled is None else self.settled.report

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """What the lines were settled to, as objects."""
        return () if self.settled is None else self.settled.objects

    @property
    def settled_frame(self) -> pl.DataFrame:
        """What the lines were settled to: participant, period, result, status, amount.

        Shape: one row a participant, period and result, in that order; `amount` is a decimal with the places of the
        plan's rounding, null where the result is pending. No row where the plan has no settlement.
        """
        return settled_frame((), self.compiled.plan) if self.settled is None else self.settled.frame

    @cached_property
    def result(self) -> results.Run:
        """The run as objects."""
        return results.Run(self.payouts, self.accounting, self.periods, self.facts.digest, self.settlements)


def _check_amounts(line: LineColumn, where: pl.Series, places: int) -> None:
    """See that the amounts of a line are decimals.

    Raises:
        UsageError: One is not.
    """
    value = line.value
    if 10**places % value.scale:
        raise UsageError("frame: an amount is finer than the plan's rounding")
    factor = 10**places // value.scale
    top = value.top if isinstance(value.top, pl.Series) else pl.Series([value.top], dtype=pl.Int128)
    if not Widths().fits(value.most * factor) or value.most * factor >= 10**38:  # a bound is proven, not reached
        used = top.gather(where) if isinstance(value.top, pl.Series) else top
        if any(each is not None and abs(each) * factor >= 10**38 for each in used.to_list()):
            raise UsageError("frame: an amount has more than 38 digits")
    if value.doubt is not None and value.doubt.gather(where).any():
        raise UsageError("frame: an amount has more than 38 digits")


def _amounts(line: LineColumn, where: pl.Series, places: int) -> tuple[pl.Series, pl.Series]:
    """Give the amounts of a line as decimals, and its statuses by number."""
    value = line.value
    top = pl.Series([value.top] * len(where), dtype=pl.Int128) if isinstance(value.top, int) else value.top[where]
    units = top.cast(pl.Int128) * pl.Series([10**places // value.scale], dtype=pl.Int128)
    status = (units == pl.Series([0], dtype=pl.Int128)).cast(pl.Int8)
    amount = decimals(units, places)
    if value.gone is not None:
        lost = value.gone[where]
        status = pl.Series([2], dtype=pl.Int8).zip_with(lost, status)
        amount = pl.Series([None], dtype=amount.dtype).zip_with(lost, amount)
    return amount, status


def run(  # noqa: PLR0913 - what to compute
    compiled: Compiled,
    facts: ColumnFacts,
    periods: Iterable[Period],
    *,
    as_of: date | None = None,
    participants: Iterable[str] | None = None,
    widths: Widths | None = None,
    explain: bool = False,
) -> Result:
    """Compute the lines of everybody on the plan; see `engines.run` for arguments and errors."""
    wanted = tuple(sorted(set(periods)))
    asked = None if participants is None else frozenset(participants)
    answers = Answers(compiled, facts, as_of)
    told = Told(compiled.language, compiled.plan.period) if explain else None
    made = run_columns(compiled, facts, wanted, answers, as_of=as_of, participants=asked, widths=widths, told=told)
    return Result(compiled, facts, made, answers, wanted, asked, as_of, told)
