"""Account for every row, amount and person of a run, and check that it adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from attrs import define, field

from incentive.data import InputFacts, TableFacts
from incentive.diagnostics import InternalError
from incentive.engines.reference.assigning import Shares
from incentive.engines.reference.crediting import Credited
from incentive.engines.reference.reads import Read, Reads, Stretches
from incentive.engines.reference.recorded import Recorded
from incentive.engines.reference.values import Missing, exact_sum
from incentive.engines.reference.windows import Windows
from incentive.quantities import Number, Period
from incentive.results import (
    ROW_REASONS,
    Accounting,
    ExcludedRow,
    FieldAccount,
    MeasureAccount,
    Overlay,
    PeopleAccount,
    PersonReason,
    RowReason,
    TableAccount,
    TableUse,
    Tally,
    Value,
)
from incentive.tree import CreditThrough, Field, Measure, Table, opening_tables, rate_tables

_NUMBERS = frozenset([int, Fraction])
_UNDATED: frozenset[RowReason] = frozenset(["recorded_later", "undated"])
_UNKNOWN = {"D303": "unknown_participant", "D310": "unknown_team"}
_AT = {reason: at for at, reason in enumerate(ROW_REASONS)}


@define
class _Scope:
    """Which days a run reads of a measure: of each person it was asked for, of each it could be asked for, of all."""

    asked: dict[str, Stretches] = field(factory=dict)
    possible: dict[str, Stretches] = field(factory=dict)
    company: Stretches = field(factory=Stretches)
    windows: Stretches = field(factory=Stretches)
    read: bool = False


def account(
    recorded: Recorded, windows: Windows, periods: tuple[Period, ...], asked: frozenset[str] | None
) -> Accounting:
    """Make the accounts of a run.

    Args:
        recorded: The figures of the run.
        windows: The plan's calendar.
        periods: The periods that were run.
        asked: The participants that the run was asked for; None for all.

    Raises:
        InternalError: An equation does not hold.
    """
    plan, facts = recorded.plan, recorded.facts
    measures: list[MeasureAccount] = []
    best: dict[str, list[int]] = {}
    for measure, reasons in _every_reason(recorded, windows, periods, asked):
        measures.append(_measure(measure, recorded.credited(measure.name), reasons))
        _closer(best, measure, reasons)
    uses = _uses(
        plan.measures, {table.name for table in plan.tables if _referred(recorded, table.name)} | opening_tables(plan)
    )
    uses |= dict.fromkeys(rate_tables(plan), "rates")
    tables = tuple(
        _table(table, facts.tables[table.name], uses.get(table.name, "unused"), best.get(table.name))
        for table in plan.tables
        if table.name in facts.tables
    )
    made = Accounting(
        tuple(measures), tables, tuple(_people(recorded, period) for period in periods), files=facts.files
    )
    check(made)
    return made


def excluded_rows(
    recorded: Recorded, windows: Windows, periods: tuple[Period, ...], asked: frozenset[str] | None
) -> Iterator[ExcludedRow]:
    """Give the rows of a run that counted nowhere, by table in the plan's order and by line, then those of inputs.

    Law: of each table that is measured there are as many by reason as its account says.
    """
    plan, facts = recorded.plan, recorded.facts
    best: dict[str, list[int]] = {}
    for measure, reasons in _every_reason(recorded, windows, periods, asked):
        _closer(best, measure, reasons)
    for table in plan.tables:
        found = facts.tables[table.name]
        for row, rank in enumerate(best.get(table.name, ())):
            if rank < len(ROW_REASONS):
                yield ExcludedRow(found.name, found.file, found.lines[row], found.keys[row], ROW_REASONS[rank])
    for each in plan.inputs:
        yield from _excluded_values(facts.inputs[each.name])


def _excluded_values(found: InputFacts) -> Iterator[ExcludedRow]:
    rows = [ExcludedRow(found.name, found.file, each.line, "", _UNKNOWN[each.reason]) for each in found.excluded]
    outside = (found.values[place] for place in found.outside)
    rows += [ExcludedRow(found.name, each.file, each.line, "", "outside_plan") for each in outside]
    yield from sorted(rows, key=lambda each: (each.line, each.reason))


def _every_reason(
    recorded: Recorded, windows: Windows, periods: tuple[Period, ...], asked: frozenset[str] | None
) -> Iterator[tuple[Measure, list[RowReason | None]]]:
    """Give each measure with why each row of its table does not count."""
    scopes = _scopes(recorded, windows, periods, asked)
    for measure in recorded.plan.measures:
        yield measure, _reasons(recorded, recorded.credited(measure.name), scopes[measure.name], asked)


def _closer(best: dict[str, list[int]], measure: Measure, reasons: list[RowReason | None]) -> None:
    """Keep for each row the rank of the reason that came closest to counting, over all measures."""
    ranks = best.setdefault(measure.table, [-1] * len(reasons))
    for row, reason in enumerate(reasons):
        rank = len(ROW_REASONS) if reason is None else _AT[reason]
        ranks[row] = max(ranks[row], rank)


def check(made: Accounting) -> None:
    """See that the accounts of a run add up.

    Raises:
        InternalError: An equation does not hold.
    """
    wrong = made.disagreements()
    if wrong:
        raise InternalError("the account of a run does not add up: " + "; ".join(wrong))


def _scopes(
    recorded: Recorded, windows: Windows, periods: tuple[Period, ...], asked: frozenset[str] | None
) -> Mapping[str, _Scope]:
    scopes = {measure.name: _Scope() for measure in recorded.plan.measures}
    for period, read in Reads(recorded.plan, windows).of(periods):
        _add(recorded, scopes[read[0]], period, read, asked)
    return scopes


def _add(recorded: Recorded, scope: _Scope, period: Period, read: Read, asked: frozenset[str] | None) -> None:
    name, who, days, everybody = read
    roster = recorded.roster
    scope.windows.add(days.first, days.after)
    scope.read = True
    credit = recorded.credited(name).measure.credit
    if credit is None or who == "company":
        scope.company.add(days.first, days.after)
        return
    if who not in {"", "participant", "team", "reports"}:
        for person, first, after in _spells(recorded, who, "", days.start, days.end):
            scope.asked.setdefault(person, Stretches()).add(max(first, days.first), min(after, days.after))
        return
    added: dict[tuple[int, int], object] = {}
    for holder in roster.keys:
        if roster.left_out(holder, period) is not None:
            continue
        maps = [] if asked is None else [scope.possible]
        if asked is None or everybody or holder in asked:
            maps.append(scope.asked)
        spells = (
            ((holder, days.first, days.after),)
            if who in {"", "participant"}
            else _spells(recorded, who, holder, days.start, days.end)
        )
        again = (id(spells), len(maps))  # the spells of a team are one list for all who are in it
        if again in added:
            continue
        added[again] = spells
        for person, first, after in spells:
            for each in maps:
                if person not in each:
                    each[person] = Stretches()
                each[person].add(max(first, days.first), min(after, days.after))


def _spells(recorded: Recorded, who: str, holder: str, start: Any, end: Any) -> Iterable[tuple[str, int, int]]:  # noqa: ANN401
    found = recorded.roster.spells(who, holder, start, end)
    return () if isinstance(found, Missing) else found


def _reasons(
    recorded: Recorded, credited: Credited, scope: _Scope, asked: frozenset[str] | None
) -> list[RowReason | None]:
    """Give the first reason why each row does not count; None for a row that does."""
    if not scope.read:
        return ["not_read" for _ in credited.refused]
    first, last = recorded.plan.first_day.toordinal(), recorded.plan.last_day.toordinal()
    in_windows: dict[int, bool] = {}
    company, once = scope.company, credited.again is None
    found: list[RowReason | None] = []
    for row, refused in enumerate(credited.refused):
        if refused is not None and refused in _UNDATED:
            found.append(refused)
            continue
        days = (credited.days[row],) if once else credited.counted_on(row) or (credited.days[row],)
        for day in days:
            if day not in in_windows:
                in_windows[day] = day in scope.windows
        inside = days if once and in_windows[days[0]] else [day for day in days if in_windows[day]]
        if not inside:
            found.append("outside_run" if any(first <= day <= last for day in days) else "outside_plan")
            continue
        if refused is not None:
            found.append(refused)
            continue
        shares = credited.credits[row]
        for day in inside:
            if day in company or _read(scope.asked, shares, day):
                found.append(None)
                break
        else:
            there = asked is not None and any(_read(scope.possible, shares, day) for day in inside)
            found.append("other_participants" if there else "not_in_plan")
    return found


def _read(read: Mapping[str, Stretches], shares: Shares, day: int) -> bool:
    """Tell whether the figures of a run read somebody's rows of a day."""
    for person, _ in shares:  # a loop, since it is entered for every row
        days = read.get(person)
        if days is not None and day in days:
            return True
    return False


def _measure(measure: Measure, credited: Credited, reasons: list[RowReason | None]) -> MeasureAccount:
    counting = measure.aggregate in {"count", "count_distinct"}
    groups: dict[RowReason | None, list[Number]] = {}
    every: list[Number] = []
    gone: list[int] = []
    for row, reason in enumerate(reasons):
        value = credited.values[row]
        amount: Number = 1 if counting else 0
        if isinstance(value, Missing):
            if reason is None:
                gone.append(credited.facts.lines[row])
        elif not counting:
            amount = value if type(value) in _NUMBERS else 1
        groups.setdefault(reason, []).append(amount)
        every.append(amount)
    counted = groups.pop(None, [])
    excluded = tuple(
        (reason, Tally(len(groups[reason]), exact_sum(groups[reason]))) for reason in ROW_REASONS if reason in groups
    )
    overlay = None
    if measure.credit is not None and measure.credit.overlay:
        overlay = _overlay(credited, reasons, Tally(len(counted), exact_sum(counted)))
    lost = [row for row in sorted(credited.uncredited) if reasons[row] is None]
    parts = [_worth(credited, row) * credited.uncredited[row] for row in lost]
    return MeasureAccount(
        measure.name,
        measure.label,
        measure.table,
        Tally(len(every), exact_sum(every)),
        Tally(len(counted), exact_sum(counted)),
        excluded,
        tuple(sorted(gone)),
        overlay,
        Tally(len(lost), exact_sum(parts)) if lost else None,
        _several(credited, reasons),
    )


def _several(credited: Credited, reasons: list[RowReason | None]) -> Tally | None:
    """What more than one row of an assignment table takes."""
    rows = [row for row in credited.several if reasons[row] is None]
    return Tally(len(rows), exact_sum(_worth(credited, row) for row in rows)) if rows else None


def _worth(credited: Credited, row: int) -> Number:
    """What a row adds to the tally; a missing value weighs 0."""
    value = 1 if credited.measure.aggregate in {"count", "count_distinct"} else credited.values[row]
    if isinstance(value, Missing):
        return 0
    return value if isinstance(value, int | Fraction) and not isinstance(value, bool) else 1


def _overlay(credited: Credited, reasons: list[RowReason | None], counted: Tally) -> Overlay:
    amounts: list[Number] = []
    primary: list[Number] = []
    for row, reason in enumerate(reasons):
        if reason is None:
            value = 1 if credited.measure.aggregate in {"count", "count_distinct"} else credited.values[row]
            if isinstance(value, int | Fraction):
                shares = [share for _, share in credited.credits[row]]
                amounts += [value if share == 1 else value * share for share in shares]
                primary.append(value * credited.once(row))
    return Overlay(exact_sum(amounts), counted.amount, exact_sum(primary))


def _table(spec: Table, facts: TableFacts, use: TableUse, ranks: list[int] | None) -> TableAccount:
    name, file, rows, blank = facts.name, facts.file, facts.rows, facts.blank
    if ranks is None:
        return TableAccount(name, file, use, rows, 0, (), blank)
    counts = [0] * (len(ROW_REASONS) + 1)
    for rank in ranks:
        counts[rank] += 1
    excluded = tuple((reason, counts[at]) for at, reason in enumerate(ROW_REASONS) if counts[at])
    amounts = tuple(_field(each, facts.columns[each.name], ranks) for each in spec.fields if each.unit.kind == "money")
    return TableAccount(name, file, "measured", rows, counts[-1], excluded, blank, amounts)


def _field(spec: Field, values: Sequence[Value | None], ranks: list[int]) -> FieldAccount:
    """What a field of money adds up to, by what became of the rows."""
    groups: dict[int, list[Number]] = {}
    for rank, value in zip(ranks, values, strict=True):
        if isinstance(value, int | Fraction):
            groups.setdefault(rank, []).append(value)
    found = set(ranks)
    sums = {rank: exact_sum(each) for rank, each in groups.items()}
    counted = sums.get(len(ROW_REASONS), 0)
    excluded = tuple((reason, sums.get(at, 0)) for at, reason in enumerate(ROW_REASONS) if at in found)
    return FieldAccount(spec.name, spec.unit.currency, exact_sum(sums.values()), counted, excluded)


def _uses(measures: Iterable[Measure], referred: Iterable[str]) -> dict[str, TableUse]:
    found: dict[str, TableUse] = dict.fromkeys(sorted(referred), "reference")
    for measure in measures:
        if measure.credit is not None and isinstance(measure.credit.to, CreditThrough):
            found[measure.credit.to.table] = "assignment"
    return found


def _referred(recorded: Recorded, table: str) -> bool:
    return any(
        each.unit.kind == "row" and each.unit.table == table for other in recorded.plan.tables for each in other.fields
    )


def _people(recorded: Recorded, period: Period) -> PeopleAccount:
    roster = recorded.roster
    covered: list[str] = []
    left: dict[PersonReason, list[str]] = {}
    for key in roster.keys:
        reason = roster.left_out(key, period)
        if reason is None:
            covered.append(key)
        else:
            left.setdefault(reason, []).append(key)
    return PeopleAccount(
        period.name,
        len(roster.keys),
        tuple(covered),
        tuple((reason, tuple(left[reason])) for reason in sorted(left)),
    )
