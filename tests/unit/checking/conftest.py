"""Draw the same examples everywhere, and let a slow machine be slow: the gate is no lottery."""

from hypothesis import settings

settings.register_profile("gate", deadline=None, derandomize=True)
settings.load_profile("gate")
