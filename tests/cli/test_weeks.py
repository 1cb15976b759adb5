"""A plan that pays by the week, from its file and its data to what is printed."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.cli.conftest import Command

PLAN = (Path(__file__).parents[1] / "plans" / "weeks_en.plan").read_text(encoding="utf-8")
FRENCH = (Path(__file__).parents[1] / "plans" / "weeks_fr.plan").read_text(encoding="utf-8")
CALLS = "ana,1000,2026-01-26\nana,2000,2026-02-01\nana,400,2026-01-04\nana,50,2025-12-31\n"


@pytest.fixture
def folder(folder: Path) -> Path:
    (folder / "weeks.plan").write_text(PLAN, encoding="utf-8")
    (folder / "semaines.plan").write_text(FRENCH, encoding="utf-8")
    data = folder / "weekly"
    data.mkdir()
    (data / "people.csv").write_text("who\nana\n")
    (data / "calls.csv").write_text(f"owner,amount,made_on\n{CALLS}")
    monday, goals = date(2025, 12, 29), ["participant,period,value"]
    while monday.year < 2027:
        year, week, _ = monday.isocalendar()
        goals.append(f"ana,{year}-W{week:02},100")
        monday += timedelta(weeks=1)
    (data / "goal.csv").write_text("\n".join(goals) + "\n")
    months = [f"ana,2026-{month:02},1000" for month in range(1, 13)]
    (data / "budget.csv").write_text("\n".join(["participant,period,value", *months]) + "\n")
    return folder


@pytest.mark.usefixtures("folder")
def test_a_week_is_paid_and_explained(incentive: Command) -> None:
    said = incentive("run", "weeks.plan", "--data", "weekly", "--period", "2026-W05", "--format", "csv").out
    assert "ana,2026-W05,weekly,paid,100.00,EUR\n" in said
    assert "ana,2026-W05,share,paid,2.50,EUR\n" in said  # the first of the four weeks of February
    named = ("--participant", "ana", "--component", "weekly", "--period", "2026-W05")
    explained = incentive("explain", "weeks.plan", "--data", "weekly", *named)
    assert explained.code == 0
    assert "calls.csv:3" in explained.out


@pytest.mark.usefixtures("folder")
def test_all_weeks_of_a_year_add_up_from_the_first_day_of_the_plan(incentive: Command) -> None:
    whole = ("run", "weeks.plan", "--data", "weekly", "--from", "2026-W01", "--until", "2026-W53", "--format", "csv")
    rows = [line.split(",") for line in incentive(*whole).out.splitlines()[1:]]
    assert len({row[1] for row in rows}) == 53
    assert [row[4] for row in rows if row[1:3] == ["2026-W01", "weekly"]] == ["20.00"]
    shares = [Decimal(row[4]) for row in rows if row[2] == "share" and row[3] == "paid"]
    assert sum(shares) == 120  # twelve months of 10; the last week belongs to January 2027


@pytest.mark.usefixtures("folder")
def test_the_french_plan_checks_and_its_examples_pass(incentive: Command) -> None:
    assert incentive("check", "semaines.plan").code == 0
    assert incentive("test", "semaines.plan").code == 0
