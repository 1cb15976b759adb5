"""Collect `.plan` files with pytest: each example is a test, a plan that does not check is one that fails.

A plan is code that pays people, and its examples belong with the other tests of the house that runs it. The plug-in is
loaded in every run of pytest where the library is installed, most of which have no plan, so it imports nothing of the
library until one is found. `incentive_plans = false` turns it off, `-m "not incentive"` leaves examples out of a run.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import pytest

_OPTION = "incentive_plans"
_ENDING = ".plan"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what turns the plug-in off."""
    parser.addini(_OPTION, "collect .plan files and run their examples", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of examples."""
    config.addinivalue_line("markers", "incentive: an example of a plan, or a plan that does not check")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a plan."""
    if file_path.suffix != _ENDING or not parent.config.getini(_OPTION):
        return None
    collect: Callable[[pytest.Collector, Path], pytest.Collector] = importlib.import_module(f"{__name__}.items").collect
    return collect(parent, file_path)
