"""What authors are told of the files that a plan is made of: every code, in both languages, exactly as it is printed.

A case is several files, each below a line `== NAME`, a line of dashes, and all that is found. The first file is the one
that is checked; `== NAME (link)` is a file that is not given, and says why.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from incentive.checking import Checked, check
from incentive.diagnostics import render
from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.amending import AMENDING
from incentive.diagnostics.codes.files import FILES
from incentive.language.beside import Withheld

HERE = Path(__file__).parent
CASES = sorted((HERE / "bad").glob("*/*.txt"))
EVERY = (*FILES, *AMENDING)
DASHES = "\n" + "-" * 40 + "\n"
_HEAD = re.compile(r"^== (\S+)(?: \((.+)\))?\n", re.MULTILINE)


def checked(text: str) -> Checked:
    """Check the first file of a case beside the others."""
    _, *parts = _HEAD.split(text)
    found = [*zip(parts[::3], parts[1::3], parts[2::3], strict=True)]

    def give(name: str) -> str | Withheld:
        for key, why, body in found:
            if key == name:
                return Withheld(why) if why else body  # type: ignore[arg-type]
        return Withheld("no files" if len(found) == 1 and found[0][0] == "-" else "missing")

    return check(found[0][2], found[0][0], give)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_mistake_is_reported_in_these_words(path: Path, request: pytest.FixtureRequest) -> None:
    lines, _, expected = path.read_text(encoding="utf-8").partition(DASHES)
    made = checked(lines + "\n")
    said = "\n\n".join(render(each, made.source) for each in made.diagnostics) + "\n"
    if request.config.getoption("--update-golden", default=False):
        path.write_text(lines + DASHES + said, encoding="utf-8")
    else:
        assert said == expected
    assert path.stem.partition("-")[0] in {each.code for each in made.diagnostics}


@pytest.mark.parametrize("code", EVERY, ids=lambda each: each.code)
def test_every_code_has_a_case_in_both_languages_and_its_page_shows_it(code: Code) -> None:
    for language in ("en", "fr"):
        assert code.code in {path.stem.partition("-")[0] for path in CASES if path.parent.name == language}
    assert code.shows in (HERE / "bad" / "en" / f"{code.code}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted((HERE / "good").glob("*.txt")), ids=lambda path: path.stem)
def test_sound_files_have_no_findings(path: Path) -> None:
    made = checked(path.read_text(encoding="utf-8"))
    assert [render(each, made.source) for each in made.diagnostics] == []
    assert made.plan is not None


@pytest.mark.parametrize("code", EVERY, ids=lambda each: each.code)
def test_french_puts_a_space_before_its_double_signs(code: Code) -> None:
    french = [code.title[1], code.message[1], code.why[1], code.mend[1], *(each[1] for each in code.texts.values())]
    for text in french:
        plain = "".join(part for index, part in enumerate(text.split("`")) if index % 2 == 0)
        assert not any(sign in plain.replace(f" {sign}", "") for sign in ";?!%"), text
