"""`incentive fmt`: files change whole, only when they must, and never when they cannot be read."""

import os
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command

UGLY = 'incentive 1 en\nlet a=1500   # one\nplan "é" {currency EUR}\n'
NEAT = 'incentive 1 en\n\nlet a = 1 500  # one\n\nplan "é" {\n  currency EUR\n}\n'


def put(folder: Path, text: str = UGLY, name: str = "ugly.plan") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_a_file_is_laid_out_anew(incentive: Command, folder: Path) -> None:
    path = put(folder)
    said = incentive("fmt", "ugly.plan")
    assert (said.code, said.out, said.err) == (0, "", "ugly.plan: formatted\n")
    assert path.read_bytes() == NEAT.encode()
    assert [each.name for each in folder.iterdir() if each.name.startswith(".")] == []


def test_a_file_that_is_right_is_not_touched(incentive: Command, folder: Path) -> None:
    path = put(folder, NEAT)
    os.utime(path, (1, 1))
    assert incentive("fmt", "ugly.plan").err == ""
    assert path.stat().st_mtime == 1


def test_line_ends_and_byte_order_mark_are_a_change(incentive: Command, folder: Path) -> None:
    path = put(folder, "\ufeff" + NEAT.replace("\n", "\r\n"))
    assert "only line ends change" in incentive("fmt", "--diff", "ugly.plan").out
    assert incentive("fmt", "ugly.plan").code == 0
    assert path.read_bytes() == NEAT.encode()


def test_check_and_diff_write_nothing(incentive: Command, folder: Path) -> None:
    path = put(folder)
    said = incentive("fmt", "--check", "--diff", "ugly.plan")
    assert said.code == 1
    assert "-let a=1500   # one\n" in said.out
    assert "+let a = 1 500  # one\n" in said.out
    assert "ugly.plan: would be formatted anew" in said.err
    assert incentive("fmt", "--diff", "ugly.plan").code == 0
    assert path.read_text(encoding="utf-8") == UGLY


def test_standard_input_goes_to_standard_output(incentive: Command) -> None:
    assert incentive("fmt", "-", stdin=UGLY.encode()).out == NEAT
    assert incentive("fmt", "--check", "-", stdin=NEAT.encode()).code == 0


def test_a_plan_with_a_mistake_is_left_alone_and_the_others_are_formatted(incentive: Command, folder: Path) -> None:
    wrong = put(folder, "incentive 1 en\nlet = 5\n", "wrong.plan")
    path = put(folder)
    said = incentive("fmt", "wrong.plan", "ugly.plan")
    assert said.code == 1
    assert "wrong.plan:2" in said.err
    assert wrong.read_text(encoding="utf-8") == "incentive 1 en\nlet = 5\n"
    assert path.read_text(encoding="utf-8") == NEAT


@pytest.mark.parametrize("raw", [b"\xff\xfeab", b"\xe9", b"%PDF-1.4"])
def test_what_is_no_text_is_unreadable(raw: bytes, incentive: Command, folder: Path) -> None:
    (folder / "other.plan").write_bytes(raw)
    assert incentive("fmt", "other.plan").code == 2


def test_a_file_that_is_not_there_is_unreadable(incentive: Command, folder: Path) -> None:
    path = put(folder)
    said = incentive("fmt", "nowhere.plan", "ugly.plan")
    assert said.code == 2
    assert "there is no such file" in said.err
    assert path.read_text(encoding="utf-8") == NEAT


@pytest.mark.skipif(sys.platform == "win32", reason="no modes and few links")
def test_the_mode_stays_and_a_link_stays_a_link(incentive: Command, folder: Path) -> None:
    path = put(folder)
    path.chmod(0o640)
    (folder / "link.plan").symlink_to(path.name)
    assert incentive("fmt", "link.plan").code == 0
    assert (folder / "link.plan").is_symlink()
    assert path.read_text(encoding="utf-8") == NEAT
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
