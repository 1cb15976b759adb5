"""`incentive help`: the page of a finding, of a word of the language, or of a command."""

from __future__ import annotations

import difflib
import re
import textwrap
from argparse import Namespace
from typing import Final

from incentive import glossary
from incentive.cli.arguments import SUMMARIES, command_help
from incentive.cli.terminal import say
from incentive.diagnostics import CATALOGUE, Code, Language, Twin, UsageError, in_language, visible

_HEADS: Final[dict[str, Twin]] = {
    "message": ("It says", "Le message"),
    "why": ("Why it matters", "Pourquoi c'est important"),
    "mend": ("How to mend it", "Comment y remédier"),
    "shows": ("Example", "Exemple"),
}
_TWIN: Final[Twin] = ("in French {}", "en anglais {}")
_ALSO: Final[Twin] = ("also written {}", "s'écrit aussi {}")
_LATER: Final[Twin] = (
    "Not computed yet: this version reads it and refuses it (E190).",
    "Pas encore calculé : cette version le lit et le refuse (E190).",
)
_WIDTH = 78
_PLACEHOLDERS = re.compile(r"(?:\{[a-z_]+\})+")  # what the plan and the data fill in


def run(arguments: Namespace) -> int:
    """Show the page of a code or of a word, the help of a command, or the list of commands."""
    topic, asked = " ".join(arguments.topic), arguments.lang
    if not topic:
        wide = max(map(len, SUMMARIES))
        say("\n".join(f"{name:<{wide}}  {text}" for name, text in SUMMARIES.items()))
        say("\n`incentive COMMAND --help` says more of a command, `incentive help CODE` of a finding,")
        say("`incentive help WORD` of a word of the language, in English or in French.")
        return 0
    language, meanings = glossary.look_up(topic, asked)
    code = CATALOGUE.get(topic.upper()) or next((each for each in CATALOGUE if each.slug == topic.lower()), None)
    pages = [command_help(topic)] if topic in SUMMARIES else []
    pages += [page(code, asked or "en")] if code else []
    pages += [word(each, language) for each in meanings]
    if not pages:
        raise UsageError(f"help: there is no word, code or command {visible(topic)!r}{_hint(topic)}")
    say("\n\n".join(each.rstrip("\n") for each in pages))
    return 0


def page(code: Code, language: Language) -> str:
    """All that the registry says of a code."""
    out = [f"{code.code} {in_language(code.title, language)}  ({code.slug})"]
    for name, twin in (("message", code.message), ("why", code.why), ("mend", code.mend)):
        out += ["", in_language(_HEADS[name], language)]
        out += [_wrapped(line) for line in _PLACEHOLDERS.sub("…", in_language(twin, language)).split("\n")]
    if code.shows:
        out += [
            "",
            in_language(_HEADS["shows"], language),
            textwrap.indent(glossary.in_words_of(code.shows, language), "  "),
        ]
    return "\n".join(out)


def word(meaning: glossary.Meaning, language: Language) -> str:
    """A word: its sort and its twin, what it says, a line of plan."""
    other: Language = "en" if language == "fr" else "fr"
    first, *more = meaning.phrases(language)
    notes = [in_language(meaning.sort, language), in_language(_TWIN, language).format(_quoted(meaning.phrases(other)))]
    notes += [in_language(_ALSO, language).format(_quoted(more))] if more else []
    colon = " : " if language == "fr" else ": "
    out = [f"{first}{colon}{', '.join(notes)}", "", _wrapped(in_language(meaning.entry.help, language))]
    out += [] if glossary.is_computed(meaning.entry) else [_wrapped(in_language(_LATER, language))]
    shown = glossary.example(meaning.entry, language)
    return "\n".join([*out, "", in_language(_HEADS["shows"], language), textwrap.indent(shown, "  ")])


def _quoted(phrases: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{each}`" for each in phrases)


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, initial_indent="  ", subsequent_indent="  ")


def _hint(topic: str) -> str:
    known = [*(each.code for each in CATALOGUE), *(each.slug for each in CATALOGUE), *SUMMARIES]
    similar = difflib.get_close_matches(topic, known, n=3) or difflib.get_close_matches(topic.upper(), known, n=3)
    found = dict.fromkeys((*glossary.near(topic), *similar))
    return f"; did you mean {', '.join(found)}?" if found else "; docs/reference/words.md lists the words"
