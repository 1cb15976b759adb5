"""Findings of the checks made before any data is read: names, declarations, units, totals, periods."""

from incentive.diagnostics.catalogue import Code
from incentive.diagnostics.codes.checking.advice import ADVICE
from incentive.diagnostics.codes.checking.crediting import CREDITING
from incentive.diagnostics.codes.checking.days import DAYS
from incentive.diagnostics.codes.checking.decisions import DECISIONS
from incentive.diagnostics.codes.checking.declared import DECLARED
from incentive.diagnostics.codes.checking.examples import EXAMPLES
from incentive.diagnostics.codes.checking.names import NAMES
from incentive.diagnostics.codes.checking.per_fact import PER_FACT
from incentive.diagnostics.codes.checking.periods import PERIODS
from incentive.diagnostics.codes.checking.presence import PRESENCE
from incentive.diagnostics.codes.checking.settlement import SETTLEMENT
from incentive.diagnostics.codes.checking.totals import TOTALS
from incentive.diagnostics.codes.checking.units import UNITS

CHECKING: tuple[Code, ...] = (
    *NAMES,
    *DECLARED,
    *CREDITING,
    *EXAMPLES,
    *UNITS,
    *TOTALS,
    *PERIODS,
    *PER_FACT,
    *DAYS,
    *PRESENCE,
    *SETTLEMENT,
    *DECISIONS,
    *ADVICE,
)
