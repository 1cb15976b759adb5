"""Time commands and calls on a noisy machine: candidates in turn, medians, ratios."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = Path(os.environ.get("INCENTIVE_SAMPLES", ROOT.parent / "shared" / "data"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def processes(commands: Mapping[str, list[str]], rounds: int = 15) -> dict[str, float]:
    """Median seconds of each command, one after the other in each round."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():  # the first run writes byte code, as an installation does
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=ENVIRONMENT)
    for _ in range(rounds):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=ENVIRONMENT)
            seconds[name].append(time.perf_counter() - start)
    return {name: median(values) for name, values in seconds.items()}


def calls(candidates: Mapping[str, Callable[[], object]], rounds: int = 7, repeat: int = 2_000) -> dict[str, float]:
    """Median seconds of one call, warm, `repeat` calls a round."""
    seconds: dict[str, list[float]] = {name: [] for name in candidates}
    for candidate in candidates.values():
        candidate()
    for _ in range(rounds):
        for name, candidate in candidates.items():
            start = time.perf_counter()
            for _ in range(repeat):
                candidate()
            seconds[name].append((time.perf_counter() - start) / repeat)
    return {name: median(values) for name, values in seconds.items()}


def python(code: str) -> list[str]:
    """A command that runs code in this interpreter."""
    return [sys.executable, "-c", code]


def show(title: str, seconds: Mapping[str, float], base: str | None = None) -> None:
    """Print a table: milliseconds, and the ratio to a base."""
    print(title)
    for name, value in seconds.items():
        ratio = f"  {value / seconds[base]:6.2f} x {base}" if base and base != name else ""
        print(f"  {name:<40} {value * 1000:10.3f} ms{ratio}")
