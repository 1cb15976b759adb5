"""Contests: whose figures are compared, which places there are, and what each of them brings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve

from incentive import tree
from incentive.checking.algebra import alike, join
from incentive.checking.clashes import shown, value_words
from incentive.checking.conditions import condition
from incentive.checking.describe import noun, phrase
from incentive.checking.desk import Desk
from incentive.checking.per_fact import of_fact
from incentive.checking.places import Place
from incentive.checking.pools import among_whom, personal
from incentive.checking.units import count, is_number
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, say, spelling

PLACES = count("places")


def prized(desk: Desk, subject: tree.Expr | None, node: s.Ranked, place: Place) -> tree.Expr | None:
    """`x by rank among G { at 1: … }`: the prize of the participant's place, or None after a finding."""
    among = among_whom(desk, node.among)
    where = None if node.where is None else condition(desk, node.where, place)
    prizes = _prizes(desk, node, place)
    if among is None or subject is None or prizes is None or (where is None and node.where is not None):
        return None
    if not _of_people(desk, subject, where) or not _contest(desk, subject, (among, node.among), node.span, place):
        return None
    first = prizes[0].value
    if any(alike(desk, first, each.value, "alternatives") is None for each in prizes[1:]):
        return None
    kind = join(desk, [each.value for each in prizes], node.span)
    if kind is None:
        return None
    made = evolve(kind, grain=evolve(kind.grain, who="participant"))
    span = subject.span.to(node.span) if subject.span else node.span
    return tree.Ranking(subject, among, where, prizes, type=made, span=span)


def placed(desk: Desk, node: s.Call, place: Place) -> tree.Expr | None:
    """`rank(x, G)`: the place itself, or None after a finding."""
    if len(node.arguments) != 2:
        desk.report("E240", node.span, name=node.name.text, wanted="2", got=str(len(node.arguments)))
        return None
    subject = desk.elaborate(node.arguments[0], place)
    group = node.arguments[1]
    if not isinstance(group, s.Path) or len(group.parts) != 1:
        desk.report("E545", group.span, text=" ".join(desk.text(group.span).split()))
        return None
    among = among_whom(desk, group.parts[0])
    if among is None or subject is None:
        return None
    if not _of_people(desk, subject, None) or not _contest(desk, subject, (among, group.parts[0]), node.span, place):
        return None
    kind = tree.Type(PLACES, evolve(subject.type.grain, who="participant", when=None), subject.type.optional)
    return tree.Ranking(subject, among, None, (), type=kind, span=node.span)


def _contest(desk: Desk, subject: tree.Expr, among: tuple[str, s.Name], span: Span, place: Place) -> bool:
    """Whether members can be compared by a figure here."""
    who, group = among
    if not is_number(subject.type.unit):
        _no_figure(desk, subject, subject.span or span)
        return False
    if who == "reports":
        desk.report("E542", group.span, name=group.text)
        return False
    if place.window is not None and place.window.shape == "to_date" and not place.asked:
        over = f"{phrase('ACCUMULATE', desk.language)} {say('OVER', desk.language)}"
        clause = " ".join(desk.text(span).partition("{")[0].split())
        accumulate = f"{over} {spelling(PERIODS, place.window.kind, desk.language)}"
        desk.report("E541", span, clause=clause, accumulate=accumulate)
        return False
    if personal(desk, subject, who) is None:
        remarks = [Remark(group.span)]
        desk.report("E543", subject.span or span, remarks=remarks, text=shown(desk, subject))
        return False
    return True


def _of_people(desk: Desk, subject: tree.Expr, where: tree.Expr | None) -> bool:
    """Whether people are compared by figures of their period, not of a fact that one of them has in hand."""
    for each in (subject, where):
        if each is not None and each.span is not None and of_fact(each):
            text, over = shown(desk, each), say("OVER", desk.language)
            whole = f"{text} {over} {spelling(PERIODS, desk.header.period, desk.language)}"
            desk.report("E556", each.span, helps=[Help("over", {"text": whole})], text=text)
            return False
    return True


def _no_figure(desk: Desk, value: tree.Expr, span: Span) -> None:
    got = value_words(desk, value)
    desk.report("E310", span, clause=say("RANK", desk.language), wanted=noun("figure", desk.language), got=got)


def _prizes(desk: Desk, node: s.Ranked, place: Place) -> tuple[tree.Prize, ...] | None:
    """The rows: whole places from 1 on, rising."""
    if not node.rows:
        if not desk.is_broken(node.span):
            desk.report("E415", node.span)
        return None
    found: list[tree.Prize] = []
    sound = True
    for row in node.rows:
        value = desk.elaborate(row.value, place)
        number = _place(desk, row)
        if value is not None and not is_number(value.type.unit):
            _no_figure(desk, value, row.value.span)
            value = None
        if value is None or number is None:
            sound = False
            continue
        found.append(tree.Prize(number, row.kind == "from", value, span=row.span))
    return tuple(found) if _rising(desk, node.rows) and sound else None


def _place(desk: Desk, row: s.Row) -> int | None:
    """The place of a row, or None after a finding."""
    bound = row.bound
    text = " ".join(desk.text(bound.span).split())
    whole = isinstance(bound, s.Number) and not bound.percent and bound.value.denominator == 1 and bound.value >= 1
    if not whole:
        desk.report("E544", bound.span, text=text)
        return None
    assert isinstance(bound, s.Number)
    if row.kind == "above":
        after = f"{say('FROM', desk.language)} {int(bound.value) + 1}"
        edit = Edit(_head(row), after)
        desk.report("E544", bound.span, helps=[Help("replace", {"after": after}, (edit,))], text=text)
        return None
    return int(bound.value)


def _head(row: s.Row) -> Span:
    """The word and the bound of a row."""
    return row.span.to(row.bound.span)


def _rising(desk: Desk, rows: Sequence[s.Row]) -> bool:
    numbers = [each.bound for each in rows]
    for before, here in pairwise(numbers):
        if isinstance(before, s.Number) and isinstance(here, s.Number) and before.value >= here.value:
            desk.report(
                "E410",
                here.span,
                remarks=[Remark(before.span, "before")],
                bound=desk.text(here.span),
                before=desk.text(before.span),
            )
            return False
    return True
