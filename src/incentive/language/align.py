"""Columns: what stands under one another where a block is read as a table.

The verbs of a header or a measure, the types of fields, the bounds and rates of a rate table, the cells of an example.
A component is read as a text, and its clauses are not aligned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from incentive.language.lines import Line

_VERBS: Final = frozenset({"plan", "measure", "settlement"})
_ROWS: Final = frozenset({"row", "since"})
_PARTS: Final = {"weight": 2, "share": 2, "criterion": 1, "release_share": 2}  # and the spaces before the label
_FIGURES: Final = frozenset({"NUMBER", "PERCENT"})
_WHOLE: Final = re.compile(r"\d+(?: \d{3})*|")
_COMMENT_GAP: Final = 2


def align(lines: Sequence[Line], rules: Sequence[str]) -> None:
    """Set the spaces inside lines, block by block. `rules` has the rule of each block."""
    blocks: dict[int, list[Line]] = {}
    for line in lines:
        blocks.setdefault(line.block, []).append(line)
    for number, inside in blocks.items():
        clauses = [line for line in inside if line.clause]
        if rules[number] in _VERBS:
            _column([(line, 1) for line in clauses])
        _column(_behind(clauses, "COLON", {"field"}))
        _rates([line for line in clauses if line.clause in _ROWS])
        for rule, gap in _PARTS.items():
            _parts([line for line in clauses if line.clause == rule], gap)
        _table([line for line in clauses if line.clause == "table_row"])
        for rule in ("given", "expect"):
            for run in _runs(inside, rule, "EQUAL"):
                _column([(line, _find(line, "EQUAL", rule)) for line in run])
    for run in _runs(lines, "input", "COLON"):
        _column(_behind(run, "COLON", {"input"}))


def comments(lines: Sequence[Line]) -> Iterator[int]:
    """The column of the comment of each line, counted from the line's indentation."""
    for _, group in groupby(lines, lambda line: (line.indent, bool(line.atoms and line.comment))):
        run = list(group)
        wide = max(line.width() for line in run) + _COMMENT_GAP
        yield from (wide if line.atoms else 0 for line in run)


def _runs(lines: Iterable[Line], rule: str, mark: str) -> Iterator[list[Line]]:
    """Neighbours that are clauses of a rule and have its mark."""
    for found, run in groupby(lines, lambda line: line.clause == rule and bool(_find(line, mark, rule))):
        if found:
            yield list(run)


def _find(line: Line, kind: str, rule: str) -> int:
    """The place of an atom on a line; 0 where it is not there."""
    return next((at for at, atom in enumerate(line.atoms) if atom.kind == kind and atom.rule == rule), 0)


def _behind(lines: Iterable[Line], kind: str, rules: Iterable[str]) -> list[tuple[Line, int]]:
    """What stands behind a mark, on the lines that have it."""
    found = ((line, next(filter(None, (_find(line, kind, rule) for rule in rules)), 0)) for line in lines)
    return [(line, at + 1) for line, at in found if at]


def _column(places: Iterable[tuple[Line, int]], gap: int = 1, *, figures: bool = False) -> None:
    """Let atoms start in one column; where all are figures, that may be the column of their units."""
    there = [(line, at) for line, at in places if at < len(line.atoms)]
    start = max((line.width(at) for line, at in there), default=0) + gap
    whole = [_digits(line, at) if figures else 0 for line, at in there]
    for (line, at), digits in zip(there, whole, strict=True):
        line.atoms[at].space = start - line.width(at) + (max(whole) - digits if all(whole) else 0)


def _digits(line: Line, at: int) -> int:
    """How wide a figure is before its decimal mark; 0 of anything else."""
    atom = line.atoms[at]
    found = _WHOLE.match(atom.text) if atom.kind in _FIGURES else None
    return len(found.group()) if found else 0


def _rates(rows: Sequence[Line]) -> None:
    _column([(line, 1) for line in rows], figures=True)
    _column(_behind(rows, "COLON", _ROWS), figures=True)


def _parts(parts: Sequence[Line], gap: int) -> None:
    _column([(line, 0) for line in parts], 0, figures=True)
    _column(_behind(parts, "COLON", _PARTS))
    labels = [(line, len(line.atoms) - 1) for line in parts if line.atoms[-1].kind == "STRING"]
    _column([(line, at) for line, at in labels if line.atoms[at].rule in _PARTS], gap)


def _table(rows: Iterable[Line]) -> None:
    whole = [(line, _bars(line)) for line in rows if line.atoms[-1].kind == "PIPE"]
    for cell in range(1, max((len(bars) for _, bars in whole), default=0)):
        _column([(line, bars[cell]) for line, bars in whole if cell < len(bars)])


def _bars(line: Line) -> list[int]:
    return [at for at, atom in enumerate(line.atoms) if atom.kind == "PIPE"]
