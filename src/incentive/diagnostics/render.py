"""Findings as text for a terminal and as plain data for programs.

The excerpt shows the author's own line. Tabs, wide letters and combining accents take another width on a screen than
they have characters, so the carets are placed by display width, not by column number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from attrs import evolve, field, frozen

from incentive.diagnostics.diagnostic import Diagnostic, Label, Language
from incentive.diagnostics.spans import Span

_WORDS: dict[str, tuple[str, str]] = {
    "error": ("error", "erreur"),
    "warning": ("warning", "attention"),
    "pending": ("pending", "en attente"),
    "help": ("help: ", "aide : "),
    "note": ("note: ", "note : "),
    "automatic": ("[automatic fix]", "[correction automatique]"),
    "table": ("table", "table"),
    "line": ("line", "ligne"),
    "column": ("column", "colonne"),
    "row": ("row", "ligne de clé"),
}
_TAB = 4
_WIDEST = 160  # characters of a line that are shown
_ESCAPES = {code: f"\\x{code:02x}" for code in [*range(9), *range(11, 32), 127]}
_ESCAPES |= {
    code: f"\\u{code:04x}" for code in [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
}


@frozen
class Source:
    """A text that findings point into: its path as the user wrote it, and its lines.

    `files` are the other texts that a plan is made of, by the names that places in them bear.
    """

    path: str
    text: str
    files: Mapping[str, Source] = field(factory=dict, eq=False, repr=False)

    def of(self, span: Span) -> Source:
        """The text that a place stands in; without lines where that text is not known."""
        return self if not span.file else self.files.get(span.file, Source(span.file, ""))

    def at(self, span: Span) -> str:
        """The text of a place."""
        return self.of(span).text[span.start : span.end]

    def line(self, number: int) -> str:
        """Line `number`, counted from 1, without its end."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")


def render(diagnostic: Diagnostic, source: Source | None = None, *, colour: bool = False) -> str:
    """One finding as text, with its excerpt where the source is given."""
    paint = _paint if colour else _plain
    language = diagnostic.language
    head = f"{_say(diagnostic.severity, language)}[{diagnostic.code}]"
    lines = [f"{paint(head, diagnostic.severity)}: {visible(diagnostic.message)}"]
    where = _place(diagnostic, source)
    if where:
        lines.append(f"  --> {where}")
    if source is not None and diagnostic.labels:
        lines += _excerpts(diagnostic, source, paint)
    for fix in diagnostic.fixes:
        mark = f"   {_say('automatic', language)}" if fix.safe and fix.edits else ""
        lines += _block(_say("help", language), visible(fix.title) + mark)
    for note in diagnostic.notes:
        lines += _block(_say("note", language), visible(note))
    return "\n".join(lines)


def as_dict(diagnostic: Diagnostic) -> dict[str, object]:
    """One finding as plain data, for JSON. Lines and columns count from 1, ends are exclusive."""
    own = diagnostic.span.file if diagnostic.span is not None else ""
    out: dict[str, object] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message,
        "path": diagnostic.path or own,
        "labels": [{**_span(each.span, own), "text": each.text, "primary": each.primary} for each in diagnostic.labels],
        "notes": list(diagnostic.notes),
        "fixes": [
            {
                "title": fix.title,
                "safe": fix.safe,
                "edits": [{**_span(edit.span, own), "text": edit.text} for edit in fix.edits],
            }
            for fix in diagnostic.fixes
        ],
    }
    if diagnostic.place is not None:
        place = diagnostic.place
        out["place"] = {
            "table": place.table,
            "file": place.file,
            "line": place.line,
            "column": place.column,
            "key": place.key,
        }
    return out


def visible(text: str) -> str:
    """The text with control and direction characters shown as escapes, so that it cannot rearrange the screen."""
    return text.translate(_ESCAPES)


def width(text: str) -> int:
    """Columns that a text takes on a screen."""
    total = 0
    for char in text:
        if char == "\t":
            total += _TAB - total % _TAB
        elif unicodedata.combining(char):
            continue
        else:
            total += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return total


def _excerpts(diagnostic: Diagnostic, source: Source, paint: Paint) -> list[str]:
    """The lines of each text that a finding points into, that of its own place first."""
    own = diagnostic.span.file if diagnostic.span is not None else ""
    out: list[str] = []
    for file in dict.fromkeys([own, *(each.span.file for each in diagnostic.labels)]):
        labels = [each for each in diagnostic.labels if each.span.file == file]
        if not labels:
            continue
        here = source.of(labels[0].span)
        if file != own:
            out.append(f"  ::: {visible(here.path)}:{labels[0].span.line}:{labels[0].span.column}")
        if here.text:
            out += _excerpt(labels, here, paint)
    return out


def _excerpt(labels: Sequence[Label], source: Source, paint: Paint) -> list[str]:
    shown = sorted({each.span.line for each in labels})
    gutter = len(str(shown[-1]))
    out = [f"{'':>{gutter}} |"]
    for number in shown:
        text = source.line(number)
        text, here = _cropped(text, [each for each in labels if each.span.line == number])
        out.append(f"{number:>{gutter}} | {visible(text.expandtabs(_TAB))}")
        out += [f"{'':>{gutter}} | {line}" for line in _carets(here, text, paint)]
    return out


def _cropped(text: str, labels: Sequence[Label]) -> tuple[str, Sequence[Label]]:
    """The part of a very long line around its first label, and the labels moved with it."""
    if len(text) <= _WIDEST:
        return text, labels
    first = min(each.span.column for each in labels) - 1
    start = max(0, min(first - _WIDEST // 2, len(text) - _WIDEST))
    shift = start - (start > 0)
    part = ("…" if start else "") + text[start : start + _WIDEST] + ("…" if start + _WIDEST < len(text) else "")
    moved = []
    for each in labels:
        column, end = (max(1, place - shift) for place in (each.span.column, each.span.end_column))
        moved.append(evolve(each, span=evolve(each.span, column=column, end_column=end)))
    return part, moved


def _carets(labels: Sequence[Label], text: str, paint: Paint) -> Iterable[str]:
    """One line of marks for all labels of a line; their texts follow, the rightmost on the same line."""
    placed: list[tuple[int, int, Label]] = []
    for each in sorted(labels, key=lambda label: label.span.column):
        start = width(text[: each.span.column - 1])
        stop = text[: each.span.end_column - 1] if each.span.end_line == each.span.line else text
        placed.append((start, max(width(stop) - start, 1), each))
    marks = ""
    for start, length, each in placed:
        if start >= len(marks):
            marks += " " * (start - len(marks)) + ("^" if each.primary else "~") * length
    last = placed[-1][2]
    first_line = f"{paint(marks, 'mark')} {visible(last.text)}".rstrip()
    yield first_line
    for start, _, each in reversed(placed[:-1]):
        if each.text:
            yield " " * start + visible(each.text)


def _block(head: str, text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [head + first, *(f"   | {line}" for line in rest)]


def _place(diagnostic: Diagnostic, source: Source | None) -> str:
    span = diagnostic.span
    path = diagnostic.path
    if not path and source is not None:
        path = source.path if span is None else source.of(span).path
    if span is not None:
        return visible(f"{path}:{span.line}:{span.column}" if path else f"{span.line}:{span.column}")
    place, language = diagnostic.place, diagnostic.language
    if place is None:
        return visible(path)
    parts = [
        f"{place.file}:{place.line}"
        if place.file and place.line
        else place.file or f"{_say('table', language)} {place.table}"
    ]
    if place.line and not place.file:
        parts.append(f"{_say('line', language)} {place.line}")
    if place.column:
        parts.append(f"{_say('column', language)} {place.column}")
    if place.key:
        parts.append(f"{_say('row', language)} {place.key}")
    return visible(", ".join(parts))


def _span(span: Span, own: str) -> dict[str, object]:
    """A place as plain data; it names its text where that is not the one of the finding."""
    out: dict[str, object] = {} if span.file == own else {"file": span.file}
    return out | {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _say(word: str, language: Language) -> str:
    return _WORDS[word][1 if language == "fr" else 0]


class Paint:
    """How a piece of text is coloured."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes

    def __call__(self, text: str, role: str) -> str:
        """The text in the colour of its role."""
        code = self._codes.get(role)
        return f"\x1b[{code}m{text}\x1b[0m" if code else text


_plain = Paint({})
_paint = Paint({"error": "1;31", "warning": "1;33", "pending": "1;35", "mark": "1;36"})
