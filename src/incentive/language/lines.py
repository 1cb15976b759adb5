"""The lines of a text that is laid out anew: which words stand on each, how deep, and which comment goes with it.

A clause is a line. What an author broke over several lines stays broken there, one level deeper than its clause.
Comments keep their place between words: behind a line, or alone above one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from attrs import Factory, define, frozen

from incentive.language.machine import NEWLINE
from incentive.language.outline import Outline
from incentive.language.tokens import Piece

_NO_SPACE_BEFORE: Final = frozenset({"COMMA", "COLON", "SEMICOLON", "RPAR", "DOT"})
_NO_SPACE_BEHIND: Final = frozenset({"LPAR", "DOT", "ELISION"})
_FRACTIONS: Final = frozenset({"presence", "share"})  # `1/3` is one thing there, not a division
_ARGUMENTS: Final = frozenset({"call", "is_one_of"})  # `;` separates them, elsewhere it ends a clause


@define
class Atom:
    """Words that stay together, and the spaces before them."""

    text: str
    kind: str
    rule: str
    space: int = 0


@define
class Line:
    """A line: words, a comment, both or none.

    `clause` is the rule of the clause that starts here, `block` the number of the block it stands in.
    """

    indent: int
    atoms: list[Atom] = Factory(list)
    comment: str = ""
    clause: str = ""
    block: int = 0

    def width(self, upto: int | None = None) -> int:
        """How wide the line is before an atom, or all of it, without its indentation and comment."""
        return sum(atom.space + len(atom.text) for atom in self.atoms[:upto])


@frozen
class _Block:
    number: int
    rule: str
    outer: int
    inner: int
    clause: int


@define
class Lines:
    """The lines so far. Block 0 is the file; `rules` says which rule each block belongs to."""

    pieces: Sequence[Piece]
    outline: Outline
    spell: Callable[[Piece], str]
    lines: list[Line] = Factory(list)
    rules: list[str] = Factory(lambda: ["start"])
    _open: list[_Block] = Factory(lambda: [_Block(0, "start", 0, 0, 0)])
    _clause: int = 0
    _line: Line | None = None

    def lay(self) -> None:
        """Lay out all pieces."""
        for at, piece in enumerate(self.pieces):
            match piece.kind:
                case "_NL":
                    self._newline(at, str(piece.words[0]))
                case "SEMICOLON" if self.outline.rules.get(piece.start) not in _ARGUMENTS:
                    if self._kind(at + 1) != NEWLINE:
                        self._line = None
                case "RBRACE":
                    self._close(at, piece)
                case _:
                    self._add(piece)
                    if piece.kind == "LBRACE":
                        self._enter(piece)
                        if self._kind(at + 1) != NEWLINE and not self._is_empty(at):
                            self._line = None
        self._line = None

    def _kind(self, at: int) -> str:
        return self.pieces[at].kind if at < len(self.pieces) else ""

    def _is_empty(self, at: int) -> bool:
        """Whether the block that opens at a place has neither clause nor comment."""
        after = at + 1
        if self._kind(after) == NEWLINE and "#" not in self.pieces[after].words[0]:
            after += 1
        return self._kind(after) == "RBRACE"

    def _add(self, piece: Piece) -> None:
        if self._line is None:
            clause = self.outline.clauses.get(piece.start, "")
            if clause:
                self._clause = self._open[-1].inner
            deeper = not clause and piece.kind != "RPAR"
            self._line = Line(self._clause + deeper, clause=clause, block=self._open[-1].number)
            self.lines.append(self._line)
        atom = Atom(self.spell(piece), _kind_of(piece), self.outline.rules.get(piece.start, ""))
        if self._line.atoms:
            atom.space = _space(self._line.atoms[-1], atom)
        self._line.atoms.append(atom)

    def _enter(self, brace: Piece) -> None:
        outer = self._line.indent if self._line else 0
        rule = self.outline.rules.get(brace.start, "")
        self._open.append(_Block(len(self.rules), rule, outer, outer + 1, self._clause))
        self.rules.append(rule)

    def _close(self, at: int, piece: Piece) -> None:
        before = self._kind(at - 1)
        if before == NEWLINE:
            before = self._kind(at - 2) if "#" not in self.pieces[at - 1].words[0] else ""
        block = self._open.pop()
        self._clause = block.clause
        if before != "LBRACE" or self._line is None:
            self._line = Line(block.outer, block=self._open[-1].number)
            self.lines.append(self._line)
        self._line.atoms.append(Atom(self.spell(piece), "RBRACE", block.rule))

    def _newline(self, at: int, written: str) -> None:
        if self._kind(at - 1) == "LBRACE" and self._is_empty(at - 1):
            return
        first, *rest = written.split("\n")
        own = [each.strip() for each in rest[:-1]]
        if self._line is not None:
            self._line.comment = first.strip()
        elif at == 0:
            own.insert(0, first.strip())
        self._line = None
        ends = self._kind(at + 1) in {"", "RBRACE"}
        if at == 0 or self._kind(at - 1) == "LBRACE":
            while own and not own[0]:
                own.pop(0)
        while ends and own and not own[-1]:
            own.pop()
        starts = not ends and self.pieces[at + 1].start in self.outline.clauses
        indent = self._open[-1].inner if ends or starts else self._clause + 1
        for before, comment in zip(["x", *own], own, strict=False):
            if comment or before:
                self.lines.append(Line(indent, comment=comment, block=self._open[-1].number))


def _kind_of(piece: Piece) -> str:
    """The kind of a piece, where elisions are their own kind whether or not they say something to the parser."""
    return "ELISION" if piece.words[0].type == "ELISION" else piece.kind or "ARTICLE"


def _space(before: Atom, after: Atom) -> int:
    if after.kind in _NO_SPACE_BEFORE or before.kind in _NO_SPACE_BEHIND:
        return 0
    if after.kind == "LPAR" and after.rule == "call":
        return 0
    if before.kind == "MINUS" and before.rule == "negate":
        return 0
    return int(not ("SLASH" in {before.kind, after.kind} and {before.rule, after.rule} & _FRACTIONS))
