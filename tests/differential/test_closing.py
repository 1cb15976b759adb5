"""Periods of drawn plans that are closed one by one while data changes: both engines, any plan, nothing is lost.

The data of a case is what is known in the end. Before that some rows are not there yet, others have other amounts, some
values are missing. Whatever was known when, what was published and what was corrected is what the last data gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import pytest

import incentive
from incentive.closing import worlds
from incentive.closing.figures import figures_of
from incentive.quantities import Number
from tests.differential.comparing import Case, make_case
from tests.differential.rows import Cells, Data

pytest.importorskip("polars")

SEEDS = range(6_100_000, 6_100_020)


def earlier(case: Case, random: Random) -> Data:
    """The data as it was before: some rows not yet there, unless others refer to them, some with other figures."""
    assert case.parsed is not None
    data = case.data
    plan = case.parsed.tree
    kept = {each.unit.table for table in plan.tables for each in table.fields}
    kept |= {table.name for table in plan.tables} - {measure.table for measure in plan.measures}  # shares add up
    tables = {name: [*_rows(rows, random, 0 if name in kept else 0.15)] for name, rows in data.tables.items()}
    inputs: dict[str, Cells] = {}
    for name, cells in data.inputs.items():
        if isinstance(cells, list):
            inputs[name] = cells
        else:
            others = list(cells.values())  # of the same input, so that they are within its bounds
            inputs[name] = {
                place: random.choice(others) if random.random() < 0.2 else value for place, value in cells.items()
            }
    return Data(tables, data.people, inputs, data.recorded)


def _rows(rows: list[dict[str, Any]], random: Random, late: float) -> Iterator[dict[str, Any]]:
    for row in rows:
        if random.random() < late:
            continue
        other = isinstance(row.get("amount"), int) and random.random() < 0.2
        yield {**row, "amount": row["amount"] + random.choice([1, 10, 1000])} if other else row


def ran(case: Case, data: Data, **more: Any) -> incentive.Run:  # noqa: ANN401 - as `Plan.run`
    """A run of a case on data of it."""
    assert case.parsed is not None
    return case.parsed.run(data.dataset(), **more)


def timeline(case: Case, engine: Any) -> list[incentive.Run]:  # noqa: ANN401 - an engine
    """Runs that close some periods each, until all are closed, on data that comes nearer to the last one."""
    plan = case.parsed
    assert plan is not None
    random = Random(f"closing {case.seed}")
    left, runs = list(plan.periods), list[incentive.Run]()
    while left:
        count = random.randint(1, len(left))
        first, last, left = left[0], left[count - 1], left[count:]
        after = runs[-1].close() if runs else None
        known = earlier(case, random) if left else case.data
        runs.append(ran(case, known, since=first, until=last, after=after, engine=engine))
    return runs


def amounts(run: incentive.Run) -> Mapping[tuple[str, str, str], Number | None]:
    """Every figure of a run; None where it is pending."""
    return {place: each.amount for place, each in figures_of(run.results).items()}


def published(runs: list[incentive.Run]) -> Mapping[tuple[str, str, str], Fraction]:
    """All that was published of each figure, corrections included."""
    found: dict[tuple[str, str, str], Fraction] = {}
    for run in runs:
        for place, figure in figures_of(run.results).items():
            found[place] = Fraction(figure.amount or 0)
        for each in run.corrections:
            place = each.participant, each.of.name, each.name
            assert found.get(place, 0) == each.before.exact
            found[place] = Fraction(each.before.exact) + (0 if each.amount is None else each.amount.exact)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_published_and_corrected_is_what_the_last_data_gives(seed: int) -> None:
    case = make_case(seed)
    runs = timeline(case, "reference")
    whole = ran(case, case.data, engine="reference")
    found = published(runs)
    for place, figure in figures_of(whole.results).items():
        if figure.amount is not None:
            assert found.get(place, 0) == figure.amount, place
    again = timeline(case, "columnar")
    assert [run.close().id for run in again] == [run.close().id for run in runs]
    assert [run.corrections for run in again] == [run.corrections for run in runs]
    assert [run.payments for run in again] == [run.payments for run in runs]


@pytest.mark.parametrize("seed", SEEDS)
def test_causes_add_up_and_the_last_world_is_the_second_reading(seed: int) -> None:
    case = make_case(seed)
    random = Random(f"causes {seed}")
    before, after = ran(case, earlier(case, random), engine="reference"), ran(case, case.data, engine="reference")
    for each in incentive.compare(before, after, each=3):
        assert sum(made.exact for _, made in each.causes) == each.amount.exact != 0
        assert all(made.exact for _, made in each.causes)
    plan = after.plan
    both = worlds.Worlds.of(plan.tree, (before.facts, None), (after.facts, None))
    changes = list(both.changes(3))
    for made, known in (([], before), (changes, after)):
        run = plan.run(both.facts(made), as_of=worlds.AS_OF, engine="reference")
        assert amounts(run) == amounts(known)
