"""A plan, ready to use: the one place where the stages stand in a row.

text -> syntax nodes -> checked tree -> compiled formulas -> runs. Everything here is frozen and keeps no state between
calls, so a plan can be shared by threads.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from attrs import evolve, field, frozen

from incentive import data, engines, results, tree
from incentive.checking import check as check_text
from incentive.data import Dataset, Facts
from incentive.diagnostics import Diagnostic, Language, PlanError, Source, UsageError
from incentive.language import decode, language_of
from incentive.quantities import (
    FiscalYear,
    Money,
    Number,
    Period,
    PeriodFormatError,
    PeriodRangeError,
    from_decimal,
)
from incentive.results import Accounting, Explanation, Payout, Value
from incentive.results.html_lines import run_html, statement_html
from incentive.results.html_plan import plan_html
from incentive.tree import Unit

Figure = Money | Decimal | Fraction | int | bool | str | date | None


@frozen
class Requirements:
    """What the host must supply, as the plan declares it.

    `people` are the roster's fields beside the person's key; a field that is not optional must have a value.
    """

    tables: tuple[tree.Table, ...]
    people: tuple[tree.Field, ...]
    inputs: tuple[tree.Input, ...]

    def to_dict(self) -> dict[str, object]:
        """The requirements as plain data."""
        return {
            "version": 1,
            "tables": [
                {"name": each.name, "key": each.key, "fields": [_field_dict(one) for one in each.fields]}
                for each in self.tables
            ],
            "people": [_field_dict(each) for each in self.people],
            "inputs": [
                {"name": each.name, "type": _type_words(each.unit), "per": each.per, "period": each.period}
                for each in self.inputs
            ],
        }

    def __str__(self) -> str:
        """The requirements as text, one line a column or value."""
        lines: list[str] = []
        for table in self.tables:
            lines.append(f"table {table.name}")
            lines += [f"  {_field_words(each)}" for each in table.fields]
        lines.append("people")
        lines += ["  who: participant (key)", *(f"  {_field_words(each)}" for each in self.people)]
        for each in self.inputs:
            period = f" per {each.period}" if each.period else ""
            lines.append(f"input {each.name}: {_type_words(each.unit)} per {each.per}{period}")
        return "\n".join(lines)


@frozen(eq=False)
class Plan:
    """A checked plan.

    Made by `load` or `parse`. `warnings` are findings that do not stop it; `source` is its text, for messages.
    """

    tree: tree.Plan
    source: Source
    warnings: tuple[Diagnostic, ...]
    language: Language
    _compiled: engines.Compiled = field(repr=False)

    @property
    def label(self) -> str:
        """What people call the plan."""
        return self.tree.label

    @property
    def currency(self) -> str:
        """The currency of every line."""
        return self.tree.currency

    @property
    def components(self) -> tuple[str, ...]:
        """The names of the lines of a statement, in its order."""
        return tuple(each.name for each in self.tree.components)

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period that the plan pays for, in order."""
        return self._year.periods(self.tree.period, self.tree.first_day, self.tree.last_day)

    @property
    def fingerprint(self) -> str:
        """A hash of what the plan means: layout, comments and the order of independent definitions do not matter."""
        return tree.fingerprint(self.tree)

    @cached_property
    def _by_name(self) -> Mapping[str, Period]:
        return {each.name: each for each in self.periods}

    @property
    def _year(self) -> FiscalYear:
        return FiscalYear(self.tree.year_starts, self.tree.year_named_by)

    def requires(self) -> Requirements:
        """Say what the host must supply: tables with their fields, fields of people, inputs."""
        return Requirements(self.tree.tables, self.tree.people, self.tree.inputs)

    def period(self, name: str) -> Period:
        """Give the period of a name such as `2026-03`, `2026-Q1` or `FY2018-Q1`.

        Raises:
            UsageError: the name is not a period of the plan's kind, or lies outside the plan's dates.
        """
        known = self._by_name.get(name)
        if known is not None:
            return known
        try:
            period = self._year.parse(name)
        except (PeriodFormatError, PeriodRangeError) as error:
            raise UsageError(f"period {name!r}: {error}") from error
        if period.kind != self.tree.period:
            raise UsageError(f"period {name!r} is a {period.kind}; this plan is paid each {self.tree.period}")
        if period.last < self.tree.first_day or period.start > self.tree.last_day:
            raise UsageError(f"period {name!r} lies outside the plan, {self.tree.first_day} to {self.tree.last_day}")
        return period

    def draft_mapping(self, folder: str | Path) -> str:
        """Draft a mapping for the files of a folder, from their headers and what the plan needs.

        A draft is refused until a person has read it and set `confirmed = true`.

        Raises:
            DataError: the folder cannot be read.
        """
        return data.draft_mapping(self.tree, folder, self.language)

    def read(self, dataset: Dataset) -> Facts:
        """Read and check data for this plan, once for several runs.

        Raises:
            DataError: something in the data is wrong; nothing was computed.
        """
        if not isinstance(dataset, Dataset):
            raise UsageError(f"dataset: {type(dataset).__name__} is not a Dataset; write Dataset.from_folder(…)")
        return data.read(dataset, self.tree, language=self.language)

    def run(  # noqa: PLR0913 - what to compute, by name
        self,
        dataset: Dataset | Facts,
        *,
        period: str | None = None,
        since: str | None = None,
        until: str | None = None,
        as_of: date | None = None,
        participants: Collection[str] | None = None,
        parameters: Mapping[str, Figure] | None = None,
    ) -> Run:
        """Compute what everybody earns.

        Args:
            dataset: where the data comes from, or facts already read for this plan.
            period: the one period to compute; without it, and without `since` and `until`, all periods of the plan.
            since: the first period.
            until: the last period.
            as_of: only rows recorded until this day exist; the tables measured need a recorded-on column.
            participants: only these people are computed; figures of groups still read everybody.
            parameters: other values for parameters of the plan, for what-if questions; they hold at all dates.

        Returns:
            One line for each participant that the plan covers in a period, and each component.

        Raises:
            DataError: something in the data is wrong; nothing was computed.
            UsageError: a period, a participant or a parameter is not one of the plan's.
        """
        if parameters:
            return self.with_parameters(parameters).run(
                dataset, period=period, since=since, until=until, as_of=as_of, participants=participants
            )
        facts = dataset if isinstance(dataset, Facts) else self.read(dataset)
        wanted = self._periods(period, since, until)
        made = engines.run(self._compiled, facts, wanted, as_of=as_of, participants=participants)
        return Run(made, self, facts, as_of)

    def pay(self, period: str, **figures: Figure) -> Statement:
        """Compute one person's lines from measures and inputs given as values.

        Args:
            period: a period of the plan.
            figures: values by name of measure or input; `**{"team.revenue": ...}` for a group's figure. Money as
                `Money`, `Decimal` or `int` in the plan's currency, ratios as `Decimal` or `Fraction`, exactly as given.
                A measure's value is its figure in that period, and 0 in the others; what is not given is missing.

        Raises:
            UsageError: the period or a name is not the plan's, or a value is a float or in another currency.
        """
        here = self.period(period)
        given = {name: self._figure(name, value) for name, value in figures.items() if value is not None}
        return Statement(engines.pay(self._compiled, here, given), self, here, given)

    def with_parameters(self, parameters: Mapping[str, Figure]) -> Plan:
        """Give the plan with other values for its parameters, at all dates.

        Raises:
            UsageError: a name is not a parameter, or a value does not fit.
        """
        known = {each.name: each for each in self.tree.parameters}
        for name in parameters:
            if name not in known:
                names = ", ".join(known) or "it has none"
                raise UsageError(f"parameters: {name!r} is not a parameter of the plan ({names})")
        changed = tuple(
            evolve(each, values=(tree.Since(None, Fraction(_number(each.name, parameters[each.name], each.unit))),))
            if each.name in parameters
            else each
            for each in self.tree.parameters
        )
        return _made(evolve(self.tree, parameters=changed), self.source, self.warnings, self.language)

    def _periods(self, period: str | None, since: str | None, until: str | None) -> tuple[Period, ...]:
        if period is not None:
            if since is not None or until is not None:
                raise UsageError("give either a period, or since and until")
            return (self.period(period),)
        every = self.periods
        first = self.period(since) if since is not None else every[0]
        last = self.period(until) if until is not None else every[-1]
        if last.start < first.start:
            raise UsageError(f"until {last.name} comes before since {first.name}")
        return tuple(each for each in every if first.start <= each.start <= last.start)

    def _figure(self, name: str, value: Figure) -> Value:
        unit = self._units.get(name) or self._units.get(name.rpartition(".")[2])
        if unit is None:
            known = ", ".join(self._units)
            raise UsageError(f"{name!r} is neither a measure nor an input of the plan ({known})")
        if unit.kind in {"text", "choice", "date", "yes_no"}:
            if isinstance(value, Money | Decimal | Fraction) or value is None:
                raise UsageError(f"{name}: {type(value).__name__} is not {_type_words(unit)}")
            return value
        return _number(name, value, unit)

    _units: Mapping[str, Unit] = field(init=False, repr=False)

    @_units.default
    def _every_unit(self) -> Mapping[str, Unit]:
        measures = {each.name: each.unit for each in self.tree.measures}
        return measures | {each.name: each.unit for each in self.tree.inputs}

    def _repr_html_(self) -> str:
        return plan_html(self.tree, self.source, self.warnings, self.language, str(self.requires()))


@frozen(eq=False)
class Run:
    """What a run gives: a line for each participant, period and component, each explained on demand."""

    results: results.Run
    plan: Plan = field(repr=False)
    facts: Facts = field(repr=False)
    as_of: date | None = None

    @property
    def payouts(self) -> tuple[Payout, ...]:
        """Every line, sorted by participant and period, components in the plan's order."""
        return self.results.payouts

    @property
    def accounting(self) -> Accounting:
        """What became of every row and every person."""
        return self.results.accounting

    @property
    def pending(self) -> tuple[Payout, ...]:
        """The lines that cannot be computed yet, with their reasons."""
        return tuple(each for each in self.payouts if each.status == "pending")

    @property
    def total(self) -> Money:
        """The sum of all lines that have an amount."""
        return _total(self.payouts, self.plan.currency)

    def __getitem__(self, participant: str) -> tuple[Payout, ...]:
        """The lines of one participant.

        Raises:
            KeyError: the participant has no line in this run.
        """
        found = tuple(each for each in self.payouts if each.participant == participant)
        if not found:
            raise KeyError(participant)
        return found

    def explain(self, participant: str, component: str, period: str | None = None) -> Explanation:
        """Say how a line came about, down to the rows and the clauses of the plan.

        Args:
            participant: a participant of the run.
            component: a component of the plan.
            period: needed where the run has several periods.

        Raises:
            UsageError: the participant, the component or the period has no line in this run.
        """
        periods = self.results.periods
        if period is None and len(periods) > 1:
            raise UsageError(f"say which period: {', '.join(each.name for each in periods)}")
        here = self.plan.period(period) if period is not None else periods[0]
        plan = self.plan
        found = engines.explain(plan._compiled, self.facts, here, participant, component, self.as_of)  # noqa: SLF001
        return evolve(found, source=plan.source, language=plan.language)

    def to_dict(self) -> dict[str, object]:
        """The run as plain data for JSON; numbers are exact text."""
        return {"plan": self.plan.label, "fingerprint": self.plan.fingerprint, **self.results.to_dict()}

    def _repr_html_(self) -> str:
        return run_html(self.payouts, self.plan.tree, self.plan.language)


@frozen(eq=False)
class Statement:
    """One person's lines from values given by the caller."""

    payouts: tuple[Payout, ...]
    plan: Plan = field(repr=False)
    period: Period
    _given: Mapping[str, Value] = field(repr=False)

    @property
    def total(self) -> Money:
        """The sum of the lines that have an amount."""
        return _total(self.payouts, self.plan.currency)

    @property
    def pending(self) -> tuple[Payout, ...]:
        """The lines that cannot be computed, with their reasons."""
        return tuple(each for each in self.payouts if each.status == "pending")

    def __getitem__(self, component: str) -> Payout:
        """The line of a component.

        Raises:
            KeyError: the plan has no such component.
        """
        for each in self.payouts:
            if each.component == component:
                return each
        raise KeyError(component)

    def explain(self, component: str) -> Explanation:
        """Say how a line came about.

        Raises:
            UsageError: the plan has no such component.
        """
        plan = self.plan
        found = engines.explain_given(plan._compiled, self.period, self._given, component)  # noqa: SLF001
        return evolve(found, source=plan.source, language=plan.language)

    def to_dict(self) -> dict[str, object]:
        """The statement as plain data for JSON."""
        return {"version": 1, "period": self.period.name, "payouts": [each.to_dict() for each in self.payouts]}

    def _repr_html_(self) -> str:
        return statement_html(self.payouts, self.plan.tree, self.plan.language)


def load(path: str | Path) -> Plan:
    """Read a plan file.

    Args:
        path: a UTF-8 file, usually ending in `.plan`.

    Raises:
        PlanError: the plan has mistakes; its `diagnostics` lists all of them.
        OSError: the file cannot be read.
    """
    shown = str(path)
    return parse(decode(Path(path).read_bytes(), shown), shown)


def parse(text: str, path: str = "") -> Plan:
    """Make a plan from its text.

    Args:
        text: the whole plan.
        path: what messages call it.

    Raises:
        PlanError: the plan has mistakes; its `diagnostics` lists all of them.
    """
    checked = check_text(text, path)
    if checked.plan is None:
        raise PlanError(checked.diagnostics)
    return _made(checked.plan, checked.source, checked.diagnostics, language_of(checked.source.text))


def check(text: str, path: str = "") -> tuple[Diagnostic, ...]:
    """Check a plan's text; never raises for what it says.

    Args:
        text: the whole plan.
        path: what messages call it.

    Returns:
        Every finding in the order of the text; empty for a sound plan.
    """
    return check_text(text, path).diagnostics


def _made(plan: tree.Plan, source: Source, warnings: tuple[Diagnostic, ...], language: Language) -> Plan:
    return Plan(plan, source, warnings, language, engines.compile_plan(plan, language))


def _number(name: str, value: object, unit: Unit) -> Number:
    match value:
        case bool():
            raise _inexact(name, value)
        case Money(currency=currency):
            if unit.kind != "money" or currency != unit.currency:
                raise UsageError(f"{name}: {value} is not {_type_words(unit)}")
            return value.exact
        case Decimal():
            return from_decimal(value)
        case int() | Fraction():
            return value
        case _:
            raise _inexact(name, value)


def _inexact(name: str, value: object) -> UsageError:
    kind = type(value).__name__
    return UsageError(f"{name}: {kind} is not an exact number; give a Decimal, int, Fraction or Money")


def _total(payouts: Collection[Payout], currency: str) -> Money:
    return Money(sum((each.amount.exact for each in payouts if each.amount is not None), Fraction(0)), currency)


def _field_dict(each: tree.Field) -> dict[str, object]:
    return {"name": each.name, "type": _type_words(each.unit), "optional": each.optional, "key": each.key}


def _field_words(each: tree.Field) -> str:
    marks = " (key)" if each.key else ""
    return f"{each.name}: {_type_words(each.unit)}{' optional' if each.optional else ''}{marks}"


def _type_words(unit: Unit) -> str:
    match unit.kind:
        case "money":
            return f"money in {unit.currency}"
        case "choice":
            return f"one of {', '.join(unit.choices)}"
        case "row":
            return f"key of {unit.table}"
        case "ratio":
            return "percent"
        case kind:
            return kind


__all__ = ["Figure", "Plan", "Requirements", "Run", "Statement", "check", "load", "parse"]
