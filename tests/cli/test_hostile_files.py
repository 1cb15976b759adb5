"""What is no plan is told in a line or two: by a code, with an exit code, in no time and without a traceback."""

from pathlib import Path

import pytest

from benchmarks.hostile import TEXTS
from incentive import PlanError, load
from tests.cli.conftest import Command

COMMANDS = (("check",), ("fmt", "--check"), ("translate", "--to", "fr"), ("test",), ("requires",))
endless = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="the system has no file without end")
BAD = {
    "NUL": "E119",
    "NUL x 500,000": "E151",
    "lone surrogates": "E117",
    "not UTF-8": "E117",
    "UTF-16": "E118",
    "UTF-16 without a mark": "E119",
    "UTF-32": "E118",
    "2 MiB": "E150",
    "a line of 1 MiB": "E150",
    "direction controls": "E119",
    "invisible characters": "E119",
    "parentheses x 100,000, lines": "E152",
}


@pytest.mark.parametrize("command", COMMANDS, ids=[each[0] for each in COMMANDS])
@pytest.mark.parametrize("name", BAD)
def test_a_command_says_why_it_does_not_read_a_file(
    incentive: Command, folder: Path, name: str, command: tuple[str, ...]
) -> None:
    (folder / "bad.plan").write_bytes(TEXTS[name]())
    said = incentive(*command, "bad.plan")
    assert said.code in {1, 2}
    assert BAD[name] in said.out + said.err
    assert "Traceback" not in said.err
    assert "internal error" not in said.err
    assert len(said.out + said.err) < 20_000


@endless
@pytest.mark.parametrize("command", COMMANDS, ids=[each[0] for each in COMMANDS])
def test_a_file_without_end_is_read_as_far_as_the_limit(incentive: Command, command: tuple[str, ...]) -> None:
    said = incentive(*command, "/dev/zero")
    assert said.code == 2
    assert "E150" in said.out + said.err


@endless
def test_the_library_reads_a_file_without_end_as_far_as_the_limit() -> None:
    with pytest.raises(PlanError, match="E150"):
        load("/dev/zero")


def test_standard_input_without_end_is_read_as_far_as_the_limit(incentive: Command) -> None:
    assert "E150" in incentive("check", "-", stdin=b"# x\n" * 1_000_000).out
