"""Claim: one person is paid from five figures in tens of microseconds, warm (aim 50 us, 150 us explained)."""

from __future__ import annotations

from decimal import Decimal

from measure import ROOT, calls, show

import incentive


def main() -> None:
    plans = ROOT / "tests" / "plans"
    slices = incentive.load(plans / "a_en.plan")
    bonus = incentive.load(plans / "c_en.plan")
    two = {"quota": Decimal(600_000), "revenue": Decimal(800_000)}
    five = {
        "target_bonus": Decimal(3_000),
        "quota": Decimal(100_000),
        "revenue": Decimal(110_000),
        "team.quota": Decimal(800_000),
        "team.revenue": Decimal(720_000),
    }
    seconds = calls(
        {
            "70/30 bonus, five figures": lambda: bonus.pay("2026-Q1", **five),
            "70/30 bonus, explained": lambda: bonus.pay("2026-Q1", **five).explain("bonus"),
            "accumulated slices, two figures": lambda: slices.pay("2026-03", **two),
            "accumulated slices, explained": lambda: slices.pay("2026-03", **two).explain("commission"),
        }
    )
    show("plan.pay, warm", seconds)


if __name__ == "__main__":
    main()
