"""Each row of a table as a measure sees it: its day, whether it counts, its value, and whom it is credited to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, field

from incentive.data import Facts, TableFacts
from incentive.diagnostics import DataError, DataPlace, Diagnostic, Language, finding
from incentive.engines.reference.assigning import Assignments, Shares
from incentive.engines.reference.context import Context
from incentive.engines.reference.dates import Calendar, moved
from incentive.engines.reference.exchange import Told, conversions, lacks_rate
from incentive.engines.reference.lanes import Entry, Lane, lane_of
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, whole
from incentive.quantities import Number, PeriodKind, show_number
from incentive.quantities.moments import Moment
from incentive.results import Claim, RowReason
from incentive.tree import Credit, CreditPath, CreditSplit, CreditThrough, Measure, SplitShare, UnitKind

MANAGER = "manager"
_SHOWN = 100
_STEPS: Mapping[PeriodKind, tuple[UnitKind, int]] = {
    "week": ("days", 7),
    "month": ("months", 1),
    "quarter": ("months", 3),
    "half": ("months", 6),
    "year": ("months", 12),
}


SplitFormulas = tuple[Evaluate | None, tuple[tuple[Number, Evaluate], ...]]
"""The condition of a branch of a split, None for the last one, and its shares."""


@define
class RowFormulas:
    """The formulas of a measure, compiled."""

    measure: Measure
    dated: Evaluate
    where: Evaluate | None
    value: Evaluate | None
    to: Evaluate | None
    by: tuple[Evaluate, ...]
    shows: tuple[Evaluate, ...]
    split: tuple[SplitFormulas, ...] = ()
    rates: tuple[Told, ...] = ()
    until: Evaluate | None = None
    calendar: Calendar | None = None
    last: date = date.max


def row_formulas(measure: Measure, make: Maker) -> RowFormulas:
    """Compile the formulas of a measure."""
    to = measure.credit.to if measure.credit is not None else None
    return RowFormulas(
        measure,
        make(measure.dated),
        None if measure.where is None else make(measure.where),
        None if measure.value is None else make(measure.value),
        make(to.path) if isinstance(to, CreditPath) else None,
        make.all(to.by) if isinstance(to, CreditThrough) else (),
        make.all(measure.shows),
        _split(to, make) if isinstance(to, CreditSplit) else (),
        conversions((measure.value, measure.where), make),
        None if measure.again is None or measure.again.until is None else make(measure.again.until),
        Calendar.of(make.plan),
        make.plan.last_day,
    )


def _split(split: CreditSplit, make: Maker) -> tuple[SplitFormulas, ...]:
    def shares(each: tuple[SplitShare, ...]) -> tuple[tuple[Number, Evaluate], ...]:
        return tuple((whole(share.share), make(share.to)) for share in each)

    branches = ((make(branch.condition), shares(branch.shares)) for branch in split.branches)
    return (*branches, (None, shares(split.otherwise)))


@define
class Credited:
    """A measure over all rows of its table.

    `refused` is the reason why a row does not count whatever window is read, as far as that is known from the row
    alone; `own` is what is credited of a row before it climbs to the managers above; `several` are rows that several
    assignments take; `uncredited` is the part of a row that goes to nobody while other parts are credited; `days` are
    ordinals, 0 for a row without date; `values` may hold `Missing`. `waits` says that the condition of some row waits
    for a rate; `again` has the days of rows that count more than once.
    """

    measure: Measure
    facts: TableFacts
    refused: list[RowReason | None]
    days: list[int]
    values: list[Any]
    credits: list[Shares]
    uncredited: dict[int, Number] = field(factory=dict)
    waits: bool = False
    lanes: dict[str, Lane] = field(factory=dict)
    everybody: Lane | None = None
    own: dict[int, Number] = field(factory=dict)
    several: list[int] = field(factory=list)
    crediting: Crediting | None = None
    again: dict[int, tuple[int, ...]] | None = None
    _whose: dict[int, str] | None = field(init=False, default=None)

    @property
    def whose(self) -> Mapping[int, str]:
        """Whose a lane is, by its identity; that of the company is nobody's."""
        if self._whose is None:
            self._whose = {id(lane): person for person, lane in self.lanes.items()}
        return self._whose

    def counted_on(self, row: int) -> tuple[int, ...]:
        """Give the days on which a row counts, in order: one, unless it counts again."""
        return (self.days[row],) if self.again is None else self.again.get(row, ())

    @property
    def weighed(self) -> list[Any] | None:
        """What lanes add up: the values, or for a count the rows."""
        return None if self.measure.aggregate == "count" and not self.waits else self.values

    def note(self, row: int, crediting: Crediting) -> None:
        """Keep what was seen of a row beside who is credited with it."""
        if crediting.own is not None:
            self.own[row] = crediting.own
        if crediting.several:
            self.several.append(row)
        if crediting.lost:
            self.uncredited[row] = crediting.lost

    def once(self, row: int) -> Number:
        """Give what is credited of a row within the whole, managers above left out."""
        own = self.own.get(row)
        if own is None:
            shares = self.credits[row]
            own = shares[0][1] if len(shares) == 1 else exact_sum(share for _, share in shares)
        return min(1, own)

    def company(self) -> Lane:
        """Give every credited row once: what is credited beyond the whole is left out."""
        if self.everybody is None:
            entries: list[Entry] = []
            for row, shares in enumerate(self.credits):
                if shares:
                    entries += [(day, row, self.once(row)) for day in self.counted_on(row)]
            self.everybody = lane_of(entries, self.weighed)
        return self.everybody


def credit_rows(
    formulas: RowFormulas, facts: Facts, context: Context, as_of: date | None, language: Language
) -> Credited:
    """Go through the rows of a measure, once a run.

    Raises:
        DataError: The shares of a row do not total 100 %, and credit is not overlay.
    """
    measure = formulas.measure
    table = facts.tables[measure.table]
    context.columns = table.columns
    crediting = Crediting(measure, formulas.to, facts, formulas.by, formulas.split)
    seen = Credited(measure, table, [], [], [], [], again=None if measure.again is None else {})
    seen.crediting = crediting
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    faults: list[Diagnostic] = []
    where, value_of, dated = formulas.where, formulas.value, formulas.dated
    late = recorded_later(table, as_of)
    for row in range(table.rows):
        context.row, context.day = row, None
        day = dated(context)
        if type(day) is Moment:
            day = day.day
        context.day, ordinal = (None, 0) if type(day) is Missing else (day, day.toordinal())
        value = 1 if value_of is None else value_of(context)
        reason: RowReason | None = None
        shares: Shares = ()
        if late is not None and late[row]:
            reason = "recorded_later"
        elif not ordinal:
            reason = "undated"
        else:
            holds = True if where is None else where(context)
            if holds is not True and lacks_rate(holds):
                holds, value = True, holds  # a rate that is not there yet hides no row: the figure waits for it
                seen.waits = True
            if holds is not True:
                reason = "condition" if holds is False else "condition_missing"
            else:
                shares = crediting.shares(context)
                seen.note(row, crediting)
                if not shares:
                    reason = crediting.reason
                elif crediting.must_be_whole:
                    _check(crediting, shares, table, context, faults, language)
                days = (ordinal,) if seen.again is None else seen.again.setdefault(row, _recurring(formulas, context))
                if not days:
                    reason, shares = "condition", ()  # it ends before it begins
                for person, share in shares:
                    for each in days:
                        entries[person].append((each, row, share))
        seen.refused.append(reason)
        seen.days.append(ordinal)
        seen.values.append(value)
        seen.credits.append(shares)
    if faults:
        raise DataError(faults)
    seen.lanes = {person: lane_of(entries[person], seen.weighed) for person in sorted(entries)}
    return seen


def _recurring(formulas: RowFormulas, context: Context) -> tuple[int, ...]:
    """The days on which a row counts; it is read once, on the first of them. Without a last day it counts on."""
    again, start = formulas.measure.again, context.day
    assert again is not None
    assert start is not None
    assert formulas.calendar is not None
    end, (unit, step) = formulas.last, _STEPS[again.every]
    if formulas.until is not None:
        until = formulas.until(context)
        if type(until) is not Missing:
            end = min(end, until.day if type(until) is Moment else until)
    found: list[int] = []
    while again.times is None or len(found) < again.times:
        day = moved(start, len(found) * step, unit, formulas.calendar)
        if not isinstance(day, date) or day > end:
            break
        found.append(day.toordinal())
    return tuple(found)


@define
class Crediting:
    """Whom a row is credited to. An assignment table is indexed once."""

    measure: Measure
    to: Evaluate | None
    facts: Facts
    by: tuple[Evaluate, ...] = ()
    split: tuple[SplitFormulas, ...] = ()
    reason: RowReason = field(init=False, default="no_participant")
    lost: Number = field(init=False, default=0)
    own: Number | None = field(init=False, default=None)
    several: bool = field(init=False, default=False)
    must_be_whole: bool = field(init=False, default=False)
    _table: Assignments | None = None
    _single: dict[str, Shares] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        credit = self.measure.credit
        if credit is not None and isinstance(credit.to, CreditThrough):
            self.must_be_whole = not credit.overlay
            self._table = Assignments(credit.to, self.facts.tables[credit.to.table].columns)

    def shares(self, context: Context) -> Shares:
        """Give the people of a row, and their shares; the company is nobody."""
        found = self._own(context)
        credit = self.measure.credit
        if credit is None or not credit.above:
            return found
        self.own = exact_sum(share for _, share in found)
        return climbed(credit, found, context)

    def _own(self, context: Context) -> Shares:
        if self.split:
            return self._by_split(context)
        if self._table is not None:
            return self._assigned(self._table, context)
        if self.to is None:
            return (("", 1),)
        found = self.to(context)
        if type(found) is Missing:
            return ()
        known = self._single.get(found)
        if known is None:
            known = self._single[found] = ((found, 1),)
        return known

    def _by_split(self, context: Context) -> Shares:
        """Give the shares of the first branch whose condition holds; what names nobody is lost, and noted."""
        self.reason, self.lost = "no_participant", 0
        found: dict[str, Number] = {}
        for condition, shares in self.split:
            holds = True if condition is None else condition(context)
            if type(holds) is Missing:
                self.reason = "condition_missing"
                break
            if holds is True:
                for share, to in shares:
                    person = to(context)
                    if type(person) is Missing:
                        self.lost += share
                    elif share:
                        found[person] = found.get(person, 0) + share
                break
        if not found:
            self.lost = 0
        return tuple((person, whole(share)) for person, share in found.items())

    def claims(self, context: Context) -> list[Claim]:
        """Say what gives a row to somebody, and what matches too and does not: for explanations."""
        credit = self.measure.credit
        found: list[Claim] = []
        if credit is None or self.to is not None:
            person = None if self.to is None or credit is None or not credit.above else self.to(context)
            found += [Claim("person", str(person), 1)] if person is not None and type(person) is not Missing else []
        elif isinstance(credit.to, CreditSplit):
            found += self._branches(credit.to, context)
        elif self._table is not None and isinstance(credit.to, CreditThrough):
            key = [each(context) for each in self.by]
            assert context.day is not None
            matching = self._table.matching(tuple(key), context.day)
            counting = {each.row for each in self._table.counting(matching)}
            facts = self.facts.tables[credit.to.table]
            for each in matching:
                place = facts.name, facts.file, facts.lines[each.row]
                found.append(Claim("assignment", each.person, each.share, each.row in counting, *place))
        return found

    def _branches(self, split: CreditSplit, context: Context) -> Iterator[Claim]:
        """The branch that shares the row, and the others whose conditions hold."""
        won = True
        branches = (*((each.condition, each.shares) for each in split.branches), (None, split.otherwise))
        for (condition, shares), (holds, people) in zip(branches, self.split, strict=True):
            if not (won if holds is None else holds(context) is True):
                continue
            place = None if condition is None else condition.span
            for share, (part, to) in zip(shares, people, strict=True):
                person = to(context)
                name = "" if type(person) is Missing else str(person)
                yield Claim("branch", name, part, won, label=share.label, span=place)
            won = False

    def _assigned(self, table: Assignments, context: Context) -> Shares:
        """Give the people whom an assignment table names; a field without value belongs to no row."""
        self.reason, self.several = "unassigned", False
        key = [each(context) for each in self.by]
        if Missing in map(type, key):
            return ()
        assert context.day is not None
        found, self.several = table.shares(tuple(key), context.day)
        return found


def above(person: str, context: Context) -> Iterator[str]:
    """Give a person and all the managers above on the day of a row."""
    here: str | None = person
    while here is not None:  # INVARIANT: reading refuses a circle of managers on any day (test_reading.py, D314)
        yield here
        head = context.source.person_field(here, MANAGER, context.day)
        here = None if head is None else str(head)


def climbed(credit: Credit, shares: Shares, context: Context) -> Shares:
    """Give shares to all the managers above too, each person once.

    Whoever stands above several people gets the sum of their shares; where no shares are written, everybody gets the
    whole, so nobody gets it twice.
    """
    whole_each = isinstance(credit.to, CreditThrough) and credit.to.share is None
    found: dict[str, list[Number]] = {}
    for person, share in shares:
        for each in above(person, context):
            found.setdefault(each, []).append(share)
    return tuple((person, 1 if whole_each else exact_sum(parts)) for person, parts in found.items())


def _check(  # noqa: PLR0913, PLR0917 - where a fault is found
    crediting: Crediting,
    shares: Shares,
    table: TableFacts,
    context: Context,
    faults: list[Diagnostic],
    language: Language,
) -> None:
    total = exact_sum(share for _, share in shares)
    if total != 1 and len(faults) < _SHOWN:
        row, measure = context.row, crediting.measure
        place = DataPlace(table.name, table.file or None, table.lines[row], None, table.keys[row] or None)
        won = [each for each in crediting.claims(context) if each.won]
        name, percent = measure.label or measure.name, show_number(total * 100)
        where, lines = won[0].file or won[0].table, ", ".join(str(each.line) for each in won)
        notes = ["rows"]
        faults.append(
            finding("P301", language, place=place, notes=notes, name=name, total=percent, table=where, lines=lines)
        )


def recorded_later(table: TableFacts, as_of: date | None) -> list[bool] | None:
    """Tell which rows became known after a day; None where none did."""
    if as_of is None or table.recorded is None:
        return None
    return [each is None or (each.day if isinstance(each, Moment) else each) > as_of for each in table.recorded]
