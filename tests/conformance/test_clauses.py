"""Each clause of the language reference is paid, stands on an edge, and is refused or pending, in some case.

Families of cases are of our own making, and a clause that belongs to none would go unnoticed. So the list beside this
file is that of the reference, heading by heading and row by row, and says how a plan shows each.
"""

import re
from pathlib import Path

import pytest
from attrs import frozen

from tests.conformance.reading import FOLDER, Case, every_case

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "language.md").read_text("utf-8")
OUTSIDE = {"example"}
"""Clauses of examples in a plan, which pay nobody; `tests/unit/checking` and `incentive test` are theirs."""
KINDS = ("paid", "edge", "refused")


@frozen
class Clause:
    """A line of the list: of which heading, what it is called, and how it is found in a plan."""

    heading: str
    name: str
    found_by: str

    def cases(self) -> list[Case]:
        """The cases in English whose plan has the clause."""
        pattern = re.compile(self.found_by, re.MULTILINE)
        return [each for each in every_case() if each.plan.startswith("incentive 1 en") and pattern.search(each.plan)]

    def missing(self) -> set[str]:
        """What none of its cases does."""
        cases = self.cases()
        does = {outcome for each in cases for outcome in each.outcomes}
        found = {"paid"} & does | ({"refused"} if does & {"refused", "pending"} else set())
        found |= {"edge"} if any("edge" in each.head for each in cases) else set()
        return set(KINDS) - found


def said() -> list[tuple[str, str]]:
    """The headings of the reference, and the first cell of each row of a table below them."""
    found: list[tuple[str, str]] = []
    inside, below = False, False
    for line in REFERENCE.splitlines():
        inside ^= line.startswith("```")
        if inside:
            continue
        if line.startswith(("## ", "### ")):
            found.append((line.lstrip("# ").replace("`", ""), ""))
        below = line.startswith("|") and (below or bool(re.match(r"\|[ -]+\|", line)))
        if below and not re.match(r"\|[ -]+\|", line) and found[-1][0] not in OUTSIDE:
            found.append((found[-1][0], line.split("|")[1].strip()))
    return found


def listed() -> list[Clause]:
    """The list, line by line."""
    found: list[Clause] = []
    heading = ""
    for line in (FOLDER / "clauses.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, by = line.split(" :: ")
        heading = heading if line.startswith("  ") else name
        found.append(Clause(heading, name.strip() if line.startswith("  ") else "", by))
    return found


CLAUSES = [each for each in listed() if each.found_by != "-"]


def test_the_list_is_that_of_the_reference() -> None:
    assert [(each.heading, each.name) for each in listed()] == said()


@pytest.mark.parametrize(
    "clause", CLAUSES, ids=lambda each: f"{each.heading}: {each.name}" if each.name else each.heading
)
def test_a_clause_is_paid_stands_on_an_edge_and_is_refused(clause: Clause) -> None:
    assert clause.missing() == set()
