"""How the days of a mean are shown."""

from __future__ import annotations

from datetime import date

import pytest

import incentive
from incentive import Dataset, Explanation
from incentive.results import readd

TEXT = """incentive 1 en
plan "P" {
  currency EUR
  period year
  presence by calendar days
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
input quota: money per participant per year prorated
component goal {
  pay quota
}
component there {
  pay presence * 100 EUR
}
"""


def explained(component: str) -> Explanation:
    data = Dataset.from_rows(
        tables={},
        people=[{"who": "Ana", "until": date(2026, 10, 31)}],
        inputs={
            "quota": [
                {"participant": "Ana", "from": None, "until": date(2026, 3, 31), "value": 1_200_000},
                {"participant": "Ana", "from": date(2026, 4, 1), "until": None, "value": 1_500_000},
            ]
        },
        timezone="Europe/Paris",
    )
    return incentive.parse(TEXT).run(data, period="2026", engine="reference").explain("Ana", component)


def test_each_stretch_of_days_is_shown_with_its_row_and_cents_add_up() -> None:
    told = explained("goal")
    assert readd(told)
    lines = [" ".join(line.split()) for line in str(told).splitlines() if "|" in line]
    assert lines == [
        "| from until days value adds row",
        "| 2026-01-01 2026-03-31 90 of 365 1 200 000.00 EUR 295 890.41 EUR quota:1",
        "| 2026-04-01 2026-10-31 214 of 365 1 500 000.00 EUR 879 452.06 EUR quota:2",
        "| 2026-11-01 2026-12-31 61 of 365 not on the plan 0.00 EUR",
        "| to the cent, by the largest remainder: 1 175 342.47 EUR in all",
    ]


def test_presence_shows_the_rows_of_the_roster() -> None:
    told = explained("there")
    assert readd(told)
    assert "| 2026-01-01  2026-10-31  304 of 365" in str(told)
    assert "people:1" in str(told)


@pytest.mark.parametrize("component", ["goal", "there"])
def test_stretches_are_plain_data_too(component: str) -> None:
    found = str(explained(component).to_dict())
    assert "'until': '2026-10-31'" in found
    assert "'of': '365'" in found
