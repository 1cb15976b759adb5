"""From an expression as written to a typed node of the evaluation tree.

Every function gives the node, or None where a finding was made (here or where the name was defined), and None is
silent: one mistake, one message.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking import algebra, contests, figures, tables
from incentive.checking.algebra import constant, join
from incentive.checking.clauses import later
from incentive.checking.conditions import choose, compared, equality, fallback, logic, missing, opposite, within
from incentive.checking.conversions import converted, on_day
from incentive.checking.decisions import decided
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.functions import call, quantity
from incentive.checking.places import Place
from incentive.checking.units import DATE, RATIO, TEXT, YES_NO, is_number, money
from incentive.diagnostics import Help
from incentive.language import syntax as s
from incentive.language.words import FUNCTIONS, meaning

MAX_FACTORS = 64


def expression(desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
    """The tree of an expression, or None after a finding."""
    match node:
        case s.Number(value=value):
            return constant(value, RATIO, node.span)
        case s.Amount(value=value, currency=currency):
            desk.amounts.setdefault(currency, []).append(node.span)
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
            grouped = expression(desk, inner, place)
            return grouped if grouped is None or isinstance(grouped, tree.Constant) else evolve(grouped, span=node.span)
        case s.Sum():
            return _sum(desk, node, place)
        case s.Product():
            return _product(desk, node, place)
        case s.Negative(value=inner):
            return _negative(desk, node, inner, place)
        case s.Logic():
            return logic(desk, node, place)
        case s.Not(value=inner):
            return opposite(desk, node, inner, place)
        case s.Compared():
            return compared(desk, node, place)
        case s.Is():
            return equality(desk, node, place)
        case s.Missing():
            return missing(desk, node, place)
        case s.Within():
            return within(desk, node, place)
        case s.Fallback():
            return fallback(desk, node, place)
        case s.If():
            return choose(desk, node, place)
        case s.Over(value=inner, window=window):
            seen = figures.window(desk, window)
            if seen is None:
                return None
            if place.window is None:
                figures.no_figures(desk, node.span, place)
                return None
            return expression(desk, inner, evolve(place, window=seen, asked=True))
        case s.Converted():
            return converted(desk, node, place)
        case s.OnDay():
            return on_day(desk, node, place)
        case s.Call(name=name):
            symbol = desk.symbols.get(name.text)
            if symbol is not None and isinstance(symbol.node, s.Table):
                desk.use(name)
                return decided(desk, symbol.node, node, place)
            if name.text not in desk.symbols and meaning(FUNCTIONS, name.text, desk.language) == "rank":
                return contests.placed(desk, node, place)
            return call(desk, node, place)
        case s.PeriodName():
            desk.report("E214", node.span, word=node.text)
            return None
        case s.Later():
            later(desk, node)
            return None


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
        pair = algebra.alike(desk, total, term, "subtracted" if minus else "added")
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
    for index, factor in enumerate(node.factors):
        if index and isinstance(factor, s.Banded | s.Weights):
            _product_first(desk, node, index, factor)
        match factor:
            case s.Banded():
                value = tables.banded(desk, value, written, factor, place)
            case s.Ranked():
                value = contests.prized(desk, value, factor, place)
            case s.Weights():
                value = tables.weighted(desk, value, written, factor, place)
            case s.Binary(operator="per"):
                value = algebra.per(desk, value, factor, place)
            case s.Binary():
                right = expression(desk, factor.value, place)
                value = algebra.factor(desk, value, right, factor, place)
            case s.Later():
                later(desk, factor)
                return None
        if value is None:
            _rest(desk, node, factor, place)
            return None
        written = s.Product(node.first, (), span=node.span)
        value = evolve(value, span=node.span) if factor is node.factors[-1] else value
    return value


def _product_first(desk: Desk, node: s.Product, index: int, factor: s.Banded | s.Weights) -> None:
    """Warn of a product that a table is applied to: many readers apply the table first."""
    before = node.first.span.to(node.factors[index - 1].span)
    table = " ".join(desk.text(factor.span).partition("{")[0].split())
    desk.report(
        "W306", before, helps=[Help("product", {"text": f"({desk.text(before)}) {table} …"})],
        text=" ".join(desk.text(before).split()), table=table,
    )  # fmt: skip


def _rest(desk: Desk, node: s.Product, after: s.Node, place: Place) -> None:
    """Check the remaining factors on their own, so that their mistakes are found in the same run."""
    places = [each is after for each in node.factors]
    rest = node.factors[places.index(True) + 1 :]
    for factor in rest:
        match factor:
            case s.Binary(operator=operator) if operator != "per":
                expression(desk, factor.value, place)
            case s.Banded():
                tables.banded(desk, None, node, factor, place)
            case s.Ranked():
                contests.prized(desk, None, factor, place)
            case s.Weights():
                tables.weighted(desk, None, node, factor, place)
            case _:
                pass


def _negative(desk: Desk, node: s.Negative, inner: s.Expression, place: Place) -> tree.Expr | None:
    value = expression(desk, inner, place)
    if value is None:
        return None
    if not is_number(value.type.unit):
        desk.report(
            "E300",
            node.span,
            left=unit_words(value.type.unit, desk.language),
            right=noun("ratio", desk.language),
            verb=noun("verb_subtracted", desk.language),
        )
        return None
    if isinstance(value, tree.Constant) and isinstance(value.value, Fraction):
        return evolve(value, value=-value.value, span=node.span)
    return tree.Negate(value, type=value.type, span=node.span)
