"""From text to a parse tree, in spite of mistakes.

A parser that stops at the first mistake makes an author fix a file one run at a time. This one repairs what it can see
how to repair (a misspelt word, a missing brace or colon, a word of the other language), reports it, and goes on; what it
cannot repair it leaves out up to the end of the line. Brace blocks and one clause a line make that sound.

Words are typed here: a NAME becomes a keyword when the parser, from its real stack, would take that keyword, and what
follows it. That makes every word soft (a field may be called `source`) and lets one grammar serve every language.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from attrs import define, field, frozen
from lark import Token, Tree, UnexpectedInput
from lark.parsers.lalr_analysis import Shift

from incentive.diagnostics import Diagnostic, Edit, Help, Language, Remark, Source, Span, finding
from incentive.language import expected, tables
from incentive.language.words import Reading, fold, phrase_table
from incentive.quantities import is_currency

MAX_TOKENS: Final = 100_000
MAX_DEPTH: Final = 64
MAX_FINDINGS: Final = 100
_LONGEST_PHRASE: Final = 4
_CLOSE_BLOCK: Final = ("RBRACE", "_NL")
_OPENERS: Final = frozenset(
    f"KW_{word}"
    for word in (
        "PLAN FACTS INPUT PARAMETER MEASURE SCALE GROUP COMPONENT EXAMPLE TABLE SCORECARD SPLIT GATE SETTLEMENT"
    ).split()
)
# What a typist leaves out, in the order in which a repair is tried.
_INSERTED: Final = ("COLON", "LBRACE", "EQUAL", "RPAR", "PIPE", "COMMA", "KW_PER", "KW_OF", "KW_FROM", "KW_IS")
_FRENCH_ARTICLES: Final = frozenset({"le", "la", "les"})
_CURRENCY = re.compile(r"[A-Z]{3}\Z")

States = Mapping[int, Mapping[str, tuple[Any, Any]]]


@frozen
class Parsed:
    """A parse tree and what was found on the way.

    `lost` are the names on lines that had to be left out; `broken` the lines on which something was wrong.
    """

    tree: Tree[Token]
    diagnostics: tuple[Diagnostic, ...]
    lost: frozenset[str]
    broken: frozenset[int]


@frozen
class Choice:
    """How one or more words are read: the tokens to feed, and how many words they take."""

    tokens: tuple[Token, ...]
    taken: int


def parse(source: Source, language: Language) -> Parsed:
    """Parse a normalised text."""
    return _Machine(source, language).run()


@cache
def _phrases(language: Language) -> Mapping[tuple[str, ...], tuple[Reading, ...]]:
    return phrase_table(language)


@define
class _Machine:
    """One parse: the tokens, the parser's stack, and what was found so far."""

    source: Source
    language: Language
    diagnostics: list[Diagnostic] = field(factory=list)
    lost: set[str] = field(factory=set)
    broken: set[int] = field(factory=set)
    tokens: list[Token] = field(factory=list)
    state: Any = None
    states: States = field(factory=dict)
    curly: list[Token] = field(factory=list)

    def run(self) -> Parsed:
        parser = tables.parser()
        self.tokens = self._scan(parser)
        interactive = parser.parse_interactive("")
        self.state = interactive.parser_state
        self.states = self.state.parse_conf.states
        at = 0
        while at < len(self.tokens) and len(self.diagnostics) < MAX_FINDINGS:
            at = self._step(at)
        self._report_curly()
        return Parsed(self._finish(interactive), tuple(self.diagnostics), frozenset(self.lost), frozenset(self.broken))

    # ---- tokens ----------------------------------------------------------------------------------------------------
    def _scan(self, parser: Any) -> list[Token]:
        tokens: list[Token] = []
        depth = 0
        for token in parser.lex(self.source.text):
            tokens.append(token)
            depth += (token.type in {"LBRACE", "LPAR"}) - (token.type in {"RBRACE", "RPAR"})
            if depth > MAX_DEPTH:
                self._report("E152", token, limit=str(MAX_DEPTH))
                return tokens[:-1]
            if len(tokens) > MAX_TOKENS:
                self._report("E153", token, limit=str(MAX_TOKENS))
                return tokens[:-1]
        return self._balance(tokens)

    def _balance(self, tokens: list[Token]) -> list[Token]:
        """Put right what the indentation shows of a brace left out or doubled, so that the rest reads as meant."""
        surplus = sum((token.type == "LBRACE") - (token.type == "RBRACE") for token in tokens)
        if surplus == 0:
            return tokens
        out: list[Token] = []
        opened: list[tuple[int, Token, Token]] = []  # indentation of the line, its first token, the brace
        head = tokens[0] if tokens else None
        for at, token in enumerate(tokens):
            starts = at == 0 or tokens[at - 1].type == "_NL"
            head = token if starts else head
            if token.type == "LBRACE" and head is not None:
                opened.append((head.column or 0, head, token))
            elif token.type == "RBRACE":
                while surplus > 0 and starts and len(opened) > 1 and (token.column or 0) < opened[-1][0]:
                    _, opener, brace = opened.pop()
                    self._report("E104", opener, end=brace, block=self._block_name(opener))
                    out += [_virtual("RBRACE", token), _virtual("_NL", token)]
                    surplus -= 1
                doubled = at > 0 and tokens[at - 1].type == "RBRACE"
                if surplus < 0 and doubled and (not opened or (opened[-1][1].line != token.line)):
                    self._report("E105", token)
                    surplus += 1
                    continue
                if opened:
                    opened.pop()
            out.append(token)
        return out

    def _block_name(self, opener: Token) -> str:
        line = self.source.line(opener.line or 0).strip()
        return line.split("{")[0].split('"')[0].strip() or line

    # ---- readings --------------------------------------------------------------------------------------------------
    def _choices(self, at: int, language: Language | None = None) -> list[Choice]:
        """All ways to read the words at a place, the longest phrase first, a plain name last."""
        token = self.tokens[at]
        if token.type == "ELISION":
            return [Choice((_retype(token, "KW_OF"),), 1)] if token[0] in "dD" else []
        if token.type in {"CURLY", "OPENTEXT"}:
            return [Choice((_retype(token, "STRING", _text_of(token)),), 1)]
        if token.type != "NAME":
            return [Choice((token,), 1)]
        out: list[Choice] = []
        table = _phrases(language or self.language)
        words: list[Token] = []
        for word in self.tokens[at : at + _LONGEST_PHRASE]:
            if word.type != "NAME":
                break
            words.append(word)
        for count in range(len(words), 0, -1):
            key = tuple(fold(word) for word in words[:count])
            out += [Choice(_as_tokens(reading, words[:count]), count) for reading in table.get(key, ())]
        if _CURRENCY.match(token) and is_currency(token):
            out.append(Choice((_retype(token, "CURRENCY"),), 1))
        out.append(Choice((token,), 1))
        return out

    def _takes(self, choice: Choice, stack: Sequence[int] | None = None, before: Sequence[str] = ()) -> list[int] | None:
        """The stack after a choice, or None where the parser would not take it."""
        copy = list(self.state.state_stack if stack is None else stack)
        for terminal in (*before, *(token.type for token in choice.tokens)):
            if not _advance(self.states, copy, terminal):
                return None
        return copy

    def _pick(self, at: int, stack: Sequence[int] | None = None, before: Sequence[str] = ()) -> Choice | None:
        """The first reading that the parser takes together with what follows it, else the first that it takes."""
        fallback: Choice | None = None
        choices = self._choices(at)
        for choice in choices:
            after = self._takes(choice, stack, before)
            if after is None:
                continue
            following = at + choice.taken
            if len(choices) == 1 or following >= len(self.tokens):
                return choice
            if any(self._takes(after_it, after) is not None for after_it in self._choices(following)):
                return choice
            fallback = fallback or choice
        return fallback

    # ---- the loop --------------------------------------------------------------------------------------------------
    def _step(self, at: int) -> int:
        """Feed what stands at a place; give the next place."""
        token = self.tokens[at]
        if self._is_article(at):
            return at + 1
        choice = self._pick(at)
        if choice is None:
            return self._repair(at)
        if token.type == "CURLY":
            self.curly.append(token)
        elif token.type == "OPENTEXT":
            self._report("E108", token, text=_text_of(token))
        self._feed(choice.tokens)
        return at + choice.taken

    def _is_article(self, at: int) -> bool:
        """French articles before a name say nothing to the parser: `de l'objectif`, `le signé`."""
        if self.language != "fr" or at + 1 >= len(self.tokens) or self.tokens[at + 1].type != "NAME":
            return False
        token = self.tokens[at]
        if token.type == "ELISION":
            return token[0] in "lL"
        if token.type != "NAME" or fold(token) not in _FRENCH_ARTICLES:
            return False
        return self._takes(Choice((_retype(token, "NAME"),), 1)) is not None

    def _feed(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            self.state.feed_token(token)

    # ---- repairs ---------------------------------------------------------------------------------------------------
    def _repair(self, at: int) -> int:
        token = self.tokens[at]
        fresh = token.line not in self.broken
        closed = self._close_blocks(at, fresh=fresh)
        if closed is not None:
            return closed
        if token.type == "NAME":
            better = self._respell(at, fresh=fresh)
            if better is not None:
                return better
        if token.type == "RBRACE" and len(self.state.state_stack) and self._takes(Choice((token,), 1)) is None:
            following = self._pick(at + 1) if at + 1 < len(self.tokens) else None
            if following is not None and self._open_depth() == 0:
                self._report("E105", token)
                return at + 1
        if fresh and at and self._same(at - 1, at) and self._pick_next(at) is not None:
            self._report("E109", token, word=_shown(token), previous=_shown(token))
            return at + 1
        inserted = self._insert(at, fresh=fresh)
        if inserted is not None:
            return inserted
        if fresh and token.type != "_NL" and self._pick_next(at) is not None:
            self._report_unexpected(at)
            return at + 1
        if fresh:
            self._report_unexpected(at)
        return self._skip(at)

    def _open_depth(self) -> int:
        return sum(isinstance(value, Token) and value.type == "LBRACE" for value in self.state.value_stack)

    def _pick_next(self, at: int) -> Choice | None:
        return self._pick(at + 1) if at + 1 < len(self.tokens) else None

    def _same(self, left: int, right: int) -> bool:
        return self.tokens[left].type == self.tokens[right].type and self.tokens[left] == self.tokens[right]

    def _close_blocks(self, at: int, *, fresh: bool) -> int | None:
        """A block opener inside a block: the block around it was not closed."""
        starts = at == 0 or self.tokens[at - 1].type == "_NL"
        depth = self._open_depth()
        if not starts or not depth:
            return None
        for count in range(1, depth + 1):
            before = _CLOSE_BLOCK * count
            for choice in self._choices(at):
                if choice.tokens[0].type in _OPENERS and self._takes(choice, before=before) is not None:
                    if fresh:
                        opener = self._opener_of_open_block()
                        self._report("E104", opener, block=self._block_name(opener))
                    self._feed(_virtual(terminal, self.tokens[at]) for terminal in before)
                    self._feed(choice.tokens)
                    return at + choice.taken
        return None

    def _opener_of_open_block(self) -> Token:
        brace = next(v for v in reversed(self.state.value_stack) if isinstance(v, Token) and v.type == "LBRACE")
        return next((token for token in self.tokens if token.line == brace.line), brace)

    def _respell(self, at: int, *, fresh: bool) -> int | None:
        """A word of the other language, or one that is nearly a word that can stand here."""
        token = self.tokens[at]
        other: Language = "en" if self.language == "fr" else "fr"
        for choice in self._choices(at, other)[:-1]:
            after = self._takes(choice)
            if after is None or not all(each.type.startswith("KW_") for each in choice.tokens):
                continue
            own = expected.phrase_for(choice.tokens, self.language)
            if fresh and own:
                written = " ".join(self.tokens[at : at + choice.taken])
                edit = Edit(span_of(token).to(span_of(self.tokens[at + choice.taken - 1])), own)
                self._report("E102", token, end=self.tokens[at + choice.taken - 1], mark="write", word=written, own=own,
                             helps=[Help("replace", edits=(edit,), safe=True)], notes=["first_line"])
            self._feed(choice.tokens)
            return at + choice.taken
        candidates = self._acceptable_words()
        for near in difflib.get_close_matches(fold(token), list(candidates), 3, 0.6):
            phrase = candidates[near]
            guess = self._guess(at, phrase)
            if guess is None:
                continue
            if fresh:
                starts = at == 0 or self.tokens[at - 1].type in {"_NL", "LBRACE"}
                block = self._block_word()
                code = "E101" if starts else "E107"
                notes = ["clauses"] if starts and block else []
                self._report(code, token, mark="mean", word=str(token), own=phrase.written, block=block or "",
                             helps=[Help("replace", edits=(Edit(span_of(token), phrase.written.split()[0]),), safe=True)],
                             notes=notes, clauses=", ".join(expected.words(self._accepted(), self.language, clauses=True)))
            self._feed(guess.tokens)
            return at + guess.taken
        return None

    def _guess(self, at: int, phrase: expected.Phrase) -> Choice | None:
        """Read the word at a place as the first word of a phrase, if the rest of the phrase and the line go on."""
        words = phrase.written.split()
        taken = [self.tokens[at]]
        for offset, word in enumerate(words[1:], 1):
            following = self.tokens[at + offset] if at + offset < len(self.tokens) else None
            if following is None or following.type != "NAME" or fold(following) != fold(word):
                return None
            taken.append(following)
        choice = Choice(_as_tokens(phrase.reading, taken), len(taken))
        after = self._takes(choice)
        if after is None:
            return None
        following_at = at + choice.taken
        if following_at < len(self.tokens) and not any(
            self._takes(each, after) is not None for each in self._choices(following_at)
        ):
            return None
        return choice

    def _acceptable_words(self) -> dict[str, expected.Phrase]:
        """Folded first words of the phrases that the parser would take now."""
        out: dict[str, expected.Phrase] = {}
        stack = self.state.state_stack
        for phrase in expected.phrases(self.language):
            copy = list(stack)
            if all(_advance(self.states, copy, terminal) for terminal, _ in phrase.reading.terminals):
                out.setdefault(fold(phrase.written.split()[0]), phrase)
        return out

    def _insert(self, at: int, *, fresh: bool) -> int | None:
        """A small word or mark left out: supply it and go on with the same token."""
        token = self.tokens[at]
        for terminal in _INSERTED:
            if token.type == "_NL" and terminal in {"COLON", "EQUAL", "KW_OF", "KW_PER", "KW_FROM", "KW_IS", "COMMA"}:
                continue
            choice = self._pick(at, before=(terminal,))
            if choice is None:
                continue
            if fresh:
                previous = self.tokens[at - 1] if at else token
                written = expected.mark(terminal, self.language)
                place = Span(previous.end_pos or 0, (previous.end_pos or 0) + 1, previous.end_line or 0,
                             previous.end_column or 0, previous.end_line or 0, (previous.end_column or 0) + 1)
                self._report("E106", token, span=place, own=written, previous=_shown(previous),
                             helps=[Help("insert", edits=(Edit(Span(place.start, place.start, place.line, place.column,
                                                                    place.line, place.column), f" {written}"),))])
            self._feed([_virtual(terminal, token)])
            return at
        return None

    def _skip(self, at: int) -> int:
        """Leave out the rest of the line, with the blocks that open on it, and fall back to where the next can go on."""
        depth = 0
        start = at
        self._forget(at)
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.type == "LBRACE":
                depth += 1
            elif token.type == "RBRACE":
                if depth == 0:
                    break
                depth -= 1
            elif token.type == "_NL" and depth == 0:
                at += 1
                break
            elif token.type == "NAME":
                self.lost.add(str(token))
            at += 1
        while at < len(self.tokens):
            choice = self._fall_back(at)
            if choice is not None:
                self._feed(choice.tokens)
                return at + choice.taken
            self.broken.add(self.tokens[at].line or 0)
            while at < len(self.tokens) and self.tokens[at].type != "_NL":
                self._lose(self.tokens[at])
                at += 1
            at += 1
        return max(at, start + 1)

    def _forget(self, at: int) -> None:
        """Names on the part of the line that was read already may be lost with it."""
        line = self.tokens[at].line
        while at > 0 and self.tokens[at - 1].line == line:
            at -= 1
            self._lose(self.tokens[at])

    def _lose(self, token: Token) -> None:
        if token.type == "NAME":
            self.lost.add(str(token))

    def _fall_back(self, at: int) -> Choice | None:
        """Pop to the innermost state that takes the words here: a keyword if any reading is one, else a name."""
        if self.tokens[at].type == "_NL":
            return None
        stack = list(self.state.state_stack)
        choices = self._choices(at)
        for keyword in (True, False):
            for height in range(len(stack), 0, -1):
                for choice in choices:
                    if (choice.tokens[0].type != "NAME") != keyword and self.tokens[at].type == "NAME":
                        continue
                    if self._takes(choice, stack[:height]) is not None:
                        del self.state.state_stack[height:]
                        del self.state.value_stack[height - 1 :]
                        return choice
        return None

    def _finish(self, interactive: Any) -> Tree[Token]:
        """End the file, closing what is still open."""
        last = self.tokens[-1] if self.tokens else Token("_NL", "\n", 0, 1, 1, 1, 1, 0)
        for closing in range(MAX_DEPTH + 1):
            before = _CLOSE_BLOCK * closing
            if self._takes(Choice((Token("$END", ""),), 1), before=before) is not None:
                if closing and len(self.diagnostics) < MAX_FINDINGS:
                    opener = self._opener_of_open_block()
                    self._report("E104", opener, block=self._block_name(opener))
                self._feed(_virtual(terminal, last) for terminal in before)
                break
        else:
            self._drop_to_end()
        tree: Tree[Token] = interactive.feed_eof(last)
        return tree

    def _drop_to_end(self) -> None:
        stack = list(self.state.state_stack)
        for height in range(len(stack), 0, -1):
            if self._takes(Choice((Token("$END", ""),), 1), stack[:height]) is not None:
                del self.state.state_stack[height:]
                del self.state.value_stack[height - 1 :]
                return

    # ---- reports ---------------------------------------------------------------------------------------------------
    def _accepted(self) -> list[str]:
        """The terminals that the parser would take now."""
        stack = self.state.state_stack
        return [name for name in self.states[stack[-1]] if _advance(self.states, list(stack), name)]

    def _block_word(self) -> str | None:
        """What kind of block the parser is in, in the author's word."""
        if not self._open_depth():
            return None
        return self._block_name(self._opener_of_open_block()).split()[0]

    def _report_unexpected(self, at: int) -> None:
        token = self.tokens[at]
        wanted = ", ".join(expected.words(self._accepted(), self.language))
        if token.type == "_NL":
            previous = self.tokens[at - 1] if at else token
            place = Span(previous.end_pos or 0, (previous.end_pos or 0) + 1, previous.end_line or 0,
                         previous.end_column or 0, previous.end_line or 0, (previous.end_column or 0) + 1)
            self._report("E111", previous, span=place, wanted=wanted)
        elif token.type == "JUNK":
            self._report("E115", token, character=expected.character(str(token)))
        else:
            self._report("E100", token, word=_shown(token), wanted=wanted)

    def _report_curly(self) -> None:
        if self.curly:
            first, *rest = self.curly
            edits = tuple(Edit(span_of(token), f'"{_text_of(token)}"') for token in self.curly)
            self._report("E113", first, remarks=[Remark(span_of(token)) for token in rest], quotes=f"{first[0]} {first[-1]}",
                         helps=[Help("replace", {"count": str(len(self.curly))}, edits, safe=True)])

    def _report(self, code: str, token: Token, *, end: Token | None = None, span: Span | None = None, mark: str = "",
                helps: Sequence[Help] = (), notes: Sequence[str] = (), remarks: Sequence[Remark] = (), **values: str) -> None:
        place = span or (span_of(token).to(span_of(end)) if end is not None else span_of(token))
        self.broken.add(place.line)
        self.broken.add(token.line or 0)
        self.diagnostics.append(
            finding(code, self.language, span=place, mark=mark, helps=helps, notes=notes, remarks=remarks,
                    path=self.source.path, **values)
        )


def span_of(token: Token) -> Span:
    """Where a token stands."""
    if token.type == "_NL":
        return Span(token.start_pos or 0, (token.start_pos or 0) + 1, token.line or 1, token.column or 1,
                    token.line or 1, (token.column or 1) + 1)
    return Span(token.start_pos or 0, token.end_pos or 0, token.line or 1, token.column or 1,
                token.end_line or 1, token.end_column or 1)


def _advance(states: States, stack: list[int], terminal: str) -> bool:
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
        if terminal == "$END" and stack[-1] not in states:
            return True


def _retype(token: Token, kind: str, text: str | None = None) -> Token:
    return Token.new_borrow_pos(kind, str(token) if text is None else text, token)


def _virtual(kind: str, near: Token) -> Token:
    """A token that the text does not have, of no width, where another one starts."""
    return Token(kind, "", near.start_pos, near.line, near.column, near.line, near.column, near.start_pos)


def _as_tokens(reading: Reading, words: Sequence[Token]) -> tuple[Token, ...]:
    first, last = words[0], words[-1]
    written = " ".join(words)
    return tuple(
        Token(kind, text or written, first.start_pos, first.line, first.column, last.end_line, last.end_column, last.end_pos)
        for kind, text in reading.terminals
    )


def _text_of(token: Token) -> str:
    return str(token).strip().strip("\"\u201c\u201d\u201e\u00ab\u00bb \u00a0\u202f") if token.type != "STRING" else token[1:-1]


def _shown(token: Token) -> str:
    return str(token).strip() or "⏎"


__all__ = ["MAX_DEPTH", "MAX_FINDINGS", "MAX_TOKENS", "Parsed", "UnexpectedInput", "parse", "span_of"]
