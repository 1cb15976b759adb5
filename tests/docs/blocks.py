"""The code blocks of a page, with what the page says about them.

A page may carry HTML comments, which a reader does not see:

- `<!-- preamble … -->` is a plan that completes the fragments after it,
- `<!-- together -->` says that all plan blocks of the page are one plan,
- `<!-- refused: E190 -->` says that the next block is refused with that code,
- `<!-- file NAME -->` says that the next block is a file of that name, beside the blocks after it,
- `<!-- edit FILE "old" "new" -->` changes a file as the page asks its reader to, before the next command.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
_PARTS = re.compile(
    r"<!-- preamble\n(?P<preamble>.*?)\n-->|<!-- refused: (?P<refused>\w+) -->|<!-- edit (?P<edit>.*?) -->"
    r"|<!-- file (?P<file>\S+) -->"
    r"|^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)


@frozen
class Block:
    """A block of code: its place, its language, its text, the plan around it, the code that refuses it.

    `file` is the name that it has as a file, `files` are the texts of the files shown before it.
    """

    page: str
    line: int
    language: str
    text: str
    preamble: str = ""
    refused: str = ""
    file: str = ""
    files: Mapping[str, str] = field(factory=dict)

    @property
    def whole(self) -> str:
        """The plan that the block is, or that its preamble makes of it."""
        return self.text if self.text.startswith("incentive ") else self.preamble + self.text

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """Every code block of a page, in its order; edits of files too."""
    text = page.read_text("utf-8")
    name = page.relative_to(ROOT).as_posix()
    together = "<!-- together -->" in text
    preamble = refused = file = ""
    files: dict[str, str] = {}
    for match in _PARTS.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        if match["preamble"] is not None:
            preamble = match["preamble"] + "\n"
        elif match["refused"] is not None:
            refused = match["refused"]
        elif match["edit"] is not None:
            yield Block(name, line, "edit", match["edit"])
        elif match["file"] is not None:
            file = match["file"]
        else:
            made = Block(name, line, match["language"], match["text"], preamble, refused, file, {**files})
            yield made
            if file:
                files[file] = made.whole
            refused = file = ""
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
