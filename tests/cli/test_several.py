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


def test_a_plan_that_pays_nothing_is_carried_to_where_the_next_close_looks(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--until", "2026-03", "--out", "march") == 0
    (here / "data" / "deals.csv").write_text(
        "owner,amount,day\nana,1000.00,2026-01-10\nbob,900.00,2026-03-02\n", "utf-8"
    )
    assert run("--period", "2026-04", "--after", "march", "--out", "april") == 0
    assert [each.name for each in sorted((here / "april").iterdir())] == ["leads", "sales"]
    kept = [here / month / "leads" / "manifest.json" for month in ("march", "april")]
    assert kept[0].read_bytes() == kept[1].read_bytes()
    assert run("--period", "2026-04", "--after", "march", "--out", "april") == 0  # all of it is there
    assert run("--from", "2026-05", "--until", "2026-06", "--after", "april", "--out", "june") == 0
    capsys.readouterr()
    assert run("--from", "2026-05", "--until", "2026-06", "--after", "april", "--format", "csv") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "plan,participant,period,component,status,amount,currency,of"
    assert "Leads,bob,2026-Q2,commission,paid,5.00,EUR,2026-Q1" in told
    assert run("--from", "2026-05", "--until", "2026-06", "--after", "april") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[told.index("Corrections of closed periods") - 1] == "Leads"
    assert "bob          2026-Q1  commission    4.00  9.00        5.00" in told


def test_periods_that_are_closed_are_not_forgotten(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--until", "2026-03", "--out", "march") == 0
    capsys.readouterr()
    for after in ("nowhere", "data", "march/sales"):
        assert run("--period", "2026-04", "--after", after) == 2
        assert "there is no folder of a run in it" in capsys.readouterr().err
    (here / "plans" / "sales.plan").rename(here / "plans" / "sellers.plan")
    assert run("--period", "2026-04", "--after", "march") == 1
    told = capsys.readouterr().err
    assert "march/sales: no plan goes on from it" in told.replace("\\", "/")
    assert "R104" in told
    assert "sellers.plan" in told


def test_only_files_are_plans(here: Path) -> None:
    (here / "plans" / "old.plan").mkdir()
    assert run("--period", "2026-01") == 0


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
