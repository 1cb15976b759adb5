"""The page of what columns do not compute names every reason that there is, and no other."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
REASON = re.compile(r'NotLoweredError\(\s*"([^"]*)"')


def test_every_reason_stands_on_the_page() -> None:
    files = [path for room in ("engines/columnar", "columns") for path in (ROOT / "src/incentive" / room).glob("*.py")]
    raised = {reason for path in files for reason in REASON.findall(path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs/reference/columns.md").read_text(encoding="utf-8")
    told = {each for each in re.findall(r"`([^`\n]*)`", page) if " " in each}
    assert raised == told
