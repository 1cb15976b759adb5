"""Compute what a checked plan pays.

`compile_plan` once, then `run` it on facts or `pay` one person from plain values; `explain` and `explain_given` compute
the same line and record how. `ask_given` and `ask_named` answer for any figure, which examples need. The reference
engine is the specification that runs.
"""

from incentive.engines.reference import (
    Asked,
    Compiled,
    ask_given,
    ask_named,
    compile_plan,
    explain,
    explain_given,
    pay,
    run,
    settle_given,
)

__all__ = [
    "Asked",
    "Compiled",
    "ask_given",
    "ask_named",
    "compile_plan",
    "explain",
    "explain_given",
    "pay",
    "run",
    "settle_given",
]
