"""Tables of exchange rates: one rate for a pair of currencies and a day, above zero, between two codes."""

from __future__ import annotations

import re
from fractions import Fraction

from incentive.data.cells import figure
from incentive.data.facts import TableFacts, Value
from incentive.data.findings import LIMIT, Findings
from incentive.data.mapping import TableMap
from incentive.data.sources import Raw
from incentive.data.wide import column_of
from incentive.tree import RateTable

_CODE = re.compile("[A-Z]{3}")


def check_rates(names: RateTable, raw: Raw, mapped: TableMap, facts: TableFacts, findings: Findings) -> None:
    """Keep a finding for each row that is no rate, or gives a second rate for its pair and day."""
    columns = facts.columns
    first: dict[tuple[Value | None, ...], int] = {}
    faults = 0
    for row, (source, target, day, rate) in enumerate(
        zip(columns[names.source], columns[names.target], columns[names.day], columns[names.rate], strict=True)
    ):
        key = (source, target, day)
        if any(each is None for each in (*key, rate)):  # a cell that was refused already, or left out by an example
            continue
        fault: tuple[str, str, dict[str, str]] | None = None
        if not all(_CODE.fullmatch(str(each)) for each in (source, target)) or source == target:
            fault = ("D320", names.source, {})
        elif not isinstance(rate, int | Fraction) or rate <= 0:
            fault = ("D321", names.rate, {})
        elif key in first:
            fault = ("D322", names.rate, {"day": str(day), "first": str(raw.lines[first[key]])})
        first.setdefault(key, row)
        if fault is not None:
            faults += 1
            if faults <= LIMIT:
                code, column, values = fault
                place = raw.place(row, column_of(mapped, column).column)
                cell = figure(rate) if isinstance(rate, int | Fraction) else str(rate)
                findings.add(code, place, source=str(source), target=str(target), cell=cell, **values)
    findings.skip(max(faults - LIMIT, 0))
