"""What a name means where it stands: a field of the row in hand, a figure over the window, a person's field, a group."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from incentive import tree
from incentive.checking import algebra
from incentive.checking.describe import noun, unit_words, window_words
from incentive.checking.desk import Desk, Symbol, nearest
from incentive.checking.header import word
from incentive.checking.periods import carries_period, length, suffix, whole
from incentive.checking.places import Place
from incentive.checking.units import PARTICIPANT, TEXT, YES_NO, count, money
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import GROUPS, PEOPLE, PEOPLE_TABLE, PERIODS, RESULTS, meaning, say, spelling, spellings

_IMPLIED_PEOPLE: Final = {"role": TEXT, "team": TEXT, "manager": PARTICIPANT, "who": PARTICIPANT}


def path(desk: Desk, node: s.Path, place: Place) -> tree.Expr | None:
    """The meaning of a name or of a dotted path."""
    first = node.parts[0]
    if place.table:
        field = _field(desk, node, place)
        if field is not None or _is_field(desk, first, place):
            return field
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
            desk.report("E207", node.span, path=desk.text(node.span), table=first.text)
        return None
    if symbol is not None:
        desk.use(first)
        desk.report("E204", first.span, name=first.text, kind=noun(symbol.kind, desk.language),
                    wanted=noun("a_group", desk.language))  # fmt: skip
        return None
    person = _person(desk, first, place)
    if person is not None:
        desk.report("E217", node.span, path=desk.text(node.span))
        return None
    desk.miss(first, more=[*spellings(GROUPS, desk.language), *(n for n, each in desk.symbols.items() if each.kind == "facts")])
    return None


def no_figures(desk: Desk, span: Span, place: Place) -> None:
    """Say why no figure can be read here."""
    code = "E218" if place.membership else ("E522" if place.constant else "E205")
    desk.report(code, span, text=desk.text(span), table=place.table)


def window(desk: Desk, node: s.Window) -> tree.Window | None:
    """The window that the author wrote."""
    if node.shape == "to_date" and meaning({"plan": (("plan",), ("plan", "total"))}, node.period.text, desk.language):
        return tree.Window("to_date", "plan")
    kind = word(desk, PERIODS, node.period, "a_period")
    if kind is None:
        return None
    if node.shape == "same_last":
        if node.last is None or meaning(PERIODS, node.last.text, desk.language) != "year":
            desk.report("E206", node.span, word=desk.text(node.span), what=noun("a_period", desk.language),
                        options=spelling(PERIODS, "year", desk.language))  # fmt: skip
            return None
        return tree.Window("same_last_year", kind)  # type: ignore[arg-type]
    return tree.Window(node.shape, kind, node.count)  # type: ignore[arg-type]


# ---- rows --------------------------------------------------------------------------------------------------------------
def _is_field(desk: Desk, name: s.Name, place: Place) -> bool:
    table = desk.tables.get(place.table)
    return name.text == place.table or (table is not None and any(each.name == name.text for each in table.fields))


def _field(desk: Desk, node: s.Path, place: Place) -> tree.Expr | None:
    """A field of the row, through references and people as far as the path goes."""
    table = desk.tables.get(place.table)
    if table is None:
        return None
    parts = list(node.parts)
    if parts[0].text == place.table and not (len(parts) == 1 and any(f.name == parts[0].text for f in table.fields)):
        desk.use(parts.pop(0))
        if not parts:
            desk.report("E208", node.span, table=place.table)
            return None
    hops: list[tree.Hop] = []
    unit = tree.Unit("row", table=table.name)
    optional = False
    for name in parts:
        if unit.kind == "row":
            here = desk.tables.get(unit.table)
            if here is None:
                return None
            field = next((each for each in here.fields if each.name == name.text), None)
            if field is None:
                if hops or node.parts[0].text == place.table:
                    unknown_field(desk, here, name)
                return None
            hops.append(tree.Hop(name.text, "reference" if hops else "row"))
            unit, optional = field.unit, optional or field.optional
        elif unit.kind == "participant":
            person = person_field(desk, name)
            if person is None:
                return None
            hops.append(tree.Hop(person[0], "person"))
            unit, optional = person[1], True
        else:
            desk.report("E209", name.span, path=desk.text(node.span), got=unit_words(unit, desk.language))
            return None
    kind = tree.Type(unit, tree.Grain("", None, place.table), optional and tuple(hops) not in place.present)
    return tree.FieldValue(tuple(hops), type=kind, span=node.span)


def unknown_field(desk: Desk, table: tree.Table, name: s.Name) -> None:
    """Report a field that a table does not have, with the fields that it has."""
    if name.text in desk.lost:
        return
    fields = [each.name for each in table.fields]
    near = nearest(name.text, fields)
    if near is None and table.span is not None and desk.is_broken(table.span):
        return
    remarks = [Remark(each.span, "declared") for each in table.fields if each.name == near and each.span]
    helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
    desk.report("E201", name.span, mark="mean" if near else "", remarks=remarks, helps=helps, notes=["fields"],
                field=name.text, table=table.name, near=near or "", fields=", ".join(fields))  # fmt: skip


# ---- people ------------------------------------------------------------------------------------------------------------
def person_field(desk: Desk, name: s.Name) -> tuple[str, tree.Unit] | None:
    """A field of people by the author's word, noted as needed; or None after a finding."""
    declared = desk.people.get(name.text)
    if declared is not None:
        desk.used_people[name.text] = None
        return name.text, declared.unit
    implied = meaning(PEOPLE, name.text, desk.language)
    if implied is not None:
        desk.used_people[implied] = None
        return implied, _IMPLIED_PEOPLE[implied]
    options = [*desk.people, *spellings(PEOPLE, desk.language)]
    near = nearest(name.text, options)
    helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
    desk.report("E201", name.span, mark="mean" if near else "", helps=helps, notes=["fields"], field=name.text,
                table=spelling(PEOPLE_TABLE, "people", desk.language), near=near or "", fields=", ".join(options))  # fmt: skip
    return None


def _person(desk: Desk, name: s.Name, place: Place) -> tree.Expr | None:
    if name.text not in desk.people and meaning(PEOPLE, name.text, desk.language) is None:
        return None
    found = person_field(desk, name)
    if found is None:
        return None
    grain = tree.Grain("participant")
    return tree.PersonValue(
        found[0], "day" if place.membership else "period_end", type=tree.Type(found[1], grain), span=name.span
    )


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
        desk.report("E217", node.span, path=desk.text(node.span))
        return None
    name = node.parts[1]
    if place.window is None:
        return no_figures(desk, node.span, place)
    if who == "team":
        desk.used_people["team"] = None
    elif who == "reports":
        desk.used_people["manager"] = None
    symbol = desk.symbols.get(name.text)
    if symbol is None and meaning(RESULTS, name.text, desk.language) == "people":
        kind = tree.Type(count("people"), tree.Grain(who, None))
        return tree.People(type=kind, span=node.span)
    if symbol is None:
        figures = [n for n, each in desk.symbols.items() if each.kind in {"measure", "input", "component"}]
        desk.miss(name, more=[*figures, spelling(RESULTS, "people", desk.language)])
        return None
    desk.use(name)
    if symbol.kind == "measure":
        return _measure(desk, name.text, node.span, place, who)
    if symbol.kind == "input":
        declared = desk.inputs.get(name.text)
        if declared is None:
            return None
        if declared.input.per != "participant":
            desk.report("E530", node.span, name=name.text, per=declared.input.per)
            return None
        if not declared.input.additive:
            desk.report("E510", node.span, remarks=[Remark(symbol.name.span, "declared")], name=name.text,
                        path=desk.text(node.span), additive=say("ADDITIVE", desk.language))  # fmt: skip
            return None
        return _input(desk, name.text, node.span, place, who)
    if symbol.kind == "component":
        return _line(desk, name.text, node.span, place, who)
    desk.report("E204", name.span, name=name.text, kind=noun(symbol.kind, desk.language),
                wanted=noun("figure", desk.language))  # fmt: skip
    return None


# ---- single names ------------------------------------------------------------------------------------------------------
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
            desk.used_people.update({})
            return tree.Membership(name.text, type=tree.Type(YES_NO, tree.Grain("participant")), span=name.span)
        case "facts" | "scale":
            desk.report("E204", name.span, name=name.text, kind=noun(symbol.kind, desk.language),
                        wanted=noun("figure", desk.language))  # fmt: skip
            return None
        case _:
            return _figure(desk, symbol, name, place)


def _builtin(desk: Desk, node: s.Path, name: s.Name, place: Place) -> tree.Expr | None:
    if meaning(RESULTS, name.text, desk.language) == "total":
        if place.window is None:
            return no_figures(desk, node.span, place)
        return _total(desk, node.span, place)
    if not place.constant:
        person = _person(desk, name, place) if not place.table else None
        if person is not None:
            return person
    table = desk.tables.get(place.table)
    fields = [each.name for each in table.fields] if table else []
    if table is not None and table.span is not None and desk.is_broken(table.span):
        return None
    if table is not None and nearest(name.text, fields, 0.7) and nearest(name.text, desk.symbols, 0.8) is None:
        unknown_field(desk, table, name)
        return None
    extra = () if place.table else spellings(PEOPLE, desk.language)
    desk.miss(name, more=(*fields, *desk.people, *extra, *place.locals))
    return None


def _figure(desk: Desk, symbol: Symbol, name: s.Name, place: Place) -> tree.Expr | None:
    if place.window is None:
        return no_figures(desk, name.span, place)
    if symbol.kind == "measure":
        return _measure(desk, name.text, name.span, place, "participant")
    if symbol.kind == "input":
        return _input(desk, name.text, name.span, place, "participant")
    return _line(desk, name.text, name.span, place, "participant")


def _measure(desk: Desk, name: str, span: Span, place: Place, who: str) -> tree.Expr | None:
    measure = desk.measures.get(name)
    if measure is None:
        return None
    if measure.credit is None:
        if who not in {"participant", "company"}:
            desk.report("E531", span, name=name)
            return None
        who = "company"
    when = place.window if carries_period(measure.unit) else place.window
    optional = measure.aggregate in {"average", "min", "max"}
    if optional and not place.guarded:
        desk.report("E332", span, name=name, fallback=_fallback_text(desk, desk.text(span), measure.unit))
        return None
    return tree.MeasureValue(name, type=tree.Type(measure.unit, tree.Grain(who, when), optional), span=span)


def _fallback_text(desk: Desk, text: str, unit: tree.Unit) -> str:
    zero = f"0 {unit.currency}" if unit.kind == "money" else "0"
    return f"({text} {'à défaut' if desk.language == 'fr' else 'if missing'} {zero})"


def _input(desk: Desk, name: str, span: Span, place: Place, who: str) -> tree.Expr | None:
    declared = desk.inputs.get(name)
    if declared is None:
        return None
    given = declared.input
    holder = {"participant": who, "team": "team", "company": "company"}[given.per]
    if given.per == "team":
        desk.used_people["team"] = None
        holder = "participant"  # the value of the participant's own team
    own = whole(given.period) if given.period is not None else None
    if not carries_period(given.unit) or own is None:
        return tree.InputValue(name, "own", type=tree.Type(given.unit, tree.Grain(holder, None)), span=span)
    if not place.asked or place.window is None or place.window == own:
        return tree.InputValue(name, "own", type=tree.Type(given.unit, tree.Grain(holder, own)), span=span)
    wanted = place.window
    kind = tree.Type(given.unit, tree.Grain(holder, wanted))
    if wanted.shape in {"previous", "same_last_year"} and wanted.kind == own.kind:
        return tree.InputValue(name, "sum", type=kind, span=span)
    if length(wanted.kind) >= length(own.kind):
        if not given.additive:
            desk.report("E510", span, remarks=_declaration(desk, name), name=name, path=desk.text(span),
                        additive=say("ADDITIVE", desk.language))  # fmt: skip
            return None
        return tree.InputValue(name, "sum", type=kind, span=span)
    return _phase(desk, given, wanted, kind, span)


def _phase(desk: Desk, given: tree.Input, wanted: tree.Window, kind: tree.Type, span: Span) -> tree.Expr | None:
    """A part of a longer period's value, as the input declares its parts."""
    assert given.period is not None
    per_year = {"month": 12, "quarter": 4, "half": 2, "year": 1}
    fits = wanted.shape == "whole" and wanted.kind in per_year and given.period in per_year
    parts = per_year.get(wanted.kind, 1) // per_year.get(given.period, 1) if fits else 0
    if not fits or not (given.phased_equally or given.phases) or (given.phases and len(given.phases) != parts):
        desk.report(
            "E513", span, remarks=_declaration(desk, given.name), name=given.name, parts=str(parts or ""),
            window=window_words(wanted, desk.language), phased=say("PHASED", desk.language),
            equally=say("EQUALLY", desk.language),
        )  # fmt: skip
        return None
    return tree.InputValue(given.name, "phase", type=kind, span=span)


def _declaration(desk: Desk, name: str) -> list[Remark]:
    symbol = desk.symbols.get(name)
    return [Remark(symbol.name.span, "declared")] if symbol else []


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
    at = "event" if place.table else "period_end"
    return tree.ParameterValue(name.text, at, type=tree.Type(parameter.unit), span=name.span)  # type: ignore[arg-type]


def _let(desk: Desk, node: s.Let, key: str, name: s.Name, place: Place) -> tree.Expr | None:
    """A shared definition, made once for each window over which it is used."""
    if place.table or place.window is None:
        return no_figures(desk, name.span, place)
    instance = key + suffix(place.window, desk.header.period)
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
        desk.lets[instance] = tree.Definition(instance, node.name.text, value, span=node.span) if value else None
    made = desk.lets[instance]
    return made and tree.LetValue(instance, type=made.value.type, span=name.span)


def algebra_span(node: tree.Expr, fallback: Span) -> Span:
    """The place of a node."""
    return node.span or fallback


__all__ = ["algebra", "no_figures", "path", "person_field", "unknown_field", "window"]
