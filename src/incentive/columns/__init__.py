"""Data as columns: what a plan asked for, in data frames of whole numbers.

The one room below the engines that needs Polars. `columns_of` writes facts as columns; readers of frames and files make
them without going through rows of Python.
"""

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
    marked,
    marks,
    some,
    union,
    within,
    without,
)
from incentive.columns.lines import decimals, lines_frame, places_of
from incentive.columns.tables import ALWAYS, NEVER, ColumnFacts, InputCells, Segments, Table, columns_of, values_of

__all__ = [
    "ALWAYS",
    "NEVER",
    "Between",
    "ColumnFacts",
    "Figure",
    "InputCells",
    "Instants",
    "Mask",
    "NotLoweredError",
    "Num",
    "Plain",
    "Segments",
    "Table",
    "Truth",
    "Values",
    "Widths",
    "columns_of",
    "decimals",
    "lines_frame",
    "marked",
    "marks",
    "places_of",
    "some",
    "union",
    "values_of",
    "within",
    "without",
]
