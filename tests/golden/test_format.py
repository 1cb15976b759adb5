"""A plan before and after formatting: what an author may type, a line of `----`, and the one layout."""

from pathlib import Path

import pytest

from incentive import language
from incentive.language import read

HERE = Path(__file__).parent / "format"
BEHIND = "\n----\n"


@pytest.mark.parametrize("name", ["en", "fr"])
def test_a_plan_is_laid_out_in_the_one_way(name: str, request: pytest.FixtureRequest) -> None:
    path = HERE / f"{name}.txt"
    before, _, after = path.read_text(encoding="utf-8").partition(BEHIND)
    assert read(before).diagnostics == ()
    done = language.format(before).text
    if request.config.getoption("--update-golden", default=False):
        path.write_text(f"{before}{BEHIND}{done}", encoding="utf-8")
    assert done == after or request.config.getoption("--update-golden", default=False)
