"""What authors are told: every code of the checker, in both languages, exactly as it is printed.

A case is the lines of a plan, a line of dashes, and all that is found in them. Declarations that the lines need stand
below them and are not shown. The English case of a code is the example of its page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from incentive.checking import check
from incentive.diagnostics import render
from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.checking import CHECKING
from tests.unit.checking.preamble import around

HERE = Path(__file__).parent

CASES = sorted((HERE / "bad").glob("*/*.txt"))
GOOD = sorted((HERE / "good").glob("*.plan"))
DASHES = "\n" + "-" * 40 + "\n"


def found(lines: str, language: str) -> str:
    """All findings as they are printed."""
    checked = check(around(lines, language))
    return "\n\n".join(render(each, checked.source) for each in checked.diagnostics) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_mistake_is_reported_in_these_words(path: Path, request: pytest.FixtureRequest) -> None:
    lines, _, expected = path.read_text(encoding="utf-8").partition(DASHES)
    said = found(lines, path.parent.name)
    if request.config.getoption("--update-golden", default=False):
        path.write_text(lines + DASHES + said, encoding="utf-8")
    else:
        assert said == expected


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_case_shows_the_code_that_it_is_named_for(path: Path) -> None:
    lines, _, _ = path.read_text(encoding="utf-8").partition(DASHES)
    code = path.stem.partition("-")[0]
    assert code in {each.code for each in check(around(lines, path.parent.name)).diagnostics}


@pytest.mark.parametrize("code", CHECKING, ids=lambda each: each.code)
def test_every_code_has_a_case_and_its_page_shows_it(code: Code) -> None:
    path = HERE / "bad" / "en" / f"{code.code}.txt"
    assert path.exists()
    assert path.read_text(encoding="utf-8").partition(DASHES)[0] == code.shows


def test_most_codes_have_a_french_case() -> None:
    french = {each.stem.partition("-")[0] for each in CASES if each.parent.name == "fr"}
    assert 2 * len(french) >= len(CHECKING)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sound_plan_has_no_findings(path: Path) -> None:
    lines = path.read_text(encoding="utf-8")
    language = "fr" if path.stem.startswith("fr") else "en"
    checked = check(around(lines, language))
    assert [render(each, checked.source) for each in checked.diagnostics] == []
    assert checked.plan is not None


@pytest.mark.parametrize("code", CHECKING, ids=lambda each: each.code)
def test_a_page_has_no_placeholder(code: Code) -> None:
    assert not any(
        "{" in text.replace("{ currency", "").replace("{ devise", "") for text in [*code.title, *code.why, *code.mend]
    )


@pytest.mark.parametrize("code", CHECKING, ids=lambda each: each.code)
def test_french_puts_a_space_before_its_double_signs(code: Code) -> None:
    french = [code.title[1], code.message[1], code.why[1], code.mend[1], *(each[1] for each in code.texts.values())]
    for text in french:
        plain = "".join(part for index, part in enumerate(text.split("`")) if index % 2 == 0)
        assert not any(sign in plain.replace(f" {sign}", "") for sign in ";?!%"), text
