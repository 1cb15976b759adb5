"""`incentive check`: say everything that is wrong, at once, and pay nobody."""

from __future__ import annotations

import importlib
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from incentive.checking import check
from incentive.cli.files import files_of, find_mapping, folder, read_plan
from incentive.cli.findings import as_data, as_text, counted, unreadable
from incentive.cli.phrases import phrase
from incentive.cli.terminal import colourful, say, say_json, warn
from incentive.diagnostics import Diagnostic, PlanError, Source, visible
from incentive.language import Give, decode, language_of

_Read = Callable[[str, str, Give, Path, Path | None], tuple[Diagnostic, ...]]


def run(arguments: Namespace) -> int:
    """Check a plan, and its data if a folder is given."""
    raw, name = read_plan(arguments.plan)
    data = None if arguments.data is None else folder(arguments.data)
    mapping = None if data is None else find_mapping(arguments.plan, data, arguments.mapping)
    try:
        text = decode(raw, name)
    except PlanError as error:
        _report(arguments, name, error.diagnostics, Source(name, ""))
        return 2
    checked = check(text, name, files_of(arguments.plan))
    found = checked.diagnostics
    if data is not None and checked.plan is not None:
        # Only now: without --data neither readers nor engines are imported, see `entry`.
        read: _Read = importlib.import_module("incentive.cli.reading").data_findings
        found += read(text, name, files_of(arguments.plan), data, mapping)
    _report(arguments, name, found, checked.source)
    if unreadable(found):
        return 2
    return int(any(each.severity == "error" or arguments.fail_on == "warning" for each in found))


def _report(arguments: Namespace, name: str, found: tuple[Diagnostic, ...], source: Source) -> None:
    language = language_of(source.text)
    if arguments.format == "json":
        counts = {kind: sum(each.severity == kind for each in found) for kind in ("error", "warning")}
        say_json({"version": 1, "plan": name, "data": arguments.data, "counts": counts, "findings": as_data(found)})
        return
    if found:
        say(as_text(found, source, colour=colourful(arguments.color, sys.stdout)))
    words = counted(found, language)
    if arguments.data is None:
        warn(phrase("alone", language, path=visible(name), what=words))
    else:
        warn(phrase("with data", language, path=visible(name), data=visible(arguments.data), what=words))
