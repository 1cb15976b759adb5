"""A year of the public samples, closed month by month on late data, is the year computed at once."""

import importlib.util
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import incentive


@pytest.fixture(scope="module")
def program(examples: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("year", examples / "closing" / "year.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules["year"] = made
    spec.loader.exec_module(made)
    return made


def reconciled(year: Any) -> None:  # noqa: ANN401 - of the program
    """Each total is that of the year at once, each correction is told, each state follows the one before."""
    assert year.due == {who: amount for who, amount in year.whole.items() if who in year.due}
    assert all(amount == 0 for who, amount in year.whole.items() if who not in year.due)
    assert year.not_explained == 0
    assert year.explained == sum(count for _, _, _, count in year.months)
    states = [run.close() for run in year.runs]
    assert [each.previous for each in states[1:]] == [each.id for each in states[:-1]]


@pytest.mark.parametrize(
    ("name", "total", "kinds"),
    [
        (
            "field_sales",
            Fraction(24930584, 100),
            {"added sales", "removed sales", "input target", "parameter overlay_rate"},
        ),
        ("funnel", Fraction(139450), {"added deals"}),
    ],
)
def test_a_year_closed_month_by_month_is_the_year_at_once(
    program: ModuleType, samples: Path, name: str, total: Fraction, kinds: set[str]
) -> None:
    close: Callable[[Path], Any] = getattr(program, name)
    year = close(samples)
    reconciled(year)
    assert sum(year.due.values()) == sum(year.whole.values()) == total
    assert set(year.causes) == {*kinds, "plan"}
    assert all(count > 0 for _, _, _, count in year.months[2:])


def test_the_plan_of_the_field_sales_year_is_sound(examples: Path) -> None:
    text = (examples / "closing" / "field-sales-monthly.plan").read_text("utf-8")
    assert incentive.check(text) == ()
