"""Incentive plans: exact, explained, checked pay from a plan file.

    import incentive

    plan = incentive.load("ae-2026.plan")                      # raises PlanError with every mistake of the file
    run = plan.run(incentive.Dataset.from_folder("march"), period="2026-03")
    print(run["ana"], run.explain("ana", "commission"))

This module is the only public door, with `incentive.tree` for those who walk a plan's meaning and `incentive.folders`
for runs that are kept. Everything in it is frozen, typed and safe to share between threads. Names are loaded on first
use, so that importing costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Final

from incentive.version import VERSION

if TYPE_CHECKING:  # the door alone is lazy: type checkers see the names, programs load them on first use
    from incentive import folders, tree
    from incentive.closing import Closed
    from incentive.data import Dataset, Facts, Mapping
    from incentive.diagnostics import (
        DataError,
        DataPlace,
        Diagnostic,
        Edit,
        Fix,
        IncentiveError,
        InternalError,
        Label,
        PlanError,
        Source,
        Span,
        UsageError,
        render,
    )
    from incentive.plan import Plan, Requirements, Run, Statement, check, compare, load, parse
    from incentive.plans import Coverage, Plans, Runs, Total, load_all
    from incentive.quantities import FiscalYear, Money, Period
    from incentive.results import (
        Accounting,
        Cause,
        Correction,
        Difference,
        Explanation,
        LaneReport,
        Payment,
        Payout,
        Reconciliation,
        Settlement,
    )

__version__: Final = VERSION

_ROOMS: Final = {
    "Accounting": "results",
    "Cause": "results",
    "Closed": "closing",
    "Correction": "results",
    "Coverage": "plans",
    "DataError": "diagnostics",
    "DataPlace": "diagnostics",
    "Dataset": "data",
    "Diagnostic": "diagnostics",
    "Difference": "results",
    "Edit": "diagnostics",
    "Explanation": "results",
    "Facts": "data",
    "FiscalYear": "quantities",
    "Fix": "diagnostics",
    "IncentiveError": "diagnostics",
    "InternalError": "diagnostics",
    "Label": "diagnostics",
    "LaneReport": "results",
    "Mapping": "data",
    "Money": "quantities",
    "Payment": "results",
    "Payout": "results",
    "Period": "quantities",
    "Plan": "plan",
    "PlanError": "diagnostics",
    "Plans": "plans",
    "Reconciliation": "results",
    "Requirements": "plan",
    "Run": "plan",
    "Runs": "plans",
    "Settlement": "results",
    "Source": "diagnostics",
    "Span": "diagnostics",
    "Statement": "plan",
    "Total": "plans",
    "UsageError": "diagnostics",
    "check": "plan",
    "compare": "plan",
    "load": "plan",
    "load_all": "plans",
    "parse": "plan",
    "render": "diagnostics",
}

__all__ = [
    "Accounting",
    "Cause",
    "Closed",
    "Correction",
    "Coverage",
    "DataError",
    "DataPlace",
    "Dataset",
    "Diagnostic",
    "Difference",
    "Edit",
    "Explanation",
    "Facts",
    "FiscalYear",
    "Fix",
    "IncentiveError",
    "InternalError",
    "Label",
    "LaneReport",
    "Mapping",
    "Money",
    "Payment",
    "Payout",
    "Period",
    "Plan",
    "PlanError",
    "Plans",
    "Reconciliation",
    "Requirements",
    "Run",
    "Runs",
    "Settlement",
    "Source",
    "Span",
    "Statement",
    "Total",
    "UsageError",
    "__version__",
    "check",
    "compare",
    "folders",
    "load",
    "load_all",
    "parse",
    "render",
    "tree",
]


def __getattr__(name: str) -> object:
    if name in {"folders", "tree"}:
        return importlib.import_module(f"incentive.{name}")
    room = _ROOMS.get(name)
    if room is None:
        raise AttributeError(f"module 'incentive' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"incentive.{room}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
