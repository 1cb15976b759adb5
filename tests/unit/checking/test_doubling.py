"""Definitions that double each other: forty stand for a sum of a million million terms, and are read once each."""

from __future__ import annotations

import pytest

import incentive
from tests.unit.checking.preamble import around

COUNT = 40


@pytest.mark.parametrize(
    ("start", "sign", "pay"),
    [
        ("revenue", "+", "1% of a40"),
        ("deals_won", "+", "1 EUR * (1 deals / a40 if missing 1)"),
        ("2", "*", "1 EUR * (1 / a40)"),
    ],
)
def test_each_definition_is_looked_at_once(start: str, sign: str, pay: str) -> None:
    doubled = "".join(f"let a{at + 1} = a{at} {sign} a{at}\n" for at in range(COUNT))
    found = incentive.check(around(f"let a0 = {start}\n{doubled}component extra {{\n  pay {pay}\n}}\n", "en"))
    assert [each.code for each in found if each.code != "W440"] == []


def test_what_they_subtract_is_still_told() -> None:
    doubled = "".join(f"let a{at + 1} = a{at} + a{at}\n" for at in range(COUNT))
    lines = f"let a0 = revenue - 1 EUR\n{doubled}component extra {{\n  pay 1% of a40\n}}\n"
    assert "W415" in {each.code for each in incentive.check(around(lines, "en"))}
