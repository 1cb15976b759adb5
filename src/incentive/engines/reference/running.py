"""Run a plan on facts, pay one person from plain values, and explain a line of either."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from incentive.data import Facts
from incentive.diagnostics import UsageError
from incentive.engines.reference.accounts import account, check, excluded_rows
from incentive.engines.reference.books import Amount
from incentive.engines.reference.compiling import Compiled
from incentive.engines.reference.context import Context, Source
from incentive.engines.reference.given import Given
from incentive.engines.reference.pools import pool_accounts
from incentive.engines.reference.recorded import Recorded
from incentive.engines.reference.settling import Settling
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.turns import Done
from incentive.engines.reference.values import Missing, whole
from incentive.quantities import Money, Period
from incentive.quantities.moments import Moment
from incentive.results import (
    Accounting,
    AddedLine,
    ExcludedRow,
    Explanation,
    Payout,
    Run,
    SettledResult,
    SettledStep,
    Settlement,
    Value,
)
from incentive.tree import (
    AddLines,
    CapOver,
    Clawback,
    Component,
    Draw,
    FloorAt,
    HoldBelow,
    Instalments,
    Release,
    TrueUp,
    place_of,
    settled_names,
)

_EXACT = (int, Fraction, date, str, Moment)


def run(
    compiled: Compiled,
    facts: Facts,
    periods: Iterable[Period],
    *,
    as_of: date | None = None,
    participants: Iterable[str] | None = None,
) -> Run:
    """Compute the lines of everybody on the plan.

    Args:
        compiled: The plan.
        facts: What was read for it.
        periods: Periods of the plan.
        as_of: Rows that became known later do not exist.
        participants: Only these are computed; figures of groups still read everybody.

    Raises:
        UsageError: A period is not one of the plan, a participant is not on the roster, or `as_of` is given and a table
            that is measured does not say when its rows became known.
        DataError: The shares of a row do not total 100 %.
        InternalError: The account of the run does not add up.
    """
    wanted = tuple(sorted(set(periods)))
    for period in wanted:
        check_period(compiled, period)
    recorded = compiled.recorded(facts, as_of)
    asked = None if participants is None else frozenset(participants)
    for name in sorted(asked or ()):
        if name not in facts.people:
            raise UsageError(f"participants: nobody on the roster has the key {name!r}")
    lines = compiled.program.lines
    memo: dict[Any, Any] = {}
    payouts: list[Payout] = []
    settlements: list[Settlement] = []
    roster = recorded.roster
    for holder in roster.keys:
        if asked is not None and holder not in asked:
            continue
        for period in wanted:
            if roster.left_out(holder, period) is not None:
                continue
            context = Context(recorded, memo, holder, period)
            for component in compiled.plan.components:
                key = ("line", component.name, holder, period.start)
                if key not in memo:
                    memo[key] = lines[component.name](context)
                payouts.append(payout(compiled, component, holder, period, memo[key]))
            if compiled.settling is not None:
                settlements.append(settlement(compiled, compiled.settling, context))
    accounting = account(recorded, compiled.windows, wanted, asked)
    accounting = with_pools(compiled, recorded, memo, wanted, accounting)
    return Run(tuple(payouts), accounting, wanted, facts.digest, tuple(settlements))


def excluded(
    compiled: Compiled, facts: Facts, periods: tuple[Period, ...], as_of: date | None = None
) -> tuple[ExcludedRow, ...]:
    """Give the rows that a run of everybody counted nowhere, with the reason that came closest."""
    return tuple(excluded_rows(compiled.recorded(facts, as_of), compiled.windows, periods, None))


def with_pools(
    compiled: Compiled, recorded: Recorded, memo: dict[Any, Any], periods: tuple[Period, ...], accounting: Accounting
) -> Accounting:
    """Add what was divided to the accounts of a run.

    Raises:
        InternalError: An equation does not hold.
    """
    if not compiled.program.pools:
        return accounting
    places = [Context(recorded, memo, holder, each) for each in periods for holder in ("", *_on_plan(recorded, each))]
    pools = pool_accounts(compiled.plan.components, compiled.program.pools, places, compiled.plan.currency)
    found = evolve(accounting, pools=pools)
    check(found)
    return found


def _on_plan(recorded: Recorded, period: Period) -> list[str]:
    return [each for each in recorded.roster.keys if recorded.roster.left_out(each, period) is None]


def settle_given(compiled: Compiled, period: Period, given: Mapping[str, Value]) -> Settlement | None:
    """Settle the lines of one person from plain values; see `pay`. None where the plan has no settlement.

    What depends on earlier periods is pending, unless the period is the plan's first.

    Raises:
        UsageError: The period is not one of the plan, or a value is a float.
    """
    if compiled.settling is None:
        return None
    return settlement(compiled, compiled.settling, Context(_given(compiled, period, given), {}, "", period))


def pay(compiled: Compiled, period: Period, given: Mapping[str, Value]) -> tuple[Payout, ...]:
    """Compute the lines of one person from plain values.

    Args:
        compiled: The plan.
        period: A period of the plan.
        given: Exact values by the name of a measure or input, `team.quota` for the figure of a group. A measure is its
            figure in that period, 0 in others; an input is for its own period. What is not given is missing.

    Raises:
        UsageError: The period is not one of the plan, or a value is a float.
    """
    context = Context(_given(compiled, period, given), {}, "", period)
    memo, lines = context.memo, compiled.program.lines
    payouts: list[Payout] = []
    for component in compiled.plan.components:
        key = ("line", component.name, "", period.start)
        if key not in memo:
            memo[key] = lines[component.name](context)
        payouts.append(payout(compiled, component, "", period, memo[key]))
    return tuple(payouts)


def explain(  # noqa: PLR0913, PLR0917 - what a line is named by
    compiled: Compiled,
    facts: Facts,
    period: Period,
    participant: str,
    component: str,
    as_of: date | None = None,
) -> Explanation:
    """Compute one line and record how.

    Raises:
        UsageError: The period or the component is not of the plan, or the participant is not on it in the period.
        DataError: The shares of a row do not total 100 %.
    """
    check_period(compiled, period)
    recorded = compiled.recorded(facts, as_of)
    if recorded.roster.left_out(participant, period) is not None:
        raise UsageError(f"participant: {participant!r} is not on the plan in {period.name}")
    return _explained(compiled, recorded, period, participant, component)


def explain_given(compiled: Compiled, period: Period, given: Mapping[str, Value], component: str) -> Explanation:
    """Compute one line from plain values and record how; see `pay`.

    Raises:
        UsageError: The period or the component is not of the plan, or a value is a float.
    """
    return _explained(compiled, _given(compiled, period, given), period, "", component)


def _explained(compiled: Compiled, source: Source, period: Period, holder: str, name: str) -> Explanation:
    trace = Trace(compiled.language)
    result = next((each for each in settled_names(compiled.plan.settlement) if each == name), None)
    if result is not None:
        plain, traced = compiled.settling, compiled.traced.settling
        assert plain is not None
        assert isinstance(traced, Settling)
        traced.explain(Context(source, {}, holder, period, trace), plain, result)
        return trace.frame.children[0]
    component = compiled.component(name)
    context = Context(source, {}, holder, period, trace)
    trace.enter()
    value = compiled.traced.lines[name](context)
    unit = component.line.type.unit
    trace.leave("Line", name, place_of(component, period.start), unit, value, "", holder, period.name)
    return trace.frame.children[0]


def _given(compiled: Compiled, period: Period, given: Mapping[str, Value]) -> Given:
    check_period(compiled, period)
    for name, value in given.items():
        if type(value) is not int and not isinstance(value, _EXACT):
            raise UsageError(f"given: {name} is a {type(value).__name__}; give an int or a Fraction")
    return Given(period, given, compiled.own_periods(period), compiled.measures)


def check_period(compiled: Compiled, period: Period) -> None:
    """Refuse a period that is not one of the plan.

    Raises:
        UsageError: It is not.
    """
    plan = compiled.plan
    if period.kind != plan.period:
        raise UsageError(f"period: {period.name} is no {plan.period}, which the plan pays by")
    if period.end <= plan.first_day or period.start > plan.last_day:
        raise UsageError(f"period: {period.name} lies outside the plan, {plan.first_day} to {plan.last_day}")


_KINDS: Mapping[type, str] = {
    AddLines: "add",
    TrueUp: "trueup",
    Clawback: "clawback",
    Release: "release",
    Instalments: "release",
    CapOver: "cap",
    Draw: "draw",
    FloorAt: "floor",
    HoldBelow: "hold",
}


def settlement(compiled: Compiled, settling: Settling, context: Context) -> Settlement:
    """Settle the lines of a person in a period."""
    return settled_as(compiled, settling, context.holder, settling.done(context))


def settled_as(compiled: Compiled, settling: Settling, holder: str, done: Done) -> Settlement:
    """Make the settlement of a statement from what the steps gave."""
    currency = compiled.plan.currency
    steps = tuple(
        SettledStep(
            _KINDS[type(step)],
            text,
            _money(each.before, currency),
            _money(each.after, currency),
            _money(each.brought, currency),
            _money(each.balance, currency),
            step.component if isinstance(step, TrueUp | Clawback | Release | Instalments) else "",
            tuple(
                AddedLine(name, _money(amount, currency), _money(brought, currency), _money(balance, currency))
                for name, amount, brought, balance in each.lines
            ),
        )
        for step, text, each in zip(settling.settlement.steps, compiled.step_texts, done.steps, strict=True)
    )
    results: dict[str, SettledResult] = {
        name: _result(compiled, done.result(name), currency) for name in settling.names
    }
    return Settlement(holder, done.period, steps, results)


def _money(value: Amount, currency: str) -> Money | None:
    return None if isinstance(value, Missing) else Money(whole(value), currency)


def _result(compiled: Compiled, value: Amount, currency: str) -> SettledResult:
    if isinstance(value, Missing):
        return SettledResult("pending", None, tuple(each.diagnostic(compiled.language) for each in value.reasons))
    return SettledResult("paid" if value else "zero", _money(value, currency))


def payout(
    compiled: Compiled,
    component: Component,
    holder: str,
    period: Period,
    value: Any,  # noqa: ANN401 - of a line: a number, or missing
) -> Payout:
    """Make the line of a statement from what a component gave."""
    label = component.label or component.name
    place = place_of(component, period.start)
    text = "" if place is None else place.file
    if isinstance(value, Missing):
        reasons = tuple(each.diagnostic(compiled.language) for each in value.reasons)
        return Payout(holder, period, component.name, label, "pending", None, reasons, text)
    amount = Money(whole(value), component.line.type.unit.currency or compiled.plan.currency)
    return Payout(holder, period, component.name, label, "paid" if value else "zero", amount, (), text)
