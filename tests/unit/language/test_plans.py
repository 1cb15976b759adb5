"""The plans of the language's first description read without a finding, and the same in both languages."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import attrs
import pytest

from incentive.diagnostics import Language
from incentive.language import Reading, read, syntax, words

PLANS = Path(__file__).parents[2] / "plans"
VOCABULARIES = [
    words.TYPES,
    words.PERIODS,
    words.DURATIONS,
    words.HOLDERS,
    words.GROUPS,
    words.PEOPLE,
    words.ROUNDINGS,
    words.SIDES,
    words.MONTH_ENDS,
    words.FUNCTIONS,
    words.RESULTS,
    words.PEOPLE_TABLE,
    words.UNRATED,
]


def reading(name: str) -> Reading:
    return read((PLANS / name).read_text(encoding="utf-8"), name)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.plan")), ids=lambda path: path.stem)
def test_a_plan_reads_without_a_finding(path: Path) -> None:
    read_plan = reading(path.name)
    assert read_plan.diagnostics == ()
    assert len(read_plan.file.items) > 5


def flat(node: object, language: Language) -> Iterator[object]:
    """A syntax tree as a row of values: classes, values, and words of the author's as sets of canonical meanings."""
    if isinstance(node, tuple):
        yield len(node)
        for each in node:
            yield from flat(each, language)
    elif isinstance(node, (syntax.Name, syntax.Text)):
        found = (words.meaning(each, node.text, language) for each in VOCABULARIES)
        yield type(node), next(filter(None, found), None), node.text
    elif isinstance(node, (syntax.Node, syntax.File)):
        yield type(node)
        for each in attrs.fields(type(node)):
            if each.name != "span":
                yield from flat(getattr(node, each.name), language)
    else:
        assert node is None or isinstance(node, (str, int, bool, Fraction)) or hasattr(node, "isoformat")
        yield node


@pytest.mark.parametrize("letter", ["c", "d", "e"])
def test_the_french_twin_gives_the_tree_of_the_english_plan(letter: str) -> None:
    english = list(flat(reading(f"{letter}_en.plan").file, "en"))
    french = list(flat(reading(f"{letter}_fr.plan").file, "fr"))
    renamed: dict[object, object] = {}
    back: dict[object, object] = {}
    assert len(english) == len(french)
    for one, other in zip(english, french, strict=True):
        if isinstance(one, tuple) and isinstance(other, tuple):
            assert one[:2] == other[:2]
            assert renamed.setdefault(one[0::2], other[0::2]) == other[0::2]
            assert back.setdefault(other[0::2], one[0::2]) == one[0::2]
        else:
            assert one == other
