"""The columnar engine: the reference engine's digits, on whole columns at once."""

from incentive.engines.columnar.result import Result, run

__all__ = ["Result", "run"]
