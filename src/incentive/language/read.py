"""The stage `text -> syntax nodes` in one place."""

from __future__ import annotations

from attrs import frozen

from incentive.diagnostics import Diagnostic, Edit, Help, Language, Source, Span, finding
from incentive.language import syntax
from incentive.language.build import build
from incentive.language.parser import Parsed, parse
from incentive.language.source import examine, first_line, language_of, normalise


@frozen
class Reading:
    """A plan's text as nodes, with what was found.

    `lost` names may have been defined on lines that could not be read; `broken` are the lines with a mistake.
    """

    source: Source
    language: Language
    file: syntax.File
    diagnostics: tuple[Diagnostic, ...]
    lost: frozenset[str]
    broken: frozenset[int]


def read(text: str, path: str = "") -> Reading:
    """Read a plan's text; never raises for what the text says."""
    return survey(text, path)[0]


def survey(text: str, path: str = "") -> tuple[Reading, Parsed | None]:
    """Read a plan's text and keep how it was parsed, unless it was not fit for parsing."""
    source = Source(path, normalise(text))
    language = language_of(source.text)
    early, sound = examine(source, language)
    if not sound:
        return Reading(source, language, syntax.File(()), tuple(early), frozenset(), frozenset({1})), None
    early += _header(source, language)
    parsed = parse(source, language)
    file, late = build(parsed.tree, language, path)
    broken = parsed.broken | {each.span.line for each in late if each.span}
    return Reading(source, language, file, (*early, *parsed.diagnostics, *late), parsed.lost, broken), parsed


def _header(source: Source, language: Language) -> list[Diagnostic]:
    top = Span(0, 1, 1, 1, 1, 2)
    written = first_line(source.text)
    if written is None:
        edit = Edit(Span(0, 0, 1, 1, 1, 1), f"incentive 1 {language}\n")
        return [finding("E120", language, span=top, path=source.path, helps=[Help("insert", edits=(edit,))])]
    version, word = written
    if version != "1":
        return [finding("E121", language, span=top, path=source.path, version=version)]
    if word.lower() not in {"en", "fr"}:
        return [finding("E122", language, span=top, path=source.path, word=word)]
    return []
