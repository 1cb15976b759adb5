"""Run the examples of a plan, and say where the plan and its examples disagree.

An example is the part of a plan that people can check by hand: these figures, this pay. It is run by the engine that
pays, on the plan that pays, so an example that passes says what the next statement will say.
"""

from incentive.testing.outcome import Check, ExampleResult
from incentive.testing.running import run_examples
from incentive.testing.text import check_text, example_text

__all__ = ["Check", "ExampleResult", "check_text", "example_text", "run_examples"]
