"""One layout for every plan, so that a difference between two versions is a difference of meaning.

The text is read, its words are laid out by the structure that the parser saw, and the result is read back: what comes
out has the parse tree and the comments of what went in, or nothing comes out. Two spaces a level, one clause a line,
an empty line between blocks, columns where a block is read as a table.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from incentive.diagnostics import Diagnostic, InternalError
from incentive.language.align import align, comments
from incentive.language.lines import Line, Lines
from incentive.language.outline import Outline, outline
from incentive.language.parser import Parsed
from incentive.language.places import Places, places
from incentive.language.read import Reading, survey
from incentive.language.spelling import spell
from incentive.language.tokens import Piece

_INDENT = "  "


@frozen
class Formatted:
    """A text in its new form, or the text unchanged with the findings that stand in the way."""

    text: str
    diagnostics: tuple[Diagnostic, ...]


def format(text: str, path: str = "") -> Formatted:  # noqa: A001 - the verb that everybody knows it by
    """Lay out a plan in the one way.

    A text with mistakes in its form is refused: what a repair guessed is for its author to accept.

    Law: the result has the meaning and the comments of the text, and formatting it again changes nothing.
    """
    reading, parsed = survey(text, path)
    if parsed is None or reading.diagnostics:
        return Formatted(text, reading.diagnostics)
    found = places(parsed, reading.language)
    made = _lay_out(reading, parsed, found)
    again, back = survey(made, path)
    if back is None or again.diagnostics or gist(again, back) != _said(found):
        raise InternalError(f"{path or 'a plan'} would not mean the same after formatting")
    return Formatted(made, ())


def gist(reading: Reading, parsed: Parsed) -> list[tuple[str, str]]:
    """What a text means: rules, words of the language by what they stand for, the author's words, in order."""
    return _said(places(parsed, reading.language))


def _said(found: Places) -> list[tuple[str, str]]:
    return [(kind, value) for kind, value, _ in found.gist]


def _lay_out(reading: Reading, parsed: Parsed, found: Places) -> str:
    shape = outline(parsed.tree)
    lines = Lines(parsed.pieces, shape, lambda piece: _spell(reading, shape, found, piece))
    lines.lay()
    align(lines.lines, lines.rules)
    return "".join(_written(_apart(lines.lines)))


def _spell(reading: Reading, shape: Outline, found: Places, piece: Piece) -> str:
    word = found.words.get(piece.start)
    rule = shape.rules.get(piece.start, "")
    return spell(piece, reading.language, rule, word.vocabulary if word else None)


def _apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with an empty one on both sides of the header and of each item of several lines."""
    heads = [at for at, line in enumerate(lines) if line.clause and line.block == 0]
    long = {at: _is_long(lines[at:until]) for at, until in zip(heads, [*heads[1:], len(lines)], strict=True)}
    out: list[Line] = []
    for at, until in zip([0, *heads], [*heads, len(lines)], strict=True):
        item = list(lines[at:until])
        last = max((i for i, line in enumerate(item) if line.atoms), default=-1) + 1
        body, gap = item[:last], item[last:]
        after = until < len(lines)
        wide = after and bool(body) and (lines[at].clause == "header" or long[at] or long[until])
        if wide and all(line.comment for line in gap):
            gap.insert(0, Line(0))
        out += body + gap
    return out


def _is_long(item: Sequence[Line]) -> bool:
    return sum(bool(line.atoms) for line in item) > 1


def _written(lines: Sequence[Line]) -> list[str]:
    out = []
    for line, column in zip(lines, comments(lines), strict=True):
        words = "".join(" " * atom.space + atom.text for atom in line.atoms)
        whole = f"{words:<{column}}{line.comment}" if line.comment else words
        out.append((_INDENT * line.indent + whole).rstrip() + "\n")
    return out
