"""Record a computation as it happens.

Each traced formula opens a frame, computes, and closes the frame into an `Explanation` below the one that asked for it.
A figure that is computed once and used again (a definition, a line) is shown in full where it was first needed and by
reference after that, so an explanation is never longer than the computation.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from incentive.diagnostics import Diagnostic, Language, Span
from incentive.engines.reference.values import Missing, Reason
from incentive.results import Explanation, ParameterUsed, RoundingUsed, Rows, Slice, Stretch, Value
from incentive.tree import Unit


class Frame:
    """What is known of a figure that is being computed.

    One is made for each figure of each explanation, and most have nothing but figures below: what is seldom set stands
    in the class until it is.
    """

    slices: tuple[Slice, ...] = ()
    rows: Rows = ()
    counted: int | None = None
    covers: tuple[date, date] | None = None
    stretches: tuple[Stretch, ...] = ()
    parameter: ParameterUsed | None = None
    rounding: RoundingUsed | None = None
    place: Span | None = None
    word: str = ""

    def __init__(self, above: Frame | None) -> None:
        self.above = above
        self.children: list[Explanation] = []


class Trace:
    """The frames that are open: `frame` is the figure that is being computed."""

    __slots__ = ("_said", "frame", "language")

    def __init__(self, language: Language) -> None:
        self.language = language
        self.frame = Frame(None)
        self._said: dict[Reason, Diagnostic] = {}

    def enter(self) -> None:
        """Begin a figure."""
        self.frame = Frame(self.frame)

    def put(self, made: Iterable[Explanation]) -> None:
        """Put figures that were recorded before below the one that is being computed."""
        self.frame.children.extend(made)

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
        frame = self.frame
        above = frame.above
        assert above is not None
        self.frame = above
        gone = type(value) is Missing
        above.children.append(
            Explanation(
                kind,
                name,
                frame.place or span,
                None if gone else value,  # type: ignore[arg-type]  # not missing
                unit,
                "missing" if gone else "value",
                tuple(frame.children),
                operator or frame.word,
                holder,
                period,
                frame.slices,
                frame.rows,
                frame.counted,
                frame.parameter,
                frame.rounding,
                self._reason(value) if gone else None,  # type: ignore[arg-type]  # missing
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
