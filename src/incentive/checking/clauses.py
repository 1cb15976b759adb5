"""Clauses of a block, and words that stand for something: what every kind of definition asks of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from incentive.checking.describe import noun
from incentive.checking.desk import Desk, nearest
from incentive.checking.slips import slip
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, Vocabulary, meaning, spellings
from incentive.quantities import CURRENCIES, PERIOD_KINDS, PeriodKind, is_currency

_COMMON: Final = ("EUR", "USD", "GBP", "CHF", "CAD", "JPY", "AUD", "SEK", "DKK", "PLN")  # the likeliest repair first
_Kind = TypeVar("_Kind", bound=s.Node)


def unique(desk: Desk, clauses: Sequence[s.Node], name_of: Callable[[s.Node], str | None]) -> dict[str, s.Node]:
    """The clauses by name; a clause that may stand once and stands twice is refused."""
    seen: dict[str, s.Node] = {}
    for clause in clauses:
        name = name_of(clause)
        if name is None:
            continue
        first = seen.setdefault(name, clause)
        if first is not clause:
            word = desk.text(clause.span).split()[0]
            remarks = [Remark(first.span, "first")]
            desk.report("E211", clause.span, remarks=remarks, clause=word, first_line=str(first.span.line))
    return seen


def first_of(clauses: Sequence[s.Node], kind: type[_Kind]) -> _Kind | None:
    """The first clause of a kind."""
    return next((each for each in clauses if isinstance(each, kind)), None)


def head_of(desk: Desk, span: Span) -> Span:
    """The first line of a block."""
    length = len(desk.line_text(span).rstrip())
    end = length + 1
    return Span(
        span.start,
        span.start + end - span.column,
        span.line,
        span.column,
        span.line,
        max(end, span.column + 1),
        span.file,
    )


def word(desk: Desk, vocabulary: Vocabulary, name: s.Name, what: str) -> str | None:
    """The meaning of an author's word, or a finding."""
    found = meaning(vocabulary, name.text, desk.language) or slip(desk, name, vocabulary)
    if found is None:
        options = spellings(vocabulary, desk.language)
        near = nearest(name.text, options)
        helps = [Help("replace", {"near": near}, (Edit(name.span, near),), safe=True)] if near else []
        desk.report(
            "E206", name.span, helps=helps, word=name.text, what=noun(what, desk.language), options=", ".join(options)
        )
    return found


def period_word(desk: Desk, name: s.Name) -> PeriodKind | None:
    """The kind of period that an author's word names, or a finding."""
    found = word(desk, PERIODS, name, "a_period")
    return next((each for each in PERIOD_KINDS if each == found), None)


def currency_word(desk: Desk, name: s.Name) -> str:
    """A currency code, or "" with a finding."""
    if is_currency(name.text):
        return name.text
    near = nearest(name.text, _COMMON, 0.6) or nearest(name.text, CURRENCIES, 0.6)
    helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
    desk.report("E235", name.span, helps=helps, word=name.text)
    return ""


def added_to_plan(desk: Desk, name: str, clause: str) -> Help:
    """A repair that writes a clause below the period of the plan, with its indentation."""
    at = desk.header.period_span
    if at is None:
        return Help(name, {"clause": clause})
    line = desk.line_text(at)
    indent = line[: len(line) - len(line.lstrip())]
    return Help(name, {"clause": clause}, (Edit(at, f"{desk.text(at)}\n{indent}{clause}"),))


def later(desk: Desk, node: s.Later) -> None:
    """Say that a part of the language is not computed by this version."""
    desk.report("E190", node.span, word=node.word)
