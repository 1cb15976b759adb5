"""The page of the command line shows what commands print."""

import re
from pathlib import Path

import pytest

from incentive.cli.arguments import SUMMARIES
from tests.cli.conftest import EXAMPLES, PLAN, Command, write

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```console\n\$ incentive (.*?)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("command", "printed"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_page_shows_what_is_printed(command: str, printed: str, incentive: Command, folder: Path) -> None:
    write(folder, {"broken.plan": PLAN.replace("rate of revenue", "rate of revenu"), "tested.plan": PLAN + EXAMPLES})
    assert incentive(*command.split()).out == printed


def test_every_command_has_a_section() -> None:
    assert [name for name in SUMMARIES if f"\n## {name}\n" not in PAGE] == []
