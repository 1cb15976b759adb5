"""Where an expression stands, which decides what its names mean and over which days its figures run."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from incentive import tree
from incentive.language import syntax as s


@frozen
class Place:
    """The surroundings of an expression.

    `window` is what measures cover here, None where no figure may be read (`why` names the reason). `asked` says that the
    author wrote the window, so that inputs adapt to it too. `table` is the table whose row is in hand. `safe` are the
    expressions that are known not to be zero, `guarded` says that a missing value has an alternative.
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
    present: frozenset[tuple[tree.Hop, ...]] = frozenset()
