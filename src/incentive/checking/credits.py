"""Who gets a fact: a person it names, or those whom an assignment table names."""

from __future__ import annotations

from incentive import tree
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.places import Place
from incentive.checking.rows import unknown_field
from incentive.checking.units import RATIO
from incentive.diagnostics import Edit, Help, Span
from incentive.language import syntax as s
from incentive.language.words import DAYS_HELD, say, spelling


def credited(desk: Desk, node: s.Credit, place: Place) -> tree.Credit | None:
    """Who gets a fact, or None after a finding."""
    first = node.path.parts[0].text
    symbol = desk.symbols.get(first)
    if node.through is not None:
        return _credit_through(desk, node, place)
    if symbol is not None and symbol.kind == "facts" and first != place.table:
        desk.use(node.path.parts[0])
        _no_link(desk, node, first)
        return None
    value = desk.elaborate(node.path, place)
    if value is None:
        return None
    if not isinstance(value, tree.FieldValue) or value.type.unit.kind != "participant":
        desk.report("E250", node.path.span, got=unit_words(value.type.unit, desk.language))
        return None
    return tree.Credit(tree.CreditPath(value), node.overlay, climbs(desk, node))


def climbs(desk: Desk, node: s.Credit | s.BySplit) -> bool:
    """Whether credit goes to the managers above too; who credits them credits more than the whole."""
    if node.above is None:
        return False
    desk.used_people["manager"] = None
    if not node.overlay:
        words, end = "en appui" if desk.language == "fr" else "as overlay", node.span
        at = Span(end.end, end.end, end.end_line, end.end_column, end.end_line, end.end_column, end.file)
        text = desk.text(node.span)
        helps = [Help("overlay", {"text": f"{text} {words}"}, (Edit(at, f" {words}"),))]
        desk.report("E252", node.above.span, helps=helps)
    return True


def _no_link(desk: Desk, node: s.Credit, name: str) -> None:
    """Report an assignment table without the field that links it to the fact."""
    table = desk.tables.get(name)
    fields = table.fields if table is not None else ()
    who = next((each.name for each in fields if each.unit.kind == "participant"), "who")
    by = next((each.name for each in fields if each.unit.kind != "participant"), "FIELD")
    desk.report("E249", node.path.span, table=name, text=f"{name}.{who} {noun('by', desk.language)} {by}")


def _credit_through(desk: Desk, node: s.Credit, place: Place) -> tree.Credit | None:
    through = node.through
    assert through is not None
    names = node.path.parts
    table = desk.tables.get(names[0].text)
    if table is None or len(names) != 2:
        if names[0].text in desk.symbols:
            _no_link(desk, node, names[0].text)
        else:
            desk.miss(names[0], more=list(desk.tables))
        return None
    desk.use(names[0])
    who = _column(desk, table, names[1])
    by = [desk.elaborate(each, place) for each in through.by]
    if who is None:
        return None
    if who.unit.kind != "participant":
        desk.report("E250", names[1].span, got=unit_words(who.unit, desk.language))
        return None
    fields = [each for each in by if isinstance(each, tree.FieldValue)]
    if len(fields) < len(by):
        return None
    match = [_matching(desk, table, path, each) for path, each in zip(through.by, fields, strict=True)]
    first = _order(desk, table, through.first) if through.first is not None else None
    if None in match or (first is None and through.first is not None):
        return None
    share: str | None = None
    if through.share is not None:
        field = _column(desk, table, through.share.parts[-1])
        if field is None:
            return None
        if field.unit.kind != "ratio":
            desk.report(
                "E310",
                through.share.span,
                clause=say("SHARE", desk.language),
                wanted=unit_words(RATIO, desk.language),
                got=unit_words(field.unit, desk.language),
            )
            return None
        share = field.name
    since, until = (_day_field(table, word) for word in ("from", "until"))
    columns = tuple(each for each in match if each is not None)
    to = tree.CreditThrough(table.name, who.name, tuple(fields), columns, share, since, until, first)
    return tree.Credit(to, node.overlay, climbs(desk, node))


def _order(desk: Desk, table: tree.Table, path: s.Path) -> str | None:
    """The field that says which row comes first: whatever has an order."""
    field = _column(desk, table, path.parts[-1])
    if field is None or field.unit.kind in {"count", "ratio", "date"}:
        return None if field is None else field.name
    desk.report("E253", path.span, got=unit_words(field.unit, desk.language))
    return None


def _day_field(table: tree.Table, name: str) -> str | None:
    """The field that says from or until when a row of the table holds, by its name in either language."""
    names = {spelling(DAYS_HELD, name, "en"), spelling(DAYS_HELD, name, "fr")}
    return next((each.name for each in table.fields if each.name in names and each.unit.kind == "date"), None)


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
        desk.report(
            "E251", written.span, field=name, table=table.name, fields=", ".join(each.name for each in table.fields)
        )
        return None
    if named.unit != by.type.unit:
        desk.report(
            "E300",
            written.span,
            left=unit_words(by.type.unit, desk.language),
            remarks=[],
            mark="",
            right=unit_words(named.unit, desk.language),
            verb=noun("verb_compared", desk.language),
        )
        return None
    return named.name
