"""Count the cases by family and outcome: `python -m tests.conformance.counting` writes the table of README.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tests.conformance.reading import FOLDER, Case, every_case

README: Final = FOLDER / "README.md"
OUTCOMES: Final = ("paid", "zero", "pending", "refused")
_TABLE: Final = re.compile(r"(?<=<!-- counted -->\n).*?(?=\n<!-- end -->)", re.DOTALL)
_PUBLIC: Final = re.compile(r"[A-Z]+-[0-9]+")


def public_id(case: Case) -> str:
    """The id of the public example that a case shows; empty for one of our own."""
    found = _PUBLIC.match(case.id)
    return found[0] if found else ""


def listed(name: str) -> Mapping[str, str]:
    """A list beside the cases: what stands first in each line, and the rest of it."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    parts = (line.partition(" ") for line in lines if line and not line.startswith("#"))
    return {first: rest.strip() for first, _, rest in parts}


def table() -> str:
    """The cases by family: how many, how many from a source, on an edge, and with each outcome."""
    families: dict[str, list[Case]] = {}
    for each in every_case():
        families.setdefault(each.family, []).append(each)
    lines = [
        f"| family | cases | public | edge | {' | '.join(OUTCOMES)} |",
        f"| --- |{' ---: |' * (len(OUTCOMES) + 3)}",
        *(_row(name, cases) for name, cases in sorted(families.items())),
        _row("all", list(every_case())),
    ]
    return "\n".join(lines)


def _row(name: str, cases: list[Case]) -> str:
    public = len({public_id(each) for each in cases} - {""})
    edge = sum("edge" in each.head for each in cases)
    counts = [sum(outcome in each.outcomes for each in cases) for outcome in OUTCOMES]
    return f"| {name} | {len(cases)} | {public} | {edge} | {' | '.join(map(str, counts))} |"


def with_table(text: str) -> str:
    """The text of README.md with the table as it is now."""
    return _TABLE.sub(lambda _: table(), text)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text("utf-8")), "utf-8")
