"""Rate tables and weighted parts: bounds in the unit of what they cut, rising; values of one kind; weights of 100 %."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, Literal

from attrs import evolve, frozen

from incentive import tree
from incentive.checking import lookup
from incentive.checking.algebra import alike, join
from incentive.checking.clashes import value_words, warn_bare
from incentive.checking.describe import part_of, percent_words, table_words, unit_words
from incentive.checking.desk import Desk
from incentive.checking.per_fact import read_at_end, stacked
from incentive.checking.periods import carries_period
from incentive.checking.places import Place
from incentive.checking.units import RATIO, money
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import say

How = Literal["slice", "level", "every_level", "curve"]
_WORDS: Final = {
    "slice": {"from", "above"},
    "level": {"from", "above"},
    "every_level": {"from", "above"},
    "curve": {"at"},
}


@frozen
class _Cut:
    """A table in use: its rows, and what it cuts (None after a finding, or where nothing uses the table)."""

    how: How
    rows: Sequence[s.Row]
    subject: tree.Expr | None
    written: s.Expression
    span: Span
    name: str = ""


def banded(
    desk: Desk, subject: tree.Expr | None, written: s.Expression, node: s.Banded, place: Place
) -> tree.Expr | None:
    """`x by slice { … }`: a table applied to what stands before it."""
    cut = _Cut(node.how, node.rows, subject, written, node.span)
    rows = _rows(desk, cut, place)
    return None if rows is None or subject is None else _applied(desk, cut, subject, rows, place)


def looked_up(desk: Desk, scale: s.Scale, node: s.Call, place: Place) -> tree.Expr | None:
    """`name(x)`: the value of a named table at x; of a slice table, the sum over its slices."""
    if len(node.arguments) != 1:
        desk.report("E240", node.span, name=node.name.text, wanted="1", got=str(len(node.arguments)))
        return None
    subject = desk.elaborate(node.arguments[0], place if scale.how == "slice" else read_at_end(place))
    cut = _Cut(scale.how, scale.rows, subject, node.arguments[0], node.span, node.name.text)
    rows = _rows(desk, cut, place)
    if subject is None or rows is None:
        return None
    if scale.how == "slice":
        return _applied(desk, cut, subject, rows, place)
    kind = _value_type(desk, subject, rows, node.span)
    if kind is None:
        return None
    return tree.Tiers(scale.how, subject, rows, applied=False, type=kind, span=node.span, name=node.name.text)


def scale_alone(desk: Desk, scale: s.Scale, place: Place) -> None:
    """Check a table that nothing uses, so that its mistakes do not wait for its first use."""
    written = s.Path((scale.name,), span=scale.name.span)
    _rows(desk, _Cut(scale.how, scale.rows, None, written, scale.span, scale.name.text), place)


def _rows(desk: Desk, cut: _Cut, place: Place) -> tuple[tree.TierRow, ...] | None:
    if not cut.rows:
        if not desk.is_broken(cut.span):
            desk.report("E415", cut.span)
        return None
    rows: list[tree.TierRow] = []
    sound = True
    for node in cut.rows:
        if node.noted:
            desk.noted.add(node.span)
        if node.kind not in _WORDS[cut.how]:
            _wrong_word(desk, cut.how, node)
            sound = False
        bound = desk.elaborate(node.bound, place)
        value = desk.elaborate(node.value, place)
        if bound is not None and cut.subject is not None:
            bound = _bound(desk, cut, cut.subject, bound, node)
        if bound is None or value is None:
            sound = False
            continue
        rows.append(tree.TierRow(bound, node.kind != "above", value, span=node.span))
    mixed = [percent_left_out(desk, each) for each in ([n.value for n in cut.rows], [n.bound for n in cut.rows])]
    if any(mixed) or not _rising(desk, rows, cut.rows) or not sound:
        return None
    if cut.how != "curve" and _starts_above_zero(rows[0]):
        at = cut.rows[0].bound.span
        zero, nothing = _zero(desk, rows[0].bound.type.unit), _zero(desk, rows[0].value.type.unit)
        desk.report("W404", at, helps=[Help("row", {"zero": zero, "nothing": nothing})], bound=desk.text(at))
    return tuple(rows)


def _wrong_word(desk: Desk, how: How, node: s.Row) -> None:
    own = say("AT" if how == "curve" else "FROM", desk.language)
    word = desk.text(node.span).split()[0]
    at = node.span
    start = Span(at.start, at.start + len(word), at.line, at.column, at.line, at.column + len(word), at.file)
    helps = [Help("replace", {"own": own}, (Edit(start, own),))]
    desk.report("E414", start, helps=helps, word=word, how=table_words(how, desk.language))


def _zero(desk: Desk, unit: tree.Unit) -> str:
    """Nothing, as an author writes it in a unit."""
    match unit.kind:
        case "ratio":
            return percent_words(Fraction(0), desk.language)
        case "money":
            return f"0 {unit.currency}"
        case "rate":
            return f"0 {unit.currency} {say('PER', desk.language)} {unit.counted}"
        case _:
            return "0"


def _starts_above_zero(row: tree.TierRow) -> bool:
    return isinstance(row.bound, tree.Constant) and isinstance(row.bound.value, Fraction) and row.bound.value > 0


def _bound(desk: Desk, cut: _Cut, subject: tree.Expr, bound: tree.Expr, node: s.Row) -> tree.Expr | None:
    """The bound in the unit and the period of what it cuts."""
    one, two = subject.type.unit, bound.type.unit
    if one.kind != two.kind and not (one.kind == "count" and two.kind == "ratio"):
        _wrong_bound(desk, cut, subject, bound, node)
        return None
    if isinstance(subject, tree.Divide):
        warn_bare(desk, bound)
    pair = alike(desk, subject, bound, "cut")
    if pair is None:
        return None
    return pair[1] if join(desk, [subject, pair[1]], node.bound.span) is not None else None


def _wrong_bound(desk: Desk, cut: _Cut, subject: tree.Expr, bound: tree.Expr, node: s.Row) -> None:
    """Report a bound in another unit; a percentage is probably meant of the only input in money."""
    at, text = node.bound.span, desk.text(node.bound.span)
    helps: list[Help] = []
    percent = bound.type.unit.kind == "ratio" and text.rstrip().endswith("%")
    if subject.type.unit.kind == "money" and percent:
        currency = subject.type.unit.currency
        inputs = lookup.money_inputs(desk, currency)
        of = [*inputs, *lookup.money_names(desk, currency)]
        if of:
            fixed = part_of(text, of[0], desk.language)
            source = desk.source.of(at).text
            row = source[node.span.start : at.start] + fixed + source[at.end : node.span.end]
            only = len(inputs) == 1
            name = "of_only" if only else "of"
            helps = [Help(name, {"text": " ".join(row.split()), "input": of[0]}, (Edit(at, fixed),), safe=only)]
    desk.report(
        "E411",
        at,
        mark="percent" if percent else "",
        remarks=[Remark(cut.written.span, "subject")],
        helps=helps,
        how=table_words(cut.how, desk.language),
        subject=" ".join(desk.text(cut.written.span).split()),
        bound=text,
        wanted=unit_words(subject.type.unit, desk.language),
        got=value_words(desk, bound),
    )


def _applied(
    desk: Desk, cut: _Cut, subject: tree.Expr, rows: tuple[tree.TierRow, ...], place: Place
) -> tree.Expr | None:
    """The table applied to the whole of its subject, or slice by slice."""
    kind = _value_type(desk, subject, rows, cut.span)
    if kind is None:
        return None
    unit, value = subject.type.unit, kind.unit
    whole = subject.span.to(cut.span) if subject.span and not cut.name else cut.span
    if value.kind == "ratio":
        if unit.kind == "ratio" and cut.how != "slice":
            desk.report("E412", cut.span, how=table_words(cut.how, desk.language))
            return None
        result, applied = unit, True
    elif value.kind == "rate" and unit.kind == "count" and value.counted in {"", unit.counted}:
        result, applied = money(value.currency), True
    elif value.kind == "money" and unit.kind == "count" and cut.how == "slice":
        result, applied = value, True
    elif value.kind == "money" and cut.how != "slice":
        result, applied = value, False
    else:
        desk.report(
            "E416",
            rows[0].value.span or cut.span,
            got=unit_words(value, desk.language),
            subject=unit_words(unit, desk.language),
            how=table_words(cut.how, desk.language),
        )
        return None
    when = kind.grain.when if carries_period(result) else None
    made = tree.Type(result, evolve(kind.grain, when=when), kind.optional)
    return tree.Tiers(cut.how, stacked(desk, subject, place), rows, applied, type=made, span=whole, name=cut.name)


def _value_type(desk: Desk, subject: tree.Expr, rows: tuple[tree.TierRow, ...], span: Span) -> tree.Type | None:
    """The common unit of the values, with the grain of everything that the table reads."""
    first = rows[0].value
    for row in rows[1:]:
        if alike(desk, first, row.value, "alternatives") is None:
            return None
    merged = join(desk, [subject, *(each.bound for each in rows)], span)
    values = join(desk, [each.value for each in rows], span)
    if merged is None or values is None:
        return None
    when = merged.grain.when or values.grain.when
    return tree.Type(first.type.unit, evolve(merged.grain, when=when), merged.optional or values.optional)


def percent_left_out(desk: Desk, written: Sequence[s.Expression]) -> bool:
    """A bare number among percentages: a percent sign was left out, or a hundred times too much was meant."""
    numbers = [each for each in written if isinstance(each, s.Number)]
    bare = [each for each in numbers if not each.percent and each.value != 0]
    if not bare or not any(each.percent for each in numbers):
        return False
    sign = "\u00a0%" if desk.language == "fr" else "%"
    for each in bare:
        text = desk.text(each.span)
        fixed, hundred = f"{text}{sign}", percent_words(each.value, desk.language)
        helps = [Help("percent", {"text": fixed}, (Edit(each.span, fixed),)), Help("hundred", {"hundred": hundred})]
        desk.report("E413", each.span, helps=helps, text=text)
    return True


def _rising(desk: Desk, rows: Sequence[tree.TierRow], nodes: Sequence[s.Row]) -> bool:
    """Whether bounds rise, as far as the text alone can tell: constants, or multiples of one expression."""
    for index in range(1, len(rows)):
        before, here = _multiple(rows[index - 1].bound), _multiple(rows[index].bound)
        if before is None or here is None or (before[1] != here[1] and before[0] != 0):
            continue
        if before[0] > here[0] or (before[0] == here[0] and not (rows[index - 1].owns and not rows[index].owns)):
            span = rows[index].bound.span or nodes[0].span
            last = rows[index - 1].bound.span
            desk.report(
                "E410",
                span,
                remarks=[Remark(last, "before")] if last else [],
                bound=desk.text(span),
                before=desk.text(last) if last else "",
            )
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
    return None if merged is None else tree.Weighted(base, tuple(parts), type=merged, span=span)


def _wrong_total(desk: Desk, written: s.Expression, node: s.Weights, total: Fraction, place: Place) -> None:
    last = node.parts[-1]
    gap = 1 - total
    label = f'"{last.label.text}"' if last.label else ""
    wanted = last.weight.value + gap
    helps = []
    if wanted > 0:
        helps.append(
            Help(
                "change",
                {"weight": percent_words(wanted, desk.language), "label": label},
                (Edit(last.weight.span, percent_words(wanted, desk.language)),),
            )
        )
    if gap > 0:
        helps.append(Help("add"))
    others = [Remark(each.weight.span) for each in node.parts[:-1]]
    desk.report(
        "E401",
        last.weight.span,
        mark="gap" if gap > 0 else "excess",
        remarks=others,
        helps=helps,
        owner=place.component or " ".join(desk.text(written.span).split()),
        total=percent_words(total, desk.language),
        gap=percent_words(abs(gap), desk.language),
        base=" ".join(desk.text(written.span).split()),
    )
