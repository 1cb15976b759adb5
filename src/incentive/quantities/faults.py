"""What a calling program got wrong in a value, as an error of the library and as the Python error it looks like."""

from __future__ import annotations

from incentive.diagnostics import UsageError

__all__ = ["ArgumentError", "ArgumentTypeError"]


class ArgumentError(UsageError, ValueError):
    """Say that a value has no meaning where it was given."""


class ArgumentTypeError(UsageError, TypeError):
    """Say that a value is of a kind that is not taken there."""
