"""The lines of a run or of one person as a table, what they were settled to, and what is pending below it."""

from __future__ import annotations

from collections.abc import Sequence

from incentive.diagnostics import Language
from incentive.diagnostics.html import text_html
from incentive.language.words import SETTLED, spelling
from incentive.quantities import Money, minor_digits, show_number
from incentive.results.html import table_html
from incentive.results.payouts import Payout
from incentive.results.settlements import Settlement
from incentive.tree import Plan, settled_names

_MOST = 200  # rows of a table and reasons below it; a page of 10,000 rows helps nobody
_SAY = {
    "participant": ("participant", "bénéficiaire"),
    "period": ("period", "période"),
    "line": ("line", "ligne"),
    "amount": ("amount", "montant"),
    "total": ("total", "total"),
    "pending": ("pending", "en attente"),
    "settlement": ("settlement", "décompte"),
    "step": ("step", "étape"),
    "after": ("amount after it", "montant après"),
    "more": ("and {n} more", "et {n} de plus"),
}


def run_html(payouts: Sequence[Payout], plan: Plan, language: Language, settlements: Sequence[Settlement] = ()) -> str:
    """A row for each participant and period, a column for each component, totals, what was settled and is pending."""
    names = [each.name for each in plan.components]
    by_row: dict[tuple[str, str], dict[str, Payout]] = {}
    for each in payouts:
        by_row.setdefault((each.participant, each.period.name), {})[each.component] = each
    rows = [
        (who, period, *(_amount(lines.get(name), language) for name in names))
        for (who, period), lines in list(by_row.items())[:_MOST]
    ]
    totals = [_total([each for each in payouts if each.component == name], plan, language) for name in names]
    heads = [_say("participant", language), _say("period", language), *names]
    table = table_html(
        heads,
        rows,
        frozenset(range(2, len(heads))),
        caption=f"{plan.label}, {plan.currency}",
        last=[_say("total", language), "", *totals],
    )
    more = _more(len(by_row) - len(rows), language)
    return _whole(language, table, more, _settled(settlements, plan, language), _pending(payouts, language))


def statement_html(
    payouts: Sequence[Payout], plan: Plan, language: Language, settlement: Settlement | None = None
) -> str:
    """A row for each line of one person, the total, what each step of the settlement made of it, what is pending."""
    rows = [(each.label, _amount(each, language)) for each in payouts]
    # A part of somebody's pay is no total: it would be read as all of it.
    total = (
        _say("pending", language) if any(each.amount is None for each in payouts) else _total(payouts, plan, language)
    )
    table = table_html(
        (_say("line", language), _say("amount", language)),
        rows,
        frozenset({1}),
        caption=f"{plan.label}, {payouts[0].period.name}, {plan.currency}",
        last=(_say("total", language), total),
    )
    return _whole(language, table, _steps(settlement, language), _pending(payouts, language))


def _settled(settlements: Sequence[Settlement], plan: Plan, language: Language) -> str:
    """A row for each participant and period, a column for each result."""
    if not settlements:
        return ""
    names = settled_names(plan.settlement)
    rows = [
        (each.participant, each.period.name, *(_or_pending(each[name].amount, language) for name in names))
        for each in settlements[:_MOST]
    ]
    heads = [_say("participant", language), _say("period", language)]
    heads += [spelling(SETTLED, name, language) for name in names]
    table = table_html(heads, rows, frozenset(range(2, len(heads))), caption=_say("settlement", language))
    return table + _more(len(settlements) - len(rows), language)


def _steps(settlement: Settlement | None, language: Language) -> str:
    """A row for each step of one person's settlement, and one for each result."""
    if settlement is None:
        return ""
    rows = [(each.text, _or_pending(each.after, language)) for each in settlement.steps]
    heads = (_say("step", language), _say("after", language))
    table = table_html(heads, rows, frozenset({1}), caption=_say("settlement", language))
    results = [
        (spelling(SETTLED, name, language), _or_pending(each.amount, language))
        for name, each in settlement.results.items()
    ]
    heads = (_say("settlement", language), _say("amount", language))
    return table + table_html(heads, results, frozenset({1}))


def _or_pending(amount: Money | None, language: Language) -> str:
    return _say("pending", language) if amount is None else _money(amount, language)


def _whole(language: Language, *parts: str) -> str:
    return f'<div lang="{language}" style="text-align:left">{"".join(parts)}</div>'


def _pending(every: Sequence[Payout], language: Language) -> str:
    payouts = [each for each in every if each.amount is None]
    if not payouts:
        return ""
    reasons = [
        f"{' '.join(filter(None, (each.participant, each.period.name)))}, {each.component}: "
        f"{reason.message} ({reason.code})"
        for each in payouts
        for reason in each.reasons
    ]
    items = "".join(f"<li><bdi>{text_html(each)}</bdi></li>" for each in reasons[:_MOST])
    head = f"{_say('pending', language)}: {len(payouts)}"
    more = _more(len(reasons) - _MOST, language)
    return f"<details open><summary>{text_html(head)}</summary><ul>{items}</ul>{more}</details>"


def _more(n: int, language: Language) -> str:
    return f"<div>{text_html(_say('more', language).replace('{n}', str(n)))}</div>" if n > 0 else ""


def _total(payouts: Sequence[Payout], plan: Plan, language: Language) -> str:
    total = sum((each.amount for each in payouts if each.amount is not None), Money(0, plan.currency))
    return _money(total, language)


def _amount(payout: Payout | None, language: Language) -> str:
    if payout is None:
        return ""
    return _say("pending", language) if payout.amount is None else _money(payout.amount, language)


def _money(amount: Money, language: Language) -> str:
    mark = "," if language == "fr" else "."
    return show_number(amount.exact, places=minor_digits(amount.currency), decimal=mark, group=" ")


def _say(word: str, language: Language) -> str:
    return _SAY[word][1 if language == "fr" else 0]
