"""Fields of the row in hand and of people, through references, and what to say of fields that do not exist."""

from __future__ import annotations

from typing import Final

from attrs import evolve

from incentive import tree
from incentive.checking.describe import unit_words
from incentive.checking.desk import MAX_FINDINGS, Desk
from incentive.checking.places import Place
from incentive.checking.slips import slip_of_unknown
from incentive.checking.units import PARTICIPANT, TEXT
from incentive.diagnostics import Diagnostic, Edit, Help, Remark, Span, finding
from incentive.language import syntax as s
from incentive.language.words import PEOPLE, PEOPLE_TABLE, meaning, spelling, spellings

IMPLIED: Final = {"role": TEXT, "team": TEXT, "manager": PARTICIPANT, "who": PARTICIPANT}


def is_field(desk: Desk, name: s.Name, place: Place) -> bool:
    """Whether a first word means the row in hand or one of its fields."""
    table = desk.tables.get(place.table)
    return name.text == place.table or (table is not None and any(each.name == name.text for each in table.fields))


def field_value(desk: Desk, node: s.Path, place: Place) -> tree.Expr | None:
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
            desk.read_fields.add((here.name, name.text))
            before = ".".join(each.name for each in hops)
            hops.append(tree.Hop(name.text, "reference" if hops else "row"))
            unit = field.unit
            if unit.kind == "own_money":
                desk.read_fields.add((here.name, unit.currency))
            if unit.kind == "own_money":  # it may be missing where its currency is
                optional = optional or any(each.optional for each in here.fields if each.name == unit.currency)
            if unit.kind == "own_money" and before:
                unit = evolve(unit, currency=f"{before}.{unit.currency}")
            optional = optional or field.optional
        elif unit.kind == "participant":
            person = person_field(desk, name)
            if person is None:
                return None
            hops.append(tree.Hop(person[0], "person"))
            unit, optional = person[1], True
        else:
            desk.report("E209", name.span, text=desk.text(node.span), got=unit_words(unit, desk.language))
            return None
    kind = tree.Type(unit, tree.Grain("", None, place.table), optional and tuple(hops) not in place.present)
    return tree.FieldValue(tuple(hops), type=kind, span=node.span)


def unknown_field(desk: Desk, table: tree.Table, name: s.Name, *, at_once: bool = False) -> None:
    """Report a field that a table does not have; in formulas, once all that they read is known."""
    if name.text in desk.lost or (table.name, name.text) in desk.untyped:
        return
    fields = [each.name for each in table.fields]
    if slip_of_unknown(desk, name.text, [name.span]):
        return
    near = desk.nearest(name.text, fields)
    if near is None and table.span is not None and desk.is_broken(table.span):
        return
    if at_once or table.name not in desk.tables:
        _stray(desk, table, name.text, name.span)
    else:
        desk.strays.setdefault((table.name, name.text), []).append(name.span)


def report_strays(desk: Desk) -> None:
    """Report the fields that tables do not have; where one resembles a field that nothing reads, show both places."""
    for (name, word), spans in desk.strays.items():
        table = desk.tables[name]
        idle = {each.name: each.span for each in table.fields if (name, each.name) not in desk.read_fields}
        twin = desk.nearest(word, idle, 0.75)
        declared = idle[twin] if twin is not None else None
        if twin is not None and declared is not None and (declared.file, declared.line) not in desk.broken:
            desk.diagnostics.append(misnamed(desk, word, spans, twin, declared))
            continue
        for span in spans:
            _stray(desk, table, word, span)


def _stray(desk: Desk, table: tree.Table, word: str, span: Span) -> None:
    fields = [each.name for each in table.fields]
    near = desk.nearest(word, fields)
    remarks = [Remark(each.span, "declared") for each in table.fields if each.name == near and each.span]
    helps = [Help("replace", {"near": near}, (Edit(span, near),))] if near else []
    desk.report(
        "E201",
        span,
        mark="mean" if near else "",
        remarks=remarks,
        helps=helps,
        notes=["fields"],
        field=word,
        table=table.name,
        near=near or "",
        fields=", ".join(fields),
    )


def misnamed(desk: Desk, name: str, spans: list[Span], twin: str, defined: Span) -> Diagnostic:
    """A name used and a definition that nothing uses, nearly alike: one of the two is misspelt, so both are shown."""
    made = finding(
        "E203",
        desk.language,
        span=defined,
        mark="defined",
        remarks=[Remark(span, "used") for span in spans[:MAX_FINDINGS]],
        helps=[
            *([Help("respell", edits=(Edit(spans[0], twin),))] if len(spans) == 1 else []),
            Help("rename", edits=(Edit(defined, name),)),
        ],
        path=desk.source.of(defined).path,
        name=name,
        near=twin,
        count=str(len(spans)),
    )
    if len(spans) > 1:
        return made
    return evolve(made, labels=tuple(evolve(each, primary=True) for each in made.labels))


def person_field(desk: Desk, name: s.Name) -> tuple[str, tree.Unit] | None:
    """A field of people by the author's word, noted as needed; or None after a finding."""
    declared = desk.people.get(name.text)
    if declared is not None:
        desk.used_people[declared.name] = None
        return declared.name, declared.unit
    implied = meaning(PEOPLE, name.text, desk.language)
    if implied is not None:
        desk.used_people[implied] = None
        return implied, IMPLIED[implied]
    options = [*desk.people, *spellings(PEOPLE, desk.language)]
    near = desk.nearest(name.text, options)
    helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
    desk.report(
        "E201",
        name.span,
        mark="mean" if near else "",
        helps=helps,
        notes=["fields"],
        field=name.text,
        table=spelling(PEOPLE_TABLE, "people", desk.language),
        near=near or "",
        fields=", ".join(options),
    )
    return None


def person_value(desk: Desk, name: s.Name, place: Place) -> tree.Expr | None:
    """A field of the participant, by its name alone."""
    if name.text not in desk.people and meaning(PEOPLE, name.text, desk.language) is None:
        return None
    found = person_field(desk, name)
    if found is None:
        return None
    grain = tree.Grain("participant")
    declared = desk.people.get(name.text)
    if declared is not None and declared.prorated and place.window is not None:
        return tree.PersonMean(found[0], place.window, type=tree.Type(found[1], grain), span=name.span)
    return tree.PersonValue(
        found[0], "day" if place.membership else "period_end", type=tree.Type(found[1], grain), span=name.span
    )
