"""Claim: importing and checking are as light as a command line tool in a commit hook needs.

`import incentive` at most 1.35 x `import lark, attr, dateutil`, and no heavy module with it; `incentive check` of a
plan of 100 lines at most 2.5 x a process that only imports lark and attrs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from measure import ROOT, processes, python, show


def plan_of_100_lines() -> str:
    """Plan (b) of the tests, with more parameters until it has 100 lines."""
    text = (ROOT / "tests" / "plans" / "b_en.plan").read_text(encoding="utf-8")
    missing = 100 - text.count("\n")
    return text + "".join(f"parameter extra_{number} = {number + 1} EUR\n" for number in range(missing))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "hundred.plan"
        plan.write_text(plan_of_100_lines(), encoding="utf-8")
        seconds = processes(
            {
                "python -c pass": python("pass"),
                "import lark, attrs": python("import lark, attrs"),
                "import lark, attr, dateutil": python("import lark, attr, dateutil"),
                "import incentive": python("import incentive"),
                "import incentive, first use of load": python("import incentive; incentive.load"),
                "incentive check (100 lines)": [sys.executable, "-m", "incentive", "check", str(plan)],
            }
        )
    show("imports, whole processes", seconds, "import lark, attr, dateutil")
    show("check, whole processes", seconds, "import lark, attrs")
    code = "import sys, incentive; print([m for m in ('polars', 'pandas', 'numpy', 'rich') if m in sys.modules])"
    heavy = subprocess.run(python(code), check=True, capture_output=True, text=True)
    print("heavy modules after import incentive:", heavy.stdout.strip())


if __name__ == "__main__":
    main()
