"""The columnar engine: the reference engine's digits, on whole columns at once."""

from incentive.columns import ColumnFacts, NotLoweredError, Widths, columns_of
from incentive.engines.columnar.running import ColumnRun, LaneReport, LineColumn, run_columns

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
