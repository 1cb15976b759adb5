"""What the documentation shows is what happens: plans are checked, Python is run, commands print what is printed."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

import incentive
from incentive.cli import main
from tests.docs.blocks import PAGES, ROOT, Block, blocks, like

ELSEWHERE = {"docs/reference/data.md", "docs/reference/cli.md"}  # pages of the rooms that prove them
EVERY = [block for page in PAGES if page.exists() for block in blocks(page) if block.page not in ELSEWHERE]
PLANS = [block for block in EVERY if block.language == "plan"]
WITH_PYTHON = sorted({block.page for block in EVERY if block.language == "python"})
WITH_COMMANDS = sorted({block.page for block in EVERY if block.language == "console"})


@pytest.mark.parametrize("block", PLANS, ids=str)
def test_a_plan_is_accepted_or_refused_as_the_page_says(block: Block) -> None:
    folder = block.file.rpartition("/")[0]
    files = {name.removeprefix(f"{folder}/"): text for name, text in block.files.items()}
    codes = {each.code for each in incentive.check(block.whole, block.page, files) if each.severity == "error"}
    shared = {"E236"} if block.file and "plan" not in first_words(block.text) else set()  # declarations without a head
    assert codes == ({block.refused} if block.refused else shared)


def first_words(text: str) -> set[str]:
    return {"plan" if word in {"amends", "modifie"} else word for word in re.findall(r"^(\w+)", text, re.MULTILINE)}


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_python_runs_and_prints_what_the_page_shows(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__page__"}
    here = [block for block in EVERY if block.page == page]
    for block, after in zip(here, [*here[1:], None], strict=True):
        if block.language != "python":
            continue
        exec(compile("\n" * block.line + block.text, ROOT / page, "exec"), names)
        printed = capsys.readouterr().out
        shown = after.text if after is not None and after.language == "text" else ""
        assert like(shown, printed), f"{block}\n{printed}"


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_commands_print_what_the_page_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for block in (block for block in EVERY if block.page == page):
        if block.file:
            (tmp_path / block.file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.file).write_text(block.whole, "utf-8")
        elif block.language == "edit":
            edit(*shlex.split(block.text))
        elif block.language == "console":
            for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
                run(command)
                printed = capsys.readouterr()
                assert like(shown, printed.out + printed.err), f"{block}\n{printed.out}{printed.err}"


def edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text("utf-8")
    old, new = (each.replace("\\n", "\n") for each in (old, new))
    assert text.count(old) == 1
    Path(file).write_text(text.replace(old, new), "utf-8")


def run(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "cp":
        _, source, target = arguments
        shutil.copytree(source, target)
    else:
        assert program == "incentive"
        main(arguments)
