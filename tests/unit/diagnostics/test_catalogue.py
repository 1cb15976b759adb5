import re

import pytest

from incentive.diagnostics import CATALOGUE, Code, Diagnostic, Label, Source, Span, fill, render

ROWS = list(CATALOGUE)
PLACEHOLDER = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_row_says_the_same_in_both_languages(row: Code) -> None:
    for english, french in [row.title, row.message, row.why, row.mend, *row.texts.values()]:
        assert english
        assert french
        assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(french))


def test_text_that_looks_like_a_placeholder_is_left_alone() -> None:
    assert fill("`{word}`", {"word": "{x.__class__} %n {0}"}) == "`{x.__class__} %n {0}`"


def marked(text: str, *spans: tuple[int, int]) -> list[str]:
    labels = tuple(
        Label(Span(start, end, 1, start + 1, 1, end + 1), f"label {at}", primary=at == 0)
        for at, (start, end) in enumerate(spans)
    )
    found = Diagnostic("E100", "error", "wrong", labels)
    return render(found, Source("p.plan", text)).split("\n")[3:]


def test_marks_stand_under_what_they_mean_whatever_its_width() -> None:
    assert marked("\tab e\u0301t 漢字 x", (1, 3)) == ["1 |     ab e\u0301t 漢字 x", "  |     ^^ label 0"]
    assert marked("e\u0301t 漢字 x", (7, 8)) == ["1 | e\u0301t 漢字 x", "  |         ^ label 0"]


def test_two_labels_of_a_line_are_both_told() -> None:
    assert marked("a + b", (0, 1), (4, 5)) == ["1 | a + b", "  | ^   ~ label 1", "  | label 0"]


def test_of_a_very_long_line_the_part_around_the_mark_is_shown() -> None:
    line, marks = marked("x" * 5_000 + "HERE" + "y" * 5_000, (5_000, 5_004))
    at = line.index("HERE")
    assert marks[at : at + 4] == "^^^^"
    assert len(line) < 200


def test_control_and_direction_characters_are_shown_and_not_obeyed() -> None:
    assert "\\u202e" in marked("a \u202e b", (0, 1))[0]
    assert "\\x1b" in marked("a \x1b[2J b", (0, 1))[0]
