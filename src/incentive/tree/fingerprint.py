"""One short name for what a plan means.

Two texts that differ in layout, comments or the order of independent definitions pay the same; their fingerprint is the
same. Whatever may change a figure, a label on a statement or the order of its lines changes it.
"""

from __future__ import annotations

import hashlib
import json

from attrs import evolve

from incentive.tree.json import VERSION, Json, plain
from incentive.tree.plan import Plan


def fingerprint(plan: Plan) -> str:
    """Give the SHA-256 of a plan's meaning, as 64 hexadecimal digits.

    Raises:
        UsageError: nodes lie in each other deeper than any plan makes them.

    Law: places in the text do not count, nor does the order of tables, their fields, inputs, parameters, measures,
    groups and shared definitions. The order of components is the order of the statement, and counts. Examples do not.
    """
    meaning = plain(_in_order(plan), spans=False)
    assert isinstance(meaning, dict)
    del meaning["examples"]
    if meaning["settlement"] is None:  # a plan without one is named as it was before there were any
        del meaning["settlement"]
    for name in ("month_end", "presence"):
        if not meaning[name]:
            del meaning[name]
    _leave_out_unprorated(meaning)
    text = json.dumps([VERSION, meaning], ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _leave_out_unprorated(meaning: dict[str, Json]) -> None:
    """What is not prorated is named as it was before anything could be."""
    todo: list[Json] = [meaning["tables"], meaning["people"], meaning["inputs"]]
    while todo:
        match todo.pop():
            case list() as several:
                todo += several
            case {"is": "Table", "fields": fields}:
                todo.append(fields)
            case dict() as one if one.get("prorated") is False:
                del one["prorated"]
            case _:
                pass


def _in_order(plan: Plan) -> Plan:
    tables = (evolve(table, fields=tuple(sorted(table.fields, key=lambda each: each.name))) for table in plan.tables)
    return evolve(
        plan,
        examples=(),
        tables=tuple(sorted(tables, key=lambda each: each.name)),
        people=tuple(sorted(plan.people, key=lambda each: each.name)),
        inputs=tuple(sorted(plan.inputs, key=lambda each: each.name)),
        parameters=tuple(sorted(plan.parameters, key=lambda each: each.name)),
        measures=tuple(sorted(plan.measures, key=lambda each: each.name)),
        groups=tuple(sorted(plan.groups, key=lambda each: each.name)),
        definitions=tuple(sorted(plan.definitions, key=lambda each: each.name)),
    )
