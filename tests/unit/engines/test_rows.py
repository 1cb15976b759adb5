"""Formulas of a row: optional fields, dates, references, people named by a row."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from attrs import evolve

from incentive import tree as t
from incentive.data import Facts, TableFacts, Value
from incentive.engines import compile_plan, run
from incentive.quantities.moments import Moment
from incentive.results import Run
from tests.unit.engines.samples import (
    COUNT,
    DATE,
    MONEY,
    MONTH,
    REVENUE,
    TEXT,
    WHO,
    YES_NO,
    deal,
    eur,
    facts,
    line,
    measured,
    number,
    of_row,
    period,
    person,
    plan,
    rounded,
    table,
    times,
    typed,
)

STAMP = t.Unit("timestamp")
LEADS = t.Table(
    "leads",
    "Leads",
    (
        t.Field("owner", WHO),
        t.Field("received", STAMP),
        t.Field("handled", STAMP, optional=True),
        t.Field("deal", t.Unit("row", table="deals"), optional=True),
    ),
)
HOURS_48 = number(48, t.Unit("hours"))
COUNTED = rounded(times(eur(1), measured("leads", MONTH, unit=COUNT)))


def lead_field(name: str, unit: t.Unit) -> t.FieldValue:
    return of_row(name, unit, "leads")


DEADLINE = t.DateShift(lead_field("received", STAMP), HOURS_48, back=False, type=typed(STAMP, row="leads"))
IN_TIME = t.Within(
    lead_field("handled", STAMP), HOURS_48, lead_field("received", STAMP), type=typed(YES_NO, row="leads")
)


def stamp(day: int, hour: int, minute: int = 0) -> Moment:
    utc = datetime(2026, 1, day, hour, minute, tzinfo=UTC)
    local = date(2026, 1, day) if hour < 23 else date.fromordinal(date(2026, 1, day).toordinal() + 1)
    return Moment(utc, local)


def leads(rows: list[tuple[Value | None, ...]], deals: Facts | None = None) -> Facts:
    held: TableFacts = table("leads", [each.name for each in LEADS.fields], rows)
    data = deals or facts()
    return evolve(data, tables={**data.tables, "leads": held})


def counting(where: t.Expr | None, dated: t.Expr = DEADLINE, credit: t.Credit | None = None) -> t.Plan:
    owner = credit or t.Credit(t.CreditPath(lead_field("owner", WHO)), overlay=False)
    measure = t.Measure("leads", "Leads", "leads", "count", None, where, dated, owner, (), COUNT)
    made = plan(line("bonus", COUNTED), measures=(measure,))
    return evolve(made, tables=(*made.tables, LEADS))


def first(made: Run) -> object:
    amount = made.payouts[0].amount
    return None if amount is None else amount.exact


@pytest.mark.parametrize(
    ("handled", "expected"), [(stamp(12, 9), 1), (stamp(12, 9, 1), 0), (stamp(10, 8, 59), 0), (None, 0)]
)
def test_within_48_hours_counts_both_edges(handled: Moment | None, expected: int) -> None:
    data = leads([("Ana", stamp(10, 9), handled, None)])
    made = run(compile_plan(counting(IN_TIME)), data, [period("2026-01")])
    assert first(made) == expected
    reasons = dict(made.accounting.measures[0].excluded)
    assert ("condition_missing" in reasons) == (handled is None)


def test_a_lead_is_judged_in_the_month_of_its_deadline() -> None:
    data = leads([("Ana", stamp(29, 22, 59), None, None), ("Ana", stamp(29, 23), None, None)])
    made = run(compile_plan(counting(None)), data, [period("2026-01")])
    assert first(made) == 1


def test_a_field_is_read_through_a_reference() -> None:
    path = t.FieldValue((t.Hop("deal", "row"), t.Hop("closed_on", "reference")), type=typed(DATE, row="leads"))
    data = leads(
        [("Ana", stamp(1, 1), None, 1), ("Ana", stamp(1, 1), None, None)],
        facts([deal("1", "Ana", 1, "2026-03-01"), deal("2", "Ana", 1, "2026-01-31")]),
    )
    made = run(compile_plan(counting(None, dated=path)), data, [period("2026-01")])
    assert first(made) == 1
    assert [reason for reason, _ in made.accounting.measures[0].excluded] == ["undated"]
    assert [each.use for each in made.accounting.tables] == ["reference", "unused", "measured"]


def test_credit_follows_the_manager_of_the_day() -> None:
    path = t.FieldValue((t.Hop("owner", "row"), t.Hop("manager", "person")), type=typed(WHO, row="deals"))
    revenue = evolve(REVENUE, credit=t.Credit(t.CreditPath(path), overlay=False))
    data = facts(
        [deal("1", "Bob", 5, "2026-01-02"), deal("2", "Ana", 7, "2026-01-02")],
        people=[person("Ana"), person("Bob", manager="Ana")],
    )
    made = run(
        compile_plan(plan(line("bonus", rounded(measured("revenue", MONTH))), measures=(revenue,))),
        data,
        [period("2026-01")],
    )
    assert first(made) == 5
    assert dict(made.accounting.measures[0].excluded)["no_participant"].amount == 7


def test_a_parameter_in_a_row_is_read_on_the_day_of_the_event() -> None:
    rate = t.Parameter(
        "fee", "Fee", MONEY, (t.Since(date(2026, 1, 1), Fraction(2)), t.Since(date(2026, 1, 15), Fraction(3)))
    )
    fee = t.ParameterValue("fee", "event", type=typed(MONEY, row="deals"))
    made = plan(
        line("bonus", rounded(measured("revenue", MONTH))),
        measures=(evolve(REVENUE, value=fee),),
        parameters=(rate,),
    )
    data = facts([deal("1", "Ana", 0, "2026-01-14"), deal("2", "Ana", 0, "2026-01-15")])
    assert first(run(compile_plan(made), data, [period("2026-01")])) == 5


def test_a_sum_of_too_many_different_fractions_is_pending() -> None:
    rows = [deal(str(at), "Ana", Fraction(1, at), "2026-01-05") for at in range(1, 10_003)]
    compiled = compile_plan(plan(line("bonus", rounded(measured("revenue", MONTH))), measures=(REVENUE,)))
    made = run(compiled, facts(rows), [period("2026-01")])
    assert [each.code for each in made.payouts[0].reasons] == ["P204"]
    assert run(compiled, facts(rows[:2000]), [period("2026-01")]).payouts[0].status == "paid"


def test_what_is_not_known_of_a_person_is_told() -> None:
    team = t.Compare(
        "=",
        t.PersonValue("team", "period_end", type=typed(TEXT)),
        t.Constant("A", type=typed(TEXT)),
        type=typed(YES_NO),
    )
    compiled = compile_plan(plan(line("bonus", rounded(t.When(team, eur(5), type=typed(MONEY))))))
    made = run(compiled, facts(people=[person("Ana"), person("Bob", team=None)]), [period("2026-01")])
    assert first(made) == 5
    assert [each.message for each in made.payouts[1].reasons] == ["“team” of Bob is not known"]


def test_days_between_dates_are_counted() -> None:
    hired = t.Constant(date(2026, 1, 1), type=typed(DATE))
    later = t.DateShift(hired, number(30, t.Unit("days")), back=False, type=typed(DATE))
    gap = t.DateGap(later, hired, type=typed(t.Unit("days")))
    value = t.Choose(
        (t.Branch(t.Compare("=", gap, number(30), type=typed(YES_NO)), eur(1)),), eur(0), type=typed(MONEY)
    )
    assert first(run(compile_plan(plan(line("bonus", rounded(value)))), facts(), [period("2026-01")])) == 1
