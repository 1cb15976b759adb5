"""`incentive run FOLDER`: what everybody earns under all plans of a folder, and who is in none or in several."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from incentive.cli.accounts import account_summary
from incentive.cli.corrected import corrections_table
from incentive.cli.files import find_mapping, folder, why
from incentive.cli.findings import as_data, as_text, unreadable
from incentive.cli.kept import closed_by, told_written
from incentive.cli.phrases import phrase
from incentive.cli.reading import in_options
from incentive.cli.run import CSV_COLUMNS, check_folders, csv_rows, csv_text, pending_summary
from incentive.cli.terminal import colourful, say, say_json, warn
from incentive.cli.waiting import waiting
from incentive.data import Dataset
from incentive.diagnostics import DataError, Language, PlanError, UsageError, visible
from incentive.folders import RunFolder, Written, carry, write
from incentive.plan import Plan
from incentive.plans import Plans, Runs, read_folder
from incentive.quantities import Money, minor_digits, show_number
from incentive.results import columns

_OF_ONE = {"parameter": "--parameter", "accounting": "--accounting"}


def run(arguments: Namespace) -> int:
    """Compute the plans of a folder together."""
    for name, option in _OF_ONE.items():
        if getattr(arguments, name):
            raise UsageError(f"{option} goes with one plan, and {visible(arguments.plan)!r} is a folder")
    check_folders(arguments)
    try:
        plans, errors = read_folder(arguments.plan)
    except OSError as error:
        raise UsageError(f"cannot read the plans of {visible(arguments.plan)!r}: {why(error)}") from error
    if errors:
        return _refused(arguments, errors)
    together = Plans(plans)
    for plan in plans:
        if plan.warnings:
            warn(as_text(plan.warnings, plan.source, colour=colourful(arguments.color, sys.stderr)))
    language = plans[0].language
    data = folder(arguments.data)
    inside = str(Path(arguments.plan) / "a.plan")  # a mapping may stand beside the plans
    dataset = Dataset.from_folder(data, find_mapping(inside, data, arguments.mapping))
    kept: list[Written] = []
    try:
        previous = {} if arguments.after is None else _previous(Path(arguments.after), plans, language)
        with waiting(language), in_options():
            made = together.run(
                dataset,
                period=arguments.period,
                since=arguments.since,
                until=arguments.until,
                as_of=arguments.as_of,
                participants=arguments.participant,
                after=None
                if arguments.after is None
                else {label: each.closed for label, each in previous.items() if each.closed is not None},
            )
            if arguments.out is not None:
                kept = _write(made, Path(arguments.out), previous, explained=not arguments.no_explanations)
    except DataError as error:
        if arguments.format == "json":
            say_json({"version": 1, "findings": as_data(error.diagnostics)})
        else:
            warn(as_text(error.diagnostics, None, colour=colourful(arguments.color, sys.stderr)))
        return 2 if unreadable(error.diagnostics) else 1
    if arguments.format == "json":
        folders = [{"folder": each.folder.path.name, "id": each.folder.id, "new": each.new} for each in kept]
        say_json(made.to_dict() | ({"folders": folders} if kept else {}))
    elif arguments.format == "csv":
        of = arguments.after is not None
        rows = [
            (each.plan.label, *row)
            for each in made.runs
            for row in csv_rows(each, settlement=arguments.settlement, of=of)
        ]
        say(csv_text([("plan", *CSV_COLUMNS, *(("of",) if of else ())), *rows]))
    else:
        say("\n".join(_text(made, language)))
    for each in kept:
        warn(told_written(each, language))
    for each_run in made.runs:
        warn(phrase("of plan", language, plan=visible(each_run.plan.label)))
        for line in (*pending_summary(each_run), *account_summary(each_run)):
            warn(f"  {line}")
    waits = any(each.pending or any(one.pending for one in each.settlements) for each in made.runs)
    return int(arguments.fail_on == "pending" and waits)


def _previous(folder: Path, plans: tuple[Plan, ...], language: Language) -> dict[str, RunFolder]:
    """The folders of closed periods by plan, as far as they are there: a plan may pay for the first time.

    Raises:
        DataError: One is not as it was written, or closed nothing.
        UsageError: There is none of any plan.
    """
    found = {each.label: closed_by(str(path), each) for each in plans if (path := folder / _name(each)).exists()}
    if not found:
        names = ", ".join(visible(_name(each)) for each in plans)
        raise UsageError(f"--after {visible(str(folder))!r}: there is no folder of a run in it ({names})")
    names_ = {_name(each) for each in plans}
    for path in sorted(each for each in folder.iterdir() if each.is_dir() and each.name not in names_):
        if not path.name.startswith("."):
            warn(phrase("not continued", language, folder=visible(str(path))))
    return found


def _write(made: Runs, folder: Path, previous: Mapping[str, RunFolder], *, explained: bool) -> list[Written]:
    """Write a folder of a run for each plan; what stops in the middle is finished by the same command again.

    A plan that pays nothing then has its last one there too, so that the next close finds all of them in one place.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"--out {visible(str(folder))!r}: {why(error)}") from error
    idle = [previous[label] for label in made.idle if label in previous]
    return [
        *(carry(each, folder / each.path.name) for each in idle),
        *(
            write(each, folder / _name(each.plan), previous=previous.get(each.plan.label), explained=explained)
            for each in made.runs
        ),
    ]


def _name(plan: Plan) -> str:
    return Path(plan.source.path).stem


def _refused(arguments: Namespace, errors: tuple[PlanError, ...]) -> int:
    found = [each for error in errors for each in error.diagnostics]
    if arguments.format == "json":
        say_json({"version": 1, "findings": as_data(tuple(found))})
    else:
        for error in errors:
            warn(as_text(error.diagnostics, error.source, colour=colourful(arguments.color, sys.stderr)))
    return 2 if unreadable(tuple(found)) else 1


def _text(made: Runs, language: Language) -> Iterator[str]:
    """A row a participant, a column a plan, what all pay together; then who is in none and who in several."""
    labels = [each.plan.label for each in made.runs]
    periods = [sorted(each.results.periods) for each in made.runs]
    yield phrase("together" if len(labels) > 1 else "by itself", language, n=str(len(labels)))
    for label, run in zip(labels, periods, strict=True):
        span = run[0].name if len(run) == 1 else f"{run[0].name} – {run[-1].name}"
        yield f"  {visible(label)}, {span}"
    for label in made.idle:
        yield f"  {phrase('idle', language, plan=visible(label))}"
    yield ""
    currencies = {each.plan.currency for each in made.runs}
    heads = [phrase("participant", language), *labels, phrase("total", language)]
    rows: list[tuple[str, ...]] = []
    for each in made.totals:
        own = [_amount(amount, language) if (amount := each.by_plan.get(label)) else "" for label in labels]
        mark = f" ({phrase('pending', language)})" if each.pending else ""
        rows.append((each.participant, *own, f"{_amount(each.due, language)} {each.due.currency}{mark}"))
    for currency in sorted(currencies):
        of = [each for each in made.totals if each.due.currency == currency]
        own = [_sum([each.by_plan[label] for each in of if label in each.by_plan], language) for label in labels]
        whole = _sum([each.due for each in of], language)
        rows.append((phrase("total", language), *own, f"{whole} {currency}"))
    lines = list(columns(tuple(heads), tuple(rows), frozenset(range(1, len(heads)))))
    rule, last = "-" * max(map(len, lines)), len(currencies)
    yield from (lines[0], rule, *lines[1:-last], rule, *lines[-last:])
    for run_made in made.runs:
        if run_made.corrections:
            yield from ("", visible(run_made.plan.label), *corrections_table(run_made))
    if any(each.in_none or each.in_several for each in made.coverage):
        yield ""
    for each_period in made.coverage:
        period = each_period.period.name
        if each_period.in_none:
            names = ", ".join(map(visible, each_period.in_none))
            yield phrase("in none", language, period=period, people=names)
        for who, several in each_period.in_several:
            yield phrase(
                "in several", language, period=period, who=visible(who), plans=", ".join(map(visible, several))
            )


def _sum(amounts: list[Money], language: Language) -> str:
    if not amounts:
        return ""
    return _amount(Money(sum((each.exact for each in amounts), Fraction(0)), amounts[0].currency), language)


def _amount(amount: Money, language: Language) -> str:
    places = minor_digits(amount.currency)
    return show_number(amount.exact, places=places, decimal="," if language == "fr" else ".", group=" ")
