"""Lines of the statement: what is paid, what limits it, over which window it accumulates, and its one rounding."""

from __future__ import annotations

from attrs import evolve

from incentive import tree
from incentive.checking.accumulating import warn_of_changes
from incentive.checking.algebra import join
from incentive.checking.clashes import clash, conversions, shown, value_words
from incentive.checking.clauses import first_of, head_of, later, period_word, unique
from incentive.checking.contradictions import limits
from incentive.checking.describe import noun, unit_words, window_words
from incentive.checking.desk import Desk
from incentive.checking.gates import gated, once_each
from incentive.checking.lookup import money_names
from incentive.checking.mismatches import declared_period, mismatch
from incentive.checking.per_fact import fact_place, limits_in_order, order_of, reads_order, summed
from incentive.checking.periods import length, together, whole
from incentive.checking.places import Place
from incentive.checking.pools import divided
from incentive.checking.slips import slip
from incentive.checking.units import money, same
from incentive.diagnostics import Help, Remark
from incentive.language import syntax as s
from incentive.language.words import PERIODS, meaning, say, spelling

_Step = s.Limit | s.When | s.GatedBy


def make_components(desk: Desk) -> None:
    """Every component of the plan, in its order."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Component):
            desk.lines[name] = _component(desk, name, symbol.node)


def _component(desk: Desk, name: str, node: s.Component) -> tree.Component | None:
    for clause in node.clauses:
        if isinstance(clause, s.Later):
            later(desk, clause)
    unique(desk, node.clauses, _name_of)
    once_each(desk, node.clauses)
    locals_ = _locals(desk, node)
    own = whole(desk.header.period)
    over = _accumulated(desk, first_of(node.clauses, s.Accumulate))
    place = Place(window=over or own, component=name, locals=locals_)
    paying = first_of(node.clauses, s.Pay)
    steps = [each for each in node.clauses if isinstance(each, _Step) and not (isinstance(each, s.Limit) and each.each)]
    ordered = limits_in_order(desk, node, paying)
    if paying is not None and not paying.each:
        ordered = order_of(desk, node, paying, place) is not None and ordered
    pay = _pay(desk, paying, node, place) if ordered else None
    if over is not None and pay is not None:
        warn_of_changes(desk, pay, over)
    inner, outer = _sides(desk, steps, over)
    value = pay
    for step in inner:
        value = _step(desk, value, step, place, over or own)
    if over is not None and value is not None:
        value = _rounded(desk, value, node)
        value = tree.Increase(
            value, over, type=tree.Type(value.type.unit, evolve(value.type.grain, when=own)), span=node.name.span
        )
    after = evolve(place, window=own)
    for step in outer:
        value = _step(desk, value, step, after, own)
    if over is None or outer:
        value = _rounded(desk, value, node) if value is not None else None
    _unused_locals(desk, name, locals_, place)
    if value is not None:
        _limits(desk, value)
    if value is None or any(isinstance(each, s.Later) for each in node.clauses):
        return None
    return tree.Component(name, node.label.text if node.label else "", value, span=node.name.span)


def _name_of(clause: s.Node) -> str | None:
    match clause:
        case s.Pay():
            return "pay"
        case s.Accumulate():
            return "accumulate"
        case s.When():
            return "when"
        case s.Stacked():
            return "stacked"
        case _:
            return None


def _locals(desk: Desk, node: s.Component) -> dict[str, s.Let]:
    out: dict[str, s.Let] = {}
    for clause in node.clauses:
        if not isinstance(clause, s.Let):
            continue
        first = out.get(clause.name.text)
        other = desk.symbols.get(clause.name.text)
        if first is not None or other is not None:
            span = first.name.span if first is not None else other.name.span  # type: ignore[union-attr]
            desk.report(
                "E210",
                clause.name.span,
                remarks=[Remark(span, "first")],
                name=clause.name.text,
                first_line=str(span.line),
                kind=noun("let", desk.language),
            )
            continue
        out[clause.name.text] = clause
    return out


def _unused_locals(desk: Desk, name: str, locals_: dict[str, s.Let], place: Place) -> None:
    """A definition that the lines do not use is still checked."""
    for key, clause in locals_.items():
        if f"{name}.{key}" not in desk.made:
            desk.idle.append(clause.name)
            path = s.Path((clause.name,), span=clause.name.span)
            desk.elaborate(path, place)


def _accumulated(desk: Desk, clause: s.Accumulate | None) -> tree.Window | None:
    if clause is None:
        return None
    kind = period_word(desk, clause.period)
    if kind is None:
        return None
    if length(kind) <= length(desk.header.period):
        desk.report(
            "E512",
            clause.period.span,
            word=clause.period.text,
            period=spelling(PERIODS, desk.header.period, desk.language),
        )
        return None
    return tree.Window("to_date", kind)


def _pay(desk: Desk, clause: s.Pay | None, node: s.Component, place: Place) -> tree.Expr | None:
    if clause is None:
        later_pay = any(isinstance(each, s.Later) for each in node.clauses)
        if not desk.is_broken(node.span) and not later_pay:
            desk.report(
                "E230",
                head_of(desk, node.span),
                block=node.name.text,
                clause=say("PAY", desk.language),
                helps=[Help("example_pay")],
            )
        return None
    inside = fact_place(desk, clause, node, place) if clause.each else place
    value = None if inside is None else desk.elaborate(clause.value, inside)
    if value is None or inside is None:
        if clause.shared is not None:
            divided(desk, None, clause, clause.shared, place)
        return None
    wanted = money(desk.header.currency)
    if value.type.unit.kind != "money":
        _not_money(desk, clause, value, wanted)
        return None
    if not isinstance(same(value.type.unit, wanted), tree.Unit):
        _foreign(desk, clause, value)
        return None
    when, own = value.type.grain.when, place.window
    assert own is not None
    if clause.each:
        return _for_each(desk, value, clause, node, inside, place)
    if when is not None and isinstance(together(own, when), str):
        kind = f"{say('OVER', desk.language)} {spelling(PERIODS, when.kind, desk.language)}"
        longer = when.shape == "whole" and length(when.kind) > length(desk.header.period) and own.shape == "whole"
        helps = [Help("accumulate", {"text": f"{say('ACCUMULATE', desk.language)} {kind}"})] if longer else []
        got, paid = window_words(when, desk.language), window_words(own, desk.language)
        at = declared_period(desk, value)
        if at is not None:
            desk.report_once(
                "E503", clause.value.span, at, remarks=[Remark(at, "declared")], helps=helps, got=got, wanted=paid
            )
        else:
            desk.report("E503", clause.value.span, helps=helps, got=got, wanted=paid)
        return None
    if when is None:  # what has a window of its own, such as the month before, keeps it: it is what the figure reads
        value = evolve(value, type=evolve(value.type, grain=evolve(value.type.grain, when=own)))
    return value if clause.shared is None else divided(desk, value, clause, clause.shared, place)


def _for_each(  # noqa: PLR0913, PLR0917 - a clause, and where its two sides stand
    desk: Desk, value: tree.Expr, clause: s.Pay, node: s.Component, inside: Place, place: Place
) -> tree.Expr | None:
    """Pay of each fact, its limits, and the sum."""
    found: tree.Expr | None = value
    window = inside.window
    assert window is not None
    for step in (each for each in node.clauses if isinstance(each, s.Limit) and each.each):
        found = _step(desk, found, step, inside, window)
    order = order_of(desk, node, clause, inside)
    if found is None or order is None:
        return None
    reads_order(desk, found, node)
    made = summed(desk, found, inside, clause.span, order)
    return made if clause.shared is None else divided(desk, made, clause, clause.shared, place)


def _not_money(desk: Desk, clause: s.Pay, value: tree.Expr, wanted: tree.Unit) -> None:
    """Report pay that is not money; a percentage alone is probably meant of a measure."""
    helps: list[Help] = []
    text, of = desk.text(clause.value.span), money_names(desk, wanted.currency)
    pay = say("PAY", desk.language)
    if isinstance(value, tree.Constant) and text.endswith("%") and of:
        helps = [Help("of", {"text": f"{pay} {text} {say('OF', desk.language)} {of[0]}"})]
    words = unit_words(wanted, desk.language)
    desk.report("E310", clause.value.span, helps=helps, clause=pay, wanted=words, got=value_words(desk, value))


def _foreign(desk: Desk, clause: s.Pay, value: tree.Expr) -> None:
    """Report pay in another currency than the plan's."""
    text, got, wanted = desk.text(clause.value.span), value.type.unit.currency, desk.header.currency
    if isinstance(value, tree.Constant):
        helps = [Help("use")]
    else:
        helps = conversions(desk, f"({text})", got, wanted, clause.value.span)
    at = desk.header.currency_span
    remarks = [Remark(at, "plan")] if at else []
    desk.report("E322", clause.value.span, remarks=remarks, helps=helps, got=got, wanted=wanted)


def _sides(desk: Desk, steps: list[_Step], over: tree.Window | None) -> tuple[list[_Step], list[_Step]]:
    """Which steps see the window to date, and which see the increase of the period."""
    if over is None:
        return steps, []
    inner: list[_Step] = []
    outer: list[_Step] = []
    for step in steps:
        kind = scope(desk, step.value)[1] if isinstance(step, s.Limit) else None
        (inner if kind == over.kind else outer).append(step)
    return inner, outer


def scope(desk: Desk, value: s.Expression) -> tuple[s.Expression, str | None, s.Name | None]:
    """The limit without its `per PERIOD`, and that period."""
    if isinstance(value, s.Product) and value.factors:
        last = value.factors[-1]
        if isinstance(last, s.Binary) and last.operator == "per" and isinstance(last.value, s.Path):
            name = last.value.parts[0]
            kind = meaning(PERIODS, name.text, desk.language)
            if kind is None and name.text not in desk.symbols and len(last.value.parts) == 1:
                kind = slip(desk, name, PERIODS)
            if kind is not None and len(last.value.parts) == 1 and name.text not in desk.symbols:
                rest = value.factors[:-1]
                return (s.Product(value.first, rest, span=value.span) if rest else value.first), kind, name
    return value, None, None


def _step(desk: Desk, value: tree.Expr | None, step: _Step, place: Place, own: tree.Window) -> tree.Expr | None:
    if isinstance(step, s.GatedBy):
        return gated(desk, value, step)
    if isinstance(step, s.When):
        test = desk.elaborate(step.condition, place)
        if test is None or value is None:
            return None
        if test.type.unit.kind != "yes_no":
            desk.report("E311", step.condition.span, got=unit_words(test.type.unit, desk.language))
            return None
        return tree.When(test, value, type=value.type, span=step.span)
    written, kind, name = scope(desk, step.value)
    if place.fact and name is not None:
        whole = " ".join(desk.text(step.span).split())
        desk.report("E555", name.span, text=whole, word=name.text, clause=desk.text(step.span).split()[0])
        return None
    if kind is not None and name is not None and kind not in {own.kind, desk.header.period}:
        desk.report(
            "E502",
            name.span,
            helps=[Help("accumulate")],
            clause=desk.text(step.span).split()[0],
            word=name.text,
            period=spelling(PERIODS, desk.header.period, desk.language),
            accumulate=f"{say('ACCUMULATE', desk.language)} {say('OVER', desk.language)} {name.text}",
        )
        return None
    limit = desk.elaborate(written, place)
    if limit is None or value is None:
        return None
    if not isinstance(same(limit.type.unit, value.type.unit), tree.Unit):
        if limit.type.unit.kind == "money":
            clash(desk, "E301", value, limit, "compared")
        else:
            desk.report(
                "E310",
                written.span,
                clause=desk.text(step.span).split()[0],
                wanted=unit_words(value.type.unit, desk.language),
                got=unit_words(limit.type.unit, desk.language),
            )
        return None
    when = limit.type.grain.when
    if when is not None and not place.fact and isinstance(together(own, when), str):
        mismatch(desk, limit, value, written.span)
        return None
    merged = join(
        desk, [value, evolve(limit, type=evolve(limit.type, grain=evolve(limit.type.grain, when=None)))], step.span
    )
    if merged is None:
        return None
    make = tree.Cap if step.clause == "cap" else tree.Floor
    return make(value, limit, type=merged, span=step.span)


def _limits(desk: Desk, value: tree.Expr) -> None:
    """Report caps below zero, and caps below a floor."""
    for each in limits(value):
        match each:
            case (cap, floor):
                at, other = floor.span, cap.span
                if at is not None and other is not None:
                    most, least = shown(desk, cap.limit), shown(desk, floor.limit)
                    desk.report("E404", at, remarks=[Remark(other)], cap=most, floor=least)
            case tree.Cap(limit=limit, span=span) if span is not None:
                desk.report("E405", span, cap=shown(desk, limit))
            case _:
                pass


def _rounded(desk: Desk, value: tree.Expr, node: s.Component) -> tree.Expr:
    return tree.Rounded(value, desk.header.rounding_step, desk.header.rounding, type=value.type, span=node.name.span)
