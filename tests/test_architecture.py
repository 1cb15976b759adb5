"""The habits of the house that neither the linter nor the contract of layers can see."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "incentive"
MODULES = sorted(PACKAGE.rglob("*.py"))
EXACT = [
    path for path in MODULES if path.relative_to(PACKAGE).parts[0] in {"quantities", "tree", "engines", "checking"}
]
NOTHING_SAYS = {"utils", "helpers", "common", "misc", "base"}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def called(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_for_its_subject(path: Path) -> None:
    assert not NOTHING_SAYS & set(path.relative_to(PACKAGE).with_suffix("").parts)


@pytest.mark.parametrize("path", EXACT, ids=name_of)
def test_no_amount_becomes_a_float(path: Path) -> None:
    assert "float" not in called(path)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_text_is_run_as_code(path: Path) -> None:
    assert not {"eval", "exec"} & set(called(path))
    assert not [name for name in imported(path) if name.split(".")[0] == "pickle"]
