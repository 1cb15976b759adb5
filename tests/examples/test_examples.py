"""Every example folder pays exactly what its `expected.csv` says, in both languages, and explains it.

Also: each scheme that the library exists for has its folder, and each folder the same parts.
"""

import re
import shlex
from fractions import Fraction
from pathlib import Path

import pytest

import incentive
from incentive import folders
from incentive.cli import main
from incentive.results import readd
from incentive.testing import run_examples
from tests.docs.blocks import blocks, like

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"
SCHEMES = {
    "a rate on revenue, with accelerators": "quickstart",
    "pay per qualified lead": "qualified-leads-fr",
    "a share of campaign revenue net of spend": "campaign-bonus",
    "a bonus for MQLs that become SQLs": "mql-to-sql-fr",
    "a target bonus, 70% individual and 30% collective": "target-bonus-fr",
    "half of the variable on qualitative criteria": "scorecard-fr",
    "a deal split between sales and marketing": "sales-marketing-split",
    "a company bonus shared equally by departments": "company-bonus",
    "data captured in the CRM, if it is right": "crm-capture-fr",
    "revenue by splits, speed and an override, from Salesforce": "crm-salesforce",
    "leads and revenue net of ad spend, from HubSpot": "crm-hubspot",
    "two slices and a team, from Odoo": "crm-odoo-fr",
    "an annual plan with draw, cap, clawback and true-up": "annual-plan",
}
ON_PUBLIC_DATA = {"adventureworks", "closing", "olist"}  # computed by tests of their own
PROGRAMS = {"service", "notebook"}  # use the plan of another folder
PLANS = sorted(FOLDER.glob("*/*.plan"))
WITH_DATA = sorted(path.parent for path in FOLDER.glob("*/data"))
READMES = sorted(FOLDER.glob("*/README.md"))
LINES = {"README.md", "data", "expected.csv", "plan.plan"}


def options_of(folder: Path) -> list[str]:
    """What a command is told of the data: the folder, and the mapping where there is one."""
    mapping = folder / "mapping.toml"
    return ["--data", str(folder / "data"), *(["--mapping", str(mapping)] if mapping.exists() else [])]


def run_of(folder: Path) -> incentive.Run:
    mapping = folder / "mapping.toml"
    plan = incentive.load(folder / "plan.plan")
    return plan.run(incentive.Dataset.from_folder(folder / "data", mapping if mapping.exists() else None))


def language_of(plan: Path) -> str:
    return plan.read_text("utf-8").split(maxsplit=3)[2]


@pytest.fixture
def translated(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A plan in its other language, as `incentive translate` writes it."""
    path: Path = request.param
    other = tmp_path / "other.plan"
    assert main(["translate", str(path), "--to", "en" if language_of(path) == "fr" else "fr", "-o", str(other)]) == 0
    return other


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_its_plan_has_no_findings_and_is_laid_out_in_the_one_way(path: Path) -> None:
    assert incentive.check(path.read_text("utf-8"), path.name) == ()
    assert main(["fmt", "--check", str(path)]) == 0


@pytest.mark.parametrize("translated", PLANS, ids=lambda path: path.parent.name, indirect=True)
def test_its_translation_has_no_findings_either(translated: Path) -> None:
    assert incentive.check(translated.read_text("utf-8")) == ()
    assert main(["fmt", "--check", str(translated)]) == 0


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.parent.name)
def test_translated_there_and_back_it_is_itself(path: Path, tmp_path: Path) -> None:
    first = language_of(path)
    there, back = tmp_path / "there.plan", tmp_path / "back.plan"
    assert main(["translate", str(path), "--to", "en" if first == "fr" else "fr", "-o", str(there)]) == 0
    assert main(["translate", str(there), "--to", first, "-o", str(back)]) == 0
    assert back.read_text("utf-8") == path.read_text("utf-8")


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_its_examples_pass(folder: Path) -> None:
    results = run_examples(incentive.load(folder / "plan.plan"))
    assert results
    assert [each.label for each in results if not each.passed] == []


@pytest.mark.parametrize(
    "translated", [folder / "plan.plan" for folder in WITH_DATA], ids=lambda path: path.parent.name, indirect=True
)
def test_its_examples_pass_in_the_other_language(translated: Path) -> None:
    results = run_examples(incentive.load(translated))
    assert results
    assert [each.label for each in results if not each.passed] == []


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_it_pays_what_it_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(folder / "plan.plan"), *options_of(folder), "--format", "csv", "--settlement"]) == 0
    assert capsys.readouterr().out == (folder / "expected.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("folder", "translated"),
    [(folder, folder / "plan.plan") for folder in WITH_DATA],
    ids=[folder.name for folder in WITH_DATA],
    indirect=["translated"],
)
def test_its_translation_pays_the_same(folder: Path, translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(translated), *options_of(folder), "--format", "csv", "--settlement"]) == 0
    assert capsys.readouterr().out == (folder / "expected.csv").read_text("utf-8")


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_its_rows_are_accounted_for_and_its_explanations_add_up(folder: Path) -> None:
    run = run_of(folder)
    assert run.accounting.disagreements() == ()
    for each in run.payouts:
        explanation = run.explain(each.participant, each.component, each.period.name)
        assert readd(explanation)
        assert explanation.value == (None if each.amount is None else each.amount.exact)


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_it_is_kept_in_a_folder_that_gives_it_again(folder: Path, tmp_path: Path) -> None:
    kept = folders.write(run_of(folder), tmp_path / "run").folder
    audit = folders.audit(kept.path)
    assert (audit.findings, audit.notes) == ((), ())


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_its_people_are_paid_something_nothing_or_wait(folder: Path) -> None:
    may_wait = {"pending"} if incentive.load(folder / "plan.plan").requires().inputs else set()
    run = run_of(folder)
    found = {each.status for each in run.payouts}
    for settlement in run.settlements:
        found |= {each.status for each in settlement.results.values()}
    assert found == {"paid", "zero"} | may_wait


def test_some_exact_amounts_end_in_half_a_cent() -> None:
    halves = {
        folder.name
        for folder in WITH_DATA
        for run in [run_of(folder)]
        for each in run.payouts
        if each.amount is not None and ends_in_half_a_cent(run, each)
    }
    assert len(halves) >= 4


def ends_in_half_a_cent(run: incentive.Run, line: incentive.Payout) -> bool:
    exact = run.explain(line.participant, line.component, line.period.name).children[0].children[0].value
    return isinstance(exact, Fraction) and exact * 100 % 1 == Fraction(1, 2)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.parent.name)
def test_its_page_shows_what_the_commands_print(
    page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    for block in blocks(page):
        if block.language == "console":
            for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
                assert main(shlex.split(command)[1:]) == 0
                printed = capsys.readouterr()
                assert like(shown, printed.out + printed.err), f"{block}\n{printed.out}{printed.err}"
        elif not block.language:  # a command without its output
            assert main(shlex.split(block.text.replace("\\\n", " "))[1:]) == 0
            assert capsys.readouterr().out


def test_every_scheme_has_its_folder() -> None:
    assert set(SCHEMES.values()) | ON_PUBLIC_DATA | PROGRAMS == {
        path.name for path in FOLDER.iterdir() if path.is_dir()
    }
    assert {folder.name for folder in WITH_DATA} == set(SCHEMES.values())


@pytest.mark.parametrize("folder", WITH_DATA, ids=lambda folder: folder.name)
def test_every_folder_has_the_same_parts(folder: Path) -> None:
    assert {each.name for each in folder.iterdir()} - {"mapping.toml"} == LINES
    assert (language_of(folder / "plan.plan") == "fr") == folder.name.endswith("-fr")


def test_half_of_the_schemes_are_written_in_french_and_several_have_a_mapping() -> None:
    assert sum(name.endswith("-fr") for name in SCHEMES.values()) >= len(SCHEMES) // 2
    assert sum((folder / "mapping.toml").exists() for folder in WITH_DATA) >= 3


def test_the_index_names_every_folder_once() -> None:
    links = re.findall(
        r"\]\(([\w-]+)/README\.md\)|\]\(([\w-]+)/[\w-]+\.plan\)", (FOLDER / "README.md").read_text("utf-8")
    )
    named = [one or other for one, other in links]
    assert sorted(named) == sorted({*SCHEMES.values(), *ON_PUBLIC_DATA, *PROGRAMS})
