"""Data for a plan: read strictly against what the plan declares, whole or not at all.

`Dataset` says where data comes from, `Mapping` how its files and headers become the plan's tables and fields, `read`
gives `Facts` or raises `DataError` with all that is wrong. This is the only room that opens files of data.
"""

from incentive.data.copying import MAPPING, DataFile, files_of
from incentive.data.dataset import Dataset
from incentive.data.drafting import draft_mapping
from incentive.data.facts import Cell, Excluded, Facts, Held, InputFacts, Person, Segment, TableFacts, Value
from incentive.data.mapping import ColumnMap, Format, InputMap, Mapping, PeopleMap, SourceMap, TableMap, WideMap
from incentive.data.reading import open_data, read
from incentive.data.sources import digest_of

__all__ = [
    "MAPPING",
    "Cell",
    "ColumnMap",
    "DataFile",
    "Dataset",
    "Excluded",
    "Facts",
    "Format",
    "Held",
    "InputFacts",
    "InputMap",
    "Mapping",
    "PeopleMap",
    "Person",
    "Segment",
    "SourceMap",
    "TableFacts",
    "TableMap",
    "Value",
    "WideMap",
    "digest_of",
    "draft_mapping",
    "files_of",
    "open_data",
    "read",
]
