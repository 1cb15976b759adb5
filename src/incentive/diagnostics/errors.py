"""The exceptions of the library, by who must act.

IncentiveError
├── PlanError      the author of the plan      carries diagnostics
├── DataError      whoever sent the data       carries diagnostics
├── UsageError     the calling program
└── InternalError  us
"""

from __future__ import annotations

from collections.abc import Sequence

from incentive.diagnostics.diagnostic import Diagnostic
from incentive.diagnostics.render import Source


class IncentiveError(Exception):
    """Whatever the library raises."""


class _Findings(IncentiveError):  # noqa: N818 - not an error of its own
    """An error that carries findings; its text lists the first ones."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(_summary(self.diagnostics))

    def __reduce__(self) -> tuple[type[_Findings], tuple[tuple[Diagnostic, ...]]]:
        """Give what makes it again in another process: the findings, not their summary."""
        return type(self), (self.diagnostics,)


class PlanError(_Findings):
    """The plan has mistakes; `diagnostics` says which and where, `source` is the text, if known."""

    def __init__(self, diagnostics: Sequence[Diagnostic], source: Source | None = None) -> None:
        self.source = source
        super().__init__(diagnostics)


class DataError(_Findings):
    """The data was refused; `diagnostics` says which rows and why. Nothing was computed."""


class UsageError(IncentiveError):
    """The library was called in a way that has no meaning."""


class InternalError(IncentiveError):
    """A promise of the library does not hold; please report it."""


def _summary(diagnostics: tuple[Diagnostic, ...]) -> str:
    lines = [f"{each.code}: {each.message}" for each in diagnostics[:5]]
    if len(diagnostics) > len(lines):
        lines.append(f"and {len(diagnostics) - len(lines)} more")
    return "\n".join(lines)
