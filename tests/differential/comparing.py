"""Run both engines on a case, say where they part, and make the case small enough to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from attrs import evolve, field, frozen

import incentive
from incentive.columns import Widths, columns_of
from incentive.data import Facts
from incentive.diagnostics import IncentiveError, UsageError
from incentive.engines.columnar import Result
from incentive.engines.columnar import run as run_columns
from incentive.results import LaneReport
from tests.differential.plans import draw
from tests.differential.rows import Cells, Data, draw_data

WIDTHS = (None, Widths(20, 44), Widths(8, 20))
ATTEMPTS = 40


@frozen(eq=False)
class Case:
    """A plan and its data: the blocks of the plan stand apart, so that some can be left out."""

    seed: int
    blocks: tuple[str, ...]
    data: Data
    asked: tuple[str, ...] | None = None
    as_of: date | None = None
    parameters: Mapping[str, Fraction] = field(factory=dict)
    parsed: incentive.Plan | None = None  # where the plan was parsed already

    @property
    def text(self) -> str:
        """The plan."""
        return "incentive 1 en\n" + "".join(self.blocks)

    def __str__(self) -> str:
        """The case, for a person to read."""
        parts = [f"seed {self.seed}", self.text]
        parts += [f"{name}: {row}" for name, rows in self.data.tables.items() for row in rows]
        parts += [f"people: {row}" for row in self.data.people]
        parts += [f"input {name}: {cells}" for name, cells in self.data.inputs.items()]
        parts.append(f"participants={self.asked} as_of={self.as_of} parameters={self.parameters}")
        return "\n".join(parts)


@frozen(eq=False)
class Ready:
    """A case with its plan parsed and its data read."""

    case: Case
    plan: incentive.Plan
    facts: Facts
    expected: Mapping[str, object]

    def columns(self, widths: Widths | None = None, facts: Facts | None = None) -> Result:
        """Run it on columns."""
        read = facts if facts is not None else self.facts
        compiled, tree = self.plan._compiled, self.plan.tree
        return run_columns(
            compiled,
            columns_of(read, tree),
            self.plan.periods,
            participants=self.case.asked,
            as_of=self.case.as_of,
            widths=widths,
        )


@frozen
class Compared:
    """What a comparison saw."""

    pairs: int
    lanes: tuple[LaneReport, ...]
    result: Result


def make_case(seed: int) -> Case:
    """Draw the case of a seed: the first drawing whose plan the checker takes."""
    for attempt in range(ATTEMPTS):
        drawing = draw(seed, attempt)
        try:
            plan = incentive.parse(drawing.text)
        except incentive.PlanError:
            continue
        random = Random(f"case {seed}")
        data = draw_data(plan, seed)
        names = sorted({str(row["who"]) for row in data.people})
        asked = tuple(random.sample(names, min(len(names), 3))) if names and random.random() < 0.15 else None
        measured = all(each.table == "deals" for each in plan.tree.measures)
        as_of = random.choice(plan.periods).last if data.recorded and measured and random.random() < 0.7 else None
        parameters = {}
        if plan.tree.parameters and random.random() < 0.3:
            parameters = {plan.tree.parameters[0].name: Fraction(random.choice([0, 1, 3]), random.choice([1, 7]))}
        return Case(seed, tuple(drawing.blocks), data, asked, as_of, parameters, plan)
    raise ValueError(f"seed {seed}: no plan that the checker takes in {ATTEMPTS} drawings")


def ready(case: Case) -> Ready:
    """Parse, read and compute by the reference engine."""
    plan = case.parsed if case.parsed is not None else incentive.parse(case.text)
    if case.parameters:
        plan = plan.with_parameters(case.parameters)
    facts = plan.read(case.data.dataset())
    run = plan.run(facts, engine="reference", participants=case.asked, as_of=case.as_of)
    return Ready(case, plan, facts, run.results.to_dict())


def compare(made: Ready, widths: Widths | None = None) -> Compared:
    """Compare both engines.

    Raises:
        AssertionError: They differ.
    """
    found = made.columns(widths)
    got = found.result.to_dict()
    assert got == made.expected, first_difference(made.expected, got)
    lines = [(each["participant"], each["period"], each["component"]) for each in _lines(made.expected)]
    amounts = [each["amount"] for each in _lines(made.expected)]
    frame = frame_of(found, amounts)
    if frame is None:
        return Compared(len({line[:2] for line in lines}), found.lanes, found)
    assert list(frame.select("participant", "period", "component").iter_rows()) == lines
    shown = [None if each is None else Fraction(each) for each in frame["amount"].to_list()]
    assert shown == [None if each is None else Fraction(str(each)) for each in amounts]
    return Compared(len({line[:2] for line in lines}), found.lanes, found)


def frame_of(found: Result, amounts: Sequence[object]) -> pl.DataFrame | None:
    """The frame of a result; None where an amount is too long for one, which it then says."""
    long = any(each is not None and abs(Fraction(str(each))) * 100 >= 10**38 for each in amounts)
    if not long:
        return found.frame
    with pytest.raises(UsageError, match="more than 38 digits"):
        found.frame  # noqa: B018 - it is made here
    return None


def _lines(run: Mapping[str, object]) -> Sequence[Mapping[str, object]]:
    found = run["payouts"]
    assert isinstance(found, list)
    return found


def first_difference(one: object, other: object, path: str = "") -> str:
    """Say where two results part."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            if one.get(key) != other.get(key):
                return first_difference(one.get(key), other.get(key), f"{path}.{key}")
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for at, (left, right) in enumerate(zip(one, other, strict=True)):
            if left != right:
                beside = (
                    {
                        key: left[key]
                        for key in ("participant", "period", "component", "measure", "table")
                        if key in left
                    }
                    if isinstance(left, dict)
                    else ""
                )
                return first_difference(left, right, f"{path}[{at}{beside}]")
    return f"{path}: reference {one!r}, columns {other!r}"


# ---- making a case small ---------------------------------------------------------------------------------------------
def failure(case: Case, widths: Widths | None) -> str:
    """Say how a case fails; empty if it does not, or is no case at all."""
    try:
        made = ready(case)
    except (IncentiveError, ValueError):
        return ""
    try:
        compare(made, widths)
    except Exception as error:  # noqa: BLE001 - a crash is a difference too
        return f"{type(error).__name__}: {error}"
    return ""


def shrink(case: Case, fails: Callable[[Case], bool], rounds: int = 3) -> Case:
    """Leave out blocks and rows as long as the case fails."""
    for _ in range(rounds):
        before = (len(case.blocks), case.data)
        for smaller in (_blocks, _options, _rows):
            case = _reduced(case, smaller, fails)
        if (len(case.blocks), case.data) == before:
            break
    return case


def _reduced(case: Case, smaller: Callable[[Case], Iterator[Case]], fails: Callable[[Case], bool]) -> Case:
    going = True
    while going:
        going = False
        for each in smaller(case):
            if fails(each):
                case, going = each, True
                break
    return case


def _blocks(case: Case) -> Iterator[Case]:
    for at in range(len(case.blocks) - 1, 0, -1):
        left = case.blocks[:at] + case.blocks[at + 1 :]
        yield evolve(case, parsed=None, blocks=left, data=_needed(case.data, left))
    for at, block in enumerate(case.blocks):
        lines = block.split("\n")
        for number in range(1, len(lines) - 2):
            text = "\n".join(lines[:number] + lines[number + 1 :])
            left = (*case.blocks[:at], text, *case.blocks[at + 1 :])
            yield evolve(case, parsed=None, blocks=left, data=_needed(case.data, left))


def _needed(data: Data, blocks: Sequence[str]) -> Data:
    """Leave out data that no block asks for."""
    text = "".join(blocks)
    tables = {name: rows for name, rows in data.tables.items() if f"facts {name} " in text}
    named = {name for name in data.inputs if f"input {name}:" in text or f"scorecard {name.split('.')[0]} " in text}
    return Data(tables, data.people, {name: data.inputs[name] for name in data.inputs if name in named}, data.recorded)


def _options(case: Case) -> Iterator[Case]:
    if case.asked is not None:
        yield evolve(case, asked=None)
    if case.as_of is not None:
        yield evolve(case, as_of=None)
    if case.parameters:
        yield evolve(case, parameters={})


def _rows(case: Case) -> Iterator[Case]:
    data = case.data
    for name, rows in data.tables.items():
        for left in _fewer(rows):
            yield evolve(case, data=Data({**data.tables, name: left}, data.people, data.inputs, data.recorded))
    for people in _fewer(data.people):
        yield evolve(case, data=Data(data.tables, people, data.inputs, data.recorded))
    for name, cells in data.inputs.items():
        for kept in _fewer(list(cells)):
            less: Cells = list(kept) if isinstance(cells, list) else {key: cells[key] for key in kept}
            inputs: dict[str, Cells] = {**data.inputs, name: less}
            yield evolve(case, data=Data(data.tables, data.people, inputs, data.recorded))


def _fewer(rows: Sequence[Any]) -> Iterator[list[Any]]:
    size = len(rows)
    while size:
        for start in range(0, len(rows), size):
            yield [*rows[:start], *rows[start + size :]]
        size //= 2
