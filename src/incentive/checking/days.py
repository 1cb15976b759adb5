"""Days that the plan names, and parameters that have no value yet on them."""

from __future__ import annotations

from datetime import date

from incentive import tree
from incentive.checking.desk import Desk


def has_no_value(desk: Desk, parameter: tree.Parameter, on: tree.Expr) -> bool:
    """Whether a parameter is read on a day before its first value; a finding says so."""
    start = parameter.values[0].start
    if not isinstance(on, tree.Constant) or not isinstance(on.value, date) or on.span is None:
        return False
    if start is None or on.value >= start:
        return False
    desk.report("E527", on.span, name=parameter.name, day=str(on.value), start=str(start))
    return True
