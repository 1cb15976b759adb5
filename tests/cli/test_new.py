"""`incentive new`: a folder that works as it is, or nothing at all."""

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from incentive.cli import new
from tests.cli.conftest import Command

STARTERS = Path(new.__file__).parent / "starters"
LANGUAGES = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_works_as_it_is(language: str, incentive: Command, folder: Path) -> None:
    said = incentive("new", "first plan", "--lang", language)
    assert (said.code, said.err) == (0, "")
    told = re.findall(r"^  incentive (.*)$", said.out, re.MULTILINE)
    assert [shlex.split(each)[0] for each in told] == ["check", "test", "run"]
    for command in told:
        assert incentive(*shlex.split(command)).code == 0
    run = ("run", "first plan/plan.plan", "--data", "first plan/data", "--fail-on", "pending")
    printed = incentive(*run, "--format", "csv")
    assert printed.code == 0
    assert printed.out == (folder / "first plan" / "expected.csv").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plan_has_nothing_to_warn_of_and_is_laid_out(language: str, incentive: Command) -> None:
    incentive("new", "first", "--lang", language)
    assert incentive("check", "first/plan.plan", "--data", "first/data", "--fail-on", "warning").code == 0
    assert incentive("fmt", "--check", "first/plan.plan").code == 0
    assert "passed" in incentive("test", "first/plan.plan", "--format", "json").out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_of_its_page_works(language: str, incentive: Command, folder: Path) -> None:
    page = (STARTERS / language / "README.md").read_text("utf-8")
    commands = re.findall(r"^incentive (.*)$", page, re.MULTILINE)
    assert len(commands) == 5
    shutil.rmtree(folder / "data")
    shutil.copytree(STARTERS / language, folder, dirs_exist_ok=True)
    for command in commands:
        assert incentive(*shlex.split(command)).code == 0, command


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_utf_8_with_plain_line_ends(language: str, incentive: Command, folder: Path) -> None:
    incentive("new", "first", "--lang", language)
    for path in (folder / "first").rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert b"\r" not in raw
            assert raw.decode().endswith("\n")


def test_without_a_name_it_has_one(incentive: Command, folder: Path) -> None:
    assert incentive("new").code == incentive("new", "--lang", "fr").code == 0
    assert (folder / "my-plan" / "plan.plan").exists()
    assert (folder / "mon-plan" / "plan.plan").exists()


def test_a_folder_that_holds_something_is_left_alone(incentive: Command, folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    said = incentive("new", "data")
    assert said.code == 2
    assert said.err == "error[X101]: data is there already and is not an empty folder; nothing was written\n"
    assert incentive("new", "data", "--lang", "fr").err.startswith("erreur[X101]: data existe déjà")
    assert "X101" in incentive("new", "sales.plan").err
    assert "X101" in incentive("new", ".").err
    assert sorted(folder.rglob("*")) == before


def test_an_empty_folder_is_filled(incentive: Command, folder: Path) -> None:
    (folder / "empty").mkdir()
    kept = (folder / "empty").stat().st_ino
    assert incentive("new", "empty").code == 0
    assert (folder / "empty").stat().st_ino == kept
    assert sorted(each.name for each in (folder / "empty").iterdir()) == [
        "README.md",
        "data",
        "expected.csv",
        "plan.plan",
    ]


def test_a_place_that_is_not_there_is_said(incentive: Command, folder: Path) -> None:
    said = incentive("new", "nowhere/plan")
    assert (said.code, said.err) == (2, "incentive: cannot write 'nowhere/plan': there is no folder 'nowhere'\n")
    assert not (folder / "nowhere").exists()


@pytest.mark.parametrize("name", ["empty", "missing"])
@pytest.mark.parametrize("step", ["write_bytes", "rename"])
def test_what_fails_leaves_nothing(
    name: str, step: str, incentive: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "empty").mkdir()
    before = sorted(folder.rglob("*"))
    done = getattr(Path, step)
    calls: list[Path] = []

    def fails_late(self: Path, *arguments: object) -> object:
        calls.append(self)
        if len(calls) == (3 if name == "empty" or step == "write_bytes" else 1):
            raise PermissionError(13, "no")
        return done(self, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, fails_late)
        said = incentive("new", name)
    assert said.code == 2
    assert "you have no permission" in said.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere_is_not_replaced(incentive: Command, folder: Path) -> None:
    (folder / "link").symlink_to(folder / "gone")
    assert "X101" in incentive("new", "link").err
