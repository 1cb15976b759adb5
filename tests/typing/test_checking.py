"""What type checkers know of a check."""

from __future__ import annotations

from typing import assert_type

from incentive import tree
from incentive.checking import Checked, check
from incentive.diagnostics import Diagnostic, Source


def test_a_check_is_typed() -> None:
    checked = assert_type(check("incentive 1 en"), Checked)
    assert_type(checked.plan, tree.Plan | None)
    assert_type(checked.diagnostics, tuple[Diagnostic, ...])
    assert_type(checked.source, Source)
    assert checked.plan is None
