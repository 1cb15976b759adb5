"""Compare identifiers exactly, and notice those that only look alike.

`00123` and `123` are two accounts, or one account after a spreadsheet touched the file: nobody can know from here.
They are never taken for one another and never both taken in silence.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define, field

from incentive.data.cells import Convert, RawCell, key_text
from incentive.data.facts import Value
from incentive.data.findings import BadCellError, shorten

# Cyrillic and Greek letters that are drawn like Latin ones (Unicode TS 39, confusables); invisible characters vanish.
_TWINS = str.maketrans(
    "АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo", "\u00ad\u200b\u200c\u200d\u2060"
)


def skeleton(text: str) -> str:
    """What is left of an identifier without case, outer and doubled spaces, leading zeros and look-alike letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_TWINS)
    text = " ".join(text.casefold().split())
    whole, dot, rest = text.partition(".")
    if whole.isascii() and whole.isdigit() and not rest.strip("0") and (rest or not dot):
        return whole.lstrip("0") or "0"
    return text


@define(slots=False)
class KeyIndex:
    """Identifiers and what each stands for; `unknown` is the code of the finding for one that is not there.

    An `open` index stands for a source that could not be read: it knows everything, so that its own findings are the
    only ones.
    """

    name: str
    unknown: str
    values: Mapping[str, Value] = field(factory=dict)
    open: bool = False

    @cached_property
    def skeletons(self) -> frozenset[str]:
        """What the identifiers look like."""
        return frozenset(map(skeleton, self.values))

    def find(self, text: str) -> Value:
        """What an identifier stands for.

        Raises:
            BadCellError: the index does not have it; D305 if it has one that looks like it.
        """
        value = self.values.get(text)
        if value is None and self.open:
            return text
        if value is None:
            code = "D305" if skeleton(text) in self.skeletons else self.unknown
            raise BadCellError(code, among=self.name)
        return value


def reference(read: Convert, index: KeyIndex, unmatched: set[str] | None) -> Convert:
    """The reading of cells that name something in an index; unknown ones are kept in `unmatched` and are missing."""

    def convert(cell: RawCell) -> Value | None:
        text = read(cell)
        if text is None:
            return None
        try:
            return index.find(str(text))
        except BadCellError:
            if unmatched is None:
                raise
            unmatched.add(str(text))
            return None

    return convert


Faults = list[tuple[int, BadCellError]]  # by row


def first_rows(texts: Sequence[str]) -> dict[str, int]:
    """The first row of each identifier."""
    first: dict[str, int] = {}
    for row, text in enumerate(texts):
        if text:
            first.setdefault(text, row)
    return first


def repeated(texts: Sequence[str], first: Mapping[str, int], lines: Sequence[int]) -> Faults:
    """A finding for each identifier that stood on an earlier row."""
    return [
        (row, BadCellError("D301", first=str(lines[first[text]])))
        for row, text in enumerate(texts)
        if text and first[text] != row
    ]


def twins(first: Mapping[str, int], lines: Sequence[int]) -> Faults:
    """A finding for each identifier that looks like an earlier one."""
    seen: dict[str, str] = {}
    faults: Faults = []
    for text, row in first.items():
        other = seen.setdefault(skeleton(text), text)
        if other != text:
            faults.append((row, BadCellError("D302", twin=shorten(other), first=str(lines[first[other]]))))
    return faults


def texts_of(cells: Sequence[RawCell], missing: frozenset[str]) -> list[str]:
    """The identifiers of a column, "" where a cell is missing or only white space, which is refused elsewhere."""
    memo: dict[str, str] = {}
    out: list[str] = []
    for cell in cells:
        if type(cell) is str:
            text = memo.get(cell)
            if text is None:
                text = memo[cell] = "" if cell in missing or cell.isspace() else key_text(cell)
            out.append(text)
        else:
            out.append(key_text(cell))
    return out
