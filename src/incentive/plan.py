"""A plan, ready to use: the one place where the stages stand in a row.

text -> syntax nodes -> checked tree -> compiled formulas -> runs. Everything here is frozen, and what is kept between
calls (formulas, the rows seen last) changes no answer, so a plan can be shared by threads.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from attrs import evolve, field, frozen

from incentive import closing, data, engines, results, tree
from incentive.checking import check as check_text
from incentive.closing import Closed
from incentive.data import Dataset, Facts
from incentive.diagnostics import Diagnostic, Language, PlanError, Source, UsageError
from incentive.language import Give, beside, decode, given, language_of, nowhere, take
from incentive.quantities import (
    FiscalYear,
    Money,
    Number,
    NumberFormatError,
    Period,
    PeriodFormatError,
    PeriodRangeError,
    from_decimal,
    show_number,
)
from incentive.results import (
    Accounting,
    Correction,
    Difference,
    ExcludedRow,
    Explanation,
    LaneReport,
    Payment,
    Payout,
    Reconciliation,
    Settlement,
    Value,
    reconcile,
)
from incentive.results.entries import shown
from incentive.results.html_lines import run_html, statement_html
from incentive.results.html_plan import plan_html
from incentive.tree import Unit

_MONEY_LIMIT = 10**15  # the limit of data that is read
_NUMBER_LIMIT = 10**18
_HOLDS: Final[Mapping[str, Callable[[Number, Fraction], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}
_PLAIN: Final[Mapping[str, type]] = {"text": str, "choice": str, "date": date, "yes_no": bool}
_LEFT_OUT: Final = {
    "not_on_roster": "is not on the roster then",
    "not_covered": "is not covered by the plan",
    "condition_missing": "is on the roster, but whether the plan covers them is not known",
}

Figure = Money | Decimal | Fraction | int | bool | str | date | None


@frozen
class Requirements:
    """What the host must supply, as the plan declares it.

    `people` are the roster's fields beside the person's key; a field that is not optional must have a value. Values of
    an input that has periods may be given for days instead, `from` and `until`.
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
                {
                    "name": each.name,
                    "type": _type_words(each.unit),
                    "per": each.per,
                    "period": each.period,
                    "by_days": each.period is not None,
                }
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
            period = f" per {each.period}, or from and until" if each.period else ""
            lines.append(f"input {each.name}: {_type_words(each.unit)} per {each.per}{period}")
        return "\n".join(lines)


@frozen
class _Asked:
    """What is asked of a figure that is given."""

    unit: Unit
    musts: tuple[tree.Must, ...] = ()
    whole: bool = True


@frozen(eq=False)
class Plan:
    """A checked plan.

    Made by `load` or `parse`. `warnings` are findings that do not stop it; `source` is its text, for messages;
    `changed` are the parameters that `with_parameters` gave another value.
    """

    tree: tree.Plan
    source: Source
    warnings: tuple[Diagnostic, ...]
    language: Language
    _compiled: engines.Compiled = field(repr=False)
    changed: Mapping[str, Number] = field(factory=dict, kw_only=True)

    @property
    def label(self) -> str:
        """What people call the plan."""
        return self.tree.label

    @property
    def settled(self) -> tuple[str, ...]:
        """The names of what the settlement gives, `earned` and `paid` first; empty without a settlement."""
        return tree.settled_names(self.tree.settlement)

    @property
    def currency(self) -> str:
        """The currency of every line."""
        return self.tree.currency

    @property
    def components(self) -> tuple[str, ...]:
        """The names of the lines of a statement, in its order."""
        return tuple(each.name for each in self.tree.components)

    def text_of(self, component: str, period: str | Period) -> str:
        """Say which text rules a line: its file and the line in it, such as `ae-2026.plan:12`.

        Raises:
            UsageError: the plan has no such component, or no such period.
        """
        here = self.period(period)
        place = tree.place_of(self._compiled.component(component), here.start)
        return "" if place is None else f"{self.source.of(place).path}:{place.line}"

    @property
    def periods(self) -> tuple[Period, ...]:
        """Every period that the plan pays for, in order."""
        return self.year.periods(self.tree.period, self.tree.first_day, self.tree.last_day)

    @property
    def fingerprint(self) -> str:
        """A hash of what the plan means: layout, comments and the order of independent definitions do not matter."""
        return tree.fingerprint(self.tree)

    @cached_property
    def _by_name(self) -> Mapping[str, Period]:
        return {each.name: each for each in self.periods}

    @property
    def year(self) -> FiscalYear:
        """The year that gives its periods their names."""
        return FiscalYear(self.tree.year_starts, self.tree.year_named_by)

    def requires(self) -> Requirements:
        """Say what the host must supply: tables with their fields, fields of people, inputs."""
        return Requirements(self.tree.tables, self.tree.people, self.tree.inputs)

    def period(self, name: str | Period) -> Period:
        """Give the period of a name such as `2026-03`, `2026-Q1` or `FY2018-Q1`.

        A `Period` is taken too, as everywhere in this library: it is given back if it is one of the plan.

        Raises:
            UsageError: the name is not a period of the plan's kind, or lies outside the plan's dates.
        """
        known = self._by_name.get(name) if type(name) is str else None
        return known if known is not None else self._period(name, "period")

    def _period(self, asked: str | Period, argument: str) -> Period:
        if isinstance(asked, Period):
            period = asked
        elif isinstance(asked, str):
            try:
                period = self.year.parse(asked)
            except PeriodFormatError as error:  # its text begins with the name
                raise UsageError(f"{argument} {error}") from error
            except PeriodRangeError as error:
                raise UsageError(f"{argument} {asked!r}: {error}") from error
        else:
            raise UsageError(f"{argument}: {type(asked).__name__} is neither the name of a period nor a Period")
        name, plan = str(asked), self.tree
        if period.kind != plan.period:
            raise UsageError(f"{argument} {name!r} is a {period.kind}; this plan is paid each {plan.period}")
        if period.last < plan.first_day or period.start > plan.last_day:
            raise UsageError(f"{argument} {name!r} lies outside the plan, {plan.first_day} to {plan.last_day}")
        for each in self._by_name.values():
            if each == period:
                return each
        raise UsageError(f"{argument} {name!r}: the plan has no period of {period.start} to {period.last}")

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
            raise _no_dataset(dataset)
        return data.read(dataset, self.tree, language=self.language)

    def run(  # noqa: PLR0913 - what to compute, by name
        self,
        dataset: Dataset | Facts,
        *,
        period: str | Period | None = None,
        since: str | Period | None = None,
        until: str | Period | None = None,
        as_of: date | None = None,
        participants: Collection[str] | None = None,
        parameters: Mapping[str, Figure] | None = None,
        engine: engines.EngineChoice = "auto",
        explain: Literal["asked", "all"] = "asked",
        after: Closed | None = None,
    ) -> Run:
        """Compute what everybody earns.

        Args:
            dataset: where the data comes from, or facts already read for this plan.
            period: the one period to compute; without it, and without `since` and `until`, all periods of the plan.
            since: the first period.
            until: the last period.
            as_of: a day, no time: only rows recorded until then exist; the tables measured need a recorded-on column.
            participants: the keys of one or more people; only they are computed, but groups still read everybody.
            parameters: other values for parameters of the plan, for what-if questions; they hold at all dates.
            engine: `reference`, or `columnar`, which needs the extra `polars`; both give the same digits. `auto` picks
                by size and by what is installed. Data with a number too wide for a column goes to the reference engine
                in any case. The run's `engine` says which it was.
            explain: `all` keeps the figures behind every line as columns, see `Run.explanations`; else lines are
                explained one by one when asked.
            after: the state of the periods that are closed, as `Run.close` gave it; the run then has `corrections`. Its
                first period must be the one that follows; data is that of the closed periods too, as it is known now.

        Returns:
            One line for each participant that the plan covers in a period, and each component.

        Raises:
            DataError: something in the data is wrong, or the state is not the one before; nothing was computed.
            UsageError: a period, a participant or a parameter is not one of the plan's, or the engine is not installed.
        """
        if as_of is not None and type(as_of) is not date:  # a datetime is a date to Python, and no day
            raise UsageError(f"as_of: expected a date, not {type(as_of).__name__}")
        _check_participants(participants)
        if parameters is not None and parameters != {}:
            return self.with_parameters(parameters).run(
                dataset,
                period=period,
                since=since,
                until=until,
                as_of=as_of,
                participants=participants,
                engine=engine,
                explain=explain,
                after=after,
            )
        if explain not in {"asked", "all"}:
            raise UsageError(f"explain: expected asked or all, not {explain!r}")
        keep, wanted = explain == "all", self._periods(period, since, until)
        closed = None if after is None else self._closed(after, wanted)
        if not isinstance(dataset, Dataset | Facts):
            raise _no_dataset(dataset)
        source = dataset
        if after is not None and isinstance(dataset, Dataset) and not engines.on_columns(engine, dataset, explain=keep):
            source = self.read(dataset)  # once, for the open periods and the closed ones
        made = self._run(source, wanted, as_of, participants, engine, keep=keep)
        if isinstance(dataset, Dataset):
            made = evolve(made, dataset=dataset)
        if after is None or closed is None:
            return made
        # What was read once is not read again, unless it was read into columns; then it must be the same still.
        source = made.facts if made.engine == "reference" else source
        again = self._run(source, closed, as_of, participants, engine, keep=False)
        if again.results.digest != made.results.digest:
            raise closing.refused("R106", self.language)
        return evolve(made, after=after, again=again.results)

    def _run(  # noqa: PLR0913 - as `run`
        self,
        dataset: Dataset | Facts,
        wanted: tuple[Period, ...],
        as_of: date | None,
        participants: Collection[str] | None,
        engine: engines.EngineChoice,
        *,
        keep: bool,
    ) -> Run:
        data_: Dataset | Facts = dataset
        people = None if participants is None else frozenset(participants)
        if isinstance(data_, Dataset) and not engines.on_columns(engine, data_, explain=keep):
            data_ = self.read(data_)
        if (
            isinstance(data_, Dataset)
            or engines.choose(engine, self._compiled, data_, len(wanted), explain=keep) == "columnar"
        ):
            held = engines.run_columnar(
                self._compiled, data_, wanted, as_of=as_of, participants=participants, explain=keep
            )
            if held is not None:
                return Run(self, as_of, None, None, held, people=people)
        facts = self.read(data_) if isinstance(data_, Dataset) else data_
        made = engines.run(self._compiled, facts, wanted, as_of=as_of, participants=participants)
        return Run(self, as_of, facts, made, people=people)

    def _closed(self, after: Closed, wanted: tuple[Period, ...]) -> tuple[Period, ...]:
        if not isinstance(after, Closed):
            raise UsageError(f"after: expected what Run.close gave, not {type(after).__name__}")
        return closing.check_follows(after, self.tree, self.periods, wanted, self.language)

    def pay(self, period: str | Period, **figures: Figure) -> Statement:
        """Compute one person's lines from measures and inputs given as values.

        Args:
            period: a period of the plan.
            figures: values by name of measure or input; `**{"team.revenue": ...}` for a group's figure. Money as
                `Money`, `Decimal` or `int` in the plan's currency, ratios as `Decimal` or `Fraction`, exactly as given.
                A measure's value is its figure in that period, and 0 in the others; what is not given is missing.

        Raises:
            UsageError: the period or a name is not the plan's, or a value is a float, in another currency, beyond the
                limits of money (10^15), or against what the plan says that an input must be.
        """
        here = self.period(period)
        given = {
            self._known_as(name, here): self._figure(name, value)
            for name, value in figures.items()
            if value is not None
        }
        settlement = engines.settle_given(self._compiled, here, given)
        return Statement(engines.pay(self._compiled, here, given), self, here, given, settlement)

    def with_parameters(self, parameters: Mapping[str, Figure]) -> Plan:
        """Give the plan with other values for its parameters, at all dates.

        Raises:
            UsageError: a name is not a parameter, or a value does not fit.
        """
        if not isinstance(parameters, Mapping):
            raise UsageError(f"parameters: expected values by name, not {type(parameters).__name__}")
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
        values = {each.name: each.values[0].value for each in changed if each.name in parameters}
        made = _made(evolve(self.tree, parameters=changed), self.source, self.warnings, self.language)
        return evolve(made, changed=dict(sorted({**self.changed, **values}.items())))

    def _periods(
        self, period: str | Period | None, since: str | Period | None, until: str | Period | None
    ) -> tuple[Period, ...]:
        if period is not None:
            if since is not None or until is not None:
                raise UsageError("give either a period, or since and until")
            return (self.period(period),)
        every = self.periods
        first = self._period(since, "since") if since is not None else every[0]
        last = self._period(until, "until") if until is not None else every[-1]
        if last.start < first.start:
            raise UsageError(f"until {last.name} comes before since {first.name}")
        return tuple(each for each in every if first.start <= each.start <= last.start)

    def _known_as(self, name: str, period: Period) -> str:
        """The name in the tree of a figure that is given: where a text was amended, that of the text that rules."""
        group, point, own = name.rpartition(".")
        start = period.start
        return tree.known_as(self.tree, group, start) + point + tree.known_as(self.tree, own, start)

    def _figure(self, name: str, value: Figure) -> Value:
        whole_name = self._asked.get(name)  # a criterion's name has a point of its own
        group, _, own = ("", "", name) if whole_name is not None else name.rpartition(".")
        asked = whole_name or self._asked.get(own)
        if asked is None:
            known = ", ".join(each for each in self._asked if " " not in each)
            raise UsageError(f"{name!r} is neither a measure nor an input of the plan ({known})")
        unit = asked.unit
        if unit.kind in _PLAIN:
            return _plain(name, value, unit)
        number = _number(name, value, unit)
        if unit.kind == "count" and (number < 0 or (asked.whole and number.denominator != 1)):
            what = "is less than 0" if number < 0 else "is no whole number"
            raise UsageError(f"{name}: {show_number(number)} {what}; it counts {unit.counted}")
        for must in () if group else asked.musts:  # what one value must be, the sum of a group's need not
            if not _HOLDS[must.operator](number, must.bound):
                bound = f"{must.operator} {shown(must.bound, unit, 'en')}"
                raise UsageError(f"{name}: the plan says that it must be {bound}, not {shown(number, unit, 'en')}")
        return number

    _asked: Mapping[str, _Asked] = field(init=False, repr=False)

    @_asked.default
    def _every_asked(self) -> Mapping[str, _Asked]:
        found = {each.name: _Asked(each.unit, whole=_is_whole(each)) for each in self.tree.measures}
        return found | {
            each.name: _Asked(each.unit, each.musts, whole=each.unit != tree.POINTS) for each in self.tree.inputs
        }

    def _repr_html_(self) -> str:
        return plan_html(self.tree, self.source, self.warnings, self.language, str(self.requires()))


@frozen(eq=False)
class Run:
    """What a run gives: a line for each participant, period and component, each explained on demand.

    `dataset` is where its data came from; None where it was given facts that were read before.
    """

    plan: Plan = field(repr=False)
    as_of: date | None = None
    dataset: Dataset | None = field(default=None, kw_only=True, repr=False)
    _facts: Facts | None = field(default=None, repr=False)
    _made: results.Run | None = field(default=None, repr=False)
    _columns: engines.ColumnarRun | None = field(default=None, repr=False)
    _people: frozenset[str] | None = field(default=None, kw_only=True, repr=False)
    _after: Closed | None = field(default=None, kw_only=True, repr=False)
    _again: results.Run | None = field(default=None, kw_only=True, repr=False)

    @property
    def facts(self) -> Facts:
        """What was read. Of a run on columns it is read again, row by row, when it is first asked for."""
        if self._columns is not None:
            return self._columns.rows_of()
        assert self._facts is not None
        return self._facts

    @property
    def engine(self) -> engines.Engine:
        """Which engine computed the lines."""
        return "reference" if self._columns is None else "columnar"

    @property
    def lanes(self) -> tuple[LaneReport, ...]:
        """How the columnar engine computed the lines of each component; none for the reference engine."""
        return () if self._columns is None else tuple(self._columns.lanes)

    @property
    def settlement_report(self) -> LaneReport | None:
        """How the columnar engine settled the lines; None for the reference engine, or without a settlement."""
        return None if self._columns is None else self._columns.settlement_report

    @property
    def accounting_report(self) -> LaneReport | None:
        """How the columnar engine accounted for rows and pools; None for the reference engine."""
        return None if self._columns is None else self._columns.accounting_report

    @property
    def people(self) -> frozenset[str] | None:
        """The participants that it was asked for; None for everybody."""
        return self._people

    @property
    def results(self) -> results.Run:
        """The run as plain objects."""
        if self._columns is not None:
            return self._columns.result
        assert self._made is not None
        return self._made

    def frame(self) -> engines.Frame:
        """The lines as a Polars data frame: participant, period, component, status, amount.

        Shape: a row a line, in the order of `payouts`; `amount` is an exact decimal, null where the line is pending.

        Raises:
            UsageError: Polars is not installed.
        """
        if self._columns is not None:
            return self._columns.frame
        return engines.frame_of(self.payouts, self.plan.tree)

    def write(self, path: str | Path, kind: engines.FileKind | None = None) -> None:
        """Write the lines to a file, with the columns and rows of `frame`, and never hold all of them.

        Args:
            path: the file; what stands there is replaced.
            kind: `parquet`, `csv` or `arrow`; without it the file's ending says which.

        Raises:
            UsageError: The file is of none of these kinds, or Polars is not installed.
            OSError: It cannot be written; then what stood there stands there still.
        """
        if self._columns is not None:
            self._columns.write(path, kind)
        else:
            engines.write_lines(self.payouts, self.plan.tree, path, kind)

    def settled_frame(self) -> engines.Frame:
        """What the lines were settled to, as a Polars data frame: participant, period, result, status, amount.

        Shape: a row a participant, period and result such as `paid`, in the order of `settlements`; `amount` is an
        exact decimal, null where the result is pending. No row where the plan has no settlement.

        Raises:
            UsageError: Polars is not installed.
        """
        if self._columns is not None:
            return self._columns.settled_frame
        return engines.settled_frame_of(self.settlements, self.plan.tree)

    def explanations(self) -> engines.Frame:
        """The figures behind every line as a Polars data frame, of a run made with `explain="all"`.

        Shape: participant, period, and a column for each figure, named by its formula; a row a participant and period.

        Units: as in the plan; a figure that is no short decimal is shown with six places.

        Raises:
            UsageError: The run did not keep them.
        """
        if self._columns is None:
            raise UsageError(
                "explanations: the reference engine keeps none; write run(…, explain='all'), which takes columns "
                "unless a number of the data is too wide for one"
            )
        return self._columns.explanations

    @property
    def payouts(self) -> tuple[Payout, ...]:
        """Every line, sorted by participant and period, components in the plan's order."""
        return self.results.payouts

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        """What the lines were settled to, by participant and period; none where the plan has no settlement."""
        return self.results.settlements

    @property
    def accounting(self) -> Accounting:
        """What became of every row and every person."""
        return self.results.accounting if self._columns is None else self._columns.accounting

    @property
    def pending(self) -> tuple[Payout, ...]:
        """The lines that cannot be computed yet, with their reasons."""
        return tuple(each for each in self.payouts if each.status == "pending")

    @property
    def total(self) -> Money:
        """The sum of all lines that have an amount."""
        return _total(self.payouts, self.plan.currency)

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What closed periods lack or have too much, of a run made `after` them; none of another run.

        A line for each figure of a closed period that is not what was published of it, earlier corrections included:
        lines of components, and what they were settled to. By participant, then period.
        """
        if self._after is None or self._again is None:
            return ()
        plan, first = self.plan, self.results.periods[0]
        return closing.corrections(plan.tree, self._after, self._again, first, plan._by_name, self._people)  # noqa: SLF001

    @property
    def payments(self) -> tuple[Payment, ...]:
        """What each participant is due: the pay of the run's periods, and corrections of closed ones."""
        return closing.payments(self.plan.tree, self.results, self.corrections, self._after)

    @property
    def after(self) -> Closed | None:
        """The state of the closed periods that the run was made after."""
        return self._after

    @property
    def again(self) -> Run | None:
        """The closed periods, computed on what is known now; None of a run that was not made `after` them."""
        if self._again is None:
            return None
        return Run(self.plan, self.as_of, self.facts, self._again, dataset=self.dataset)

    @property
    def exclusions(self) -> tuple[ExcludedRow, ...]:
        """The rows that counted nowhere, each with the reason that came closest, by table and line.

        Raises:
            UsageError: The run is of some people only.
        """
        if self._people is not None:
            raise UsageError("exclusions: the run is of some participants only; rows of the others count elsewhere")
        plan = self.plan
        return engines.excluded(plan._compiled, self.facts, self.results.periods, self.as_of)  # noqa: SLF001

    def explained(self) -> Iterator[tuple[str, Period, str, Explanation]]:
        """Explain everything, one figure after the other: every line, and what it was settled to.

        Shape: participant, period, component and its explanation, as `payouts` go; then `paid`, as `settlements` go.
        """
        plan, facts = self.plan, self.facts
        places = [(each.participant, each.period, each.component) for each in self.payouts]
        places += [(each.participant, each.period, "paid") for each in self.settlements]
        for who, period, name in places:
            found = engines.explain(plan._compiled, facts, period, who, name, self.as_of)  # noqa: SLF001
            yield who, period, name, evolve(found, source=plan.source, language=plan.language)

    @property
    def _side(self) -> closing.Side:
        plan = self.plan
        return closing.Side(plan.tree, plan._compiled, lambda: self.facts, self.as_of, self.results)  # noqa: SLF001

    def reconciliation(self, period: str | Period | None = None, participant: str | None = None) -> Reconciliation:
        """Say where what was earned is: paid, waiting, owed, lost; of a plan that has a settlement.

        Args:
            period: Needed where the run has several; what a period leaves behind is what the next one brings.
            participant: One person; without it everybody, added up. A settlement that is pending adds nothing.

        Raises:
            UsageError: The plan has no settlement, or the period or the participant is not of the run.
        """
        if self.plan.tree.settlement is None:
            raise UsageError("reconciliation: the plan has no settlement; it pays its lines as they are")
        here = self._one(period)
        found = [
            each
            for each in self.settlements
            if each.period == here and (participant is None or each.participant == participant)
        ]
        if here not in self.results.periods:
            raise UsageError(f"period: {here.name} is not of this run")
        if participant is not None and not found:
            raise UsageError(f"participant: {participant!r} has no settlement in {here.name}")
        return reconcile(found, self.plan.currency)

    def _one(self, period: str | Period | None) -> Period:
        periods = self.results.periods
        if period is None and len(periods) > 1:
            raise UsageError(f"say which period: {', '.join(each.name for each in periods)}")
        return self.plan.period(period) if period is not None else periods[0]

    def close(self) -> Closed:
        """Close the periods of the run: give the state that the next run needs, to be kept as it is.

        Raises:
            DataError: What was paid before the run's first period is not known: it begins later than the plan, and was
                not made `after` the periods before.
            UsageError: The run is of some people only.
        """
        if self._people is not None:
            raise UsageError("close: the run is of some participants only; a period is closed for everybody")
        return closing.close(
            self.plan.tree,
            self.plan.fingerprint,
            self.results,
            self._again,
            self._after,
            as_of=self.as_of,
            language=self.plan.language,
        )

    def __getitem__(self, participant: str) -> tuple[Payout, ...]:
        """The lines of one participant.

        Raises:
            KeyError: the participant has no line in this run.
        """
        found = tuple(each for each in self.payouts if each.participant == participant)
        if not found:
            raise KeyError(participant)
        return found

    def explain(self, participant: str, component: str, period: str | Period | None = None) -> Explanation:
        """Say how a line came about, down to the rows and the clauses of the plan.

        Args:
            participant: a participant of the run.
            component: a component of the plan, or a result of its settlement such as `paid`.
            period: needed where the run has several periods.

        Raises:
            UsageError: the participant, the component or the period has no line in this run.
        """
        here = self._one(period)
        if not isinstance(participant, str):
            raise UsageError(f"participant: expected a key as text, not {type(participant).__name__}")
        self._check_on_plan(participant, here)
        plan = self.plan
        found = engines.explain(plan._compiled, self.facts, here, participant, component, self.as_of)  # noqa: SLF001
        return evolve(found, source=plan.source, language=plan.language)

    def _check_on_plan(self, participant: str, period: Period) -> None:
        for account in self.accounting.people:
            if account.period == period.name:
                for reason, people in account.left_out:
                    if participant in people:
                        raise UsageError(
                            f"participant: {participant!r} is not on the plan in {period.name}: "
                            f"this person {_LEFT_OUT[reason]}"
                        )

    def to_dict(self) -> dict[str, object]:
        """The run as plain data for JSON; numbers are exact text."""
        found = {"plan": self.plan.label, "fingerprint": self.plan.fingerprint, **self.results.to_dict()}
        if self._after is None:
            return found
        return {
            **found,
            "after": self._after.id,
            "corrections": [each.to_dict() for each in self.corrections],
            "payments": [each.to_dict() for each in self.payments],
        }

    def _repr_html_(self) -> str:
        return run_html(self.payouts, self.plan.tree, self.plan.language, self.settlements)


@frozen(eq=False)
class Statement:
    """One person's lines from values given by the caller."""

    payouts: tuple[Payout, ...]
    plan: Plan = field(repr=False)
    period: Period
    _given: Mapping[str, Value] = field(repr=False)
    settlement: Settlement | None = None

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
        return {
            "version": 1,
            "period": self.period.name,
            "payouts": [each.to_dict() for each in self.payouts],
            "settlement": None if self.settlement is None else self.settlement.to_dict(),
        }

    def _repr_html_(self) -> str:
        return statement_html(self.payouts, self.plan.tree, self.plan.language, self.settlement)


def load(path: str | Path) -> Plan:
    """Read a plan file.

    Args:
        path: a UTF-8 file, usually ending in `.plan`.

    Raises:
        PlanError: the plan has mistakes; its `diagnostics` lists all of them.
        OSError: the file is not there or cannot be read.
        UsageError: it is no path.
    """
    name = _path_name(path)
    with Path(path).open("rb") as file:
        raw = take(file)
    return parse_from(decode(raw, name), name, beside(path))


def parse(text: str, path: str = "", files: Mapping[str, str] | None = None) -> Plan:
    """Make a plan from its text.

    Args:
        text: the whole plan.
        path: what messages call it.
        files: the texts of the files that it uses or amends, by the names that it gives them.

    Raises:
        PlanError: the plan has mistakes; its `diagnostics` lists all of them.
        UsageError: it is no text, or files are no texts by name.
    """
    _check_text(text, path)
    return parse_from(text, path, _give(files))


def parse_from(text: str, path: str, give: Give) -> Plan:
    """Make a plan from its text, and from the files that it names as they are given when they are asked for.

    Raises:
        PlanError: the plan has mistakes; its `diagnostics` lists all of them.
    """
    checked = check_text(text, path, give)
    if checked.plan is None:
        raise PlanError(checked.diagnostics, checked.source)
    return _made(checked.plan, checked.source, checked.diagnostics, language_of(checked.source.text))


def check(text: str, path: str = "", files: Mapping[str, str] | None = None) -> tuple[Diagnostic, ...]:
    """Check a plan's text; never raises for what it says.

    Args:
        text: the whole plan.
        path: what messages call it.
        files: the texts of the files that it uses or amends, by the names that it gives them.

    Returns:
        Every finding in the order of the text; empty for a sound plan.

    Raises:
        UsageError: it is no text, or files are no texts by name.
    """
    _check_text(text, path)
    return check_text(text, path, _give(files)).diagnostics


def _give(files: object) -> Give:
    if files is None:
        return nowhere
    if not isinstance(files, Mapping):
        raise UsageError(f"files: expected texts by name, not {type(files).__name__}")
    for name, text in files.items():
        if not isinstance(name, str) or not isinstance(text, str):
            raise UsageError(f"files: expected texts by name, not {type(text).__name__} by {name!r}")
    return given(files)


def compare(
    before: Run, after: Run, *, participants: Collection[str] | None = None, each: int = closing.EACH
) -> tuple[Difference, ...]:
    """Say what two runs do not give alike, and why.

    The changes from the data and the plan of the first run to those of the second are made one after the other, always
    in the same order, and each cause is what a figure moves by when it is made: people, rows that are new, inputs, rows
    that changed, rows that are gone, parameters, and the text of the plan last. So causes add up exactly.

    Args:
        before: The first run; its periods are compared.
        after: The second one, of a plan in the same currency and periods.
        participants: Only these are compared; of runs of some participants, those of both.
        each: Of a table of which at most so many rows were added, changed or removed, each is a cause of its own.

    Returns:
        A difference for each figure that is not the same, by participant and period. A figure that was pending counts
        as nothing; one that is pending in the second run is left out.

    Raises:
        UsageError: The plans differ in currency or in the periods they pay, the runs have none in common, or an
            argument is not one of these.
    """
    for name, run in (("before", before), ("after", after)):
        if not isinstance(run, Run):
            raise UsageError(f"{name}: expected a Run, not {type(run).__name__}")
    _check_participants(participants)
    if type(each) is not int or each < 0:
        raise UsageError(f"each: expected a number of rows, not {each!r}")
    one, other = before.plan.tree, after.plan.tree
    if (one.currency, one.period) != (other.currency, other.period):
        raise UsageError(
            f"compare: {one.currency} each {one.period} and {other.currency} each {other.period} are not comparable"
        )
    if not set(before.results.periods) & set(after.results.periods):
        raise UsageError("compare: the runs have no period in common")
    asked = [who for who in (participants, before._people, after._people) if who is not None]  # noqa: SLF001
    people = frozenset.intersection(*map(frozenset, asked)) if asked else None
    return closing.compare(before._side, after._side, after.plan.language, each=each, people=people)  # noqa: SLF001


def _path_name(path: object) -> str:
    name = str(path) if isinstance(path, str | Path) else ""
    if not name or "\0" in name:
        raise UsageError(f"path: expected a str or a Path, not {path!r}")
    return name


def _check_text(text: str, path: str) -> None:
    for name, value in (("text", text), ("path", path)):
        if not isinstance(value, str):
            raise UsageError(f"{name}: expected a str, not {type(value).__name__}")


def _made(plan: tree.Plan, source: Source, warnings: tuple[Diagnostic, ...], language: Language) -> Plan:
    return Plan(plan, source, warnings, language, engines.compile_plan(plan, language))


def _number(name: str, value: object, unit: Unit) -> Number:
    match value:
        case bool():
            raise _inexact(name, value)
        case Money(currency=currency):
            if unit.kind != "money" or currency != unit.currency:
                raise UsageError(f"{name}: {value} is not {_type_words(unit)}")
            number = value.exact
        case Decimal():
            try:
                number = from_decimal(value)
            except NumberFormatError as error:
                raise UsageError(f"{name}: {error}") from error
        case int() | Fraction():
            number = value
        case _:
            raise _inexact(name, value)
    limit = _MONEY_LIMIT if unit.kind in {"money", "rate"} else _NUMBER_LIMIT
    if not -limit < number < limit:
        digits = "money has at most 15" if limit == _MONEY_LIMIT else "a number has at most 18"
        raise UsageError(f"{name}: too large; {digits} digits before the mark")
    return number


def _plain(name: str, value: Figure, unit: Unit) -> Value:
    """Take a value that is no number, of exactly its type: a datetime is no date here, and 1 is not yes."""
    if type(value) is _PLAIN[unit.kind] and not isinstance(value, Money | Decimal | None):
        if unit.kind != "choice" or value in unit.choices:
            return value
        raise UsageError(f"{name}: {value!r} is not {_type_words(unit)}")
    raise UsageError(f"{name}: {type(value).__name__} is not {_type_words(unit)}")


def _is_whole(measure: tree.Measure) -> bool:
    """Whether counting gives whole numbers: an average need not, nor a share of a fact."""
    to = None if measure.credit is None else measure.credit.to
    shared = isinstance(to, tree.CreditSplit) or (isinstance(to, tree.CreditThrough) and to.share is not None)
    return measure.aggregate != "average" and not shared


def _no_dataset(dataset: object) -> UsageError:
    return UsageError(f"dataset: {type(dataset).__name__} is not a Dataset; write Dataset.from_folder(…)")


def _check_participants(participants: object) -> None:
    if participants is None:
        return
    if isinstance(participants, str) or not isinstance(participants, Collection):
        raise UsageError(f"participants: expected several keys, as in ['ana'], not {type(participants).__name__}")
    if not participants:
        raise UsageError("participants: there is no key in it; leave it out for everybody")
    for each in participants:
        if not isinstance(each, str):
            raise UsageError(f"participants: expected keys as text, not {type(each).__name__}")


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
        case "money" | "own_money":
            return f"money in {unit.currency}"
        case "choice":
            return f"one of {', '.join(unit.choices)}"
        case "row":
            return f"key of {unit.table}"
        case "ratio":
            return "percent"
        case kind:
            return kind


__all__ = ["Figure", "Plan", "Requirements", "Run", "Statement", "check", "compare", "load", "parse", "parse_from"]
