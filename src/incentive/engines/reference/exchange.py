"""Money in another currency, at the rate that a table has for a day.

A row of the day is used either way: times the rate where it leads from the currency that the money is in, divided by
it where it leads back. Nothing is guessed for a day without a row: no neighbour, unless the plan says so, and no third
currency.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import define, field

from incentive.data import TableFacts
from incentive.engines.reference.context import Context, Rate, Rates
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, settled
from incentive.quantities import show_number
from incentive.quantities.moments import Moment
from incentive.results import RowUsed
from incentive.tree import Converted, Expr, RateTable, walk

NO_RATE = frozenset({"P230", "P231"})


@define
class RateRows:
    """The rows of a table of rates, by pair of currencies and day."""

    names: RateTable
    facts: TableFacts | None
    late: list[bool] | None = None
    _pairs: dict[tuple[str, str], tuple[list[int], list[int]]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        if self.facts is None:
            return
        columns, names = self.facts.columns, self.names
        rows: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for row, (source, target, day, rate) in enumerate(
            zip(columns[names.source], columns[names.target], columns[names.day], columns[names.rate], strict=True)
        ):
            if isinstance(day, date) and rate is not None and not (self.late is not None and self.late[row]):
                rows.setdefault((str(source), str(target)), []).append((day.toordinal(), row))
        for pair, found in rows.items():
            found.sort()
            self._pairs[pair] = [day for day, _ in found], [row for _, row in found]

    def find(self, source: str, target: str, day: date, known: int) -> Rate | None:
        """Give the rate of a day, or the newest of at most `known` days before; a row from `source` comes first."""
        there, back = self._newest((source, target), day, known), self._newest((target, source), day, known)
        if there is None and back is None:
            return None
        one = there if back is None or (there is not None and there[0] >= back[0]) else back
        assert one is not None
        return self._rate(one[1], back=one is not there)

    def _newest(self, pair: tuple[str, str], day: date, known: int) -> tuple[int, int] | None:
        days, rows = self._pairs.get(pair, ([], []))
        at = bisect_right(days, day.toordinal()) - 1
        return None if at < 0 or days[at] < day.toordinal() - known else (days[at], rows[at])

    def _rate(self, row: int, *, back: bool) -> Rate:
        assert self.facts is not None
        value = self.facts.columns[self.names.rate][row]
        assert isinstance(value, int | Fraction)
        return Rate(value, row, back)

    def used(self, rate: Rate) -> RowUsed:
        """Say which row gave a rate."""
        facts, names = self.facts, self.names
        assert facts is not None
        shown = tuple((name, facts.columns[name][rate.row]) for name in (names.source, names.target, names.day))
        key = facts.keys[rate.row]
        return RowUsed(facts.name, facts.file, facts.lines[rate.row], key, 1, rate.value, shown)


Found = tuple[Rates, Rate | None]
"""The table, and the rate; None where the money is in the currency wanted already."""


def finder(node: Converted, make: Maker) -> Callable[[Context], Found | Missing]:
    """Compile the search for the rate of a conversion."""
    source, target, known = make(node.source), node.type.unit.currency, node.known
    on = None if node.on is None else make(node.on)
    days, at_period_end = make.windows.reader(None), node.at == "period_end"

    def run(context: Context) -> Any:  # noqa: ANN401
        currency = source(context)
        if type(currency) is Missing:
            return currency
        rates = context.source.rates(node.rates)
        if currency == target:
            return rates, None
        day = on(context) if on is not None else context.day
        if on is None and at_period_end:
            day = days(context.period).last
        if type(day) is Missing:
            return day
        if day is None:  # the event has no date: its row counts nowhere, and is accounted for as undated
            return Missing()
        if isinstance(day, Moment):
            day = day.day
        assert isinstance(day, date)
        found = rates.find(currency, target, day, known)
        if found is not None:
            return rates, found
        values = {"source": currency, "target": target, "day": day.isoformat(), "table": node.rates.table}
        if known:
            return missing("P231", node.span, days=str(known), **values)
        return missing("P230", node.span, **values)

    return run


def converted(node: Converted, make: Maker) -> Evaluate:
    """Money in another currency; exact."""
    inner, find, tracing = make(node.value), finder(node, make), make.tracing
    too_long = missing("P203", node.span)

    def run(context: Context) -> Any:  # noqa: ANN401
        value, found = inner(context), find(context)
        if type(value) is Missing or isinstance(found, Missing):
            return merged((value, found))
        rates, rate = found
        if rate is None:
            return value
        if tracing:
            context.trace.frame.rows = (rates.used(rate),)  # type: ignore[union-attr]
        return settled(Fraction(value) / rate.value if rate.back else value * rate.value, too_long)

    return run


Told = Callable[[Context], tuple[str, str] | None]
"""From a row to the currencies of a conversion in it, and the rate that it was made at; None where there was none."""


def teller(node: Converted, make: Maker) -> Told:
    """Compile what is shown beside a row of a rate: one of a currency is so many of another, on a day."""
    find, target = finder(node, make), node.type.unit.currency

    def run(context: Context) -> tuple[str, str] | None:
        found = find(context)
        if isinstance(found, Missing):
            return None
        rates, rate = found
        if rate is None:
            return None
        used = rates.used(rate)
        (_, one), (_, other), (_, day) = used.shown
        place = f"{used.file or used.table}:{used.line}"
        return f"{used.table} → {target}", f"1 {one} = {show_number(rate.value)} {other}, {day}, {place}"

    return run


def conversions(nodes: Iterable[Expr | None], make: Maker) -> tuple[Told, ...]:
    """Compile what is shown of all conversions in formulas of a row."""
    inside = (each for node in nodes if node is not None for each in walk(node))
    return tuple(teller(each, make) for each in inside if isinstance(each, Converted))


def lacks_rate(value: object) -> bool:
    """Whether a value is missing for want of a rate: it is not the row that says so little, but the table."""
    return isinstance(value, Missing) and any(each.code in NO_RATE for each in value.reasons)
