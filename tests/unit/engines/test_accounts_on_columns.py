"""Accounts of a run on columns: made when somebody asks, unless they are what refuses the data."""

from fractions import Fraction

import pytest
from attrs import evolve

pytest.importorskip("polars")

from incentive.columns import columns_of
from incentive.diagnostics import DataError
from incentive.engines import columnar, compile_plan
from tests.unit.engines.samples import (
    COVERED,
    MONTH,
    OVERLAY,
    REVENUE,
    deal,
    facts,
    line,
    measured,
    period,
    plan,
    rounded,
)

DEALS = [deal("1", "Ana", 100, "2026-01-05"), deal("2", "Bob", 7, "2026-02-05")]


def test_accounts_wait_until_they_are_asked_for() -> None:
    made = plan(line("own", rounded(measured("revenue", MONTH))))
    found = columnar.run(compile_plan(made), columns_of(facts(DEALS), made), [period("2026-01")])
    assert found.frame.height
    assert "accounting" not in vars(found)
    assert found.accounting.measures[0].counted.rows == 1


def test_a_measure_that_no_line_reads_is_still_refused_at_once() -> None:
    covered = evolve(COVERED, credit=evolve(OVERLAY, overlay=False))
    made = evolve(plan(line("own", rounded(measured("revenue", MONTH)))), measures=(REVENUE, covered))
    data = facts(DEALS, coverage=[("Ana", "north", Fraction(9, 10))])
    with pytest.raises(DataError) as caught:
        columnar.run(compile_plan(made), columns_of(data, made), [period("2026-01")])
    assert {each.code for each in caught.value.diagnostics} == {"P301"}
