"""From bytes or text as it arrives to the text that positions refer to.

Plans travel through mail, chat, spreadsheets and three operating systems, and arrive with any newline, a byte order
mark, accents as one character or two. All of these are made one before anything counts lines or columns. What no
editor shows (control and direction characters) is refused, because the text a person reads must be the text that
pays.
"""

from __future__ import annotations

import re
import unicodedata
from typing import BinaryIO, Final

from incentive.diagnostics import Diagnostic, Language, PlanError, Source, Span, finding
from incentive.language.words import WORDS, fold

MAX_BYTES: Final = 512 * 1024
MAX_LINE: Final = 10_000
_NEWLINES = re.compile("\r\n|\r|\u2028|\u2029|\x85")
_FIRST_LINE = re.compile(r"[ \t\n]*(?:#[^\n]*\n[ \t\n]*)*incentive[ \t]+([0-9]+)[ \t]+([A-Za-z]+)\b")
_LINE_STARTS = re.compile(r"^[ \t]*([^\W\d]+)", re.MULTILINE)
_LANGUAGES: Final[tuple[Language, Language]] = ("en", "fr")
# Direction controls reorder what is read; other controls, fillers and tags are invisible. What chooses the picture of
# the sign before it (U+FE0F) is part of signs that people put in labels.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef\ud800-\udfff]"
)
_MAGIC = {
    b"PK\x03\x04": "a zip archive or a workbook",
    b"%PDF": "a PDF document",
    b"\x80\x04": "a pickle",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
}


def take(stream: BinaryIO) -> bytes:
    """The bytes of a plan as far as `decode` must see them: a file of gigabytes costs no more than the limit."""
    return stream.read(MAX_BYTES + 1)


def decode(raw: bytes, path: str) -> str:
    """Plan text from the bytes of a file.

    Raises:
        PlanError: the bytes are not UTF-8 text, or too many.
    """
    if len(raw) > MAX_BYTES:
        raise PlanError([finding("E150", "en", path=path, limit=str(MAX_BYTES))])
    for magic, kind in _MAGIC.items():
        if raw.startswith(magic):
            raise PlanError([finding("E118", "en", path=path, kind=kind)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        span = Span(error.start, error.start + 1, line, 1, line, 2)
        raise PlanError(
            [finding("E117", "en", path=path, span=span, offset=str(error.start), line=str(line))]
        ) from error


def normalise(text: str) -> str:
    """The text with one kind of newline, no byte order mark, composed accents and a final newline."""
    text = _NEWLINES.sub("\n", text.removeprefix("\ufeff"))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return text if text.endswith("\n") else text + "\n"


def language_of(text: str) -> Language:
    """The language of the first line; where it does not say, the one whose words start more lines."""
    match = _FIRST_LINE.match(text)
    if match and match.group(2).lower() in {"en", "fr"}:
        return "fr" if match.group(2).lower() == "fr" else "en"
    starts = [fold(each) for each in _LINE_STARTS.findall(text[:MAX_BYTES])]
    english, french = ({fold(row.phrases(side)[0]) for row in WORDS} for side in _LANGUAGES)
    return "fr" if sum((each in french) - (each in english) for each in starts) > 0 else "en"


def examine(source: Source, language: Language) -> tuple[list[Diagnostic], bool]:
    """What can be said of the text before it is parsed; the flag says whether parsing makes sense."""
    text = source.text
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [finding("E150", language, path=source.path, limit=str(MAX_BYTES))], False
    out: list[Diagnostic] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            span = Span(start + MAX_LINE, start + MAX_LINE + 1, number, MAX_LINE + 1, number, MAX_LINE + 2)
            out.append(finding("E151", language, path=source.path, span=span, limit=str(MAX_LINE)))
            return out, False
        start += len(line) + 1
    for match in _HIDDEN.finditer(text):
        span = span_at(text, match.start(), match.end())
        name = unicodedata.name(match.group(), "control character")
        code = f"U+{ord(match.group()):04X} {name}"
        out.append(finding("E119", language, path=source.path, span=span, character=code))
        if len(out) >= 10:
            break
    return out, not out


def span_at(text: str, start: int, end: int) -> Span:
    """The span of a stretch of one line, from its offsets."""
    line = text.count("\n", 0, start) + 1
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return Span(start, end, line, column, line, column + end - start)


def first_line(text: str) -> tuple[str, str] | None:
    """Version and language as written on the first line, or None where it does not say."""
    match = _FIRST_LINE.match(text)
    return (match.group(1), match.group(2)) if match else None
