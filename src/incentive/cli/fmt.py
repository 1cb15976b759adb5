"""`incentive fmt`: lay out plans in the one way, each whole or not at all."""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from incentive import language
from incentive.cli.files import STDIN, read_plan, why
from incentive.cli.findings import as_text, unreadable
from incentive.cli.terminal import colourful, say, warn
from incentive.diagnostics import Diagnostic, PlanError, Source, UsageError, visible


def run(arguments: Namespace) -> int:
    """Format every plan; one that cannot be read does not keep the others from it."""
    return max(_one(arguments, each) for each in arguments.plans)


def _one(arguments: Namespace, plan: str) -> int:
    try:
        raw, name = read_plan(plan)
    except UsageError as error:
        warn(f"incentive: {error}")
        return 2
    try:
        text = language.decode(raw, name)
    except PlanError as error:
        return refused(arguments, error.diagnostics, Source(name, ""))
    done = language.format(text, name)
    if done.diagnostics:
        return refused(arguments, done.diagnostics, Source(name, language.normalise(text)))
    changed = done.text.encode() != raw
    if arguments.diff and changed:
        say(_difference(text, done.text, name))
    if arguments.check or arguments.diff:
        if changed and arguments.check:
            warn(f"{visible(name)}: would be formatted anew")
        return int(changed and arguments.check)
    if plan == STDIN:
        say(done.text)
    elif changed:
        replace(Path(plan), done.text)
        warn(f"{visible(name)}: formatted")
    return 0


def refused(arguments: Namespace, found: tuple[Diagnostic, ...], source: Source) -> int:
    """Say why a plan was left as it is."""
    warn(as_text(found, source, colour=colourful(arguments.color, sys.stderr)))
    return 2 if unreadable(found) else 1


def replace(path: Path, text: str) -> None:
    """Write a file beside the old one and put it in its place, so that there is always a whole one.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        target = path.resolve()  # a link stays a link
        handle, made = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        beside = Path(made)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode())
                stream.flush()
                os.fsync(stream.fileno())
            beside.chmod(target.stat().st_mode if target.exists() else 0o666 & ~_umask())
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {visible(str(path))!r}: {why(error)}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _difference(before: str, after: str, name: str) -> str:
    shown = visible(name)
    old, new = (each.splitlines(keepends=True) for each in (language.normalise(before), after))
    return "".join(difflib.unified_diff(old, new, shown, f"{shown} (formatted)")) or f"{shown}: only line ends change\n"
