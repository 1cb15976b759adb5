"""The reference of the language is short, section by section, and shows every word that is computed in a plan."""

import math
import re

import pytest

from incentive.glossary import Meaning, glossary, is_computed
from incentive.language.read import survey
from tests.docs.blocks import ROOT, blocks

PAGE = ROOT / "docs" / "reference" / "language.md"
PRINTED = 62  # lines on a sheet of A4, in a size that is read with ease
COLUMNS = 110
TEXT = re.sub(r"<!--.*?-->\n?", "", PAGE.read_text("utf-8"), flags=re.DOTALL)
SECTIONS = re.split(r"^#{2,3} (.+)$", TEXT, flags=re.MULTILINE)
KEYWORDS = [each for each in glossary() if each.terminals]


def printed(text: str) -> int:
    return sum(max(1, math.ceil(len(line) / COLUMNS)) for line in text.strip().split("\n"))


def shown() -> set[tuple[str, ...]]:
    """Runs of keywords in the English plans that are accepted."""
    found: set[tuple[str, ...]] = set()
    for block in blocks(PAGE):
        if block.language == "plan" and not block.refused and not block.text.startswith("incentive 1 fr"):
            whole = block.text if block.text.startswith("incentive ") else f"incentive 1 en\n{block.text}"
            _, parsed = survey(whole)
            assert parsed is not None
            types = [token.type.removeprefix("KW_") for piece in parsed.pieces for token in piece.tokens]
            found.update(tuple(types[at : at + size]) for size in (1, 2, 3) for at in range(len(types)))
    return found


SHOWN = shown()


@pytest.mark.parametrize(("title", "text"), list(zip(SECTIONS[1::2], SECTIONS[2::2], strict=True)), ids=SECTIONS[1::2])
def test_a_section_fits_on_a_printed_page(title: str, text: str) -> None:
    assert printed(text) <= PRINTED, f"{title}: give a part of it a heading of its own"


@pytest.mark.parametrize("meaning", KEYWORDS, ids=[each.english[0] for each in KEYWORDS])
def test_a_word_that_is_computed_stands_in_a_plan_of_the_reference(meaning: Meaning) -> None:
    assert meaning.terminals in SHOWN or not is_computed(meaning.entry)
