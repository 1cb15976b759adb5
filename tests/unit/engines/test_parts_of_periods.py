"""Days that count and values that hold on days: what is read of them, what is said of them, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import incentive
from incentive import Dataset, Explanation
from incentive.engines.reference import presence
from incentive.results import Stretch, readd

HEAD = """incentive 1 en
plan "Parts" {
  currency  EUR
  period    month
  presence  by working days
  timezone  "Europe/Paris"
  effective from 2026-01-31 until 2026-12-31
}
facts people {
  who:  participant
  team: text
  part: percent optional prorated
}
"""
LINE = "component line {\n  pay FIGURE\n}\n"
Row = Mapping[str, Any]
ANA = {"who": "Ana", "team": "north", "part": 1}
FEB, MARCH = date(2026, 2, 1), date(2026, 3, 1)


def of(
    figure: str, *people: Row, period: str = "2026-02", declared: str = "", **inputs: list[Row]
) -> tuple[str, Explanation]:
    """Ana's line, and the figure it pays, which adds up again; with the text of the plan."""
    text = HEAD + declared + LINE.replace("FIGURE", figure)
    data = Dataset.from_rows(tables={}, people=people or (ANA,), inputs=inputs, timezone="Europe/Paris")
    told = incentive.parse(text).run(data, period=period, engine="reference").explain("Ana", "line")
    assert readd(told)
    return text, told


def paid(*args: Any, **more: Any) -> object:  # noqa: ANN401 - of `of`
    return of(*args, **more)[1].value


def every(why: Explanation) -> Iterator[Explanation]:
    yield why
    for child in why.children:
        yield from every(child)


def stretches(*args: Any, **more: Any) -> list[tuple[str, str, object, object]]:  # noqa: ANN401 - of `of`
    """From, until, what holds, and the line of its row."""
    found: list[Stretch] = [one for each in every(of(*args, **more)[1]) for one in each.stretches]
    return [(str(one.first), str(one.last), one.value, one.row and one.row.line) for one in found]


def said(*args: Any, **more: Any) -> tuple[str, str]:  # noqa: ANN401 - of `of`
    """Why the line is pending, and the text that the reason points at."""
    text, told = of(*args, **more)
    assert told.reason is not None
    span = told.reason.span
    return f"{told.reason.code} {told.reason.message}", "" if span is None else text[span.start : span.end]


# ---- the part of a period --------------------------------------------------------------------------------------------
def test_a_window_without_a_day_that_counts_has_no_parts() -> None:
    wanted = "P215 none of the days from 2026-01-31 to 2026-01-31 counts, the way the plan counts them"
    assert said("presence over plan to date * 1 EUR", period="2026-01")[0] == wanted  # a Saturday
    assert paid("presence over plan to date * 1 EUR") == 1


@pytest.mark.parametrize("figure", ["presence", "part"])
def test_nobody_is_on_the_plan_before_it_begins(figure: str) -> None:
    assert stretches(f"{figure} over quarter * 1 EUR") == [
        ("2026-01-01", "2026-01-30", None, None),
        ("2026-01-31", "2026-03-31", 1, 1),
    ]


@pytest.mark.parametrize(("figure", "expected"), [("presence over quarter * 66 EUR", 52), ("goal", 9)])
def test_nobody_is_on_the_plan_after_it_ends(figure: str, expected: int) -> None:
    ends = HEAD.replace("until 2026-12-31", "until 2026-12-13") + "input goal: money per team per month prorated\n"
    goal = [{"team": "north", "period": "2026-12", "value": 23}]
    data = Dataset.from_rows(tables={}, people=(ANA,), inputs={"goal": goal}, timezone="Europe/Paris")
    run = incentive.parse(ends + LINE.replace("FIGURE", figure)).run(data, period="2026-12", engine="reference")
    assert run.explain("Ana", "line").value == expected  # the working days until Friday, 11 December


def test_a_plan_that_does_not_say_how_days_are_counted_counts_every_day() -> None:
    text = HEAD.replace("  presence  by working days\n", "").replace(" prorated", "")
    plan = incentive.parse(text + LINE.replace("FIGURE", "1 EUR")).tree
    assert presence.DayCounter.of(plan).count(FEB.toordinal(), MARCH.toordinal()) == 28


def test_only_a_window_other_than_the_period_is_named() -> None:
    def covers(figure: str) -> list[object]:
        return [each.covers for each in every(of(figure)[1]) if each.kind == "Presence"]

    assert covers("presence * 1 EUR") == [None]
    assert covers("presence over month * 1 EUR") == [None]
    assert covers("presence over quarter * 1 EUR") == [(date(2026, 1, 1), date(2026, 3, 31))]
    assert covers("presence over plan to date * 1 EUR") == [(date(2026, 1, 31), date(2026, 2, 28))]


def test_a_field_without_a_value_is_missed_on_days_that_count() -> None:
    unknown = {"who": "Ana", "team": "north", "part": None}
    friday = ({**ANA, "until": date(2026, 2, 26)}, {**unknown, "from": date(2026, 2, 27)})
    weekend = ({**ANA, "until": date(2026, 2, 27)}, {**unknown, "from": date(2026, 2, 28), "until": date(2026, 2, 28)})
    assert said("(part if missing 0%) * 1 EUR + part * 1 EUR", *friday)[0].startswith("P211 ")
    assert "Ana" in said("part * 1 EUR", *friday)[0]
    assert "part" in said("part * 1 EUR", *friday)[0]
    assert paid("part * 1 EUR", *weekend) == 1


def test_the_first_and_the_last_day_are_those_of_the_window() -> None:
    def holds(condition: str) -> bool:
        return paid(f"if {condition} then 1 EUR else 0 EUR") == 1

    assert holds("first_day = 2026-02-01 and last_day = 2026-02-28")
    assert holds("first_day over quarter = 2026-01-01 and last_day over quarter = 2026-03-31")


# ---- values that hold on days ----------------------------------------------------------------------------------------
RATE = "input rate: money per participant per month\n"
EARLY = {"participant": "Ana", "from": None, "until": date(2026, 2, 27), "value": 5}
LATE = {"participant": "Ana", "from": date(2026, 2, 28), "until": date(2026, 2, 28), "value": 7}


def test_of_values_by_days_the_one_of_the_last_day_holds() -> None:
    told = of("rate", declared=RATE, rate=[EARLY, LATE])[1]
    assert told.value == 7
    (cell,) = (each for each in every(told) if each.kind == "Cell")
    assert (cell.holder, cell.period) == ("Ana", "2026-02-28")
    assert [(row.table, row.line, row.key, row.share, row.value) for row in cell.rows] == [("rate", 2, "Ana", 1, 7)]


@pytest.mark.parametrize(("label", "name"), [("", "rate"), (' "Rate of pay"', "Rate of pay")])
def test_a_last_day_without_a_value_is_named(label: str, name: str) -> None:
    declared = RATE.replace("rate:", f"rate{label}:")
    wanted = f"P214 “{name}” has no value from 2026-02-28 to 2026-02-28 (Ana)"
    assert said("rate", declared=declared, rate=[EARLY]) == (wanted, "rate")
    (cell,) = (each for each in every(of("rate", declared=declared, rate=[EARLY])[1]) if each.kind == "Cell")
    assert (cell.holder, cell.period) == ("Ana", "2026-02-28")
    later = {**LATE, "from": date(2026, 3, 1), "until": None}
    assert said("rate", declared=declared, rate=[later]) == (wanted, "rate")


QUOTA = "input quota: money per participant per month prorated\n"


def quota(first: date | None, last: date | None, value: int, who: str = "Ana") -> Row:
    return {"participant": who, "from": first, "until": last, "value": value}


def test_a_prorated_value_is_the_mean_of_those_of_the_days() -> None:
    rows = [quota(None, date(2026, 2, 13), 30), quota(date(2026, 2, 14), date(2026, 2, 22), 50)]
    rows.append(quota(date(2026, 2, 23), None, 70))
    assert paid("quota", declared=QUOTA, quota=rows) == 45  # 10, 5 and 5 working days of 20
    assert stretches("quota", declared=QUOTA, quota=rows) == [
        ("2026-02-01", "2026-02-13", 30, 1),
        ("2026-02-14", "2026-02-22", 50, 2),
        ("2026-02-23", "2026-02-28", 70, 3),
    ]
    (cell,) = (each for each in every(of("quota", declared=QUOTA, quota=rows)[1]) if each.kind == "Prorated")
    assert (cell.holder, cell.period, cell.value) == ("Ana", "2026-02", 45)
    row = cell.stretches[2].row
    assert row is not None
    assert (row.table, row.file, row.key, row.share, row.value) == ("quota", "", "Ana", 1, 70)


def test_values_of_the_days_before_and_after_are_not_of_the_period() -> None:
    rows = [quota(None, date(2026, 1, 31), 30), quota(FEB, date(2026, 2, 28), 50), quota(MARCH, None, 70)]
    assert stretches("quota", declared=QUOTA, quota=rows) == [("2026-02-01", "2026-02-28", 50, 2)]


@pytest.mark.parametrize(
    ("rows", "first", "last"),
    [
        ([quota(date(2026, 2, 3), None, 30)], "2026-02-01", "2026-02-02"),
        ([quota(None, date(2026, 2, 12), 30), quota(date(2026, 2, 14), None, 30)], "2026-02-13", "2026-02-13"),
        ([quota(None, date(2026, 2, 26), 30)], "2026-02-27", "2026-02-28"),
        ([quota(None, date(2026, 1, 31), 30)], "2026-02-01", "2026-02-28"),
        ([quota(date(2026, 3, 1), None, 30)], "2026-02-01", "2026-02-28"),
    ],
)
def test_working_days_without_a_value_are_named(rows: list[Row], first: str, last: str) -> None:
    wanted = f"P214 “quota” has no value from {first} to {last} (Ana)"
    assert said("quota", declared=QUOTA, quota=rows) == (wanted, "quota")
    (cell,) = (each for each in every(of("quota", declared=QUOTA, quota=rows)[1]) if each.kind == "Cell")
    assert (cell.holder, cell.period) == ("Ana", "2026-02")


def test_of_the_company_only_the_days_are_named() -> None:
    declared = "input goal: money per company per month prorated\n"
    rows = [{"from": MARCH, "until": None, "value": 20}]
    wanted = "P214 “goal” has no value from 2026-02-01 to 2026-02-28"
    assert said("goal", declared=declared, goal=rows)[0] == wanted
    given = [{"period": "2026-03", "value": 20}]
    assert said("goal", declared=declared, goal=given)[0] == "P201 “goal” (2026-02) was not provided"


def test_days_that_count_nothing_need_no_value() -> None:
    rows = [quota(date(2026, 2, 2), date(2026, 2, 13), 30), quota(date(2026, 2, 16), date(2026, 2, 27), 50)]
    assert paid("quota", declared=QUOTA, quota=rows) == 40


def test_nor_do_days_off_the_plan() -> None:
    here = ({**ANA, "until": date(2026, 2, 13)}, {**ANA, "from": date(2026, 2, 23)})
    rows = [quota(None, date(2026, 2, 13), 30), quota(date(2026, 2, 23), None, 70)]
    assert paid("quota", *here, declared=QUOTA, quota=rows) == Fraction(65, 2)
    assert stretches("quota", *here, declared=QUOTA, quota=rows) == [
        ("2026-02-01", "2026-02-13", 30, 1),
        ("2026-02-14", "2026-02-22", None, None),
        ("2026-02-23", "2026-02-28", 70, 2),
    ]


def test_rows_of_the_roster_that_meet_are_one_stretch() -> None:
    here = ({**ANA, "until": date(2026, 2, 13)}, {**ANA, "team": "south", "from": date(2026, 2, 14)})
    assert stretches("quota", *here, declared=QUOTA, quota=[quota(None, None, 30)]) == [
        ("2026-02-01", "2026-02-28", 30, 1)
    ]


@pytest.mark.parametrize("label", ["", ' "The goal"'])
def test_a_value_of_a_period_that_nobody_gave_is_named(label: str) -> None:
    declared = QUOTA.replace("quota:", f"quota{label}:")
    given = [{"participant": "Ana", "period": "2026-03", "value": 20}]
    wanted = f"P201 “{label.strip(' ').strip(chr(34)) or 'quota'}” (Ana, 2026-02) was not provided"
    assert said("quota", declared=declared, quota=given) == (wanted, "quota")


def test_a_value_of_a_period_holds_on_each_of_its_days_and_names_its_row() -> None:
    here = ({**ANA, "from": date(2026, 2, 23)},)
    given = [{"participant": "Ana", "period": "2026-02", "value": 20}]
    assert paid("quota", *here, declared=QUOTA, quota=given) == 5
    assert stretches("quota", *here, declared=QUOTA, quota=given) == [
        ("2026-02-01", "2026-02-22", None, None),
        ("2026-02-23", "2026-02-28", 20, 1),
    ]


def test_a_weekend_on_the_plan_needs_no_value_of_its_period() -> None:
    here = ({**ANA, "from": date(2026, 2, 28)},)
    other = [{"participant": "Ana", "period": "2026-03", "value": 20}]
    assert paid("quota", *here, declared=QUOTA, quota=other) == 0


def test_the_goal_of_a_team_counts_every_day_that_the_plan_has() -> None:
    declared = "input goal: money per team per month prorated\n"
    here = ({**ANA, "from": date(2026, 2, 23)},)
    rows = [{"team": "north", "period": name, "value": 20} for name in ("2026-01", "2026-02")]
    assert paid("goal", *here, declared=declared, goal=rows) == 20
    assert paid("goal", declared=declared, goal=rows, period="2026-01") == 0  # the plan has its last Saturday
    before = ("2025-12-01", "2025-12-31", None, None)
    more = [*rows, {"team": "north", "period": "2025-12", "value": 20}]
    assert stretches("goal over previous month", declared=declared, goal=more) == [
        ("2026-01-01", "2026-01-30", None, None),
        ("2026-01-31", "2026-01-31", 20, 1),
    ]
    assert stretches("goal over previous month", declared=declared, goal=more, period="2026-01") == [before]
