"""What the indentation shows of a brace left out or doubled.

One brace too few makes a parser read the rest of a file as part of the wrong block, and report the wrong lines. People
indent what they mean, so where the numbers of braces differ, the indentation says where the difference is.
"""

from __future__ import annotations

from attrs import frozen
from lark import Token

from incentive.language.machine import NEWLINE, Machine
from incentive.language.tokens import span_of, virtual


@frozen
class _Open:
    """A block that is open: the first token of its line, and its brace."""

    head: Token
    brace: Token


def balance(machine: Machine) -> None:
    """Put right what the indentation shows, so that the rest reads as meant."""
    tokens = machine.tokens
    surplus = sum((token.type == "LBRACE") - (token.type == "RBRACE") for token in tokens)
    if surplus == 0:
        return
    out: list[Token] = []
    opened: list[_Open] = []
    head = tokens[0]
    for at, token in enumerate(tokens):
        starts = machine.starts_line(at)
        if starts:
            head = token
        if token.type == "LBRACE":
            opened.append(_Open(head, token))
        elif token.type == "RBRACE":
            column = token.column or 0
            while surplus > 0 and starts and len(opened) > 1 and column < (opened[-1].head.column or 0):
                _close(machine, opened.pop(), token, out)
                surplus -= 1
            if surplus < 0 and machine.kind(at - 1) == "RBRACE" and _is_surplus(opened, token):
                machine.report("E105", span_of(token))
                surplus += 1
                continue
            if opened:
                opened.pop()
        out.append(token)
    machine.tokens = out


def _close(machine: Machine, block: _Open, near: Token, out: list[Token]) -> None:
    place = span_of(block.head).to(span_of(block.brace))
    machine.report("E104", place, block=machine.block_name(block.head))
    out += [virtual("RBRACE", near), virtual(NEWLINE, near)]


def _is_surplus(opened: list[_Open], token: Token) -> bool:
    """Whether a closing brace beside another one closes nothing, or a block of another line."""
    return not opened or opened[-1].head.line != token.line
