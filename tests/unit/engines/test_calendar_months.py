"""Months of the calendar: where a day goes that a month does not have, and how many lie between two days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines.reference.dates import Calendar, MonthEnd, months_between, moved
from incentive.quantities import month_add

DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
ENDS = st.sampled_from(["down", "up"])
HEAD = """incentive 1 en
plan "Months" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  signed_on: date
  paid_on:   date
}
"""


@pytest.mark.parametrize(("end", "there"), [("down", date(2026, 2, 28)), ("up", date(2026, 3, 1))])
def test_the_plan_says_where_31_january_and_a_month_leads(end: MonthEnd, there: date) -> None:
    assert moved(date(2026, 1, 31), 1, "months", Calendar("Europe/Paris", end)) == there


@given(DAYS, DAYS, ENDS)
def test_whole_months_are_those_that_can_be_added_without_passing_the_later_day(
    one: date, other: date, end: MonthEnd
) -> None:
    first, last = sorted((one, other))
    count = months_between(first, last, end)
    assert month_add(first, count, end) <= last < month_add(first, count + 1, end)
    assert months_between(last, first, end) == -count


FORMS = {
    "added": "measure m {\n  count deals\n  dated signed_on + 1 months\n}\n",
    "taken off": "measure m {\n  count deals\n  dated signed_on - 2 months\n}\n",
    "within": "measure m {\n  count deals\n  where paid_on within 3 months of signed_on\n  dated paid_on\n}\n",
    "between": "measure m {\n  count deals\n  where months(signed_on, paid_on) < 3 months\n  dated paid_on\n}\n",
}


def codes(text: str) -> list[str]:
    """What is found; that few of the declarations are read is no news."""
    return [each.code for each in incentive.check(text) if each.code != "W440"]


@pytest.mark.parametrize("form", FORMS)
def test_months_need_a_rule_for_their_ends_and_the_fix_gives_one(form: str) -> None:
    text = HEAD + FORMS[form]
    (found,) = incentive.check(text)
    assert found.code == "E523"
    for fix, clause in zip(found.fixes, ("down", "up"), strict=True):
        (edit,) = fix.edits
        mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
        assert f"\n  month_end {clause}\n" in mended
        assert codes(mended) == []


def test_one_choice_answers_for_all_places() -> None:
    (found,) = incentive.check(HEAD + FORMS["added"] + FORMS["within"].replace("measure m", "measure n"))
    assert len(found.labels) == 3  # both places, and the plan's block


def test_days_written_in_the_plan_need_no_rule_where_there_is_such_a_day() -> None:
    made = HEAD + "measure m {\n  count deals\n  where paid_on > 2026-01-{} + 1 months\n  dated paid_on\n}\n"
    assert codes(made.replace("{}", "28")) == []
    assert codes(made.replace("{}", "31")) == ["E523"]
