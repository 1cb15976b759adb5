"""The code blocks of a page, with what the page says about them.

A page may carry HTML comments, which a reader does not see:

- `<!-- preamble … -->` is a plan that completes the fragments after it,
- `<!-- together -->` says that all plan blocks of the page are one plan,
- `<!-- refused: E190 -->` says that the next block is refused with that code,
- `<!-- edit FILE "old" "new" -->` changes a file as the page asks its reader to, before the next command.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PARTS = re.compile(
    r"<!-- preamble\n(?P<preamble>.*?)\n-->|<!-- refused: (?P<refused>\w+) -->|<!-- edit (?P<edit>.*?) -->"
    r"|^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@frozen
class Block:
    """A block of code: its place, its language, its text, the plan around it, and the code that refuses it."""

    page: str
    line: int
    language: str
    text: str
    preamble: str = ""
    refused: str = ""

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """Every code block of a page, in its order; edits of files too."""
    text = page.read_text("utf-8")
    name = page.relative_to(ROOT).as_posix()
    together = "<!-- together -->" in text
    preamble = refused = ""
    for match in _PARTS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["preamble"] is not None:
            preamble = match["preamble"] + "\n"
        elif match["refused"] is not None:
            refused = match["refused"]
        elif match["edit"] is not None:
            yield Block(name, line, "edit", match["edit"])
        else:
            yield Block(name, line, match["language"], match["text"], preamble, refused)
            refused = ""
            if together and match["language"] == "plan":
                preamble += match["text"]


def like(shown: str, found: str) -> bool:
    """Whether output is as shown; `…` alone on a line stands for any lines, at the end of a line for its rest."""
    parts = []
    for line in shown.rstrip("\n").split("\n"):
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
        elif line.endswith("…"):
            parts.append(re.escape(line[:-1]) + r"[^\n]*\n")
        else:
            parts.append(re.escape(line.rstrip()) + r"[ ]*\n")
    return re.fullmatch("".join(parts), found.rstrip("\n") + "\n") is not None
