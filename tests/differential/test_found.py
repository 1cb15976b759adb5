"""Small cases on which the engines once parted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.differential.comparing import WIDTHS, Case, compare, ready
from tests.differential.rows import Data, Row

HEAD = """plan "Found" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
}
"""
FACTS = """facts deals {
  owner:     participant optional
  account:   accounts optional
  amount:    money
  closed_on: date
  paid_on:   date optional
}
facts accounts {
  key number: text
  size:       money optional
}
"""
ROW: Row = {"owner": "Ana", "account": None, "amount": Decimal(5), "closed_on": date(2026, 1, 1), "paid_on": None}
LINE = "component line {\n  pay sales + 3 EUR * kinds\n}\n"
SALES = "measure sales {\n  sum deals.amount\n  dated closed_on\n  credit owner\n}\n"
KINDS = "measure kinds {\n  count distinct deals.owner\n  dated closed_on\n}\n"


def found(*blocks: str, rows: list[Row] | None = None, inputs: dict[str, dict[object, object]] | None = None) -> Case:
    tables = {"deals": [ROW] if rows is None else rows, "accounts": []}
    people: list[Row] = [{"who": "Ana", "team": None}, {"who": "Bob", "team": None}]
    return Case(0, (HEAD, FACTS, *blocks), Data(tables, people, inputs or {}))


HUGE: list[Row] = [ROW | {"amount": Decimal("999999999999999.999999")}, ROW | {"amount": Decimal("-999999999999999")}]
CASES = {
    "a parameter has no value on a row without a date": found(
        "parameter part = 5%\n",
        "measure sales {\n  sum part of deals.amount\n  dated paid_on\n  credit owner\n}\n",
        KINDS,
        LINE,
    ),
    "a row without the value that is counted is named": found(SALES, KINDS, LINE, rows=[ROW, ROW | {"owner": None}]),
    "a field of an empty table is missing": found(
        "measure sales {\n  sum (deals.account.size if missing 7 EUR)\n  dated closed_on\n  credit owner\n}\n",
        KINDS,
        LINE,
    ),
    "nobody is in a team": found(
        SALES,
        "facts people {\n  who: participant\n  team: text optional\n}\n",
        "component line {\n  pay sales + (team.sales if missing 4 EUR)\n}\n",
    ),
    "a team without people has an input": found(
        SALES,
        "facts people {\n  who: participant\n  team: text optional\n}\n",
        "input goal: money per team per month\n",
        "component line {\n  pay sales + (goal if missing 4 EUR)\n}\n",
        inputs={"goal": {}},
    ),
    "zero beside a long number": found(
        SALES,
        "measure none {\n  sum deals.amount\n  where amount = 1 EUR\n  dated closed_on\n  credit owner\n}\n",
        "scale step by level {\n  from 0%: 20%\n  from 50%: 30%\n}\n",
        "component line {\n  pay step(none / sales if missing 0%) * 3 EUR\n}\n",
        rows=HUGE,
    ),
}


@pytest.mark.parametrize("widths", WIDTHS)
@pytest.mark.parametrize("name", CASES)
def test_the_engines_agree_where(name: str, widths: object) -> None:
    compare(ready(CASES[name]), widths)  # type: ignore[arg-type]  # one of WIDTHS


def test_a_few_people_can_be_asked_for() -> None:
    case = found(SALES, KINDS, LINE)
    compare(ready(Case(0, case.blocks, case.data, asked=("Bob",))))
