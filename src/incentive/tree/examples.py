"""What the examples of a plan give and expect, with nothing left to guess.

An example is a promise about money, written beside the rule it illustrates. It changes nobody's pay, so it is not part
of what a fingerprint names; it travels with the tree, so that a plan that was kept can still be proven.

Cases, timelines and clauses without `for` or `over` are ways of writing. Here each is what it means: a case is a
`Scenario` of its own, a row of a timeline a figure with its period.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import field, frozen

from incentive.diagnostics import Span
from incentive.structure import Structural
from incentive.tree.nodes import Definition, Expr, Who, Window

Plain = Fraction | str | bool | date


@frozen(eq=False, repr=False)
class GivenMeasure(Structural):
    """The figure of a measure of `who`, seen from a paid period; None where it is missing.

    `window` is None for the figure of the period itself. `holder` is the person spoken of, "" for everybody.
    """

    name: str
    who: Who
    window: Window | None
    period: str
    holder: str
    value: Fraction | None
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class GivenInput(Structural):
    """The value of an input of `who` for one of its own periods ("" if it has none); None where it is missing."""

    name: str
    who: Who
    period: str
    holder: str
    value: Plain | None
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class GivenRows(Structural):
    """Rows of a table, or of the roster under the name `people`; None where a cell is missing."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Plain | None, ...], ...]
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Expected(Structural):
    """What a figure is in a paid period; None where it is pending. `written` is how the author names it."""

    written: str
    figure: Expr
    period: str
    holder: str
    value: Plain | None
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Scenario(Structural):
    """What holds together: a case, a timeline, or the clauses of an example without either."""

    given: tuple[GivenMeasure | GivenInput | GivenRows, ...]
    expected: tuple[Expected, ...]
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Example(Structural):
    """An example of a plan. `definitions` are those that only its expectations read."""

    label: str
    scenarios: tuple[Scenario, ...]
    definitions: tuple[Definition, ...] = ()
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)
