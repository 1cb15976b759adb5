"""The ways to say the same thing twice: each makes of a case another one that must give the same.

Rows in another order, people under other names, rows that do not count, a plan laid out anew, kept as JSON, or in the
other language. A way gives a `Made`: what to run, and how its names lead back to those of the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Final

from attrs import evolve, frozen

import incentive
from incentive import engines, tree
from incentive.data import Dataset
from incentive.diagnostics import Language
from incentive.language import format as laid_out
from incentive.language import language_of, translate
from tests.conformance.reading import Case, Files, Row

_YEARS_LATER = 20
_DAY = re.compile(r"(\d{4})(-\d\d-\d\d.*)", re.DOTALL)
_OTHER = "Somebody else"


@frozen(eq=False)
class Made:
    """A plan and its data, with the names of people in it by those of the case."""

    plan: incentive.Plan
    tables: Mapping[str, tuple[Row, ...]]
    people: tuple[Row, ...]
    inputs: Mapping[str, tuple[Row, ...]]
    names: Mapping[str, str]

    def dataset(self) -> Dataset:
        """The data, as a program hands it over."""
        return Dataset.from_rows(
            tables=self.tables, people=self.people, inputs=dict(self.inputs), timezone=self.plan.tree.timezone
        )


@cache
def parsed(text: str, files: Files = ()) -> incentive.Plan:
    """Check a plan with the files that it is made of, once."""
    return incentive.parse(text, files=dict(files) or None)


def as_written(case: Case) -> Made:
    """The case itself. Where it has no roster, everybody is on it whom its data or what is expected names."""
    plan = parsed(case.plan, case.files)
    tables = {each.name: case.tables.get(each.name, ()) for each in plan.tree.tables}
    inputs = {each.name: case.inputs.get(each.name, ()) for each in plan.tree.inputs}
    unknown = [*(case.tables.keys() - tables.keys()), *(case.inputs.keys() - inputs.keys())]
    assert not unknown, f"the plan has no {unknown}"
    return Made(plan, tables, case.people or _everybody(case, plan.tree), inputs, {})


def _everybody(case: Case, plan: tree.Plan) -> tuple[Row, ...]:
    named = [
        row.get(name)
        for each in plan.tables
        for row in case.tables.get(each.name, ())
        for name in sorted(_fields_of(each.fields))
    ]
    named += [row.get("participant") for rows in case.inputs.values() for row in rows]
    named += [each.participant for each in case.expected]
    return tuple({"who": each} for each in dict.fromkeys(named) if each)


# ---- the data --------------------------------------------------------------------------------------------------------
def shuffled(case: Case, made: Made) -> Made:
    """Every row at another place."""
    random = Random(case.id)

    def mixed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(random.sample(rows, len(rows)))

    return evolve(
        made,
        tables={name: mixed(rows) for name, rows in made.tables.items()},
        people=mixed(made.people),
        inputs={name: mixed(rows) for name, rows in made.inputs.items()},
    )


def renamed(_: Case, made: Made) -> Made:
    """Everybody under another name, so that the order of names is another one too, unless cents go by that order."""
    plan = made.plan.tree
    of_people = _fields_of(plan.people) | {"who"}
    known = sorted({str(row[name]) for row in made.people for name in of_people if row.get(name)})
    by_order = any(isinstance(each, tree.Shared) for each in tree.walk(plan))
    names = {name: f"P{at if by_order else len(known) - at:03}" for at, name in enumerate(known)}

    def other(rows: tuple[Row, ...], fields: set[str]) -> tuple[Row, ...]:
        return tuple(
            {name: names.get(cell or "", cell) if name in fields else cell for name, cell in row.items()}
            for row in rows
        )

    tables = {each.name: other(made.tables[each.name], _fields_of(each.fields)) for each in plan.tables}
    inputs = {name: other(rows, {"participant"}) for name, rows in made.inputs.items()}
    return Made(made.plan, tables, other(made.people, of_people), inputs, names)


def padded(case: Case, made: Made) -> Made:
    """More rows, none of which counts: those of the case, of other days, and of somebody else."""
    plan = made.plan.tree
    measured = {each.table for each in plan.measures}
    alone = _reads_nobody_else(plan) and all("." not in each.figure and each.participant for each in case.expected)
    tables = dict(made.tables)
    for each in plan.tables:
        rows = tables[each.name]
        tables[each.name] = rows + case.beside.get(each.name, ())
        if each.name in measured:
            tables[each.name] += tuple(_on_another_day(row, each) for row in rows)
            if alone and _fields_of(each.fields):
                tables[each.name] += tuple(_of_somebody_else(row, each) for row in rows)
    if not alone or not made.people:
        return evolve(made, tables=tables)
    first = made.people[0]
    persons = _fields_of(plan.people)
    person = {name: None if name in persons else cell for name, cell in first.items()} | {"who": _OTHER}
    return evolve(made, tables=tables, people=(*made.people, person))


def _on_another_day(row: Row, table: tree.Table) -> Row:
    dated = {each.name for each in table.fields if each.unit.kind in {"date", "timestamp"}}
    moved = {name: _later(cell) if name in dated else cell for name, cell in row.items()}
    return moved | ({table.key: f"{row[table.key]} on another day"} if table.key else {})


def _later(cell: str | None) -> str | None:
    found = _DAY.fullmatch(cell or "")
    return cell if found is None else f"{int(found[1]) + _YEARS_LATER}{found[2]}"  # leap years stay leap years


def _of_somebody_else(row: Row, table: tree.Table) -> Row:
    fields = _fields_of(table.fields)
    moved = {name: _OTHER if name in fields and cell else cell for name, cell in row.items()}
    return moved | ({table.key: f"{row[table.key]} of somebody else"} if table.key else {})


def _fields_of(fields: tuple[tree.Field, ...]) -> set[str]:
    """The fields that hold people."""
    return {each.name for each in fields if each.unit.kind == "participant"}


def _reads_nobody_else(plan: tree.Plan) -> bool:
    """Whether no figure of one person depends on rows of another."""
    direct = all(
        each.credit is not None and isinstance(each.credit.to, tree.CreditPath) and len(each.credit.to.path.path) == 1
        for each in plan.measures
    )
    return direct and all(
        not isinstance(each, tree.Shared | tree.Ranking | tree.People) and each.type.grain.who in {"", "participant"}
        for each in tree.walk(plan)
    )


# ---- the plan --------------------------------------------------------------------------------------------------------
def formatted(case: Case, made: Made) -> Made:
    """The plan laid out in the one way, after its layout was lost, as in a mail."""
    files = tuple((name, _anew(text)) for name, text in case.files)
    return evolve(made, plan=parsed(_anew(case.plan), files))


def _anew(text: str) -> str:
    done = laid_out("\n".join(_flat(line) for line in text.split("\n")))
    assert not done.diagnostics
    return done.text


def _flat(line: str) -> str:
    """A line without indentation and columns; what stands in quotes is left alone."""
    parts = line.strip().split('"')
    return '"'.join(part if at % 2 else re.sub(" +", " ", part) for at, part in enumerate(parts))


def kept(_: Case, made: Made) -> Made:
    """The plan's tree, written as JSON and read back."""
    plan = made.plan
    read = tree.from_json(tree.to_json(plan.tree))
    compiled = engines.compile_plan(read, plan.language)
    return evolve(made, plan=incentive.Plan(read, plan.source, plan.warnings, plan.language, compiled))


def translated(case: Case, made: Made) -> Made:
    """The plan in the other language; the columns of data are called as that says."""
    language = made.plan.language
    files = tuple((name, _in_the_other(text, language)) for name, text in case.files)
    plan = parsed(_in_the_other(case.plan, language), files)
    columns = {
        one.name: {ours.name: theirs.name for ours, theirs in zip(one.fields, other.fields, strict=True)}
        for one, other in zip(made.plan.tree.tables, plan.tree.tables, strict=True)
    }
    tables = {
        name: tuple({columns[name].get(column, column): cell for column, cell in row.items()} for row in rows)
        for name, rows in made.tables.items()
    }
    return evolve(made, plan=plan, tables=tables)


@cache
def _in_the_other(text: str, language: Language) -> str:
    done = translate(text, "fr" if language == "en" else "en")
    assert not done.diagnostics, [each.message for each in done.diagnostics]
    return done.text


def texts(case: Case) -> Mapping[str, tuple[str, Files]]:
    """A plan that is refused, and its files, laid out anew and in the other language, unless their form is wrong."""
    every = (case.plan, *(text for _, text in case.files))
    done = {
        "formatted": [laid_out(text) for text in every],
        "translated": [translate(text, "en" if language_of(text) == "fr" else "fr") for text in every],
    }
    names = [name for name, _ in case.files]
    return {
        name: (made[0].text, tuple(zip(names, (each.text for each in made[1:]), strict=True)))
        for name, made in done.items()
        if not any(each.diagnostics for each in made)
    }


def at_once(case: Case, made: Made) -> Made:
    """Other rows, other names, another order and the other language together."""
    for way in (padded, renamed, shuffled, translated):
        made = way(case, made)
    return made


Way = Callable[[Case, Made], Made]
WAYS: Final[Mapping[str, Way]] = {
    "shuffled": shuffled,
    "renamed": renamed,
    "padded": padded,
    "formatted": formatted,
    "kept": kept,
    "translated": translated,
}
