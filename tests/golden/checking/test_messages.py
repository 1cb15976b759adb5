"""What authors are told: every code of the checker, in both languages, exactly as it is printed.

A case is the lines of a plan, a line of dashes, and all that is found in them; `good/mended.txt` has lines for each
code as their author mends them. Declarations that the lines need stand below them and are not shown. The
English case of a code is the example of its page.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from incentive.checking import Checked, check
from incentive.diagnostics import Diagnostic, render
from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.checking import CHECKING
from incentive.language import translate
from tests.unit.checking.preamble import around

HERE = Path(__file__).parent

CASES = sorted((HERE / "bad").glob("*/*.txt"))
GOOD = sorted((HERE / "good").glob("*.plan"))
MENDED = {
    code.strip(): lines
    for code, _, lines in (
        chunk.partition("\n") for chunk in (HERE / "good" / "mended.txt").read_text(encoding="utf-8").split("@ ")[1:]
    )
}
DASHES = "\n" + "-" * 40 + "\n"


def told(lines: str, language: str, code: str = "") -> tuple[Checked, list[Diagnostic]]:
    """What the checker makes of some lines, and what it says of them; that little is read is news to W440 alone."""
    checked = check(around(lines, language))
    last = lines.rstrip().count("\n") + 2
    idle = [each for each in checked.diagnostics if each.code == "W440" and each.span]
    hidden = [each for each in idle if code != "W440" or (each.span and each.span.line > last)]
    return checked, [each for each in checked.diagnostics if each not in hidden]


def found(path: Path, lines: str) -> str:
    """All findings of a case as they are printed."""
    checked, said = told(lines, path.parent.name, path.stem.partition("-")[0])
    return "\n\n".join(render(each, checked.source) for each in said) + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_mistake_is_reported_in_these_words(path: Path, request: pytest.FixtureRequest) -> None:
    lines, _, expected = path.read_text(encoding="utf-8").partition(DASHES)
    said = found(path, lines)
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


@pytest.mark.parametrize("code", CHECKING, ids=lambda each: each.code)
def test_every_code_has_a_french_case(code: Code) -> None:
    assert code.code in {each.stem.partition("-")[0] for each in CASES if each.parent.name == "fr"}


@pytest.mark.parametrize("code", CHECKING, ids=lambda each: each.code)
def test_mended_the_case_of_a_code_shows_it_no_more(code: Code) -> None:
    assert code.code in MENDED, "add its case to good/mended.txt as its author would mend it"
    english = around(MENDED[code.code], "en")
    french = translate(english, "fr")
    assert french.diagnostics == ()
    for text in (english, french.text):
        checked = check(text)
        said = [render(each, checked.source) for each in checked.diagnostics if each.severity == "error"]
        assert said == []
        below = MENDED[code.code].rstrip().count("\n") + 3
        idle = {each for each in checked.diagnostics if each.code == "W440" and each.span and each.span.line > below}
        assert code.code not in {each.code for each in checked.diagnostics if each not in idle}


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_sound_plan_has_no_findings(path: Path) -> None:
    lines = path.read_text(encoding="utf-8")
    language = "fr" if path.stem.startswith("fr") else "en"
    checked, said = told(lines, language)
    assert [render(each, checked.source) for each in said] == []
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
