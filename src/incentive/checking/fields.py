"""Tables of facts and people: their fields and the units of declared types."""

from __future__ import annotations

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import currency_word, head_of
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.presence import field_is_prorated
from incentive.checking.slips import report_slip, slip
from incentive.checking.units import DATE, PARTICIPANT, RATIO, TEXT, TIMESTAMP, YES_NO, count, money
from incentive.diagnostics import Edit, Help, Language, Remark
from incentive.language import syntax as s
from incentive.language.words import PEOPLE, PEOPLE_TABLE, TYPES, meaning, say, spelling, spellings
from incentive.quantities import is_currency


def declare_tables(desk: Desk) -> None:
    """Tables first, since every other name may lead to a field."""
    for name, symbol in desk.symbols.items():
        if symbol.kind != "facts" or not isinstance(symbol.node, s.Facts):
            continue
        fields = _fields(desk, symbol.node)
        if meaning(PEOPLE_TABLE, name, desk.language):
            # what means the same in every plan (team, manager …) has one name for the roster, whatever the language
            _people_slips(desk, symbol.node)
            desk.people = {
                each.name: evolve(each, name=meaning(PEOPLE, each.name, desk.language) or each.name) for each in fields
            }
            continue
        if not any(isinstance(each, s.Field) for each in symbol.node.clauses) and not desk.is_broken(symbol.node.span):
            desk.report("E230", head_of(desk, symbol.node.span), block=name, clause=noun("field_line", desk.language))
        label = symbol.node.label.text if symbol.node.label else ""
        desk.tables[name] = tree.Table(name, label, tuple(fields), span=symbol.node.span)
    for table in desk.tables.values():
        _currencies(desk, table)
        for field in table.fields:
            target = desk.tables.get(field.unit.table)
            if field.unit.kind == "row" and target is not None and target.key is None:
                span = field.span or desk.symbols[table.name].name.span
                desk.report("E244", span, field=field.name, table=target.name, key=say("KEY", desk.language))


def _people_slips(desk: Desk, node: s.Facts) -> None:
    """What every roster has is called as the plan's language calls it."""
    other: Language = "en" if desk.language == "fr" else "fr"
    for each in node.clauses:
        if isinstance(each, s.Field) and meaning(PEOPLE, each.name.text, desk.language) is None:
            found = meaning(PEOPLE, each.name.text, other)
            if found is not None:
                report_slip(desk, each.name.span, each.name.text, spelling(PEOPLE, found, desk.language))


def _fields(desk: Desk, node: s.Facts) -> list[tree.Field]:
    fields: dict[str, tree.Field] = {}
    people = meaning(PEOPLE_TABLE, node.name.text, desk.language) is not None
    own = frozenset() if people else frozenset(each.name.text for each in node.clauses if isinstance(each, s.Field))
    keys = 0
    for clause in node.clauses:
        if not isinstance(clause, s.Field):
            continue
        name = clause.name
        if name.text in fields:
            first = fields[name.text].span
            desk.report(
                "E212",
                name.span,
                remarks=[Remark(first, "first")] if first else [],
                field=name.text,
                table=node.name.text,
                first_line=str(first.line) if first else "",
            )
            continue
        keys += clause.key
        if clause.key and keys > 1:
            desk.report("E243", name.span, table=node.name.text)
        unit = _unit(desk, clause.type, own)
        if unit is None:
            desk.untyped.add((node.name.text, name.text))
        else:
            prorated = clause.prorated is not None and field_is_prorated(desk, clause, unit, people=people)
            fields[name.text] = tree.Field(name.text, unit, clause.optional, clause.key, prorated, span=name.span)
    return list(fields.values())


def _currencies(desk: Desk, table: tree.Table) -> None:
    """A field that says in which currency others are holds codes of currencies."""
    named = dict.fromkeys(each.unit.currency for each in table.fields if each.unit.kind == "own_money")
    for field in (each for each in table.fields if each.name in named):
        at = field.span or desk.symbols[table.name].name.span
        wrong = [each for each in field.unit.choices if not is_currency(each)]
        if field.unit.kind not in {"text", "choice"} or wrong:
            got = wrong[0] if wrong else unit_words(field.unit, desk.language)
            desk.report("E326", at, field=field.name, got=got)


def _unit(desk: Desk, node: s.ChoiceType | s.NamedType, own: frozenset[str] = frozenset()) -> tree.Unit | None:
    """The unit of a declared type; `own` are the fields that may name the currency of each row."""
    if isinstance(node, s.ChoiceType):
        options = [each.text for each in node.options]
        for index, each in enumerate(node.options):
            if each.text in options[:index]:
                desk.report("E245", each.span, word=each.text)
        return tree.Unit("choice", choices=tuple(dict.fromkeys(options)))
    name = node.name
    kind = meaning(TYPES, name.text, desk.language)
    if kind is None and name.text not in desk.symbols:
        kind = slip(desk, name, TYPES)
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
        desk.report(
            "E206",
            name.span,
            helps=helps,
            word=name.text,
            what=noun("a_type", desk.language),
            options=", ".join(options),
        )
        return None
    if node.currency is not None:
        if kind != "money":
            desk.report("E246", node.span, word=name.text)
            return None
        if not is_currency(node.currency.text) and node.currency.text in own:
            return tree.Unit("own_money", currency=node.currency.text)
        code = currency_word(desk, node.currency)
        return money(code) if code else None
    return {
        "money": money(desk.header.currency),
        "percent": RATIO,
        "number": RATIO,
        "count": count(),
        "date": DATE,
        "timestamp": TIMESTAMP,
        "yes_no": YES_NO,
        "text": TEXT,
        "participant": PARTICIPANT,
    }[kind]
