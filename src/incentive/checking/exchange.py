"""Tables of exchange rates, and money that each row has in its own currency."""

from __future__ import annotations

from collections.abc import Iterator

from incentive import tree
from incentive.checking.desk import Desk
from incentive.diagnostics import Help
from incentive.language.words import RATE_FIELDS, say


def rate_table(table: tree.Table) -> tree.RateTable | None:
    """The fields of a table of rates, by their names in either language; None for any other table."""
    found = [_named(table, name) for name in RATE_FIELDS]
    if any(each is None for each in found):
        return None
    source, target, day, rate = [each for each in found if each is not None]
    if {source.unit.kind, target.unit.kind} <= {"text", "choice"} and day.unit.kind == "date":
        kind = rate.unit.kind
        return tree.RateTable(table.name, source.name, target.name, day.name, rate.name) if kind == "ratio" else None
    return None


def _named(table: tree.Table, name: str) -> tree.Field | None:
    spellings = {each for side in RATE_FIELDS[name] for each in side}
    return next((each for each in table.fields if each.name in spellings and not each.optional), None)


def rate_tables(desk: Desk) -> Iterator[tree.RateTable]:
    """All tables of rates of the plan."""
    return (each for each in map(rate_table, desk.tables.values()) if each is not None)


def own_currency(desk: Desk, value: tree.Expr) -> None:
    """Report money in each row's own currency where it must be in one."""
    tables = [each.table for each in rate_tables(desk)]
    at = "au cours" if desk.language == "fr" else say("AT", desk.language)
    span = value.span
    assert span is not None
    text = " ".join(desk.text(span).split())
    whole = f"({text})" if " " in text else text
    fixed = f"{whole} {say('IN', desk.language)} {desk.header.currency} {at} {tables[0] if tables else '…'}"
    desk.report("E324", span, helps=[Help("convert", {"text": fixed})], text=text, field=value.type.unit.currency)
