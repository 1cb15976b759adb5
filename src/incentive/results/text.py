"""An explanation as text, one figure a line, what it was made from below it."""

from __future__ import annotations

from collections.abc import Iterator

from incentive.diagnostics import Language, Source, visible
from incentive.diagnostics.render import width
from incentive.results.entries import ROWS, Entry, Grid, entry
from incentive.results.explanation import Explanation


def explain_text(explanation: Explanation, source: Source, language: Language = "en", rows: int = ROWS) -> str:
    """Write an explanation as indented text, without a final line end.

    Args:
        explanation: A line, or any figure below one.
        source: The plan's text, for formulas and places.
        language: Whose words to use.
        rows: How many rows of data to show below each figure; what is left is counted and added up.

    Law: no control or direction character of a name reaches the text as such.
    """
    return "\n".join(_lines(entry(explanation, source, language, rows), ""))


def columns(headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...], right: frozenset[int]) -> Iterator[str]:
    """Lay cells out in columns by the width that they take on a screen; `right` are columns of numbers."""
    cells = [tuple(visible(cell) for cell in row) for row in (headers, *rows)]
    wide = [max(width(row[at]) for row in cells) for at in range(len(headers))]
    for row in cells:
        padded = (
            " " * (wide[at] - width(cell)) + cell if at in right else cell + " " * (wide[at] - width(cell))
            for at, cell in enumerate(row)
        )
        yield "  ".join(padded).rstrip()


def _lines(each: Entry, indent: str) -> Iterator[str]:
    where = f"   ({visible(each.where)})" if each.where else ""
    yield f"{indent}{visible(each.what)} = {visible(each.value)}{where}"
    below = indent + "  "
    for remark in each.remarks:
        yield f"{below}- {visible(remark)}"
    for grid in each.grids:
        yield from (f"{below}| {line}".rstrip() for line in _grid(grid))
    for child in each.children:
        yield from _lines(child, below)


def _grid(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield visible(grid.caption)
    if grid.rows:
        yield from columns(grid.headers, grid.rows, grid.right)
    if grid.rest:
        yield visible(grid.rest)
