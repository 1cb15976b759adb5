"""Folders of runs as the user names them, and what is said of them."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from incentive.cli.phrases import phrase
from incentive.cli.reading import refused
from incentive.diagnostics import DataError, Diagnostic, Help, Language, finding, visible
from incentive.folders import RunFolder, Written, open_folder
from incentive.plan import Plan

_UNUSABLE: Final = frozenset({"R110", "R111", "R112"})  # a place that cannot be written or is no folder of a run


def closed_by(name: str, plan: Plan) -> RunFolder:
    """The folder of the run that closed the periods before.

    Raises:
        DataError: It is not as it was written, or closed nothing.
    """
    folder = open_folder(name)
    if folder.closed is None:
        shown = visible(name)
        raise DataError([finding("R123", plan.language, span=None, helps=(Help("help"),), folder=shown)])
    return folder


def folder_refused(arguments: Namespace, found: tuple[Diagnostic, ...], plan: Plan) -> int:
    """Show what stands in the way, and give the exit code."""
    code = refused(arguments, found, plan.source)
    return 2 if any(each.code in _UNUSABLE for each in found) else code


def told_written(written: Written, language: Language) -> str:
    """What became of the folder, in a line."""
    folder = written.folder
    return phrase(
        "written" if written.new else "written before",
        language,
        folder=visible(str(folder.path)),
        id=folder.id[:12],
        n=str(len(folder.manifest.files) + 1),
    )
