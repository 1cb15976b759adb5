"""A finding, as data: what is wrong, where, why it matters and how to mend it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from incentive.diagnostics.spans import DataPlace, Span

Severity = Literal["error", "warning", "pending"]
Language = Literal["en", "fr"]


@frozen
class Label:
    """A remark on a stretch of the text."""

    span: Span
    text: str = ""
    primary: bool = False


@frozen
class Edit:
    """Replace a stretch of the text by other text."""

    span: Span
    text: str


@frozen
class Fix:
    """A repair. `safe` means that it can be applied without asking; without edits it is advice."""

    title: str
    edits: tuple[Edit, ...] = ()
    safe: bool = False


@frozen
class Diagnostic:
    """One finding about a plan, about data, or about a figure that cannot be computed."""

    code: str
    severity: Severity
    message: str
    labels: tuple[Label, ...] = ()
    notes: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    place: DataPlace | None = None
    language: Language = "en"
    path: str = ""

    @property
    def span(self) -> Span | None:
        """The primary stretch of the text, if the finding is about a plan."""
        return next((label.span for label in self.labels if label.primary), None)

    def _repr_html_(self) -> str:
        from incentive.diagnostics.html import finding_html  # noqa: PLC0415 - shown only in a notebook

        return finding_html(self)
