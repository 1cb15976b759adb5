"""The specification that runs: exact, explains, clear first."""

from incentive.engines.reference.asking import Asked, ask_given, ask_named
from incentive.engines.reference.compiling import BUILDERS, Compiled, compile_plan
from incentive.engines.reference.running import explain, explain_given, pay, run, settle_given

__all__ = [
    "BUILDERS",
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
