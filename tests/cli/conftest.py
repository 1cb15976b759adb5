"""A small plan with its data, and two ways to run the command line on it."""

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import frozen

from incentive.cli import main

SOURCE = Path(__file__).parents[2] / "src"
PLAN = """incentive 1 en

plan "Field sales" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
}

facts deals {
  key id:    text
  owner:     participant
  amount:    money
  closed_on: date
}

input quota: money per participant per month

parameter bonus = 100 EUR
parameter rate = 5%

measure revenue "Signed revenue" {
  sum    deals.amount
  dated  closed_on
  credit owner
}

component commission "Commission" {
  pay rate of revenue
}

component target "Target bonus" {
  pay bonus
  when revenue >= quota
}
"""
FRENCH = """incentive 1 fr

plan "Ventes" {
  devise     EUR
  période    mois
  fuseau     "Europe/Paris"
  applicable du 2026-01-01 au 2026-01-31
}

données ventes {
  vendeur:   bénéficiaire
  montant:   montant
  signée_le: date
}

valeur objectif: montant par bénéficiaire par mois

indicateur chiffre "Chiffre d'affaires" {
  somme ventes.montant
  date  signée_le
  attribué à vendeur
}

composante prime "Prime" {
  verser 1 234,50 EUR
  quand chiffre >= objectif
}
"""
EXAMPLES = """
example "five percent" {
  given revenue = 1 000 EUR
  expect commission = 50 EUR
}

example "on target" {
  given revenue = 1 000 EUR
  given quota   = 1 000 EUR
  expect total = 149 EUR
}

example "from rows" {
  given deals {
    | owner | amount    | closed_on  |
    | "Ana" | 1 000 EUR | 2026-01-10 |
  }
  expect commission for "Ana" = 60 EUR
  expect target for "Ana" = 0 EUR
}
"""
EXEMPLE = """
exemple "objectif atteint" {
  avec chiffre  = 1 000 EUR
  avec objectif = 1 000 EUR
  attendu prime = 1 234,50 EUR
}
"""
DEALS = """id,owner,amount,closed_on
A-1,ana,1000.00,2026-01-10
A-2,ana,250.50,2026-01-31
B-1,bob,80.10,2026-02-02
"""
PEOPLE = "who\nana\nbob\n=cmd\n"
QUOTA = "participant,period,value\nana,2026-01,1200.00\nana,2026-02,1200.00\nbob,2026-01,50.00\n=cmd,2026-01,10.00\n"


@frozen
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the plan and the folder `data`; relative paths start there."""
    write(
        tmp_path,
        {
            "sales.plan": PLAN,
            "ventes.plan": FRENCH,
            "data/deals.csv": DEALS,
            "data/people.csv": PEOPLE,
            "data/quota.csv": QUOTA,
            "donnees/ventes.csv": "vendeur,montant,signée_le\nana,1300.00,2026-01-10\n",
            "donnees/people.csv": "who\nana\nbob\n",
            "donnees/objectif.csv": "participant,period,value\nana,2026-01,1200.00\n",
        },
    )
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "INCENTIVE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def incentive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in this process."""

    def run(*words: str, stdin: bytes = b"") -> Said:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            assert Path.cwd() == folder
            code = main(words)
        return Said(code, text_of(out), text_of(err))

    return run


@pytest.fixture
def spawn(folder: Path) -> Command:
    """Run a command in a process of its own."""

    def run(*words: str, env: Mapping[str, str] | None = None) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "incentive", *words],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SOURCE), **(env or {})},
            capture_output=True,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())


def text_of(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()
