"""`incentive requires`: what a plan asks of whoever supplies its data."""

from __future__ import annotations

from argparse import Namespace

from incentive.cli.reading import plan_of
from incentive.cli.terminal import say, say_json


def run(arguments: Namespace) -> int:
    """List tables with their fields, fields of people, and inputs."""
    plan = plan_of(arguments)
    if isinstance(plan, int):
        return plan
    needed = plan.requires()
    if arguments.format == "json":
        say_json(needed.to_dict())
    else:
        say(str(needed))
    return 0
