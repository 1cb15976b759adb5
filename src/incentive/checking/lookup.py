"""Small questions about what a plan defines, asked by several parts of the checker."""

from __future__ import annotations

from incentive.checking.desk import Desk
from incentive.language import syntax as s
from incentive.language.words import TYPES, fold, meaning


def counted(desk: Desk, word: str) -> str | None:
    """The table that a word counts, in the singular or the plural."""
    for name, symbol in desk.symbols.items():
        if symbol.kind == "facts" and _one_noun(fold(name), fold(word)):
            return name
    return None


def _one_noun(table: str, word: str) -> bool:
    return table == word or any(table == word + end or word == table + end for end in ("s", "x"))


def money_names(desk: Desk) -> list[str]:
    """Names of the inputs and measures that are money, inputs first, to suggest what a percentage is of."""
    out = [
        name
        for name, symbol in desk.symbols.items()
        if isinstance(symbol.node, s.Input)
        and isinstance(symbol.node.type, s.NamedType)
        and meaning(TYPES, symbol.node.type.name.text, desk.language) == "money"
    ]
    return out + [name for name, measure in desk.measures.items() if measure is not None and measure.unit.kind == "money"]
