"""Record a computation as it happens.

Each traced formula opens a frame, computes, and closes the frame into an `Explanation` below the one that asked for it.
A figure that is computed once and used again (a definition, a line) is shown in full where it was first needed and by
reference after that, so an explanation is never longer than the computation.
"""

from __future__ import annotations

from datetime import date

from attrs import define, field

from incentive.diagnostics import Diagnostic, Language, Span
from incentive.engines.reference.values import Missing, Reason
from incentive.results import Explanation, ParameterUsed, RoundingUsed, RowUsed, Slice, Stretch, Value
from incentive.tree import Unit


@define
class Frame:
    """What is known of a figure that is being computed."""

    children: list[Explanation] = field(factory=list)
    slices: tuple[Slice, ...] = ()
    rows: tuple[RowUsed, ...] = ()
    counted: int | None = None
    covers: tuple[date, date] | None = None
    stretches: tuple[Stretch, ...] = ()
    parameter: ParameterUsed | None = None
    rounding: RoundingUsed | None = None


@define
class Trace:
    """The frames that are open."""

    language: Language
    open: list[Frame] = field(factory=lambda: [Frame()])
    _said: dict[Reason, Diagnostic] = field(factory=dict)

    @property
    def frame(self) -> Frame:
        """The figure that is being computed."""
        return self.open[-1]

    def enter(self) -> None:
        """Begin a figure."""
        self.open.append(Frame())

    def leave(  # noqa: PLR0913, PLR0917 - what a figure is told apart by
        self,
        kind: str,
        name: str,
        span: Span | None,
        unit: Unit,
        value: Value | Missing | None,
        operator: str = "",
        holder: str = "",
        period: str = "",
    ) -> None:
        """End a figure and put it below the one that asked for it."""
        frame = self.open.pop()
        gone = type(value) is Missing
        self.open[-1].children.append(
            Explanation(
                kind,
                name,
                span,
                None if isinstance(value, Missing) else value,
                unit,
                "missing" if gone else "value",
                tuple(frame.children),
                operator,
                holder,
                period,
                frame.slices,
                frame.rows,
                frame.counted,
                frame.parameter,
                frame.rounding,
                self._reason(value) if isinstance(value, Missing) else None,
                frame.covers,
                frame.stretches,
            )
        )

    def _reason(self, value: Missing) -> Diagnostic | None:
        if not value.reasons:
            return None
        first = value.reasons[0]
        if first not in self._said:
            self._said[first] = first.diagnostic(self.language)
        return self._said[first]
