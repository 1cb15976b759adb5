"""Threads change no byte of a result; that the order of rows does not either is tested with every drawn plan."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = 12
SCRIPT = f"""
import json, io
from tests.differential.comparing import make_case, ready, WIDTHS
for seed in range({SEEDS}):
    made = ready(make_case(seed))
    for widths in WIDTHS:
        found = made.columns(widths)
        print(seed, json.dumps(found.result.to_dict(), sort_keys=True))
        print(found.frame.to_dict(as_series=False))
"""


def _printed(threads: int) -> bytes:
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    env = os.environ | {"POLARS_MAX_THREADS": str(threads), "PYTHONPATH": path}
    found = subprocess.run([sys.executable, "-c", SCRIPT], env=env, capture_output=True, check=True, cwd=ROOT)
    return found.stdout


def test_one_thread_and_two_give_the_same_bytes() -> None:
    one = _printed(1)
    assert one.count(b"\n") == SEEDS * 3 * 2
    assert one == _printed(2)
