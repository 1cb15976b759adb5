"""Plans and mappings for the public samples; they need nothing but the declarations."""

from datetime import date
from fractions import Fraction

from attrs import evolve

from incentive import tree

TEXT = tree.Unit("text")
DATE = tree.Unit("date")
COUNT = tree.Unit("count")
PERSON = tree.Unit("participant")


def money(currency: str = "USD") -> tree.Unit:
    return tree.Unit("money", currency=currency)


def plan(
    tables: tuple[tree.Table, ...] = (),
    people: tuple[tree.Field, ...] = (),
    inputs: tuple[tree.Input, ...] = (),
    timezone: str = "Europe/Paris",
    year_starts: int = 1,
) -> tree.Plan:
    return tree.Plan(
        label="Sample",
        currency="USD",
        period="month",
        year_starts=year_starts,
        year_named_by="end",
        timezone=timezone,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 12, 31),
        covers=None,
        rounding="half_up",
        rounding_step=Fraction(1, 100),
        tables=tables,
        people=people,
        inputs=inputs,
        parameters=(),
        measures=(),
        groups=(),
        definitions=(),
        components=(),
    )


def table(name: str, *fields: tree.Field) -> tree.Table:
    return tree.Table(name, name, fields)


def exchanging(rates: tree.RateTable) -> tree.Plan:
    """A plan that converts at a table of rates, and asks for nothing else."""
    ratio = tree.Unit("ratio")
    kind = tree.Type(money())
    value = tree.Constant(Fraction(1), type=tree.Type(money("EUR")))
    source = tree.Constant("EUR", type=tree.Type(TEXT))
    line = tree.Converted(value, source, rates, "period_end", None, 0, type=kind)
    fields = zip((rates.source, rates.target, rates.day, rates.rate), (TEXT, TEXT, DATE, ratio), strict=True)
    made = plan((table(rates.table, *(tree.Field(name, unit) for name, unit in fields)),))
    return evolve(made, components=(tree.Component("c", "", line),))


ADVENTURE = plan(
    tables=(
        table("regions", tree.Field("territory", TEXT, key=True), tree.Field("country", TEXT)),
        table(
            "lines",
            tree.Field("ordered_on", DATE),
            tree.Field("owner", PERSON),
            tree.Field("region", tree.Unit("row", table="regions")),
            tree.Field("amount", money()),
        ),
        table("coverage", tree.Field("rep", PERSON), tree.Field("territory", tree.Unit("row", table="regions"))),
    ),
    people=(tree.Field("role", TEXT),),
    inputs=(tree.Input("target", "target", money(), "participant", "month", musts=(tree.Must(">", Fraction(0)),)),),
    timezone="America/New_York",
    year_starts=7,
)
ADVENTURE_MAPPING = """
incentive-mapping = 1
confirmed = true

[format]
delimiter = "|"
date = "YYYY/MM/DD"
final_newline = "optional"

[people]
file = "Salesperson.csv"
columns = { who = "EmployeeKey", role = "Title" }
keys = { employee_id = "EmployeeID" }

[tables.regions]
file = "Region.csv"
columns = { territory = "SalesTerritoryKey", country = "Country" }

[tables.lines]
file = "Sales.csv"
columns = { ordered_on = "OrderDate", owner = "EmployeeKey", region = "SalesTerritoryKey", amount = "Sales" }
rows = 57_851
totals = { Sales = "77548570.20", Cost = "76549075.63" }

[tables.coverage]
file = "SalespersonRegion.csv"
columns = { rep = "EmployeeKey", territory = "SalesTerritoryKey" }

[inputs.target]
file = "Targets.csv"
participant = { column = "EmployeeID", person_key = "employee_id" }
period = "TargetMonth"
period_from = "date"
value = "TargetAmount"
"""

OLIST = plan(
    tables=(
        table(
            "leads",
            tree.Field("mql_id", TEXT, key=True),
            tree.Field("first_contact_on", DATE),
            tree.Field("origin", TEXT, optional=True),
        ),
        table(
            "deals",
            tree.Field("lead", tree.Unit("row", table="leads")),
            tree.Field("sdr", PERSON),
            tree.Field("rep", PERSON),
            tree.Field("won_at", tree.Unit("timestamp")),
            tree.Field("revenue", money("BRL")),
        ),
    ),
    timezone="America/Sao_Paulo",
)
OLIST_MAPPING = """
incentive-mapping = 1
confirmed = true

[format]
timezone = "America/Sao_Paulo"
timestamp = "YYYY-MM-DD hh:mm:ss"

[people]
values_of = ["deals.sdr", "deals.rep"]

[tables.leads]
file = "olist_marketing_qualified_leads_dataset.csv"
columns = { first_contact_on = "first_contact_date" }

[tables.deals]
file = "olist_closed_deals_dataset.csv"

[tables.deals.columns]
lead = "mql_id"
sdr = "sdr_id"
rep = "sr_id"
won_at = "won_date"
revenue = "declared_monthly_revenue"
"""
