"""Functions, scales applied by name, conversions, and numbers with a word behind them."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking import algebra, lookup, tables
from incentive.checking.algebra import constant, join, typed
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.months import settled_months
from incentive.checking.opening import open_hours
from incentive.checking.places import Place
from incentive.checking.slips import slip
from incentive.checking.units import DAYS, HOURS, MONTHS, count
from incentive.diagnostics import Edit, Help
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, FUNCTIONS, meaning, spellings


def quantity(desk: Desk, node: s.Quantity) -> tree.Expr | None:
    """A duration or a number of things."""
    if len(node.words) > 1:
        return open_hours(desk, node)
    word = node.words[0]
    kind = meaning(DURATIONS, word.text, desk.language)
    units = {"days": (DAYS, 1), "weeks": (DAYS, 7), "hours": (HOURS, 1), "months": (MONTHS, 1)}
    if kind is not None:
        unit, factor = units[kind]
        if kind == "months" and node.value.denominator != 1:
            desk.report("E526", node.span, text=desk.text(node.span))
            return None
        return constant(node.value * factor, unit, node.span)
    table = lookup.counted(desk, word.text)
    if table is None and (slipped := slip(desk, word, DURATIONS)) is not None:
        unit, factor = units[slipped]
        return constant(node.value * factor, unit, node.span)
    if table is not None:
        desk.used.setdefault(table, []).append(word.span)
        return constant(node.value, count(table), node.span)
    if word.text in desk.lost:
        return None
    if word.text.isupper() and len(word.text) == 3:
        near = nearest(word.text, [desk.header.currency], 0.5)
        helps = [Help("replace", {"near": near}, (Edit(word.span, near),))] if near else []
        desk.report("E235", word.span, helps=helps, word=word.text)
        return None
    options = [*spellings(DURATIONS, desk.language), *(n for n, each in desk.symbols.items() if each.kind == "facts")]
    near = nearest(word.text, options)
    helps = [Help("replace", {"near": near}, (Edit(word.span, near),))] if near else []
    desk.report("E215", word.span, helps=helps, word=word.text, options=", ".join(options))
    return None


def call(desk: Desk, node: s.Call, place: Place) -> tree.Expr | None:
    """A function, or a scale applied by its name."""
    symbol = desk.symbols.get(node.name.text)
    if symbol is not None and isinstance(symbol.node, s.Scale):
        desk.use(node.name)
        return tables.looked_up(desk, symbol.node, node, place)
    function = meaning(FUNCTIONS, node.name.text, desk.language)
    if function is None:
        if symbol is not None:
            desk.report(
                "E204",
                node.name.span,
                name=node.name.text,
                kind=noun(symbol.kind, desk.language),
                wanted=noun("a_function", desk.language),
            )
        else:
            for each in node.arguments:
                desk.elaborate(each, place)
            desk.miss(node.name, more=spellings(FUNCTIONS, desk.language))
        return None
    values = [desk.elaborate(each, place) for each in node.arguments]
    if any(each is None for each in values):
        return None
    arguments = [each for each in values if each is not None]
    if function in {"min", "max"}:
        return _extreme(desk, node, arguments, function)
    if len(arguments) != 2:
        desk.report("E240", node.span, name=node.name.text, wanted="2", got=str(len(arguments)))
        return None
    if function == "round":
        return _round(desk, node, arguments)
    for value, written in zip(arguments, node.arguments, strict=True):
        if value.type.unit.kind not in {"date", "timestamp"}:
            desk.report("E313", written.span, got=unit_words(value.type.unit, desk.language))
            return None
    if function == "months" and not settled_months(desk, node.span):
        return None
    unit = MONTHS if function == "months" else DAYS
    return tree.DateGap(arguments[1], arguments[0], type=typed(unit, *arguments), span=node.span)


def _extreme(desk: Desk, node: s.Call, arguments: list[tree.Expr], function: str) -> tree.Expr | None:
    if len(arguments) < 2:
        desk.report("E240", node.span, name=node.name.text, wanted="2", got=str(len(arguments)))
        return None
    first = arguments[0]
    terms = [first]
    for term in arguments[1:]:
        pair = algebra.alike(desk, first, term, "compared")
        if pair is None:
            return None
        first, other = pair
        terms.append(other)
    terms[0] = first
    merged = join(desk, terms, node.span)
    kind = tree.Least if function == "min" else tree.Greatest
    return None if merged is None else kind(tuple(terms), type=evolve(merged, unit=first.type.unit), span=node.span)


def _round(desk: Desk, node: s.Call, arguments: list[tree.Expr]) -> tree.Expr | None:
    value, step = arguments
    pair = algebra.alike(desk, value, step, "compared")
    if pair is None:
        return None
    if not isinstance(step, tree.Constant) or not isinstance(step.value, Fraction) or step.value <= 0:
        desk.report("E522", node.arguments[1].span)
        return None
    return tree.Rounded(value, step.value, desk.header.rounding, type=value.type, span=node.span)
