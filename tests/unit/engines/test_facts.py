"""Figures from facts: credit, groups, windows, inputs, and the account of all rows."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from attrs import evolve

from incentive import tree as t
from incentive.data import Facts, Person, Segment
from incentive.diagnostics import DataError, UsageError
from incentive.engines import compile_plan, explain, run
from incentive.engines.reference.crediting import recorded_later
from incentive.quantities.moments import Moment
from incentive.results import MeasureAccount, Run, readd
from tests.unit.engines.samples import (
    COUNT,
    COVERED,
    MONEY,
    MONTH,
    OVERLAY,
    QUARTER,
    RATIO,
    REVENUE,
    TARGET,
    TEXT,
    YEAR,
    YEAR_TO_DATE,
    YES_NO,
    accumulated,
    by_quota,
    deal,
    eur,
    facts,
    given,
    line,
    measured,
    number,
    period,
    periods,
    person,
    plan,
    rounded,
    times,
    typed,
    word,
)


def amounts(made: Run) -> dict[tuple[str, str], object]:
    return {
        (each.participant, each.period.name): None if each.amount is None else each.amount.exact
        for each in made.payouts
    }


def computed(plain: t.Plan, data: Facts, *names: str, **more: object) -> Run:
    """A run whose every explanation adds up to its line."""
    compiled = compile_plan(plain)
    made = run(compiled, data, [period(name) for name in names], **more)  # type: ignore[arg-type]  # passed on
    as_of = more.get("as_of")
    for each in made.payouts:
        tree = explain(compiled, data, each.period, each.participant, each.component, as_of)  # type: ignore[arg-type]
        assert readd(tree)
        assert tree.value == (None if each.amount is None else each.amount.exact)
    return made


def account_of(made: Run, name: str) -> MeasureAccount:
    return next(each for each in made.accounting.measures if each.measure == name)


def excluded(made: Run, name: str) -> dict[str, int]:
    return {reason: tally.rows for reason, tally in account_of(made, name).excluded}


REVENUE_PLAN = plan(line("bonus", rounded(measured("revenue", MONTH))))


def test_a_month_adds_the_won_deals_of_their_owner() -> None:
    data = facts(
        [
            deal("1", "Ana", 100, "2026-01-01"),
            deal("2", "Ana", Fraction("0.5"), "2026-01-31"),
            deal("3", "Ana", 10, "2026-02-01"),
            deal("4", "Bob", 7, "2026-01-15"),
            deal("5", "Ana", 9, "2026-01-15", stage="lost"),
        ]
    )
    made = computed(REVENUE_PLAN, data, "2026-01")
    assert amounts(made) == {("Ana", "2026-01"): Fraction("100.5"), ("Bob", "2026-01"): 7}
    assert excluded(made, "revenue") == {"outside_run": 1, "condition": 1}


def test_statements_come_by_person_period_and_component() -> None:
    made = computed(REVENUE_PLAN, facts(), "2026-02", "2026-01")
    assert [(each.participant, each.period.name) for each in made.payouts] == [
        ("Ana", "2026-01"),
        ("Ana", "2026-02"),
        ("Bob", "2026-01"),
        ("Bob", "2026-02"),
    ]
    assert {each.status for each in made.payouts} == {"zero"}


def test_a_missing_amount_leaves_the_line_pending_and_is_listed() -> None:
    data = facts([deal("1", "Ana", None, "2026-01-05"), deal("2", "Ana", 5, "2026-01-06")])
    made = computed(REVENUE_PLAN, data, "2026-01")
    assert amounts(made)["Ana", "2026-01"] is None
    reason = made.payouts[0].reasons[0]
    assert reason.code == "P208"
    assert reason.place is not None
    assert reason.place.line == 2
    account = account_of(made, "revenue")
    assert (account.counted.rows, account.counted.amount, account.missing) == (2, 5, (2,))


def test_every_reason_for_leaving_a_row_out_is_told() -> None:
    data = facts(
        [
            deal("1", "Ana", 1, None),
            deal("2", "Ana", 1, "2025-12-31"),
            deal("3", "Ana", 1, "2026-05-01"),
            deal("4", "Ana", 1, "2026-01-02", stage="lost"),
            deal("5", "Cid", 1, "2026-01-03"),
            deal("6", "Ana", 1, "2026-01-04"),
            deal("7", "Ana", 1, "2026-01-05"),
            deal("8", "Bob", 1, "2026-01-06"),
        ],
        people=[person("Ana"), person("Bob"), person("Cid", end="2025-06-01")],
        recorded=[date(2026, 1, 10)] * 6 + [date(2026, 3, 1)] + [date(2026, 1, 10)],
    )
    only = evolve(REVENUE_PLAN, measures=(REVENUE,))
    made = computed(only, data, "2026-01", as_of=date(2026, 2, 1), participants=["Ana"])
    assert account_of(made, "revenue").counted.rows == 1
    assert excluded(made, "revenue") == {
        "recorded_later": 1,
        "undated": 1,
        "outside_plan": 1,
        "outside_run": 1,
        "condition": 1,
        "not_in_plan": 1,
        "other_participants": 1,
    }
    deals = made.accounting.tables[0]
    assert (deals.use, deals.read, deals.counted) == ("measured", 8, 1)
    people = made.accounting.people[0]
    assert (people.covered, people.left_out) == (("Ana", "Bob"), (("not_on_roster", ("Cid",)),))


def test_as_of_needs_to_know_when_rows_became_known() -> None:
    with pytest.raises(UsageError):
        run(compile_plan(REVENUE_PLAN), facts(), [period("2026-01")], as_of=date(2026, 2, 1))


def test_an_unknown_participant_is_refused() -> None:
    with pytest.raises(UsageError):
        run(compile_plan(REVENUE_PLAN), facts(), [period("2026-01")], participants=["Zoe"])


def test_accumulated_months_add_up_to_the_year() -> None:
    value = accumulated(by_quota(measured("revenue", YEAR_TO_DATE), given("quota", YEAR)))
    data = facts(
        [deal("1", "Ana", 500_000, "2026-01-05"), deal("2", "Ana", 300_000, "2026-02-06")],
        quota={("Ana", "2026"): 600_000},
        people=[person("Ana")],
    )
    made = computed(plan(line("bonus", value)), data, "2026-01", "2026-02", "2026-03")
    assert list(amounts(made).values()) == [25_000, 24_200, 0]


def test_credit_through_a_table_shares_or_overlays() -> None:
    made = plan(
        line("own", rounded(measured("covered", MONTH))),
        line("all", rounded(measured("covered", MONTH, "company"))),
    )
    data = facts(
        [deal("1", "Ana", 100, "2026-01-05"), deal("2", "Ana", 7, "2026-01-05", region="south")],
        coverage=[("Ana", "north", 1), ("Bob", "north", Fraction(1, 2))],
    )
    found = computed(made, data, "2026-01")
    by_line = {(e.participant, e.component): e.amount.exact for e in found.payouts if e.amount is not None}
    assert by_line == {("Ana", "own"): 100, ("Bob", "own"): 50, ("Ana", "all"): 100, ("Bob", "all"): 100}
    overlay = account_of(found, "covered").overlay
    assert overlay is not None
    assert (overlay.credited, overlay.facts) == (150, 100)
    assert excluded(found, "covered") == {"unassigned": 1}


def test_shares_that_do_not_total_the_whole_are_refused() -> None:
    credit = evolve(OVERLAY, overlay=False)
    made = evolve(plan(line("own", rounded(measured("covered", MONTH)))), measures=(evolve(COVERED, credit=credit),))
    data = facts([deal("1", "Ana", 100, "2026-01-05")], coverage=[("Ana", "north", Fraction(9, 10))])
    with pytest.raises(DataError) as caught:
        run(compile_plan(made), data, [period("2026-01")])
    assert [each.code for each in caught.value.diagnostics] == ["P301"]


def moving(key: str, day: str, before: str, after: str) -> Person:
    """Somebody who changes teams on a day."""
    change = date.fromisoformat(day)
    return Person(
        key,
        (
            Segment(None, change, {"team": before, "manager": "Dan"}, 2),
            Segment(change, None, {"team": after, "manager": None}, 3),
        ),
    )


TEAMS = [person("Ana"), moving("Bob", "2026-01-16", "A", "B"), person("Cid", team="B"), person("Dan", team=None)]
TEAM_DEALS = [
    deal("1", "Ana", 1, "2026-01-10"),
    deal("2", "Bob", 10, "2026-01-15"),
    deal("3", "Bob", 100, "2026-01-16"),
    deal("4", "Cid", 1000, "2026-01-20"),
]


def test_a_team_counts_who_was_in_it_on_the_day() -> None:
    made = computed(
        plan(line("bonus", rounded(measured("revenue", MONTH, "team")))), facts(TEAM_DEALS, people=TEAMS), "2026-01"
    )
    assert amounts(made) == {
        ("Ana", "2026-01"): 11,
        ("Bob", "2026-01"): 1100,
        ("Cid", "2026-01"): 1100,
        ("Dan", "2026-01"): None,
    }
    assert made.payouts[-1].reasons[0].code == "P207"


def test_reports_count_on_the_days_they_report() -> None:
    made = computed(
        plan(line("bonus", rounded(measured("revenue", MONTH, "reports")))),
        facts(TEAM_DEALS, people=TEAMS),
        "2026-01",
    )
    assert amounts(made)["Dan", "2026-01"] == 10
    assert amounts(made)["Ana", "2026-01"] == 0


def test_a_named_group_is_whoever_meets_its_condition() -> None:
    team = t.PersonValue("team", "day", type=typed(TEXT))
    group = t.Group("bees", "B", t.Compare("=", team, word("B", TEXT), type=typed(YES_NO)))
    heads = t.People(type=typed(COUNT, "bees", MONTH))
    pay = t.When(
        t.Compare("=", heads, number(2, COUNT), type=typed(YES_NO)),
        measured("revenue", MONTH, "bees"),
        type=typed(MONEY),
    )
    made = computed(plan(line("bonus", rounded(pay)), groups=(group,)), facts(TEAM_DEALS, people=TEAMS), "2026-01")
    assert amounts(made)["Ana", "2026-01"] == 1100


def test_the_figure_of_a_group_of_targets_adds_its_members_on_the_last_day() -> None:
    data = facts(people=TEAMS, target={("Ana", "2026-01"): 3, ("Bob", "2026-01"): 4, ("Cid", "2026-01"): 5})
    made = computed(plan(line("bonus", rounded(given("target", MONTH, "team")))), data, "2026-01")
    assert list(amounts(made).values()) == [3, 9, 9, None]


def test_shorter_periods_add_up_only_if_all_are_there() -> None:
    value = rounded(given("target", QUARTER, by="sum"))
    data = facts(target={("Ana", f"2026-0{month}"): month for month in (1, 2, 3)} | {("Bob", "2026-01"): 1})
    made = computed(plan(line("bonus", value)), data, "2026-01")
    assert list(amounts(made).values()) == [6, None]
    assert [each.code for each in made.payouts[1].reasons] == ["P201", "P201"]


def test_a_stand_in_counts_beside_a_part_that_is_there() -> None:
    value = rounded(given("target", QUARTER, by="sum"))
    stand_in = evolve(TARGET, missing_part=Fraction(2))
    made = computed(plan(line("bonus", value), inputs=(stand_in,)), facts(target={("Ana", "2026-01"): 1}), "2026-01")
    assert list(amounts(made).values()) == [5, None]


def test_a_year_is_phased_over_its_quarters_or_equally() -> None:
    phased = t.Input("quota", "Quota", MONEY, "participant", "year", phases=tuple(Fraction(n, 5) for n in (1, 1, 1, 2)))
    made = plan(
        line("quarter", rounded(given("quota", QUARTER, by="phase"))),
        line("to_date", rounded(given("quota", YEAR_TO_DATE, by="phase"))),
        period="quarter",
        inputs=(phased,),
    )
    data = facts(quota={("Ana", "2026"): 100}, people=[person("Ana")])
    found = computed(made, data, "2026-Q3", "2026-Q4")
    assert [e.amount.exact for e in found.payouts if e.amount is not None] == [20, 60, 40, 100]
    equal = evolve(phased, phases=(), phased_equally=True)
    monthly = plan(line("month", rounded(given("quota", MONTH, by="phase"))), inputs=(equal,))
    assert amounts(computed(monthly, data, "2026-03"))["Ana", "2026-03"] == Fraction("8.33")


def test_an_average_of_nothing_is_missing_and_a_count_is_zero() -> None:
    made = plan(
        line("mean", rounded(measured("average_deal", MONTH))),
        line("count", rounded(times(eur(1), measured("deals_won", MONTH, unit=COUNT)))),
    )
    data = facts([deal("1", "Ana", 10, "2026-01-05"), deal("2", "Ana", 13, "2026-01-05")])
    found = computed(made, data, "2026-01")
    assert [None if e.amount is None else e.amount.exact for e in found.payouts] == [Fraction("11.5"), 2, None, 0]
    assert found.payouts[2].reasons[0].code == "P206"


def test_the_plan_covers_who_meets_its_condition_on_a_day() -> None:
    covers = t.Compare("=", t.PersonValue("team", "day", type=typed(TEXT)), word("A", TEXT), type=typed(YES_NO))
    made = run(compile_plan(evolve(REVENUE_PLAN, covers=covers)), facts(TEAM_DEALS, people=TEAMS), periods()[:2])
    assert set(amounts(made)) == {("Ana", "2026-01"), ("Ana", "2026-02"), ("Bob", "2026-01")}
    assert made.accounting.people[0].left_out == (("condition_missing", ("Dan",)), ("not_covered", ("Cid",)))


def test_lines_of_reports_feed_an_override() -> None:
    override = times(number("0.1"), t.LineValue("bonus", type=typed(MONEY, "reports", MONTH)))
    made = plan(line("override", rounded(override)), line("bonus", rounded(measured("revenue", MONTH))))
    people = [person("Ana", manager="Dan"), person("Bob", manager="Dan"), person("Dan")]
    data = facts([deal("1", "Ana", 100, "2026-01-05"), deal("2", "Bob", 50, "2026-01-05")], people=people)
    found = computed(made, data, "2026-01", participants=["Dan"])
    assert [e.amount.exact for e in found.payouts if e.amount is not None] == [15, 0]
    assert account_of(found, "revenue").counted.rows == 2


def test_a_line_over_a_wider_window_adds_its_periods() -> None:
    so_far = t.LineValue("bonus", type=typed(MONEY, "participant", YEAR_TO_DATE))
    made = plan(line("bonus", rounded(measured("revenue", MONTH))), line("sum", rounded(so_far)))
    data = facts([deal("1", "Ana", 100, "2026-01-05"), deal("2", "Ana", 50, "2026-02-05")], people=[person("Ana")])
    found = computed(made, data, "2026-02")
    assert [e.amount.exact for e in found.payouts if e.amount is not None] == [50, 150]


def test_windows_that_look_back_read_before_the_first_day() -> None:
    before = t.Window("same_last_year", "month")
    data = facts([deal("1", "Ana", 5, "2025-01-31"), deal("2", "Ana", 6, "2025-02-01")], people=[person("Ana")])
    found = computed(plan(line("bonus", rounded(measured("revenue", before)))), data, "2026-01")
    assert amounts(found) == {("Ana", "2026-01"): 5}
    assert excluded(found, "revenue") == {"outside_plan": 1}


def test_a_figure_of_the_company_needs_nobody() -> None:
    nobody = evolve(REVENUE, credit=None)
    made = plan(line("bonus", rounded(measured("revenue", MONTH, "company"))), measures=(nobody,))
    found = computed(made, facts([deal("1", "Ana", 5, "2026-01-31")]), "2026-01")
    assert amounts(found) == {("Ana", "2026-01"): 5, ("Bob", "2026-01"): 5}


def test_an_explanation_shows_the_rows_and_where_they_stand() -> None:
    data = facts([deal("9", "Ana", 5, "2026-01-31"), deal("8", "Ana", 6, "2026-01-02", region="east")])
    tree = explain(compile_plan(REVENUE_PLAN), data, period("2026-01"), "Ana", "bonus")
    measure = tree.children[0].children[0]
    assert measure.counted == 2
    assert [(e.key, e.line, e.value, e.shown) for e in measure.rows] == [
        ("8", 3, 6, (("region", "east"),)),
        ("9", 2, 5, (("region", "north"),)),
    ]


def test_a_ratio_of_shares_stays_exact() -> None:
    credit = t.Credit(OVERLAY.to, overlay=False)
    third = Fraction(1, 3)
    made = plan(
        line("bonus", rounded(times(measured("covered", MONTH), number(3, RATIO)))),
        measures=(evolve(COVERED, credit=credit),),
    )
    coverage = [(name, "north", third) for name in ("Ana", "Bob", "Cid")]
    data = facts(
        [deal("1", "Ana", 100, "2026-01-05")],
        coverage=coverage,
        people=[person(name) for name in ("Ana", "Bob", "Cid")],
    )
    assert set(amounts(computed(made, data, "2026-01")).values()) == {100}


def test_what_was_recorded_later_is_told_by_days() -> None:
    day, rows = date(2026, 3, 31), [deal("1", "Ana", 1, None)] * 4
    late = Moment(datetime(2026, 3, 31, 22, 30, tzinfo=UTC), date(2026, 4, 1))
    stamps = (date(2026, 3, 31), date(2026, 4, 1), late, Moment(late.utc, day))
    known = evolve(facts(rows).tables["deals"], recorded=stamps)
    assert recorded_later(known, day) == [False, True, True, False]
    assert recorded_later(evolve(known, recorded=(None,)), day) == [True]
    assert recorded_later(known, None) is None
    assert recorded_later(facts(rows).tables["deals"], day) is None
