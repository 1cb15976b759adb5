"""Aggregates of facts: one table, which rows, which date, whose."""

from __future__ import annotations

from typing import Literal

from incentive import tree
from incentive.checking.algebra import constant as make_constant
from incentive.checking.clauses import first_of, head_of, later, unique
from incentive.checking.conditions import condition
from incentive.checking.conversions import before_its_day
from incentive.checking.credits import credited
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.exchange import own_currency
from incentive.checking.places import Place
from incentive.checking.proofs import knowing
from incentive.checking.recurring import recurring
from incentive.checking.splits import split_credit
from incentive.checking.units import DATE, PARTICIPANT, count
from incentive.diagnostics import Edit, Help, Span
from incentive.language import syntax as s
from incentive.language.words import say


def declare_measures(desk: Desk) -> None:
    """Aggregates of facts."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Measure):
            desk.measures[name] = _measure(desk, name, symbol.node)


def _measure(desk: Desk, name: str, node: s.Measure) -> tree.Measure | None:
    unique(desk, node.clauses, _measure_clause)
    aggregate, dated = first_of(node.clauses, s.Aggregate), first_of(node.clauses, s.Dated)
    _complete(desk, name, node)
    later_clauses = [each for each in node.clauses if isinstance(each, s.Later)]
    for clause in later_clauses:
        later(desk, clause)
    table = _table_of(desk, aggregate, node) if aggregate else None
    if table is None or aggregate is None:
        return None
    place = Place(window=None, table=table)
    where_node, credit_node = first_of(node.clauses, s.Where), first_of(node.clauses, s.Credit)
    where = condition(desk, where_node.condition, place) if where_node else None
    inside = knowing(place, where) if where is not None else place
    value = _aggregated(desk, aggregate, table, inside)
    day = _day(desk, dated, place) if dated else None
    again = recurring(desk, dated, aggregate, place) if dated and dated.every is not None else None
    split_node = first_of(node.clauses, s.BySplit)
    credit = credited(desk, credit_node, place) if credit_node else None
    if split_node is not None:
        credit = split_credit(desk, split_node, inside)
    shows = [desk.elaborate(path, place) for each in node.clauses if isinstance(each, s.Show) for path in each.paths]
    if value is False:
        return None
    unit = count(table) if value is None or aggregate.how == "count_distinct" else value.type.unit
    label = node.label.text if node.label else ""
    lacking = (where_node is not None and where is None) or (credit is None and (credit_node or split_node) is not None)
    if day is None or again is False or lacking or later_clauses or desk.is_broken(node.span):
        return _stand_in(desk, node, table, aggregate, unit)
    fields = tuple(each for each in shows if isinstance(each, tree.FieldValue))
    at = node.name.span
    return tree.Measure(name, label, table, aggregate.how, value, where, day, credit, fields, unit, again, span=at)


def _complete(desk: Desk, name: str, node: s.Measure) -> None:
    """What a measure adds up and which date counts must be said."""
    if desk.is_broken(node.span):
        return
    for kind, wanted, shown in ((s.Aggregate, "aggregate", "SUM"), (s.Dated, "dated", "DATED")):
        unread = any(isinstance(each, s.Later) for each in node.clauses)  # it may be what is missing here
        if first_of(node.clauses, kind) is None and not unread:
            helps = [Help(f"example_{wanted}")]
            desk.report("E230", head_of(desk, node.span), block=name, clause=say(shown, desk.language), helps=helps)


def _day(desk: Desk, node: s.Dated, place: Place) -> tree.Expr | None:
    """The date that puts a row in a period."""
    value = desk.elaborate(node.value, place)
    if value is None:
        return None
    if value.type.unit.kind in {"date", "timestamp"}:
        return None if before_its_day(desk, value) else value
    desk.report("E313", node.value.span, got=unit_words(value.type.unit, desk.language))
    return None


def _stand_in(desk: Desk, node: s.Measure, table: str, aggregate: s.Aggregate, unit: tree.Unit) -> tree.Measure:
    """A measure with a mistake elsewhere still has a unit, so that what uses it is still checked."""
    at = node.name.span
    day = make_constant(desk.header.first_day, DATE, at)
    who = tree.Credit(tree.CreditPath(tree.FieldValue((), type=tree.Type(PARTICIPANT), span=at)), overlay=False)
    return tree.Measure(node.name.text, "", table, aggregate.how, None, None, day, who, (), unit, span=at)


def _measure_clause(clause: s.Node) -> str | None:
    names: dict[type[s.Node], str] = {
        s.Aggregate: "aggregate",
        s.Where: "where",
        s.Dated: "dated",
        s.Credit: "credit",
        s.BySplit: "credit",
    }
    return names.get(type(clause))


def _table_of(desk: Desk, node: s.Aggregate, measure: s.Measure) -> str | None:
    """The one table whose rows a measure adds up: the first name of the paths it aggregates."""
    names = [each for each in first_names(node.value) if each.text in desk.symbols or each.text in desk.lost]
    tables = [each for each in names if each.text in desk.symbols and desk.symbols[each.text].kind == "facts"]
    distinct = list(dict.fromkeys(each.text for each in tables))
    if len(distinct) > 1:
        desk.report("E242", tables[-1].span, first=distinct[0], second=distinct[1])
    if distinct:
        if distinct[0] not in desk.tables:
            return None
        for each in tables:
            desk.use(each)
        return distinct[0] if len(distinct) == 1 else None
    facts = [n for n, each in desk.symbols.items() if each.kind == "facts"]
    first = next(iter(first_names(node.value)), None)
    if first is not None and first.text not in desk.symbols:
        owners = [each for each in facts if _has(desk, each, first.text)]
        if len(owners) == 1 or (owners and first.text not in desk.lost):
            helps = [Help("field", {"near": f"{each}.{first.text}"}, (_before(first, each),)) for each in owners]
            desk.report("E241", first.span, helps=helps, tables=", ".join(facts), name=measure.name.text)
        else:
            desk.miss(first, more=facts)
    elif not any(each.text in desk.lost for each in names):
        desk.report("E241", node.span, tables=", ".join(facts), name=measure.name.text)
    return None


def _has(desk: Desk, table: str, field: str) -> bool:
    made = desk.tables.get(table)
    return made is not None and any(each.name == field for each in made.fields)


def _before(name: s.Name, table: str) -> Edit:
    at = name.span
    return Edit(Span(at.start, at.start, at.line, at.column, at.line, at.column, at.file), f"{table}.")


def first_names(node: s.Expression) -> list[s.Name]:
    """The first names of the paths in an expression, where tables and fields stand."""
    match node:
        case s.Path(parts=parts):
            return [parts[0]]
        case s.Group(value=value) | s.Negative(value=value) | s.Over(value=value):
            return first_names(value)
        case s.Converted(value=value) | s.OnDay(value=value):
            return first_names(value)
        case s.Sum(terms=terms):
            return [name for each in terms for name in first_names(each)]
        case s.Product(first=first, factors=factors):
            inner = [name for each in factors if isinstance(each, s.Binary) for name in first_names(each.value)]
            return [*first_names(first), *inner]
        case s.Fallback(values=values) | s.If(values=values):
            return [name for each in values for name in first_names(each)]
        case s.Call(arguments=arguments):
            return [name for each in arguments for name in first_names(each)]
        case _:
            return []


def _aggregated(desk: Desk, node: s.Aggregate, table: str, place: Place) -> tree.Expr | Literal[False] | None:
    """What is added up: None for a plain count, False after a finding."""
    path = node.value
    if node.how == "count":
        if not (isinstance(path, s.Path) and len(path.parts) == 1 and path.parts[0].text == table):
            desk.report("E248", path.span, text=desk.text(path.span), table=table)
            return False
        return None
    value = desk.elaborate(path, place)
    if value is None:
        return False
    if value.type.unit.kind == "own_money":
        own_currency(desk, value)
        return False
    if node.how == "count_distinct":
        return value
    if value.type.unit.kind not in {"money", "ratio", "count", "days", "hours", "rate"}:
        desk.report(
            "E310",
            path.span,
            clause=desk.text(node.span).split()[0],
            wanted=noun("figure", desk.language),
            got=unit_words(value.type.unit, desk.language),
        )
        return False
    if value.type.optional:
        fallback = "0" if value.type.unit.kind != "money" else f"0 {value.type.unit.currency}"
        word_ = "à défaut" if desk.language == "fr" else "if missing"
        present = "n'est pas absent" if desk.language == "fr" else "is not missing"
        text = desk.text(path.span)
        absent = "est non absent" if desk.language == "fr" else present
        desk.report(
            "E331",
            path.span,
            text=text,
            helps=[
                Help("fallback", {"text": f"({text} {word_} {fallback})"}),
                Help("filter", {"text": f"{say('WHERE', desk.language)} {_bare(text, table)} {absent}"}),
            ],
        )
        return False
    return value


def _bare(text: str, table: str) -> str:
    return text.removeprefix(f"{table}.")
