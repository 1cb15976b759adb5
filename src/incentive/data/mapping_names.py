"""Compare what a mapping speaks of with what the plan has.

A control total under a misspelt table name checks nothing, and nobody notices until the money is wrong. So each table,
input and field that a mapping names must be one of the plan's; a mapping that serves several plans says `shared`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from incentive.data.findings import Findings, shorten
from incentive.data.lookups import columns_looked_up
from incentive.data.mapping import InputMap, Mapping
from incentive.diagnostics import DataPlace
from incentive.tree import Input, Plan

_EVERY_ROSTER = ("who", "role", "team", "manager", "from", "until")  # what needs no declaration


def check_names(mapping: Mapping, plan: Plan, file: str, findings: Findings) -> None:
    """Keep a finding for each entry about something that the plan does not have."""
    for path, column, known in columns_looked_up(mapping):
        if column.lookup not in known:
            near = difflib.get_close_matches(column.lookup, known, n=1) or [", ".join(known) or "—"]
            key = f"{path}.lookup"
            place = DataPlace("mapping", file or None, column=key)
            findings.add("D412", place, key=key, lookup=shorten(column.lookup), near=near[0])
    if mapping.shared:
        return
    for path, name, known in _unknown(mapping, plan):
        near = difflib.get_close_matches(name, known, n=1) or [", ".join(known) or "—"]
        key = f"{path}.{name}"
        findings.add("D411", DataPlace("mapping", file or None, column=key), key=key, near=near[0])


def _unknown(mapping: Mapping, plan: Plan) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    tables = {each.name: tuple(column.name for column in each.fields) for each in plan.tables}
    for name, table in mapping.tables.items():
        if name not in tables:
            yield "tables", name, tuple(tables)
        else:
            yield from _among(f"tables.{name}.columns", table.columns, tables[name])
            yield from _among(f"tables.{name}.constants", table.constants, tables[name])
            if table.wide is not None:
                both = (table.wide.headers_as, table.wide.cells_as)
                yield from _among(f"tables.{name}.wide", both, tables[name])
    inputs = {each.name: each for each in plan.inputs}
    for name, given in mapping.inputs.items():
        if name not in inputs:
            yield "inputs", name, tuple(inputs)
        else:
            yield from _among(f"inputs.{name}", _parts(given), _asked(inputs[name]))
    people = dict.fromkeys([*(each.name for each in plan.people), *_EVERY_ROSTER])
    yield from _among("people.columns", mapping.people.columns, tuple(people))


def _among(path: str, names: Iterable[str], known: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    return ((path, name, known) for name in names if name not in known)


def _parts(given: InputMap) -> Iterator[str]:
    if given.holder is not None:
        yield given.per
    if given.period is not None:
        yield "period"


def _asked(declared: Input) -> tuple[str, ...]:
    holder = () if declared.per == "company" else (declared.per,)
    return (*holder, *(() if declared.period is None else ("period", "from", "until")), "value")
