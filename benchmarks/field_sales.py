"""Claim: a real quarter-by-quarter field sales plan on 57,851 order lines runs end to end in seconds (aim 5 s)."""

from __future__ import annotations

import sys

from measure import ROOT, SAMPLES, processes, show


def main() -> None:
    data = SAMPLES / "adventureworks-sales"
    if not data.is_dir():
        print(f"skipped: {data} is not there")
        return
    plan = ROOT / "examples" / "adventureworks" / "field-sales.plan"
    run = [sys.executable, "-m", "incentive", "run", str(plan), "--data", str(data), "--format", "csv"]
    explain = [sys.executable, "-m", "incentive", "explain", str(plan), "--data", str(data)]
    seconds = processes(
        {
            "check the data": [sys.executable, "-m", "incentive", "check", str(plan), "--data", str(data)],
            "run, 12 quarters, 18 people": run,
            "explain one line": [
                *explain,
                "--participant",
                "282",
                "--component",
                "commission",
                "--period",
                "FY2018-Q2",
            ],
        },
        rounds=5,
    )
    show("field sales, whole processes", seconds)


if __name__ == "__main__":
    main()
