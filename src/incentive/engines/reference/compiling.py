"""Compile a plan: each node of the tree once into a closure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import define, evolve, field

from incentive.data import Facts
from incentive.diagnostics import Language, UsageError
from incentive.engines.reference import (
    arithmetic,
    conditions,
    contests,
    dates,
    exchange,
    leaves,
    lookups,
    per_fact,
    pools,
    presence,
    tiers,
)
from incentive.engines.reference.crediting import RowFormulas, row_formulas
from incentive.engines.reference.losses import Loss, losses
from incentive.engines.reference.maker import Build, Maker, Program
from incentive.engines.reference.recorded import Recorded
from incentive.engines.reference.settling import Settling, make_settling, seen_line, settled_value
from incentive.engines.reference.values import Evaluate
from incentive.engines.reference.windows import Windows
from incentive.quantities import Period
from incentive.tree import (
    Add,
    Amended,
    Both,
    Cap,
    Choose,
    Compare,
    Component,
    Constant,
    Converted,
    DatedParameter,
    DateGap,
    DateShift,
    Divide,
    Each,
    Either,
    Expr,
    FactPart,
    FieldValue,
    Floor,
    Gate,
    Gated,
    Greatest,
    IfMissing,
    Increase,
    InputValue,
    IsMissing,
    Least,
    LetValue,
    LineValue,
    Lookup,
    Measure,
    MeasureValue,
    Membership,
    Multiply,
    Negate,
    OneOf,
    Opposite,
    ParameterValue,
    People,
    PersonMean,
    PersonValue,
    Plan,
    Presence,
    Ranking,
    Rounded,
    Scorecard,
    SettledValue,
    Shared,
    Stacked,
    Tiers,
    Weighted,
    When,
    WindowDay,
    Within,
    clawbacks,
    show_step,
)

# INVARIANT: every member of `tree.Expr` has its row (test_every_kind_of_node_is_compiled).
BUILDERS: Mapping[type, Build] = {
    Constant: leaves.constant,
    ParameterValue: leaves.parameter_value,
    DatedParameter: leaves.dated_parameter,
    InputValue: leaves.input_value,
    MeasureValue: leaves.measure_value,
    FactPart: per_fact.fact_part,
    Stacked: per_fact.stacked,
    FieldValue: leaves.field_value,
    PersonValue: leaves.person_value,
    Presence: presence.presence,
    PersonMean: presence.person_mean,
    WindowDay: presence.window_day,
    Membership: leaves.membership,
    People: leaves.people,
    LetValue: leaves.let_value,
    LineValue: leaves.line_value,
    Add: arithmetic.add,
    Negate: arithmetic.negate,
    Multiply: arithmetic.multiply,
    Divide: arithmetic.divide,
    Least: arithmetic.least,
    Greatest: arithmetic.greatest,
    Rounded: arithmetic.rounded,
    Converted: exchange.converted,
    DateShift: dates.date_shift,
    DateGap: dates.date_gap,
    Compare: conditions.compare,
    Both: conditions.both,
    Either: conditions.either,
    Opposite: conditions.opposite,
    OneOf: conditions.one_of,
    IsMissing: conditions.is_missing,
    Within: dates.within,
    Choose: conditions.choose,
    IfMissing: conditions.if_missing,
    Tiers: tiers.tiers,
    Lookup: lookups.lookup,
    Weighted: tiers.weighted,
    Scorecard: tiers.scorecard,
    Gate: conditions.gate,
    When: conditions.when,
    Gated: conditions.gated,
    Cap: arithmetic.cap,
    Floor: arithmetic.floor,
    Increase: leaves.increase,
    Shared: pools.shared,
    Ranking: contests.ranking,
    Each: per_fact.each,
    Amended: leaves.amended,
    SettledValue: settled_value,
}


@define
class Compiled:
    """A plan, ready to run.

    The rows of the facts seen last are kept, so that explaining what was just paid does not read them again.
    """

    plan: Plan
    language: Language
    windows: Windows
    program: Program
    formulas: Mapping[str, RowFormulas]
    covers: Evaluate | None
    measures: Mapping[str, Measure]
    step_texts: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()
    _own: dict[date, dict[str, str]] = field(factory=dict, repr=False)
    _traced: Program | None = None
    _recorded: Recorded | None = field(default=None, repr=False)

    @property
    def traced(self) -> Program:
        """The same formulas, each recording what it gives."""
        if self._traced is None:
            made = _compile(self.plan, self.windows, tracing=True)
            made.plain = self.program
            traced = made.settling
            if isinstance(traced, Settling) and self.settling is not None:  # what an explanation compares is not traced
                traced.formulas = evolve(traced.formulas, books=self.settling.books)
            self._traced = made  # whole: another thread may look at it from here on
        return self._traced

    @property
    def settling(self) -> Settling | None:
        """What settles the lines; None where the plan pays them as they are."""
        found = self.program.settling
        return found if isinstance(found, Settling) else None

    def formula(self, node: Expr, *, tracing: bool) -> Evaluate:
        """Compile an expression that stands outside the plan, with the plan's definitions and lines."""
        program = self.traced if tracing else self.program
        return _maker(self.plan, self.windows, program, tracing=tracing)(node)

    def own_periods(self, period: Period) -> Mapping[str, str]:
        """Give the name of the period of each input that a period belongs to."""
        found = self._own.get(period.start)
        if found is None:
            year = self.windows.year
            found = self._own[period.start] = {
                each.name: "" if each.period is None else year.period_of(each.period, period.last).name
                for each in self.plan.inputs
            }
        return found

    def component(self, name: str) -> Component:
        """Give a component.

        Raises:
            UsageError: The plan has no such component.
        """
        for each in self.plan.components:
            if each.name == name:
                return each
        raise UsageError(f"component: the plan has no {name!r}")

    def recorded(self, facts: Facts, as_of: date | None) -> Recorded:
        """Give the figures of the plan on facts.

        Raises:
            UsageError: `as_of` is given, and a table that is measured does not say when its rows became known.
        """
        if as_of is not None:
            for measure in self.plan.measures:
                if facts.tables[measure.table].recorded is None:
                    raise UsageError(f"as_of: table {measure.table!r} does not say when its rows became known")
        kept = self._recorded
        if kept is not None and kept.facts is facts and kept.as_of == as_of:
            return kept
        made = Recorded(
            self.plan,
            facts,
            as_of,
            self.language,
            self.formulas,
            self.program.groups,
            self.covers,
            losses=self.losses,
        )
        self._recorded = made
        return made


def compile_plan(plan: Plan, language: Language = "en") -> Compiled:
    """Compile a plan.

    Args:
        plan: A checked plan.
        language: The language of reasons for people.
    """
    windows = Windows.of(plan)
    program = _compile(plan, windows, tracing=False)
    make = _maker(plan, windows, Program(), tracing=False)
    make.program = program
    formulas = {}
    for measure in plan.measures:
        make.table = measure.table
        formulas[measure.name] = row_formulas(measure, make)
    make.table = ""
    lost = losses(make)
    covers = None if plan.covers is None else make(plan.covers)
    measures = {each.name: each for each in plan.measures}
    steps = () if plan.settlement is None else plan.settlement.steps
    texts = tuple(show_step(each, language, period=plan.period) for each in steps)
    return Compiled(plan, language, windows, program, formulas, covers, measures, texts, lost)


def _maker(plan: Plan, windows: Windows, program: Program, *, tracing: bool) -> Maker:
    return Maker(plan, windows, BUILDERS, program, tracing)


def _compile(plan: Plan, windows: Windows, *, tracing: bool) -> Program:
    program = Program()
    make = _maker(plan, windows, program, tracing=tracing)
    for definition in plan.definitions:
        program.definitions[definition.name] = make(definition.value)
    for component in plan.components:
        line = make(component.line)
        program.lines[component.name] = (
            seen_line(component.name, line, make) if clawbacks(plan.settlement, component.name) else line
        )
    if not tracing:
        for group in plan.groups:
            program.groups[group.name] = make(group.condition)
    program.settling = make_settling(make)
    return program
