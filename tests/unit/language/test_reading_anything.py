"""Whatever the text, reading gives findings with a code and a place in the text, and never an exception."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incentive.diagnostics import CATALOGUE, Diagnostic, PlanError
from incentive.language import decode, read
from incentive.language.build import MAX_NAME, MAX_ROWS, MAX_TEXT
from incentive.language.parser import MAX_DEPTH, MAX_FINDINGS, MAX_TOKENS
from incentive.language.source import MAX_BYTES, MAX_LINE

PLANS = [path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parents[2] / "plans").glob("*.plan"))]
HEAD = "incentive 1 en\n"
PIECES = """
plan "A" { } component bonus pay 5% of revenue by slice { from 0 EUR : 8% weighted if then else and or not ( ) , | =
- + * / . ; measure sum where is one of missing within 48 hours example given expect cases timeline on scale parameter
let 2026-01-01 2026-Q1 FY2026 soit composante verser selon les poids de la d' l' “x” € $ 1,500 1e5 #
"""
WORDS = [*PIECES.split(), *["\n"] * 9]
quick = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def holds(text: str) -> tuple[Diagnostic, ...]:
    result = read(text, "p.plan")
    length = len(result.source.text)
    for each in result.diagnostics:
        assert CATALOGUE.get(each.code) is not None
        for label in each.labels:
            assert 0 <= label.span.start <= label.span.end <= length + 1
            assert 1 <= label.span.line <= label.span.end_line <= result.source.text.count("\n") + 1
    assert bool(result.broken) <= bool(result.diagnostics)
    assert len(result.diagnostics) <= 2 * MAX_FINDINGS
    return result.diagnostics


@quick
@given(st.text(max_size=2_000))
def test_any_text(text: str) -> None:
    holds(text)
    holds(HEAD + text)


@quick
@given(st.binary(max_size=2_000))
def test_any_bytes(raw: bytes) -> None:
    try:
        text = decode(raw, "p.plan")
    except PlanError:
        return
    holds(text)


@quick
@given(st.lists(st.sampled_from(WORDS), max_size=200), st.sampled_from(["en", "fr"]))
def test_any_words_of_the_language(words: list[str], language: str) -> None:
    holds(f"incentive 1 {language}\n" + " ".join(words))


@quick
@given(st.sampled_from(PLANS), st.data())
def test_any_plan_with_a_piece_cut_out_or_put_elsewhere(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    start, stop, to = data.draw(ends), data.draw(ends), data.draw(ends)
    start, stop = min(start, stop), max(start, stop)
    holds(text[:start] + text[stop:])
    holds(text[:to] + text[start : min(stop, start + 200)] + text[to:])


@pytest.mark.parametrize("text", PLANS)
def test_a_plan_cut_off_anywhere(text: str) -> None:
    for stop in range(0, len(text), 41):
        holds(text[:stop])


BAD = HEAD + "component café {\n  pya 5% of révenu\n  cap 1,500 EUR\n}\n\nlet x = 1 +\n"


def places(text: str) -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in holds(text) if each.span]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_every_newline_gives_the_same_lines(newline: str) -> None:
    assert places(BAD.replace("\n", newline)) == places(BAD)
    assert len(places(BAD)) == 3


def test_a_byte_order_mark_and_the_form_of_accents_change_nothing() -> None:
    assert places("\ufeff" + BAD) == places(BAD)
    assert places(unicodedata.normalize("NFD", BAD)) == places(BAD)


def codes(text: str) -> list[str]:
    return [each.code for each in holds(text)]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1e5", "E110"),
        ("0x10", "E110"),
        (".5", "E100"),
        ("5.", "E100"),
        ("1.2.3", "E110"),
        ("1_0", "E110"),
        ("１２", "E115"),
        ("١٢", "E115"),
        ("²", "E115"),
        ("\u22125", "E115"),
        ("1" * 18, None),
        ("1" * 19, "E154"),
        ("1" * 4_301, "E154"),
        ("0." + "1" * 12, None),
        ("0." + "1" * 13, "E154"),
        ("1\u00a0500", None),
        ("1\u202f500", None),
        ("1,500", "E112"),
        ("12,5%", "E124"),
        ("€5", "E125"),
    ],
)
def test_a_number_has_one_form(written: str, code: str | None) -> None:
    found = codes(f"{HEAD}parameter fee = {written}\n")
    assert found[:1] == ([code] if code else [])


def name(length: int) -> str:
    return f"{HEAD}let {'x' * length} = 1\n"


def label(length: int) -> str:
    return f'{HEAD}component c "{"x" * length}" {{\n  pay 1 EUR\n}}\n'


def rows(count: int) -> str:
    return HEAD + "scale s by slice {\n" + "".join(f"  from {at} EUR: 5%\n" for at in range(count)) + "}\n"


def nested(count: int) -> str:
    return f"{HEAD}let x = {'(' * count}1{')' * count}\n"


def line(length: int) -> str:
    return f"{HEAD}# {'x' * (length - 2)}\n"


def size(count: int) -> str:
    lines = (HEAD + "# xxxxxxx\n" * (count // 10 + 1))[:count]
    return lines[:-1] + "\n" if lines[-2] != "\n" else lines[:-2] + "x\n"


@pytest.mark.parametrize(
    ("make", "limit", "code"),
    [
        (name, MAX_NAME, "E155"),
        (label, MAX_TEXT, "E155"),
        (rows, MAX_ROWS, "E156"),
        (nested, MAX_DEPTH, "E152"),
        (line, MAX_LINE, "E151"),
        (size, MAX_BYTES, "E150"),
    ],
)
def test_a_limit_holds_exactly(make: Callable[[int], str], limit: int, code: str) -> None:
    assert codes(make(limit)) == []
    assert codes(make(limit + 1)) == [code]


def test_too_many_words_are_one_finding() -> None:
    found = codes(HEAD + "let x = 1\n" * (MAX_TOKENS // 5 + 1))
    assert found == ["E153"]


def test_a_sum_of_ten_thousand_terms_reads() -> None:
    terms = " +\n  ".join(["1 EUR"] * 10_000)
    assert codes(f"{HEAD}let x = {terms}\n") == []


@pytest.mark.parametrize("deep", ["(", "-", "not ", "if a then ", "f(", "{", "plan {", "a by slice {", "((", '"'])
def test_nesting_without_end_is_read_to_its_end(deep: str) -> None:
    """How long it takes is measured by `benchmarks/hostile.py`."""
    assert holds(f"{HEAD}let x =\n" + "\n".join([deep * 900] * (100_000 // 900)))


HIDDEN = (
    "\0\x08\x0b\x1f\x7f\x80\x9f\xad\u034f\u061c\u180e\u200b\u200d\u200e\u202a\u202e"
    "\u2060\u2066\u2069\u206f\u3164\ufeff\U000e0041\ud800"
)


@pytest.mark.parametrize("hidden", HIDDEN, ids=[f"{ord(each):x}" for each in HIDDEN])
def test_what_no_editor_shows_is_refused_wherever_it_stands(hidden: str) -> None:
    for line in (f"let a{hidden} = 1", f"let a = 1 # x{hidden}", f'let a = "x{hidden}y"', f"{hidden}let a = 1", hidden):
        assert codes(f"{HEAD}let b = 1\n{line}\n") == ["E119"]


def test_signs_with_a_picture_may_stand_in_labels() -> None:
    assert codes(f'{HEAD}component c "Bonus \u2764\ufe0f €" {{\n  pay 1 EUR\n}}\n') == []


@pytest.mark.parametrize("space", ["\x0b", "\x0c", "\x1c", "\u2003", "\u3000", "\u1680"])
def test_a_space_that_plans_do_not_know_is_a_finding(space: str) -> None:
    assert holds(f"{HEAD}let x ={space}1\n")
