"""Corrections of closed periods and what everybody is due, for people."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from incentive.cli.phrases import phrase
from incentive.diagnostics import Language, visible
from incentive.language.words import SETTLED, spelling
from incentive.plan import Plan, Run
from incentive.quantities import Money, minor_digits, show_number
from incentive.results import columns


def correction_lines(made: Run) -> Iterator[str]:
    """What closed periods lack or have too much, then what is due; nothing of a run that was made after none."""
    if made.after is None:
        return
    yield ""
    yield from corrections_table(made)
    yield ""
    yield from _payments(made)


def corrections_table(made: Run) -> Iterator[str]:
    """What closed periods lack or have too much."""
    plan, language = made.plan, made.plan.language
    if not made.corrections:
        yield phrase("no corrections", language)
    else:
        yield phrase("corrections", language)
        names = ("participant", "of", "figure", "was paid", "is now", "correction")
        rows = tuple(
            (
                visible(each.participant),
                each.of.name,
                each.name if each.name in plan.components else spelling(SETTLED, each.name, language),
                *(_amount(one, plan) for one in (each.before, each.after, each.amount)),
            )
            for each in made.corrections
        )
        yield from _table(names, rows, 3, language)


def _payments(made: Run) -> Iterator[str]:
    plan, language = made.plan, made.plan.language
    yield phrase("payments", language)
    payments = made.payments
    due = [(each.pay, each.corrections, each.due) for each in payments]
    paid = [
        (visible(each.participant), *(_amount(one, plan) for one in amounts))
        for each, amounts in zip(payments, due, strict=True)
    ]
    sums = [Money(sum((each[at].exact for each in due), Fraction(0)), plan.currency) for at in range(3)]
    paid.append((phrase("total", language), *(_amount(each, plan) for each in sums)))
    yield from _table(("participant", "pay", "late", "due"), tuple(paid), 1, language, total=True)
    waits = sum(each.pending for each in payments)
    if waits:
        yield phrase("waits", language, n=str(waits))


def _table(
    names: tuple[str, ...], rows: tuple[tuple[str, ...], ...], numbers: int, language: Language, *, total: bool = False
) -> Iterator[str]:
    heads = tuple(phrase(each, language) for each in names)
    lines = list(columns(heads, rows, frozenset(range(numbers, len(heads)))))
    rule = "-" * max(map(len, lines))
    yield from (lines[0], rule, *(lines[1:-1] if total else lines[1:]))
    if total:
        yield from (rule, lines[-1])


def _amount(amount: Money | None, plan: Plan) -> str:
    language = plan.language
    if amount is None:
        return phrase("pending", language)
    mark = "," if language == "fr" else "."
    return show_number(amount.exact, places=minor_digits(amount.currency), decimal=mark, group=" ")
