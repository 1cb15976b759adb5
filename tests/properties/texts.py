"""Texts to read: bytes, heaps of words, plans of the grammar, and the plans of this project a little wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import lark
from hypothesis import strategies as st
from hypothesis.extra.lark import from_lark

from incentive.diagnostics import Language
from incentive.language import tables, translate, words

ROOT: Final = Path(__file__).parents[2]
FILES: Final = [*sorted((ROOT / "tests" / "plans").glob("*.plan")), *sorted((ROOT / "examples").rglob("*.plan"))]
TOKEN: Final = re.compile(r'"[^"\n]*"|#[^\n]*|[0-9]+(?:[.,][0-9]+)*|\w+|[ \t]+|\n|.')
LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
ODD: Final = (
    "\0\t\r\x0b\x0c\x1c\x7f\x85\xa0\xad\u0301\u061c\u180e\u2003\u200b\u200d\u200e\u2028\u2029\u202e\u202f"
    "\u2066\ufeff\ud800"
)
SIGNS: Final = "{}()[]\"“”«»;:,.|=<>≤≥≠!+-*/%€$£#'’_@\\0123456789"


@cache
def plans() -> tuple[str, ...]:
    """Every plan of the project, as it is and in the other language."""
    own = [path.read_text(encoding="utf-8") for path in FILES]
    twins = [translate(text, to) for text in own for to in LANGUAGES]
    return tuple(dict.fromkeys([*own, *(each.text for each in twins if not each.diagnostics)]))


def cut(text: str) -> list[str]:
    """A text as its words, signs, spaces and line ends."""
    return TOKEN.findall(text)


@cache
def vocabulary() -> tuple[str, ...]:
    """Whatever stands in some plan, and every word of the language."""
    seen = {each for text in plans() for each in cut(text) if not each.isspace() and not each.startswith("#")}
    known = {phrase for row in words.WORDS for side in LANGUAGES for phrase in row.phrases(side)}
    return tuple(sorted(seen | known | set(SIGNS) | set(ODD)))


def header(language: Language) -> str:
    return f"incentive 1 {language}\n"


# ---- heaps -----------------------------------------------------------------------------------------------------------
some_bytes: Final = st.one_of(
    st.binary(max_size=500),
    st.binary(max_size=100).map(b"incentive 1 en\n".__add__),
    st.builds(
        str.encode,
        st.deferred(lambda: st.sampled_from(plans())),
        st.sampled_from(["utf-16", "utf-16-le", "utf-32", "utf-7"]),
    ),
    st.builds(
        lambda text, at, raw: text.encode()[:at] + raw + text.encode()[at:],
        st.deferred(lambda: st.sampled_from(plans())),
        st.integers(0, 2_000),
        st.binary(min_size=1, max_size=4),
    ),
)
some_text: Final = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=SIGNS + ODD + " \n\nabcdeéàpytfromif", max_size=300),
    st.text(alphabet=SIGNS + " \n\n\nabcdefr", max_size=300).map(header("fr").__add__),
)
heaps: Final = st.builds(
    lambda language, each: header(language) + " ".join(each),
    st.sampled_from(LANGUAGES),
    st.deferred(lambda: st.lists(st.sampled_from([*vocabulary(), *["\n"] * 60, *"{}()" * 9]), max_size=80)),
)


# ---- the grammar -----------------------------------------------------------------------------------------------------
_NAMES: Final = [
    "a",
    "b",
    "c",
    "deals",
    "amount",
    "revenue",
    "quota",
    "who",
    "role",
    "team",
    "manager",
    "people",
    "month",
    "year",
    "day",
    "EUR",
    "x1",
    "café",
    "source",
    "nom",
]
_STARTS: Final = [
    "plan",
    "facts",
    "input",
    "parameter",
    "let",
    "measure",
    "scale",
    "group",
    "scorecard",
    "split",
    "gate",
    "component",
    "example",
    "settlement",
    "table",
    "check",
]
_NUMBERS: Final = ["0", "1", "5", "2 000", "1.5", "1,5", "1_000", "9" * 18, "9" * 19, "0.000000000001", "1.2.3", "007"]
_LITERALS: Final[dict[str, list[str]]] = {
    "NAME": _NAMES,
    "NUMBER": _NUMBERS,
    "PERCENT": ["0%", "5%", "50 %", "100%", "12.5%", "12,5 %", "1000%"],
    "STRING": ['"A"', '""', '"Europe/Paris"', '"{x} # \' é"', '"ana"'],
    "CURLY": ["“x”", "«x»"],
    "DATE": ["2026-01-01", "2026-02-30", "0000-00-00", "2199-12-31", "9999-12-31"],
    "MONTH": ["2026-03", "2026-13"],
    "QUARTER": ["2026-Q1", "2026-T4", "2026-H2"],
    "PERIODLIT": ["FY2026", "2026-W53", "FY2026-Q1", "FY0000"],
    "MONTHDAY": ["07-01", "02-30", "13-99"],
    "CURRENCY": ["EUR", "USD", "JPY"],
    "SYMBOL": ["€", "$"],
    "COMPARISON": ["<", "<=", ">", ">=", "!=", "<>", "==", "≤"],
    "OPENTEXT": ['"open\n'],
    "ELISION": ["d'", "l’"],
    "JUNK": ["@", "\\", "~"],
    "_NL": ["\n", "\n", "\n\n", "  # a comment\n"],
}
_KEYWORD: Final = re.compile("\0(KW_\\w+) ")


@cache
def _phrases(language: Language) -> dict[tuple[str, ...], tuple[str, ...]]:
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in words.WORDS:
        key = tuple(f"KW_{each}" for each in row.terminals)
        out[key] = out.get(key, ()) + row.phrases(language)
    return out


def spelt(text: str, language: Language, pick: Callable[[Sequence[str]], str]) -> str:
    """A text with marks in place of keywords, in a language: the longest phrase that stands for the next marks."""
    table = _phrases(language)
    parts = _KEYWORD.split(text)
    out = [parts[0]]
    at = 1
    while at < len(parts):
        run = [parts[at]]
        while at + 2 * len(run) < len(parts) and not parts[at + 2 * len(run) - 1].strip():
            run.append(parts[at + 2 * len(run)])
        size = next((n for n in range(len(run), 0, -1) if tuple(run[:n]) in table), 0)
        known = table[tuple(run[:size])] if size else (run[0].removeprefix("KW_").lower(),)
        at += 2 * max(size, 1)
        out += [f" {pick(known)} ", parts[at - 1]]
    return "".join(out)


@cache
def _written() -> st.SearchStrategy[str]:
    grammar = lark.Lark(tables.grammar_text(), parser="lalr", lexer="basic", start=_STARTS)
    terminals, rules, _ = grammar.grammar.compile(_STARTS, ())
    explicit = {
        name: st.sampled_from(each).map(lambda text: text if text.endswith("\n") else f" {text} ")
        for name, each in _LITERALS.items()
    }
    explicit |= {name: st.just(f"\0{name} ") for name in words.keyword_terminals()}
    fixed = {each.name: each.pattern.value for each in terminals if each.pattern.type == "str"}
    explicit |= {name: st.just(f" {sign} ") for name, sign in fixed.items()}
    known = {each.name for each in terminals} | {each.name for rule in rules for each in rule.expansion}
    return from_lark(grammar, explicit={name: each for name, each in explicit.items() if name in known})


@st.composite
def grammatical(draw: st.DrawFn) -> str:
    """Blocks that the grammar allows, in a language, perhaps behind a sound plan."""
    language = draw(st.sampled_from(LANGUAGES))
    before = draw(st.sampled_from(["", *plans()]))
    before = before if before.startswith(header(language)) else header(language)
    blocks = draw(st.lists(_written(), min_size=1, max_size=4))
    pick = draw(st.randoms(use_true_random=False)).choice
    return before + "\n".join(spelt(each, language, pick) for each in blocks)


# ---- plans a little wrong --------------------------------------------------------------------------------------------
@st.composite
def mangled(draw: st.DrawFn) -> str:
    """A plan with words deleted, doubled, swapped or replaced, or with lines of another plan."""
    tokens = cut(draw(st.sampled_from(plans())))
    for _ in range(draw(st.integers(1, 4))):
        if len(tokens) < 3:
            break
        at = draw(st.integers(0, len(tokens) - 2))
        match draw(st.sampled_from(["delete", "double", "swap", "replace", "insert", "stretch", "line", "splice"])):
            case "delete":
                del tokens[at]
            case "double":
                tokens.insert(at, tokens[at])
            case "swap":
                tokens[at], tokens[at + 1] = tokens[at + 1], tokens[at]
            case "replace":
                tokens[at] = draw(st.sampled_from(vocabulary()))
            case "insert":
                tokens.insert(at, f" {draw(st.sampled_from(vocabulary()))} ")
            case "stretch":
                del tokens[at : at + draw(st.integers(2, 60))]
            case "line":
                lines = "".join(tokens).split("\n")
                here = draw(st.integers(0, len(lines) - 1))
                lines.insert(draw(st.integers(0, len(lines))), lines.pop(here))
                tokens = cut("\n".join(lines))
            case _:
                other = cut(draw(st.sampled_from(plans())))
                start = draw(st.integers(0, len(other) - 1))
                tokens[at:at] = other[start : start + draw(st.integers(1, 80))]
    return "".join(tokens)


@st.composite
def respelt(draw: st.DrawFn) -> str:
    """A plan that stays sound often: words of the same kind take each other's places."""
    text = draw(st.sampled_from(plans()))
    tokens = cut(text)
    kinds: list[Callable[[str], bool]] = [
        lambda each: each[:1].isdigit(),
        lambda each: each[:1] == '"',
        lambda each: each[:1].isalpha(),
        lambda each: each in "+-*/<>=",
    ]
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from(kinds))
        places = [at for at, each in enumerate(tokens) if each.strip() and kind(each)]
        if places:
            tokens[draw(st.sampled_from(places))] = tokens[draw(st.sampled_from(places))]
    return "".join(tokens)
