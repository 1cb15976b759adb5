"""The collection can fail: what is miswritten is refused, what is wrong is told, and each way changes something."""

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from incentive.engines import Engine
from tests.conformance.reading import FOLDER, Case, CaseError, every_case, read
from tests.conformance.running import problems, unlike_figures
from tests.conformance.ways import Made, as_written, formatted, kept, padded, renamed, shuffled, translated

TEXT = (FOLDER / "cases" / "tiered_marginal" / "TM-01.case").read_text("utf-8")


def changed(old: str, new: str, folder: Path) -> Path:
    assert old in TEXT
    path = folder / "changed.case"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("shows:", "show:", "expected one of"),
        ("[facts deals]", "[rows deals]", "there is no block"),
        ("[facts deals]", "[file]", "there is no block"),
        ("Ana,   175000, 2026-01-20", "Ana,   175000", "2 cells under 3 columns"),
        ("paid,   13500", "zero,   13500", "zero is an amount of 0"),
        ("paid,   13500", "paid,   ", "pending alone has no amount"),
        ("paid,   13500", "pending P2, ", "is no code"),
        ("figure,     status", "what,       status", "the columns are"),
        ("[plan]", "[refused]\n\n[plan]", ""),
    ],
)
def test_a_case_that_is_miswritten_is_refused(old: str, new: str, says: str, tmp_path: Path) -> None:
    path = changed(old, new, tmp_path)
    if says:
        with pytest.raises(CaseError, match=says):
            read(path)
    else:
        assert read(path).expected


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("paid,   13500", "paid,   13500.01", "not paid 1350001/100"),
        ("paid,   13500", "pending,", "is paid 13500, not pending"),
        ("Ana,         2026-01, commission", "Bob,         2026-01, commission", "is zero 0"),
    ],
)
def test_a_wrong_line_is_told(old: str, new: str, says: str, tmp_path: Path) -> None:
    engine: Engine = "reference"
    found = list(problems(read(changed(old, new, tmp_path)), engine))
    assert len(found) == 1
    assert says in found[0]


def test_a_wrong_figure_is_told(tmp_path: Path) -> None:
    path = changed("known,  175000", "known,  17.5%", tmp_path)
    assert list(unlike_figures(read(path))) == [f"line {_line(path, '17.5%')}: sales is 175000, not 7/40"]


def _line(path: Path, text: str) -> int:
    return next(at for at, line in enumerate(path.read_text("utf-8").splitlines(), 1) if text in line)


def test_a_row_that_counts_is_told_beside_those_that_do_not() -> None:
    case = read(FOLDER / "cases" / "tiered_marginal" / "TM-01.case")
    row = {"owner": "Ana", "amount": "1", "closed_on": "2026-01-21"}
    found = list(problems(evolve(case, beside={"deals": (row,)}), "reference"))
    assert [each.split(":")[0] for each in found] == ["padded"]


@pytest.mark.parametrize(
    ("way", "least"),
    [(shuffled, 0.5), (renamed, 0.9), (padded, 0.7), (formatted, 0.2), (kept, 1), (translated, 1)],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_way_changes_most_cases(way: Callable[[Case, Made], Made], least: float) -> None:
    sound = [each for each in every_case() if not each.refused]
    other = [each for each in sound if not _same(way(each, as_written(each)), as_written(each))]
    assert len(other) >= least * len(sound), f"{len(other)} of {len(sound)}"


def _same(one: Made, other: Made) -> bool:
    return (one.tables, one.people, one.inputs) == (other.tables, other.people, other.inputs) and one.plan is other.plan
