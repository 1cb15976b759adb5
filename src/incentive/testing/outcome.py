"""What an example gives: each figure expected beside the figure that came out."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from incentive.diagnostics import Diagnostic, Span, as_dict
from incentive.quantities import Number
from incentive.results import Explanation, Value, exact_text
from incentive.results.texts import plain
from incentive.tree import Unit


@frozen
class Check:
    """One expectation.

    Attributes:
        what: The figure, as the author names it.
        whose: The person it is expected of, "" where the example names nobody.
        period: The paid period.
        expected: The figure expected; None for one that is to be pending.
        actual: The figure computed; None for one that is pending.
        unit: What both are measured in.
        reasons: Why the figure is pending.
        explanation: How the figure came about, where it is not the one expected.
        span: Where the expectation stands in the plan.
    """

    what: str
    whose: str
    period: str
    expected: Value | None
    actual: Value | None
    unit: Unit
    reasons: tuple[Diagnostic, ...] = ()
    explanation: Explanation | None = None
    span: Span | None = None

    @property
    def passed(self) -> bool:
        """Whether the figure is the one expected, exactly."""
        return self.expected == self.actual

    @property
    def difference(self) -> Number | None:
        """How much more came out than expected; None where one of them is no number."""
        if isinstance(self.expected, bool) or isinstance(self.actual, bool):
            return None
        if isinstance(self.expected, int | Fraction) and isinstance(self.actual, int | Fraction):
            return self.actual - self.expected
        return None

    def to_dict(self) -> dict[str, object]:
        """The expectation as plain data; numbers are exact text."""
        difference = self.difference
        return {
            "what": self.what,
            "whose": self.whose,
            "period": self.period,
            "passed": self.passed,
            "expected": plain(self.expected),
            "actual": plain(self.actual),
            "difference": None if difference is None else exact_text(difference),
            "unit": {"kind": self.unit.kind, "currency": self.unit.currency, "counted": self.unit.counted},
            "line": None if self.span is None else self.span.line,
            **({"file": self.span.file} if self.span is not None and self.span.file else {}),
            "reasons": [as_dict(each) for each in self.reasons],
            "explanation": None if self.explanation is None else self.explanation.to_dict(),
        }


@frozen
class ExampleResult:
    """An example that was run. `problems` are findings about its rows, which kept some of it from running."""

    label: str
    span: Span | None
    checks: tuple[Check, ...]
    problems: tuple[Diagnostic, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether everything expected came out."""
        return not self.problems and all(each.passed for each in self.checks)

    def to_dict(self) -> dict[str, object]:
        """The example as plain data."""
        return {
            "label": self.label,
            "line": None if self.span is None else self.span.line,
            **({"file": self.span.file} if self.span is not None and self.span.file else {}),
            "passed": self.passed,
            "checks": [each.to_dict() for each in self.checks],
            "problems": [as_dict(each) for each in self.problems],
        }
