"""From text to a parse tree, in spite of mistakes.

A parser that stops at the first mistake makes an author fix a file one run at a time. This one repairs what it can
see how to repair (a misspelt word, a missing brace or colon, a word of the other language), reports it, and goes on;
what it cannot repair it leaves out up to the end of the line. Brace blocks and one clause a line make that sound.
"""

from __future__ import annotations

from typing import Any, Final

from attrs import frozen
from lark import Lark, Token, Tree

from incentive.diagnostics import Diagnostic, Edit, Help, Language, Remark, Source
from incentive.language import tables
from incentive.language.braces import balance
from incentive.language.machine import NEWLINE, Machine
from incentive.language.repair import CLOSE_BLOCK, forestall, repair, report_early, report_unclosed
from incentive.language.tokens import Choice, Piece, span_of, text_of, virtual

MAX_TOKENS: Final = 100_000
MAX_DEPTH: Final = 64
MAX_FINDINGS: Final = 100
_END: Final = Choice((Token("$END", ""),), 1)


@frozen
class Parsed:
    """A parse tree and what was found on the way.

    `lost` are the names on lines that had to be left out; `broken` the lines on which something was wrong. `pieces` is
    the text in the order it was read, complete where nothing had to be repaired.
    """

    tree: Tree[Token]
    diagnostics: tuple[Diagnostic, ...]
    lost: frozenset[str]
    broken: frozenset[int]
    pieces: tuple[Piece, ...]


def parse(source: Source, language: Language) -> Parsed:
    """Parse a normalised text."""
    parser = tables.parser()
    machine = Machine(source, language)
    _scan(machine, parser)
    balance(machine)
    interactive: Any = parser.parse_interactive("")
    machine.state = interactive.parser_state
    machine.states = machine.state.parse_conf.states
    curly: list[Token] = []
    at = 0
    while at < len(machine.tokens) and len(machine.diagnostics) < MAX_FINDINGS:
        at = _step(machine, at, curly)
    _report_curly(machine, curly)
    tree = _finish(machine, interactive)
    lost, broken = frozenset(machine.lost), frozenset(machine.broken)
    return Parsed(tree, tuple(machine.diagnostics), lost, broken, tuple(machine.pieces))


def _scan(machine: Machine, parser: Lark) -> None:
    """Read the tokens, as far as the limits go."""
    depth = 0
    for token in (part for whole in parser.lex(machine.source.text) for part in _parts(whole)):
        depth += (token.type in {"LBRACE", "LPAR"}) - (token.type in {"RBRACE", "RPAR"})
        if depth > MAX_DEPTH:
            machine.report("E152", span_of(token), limit=str(MAX_DEPTH))
            return
        if len(machine.tokens) >= MAX_TOKENS:
            machine.report("E153", span_of(token), limit=str(MAX_TOKENS))
            return
        machine.tokens.append(token)


def _parts(token: Token) -> tuple[Token, ...]:
    """A text that is not closed ends before the comment and the brace behind it; other tokens are what they are.

    This is not written as a pattern of the lexer, where it takes cubic time on a line of spaces.
    """
    if token.type != "OPENTEXT":
        return (token,)
    written = token.split("#")[0].rstrip()
    brace = len(written) - 1 if written.endswith("{") else None
    text = written if brace is None else written[:brace].rstrip()
    start, column = token.start_pos or 0, token.column or 1

    def part(kind: str, first: int, last: int) -> Token:
        place = (start + first, token.line, column + first, token.line, column + last, start + last)
        return Token(kind, token[first:last], *place)

    opened = part("OPENTEXT", 0, len(text))
    return (opened,) if brace is None else (opened, part("LBRACE", brace, brace + 1))


def _step(machine: Machine, at: int, curly: list[Token]) -> int:
    """Feed what stands at a place; give the next place."""
    if machine.is_article(at):
        machine.pieces.append(Piece((machine.tokens[at],), ()))
        return at + 1
    choice = machine.pick(at)
    if choice is None:
        return repair(machine, at)
    if not choice.sure:
        better = forestall(machine, at)
        if better is not None:
            return better
    token = machine.tokens[at]
    if token.type == "CURLY":
        curly.append(token)
    elif token.type == "OPENTEXT":
        machine.report("E108", span_of(token), text=text_of(token))
    machine.feed(choice.tokens)
    machine.pieces.append(Piece(tuple(machine.tokens[at : at + choice.taken]), choice.tokens))
    return at + choice.taken


def _finish(machine: Machine, interactive: Any) -> Tree[Token]:  # noqa: ANN401 - lark has no name for it
    """End the file, closing what is still open."""
    last = machine.tokens[-1] if machine.tokens else Token(NEWLINE, "\n", 0, 1, 1, 1, 1, 0)
    for closing in range(MAX_DEPTH + 1):
        before = CLOSE_BLOCK * closing
        if machine.takes(_END, before=before) is not None:
            for brace in reversed(machine.open_braces()[-closing:] if closing else []):
                if len(machine.diagnostics) < MAX_FINDINGS:
                    report_unclosed(machine, brace)
            machine.feed(virtual(terminal, last) for terminal in before)
            break
    else:
        ended = next((each for each in reversed(machine.tokens) if each.type != NEWLINE), last)
        if not machine.is_broken(ended):
            report_early(machine, ended)
        stack = list(machine.state.state_stack)
        heights = range(len(stack), 0, -1)
        machine.fall_back_to(next(each for each in heights if machine.takes(_END, stack[:each]) is not None))
    tree: Tree[Token] = interactive.feed_eof(last)
    return tree


def _report_curly(machine: Machine, curly: list[Token]) -> None:
    if curly:
        first, *rest = curly
        edits = tuple(Edit(span_of(token), f'"{text_of(token)}"') for token in curly)
        machine.report(
            "E113",
            span_of(first),
            remarks=[Remark(span_of(token)) for token in rest[:MAX_FINDINGS]],
            helps=[Help("replace", {"count": str(len(curly))}, edits, safe=True)],
            quotes=f"{first[0]} {first[-1]}",
        )
