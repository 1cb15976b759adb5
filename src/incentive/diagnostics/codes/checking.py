"""Findings of the stage: checking."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

CHECKING: tuple[Code, ...] = ()
