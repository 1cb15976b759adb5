"""Write the pages and tables that come from the registries: `python docs/generate.py`. A test proves them current."""

import re
from pathlib import Path

from incentive.diagnostics import CATALOGUE, Code, in_language
from incentive.language.words import (
    DURATIONS,
    FUNCTIONS,
    GROUPS,
    MONTH_ENDS,
    PEOPLE,
    PERIODS,
    RATE_FIELDS,
    ROUNDINGS,
    SIDES,
    TYPES,
    UNRATED,
    WORDS,
    Vocabulary,
)

DOCS = Path(__file__).parent
STAGES = {
    "E1": ("Reading the text", "Lecture du texte"),
    "E2": ("Names and blocks", "Noms et blocs"),
    "E3": ("Units and conditions", "Unités et conditions"),
    "E4": ("Tables and totals", "Barèmes et totaux"),
    "E5": ("Periods and groups", "Périodes et groupes"),
    "W": ("Warnings", "Avertissements"),
    "D": ("Data", "Données"),
    "P": ("Computing", "Calcul"),
    "X": ("Programs", "Programmes"),
}
_INTRO = {
    "en": """# Findings

Every finding has a code that never changes. An error stops: no figure is computed from a plan or from data that has
one. A warning does not. A pending line waits for what it names, and the others go on.

A sample is the smallest text that gives the finding; what it stands in is left out.
""",
    "fr": """# Constats

Chaque constat a un code qui ne change jamais. Une erreur arrête : aucun chiffre n'est calculé sur un plan ou des
données qui en ont une. Un avertissement n'arrête pas. Une ligne en attente attend ce qu'elle nomme ; les autres
avancent.

Un exemple est le plus petit texte qui donne le constat, sans ce qui l'entoure.
""",
}
_VOCABULARIES: tuple[tuple[str, Vocabulary], ...] = (
    ("types", TYPES),
    ("periods", PERIODS),
    ("durations", DURATIONS),
    ("groups", GROUPS),
    ("people", PEOPLE),
    ("roundings", ROUNDINGS),
    ("ends of months", MONTH_ENDS),
    ("fields of a table of rates", RATE_FIELDS),
    ("names of years", SIDES),
    ("missing ratings", UNRATED),
    ("functions", FUNCTIONS),
)


def diagnostics(language: str) -> str:
    """The page of every code."""
    side = 1 if language == "fr" else 0
    out = [_INTRO[language]]
    stage = ""
    for code in CATALOGUE:
        name = next((words[side] for start, words in STAGES.items() if code.code.startswith(start)), "")
        if name != stage:
            stage = name
            out.append(f"## {name}\n")
        out.append(_entry(code, language))
    return "\n".join(out)


def _entry(code: Code, language: str) -> str:
    lang = "fr" if language == "fr" else "en"
    title, message, why, mend = (in_language(twin, lang) for twin in (code.title, code.message, code.why, code.mend))
    shown = f"\n```\n{code.shows}\n```\n" if code.shows else ""
    return f"### {code.code}\n\n**{title}.**\n\n> {message}\n\n{why}\n\n{mend}\n{shown}"


def words() -> str:
    """The table of words in both languages."""
    rows = ["| English | French |", "| --- | --- |"]
    rows += [f"| {_said(word.english)} | {_said(word.french)} |" for word in WORDS]
    for title, vocabulary in _VOCABULARIES:
        rows.append(f"| *{title}* | |")
        rows += [f"| {_said(english)} | {_said(french)} |" for english, french in vocabulary.values()]
    return "\n".join(rows)


def _said(phrases: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in phrases)


def with_words(page: str) -> str:
    """The page of the language with its table put in."""
    return re.sub(
        r"(<!-- generated: words -->\n).*?(<!-- end -->)",
        lambda match: match[1] + words() + "\n" + match[2],
        page,
        flags=re.DOTALL,
    )


def pages() -> dict[Path, str]:
    """What every generated page should hold."""
    language = DOCS / "reference" / "language.md"
    return {
        language: with_words(language.read_text("utf-8")),
        DOCS / "reference" / "diagnostics.md": diagnostics("en"),
        DOCS / "reference" / "diagnostics.fr.md": diagnostics("fr"),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(DOCS.parent))
