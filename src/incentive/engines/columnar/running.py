"""Run a plan on columns: the same lines as the reference engine, with a report of how each was computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm

import polars as pl
from attrs import define, evolve, field, frozen

from incentive.columns import ColumnFacts, NotLoweredError, Num, Widths, all_of, marks, repeated, some, union, within
from incentive.diagnostics import UsageError
from incentive.engines.columnar.asking import Answer, Answers
from incentive.engines.columnar.explaining import Told
from incentive.engines.columnar.grid import Grid
from incentive.engines.columnar.lines import Lines, every_node
from incentive.engines.columnar.losing import touched
from incentive.engines.columnar.numbers import Numbers
from incentive.engines.columnar.roster import Roster
from incentive.engines.reference import Compiled, Missing, check_period
from incentive.quantities import Period
from incentive.results import Lane, LaneReport
from incentive.tree import Component, Increase, LineValue, clawbacks, remembers


@frozen(eq=False)
class LineColumn:
    """The lines of a component on the grid: whole steps over `scale`, with the answers of rows that asked.

    A row that columns know to be pending has not asked: only who reads its reasons does.
    """

    component: Component
    value: Num
    answers: Mapping[int, Answer]
    report: LaneReport


@frozen(eq=False)
class ColumnRun:
    """The lines of a run, in columns; `rows` are the rows of the grid that the run gives out.

    `touched` tells by component of each person on the roster whether a row that is lost may belong to their lines;
    None where columns cannot tell.
    """

    grid: Grid
    rows: pl.Series
    lines: Sequence[LineColumn]
    figures: Lines
    touched: Mapping[str, pl.Series | None]

    @property
    def reports(self) -> tuple[LaneReport, ...]:
        """How each component was computed."""
        return tuple(each.report for each in self.lines)


@define
class _Running:
    compiled: Compiled
    facts: ColumnFacts
    widths: Widths
    as_of: date | None
    grid: Grid
    on_plan: pl.Series
    answers: Answers
    given: pl.Series
    read_again: frozenset[str]
    told: Told | None = None
    lines: dict[str, LineColumn] = field(factory=dict)
    touched: dict[str, pl.Series | None] = field(factory=dict)
    figures: Lines = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.figures = Lines(
            self.compiled.plan,
            self.facts,
            self.grid.roster,
            self.grid,
            self.compiled.windows,
            self.widths,
            self.as_of,
            lambda name: self.line(name).value,
            self.on_plan,
            self.told,
        )

    def line(self, name: str) -> LineColumn:
        """Compute the lines of a component, once; rows that ask are answered."""
        if name not in self.lines:
            self.lines[name] = self._made(self.compiled.component(name))
        return self.lines[name]

    def loses(self, name: str) -> pl.Series | None:
        """The rows of the grid whose line of a component may lose rows from some day on."""
        if not clawbacks(self.compiled.plan.settlement, name):
            return None
        self.touched[name] = None
        found = self.touched[name] = touched(self.compiled, self.figures, name)
        return some(found.gather(self.grid.holder))

    def _made(self, component: Component) -> LineColumn:
        rows = self.grid.rows
        why = ""
        lane: Lane = "reference"
        try:
            loses = self.loses(component.name)
            found, lane = self.figures.rounded(component)
            if not isinstance(found, Num) or found.bottom is not None:
                raise NotLoweredError("a line that is not rounded")  # noqa: TRY301 - told as any other
            asks = union(found.doubt, loses)
        except NotLoweredError as error:
            why = str(error)
            found = Num(repeated(0, rows, pl.Int64), 1, 0)
            asks = all_of(rows)
        if component.name not in self.read_again:
            asks = within(self.on_plan, asks)
        asks = some(asks)
        answers: dict[int, Answer] = {}
        if asks is not None:
            found, answers = self._answered(component, found, asks)
        else:
            found = evolve(found, doubt=None)
        answered = 0 if asks is None else int((asks & self.given).sum())
        computed = int(self.given.sum()) - answered
        counts: dict[Lane, int] = {lane: computed} if computed else {}
        if answered:
            counts["reference"] = counts.get("reference", 0) + answered
        return LineColumn(component, found, answers, LaneReport(component.name, counts, why))

    def _answered(self, component: Component, found: Num, asks: pl.Series) -> tuple[Num, dict[int, Answer]]:
        """Put the answers of the rows that ask into the column."""
        answers = answers_of(self.answers, self.grid, component, asks)
        return self._put_back(found, answers), answers

    def _put_back(self, found: Num, answers: Mapping[int, Answer]) -> Num:
        """Write answers over the rows that asked. One that no column holds stays in doubt, so its readers ask too."""
        scale, most = found.scale, found.most
        for each in answers.values():
            if not isinstance(each, Missing):
                shared = lcm(scale, each.denominator)
                reach = max(most * (shared // scale), abs(each.numerator) * (shared // each.denominator))
                if Widths().fits(max(shared, reach)):
                    scale, most = shared, reach
        kind = Widths().kind(most)
        numbers = Numbers(self.grid.rows, Widths())
        top = numbers.column(numbers.times(found.top, scale // found.scale, most), most).cast(kind)
        tops: list[int] = []
        lost: list[bool] = []
        unsure: list[bool] = []
        for each in answers.values():
            gone = isinstance(each, Missing)
            units = Fraction(0) if isinstance(each, Missing) else each * Fraction(scale)
            long = units.denominator != 1 or abs(units) > most
            tops.append(0 if long else units.numerator)
            lost.append(gone)
            unsure.append(long)
        where = pl.Series(list(answers), dtype=pl.Int64)
        nothing = marks(None, self.grid.rows)
        return Num(
            top.clone().scatter(where, pl.Series(tops, dtype=kind)),
            scale,
            most,
            gone=some(marks(found.gone, self.grid.rows).clone().scatter(where, pl.Series(lost, dtype=pl.Boolean))),
            doubt=some(nothing.scatter(where, pl.Series(unsure, dtype=pl.Boolean))),
        )


def answers_of(answers: Answers, grid: Grid, component: Component, rows: pl.Series) -> dict[int, Answer]:
    """Let the reference engine answer some rows of the grid."""
    keys, width, holders = grid.roster.segments.keys, len(grid.periods), grid.holders
    where = [int(each) for each in rows.arg_true().to_list()]
    people = [(keys[int(holders[at // width])], grid.periods[at % width]) for at in where]
    return dict(zip(where, answers.line(component.name, people), strict=True))


def run_columns(  # noqa: PLR0913 - what to compute
    compiled: Compiled,
    facts: ColumnFacts,
    periods: Iterable[Period],
    answers: Answers,
    *,
    as_of: date | None = None,
    participants: Iterable[str] | None = None,
    widths: Widths | None = None,
    told: Told | None = None,
) -> ColumnRun:
    """Compute the lines of everybody on the plan.

    Raises:
        UsageError: A period is not one of the plan, a participant is not on the roster, or `as_of` is given and a table
            that is measured does not say when its rows became known.
    """
    limits = widths if widths is not None else Widths()
    wanted = tuple(sorted(set(periods)))
    plan = compiled.plan
    _check(compiled, facts, wanted, as_of, participants)
    roster = Roster(plan, facts.people, limits, answers.judge)
    roster.team_names = facts.teams
    computed = _computed(compiled, wanted)
    outcomes = [roster.outcome(each) for each in computed]
    people = len(facts.people.keys)
    covered = marks(None, people)
    for each in outcomes:
        covered = covered | (each == 0)
    holders = covered.arg_true().cast(pl.Int64)
    grid = Grid(roster, compiled.windows, holders, computed)
    width = len(computed)
    stacked = pl.concat([(each == 0).gather(holders) for each in outcomes]) if computed else covered
    on_plan = stacked.gather(grid.at * len(holders) + pl.int_range(0, grid.rows, dtype=pl.Int64, eager=True) // width)
    given = on_plan & grid.spread([each in wanted for each in computed], pl.Boolean)
    if participants is not None:
        names = set(participants)
        wanted_people = pl.Series([key in names for key in facts.people.keys], dtype=pl.Boolean)
        given = given & wanted_people.gather(grid.holder)
    read_again = frozenset(each.component for each in every_node(plan) if isinstance(each, LineValue))
    running = _Running(compiled, facts, limits, as_of, grid, on_plan, answers, given, read_again, told)
    lines = [running.line(each.name) for each in plan.components]
    return ColumnRun(grid, given, lines, running.figures, running.touched)


def _check(
    compiled: Compiled,
    facts: ColumnFacts,
    periods: Iterable[Period],
    as_of: date | None,
    participants: Iterable[str] | None,
) -> None:
    for period in periods:
        check_period(compiled, period)
    for measure in compiled.plan.measures if as_of is not None else ():
        if facts.tables[measure.table].recorded is None:
            raise UsageError(f"as_of: table {measure.table!r} does not say when its rows became known")
    known = set(facts.people.keys) if participants is not None else set()
    for name in sorted(participants or ()):
        if name not in known:
            raise UsageError(f"participants: nobody on the roster has the key {name!r}")


def _computed(compiled: Compiled, wanted: tuple[Period, ...]) -> tuple[Period, ...]:
    """The periods whose lines are computed: those asked for, and those that they look back or forward to."""
    plan, year = compiled.plan, compiled.windows.year
    nodes = every_node(plan)
    every = year.periods(plan.period, plan.first_day, plan.last_day)
    if any(isinstance(each, LineValue) and each.type.grain.when is not None for each in nodes):
        return every
    remembered = plan.settlement is not None and remembers(plan.settlement, plan.period)
    if wanted and (remembered or any(isinstance(each, Increase) for each in nodes)):
        return tuple(each for each in every if each.start <= wanted[-1].start)
    return wanted
