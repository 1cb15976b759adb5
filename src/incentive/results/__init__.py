"""What comes out of a computation: lines, the account of what they were made from, and why each is what it is.

Plain data, no arithmetic but adding up again.
"""

from incentive.results.accounting import (
    ROW_REASONS,
    Accounting,
    ExcludedRow,
    FieldAccount,
    FileAccount,
    MeasureAccount,
    Overlay,
    PeopleAccount,
    PersonReason,
    PoolAccount,
    RowReason,
    TableAccount,
    TableUse,
    Tally,
)
from incentive.results.corrections import Cause, CauseKind, Correction, Difference, Payment
from incentive.results.csv_text import csv_amount, csv_row
from incentive.results.entries import shown
from incentive.results.explanation import (
    Claim,
    Explanation,
    ParameterUsed,
    RoundingUsed,
    Rows,
    RowsBehind,
    RowUsed,
    Slice,
    Stretch,
    ValueStatus,
    named_rows,
)
from incentive.results.lanes import LANES, Lane, LaneReport
from incentive.results.payouts import Payout, Status
from incentive.results.readding import readd
from incentive.results.runs import Run
from incentive.results.settlements import (
    AddedLine,
    ComponentSettled,
    Reconciliation,
    SettledResult,
    SettledStep,
    Settlement,
    reconcile,
)
from incentive.results.text import columns, explain_text
from incentive.results.texts import Value, exact_text

__all__ = [
    "LANES",
    "ROW_REASONS",
    "Accounting",
    "AddedLine",
    "Cause",
    "CauseKind",
    "Claim",
    "ComponentSettled",
    "Correction",
    "Difference",
    "ExcludedRow",
    "Explanation",
    "FieldAccount",
    "FileAccount",
    "Lane",
    "LaneReport",
    "MeasureAccount",
    "Overlay",
    "ParameterUsed",
    "Payment",
    "Payout",
    "PeopleAccount",
    "PersonReason",
    "PoolAccount",
    "Reconciliation",
    "RoundingUsed",
    "RowReason",
    "RowUsed",
    "Rows",
    "RowsBehind",
    "Run",
    "SettledResult",
    "SettledStep",
    "Settlement",
    "Slice",
    "Status",
    "Stretch",
    "TableAccount",
    "TableUse",
    "Tally",
    "Value",
    "ValueStatus",
    "columns",
    "csv_amount",
    "csv_row",
    "exact_text",
    "explain_text",
    "named_rows",
    "readd",
    "reconcile",
    "shown",
]
