"""Account for every row, amount and person of a run on columns; see `engines.reference.accounts` for what it means.

Which rows a run reads is a property of the plan, the people and the periods. Each read is written into small tables, by
cell of time and by person, team, manager or group; a row looks itself up in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

import polars as pl
from attrs import define, field

from incentive.columns import Between, NotLoweredError, Num, Plain, Table, Truth, Widths, marked, marks, repeated
from incentive.diagnostics import InternalError
from incentive.engines.columnar.crediting import Credit
from incentive.engines.columnar.measures import Cells, MeasureTotals
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.engines.columnar.roster import Roster
from incentive.engines.columnar.rows import COUNTS, REASON, Credited
from incentive.engines.columnar.running import ColumnRun
from incentive.engines.reference import Read, Reads
from incentive.quantities import Number, Period
from incentive.results import (
    ROW_REASONS,
    Accounting,
    FieldAccount,
    MeasureAccount,
    Overlay,
    PeopleAccount,
    PersonReason,
    RowReason,
    TableAccount,
    TableUse,
    Tally,
)
from incentive.tree import CreditThrough, Field, Plan, rate_tables
from incentive.tree import Table as FactTable

_PLAIN = frozenset({"", "participant"})


def account_columns(run: ColumnRun, periods: Sequence[Period], asked: frozenset[str] | None) -> Accounting:
    """Make the accounts of a run.

    Raises:
        InternalError: An equation does not hold.
        NotLoweredError: A measure is not computed in columns.
    """
    plan = run.figures.plan
    facts, roster = run.figures.facts, run.grid.roster
    outcomes = {each.start: roster.outcome(each) for each in periods}
    reads: dict[str, list[tuple[Period, Read]]] = {each.name: [] for each in plan.measures}
    for period, read in Reads(plan, run.grid.windows).of(tuple(periods)):
        reads[read[0]].append((period, read))
        if period.start not in outcomes:
            outcomes[period.start] = roster.outcome(period)
    keys = pl.Series(roster.segments.keys, dtype=pl.String)
    wanted = None if asked is None else pl.Series([key in asked for key in keys], dtype=pl.Boolean)
    measures: list[MeasureAccount] = []
    best: dict[str, pl.Series] = {}
    for measure in plan.measures:
        totals = run.figures.measure_totals(measure.name)
        scope = _Scope(totals, roster, plan, wanted, outcomes)
        reasons = scope.reasons(reads[measure.name])
        measures.append(_measure(totals, reasons, facts.tables[measure.table].lines))
        known = best.get(measure.table)
        best[measure.table] = reasons if known is None else known.zip_with(known > reasons, reasons)
    uses = _uses(plan)
    tables = tuple(
        _table(each, facts.tables[each.name], uses.get(each.name, "unused"), best.get(each.name))
        for each in plan.tables
        if each.name in facts.tables
    )
    people = tuple(_people(keys, outcomes[each.start], each) for each in periods)
    made = Accounting(tuple(measures), tables, people, files=facts.files)
    wrong = made.disagreements()
    if wrong:
        raise InternalError("the account of a run does not add up: " + "; ".join(wrong))
    return made


@define
class _Scope:
    """What a run reads of one measure, by cell: of each person, team, manager and group, and of the company."""

    totals: MeasureTotals
    roster: Roster
    plan: Plan
    wanted: pl.Series | None
    outcomes: Mapping[date, pl.Series]
    cells: Cells = field(init=False)
    windows: list[bool] = field(init=False)
    company: list[bool] = field(init=False)
    asked: dict[str, list[pl.Series | None]] = field(factory=dict)
    possible: dict[str, list[pl.Series | None]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.cells = Cells(())
        self.windows, self.company = [], []

    def reasons(self, reads: Iterable[tuple[Period, Read]]) -> pl.Series:
        """Give by number the first reason why each row does not count; COUNTS for a row that does."""
        credited = self.totals.credited
        found = list(reads)
        if not found:
            return repeated(REASON["not_read"], credited.rows, pl.Int8)
        edges = {edge for _, (_, _, days, _) in found for edge in (days.first, days.after) if days.first < days.after}
        self.cells = Cells(tuple(sorted(edges)))
        self.windows, self.company = [False] * self.cells.count, [False] * self.cells.count
        for period, read in found:
            self._add(period, read)
        cell = self.cells.of(credited.day)
        inside = _of_cells(self.windows, cell)
        reason = self._read(cell, credited)
        early = (credited.reason != COUNTS) & inside
        reason = reason.zip_with(~early, credited.reason)
        first, last = self.plan.first_day.toordinal(), self.plan.last_day.toordinal()
        in_plan = (credited.day >= first) & (credited.day <= last)
        outside = _number("outside_run").zip_with(in_plan, _number("outside_plan"))
        reason = reason.zip_with(inside, outside)
        always = (credited.reason == REASON["recorded_later"]) | (credited.reason == REASON["undated"])
        return reason.zip_with(~always, credited.reason)

    def _add(self, period: Period, read: Read) -> None:
        _, who, days, everybody = read
        if days.first >= days.after:
            return
        here = range(self.cells.at(days.first), self.cells.at(days.after))
        for cell in here:
            self.windows[cell] = True
        if self.totals.credited.measure.credit is None or who == "company":
            for cell in here:
                self.company[cell] = True
            return
        on_plan = self.outcomes[period.start] == 0
        asking = on_plan if self.wanted is None or everybody else on_plan & self.wanted
        maps = [(self.asked, asking)]
        if self.wanted is not None:
            maps.append((self.possible, on_plan))
        for into, people in maps:
            if who in _PLAIN:
                kind, mask = "participant", people
            elif who == "team":
                kind, mask = "team", self._teams(people, days.start.toordinal(), days.end.toordinal())
            elif who == "reports":
                kind, mask = "reports", people
            else:
                kind, mask = who, pl.Series([True], dtype=pl.Boolean)
            known = into.setdefault(kind, [None] * self.cells.count)
            for cell in here:
                before = known[cell]
                known[cell] = mask if before is None else before | mask

    def _teams(self, people: pl.Series, start: int, end: int) -> pl.Series:
        """Which teams these people are in at the end of some days."""
        person = people.arg_true().cast(pl.Int64)
        days = [repeated(each, len(person), pl.Int64) for each in (start, end)]
        found = self.roster.last(person, days[0], days[1])
        team = self.roster.teams.gather(found.at).filter(found.there)
        mask = marks(None, len(self.roster.team_names))
        return marked(mask, team.filter(team >= 0))

    def _read(self, cell: pl.Series, credited: Credited) -> pl.Series:
        """Tell of each row whether somebody it is credited to is read."""
        company = _of_cells(self.company, cell)
        counts, possible = company, company
        for credit in credited.credits:
            here = cell if credit.row is None else cell.gather(credit.row)
            ours = self._credit(credit, here, credited, self.asked)
            counts = counts | _of_rows(ours, credit, credited.rows)
            if self.wanted is not None:
                theirs = self._credit(credit, here, credited, self.possible)
                possible = possible | _of_rows(theirs, credit, credited.rows)
        rest = _number("not_in_plan")
        if self.wanted is not None:
            rest = _number("other_participants").zip_with(possible, rest)
        return _number_of(COUNTS).zip_with(counts, rest)

    def _credit(
        self, credit: Credit, cell: pl.Series, credited: Credited, into: dict[str, list[pl.Series | None]]
    ) -> pl.Series:
        """Tell of each credit whether whoever holds it is read; only those that are not yet are looked up in groups."""
        found = marks(None, len(credit.person))
        if "participant" in into:
            found = self._in_table(credit.person, cell, into["participant"], len(self.roster.segments.keys))
        for kind, by_cell in into.items():
            if kind == "participant":
                continue
            if found.all():
                break
            left = (~found & (cell >= 0)).arg_true()
            if not len(left):
                break
            day = credited.day.gather(left if credit.row is None else credit.row.gather(left))
            segment = self.roster.on(credit.person.gather(left), day)
            if kind == "team":
                holder, size = self.roster.teams.gather(segment.at), len(self.roster.team_names)
            elif kind == "reports":
                holder, size = self.roster.managers.gather(segment.at), len(self.roster.segments.keys)
            else:
                holder, size = self.roster.holds(kind).holds.gather(segment.at).cast(pl.Int64) - 1, 1
            holder = holder.zip_with(segment.there, pl.Series([-1], dtype=pl.Int64))
            found = marked(found, left.filter(self._in_table(holder, cell.gather(left), by_cell, size)))
        return found

    def _in_table(
        self, holder: pl.Series, cell: pl.Series, by_cell: Sequence[pl.Series | None], size: int
    ) -> pl.Series:
        """Tell whether holders are marked in the mask of their cell."""
        known = (holder >= 0) & (cell >= 0)
        masks = [marks(None, size) if each is None else each for each in by_cell]
        if all(each.all() for each in masks):
            return known
        table = pl.concat([*masks, pl.Series([False], dtype=pl.Boolean)])
        key = (cell * size + holder).zip_with(known, pl.Series([self.cells.count * size], dtype=pl.Int64))
        return table.gather(key)


def _of_cells(marked_: Sequence[bool], cell: pl.Series) -> pl.Series:
    """Say of each row whether its cell is marked; a row without cell is not."""
    if not any(marked_):
        return marks(None, len(cell))
    if all(marked_):
        return cell >= 0
    at = cell.zip_with(cell >= 0, pl.Series([len(marked_)], dtype=pl.Int64))
    return pl.Series([*marked_, False], dtype=pl.Boolean)[at.cast(pl.UInt32)]


def _of_rows(mask: pl.Series, credit: Credit, rows: int) -> pl.Series:
    """Say of each row whether one of its credits is in a mask."""
    if credit.row is None:
        return mask
    found = marks(None, rows)
    where = credit.row.filter(mask)
    return marked(found, where)


def _number(reason: RowReason) -> pl.Series:
    return _number_of(REASON[reason])


def _number_of(reason: int) -> pl.Series:
    return pl.Series([reason], dtype=pl.Int8)


# ---- tallies ---------------------------------------------------------------------------------------------------------
def _measure(totals: MeasureTotals, reasons: pl.Series, lines: Sequence[int] | None) -> MeasureAccount:
    credited = totals.credited
    measure, rows = credited.measure, credited.rows
    weight, gone = _weights(totals)
    tallies = _tallies(reasons, weight, rows)
    counted = tallies.pop(COUNTS, Tally(0, 0))
    every = Tally(rows, _plus(tally.amount for tally in (counted, *tallies.values())))
    missing: tuple[int, ...] = ()
    if gone is not None:
        where = (gone & (reasons == COUNTS)).arg_true().to_list()
        missing = tuple(sorted(at + 1 if lines is None else lines[at] for at in where))
    excluded = tuple((reason, tallies[at]) for at, reason in enumerate(ROW_REASONS) if at in tallies)
    overlay = None
    if measure.credit is not None and measure.credit.overlay:
        given = _credited_amount(credited.credits, reasons, weight)
        overlay = Overlay(given, counted.amount, _credited_amount([totals.once()], reasons, weight))
    return MeasureAccount(
        measure.name,
        measure.label,
        measure.table,
        every,
        counted,
        excluded,
        missing,
        overlay,
        _lost(credited, reasons, weight),
        _several(credited, reasons, weight),
    )


def _weights(totals: MeasureTotals) -> tuple[Num, pl.Series | None]:
    """What each row adds to a tally, and which rows have no value; such a row weighs 0."""
    credited = totals.credited
    value = credited.value
    if credited.measure.aggregate in {"count", "count_distinct"} or value is None:
        return constant(1), None if value is None else value.gone
    numbers = Numbers(credited.rows, Widths())
    if isinstance(value, Num):
        whole = totals.whole(value)
        if value.gone is None:
            return whole, None
        top = numbers.column(whole.top, whole.most)
        return Num(pl.Series([0], dtype=top.dtype).zip_with(value.gone, top), whole.scale, whole.most), value.gone
    if isinstance(value, Between):
        raise NotLoweredError("a tally of an enclosure")
    if isinstance(value, Plain | Truth) and value.gone is not None:
        return Num((~value.gone).cast(pl.Int64), 1, 1), value.gone
    return constant(1), value.gone


def _tallies(reasons: pl.Series, weight: Num, rows: int) -> dict[int, Tally]:
    bound = weight.most * max(rows, 1)
    if not Widths().fits(bound):
        raise NotLoweredError("a tally too long for a column")
    amount = Numbers(rows, Widths()).column(weight.top, bound)
    found: dict[int, Tally] = {}
    for reason, here in _by_reason(reasons):
        part = amount if here is None else amount.filter(here)
        found[reason] = Tally(len(part), _whole(Fraction(int(part.sum()), weight.scale)))
    return found


def _by_reason(reasons: pl.Series) -> Iterator[tuple[int, pl.Series | None]]:
    """Give each reason that occurs, and its rows; None where all rows have it. Reasons are few, and most rows count."""
    left = len(reasons)
    for reason in range(COUNTS, -1, -1):
        if not left:
            return
        here = reasons == reason
        count = int(here.sum())
        if count:
            yield reason, None if count == len(reasons) else here
        left -= count


def _credited_amount(credits_: Sequence[Credit], reasons: pl.Series, weight: Num) -> Number:
    total = Fraction(0)
    for credit in credits_:
        counts = reasons == COUNTS if credit.row is None else (reasons == COUNTS).gather(credit.row)
        top = weight.top
        if isinstance(top, pl.Series) and credit.row is not None:
            top = top.gather(credit.row)
        rows = len(credit.person)
        most = weight.most * credit.share.most
        if not Widths().fits(most * max(rows, 1)):
            raise NotLoweredError("a tally too long for a column")
        numbers = Numbers(rows, Widths())
        amount = numbers.column(numbers.times(top, credit.share.top, most), most * max(rows, 1))
        total += Fraction(int(amount.filter(counts).sum() or 0), weight.scale * credit.share.scale)
    return _whole(total)


def _lost(credited: Credited, reasons: pl.Series, weight: Num) -> Tally | None:
    """The rows of which a share goes to nobody, and what that is worth."""
    rows = marks(None, credited.rows)
    total = Fraction(0)
    amount = Numbers(credited.rows, Widths()).column(weight.top, weight.most * max(credited.rows, 1))
    for where, share in credited.lost:
        here = where & (reasons == COUNTS)
        rows = rows | here
        total += Fraction(int(amount.filter(here).sum() or 0), weight.scale) * share
    count = int(rows.sum())
    return Tally(count, _whole(total)) if count else None


def _several(credited: Credited, reasons: pl.Series, weight: Num) -> Tally | None:
    """What more than one row of an assignment table takes."""
    if credited.several is None:
        return None
    here = credited.several & (reasons == COUNTS)
    amount = Numbers(credited.rows, Widths()).column(weight.top, weight.most * max(credited.rows, 1))
    count = int(here.sum())
    return Tally(count, _whole(Fraction(int(amount.filter(here).sum() or 0), weight.scale))) if count else None


def _plus(amounts: Iterable[Number]) -> Number:
    return _whole(sum((Fraction(each) for each in amounts), Fraction(0)))


def _whole(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _table(spec: FactTable, table: Table, use: TableUse, ranks: pl.Series | None) -> TableAccount:
    name, file, rows = spec.name, table.file, table.rows
    if ranks is None:
        return TableAccount(name, file, use, rows, 0, (), table.blank)
    counts = {at: rows if here is None else int(here.sum()) for at, here in _by_reason(ranks)}
    excluded = tuple((reason, counts[at]) for at, reason in enumerate(ROW_REASONS) if at in counts)
    amounts = tuple(_field(each, table, ranks) for each in spec.fields if each.unit.kind == "money")
    return TableAccount(name, file, "measured", rows, counts.get(COUNTS, 0), excluded, table.blank, amounts)


def _field(spec: Field, table: Table, ranks: pl.Series) -> FieldAccount:
    """What a field of money adds up to, by what became of the rows."""
    value = table.columns[spec.name]
    if not isinstance(value, Num) or value.bottom is not None:
        raise NotLoweredError("an aggregate of what is neither a number nor a day")
    top = Numbers(table.rows, Widths()).column(value.top, value.most)
    if value.gone is not None:
        top = pl.Series([0], dtype=top.dtype).zip_with(value.gone, top)
    tallies = _tallies(ranks, Num(top, value.scale, value.most), table.rows)
    excluded = tuple((reason, tallies[at].amount) for at, reason in enumerate(ROW_REASONS) if at in tallies)
    counted = tallies[COUNTS].amount if COUNTS in tallies else 0
    read = _plus(tally.amount for tally in tallies.values())
    return FieldAccount(spec.name, spec.unit.currency, read, counted, excluded)


def _uses(plan: Plan) -> dict[str, TableUse]:
    referred = {each.unit.table for table in plan.tables for each in table.fields if each.unit.kind == "row"}
    found: dict[str, TableUse] = dict.fromkeys(sorted(referred), "reference")
    for measure in plan.measures:
        if measure.credit is not None and isinstance(measure.credit.to, CreditThrough):
            found[measure.credit.to.table] = "assignment"
    return found | dict.fromkeys(rate_tables(plan), "rates")


def _people(keys: pl.Series, outcome: pl.Series, period: Period) -> PeopleAccount:
    left: dict[PersonReason, tuple[str, ...]] = {}
    for at, reason in ((1, "not_on_roster"), (2, "not_covered"), (3, "condition_missing")):
        names = keys.filter(outcome == at)
        if len(names):
            left[reason] = tuple(names.to_list())  # type: ignore[index]  # a reason of OUTCOMES
    covered = tuple(keys.filter(outcome == 0).to_list())
    return PeopleAccount(period.name, len(keys), covered, tuple((each, left[each]) for each in sorted(left)))
