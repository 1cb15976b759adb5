"""`incentive translate`: a plan in the other language, or why it would not mean the same there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from incentive import language
from incentive.cli.files import read_plan
from incentive.cli.fmt import refused, replace
from incentive.cli.terminal import say
from incentive.diagnostics import PlanError, Source


def run(arguments: Namespace) -> int:
    """Translate one plan to standard output or to a file."""
    raw, name = read_plan(arguments.plan)
    try:
        text = language.decode(raw, name)
    except PlanError as error:
        return refused(arguments, error.diagnostics, Source(name, ""))
    done = language.translate(text, arguments.to, name)
    if done.diagnostics:
        return refused(arguments, done.diagnostics, Source(name, language.normalise(text)))
    if arguments.output is None:
        say(done.text)
    else:
        replace(Path(arguments.output), done.text)
    return 0
