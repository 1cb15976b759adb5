"""Small plans built by hand, and facts for them."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve

from incentive import tree as t
from incentive.data import Cell, Facts, InputFacts, Person, Segment, TableFacts, Value
from incentive.quantities import FiscalYear, Period, PeriodKind, parse_decimal

MONEY = t.Unit("money", currency="EUR")
RATIO = t.Unit("ratio")
COUNT = t.Unit("count", counted="deals")
DATE = t.Unit("date")
YES_NO = t.Unit("yes_no")
WHO = t.Unit("participant")
TEXT = t.Unit("text")
STAGE = t.Unit("choice", choices=("open", "won", "lost"))
CENT = Fraction(1, 100)
YEAR_TO_DATE = t.Window("to_date", "year")
MONTH = t.Window("whole", "month")
QUARTER = t.Window("whole", "quarter")
YEAR = t.Window("whole", "year")


def typed(unit: t.Unit, who: str = "", when: t.Window | None = None, row: str = "") -> t.Type:
    return t.Type(unit, t.Grain(who, when, row))


def number(text: str | int | Fraction, unit: t.Unit = RATIO) -> t.Constant:
    value = Fraction(parse_decimal(text)) if isinstance(text, str) else Fraction(text)
    return t.Constant(value, type=typed(unit))


def eur(text: str | int) -> t.Constant:
    return number(text, MONEY)


def word(text: str, unit: t.Unit = STAGE) -> t.Constant:
    return t.Constant(text, type=typed(unit))


def of_row(name: str, unit: t.Unit, table: str = "deals") -> t.FieldValue:
    return t.FieldValue((t.Hop(name, "row"),), type=typed(unit, row=table))


def measured(name: str, when: t.Window, who: str = "participant", unit: t.Unit = MONEY) -> t.MeasureValue:
    return t.MeasureValue(name, type=typed(unit, who, when))


def given(name: str, when: t.Window, who: str = "participant", by: str = "own", unit: t.Unit = MONEY) -> t.InputValue:
    return t.InputValue(name, by, type=typed(unit, who, when))  # type: ignore[arg-type]  # one of three words


def times(left: t.Expr, right: t.Expr, unit: t.Unit = MONEY) -> t.Multiply:
    return t.Multiply(left, right, type=typed(unit, "participant"))


def plus(*terms: t.Expr, unit: t.Unit = MONEY) -> t.Add:
    return t.Add(terms, type=typed(unit, "participant"))


def rounded(value: t.Expr, step: Fraction = CENT) -> t.Rounded:
    return t.Rounded(value, step, "half_up", type=value.type)


def slices(subject: t.Expr, *rows: tuple[t.Expr, str], how: str = "slice", applied: bool = True) -> t.Tiers:
    return t.Tiers(
        how,  # type: ignore[arg-type]  # one of four words
        subject,
        tuple(t.TierRow(bound, owns=True, value=number(rate)) for bound, rate in rows),
        applied=applied,
        type=typed(MONEY, "participant"),
    )


def by_quota(subject: t.Expr, quota: t.Expr, how: str = "slice") -> t.Tiers:
    rows = (("0", "0.05"), ("1", "0.08"), ("1.2", "0.12"))
    return slices(subject, *((times(number(at), quota), rate) for at, rate in rows), how=how)


def accumulated(value: t.Expr, over: t.Window = YEAR_TO_DATE) -> t.Increase:
    return t.Increase(rounded(value), over, type=value.type)


def line(name: str, value: t.Expr) -> t.Component:
    return t.Component(name, name.capitalize(), value)


DEALS = t.Table(
    "deals",
    "Deals",
    (
        t.Field("number", TEXT, key=True),
        t.Field("owner", WHO),
        t.Field("amount", MONEY, optional=True),
        t.Field("stage", STAGE),
        t.Field("region", TEXT),
        t.Field("closed_on", DATE, optional=True),
    ),
)
COVERAGE = t.Table("coverage", "Coverage", (t.Field("who", WHO), t.Field("region", TEXT), t.Field("part", RATIO)))
WON = t.Compare("=", of_row("stage", STAGE), word("won"), type=typed(YES_NO, row="deals"))
OWNER = t.Credit(t.CreditPath(of_row("owner", WHO)), overlay=False)
OVERLAY = t.Credit(t.CreditThrough("coverage", "who", (of_row("region", TEXT),), ("region",), "part"), overlay=True)
REVENUE = t.Measure(
    "revenue",
    "Revenue",
    "deals",
    "sum",
    of_row("amount", MONEY),
    WON,
    of_row("closed_on", DATE),
    OWNER,
    (of_row("region", TEXT),),
    MONEY,
)
COUNTED = evolve(REVENUE, name="deals_won", aggregate="count", value=None, unit=COUNT)
AVERAGE = evolve(REVENUE, name="average_deal", aggregate="average")
COVERED = evolve(REVENUE, name="covered", credit=OVERLAY)
QUOTA = t.Input("quota", "Quota", MONEY, "participant", "year")
TARGET = t.Input("target", "Target", MONEY, "participant", "month", additive=True)


def plan(*components: t.Component, **more: Any) -> t.Plan:  # noqa: ANN401 - fields of a plan
    made = t.Plan(
        label="Plan",
        currency="EUR",
        period="month",
        year_starts=1,
        year_named_by="end",
        timezone="Europe/Paris",
        first_day=date(2026, 1, 1),
        last_day=date(2026, 12, 31),
        covers=None,
        rounding="half_up",
        rounding_step=CENT,
        tables=(DEALS, COVERAGE),
        people=(t.Field("team", TEXT, optional=True), t.Field("manager", WHO, optional=True)),
        inputs=(QUOTA, TARGET),
        parameters=(),
        measures=(REVENUE, COUNTED, AVERAGE, COVERED),
        groups=(),
        definitions=(),
        components=components,
    )
    return evolve(made, **more)


def period(name: str) -> Period:
    return FiscalYear().parse(name)


def periods(kind: PeriodKind = "month") -> tuple[Period, ...]:
    return FiscalYear().periods(kind, date(2026, 1, 1), date(2026, 12, 31))


Deal = tuple[str, str, int | Fraction | None, str, str, date | None]


def deal(
    name: str,
    owner: str,
    amount: int | Fraction | None,
    day: str | None,
    *,
    stage: str = "won",
    region: str = "north",
) -> Deal:
    return (name, owner, amount, stage, region, None if day is None else date.fromisoformat(day))


def table(
    name: str, fields: Sequence[str], rows: Sequence[Sequence[Value | None]], recorded: Sequence[date] | None = None
) -> TableFacts:
    columns = {field: tuple(row[at] for row in rows) for at, field in enumerate(fields)}
    keys = tuple(str(row[0]) for row in rows) if name == "deals" else ("",) * len(rows)
    lines = tuple(range(2, len(rows) + 2))
    return TableFacts(
        name, f"{name}.csv", len(rows), columns, lines, keys, None if recorded is None else tuple(recorded)
    )


def person(key: str, *, team: str | None = "A", manager: str | None = None, **dates: str) -> Person:
    start, end = (date.fromisoformat(dates[at]) if at in dates else None for at in ("start", "end"))
    return Person(key, (Segment(start, end, {"team": team, "manager": manager}, 2),))


def facts(
    deals: Sequence[Deal] = (),
    *,
    people: Sequence[Person] = (),
    quota: Mapping[tuple[str, str], int] | None = None,
    target: Mapping[tuple[str, str], int] | None = None,
    coverage: Sequence[tuple[str, str, int | Fraction]] = (),
    recorded: Sequence[date] | None = None,
    more: Mapping[str, InputFacts] | None = None,
) -> Facts:
    if not people:
        people = [person(name) for name in ("Ana", "Bob")]
    inputs = {
        name: InputFacts(name, f"{name}.csv", {key: Cell(value, 2, f"{name}.csv") for key, value in values.items()})
        for name, values in (("quota", quota or {}), ("target", target or {}))
    }
    return Facts(
        {
            "deals": table("deals", [each.name for each in DEALS.fields], deals, recorded),
            "coverage": table("coverage", [each.name for each in COVERAGE.fields], coverage),
        },
        {each.key: each for each in people},
        inputs | dict(more or {}),
        "digest",
        "2026a",
        frozenset({"deals"} if recorded is not None else ()),
    )
