"""Each row of a table as a measure sees it: its day, whether it counts, its value, and whom it is credited to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Final

import polars as pl
from attrs import define, evolve, frozen

from incentive.columns import (
    ALWAYS,
    Between,
    ColumnFacts,
    Instants,
    Mask,
    NotLoweredError,
    Num,
    Plain,
    Table,
    Values,
    Widths,
    all_of,
    repeated,
    union,
    values_of,
)
from incentive.engines.columnar.assigning import assigned
from incentive.engines.columnar.crediting import Credit, climbed, filtered
from incentive.engines.columnar.exchange import factors, rate_rows
from incentive.engines.columnar.lowering import Lowering
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.engines.columnar.roster import Roster, taken
from incentive.results import ROW_REASONS
from incentive.tree import (
    Converted,
    CreditPath,
    CreditSplit,
    CreditThrough,
    DatedParameter,
    Expr,
    FieldValue,
    LetValue,
    Measure,
    ParameterValue,
    Plan,
    walk,
)

REASON: Final[Mapping[str, int]] = {reason: at for at, reason in enumerate(ROW_REASONS)}
COUNTS: Final = len(ROW_REASONS)
"""What stands in `reason` for a row that nothing keeps from counting."""


@frozen(eq=False)
class Credited:
    """A measure over all rows of its table.

    `reason` is by number why a row does not count whatever window is read, or COUNTS; `day` is an ordinal, 0 without
    date; `credits` hold only rows that count. `lost` is the share of a row that goes to nobody while another part is
    credited.
    """

    measure: Measure
    rows: int
    reason: pl.Series
    day: pl.Series
    value: Values | None
    credits: Sequence[Credit]
    lost: Sequence[tuple[pl.Series, Fraction]] = ()
    own: Sequence[Credit] = ()  # without what managers above get
    several: Mask = None  # which rows several assignments take


@define
class RowValues:
    """The formulas of the rows of a table, on the day of each event."""

    plan: Plan
    facts: ColumnFacts
    roster: Roster
    table: str
    widths: Widths
    day: pl.Series | None = None
    dated: pl.Series | None = None  # which rows have a day; None for all
    as_of: date | None = None
    several: Mask = None  # which rows several assignments take

    @property
    def columns(self) -> Table:
        """The table."""
        return self.facts.tables[self.table]

    def lowering(self) -> Lowering:
        """The formulas of these rows."""
        return Lowering(
            Numbers(self.columns.rows, self.widths),
            self.leaf,
            zone=self.plan.timezone,
            month_end=self.plan.month_end or "",
        )

    def leaf(self, node: Expr) -> Values:
        """Give the values that a formula of a row begins with."""
        match node:
            case FieldValue():
                return self._field(node)
            case ParameterValue():
                return self._parameter(node)
            case DatedParameter():
                return self._dated_parameter(node)
            case Converted():
                return self._converted(node)
            case LetValue():
                definition = next(each for each in self.plan.definitions if each.name == node.name)
                return self.lowering()(definition.value)
            case _:
                raise NotLoweredError(f"{type(node).__name__} in the formula of a row")

    def _field(self, node: FieldValue) -> Values:
        columns = self.columns.columns
        found = columns[node.path[0].name]
        table = self.table
        for previous, hop in zip(node.path, node.path[1:], strict=False):
            if not isinstance(found, Plain):
                raise NotLoweredError("a path through what is no reference")
            there = None if found.gone is None else ~found.gone
            if hop.of == "person":
                if self.day is None:
                    raise NotLoweredError("a field of a person without a day")
                segment = self.roster.on(found.values, self.day)
                known = segment.there if there is None else segment.there & there
                if self.dated is not None:
                    known = known & self.dated
                found = taken(self.roster.field(hop.name), segment.at, known)
                table = ""
            else:
                spec = next(
                    (
                        each
                        for one in self.plan.tables
                        if one.name == table
                        for each in one.fields
                        if each.name == previous.name
                    ),
                    None,
                )
                if spec is None:
                    raise NotLoweredError("a reference of a person")
                table = spec.unit.table
                other = self.facts.tables[table]
                if other.rows:
                    found = taken(other.columns[hop.name], found.values, there)
                else:  # nobody can refer to it, so the field is missing everywhere
                    found = taken(self._nothing(table, hop.name), found.values * 0, there)
        return found

    def _dated_parameter(self, node: DatedParameter) -> Values:
        spec = next(each for each in self.plan.parameters if each.name == node.name)
        values = sorted(spec.values, key=lambda each: each.start or date.min)
        day, gone = day_of(self.lowering()(node.on))
        rows = self.columns.rows
        days = day if len(day) == rows else day.new_from_index(0, rows)
        return dated_values([(each.start, each.value) for each in values], days, None if gone is None else ~gone)

    def _converted(self, node: Converted) -> Values:
        lowering = self.lowering()
        value = lowering.figure(node.value)
        if node.on is not None:
            day, gone = day_of(lowering(node.on))
        elif self.day is not None:
            day, gone = self.day, None if self.dated is None else ~self.dated
        else:
            raise NotLoweredError("a conversion without a day")
        rows = rate_rows(node.rates, self.facts.tables[node.rates.table], self.as_of)
        source = lowering(node.source)
        if self.columns.rows == 0:
            return value
        factor = factors(rows, source, node.type.unit.currency, day, gone, node.known)
        if isinstance(factor.top, pl.Series) and len(factor.top) != self.columns.rows:
            raise NotLoweredError("a conversion of a constant")
        return lowering.numbers.multiply(value, factor)

    def _nothing(self, table: str, name: str) -> Values:
        """Give a field of one row, without a value."""
        fields = next(each.fields for each in self.plan.tables if each.name == table)
        return values_of([None], next(each.unit for each in fields if each.name == name), {})

    def _parameter(self, node: ParameterValue) -> Values:
        spec = next(each for each in self.plan.parameters if each.name == node.name)
        values = sorted(spec.values, key=lambda each: each.start or date.min)
        if len(values) == 1 and values[0].start is None:
            return evolve(constant(values[0].value), gone=None if self.dated is None else ~self.dated)
        if self.day is None:
            raise NotLoweredError("a dated parameter without a day")
        return dated_values([(each.start, each.value) for each in values], self.day, self.dated)


def day_of(values: Values) -> tuple[pl.Series, Mask]:
    """Give days as ordinals, of dates or of time stamps, and which rows have none."""
    if isinstance(values, Instants):
        return values.day, values.gone
    if isinstance(values, Plain) and values.kind == "day":
        return values.values, values.gone
    raise NotLoweredError("a day that is none")


def dated_values(values: Sequence[tuple[date | None, Fraction]], day: pl.Series, dated: pl.Series | None = None) -> Num:
    """Give the value that holds on each day; missing before the first."""
    starts = pl.Series([ALWAYS if start is None else start.toordinal() for start, _ in values], dtype=pl.Int32)
    column = Numbers(len(values), Widths())
    scale = lcm(*(value.denominator for _, value in values))
    tops = [value.numerator * (scale // value.denominator) for _, value in values]
    most = max(abs(top) for top in tops)
    if not Widths().fits(max(most, scale)):
        raise NotLoweredError("a parameter with too many decimals")
    at = starts.search_sorted(day.cast(pl.Int32), side="right").cast(pl.Int64) - 1
    before = at < 0
    if dated is not None:
        before = before | ~dated
    safe = at.zip_with(at >= 0, pl.Series([0], dtype=pl.Int64))
    top = pl.Series(tops, dtype=column.widths.kind(most)).gather(safe)
    return Num(top, scale, most, gone=before if before.any() else None)


def credit_rows(  # noqa: PLR0913, PLR0917 - a measure and what it is read from
    measure: Measure, plan: Plan, facts: ColumnFacts, roster: Roster, widths: Widths, as_of: date | None
) -> Credited:
    """Go through the rows of a measure.

    Raises:
        NotLoweredError: A formula of the measure is not computed in columns.
    """
    if measure.again is not None:
        raise NotLoweredError("a measure whose rows count again")
    table = facts.tables[measure.table]
    values = RowValues(plan, facts, roster, measure.table, widths, as_of=as_of)
    day = values.lowering()(measure.dated)
    _sure(day)
    if isinstance(day, Instants):
        days, gone = day.day, day.gone
    elif isinstance(day, Plain) and day.kind == "day":
        days, gone = day.values, day.gone
    else:
        raise NotLoweredError("a date that is none")
    values.day, values.dated = days, None if gone is None else ~gone
    reason = repeated(COUNTS, table.rows, pl.Int8)
    found = values.lowering()
    value = None if measure.value is None else found(measure.value)
    if value is not None and not isinstance(value, Between):
        _sure(value)
    parts, lost, credited, unclear = _credits(measure, values, facts)
    own = parts
    if measure.credit is not None and measure.credit.above:
        parts = climbed(parts, days, roster, once=_gives_the_whole(measure.credit.to))
    if credited is not None:
        through = measure.credit is not None and isinstance(measure.credit.to, CreditThrough)
        reason = _because(reason, ~credited, "unassigned" if through else "no_participant")
        if unclear is not None:
            reason = _because(reason, unclear, "condition_missing")
    if measure.where is not None:
        holds = found.truth(measure.where)
        _sure(holds)
        if holds.gone is not None and any(isinstance(each, Converted) for each in walk(measure.where)):
            raise NotLoweredError("a condition that waits for a rate")
        reason = _because(reason, ~holds.holds, "condition")
        if holds.gone is not None:
            reason = _because(reason, holds.gone, "condition_missing")
    if gone is not None:
        reason = _because(reason, gone, "undated")
        days = days.zip_with(~gone, pl.Series([0], dtype=days.dtype))
    if as_of is not None and table.recorded is not None:
        reason = _because(reason, table.recorded > as_of.toordinal(), "recorded_later")
    counts = reason == COUNTS
    if not counts.all():
        own, parts = (tuple(_kept(each, counts) for each in found) for found in (own, parts))
        lost = tuple((rows & counts, share) for rows, share in lost)
    return Credited(measure, table.rows, reason, days, value, parts, lost, own, values.several)


def _gives_the_whole(to: CreditPath | CreditThrough | CreditSplit) -> bool:
    """Whether everybody who is credited gets all of the fact."""
    return isinstance(to, CreditThrough) and to.share is None


def _because(reason: pl.Series, rows: pl.Series, why: str) -> pl.Series:
    if not rows.any():
        return reason
    return pl.Series([REASON[why]], dtype=pl.Int8).zip_with(rows, reason)


def _sure(values: Values) -> None:
    """Rows of a table are decided by columns or not at all."""
    if isinstance(values, Between) or (values.doubt is not None and values.doubt.any()):
        raise NotLoweredError("a decision about a row that columns cannot take")


def _kept(credit: Credit, counts: pl.Series) -> Credit:
    if credit.row is None:
        row = counts.arg_true().cast(pl.Int64)
        return Credit(row, credit.person.filter(counts), filtered(credit.share, counts))
    kept = counts.gather(credit.row)
    return Credit(credit.row.filter(kept), credit.person.filter(kept), filtered(credit.share, kept))


_Credits = tuple[tuple[Credit, ...], tuple[tuple[pl.Series, Fraction], ...], pl.Series | None, pl.Series | None]


def _credits(measure: Measure, values: RowValues, facts: ColumnFacts) -> _Credits:
    """Give the credits, what is lost, which rows are credited, and of which that cannot be told."""
    rows = values.columns.rows
    one = constant(1)
    to = None if measure.credit is None else measure.credit.to
    match to:
        case None:
            return (Credit(None, repeated(0, rows, pl.Int64), one),), (), None, None
        case CreditPath():
            person = values.lowering()(to.path)
            _sure(person)
            if not isinstance(person, Plain) or person.kind != "person":
                raise NotLoweredError("credit to what is no person")
            if person.gone is None:
                return (Credit(None, person.values, one),), (), None, None
            named = ~person.gone
            row = named.arg_true().cast(pl.Int64)
            return (Credit(row, person.values.filter(named), one),), (), named, None
        case CreditSplit():
            return _split(to, values)
        case CreditThrough():
            return _assigned(to, values, facts, must_total=not measure.credit.overlay)  # type: ignore[union-attr]


def _split(to: CreditSplit, values: RowValues) -> _Credits:
    rows = values.columns.rows
    lowering = values.lowering()
    left = all_of(rows)
    unclear: pl.Series | None = None
    credited = ~left
    parts: list[tuple[pl.Series, pl.Series, Fraction]] = []
    nobody: list[tuple[pl.Series, Fraction]] = []
    for branch in (*to.branches, None):
        here = left
        shares = to.otherwise if branch is None else branch.shares
        if branch is not None:
            holds = lowering.truth(branch.condition)
            _sure(holds)
            here = left & holds.holds
            if holds.gone is not None:
                unclear = union(unclear, left & holds.gone)
                left = left & ~holds.gone
            left = left & ~holds.holds
        for share in shares:
            person = lowering(share.to)
            if not isinstance(person, Plain) or person.kind != "person":
                raise NotLoweredError("credit to what is no person")
            named = here if person.gone is None else here & ~person.gone
            if person.gone is not None:
                nobody.append((here & person.gone, share.share))
            if share.share:
                parts.append((named, person.values, share.share))
                credited = credited | named
    given = tuple(
        Credit(named.arg_true().cast(pl.Int64), person.filter(named), constant(share)) for named, person, share in parts
    )
    lost = tuple((where & credited, share) for where, share in nobody)
    return given, lost, credited, unclear


def _assigned(to: CreditThrough, values: RowValues, facts: ColumnFacts, *, must_total: bool) -> _Credits:
    """Credit everybody whose row of the table takes the fact."""
    if values.day is None:
        raise NotLoweredError("an assignment without shares")
    keys = [values.lowering()(each) for each in to.by]
    credit, credited, values.several = assigned(to, keys, values.day, facts.tables[to.table], values.widths)
    if must_total and credit.row is not None and isinstance(credit.share.top, pl.Series):
        totals = pl.DataFrame({"row": credit.row, "share": credit.share.top}).group_by("row").agg(pl.col("share").sum())
        if (totals["share"] != credit.share.scale).any():
            raise NotLoweredError("shares that do not total 100 %")  # the reference engine names the rows
    return (credit,), (), credited, None
