"""What a name means where it stands: a field of the row, a figure over the window, a field of people, a group."""

from __future__ import annotations

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import word
from incentive.checking.days import has_no_value
from incentive.checking.describe import noun
from incentive.checking.desk import Desk, Symbol
from incentive.checking.per_fact import fact_part, field_of_fact, of_fact
from incentive.checking.periods import suffix, whole
from incentive.checking.places import Place
from incentive.checking.presence import period_value
from incentive.checking.rows import field_value, is_field, person_value, unknown_field
from incentive.checking.scorecards import rating
from incentive.checking.totals import input_value, measure_value
from incentive.checking.units import YES_NO, count, money
from incentive.diagnostics import Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import GROUPS, PEOPLE, PERIODS, RESULTS, SETTLED, meaning, say, spelling, spellings

_OF_PERIOD = frozenset({"presence", "first_day", "last_day"})


def path(desk: Desk, node: s.Path, place: Place) -> tree.Expr | None:
    """The meaning of a name or of a dotted path."""
    first = node.parts[0]
    if place.table:
        field = field_value(desk, node, place)
        if field is not None or is_field(desk, first, place):
            return field
    elif place.fact:
        of_row = field_of_fact(desk, node, place)
        if not isinstance(of_row, bool):
            return of_row
    if len(node.parts) == 1:
        return _single(desk, node, first, place)
    who = _group(desk, first)
    if who is not None:
        return _of_group(desk, node, who, place)
    symbol = desk.symbols.get(first.text)
    if symbol is not None and symbol.kind == "facts":
        desk.use(first)
        table = desk.tables.get(first.text)
        if table is not None and not any(each.name == node.parts[1].text for each in table.fields):
            unknown_field(desk, table, node.parts[1])
        else:
            desk.report("E207", node.span, text=desk.text(node.span), table=first.text)
        return None
    if symbol is not None and isinstance(symbol.node, s.Scorecard) and len(node.parts) == 2:
        desk.use(first)
        if place.window is None:
            no_figures(desk, node.span, place)
            return None
        return rating(desk, symbol.node, node.parts[1], node.span, place)
    if symbol is not None:
        desk.use(first)
        desk.report(
            "E204",
            first.span,
            name=first.text,
            kind=noun(symbol.kind, desk.language),
            wanted=noun("a_group", desk.language),
        )
        return None
    person = person_value(desk, first, place)
    if person is not None:
        desk.report("E217", node.span, text=desk.text(node.span))
        return None
    desk.miss(
        first,
        more=[*spellings(GROUPS, desk.language), *(n for n, each in desk.symbols.items() if each.kind == "facts")],
    )
    return None


def no_figures(desk: Desk, span: Span, place: Place) -> None:
    """Say why no figure can be read here."""
    code = "E218" if place.membership else ("E522" if place.constant else "E205")
    desk.report(code, span, text=desk.text(span), table=place.table)


def window(desk: Desk, node: s.Window) -> tree.Window | None:
    """The window that the author wrote."""
    if node.shape == "to_date" and meaning({"plan": (("plan",), ("plan", "total"))}, node.period.text, desk.language):
        return tree.Window("to_date", "plan")
    kind = _period(desk, node)
    if kind is None:
        return None
    if node.shape == "same_last":
        if node.last is None or meaning(PERIODS, node.last.text, desk.language) != "year":
            desk.report(
                "E206",
                node.span,
                word=desk.text(node.span),
                what=noun("a_period", desk.language),
                options=spelling(PERIODS, "year", desk.language),
            )
            return None
        return tree.Window("same_last_year", kind)  # type: ignore[arg-type]
    return tree.Window(node.shape, kind, node.count)  # type: ignore[arg-type]


def _period(desk: Desk, node: s.Window) -> str | None:
    """The kind of period of a window; `last 3 months` has a plural."""
    one = node.period.text.removesuffix("s")
    if node.shape == "last" and meaning(PERIODS, one, desk.language):
        return meaning(PERIODS, one, desk.language)
    return word(desk, PERIODS, node.period, "a_period")


def _group(desk: Desk, name: s.Name) -> str | None:
    """The people that a first word names: a built-in group or one of the plan."""
    symbol = desk.symbols.get(name.text)
    if symbol is not None:
        if symbol.kind != "group":
            return None
        desk.use(name)
        return name.text
    return meaning(GROUPS, name.text, desk.language)


def _of_group(desk: Desk, node: s.Path, who: str, place: Place) -> tree.Expr | None:
    """A measure, an additive input, a component or the head count of a group."""
    if len(node.parts) != 2:
        desk.report("E217", node.span, text=desk.text(node.span))
        return None
    name = node.parts[1]
    if place.window is None:
        no_figures(desk, node.span, place)
        return None
    if who == "team":
        desk.used_people["team"] = None
    elif who == "reports":
        desk.used_people["manager"] = None
    symbol = desk.symbols.get(name.text)
    own = symbol is not None and symbol.kind != "facts"  # the table `people` may be declared too
    if not own and meaning(RESULTS, name.text, desk.language) == "people":
        kind = tree.Type(count("people"), tree.Grain(who, None))
        return tree.People(type=kind, span=node.span)
    if symbol is None:
        figures = [n for n, each in desk.symbols.items() if each.kind in {"measure", "input", "component"}]
        desk.miss(name, more=[*figures, spelling(RESULTS, "people", desk.language)])
        return None
    desk.use(name)
    if symbol.kind == "measure":
        return measure_value(desk, name.text, node.span, place, who)
    if symbol.kind == "input":
        declared = desk.inputs.get(name.text)
        if declared is None:
            return None
        if declared.input.per != "participant":
            desk.report("E530", node.span, name=name.text, per=declared.input.per)
            return None
        if not declared.input.additive:
            desk.report(
                "E510",
                node.span,
                remarks=[Remark(symbol.name.span, "declared")],
                helps=[Help("additive")],
                name=name.text,
                text=desk.text(node.span),
                additive=say("ADDITIVE", desk.language),
            )
            return None
        return input_value(desk, name.text, node.span, place, who)
    if symbol.kind == "component":
        return _line(desk, name.text, node.span, place, who)
    desk.report(
        "E204", name.span, name=name.text, kind=noun(symbol.kind, desk.language), wanted=noun("figure", desk.language)
    )
    return None


def _single(desk: Desk, node: s.Path, name: s.Name, place: Place) -> tree.Expr | None:
    local = place.locals.get(name.text)
    if local is not None:
        return _let(desk, local, f"{place.component}.{name.text}", name, place)
    symbol = desk.symbols.get(name.text)
    if symbol is None:
        return _builtin(desk, node, name, place)
    desk.use(name)
    match symbol.kind:
        case "parameter":
            return _parameter(desk, name, place)
        case "let":
            assert isinstance(symbol.node, s.Let)
            return _let(desk, symbol.node, name.text, name, place)
        case "group":
            if place.table:
                field, group = noun("field", desk.language), noun("group", desk.language)
                desk.report("E204", name.span, name=name.text, kind=group, wanted=field)
                return None
            return tree.Membership(name.text, type=tree.Type(YES_NO, tree.Grain("participant")), span=name.span)
        case "scorecard":
            return _card(desk, name, place)
        case "facts" | "scale" | "table" | "gate" | "split":
            desk.report(
                "E204",
                name.span,
                name=name.text,
                kind=noun(symbol.kind, desk.language),
                wanted=noun("figure", desk.language),
            )
            return None
        case _:
            return _figure(desk, symbol, name, place)


def _builtin(desk: Desk, node: s.Path, name: s.Name, place: Place) -> tree.Expr | None:
    result = meaning(RESULTS, name.text, desk.language)
    if result in _OF_PERIOD and name.text not in desk.people:
        if place.window is None:
            no_figures(desk, node.span, place)
        return period_value(desk, result, node.span, place)
    if result == "total":
        if place.window is None:
            no_figures(desk, node.span, place)
            return None
        return _total(desk, node.span, place)
    settled = meaning(SETTLED, name.text, desk.language) if not place.table else None
    if settled is not None and place.settled:
        return _settled(desk, settled, name)
    if settled is not None:
        desk.report("E463", node.span, name=name.text)
        return None
    if not place.constant:
        person = person_value(desk, name, place) if not place.table else None
        if person is not None:
            return person
    table, fact = desk.tables.get(place.table), desk.tables.get(place.fact)
    fields = [each.name for each in table.fields] if table else [each.name for each in fact.fields] if fact else []
    if table is not None and table.span is not None and desk.is_broken(table.span):
        return None
    if table is not None and desk.nearest(name.text, desk.symbols, 0.8) is None:
        unknown_field(desk, table, name)
        return None
    extra = () if place.table else spellings(PEOPLE, desk.language)
    desk.miss(name, more=(*fields, *desk.people, *extra, *place.locals))
    return None


def _settled(desk: Desk, written: str, name: s.Name) -> tree.Expr | None:
    """A result of the settlement, if it gives it."""
    found = next((each for each in tree.SETTLED_NAMES if each == written and written in (desk.settled or ())), None)
    if found is None:
        return None
    grain = tree.Grain("participant", whole(desk.header.period))
    return tree.SettledValue(found, type=tree.Type(money(desk.header.currency), grain), span=name.span)


def _figure(desk: Desk, symbol: Symbol, name: s.Name, place: Place) -> tree.Expr | None:
    if place.window is None:
        no_figures(desk, name.span, place)
        return None
    if symbol.kind == "measure" and place.fact and not place.asked:
        return fact_part(desk, name.text, name.span, place)
    if symbol.kind == "measure":
        return measure_value(desk, name.text, name.span, place, "participant")
    if symbol.kind == "input":
        return input_value(desk, name.text, name.span, place, "participant")
    return _line(desk, name.text, name.span, place, "participant")


def _line(desk: Desk, name: str, span: Span, place: Place, who: str) -> tree.Expr | None:
    own = whole(desk.header.period)
    if place.window not in {own, None} and place.asked:
        desk.report("E532", span, name=name)
        return None
    return tree.LineValue(name, type=tree.Type(money(desk.header.currency), tree.Grain(who, own)), span=span)


def _total(desk: Desk, span: Span, place: Place) -> tree.Expr | None:
    lines = [each for each, symbol in desk.symbols.items() if symbol.kind == "component"]
    parts = [_line(desk, each, span, place, "participant") for each in lines]
    terms = tuple(each for each in parts if each is not None)
    if not terms:
        return None
    return tree.Add(terms, type=terms[0].type, span=span)


def _parameter(desk: Desk, name: s.Name, place: Place) -> tree.Expr | None:
    parameter = desk.parameters.get(name.text)
    if parameter is None:
        return None
    if place.on is not None:
        if has_no_value(desk, parameter, place.on):
            return None
        kind = tree.Type(parameter.unit, tree.Grain("", None, place.on.type.grain.row), place.on.type.optional)
        return tree.DatedParameter(name.text, place.on, type=kind, span=name.span)
    at = "event" if place.table or place.event else "period_end"
    return tree.ParameterValue(name.text, at, type=tree.Type(parameter.unit), span=name.span)  # type: ignore[arg-type]


def _card(desk: Desk, name: s.Name, place: Place) -> tree.Expr | None:
    """The percentage of a scorecard; it has no period, so that it is the same over any window."""
    if place.table or place.window is None:
        no_figures(desk, name.span, place)
        return None
    made = desk.lets.get(name.text)
    return None if made is None else tree.LetValue(name.text, type=made.value.type, span=name.span)


def _let(desk: Desk, node: s.Let, key: str, name: s.Name, place: Place) -> tree.Expr | None:
    """A shared definition, made once for each window over which it is used."""
    if place.table or place.window is None:
        no_figures(desk, name.span, place)
        return None
    instance = key + suffix(place.window, desk.header.period)
    if place.on is not None:
        instance += f" dated {tree.show(place.on)}"
    each = f"{instance} each {place.fact}" if place.fact and not place.asked else ""
    if each and place.stacked:
        each += " through" if place.through else " stacked"
    if each and each not in desk.apart:
        made = _defined(desk, node, key, each, name, place)
        if made is None:
            return None
        if of_fact(made.value):
            kind = made.value.type
            kind = evolve(kind, grain=evolve(kind.grain, row=place.fact))
            return tree.LetValue(each, type=kind, span=name.span)
        desk.apart.add(each)
        del desk.lets[each]
    if place.fact:
        place = evolve(place, fact="", first=None, event=False, stacked=False, through=False)
    made = _defined(desk, node, key, instance, name, place)
    return None if made is None else tree.LetValue(instance, type=made.value.type, span=name.span)


def _defined(  # noqa: PLR0913, PLR0917 - what an instance is named by
    desk: Desk, node: s.Let, key: str, instance: str, name: s.Name, place: Place
) -> tree.Definition | None:
    """An instance of a definition, made the first time that it is used."""
    if any(each == instance for each, _ in desk.making):
        chain = [each for each, _ in desk.making]
        loop = [*chain[chain.index(instance) :], instance]
        desk.report("E220", name.span, notes=["chain"], name=name.text, chain=" -> ".join(loop))
        return None
    if instance not in desk.lets:
        desk.making.append((instance, name.span))
        inner = evolve(place, safe=(), guarded=False)
        value = desk.elaborate(node.value, inner)
        desk.making.pop()
        desk.made.add(key)
        desk.lets[instance] = tree.Definition(instance, node.name.text, value, span=node.span) if value else None
    return desk.lets[instance]
