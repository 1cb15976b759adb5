"""How lines were computed on columns: a report beside the result, never part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from attrs import frozen

Lane = Literal["integer", "pair", "enclosure", "reference"]
LANES: Final[tuple[Lane, ...]] = ("integer", "pair", "enclosure", "reference")
"""Whole numbers; quotients of whole numbers; numbers between two decimals; rows that the reference engine answered."""


@frozen
class LaneReport:
    """How the lines of a component were computed: how many in each lane, and why the component was not lowered."""

    component: str
    rows: Mapping[Lane, int]
    not_lowered: str = ""
