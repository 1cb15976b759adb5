"""No pattern of the lexer takes more than linear time for long, whatever the line."""

import time

import pytest

from incentive.language import read, tables

LONG = 100_000
SHAPES = {
    "an open text of spaces": '"' + " " * LONG + "x\n",
    "an open text of tabs": '"' + " \t" * (LONG // 2) + "{x\n",
    "an open text of hashes": '"' + "# " * (LONG // 2) + "\n",
    "quotes": '"' * LONG + "\n",
    "curly quotes": "“" * LONG + "a\n",
    "an open curly text": "“" + "a" * LONG + "\n",
    "digits": "1" * LONG,
    "groups of digits": "1" + " 123" * (LONG // 4) + "x",
    "points": "1." * (LONG // 2),
    "commas": "1," * (LONG // 2),
    "dates cut off": "2026-01-0" * (LONG // 9),
    "empty lines": "\n" * LONG,
    "lines of spaces": (" " * 50 + "\n") * (LONG // 51) + "x",
    "spaces": " " * LONG + "x",
    "hashes": "#" * LONG,
    "a name": "a" * LONG,
    "elisions": "d'" * (LONG // 2),
    "equal signs": "=" * LONG,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_line_is_cut_into_tokens_in_no_time(shape: str) -> None:
    start = time.perf_counter()
    # every text is read with a line end behind it
    for _ in tables.parser().lex(SHAPES[shape] + "\n"):
        pass
    assert time.perf_counter() - start < 5  # measured: under 0.3


@pytest.mark.parametrize(
    ("line", "column"),
    [('plan "A {', 10), ('plan "A   {  # a comment', 14), ('plan "A # {', None), ('plan "A', None), ('plan "', None)],
)
def test_a_text_that_is_not_closed_leaves_its_brace(line: str, column: int | None) -> None:
    plan = f"incentive 1 en\n{line}\n  currency EUR\n}}\n"
    found = [(each.code, each.span.line, each.span.column) for each in read(plan).diagnostics if each.span]
    assert found[0] == ("E108", 2, 6)
    assert (len(found) == 1) or column is None
