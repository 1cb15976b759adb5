"""Formatting changes the look of a plan and nothing else, whatever it looked like."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentive import language
from incentive.language import read
from incentive.language.words import fold

ROOT = Path(__file__).parents[2]
FILES = [*sorted((ROOT / "tests" / "plans").glob("*.plan")), *sorted((ROOT / "examples").glob("*/*.plan"))]
PLANS = [path.read_text(encoding="utf-8") for path in FILES]
PIECE = re.compile(r'"[^"\n]*"|#[^\n]*|\n|[ \t]+|[^\s"#]+')
slow = settings(max_examples=120, suppress_health_check=list(HealthCheck))
Look = Callable[[str, random.Random], str]


def comments(text: str) -> list[str]:
    return [each.strip() for each in re.findall(r'"[^"\n]*"|(#[^\n]*)', text) if each]


def shape(text: str) -> str:
    """The syntax tree without accents and case, which the formatter restores in the words of the language."""
    return fold(repr(read(text).file))


def pieces(text: str) -> list[str]:
    return PIECE.findall(text)


def other_spaces(text: str, draw: random.Random) -> str:
    spaces = [" ", "   ", "\t", "\u00a0", " \u202f "]
    return "".join(draw.choice(spaces) if each.isspace() and each != "\n" else each for each in pieces(text))


def flat(text: str, _: random.Random) -> str:
    return re.sub(r"\n[ \t]+", "\n", text)


def shuffled_indentation(text: str, draw: random.Random) -> str:
    return re.sub(r"\n[ \t]*", lambda _: "\n" + " " * draw.randint(0, 9), text)


def other_newlines(text: str, draw: random.Random) -> str:
    # One kind in a row of line ends: "\r" before "\n" would be a single one.
    return re.sub(r"\n+", lambda ends: draw.choice(["\n", "\r\n", "\r", "\u2028"]) * len(ends[0]), text)


def more_lines(text: str, draw: random.Random) -> str:
    return re.sub(r"\n", lambda _: "\n" * draw.choice([1, 1, 2, 4]), text)


def no_empty_lines(text: str, _: random.Random) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def more_comments(text: str, draw: random.Random) -> str:
    def commented(line: str) -> str:
        behind = f" #b{draw.random()} " if draw.random() < 0.3 and "#" not in line else ""
        above = f"#a{draw.random()} é \n" if draw.random() < 0.2 else ""
        return above + line + behind

    return "\n".join(commented(line) for line in text.split("\n"))


def blocks_in_a_line(text: str, _: random.Random) -> str:
    """Clauses behind `{`, ended by `;` and `}`."""
    without = re.sub(r'("[^"\n]*")|[ \t]*#[^\n]*', lambda found: found[1] or "", text)
    for _each in range(3):
        without = re.sub(r"([^\n{;(,])\n[ \t]+(?=[^\s|)])", r"\1; ", without)
    return re.sub(r"\n\s*\}", " }", re.sub(r"\{\n[ \t]*", "{ ", without)).replace("|; |", "|\n|")


def no_group_spaces(text: str, _: random.Random) -> str:
    return re.sub(r'("[^"\n]*"|#[^\n]*)|(?<=\d) (?=\d{3}\b)', lambda found: found[1] or "", text)


def byte_order_mark(text: str, _: random.Random) -> str:
    return "\ufeff" + text


LOOKS: list[Look] = [
    other_spaces,
    flat,
    shuffled_indentation,
    other_newlines,
    more_lines,
    no_empty_lines,
    more_comments,
    blocks_in_a_line,
    no_group_spaces,
    byte_order_mark,
]


def holds(text: str) -> str:
    done = language.format(text)
    assert done.diagnostics == ()
    assert shape(done.text) == shape(text)
    assert comments(done.text) == comments(text.translate({13: "\n", 0x2028: "\n"}))
    assert language.format(done.text) == done
    assert done.text.endswith("\n")
    assert "\n\n\n" not in done.text
    assert not re.search(r"[ \t]\n|\{\n\n|\n\n *\}|\t|\r|\ufeff", re.sub(r'"[^"\n]*"|#[^\n]*', "x", done.text))
    return done.text


@pytest.mark.parametrize("text", PLANS, ids=[path.stem for path in FILES])
def test_a_plan_keeps_its_tree_exactly(text: str) -> None:
    assert read(holds(text)).file == read(text).file


@slow
@given(st.sampled_from(PLANS), st.lists(st.sampled_from(LOOKS), min_size=1, max_size=4), st.integers(0, 2**32))
def test_another_look_changes_neither_meaning_nor_comments(text: str, looks: list[Look], seed: int) -> None:
    draw = random.Random(seed)
    for look in looks:
        changed = look(text, draw)
        if read(changed).diagnostics:  # a `;` or a comment where none may stand
            continue
        text = changed
    holds(text)


@pytest.mark.parametrize("look", [other_spaces, flat, shuffled_indentation, other_newlines, no_group_spaces])
@pytest.mark.parametrize("text", PLANS, ids=[path.stem for path in FILES])
def test_spaces_and_line_ends_do_not_show_in_the_result(text: str, look: Look) -> None:
    changed = look(text, random.Random(1))
    assert [line.split() for line in language.format(changed).text.split("\n")] == [
        line.split() for line in language.format(text).text.split("\n")
    ]


@pytest.mark.parametrize("look", [blocks_in_a_line, no_empty_lines])
@pytest.mark.parametrize("text", PLANS, ids=[path.stem for path in FILES])
def test_a_block_in_a_line_becomes_lines(text: str, look: Look) -> None:
    changed = look(text, random.Random(1))
    assert read(changed).diagnostics == ()
    holds(changed)


def test_accents_of_the_language_come_back_and_those_of_names_stay() -> None:
    path = ROOT / "tests" / "plans" / "c_fr.plan"
    text = path.read_text(encoding="utf-8")
    bare = text
    for word in ["période", "bénéficiaire", "données", "barème", "à"]:
        bare = re.sub(rf"\b{word}\b", fold(word), bare)
    assert bare != text
    assert language.format(bare).text == language.format(text).text


@slow
@given(st.sampled_from(PLANS), st.integers(0, 2**32))
def test_whatever_is_cut_out_or_doubled_is_formatted_or_left_alone(text: str, seed: int) -> None:
    draw = random.Random(seed)
    parts = pieces(text)
    start = draw.randrange(len(parts))
    parts[start : start + draw.choice([1, 1, 2, 5])] = draw.choices(parts, k=draw.choice([0, 1, 2]))
    changed = "".join(parts)
    done = language.format(changed)
    if read(changed).diagnostics:
        assert done.text == changed
        assert done.diagnostics == read(changed).diagnostics
    else:
        holds(changed)


@pytest.mark.parametrize("figure", ["0.0001", "1,2,3.4567", "1.000.000"])
def test_a_number_in_the_habits_of_the_other_language_is_left_as_it_is(figure: str) -> None:
    text = f"incentive 1 fr\n\nsoit a = b en EUR au cours c dernier connu {figure} jours\n"
    if not read(text).diagnostics:
        assert language.format(text).text == text
