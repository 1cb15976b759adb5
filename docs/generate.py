"""Write the pages and tables that come from the registries: `python docs/generate.py`. A test proves them current."""

from collections.abc import Callable
from pathlib import Path

from incentive.diagnostics import CATALOGUE, Code, Language, in_language
from incentive.glossary import Meaning, example, glossary, in_words_of, is_computed

DOCS = Path(__file__).parent
STAGES = {
    "E1": ("Reading the text", "Lecture du texte"),
    "E2": ("Names and blocks", "Noms et blocs"),
    "E3": ("Units and conditions", "Unités et conditions"),
    "E4": ("Tables and totals", "Barèmes et totaux"),
    "E5": ("Periods and groups", "Périodes et groupes"),
    "E6": ("Files", "Fichiers"),
    "W": ("Warnings", "Avertissements"),
    "D": ("Data", "Données"),
    "P": ("Computing", "Calcul"),
    "R": ("Closing, and runs that are kept", "Clôture, et calculs conservés"),
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
    shown = f"\n```\n{in_words_of(code.shows, lang)}\n```\n" if code.shows else ""
    return f"### {code.code}\n\n**{title}.**\n\n> {message}\n\n{why}\n\n{mend}\n{shown}"


def _said(phrases: tuple[str, ...]) -> str:
    return ", ".join(f"`{each}`" for each in phrases)


_GLOSSARY: dict[Language, tuple[str, str]] = {
    "en": ("## English", "| word | in French | says | example |"),
    "fr": ("## Français", "| mot | en anglais | dit | exemple |"),
}
_GLOSSARY_INTRO = """# Words

Every word of the language, what it says and a line of plan that uses it; *(E190)* marks what is read and not computed
yet. `incentive help WORD` shows the same. [The language](language.md) has the rules.

Chaque mot de la langue, ce qu'il dit et une ligne de plan qui s'en sert ; *(E190)* marque ce qui se lit et ne se
calcule pas encore. `incentive help MOT` montre la même chose. [En français](#français).
"""


def all_words() -> str:
    """The page of every word, once for each language."""
    out = [_GLOSSARY_INTRO]
    for language, (title, head) in _GLOSSARY.items():
        out.append(f"{title}\n")
        sort = ""
        for meaning in glossary():
            name = in_language(meaning.sort, language)
            if name != sort:
                sort = name
                out.append(f"{'' if out[-1].startswith('## ') else chr(10)}### {name.capitalize()}\n\n{head}")
                out.append("| --- | --- | --- | --- |")
            out.append(_word_row(meaning, language))
        out.append("")
    return "\n".join(out)


def _word_row(meaning: Meaning, language: Language) -> str:
    ours = meaning.phrases(language)
    theirs = meaning.phrases("en" if language == "fr" else "fr")
    later = "" if is_computed(meaning.entry) else " *(E190)*"
    # In a cell a space that begins a line is lost, and a bar would end the cell.
    lines = (line.replace("|", "\\|") for line in example(meaning.entry, language).split("\n"))
    shown = "<br>".join(f"`{line.replace('  ', chr(0xA0) * 2)}`" for line in lines)
    return f"| {_said(ours)} | {_said(theirs)} | {in_language(meaning.entry.help, language)}{later} | {shown} |"


def pages() -> dict[Path, Callable[[], str]]:
    """What every generated page should hold, made when it is called."""
    return {
        DOCS / "reference" / "words.md": all_words,
        DOCS / "reference" / "diagnostics.md": lambda: diagnostics("en"),
        DOCS / "reference" / "diagnostics.fr.md": lambda: diagnostics("fr"),
    }


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text(), "utf-8")
        print(path.relative_to(DOCS.parent))
