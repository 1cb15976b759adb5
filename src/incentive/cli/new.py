"""`incentive new`: a folder to start from, with a plan, its data and what they give; all of it or nothing."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from incentive.cli.files import why
from incentive.cli.phrases import phrase
from incentive.cli.terminal import colourful, say, warn
from incentive.diagnostics import Language, UsageError, finding, render, visible

_NAMES: Final[dict[Language, str]] = {"en": "my-plan", "fr": "mon-plan"}


def run(arguments: Namespace) -> int:
    """Write the starter folder of a language, unless something is in its place."""
    language: Language = arguments.lang
    target = Path(arguments.folder or _NAMES[language])
    shown = visible(str(target))
    try:
        if not _is_free(target):
            found = finding("X101", language, folder=shown)
            warn(render(found, colour=colourful(arguments.color, sys.stderr)))
            return 2
        if not target.parent.is_dir():
            raise UsageError(f"cannot write {shown!r}: there is no folder {visible(str(target.parent))!r}")
        _write(files("incentive.cli") / "starters" / language, target)
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot write {shown!r}: {why(error)}") from error
    say(phrase("new", language, folder=shown))
    plan, data = (_as_word(target / name) for name in ("plan.plan", "data"))
    for command in (f"check {plan} --data {data}", f"test {plan}", f"run {plan} --data {data}"):
        say(f"  incentive {command}")
    return 0


def _as_word(path: Path) -> str:
    """A path as one word of a command."""
    word = visible(str(path))
    return f'"{word}"' if " " in word else word


def _is_free(target: Path) -> bool:
    """Whether nothing is there, or an empty folder."""
    return not any(target.iterdir()) if target.is_dir() else not os.path.lexists(target)


def _write(source: Traversable, target: Path) -> None:
    """Write beside the place and move there what is whole, so that no half of a folder is ever left.

    Raises:
        OSError: it cannot be written; then nothing was.
    """
    there = target.is_dir()
    with tempfile.TemporaryDirectory(prefix=".incentive-", dir=target if there else target.parent) as beside:
        made = Path(beside) / "new"
        _copy(source, made)
        if there:
            _move_into(made, target)
        else:
            made.rename(target)


def _copy(source: Traversable, target: Path) -> None:
    if source.is_dir():
        target.mkdir()
        for each in source.iterdir():
            _copy(each, target / each.name)
    else:
        target.write_bytes(source.read_bytes())


def _move_into(made: Path, target: Path) -> None:
    """Move what a folder holds into an empty one that stays the same, since somebody may stand in it."""
    moved: list[Path] = []
    try:
        for each in sorted(made.iterdir()):
            moved.append(target / each.name)
            each.rename(moved[-1])
    except BaseException:
        for each in moved:
            shutil.rmtree(each) if each.is_dir() else each.unlink(missing_ok=True)
        raise
