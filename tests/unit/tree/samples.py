"""A small plan, and short names for making trees."""

from datetime import date
from fractions import Fraction

from incentive import tree
from incentive.diagnostics import Span

MONTH = tree.Window("whole", "month")
MINE = tree.Grain("participant", MONTH)
EUR = tree.Type(tree.Unit("money", "EUR"), MINE)
PERCENT = tree.Type(tree.Unit("ratio"))
YES_NO = tree.Type(tree.Unit("yes_no"), MINE)
DATE = tree.Type(tree.Unit("date"), tree.Grain(row="deals"))


def amount(value: int | str, span: Span | None = None) -> tree.Constant:
    return tree.Constant(Fraction(value), type=EUR, span=span)


def percent(value: int) -> tree.Constant:
    return tree.Constant(Fraction(value, 100), type=PERCENT)


def measure(name: str, who: str = "participant", when: tree.Window = MONTH) -> tree.MeasureValue:
    return tree.MeasureValue(name, type=tree.Type(EUR.unit, tree.Grain(who, when)))


def day(name: str) -> tree.FieldValue:
    return tree.FieldValue((tree.Hop(name, "row"),), type=DATE)


REVENUE = tree.Measure(
    "revenue", "", "deals", "sum", tree.FieldValue((tree.Hop("amount", "row"),), type=EUR), None, day("closed_on"),
    tree.Credit(tree.CreditPath(day("owner")), overlay=False), (), EUR.unit,
)  # fmt: skip
SPEND = tree.Measure("spend", "", "deals", "count", None, None, day("closed_on"), None, (), EUR.unit)
PLAN = tree.Plan(
    label="Small",
    currency="EUR",
    period="month",
    year_starts=1,
    year_named_by="start",
    timezone="Europe/Paris",
    first_day=date(2026, 1, 1),
    last_day=date(2026, 12, 31),
    covers=None,
    rounding="half_up",
    rounding_step=Fraction(1, 100),
    tables=(
        tree.Table("deals", "", (tree.Field("amount", EUR.unit), tree.Field("closed_on", DATE.unit))),
        tree.Table("leads", "", (tree.Field("id", tree.Unit("text"), key=True),)),
    ),
    people=(tree.Field("role", tree.Unit("text")),),
    inputs=(
        tree.Input("quota", "", EUR.unit, "participant", "year", musts=(tree.Must(">", Fraction(0)),)),
        tree.Input("target", "", EUR.unit, "participant", "month"),
    ),
    parameters=(tree.Parameter("fee", "", EUR.unit, (tree.Since(date(2026, 1, 1), Fraction(40)),)),),
    measures=(REVENUE, SPEND),
    groups=(),
    definitions=(tree.Definition("net", "net", measure("revenue")),),
    components=(
        tree.Component("commission", "Commission", tree.Multiply(percent(5), measure("revenue"), type=EUR)),
        tree.Component("bonus", "Bonus", amount(500)),
    ),
)
