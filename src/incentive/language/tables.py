"""The parser's tables, as data.

Building LALR tables takes a quarter of a second, each time a plan is read by a new process. They depend only on the
grammar, the keyword list and the version of lark, so they ship as plain JSON and are built anew only where one of these
differs. Nothing is pickled and nothing is written at run time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

import lark
from lark.grammar import Rule
from lark.lexer import TerminalDef, Token

from incentive.language.words import keyword_terminals

# Terminals that no rule takes: the parser sees them as errors, so that wrong text is a finding and never a crash.
STRAY: Final = ("CURLY", "ELISION", "JUNK", "OPENTEXT")
TABLES: Final = "tables.json"


class _KeepStray:
    """Tells lark to lex the terminals that no rule names."""

    always_accept = STRAY

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """Pass the tokens on."""
        return stream


def grammar_text() -> str:
    """The grammar with the keywords of the registry declared."""
    text = files("incentive.language").joinpath("grammar.lark").read_text(encoding="utf-8")
    return text.replace("__KEYWORDS__", " ".join(keyword_terminals()))


def build(*, strict: bool = False) -> lark.Lark:
    """Build the parser from the grammar."""
    return lark.Lark(
        grammar_text(), parser="lalr", lexer="basic", propagate_positions=True, postlex=_KeepStray(), strict=strict
    )


def dump(parser: lark.Lark) -> str:
    """The tables of a parser as JSON text."""
    data, memo = parser.memo_serialize([TerminalDef, Rule])
    data["options"].pop("postlex", None)
    return json.dumps({"stamp": _stamp(), "data": data, "memo": memo}, separators=(",", ":"), sort_keys=True)


@cache
def parser() -> lark.Lark:
    """The one parser of all dialects: from the shipped tables where they are current, else built."""
    shipped = files("incentive.language").joinpath(TABLES)
    if shipped.is_file():
        stored = json.loads(shipped.read_text(encoding="utf-8"))
        if stored["stamp"] == _stamp():
            return _load(stored["data"], stored["memo"])
    return build()


def _load(data: dict[str, Any], memo: dict[str, Any]) -> lark.Lark:
    """Put back what JSON has no form for: integer keys and tuples."""
    table = data["parser"]["parser"]
    table["tokens"] = {int(key): value for key, value in table["tokens"].items()}
    table["states"] = {
        int(state): {int(token): tuple(action) for token, action in row.items()} for state, row in table["states"].items()
    }
    options = data["options"]
    options["postlex"] = _KeepStray()
    loaded: lark.Lark = lark.Lark.load({"data": data, "memo": {int(key): value for key, value in memo.items()}})
    return loaded


def _stamp() -> str:
    digest = hashlib.sha256(grammar_text().encode()).hexdigest()
    return f"lark {lark.__version__} grammar {digest}"
