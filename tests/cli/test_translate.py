"""`incentive translate`: the plan in the other language, or why not."""

from pathlib import Path

from tests.cli.conftest import PLAN, Command, write


def test_a_plan_is_written_in_the_other_language(incentive: Command) -> None:
    said = incentive("translate", "sales.plan", "--to", "fr")
    assert said.code == 0
    assert said.out.startswith("incentive 1 fr\n")
    assert incentive("check", "-", stdin=said.out.encode()).code == 0


def test_it_goes_to_a_file_and_back(incentive: Command, folder: Path) -> None:
    assert incentive("translate", "sales.plan", "--to", "fr", "-o", "fr.plan").out == ""
    there = (folder / "fr.plan").read_text(encoding="utf-8")
    assert there.startswith("incentive 1 fr\n")
    back = incentive("translate", "fr.plan", "--to", "en").out
    assert back == incentive("fmt", "-", stdin=PLAN.encode()).out


def test_a_name_that_is_taken_is_said_and_nothing_is_written(incentive: Command, folder: Path) -> None:
    write(folder, {"taken.plan": "incentive 1 en\n\nlet équipe = 5\n"})
    said = incentive("translate", "taken.plan", "--to", "fr", "-o", "fr.plan")
    assert (said.code, said.out) == (1, "")
    assert "error[E160]" in said.err
    assert not (folder / "fr.plan").exists()


def test_what_is_no_text_is_unreadable(incentive: Command, folder: Path) -> None:
    (folder / "other.plan").write_bytes(b"\xff\xfe")
    assert incentive("translate", "other.plan", "--to", "fr").code == 2


def test_a_folder_that_is_not_there_is_said(incentive: Command) -> None:
    said = incentive("translate", "sales.plan", "--to", "fr", "-o", "nowhere/fr.plan")
    assert said.code == 2
    assert "cannot write" in said.err
