"""What to do where the parser cannot go on.

Each small change that a typist might have meant is tried on the parser's stack: a word of the other language, a
misspelt word, a word doubled, two words in the wrong order, a mark or a word left out, something too much. The one
after which the parser gets furthest is reported and made; where two get as far, the one named first. What none of them
explains is left out up to the end of its line, and the parser falls back to where the next line can go on. One finding
a line: the others would be echoes.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from attrs import evolve, frozen
from lark import Token

from incentive.diagnostics import Edit, Help, Language, Remark, Span
from incentive.language import expected
from incentive.language.machine import NEWLINE, Machine, stretch
from incentive.language.tokens import Choice, advance, as_tokens, behind, retype, shown, span_of, virtual
from incentive.language.words import PERIODS, TO_DATE, fold, meaning, spelling

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
_MARKS: Final = ("RPAR", "COLON", "LBRACE", "KW_OF", "EQUAL", "PIPE", "COMMA", "KW_PER", "KW_FROM", "KW_IS")
_AT_LINE_END: Final = frozenset({"LBRACE", "RPAR", "PIPE"})
_LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
_TABLES: Final = frozenset({"KW_SLICE", "KW_LEVEL", "KW_CURVE", "KW_EVERY", "KW_RANK"})
_DATES: Final = frozenset({"DATE", "MONTH", "QUARTER", "PERIODLIT", "NUMBER"})
_AHEAD: Final = 14  # tokens, about a line and a half: further on, another mistake may stand
_ENOUGH: Final = 3  # tokens that must follow a change before it is believed
_ALIKE: Final = 0.6  # of difflib: one letter wrong in three still counts as the same word


def repair(machine: Machine, at: int) -> int:
    """Report what stands at a place and get the parser past it; give the place to go on from."""
    closed = _close_blocks(machine, at)
    if closed is not None:
        return closed
    if machine.kind(at) == "RBRACE" and not machine.open_braces():
        machine.report("E105", span_of(machine.tokens[at]))
        return at + 1
    if _is_misplaced(machine, at):
        return _skip(machine, at)
    best = _best(machine, at, [*_respelt(machine, at), *_typing(machine, at)])
    if best is not None:
        return _make(machine, at, best)
    if not machine.is_broken(machine.tokens[at]):
        _report_unexpected(machine, at)
    return _skip(machine, at)


def forestall(machine: Machine, at: int) -> int | None:
    """Look at a word that the parser takes but not what follows it: it may itself be the mistake, or start a clause."""
    if machine.starts_line(at):
        closed = _close_blocks(machine, at)
        if closed is not None:
            return closed
        early = _early_end(machine, at)
        if early is not None:
            return early
    choice = machine.pick(at)
    if choice is None or choice.tokens[0].type != "NAME":
        return None
    best = _best(machine, at, [*_respelt(machine, at), *_doubled(machine, at)])
    return None if best is None else _make(machine, at, best)


@frozen
class _Change:
    """A change tried at a place: what the parser gets instead of `taken` tokens, and how to report it."""

    tokens: tuple[Token, ...]
    taken: int
    report: Callable[[], None]
    word: str = ""
    slip: bool = False  # into the other language, where more of its words may follow


def _best(machine: Machine, at: int, changes: Iterable[_Change]) -> _Change | None:
    """The change after which the parser gets furthest, the first of equals; None where none gets anywhere."""
    found: _Change | None = None
    furthest = _ENOUGH - 1
    equals: list[str] = []
    for change in changes:
        stack = machine.takes(Choice(change.tokens, 0)) if change.tokens else list(machine.state.state_stack)
        if stack is None:
            continue
        machine.both = change.slip
        got = machine.run(at + change.taken, stack, _AHEAD)
        machine.both = False
        if any(token.type == NEWLINE for token in machine.tokens[at + change.taken : at + change.taken + got]):
            got += _ENOUGH  # the line is whole
        if got > furthest:
            found, furthest, equals = change, got, [change.word]
        elif got == furthest and change.word:
            equals.append(change.word)
    if found is not None and found.word and len(equals) > 1:
        return evolve(found, report=partial(_report_word_left_out, machine, at, equals))
    return found


def _make(machine: Machine, at: int, change: _Change) -> int:
    if not machine.is_broken(machine.tokens[at]):
        change.report()
        machine.broken.add(machine.tokens[at].line or 0)
    machine.feed(change.tokens)
    return at + change.taken


# ---- blocks and lines that end too early or not at all ---------------------------------------------------------------
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


def _early_end(machine: Machine, at: int) -> int | None:
    """A clause that starts where the line before it was to go on: that line ended too early."""
    stack = list(machine.state.state_stack)
    for choice in machine.choices(at):
        if not choice.tokens[0].type.startswith("KW_"):
            continue
        for height in _resting_places(machine):
            after = machine.takes(choice, stack[:height])
            if after is None or not machine.goes_on(at + choice.taken, after):
                continue
            ended = next((each for each in range(at - 1, -1, -1) if machine.kind(each) != NEWLINE), None)
            if ended is not None and not machine.is_broken(machine.tokens[ended]):
                report_early(machine, machine.tokens[ended])
            machine.fall_back_to(height)
            machine.feed(choice.tokens)
            return at + choice.taken
    return None


def _is_misplaced(machine: Machine, at: int) -> bool:
    """Whether a clause is indented as if in the block that is closed right above it, which is then reported."""
    token = machine.tokens[at]
    if machine.adrift and machine.starts_line(at) and token.column == machine.adrift:
        machine.broken.add(token.line or 0)
        return True
    ended = next((each for each in range(at - 1, -1, -1) if machine.kind(each) != NEWLINE), None)
    if (
        ended is None
        or not machine.starts_line(at)
        or machine.kind(ended) != "RBRACE"
        or not machine.starts_line(ended)
    ):
        return False
    brace = machine.tokens[ended]
    clause = any(each.tokens[0].type.startswith("KW_") for each in machine.choices(at))
    opening = machine.opening_of(ended)
    if not clause or opening is None or (token.column or 0) <= (brace.column or 0):
        return False
    block = machine.block_name(machine.head_of(opening))
    machine.adrift = token.column or 0
    if not machine.is_broken(token):
        closed = [Remark(span_of(brace), "closed")]
        machine.report("E103", span_of(token), mark="inside", remarks=closed, word=shown(token), block=block)
    return True


# ---- changes: each is what a typist might have meant -----------------------------------------------------------------
def _respelt(machine: Machine, at: int) -> Iterator[_Change]:
    """A word of the other language, or one that is nearly a word that can stand here."""
    token = machine.tokens[at]
    if token.type != "NAME":
        return
    other: Language = "en" if machine.language == "fr" else "fr"
    yield from _to_date(machine, at)
    for choice in machine.choices(at, other)[:-1]:
        own = _own_form(machine, at, choice)
        if own and all(each.type.startswith("KW_") for each in choice.tokens):
            report = partial(_report_other_language, machine, at, choice.taken, own)
            yield _Change(choice.tokens, choice.taken, report, slip=True)
    candidates = _acceptable_words(machine)
    for near in difflib.get_close_matches(fold(token), list(candidates), 3, _ALIKE):
        for phrase in candidates[near]:
            taken = _phrase_at(machine, at, phrase)
            if taken:
                yield _Change(
                    as_tokens(phrase.reading, taken), len(taken), partial(_misspelt, machine, at, taken, phrase)
                )


def _own_form(machine: Machine, at: int, choice: Choice) -> str | None:
    """How this language says a word of the other one where it stands."""
    after = machine.at(at + choice.taken)
    match choice.tokens[0].type, machine.language:
        case "KW_PER", "en" if after is not None and after.type == "NAME":
            both = [each for language in _LANGUAGES for each in machine.choices(at + choice.taken, language)]
            if any(each.tokens[0].type in _TABLES for each in both):
                return "by"
        case "KW_FROM", "fr" if after is not None and after.type in _DATES and not machine.starts_line(at):
            return "du"
        case "KW_ON", "fr" if machine.starts_line(at):
            return "en"
        case _:
            pass
    return expected.phrase_for(choice.tokens, machine.language)


def _to_date(machine: Machine, at: int) -> Iterator[_Change]:
    """`cumul annuel` and `year to date`, which have other words in another order."""
    before = machine.at(at - 1)
    period = meaning(PERIODS, str(before), "en") if before is not None else None
    if machine.language == "fr" and period and [fold(each) for each in machine.tokens[at : at + 2]] == ["to", "date"]:
        said = (retype(machine.tokens[at], "KW_TO"), retype(machine.tokens[at + 1], "KW_DATE"))
        report = partial(_report_other_language, machine, at - 1, 3, TO_DATE.get(period, "cumul annuel"))
        yield _Change(said, 2, report, slip=True)
    for choice in machine.choices(at, "fr")[:-1] if machine.language == "en" else ():
        if [each.type for each in choice.tokens] == ["NAME", "KW_TO", "KW_DATE"]:
            kind = meaning(PERIODS, str(choice.tokens[0]), "fr") or ""
            own = f"{spelling(PERIODS, kind, 'en')} to date"
            tokens = (retype(choice.tokens[0], "NAME", spelling(PERIODS, kind, "en")), *choice.tokens[1:])
            yield _Change(
                tokens, choice.taken, partial(_report_other_language, machine, at, choice.taken, own), slip=True
            )


def _report_other_language(machine: Machine, at: int, taken: int, own: str) -> None:
    words = machine.tokens[at : at + taken]
    place = stretch(words[0], words[-1])
    helps = [Help("replace", edits=(Edit(place, own),), safe=True)]
    machine.report("E102", place, mark="write", helps=helps, notes=["first_line"], word=" ".join(words), own=own)


def _misspelt(machine: Machine, at: int, written: list[Token], phrase: expected.Phrase) -> None:
    place = stretch(written[0], written[-1])
    braces = machine.open_braces()
    block = machine.block_name(machine.head_of(braces[-1])).split()[0] if braces else ""
    clause = machine.starts_clause(at)
    machine.report(
        "E101" if clause and block else "E127" if clause else "E107",
        place,
        mark="mean",
        helps=[Help("replace", edits=(Edit(place, phrase.written),), safe=True)],
        notes=["clauses"] if clause else [],
        word=" ".join(written),
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


def _phrase_at(machine: Machine, at: int, phrase: expected.Phrase) -> list[Token]:
    """The tokens of a phrase at a place, each perhaps misspelt; none if they are not there."""
    words = phrase.written.split()
    taken = machine.tokens[at : at + len(words)]
    if len(taken) < len(words) or any(token.type != "NAME" for token in taken):
        return []
    pairs = zip(taken[1:], words[1:], strict=True)
    alike = all(difflib.SequenceMatcher(None, fold(token), fold(word)).ratio() >= _ALIKE for token, word in pairs)
    return taken if alike else []


def _typing(machine: Machine, at: int) -> Iterator[_Change]:
    """Words and marks doubled, turned around, left out, or too many."""
    yield from _doubled(machine, at)
    yield from _turned(machine, at)
    marks = [each for each in _MARKS if machine.kind(at) != NEWLINE or each in _AT_LINE_END]
    yield from (_left_out(machine, at, each) for each in marks)
    if machine.kind(at) not in {NEWLINE, "LBRACE", "RBRACE"}:
        yield _Change((), 1, partial(_report_unexpected, machine, at))
    if machine.kind(at) != NEWLINE:
        keywords = [each for each in machine.accepted() if each.startswith("KW_") and each not in _MARKS]
        yield from (evolve(_left_out(machine, at, each), word=each) for each in sorted(keywords))
        yield _left_out(machine, at, "NAME")


def _doubled(machine: Machine, at: int) -> Iterator[_Change]:
    token, before = machine.tokens[at], machine.at(at - 1)
    if before is not None and before.type == token.type and before == token and token.type != NEWLINE:
        yield _Change((), 1, partial(machine.report, "E109", span_of(token), word=shown(token)))


def _turned(machine: Machine, at: int) -> Iterator[_Change]:
    first, second = machine.tokens[at], machine.at(at + 1)
    if second is None or {first.type, second.type} & {NEWLINE, "LBRACE", "RBRACE"}:
        return
    place = stretch(first, second)
    report = partial(machine.report, "E125", place, first=shown(second), second=shown(first))
    for one in machine.choices(at + 1):
        if one.taken != 1:
            continue
        for other in machine.choices(at):
            if other.taken == 1:
                yield _Change((*one.tokens, *other.tokens), 2, report)


def _left_out(machine: Machine, at: int, terminal: str) -> _Change:
    return _Change((virtual(terminal, machine.tokens[at]),), 0, partial(_report_left_out, machine, at, terminal))


def _report_left_out(machine: Machine, at: int, terminal: str) -> None:
    token = machine.tokens[at]
    own = expected.mark(terminal, machine.language)
    named = expected.quoted(terminal, machine.language)
    before = machine.at(at - 1)
    if before is None or before.type == NEWLINE:
        machine.report("E106", span_of(token), mark="before", own=named, near=shown(token))
        return
    place = behind(before)
    spot = Span(place.start, place.start, place.line, place.column, place.line, place.column)
    edit = Edit(spot, own if terminal in {"COLON", "COMMA", "RPAR"} else f" {own}")
    helps = [Help("insert", edits=(edit,))] if terminal != "NAME" else []
    machine.report("E106", place, mark="after", helps=helps, own=named, near=shown(before))


def _report_word_left_out(machine: Machine, at: int, terminals: list[str]) -> None:
    """Report a missing word that may be one of several."""
    token = machine.tokens[at]
    wanted = ", ".join(expected.words(terminals, machine.language))
    machine.report("E126", span_of(token), mark="before", near=shown(token), wanted=wanted)


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
    """Pop to the innermost place that takes the words here: a keyword if any reading is one, else a name."""
    if machine.kind(at) == NEWLINE:
        return None
    stack = list(machine.state.state_stack)
    choices = machine.choices(at)
    for keyword in (True, False):
        for height in _resting_places(machine) if machine.starts_line(at) else range(len(stack), 0, -1):
            for choice in choices:
                if (choice.tokens[0].type != "NAME") != keyword and machine.kind(at) == "NAME":
                    continue
                if machine.takes(choice, stack[:height]) is not None:
                    machine.fall_back_to(height)
                    return choice
    return None


def _resting_places(machine: Machine) -> Iterator[int]:
    """The heights of the stack, from the top, at which a new line may start: not in the middle of a clause."""
    values = machine.state.value_stack
    for height in range(len(machine.state.state_stack), 0, -1):
        value = values[height - 2] if height > 1 else None
        if not isinstance(value, Token) or value.type in {"LBRACE", "SEMICOLON", NEWLINE}:
            yield height


# ---- what was not explained ----------------------------------------------------------------------------------------
def _report_unexpected(machine: Machine, at: int) -> None:
    token, before = machine.tokens[at], machine.at(at - 1)
    wanted = ", ".join(expected.words(machine.accepted(), machine.language))
    if token.type == NEWLINE:
        report_early(machine, before or token)
    elif token.type == "JUNK":
        machine.report("E115", span_of(token), character=expected.character(str(token)))
    else:
        machine.report("E100", span_of(token), word=shown(token), wanted=wanted)


def report_early(machine: Machine, last: Token) -> None:
    """Report that a line ends too early."""
    wanted = ", ".join(expected.words(machine.accepted(), machine.language))
    machine.report("E111", behind(last), wanted=wanted)
