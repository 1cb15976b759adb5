"""Pages that come from a registry say what the registry says, and links lead somewhere."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

import incentive
from tests.docs.blocks import PAGES, ROOT

GENERATED: dict[Path, Callable[[], str]] = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(#[^)\s]+)?\)")


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: path.name)
def test_a_generated_page_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == GENERATED[path](), "run: python docs/generate.py"


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", [page for page in PAGES if page.exists()], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for match in LINK.finditer(page.read_text("utf-8")):
        target = page.parent / match[1] if match[1] else page
        assert target.exists(), f"{page.name}: {match[0]}"
        if match[2]:
            assert match[2][1:] in anchors(target), f"{page.name}: {match[0]}"


def test_every_public_name_is_told_of() -> None:
    page = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")
    names = page.partition("\n## Names\n")[2]
    assert [name for name in incentive.__all__ if f"`{name}`" not in names] == []
