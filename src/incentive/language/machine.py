"""The parser in the middle of a text: its tokens, its stack, what its words may mean, and what was found so far.

Words are typed here: a NAME becomes a keyword when the parser, from its real stack, would take that keyword, and what
follows it. That makes every word soft (a field may be called `source`) and lets one grammar serve every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from attrs import define, evolve, field
from lark import Token

from incentive.diagnostics import Diagnostic, Help, Language, Remark, Source, Span, finding
from incentive.language.tokens import Choice, Piece, States, advance, as_tokens, retype, span_of, text_of
from incentive.language.words import Reading, fold, phrase_table
from incentive.quantities import is_currency

_LONGEST_PHRASE: Final = 4
_FRENCH_ARTICLES: Final = frozenset({"le", "la", "les"})
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
NEWLINE: Final = "_NL"


@cache
def _phrases(language: Language) -> Mapping[tuple[str, ...], tuple[Reading, ...]]:
    return phrase_table(language)


@define
class Machine:
    """One parse under way. `state` is lark's."""

    source: Source
    language: Language
    tokens: list[Token] = field(factory=list)
    state: Any = None
    states: States = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    lost: set[str] = field(factory=set)
    broken: set[int] = field(factory=set)
    pieces: list[Piece] = field(factory=list)
    adrift: int = 0  # the column of clauses found behind the end of their block
    both: bool = False  # words of the other language count too: while a slip into it is looked at

    # ---- what stands where -----------------------------------------------------------------------------------------
    def at(self, place: int) -> Token | None:
        """The token at a place, or None behind the last one."""
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def kind(self, place: int) -> str:
        """The type of the token at a place, or "" outside the text."""
        token = self.at(place)
        return token.type if token is not None else ""

    def starts_line(self, place: int) -> bool:
        """Whether a place is the first of its line."""
        return place == 0 or self.tokens[place - 1].type == NEWLINE

    def starts_clause(self, place: int) -> bool:
        """Whether a clause can start at a place."""
        return self.starts_line(place) or self.tokens[place - 1].type in {"LBRACE", "SEMICOLON"}

    def open_braces(self) -> list[Token]:
        """The opening braces of the blocks around the place reached, from outside in."""
        return [value for value in self.state.value_stack if isinstance(value, Token) and value.type == "LBRACE"]

    def opening_of(self, place: int) -> Token | None:
        """The opening brace of the closing one at a place."""
        depth = 0
        for token in reversed(self.tokens[: place + 1]):
            depth += (token.type == "RBRACE") - (token.type == "LBRACE")
            if depth == 0:
                return token
        return None

    def head_of(self, brace: Token) -> Token:
        """The first token of the line of a brace."""
        return next((token for token in self.tokens if token.line == brace.line and token.type != NEWLINE), brace)

    def block_name(self, head: Token) -> str:
        """What opens a block, as written: `component bonus`."""
        line = self.source.line(head.line or 0).strip()
        return line.split("{")[0].split('"')[0].strip() or line

    # ---- readings --------------------------------------------------------------------------------------------------
    def choices(self, place: int, language: Language | None = None) -> list[Choice]:
        """All ways to read the words at a place, the longest phrase first, a plain name last."""
        token = self.tokens[place]
        if token.type == "ELISION":
            return [Choice((retype(token, "KW_OF"),), 1)] if token[0] in "dD" else []
        if token.type in {"CURLY", "OPENTEXT"}:
            return [Choice((retype(token, "STRING", text_of(token)),), 1)]
        if token.type != "NAME":
            return [Choice((token,), 1)]
        out: list[Choice] = []
        table = _phrases(language or self.language)
        other = _phrases("en" if self.language == "fr" else "fr") if self.both else {}
        words: list[Token] = []
        for word in self.tokens[place : place + _LONGEST_PHRASE]:
            if word.type != "NAME":
                break
            words.append(word)
        for count in range(len(words), 0, -1):
            key = tuple(fold(word) for word in words[:count])
            readings = (*table.get(key, ()), *other.get(key, ()))
            out += [Choice(as_tokens(reading, words[:count]), count) for reading in readings]
        if _CURRENCY.match(token) and is_currency(token):
            out.append(Choice((retype(token, "CURRENCY"),), 1))
        out.append(Choice((token,), 1))
        return out

    def takes(self, choice: Choice, stack: Sequence[int] | None = None, before: Sequence[str] = ()) -> list[int] | None:
        """The stack after a choice, or None where the parser would not take it."""
        copy = list(self.state.state_stack if stack is None else stack)
        for terminal in (*before, *(token.type for token in choice.tokens)):
            if not advance(self.states, copy, terminal):
                return None
        return copy

    def pick(self, place: int, stack: Sequence[int] | None = None, before: Sequence[str] = ()) -> Choice | None:
        """The first reading that the parser takes together with what follows it, else the first that it takes."""
        fallback: Choice | None = None
        choices = self.choices(place) if place < len(self.tokens) else []
        for choice in choices:
            after = self.takes(choice, stack, before)
            if after is None:
                continue
            if self.goes_on(place + choice.taken, after):
                return choice
            fallback = fallback or evolve(choice, sure=False)
        return fallback

    def run(self, place: int, stack: Sequence[int], most: int) -> int:
        """How many tokens the parser would take from a place on, up to a number; the end of the text counts as all."""
        start = place
        while place - start < most:
            if place >= len(self.tokens):
                return most
            if self.is_article(place, stack):
                place += 1
                continue
            choice = self.pick(place, stack)
            after = self.takes(choice, stack) if choice is not None else None
            if choice is None or after is None:
                break
            place, stack = place + choice.taken, after
        return place - start

    def goes_on(self, place: int, stack: Sequence[int]) -> bool:
        """Whether the parser takes some reading of what stands at a place, articles left out; the end goes on."""
        if place >= len(self.tokens):
            return True
        if self.is_article(place, stack):
            return True
        return any(self.takes(each, stack) is not None for each in self.choices(place))

    def is_article(self, place: int, stack: Sequence[int] | None = None) -> bool:
        """French articles before a name say nothing to the parser: `de l'objectif`, `le signé`."""
        if self.language != "fr" or self.kind(place + 1) != "NAME":
            return False
        token = self.tokens[place]
        if token.type == "ELISION":
            return token[0] in "lL"
        if token.type != "NAME" or fold(token) not in _FRENCH_ARTICLES:
            return False
        return self.takes(Choice((retype(token, "NAME"),), 1), stack) is not None

    def accepted(self) -> list[str]:
        """The terminals that the parser would take now."""
        stack = self.state.state_stack
        terminals = filter(str.isupper, self.states[stack[-1]])
        return [name for name in terminals if advance(self.states, list(stack), name)]

    # ---- going on --------------------------------------------------------------------------------------------------
    def feed(self, tokens: Iterable[Token]) -> None:
        """Let the parser take tokens that it was found to take."""
        for token in tokens:
            self.state.feed_token(token)

    def fall_back_to(self, height: int) -> None:
        """Forget what was read since the stack had a height."""
        del self.state.state_stack[height:]
        del self.state.value_stack[height - 1 :]

    def lose(self, token: Token) -> None:
        """Remember a name on a line that is left out: it may have been defined there."""
        if token.type == "NAME":
            self.lost.add(str(token))

    # ---- findings --------------------------------------------------------------------------------------------------
    def report(  # noqa: PLR0913 - a finding has as many parts
        self,
        code: str,
        place: Span,
        *,
        mark: str = "",
        helps: Sequence[Help] = (),
        notes: Sequence[str] = (),
        remarks: Sequence[Remark] = (),
        **values: str,
    ) -> None:
        """Keep a finding, and that its line is broken."""
        self.broken.add(place.line)
        path = self.source.path
        self.diagnostics.append(
            finding(
                code,
                self.language,
                span=place,
                mark=mark,
                remarks=remarks,
                helps=helps,
                notes=notes,
                place=None,
                path=path,
                **values,
            )
        )

    def is_broken(self, token: Token) -> bool:
        """Whether something was found on the line of a token already: one finding a line says enough."""
        return token.line in self.broken


def stretch(first: Token, last: Token) -> Span:
    """From the start of one token to the end of another."""
    return span_of(first).to(span_of(last))
