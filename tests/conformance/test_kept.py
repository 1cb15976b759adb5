"""The collection is kept in order: every public example is accounted for, and every case is one of its own."""

import re
from collections import Counter, defaultdict
from fractions import Fraction

import pytest

from incentive.glossary import glossary, is_computed
from incentive.language.read import survey
from incentive.language.tokens import Piece
from tests.conformance.counting import README, listed, public_id, with_table
from tests.conformance.reading import FOLDER, Case, every_case, rounds_to
from tests.conformance.ways import parsed

# What only examples of a plan say.
WITHOUT_CASE = {"cases", "example", "expect", "given", "timeline"}
every_one = pytest.mark.parametrize("case", every_case(), ids=lambda case: f"{case.family}/{case.id}")


def test_every_public_example_is_a_case_or_says_why_not() -> None:
    shown = {public_id(each) for each in every_case()} - {""}
    known, missing = listed("public.txt"), listed("not_said.txt")
    assert len(known) == 99
    assert shown | missing.keys() == known.keys()
    assert not shown & missing.keys(), "a case and a reason why there is none"
    assert all(missing.values()), "a reason is missing"


def test_names_are_given_once() -> None:
    assert [name for name, number in Counter(each.id for each in every_case()).items() if number > 1] == []


@every_one
def test_what_a_source_states_is_what_comes_out_or_the_case_says_how_it_differs(case: Case) -> None:
    exact = [(each, each.amount) for each in case.expected if each.stated]
    wrong = [
        each.stated for each, amount in exact if not (isinstance(amount, Fraction) and rounds_to(amount, each.stated))
    ]
    assert not wrong or "differs" in case.head, f"{wrong}: say how it differs"


@every_one
def test_a_case_pays_a_line_or_is_refused(case: Case) -> None:
    assert case.refused or {"paid", "zero", "pending"} & case.outcomes
    assert "shows" in case.head
    assert bool(public_id(case)) == ("source" in case.head and "place" in case.head)


def test_no_two_cases_differ_in_numbers_only() -> None:
    found = defaultdict(list)
    for each in every_case():
        found[shape(each)].append(each.id)
    assert [same for same in found.values() if len(same) > 1] == []


def shape(case: Case) -> tuple[object, ...]:
    """A plan without its numbers, labels, notes and names, and how its data and outcomes look."""
    written = "\n".join((case.plan.partition("}")[2], *(text for _, text in case.files)))
    text = re.sub(r'"[^"\n]*"|#.*', '""', written)
    text = re.sub(r"[0-9][0-9_ .,]*|\b[A-Z]{3}\b", "0", text)
    if not case.refused:
        plan = parsed(case.plan, case.files).tree
        own = [each.name for part in (plan.tables, plan.measures, plan.components, plan.definitions) for each in part]
        for name in sorted(own, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}\b", "name", text)
    statuses = Counter(f"{each.status}{each.code}" for each in case.expected)
    codes = tuple(each.code for each in case.refused)
    return (" ".join(text.split()), tuple(sorted(case.tables)), tuple(sorted(statuses)), codes)


OWN = sorted({each.family for each in every_case() if not public_id(each)})


@pytest.mark.parametrize("family", OWN)
def test_a_clause_pays_stands_on_its_edge_and_is_refused_or_pending(family: str) -> None:
    own = [each for each in every_case() if each.family == family]
    outcomes = {outcome for each in own for outcome in each.outcomes}
    assert "paid" in outcomes
    assert outcomes & {"refused", "pending"}
    assert any("edge" in each.head for each in own)


def test_every_word_that_is_computed_stands_in_a_case() -> None:
    found: set[str] = set()
    for each in every_case():
        _, done = survey(each.plan)
        if done is not None:
            found |= {" ".join(runs) for piece in done.pieces for runs in _runs(piece)}
    words = [each for each in glossary() if each.terminals and is_computed(each.entry)]
    missing = {each.english[0] for each in words if " ".join(each.terminals) not in found}
    assert missing == WITHOUT_CASE


def _runs(piece: Piece) -> list[tuple[str, ...]]:
    types = [token.type.removeprefix("KW_") for token in piece.tokens]
    return [tuple(types[at : at + size]) for size in (1, 2, 3) for at in range(len(types))]


def test_the_counts_of_the_page_are_current() -> None:
    text = README.read_text("utf-8")
    assert text == with_table(text), "run: python -m tests.conformance.counting"


def test_every_file_is_a_case_of_a_family() -> None:
    files = {path for path in (FOLDER / "cases").rglob("*") if path.is_file()}
    assert files == {each.path for each in every_case()}
