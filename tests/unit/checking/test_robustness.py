"""Whatever a plan's text becomes, the checker answers, and points inside the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive.checking import Checked, check
from tests.unit.checking.asking import PLANS, bonus, codes, of
from tests.unit.checking.preamble import around

TEXTS = {name: (PLANS / f"{name}.plan").read_text(encoding="utf-8") for name in ("a_en", "b_en", "c_en")}
TOKEN = re.compile(r'"[^"\n]*"|\w+|\s+|.')
WORDS = sorted({each for text in TEXTS.values() for each in TOKEN.findall(text) if not each.isspace()})


def within_the_text(checked: Checked) -> bool:
    length = len(checked.source.text)
    spans = [label.span for each in checked.diagnostics for label in each.labels]
    spans += [edit.span for each in checked.diagnostics for fix in each.fixes for edit in fix.edits]
    return all(0 <= span.start <= span.end <= max(length, 1) for span in spans)


def answers(text: str) -> Checked:
    checked = check(text)
    assert within_the_text(checked)
    lines = [each.span.line for each in checked.diagnostics if each.span and each.severity == "error"]
    assert lines == sorted(lines)
    assert (checked.plan is None) == any(each.severity == "error" for each in checked.diagnostics)
    return checked


@pytest.mark.parametrize("name", TEXTS)
@given(st.data())
@settings(max_examples=150)
def test_a_token_deleted_doubled_swapped_or_replaced_is_answered(name: str, data: st.DataObject) -> None:
    tokens = TOKEN.findall(TEXTS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(tokens) - 2))
        match data.draw(st.sampled_from(["delete", "double", "swap", "replace"])):
            case "delete":
                del tokens[at]
            case "double":
                tokens.insert(at, tokens[at])
            case "swap":
                tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
            case _:
                tokens[at] = data.draw(st.sampled_from(WORDS))
    answers("".join(tokens))


@given(st.lists(st.sampled_from([*WORDS, "\n", " "]), max_size=60))
def test_a_heap_of_words_is_answered(words: list[str]) -> None:
    answers("incentive 1 en\n" + " ".join(words))


@pytest.mark.parametrize("operator", ["+", "-"])
def test_ten_thousand_terms_do_not_recurse(operator: str) -> None:
    assert codes("let a = " + f" {operator}\n".join(["revenue"] * 10_000)) == []


@pytest.mark.parametrize("operator", ["and", "or"])
def test_ten_thousand_conditions_do_not_recurse(operator: str) -> None:
    condition = f" {operator}\n".join(["revenue > 0 EUR"] * 10_000)
    assert codes(bonus("pay 1 EUR", f"when {condition}")) == []


def test_a_ladder_of_five_thousand_branches_does_not_recurse() -> None:
    ladder = "\n  else ".join(f"if revenue > {n} EUR then {n} EUR" for n in range(5_000))
    assert codes(bonus(f"pay {ladder}\n  else 0 EUR")) == []


def test_a_line_has_at_most_one_error() -> None:
    assert codes(bonus("pay (a + b + c) * unknown")) == ["E200"]


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = of("let b = 2026-03\nlet a = unknown_thing\n" + bonus("pay 5%")).diagnostics
    assert [each.span.line for each in found if each.span] == [2, 3, 5]


def test_the_first_hundred_findings_are_shown_and_the_others_counted() -> None:
    found = of("\n".join(f"let a{n} = 2026-01" for n in range(130))).diagnostics
    assert len(found) == 101
    assert found[-1].code == "E199"
    assert "30" in found[-1].message


def test_a_check_says_the_same_however_deep_its_caller_stands() -> None:
    def deep(levels: int, text: str) -> Checked:
        return deep(levels - 1, text) if levels else check(text)

    nested = "let a = " + "(" * 60 + "revenue" + ")" * 60
    chain = "\n".join(["let a0 = revenue", *(f"let a{n + 1} = a{n} + revenue" for n in range(60))])
    for lines, found in ((nested, []), (chain, []), (f"{chain}\nlet a0 = 1 EUR", ["E210"])):
        text = around(lines, "en")
        assert [each.code for each in check(text).diagnostics if each.code != "W440"] == found
        assert deep(700, text) == check(text)
