"""Scorecards: weighted criteria that somebody rates, each rating an input of its own."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import first_of, head_of, unique, word
from incentive.checking.describe import noun, percent_words
from incentive.checking.desk import Desk
from incentive.checking.inputs import declare_input
from incentive.checking.places import Place, plan_place
from incentive.checking.totals import input_value
from incentive.checking.units import RATIO
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import TYPES, UNRATED, say, spelling

_RULES: Mapping[str, Literal["pending", "zero", "reweight"]] = {
    "pending": "pending",
    "zero": "zero",
    "reweight": "reweight",
}


def declare_scorecards(desk: Desk) -> None:
    """Every scorecard: its ratings as inputs, and the percentage they make as a shared definition."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Scorecard):
            made = _scorecard(desk, name, symbol.node)
            desk.lets[name] = tree.Definition(name, name, made, span=symbol.node.span) if made else None


def _scorecard(desk: Desk, name: str, node: s.Scorecard) -> tree.Expr | None:
    unique(desk, node.clauses, _clause_name)
    rated, unrated = first_of(node.clauses, s.Rated), first_of(node.clauses, s.Unrated)
    for clause, kind, shown in ((rated, "rated", "RATED"), (unrated, "unrated", "UNRATED")):
        if clause is None and not desk.is_broken(node.span):
            helps = [Help(f"example_{kind}")]
            desk.report("E230", head_of(desk, node.span), block=name, clause=say(shown, desk.language), helps=helps)
    rule = word(desk, UNRATED, unrated.rule, "an_unrated") if unrated is not None else None
    criteria = _criteria(desk, name, node)
    if rated is None:
        return None
    if rated.high.value <= max(rated.low.value, Fraction(0)):
        low, high = desk.text(rated.low.span), desk.text(rated.high.span)
        desk.report("E409", rated.low.span.to(rated.high.span), low=low, high=high)
        return None
    for each in criteria:
        _rating(desk, name, each, rated)
    parts = [_part(desk, name, each) for each in criteria]
    if rule is None or not criteria or any(each is None for each in parts):
        return None
    known = tuple(each for each in parts if each is not None)
    made = tree.Type(RATIO, tree.Grain(known[0].value.type.grain.who, None))
    return tree.Scorecard(name, known, rated.high.value, _RULES[rule], type=made, span=(node.label or node.name).span)


def _clause_name(clause: s.Node) -> str | None:
    return {s.Rated: "rated", s.Unrated: "unrated"}.get(type(clause))


def _criteria(desk: Desk, name: str, node: s.Scorecard) -> list[s.Criterion]:
    """The criteria, each once; their weights total 100 %."""
    found: dict[str, s.Criterion] = {}
    for each in node.clauses:
        if isinstance(each, s.Criterion):
            first = found.setdefault(each.name.text, each)
            if first is not each:
                line = str(first.span.line)
                remarks = [Remark(first.name.span, "first")]
                desk.report("E211", each.name.span, remarks=remarks, clause=each.name.text, first_line=line)
    criteria = list(found.values())
    total = sum((each.weight.value for each in criteria), Fraction(0))
    if desk.is_broken(node.span):
        return criteria
    if not criteria:
        clause, helps = noun("criterion", desk.language), [Help("example_criterion")]
        desk.report("E230", head_of(desk, node.span), block=name, clause=clause, helps=helps)
    elif total != 1:
        _not_whole(desk, name, criteria, total)
    return criteria


def _not_whole(desk: Desk, name: str, criteria: list[s.Criterion], total: Fraction) -> None:
    last = criteria[-1]
    fixed = last.weight.value + 1 - total
    helps: list[Help] = []
    if fixed > 0:
        label = f'"{last.label.text}"' if last.label else last.name.text
        helps = [Help("change", {"weight": percent_words(fixed, desk.language), "label": label})]
    desk.report(
        "E401",
        last.weight.span,
        mark="gap" if total < 1 else "excess",
        remarks=[Remark(each.weight.span) for each in criteria[:-1]],
        helps=helps,
        owner=name,
        base=name,
        total=percent_words(total, desk.language),
        gap=percent_words(abs(1 - total), desk.language),
    )


def _rating(desk: Desk, name: str, node: s.Criterion, rated: s.Rated) -> None:
    """Declare the ratings of a criterion: an input within the scale."""
    written = s.Name(f"{name}.{node.name.text}", span=node.name.span)
    number = s.NamedType(s.Name(spelling(TYPES, "count", desk.language), span=rated.span), span=rated.span)
    scale = s.Must("within", (rated.low, rated.high), span=rated.span)
    declare_input(desk, written.text, s.Input(written, node.label, number, rated.per, (scale,), span=node.span))
    declared = desk.inputs.get(written.text)
    if declared is not None:
        desk.inputs[written.text] = evolve(declared, input=evolve(declared.input, optional=True, unit=tree.POINTS))


def _part(desk: Desk, name: str, node: s.Criterion) -> tree.Part | None:
    place = plan_place(desk.header.period)
    value = input_value(desk, f"{name}.{node.name.text}", node.name.span, place, "participant")
    if value is None:
        return None
    label = node.label.text if node.label else node.name.text
    return tree.Part(node.weight.value, value, label, span=node.span)


def rating(desk: Desk, card: s.Scorecard, name: s.Name, span: Span, place: Place) -> tree.Expr | None:
    """`card.criterion`: a rating by itself."""
    criteria = {each.name.text: each.name for each in card.clauses if isinstance(each, s.Criterion)}
    if name.text not in criteria:
        _unknown(desk, card, name, criteria)
        return None
    return input_value(desk, f"{card.name.text}.{name.text}", span, place, "participant")


def _unknown(desk: Desk, card: s.Scorecard, name: s.Name, criteria: Mapping[str, s.Name]) -> None:
    """Report a criterion that a scorecard does not have; the one it has may be the misspelt one."""
    if desk.is_broken(card.span):
        return
    near = desk.nearest(name.text, criteria)
    field, table, fields = name.text, card.name.text, ", ".join(criteria)
    if near is None:
        desk.report("E201", name.span, notes=["fields"], field=field, table=table, near="", fields=fields)
        return
    at = criteria[near].span
    desk.report_once(
        "E201",
        name.span,
        at,
        mark="mean",
        remarks=[Remark(at, "declared")],
        helps=[Help("replace", {"near": near}, (Edit(name.span, near),))],
        notes=["fields"],
        field=field,
        table=table,
        near=near,
        fields=fields,
    )
