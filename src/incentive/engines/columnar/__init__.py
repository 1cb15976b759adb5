"""The columnar engine: the reference engine's digits, on whole columns at once."""

from incentive.engines.columnar.figures import NotLoweredError, Widths
from incentive.engines.columnar.running import ColumnRun, LaneReport, LineColumn, run_columns
from incentive.engines.columnar.tables import ColumnFacts, columns_of

__all__ = [
    "ColumnFacts",
    "ColumnRun",
    "LaneReport",
    "LineColumn",
    "NotLoweredError",
    "Widths",
    "columns_of",
    "run_columns",
]
