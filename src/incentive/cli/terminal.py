"""Standard output and standard error: UTF-8 wherever we run, coloured only where somebody looks."""

from __future__ import annotations

import io
import json
import os
import sys
from typing import Literal, TextIO

Color = Literal["auto", "always", "never"]


def open_streams() -> None:
    """Write UTF-8 and plain line ends whatever the locale says; never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(text: str) -> None:
    """Write a result to standard output, at once."""
    sys.stdout.write(text if not text or text.endswith("\n") else text + "\n")


def say_json(value: object) -> None:
    """Write plain data as JSON; keys keep their order."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def warn(text: str) -> None:
    """Write a remark to standard error."""
    sys.stderr.write(text + "\n")


def colourful(choice: Color, stream: TextIO) -> bool:
    """Whether to colour what goes to a stream (see no-color.org and force-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
