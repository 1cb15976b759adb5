"""A whole plan: its calendar and money, its declarations, and the examples that prove it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import frozen

from incentive.quantities import DayCount, PeriodKind, RoundingMode
from incentive.structure import Structural
from incentive.tree.examples import Example
from incentive.tree.nodes import Component, Definition, Expr, Field, Group, Input, Measure, Parameter, Table
from incentive.tree.settling import Settlement


@frozen(eq=False, repr=False)
class Plan(Structural):
    """A checked plan. `covers` is None when everybody of the roster is on it; `examples` change nobody's pay.

    Without a `settlement` what is paid is the lines. `month_end` is where a day goes that a month does not have,
    `presence` how days on the plan are counted.
    """

    label: str
    currency: str
    period: PeriodKind
    year_starts: int
    year_named_by: Literal["start", "end"]
    timezone: str
    first_day: date
    last_day: date
    covers: Expr | None
    rounding: RoundingMode
    rounding_step: Fraction
    tables: tuple[Table, ...]
    people: tuple[Field, ...]
    inputs: tuple[Input, ...]
    parameters: tuple[Parameter, ...]
    measures: tuple[Measure, ...]
    groups: tuple[Group, ...]
    definitions: tuple[Definition, ...]
    components: tuple[Component, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    version: int = 1
    examples: tuple[Example, ...] = ()
    settlement: Settlement | None = None
    month_end: Literal["", "down", "up"] = ""
    presence: DayCount | Literal[""] = ""
