"""Values of a day: what `dated` reaches, what changes while a component accumulates, and what stays silent."""

from __future__ import annotations

import pytest

import incentive
from incentive.tree import Converted, DatedParameter, show, walk
from tests.unit.checking.preamble import around

RATE = "parameter rate {\n  from 2026-01-01: 5%\n  from 2026-07-01: 6%\n}\n"
FX = "facts fx {\n  from: text\n  to: text\n  on: date\n  rate: number\n}\n"


def codes(lines: str) -> list[str]:
    """What is found in some lines; that few of the declarations around them are read is no news."""
    return [each.code for each in incentive.check(around(lines, "en")) if each.code != "W440"]


def line(lines: str) -> str:
    plan = incentive.parse(around(lines, "en"))
    (found,) = [each for each in plan.tree.components if each.name == "bonus"]
    return show(found.line, period="month")


@pytest.mark.parametrize(
    "pay",
    [
        "(rate dated 2026-01-01) of revenue",
        "(rate of revenue) dated 2026-01-01",
        "rate dated 2026-01-01 * revenue",
        "(rate dated (2026-01-01 + 30 days)) of revenue",
    ],
)
def test_a_day_reaches_the_parameters_inside(pay: str) -> None:
    made = incentive.parse(around(f"{RATE}component bonus {{\n  pay {pay}\n}}", "en"))
    assert [type(each) for each in walk(made.tree) if isinstance(each, DatedParameter)] == [DatedParameter]


def test_a_definition_is_read_on_the_day_of_its_use() -> None:
    pay = "(share dated 2026-01-01) of revenue + share of revenue"
    lines = f"{RATE}let share = rate * 2\ncomponent bonus {{\n  pay {pay}\n}}"
    plan = incentive.parse(around(lines, "en"))
    assert [each.written for each in plan.tree.definitions] == ["share", "share"]
    assert len({each.name for each in plan.tree.definitions}) == 2


def test_the_day_of_a_row_may_be_any_of_its_dates() -> None:
    lines = (
        f"{RATE}measure due {{\n  sum deals.amount * (rate dated lead.sql_on)\n"
        "  where lead.sql_on is not missing and lead is not missing\n  dated closed_on\n}\n"
    )
    assert codes(lines) == []


def test_a_rate_is_that_of_the_day_named() -> None:
    made = incentive.parse(
        around(
            f"{FX}measure due {{\n  sum deals.us_amount in EUR at fx dated closed_on + 0 EUR\n  dated closed_on\n}}",
            "en",
        )
    )
    (found,) = [each for each in walk(made.tree) if isinstance(each, Converted)]
    assert (found.at, found.known) == ("day", 0)


def test_money_without_its_currency_may_be_missing() -> None:
    trips = "facts trips {\n  currency: text optional\n  cost: money in currency\n  day: date\n}\n"
    measure = "measure costs {\n  sum trips.cost in EUR at fx\n  dated day\n}\n"
    assert codes(FX + trips + measure) == ["E331"]
    assert codes(FX + trips.replace(" optional", "") + measure) == []


def test_the_only_table_of_rates_need_not_be_named() -> None:
    assert codes(FX + "let a = revenue_us in EUR + revenue") == []
    assert codes(FX + FX.replace("fx", "other") + "let a = revenue_us in EUR + revenue") == ["E320"]


@pytest.mark.parametrize("field", ["rate: number optional", "rate: money", "day: date"])
def test_a_table_without_its_four_fields_is_none_of_rates(field: str) -> None:
    name = "on: date" if field.startswith("day") else "rate: number"
    assert codes(FX.replace(name, field) + "let a = revenue_us in EUR at fx") == ["E325"]


@pytest.mark.parametrize(
    ("parameter", "component"),
    [
        (RATE, "pay rate * revenue"),
        (RATE, "accumulate over quarter\n  pay rate * revenue"),
        (RATE, "accumulate over year\n  pay (rate dated 2026-01-01) * revenue"),
        ("parameter rate = 5%\n", "accumulate over year\n  pay rate * revenue"),
        (RATE.replace("2026-07-01", "2027-07-01"), "accumulate over year\n  pay rate * revenue"),
        (RATE.replace("5%", "5 EUR").replace("6%", "6 EUR"), "accumulate over year\n  pay 5% of revenue\n  cap rate"),
    ],
)
def test_nothing_is_said_where_nothing_is_computed_again(parameter: str, component: str) -> None:
    assert codes(f"{parameter}component bonus {{\n  {component}\n}}") == []


def test_a_change_inside_the_window_is_found_through_definitions_and_tables() -> None:
    table = "pay revenue by slice {\n    from 0 EUR: rate\n  }"
    assert codes(f"{RATE}component bonus {{\n  accumulate over year\n  {table}\n}}") == ["W505"]
    inside = f"{RATE}let due = rate * revenue\ncomponent bonus {{\n  accumulate over year\n  pay due\n}}"
    assert codes(inside) == ["W505"]


def test_the_fix_names_the_first_day_of_the_plan() -> None:
    text = around(f"{RATE}component bonus {{\n  accumulate over year\n  pay rate * revenue\n}}", "en")
    (found,) = (each for each in incentive.check(text) if each.code != "W440")
    (edit,) = found.fixes[1].edits
    mended = text[: edit.span.start] + edit.text + text[edit.span.end :]
    assert "pay (rate dated 2026-01-01) * revenue" in mended
    assert {each.code for each in incentive.check(mended)} <= {"W440"}


def test_a_conversion_on_the_date_of_each_event_is_not_done_again() -> None:
    measure = "measure due {\n  sum deals.us_amount in EUR at fx\n  dated closed_on\n  credit owner\n}\n"
    assert codes(f"{FX}{measure}component bonus {{\n  accumulate over year\n  pay 5% of due\n}}") == []
    assert codes(f"{FX}component bonus {{\n  pay 5% of (revenue_us in EUR at fx)\n}}") == []
