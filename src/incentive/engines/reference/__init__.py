"""The specification that runs: exact, explains, clear first."""

from incentive.engines.reference.compiling import BUILDERS, Compiled, compile_plan
from incentive.engines.reference.running import explain, explain_given, pay, run

__all__ = ["BUILDERS", "Compiled", "compile_plan", "explain", "explain_given", "pay", "run"]
