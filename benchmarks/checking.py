"""Claim: a plan is parsed and checked in the time of a key press (aim 20 ms for 100 lines)."""

from __future__ import annotations

from measure import ROOT, calls, show
from startup import plan_of_100_lines

from incentive.checking import check
from incentive.language import read


def main() -> None:
    hundred = plan_of_100_lines()
    plans = {
        name: (ROOT / "tests" / "plans" / f"{name}.plan").read_text(encoding="utf-8")
        for name in ("a_en", "b_en", "c_en", "c_fr")
    }
    seconds = calls(
        {
            "read 100 lines": lambda: read(hundred),
            "check 100 lines": lambda: check(hundred),
            **{f"check {name}": (lambda text=text: check(text)) for name, text in plans.items()},
        },
        repeat=20,
    )
    show("parse and check, warm", seconds)


if __name__ == "__main__":
    main()
