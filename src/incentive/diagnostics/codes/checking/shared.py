"""Texts that several findings share, and the plan block that their examples change."""

from __future__ import annotations

from typing import Final

from incentive.diagnostics.catalogue import Twin

NEAR: Final[Twin] = ("write `{near}`", "écrivez `{near}`")
MEAN: Final[Twin] = ("did you mean `{near}`?", "vouliez-vous dire `{near}` ?")
FIRST: Final[Twin] = ("the first one", "la première fois")
LEFT: Final[Twin] = ("{left}", "{left}")
RIGHT: Final[Twin] = ("{right}", "{right}")
PLAN: Final = """plan "A" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}"""
