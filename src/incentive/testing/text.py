"""An example as people read it: that it passes in a line, or what came out instead, and how."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from incentive.diagnostics import Language, Source, Twin, fill, in_language, render, visible
from incentive.results import Value, explain_text, shown
from incentive.testing.outcome import Check, ExampleResult
from incentive.tree import Unit

_SAY: Final[dict[str, Twin]] = {
    "passed": ("passed  {label}", "réussi  {label}"),
    "failed": ("FAILED  {label}", "ÉCHEC   {label}"),
    "wrong": (
        "{where}: {what} is {actual}, expected {expected}{rest}",
        "{where} : {what} vaut {actual}, attendu {expected}{rest}",
    ),
    "difference": (" (difference {difference})", " (écart {difference})"),
    "whose": ("{what} of {who} for {period}", "{what} de {who} pour {period}"),
    "what": ("{what} for {period}", "{what} pour {period}"),
    "pending": ("pending", "en attente"),
    "rows": ("the rows given cannot be read", "les lignes données ne peuvent être lues"),
}


def example_text(result: ExampleResult, source: Source, language: Language = "en", rows: int = 5) -> str:
    """Write an example: one line where it passes, and below it each figure that is not the one expected.

    Args:
        result: An example that was run.
        source: The plan's text, for formulas and places.
        language: Whose words to use.
        rows: How many rows of data to show below each figure.
    """
    head = _say("passed" if result.passed else "failed", language, label=visible(result.label))
    return "\n".join([head, *(f"  {line}".rstrip() for line in _below(result, source, language, rows))])


def check_text(check: Check, source: Source, language: Language = "en", rows: int = 5) -> str:
    """Write what came out instead of what was expected, and how."""
    difference = check.difference
    rest = (
        ""
        if difference is None
        else _say(
            "difference",
            language,
            difference=("+" if difference > 0 else "") + _value(difference, check.unit, language),
        )
    )
    what = _say("whose" if check.whose else "what", language, what=check.what, who=check.whose, period=check.period)
    line = _say(
        "wrong",
        language,
        where=_where(check, source),
        what=what,
        actual=_value(check.actual, check.unit, language),
        expected=_value(check.expected, check.unit, language),
        rest=rest,
    )
    how = "" if check.explanation is None else explain_text(check.explanation, source, language, rows)
    return "\n".join([visible(line), *(f"  {each}" for each in how.split("\n") if each)])


def _below(result: ExampleResult, source: Source, language: Language, rows: int) -> Iterator[str]:
    if result.problems:
        yield _say("rows", language)
    for problem in result.problems:
        yield from (f"  {line}" for line in render(problem, None).split("\n"))
    for check in result.checks:
        if not check.passed:
            yield from check_text(check, source, language, rows).split("\n")


def _value(value: Value | None, unit: Unit, language: Language) -> str:
    return _say("pending", language) if value is None else shown(value, unit, language)


def _where(check: Check, source: Source) -> str:
    path, line = (source.path, "") if check.span is None else (source.of(check.span).path, str(check.span.line))
    return ":".join(each for each in (path, line) if each)


def _say(word: str, language: Language, **values: str) -> str:
    return fill(in_language(_SAY[word], language), values)
