"""What the plan declares: tables, people, inputs, parameters, measures, groups."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from attrs import evolve

from incentive import tree
from incentive.checking.algebra import constant as make_constant
from incentive.checking.constants import fold
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Declared, Desk, Symbol, nearest
from incentive.checking.figures import person_field, unknown_field
from incentive.checking.header import currency_word, head_of, later, unique, word
from incentive.checking.places import Place
from incentive.checking.units import DATE, PARTICIPANT, RATIO, TEXT, TIMESTAMP, YES_NO, count, money
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import HOLDERS, PEOPLE_TABLE, PERIODS, TYPES, meaning, say, spelling, spellings
from incentive.quantities import PeriodKind

_PER_YEAR = {"week": 52, "month": 12, "quarter": 4, "half": 2, "year": 1}


def declare_tables(desk: Desk) -> None:
    """Tables first, since every other name may lead to a field."""
    for name, symbol in desk.symbols.items():
        if symbol.kind != "facts" or not isinstance(symbol.node, s.Facts):
            continue
        fields = _fields(desk, symbol.node)
        if meaning(PEOPLE_TABLE, name, desk.language):
            desk.people = {each.name: each for each in fields}
            continue
        if not fields and not desk.is_broken(symbol.node.span):
            desk.report("E230", head_of(desk, symbol.node.span), block=name, clause=noun("field", desk.language))
        label = symbol.node.label.text if symbol.node.label else ""
        desk.tables[name] = tree.Table(name, label, tuple(fields), span=symbol.node.span)
    for table in desk.tables.values():
        for field in table.fields:
            target = desk.tables.get(field.unit.table)
            if field.unit.kind == "row" and target is not None and target.key is None:
                span = field.span or desk.symbols[table.name].name.span
                desk.report("E244", span, field=field.name, table=target.name, key=say("KEY", desk.language))


def _fields(desk: Desk, node: s.Facts) -> list[tree.Field]:
    fields: dict[str, tree.Field] = {}
    keys = 0
    for clause in node.clauses:
        if not isinstance(clause, s.Field):
            continue
        name = clause.name
        if name.text in fields:
            first = fields[name.text].span
            desk.report("E212", name.span, remarks=[Remark(first, "first")] if first else [], field=name.text,
                        table=node.name.text, first_line=str(first.line) if first else "")  # fmt: skip
            continue
        keys += clause.key
        if clause.key and keys > 1:
            desk.report("E243", name.span, table=node.name.text)
        unit = _unit(desk, clause.type)
        if unit is not None:
            fields[name.text] = tree.Field(name.text, unit, clause.optional, clause.key, span=name.span)
    return list(fields.values())


def _unit(desk: Desk, node: s.ChoiceType | s.NamedType) -> tree.Unit | None:
    """The unit of a declared type."""
    if isinstance(node, s.ChoiceType):
        options = [each.text for each in node.options]
        for index, each in enumerate(node.options):
            if each.text in options[:index]:
                desk.report("E245", each.span, word=each.text)
        return tree.Unit("choice", choices=tuple(dict.fromkeys(options)))
    name = node.name
    kind = meaning(TYPES, name.text, desk.language)
    if kind is None:
        symbol = desk.symbols.get(name.text)
        if symbol is not None and symbol.kind == "facts":
            desk.use(name)
            return tree.Unit("row", table=name.text)
        if name.text in desk.lost:
            return None
        options = [*spellings(TYPES, desk.language), *(n for n, each in desk.symbols.items() if each.kind == "facts")]
        near = nearest(name.text, options)
        helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
        desk.report("E206", name.span, helps=helps, word=name.text, what=noun("a_type", desk.language),
                    options=", ".join(options))  # fmt: skip
        return None
    if node.currency is not None:
        if kind != "money":
            desk.report("E246", node.span, word=name.text)
            return None
        code = currency_word(desk, node.currency)
        return money(code) if code else None
    return {
        "money": money(desk.header.currency), "percent": RATIO, "number": RATIO, "count": count(), "date": DATE,
        "timestamp": TIMESTAMP, "yes_no": YES_NO, "text": TEXT, "participant": PARTICIPANT,
    }[kind]  # fmt: skip


# ---- inputs ------------------------------------------------------------------------------------------------------------
def declare_inputs(desk: Desk) -> None:
    """Values that the host provides for a holder and a period."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Input):
            _input(desk, name, symbol.node)


def _input(desk: Desk, name: str, node: s.Input) -> None:
    unit = _unit(desk, node.type)
    holder: Literal["participant", "team", "company"] = "company"
    period: PeriodKind | None = None
    period_span: Span | None = None
    for each in node.per:
        who = meaning(HOLDERS, each.text, desk.language)
        kind = meaning(PERIODS, each.text, desk.language)
        if who is not None:
            holder = who  # type: ignore[assignment]
        elif kind is not None:
            period, period_span = kind, each.span  # type: ignore[assignment]
        else:
            options = [*spellings(HOLDERS, desk.language), *spellings(PERIODS, desk.language)]
            near = nearest(each.text, options)
            helps = [Help("replace", {"near": near}, (Edit(each.span, near),))] if near else []
            desk.report("E206", each.span, helps=helps, word=each.text, what=noun("a_holder", desk.language),
                        options=", ".join(options))  # fmt: skip
            return
    unique(desk, node.clauses, lambda clause: type(clause).__name__ if not isinstance(clause, s.Must) else None)
    made = tree.Input(name, node.label.text if node.label else "", unit or RATIO, holder, period, span=node.name.span)
    for clause in node.clauses:
        made = _modified(desk, made, clause, unit)
    if unit is not None:
        if unit.kind in {"participant", "row"}:
            desk.report("E247", node.type.span, got=unit_words(unit, desk.language))
            return
        desk.inputs[name] = Declared(made, period_span)


def _modified(desk: Desk, made: tree.Input, clause: Any, unit: tree.Unit | None) -> tree.Input:
    match clause:
        case s.Additive(missing=missing):
            if missing is None:
                return evolve(made, additive=True)
            part = _bound(desk, missing, unit)
            return evolve(made, additive=True, missing_part=part)
        case s.Phased(parts=parts):
            if not parts:
                return evolve(made, phased_equally=True)
            total = sum((each.value for each in parts), Fraction(0))
            if total != 1:
                from_, to = parts[0].span, parts[-1].span
                desk.report("E403", from_.to(to), total=_percent(desk, total))
            return evolve(made, phases=tuple(each.value for each in parts))
        case s.Must(operator="within", bounds=(low, high)):
            least, most = _bound(desk, low, unit), _bound(desk, high, unit)
            musts = [tree.Must(">=", least)] if least is not None else []
            musts += [tree.Must("<=", most)] if most is not None else []
            return evolve(made, musts=(*made.musts, *musts))
        case s.Must(operator=operator, bounds=(bound,)) if operator != "within":
            value = _bound(desk, bound, unit)
            return evolve(made, musts=(*made.musts, tree.Must(operator, value))) if value is not None else made
        case s.Later():
            later(desk, clause)
            return made
        case _:
            return made


def _percent(desk: Desk, value: Fraction) -> str:
    from incentive.quantities import show_number  # noqa: PLC0415

    return show_number(value * 100, decimal="," if desk.language == "fr" else ".") + ("\u00a0%" if desk.language == "fr" else "%")


def _bound(desk: Desk, node: s.Expression, unit: tree.Unit | None) -> Fraction | None:
    """A constant in the unit of the input."""
    value = desk.elaborate(node, Place(window=None, constant=True))
    if value is None or unit is None:
        return None
    number = fold(value)
    if number is None:
        desk.report("E522", node.span, text=desk.text(node.span), table="")
        return None
    one, two = value.type.unit, unit
    if one != two and not (two.kind == "count" and one.kind == "ratio") and not (one.kind == two.kind == "count"):
        if one.kind == two.kind == "money":
            desk.report("E301", node.span, left=one.currency, right=two.currency, verb=noun("verb_compared", desk.language),
                        mark="right", helps=[Help("use", {"text": two.currency})])  # fmt: skip
        else:
            desk.report("E310", node.span, clause=say("MUST", desk.language), wanted=unit_words(two, desk.language),
                        got=unit_words(one, desk.language))  # fmt: skip
        return None
    return number


# ---- parameters --------------------------------------------------------------------------------------------------------
def declare_parameters(desk: Desk) -> None:
    """Named constants, perhaps changing on dates."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Parameter):
            made = _parameter(desk, name, symbol.node)
            if made is not None:
                desk.parameters[name] = made


def _parameter(desk: Desk, name: str, node: s.Parameter) -> tree.Parameter | None:
    rows: list[tuple[Any, s.Expression, Span]] = []
    source = ""
    if node.value is not None:
        rows.append((None, node.value, node.value.span))
    for clause in node.clauses:
        if isinstance(clause, s.Since):
            rows.append((clause.start, clause.value, clause.span))
        elif isinstance(clause, s.Setting) and clause.clause == "source" and isinstance(clause.value, s.Text):
            source = clause.value.text
    values: list[tree.Since] = []
    first: tree.Expr | None = None
    sound = True
    for start, written, span in rows:
        value = desk.elaborate(written, Place(window=None, constant=True))
        number = fold(value) if value is not None else None
        if value is None:
            sound = False
            continue
        if number is None:
            desk.report("E522", written.span, text=desk.text(written.span), table="")
            sound = False
            continue
        if first is not None and value.type.unit != first.type.unit:
            desk.report("E418", written.span, remarks=[Remark(first.span)] if first.span else [],
                        left=unit_words(first.type.unit, desk.language), right=unit_words(value.type.unit, desk.language))  # fmt: skip
            sound = False
            continue
        first = first or value
        if values and start is not None and values[-1].start is not None and start.value <= values[-1].start:
            desk.report("E521", start.span, day=str(start.value), before=str(values[-1].start))
            sound = False
        values.append(tree.Since(start.value if start is not None else None, number, span=span))
    if not values or first is None:
        if not sound or desk.is_broken(node.span):
            return None
        desk.report("E230", head_of(desk, node.span), block=name, clause=say("FROM", desk.language))
        return None
    opening = values[0].start
    if opening is not None and opening > desk.header.first_day and not desk.is_broken(node.span):
        desk.report(
            "E520", rows[0][0].span, name=name, first=str(desk.header.first_day), start=str(opening),
            helps=[Help("earlier", {"first": str(desk.header.first_day)}, (Edit(rows[0][0].span, str(desk.header.first_day)),))],
        )  # fmt: skip
    if not sound:
        return None
    label = node.label.text if node.label else ""
    return tree.Parameter(name, label, first.type.unit, tuple(values), source, span=node.name.span)


# ---- measures ----------------------------------------------------------------------------------------------------------
def declare_measures(desk: Desk) -> None:
    """Aggregates of facts."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Measure):
            desk.measures[name] = _measure(desk, name, symbol)


def _measure(desk: Desk, name: str, symbol: Symbol) -> tree.Measure | None:
    node = symbol.node
    assert isinstance(node, s.Measure)
    seen = unique(desk, node.clauses, _measure_clause)
    damaged = desk.is_broken(node.span)
    if not damaged:
        for wanted, shown in (("aggregate", "SUM"), ("dated", "DATED")):
            if wanted not in seen:
                desk.report("E230", head_of(desk, node.span), block=name, clause=say(shown, desk.language),
                            helps=[Help(f"example_{wanted}")])  # fmt: skip
    for clause in node.clauses:
        if isinstance(clause, s.Later):
            later(desk, clause)
    aggregate = seen.get("aggregate")
    table = _table_of(desk, aggregate, node) if aggregate else None
    if table is None:
        return None
    place = Place(window=None, table=table)
    where_node = seen.get("where")
    where = _condition(desk, where_node.condition, place) if where_node else None
    known = _known(place, where)
    value = _aggregated(desk, aggregate, table, known)
    dated = desk.elaborate(seen["dated"].value, place) if "dated" in seen else None
    if dated is not None and dated.type.unit.kind not in {"date", "timestamp"}:
        desk.report("E313", seen["dated"].value.span, got=unit_words(dated.type.unit, desk.language))
        dated = None
    credit = _credit(desk, seen["credit"], place) if "credit" in seen else None
    shows = tuple(
        shown for clause in node.clauses if isinstance(clause, s.Show) for path in clause.paths
        if isinstance(shown := desk.elaborate(path, place), tree.FieldValue)
    )  # fmt: skip
    broken = (where_node is not None and where is None) or dated is None or ("credit" in seen and credit is None)
    if value is False or broken or damaged:
        return _silent(desk, name, node, aggregate, value)
    unit = count(table) if aggregate.how in {"count", "count_distinct"} else value.type.unit  # type: ignore[union-attr]
    assert dated is not None
    return tree.Measure(
        name, node.label.text if node.label else "", table, aggregate.how, value or None, where, dated, credit, shows, unit,
        span=node.name.span,
    )  # fmt: skip


def _silent(desk: Desk, name: str, node: s.Measure, aggregate: Any, value: Any) -> tree.Measure | None:
    """A measure with a mistake elsewhere still has a unit, so that what uses it is still checked."""
    if value is False:
        return None
    table = _table_of(desk, aggregate, node, quiet=True)
    if table is None:
        return None
    unit = count(table) if aggregate.how in {"count", "count_distinct"} else value.type.unit
    dated = make_constant(desk.header.first_day, DATE, node.span)
    field = tree.FieldValue((), type=tree.Type(PARTICIPANT), span=node.span)
    credit = tree.Credit(tree.CreditPath(field), overlay=False)
    return tree.Measure(name, "", table, aggregate.how, value or None, None, dated, credit, (), unit, span=node.name.span)


def _measure_clause(clause: Any) -> str | None:
    names = {s.Aggregate: "aggregate", s.Where: "where", s.Dated: "dated", s.Credit: "credit"}
    return names.get(type(clause))


def _condition(desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
    value = desk.elaborate(node, place)
    if value is not None and value.type.unit.kind != "yes_no":
        desk.report("E311", node.span, got=unit_words(value.type.unit, desk.language))
        return None
    return value


def _known(place: Place, where: tree.Expr | None) -> Place:
    from incentive.checking.algebra import knowing  # noqa: PLC0415

    return knowing(place, where) if where is not None else place


def _table_of(desk: Desk, node: s.Aggregate, measure: s.Measure, *, quiet: bool = False) -> str | None:
    """The one table whose rows a measure adds up: the first name of the paths it aggregates."""
    names = [each for each in _first_names(node.value) if each.text in desk.symbols or each.text in desk.lost]
    tables = [each for each in names if each.text in desk.symbols and desk.symbols[each.text].kind == "facts"]
    distinct = list(dict.fromkeys(each.text for each in tables))
    if len(distinct) > 1 and not quiet:
        desk.report("E242", tables[-1].span, first=distinct[0], second=distinct[1])
    if distinct:
        if distinct[0] not in desk.tables:
            return None
        if not quiet:
            for each in tables:
                desk.use(each)
        return distinct[0] if len(distinct) == 1 else None
    if quiet:
        return None
    facts = [n for n, each in desk.symbols.items() if each.kind == "facts"]
    first = next(iter(_first_names(node.value)), None)
    if first is not None and first.text not in desk.symbols:
        desk.miss(first, more=facts)
    elif not any(each.text in desk.lost for each in names):
        desk.report("E241", node.span, tables=", ".join(facts), name=measure.name.text)
    return None


def _first_names(node: Any) -> list[s.Name]:
    match node:
        case s.Path(parts=parts):
            return [parts[0]]
        case s.Group(value=value) | s.Negative(value=value) | s.Over(value=value) | s.Converted(value=value):
            return _first_names(value)
        case s.Sum(terms=terms):
            return [name for each in terms for name in _first_names(each)]
        case s.Product(first=first, factors=factors):
            inner = [name for each in factors if isinstance(each, s.Binary) for name in _first_names(each.value)]
            return [*_first_names(first), *inner]
        case s.Fallback(values=values) | s.If(values=values):
            return [name for each in values for name in _first_names(each)]
        case s.Call(arguments=arguments):
            return [name for each in arguments for name in _first_names(each)]
        case _:
            return []


def _aggregated(desk: Desk, node: s.Aggregate, table: str, place: Place) -> tree.Expr | None | Literal[False]:
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
    if node.how == "count_distinct":
        return value
    if value.type.unit.kind not in {"money", "ratio", "count", "days", "hours", "rate"}:
        desk.report("E310", path.span, clause=desk.text(node.span).split()[0], wanted=noun("figure", desk.language),
                    got=unit_words(value.type.unit, desk.language))  # fmt: skip
        return False
    if value.type.optional:
        fallback = "0" if value.type.unit.kind != "money" else f"0 {value.type.unit.currency}"
        word_ = "à défaut" if desk.language == "fr" else "if missing"
        present = "n'est pas absent" if desk.language == "fr" else "is not missing"
        text = desk.text(path.span)
        absent = "est non absent" if desk.language == "fr" else present
        desk.report("E331", path.span, text=text, helps=[
            Help("fallback", {"text": f"({text} {word_} {fallback})"}),
            Help("filter", {"text": f"{say('WHERE', desk.language)} {_bare(text, table)} {absent}"}),
        ])  # fmt: skip
        return False
    return value


def _bare(text: str, table: str) -> str:
    return text.removeprefix(f"{table}.")


# ---- credit ------------------------------------------------------------------------------------------------------------
def _credit(desk: Desk, node: s.Credit, place: Place) -> tree.Credit | None:
    first = node.path.parts[0].text
    symbol = desk.symbols.get(first)
    if node.through is not None:
        return _credit_through(desk, node, place)
    if symbol is not None and symbol.kind == "facts" and first != place.table:
        desk.use(node.path.parts[0])
        desk.report("E249", node.path.span, table=first, per=say("PER", desk.language))
        return None
    value = desk.elaborate(node.path, place)
    if value is None:
        return None
    if not isinstance(value, tree.FieldValue) or value.type.unit.kind != "participant":
        desk.report("E250", node.path.span, got=unit_words(value.type.unit, desk.language))
        return None
    return tree.Credit(tree.CreditPath(value), node.overlay)


def _credit_through(desk: Desk, node: s.Credit, place: Place) -> tree.Credit | None:
    through = node.through
    assert through is not None
    names = node.path.parts
    table = desk.tables.get(names[0].text)
    if table is None or len(names) != 2:
        if names[0].text in desk.symbols:
            desk.report("E249", node.path.span, table=names[0].text, per=say("PER", desk.language))
        else:
            desk.miss(names[0], more=list(desk.tables))
        return None
    desk.use(names[0])
    who = _column(desk, table, names[1])
    by = desk.elaborate(through.by, place)
    if who is None or not isinstance(by, tree.FieldValue):
        return None
    if who.unit.kind != "participant":
        desk.report("E250", names[1].span, got=unit_words(who.unit, desk.language))
        return None
    match = _matching(desk, table, through.by, by)
    if match is None:
        return None
    share: str | None = None
    if through.share is not None:
        field = _column(desk, table, through.share.parts[-1])
        if field is None:
            return None
        if field.unit.kind != "ratio":
            desk.report("E310", through.share.span, clause=say("SHARE", desk.language), wanted=unit_words(RATIO, desk.language),
                        got=unit_words(field.unit, desk.language))  # fmt: skip
            return None
        share = field.name
    return tree.Credit(tree.CreditThrough(table.name, who.name, by, match, share), node.overlay)


def _column(desk: Desk, table: tree.Table, name: s.Name) -> tree.Field | None:
    field = next((each for each in table.fields if each.name == name.text), None)
    if field is None:
        unknown_field(desk, table, name)
    return field


def _matching(desk: Desk, table: tree.Table, written: s.Path, by: tree.FieldValue) -> str | None:
    """The column of the assignment table that the fact's field is compared with."""
    name = written.parts[-1].text
    named = next((each for each in table.fields if each.name == name), None)
    if named is None and by.type.unit.kind == "row":
        named = next((each for each in table.fields if each.unit == by.type.unit), None)
    if named is None:
        desk.report("E251", written.span, field=name, table=table.name, fields=", ".join(each.name for each in table.fields))
        return None
    if named.unit != by.type.unit:
        desk.report("E300", written.span, left=unit_words(by.type.unit, desk.language), remarks=[], mark="",
                    right=unit_words(named.unit, desk.language), verb=noun("verb_compared", desk.language))  # fmt: skip
        return None
    return named.name


# ---- groups ------------------------------------------------------------------------------------------------------------
def declare_groups(desk: Desk) -> None:
    """Named sets of people."""
    place = Place(window=None, membership=True)
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.GroupOf):
            condition = _condition(desk, symbol.node.condition, place)
            if condition is not None:
                label = symbol.node.label.text if symbol.node.label else ""
                desk.groups[name] = tree.Group(name, label, condition, span=symbol.name.span)


def covers(desk: Desk) -> tree.Expr | None:
    """Whom the plan is for."""
    clause = desk.header.covers
    if clause is None:
        return None
    return _condition(desk, clause.condition, Place(window=None, membership=True))


__all__ = [
    "covers", "declare_groups", "declare_inputs", "declare_measures", "declare_parameters", "declare_tables",
    "person_field", "spelling",
]  # fmt: skip
