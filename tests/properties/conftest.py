"""Draw the same examples everywhere, and let a slow machine be slow: the gate is no lottery."""

import pytest
from hypothesis import settings

from tests.properties.effort import summary

settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many examples a long run has tried."""
    for line in summary():
        terminalreporter.write_line(line)
