"""`incentive audit`: whether a folder is what a run wrote, and gives the same when it is computed again."""

from __future__ import annotations

import sys
from argparse import Namespace

from incentive.cli.findings import as_data, as_text, counted
from incentive.cli.phrases import phrase
from incentive.cli.terminal import colourful, say, say_json, warn
from incentive.cli.waiting import waiting
from incentive.diagnostics import visible
from incentive.folders import Audit, audit


def run(arguments: Namespace) -> int:
    """Audit one folder: 0 if nothing is wrong, 1 if something is, 2 if it is no folder of a run."""
    with waiting("en"):
        made = audit(arguments.folder, previous=arguments.previous)
    if arguments.format == "json":
        found = made.to_dict() | {"findings": as_data(made.findings), "notes": as_data(made.notes)}
        say_json(found)
    else:
        shown = (*made.findings, *made.notes)
        if shown:
            warn(as_text(shown, None, colour=colourful(arguments.color, sys.stderr)))
        say(_told(made, visible(arguments.folder)))
    return 2 if made.id is None else int(not made.passed)


def _told(made: Audit, folder: str) -> str:
    language = made.language
    if not made.passed:
        return phrase("audit failed", language, folder=folder, what=counted(made.findings, language))
    lines = phrase("line" if made.lines == 1 else "lines", language, n=str(made.lines))
    periods = made.periods[0] if len(made.periods) == 1 else f"{made.periods[0]} – {made.periods[-1]}"
    return phrase(
        "audit passed",
        language,
        folder=folder,
        id=(made.id or "")[:12],
        label=visible(made.label),
        periods=periods,
        files=str(made.files),
        lines=lines,
    )
