"""A folder of plans from the command line: formats, folders of runs, and what is refused."""

import json
from pathlib import Path

import pytest

from incentive.cli import main
from tests.unit.plans.test_plans import LEADS, SALES, text


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, content in (
        ("plans/sales.plan", SALES),
        ("plans/leads.plan", LEADS),
        ("data/people.csv", "who,role,from,until\nana,sales,,\nbob,lead,,\nzoe,intern,,\n"),
        ("data/deals.csv", "owner,amount,day\nana,1000.00,2026-01-10\nbob,400.00,2026-03-02\n"),
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    return tmp_path


def run(*more: str) -> int:
    return main(["run", "plans", "--data", "data", *more])


@pytest.mark.usefixtures("here")
def test_csv_names_the_plan_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--period", "2026-03", "--format", "csv") == 0
    assert capsys.readouterr().out.splitlines() == [
        "plan,participant,period,component,status,amount,currency",
        "Leads,bob,2026-Q1,commission,paid,4.00,EUR",
        "Sales,ana,2026-03,commission,zero,0.00,EUR",
    ]


@pytest.mark.usefixtures("here")
def test_json_has_totals_and_who_is_in_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--period", "2026-01", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["idle"] == ["Leads"]
    assert [(each["participant"], each["due"]) for each in told["totals"]] == [("ana", "100")]
    assert told["coverage"] == [{"period": "2026-01", "roster": 3, "in_none": ["zoe"], "in_several": {}}]


def test_each_plan_has_a_folder_of_its_run_and_goes_on_from_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--until", "2026-02", "--out", "february") == 0
    assert [each.name for each in sorted((here / "february").iterdir())] == ["sales"]
    (here / "data" / "deals.csv").write_text("owner,amount,day\nana,1500.00,2026-01-10\n", "utf-8")
    capsys.readouterr()
    assert run("--period", "2026-03", "--after", "february", "--out", "march", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(each["folder"], each["new"]) for each in told["folders"]] == [("leads", True), ("sales", True)]
    assert [each.name for each in sorted((here / "march").iterdir())] == ["leads", "sales"]
    assert "50.00" in (here / "march" / "sales" / "corrections.csv").read_text("utf-8")
    assert run("--period", "2026-03", "--after", "february", "--out", "march") == 0  # it is there, and the same
    assert main(["audit", "march/sales", "--previous", "february/sales"]) == 0


def test_what_does_not_go_with_a_folder_of_plans_is_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--parameter", "rate=5%") == 2
    assert "--parameter goes with one plan" in capsys.readouterr().err
    (here / "taken").write_text("", "utf-8")
    assert run("--out", "taken") == 2
    assert "--out 'taken': it exists already" in capsys.readouterr().err
    assert run("--period", "2031-01") == 2
    assert "no plan has a period that ends then" in capsys.readouterr().err


def test_the_mistakes_of_each_plan_stand_beside_its_text(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = text("Sales", "sales").replace("of revenue", "of revenu")
    (here / "plans" / "sales.plan").write_text(wrong, "utf-8")
    assert run() == 1
    told = capsys.readouterr().err
    assert "sales.plan:" in told
    assert "write `revenue` where it is used" in told
    assert run("--format", "json") == 1
    assert [each["code"] for each in json.loads(capsys.readouterr().out)["findings"]] == ["E203"]


def test_data_that_is_wrong_is_refused_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "data" / "deals.csv").write_text("owner,amount,day\nana,1O0,2026-01-10\n", "utf-8")
    assert run() == 1
    assert "D202" in capsys.readouterr().err
