"""The version, where every room may read it: a run that is kept says what made it."""

from typing import Final

VERSION: Final = "0.1.0"
