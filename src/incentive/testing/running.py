"""Run examples: on figures where they give figures, on data where they give rows."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from attrs import evolve

from incentive import engines
from incentive.diagnostics import DataError, Diagnostic
from incentive.plan import Plan
from incentive.quantities import FiscalYear, Period
from incentive.results import Value
from incentive.testing.outcome import Check, ExampleResult
from incentive.testing.rows import facts_of, people_of
from incentive.tree import Example, Expected, GivenInput, GivenMeasure, GivenRows, Plain, Scenario, rate_tables


def run_examples(plan: Plan, labels: Collection[str] | None = None) -> tuple[ExampleResult, ...]:
    """Run the examples of a plan.

    Args:
        plan: a checked plan.
        labels: only the examples of these labels.

    Returns:
        One result for each example, in the order of the text.

    Shape: lines are compared as they are paid, rounded; every other figure is compared exactly. An example that names
        people has their figures apart: what is given without `for` holds for everybody, what is given with it for one.
        With rows, figures of teams and groups come from the rows, and what is not known of somebody is missing;
        without rows they are what is given of them, and nothing is added up over the people named.
    """
    wanted = [each for each in plan.tree.examples if labels is None or each.label in labels]
    known = {each.name: each for each in plan.tree.definitions}
    known |= {each.name: each for example in wanted for each in example.definitions}
    compiled = engines.compile_plan(evolve(plan.tree, definitions=tuple(known.values())), plan.language)
    return tuple(_run(compiled, each) for each in wanted)


def _run(compiled: engines.Compiled, example: Example) -> ExampleResult:
    checks: list[Check] = []
    problems: list[Diagnostic] = []
    for scenario in example.scenarios:
        try:
            checks += _checks(compiled, scenario)
        except DataError as error:
            problems += error.diagnostics
    return ExampleResult(example.label, example.span, tuple(checks), tuple(problems))


def _checks(compiled: engines.Compiled, scenario: Scenario) -> list[Check]:
    plan, rows = compiled.plan, [each for each in scenario.given if isinstance(each, GivenRows)]
    given = [each for each in scenario.given if not isinstance(each, GivenRows)]
    if any(each.table not in rate_tables(plan) for each in rows):
        asked = engines.ask_named(compiled, facts_of(scenario, plan, compiled.language))
        anybody = people_of(scenario, plan)[0]
        return [_check(compiled, asked, each, each.holder or anybody) for each in scenario.expected]
    since = _since(compiled, scenario)
    rates = facts_of(evolve(scenario, given=tuple(rows)), plan, compiled.language).tables if rows else {}
    by_person = {
        holder: engines.ask_given(compiled, _given_of(given, holder), since, rates)
        for holder in dict.fromkeys(each.holder for each in scenario.expected)
    }
    return [_check(compiled, by_person[each.holder], each, "") for each in scenario.expected]


def _since(compiled: engines.Compiled, scenario: Scenario) -> Period | None:
    """The first period that an example of figures speaks of; a settlement begins there, without balances."""
    year = FiscalYear(compiled.plan.year_starts, compiled.plan.year_named_by)
    names = {each.period for each in scenario.given if isinstance(each, GivenMeasure)}
    names |= {each.period for each in scenario.expected}
    return min((year.parse(each) for each in names), key=lambda each: each.start, default=None)


def _given_of(given: list[GivenMeasure | GivenInput], holder: str) -> list[GivenMeasure | GivenInput]:
    """What is given of a person: what holds for everybody, then what is said of them alone."""
    return [each for name in dict.fromkeys(("", holder)) for each in given if each.holder == name]


def _check(compiled: engines.Compiled, asked: engines.Asked, expected: Expected, holder: str) -> Check:
    plan = compiled.plan
    period = FiscalYear(plan.year_starts, plan.year_named_by).parse(expected.period)
    found = asked.value(expected.figure, holder, period)
    actual, reasons = (None, found) if isinstance(found, tuple) else (found, ())
    wanted = _exact(expected.value)
    return Check(
        what=expected.written,
        whose=expected.holder,
        period=expected.period,
        expected=wanted,
        actual=actual,
        unit=expected.figure.type.unit,
        reasons=reasons,
        explanation=None if wanted == actual else asked.explain(expected.figure, holder, period),
        span=expected.span,
    )


def _exact(value: Plain | None) -> Value | None:
    """A number in the one form that results have."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value
