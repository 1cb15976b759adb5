"""The specification that runs: exact, explains, clear first."""

from incentive.engines.reference.accounts import account
from incentive.engines.reference.asking import Asked, ask_given, ask_named
from incentive.engines.reference.compiling import BUILDERS, Compiled, compile_plan
from incentive.engines.reference.context import Context
from incentive.engines.reference.exchange import RateRows
from incentive.engines.reference.inputs import phase_kind
from incentive.engines.reference.reads import Read, Reads
from incentive.engines.reference.running import (
    check_period,
    excluded,
    explain,
    explain_given,
    pay,
    payout,
    run,
    settle_given,
    settled_as,
    settlement,
    with_pools,
)
from incentive.engines.reference.settling import Settling
from incentive.engines.reference.turns import Done, Memory, StepDone
from incentive.engines.reference.values import Missing
from incentive.engines.reference.windows import Windows

__all__ = [
    "BUILDERS",
    "Asked",
    "Compiled",
    "Context",
    "Done",
    "Memory",
    "Missing",
    "RateRows",
    "Read",
    "Reads",
    "Settling",
    "StepDone",
    "Windows",
    "account",
    "ask_given",
    "ask_named",
    "check_period",
    "compile_plan",
    "excluded",
    "explain",
    "explain_given",
    "pay",
    "payout",
    "phase_kind",
    "run",
    "settle_given",
    "settled_as",
    "settlement",
    "with_pools",
]
