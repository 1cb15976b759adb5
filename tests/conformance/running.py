"""Run a case on an engine, as it is written and in every other way, and say what is not as expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import evolve, frozen

import incentive
from incentive import engines
from incentive.diagnostics import DataPlace, Diagnostic, Language
from incentive.engines import Engine
from tests.conformance.reading import Case, Expected, Files
from tests.conformance.ways import WAYS, Made, Way, as_written, at_once, parsed, texts

Key = tuple[str, str, str]
# The plan is lowered from the same tree in each way: one run with all of them together costs a sixth, and what it finds
# the reference engine finds way by way.
_WAYS: Final[Mapping[Engine, Mapping[str, Way]]] = {"reference": WAYS, "columnar": {"at once": at_once}}
_WORDS: Final[Mapping[Language, tuple[str, ...]]] = {
    "en": ("example", "on", "expect", "for", "is pending"),
    "fr": ("exemple", "en", "attendu", "pour", "est en attente"),
}


@frozen
class Outcome:
    """What a line came to: its status, its amount, and the codes of what is missing."""

    status: str
    amount: Fraction | None
    codes: frozenset[str]

    def __str__(self) -> str:
        shown = " ".join(sorted(self.codes)) if self.amount is None else str(self.amount)
        return f"{self.status} {shown}".strip()


def outcomes(made: Made, case: Case, engine: Engine) -> Mapping[Key, Outcome]:
    """Every line and every settled result of the people and periods of a case, under the names of the case."""
    names = dict.fromkeys(each.period for each in case.expected)
    periods = sorted((made.plan.period(each) for each in names), key=lambda each: each.start)
    run = made.plan.run(made.dataset(), since=periods[0], until=periods[-1], engine=engine)
    assert run.engine == engine
    back = {theirs: ours for ours, theirs in made.names.items()}
    people = {str(row["who"]) for row in as_written(case).people}
    found = {
        (each.participant, each.period.name, each.component): (each.status, each.amount, each.reasons)
        for each in run.payouts
    } | {
        (each.participant, each.period.name, name): (result.status, result.amount, result.reasons)
        for each in run.settlements
        for name, result in each.results.items()
    }
    return {
        (whose, period, name): Outcome(
            status, None if amount is None else Fraction(amount.exact), frozenset(each.code for each in reasons)
        )
        for (who, period, name), (status, amount, reasons) in found.items()
        if (whose := back.get(who, who)) in people
    }


def problems(case: Case, engine: Engine) -> Iterator[str]:
    """Say what is not as expected, in whichever way; nothing where all is well."""
    if case.refused:
        yield from _not_refused(case, engine)
        return
    written = as_written(case)
    base = outcomes(written, case, engine)
    yield from _unlike(case, written.plan, base)
    for name, way in _WAYS[engine].items():
        other = outcomes(way(case, written), case, engine)
        for key in base.keys() | other.keys():
            if base.get(key) != other.get(key):
                yield f"{name}: {' '.join(key)} is {other.get(key)}, not {base.get(key)}"


def _unlike(case: Case, plan: incentive.Plan, found: Mapping[Key, Outcome]) -> Iterator[str]:
    lines = {*plan.components, *plan.settled}
    for each in case.expected:
        where = f"line {each.line}: {each.participant} {each.period} {each.figure}"
        if each.figure not in lines or not each.participant:
            continue
        got = found.get((each.participant, each.period, each.figure))
        if got is None:
            yield f"{where}: there is no such line"
        elif (got.status, got.amount) != (each.status, each.amount) or (each.code and {each.code} != got.codes):
            yield f"{where} is {got}, not {each.status} {each.code or each.amount}"


# ---- figures other than lines ----------------------------------------------------------------------------------------
def unlike_figures(case: Case) -> Iterator[str]:
    """Say which figures of the plan are not as expected: any that an example could ask for, read from the data."""
    if case.refused:
        return
    plan = parsed(case.plan, case.files)
    lines = {*plan.components, *plan.settled}
    asked = [each for each in case.expected if each.figure not in lines or not each.participant]
    if not asked:
        return
    asking = parsed(case.plan + "".join(_example(each, plan.language) for each in asked), case.files)
    examples = asking.tree.examples[-len(asked) :]
    known = {each.name: each for each in asking.tree.definitions}
    known |= {each.name: each for example in examples for each in example.definitions}
    compiled = engines.compile_plan(evolve(asking.tree, definitions=tuple(known.values())), asking.language)
    answers = engines.ask_named(compiled, asking.read(as_written(case).dataset()))
    for each, shown in zip(asked, examples, strict=True):
        (expected,) = shown.scenarios[0].expected
        got = answers.value(expected.figure, each.participant, asking.period(each.period))
        if isinstance(got, tuple):
            codes = {reason.code for reason in got}
            if each.status != "pending" or (each.code and codes != {each.code}):
                yield f"line {each.line}: {each.figure} is pending {codes}"
        elif not _same(got, each):
            yield f"line {each.line}: {each.figure} is {got}, not {each.amount}"


def _example(each: Expected, language: Language) -> str:
    """An example that names the figure; what it expects does not matter."""
    example, on, expect, whose, pending = _WORDS[language]
    person = f' {whose} "{each.participant}"' if each.participant else ""
    return f'{example} "line {each.line}" {{\n  {on} {each.period}\n  {expect} {each.figure}{person} {pending}\n}}\n'


def _same(got: object, expected: Expected) -> bool:
    wanted = expected.amount
    return expected.status != "pending" and got == wanted and isinstance(got, bool) == isinstance(wanted, bool)


# ---- what is refused -------------------------------------------------------------------------------------------------
def _not_refused(case: Case, engine: Engine) -> Iterator[str]:
    findings = _findings(case.plan, case.files)
    if findings:
        shown = [(each.code, _words(case, each)) for each in findings]
        for name, (text, files) in texts(case).items():
            codes = sorted(each.code for each in _findings(text, files))
            if codes != sorted(each.code for each in findings):
                yield f"{name}: refused with {codes}"
    else:
        written = as_written(case)
        shown = [(each.code, _cell(each.place)) for each in _data_findings(written, engine)]
        for name, way in _WAYS[engine].items():
            other = {each.code for each in _data_findings(way(case, written), engine)}
            if other != {code for code, _ in shown}:
                yield f"{name}: refused with {sorted(other)}"
    wanted = [(each.code, each.place) for each in case.refused]
    if sorted(shown) != sorted(wanted):
        yield f"refused with {sorted(shown)}, not {sorted(wanted)}"


def _findings(text: str, files: Files) -> list[Diagnostic]:
    return [each for each in incentive.check(text, files=dict(files) or None) if each.severity == "error"]


def _data_findings(made: Made, engine: Engine) -> tuple[Diagnostic, ...]:
    try:
        made.plan.run(made.dataset(), engine=engine)
    except incentive.DataError as error:
        return error.diagnostics
    return ()


def _words(case: Case, each: Diagnostic) -> str:
    """The words where a finding of a plan stands, behind the name of their file if it is not the plan's own."""
    if each.span is None:
        return ""
    text = dict(case.files)[each.span.file] if each.span.file else case.plan
    return " ".join((each.span.file, *text[each.span.start : each.span.end].split())).strip()


def _cell(place: DataPlace | None) -> str:
    if place is None:
        return ""
    return " ".join(str(part) for part in (place.table, place.line, place.column) if part is not None)
