"""The examples inside the plans of the documentation and of the sample folders hold."""

from pathlib import Path

import pytest

import incentive
from incentive.testing import check_text, run_examples
from tests.docs.blocks import PAGES, ROOT, Block, blocks

SHOWN = [
    block
    for page in PAGES
    if page.exists()
    for block in blocks(page)
    if block.language == "plan" and not block.refused and ("\nexample " in block.text or "\nexemple " in block.text)
]
FILES = sorted((ROOT / "examples").rglob("*.plan"))


def failures(plan: incentive.Plan) -> list[str]:
    results = run_examples(plan)
    problems = [problem.message for each in results for problem in each.problems]
    return problems + [check_text(check, plan.source) for each in results for check in each.checks if not check.passed]


@pytest.mark.parametrize("block", SHOWN, ids=str)
def test_an_example_on_a_page_gives_what_it_says(block: Block) -> None:
    assert failures(incentive.parse(block.whole, block.page, block.files)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_an_example_in_a_sample_plan_gives_what_it_says(path: Path) -> None:
    assert failures(incentive.load(path)) == []
