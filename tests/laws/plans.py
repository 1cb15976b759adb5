"""Small plans that the laws are stated on, and what they pay.

A law is a function of cases that tells whether it holds. One test draws cases and asserts it; another plants a bug, in
the engine, the plan or the data, and asserts that the same function no longer holds: a law that no bug can break says
nothing. Many people in one run are many cases at once, so that a law on two figures and their sum needs one run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

import incentive
from incentive.engines import EngineChoice

ENGINES: Final = [
    pytest.param("reference", id="reference"),
    pytest.param(
        "columnar", id="columnar", marks=pytest.mark.skipif(find_spec("polars") is None, reason="needs Polars")
    ),
]
CENT: Final = Fraction(1, 100)
EXACT: Final = "half_up to 0.000000001 EUR"
"""A step so small that no figure of these laws is rounded: nine decimals, more than cents and rates have together."""

Plant = Callable[[pytest.MonkeyPatch], None]
Row = dict[str, object]


def few(count: int) -> settings:
    """So many examples, the same ones on every machine."""
    return settings(
        max_examples=count, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
    )


def setting(room: object, name: str, wrong: object) -> Plant:
    """A bug planted in a function of the engine."""
    return lambda monkeypatch: monkeypatch.setattr(room, name, wrong)


def breaks(monkeypatch: pytest.MonkeyPatch, plant: Plant, holds: Callable[[], bool]) -> bool:
    """Tell whether a law holds, and no longer holds with the bug."""
    if not holds():
        return False
    with monkeypatch.context() as planted:
        plant(planted)
        return not holds()


def head(rounding: str = EXACT, currency: str = "EUR", period: str = "month", year: int = 2026, until: int = 0) -> str:
    """What every plan begins with: deals, and what was sold."""
    return f"""incentive 1 en
plan "Law" {{
  currency  {currency}
  period    {period}
  timezone  "Europe/Paris"
  effective from {year}-01-01 until {until or year}-12-31
  month_end down
  rounding  {rounding}
}}
facts deals {{
  owner:     participant
  amount:    money
  closed_on: date
}}
measure revenue {{
  sum    deals.amount
  dated  closed_on
  credit owner
}}
measure signed {{
  count  deals
  dated  closed_on
  credit owner
}}
"""


def component(name: str, *clauses: str) -> str:
    """One line of a plan."""
    return f"component {name} {{\n  " + "\n  ".join(clauses) + "\n}\n"


def money(value: Fraction | int, currency: str = "EUR") -> str:
    """An amount as a plan says it."""
    text = plain(abs(Fraction(value)))
    return f"(0 {currency} - {text} {currency})" if value < 0 else f"{text} {currency}"


def percent(value: Fraction | int) -> str:
    """A percentage as a plan says it, of a ratio."""
    return f"{plain(Fraction(value) * 100)}%"


def plain(value: Fraction | int) -> str:
    """A number with an end, in digits."""
    value = Fraction(value)
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"


def deal(owner: str, amount: Fraction | int, day: str = "2026-01-05", **more: object) -> Row:
    """A row of the table of deals."""
    return {"owner": owner, "amount": plain(amount), "closed_on": day, **more}


def ran(
    text: str,
    deals: Iterable[Row],
    engine: EngineChoice = "reference",
    *,
    people: Sequence[Row] | None = None,
    names: Iterable[str] = (),
    period: str | None = "2026-01",
    tables: Mapping[str, Sequence[Row]] | None = None,
    inputs: Mapping[str, Mapping[str, Fraction | int]] | None = None,
    as_of: date | None = None,
) -> incentive.Run:
    """Run a plan; without people, those named and those who own a deal."""
    rows = list(deals)
    who = sorted({*names, *(str(row["owner"]) for row in rows)})
    given = {
        name: [{"participant": each, "period": "2026-01", "value": plain(value)} for each, value in values.items()]
        for name, values in (inputs or {}).items()
    }
    recorded = None if as_of is None else {"deals": "entered_on"}
    roster = people if people is not None else [{"who": each} for each in who]
    data = incentive.Dataset.from_rows(
        tables={"deals": rows, **(tables or {})}, people=roster, inputs=given, recorded_on=recorded
    )
    return incentive.parse(text).run(data, period=period, engine=engine, as_of=as_of)


Lines = dict[tuple[str, str], Fraction]


def lines(run: incentive.Run) -> Lines:
    """What a run of one period pays, by person and component."""
    found: Lines = {}
    for each in run.payouts:
        assert each.amount is not None, (each.participant, each.component, each.reasons)
        found[each.participant, each.component] = Fraction(each.amount.amount)
    return found


def months(run: incentive.Run) -> dict[tuple[str, str, str], Fraction | None]:
    """What a run pays, by person, period and component; None where it is pending."""
    return {
        (each.participant, each.period.name, each.component): None
        if each.amount is None
        else Fraction(each.amount.amount)
        for each in run.payouts
    }
