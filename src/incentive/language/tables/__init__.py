"""The parser's tables, as data.

Building LALR tables takes a quarter of a second, each time a plan is read by a new process. They depend only on the
grammar, the keyword list and the version of lark, so they ship as plain JSON (`python -m incentive.language.tables`
writes it anew; a test proves that it is current) and are built at run time only where lark is another one. Nothing is
pickled and nothing is written at run time.

The 1,300 states have 16,000 actions, and one plan meets a part of them. A state is therefore stored as a few integers
and expanded when the parser first gets there; that halves the time of loading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef, Token
from lark.parsers.lalr_analysis import Reduce, Shift

from incentive.language.words import keyword_terminals

STRAY: Final = ("CURLY", "ELISION", "JUNK", "OPENTEXT")
"""Terminals that no rule takes: the parser sees them as errors, so that wrong text is a finding and never a crash."""
GRAMMAR: Final = Path(__file__).parent.with_name("grammar.lark")
TABLES: Final = Path(__file__).with_name("tables.json")


class _KeepStray:
    """Tells lark to lex the terminals that no rule names."""

    always_accept = STRAY

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


def grammar_text() -> str:
    """The grammar with the keywords of the registry declared."""
    text = GRAMMAR.read_text(encoding="utf-8")
    return text.replace("__KEYWORDS__", " ".join(keyword_terminals()))


def build(*, strict: bool = False) -> lark.Lark:
    """Build the parser from the grammar."""
    return lark.Lark(
        grammar_text(), parser="lalr", lexer="basic", propagate_positions=True, postlex=_KeepStray(), strict=strict
    )


@cache
def parser() -> lark.Lark:
    """The one parser of all dialects: from the shipped tables where lark is the one they were made with, else built."""
    if TABLES.is_file():
        stored = json.loads(TABLES.read_bytes())
        if stored["lark"] == lark.__version__:
            return load(stored)
    return build()


def dump(parser: lark.Lark) -> str:
    """The tables of a parser as JSON text."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"] = {name: value for name, value in data["options"].items() if name != "postlex"}
    table = data["parser"]["parser"]
    groups: dict[tuple[int, ...], int] = {}
    order = {rule["@"]: index for index, rule in enumerate(data["rules"])}
    rows = {state: _pack(row, order, groups) for state, row in table.pop("states").items()}
    stored = {
        "lark": lark.__version__,
        "grammar": hashlib.sha256(grammar_text().encode()).hexdigest(),
        "data": data,
        "memo": memo,
        "tokens": [table["tokens"][token] for token in range(len(table["tokens"]))],
        "groups": list(groups),
        "rows": [rows[state] for state in range(len(rows))],
    }
    table["tokens"] = {}
    return json.dumps(stored, separators=(",", ":"), sort_keys=True)


def load(stored: Mapping[str, Any]) -> lark.Lark:
    """Make the parser that `dump` wrote.

    Law: it gives the same trees and positions as the parser that was built.
    """
    data = stored["data"]
    data["parser"]["parser"]["states"] = {}
    data["options"]["postlex"] = _KeepStray()
    loaded: lark.Lark = lark.Lark.load(
        {"data": data, "memo": {int(key): value for key, value in stored["memo"].items()}}
    )
    groups = [[stored["tokens"][token] for token in group] for group in stored["groups"]]
    table: Any = loaded.parser
    table.parser.parser.parse_table.states = _States(stored["rows"], groups, loaded.rules)
    return loaded


class _States(dict[int, dict[str, tuple[Any, Any]]]):
    """The action tables by state, each expanded when it is first asked for."""

    def __init__(self, rows: Sequence[Sequence[int]], groups: Sequence[Sequence[str]], rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rows, self._groups, self._rules = rows, groups, rules

    def __missing__(self, state: int) -> dict[str, tuple[Any, Any]]:
        out: dict[str, tuple[Any, Any]] = {}
        row = self._rows[state]
        for group, number in zip(row[::2], row[1::2], strict=True):
            action = (Shift, number) if number >= 0 else (Reduce, self._rules[-number - 1])
            out.update(dict.fromkeys(self._groups[group], action))
        self[state] = out
        return out

    def expanded(self) -> dict[int, dict[str, tuple[Any, Any]]]:
        """All states."""
        return {state: self[state] for state in range(len(self._rows))}


def _pack(row: Mapping[int, Any], order: Mapping[int, int], groups: dict[tuple[int, ...], int]) -> list[int]:
    """A state as pairs of integers: a group of terminals, and the state to go to or minus the rule to reduce by."""
    by_action: dict[int, list[int]] = {}
    for token, (kind, argument) in row.items():
        by_action.setdefault(-order[argument["@"]] - 1 if kind else argument, []).append(token)
    out: list[int] = []
    for action, tokens in by_action.items():
        out += [groups.setdefault(tuple(sorted(tokens)), len(groups)), action]
    return out
