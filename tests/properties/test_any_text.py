"""Whatever stands in a plan: findings with a code and a place, never an exception, and no verb changes a meaning."""

import re

from hypothesis import given

from incentive import language, tree
from incentive.checking import Checked, check
from incentive.diagnostics import CATALOGUE, Diagnostic, Language, PlanError, Source, Span, as_dict, render
from incentive.language.layout import gist
from incentive.language.read import survey
from tests.properties.effort import draws, executions
from tests.properties.texts import grammatical, heaps, mangled, respelt, some_bytes, some_text

CODE = re.compile(r"[EWP][0-9]{3}")
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def stands_in(span: Span, source: Source) -> bool:
    """Whether a span is a place of the text, and its lines and columns are those of its offsets."""
    text = source.text
    if not 0 <= span.start <= span.end <= len(text) + 1:
        return False
    lines = text.count("\n", 0, span.start) + 1, text.count("\n", 0, span.end) + 1
    first = span.start - text.rfind("\n", 0, span.start), span.end - text.rfind("\n", 0, span.end)
    begins = (span.line, span.column) == (lines[0], first[0])
    return begins and (
        (span.end_line, span.end_column) == (lines[1], first[1]) or text[span.end - 1 : span.end] == "\n"
    )


def is_sound_finding(each: Diagnostic, source: Source) -> None:
    assert CATALOGUE.get(each.code) is not None
    assert CODE.fullmatch(each.code)
    spans = [label.span for label in each.labels] + [edit.span for fix in each.fixes for edit in fix.edits]
    for span in spans:
        assert stands_in(span, source), (each.code, span)
    shown = render(each, source)
    assert each.code in shown
    assert not any(found not in source.text for found in PLACEHOLDER.findall(shown)), shown
    assert as_dict(each)["code"] == each.code
    assert each._repr_html_()


def answers(text: str) -> Checked:
    checked = check(text, "p.plan")
    for each in checked.diagnostics:
        is_sound_finding(each, checked.source)
    errors = [each for each in checked.diagnostics if each.severity == "error"]
    assert (checked.plan is None) == bool(errors)
    placed = [each.span for each in checked.diagnostics if each.span is not None]
    assert placed == sorted(placed, key=lambda span: (span.line, span.column))
    lines = [each.span.line for each in errors if each.span is not None and each.code != "E190"]
    assert len(lines) == len(set(lines))
    assert len(checked.diagnostics) <= 101
    return checked


def meant(text: str) -> list[tuple[str, str]] | None:
    reading, parsed = survey(text)
    return gist(reading, parsed) if parsed is not None and not reading.diagnostics else None


def same(checked: Checked, text: str) -> bool:
    """Whether a text says what another one does: the same plan, or none."""
    other = check(text)
    if checked.plan is None or other.plan is None:
        return checked.plan is other.plan
    return tree.fingerprint(checked.plan) == tree.fingerprint(other.plan)


def holds(text: str, name: str) -> Checked:
    executions[name] += 1
    checked = answers(text)
    reading = language.read(text)
    laid = language.format(text)
    if reading.diagnostics:
        assert laid == language.Formatted(text, reading.diagnostics)
    else:
        assert language.format(laid.text) == laid
        assert same(checked, laid.text)
    other: Language = "fr" if reading.language == "en" else "en"
    there = language.translate(text, other)
    if there.diagnostics:
        assert there.text == text
        assert all(CATALOGUE.get(each.code) for each in there.diagnostics)
    else:
        assert meant(there.text) == meant(text)
        back = language.translate(there.text, reading.language)
        if "E213" not in {
            each.code for each in checked.diagnostics
        }:  # a name that no plan may define is not brought back
            assert back.diagnostics == ()
            assert meant(back.text) == meant(text)
        assert (checked.plan is None) == (check(there.text).plan is None)
    return checked


@given(some_bytes)
@draws(50)
def test_bytes(raw: bytes) -> None:
    try:
        text = language.decode(raw, "p.plan")
    except PlanError as error:
        executions["bytes"] += 1
        found = [each.code for each in error.diagnostics]
    else:
        found = []
        holds(text, "bytes")
    assert found in ([], ["E117"], ["E118"], ["E150"])


@given(some_text)
@draws(60)
def test_text(text: str) -> None:
    holds(text, "text")


@given(heaps)
@draws(60)
def test_heaps_of_words(text: str) -> None:
    holds(text, "words")


@given(grammatical())
@draws(25)
def test_plans_of_the_grammar(text: str) -> None:
    holds(text, "grammar")


@given(mangled())
@draws(20)
def test_plans_mangled(text: str) -> None:
    holds(text, "mangled")


@given(respelt())
@draws(15)
def test_plans_with_other_words(text: str) -> None:
    holds(text, "respelt")
