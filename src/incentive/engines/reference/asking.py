"""Ask a plan for any figure, of anybody, in any period: what examples do, where a run only pays lines."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import define, evolve, field

from incentive.data import Facts, TableFacts
from incentive.diagnostics import Diagnostic
from incentive.engines.reference.compiling import Compiled
from incentive.engines.reference.context import Context, Source
from incentive.engines.reference.given import Given
from incentive.engines.reference.recorded import Recorded
from incentive.engines.reference.told import Figures, Told
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Missing, whole
from incentive.quantities import Period
from incentive.results import Explanation, Value
from incentive.tree import Expr, GivenInput, GivenMeasure, LineValue, SettledValue, place_of

Pending = tuple[Diagnostic, ...]


@define
class Asked:
    """The figures of a plan on one source."""

    compiled: Compiled
    _source: Source = field(repr=False)
    _memo: dict[Hashable, Any] = field(factory=dict, repr=False)

    def value(self, figure: Expr, holder: str, period: Period) -> Value | Pending:
        """Give a figure, or why it is pending."""
        context = Context(self._source, self._memo, holder, period)
        value: Value | Missing = self.compiled.formula(figure, tracing=False)(context)
        if isinstance(value, Missing):
            return tuple(each.diagnostic(self.compiled.language) for each in value.reasons)
        return value

    def explain(self, figure: Expr, holder: str, period: Period) -> Explanation:
        """Compute a figure again and record how."""
        trace = Trace(self.compiled.language)
        context = Context(self._source, {}, holder, period, trace)
        self.compiled.formula(figure, tracing=True)(context)
        made = trace.frame.children[0]
        if isinstance(figure, LineValue) and len(made.children) == 1:  # as `explain` shows a line
            return evolve(made.children[0], span=place_of(self.compiled.component(figure.component), period.start))
        if isinstance(figure, SettledValue):
            return made.children[0]
        return made


def ask_given(
    compiled: Compiled,
    given: Iterable[GivenMeasure | GivenInput],
    since: Period | None = None,
    rates: Mapping[str, TableFacts] | None = None,
) -> Asked:
    """Take figures of one person; where two are given of one thing, the later holds.

    Args:
        compiled: The plan.
        given: The figures.
        since: The first period that is settled, without balances; that of the plan without it.
        rates: Tables of exchange rates by name.

    Raises:
        PeriodFormatError: a period is no period's name.
    """
    year, windows = compiled.windows.year, compiled.windows
    shared = {each.name for each in compiled.plan.inputs if each.per != "participant"}
    measures: dict[str, dict[object, Told]] = {}
    inputs: dict[tuple[str, str], Value] = {}
    for each in given:
        key = each.name if each.who in {"", "participant"} else f"{each.who}.{each.name}"
        if isinstance(each, GivenMeasure):
            days = windows.days(each.window, year.parse(each.period))
            value = None if each.value is None else whole(each.value)
            measures.setdefault(key, {})[each.window, each.period] = (days.first, days.after, value)
            continue
        if each.name in shared:
            key = each.name
        if each.value is None:
            inputs.pop((key, each.period), None)
        else:
            inputs[key, each.period] = whole(each.value) if isinstance(each.value, Fraction) else each.value
    told = Figures({key: tuple(figures.values()) for key, figures in measures.items()}, inputs)
    first = year.period_of(compiled.plan.period, compiled.plan.first_day)
    return Asked(compiled, Given(first, {}, {}, compiled.measures, told, since, rates or {}))


def ask_named(compiled: Compiled, facts: Facts) -> Asked:
    """Take rows about people of whom no more is known than what the rows of an example say."""
    program = compiled.program
    recorded = Recorded(
        compiled.plan,
        facts,
        None,
        compiled.language,
        compiled.formulas,
        program.groups,
        compiled.covers,
        named=True,
        losses=compiled.losses,
    )
    return Asked(compiled, recorded)
