"""`incentive explain`: how a line came about, down to the clauses of the plan and the rows of data."""

from __future__ import annotations

from argparse import Namespace

from incentive.cli.reading import dataset_of, in_options, parameters_of, period_of, plan_of, refused
from incentive.cli.terminal import say, say_json
from incentive.cli.waiting import waiting
from incentive.diagnostics import DataError, UsageError, visible
from incentive.language.words import SETTLED, meaning, spelling
from incentive.plan import Plan
from incentive.results import Explanation, explain_text


def run(arguments: Namespace) -> int:
    """Explain one line of somebody, or all of them."""
    plan = plan_of(arguments)
    if isinstance(plan, int):
        return plan
    wanted = _components(arguments, plan)
    period = _period(arguments, plan)
    changed = parameters_of(arguments, plan)
    dataset = dataset_of(arguments)
    try:
        with waiting(plan.language), in_options():
            used = plan.with_parameters(changed) if changed else plan
            made = used.run(dataset, period=period, as_of=arguments.as_of, participants=[arguments.participant])
            found = [made.explain(arguments.participant, name) for name in wanted]
    except DataError as error:
        return refused(arguments, error.diagnostics, plan.source)
    if arguments.format == "json":
        say_json(_data(arguments, used, period, list(zip(wanted, found, strict=True))))
    else:
        say("\n\n".join(explain_text(each, plan.source, plan.language, arguments.rows) for each in found))
    return 0


def _components(arguments: Namespace, plan: Plan) -> tuple[str, ...]:
    name = arguments.component
    if name is None:
        return (*plan.components, *(each for each in plan.settled if each == "paid"))  # which tells all steps
    result = meaning(SETTLED, name, plan.language) or name
    if name not in plan.components and result in plan.settled:
        return (result,)
    if name not in plan.components:
        known = (*plan.components, *(spelling(SETTLED, each, plan.language) for each in plan.settled))
        raise UsageError(f"--component {visible(name)!r}: the plan has {', '.join(known)}")
    return (name,)


def _period(arguments: Namespace, plan: Plan) -> str:
    """The period asked for, or the only one of the plan."""
    asked = period_of(plan, arguments.period, "--period")
    if asked is not None:
        return asked
    names = [each.name for each in plan.periods]
    if len(names) > 1:
        raise UsageError(f"say which period with --period: {names[0]} to {names[-1]}")
    return names[0]


def _data(arguments: Namespace, plan: Plan, period: str, explained: list[tuple[str, Explanation]]) -> dict[str, object]:
    return {
        "version": 1,
        "plan": plan.label,
        "fingerprint": plan.fingerprint,
        "participant": arguments.participant,
        "period": period,
        "explanations": [{"component": name, **each.to_dict()} for name, each in explained],
    }
