"""What only a process of its own can show: imports, bytes, pipes, the environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, SOURCE, Command, write

WORDS = ("run", "sales.plan", "--data", "data", "--format", "json")


def test_check_imports_neither_engines_nor_readers(folder: Path) -> None:
    code = (
        "import sys; from incentive.cli import main; main(['check', 'sales.plan']);"
        "print(sorted({name.split('.')[1] for name in sys.modules if name.startswith('incentive.')}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=True,
    )
    rooms = ["checking", "cli", "diagnostics", "language", "quantities", "structure", "tree", "version"]
    assert found.stdout.decode().strip() == str(rooms)


def test_a_run_gives_the_same_bytes_in_every_environment(spawn: Command) -> None:
    one = spawn(*WORDS, env={"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"})
    other = spawn(*WORDS, env={"PYTHONHASHSEED": "2", "PYTHONIOENCODING": "latin-1", "TZ": "America/Lima"})
    assert one.code == other.code == 0
    assert one == other


def test_text_is_utf_8_where_the_locale_says_ascii(spawn: Command) -> None:
    said = spawn("run", "ventes.plan", "--data", "donnees", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert "bénéficiaire" in said.out


def test_the_version_is_said(spawn: Command) -> None:
    assert spawn("--version").out == "incentive 0.1.0\n"


@pytest.mark.parametrize("command", ["new", "check", "run", "explain", "test", "requires", "map", "help"])
def test_the_help_of_a_command_has_an_example(command: str, spawn: Command) -> None:
    said = spawn(command, "--help")
    assert said.code == 0
    assert f"Example:\n  incentive {command} " in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE")
def test_a_closed_pipe_is_quiet(folder: Path) -> None:
    write(folder, {"broken.plan": PLAN + "".join(f"let a{n} = nothing{n}\n" for n in range(90))})
    read, made = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "incentive", "check", "broken.plan"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=made,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(made)
    assert done.returncode == 141
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
