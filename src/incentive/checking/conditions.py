"""Conditions: what is compared, tested and combined, and the alternatives they choose between."""

from __future__ import annotations

from attrs import evolve

from incentive import tree
from incentive.checking import algebra
from incentive.checking.algebra import constant, join, typed
from incentive.checking.clashes import shown, warn_bare
from incentive.checking.contradictions import contradiction
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.functions import quantity
from incentive.checking.months import settled_months
from incentive.checking.places import Place
from incentive.checking.proofs import knowing, knowing_not
from incentive.checking.units import YES_NO
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import PEOPLE, meaning


def condition(desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
    """An expression that must be true or false."""
    value = desk.elaborate(node, place)
    if value is None:
        return None
    if value.type.unit.kind != "yes_no":
        desk.report("E311", node.span, got=unit_words(value.type.unit, desk.language))
        return None
    return value


def opposite(desk: Desk, node: s.Not, inner: s.Expression, place: Place) -> tree.Expr | None:
    """`not` before a condition."""
    value = condition(desk, inner, place)
    return None if value is None else tree.Opposite(value, type=typed(YES_NO, value), span=node.span)


def missing(desk: Desk, node: s.Missing, place: Place) -> tree.Expr | None:
    """`is missing` and its opposite."""
    value = desk.elaborate(node.left, evolve(place, guarded=True))
    if value is None:
        return None
    kind = evolve(typed(YES_NO, value), optional=False)
    test = tree.IsMissing(value, type=kind, span=node.span)
    return tree.Opposite(test, type=kind, span=node.span) if node.negated else test


def logic(desk: Desk, node: s.Logic, place: Place) -> tree.Expr | None:
    """`and`, `or`: what stands behind an `and` knows that what stands before it holds."""
    terms: list[tree.Expr] = []
    sound = True
    for each in node.terms:
        value = condition(desk, each, place)
        if value is None:
            sound = False
            continue
        terms.append(value)
        place = knowing(place, value) if node.operator == "and" else knowing_not(place, value)
    if not sound:
        return None
    kind = tree.Both if node.operator == "and" else tree.Either
    never = contradiction(terms) if node.operator == "and" else None
    if never is not None:
        first, second = never
        remarks = [Remark(first.span)] if first.span else []
        one, two = shown(desk, first), shown(desk, second)
        desk.report("E315", second.span or node.span, remarks=remarks, left=one, right=two)
        return None
    merged = join(desk, terms, node.span, periods=False)
    return None if merged is None else kind(tuple(terms), type=evolve(merged, unit=YES_NO), span=node.span)


def compared(desk: Desk, node: s.Compared, place: Place) -> tree.Expr | None:
    """A comparison by a sign."""
    place = evolve(place, test=node.span)
    left = desk.elaborate(node.left, place)
    worded = (
        left is not None and left.type.unit.kind in {"choice", "participant", "row"} and node.operator in {"=", "!="}
    )
    right = option(desk, left, node.right, place) if left is not None and worded else desk.elaborate(node.right, place)
    if left is None or right is None:
        return None
    pair = (left, right) if worded else algebra.alike(desk, left, right, "compared")
    if pair is None:
        return None
    left, right = pair
    if node.operator not in {"=", "!="} and left.type.unit.kind in {"text", "choice", "yes_no", "participant", "row"}:
        desk.report("E312", node.span, got=unit_words(left.type.unit, desk.language), sign=node.operator)
        return None
    _bare_percentage(desk, left, right)
    merged = join(desk, [left, right], node.span)
    return None if merged is None else tree.Compare(node.operator, left, right, type=_truth(merged), span=node.span)


def _bare_percentage(desk: Desk, left: tree.Expr, right: tree.Expr) -> None:
    """Warn of an attainment compared with 80 where 80 % is meant."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, tree.Divide) and one.type.unit.kind == "ratio":
            warn_bare(desk, other)


def equality(desk: Desk, node: s.Is, place: Place) -> tree.Expr | None:
    """`is` and `is one of`."""
    left = desk.elaborate(node.left, place)
    if left is None:
        return None
    options = [option(desk, left, each, place) for each in node.options]
    if any(each is None for each in options):
        return None
    right = tuple(each for each in options if each is not None)
    merged = join(desk, [left, *right], node.span)
    if merged is None:
        return None
    made: tree.Expr
    if len(right) == 1:
        made = tree.Compare("=", left, right[0], type=_truth(merged), span=node.span)
    else:
        made = tree.OneOf(left, right, type=_truth(merged), span=node.span)
    return tree.Opposite(made, type=made.type, span=node.span) if node.negated else made


def option(desk: Desk, left: tree.Expr, node: s.Expression, place: Place) -> tree.Expr | None:
    """What stands right of `is`: first a value of the left side's type, then an expression."""
    unit = left.type.unit
    if unit.kind == "choice" and isinstance(node, s.Path) and len(node.parts) == 1:
        word = node.parts[0].text
        if word in unit.choices:
            return constant(word, unit, node.span)
        if word in desk.lost:
            return None
        near = desk.nearest(word, unit.choices)
        helps = [Help("replace", {"near": near}, (Edit(node.span, near),))] if near else []
        desk.report(
            "E202",
            node.span,
            helps=helps,
            word=word,
            field=desk.text(left.span) if left.span else "",
            options=", ".join(unit.choices),
        )
        return None
    if unit.kind == "choice" and isinstance(node, s.Text) and node.text in unit.choices:
        helps = [Help("replace", {"near": node.text}, (Edit(node.span, node.text),), safe=True)]
        field, options = shown(desk, left), ", ".join(unit.choices)
        desk.report("E202", node.span, helps=helps, word=desk.text(node.span), field=field, options=options)
        return None
    if unit.kind == "text" and isinstance(node, s.Path) and len(node.parts) == 1 and _is_unknown(desk, node, place):
        quoted = f'"{node.parts[0].text}"'
        desk.report(
            "E219", node.span, helps=[Help("quote", {"text": quoted}, (Edit(node.span, quoted),))], word=quoted[1:-1]
        )
        return None
    right = desk.elaborate(node, place)
    if right is None:
        return None
    if unit.kind in {"participant", "row"} and right.type.unit.kind == "text":
        return right
    pair = algebra.alike(desk, left, right, "compared")
    return None if pair is None else pair[1]


def _is_unknown(desk: Desk, node: s.Path, place: Place) -> bool:
    """Whether a word beside a text means nothing in the plan, so that it is probably a text without its quotes."""
    name = node.parts[0]
    known = {*desk.symbols, *desk.lost, *desk.people, *place.locals}
    table = desk.tables.get(place.table or place.fact)
    known |= {each.name for each in table.fields} if table else set()
    return desk.nearest(name.text, known, 0.75) is None and meaning(PEOPLE, name.text, desk.language) is None


def within(desk: Desk, node: s.Within, place: Place) -> tree.Expr | None:
    """`later within N days of earlier`."""
    later_value, by, earlier = (
        desk.elaborate(node.later, place),
        quantity(desk, node.quantity),
        desk.elaborate(node.earlier, place),
    )
    if later_value is None or by is None or earlier is None:
        return None
    for value, written in ((later_value, node.later), (earlier, node.earlier)):
        if value.type.unit.kind not in {"date", "timestamp"}:
            desk.report("E313", written.span, got=unit_words(value.type.unit, desk.language))
            return None
    if by.type.unit.kind not in {"days", "hours", "open_hours", "months"}:
        desk.report("E216", node.quantity.span, got=unit_words(by.type.unit, desk.language))
        return None
    if by.type.unit.kind in {"hours", "open_hours"} and "date" in {later_value.type.unit.kind, earlier.type.unit.kind}:
        desk.report("E307", node.quantity.span, left=noun("hours", desk.language), right=noun("date", desk.language))
        return None
    if by.type.unit.kind == "months" and not settled_months(desk, node.quantity.span, earlier, by):
        return None
    return tree.Within(later_value, by, earlier, type=typed(YES_NO, later_value, earlier), span=node.span)


def _truth(merged: tree.Type) -> tree.Type:
    return tree.Type(YES_NO, tree.Grain(merged.grain.who, None, merged.grain.row), merged.optional)


def fallback(desk: Desk, node: s.Fallback, place: Place) -> tree.Expr | None:
    """`value if missing other`, perhaps several in a row."""
    written = node.values
    last = len(written) - 1
    values = [
        desk.elaborate(each, evolve(place, guarded=place.guarded or index < last)) for index, each in enumerate(written)
    ]
    if any(each is None for each in values):
        return None
    made = values[-1]
    for index in range(len(values) - 2, -1, -1):
        value = values[index]
        assert value is not None
        assert made is not None
        pair = algebra.alike(desk, value, made, "alternatives")
        if pair is None:
            return None
        value, made = pair
        merged = join(desk, [value, made], node.span)
        if merged is None:
            return None
        kind = evolve(merged, unit=value.type.unit, optional=made.type.optional)
        made = tree.IfMissing(value, made, type=kind, span=node.span)
    return made


def choose(desk: Desk, node: s.If, place: Place) -> tree.Expr | None:
    """`if … then … else …`: each value knows that its condition holds, and that those before it do not."""
    pairs: list[tuple[tree.Expr | None, tree.Expr | None]] = []
    for test, written in zip(node.conditions, node.values, strict=True):
        holds = condition(desk, test, place)
        pairs.append((holds, desk.elaborate(written, knowing(place, holds) if holds else place)))
        place = knowing_not(place, holds) if holds else place
    otherwise = desk.elaborate(node.otherwise, place)
    if otherwise is None:
        return None
    branches: list[tree.Branch] = []
    for holds, value in pairs:
        if holds is None or value is None:
            return None
        pair = algebra.alike(desk, value, otherwise, "alternatives")
        if pair is None:
            return None
        value, otherwise = pair  # noqa: PLW2901 - a bare integer takes the count beside it
        branches.append(tree.Branch(holds, value))
    merged = join(desk, [*(each.value for each in branches), otherwise], node.span)
    if merged is None:
        return None
    kind = evolve(merged, unit=otherwise.type.unit)
    return tree.Choose(tuple(branches), otherwise, type=kind, span=node.span)
