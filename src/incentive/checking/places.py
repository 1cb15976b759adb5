"""Where an expression stands, which decides what its names mean and over which days its figures run."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from incentive import tree
from incentive.checking.periods import whole
from incentive.diagnostics import Span
from incentive.language import syntax as s
from incentive.quantities import PeriodKind


@frozen
class Place:
    """The surroundings of an expression.

    `window` is what measures cover here, None where no figure may be read. `asked` says that the author wrote the
    window, so that inputs adapt to it too. `table` is the table whose row is in hand. `safe` are the expressions known
    not to be zero, `present` the fields known to be there. `guarded` says that a missing value has an alternative, and
    `test` is the comparison that it takes part in. `settled` says that results of a settlement may be read,
    `event` that a parameter takes its value on the day of a row. `on` is the day whose rates and parameters count here,
    where the author named one. `fact` is the table whose row is in hand beside the figures of the period, `first` the
    measure that says so; `stacked` says that facts fill tables one after the other, `through` that a measure is the
    total up to and with the fact in hand.
    """

    window: tree.Window | None
    asked: bool = False
    table: str = ""
    membership: bool = False
    constant: bool = False
    component: str = ""
    locals: Mapping[str, s.Let] = field(factory=dict)
    safe: tuple[tree.Expr, ...] = ()
    guarded: bool = False
    test: Span | None = None
    settled: bool = False
    event: bool = False
    on: tree.Expr | None = None
    present: frozenset[tuple[tree.Hop, ...]] = frozenset()
    fact: str = ""
    first: s.Name | None = None
    stacked: bool = False
    through: bool = False


def plan_place(period: PeriodKind) -> Place:
    """Where a formula of the plan stands: figures cover the plan's own period."""
    return Place(window=whole(period))
