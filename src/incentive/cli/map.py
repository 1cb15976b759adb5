"""`incentive map`: a first mapping from somebody's files to a plan, for them to correct and confirm."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from incentive.cli.files import folder, why
from incentive.cli.phrases import phrase
from incentive.cli.reading import plan_of
from incentive.cli.terminal import say, warn
from incentive.diagnostics import UsageError, visible


def run(arguments: Namespace) -> int:
    """Write the draft; an existing file is left alone unless forced."""
    plan = plan_of(arguments)
    if isinstance(plan, int):
        return plan
    draft = plan.draft_mapping(folder(arguments.data))
    if arguments.output is None:
        say(draft)
    else:
        _write(Path(arguments.output), draft, force=arguments.force)
    warn(phrase("draft", plan.language))
    return 0


def _write(path: Path, text: str, *, force: bool) -> None:
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError as error:
        raise UsageError(f"{visible(str(path))} exists already; --force overwrites it") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {visible(str(path))!r}: {why(error)}") from error
