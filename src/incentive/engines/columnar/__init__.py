"""The columnar engine: the reference engine's digits, on whole columns at once."""

from incentive.engines.columnar.result import Result, run
from incentive.engines.columnar.running import LaneReport

__all__ = ["LaneReport", "Result", "run"]
