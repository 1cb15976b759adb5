"""Compute what a checked plan pays.

`compile_plan` once, then `run` it on facts or `pay` one person from plain values; `explain` and `explain_given` compute
the same line and record how. The reference engine is the specification that runs.
"""

from incentive.engines.reference import Compiled, compile_plan, explain, explain_given, pay, run

__all__ = ["Compiled", "compile_plan", "explain", "explain_given", "pay", "run"]
