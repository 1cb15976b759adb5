"""Checking: names, units, periods, totals, before any data is read; what is sound becomes the evaluation tree."""

from incentive.checking.check import Checked, check

__all__ = ["Checked", "check"]
