"""Lines of everybody at once: the leaves of formulas that stand on people and periods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import lcm

import polars as pl
from attrs import define, evolve, field

from incentive.columns import (
    Between,
    ColumnFacts,
    Figure,
    InputCells,
    NotLoweredError,
    Num,
    Truth,
    Values,
    Widths,
    all_of,
    marks,
    repeated,
    some,
    union,
)
from incentive.engines.columnar.divisions import Divisions
from incentive.engines.columnar.exchange import factors, rate_rows
from incentive.engines.columnar.explaining import Told
from incentive.engines.columnar.grid import Grid
from incentive.engines.columnar.lowering import Lowering
from incentive.engines.columnar.measures import Cells, MeasureTotals
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.engines.columnar.picked import Picked
from incentive.engines.columnar.roster import Roster, taken
from incentive.engines.columnar.rows import credit_rows, dated_values, day_of
from incentive.engines.columnar.sums import added
from incentive.engines.reference import Windows, phase_kind
from incentive.quantities import Period
from incentive.results import LANES, Lane
from incentive.tree import (
    Amended,
    Component,
    Converted,
    DatedParameter,
    Each,
    Expr,
    Increase,
    Input,
    InputValue,
    LetValue,
    LineValue,
    MeasureValue,
    Membership,
    ParameterValue,
    People,
    PersonValue,
    Plan,
    Shared,
    children,
    settlement_expressions,
)

_DAY = timedelta(days=1)


@define(eq=False, slots=False)
class Lines:
    """The figures of a plan on people and periods. `line` gives the rounded line of a component, already answered."""

    plan: Plan
    facts: ColumnFacts
    roster: Roster
    grid: Grid
    windows: Windows
    widths: Widths
    as_of: date | None
    line: Callable[[str], Num]
    on_plan: pl.Series
    told: Told | None = None
    _definitions: dict[str, Values] = field(factory=dict)
    _measures: dict[str, MeasureTotals] = field(factory=dict)
    _not_sums: dict[str, Picked] = field(factory=dict)
    _inputs: dict[str, tuple[Values, dict[str, int]]] = field(factory=dict)

    @cached_property
    def divisions(self) -> Divisions:
        """What groups divide."""
        return Divisions(self.grid, self.on_plan, self.numbers, self.lowering, self.members, self.group_size)

    @property
    def numbers(self) -> Numbers:
        """The arithmetic of the grid."""
        return Numbers(self.grid.rows, self.widths)

    def lowering(self, component: str = "") -> Lowering:
        """The formulas of the grid."""
        zone, month_end = self.plan.timezone, self.plan.month_end or ""
        return Lowering(self.numbers, self.leaf, self.told, component, zone, month_end)

    def figure(self, node: Expr) -> Figure:
        """Compute a formula in all rows of the grid."""
        return self._ruled(node, self.lowering())

    def _ruled(self, node: Expr, lowering: Lowering) -> Figure:
        """Compute a formula; of one that was amended, each version in the periods that it rules."""
        if not isinstance(node, Amended):
            return lowering.figure(node)
        found: Figure = constant(0)
        silent = evolve(lowering, told=None)  # columns of figures have one formula each, and here are several
        for each in node.versions:
            value = constant(0) if each.value is None else silent.figure(each.value)
            rules = [each.since is None or each.since <= period.start for period in self.grid.periods]
            found = self.numbers.choose(Truth(self.grid.spread(rules, pl.Boolean)), value, found)
        lowering.rounded_from |= silent.rounded_from
        return found

    def rounded(self, component: Component) -> tuple[Figure, Lane]:
        """Compute a line, and say in which lane it was before it was rounded."""
        lowering = self.lowering(component.name)
        found = self._ruled(component.line, lowering)
        return found, max(lowering.rounded_from, key=LANES.index, default="integer")

    def leaf(self, node: Expr) -> Values:
        """Give what a formula begins with."""
        match node:
            case LetValue():
                if node.name not in self._definitions:
                    definition = next(each for each in self.plan.definitions if each.name == node.name)
                    self._definitions[node.name] = self.lowering()(definition.value)
                return self._definitions[node.name]
            case MeasureValue():
                return self._measure(node)
            case InputValue():
                return self._input(node)
            case ParameterValue():
                return self._parameter(node)
            case PersonValue():
                found = self.grid.last_of_period()
                return taken(self.roster.field(node.name), found.at, found.there)
            case Membership():
                found = self.grid.last_of_period()
                held = self.roster.holds(node.group)
                gone = union(None if held.gone is None else held.gone.gather(found.at), some(~found.there))
                holds = held.holds.gather(found.at)
                return Truth(holds if gone is None else holds & ~gone, gone)
            case People():
                return self._people(node)
            case LineValue():
                return self._line(node)
            case Increase():
                return self._increase(node)
            case Shared():
                return self.divisions.part(node)
            case DatedParameter():
                return self._dated_parameter(node)
            case Converted():
                return self._converted(node)
            case Each():
                raise NotLoweredError("pay of each fact by itself")
            case _:
                raise NotLoweredError(f"{type(node).__name__}")

    # ---- parameters and increases ------------------------------------------------------------------------------------
    def _parameter(self, node: ParameterValue) -> Num:
        spec = next(each for each in self.plan.parameters if each.name == node.name)
        values = sorted(spec.values, key=lambda each: each.start or date.min)
        if len(values) == 1 and values[0].start is None:
            return constant(values[0].value)
        if node.at == "event":
            raise NotLoweredError("a parameter of the day of an event, outside a row")
        found: list[Fraction | None] = []
        for period in self.grid.periods:
            day = self.windows.days(node.type.grain.when, period).last
            held = [each.value for each in values if (each.start or date.min) <= day]
            found.append(held[-1] if held else None)
        return self._by_period(found)

    def _dated_parameter(self, node: DatedParameter) -> Values:
        spec = next(each for each in self.plan.parameters if each.name == node.name)
        values = sorted(spec.values, key=lambda each: each.start or date.min)
        day, gone = day_of(evolve(self.lowering(), told=None)(node.on))
        days = day if len(day) == self.grid.rows else day.new_from_index(0, self.grid.rows)
        return dated_values([(each.start, each.value) for each in values], days, None if gone is None else ~gone)

    def _converted(self, node: Converted) -> Values:
        lowering = self.lowering()
        value, source = lowering.figure(node.value), lowering(node.source)
        day: pl.Series
        gone: pl.Series | None = None
        if node.on is not None:
            day, gone = day_of(lowering(node.on))
        elif node.at == "period_end":
            day = self.grid.of_period(lambda each: self.windows.days(None, each).last.toordinal())
        else:
            raise NotLoweredError("a conversion on the day of an event, outside a row")
        if not self.grid.rows:
            return value
        days = day if len(day) == self.grid.rows else day.new_from_index(0, self.grid.rows)
        rows = rate_rows(node.rates, self.facts.tables[node.rates.table], self.as_of)
        return self.numbers.multiply(value, factors(rows, source, node.type.unit.currency, days, gone, node.known))

    def _by_period(self, values: Sequence[Fraction | None]) -> Num:
        known = [value if value is not None else Fraction(0) for value in values]
        scale = lcm(*(value.denominator for value in known)) if known else 1
        tops = [value.numerator * (scale // value.denominator) for value in known]
        most = max((abs(top) for top in tops), default=0)
        if not self.widths.fits(max(most, scale)):
            raise NotLoweredError("a parameter with too many decimals")
        gone = self.grid.spread([value is None for value in values], pl.Boolean)
        return Num(self.grid.spread(tops, self.widths.kind(most)), scale, most, gone=some(gone))

    def _increase(self, node: Increase) -> Figure:
        now = self.figure(node.value)
        before: list[bool] = []
        for at, period in enumerate(self.grid.periods):
            earlier = self.windows.before(node.over, period)
            if earlier is not None and (not at or self.grid.periods[at - 1].start != earlier.start):
                raise NotLoweredError("an increase over a period that is not computed")
            before.append(earlier is not None)
        has = self.grid.spread(before, pl.Boolean)
        then = self.numbers.choose(Truth(has), _earlier(now), constant(0))
        return self.numbers.subtract(now, then)

    # ---- measures ----------------------------------------------------------------------------------------------------
    def measure_totals(self, name: str) -> MeasureTotals:
        """Give the totals of a measure."""
        if name not in self._measures:
            measure = next(each for each in self.plan.measures if each.name == name)
            credited = credit_rows(measure, self.plan, self.facts, self.roster, self.widths, self.as_of)
            cells = Cells(self._edges(name))
            self._measures[name] = MeasureTotals(credited, cells, self.roster, self.widths)
        return self._measures[name]

    def _edges(self, name: str) -> tuple[int, ...]:
        edges: set[int] = set()
        for node in every_node(self.plan):
            if isinstance(node, MeasureValue) and node.name == name:
                for period in self.grid.periods:
                    days = self.windows.days(node.type.grain.when, period)
                    if days.first < days.after:
                        edges |= {days.first, days.after}
        return tuple(sorted(edges))

    def _picked(self, node: MeasureValue, totals: MeasureTotals, who: str) -> Values:
        picked = self._not_sums.setdefault(node.name, Picked(totals, self.widths))
        days = [self.windows.days(node.type.grain.when, each) for each in self.grid.periods]
        holder, gone = self._holder(who, node.type.grain.when)
        found = picked.window(who, holder, [(each.first, each.after) for each in days], self.grid.at)
        return evolve(found, gone=union(found.gone, gone))

    def _measure(self, node: MeasureValue) -> Values:
        totals = self.measure_totals(node.name)
        who = "company" if totals.credited.measure.credit is None else node.type.grain.who
        if totals.credited.measure.aggregate not in {"sum", "count"}:
            return self._picked(node, totals, who)
        found = totals.of(who)
        first, after = [], []
        for period in self.grid.periods:
            days = self.windows.days(node.type.grain.when, period)
            empty = days.first >= days.after
            first.append(0 if empty else totals.cells.at(days.first))
            after.append(0 if empty else totals.cells.at(days.after))
        holder, gone = self._holder(who, node.type.grain.when)
        figure = found.window(holder, self.grid.spread(first), self.grid.spread(after), self.numbers)
        return evolve(figure, gone=union(figure.gone, gone))

    def _holder(self, who: str, window: object) -> tuple[pl.Series, pl.Series | None]:
        """Whose totals each row reads, and the rows without team."""
        if who in {"", "participant", "reports"}:
            return self.grid.holder, None
        if who == "team":
            found = self.grid.last_segment(window)  # type: ignore[arg-type]  # of a node's grain
            team = self.roster.teams.gather(found.at).zip_with(found.there, pl.Series([-1], dtype=pl.Int64))
            gone = team < 0
            if gone.any():
                return team.zip_with(~gone, pl.Series([0], dtype=pl.Int64)), gone
            return team, None
        return repeated(0, self.grid.rows, pl.Int64), None

    # ---- groups of people --------------------------------------------------------------------------------------------
    def members(self, who: str, day: int) -> tuple[pl.Series, pl.Series]:
        """Who belongs to which holder of a kind of group on a day: people, and the numbers of their holders."""
        people = len(self.roster.segments.keys)
        person = pl.int_range(0, people, dtype=pl.Int64, eager=True)
        segment = self.roster.on(person, repeated(day, people, pl.Int64))
        if who == "company":
            to = repeated(0, people, pl.Int64)
        elif who == "team":
            to = self.roster.teams.gather(segment.at)
        elif who == "reports":
            to = self.roster.managers.gather(segment.at)
        else:
            to = self.roster.holds(who).holds.gather(segment.at).cast(pl.Int64) - 1
        there = segment.there & (to >= 0)
        return person.filter(there), to.filter(there)

    def group_size(self, who: str) -> int:
        """How many holders of a kind of group there are."""
        return {"team": len(self.roster.team_names), "reports": len(self.roster.segments.keys)}.get(who, 1)

    def _people(self, node: People) -> Figure:
        who = node.type.grain.who
        columns = []
        for period in self.grid.periods:
            last = self.windows.days(node.type.grain.when, period).last
            _, to = self.members(who, last.toordinal())
            columns.append(_counted(to, self.group_size(who)))
        return self._of_groups([Num(each, 1, len(self.roster.segments.keys)) for each in columns], who, node)

    def _of_groups(self, by_period: list[Num], who: str, node: Expr) -> Num:
        """Give each row the figure of its own group: one column a period, a row for each holder."""
        holder, gone = self._holder(who, node.type.grain.when)
        size = self.group_size(who)
        scale, most = lcm(*(each.scale for each in by_period)), 0
        for each in by_period:
            most = max(most, each.most * (scale // each.scale))
        if not self.widths.fits(most):
            raise NotLoweredError("a sum of a group too long for a column")
        numbers = Numbers(size, self.widths)
        tops = [numbers.column(numbers.times(each.top, scale // each.scale, most), most) for each in by_period]
        at = self.grid.at * size + holder
        lost = None
        if any(each.gone is not None for each in by_period):
            lost = pl.concat([marks(None, size) if each.gone is None else each.gone for each in by_period]).gather(at)
        return Num(pl.concat(tops).gather(at), scale, most, gone=union(gone, some(lost)))

    # ---- inputs ------------------------------------------------------------------------------------------------------
    def _input(self, node: InputValue) -> Values:
        spec = next(each for each in self.plan.inputs if each.name == node.name)
        cells = self.facts.inputs.get(spec.name)
        if cells is None:
            raise NotLoweredError("an input that was not read")
        if spec.prorated or cells.dated:
            raise NotLoweredError("an input by days")
        who = node.type.grain.who
        if spec.per == "company":
            holder, lost = repeated(0, self.grid.rows, pl.Int64), None
        elif spec.per == "team":
            holder, lost = self._holder("team", node.type.grain.when)
        elif who in {"", "participant"}:
            holder, lost = self.grid.holder, None
        else:
            return self._group_input(node, spec, cells)
        parts = [self._own_parts(node, spec, period) for period in self.grid.periods]
        found = self._cells(spec, cells, holder, parts)
        if lost is None:
            return found
        return evolve(found, gone=union(found.gone, lost), doubt=union(found.doubt, lost))

    def _own_parts(self, node: InputValue, spec: Input, period: Period) -> list[tuple[str, Fraction]]:
        """Name the input's own periods that make a figure, each with its part."""
        days, year = self.windows.days(node.type.grain.when, period), self.windows.year
        if spec.period is None:
            return [("", Fraction(1))]
        if node.by == "own":
            return [(year.period_of(spec.period, days.last).name, Fraction(1))]
        if node.by == "sum":
            touching = year.periods(spec.period, days.start, days.last)
            return [(each.name, Fraction(1)) for each in touching if each.last < days.end]
        longer = year.period_of(spec.period, days.last)
        shorter = year.parts(longer, phase_kind(node, spec, self.windows))
        share = Fraction(0)
        for at, each in enumerate(shorter):
            if days.start <= each.last < days.end:
                share += spec.phases[at] if spec.phases else Fraction(1, len(shorter))
        return [(longer.name, share)]

    def _cells(
        self, spec: Input, cells: InputCells, holder: pl.Series, parts: list[list[tuple[str, Fraction]]]
    ) -> Values:
        """Give the figure of one holder in each row: cells looked up by holder and period, and added."""
        dense, columns = self._dense(spec, cells)
        depth = max((len(each) for each in parts), default=0)
        if depth == 1 and all(len(each) == 1 and each[0][1] == 1 for each in parts):
            column = [columns.get(each[0][0], 0) for each in parts]
            return taken(dense, holder * (len(columns) + 1) + self.grid.spread(column), None)
        if not isinstance(dense, Num):
            raise NotLoweredError("parts of an input that is no number")
        gone_count = repeated(0, self.grid.rows, pl.Int64)
        found: list[Figure] = []
        sizes = self.grid.spread([len(each) for each in parts])
        for at in range(depth):
            here = [each[at] if at < len(each) else None for each in parts]
            column = [0 if each is None else columns.get(each[0], 0) for each in here]
            value = taken(dense, holder * (len(columns) + 1) + self.grid.spread(column), None)
            assert isinstance(value, Num)
            used = self.grid.spread([each is not None for each in here], pl.Boolean)
            shares = [Fraction(1) if each is None else each[1] for each in here]
            gone = used if value.gone is None else used & value.gone
            gone = gone if value.gone is not None else gone & ~gone
            gone_count = gone_count + gone.cast(pl.Int64)
            share = constant(shares[0]) if len(set(shares)) == 1 else self._by_period(shares)
            bare = self.numbers.multiply(evolve(value, gone=None), share)
            stand_in = constant(spec.missing_part if spec.missing_part is not None else 0)
            bare = self.numbers.choose(Truth(gone), stand_in, bare)
            found.append(self.numbers.choose(Truth(used), bare, constant(0)))
        total = self.numbers.total(found)
        lost = gone_count > 0
        if spec.missing_part is not None:
            lost = lost & ((gone_count == sizes) | (sizes == 1))
        return evolve(total, gone=some(lost))

    def _dense(self, spec: Input, cells: InputCells) -> tuple[Values, dict[str, int]]:
        """Lay out the values of an input by holder and period; column 0 is of no period, and missing."""
        if spec.name in self._inputs:
            return self._inputs[spec.name]
        kind = cells.period.dtype
        assert isinstance(kind, pl.Enum), "periods are an enumeration"
        columns = {str(name): at + 1 for at, name in enumerate(kind.categories)}
        count = {"participant": len(self.roster.segments.keys), "team": len(self.facts.teams)}.get(spec.per, 1)
        width = len(columns) + 1
        at = cells.period.to_physical().cast(pl.Int64) + 1
        where = repeated(0, count * width, pl.Int64)
        there = marks(None, count * width)
        if len(cells.period):
            key = cells.holder * width + at
            where = where.scatter(key, pl.int_range(0, len(key), dtype=pl.Int64, eager=True))
            there = there.scatter(key, all_of(len(key)))
            found = taken(cells.value, where, there)
        else:
            gone = ~there
            found = Num(repeated(0, count * width, pl.Int64), 1, 0, gone=gone)
        self._inputs[spec.name] = (found, columns)
        return found, columns

    def _group_input(self, node: InputValue, spec: Input, cells: InputCells) -> Figure:
        """Add the values of the members on the last day of the window."""
        dense, columns = self._dense(spec, cells)
        if not isinstance(dense, Num) or not isinstance(dense.top, pl.Series):
            raise NotLoweredError("a sum of what is no number")
        who = node.type.grain.who
        size = self.group_size(who)
        by_period: list[Num] = []
        for period in self.grid.periods:
            days = self.windows.days(node.type.grain.when, period)
            parts = self._own_parts(node, spec, period)
            if len(parts) != 1 or parts[0][1] != 1:
                raise NotLoweredError("parts of the inputs of a group")
            person, to = self.members(who, days.last.toordinal())
            value = taken(dense, person * (len(columns) + 1) + columns.get(parts[0][0], 0), None)
            assert isinstance(value, Num)
            by_period.append(self._summed(value, to, size, spec.missing_part))
        return self._of_groups(by_period, who, node)

    def _summed(self, value: Num, to: pl.Series, size: int, part: Fraction | None) -> Num:
        """Add figures by holder; a missing one makes the sum missing, unless it has a stand-in and another is there."""
        rows = len(to)
        numbers = Numbers(rows, self.widths)
        gone = value.gone
        stand_in = constant(part if part is not None else 0)
        filled = (
            evolve(value, gone=None)
            if gone is None
            else numbers.choose(Truth(gone), stand_in, evolve(value, gone=None))
        )
        if not isinstance(filled, Num) or filled.bottom is not None:
            raise NotLoweredError("a sum of a group that is no whole number")
        bound = filled.most * max(rows, 1)
        if not self.widths.fits(bound):
            raise NotLoweredError("a sum of a group too long for a column")
        top = added(to, numbers.column(filled.top, bound), size)
        if gone is None:
            return Num(top, filled.scale, bound)
        missing = added(to, gone.cast(pl.Int64), size)
        lost = missing > 0
        if part is not None:
            members = _counted(to, size)
            lost = lost & ((missing == members) | (members == 1))
        return Num(top, filled.scale, bound, gone=some(lost))

    # ---- lines -------------------------------------------------------------------------------------------------------
    def _line(self, node: LineValue) -> Figure:
        who, when = node.type.grain.who, node.type.grain.when
        line = self.line(node.component)
        if who in {"", "participant"}:
            if all(self._same(when, each) for each in self.grid.periods):
                return line
            return self._line_over(node, line)
        size = self.group_size(who)
        by_period: list[Num] = []
        for period in self.grid.periods:
            if not self._same(when, period):
                raise NotLoweredError("the lines of a group over a window")
            days = self.windows.days(when, period)
            person, to = self.members(who, days.last.toordinal())
            by_period.append(self._lines_of(line, person, to, size, period))
        return self._of_groups(by_period, who, node)

    def _same(self, when: object, period: Period) -> bool:
        if when is None:
            return True
        days = self.windows.days(when, period)  # type: ignore[arg-type]  # a window
        return days.end == period.end and days.start >= period.start

    def _line_over(self, node: LineValue, line: Num) -> Figure:
        """Add one's own lines over a window."""
        at = {period.start: number for number, period in enumerate(self.grid.periods)}
        width = len(self.grid.periods)
        sizes = []
        for period in self.grid.periods:
            paid = self.windows.paid_in(self.windows.days(node.type.grain.when, period))
            if any(each.start not in at for each in paid):
                raise NotLoweredError("lines of periods that are not computed")
            sizes.append([at[each.start] for each in paid])
        base = (pl.int_range(0, self.grid.rows, dtype=pl.Int64, eager=True) // width) * width
        found: list[Figure] = [constant(0)]
        for step in range(max(map(len, sizes), default=0)):
            used = self.grid.spread([step < len(each) for each in sizes], pl.Boolean)
            other = base + self.grid.spread([each[step] if step < len(each) else 0 for each in sizes])
            value = taken(line, other, None)
            assert isinstance(value, Num)
            found.append(self.numbers.choose(Truth(used), value, constant(0)))
        return self.numbers.total(found)

    def _lines_of(self, line: Num, person: pl.Series, to: pl.Series, size: int, period: Period) -> Num:
        """Add the lines of members who are on the plan in a period."""
        width = len(self.grid.periods)
        number = next(at for at, each in enumerate(self.grid.periods) if each.start == period.start)
        place = repeated(-1, len(self.roster.segments.keys), pl.Int64)
        place = place.scatter(self.grid.holders, pl.int_range(0, len(self.grid.holders), dtype=pl.Int64, eager=True))
        where = place.gather(person)
        there = where >= 0
        where, to = where.filter(there) * width + number, to.filter(there)
        on = self.on_plan.gather(where)
        where, to = where.filter(on), to.filter(on)
        value = taken(line, where, None)
        assert isinstance(value, Num)
        return self._summed(value, to, size, None)


def _earlier(value: Figure) -> Figure:
    """Each row's figure of the row before."""

    def moved(mask: pl.Series | None) -> pl.Series | None:
        return None if mask is None else mask.shift(1, fill_value=False)

    if isinstance(value, Between):
        low, high = (pl.concat([each.head(1), each.head(-1)]) for each in (value.low, value.high))
        return evolve(value, low=low, high=high, gone=moved(value.gone), doubt=moved(value.doubt))
    if isinstance(value.top, int):
        return evolve(value, gone=moved(value.gone), doubt=moved(value.doubt))
    top = value.top.shift(1, fill_value=0)
    bottom = None if value.bottom is None else value.bottom.shift(1, fill_value=1)
    return evolve(value, top=top, bottom=bottom, gone=moved(value.gone), doubt=moved(value.doubt))


def _counted(to: pl.Series, size: int) -> pl.Series:
    return added(to, repeated(1, len(to), pl.Int64), size)


def every_node(plan: Plan) -> list[Expr]:
    """All expressions of the lines, definitions and settlement of a plan."""
    todo: list[Expr] = [each.line for each in plan.components]
    todo += [each.value for each in plan.definitions]
    if plan.settlement is not None:
        todo += settlement_expressions(plan.settlement)
    found: list[Expr] = []
    while todo:
        node = todo.pop()
        found.append(node)
        todo += children(node)
    return found
