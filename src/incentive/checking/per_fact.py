"""Pay of each fact alone: which facts, what a name means for one of them, and what may stand beside it.

`pay each` is about rows, and a component is about a person and a period. What leads from one to the other is a measure:
it says which rows count, on which day, and for whom in which part. So a formula for each fact names measures; there a
measure is the part of the fact in hand, and everything that is not of the fact stays what it is for the period.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, fields

from incentive import tree
from incentive.checking.clauses import first_of
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk
from incentive.checking.places import Place
from incentive.checking.rows import field_value, is_field
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, say, spelling

_ADDED = frozenset({"sum", "count"})
_ORDERED = frozenset(
    {"date", "timestamp", "text", "choice", "money", "ratio", "count", "rate", "days", "hours", "months"}
)


# ---- which facts -----------------------------------------------------------------------------------------------------
def fact_place(desk: Desk, pay: s.Pay, node: s.Component, place: Place) -> Place | None:
    """Where a formula for each fact stands; None after a finding."""
    limits = [each.value for each in node.clauses if isinstance(each, s.Limit) and each.each]
    named = _named(desk, [pay.value, *limits], place)
    if not named:
        _nameless(desk, pay, place)
        return None
    measure = desk.measures.get(named[0].text)
    if measure is None:
        return None
    stacked = first_of(node.clauses, s.Stacked) is not None
    return evolve(place, fact=measure.table, first=named[0], event=True, stacked=stacked)


def summed(desk: Desk, value: tree.Expr, place: Place, span: Span, order: tuple[tree.FieldValue, ...]) -> tree.Expr:
    """The sum over the facts that count in a measure that their formula names."""
    parts = {each.name: each for each in _inside(desk, value) if isinstance(each, tree.FactPart)}
    own = tree.Grain("", place.window)
    measures = tuple(
        tree.MeasureValue(name, type=tree.Type(each.type.unit, evolve(own, who=each.type.grain.who)), span=each.span)
        for name, each in ((name, parts[name]) for name in desk.measures if name in parts)
    )
    kind = tree.Type(value.type.unit, tree.Grain(value.type.grain.who, place.window))
    return tree.Each(place.fact, measures, value, order, type=kind, span=span)


def _inside(desk: Desk, value: tree.Expr) -> Iterator[tree.Expr]:
    """Everything in a formula and in the definitions that it reads for each fact."""
    todo, seen = [value], set[str]()
    while todo:
        for each in tree.walk(todo.pop()):
            yield each
            if isinstance(each, tree.LetValue) and each.type.grain.row and each.name not in seen:
                seen.add(each.name)
                made = desk.lets.get(each.name)
                todo += [made.value] if made is not None else []


def _named(desk: Desk, written: Sequence[s.Expression], place: Place) -> list[s.Name]:
    """The measures that formulas name without a window of their own, definitions included, each once."""
    found: dict[str, s.Name] = {}
    todo: list[tuple[s.Name, s.Expression]] = []
    seen: set[str] = set()

    def read(name: s.Name, at: s.Name) -> None:
        local = place.locals.get(name.text)
        symbol = desk.symbols.get(name.text)
        if local is None and symbol is not None and symbol.kind == "measure":
            found.setdefault(name.text, s.Name(name.text, span=at.span))
        definition = local or (symbol.node if symbol is not None and isinstance(symbol.node, s.Let) else None)
        if definition is not None and name.text not in seen:
            seen.add(name.text)
            todo.append((at, definition.value))

    for name in (name for each in written for name in _names(each)):
        read(name, name)
    while todo:
        at, value = todo.pop(0)
        for name in _names(value):
            read(name, at)
    return list(found.values())


def _names(node: s.Node) -> Iterator[s.Name]:
    """The names that stand alone in an expression, but for those over a window of their own."""
    todo: list[object] = [node]
    while todo:
        match todo.pop():
            case s.Path(parts=(name,)):
                yield name
            case s.Path() | s.Over() | s.Name():
                pass
            case s.Call(arguments=arguments):
                todo += reversed(arguments)
            case s.Node() as each:
                todo += [getattr(each, field.name) for field in reversed(fields(type(each)))]
            case tuple() as several:
                todo += reversed(several)
            case _:
                pass


def _nameless(desk: Desk, pay: s.Pay, place: Place) -> None:
    """Report a formula for each fact that names no measure; with a measure that adds the same, how to name it."""
    tables = list(dict.fromkeys(path.parts[0].text for path in _paths(pay.value) if path.parts[0].text in desk.tables))
    known = {**desk.symbols, **place.locals}
    if not tables and any(name.text not in known for name in _names(pay.value)):
        desk.elaborate(pay.value, place)  # a name that means nothing is said to be so
        return
    wanted = [
        each
        for each in desk.measures.values()
        if each is not None and each.aggregate in _ADDED and (not tables or each.table in tables)
    ]
    helps = [Help("name", {"names": ", ".join(each.name for each in wanted)})] if wanted else []
    for path in _paths(pay.value):
        value = tree.show(tree.FieldValue(tuple(tree.Hop(each.text, "row") for each in path.parts[1:]), type=_NOTHING))
        same = [each for each in wanted if each.value is not None and tree.show(each.value) == value]
        if len(path.parts) > 1 and same:
            text = desk.text(path.span)
            helps = [Help("replace", {"near": each.name, "text": text}, (Edit(path.span, each.name),)) for each in same]
            break
    desk.report("E550", pay.value.span, helps=helps, text=" ".join(desk.text(pay.value.span).split()))


_NOTHING = tree.Type(tree.Unit("text"))


def _paths(node: s.Node) -> Iterator[s.Path]:
    todo: list[object] = [node]
    while todo:
        match todo.pop():
            case s.Path() as path:
                yield path
            case s.Node() as each:
                todo += [getattr(each, field.name) for field in reversed(fields(type(each)))]
            case tuple() as several:
                todo += reversed(several)
            case _:
                pass


# ---- names beside a fact ---------------------------------------------------------------------------------------------
def field_of_fact(desk: Desk, node: s.Path, place: Place) -> tree.Expr | bool | None:
    """A field of the fact in hand, None after a finding; False for a name that means something else.

    What the plan defines goes before a field of the same name: `margin` may be both, and the measure is meant.
    """
    first = node.parts[0]
    if first.text != place.fact and (first.text in desk.symbols or first.text in place.locals):
        return False
    here = evolve(place, table=place.fact)
    field = field_value(desk, node, here)
    return field if field is not None or is_field(desk, first, here) else False


def fact_part(desk: Desk, name: str, span: Span, place: Place) -> tree.Expr | None:
    """What the fact in hand credited in a measure."""
    measure, other = desk.measures.get(name), desk.measures.get(place.first.text) if place.first else None
    if measure is None or other is None or place.first is None:
        return None
    if measure.aggregate not in _ADDED:
        text = f"{name} {say('OVER', desk.language)} {spelling(PERIODS, desk.header.period, desk.language)}"
        desk.report("E551", span, helps=[Help("over", {"text": text})], name=name, table=measure.table)
        return None
    if measure.table != other.table or (measure.dated, measure.again) != (other.dated, other.again):
        apart = measure.table != other.table
        one, two = (each.table if apart else _day(desk, each) for each in (measure, other))
        desk.report(
            "E552", span, mark="table" if apart else "day", remarks=[Remark(place.first.span, "first")],
            name=name, of=one, other=other.name, other_of=two,
        )  # fmt: skip
        return None
    who = "participant" if measure.credit is not None else "company"
    grain = tree.Grain(who, place.window if place.stacked else None, place.fact)  # what is stacked fills the window
    return tree.FactPart(name, place.through, type=tree.Type(measure.unit, grain), span=span)


def _day(desk: Desk, measure: tree.Measure) -> str:
    """The day of a measure's facts, as it is shown."""
    day = tree.show(measure.dated, desk.language)
    if measure.again is None:
        return day
    return f"{day}, {say('EACH', desk.language)} {spelling(PERIODS, measure.again.every, desk.language)}"


def stacked(desk: Desk, subject: tree.Expr, place: Place) -> tree.Expr:
    """What a table cuts: where facts fill it one after the other, their figures are stacked."""
    if not place.stacked or place.through:
        return subject
    adds = any(isinstance(each, tree.FactPart) for each in _inside(desk, subject))
    return tree.Stacked(subject, type=subject.type, span=subject.span) if adds else subject


def read_at_end(place: Place) -> Place:
    """Where what a table is asked for stands: where facts are stacked, at the end of the fact in hand."""
    return evolve(place, through=True) if place.stacked else place


def of_fact(value: tree.Expr) -> bool:
    """Whether a value may differ between facts of one person and period."""
    return any(
        isinstance(each, tree.FactPart | tree.FieldValue)
        or (isinstance(each, tree.ParameterValue | tree.Converted) and each.at == "event")
        or (isinstance(each, tree.LetValue) and bool(each.type.grain.row))
        for each in tree.walk(value)
    )


# ---- clauses beside `pay each` ---------------------------------------------------------------------------------------
def limits_in_order(desk: Desk, node: s.Component, pay: s.Pay | None) -> bool:
    """Whether limits of each fact stand where they act: beside `pay each`, before what acts on the line."""
    sound = True
    before: s.Node | None = None
    for clause in node.clauses:
        if isinstance(clause, s.Limit) and clause.each:
            sound = _limit(desk, clause, pay, before) and sound
        elif isinstance(clause, s.Limit | s.When | s.GatedBy) and before is None:
            before = clause
    return sound


def order_of(desk: Desk, node: s.Component, pay: s.Pay | None, place: Place) -> tuple[tree.FieldValue, ...] | None:
    """The order in which facts are stacked, empty where they are not; None after a finding."""
    clause = first_of(node.clauses, s.Stacked)
    if clause is None or pay is None:
        return ()
    text = " ".join(desk.text(clause.span).split())
    if not pay.each:
        fixed = f"{say('PAY', desk.language)} {say('EACH', desk.language)}"
        helps = [Help("each", {"text": fixed}, (Edit(_at(pay.value.span), f"{say('EACH', desk.language)} "),))]
        desk.report("E557", clause.span, remarks=[Remark(pay.span)], helps=helps, text=text)
        return None
    table = desk.tables.get(place.fact)
    if table is None:
        return None
    fields: list[tree.FieldValue] = []
    for path in clause.paths:
        value = desk.elaborate(path, Place(window=None, table=place.fact))
        if not isinstance(value, tree.FieldValue):
            return None
        if value.type.unit.kind not in _ORDERED:
            desk.report("E558", path.span, text=desk.text(path.span), got=unit_words(value.type.unit, desk.language))
            return None
        fields.append(value)
    if table.key is None or [hop.name for hop in fields[-1].path] != [table.key]:
        whole = f"{text}, {table.key}"
        end = clause.span
        edit = Edit(
            Span(end.end, end.end, end.end_line, end.end_column, end.end_line, end.end_column, end.file),
            f", {table.key}",
        )
        key = say("KEY", desk.language)
        helps = [Help("key", {"text": whole}, (edit,))] if table.key else [Help("declare", {"key": key})]
        desk.report("E559", clause.paths[-1].span, helps=helps, text=text, table=table.name)
        return None
    return tuple(fields)


def reads_order(desk: Desk, value: tree.Expr, node: s.Component) -> None:
    """Warn of an order that no table reads."""
    clause = first_of(node.clauses, s.Stacked)
    if clause is None:
        return
    if not any(
        isinstance(each, tree.Stacked) or (isinstance(each, tree.FactPart) and each.through)
        for each in _inside(desk, value)
    ):
        desk.report("W423", clause.span, text=" ".join(desk.text(clause.span).split()))


def _limit(desk: Desk, clause: s.Limit, pay: s.Pay | None, before: s.Node | None) -> bool:
    """Whether a limit of each fact stands where it acts."""
    text = " ".join(desk.text(clause.span).split())
    if pay is not None and not pay.each:
        fixed = f"{say('PAY', desk.language)} {say('EACH', desk.language)}"
        at = pay.value.span
        helps = [Help("each", {"text": fixed}, (Edit(_at(at), f"{say('EACH', desk.language)} "),)), Help("whole")]
        desk.report("E553", clause.span, remarks=[Remark(pay.span)], helps=helps, text=text, each=fixed)
        return False
    if before is not None:
        above = " ".join(desk.text(before.span).split())
        desk.report("E554", clause.span, remarks=[Remark(before.span)], text=text, above=above)
        return False
    return True


def _at(span: Span) -> Span:
    return Span(span.start, span.start, span.line, span.column, span.line, span.column, span.file)
