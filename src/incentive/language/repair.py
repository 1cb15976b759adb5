"""What to do where the parser cannot go on.

A repair is tried in the order of how sure it is: a block that was not closed, a word of the other language, a misspelt
word, a word doubled, a mark left out, something too much. What none of them explains is left out up to the end of its
line, and the parser falls back to where the next line can go on. One finding a line: the others would be echoes.
"""

from __future__ import annotations

import difflib
from typing import Final

from lark import Token

from incentive.diagnostics import Edit, Help, Language, Span
from incentive.language import expected
from incentive.language.machine import NEWLINE, Machine, stretch
from incentive.language.tokens import Choice, advance, as_tokens, behind, shown, span_of, virtual
from incentive.language.words import fold

CLOSE_BLOCK: Final = ("RBRACE", NEWLINE)
_OPENERS: Final = frozenset(
    {
        "KW_COMPONENT",
        "KW_EXAMPLE",
        "KW_FACTS",
        "KW_GATE",
        "KW_GROUP",
        "KW_INPUT",
        "KW_MEASURE",
        "KW_PARAMETER",
        "KW_PLAN",
        "KW_SCALE",
        "KW_SCORECARD",
        "KW_SETTLEMENT",
        "KW_SPLIT",
        "KW_TABLE",
    }
)
# What a typist leaves out, in the order in which a repair is tried; the second row cannot be missing at a line's end.
_MARKS: Final = ("COLON", "LBRACE", "EQUAL", "RPAR", "PIPE", "COMMA", "KW_PER", "KW_OF", "KW_FROM", "KW_IS")
_AT_LINE_END: Final = frozenset({"LBRACE", "RPAR", "PIPE"})
_ALIKE: Final = 0.6  # of difflib: one letter wrong in three still counts as the same word


def repair(machine: Machine, at: int) -> int:
    """Report what stands at a place and get the parser past it; give the place to go on from."""
    for attempt in (_close_blocks, _respell, _stray_brace, _doubled, _insert, _too_much):
        after = attempt(machine, at)
        if after is not None:
            return after
    if not machine.is_broken(machine.tokens[at]):
        _report_unexpected(machine, at)
    return _skip(machine, at)


# ---- one attempt each: the next place, or None where this does not explain it --------------------------------------
def _close_blocks(machine: Machine, at: int) -> int | None:
    """A block opener inside a block: the block around it was not closed."""
    blocks = machine.open_braces()
    if not machine.starts_line(at):
        return None
    for count in range(1, len(blocks) + 1):
        before = CLOSE_BLOCK * count
        for choice in machine.choices(at):
            if choice.tokens[0].type in _OPENERS and machine.takes(choice, before=before) is not None:
                for brace in reversed(blocks[-count:]):
                    report_unclosed(machine, brace)
                machine.feed(virtual(terminal, machine.tokens[at]) for terminal in before)
                machine.feed(choice.tokens)
                return at + choice.taken
    return None


def report_unclosed(machine: Machine, brace: Token) -> None:
    """Report that a block is not closed, unless its line has a finding already."""
    if not machine.is_broken(brace):
        head = machine.head_of(brace)
        machine.report("E104", stretch(head, brace), block=machine.block_name(head))


def _respell(machine: Machine, at: int) -> int | None:
    """A word of the other language, or one that is nearly a word that can stand here."""
    if machine.tokens[at].type != "NAME":
        return None
    translated = _translate(machine, at)
    return translated if translated is not None else _correct(machine, at)


def _translate(machine: Machine, at: int) -> int | None:
    other: Language = "en" if machine.language == "fr" else "fr"
    for choice in machine.choices(at, other)[:-1]:
        if machine.takes(choice) is None or not all(each.type.startswith("KW_") for each in choice.tokens):
            continue
        own = expected.phrase_for(choice.tokens, machine.language)
        first, last = machine.tokens[at], machine.tokens[at + choice.taken - 1]
        if own and not machine.is_broken(first):
            place = stretch(first, last)
            machine.report(
                "E102",
                place,
                mark="write",
                helps=[Help("replace", edits=(Edit(place, own),), safe=True)],
                notes=["first_line"],
                word=" ".join(machine.tokens[at : at + choice.taken]),
                own=own,
            )
        machine.feed(choice.tokens)
        return at + choice.taken
    return None


def _correct(machine: Machine, at: int) -> int | None:
    token = machine.tokens[at]
    candidates = _acceptable_words(machine)
    for near in difflib.get_close_matches(fold(token), list(candidates), 3, _ALIKE):
        for phrase in candidates[near]:
            guess = _guess(machine, at, phrase)
            if guess is None:
                continue
            if not machine.is_broken(token):
                _report_misspelt(machine, at, phrase)
            machine.feed(guess.tokens)
            return at + guess.taken
    return None


def _report_misspelt(machine: Machine, at: int, phrase: expected.Phrase) -> None:
    token = machine.tokens[at]
    own = phrase.written.split()[0]
    braces = machine.open_braces()
    block = machine.block_name(machine.head_of(braces[-1])).split()[0] if braces else ""
    clause = machine.starts_clause(at)
    machine.report(
        "E101" if clause and block else "E103" if clause else "E107",
        span_of(token),
        mark="mean",
        helps=[Help("replace", {"own": own}, (Edit(span_of(token), own),), safe=True)],
        notes=["clauses"] if clause else [],
        word=str(token),
        own=phrase.written,
        block=block,
        clauses=", ".join(expected.words(machine.accepted(), machine.language, clauses=True)),
    )


def _acceptable_words(machine: Machine) -> dict[str, list[expected.Phrase]]:
    """Folded first words of the phrases that the parser would take now."""
    out: dict[str, list[expected.Phrase]] = {}
    for phrase in expected.phrases(machine.language):
        copy = list(machine.state.state_stack)
        if all(advance(machine.states, copy, terminal) for terminal, _ in phrase.reading.terminals):
            out.setdefault(fold(phrase.written.split()[0]), []).append(phrase)
    return out


def _guess(machine: Machine, at: int, phrase: expected.Phrase) -> Choice | None:
    """Read the word at a place as the first word of a phrase, if the rest of the phrase and the line go on."""
    words = phrase.written.split()
    taken = [machine.tokens[at]]
    for offset, word in enumerate(words[1:], 1):
        following = machine.at(at + offset)
        if following is None or following.type != "NAME" or fold(following) != fold(word):
            return None
        taken.append(following)
    choice = Choice(as_tokens(phrase.reading, taken), len(taken))
    after = machine.takes(choice)
    if after is None or not machine.goes_on(at + choice.taken, after):
        return None
    return choice


def _stray_brace(machine: Machine, at: int) -> int | None:
    """A closing brace outside any block."""
    if machine.kind(at) != "RBRACE" or machine.open_braces():
        return None
    machine.report("E105", span_of(machine.tokens[at]))
    return at + 1


def _doubled(machine: Machine, at: int) -> int | None:
    """The same word or mark twice in a row."""
    token, before = machine.tokens[at], machine.at(at - 1)
    if machine.is_broken(token) or before is None or before.type != token.type or before != token:
        return None
    if machine.pick(at + 1) is None:
        return None
    machine.report("E109", span_of(token), word=shown(token))
    return at + 1


def _insert(machine: Machine, at: int) -> int | None:
    """A small word or mark left out: supply it and go on with the same token."""
    token = machine.tokens[at]
    for terminal in _MARKS:
        if token.type == NEWLINE and terminal not in _AT_LINE_END:
            continue
        if machine.pick(at, before=(terminal,)) is None:
            continue
        if not machine.is_broken(token):
            _report_left_out(machine, at, terminal)
        machine.feed([virtual(terminal, token)])
        return at
    return None


def _report_left_out(machine: Machine, at: int, terminal: str) -> None:
    token = machine.tokens[at]
    own = expected.mark(terminal, machine.language)
    before = machine.at(at - 1)
    if before is None or before.type == NEWLINE:
        machine.report("E106", span_of(token), mark="before", own=own, near=shown(token))
        return
    place = behind(before)
    spot = Span(place.start, place.start, place.line, place.column, place.line, place.column)
    helps = [Help("insert", edits=(Edit(spot, own if terminal == "COLON" else f" {own}"),))]
    machine.report("E106", place, mark="after", helps=helps, own=own, near=shown(before))


def _too_much(machine: Machine, at: int) -> int | None:
    """Something without which the line goes on."""
    token = machine.tokens[at]
    if machine.is_broken(token) or token.type == NEWLINE or machine.pick(at + 1) is None:
        return None
    _report_unexpected(machine, at)
    return at + 1


# ---- leaving out ---------------------------------------------------------------------------------------------------
def _skip(machine: Machine, at: int) -> int:
    """Leave out the rest of the line, with the blocks that open on it, and fall back to where the next can go on."""
    _forget(machine, at)
    at = max(_end_of_line(machine, at), at + (machine.kind(at) != "RBRACE"))
    while at < len(machine.tokens):
        choice = _fall_back(machine, at)
        if choice is not None:
            machine.feed(choice.tokens)
            return at + choice.taken
        machine.broken.add(machine.tokens[at].line or 0)
        while machine.kind(at) not in {"", NEWLINE}:
            machine.lose(machine.tokens[at])
            at += 1
        at += 1
    return at


def _end_of_line(machine: Machine, at: int) -> int:
    """The place after the line, or at the brace that closes the block around it."""
    depth = 0
    while at < len(machine.tokens):
        token = machine.tokens[at]
        if token.type == "LBRACE":
            depth += 1
        elif token.type == "RBRACE":
            if depth == 0:
                return at
            depth -= 1
        elif token.type == NEWLINE and depth == 0:
            return at + 1
        machine.lose(token)
        at += 1
    return at


def _forget(machine: Machine, at: int) -> None:
    """Names on the part of the line that was read already may be lost with it."""
    line = machine.tokens[at].line
    while at > 0 and machine.tokens[at - 1].line == line:
        at -= 1
        machine.lose(machine.tokens[at])


def _fall_back(machine: Machine, at: int) -> Choice | None:
    """Pop to the innermost state that takes the words here: a keyword if any reading is one, else a name."""
    if machine.kind(at) == NEWLINE:
        return None
    stack = list(machine.state.state_stack)
    choices = machine.choices(at)
    for keyword in (True, False):
        for height in range(len(stack), 0, -1):
            for choice in choices:
                if (choice.tokens[0].type != "NAME") != keyword and machine.kind(at) == "NAME":
                    continue
                if machine.takes(choice, stack[:height]) is not None:
                    machine.fall_back_to(height)
                    return choice
    return None


# ---- what was not explained ----------------------------------------------------------------------------------------
def _report_unexpected(machine: Machine, at: int) -> None:
    token, before = machine.tokens[at], machine.at(at - 1)
    wanted = ", ".join(expected.words(machine.accepted(), machine.language))
    if token.type == NEWLINE:
        machine.report("E111", behind(before) if before is not None else span_of(token), wanted=wanted)
        machine.broken.add(token.line or 0)
    elif token.type == "JUNK":
        machine.report("E115", span_of(token), character=expected.character(str(token)))
    else:
        machine.report("E100", span_of(token), word=shown(token), wanted=wanted)
