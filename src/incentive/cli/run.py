"""`incentive run`: what everybody earns, as a table for people, or as JSON or CSV for programs."""

from __future__ import annotations

import importlib
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path

from incentive.cli.accounts import account_lines, account_summary
from incentive.cli.corrected import correction_lines
from incentive.cli.kept import closed_by, folder_refused, told_written
from incentive.cli.phrases import phrase
from incentive.cli.reading import dataset_of, in_options, parameters_of, period_of, plan_of
from incentive.cli.terminal import say, say_json, warn
from incentive.cli.waiting import waiting
from incentive.diagnostics import CATALOGUE, DataError, Language, UsageError, in_language, visible
from incentive.folders import write
from incentive.language.words import SETTLED, spelling
from incentive.plan import Plan, Run
from incentive.quantities import Number, minor_digits, show_number
from incentive.results import Payout, columns, csv_amount, csv_row

CSV_COLUMNS = ("participant", "period", "component", "status", "amount", "currency")


def run(arguments: Namespace) -> int:
    """Compute a plan and write its lines."""
    if arguments.accounting and arguments.format == "csv":
        raise UsageError("--accounting goes with --format text or json: csv has lines of pay only")
    if arguments.settlement and arguments.format != "csv":
        raise UsageError("--settlement goes with --format csv: text and json show the settlement anyway")
    if Path(arguments.plan).is_dir():
        several: Callable[[Namespace], int] = importlib.import_module("incentive.cli.several").run
        return several(arguments)
    plan = plan_of(arguments)
    if isinstance(plan, int):
        return plan
    check_folders(arguments)
    period, since, until = _periods(arguments, plan)
    changed = parameters_of(arguments, plan)
    dataset = dataset_of(arguments)
    written = None
    try:
        previous = None if arguments.after is None else closed_by(arguments.after, plan)
        with waiting(plan.language), in_options():
            made = plan.run(
                dataset,
                period=period,
                since=since,
                until=until,
                as_of=arguments.as_of,
                participants=arguments.participant,
                parameters=changed,
                after=None if previous is None else previous.closed,
            )
            if arguments.out is not None:
                written = write(made, arguments.out, previous=previous, explained=not arguments.no_explanations)
    except DataError as error:
        return folder_refused(arguments, error.diagnostics, plan)
    if arguments.format == "json":
        kept = {} if written is None else {"folder": {"id": written.folder.id, "new": written.new}}
        say_json(made.to_dict() | kept)
    elif arguments.format == "csv":
        say(as_csv(made, settlement=arguments.settlement))
    else:
        say(as_text(made, accounting=arguments.accounting))
    if written is not None:
        warn(told_written(written, plan.language))
    reasons = pending_summary(made)
    # In text, the reasons stand below the table already.
    for line in (*(islice(reasons, 1) if arguments.format == "text" else reasons), *account_summary(made)):
        warn(line)
    waits = bool(made.pending) or any(each.pending for each in made.settlements)
    return int(arguments.fail_on == "pending" and waits)


def check_folders(arguments: Namespace) -> None:
    """Refuse options that go together with a folder, or do not.

    Raises:
        UsageError: They do not go together.
    """
    if arguments.no_explanations and arguments.out is None:
        raise UsageError("--no-explanations goes with --out")
    if arguments.out is not None and arguments.participant is not None:
        raise UsageError("--out and --participant do not go together: a run is kept for everybody")


def _periods(arguments: Namespace, plan: Plan) -> tuple[str | None, str | None, str | None]:
    """The one period, the first and the last, as far as they were given."""
    if arguments.period is not None and (arguments.since is not None or arguments.until is not None):
        raise UsageError("give either --period, or --from and --until")
    since = period_of(plan, arguments.since, "--from")
    until = period_of(plan, arguments.until, "--until")
    if since is not None and until is not None and plan.period(until).start < plan.period(since).start:
        raise UsageError(f"--until {until} comes before --from {since}")
    return period_of(plan, arguments.period, "--period"), since, until


def as_csv(made: Run, *, settlement: bool = False) -> str:
    r"""The lines as CSV: the six columns, UTF-8, "\n" line ends; perhaps what they were settled to as further rows.

    After closed periods there is a seventh column, the period that a row is about, and a row for each correction.
    """
    rows = csv_rows(made, settlement=settlement, of=made.after is not None)
    return csv_text([CSV_COLUMNS if made.after is None else (*CSV_COLUMNS, "of"), *rows])


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as lines of CSV."""
    return "".join(map(csv_row, rows))


def csv_rows(made: Run, *, settlement: bool, of: bool) -> list[tuple[str, ...]]:
    """The lines as rows of CSV, perhaps what they were settled to; with `of`, corrections and the period of each."""
    step, own = made.plan.tree.rounding_step, made.plan.currency
    rows: list[tuple[str, ...]] = [
        (
            each.participant,
            each.period.name,
            each.component,
            each.status,
            csv_amount(each.amount, step),
            each.amount.currency if each.amount is not None else own,
        )
        for each in [*_sorted(made), *(_results(made) if settlement else ())]
    ]
    if not of:
        return rows
    told = [(*row, row[1]) for row in rows]
    for each in made.corrections:
        if each.name in made.plan.components or settlement:
            status = "pending" if each.amount is None else "paid"
            place = (each.participant, each.period.name, each.name, status)
            told.append((*place, csv_amount(each.amount, step), own, each.of.name))
    return told


def _results(made: Run) -> Iterable[Payout]:
    """What the lines were settled to, as rows of their own."""
    for settled in made.settlements:
        for name, each in settled.results.items():
            yield Payout(settled.participant, settled.period, name, name, each.status, each.amount, each.reasons)


def as_text(made: Run, *, accounting: bool) -> str:
    """The lines as an aligned table with totals, then what is pending, then perhaps the accounts."""
    plan, language = made.plan, made.plan.language
    names = [each.name for each in made.results.periods]
    span = names[0] if len(names) == 1 else f"{names[0]} – {names[-1]}"
    out = [f"{visible(plan.label)}, {span}, {plan.currency}", ""]
    out += _table(made) if made.payouts else [phrase("nobody", language)]
    if made.settlements:
        out += ["", phrase("settlement", language), *_settled(made)]
    pending = [each for each in _sorted(made) if each.status == "pending"]
    if pending:
        out += ["", phrase("waiting", language, n=_lines(len(pending), "pending line", language))]
        for each in pending:
            for reason in each.reasons:
                out.append(f"  {visible(_place(each, f'{reason.message} ({reason.code})', language))}")
    out += _unsettled(made)
    out += correction_lines(made)
    if accounting:
        out += ["", phrase("accounting", language), *(f"  {line}" for line in account_lines(made))]
    return "\n".join(out)


def pending_summary(made: Run) -> Iterator[str]:
    """How many lines are pending, and why, one line a code."""
    language, pending = made.plan.language, made.pending
    if not pending:
        return
    yield _lines(len(pending), "pending line", language)
    by_code: dict[str, list[tuple[Payout, str]]] = {}
    for each in pending:
        first: dict[str, str] = {}
        for reason in each.reasons:
            first.setdefault(reason.code, reason.message)
        for code, message in first.items():
            by_code.setdefault(code, []).append((each, message))
    for code, found in sorted(by_code.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        row = CATALOGUE.get(code)
        yield phrase(
            "reason",
            language,
            code=code,
            title="" if row is None else in_language(row.title, language),
            n=_lines(len(found), "line", language),
            first=visible(_place(*found[0], language)),
        )


def _table(made: Run) -> Iterable[str]:
    plan, language = made.plan, made.plan.language
    several = len(plan.components) > 1
    mark = phrase("pending", language)
    by_row: dict[tuple[str, str], dict[str, Payout]] = {}
    for each in _sorted(made):
        by_row.setdefault((each.participant, each.period.name), {})[each.component] = each
    rows = []
    for (participant, period), lines in by_row.items():
        cells = [_shown(lines.get(name), language, mark) for name in plan.components]
        if several:
            waits = any(each.status == "pending" for each in lines.values())
            cells.append(mark if waits else _sum(lines.values(), plan, language))
        rows.append((participant, period, *cells))
    totals = [
        _sum((each for each in made.payouts if each.component == name), plan, language) for name in plan.components
    ]
    if several:
        totals.append(_sum(made.payouts, plan, language))
    rows.append((phrase("total", language), "", *totals))
    heads = [phrase("participant", language), phrase("period", language), *plan.components]
    heads += [phrase("total", language)] if several else []
    lines_of_text = list(columns(tuple(heads), tuple(rows), frozenset(range(2, len(heads)))))
    rule = "-" * max(map(len, lines_of_text))
    return [lines_of_text[0], rule, *lines_of_text[1:-1], rule, lines_of_text[-1]]


def _settled(made: Run) -> Iterable[str]:
    """What the lines were settled to; the balances of several periods do not add up."""
    plan, language = made.plan, made.plan.language
    mark = phrase("pending", language)
    rows: list[tuple[str, ...]] = []
    settled = sorted(made.settlements, key=lambda each: (each.participant, each.period.start))
    for each in settled:
        amounts = [each[name].amount for name in plan.settled]
        cells = [mark if amount is None else _number(amount.exact, plan, language) for amount in amounts]
        rows.append((each.participant, each.period.name, *cells))
    totals = [
        _number(sum((amount.exact for each in settled if (amount := each[name].amount)), Fraction(0)), plan, language)
        if name in {"earned", "payable", "paid"}
        else ""
        for name in plan.settled
    ]
    rows.append((phrase("total", language), "", *totals))
    names = [spelling(SETTLED, name, language) for name in plan.settled]
    heads = (phrase("participant", language), phrase("period", language), *names)
    lines = list(columns(heads, tuple(rows), frozenset(range(2, len(heads)))))
    rule = "-" * max(map(len, lines))
    return [lines[0], rule, *lines[1:-1], rule, lines[-1]]


def _unsettled(made: Run) -> Iterable[str]:
    """Why what is paid is pending, where the lines do not say so."""
    language = made.plan.language
    told = {(each.participant, each.period, reason) for each in made.pending for reason in each.reasons}
    for each in made.settlements:
        paid = each["paid"]
        for reason in paid.reasons:
            if (each.participant, each.period, reason) not in told:
                name = spelling(SETTLED, "paid", language)
                shown = Payout(each.participant, each.period, name, name, "pending", None)
                yield f"  {visible(_place(shown, f'{reason.message} ({reason.code})', language))}"


def _sorted(made: Run) -> list[Payout]:
    order = {name: at for at, name in enumerate(made.plan.components)}
    return sorted(made.payouts, key=lambda each: (each.participant, each.period.start, order[each.component]))


def _sum(payouts: Iterable[Payout], plan: Plan, language: Language) -> str:
    total = sum((each.amount.exact for each in payouts if each.amount is not None), Fraction(0))
    return _number(total, plan, language)


def _shown(payout: Payout | None, language: Language, mark: str) -> str:
    if payout is None:
        return ""
    amount = payout.amount
    if amount is None:
        return mark
    return show_number(
        amount.exact, places=minor_digits(amount.currency), decimal="," if language == "fr" else ".", group=" "
    )


def _number(value: Number, plan: Plan, language: Language) -> str:
    return show_number(value, places=minor_digits(plan.currency), decimal="," if language == "fr" else ".", group=" ")


def _place(payout: Payout, message: str, language: Language) -> str:
    return phrase(
        "place",
        language,
        component=payout.component,
        who=payout.participant,
        period=payout.period.name,
        message=message,
    )


def _lines(n: int, word: str, language: Language) -> str:
    return phrase(word if n == 1 else f"{word}s", language, n=str(n))
