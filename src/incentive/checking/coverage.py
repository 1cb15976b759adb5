"""Which combinations of keys the rows of a decision table match: none twice, none not at all.

Each column has finitely many classes of values that its cells tell apart: a word, a band, all other texts. A cell names
one class, or any (None). So a table is a finite grid, and the questions are about which points its rows cover. The grid
itself is never walked: columns are split one by one, and a set of rows met before at a column is not looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import define, field

Point = tuple[int | None, ...]
"""A class for each column, or a cell for each; None stands for any."""
MAX_STEPS = 100_000


class TooManyCombinationsError(Exception):
    """The table has more combinations than are looked at."""


@define
class Grid:
    """The rows of a table over columns of so many classes; sets of rows are bits of a number."""

    rows: Sequence[Point]
    sizes: Sequence[int]
    _matching: list[list[int]] = field(factory=list)
    _open: list[int] = field(factory=list)  # from a column on, the rows that match whatever comes
    _steps: int = 0

    def __attrs_post_init__(self) -> None:
        for column, size in enumerate(self.sizes):
            anyway = sum(1 << at for at, row in enumerate(self.rows) if row[column] is None)
            matching = [anyway] * size
            for at, row in enumerate(self.rows):
                named = row[column]
                if named is not None:
                    matching[named] |= 1 << at
            self._matching.append(matching)
        self._open = [(1 << len(self.rows)) - 1]
        for column in reversed(range(len(self.sizes))):
            anyway = sum(1 << at for at, row in enumerate(self.rows) if row[column] is None)
            self._open.insert(0, self._open[0] & anyway)

    def overlaps(self) -> Iterator[tuple[int, int, Point]]:
        """Give each row that shares a point with a row before it, with the first such row and what both match."""
        for later, row in enumerate(self.rows):
            both = (1 << later) - 1
            for column, named in enumerate(row):
                if named is not None:
                    both &= self._matching[column][named]
            if both:
                first = (both & -both).bit_length() - 1
                met = zip(self.rows[first], row, strict=True)
                yield first, later, tuple(one if one is not None else other for one, other in met)

    def uncovered(self) -> Point | None:
        """Give a point that no row matches.

        Raises:
            TooManyCombinationsError: There are too many to look at.
        """
        return self._gap(0, (1 << len(self.rows)) - 1, (None,) * len(self.sizes), set())

    def never_matched(self) -> Iterator[int]:
        """Give the rows all of whose points rows before them match.

        Raises:
            TooManyCombinationsError: There are too many to look at.
        """
        for at, row in enumerate(self.rows):
            if self._gap(0, (1 << at) - 1, row, set()) is None:
                yield at

    def _gap(self, column: int, rows: int, within: Point, covered: set[tuple[int, int]]) -> Point | None:
        """A point of a part of the grid, from a column on, that none of some rows matches."""
        if not rows:
            return within[column:]
        if column == len(within) or rows & self._open[column] or (column, rows) in covered:
            return None
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise TooManyCombinationsError
        named = within[column]
        classes = range(self.sizes[column]) if named is None else (named,)
        seen: set[int] = set()
        for each in classes:
            left = rows & self._matching[column][each]
            if left in seen:
                continue
            seen.add(left)
            rest = self._gap(column + 1, left, within, covered)
            if rest is not None:
                return (each, *rest)
        covered.add((column, rows))
        return None
