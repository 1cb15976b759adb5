"""Draw data for a plan: rows on the edges of what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from attrs import define, field

from incentive import Plan
from incentive.data import Dataset
from incentive.quantities import FiscalYear
from incentive.tree import Field, Input, Unit

Row = dict[str, object]
Cells = dict[object, object] | list[Row]  # by holder and period, or rows that hold for days
ROUND = (0, 50, 100, 120, 250, 500, 750, 1000, 1200)
NEAR = ("0", "0.01", "-0.01", "0.005", "-0.005", "0.004999", "0.000001", "1")
HUGE = Decimal("999999999999999.999999")
REGIONS = ("N", "S", "E")


@define
class Data:
    """Rows of tables, the roster and inputs, as a calling program has them."""

    tables: dict[str, list[Row]]
    people: list[Row]
    inputs: Mapping[str, Cells]
    recorded: bool = False

    def dataset(self) -> Dataset:
        """Hand them over."""
        inputs = {
            name: next(iter(cells.values())) if isinstance(cells, dict) and () in cells else cells
            for name, cells in self.inputs.items()
        }
        return Dataset.from_rows(
            tables=self.tables,
            people=self.people,
            inputs=inputs,
            timezone="Europe/Paris",
            recorded_on={"deals": "seen"} if self.recorded and "deals" in self.tables else None,
        )

    def shuffled(self, random: Random) -> Data:
        """Give the same rows in another order."""

        def mixed(rows: list[Row]) -> list[Row]:
            return random.sample(rows, len(rows))

        inputs = {
            name: mixed(cells) if isinstance(cells, list) else dict(random.sample(list(cells.items()), len(cells)))
            for name, cells in self.inputs.items()
        }
        return Data(
            {name: mixed(rows) for name, rows in self.tables.items()}, mixed(self.people), inputs, self.recorded
        )


@define
class Drawer:
    """Draws values for the fields of a plan."""

    plan: Plan
    random: Random
    names: list[str] = field(factory=list)
    accounts: list[str] = field(factory=list)
    edges: list[date] = field(factory=list)
    teams: list[str] = field(factory=list)
    huge: bool = False
    long: bool = False

    def data(self) -> Data:
        """Draw everything that the plan asks for."""
        random, plan = self.random, self.plan
        count = random.choice([1, 2, *range(8, 20), *range(8, 20)])
        self.names = [f"p{at:02}" for at in range(count)]
        self.accounts = [f"a{at}" for at in range(random.choice([0, 1, 4, 4]))]
        self.huge, self.long = random.random() < 0.04, random.random() < 0.15
        for period in plan.periods:
            self.edges += [period.start, period.last]
        people = [row for name in self.names for row in self.person(name)]
        size = max(count * len(plan.periods), 1)
        amount = random.choice([0, 1, 3, *[size * random.randint(1, 3)] * 9]) if self.names else random.choice([0, 3])
        tables: dict[str, list[Row]] = {}
        for table in plan.tree.tables:
            if table.name == "accounts":
                tables["accounts"] = [{**self.row(table.fields), "number": name} for name in self.accounts]
            elif table.name == "fx":
                tables["fx"] = self.rates()
            elif table.name == "cover":
                tables["cover"] = self.cover(with_dates=any(each.name == "from" for each in table.fields))
            else:
                rows = [self.row(table.fields) | {"id": f"d{at:04}"} for at in range(min(amount, 300))]
                tables[table.name] = rows
        recorded = random.random() < 0.2
        for row in tables.get("deals", ()):
            row["seen"] = random.choice(self.edges) if recorded else None
        if not recorded:
            for row in tables.get("deals", ()):
                del row["seen"]
        self.teams = sorted({str(row["team"]) for row in people if row.get("team")})
        inputs = {each.name: self.cells(each) for each in plan.tree.inputs}
        return Data(tables, people, inputs, recorded)

    # ---- rows --------------------------------------------------------------------------------------------------------
    def row(self, fields: tuple[Field, ...]) -> Row:
        """Draw a row."""
        return {each.name: self.value(each) for each in fields}

    def value(self, spec: Field) -> object:
        """Draw a value of a field."""
        if spec.optional and self.random.random() < 0.25:
            return None
        if spec.unit.kind == "row" and not self.accounts:
            return None
        found = self.of(spec.unit, spec.name)
        if found is None and not spec.optional:
            raise ValueError(spec.name)
        return found

    def of(self, unit: Unit, name: str = "") -> object:
        """Draw a value of a unit."""
        random = self.random
        match unit.kind:
            case "money":
                return self.money()
            case "ratio":
                return Decimal(random.choice(["0", "0.5", "1", "0.999999", "1.000001", "0.3", "0.8", "1.2"]))
            case "count":
                return random.choice([0, 1, 1, 2, 3, 10])
            case "yes_no":
                return random.random() < 0.5
            case "date":
                return self.day()
            case "timestamp":
                moment = datetime.combine(self.day(), datetime.min.time(), UTC)
                return moment + timedelta(minutes=random.choice([0, 1, 719, 1379, 1380, 1439, -1, -60, 300]))
            case "participant":
                return random.choice(self.names) if self.names else None
            case "row":
                return random.choice(self.accounts) if self.accounts else None
            case "choice":
                return random.choice(unit.choices)
            case _:
                if name in {"c0", "c1"}:
                    return random.randint(1, 3)
                return random.choice({"region": REGIONS, "office": ("o1", "o2")}.get(name, ("yes", "no")))

    def money(self) -> Decimal:
        """Draw an amount: on a threshold, beside one, tiny, or as long as may be."""
        random = self.random
        if self.huge and random.random() < 0.5:
            return random.choice([HUGE, -HUGE, HUGE - 1])
        drawn = random.random()
        if drawn < 0.5:
            found = Decimal(random.choice(ROUND)) + Decimal(random.choice(NEAR)) * random.choice([1, -1])
        elif drawn < 0.9:
            found = Decimal(random.randint(1, 99_999)) / 100
        else:
            found = -Decimal(random.randint(1, 9_999)) / 100
        if self.long and random.random() < 0.5:
            found += Decimal(random.randint(-999_999, 999_999)) / 1_000_000
        return found

    def day(self) -> date:
        """Draw a day: the first or last of a period, or any, also outside the plan."""
        random = self.random
        first, last = self.plan.tree.first_day, self.plan.tree.last_day
        drawn = random.random()
        if drawn < 0.3:
            return random.choice(self.edges) + timedelta(days=random.choice([0, 0, 1, -1]))
        if drawn < 0.4:
            return first - timedelta(days=random.randint(1, 400))
        return first + timedelta(days=random.randint(0, (last - first).days))

    def rates(self) -> list[Row]:
        """Draw rates of exchange of many days, in one direction or the other."""
        random, tree = self.random, self.plan.tree
        days = (tree.last_day - tree.first_day).days + 400
        found: list[Row] = []
        step = random.choice([1, 7, 30])
        for at in range(0, days, step):
            pair = random.choice([("USD", "EUR"), ("USD", "EUR"), ("EUR", "USD")])
            rate = Decimal(random.choice(["0.9", "1.1", "1.25", "0.923456", "3"]))
            day = tree.first_day + timedelta(days=at - 400)
            found.append({"from": pair[0], "to": pair[1], "on": day, "rate": rate})
        return found

    # ---- people ------------------------------------------------------------------------------------------------------
    def person(self, name: str) -> list[Row]:
        """Draw the segments of a person: joiners, leavers, moves from team to team."""
        random = self.random
        if random.random() < 0.6:
            return [self.known(name)]
        first, last = self.plan.tree.first_day, self.plan.tree.last_day
        cuts = sorted({self.day() for _ in range(random.randint(1, 3))})
        starts = [first - timedelta(days=500) if random.random() < 0.7 else cuts[0], *cuts[1:]]
        rows: list[Row] = []
        for at, start in enumerate(starts):
            end = starts[at + 1] - timedelta(days=random.choice([1, 1, 5])) if at + 1 < len(starts) else None
            if end is None and random.random() < 0.3:
                end = max(start, last - timedelta(days=random.randint(0, 60)))
            if end is None or end >= start:
                rows.append({**self.known(name), "from": start, "until": end})
        return rows or [self.known(name)]

    def known(self, name: str) -> Row:
        """Draw what is known of a person; managers come before those they lead."""
        random = self.random
        others = [each for each in self.names if each < name]
        found: Row = {"who": name, "from": None, "until": None}
        for each in self.plan.tree.people:
            found[each.name] = self.value(each)
        found["role"] = random.choice(["rep", "rep", "rep", "lead", "clerk"])
        found["team"] = random.choice(["x", "y", "y", None])
        found["manager"] = random.choice([None, *others]) if others else None
        return found

    def cover(self, *, with_dates: bool) -> list[Row]:
        """Draw who covers which region: shares of a region total 100 % on every day."""
        random = self.random
        rows: list[Row] = []
        if not self.names:
            return rows
        for region in REGIONS:
            if random.random() < 0.2:
                continue
            spans: list[tuple[date | None, date | None]] = [(None, None)]
            if with_dates and random.random() < 0.6:
                cut = random.choice(self.edges)
                spans = [(None, cut), (cut + timedelta(days=1), None)]
            for start, end in spans:
                parts = random.choice([["1"], ["0.5", "0.5"], ["0.333333", "0.333333", "0.333334"], ["0.9", "0.1"]])
                for part in parts:
                    row: Row = {"who": random.choice(self.names), "region": region, "part": Decimal(part)}
                    row |= {
                        "stage": random.choice(["won", "open", None, None]),
                        "place": random.choice([1, 2, 2, None]),
                    }
                    if with_dates:
                        row |= {"from": start, "until": end}
                    rows.append(row)
        return rows

    # ---- inputs ------------------------------------------------------------------------------------------------------
    def held(self, spec: Input, holders: list[str]) -> list[Row]:
        """Draw values that hold for days, with gaps now and then."""
        random, rows = self.random, list[Row]()
        for holder in holders:
            cuts = sorted({self.day() for _ in range(random.randint(0, 3))})
            starts: list[date | None] = [None if random.random() < 0.8 else self.plan.tree.first_day, *cuts]
            starts = [None, *cuts] if starts[0] is not None and cuts and cuts[0] <= starts[0] else starts
            for at, start in enumerate(starts):
                after = cuts[at] if at < len(cuts) else None
                until = None if after is None else after - timedelta(days=random.choice([1, 1, 1, 4]))
                if start is None or until is None or until >= start:
                    rows.append({spec.per: holder, "from": start, "until": until, "value": self.cell(spec)})
        return rows

    def cells(self, spec: Input) -> Cells:
        """Draw the values of an input, some of them missing."""
        random, tree = self.random, self.plan.tree
        holders = {"participant": self.names, "team": self.teams, "company": [""]}[spec.per]
        if spec.prorated and holders and random.random() < 0.5:
            return self.held(spec, holders)
        year = FiscalYear(tree.year_starts, tree.year_named_by)
        periods: list[str | None] = [None]
        if spec.period is not None:
            start, end = tree.first_day - timedelta(days=400), tree.last_day + timedelta(days=200)
            periods = [each.name for each in year.periods(spec.period, start, end)]
        lost = random.choice([0, 0, 0.02, 0.05, 0.3])
        found: dict[object, object] = {}
        for holder in holders:
            for period in periods:
                if random.random() < lost:
                    continue
                key = tuple(each for each in (holder if spec.per != "company" else None, period) if each is not None)
                found[key[0] if len(key) == 1 else key] = self.cell(spec)
        return found

    def cell(self, spec: Input) -> object:
        """Draw a value that is as it must be."""
        low = [must for must in spec.musts if must.operator in {">", ">="}]
        if spec.unit.kind == "money" and low:
            if low[0].operator == ">=" and self.random.random() < 0.2:
                return Decimal(0)
            return Decimal(self.random.choice(["100", "500", "333", "7", "250.5", "3", "1000", "0.01", "120"]))
        if low and spec.unit.kind != "money":
            high = [must for must in spec.musts if must.operator in {"<", "<="}]
            return self.random.randint(int(low[0].bound), int(high[0].bound))
        return self.of(spec.unit)


def draw_data(plan: Plan, seed: int) -> Data:
    """Draw the data of a seed."""
    return Drawer(plan, Random(f"data {seed}")).data()


def dated(tables: Mapping[str, list[Row]]) -> int:
    """Say how many rows there are."""
    return sum(map(len, tables.values()))
