"""The rows of an example as data that was read: small tables, people by name, and nothing else known of them.

The rows go through the reader that reads files, so that a date is a date and a choice one of its words. What an example
leaves out is missing here, also where the plan demands it of real data: an example shows what matters and no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from incentive import data
from incentive.data import Dataset, Facts
from incentive.diagnostics import Language
from incentive.tree import Field, GivenInput, GivenRows, Input, Plain, Plan, Scenario

NOBODY = "?"  # stands for the one person of an example that names none
_PEOPLE = "people"
Row = dict[str, Plain | None]


def people_of(scenario: Scenario, plan: Plan) -> tuple[str, ...]:
    """Everybody that an example names: in its rows, and after `for`."""
    who = {(table.name, each.name) for table in plan.tables for each in table.fields if each.unit.kind == "participant"}
    who |= {(_PEOPLE, each.name) for each in plan.people if each.unit.kind == "participant"} | {(_PEOPLE, "who")}
    who |= {(each.name, "who") for each in plan.inputs if each.per == "participant"}
    found: dict[str, None] = {}
    for each in scenario.given:
        if isinstance(each, GivenRows):
            for at, column in enumerate(each.columns):
                if (each.table, column) in who:
                    found |= dict.fromkeys(str(row[at]) for row in each.rows if row[at] is not None)
        elif each.holder:
            found.setdefault(each.holder)
    found |= dict.fromkeys(each.holder for each in scenario.expected if each.holder)
    return tuple(found) or (NOBODY,)


def facts_of(scenario: Scenario, plan: Plan, language: Language) -> Facts:
    """Read the rows and inputs of an example.

    Raises:
        DataError: a cell is not what its column holds, or an input is outside its bounds.
    """
    tables: dict[str, list[Row]] = {each.name: [] for each in plan.tables}
    roster: list[Row] = []
    inputs = {each.name for each in plan.inputs} - set(tables)
    for each in scenario.given:
        if isinstance(each, GivenRows) and each.table not in inputs:
            rows = roster if each.table == _PEOPLE and each.table not in tables else tables[each.table]
            rows += [dict(zip(each.columns, row, strict=True)) for row in each.rows]
    people = people_of(scenario, plan)
    listed = {each["who"] for each in roster}
    roster += [{"who": each} for each in people if each not in listed]
    dataset = Dataset.from_rows(
        tables=tables, people=roster, inputs=_inputs(scenario, plan, people, roster), timezone=plan.timezone
    )
    return data.read(dataset, _lenient(plan), language=language)


def _lenient(plan: Plan) -> Plan:
    """The plan, asking for no more than an example gives."""

    def optional(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(evolve(each, optional=True) for each in fields)

    tables = tuple(evolve(each, fields=optional(each.fields)) for each in plan.tables)
    return evolve(plan, tables=tables, people=optional(plan.people))


def _inputs(
    scenario: Scenario, plan: Plan, people: Sequence[str], roster: Sequence[Row]
) -> dict[str, dict[tuple[str, ...], Plain] | list[Row]]:
    """The inputs of an example: of everybody, unless one is named; of every team; of the company."""
    declared = {each.name: each for each in plan.inputs}
    teams = tuple(dict.fromkeys(str(each["team"]) for each in roster if each.get("team") is not None))
    everybody = {"participant": tuple(people), "team": teams, "company": ("",)}
    made: dict[str, dict[tuple[str, ...], Plain]] = {each.name: {} for each in plan.inputs}
    given = [each for each in scenario.given if isinstance(each, GivenInput)]
    for each in sorted(given, key=lambda one: one.holder != ""):
        spec = declared[each.name]
        for holder in (each.holder,) if each.holder else everybody[spec.per]:
            key = _key(spec, holder, each.period)
            if each.value is None:
                made[each.name].pop(key, None)
            else:
                made[each.name][key] = each.value
    by_rows = {
        each.table: [_row(dict(zip(each.columns, row, strict=True)), declared[each.table]) for row in each.rows]
        for each in scenario.given
        if isinstance(each, GivenRows) and each.table in declared
    }
    return {**made, **by_rows}


def _row(row: Row, spec: Input) -> Row:
    """A row of an input as its file has it."""
    named = {"participant": "who", "team": "team", "company": ""}[spec.per]
    return {spec.per if name == named else name: value for name, value in row.items()}


def _key(spec: Input, holder: str, period: str) -> tuple[str, ...]:
    return (*(() if spec.per == "company" else (holder,)), *(() if spec.period is None else (period,)))
