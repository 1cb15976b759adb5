"""Figures from data that was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from attrs import define, field

from incentive.data import Facts, Held, TableFacts
from incentive.diagnostics import DataPlace, Language
from incentive.engines.reference.claiming import claims
from incentive.engines.reference.context import Context, Days, OnPlan, Part
from incentive.engines.reference.crediting import Credited, RowFormulas, credit_rows, recorded_later
from incentive.engines.reference.exchange import RateRows, lacks_rate
from incentive.engines.reference.lanes import MOST_DENOMINATORS, Lane, Stretch, cuts, too_many_denominators
from incentive.engines.reference.losses import Cuts, Loss, day_of, excluded, lost_rows, without
from incentive.engines.reference.people import Roster
from incentive.engines.reference.values import Evaluate, Missing, Result, exact_sum, missing, settled
from incentive.quantities import Number, Period
from incentive.results import Rows, RowsBehind, RowUsed, Value
from incentive.tree import Input, InputValue, LineValue, MeasureValue, Plan, RateTable, Unit

_TOO_LONG = Missing()


@define
class Recorded:
    """The figures of a plan on facts. A measure goes through its rows the first time it is read.

    `named` says that people are only named, by an example: see `Roster`.
    """

    plan: Plan
    facts: Facts
    as_of: date | None
    language: Language
    formulas: Mapping[str, RowFormulas]
    groups: Mapping[str, Evaluate]
    covers: Evaluate | None
    named: bool = False
    losses: tuple[Loss, ...] = ()
    cuts: Cuts = ()
    roster: Roster = field(init=False)
    _credited: dict[str, Credited] = field(factory=dict)
    _sharers: dict[tuple[str, Value | None, date], Missing | Collection[str]] = field(factory=dict)
    _rates: dict[str, RateRows] = field(factory=dict)
    _lost: dict[int, list[tuple[int, int]]] = field(factory=dict)
    _due: dict[tuple[int, int], list[int]] = field(factory=dict)
    _views: dict[Cuts, Recorded] = field(factory=dict)
    _common: dict[object, dict[object, Any]] = field(factory=dict)
    _cells: dict[tuple[str, str, str], RowUsed] = field(factory=dict)
    _places: dict[object, Any] = field(factory=dict)
    _behind: WeakValueDictionary[int, RowsBehind] = field(factory=WeakValueDictionary)

    def __attrs_post_init__(self) -> None:
        self.roster = Roster(self.plan, self.facts.people, self._judge, self.named)
        self.cuts = self.cuts or (0,) * len(self.losses)
        self._views.setdefault((0,) * len(self.losses), self)

    def _judge(self, group: str, key: str, day: date) -> bool | Missing:
        formula = self.groups[group] if group else self.covers
        if formula is None:
            return True
        context = Context(self, {}, key, None)
        context.day = day
        found = formula(context)
        return found if isinstance(found, Missing) else found is True

    # ---- rows that are lost again ------------------------------------------------------------------------------------
    def lost(self, at: int) -> list[tuple[int, int]]:
        """Give the day and number of each row that a clawback takes back, by day."""
        if at not in self._lost:
            table = self.facts.tables[self.losses[at].table]
            late = recorded_later(table, self.as_of)
            context = Context(self, {}, "", None)
            self._lost[at] = lost_rows(self.losses[at], table, context, lambda row: late is None or not late[row])
        return self._lost[at]

    def view(self, cuts: Cuts) -> Recorded:
        """Give the same without the rows that are lost before some days, beside those that are out already."""
        wanted = tuple(map(max, self.cuts, cuts))
        if wanted == self.cuts:
            return self
        whole = self._views[(0,) * len(wanted)]
        if wanted not in self._views:
            made = Recorded(
                self.plan, self.facts, self.as_of, self.language, self.formulas, self.groups, self.covers,
                self.named, self.losses, wanted, lost=self._lost, due=self._due, views=self._views,
            )  # fmt: skip
            made.roster = whole.roster
            self._views[wanted] = made
        return self._views[wanted]

    def due(self, step: int, share: int, table: str, on: Evaluate) -> list[int]:
        """Give the day on which a share of each row falls due, as ordinals; 0 where it is missing."""
        if (step, share) not in self._due:
            facts = self.facts.tables[table]
            context = Context(self, {}, "", None)
            context.columns = facts.columns
            days: list[int] = []
            for row in range(facts.rows):
                context.row = row
                days.append(day_of(on(context)))
            self._due[step, share] = days
        return self._due[step, share]

    def weights(self, context: Context, node: MeasureValue, days: Days) -> Mapping[int, Number]:
        """Give what each row credited in a measure."""
        credited = self.credited(node.name)
        stretches = self._stretches(credited, node.type.grain.who, context.holder, days)
        found: dict[int, Number] = {}
        for lane, low, high in () if isinstance(stretches, Missing) else cuts(stretches):
            for at in range(low, high):
                row = lane.entries[at][1]
                found[row] = found.get(row, 0) + (lane.amounts[at] or 0)
        return found

    def parts(self, context: Context, node: MeasureValue, days: Days) -> Missing | list[Part]:
        """Give what each row credited in a measure."""
        credited = self.credited(node.name)
        stretches = self._stretches(credited, node.type.grain.who, context.holder, days)
        if isinstance(stretches, Missing):
            return stretches
        table, found = credited.facts, list[Part]()
        for lane, low, high in cuts(stretches):
            for at in range(low, high):
                (day, row, _), amount = lane.entries[at], lane.amounts[at]
                known = _gap_reason(credited, row, node) if amount is None else amount
                found.append(Part(row, day, table.keys[row], table.lines[row], known))
        return found

    def place(self, table: str, row: int) -> DataPlace:
        """Say where a row stands."""
        return _place(self.facts.tables[table], row)

    def key(self, table: str, row: int) -> str:
        """Give the key of a row."""
        return self.facts.tables[table].keys[row]

    def row_used(self, table: str, row: int, share: Number, value: Number | None, days: Mapping[str, int]) -> RowUsed:
        """Show a row with days of it."""
        facts = self.facts.tables[table]
        shown = tuple((name, date.fromordinal(day) if day else None) for name, day in days.items())
        return RowUsed(table, facts.file, facts.lines[row], facts.keys[row], share, value, shown)

    # ---- measures ----------------------------------------------------------------------------------------------------
    def credited(self, name: str) -> Credited:
        """Give a measure over all rows of its table: one for all threads, since its lanes are known by identity."""
        found = self._credited.get(name)
        return self._credited.setdefault(name, self._through(name)) if found is None else found

    def _through(self, name: str) -> Credited:
        if any(self.cuts):
            whole = self._views[(0,) * len(self.cuts)]
            lost = {at: (loss.table, self.lost(at)) for at, loss in enumerate(self.losses)}
            rows = excluded(lost, self.cuts).get(whole.credited(name).measure.table, frozenset())
            return without(whole.credited(name), rows)
        context = Context(self, {}, "", None)
        return credit_rows(self.formulas[name], self.facts, context, self.as_of, self.language)

    def measure(self, context: Context, node: MeasureValue, days: Days) -> Result:
        """Give the figure of a measure."""
        kept = self.common(context, node.type.grain.who, days)
        if kept is None:
            return self._figure(context, node, days)
        found: Result | None = kept.get(node.name)
        if found is None:
            found = self._figure(context, node, days)
            if type(found) is not Missing:  # why it is missing has its place in the plan
                kept[node.name] = found
        return found

    def _figure(self, context: Context, node: MeasureValue, days: Days) -> Result:
        credited = self.credited(node.name)
        stretches = self._stretches(credited, node.type.grain.who, context.holder, days)
        if isinstance(stretches, Missing):
            return stretches
        gap = _gap(credited, stretches)
        if gap is not None:
            return _gap_reason(credited, gap, node)
        if credited.measure.aggregate not in {"sum", "count"}:
            return _picked(credited, stretches, node)
        if too_many_denominators(stretches):
            return missing("P204", node.span, name=credited.measure.label or node.name)
        totals = [lane.total(low, high) for lane, low, high in cuts(stretches)]
        found = settled(totals[0] if len(totals) == 1 else exact_sum(totals), _TOO_LONG)
        return missing("P203", node.span) if found is _TOO_LONG else found

    def rows(self, context: Context, node: MeasureValue, days: Days) -> tuple[Rows, int]:
        """Give the rows behind the figure of a measure, by day and key, and their number."""
        who = node.type.grain.who
        kept = self.common(context, who, days)
        key = ("rows", node.name) if kept is not None else (node.name, who, context.holder, days.first, days.after)
        places = self._places if kept is None else kept
        if key not in places:
            places[key] = self._place(context, node, days)
        found, count = places[key]
        if not count:
            return (), 0
        behind = self._behind.get(id(found))
        if behind is None:
            behind = self._behind[id(found)] = RowsBehind(partial(self._named, self.credited(node.name), found))
        return behind, count

    def _place(self, context: Context, node: MeasureValue, days: Days) -> tuple[list[Stretch], int]:
        """Find where the rows behind a figure are, and how many."""
        credited = self.credited(node.name)
        stretches = self._stretches(credited, node.type.grain.who, context.holder, days)
        if isinstance(stretches, Missing):
            return [], 0
        found = list(cuts(stretches))
        if credited.measure.aggregate in {"sum", "count"}:
            return found, sum(high - low for _, low, high in found)
        return found, len({row for lane, low, high in found for _, row, _ in lane.entries[low:high]})

    def _named(self, credited: Credited, stretches: list[Stretch]) -> tuple[RowUsed, ...]:
        """Name the rows of a measure between positions."""
        table, formulas = credited.facts, self.formulas[credited.measure.name]
        by_row = Context(self, {}, "", None)
        by_row.columns = table.columns
        additive = credited.measure.aggregate in {"sum", "count"}
        found: dict[tuple[int, int], list[tuple[str, Number, Any]]] = {}
        whose = credited.whose
        order: list[tuple[int, str, int, int]] = []
        for lane, low, high in stretches:
            for at in range(low, high):
                day, row, share = lane.entries[at]
                if (row, day) not in found:
                    order.append((day, table.keys[row], table.lines[row], row))
                value = credited.values[row]
                found.setdefault((row, day), []).append(
                    (
                        whose.get(id(lane), ""),
                        share,
                        lane.amounts[at] if additive else None if isinstance(value, Missing) else value,
                    )
                )
        used: list[RowUsed] = []
        shows = [
            (".".join(hop.name for hop in path.path), path.type.unit, show)
            for path, show in zip(credited.measure.shows, formulas.shows, strict=True)
        ]
        for day, key, line, row in sorted(order):
            by_row.row, by_row.day = row, date.fromordinal(credited.days[row])  # it was read on its first day
            again = None if credited.again is None else date.fromordinal(day)
            shown = tuple((name, self._told(unit, show(by_row))) for name, unit, show in shows)
            if formulas.rates:
                shown += _rates_told(formulas, by_row)
            parts = found[row, day] if additive else found[row, day][:1]
            used += [
                RowUsed(table.name, table.file, line, key, share, value, shown, claims(credited, person, by_row), again)
                for person, share, value in parts
            ]
        return tuple(used)

    def _told(self, unit: Unit, value: Any) -> Value | None:  # noqa: ANN401
        """A field as a reader knows it: of a row of another table its key."""
        if unit.kind == "row" and isinstance(value, int):
            return self.facts.tables[unit.table].keys[value]
        return _plain(value)

    def _stretches(self, credited: Credited, who: str, holder: str, days: Days) -> list[Stretch] | Missing:
        first, after = days.first, days.after
        if credited.measure.credit is None:
            return _stretch(credited.lanes.get(""), first, after)
        if who in {"", "participant"}:
            return _stretch(credited.lanes.get(holder), first, after)
        if who == "company":
            return _stretch(credited.company(), first, after)
        spells = self.roster.spells(who, holder, days.start, days.end)
        if isinstance(spells, Missing):
            return spells
        found: list[Stretch] = []
        for person, begins, ends in spells:
            found += _stretch(credited.lanes.get(person), max(first, begins), min(after, ends))
        return found

    def cell(self, spec: Input, holder: str, period: str) -> Result | None:
        """Give one value of an input."""
        found = self.facts.inputs.get(spec.name)
        cell = None if found is None else found.values.get((holder, period))
        return None if cell is None else cell.value

    def common(self, context: Context, who: str, days: Days) -> dict[object, Any] | None:
        """Give what is kept of a group: of a team by its name, of reports nothing, since each has another manager."""
        if who in {"", "participant", "reports"}:
            return None
        team = None
        if who == "team":
            team = self.roster.last_value(context.holder, "team", days.start, days.end)
            if team is None:
                return None
        key = who, team, days.start, days.end
        kept = self._common.get(key)
        if kept is None:
            kept = self._common[key] = {}
        return kept

    def cell_row(self, spec: Input, holder: str, period: str) -> RowUsed | None:
        """Say where one value of an input stands."""
        known = self._cells.get((spec.name, holder, period))
        if known is not None:
            return known
        found = self.facts.inputs.get(spec.name)
        cell = None if found is None else found.values.get((holder, period))
        if cell is None:
            return None
        key = ", ".join(each for each in (holder, period) if each)
        made = self._cells[spec.name, holder, period] = RowUsed(spec.name, cell.file, cell.line, key, 1, cell.value)
        return made

    def held(self, spec: Input, holder: str) -> Sequence[Held] | None:
        """Give the values of an input that hold on days."""
        found = self.facts.inputs.get(spec.name)
        return None if found is None or found.held is None else found.held.get(holder, ())

    def holders(self, context: Context, node: InputValue, spec: Input, days: Days) -> Missing | Sequence[str]:
        """Say whose values make the figure of an input."""
        if spec.per == "company":
            return ("",)
        if spec.per == "team":
            team = self.roster.last_value(context.holder, "team", days.start, days.end)
            return missing("P207", node.span, holder=context.holder) if team is None else (str(team),)
        who = node.type.grain.who
        if who in {"", "participant"}:
            return (context.holder,)
        return self.roster.members(who, context.holder, days.start, days.end)

    def person(self, context: Context, name: str, at: str) -> Result:
        """Give a field of the participant."""
        if context.day is not None and (at == "day" or context.period is None):
            value = self.roster.value(context.holder, name, context.day)
        else:
            assert context.period is not None
            value = self.roster.last_value(context.holder, name, context.period.start, context.period.end)
        return missing("P211", holder=context.holder, field=name) if value is None else value

    def membership(self, context: Context, group: str) -> Result:
        """Tell whether the participant is in a group."""
        day = context.day
        if context.period is not None:
            day = self.roster.last_day(context.holder, context.period.start, context.period.end)
        assert day is not None
        return self._judge(group, context.holder, day)

    def on_plan(self, holder: str, first: int, after: int) -> list[OnPlan]:
        """Give the days of a stretch on which a person is on the plan."""
        return [
            OnPlan(begins, ends, each.values, RowUsed("people", "", each.line, holder, 1, None) if each.line else None)
            for begins, ends, each in self.roster.on_plan(holder, first, after)
        ]

    def people(self, context: Context, who: str, days: Days) -> Result:
        """Count people on the last day of a window."""
        members = self.roster.members(who, context.holder, days.start, days.end)
        return members if isinstance(members, Missing) else len(members)

    def line_holders(self, context: Context, node: LineValue, days: Days, period: Period) -> Missing | Sequence[str]:
        """Say whose lines make the figure of a component: members who are on the plan in the period."""
        who = node.type.grain.who
        if who in {"", "participant"}:
            return (context.holder,)
        members = self.roster.members(who, context.holder, days.start, days.end)
        if isinstance(members, Missing):
            return members
        return [each for each in members if self.roster.left_out(each, period) is None]

    def sharers(self, context: Context, who: str, period: Period) -> Missing | Collection[str]:
        """Say who divides an amount: members on the last day of the period who are on the plan, by key."""
        team = self.roster.last_value(context.holder, "team", period.start, period.end) if who == "team" else None
        key = (who, team, period.start)
        if key in self._sharers:
            return self._sharers[key]
        members = self.roster.members(who, context.holder, period.start, period.end)
        found: Missing | Collection[str] = members
        if not isinstance(members, Missing):
            found = {each: None for each in sorted(members) if self.roster.left_out(each, period) is None}
        if team is not None or who != "team":
            self._sharers[key] = found
        return found

    def settles(self, holder: str, period: Period) -> bool:
        """Tell whether a person is on the plan in a period."""
        return self.roster.left_out(holder, period) is None

    def settled_from(self, first: Period) -> tuple[Period, bool]:
        """The first period of the plan: all periods can be computed."""
        return first, True

    def referred(self, table: str) -> Mapping[str, Sequence[Value | None]]:
        """Give the columns of a table."""
        return self.facts.tables[table].columns

    def rates(self, names: RateTable) -> RateRows:
        """Give a table of exchange rates, indexed the first time it is read."""
        if names.table not in self._rates:
            facts = self.facts.tables[names.table]
            self._rates[names.table] = RateRows(names, facts, recorded_later(facts, self.as_of))
        return self._rates[names.table]

    def person_field(self, key: str, name: str, day: date | None) -> Value | None:
        """Give a field of a person on a day."""
        return None if day is None else self.roster.value(key, name, day)


def _stretch(lane: Lane | None, first: int, after: int) -> list[Stretch]:
    return [] if lane is None or first >= after else [(lane, first, after)]


def _gap(credited: Credited, stretches: list[Stretch]) -> int | None:
    """Give the first row whose value is missing, by day and key."""
    if credited.measure.aggregate not in {"sum", "count"}:
        return None
    found: list[tuple[int, str, int, int]] = []
    for lane, low, high in cuts(stretches):
        at = lane.gap(low, high)
        if at is not None:
            day, row, _ = lane.entries[at]
            found.append((day, credited.facts.keys[row], credited.facts.lines[row], row))
    return min(found)[-1] if found else None


def _place(table: TableFacts, row: int) -> DataPlace:
    return DataPlace(table.name, table.file or None, table.lines[row], None, table.keys[row] or None)


def _gap_reason(credited: Credited, row: int, node: MeasureValue) -> Missing:
    table = credited.facts
    place = _place(table, row)
    value = credited.values[row]
    if isinstance(value, Missing) and value.reasons:
        first = value.reasons[0]
        return missing(first.code, node.span, place, **dict(first.values))
    return missing("P208", node.span, place, table=table.name, field=credited.measure.name)


def _picked(credited: Credited, stretches: list[Stretch], node: MeasureValue) -> Result:
    """Aggregate what does not add up: each fact once, at its own value, whatever the share."""
    rows = {row: None for lane, low, high in cuts(stretches) for _, row, _ in lane.entries[low:high]}
    values = [credited.values[row] for row in sorted(rows)]
    aggregate = credited.measure.aggregate
    for row in sorted(rows):
        if isinstance(credited.values[row], Missing):
            if aggregate == "count_distinct" and not any(lacks_rate(credited.values[each]) for each in rows):
                values = [value for value in values if not isinstance(value, Missing)]
                break
            return _gap_reason(credited, row, node)
    if aggregate == "count_distinct":
        return len(set(values))
    if not values:
        return missing("P206", node.span, name=credited.measure.label or node.name)
    if aggregate == "average":
        if len({value.denominator for value in values}) > MOST_DENOMINATORS:
            return missing("P204", node.span, name=credited.measure.label or node.name)
        return settled(Fraction(exact_sum(values), len(values)), missing("P203", node.span))
    smallest: Value = min(values) if aggregate == "min" else max(values)
    return smallest


def _rates_told(formulas: RowFormulas, by_row: Context) -> tuple[tuple[str, Value | None], ...]:
    """The rates at which a row was converted, those into one currency together."""
    found: dict[str, dict[str, None]] = {}
    for each in formulas.rates:
        told = each(by_row)
        if told is not None:
            found.setdefault(told[0], {})[told[1]] = None
    return tuple((name, "; ".join(rates)) for name, rates in found.items())


def _plain(value: Any) -> Value | None:  # noqa: ANN401
    return None if isinstance(value, Missing) else value
