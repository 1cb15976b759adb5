"""What commands print, to the byte. `INCENTIVE_GOLDEN=write` writes the files anew, for a person to read."""

import os
import re
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, EXEMPLE, FRENCH, PLAN, Command

_HASH = re.compile("[0-9a-f]{64}")  # other rooms say what goes into a fingerprint
GOLDEN = Path(__file__).parents[1] / "golden" / "cli"
CASES = {
    "run.txt": "run sales.plan --data data --from 2026-01 --until 2026-02",
    "run_accounting.txt": "run sales.plan --data data --period 2026-01 --accounting",
    "run.csv": "run sales.plan --data data --format csv",
    "run.json": "run sales.plan --data data --period 2026-02 --participant bob --format json",
    "run_fr.txt": "run ventes.plan --data donnees",
    "explain.txt": "explain sales.plan --data data --participant ana --period 2026-01 --rows 1",
    "explain_pending.txt": "explain sales.plan --data data --participant bob --period 2026-02 --component target",
    "explain_fr.txt": "explain ventes.plan --data donnees --participant ana",
    "explain.json": "explain sales.plan --data data --participant ana --period 2026-01 --format json",
    "test.txt": "test tested.plan",
    "test.json": "test tested.plan --format json",
    "test_fr.txt": "test ventes.plan exemple.plan",
    "requires.txt": "requires sales.plan",
    "requires.json": "requires sales.plan --format json",
    "help.txt": "help",
    "check.txt": "check broken.plan",
    "check.json": "check broken.plan --format json",
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_the_golden_one(name: str, incentive: Command, folder: Path) -> None:
    (folder / "broken.plan").write_text(PLAN.replace("rate of revenue", "rate of revenu"))
    (folder / "tested.plan").write_text(PLAN + EXAMPLES)
    (folder / "exemple.plan").write_bytes((FRENCH + EXEMPLE).encode())
    said = incentive(*CASES[name].split())
    text = f"{said.out}---- exit {said.code}, on standard error:\n{said.err}" if name.endswith(".txt") else said.out
    text = _HASH.sub("a hash", text)
    path = GOLDEN / name
    if os.environ.get("INCENTIVE_GOLDEN") == "write":
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()
