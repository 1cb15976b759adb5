"""Data as columns: what a plan asked for, in data frames of whole numbers.

The one room below the engines that needs Polars. `columns_of` writes facts as columns; `read_columns` reads frames and
files into them without going through rows of Python; `result_frame` gives results away.
"""

from incentive.columns.batches import Limits
from incentive.columns.figures import (
    Between,
    Figure,
    Instants,
    Mask,
    NotLoweredError,
    Num,
    Plain,
    Truth,
    Values,
    Widths,
    all_of,
    marked,
    marks,
    repeated,
    some,
    union,
    within,
    without,
)
from incentive.columns.lines import LARGEST_WHOLE, decimals, lines_frame, places_of, settled_columns, settled_frame
from incentive.columns.reading import read_columns
from incentive.columns.tables import ALWAYS, NEVER, ColumnFacts, InputCells, Segments, Table, columns_of, values_of
from incentive.columns.writing import Kind, ResultFrame, result_frame, write_pieces
from incentive.columns.zones import Clock, clock

__all__ = [
    "ALWAYS",
    "LARGEST_WHOLE",
    "NEVER",
    "Between",
    "Clock",
    "ColumnFacts",
    "Figure",
    "InputCells",
    "Instants",
    "Kind",
    "Limits",
    "Mask",
    "NotLoweredError",
    "Num",
    "Plain",
    "ResultFrame",
    "Segments",
    "Table",
    "Truth",
    "Values",
    "Widths",
    "all_of",
    "clock",
    "columns_of",
    "decimals",
    "lines_frame",
    "marked",
    "marks",
    "places_of",
    "read_columns",
    "repeated",
    "result_frame",
    "settled_columns",
    "settled_frame",
    "some",
    "union",
    "values_of",
    "within",
    "without",
    "write_pieces",
]
