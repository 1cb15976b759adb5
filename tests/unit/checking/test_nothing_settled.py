"""A settlement without a step."""

from __future__ import annotations

import incentive
from tests.unit.checking.preamble import around


def test_an_empty_settlement_is_a_finding_and_no_fault() -> None:
    found = [each for each in incentive.check(around("settlement {\n}\n", "en")) if each.severity == "error"]
    assert [each.code for each in found] == ["E450"]
