"""The notebook of the examples runs from its first cell to its last, and finds what it says."""

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("polars", reason="Polars is not installed")

NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook" / "prototyping.ipynb"


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    """What its cells define, run in their order."""
    found: dict[str, Any] = {"__name__": "__notebook__"}
    for at, cell in enumerate(json.loads(NOTEBOOK.read_text("utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"{NOTEBOOK.name}, cell {at}", "exec"), found)
    return found


def test_frames_are_paid(names: dict[str, Any]) -> None:
    assert [str(line.amount) for line in names["run"].payouts] == ["7 800.00 EUR", "2 275.03 EUR", "7 200.00 EUR"]
    assert names["run"].engine == "columnar"


def test_a_higher_rate_pays_more(names: dict[str, Any]) -> None:
    low, now, high = (total.exact for total in names["what_if"].values())
    assert low < now < high
    assert now == names["run"].total.exact


def test_the_curve_bends_at_its_bounds(names: dict[str, Any]) -> None:
    points = dict(names["curve"].iter_rows())
    assert [points[each] for each in (0, 50, 100, 110, 120, 130)] == [0, 2_500, 5_000, 5_800, 6_600, 7_800]


def test_figures_are_kept_for_everybody(names: dict[str, Any]) -> None:
    assert names["figures"].height == 3
    assert names["why"].value == 7_800


def test_it_is_kept_without_output() -> None:
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)
