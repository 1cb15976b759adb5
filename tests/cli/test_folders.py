"""`run --out`, `run --after` and `audit`."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import DEALS, Command, write

RUN = "run sales.plan --data data"
LATE = DEALS + "A-9,ana,100.00,2026-01-30\n"


@pytest.fixture
def january(incentive: Command, folder: Path) -> Path:
    assert incentive(*f"{RUN} --period 2026-01 --out january".split()).code == 0
    return folder / "january"


def test_without_out_nothing_is_written(incentive: Command, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    incentive(*f"{RUN} --period 2026-01".split())
    assert sorted(folder.rglob("*")) == before


def test_a_run_is_kept_and_the_same_run_is_there_already(incentive: Command, folder: Path) -> None:
    words = f"{RUN} --period 2026-01 --out january".split()
    one, other = incentive(*words), incentive(*words)
    assert (one.code, other.code, one.out) == (0, 0, other.out)
    (line,) = [each for each in one.err.splitlines() if each.startswith("january")]
    assert line.endswith(" written, 10 files")
    (line,) = [each for each in other.err.splitlines() if each.startswith("january")]
    assert line.endswith(" was there already, and is whole")
    assert (folder / "january" / "lines.csv").is_file()


@pytest.mark.usefixtures("january")
def test_something_else_in_the_place_is_left_alone(incentive: Command) -> None:
    said = incentive(*f"{RUN} --period 2026-02 --out january".split())
    assert said.code == 2
    assert said.err.startswith("error[R110]: january is there already and is not this run; nothing was written.\n")
    said = incentive(*f"{RUN} --period 2026-02 --out nowhere/january".split())
    assert said.code == 2
    assert "error[R111]: nowhere/january was not written (ENOENT)." in said.err
    assert incentive("audit", "january").code == 0


@pytest.mark.usefixtures("january")
def test_after_a_run_corrections_and_what_is_due_are_told(incentive: Command, folder: Path) -> None:
    write(folder, {"data/deals.csv": LATE})
    words = f"{RUN} --period 2026-02 --after january".split()
    assert incentive(*words).out.partition("\n\nCorrections")[2] == (
        " of closed periods\n"
        "participant  of       figure      before    now  correction\n"
        "-----------------------------------------------------------\n"
        "ana          2026-01  commission   62.53  67.53        5.00\n"
        "\n"
        "Due\n"
        "participant   pay  corrections   due\n"
        "------------------------------------\n"
        "=cmd         0.00         0.00  0.00\n"
        "ana          0.00         5.00  5.00\n"
        "bob          4.01         0.00  4.01\n"
        "------------------------------------\n"
        "total        4.01         5.00  9.01\n"
        "with something pending: 2\n"
    )
    table = incentive(*words, "--format", "csv").out.splitlines()
    assert (table[0], table[-1]) == (
        "participant,period,component,status,amount,currency,of",
        "ana,2026-02,commission,paid,5.00,EUR,2026-01",
    )
    assert table[3] == "ana,2026-02,commission,zero,0.00,EUR,2026-02"
    found = json.loads(incentive(*words, "--format", "json").out)
    assert [each["amount"] for each in found["corrections"]] == ["5"]
    assert "folder" not in found


def test_json_says_what_became_of_the_folder(incentive: Command, january: Path) -> None:
    stored = json.loads((january / "manifest.json").read_bytes())
    found = json.loads(incentive(*f"{RUN} --period 2026-01 --out january --format json".split()).out)
    assert found["folder"] == {"id": stored["id"], "new": False}


@pytest.mark.usefixtures("january")
def test_a_run_without_corrections_says_so(incentive: Command) -> None:
    assert "\nno correction of a closed period\n" in incentive(*f"{RUN} --period 2026-02 --after january".split()).out


def test_an_altered_folder_is_followed_by_nothing(incentive: Command, january: Path) -> None:
    write(january, {"payments.csv": "mine"})
    said = incentive(*f"{RUN} --period 2026-02 --after january".split())
    assert (said.code, said.out) == (1, "")
    assert "R113" in said.err
    assert incentive(*f"{RUN} --period 2026-02 --after data".split()).code == 2


def test_a_run_that_closed_nothing_is_followed_by_nothing(incentive: Command) -> None:
    incentive(*f"{RUN} --period 2026-02 --out february".split())
    said = incentive(*f"{RUN} --period 2026-03 --after february".split())
    assert said.code == 1
    assert "R123" in said.err


def test_options_that_do_not_go_together_are_refused(incentive: Command, folder: Path) -> None:
    assert incentive(*f"{RUN} --no-explanations".split()).code == 2
    assert incentive(*f"{RUN} --participant ana --out january".split()).code == 2
    assert not (folder / "january").exists()


def test_explanations_may_be_left_out(incentive: Command, folder: Path) -> None:
    incentive(*f"{RUN} --period 2026-01 --no-explanations --out january".split())
    assert not (folder / "january" / "explanations.jsonl").exists()
    assert incentive("audit", "january").code == 0


def test_an_audit_says_that_all_is_as_it_was(incentive: Command, january: Path) -> None:
    stored = json.loads((january / "manifest.json").read_bytes())
    said = incentive("audit", "january")
    assert (said.code, said.err) == (0, "")
    assert said.out == (
        f"january: run {stored['id'][:12]}, Field sales, 2026-01: 10 files as they were written; "
        "6 lines computed again, the same\n"
    )
    found = json.loads(incentive("audit", "january", "--format", "json").out)
    assert (found["passed"], found["lines"], found["findings"]) == (True, 6, [])


def test_an_audit_names_what_is_wrong(incentive: Command, january: Path) -> None:
    (january / "lines.csv").unlink()
    said = incentive("audit", "january")
    assert (said.code, said.out) == (1, "january: 1 error\n")
    assert said.err.startswith("error[R114]: lines.csv is not in the folder any more.\n")
    found = json.loads(incentive("audit", "january", "--format", "json").out)
    assert [(each["code"], each["language"]) for each in found["findings"]] == [("R114", "en")]


def test_what_is_no_folder_of_a_run_is_not_audited(incentive: Command) -> None:
    for name in ("data", "nowhere"):
        said = incentive("audit", name)
        assert said.code == 2
        assert f"error[R112]: {name} is no folder of a run" in said.err


@pytest.mark.usefixtures("january")
def test_the_run_before_is_looked_at_too(incentive: Command) -> None:
    incentive(*f"{RUN} --period 2026-02 --after january --out february".split())
    assert incentive("audit", "february", "--previous", "january").err == ""
    assert "warning[R121]" in incentive("audit", "february").err
    assert "error[R117]" in incentive("audit", "february", "--previous", "february").err


def test_french_is_spoken_about_a_french_plan(incentive: Command, folder: Path) -> None:
    said = incentive("run", "ventes.plan", "--data", "donnees", "--out", "janvier")
    assert " écrit, fichiers 10" in said.err
    assert "2 lignes" in incentive("audit", "janvier").out
    write(folder, {"janvier/lines.csv": ""})
    assert "lines.csv n'est pas ce que le calcul a écrit." in incentive("audit", "janvier").err


@pytest.mark.parametrize("code", [f"R{number}" for number in range(110, 124)])
def test_every_code_has_its_page(code: str, incentive: Command) -> None:
    for language in ("en", "fr"):
        said = incentive("help", code, "--lang", language)
        assert said.code == 0
        assert code in said.out
