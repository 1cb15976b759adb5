"""What is published is the wheel, not the checkout: build it and use it where nothing else is installed.

A grammar left out of the package, an import that only the development tools satisfy, or a release of python-dateutil
that counts months differently would pass every other test.
"""

import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "incentive"

# INVARIANT: only what pip says when it reaches no registry; a build that breaks must fail, not skip.
UNREACHABLE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError|Network is unreachable"
    r"|Temporary failure in name resolution|from versions: none"
)

DATEUTIL = {"2.9": "python-dateutil==2.9.*", "4": "python-dateutil>=4"}

PERIODS = """
from datetime import date
from importlib.metadata import version
from incentive import quantities as q

assert version("python-dateutil").startswith({major!r} + "."), version("python-dateutil")
assert q.month_add(date(2024, 1, 31), 1, "down") == date(2024, 2, 29)
assert q.month_add(date(2023, 1, 31), 1, "up") == date(2023, 3, 1)
first = q.FiscalYear(starts_month=7).parse("FY2018-Q1")
assert (first.start, first.end) == (date(2017, 7, 1), date(2017, 10, 1)), first
"""


def pip(*arguments: str) -> None:
    """Run pip; skip where no registry answers."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode and UNREACHABLE.search(done.stderr):
        pytest.skip("no package registry can be reached:\n" + done.stderr[-400:])
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


def clean(folder: Path, *requirements: str) -> Path:
    """Make an environment of these requirements alone; give its Python."""
    venv.create(folder, with_pip=False)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pip("--python", str(python), "install", "--quiet", *requirements)
    return python


def say(command: list[str], folder: Path) -> str:
    """Run a command from an empty folder, where no checkout can be imported by accident."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")  # a copy, so that building leaves nothing in the checkout
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    shutil.copytree(PACKAGE, source / "src" / "incentive", ignore=shutil.ignore_patterns("__pycache__"))
    out = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(out), str(source))
    (built,) = out.glob("incentive-*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clean(tmp_path_factory.mktemp("clean"), str(wheel))


def test_the_wheel_imports_with_only_its_dependencies(python: Path, tmp_path: Path) -> None:
    where = say([str(python), "-I", "-c", "import incentive; print(incentive.__file__)"], tmp_path)

    assert Path(where).is_relative_to(python.parent.parent)


def test_every_file_that_is_not_python_is_in_the_wheel(python: Path, tmp_path: Path) -> None:
    expected = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    listing = (
        "import incentive, pathlib; root = pathlib.Path(incentive.__file__).parent;"
        "print(*(p.relative_to(root).as_posix() for p in root.rglob('*') if p.is_file()), sep='\\n')"
    )

    shipped = set(say([str(python), "-I", "-c", listing], tmp_path).splitlines())

    assert "py.typed" in expected
    assert expected <= shipped


@pytest.mark.skipif(not (PACKAGE / "cli" / "__init__.py").exists(), reason="there is no command line")
def test_the_command_tells_its_version(wheel: Path, python: Path, tmp_path: Path) -> None:
    command = next(python.parent.glob("incentive*"))

    assert wheel.name.split("-")[1] in say([str(command), "--version"], tmp_path)


@pytest.mark.parametrize("major", DATEUTIL)
def test_periods_are_the_same_with_every_supported_dateutil(major: str, wheel: Path, tmp_path: Path) -> None:
    python = clean(tmp_path / "clean", str(wheel), DATEUTIL[major])

    say([str(python), "-I", "-c", PERIODS.format(major=major)], tmp_path / "empty")
