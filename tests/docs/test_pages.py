"""What the documentation shows is what happens: plans are checked, Python is run, commands print what is printed."""

import importlib.util
import re
import shlex

import pytest

import incentive
from tests.docs.blocks import PAGES, ROOT, Block, blocks, like

ELSEWHERE = {"docs/reference/data.md", "docs/reference/cli.md"}  # pages of the rooms that prove them
EVERY = [block for page in PAGES if page.exists() for block in blocks(page) if block.page not in ELSEWHERE]
PLANS = [block for block in EVERY if block.language == "plan"]
COMMANDS = [block for block in EVERY if block.language == "console"]
WITH_PYTHON = sorted({block.page for block in EVERY if block.language == "python"})


@pytest.mark.parametrize("block", PLANS, ids=str)
def test_a_plan_is_accepted_or_refused_as_the_page_says(block: Block) -> None:
    whole = block.text if block.text.startswith("incentive ") else block.preamble + block.text
    codes = {each.code for each in incentive.check(whole, block.page) if each.severity == "error"}
    assert codes == ({block.refused} if block.refused else set())


@pytest.mark.parametrize("page", WITH_PYTHON)
def test_python_runs_and_prints_what_the_page_shows(
    page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {"__name__": "__page__"}
    here = [block for block in EVERY if block.page == page]
    for index, block in enumerate(here):
        if block.language != "python":
            continue
        exec(compile("\n" * block.line + block.text, ROOT / page, "exec"), names)
        printed = capsys.readouterr().out
        shown = here[index + 1].text if index + 1 < len(here) and here[index + 1].language == "text" else ""
        assert printed.rstrip() == shown.rstrip() or like(shown, printed), f"{block}\n{printed}"


@pytest.mark.skipif(importlib.util.find_spec("incentive.cli") is None, reason="no command line")
@pytest.mark.parametrize("block", COMMANDS, ids=str)
def test_a_command_prints_what_the_page_shows(
    block: Block, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from incentive.cli import main  # noqa: PLC0415 - skipped where there is none

    monkeypatch.chdir(ROOT)
    for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
        if not command.startswith("incentive "):
            continue
        main(shlex.split(command)[1:])
        printed = capsys.readouterr()
        assert like(shown, printed.out + printed.err), f"{block}\n{printed.out}{printed.err}"
