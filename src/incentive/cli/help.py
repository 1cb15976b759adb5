"""`incentive help`: the page of a finding, or of a command."""

from __future__ import annotations

import difflib
import re
import textwrap
from argparse import Namespace

from incentive.cli.arguments import SUMMARIES, command_help
from incentive.cli.terminal import say
from incentive.diagnostics import CATALOGUE, Code, Language, UsageError, in_language, visible

_HEADS = {
    "message": ("It says", "Le message"),
    "why": ("Why it matters", "Pourquoi c'est important"),
    "mend": ("How to mend it", "Comment y remédier"),
    "shows": ("Example", "Exemple"),
}
_WIDTH = 78
_PLACEHOLDERS = re.compile(r"(?:\{[a-z_]+\})+")  # what the plan and the data fill in


def run(arguments: Namespace) -> int:
    """Show the page of a code, the help of a command, or the list of commands."""
    topic = arguments.topic
    if topic is None:
        wide = max(map(len, SUMMARIES))
        say("\n".join(f"{name:<{wide}}  {text}" for name, text in SUMMARIES.items()))
        say("\n`incentive COMMAND --help` says more of a command, `incentive help CODE` of a finding.")
        return 0
    if topic in SUMMARIES:
        say(command_help(topic))
        return 0
    found = CATALOGUE.get(topic.upper()) or next((each for each in CATALOGUE if each.slug == topic.lower()), None)
    if found is None:
        known = [*(each.code for each in CATALOGUE), *(each.slug for each in CATALOGUE), *SUMMARIES]
        near = difflib.get_close_matches(topic, known, n=3) or difflib.get_close_matches(topic.upper(), known, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else "; a code looks like P201"
        raise UsageError(f"help: there is no code {visible(topic)!r}{hint}")
    say(page(found, arguments.lang))
    return 0


def page(code: Code, language: Language) -> str:
    """All that the registry says of a code."""
    out = [f"{code.code} {in_language(code.title, language)}  ({code.slug})"]
    for name, twin in (("message", code.message), ("why", code.why), ("mend", code.mend)):
        out += ["", in_language(_HEADS[name], language)]
        out += [
            textwrap.fill(line, _WIDTH, initial_indent="  ", subsequent_indent="  ")
            for line in _PLACEHOLDERS.sub("…", in_language(twin, language)).split("\n")
        ]
    if code.shows:
        out += ["", in_language(_HEADS["shows"], language), textwrap.indent(code.shows, "  ")]
    return "\n".join(out)
