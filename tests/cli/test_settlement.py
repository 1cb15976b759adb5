"""What a run prints of a settlement, in each format."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PLAN = """incentive 1 en
plan "Draw" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-02-28
}
input line: money per participant per month
component commission {
  pay line
}
settlement {
  add commission
  draw 100 EUR per month recoverable
}
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "draw.plan").write_text(PLAN)
    data = folder / "settled"
    data.mkdir()
    (data / "people.csv").write_text("who\nana\n")
    (data / "line.csv").write_text("participant,period,value\nana,2026-01,10\nana,2026-02,150\n")
    return folder


@pytest.mark.usefixtures("folder")
def test_text_shows_the_settlement_below_the_lines(incentive: Command) -> None:
    said = incentive("run", "draw.plan", "--data", "settled").out
    rows = [line.split() for line in said.partition("Settlement\n")[2].splitlines()]
    assert rows[0] == ["participant", "period", "earned", "payable", "paid", "draw_balance"]
    assert rows[2:4] == [
        ["ana", "2026-01", "10.00", "10.00", "100.00", "90.00"],
        ["ana", "2026-02", "150.00", "150.00", "100.00", "40.00"],
    ]
    assert rows[-1] == ["total", "160.00", "160.00", "200.00"]


@pytest.mark.usefixtures("folder")
def test_csv_has_results_as_further_rows_where_asked(incentive: Command) -> None:
    plain = incentive("run", "draw.plan", "--data", "settled", "--format", "csv").out
    more = incentive("run", "draw.plan", "--data", "settled", "--format", "csv", "--settlement").out
    assert more.startswith(plain)
    assert "ana,2026-02,draw_balance,paid,40.00,EUR\n" in more
    assert "paid" not in {line.split(",")[2] for line in plain.splitlines()}
    assert incentive("run", "draw.plan", "--data", "settled", "--settlement").code == 2


@pytest.mark.usefixtures("folder")
def test_json_has_the_steps(incentive: Command) -> None:
    said = json.loads(incentive("run", "draw.plan", "--data", "settled", "--format", "json").out)
    assert said["settlements"][1]["results"]["paid"]["amount"] == "100"
    assert [each["after"] for each in said["settlements"][1]["steps"]] == ["150", "100"]


@pytest.mark.usefixtures("folder")
def test_what_is_paid_is_explained(incentive: Command) -> None:
    said = incentive(
        "explain",
        "draw.plan",
        "--data",
        "settled",
        "--participant",
        "ana",
        "--period",
        "2026-02",
        "--component",
        "paid",
    )
    assert "balance brought forward = 90.00 EUR" in said.out
