"""Where the example plans are, and the public sample files that two of them read."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def examples() -> Path:
    return ROOT / "examples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample files; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("INCENTIVE_SAMPLES", str(ROOT.parent / "shared" / "data")))
    if not folder.is_absolute():
        folder = ROOT / folder
    if not folder.is_dir():
        pytest.skip("no sample data: set INCENTIVE_SAMPLES to the folder that holds them")
    return folder
