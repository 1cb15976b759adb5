"""Opening hours: what counts between two instants, when so much has passed, and what no table says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines.reference.opening import Opening, opening_of
from incentive.quantities.moments import Moment
from incentive.testing import run_examples

PLAN = """incentive 1 en
plan "Hours" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-03-01 until 2026-03-31
}
facts office {
  from:  timestamp
  until: timestamp
}
facts leads {
  owner:       participant
  received_at: timestamp
  handled_at:  timestamp optional
}
measure in_time {
  count  leads
  where  handled_at within 8 office hours of received_at
  dated  received_at
  credit owner
}
measure due {
  count  leads
  dated  received_at + 8 office hours
  credit owner
}
component line {
  pay 10 EUR per in_time + 1 EUR per due
}
"""
OFFICE = [  # Friday and Monday, 9 to 17 in Paris; the clock goes forward in the night to Sunday the 29th
    {"from": "2026-03-27T08:00:00Z", "until": "2026-03-27T16:00:00Z"},
    {"from": "2026-03-30T07:00:00Z", "until": "2026-03-30T15:00:00Z"},
]


def ran(received: str, handled: str | None) -> incentive.Run:
    leads = [{"owner": "Ana", "received_at": received, "handled_at": handled}]
    data = incentive.Dataset.from_rows(tables={"office": OFFICE, "leads": leads}, people=[{"who": "Ana"}])
    return incentive.parse(PLAN).run(data)


@pytest.mark.parametrize(
    ("received", "handled", "paid"),
    [
        ("2026-03-27T12:00:00Z", "2026-03-30T11:00:00Z", 11),  # four hours on Friday, four on Monday
        ("2026-03-27T12:00:00Z", "2026-03-30T11:00:00.000001Z", 1),
        ("2026-03-27T20:00:00Z", "2026-03-30T15:00:00Z", 11),  # received at night: Monday alone counts
        ("2026-03-27T08:00:00Z", "2026-03-27T16:00:00Z", 11),
        ("2026-03-27T12:00:00Z", "2026-03-27T11:00:00Z", 1),  # before it was received
        ("2026-03-27T12:00:00Z", None, 1),
    ],
)
def test_time_counts_while_it_is_open(received: str, handled: str | None, paid: int) -> None:
    (payout,) = ran(received, handled).payouts
    assert payout.amount is not None
    assert payout.amount.amount == paid


@pytest.mark.parametrize(
    ("received", "handled"),
    [
        ("2026-03-20T12:00:00Z", "2026-03-27T09:00:00Z"),  # before the first opening
        ("2026-03-30T12:00:00Z", "2026-03-31T12:00:00Z"),  # after the last closing, with less than eight hours
    ],
)
def test_what_the_table_does_not_say_is_not_guessed(received: str, handled: str) -> None:
    accounts = {each.measure: dict(each.excluded) for each in ran(received, handled).accounting.measures}
    assert accounts["in_time"]["condition_missing"].rows == 1
    assert accounts["due"]["undated"].rows == 1


def test_enough_open_hours_are_late_wherever_the_table_ends() -> None:
    accounts = {each.measure: dict(each.excluded) for each in ran("2026-03-27T09:00:00Z", "2026-04-09T09:00:00Z")
                .accounting.measures}  # fmt: skip
    assert accounts["in_time"]["condition"].rows == 1


def test_both_engines_agree() -> None:
    pytest.importorskip("polars")
    leads = [{"owner": "Ana", "received_at": "2026-03-27T12:00:00Z", "handled_at": "2026-03-30T10:00:00Z"}]
    data = incentive.Dataset.from_rows(tables={"office": OFFICE, "leads": leads}, people=[{"who": "Ana"}])
    plan = incentive.parse(PLAN)
    one, other = (plan.run(data, engine=each) for each in ("reference", "columnar"))
    assert one.payouts == other.payouts
    assert [each.not_lowered for each in other.lanes] == ["opening hours"]


START = datetime(2026, 3, 2, tzinfo=UTC)
stretches = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 30)), min_size=1, max_size=8)


def opening(drawn: list[tuple[int, int]]) -> Opening:
    def moment(hours: int) -> Moment:
        at = START + timedelta(hours=hours)
        return Moment(at, at.date())

    columns = {"from": [moment(each) for each, _ in drawn], "until": [moment(each + long) for each, long in drawn]}
    return opening_of(columns, ("from", "until"))


@given(stretches, st.integers(0, 540), st.integers(0, 540), st.integers(0, 540))
def test_open_time_adds_up_at_any_cut_and_is_counted_once(drawn: list[tuple[int, int]], a: int, b: int, c: int) -> None:
    first, middle, last = (int((START + timedelta(hours=each)).timestamp()) * 1_000_000 for each in sorted((a, b, c)))
    made = opening(drawn)
    passed = made.passed
    assert passed(last) - passed(first) == passed(middle) - passed(first) + passed(last) - passed(middle)
    hours = {hour for start, long in drawn for hour in range(start, start + long)}
    assert passed(last) - passed(first) == 3_600_000_000 * sum(min(a, b, c) <= hour < max(a, b, c) for hour in hours)


@given(stretches, st.integers(1, 60))
def test_the_deadline_is_the_first_instant_of_so_much_open_time(drawn: list[tuple[int, int]], hours: int) -> None:
    made = opening(drawn)
    wanted = hours * 3_600_000_000
    found = made.reached(wanted)
    if found is None:
        assert not made.ends or made.passed(made.ends[-1]) < wanted
    else:
        assert made.passed(found) == wanted
        assert made.passed(found - 1) < wanted


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_hours_that_end_before_they_begin_are_refused(engine: str) -> None:
    night = {"from": "2026-03-31T15:00:00Z", "until": "2026-03-31T07:00:00Z"}
    data = incentive.Dataset.from_rows(tables={"office": [*OFFICE, night], "leads": []}, people=[{"who": "Ana"}])
    with pytest.raises(incentive.DataError, match="D307") as refused:
        incentive.parse(PLAN).run(data, engine="columnar" if engine == "columnar" else "reference")
    (found,) = refused.value.diagnostics
    assert found.message == "This row runs from 2026-03-31T15:00:00Z until 2026-03-31T07:00:00Z."
    assert (found.place and found.place.line, found.place and found.place.column) == (3, "until")


def test_hours_of_an_example_do_not_end_before_they_begin_either() -> None:
    hours = '"2026-03-31T15:00:00Z" | "2026-03-31T07:00:00Z"'
    given = f"given office {{\n| from | until |\n| {hours} |\n}}\n"
    text = f'{PLAN}example "backwards" {{\non 2026-03\n{given}expect line for "Ana" = 0 EUR\n}}\n'
    (result,) = run_examples(incentive.parse(text))
    assert [each.code for each in result.problems] == ["D307"]
