"""Every example folder with data of its own pays exactly what its `expected.csv` says, and explains it."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import incentive
from incentive.results import readd

FOLDER = Path(__file__).parents[2] / "examples"
PLANS = sorted(FOLDER.glob("*/*.plan"))
WITH_DATA = sorted(path.parent for path in FOLDER.glob("*/data"))
COLUMNS = ["participant", "period", "component", "status", "amount", "currency"]


def run_of(folder: Path) -> incentive.Run:
    mapping = folder / "mapping.toml"
    plan = incentive.load(folder / "plan.plan")
    return plan.run(incentive.Dataset.from_folder(folder / "data", mapping if mapping.exists() else None))


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_its_plan_has_no_findings(path: Path) -> None:
    assert incentive.check(path.read_text("utf-8"), path.name) == ()


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_it_pays_what_it_says(folder: Path) -> None:
    with (folder / "expected.csv").open(encoding="utf-8", newline="") as lines:
        header, *wanted = csv.reader(lines)
    assert header == COLUMNS
    found = [
        [
            each.participant,
            each.period.name,
            each.component,
            each.status,
            None if each.amount is None else Fraction(each.amount.exact),
            "EUR",
        ]
        for each in run_of(folder).payouts
    ]
    assert found == [[*row[:4], Fraction(row[4]) if row[4] else None, row[5]] for row in wanted]


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_its_rows_are_accounted_for_and_its_explanations_add_up(folder: Path) -> None:
    run = run_of(folder)
    assert run.accounting.disagreements() == ()
    for each in run.payouts:
        explanation = run.explain(each.participant, each.component, each.period.name)
        assert readd(explanation)
        assert explanation.value == (None if each.amount is None else each.amount.exact)


def test_every_folder_is_tried() -> None:
    tried = {path.parent for path in PLANS} | set(WITH_DATA)
    assert tried == {path for path in FOLDER.iterdir() if path.is_dir()}
