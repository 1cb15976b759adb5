"""`incentive test`: run the examples of plans, and show where one gives something else."""

from __future__ import annotations

import sys
from argparse import Namespace

from attrs import frozen

from incentive.cli.files import files_of, read_plan
from incentive.cli.findings import as_data, as_text
from incentive.cli.phrases import phrase
from incentive.cli.terminal import colourful, say, say_json, warn
from incentive.diagnostics import Diagnostic, PlanError, Source, visible
from incentive.language import Give, decode, normalise
from incentive.plan import Plan, parse_from
from incentive.testing import ExampleResult, example_text, run_examples


@frozen
class _Tested:
    """A plan and what its examples gave; without a plan, the findings that stand in the way."""

    name: str
    source: Source
    plan: Plan | None
    results: tuple[ExampleResult, ...] = ()
    findings: tuple[Diagnostic, ...] = ()

    @property
    def code(self) -> int:
        return 2 if self.plan is None else int(any(not each.passed for each in self.results))


def run(arguments: Namespace) -> int:
    """Run the examples of each plan: 1 if one fails, 2 if a plan does not check."""
    made: list[_Tested] = []
    for path in arguments.plans:
        made.append(_tested(*read_plan(path), files_of(path)))
        if arguments.format == "text":
            _show(made[-1], arguments)
    if arguments.format == "json":
        say_json({"version": 1, "plans": [_data(each) for each in made]})
    return max(each.code for each in made)


def _tested(raw: bytes, name: str, give: Give) -> _Tested:
    text = ""
    try:
        text = decode(raw, name)
        plan = parse_from(text, name, give)
    except PlanError as error:
        source = error.source or Source(name, normalise(text))
        return _Tested(name, source, None, findings=error.diagnostics)
    return _Tested(name, plan.source, plan, run_examples(plan), plan.warnings)


def _show(made: _Tested, arguments: Namespace) -> None:
    if made.findings:
        warn(as_text(made.findings, made.source, colour=colourful(arguments.color, sys.stderr)))
    if made.plan is None:
        return
    language = made.plan.language
    for each in made.results:
        say(example_text(each, made.source, language))
    n, failed = len(made.results), sum(not each.passed for each in made.results)
    words = "no examples" if n == 0 else "example" if n == 1 else "examples"
    what = phrase(words, language, n=str(n)) + (phrase("of them failed", language, n=str(failed)) if failed else "")
    warn(phrase("alone", language, path=visible(made.name), what=what))


def _data(made: _Tested) -> dict[str, object]:
    return {
        "plan": made.name,
        "fingerprint": None if made.plan is None else made.plan.fingerprint,
        "passed": made.code == 0,
        "findings": as_data(made.findings),
        "examples": [each.to_dict() for each in made.results],
    }
