"""Money in another currency: at a number, or at the rate that a table has for a day; and formulas as of a day.

Nothing is converted unless the plan says so. A table of rates is one with the four fields `from`, `to`, `on` and
`rate`: a row says how many units of `to` one unit of `from` is worth on a day, and it is used either way.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from attrs import evolve

from incentive import tree
from incentive.checking.algebra import constant, join
from incentive.checking.clashes import conversion, value_words
from incentive.checking.clauses import currency_word
from incentive.checking.constants import fold
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk
from incentive.checking.exchange import own_currency, rate_table, rate_tables
from incentive.checking.places import Place
from incentive.checking.units import TEXT, money
from incentive.diagnostics import Help, Remark
from incentive.language import syntax as s
from incentive.language.words import DURATIONS, RATE_FIELDS, meaning, say

_DAYS: Final = {"days": 1, "weeks": 7}


# ---- conversions -----------------------------------------------------------------------------------------------------
def converted(desk: Desk, node: s.Converted, place: Place) -> tree.Expr | None:
    """Money in another currency, at a rate that the author names."""
    value = desk.elaborate(node.value, place)
    known = _known(desk, node.known) if node.known is not None else 0
    named = _table_of(desk, node)
    rates = rate_table(named) if named is not None else None
    if named is not None and rates is None and node.rate is not None:
        fields = ", ".join(RATE_FIELDS[name][desk.language == "fr"][0] for name in RATE_FIELDS)
        desk.report("E325", node.rate.span, table=named.name, fields=fields)
        return None
    rate = desk.elaborate(node.rate, place) if node.rate is not None and named is None else None
    currency = currency_word(desk, node.currency)
    if value is None or not currency or known is None:
        return None
    unit = value.type.unit
    if unit.kind not in {"money", "own_money"}:
        desk.report("E321", node.value.span, got=value_words(desk, value))
        return None
    if unit.currency == currency and unit.kind == "money":
        desk.report("E323", node.span, text=desk.text(node.value.span), currency=currency)
        return None
    if node.rate is None:
        rates = _only_table(desk, node, value, currency)
    if rates is not None:
        return _at_table(desk, node, value, rates, currency, known, place)
    if node.rate is None or rate is None:
        return None
    if node.known is not None:
        desk.report("E328", node.known.span, rate=desk.text(node.rate.span))
        return None
    return _at_number(desk, node, node.rate, value, rate, currency)


def _table_of(desk: Desk, node: s.Converted) -> tree.Table | None:
    """The table that stands after `at`."""
    rate = node.rate
    if not isinstance(rate, s.Path) or len(rate.parts) != 1:
        return None
    table = desk.tables.get(rate.parts[0].text)
    if table is not None:
        desk.use(rate.parts[0])
    return table


def _only_table(desk: Desk, node: s.Converted, value: tree.Expr, currency: str) -> tree.RateTable | None:
    """The one table of rates of the plan, which need not be named; or None after a finding."""
    tables = list(rate_tables(desk))
    if len(tables) == 1:
        desk.used.setdefault(tables[0].table, []).append(node.span)
        return tables[0]
    text, at = desk.text(node.span), "au cours" if desk.language == "fr" else say("AT", desk.language)
    helps = [Help("table", {"text": f"{text} {at} {each.table}"}) for each in tables]
    if not tables:
        source = value.type.unit.currency
        name, rated = conversion(desk, desk.text(node.value.span), source, currency)
        helps = [Help("rate", {"rate": name, "text": rated})] if value.type.unit.kind == "money" else []
    desk.report("E320", node.span, helps=helps, currency=currency)
    return None


def _at_number(  # noqa: PLR0913, PLR0917 - what a conversion is made of
    desk: Desk, node: s.Converted, written: s.Expression, value: tree.Expr, rate: tree.Expr, currency: str
) -> tree.Expr | None:
    if value.type.unit.kind == "own_money" or rate.type.unit.kind != "ratio":
        own = value.type.unit.kind == "own_money"
        if own:
            own_currency(desk, value)
        else:
            desk.report("E321", written.span, got=value_words(desk, rate))
        return None
    if any(each <= 0 for each in _constants(desk, rate)):
        desk.report("E327", written.span, text=desk.text(written.span))
        return None
    merged = join(desk, [value, rate], node.span)
    if merged is None:
        return None
    return tree.Multiply(value, rate, type=evolve(merged, unit=money(currency)), span=node.span)


def _constants(desk: Desk, rate: tree.Expr) -> list[Fraction]:
    """The values that a rate is known to take."""
    if isinstance(rate, tree.ParameterValue | tree.DatedParameter):
        return [each.value for each in desk.parameters[rate.name].values]
    value = fold(rate)
    return [] if value is None else [value]


def _at_table(  # noqa: PLR0913, PLR0917 - what a conversion is made of
    desk: Desk,
    node: s.Converted,
    value: tree.Expr,
    rates: tree.RateTable,
    currency: str,
    known: int,
    place: Place,
) -> tree.Expr | None:
    if place.constant:
        desk.report("E522", node.span)
        return None
    at: Literal["event", "period_end", "day"] = (
        "event" if place.table or place.membership or place.event else "period_end"
    )
    if place.on is not None:
        at = "day"
    unit = value.type.unit
    assert node.value.span is not None
    if unit.kind == "money":
        source: tree.Expr = constant(unit.currency, TEXT, node.value.span)
    else:
        first, *rest = unit.currency.split(".")
        hops = (tree.Hop(first, "row"), *(tree.Hop(each, "reference") for each in rest))
        source = tree.FieldValue(
            hops, type=tree.Type(TEXT, tree.Grain("", None, place.table or place.fact)), span=node.value.span
        )
    kind = evolve(value.type, unit=money(currency))
    if place.on is not None:
        kind = evolve(kind, optional=kind.optional or place.on.type.optional)
    return tree.Converted(value, source, rates, at, place.on, known, type=kind, span=node.span)


def _known(desk: Desk, node: s.Known) -> int | None:
    """How many days back a rate may be."""
    factor = _DAYS.get(meaning(DURATIONS, node.word.text, desk.language) or "")
    if factor is None or node.days.denominator != 1 or node.days <= 0:
        desk.report("E329", node.span, text=desk.text(node.span))
        return None
    return int(node.days) * factor


# ---- values of a day -------------------------------------------------------------------------------------------------
def on_day(desk: Desk, node: s.OnDay, place: Place) -> tree.Expr | None:
    """A formula whose rates and parameters take their value on a day."""
    day = desk.elaborate(node.day, evolve(place, on=None))
    if day is None:
        return None
    if day.type.unit.kind not in {"date", "timestamp"}:
        desk.report("E313", node.day.span, got=unit_words(day.type.unit, desk.language))
        return None
    value = desk.elaborate(node.value, evolve(place, on=day))
    if value is None:
        return None
    if not _reads_a_day(desk, value):
        text = " ".join(desk.text(node.value.span).split())
        desk.report("E524", node.span, text=text, day=" ".join(desk.text(node.day.span).split()))
        return None
    return evolve(value, span=node.span)


def _reads_a_day(desk: Desk, value: tree.Expr) -> bool:
    """Whether something inside takes its value on a day, definitions included."""
    todo, seen = [value], set[str]()
    while todo:
        for each in tree.walk(todo.pop()):
            if isinstance(each, tree.DatedParameter) or (isinstance(each, tree.Converted) and each.at == "day"):
                return True
            if isinstance(each, tree.LetValue) and each.name not in seen:
                seen.add(each.name)
                made = desk.lets.get(each.name)
                todo += [made.value] if made is not None else []
    return False


def before_its_day(desk: Desk, day: tree.Expr) -> bool:
    """Whether the date of a measure hangs on what is read on that date; a finding says so."""
    for each in tree.walk(day):
        read = isinstance(each, tree.ParameterValue | tree.Converted) and each.at == "event"
        if read and each.span is not None and not _constant_parameter(desk, each):
            remarks = [Remark(day.span)] if day.span is not None else []
            desk.report("E525", each.span, remarks=remarks, text=desk.text(each.span))
            return True
    return False


def _constant_parameter(desk: Desk, node: tree.Expr) -> bool:
    return isinstance(node, tree.ParameterValue) and all(
        each.start is None for each in desk.parameters[node.name].values
    )
