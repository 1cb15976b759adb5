"""Tokens, and the parser's stack simulated on states alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from lark import Token
from lark.parsers.lalr_analysis import Shift

from incentive.diagnostics import Span
from incentive.language.words import Reading

States = Mapping[int, Mapping[str, tuple[Any, Any]]]


@frozen
class Choice:
    """How one or more words are read: the tokens to feed, and how many words they take.

    A choice is not `sure` where the parser takes it but none of the readings of what follows.
    """

    tokens: tuple[Token, ...]
    taken: int
    sure: bool = True


@frozen
class Piece:
    """Words of the text as they were read: `words` as written, `tokens` as the parser took them.

    An article, which says nothing to the parser, has no tokens.
    """

    words: tuple[Token, ...]
    tokens: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where the first word stands."""
        return self.words[0].start_pos or 0

    @property
    def kind(self) -> str:
        """The type of the first token; "" of an article."""
        return self.tokens[0].type if self.tokens else ""

    @property
    def written(self) -> str:
        """The words with one space between them."""
        return " ".join(self.words)


def span_of(token: Token) -> Span:
    """Where a token stands; of a line end, one column."""
    start, line, column = token.start_pos or 0, token.line or 1, token.column or 1
    if token.type == "_NL":
        return Span(start, start + 1, line, column, line, column + 1)
    return Span(start, token.end_pos or 0, line, column, token.end_line or 1, token.end_column or 1)


def behind(token: Token) -> Span:
    """The column right after a token."""
    end, line, column = token.end_pos or 0, token.end_line or 1, token.end_column or 1
    return Span(end, end + 1, line, column, line, column + 1)


def advance(states: States, stack: list[int], terminal: str) -> bool:
    """Simulate the parser on states alone: exact, where the action table of one state may promise too much."""
    while True:
        action = states[stack[-1]].get(terminal)
        if action is None:
            return False
        kind, argument = action
        if kind is Shift:
            stack.append(argument)
            return True
        size = len(argument.expansion)
        if size:
            del stack[-size:]
        stack.append(states[stack[-1]][argument.origin.name][1])
        if terminal == "$END" and not states[stack[-1]]:  # the last state takes nothing more
            return True


def retype(token: Token, kind: str, text: str | None = None) -> Token:
    """The same place of the text as another kind of token."""
    return Token.new_borrow_pos(kind, str(token) if text is None else text, token)


def virtual(kind: str, near: Token) -> Token:
    """A token that the text does not have, of no width, where another one starts."""
    return Token(kind, "", near.start_pos, near.line, near.column, near.line, near.column, near.start_pos)


def as_tokens(reading: Reading, words: Sequence[Token]) -> tuple[Token, ...]:
    """What a phrase stands for, each token covering the whole phrase."""
    first, last = words[0], words[-1]
    written = " ".join(words)
    start, end = (first.start_pos, first.line, first.column), (last.end_line, last.end_column, last.end_pos)
    return tuple(Token(kind, text or written, *start, *end) for kind, text in reading.terminals)


def text_of(token: Token) -> str:
    """What stands between quotes of any kind."""
    if token.type == "STRING":
        return token[1:-1]
    return str(token).strip().strip('"\u201c\u201d\u201e\u00ab\u00bb \u00a0\u202f')


def shown(token: Token) -> str:
    """A token as it may stand in a message."""
    text = str(token).strip()
    return text if len(text) <= 40 else text[:37] + "…"
