"""Small questions about what a plan defines, asked by several parts of the checker."""

from __future__ import annotations

from incentive import tree
from incentive.checking.desk import Desk
from incentive.language.words import fold


def counted(desk: Desk, word: str) -> str | None:
    """The table that a word counts, in the singular or the plural."""
    for name, symbol in desk.symbols.items():
        if symbol.kind == "facts" and _one_noun(fold(name), fold(word)):
            return name
    return None


def _one_noun(table: str, word: str) -> bool:
    return table == word or any(table == word + end or word == table + end for end in ("s", "x"))


def money_names(desk: Desk, currency: str) -> list[str]:
    """Measures, then inputs, that are money in a currency: what a percentage may be meant of."""
    measures = [name for name, each in desk.measures.items() if each is not None and _is_money(each.unit, currency)]
    return measures + money_inputs(desk, currency)


def money_inputs(desk: Desk, currency: str) -> list[str]:
    """Inputs that are money in a currency."""
    return [name for name, each in desk.inputs.items() if _is_money(each.input.unit, currency)]


def _is_money(unit: tree.Unit, currency: str) -> bool:
    return unit.kind == "money" and unit.currency == currency
