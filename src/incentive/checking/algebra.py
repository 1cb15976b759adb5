"""Units, periods and holders of composed expressions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking import lookup, units
from incentive.checking.clashes import clash, shown, value_words, zero_divisor
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.mismatches import mismatch
from incentive.checking.months import settled_months
from incentive.checking.periods import carries_period, together
from incentive.checking.places import Place
from incentive.checking.proofs import never_zero
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, meaning, say

Written = Fraction | str | bool | date


def constant(value: Written, unit: tree.Unit, span: Span) -> tree.Constant:
    """A value written in the plan."""
    return tree.Constant(value, type=tree.Type(unit), span=span)


def typed(unit: tree.Unit, *parts: tree.Expr) -> tree.Type:
    """The type of something without period made of parts."""
    row = next((each.type.grain.row for each in parts if each.type.grain.row), "")
    return tree.Type(unit, tree.Grain(_who(parts), None, row), any(each.type.optional for each in parts))


def _who(parts: Sequence[tree.Expr]) -> str:
    """Whose a composed value is: one holder if all agree, else the participant's, who sees all of them."""
    holders = list(dict.fromkeys(each.type.grain.who for each in parts if each.type.grain.who))
    return holders[0] if len(holders) == 1 else ("participant" if holders else "")


def join(desk: Desk, parts: Sequence[tree.Expr], span: Span, *, periods: bool = True) -> tree.Type | None:
    """The grain of values that meet in one expression, with the unit of the first."""
    when: tree.Window | None = None
    first: tree.Expr | None = None
    for part in parts if periods else ():
        window = part.type.grain.when
        both = together(when, window)
        if isinstance(both, str):
            assert first is not None
            mismatch(desk, first, part, span)
            return None
        if when is None and window is not None:
            first = part
        when = both
    row = next((each.type.grain.row for each in parts if each.type.grain.row), "")
    optional = any(each.type.optional for each in parts)
    return tree.Type(parts[0].type.unit, tree.Grain(_who(parts), when, row), optional)


def alike(desk: Desk, left: tree.Expr, right: tree.Expr, verb: str) -> tuple[tree.Expr, tree.Expr] | None:
    """Two values of one unit, a bare integer taking the count beside it; or None after a finding."""
    for one, other in ((left, right), (right, left)):
        if one.type.unit.kind == "count" and _bare_integer(desk, other):
            made = evolve(other, type=evolve(other.type, unit=one.type.unit))
            return (left, made) if other is right else (made, right)
    common = units.same(left.type.unit, right.type.unit)
    if isinstance(common, tree.Unit):
        if common.kind == "choice" or (common.kind == "count" and left.type.unit != right.type.unit):
            left = evolve(left, type=evolve(left.type, unit=common))
        return left, right
    clash(desk, common, left, right, verb)
    return None


def _bare_integer(desk: Desk, node: tree.Expr) -> bool:
    return (
        isinstance(node, tree.Constant)
        and node.type.unit.kind == "ratio"
        and isinstance(node.value, Fraction)
        and node.value.denominator == 1
        and not shown(desk, node).endswith("%")
    )


def date_sum(desk: Desk, value: tree.Expr, term: tree.Expr, node: s.Sum, *, minus: bool) -> tree.Unit | None:
    """The unit of a date moved by a duration or subtracted from another."""
    unit = units.added(value.type.unit, term.type.unit, minus=minus)
    if isinstance(unit, tree.Unit):
        at = term.span or node.span
        if term.type.unit.kind == "months" and not settled_months(desk, at, value, term, minus=minus):
            return None
        return unit
    clash(desk, unit, value, term, "subtracted" if minus else "added")
    return None


def factor(
    desk: Desk, left: tree.Expr | None, right: tree.Expr | None, node: s.Binary, place: Place
) -> tree.Expr | None:
    """A product, a quotient, or a ratio of something."""
    if left is None or right is None:
        return None
    if node.operator == "divided":
        return _divided(desk, left, right, node, place)
    if node.operator == "of":
        bare = (
            isinstance(left, tree.Constant) and left.type.unit.kind == "ratio" and not shown(desk, left).endswith("%")
        )
        if left.type.unit.kind != "ratio" or bare:
            _no_percentage(desk, left, node, bare=bare)
            return None
    unit = units.times(left.type.unit, right.type.unit)
    if not isinstance(unit, tree.Unit):
        _no_product(desk, unit, left, right, node)
        return None
    merged = _product_grain(desk, left, right, node.span)
    return None if merged is None else tree.Multiply(left, right, type=_settled(merged, unit), span=_over(left, right))


def _no_percentage(desk: Desk, left: tree.Expr, node: s.Binary, *, bare: bool) -> None:
    """Report an `of` without a percentage on its left."""
    text, of = shown(desk, left), " ".join(desk.text(node.value.span).split())
    helps: list[Help] = []
    if bare and left.span is not None:
        sign = "\u00a0%" if desk.language == "fr" else "%"
        whole = f"{text}{sign} {say('OF', desk.language)} {of}"
        helps = [Help("percent", {"text": whole}, (Edit(left.span, f"{text}{sign}"),))]
        helps.append(Help("times", {"text": f"{text} * {of}"}))
    desk.report("E303", left.span or node.span, helps=helps, got=value_words(desk, left), text=text)


def _over(left: tree.Expr, right: tree.Expr) -> Span | None:
    return left.span.to(right.span) if left.span and right.span else None


def _settled(grain: tree.Type, unit: tree.Unit) -> tree.Type:
    """The type with its unit; what has no period by nature loses it."""
    when = grain.grain.when if carries_period(unit) else None
    return tree.Type(unit, evolve(grain.grain, when=when), grain.optional)


def _product_grain(desk: Desk, left: tree.Expr, right: tree.Expr, span: Span) -> tree.Type | None:
    """A product has the period of the factor that has one."""
    one, two = left.type.grain.when, right.type.grain.when
    if one is not None and two is not None and isinstance(together(one, two), str):
        mismatch(desk, left, right, span)
        return None
    return join(desk, [left, right], span)


def _no_product(desk: Desk, code: str, left: tree.Expr, right: tree.Expr, node: s.Binary) -> None:
    if code == "E306":
        clash(desk, code, left, right, "multiplied")
        return
    desk.report(
        "E304",
        node.value.span,
        remarks=[Remark(left.span)] if left.span else [],
        left=unit_words(left.type.unit, desk.language),
        right=unit_words(right.type.unit, desk.language),
        verb=noun("verb_divided" if node.operator == "divided" else "verb_multiplied", desk.language),
    )


def _divided(desk: Desk, left: tree.Expr, right: tree.Expr, node: s.Binary, place: Place) -> tree.Expr | None:
    unit = units.divided(left.type.unit, right.type.unit)
    if not isinstance(unit, tree.Unit):
        if unit in {"E301", "E306", "E307"}:
            clash(desk, unit, left, right, "divided")
        else:
            _no_product(desk, unit, left, right, node)
        return None
    merged = join(desk, [left, right], node.span)
    if merged is None:
        return None
    made = tree.Divide(left, right, type=_settled(merged, unit), span=_over(left, right))
    if not place.guarded and not never_zero(desk, right, place):
        zero_divisor(desk, made, node.value.span, place)
        return None
    return made


def per(desk: Desk, left: tree.Expr | None, node: s.Binary, place: Place) -> tree.Expr | None:
    """`per`: a rate for a table's name, a product for a count; a period word belongs to `cap` and `floor`."""
    from_word = node.value
    if isinstance(from_word, s.Path) and len(from_word.parts) == 1:
        word = from_word.parts[0]
        table = lookup.counted(desk, word.text)
        if table is not None and (word.text not in desk.symbols or desk.symbols[word.text].kind == "facts"):
            desk.used.setdefault(table, []).append(word.span)
            if left is None:
                return None
            if left.type.unit.kind == "money":
                unit = tree.Unit("rate", currency=left.type.unit.currency, counted=table)
                return evolve(left, type=evolve(left.type, unit=unit))
            desk.report(
                "E305", node.span, text=desk.text(node.value.span), got=unit_words(left.type.unit, desk.language)
            )
            return None
        if word.text not in desk.symbols and meaning(PERIODS, word.text, desk.language):
            desk.report("E314", node.span, word=word.text)
            return None
    right = desk.elaborate(from_word, place)
    if left is None or right is None:
        return None
    if right.type.unit.kind != "count" or left.type.unit.kind not in {"money", "rate"}:
        desk.report(
            "E305", node.value.span, text=desk.text(node.value.span), got=unit_words(right.type.unit, desk.language)
        )
        return None
    unit_or_code = units.times(left.type.unit, right.type.unit)
    if not isinstance(unit_or_code, tree.Unit):
        clash(desk, unit_or_code, left, right, "multiplied")
        return None
    merged = _product_grain(desk, left, right, node.span)
    return (
        None
        if merged is None
        else tree.Multiply(left, right, type=_settled(merged, unit_or_code), span=_over(left, right))
    )
