"""Golden files are written anew by `pytest tests/golden --update-golden`; read the difference before keeping it."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write what is said now into the golden files")
