"""From an expression as written to a typed node of the evaluation tree.

Every function gives the node, or None where a finding was made (here or where the name was defined), and None is silent:
one mistake, one message.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from attrs import evolve

from incentive import tree
from incentive.checking import algebra, figures, lookup, tables
from incentive.checking.algebra import constant, join, typed
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.header import later
from incentive.checking.periods import whole
from incentive.checking.places import Place
from incentive.checking.units import DATE, DAYS, HOURS, MONTHS, RATIO, TEXT, YES_NO, count, is_number, money
from incentive.diagnostics import Edit, Help
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, FUNCTIONS, PERIODS, meaning, spellings

MAX_FACTORS = 64


def expression(desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
    """The tree of an expression, or None after a finding."""
    match node:
        case s.Number(value=value):
            return constant(value, RATIO, node.span)
        case s.Amount(value=value, currency=currency):
            return constant(value, money(currency), node.span)
        case s.Text(text=text):
            return constant(text, TEXT, node.span)
        case s.Day(value=day):
            return constant(day, DATE, node.span)
        case s.Truth(value=truth):
            return constant(truth, YES_NO, node.span)
        case s.Quantity():
            return quantity(desk, node)
        case s.Path():
            return figures.path(desk, node, place)
        case s.Group(value=inner):
            return expression(desk, inner, place)
        case s.Sum():
            return _sum(desk, node, place)
        case s.Product():
            return _product(desk, node, place)
        case s.Negative(value=inner):
            return _negative(desk, node, inner, place)
        case s.Logic():
            return _logic(desk, node, place)
        case s.Not(value=inner):
            value = condition(desk, inner, place)
            return value and tree.Opposite(value, type=typed(YES_NO, value), span=node.span)
        case s.Compared():
            return _compared(desk, node, place)
        case s.Is():
            return _is(desk, node, place)
        case s.Missing(left=left, negated=negated):
            value = expression(desk, left, evolve(place, guarded=True))
            if value is None:
                return None
            test = tree.IsMissing(value, type=typed(YES_NO, value), span=node.span)
            return tree.Opposite(test, type=test.type, span=node.span) if negated else test
        case s.Within():
            return _within(desk, node, place)
        case s.Fallback(values=values):
            return _fallback(desk, node, values, place)
        case s.If():
            return _choose(desk, node, place)
        case s.Over(value=inner, window=window):
            seen = figures.window(desk, window)
            if seen is None:
                return None
            if place.window is None:
                return figures.no_figures(desk, node.span, place)
            return expression(desk, inner, evolve(place, window=seen, asked=True))
        case s.Converted():
            return _converted(desk, node, place)
        case s.Call():
            return _call(desk, node, place)
        case s.PeriodName():
            desk.report("E214", node.span, word=node.text)
            return None
        case s.Later():
            later(desk, node)
            return None


def condition(desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
    """An expression that must be true or false."""
    value = expression(desk, node, place)
    if value is None:
        return None
    if value.type.unit.kind != "yes_no":
        desk.report("E311", node.span, got=unit_words(value.type.unit, desk.language))
        return None
    return value


def quantity(desk: Desk, node: s.Quantity) -> tree.Expr | None:
    """A duration or a number of things."""
    if len(node.words) > 1:
        desk.report("E190", node.span, word=desk.text(node.span))
        return None
    word = node.words[0]
    kind = meaning(DURATIONS, word.text, desk.language)
    units = {"days": (DAYS, 1), "weeks": (DAYS, 7), "hours": (HOURS, 1), "months": (MONTHS, 1)}
    if kind is not None:
        unit, factor = units[kind]
        return constant(node.value * factor, unit, node.span)
    table = lookup.counted(desk, word.text)
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


# ---- sums and products -------------------------------------------------------------------------------------------------
def _sum(desk: Desk, node: s.Sum, place: Place) -> tree.Expr | None:
    values = [expression(desk, each, place) for each in node.terms]
    if any(each is None for each in values):
        return None
    terms = [each for each in values if each is not None]
    total = terms[0]
    if total.type.unit.kind in {"date", "timestamp"}:
        return _shift(desk, node, terms)
    flat = [total]
    whose = total.type
    for index, (term, minus) in enumerate(zip(terms[1:], node.minus[1:], strict=True), 1):
        pair = algebra.alike(desk, total, term, node.terms[index].span, "subtracted" if minus else "added")
        if pair is None:
            return None
        total, term = pair  # noqa: PLW2901 - a bare integer takes the count beside it
        if index == 1:
            flat[0] = total
        merged = join(desk, [total, term], node.terms[index].span)
        if merged is None:
            return None
        whose = evolve(merged, unit=total.type.unit)
        flat.append(tree.Negate(term, type=term.type, span=term.span) if minus else term)
        total = evolve(total, type=whose)
    return tree.Add(tuple(flat), type=whose, span=node.span)


def _shift(desk: Desk, node: s.Sum, terms: Sequence[tree.Expr]) -> tree.Expr | None:
    """Dates: a gap between two, or one moved by durations."""
    value = terms[0]
    for term, minus in zip(terms[1:], node.minus[1:], strict=True):
        unit = algebra.date_sum(desk, value, term, node, minus=minus)
        if unit is None:
            return None
        optional = value.type.optional or term.type.optional
        grain = value.type.grain
        if unit.kind in {"days", "hours"}:
            value = tree.DateGap(value, term, type=tree.Type(unit, grain, optional), span=node.span)
        else:
            value = tree.DateShift(value, term, minus, type=tree.Type(unit, grain, optional), span=node.span)
    return value


def _product(desk: Desk, node: s.Product, place: Place) -> tree.Expr | None:
    if len(node.factors) > MAX_FACTORS:
        desk.report("E152", node.span, limit=str(MAX_FACTORS))
        return None
    value = expression(desk, node.first, place)
    written: s.Expression = node.first
    for factor in node.factors:
        match factor:
            case s.Banded():
                value = tables.banded(desk, value, written, factor, place)
            case s.Weights():
                value = tables.weighted(desk, value, written, factor, place)
            case s.Binary(operator="per"):
                value = algebra.per(desk, value, written, factor, place)
            case s.Binary():
                right = expression(desk, factor.value, place)
                value = algebra.factor(desk, value, right, written, factor, place)
            case s.Later():
                later(desk, factor)
                return None
        if value is None:
            _rest(desk, node, factor, place)
            return None
        written = s.Product(node.first, (), span=node.span)
        value = evolve(value, span=node.span) if factor is node.factors[-1] else value
    return value


def _rest(desk: Desk, node: s.Product, after: Any, place: Place) -> None:
    """Check the remaining factors on their own, so that their mistakes are found in the same run."""
    rest = node.factors[node.factors.index(after) + 1 :]
    for factor in rest:
        match factor:
            case s.Binary(operator=operator) if operator != "per":
                expression(desk, factor.value, place)
            case s.Banded():
                tables.banded(desk, None, node, factor, place)
            case s.Weights():
                tables.weighted(desk, None, node, factor, place)
            case _:
                pass


def _negative(desk: Desk, node: s.Negative, inner: s.Expression, place: Place) -> tree.Expr | None:
    value = expression(desk, inner, place)
    if value is None:
        return None
    if not is_number(value.type.unit):
        desk.report("E300", node.span, left=unit_words(value.type.unit, desk.language), right=noun("ratio", desk.language),
                    verb=noun("verb_subtracted", desk.language))  # fmt: skip
        return None
    if isinstance(value, tree.Constant) and isinstance(value.value, Fraction):
        return evolve(value, value=-value.value, span=node.span)
    return tree.Negate(value, type=value.type, span=node.span)


# ---- conditions --------------------------------------------------------------------------------------------------------
def _logic(desk: Desk, node: s.Logic, place: Place) -> tree.Expr | None:
    terms: list[tree.Expr] = []
    sound = True
    for each in node.terms:
        value = condition(desk, each, place)
        if value is None:
            sound = False
            continue
        terms.append(value)
        if node.operator == "and":
            place = algebra.knowing(place, value)
    if not sound:
        return None
    kind = tree.Both if node.operator == "and" else tree.Either
    merged = join(desk, terms, node.span, periods=False)
    return merged and kind(tuple(terms), type=evolve(merged, unit=YES_NO), span=node.span)


def _compared(desk: Desk, node: s.Compared, place: Place) -> tree.Expr | None:
    left, right = expression(desk, node.left, place), expression(desk, node.right, place)
    if left is None or right is None:
        return None
    pair = algebra.alike(desk, left, right, node.right.span, "compared")
    if pair is None:
        return None
    left, right = pair
    if node.operator not in {"=", "!="} and left.type.unit.kind in {"text", "choice", "yes_no", "participant", "row"}:
        desk.report("E312", node.span, got=unit_words(left.type.unit, desk.language), sign=node.operator)
        return None
    merged = join(desk, [left, right], node.span)
    return merged and tree.Compare(node.operator, left, right, type=_truth(merged), span=node.span)


def _is(desk: Desk, node: s.Is, place: Place) -> tree.Expr | None:
    left = expression(desk, node.left, place)
    if left is None:
        return None
    options = [_option(desk, left, each, place) for each in node.options]
    if any(each is None for each in options):
        return None
    right = tuple(each for each in options if each is not None)
    made: tree.Expr
    if len(right) == 1:
        made = tree.Compare("=", left, right[0], type=typed(YES_NO, left, *right), span=node.span)
    else:
        made = tree.OneOf(left, right, type=typed(YES_NO, left, *right), span=node.span)
    return tree.Opposite(made, type=made.type, span=node.span) if node.negated else made


def _option(desk: Desk, left: tree.Expr, node: s.Expression, place: Place) -> tree.Expr | None:
    """What stands right of `is`: first a value of the left side's type, then an expression."""
    unit = left.type.unit
    if unit.kind == "choice" and isinstance(node, s.Path) and len(node.parts) == 1:
        word = node.parts[0].text
        if word in unit.choices:
            return constant(word, unit, node.span)
        if word in desk.lost:
            return None
        near = nearest(word, unit.choices)
        helps = [Help("replace", {"near": near}, (Edit(node.span, near),))] if near else []
        desk.report("E202", node.span, helps=helps, word=word, field=desk.text(left.span) if left.span else "",
                    options=", ".join(unit.choices))  # fmt: skip
        return None
    right = expression(desk, node, place)
    if right is None:
        return None
    if unit.kind in {"participant", "row"} and right.type.unit.kind == "text":
        return right
    pair = algebra.alike(desk, left, right, node.span, "compared")
    return pair and pair[1]


def _within(desk: Desk, node: s.Within, place: Place) -> tree.Expr | None:
    later_value, by, earlier = (
        expression(desk, node.later, place),
        quantity(desk, node.quantity),
        expression(desk, node.earlier, place),
    )
    if later_value is None or by is None or earlier is None:
        return None
    for value, written in ((later_value, node.later), (earlier, node.earlier)):
        if value.type.unit.kind not in {"date", "timestamp"}:
            desk.report("E313", written.span, got=unit_words(value.type.unit, desk.language))
            return None
    if by.type.unit.kind not in {"days", "hours"}:
        desk.report("E216", node.quantity.span, got=unit_words(by.type.unit, desk.language))
        return None
    if by.type.unit.kind == "hours" and "date" in {later_value.type.unit.kind, earlier.type.unit.kind}:
        desk.report("E307", node.quantity.span, left=noun("hours", desk.language), right=noun("date", desk.language))
        return None
    return tree.Within(later_value, by, earlier, type=typed(YES_NO, later_value, earlier), span=node.span)


def _truth(merged: tree.Type) -> tree.Type:
    return tree.Type(YES_NO, tree.Grain(merged.grain.who, None, merged.grain.row), merged.optional)


# ---- choices -----------------------------------------------------------------------------------------------------------
def _fallback(desk: Desk, node: s.Fallback, written: Sequence[s.Expression], place: Place) -> tree.Expr | None:
    values = [expression(desk, each, evolve(place, guarded=each is not written[-1])) for each in written]
    if any(each is None for each in values):
        return None
    made = values[-1]
    for index in range(len(values) - 2, -1, -1):
        value = values[index]
        assert value is not None
        assert made is not None
        pair = algebra.alike(desk, value, made, written[index + 1].span, "alternatives")
        if pair is None:
            return None
        value, made = pair
        merged = join(desk, [value, made], node.span)
        if merged is None:
            return None
        kind = evolve(merged, unit=value.type.unit, optional=made.type.optional)
        made = tree.IfMissing(value, made, type=kind, span=node.span)
    return made


def _choose(desk: Desk, node: s.If, place: Place) -> tree.Expr | None:
    branches: list[tree.Branch] = []
    otherwise = expression(desk, node.otherwise, place)
    sound = otherwise is not None
    for test, written in zip(node.conditions, node.values, strict=True):
        holds = condition(desk, test, place)
        value = expression(desk, written, algebra.knowing(place, holds) if holds else place)
        if holds is None or value is None or otherwise is None:
            sound = False
            continue
        pair = algebra.alike(desk, value, otherwise, written.span, "alternatives")
        if pair is None:
            sound = False
            continue
        value, otherwise = pair
        branches.append(tree.Branch(holds, value))
    if not sound or otherwise is None:
        return None
    merged = join(desk, [*(each.value for each in branches), otherwise], node.span)
    return merged and tree.Choose(tuple(branches), otherwise, type=evolve(merged, unit=otherwise.type.unit), span=node.span)


def _converted(desk: Desk, node: s.Converted, place: Place) -> tree.Expr | None:
    value = expression(desk, node.value, place)
    rate = expression(desk, node.rate, place) if node.rate is not None else None
    if value is None:
        return None
    if node.rate is None:
        desk.report("E320", node.span, currency=node.currency.text)
        return None
    if rate is None:
        return None
    if value.type.unit.kind != "money" or rate.type.unit.kind != "ratio":
        wrong = value if value.type.unit.kind != "money" else rate
        desk.report("E321", node.span, got=unit_words(wrong.type.unit, desk.language))
        return None
    merged = join(desk, [value, rate], node.span)
    return merged and tree.Multiply(value, rate, type=evolve(merged, unit=money(node.currency.text)), span=node.span)


# ---- functions ---------------------------------------------------------------------------------------------------------
def _call(desk: Desk, node: s.Call, place: Place) -> tree.Expr | None:
    symbol = desk.symbols.get(node.name.text)
    if symbol is not None and symbol.kind == "scale":
        desk.use(node.name)
        return tables.looked_up(desk, symbol, node, place)
    function = meaning(FUNCTIONS, node.name.text, desk.language)
    if function is None:
        if symbol is not None:
            desk.report("E204", node.name.span, name=node.name.text, kind=noun(symbol.kind, desk.language),
                        wanted=noun("a_function", desk.language))  # fmt: skip
        else:
            for each in node.arguments:
                expression(desk, each, place)
            desk.miss(node.name, more=spellings(FUNCTIONS, desk.language))
        return None
    values = [expression(desk, each, place) for each in node.arguments]
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
    if function == "days":
        for value, written in zip(arguments, node.arguments, strict=True):
            if value.type.unit.kind not in {"date", "timestamp"}:
                desk.report("E313", written.span, got=unit_words(value.type.unit, desk.language))
                return None
        return tree.DateGap(arguments[1], arguments[0], type=typed(DAYS, *arguments), span=node.span)
    desk.report("E190", node.name.span, word=node.name.text)
    return None


def _extreme(desk: Desk, node: s.Call, arguments: list[tree.Expr], function: str) -> tree.Expr | None:
    if len(arguments) < 2:
        desk.report("E240", node.span, name=node.name.text, wanted="2", got=str(len(arguments)))
        return None
    first = arguments[0]
    terms = [first]
    for term, written in zip(arguments[1:], node.arguments[1:], strict=True):
        pair = algebra.alike(desk, first, term, written.span, "compared")
        if pair is None:
            return None
        first, other = pair
        terms.append(other)
    terms[0] = first
    merged = join(desk, terms, node.span)
    kind = tree.Least if function == "min" else tree.Greatest
    return merged and kind(tuple(terms), type=evolve(merged, unit=first.type.unit), span=node.span)


def _round(desk: Desk, node: s.Call, arguments: list[tree.Expr]) -> tree.Expr | None:
    value, step = arguments
    pair = algebra.alike(desk, value, step, node.arguments[1].span, "compared")
    if pair is None:
        return None
    if not isinstance(step, tree.Constant) or not isinstance(step.value, Fraction) or step.value <= 0:
        desk.report("E522", node.arguments[1].span)
        return None
    return tree.Rounded(value, step.value, desk.header.rounding, type=value.type, span=node.span)


def plan_place(desk: Desk) -> Place:
    """Where a formula of the plan stands: figures cover the plan's own period."""
    return Place(window=whole(desk.header.period))


__all__ = ["PERIODS", "condition", "expression", "plan_place", "quantity"]
