import hashlib
import json
import logging
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import lark
import pytest
from lark import Token, Tree
from lark.parsers.lalr_analysis import Shift

from incentive.diagnostics import Language
from incentive.language import tables, words
from incentive.language.tokens import advance

PLANS = sorted((Path(__file__).parents[2] / "plans").glob("*.plan"))
PIECES = "\n".join(path.read_text(encoding="utf-8") for path in PLANS)


@pytest.fixture(scope="module")
def built() -> lark.Lark:
    return tables.build()


def states_of(parser: lark.Lark) -> dict[int, dict[str, tuple[object, object]]]:
    return parser.parse_interactive("").parser_state.parse_conf.states


def test_the_shipped_tables_are_those_of_this_grammar_and_this_lark() -> None:
    stored = json.loads(tables.TABLES.read_bytes())
    assert stored["grammar"] == hashlib.sha256(tables.grammar_text().encode()).hexdigest(), (
        "run python -m incentive.language.tables"
    )
    assert stored["lark"] == lark.__version__


def test_what_is_dumped_is_loaded_state_by_state(built: lark.Lark) -> None:
    again = tables.load(json.loads(tables.dump(built)))
    loaded = states_of(again).expanded()  # type: ignore[attr-defined]
    own = states_of(built)
    assert loaded.keys() == own.keys()
    for state, row in own.items():
        assert loaded[state] == row


def feed(parser: lark.Lark, kinds: list[Token]) -> object:
    interactive: Any = parser.parse_interactive("")
    for token in kinds:
        interactive.feed_token(token)
    return interactive.feed_eof(kinds[-1])


def plain(node: object) -> object:
    if isinstance(node, Tree):
        meta = node.meta
        place = (
            None
            if meta.empty
            else (meta.line, meta.column, meta.end_line, meta.end_column, meta.start_pos, meta.end_pos)
        )
        return [str(node.data), place, [plain(child) for child in node.children]]
    return [node.type, str(node), node.start_pos, node.end_pos] if isinstance(node, Token) else node


def test_loaded_and_built_parsers_give_the_same_tokens_trees_and_positions(built: lark.Lark) -> None:
    loaded = tables.parser()
    texts = [
        '{"a": 1}',
        *(path.read_text(encoding="utf-8") for path in PLANS),
    ]
    for text in texts:
        one, other = list(built.lex(text)), list(loaded.lex(text))
        assert [plain(token) for token in one] == [plain(token) for token in other]
    for snippet in (
        ["KW_LET", "NAME", "EQUAL", "NUMBER", "PLUS", "NAME", "_NL"],
        ["KW_GROUP", "NAME", "EQUAL", "NAME", "_NL"],
    ):
        tokens = [
            Token(kind, kind, 2 * at, 1, 2 * at + 1, 1, 2 * at + 2, 2 * at + 1) for at, kind in enumerate(snippet)
        ]
        assert plain(feed(built, tokens)) == plain(feed(loaded, tokens))


def test_the_grammar_has_no_conflict(caplog: pytest.LogCaptureFixture) -> None:
    level = lark.logger.level
    lark.logger.setLevel(logging.DEBUG)
    lark.logger.propagate = True
    try:
        with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
            lark.Lark(tables.grammar_text(), parser="lalr", lexer="basic", debug=True)
    finally:
        lark.logger.setLevel(level)
    assert [each.message for each in caplog.records if "conflict" in each.message.lower()] == []


def test_every_keyword_of_the_grammar_has_a_word_in_both_languages() -> None:
    used = {
        name for row in tables.build().rules for name in (each.name for each in row.expansion) if name.startswith("KW_")
    }
    assert used <= set(words.keyword_terminals())
    for row in words.WORDS:
        assert all(row.phrases("en"))
        assert all(row.phrases("fr"))


def clashes(language: Language, states: dict[int, dict[str, tuple[object, object]]]) -> Iterator[tuple[str, str, str]]:
    """Phrases with two readings that one state would both shift."""
    for phrase, readings in words.phrase_table(language).items():
        firsts = {reading.terminals[0][0] for reading in readings}
        for one, other in combinations(sorted(firsts), 2):
            if any(
                row.get(one, ("", 0))[0] is Shift and row.get(other, ("", 0))[0] is Shift for row in states.values()
            ):
                yield " ".join(phrase), one, other


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_state_shifts_two_readings_of_one_word(language: Language, built: lark.Lark) -> None:
    assert set(clashes(language, states_of(built))) <= DECIDED[language]


# Where two readings can be shifted, the one whose following word can go on is taken: the parser looks one word ahead.
DECIDED: dict[Language, set[tuple[str, str, str]]] = {"en": set(), "fr": set()}


def test_a_simulated_step_agrees_with_the_parser(built: lark.Lark) -> None:
    states = states_of(built)
    interactive: Any = built.parse_interactive("")
    for kind in ["KW_LET", "NAME", "EQUAL", "NUMBER", "PLUS"]:
        for terminal in filter(str.isupper, states[interactive.parser_state.state_stack[-1]]):
            stack = list(interactive.parser_state.state_stack)
            assert advance(states, stack, terminal) == (terminal in interactive.accepts())
        interactive.feed_token(Token(kind, kind))
