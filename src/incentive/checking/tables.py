"""Rate tables and weighted parts: bounds in the unit of what they cut, rising; values of one kind; weights of 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from attrs import evolve

from incentive import tree
from incentive.checking import lookup
from incentive.checking.algebra import alike, join
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk, Symbol
from incentive.checking.periods import carries_period
from incentive.checking.places import Place
from incentive.checking.units import RATIO, money
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import say
from incentive.quantities import show_number

How = Literal["slice", "level", "every_level", "curve"]
_WORDS: Final = {"slice": {"from", "above"}, "level": {"from", "above"}, "every_level": {"from", "above"}, "curve": {"at"}}


def banded(
    desk: Desk, subject: tree.Expr | None, written: s.Expression, node: s.Banded, place: Place
) -> tree.Expr | None:
    """`x by slice { … }`: a table applied to what stands before it."""
    rows = _rows(desk, subject, written, node.how, node.rows, place, node.span)
    if rows is None or subject is None:
        return None
    return _applied(desk, subject, node.how, rows, node.span, "")


def looked_up(desk: Desk, symbol: Symbol, node: s.Call, place: Place) -> tree.Expr | None:
    """`name(x)`: the value of a named table at x; of a slice table, the sum over its slices."""
    assert isinstance(symbol.node, s.Scale)
    scale = symbol.node
    if len(node.arguments) != 1:
        desk.report("E240", node.span, name=node.name.text, wanted="1", got=str(len(node.arguments)))
        return None
    subject = desk.elaborate(node.arguments[0], place)
    rows = _rows(desk, subject, node.arguments[0], scale.how, scale.rows, place, node.span)
    if subject is None or rows is None:
        return None
    if scale.how == "slice":
        return _applied(desk, subject, "slice", rows, node.span, node.name.text)
    kind = _value_type(desk, subject, rows, node.span)
    return kind and tree.Tiers(scale.how, subject, rows, False, type=kind, span=node.span, name=node.name.text)


def scale_alone(desk: Desk, scale: s.Scale, place: Place) -> None:
    """Check a table that nothing uses, so that its mistakes do not wait for its first use."""
    _rows(desk, None, s.Path((scale.name,), span=scale.name.span), scale.how, scale.rows, place, scale.span)


def _rows(
    desk: Desk,
    subject: tree.Expr | None,
    written: s.Expression,
    how: How,
    nodes: Sequence[s.Row],
    place: Place,
    span: Span,
) -> tuple[tree.TierRow, ...] | None:
    if not nodes:
        if not desk.is_broken(span):
            desk.report("E415", span)
        return None
    rows: list[tree.TierRow] = []
    sound = True
    for node in nodes:
        if node.kind not in _WORDS[how]:
            word = sorted(_WORDS[how])[-1 if how == "curve" else 1]
            own = say(word.upper(), desk.language)
            start = Span(node.span.start, node.span.start + len(desk.text(node.span).split()[0]), node.span.line,
                         node.span.column, node.span.line, node.span.column + len(desk.text(node.span).split()[0]))  # fmt: skip
            desk.report("E414", start, helps=[Help("replace", {"own": own}, (Edit(start, own),))],
                        word=desk.text(start), how=say(how.split("_")[-1].upper(), desk.language))  # fmt: skip
            sound = False
        bound = desk.elaborate(node.bound, place)
        value = desk.elaborate(node.value, place)
        if bound is not None and subject is not None:
            bound = _bound(desk, subject, written, bound, node, how)
        if bound is None or value is None:
            sound = False
            continue
        rows.append(tree.TierRow(bound, node.kind != "above", value, span=node.span))
    if _mixed(desk, nodes) or not _rising(desk, rows, nodes) or not sound:
        return None
    if how in {"slice", "level", "every_level"} and _starts_above_zero(rows[0]):
        desk.report("W404", nodes[0].bound.span, bound=desk.text(nodes[0].bound.span))
    return tuple(rows)


def _starts_above_zero(row: tree.TierRow) -> bool:
    return isinstance(row.bound, tree.Constant) and isinstance(row.bound.value, Fraction) and row.bound.value > 0


def _bound(
    desk: Desk, subject: tree.Expr, written: s.Expression, bound: tree.Expr, node: s.Row, how: How
) -> tree.Expr | None:
    """The bound in the unit and the period of what it cuts."""
    one, two = subject.type.unit, bound.type.unit
    if one.kind == "money" and two.kind == "ratio":
        of = lookup.money_names(desk)
        inputs = [each for each in of if each in desk.inputs]
        text = desk.text(node.bound.span)
        first = inputs[0] if inputs else (of[0] if of else "")
        fixed = f"{text} {say('OF', desk.language)} {first}"
        helps = [Help("of_only" if len(inputs) == 1 else "of", {"text": fixed, "input": first},
                      (Edit(node.bound.span, fixed),), safe=len(inputs) == 1)] if first else []  # fmt: skip
        desk.report(
            "E411", node.bound.span, mark="percent", remarks=[Remark(written.span, "subject")], helps=helps,
            how=say(how.split("_")[-1].upper(), desk.language), subject=" ".join(desk.text(written.span).split()),
            wanted=unit_words(one, desk.language), got=unit_words(two, desk.language),
        )  # fmt: skip
        return None
    if one.kind != two.kind and not (one.kind == "count" and two.kind == "ratio"):
        desk.report(
            "E411", node.bound.span, remarks=[Remark(written.span, "subject")],
            how=say(how.split("_")[-1].upper(), desk.language), subject=" ".join(desk.text(written.span).split()),
            wanted=unit_words(one, desk.language), got=unit_words(two, desk.language),
        )  # fmt: skip
        return None
    pair = alike(desk, subject, bound, node.bound.span, "cut")
    if pair is None:
        return None
    return pair[1] if join(desk, [subject, pair[1]], node.bound.span) is not None else None


def _applied(
    desk: Desk, subject: tree.Expr, how: How, rows: tuple[tree.TierRow, ...], span: Span, name: str
) -> tree.Expr | None:
    """The table applied to the whole of its subject, or slice by slice."""
    kind = _value_type(desk, subject, rows, span)
    if kind is None:
        return None
    unit, value = subject.type.unit, kind.unit
    whole = subject.span.to(span) if subject.span and not name else span
    if value.kind == "ratio":
        if unit.kind == "ratio" and how in {"level", "curve", "every_level"}:
            desk.report("E412", span, how=say(how.split("_")[-1].upper(), desk.language))
            return None
        result, applied = unit, True
    elif value.kind == "rate" and unit.kind == "count":
        result, applied = money(value.currency), True
    elif value.kind == "money" and unit.kind == "count" and how == "slice":
        result, applied = value, True
    elif value.kind == "money" and how != "slice":
        result, applied = value, False
    else:
        desk.report("E416", rows[0].value.span or span, got=unit_words(value, desk.language),
                    subject=unit_words(unit, desk.language), how=say(how.split("_")[-1].upper(), desk.language))  # fmt: skip
        return None
    when = kind.grain.when if carries_period(result) else None
    made = tree.Type(result, evolve(kind.grain, when=when), kind.optional)
    return tree.Tiers(how, subject, rows, applied, type=made, span=whole, name=name)


def _value_type(desk: Desk, subject: tree.Expr, rows: tuple[tree.TierRow, ...], span: Span) -> tree.Type | None:
    """The common unit of the values, with the grain of everything that the table reads."""
    first = rows[0].value
    for row in rows[1:]:
        if alike(desk, first, row.value, (row.value.span or span), "alternatives") is None:
            return None
    merged = join(desk, [subject, *(each.bound for each in rows)], span)
    values = join(desk, [each.value for each in rows], span)
    if merged is None or values is None:
        return None
    when = merged.grain.when or values.grain.when
    return tree.Type(first.type.unit, evolve(merged.grain, when=when), merged.optional or values.optional)


def _mixed(desk: Desk, nodes: Sequence[s.Row]) -> bool:
    """A bare number among percentages: a percent sign was left out, or a hundred times too much was meant."""
    for written in ([each.value for each in nodes], [each.bound for each in nodes]):
        numbers = [each for each in written if isinstance(each, s.Number)]
        bare = [each for each in numbers if not each.percent and each.value != 0]
        if bare and any(each.percent for each in numbers):
            for each in bare:
                text = desk.text(each.span)
                hundred = show_number(each.value * 100)
                desk.report("E413", each.span, helps=[Help("percent", edits=(Edit(each.span, f"{text}%"),)), Help("hundred")],
                            text=text, hundred=hundred)  # fmt: skip
            return True
    return False


def _rising(desk: Desk, rows: Sequence[tree.TierRow], nodes: Sequence[s.Row]) -> bool:
    """Whether bounds rise, as far as the text alone can tell: constants, or multiples of one expression."""
    for index in range(1, len(rows)):
        before, here = _multiple(rows[index - 1].bound), _multiple(rows[index].bound)
        if before is None or here is None or (before[1] != here[1] and before[0] != 0):
            continue
        if before[0] > here[0] or (before[0] == here[0] and not (rows[index - 1].owns and not rows[index].owns)):
            span = rows[index].bound.span or nodes[0].span
            last = rows[index - 1].bound.span
            desk.report("E410", span, remarks=[Remark(last, "before")] if last else [],
                        bound=desk.text(span), before=desk.text(last) if last else "")  # fmt: skip
            return False
    return True


def _multiple(bound: tree.Expr) -> tuple[Fraction, tree.Expr | None] | None:
    match bound:
        case tree.Constant(value=Fraction() as value):
            return value, None
        case tree.Multiply(left=tree.Constant(value=Fraction() as value), right=of):
            return value, of
        case _:
            return None


def weighted(
    desk: Desk, base: tree.Expr | None, written: s.Expression, node: s.Weights, place: Place
) -> tree.Expr | None:
    """`base weighted { … }`: shares of a whole, adding up to 100 %."""
    parts: list[tree.Part] = []
    sound = True
    for part in node.parts:
        value = desk.elaborate(part.value, place)
        if value is None:
            sound = False
            continue
        if value.type.unit != RATIO:
            desk.report("E417", part.value.span, got=unit_words(value.type.unit, desk.language))
            sound = False
            continue
        label = part.label.text if part.label else ""
        parts.append(tree.Part(part.weight.value, value, label, span=part.span))
    total = sum((each.weight.value for each in node.parts), Fraction(0))
    if total != 1 and not desk.is_broken(node.span):
        _wrong_total(desk, written, node, total, place)
        return None
    if not sound or base is None:
        return None
    merged = join(desk, [base, *(each.value for each in parts)], node.span)
    span = base.span.to(node.span) if base.span else node.span
    return merged and tree.Weighted(base, tuple(parts), type=merged, span=span)


def _wrong_total(desk: Desk, written: s.Expression, node: s.Weights, total: Fraction, place: Place) -> None:
    last = node.parts[-1]
    gap = 1 - total
    label = f'"{last.label.text}"' if last.label else ""
    sign = "\u00a0%" if desk.language == "fr" else "%"
    show = lambda value: show_number(value * 100, decimal="," if desk.language == "fr" else ".") + sign  # noqa: E731
    wanted = last.weight.value + gap
    helps = []
    if wanted > 0:
        helps.append(Help("change", {"weight": show(wanted), "label": label}, (Edit(last.weight.span, show(wanted)),)))
    if gap > 0:
        helps.append(Help("add", {"row": f'{show(gap)}: 0%  "…"'}))
    others = [Remark(each.weight.span) for each in node.parts[:-1]]
    desk.report(
        "E401", last.weight.span, mark="gap" if gap > 0 else "excess", remarks=others, helps=helps,
        owner=place.component or " ".join(desk.text(written.span).split()), total=show(total), gap=show(abs(gap)),
        base=" ".join(desk.text(written.span).split()),
    )  # fmt: skip
