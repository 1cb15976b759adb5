"""What an author reads: every code of the text's own mistakes, in both languages, on the smallest plan that shows it.

A file is a row of chunks between lines of `====`: a plan, a line of `----`, then what is said about it. In a plan
`{{x*101}}` repeats a piece, `{{U+202E}}` is a character that editors hide, and a first line `bytes` gives raw bytes.
"""

import re
from pathlib import Path

import pytest

from incentive.diagnostics import CATALOGUE, Code, Diagnostic, PlanError, Source, render
from incentive.diagnostics.codes.text import TEXT
from incentive.language import decode, read, translate

HERE = Path(__file__).parent
CHUNK, SAID = "\n====\n", "\n----\n"
MENDED = {
    code.strip(): lines
    for code, _, lines in (
        chunk.partition("\n") for chunk in (HERE / "good" / "mended.txt").read_text(encoding="utf-8").split("@ ")[1:]
    )
}


def expanded(text: str) -> str:
    text = re.sub(r"\{\{U\+([0-9A-F]{4,6})\}\}", lambda match: chr(int(match.group(1), 16)), text)
    return re.sub(
        r"\{\{(.+?)\*([0-9]+)\}\}", lambda match: match.group(1).replace("\\n", "\n") * int(match.group(2)), text
    )


def findings(plan: str) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    if plan.startswith("bytes\n"):
        raw = plan.removeprefix("bytes\n").encode("latin-1").decode("unicode_escape").encode("latin-1")
        try:
            return None, (read(decode(raw, "p.plan"), "p.plan").diagnostics)
        except PlanError as error:
            return None, error.diagnostics
    reading = read(expanded(plan), "p.plan")
    return reading.source, reading.diagnostics


def said(plan: str) -> str:
    source, found = findings(plan)
    return "\n\n".join(render(each, source) for each in found)


def chunks(path: Path) -> list[tuple[str, str]]:
    text = path.read_text(encoding="utf-8").strip("\n") + "\n"
    parts = [chunk.partition(SAID) for chunk in text.split(CHUNK)]
    return [(plan.strip("\n"), expected.strip("\n")) for plan, _, expected in parts]


@pytest.mark.parametrize("path", sorted((HERE / "bad").glob("*.txt")), ids=lambda path: path.stem)
def test_a_mistake_is_told_in_the_words_of_its_author(path: Path, request: pytest.FixtureRequest) -> None:
    now = [(plan, said(plan)) for plan, _ in chunks(path)]
    if request.config.getoption("--update-golden", default=False):
        path.write_text(CHUNK.join(f"{plan}{SAID}{text}" for plan, text in now) + "\n", encoding="utf-8")
    assert now == chunks(path)


@pytest.mark.parametrize("path", [HERE / "good" / "words.txt"], ids=lambda path: path.stem)
def test_what_is_right_gives_no_finding(path: Path) -> None:
    for plan, _ in chunks(path):
        assert said(plan) == ""


@pytest.mark.parametrize("word", ["error", "erreur"])
def test_every_code_has_a_chunk_in_each_language(word: str) -> None:
    shown = {
        code
        for path in (HERE / "bad").glob("*.txt")
        for _, text in chunks(path)
        for code in re.findall(rf"^{word}\[(E\d+)\]", text, re.MULTILINE)
    }
    only_english = {"E117", "E118"} if word == "erreur" else set()  # bytes that are no text say no language
    assert {each.code for each in TEXT} - only_english == shown


@pytest.mark.parametrize("row", TEXT, ids=lambda row: row.code)
def test_mended_the_case_of_a_code_has_no_finding(row: Code) -> None:
    assert row.code in MENDED, "add its case to good/mended.txt as its author would mend it"
    english = f"incentive 1 en\n{expanded(MENDED[row.code])}"
    french = translate(english, "fr")
    assert french.diagnostics == ()
    assert [each.code for text in (english, french.text) for each in read(text).diagnostics] == []


@pytest.mark.parametrize("row", [row for row in TEXT if not row.shows.startswith("(")], ids=lambda row: row.code)
def test_the_example_of_a_code_shows_it_and_nothing_else(row: Code) -> None:
    whole = row.shows if row.code == "E120" or row.shows.startswith("incentive") else f"incentive 1 en\n{row.shows}"
    assert [each.code for each in read(whole).diagnostics] == [row.code]
    assert CATALOGUE.get(row.code) is row
