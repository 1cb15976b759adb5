"""The table of laws names each number of its range, and tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (Path(__file__).parent / "README.md").read_text("utf-8").splitlines()
    if re.match(r"\| \d", line)
]
NUMBERS = {*range(1, 41), 42, 43, 44, 45, 55, 56, 57, 62, 63, 64}


def named(path: Path) -> set[str]:
    return {each.name for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.FunctionDef)}


def test_every_law_of_the_range_stands_once() -> None:
    assert [int(row[0]) for row in ROWS] == sorted(NUMBERS)


def test_every_test_named_exists() -> None:
    for number, _, held, _ in ROWS:
        places = re.findall(r"`([^`]+)::([^`]+)`", held)
        assert places, number
        for path, name in places:
            assert name in named(ROOT / path), (number, path, name)


def test_every_law_of_this_room_has_a_planted_bug() -> None:
    for number, _, held, bug in ROWS:
        assert bug, number
        assert (bug == "elsewhere") == ("tests/laws" not in held), number
        if bug != "elsewhere":
            (path,) = {ROOT / each for each in re.findall(r"`(tests/laws/[^:`]+)::", held)}
            planted = re.findall(r'^    "(\d+)[^"]*": \(', path.read_text("utf-8"), re.MULTILINE)
            assert number in planted or number in {"3", "26"}, number  # 3 is planted with 10, 26 by a test of its own
