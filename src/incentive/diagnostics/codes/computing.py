"""Findings of the stage: computing."""

from __future__ import annotations

from incentive.diagnostics.catalogue import Code

COMPUTING: tuple[Code, ...] = ()
