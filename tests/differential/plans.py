"""Draw plans: a seeded generator of whole plans that the checker takes, over every construct that is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from attrs import define, field

KINDS = ("week", "month", "quarter", "half", "year")
MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
STEPS = ("0.01 EUR", "0.01 EUR", "0.05 EUR", "1 EUR", "0.1 EUR", "0.25 EUR", "0.0001 EUR")
RATES = ("5%", "7.5%", "100%", "12.345%", "33%", "0.0625%", "8%", "1/3", "2/7", "50%", "150%")
AMOUNTS = ("100 EUR", "0.01 EUR", "250.5 EUR", "1 000 EUR", "33.333333 EUR", "7 EUR", "500 EUR", "60.0050 EUR")
BOUNDS = (0, 50, 100, 120, 250, 500, 750, 1000)
FACTS = """facts deals {
  key id:    text
  owner:     participant {owner}
  helper:    participant optional
  account:   accounts optional
  region:    text {region}
  amount:    money
  fee:       money in USD
  margin:    money optional
  part:      percent
  units:     count
  weight:    number
  stage:     one of open, won, lost
  hot:       yes_no
  closed_on: date
  signed_at: timestamp
  paid_at:   timestamp optional
}
"""
OTHERS = {
    "accounts": """facts accounts {
  key number: text
  opened_on:  date
  size:       money optional
  tier:       one of gold, silver
  keeper:     participant optional
}
""",
    "cover": """facts cover {
  who:    participant
  region: text
  part:   percent
  from:   date optional
  until:  date optional
}
""",
    "people": """facts people {
  who:     participant
  role:    text
  team:    text optional
  manager: participant optional
  office:  text
  base:    money optional
  hired:   date optional
}
""",
}


@define
class Drawing:
    """A plan as blocks: what a name means stands in one of them, so that they can be left out one by one."""

    seed: int
    random: Random
    period: str
    blocks: list[str] = field(factory=list)
    made: dict[str, list[str]] = field(factory=dict)  # names by what they are
    components: list[str] = field(factory=list)
    depth: int = 0
    numbered: int = 0

    @property
    def text(self) -> str:
        """The whole plan."""
        return "incentive 1 en\n" + "".join(self.blocks)

    # ---- chances -----------------------------------------------------------------------------------------------------
    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def one(self, options: Sequence[str]) -> str:
        return self.random.choice(options)

    def pick(self, options: Sequence[Callable[[], str]], simple: int) -> str:
        """Draw one of several forms; deep down only of the first, simple ones."""
        self.depth += 1
        try:
            chosen = self.random.choice(options if self.depth < 6 else options[:simple])
            return chosen()
        finally:
            self.depth -= 1

    def named(self, kind: str, make: Callable[[str], str], most: int = 3) -> str:
        """Give the name of a thing of a kind, one that is there or a new one."""
        known = self.made.setdefault(kind, [])
        if known and (len(known) >= most or self.chance(0.4)):
            return self.one(known)
        self.numbered += 1
        name = f"{kind}_{self.numbered}"
        self.blocks.append(make(name))
        known.append(name)
        return name

    def longer(self) -> str:
        """Draw a period that is as long as the plan's, or longer."""
        return self.one(KINDS[KINDS.index(self.period) :])

    # ---- rows --------------------------------------------------------------------------------------------------------
    def row_condition(self) -> str:
        one, row = self.one, self.row_condition
        return self.pick(
            [
                lambda: one(["stage is won", "stage is not lost", "stage is one of (won, open)"]),
                lambda: one(["hot", "not hot", 'region is "N"', 'region is one of ("N", "E")', "hot = true"]),
                lambda: f"amount {one(['>=', '>', '<', '<=', '!='])} {one(AMOUNTS)}",
                lambda: one(["margin > 5 EUR", "margin is missing", "margin is not missing", "region is missing"]),
                lambda: one(["paid_at within 48 hours of signed_at", "paid_at within 10 days of signed_at"]),
                lambda: one(["signed_at within 30 days of closed_on", "closed_on within 2 weeks of signed_at"]),
                lambda: one(["days(signed_at, paid_at) > 3 days", "paid_at > signed_at"]),
                lambda: one(["account.tier is gold", "account.size > 100 EUR", "account.opened_on < closed_on"]),
                lambda: one(['owner.role is "rep"', 'owner.team is "x"', "owner.manager is missing", "owner.base > 1 000 EUR"]),
                lambda: one(["owner.hired <= closed_on", 'account.keeper.office is "o1"', "closed_on >= 2026-03-01"]),
                lambda: f"amount > {self.named('fee', self.dated_money)}",
                lambda: f"{row()} and {row()}",
                lambda: f"({row()} or {row()})",
                lambda: f"not ({row()})",
            ],
            4,
        )  # fmt: skip

    def row_money(self) -> str:
        one = self.one
        return self.pick(
            [
                lambda: "deals.amount",
                lambda: "deals.amount",
                lambda: "deals.amount * deals.part",
                lambda: one(["deals.margin if missing 3 EUR", "deals.fee in EUR at 1.1", "deals.account.size if missing 10 EUR"]),
                lambda: one(["deals.amount / 3", "deals.amount * deals.weight", "-deals.amount + 100 EUR"]),
                lambda: "deals.fee in EUR at 0.92",
                lambda: f"if {self.row_condition()} then deals.amount else {one(AMOUNTS)}",
                lambda: one(["min(deals.amount, 100 EUR)", "max(deals.amount, 0 EUR)", "round(deals.amount, 0.5 EUR)"]),
                lambda: f"{self.named('part', self.dated_rate)} of deals.amount",
                lambda: "deals.amount by level { from 0 EUR: 1%\n from 100 EUR: 2% }",
                lambda: "deals.amount * (deals.amount / deals.account.size if missing 50%)",
                lambda: f"deals.amount * ({self.named('rates', self.lookup, 1)}(deals.stage, deals.region) if missing 2%)",
                lambda: "deals.owner.base if missing 5 EUR",
            ],
            3,
        )  # fmt: skip

    def dated(self) -> str:
        return self.one(
            ["closed_on"] * 6 + ["closed_on + 30 days", "signed_at", "paid_at", "account.opened_on", "closed_on - 1 weeks"]
        )  # fmt: skip

    def credit(self) -> str:
        drawn = self.random.random()
        if drawn < 0.5:
            return "credit owner"
        if drawn < 0.58:
            return "credit owner.manager"
        if drawn < 0.64:
            return self.one(["credit helper", "credit account.keeper"])
        if drawn < 0.72:
            return "credit cover.who by region share cover.part"
        if drawn < 0.80:
            return self.one(
                ["credit cover.who by region as overlay", "credit cover.who by region share cover.part as overlay"]
            )
        if drawn < 0.93:
            over = " as overlay" if self.chance(0.25) else ""
            return f"split {self.named('split', self.split if not over else self.split_over, 2)}{over}"
        return ""

    def split(self, name: str) -> str:
        if self.chance(0.4):
            return (
                f"split {name} {{\n  otherwise {{\n    1/3: owner\n    1/3: helper\n    1/3: owner.manager\n  }}\n}}\n"
            )
        return (
            f"split {name} {{\n  when {self.row_condition()} {{\n    70%: owner\n    30%: owner.manager\n  }}\n"
            "  otherwise {\n    62.5%: owner\n    37.5%: helper\n  }\n}\n"
        )

    split_over = split

    def measured(self, aggregate: str) -> Callable[[str], str]:
        def make(name: str) -> str:
            found = f"measure {name} {{\n  {aggregate}\n"
            if self.chance(0.35):
                found += f"  where {self.row_condition()}\n"
            credit = self.credit()
            return found + f"  dated {self.dated()}\n" + (f"  {credit}\n" if credit else "") + "}\n"

        return make

    # ---- names -------------------------------------------------------------------------------------------------------
    def money_measure(self) -> str:
        return self.named("sales", self.measured(f"sum {self.row_money()}"), 4)

    def extreme_measure(self) -> str:
        return self.named("best", self.measured(f"{self.one(['average', 'min', 'max'])} {self.row_money()}"), 3)

    def count_measure(self) -> str:
        aggregate = self.one(["count deals", "count deals", "sum deals.units"])
        return self.named("won", self.measured(aggregate), 2)

    def distinct_measure(self) -> str:
        what = self.one(["region", "stage", "owner", "amount", "closed_on"])
        return self.named("kinds", self.measured(f"count distinct deals.{what}"), 2)

    def dated_money(self, name: str) -> str:
        if self.chance(0.4):
            return f"parameter {name} = {self.one(AMOUNTS)}\n"
        first = "2025-06-01"
        return f"parameter {name} {{\n  from {first}: 40 EUR\n  from 2026-04-10: {self.one(AMOUNTS)}\n}}\n"

    def dated_rate(self, name: str) -> str:
        if self.chance(0.4):
            return f"parameter {name} = {self.one(RATES[:6])}\n"
        return f"parameter {name} {{\n  from 2025-01-01: 4%\n  from 2026-03-01: {self.one(RATES[:6])}\n}}\n"

    def lookup(self, name: str) -> str:
        return (
            f'table {name} first {{\n  | stage | region | rate |\n  | won | "N" | 8% |\n  | won | any | 5% |\n'
            f'  | any | "E" | {self.one(RATES[:6])} |\n  | any | any | 1% |\n}}\n'
        )

    def quota(self, name: str) -> str:
        missing = self.one(["", "", " if missing 100 EUR"])
        must = self.one([" must be > 0 EUR"] * 3 + [" must be >= 0 EUR"])
        who = self.one(["participant"] * 6 + ["team", "company"])
        per = "" if who == "company" else f" per {who}"
        return f"input {name}: money{per} per {self.period} additive{missing}{must}\n"

    def goal(self, name: str) -> str:
        kind = self.one(KINDS[KINDS.index(self.period) + 1 :]) if self.period != "year" else "year"
        phases = "equally"
        if kind == "year" and self.period == "quarter" and self.chance(0.5):
            phases = "20%, 20%, 25%, 35%"
        return f"input {name}: money per participant per {kind} phased {phases} must be > 0 EUR\n"

    def plain_input(self, kind: str) -> Callable[[str], str]:
        who = self.one([" per participant", " per participant", " per team", ""])
        per = f" per {self.period}" if self.chance(0.8) else ""
        return lambda name: f"input {name}: {kind}{who}{per}\n"

    def group(self, name: str) -> str:
        what = self.one(
            [
                'role is "rep"',
                'role is one of ("rep", "lead")',
                'office is "o1"',
                "base > 1 000 EUR",
                "hired < 2026-02-01",
            ]
        )
        return f"group {name} = {what}\n"

    def scale(self, how: str) -> Callable[[str], str]:
        def make(name: str) -> str:
            word = "at" if how == "curve" else "from"
            bounds = sorted(self.random.sample([0, 20, 50, 80, 90, 100, 150], self.random.randint(2, 4)))
            rows = "".join(f"  {self.edge(word)} {bound}%: {self.one(RATES)}\n" for bound in bounds)
            return f"scale {name} by {how} {{\n{rows}}}\n"

        return make

    def edge(self, word: str) -> str:
        return "above" if word == "from" and self.chance(0.2) else word

    def scorecard(self, name: str) -> str:
        weights = self.one(["40/60", "100", "33/33/34", "0/100"]).split("/")
        rows = "".join(f"  {weight}%: c{at}\n" for at, weight in enumerate(weights))
        who = self.one([" per participant", " per participant", " per team", ""])
        low = self.one(["0 to 4", "1 to 5", "0 to 3"])
        unrated = self.one(["pending", "zero", "reweight"])
        return f"scorecard {name} {{\n  rated {low}{who} per {self.period}\n{rows}  unrated {unrated}\n}}\n"

    def gate(self, name: str) -> str:
        requires = "".join(f"  require {self.condition()}\n" for _ in range(self.random.randint(1, 2)))
        return f"gate {name} {{\n{requires}  otherwise {self.one(['50%', '50%', '75%', 'nothing', '33%', '33%'])}\n}}\n"

    def let(self, name: str) -> str:
        return f"let {name} = {self.money()}\n"

    def let_ratio(self, name: str) -> str:
        return f"let {name} = {self.ratio()}\n"

    # ---- formulas of people and periods ------------------------------------------------------------------------------
    def group_of(self) -> str:
        return self.one(["team", "reports", "company", "team", self.named("group", self.group, 2)])

    def figure(self) -> str:
        """Draw an amount of the period that is a sum of rows or an input."""
        drawn = self.random.random()
        if drawn < 0.62:
            return self.money_measure()
        if drawn < 0.74:
            return f"{self.group_of()}.{self.money_measure()}"
        if drawn < 0.9:
            return self.named("quota", self.quota, 2)
        return self.group_input()

    def group_input(self) -> str:
        name = self.named(
            "own",
            lambda name: (
                f"input {name}: money per participant per {self.period} additive{self.one(['', ' if missing 50 EUR'])}\n"
            ),
            1,
        )
        return f"{self.group_of()}.{name}"

    def window(self) -> str:
        kind, number = self.longer(), self.random.randint(2, 3)
        return self.one(
            [kind, f"{kind} to date", "plan to date", f"last {number} {kind}", f"previous {kind}", f"same {kind} last year", "year to date"]
        )  # fmt: skip

    def divisor(self) -> str:
        """Draw an amount of the period that is never zero."""
        if self.chance(0.3):
            name = self.named("goal", self.goal, 2)
            return f"({name} over {self.period})"
        return self.named("target", self.target, 1)

    def target(self, name: str) -> str:
        return f"input {name}: money per participant per {self.period} additive must be > 0 EUR\n"

    def money(self) -> str:
        one, money, ratio = self.one, self.money, self.ratio
        return self.pick(
            [
                lambda: f"{one(RATES)} * {self.figure()}",
                lambda: self.figure(),
                lambda: f"{one(AMOUNTS)} * {self.count_measure()}",
                lambda: f"{one(RATES)} * {self.money_measure()}",
                lambda: f"({self.extreme_measure()} if missing {one(AMOUNTS)})",
                lambda: f"{self.named('fee', self.dated_money)} * {self.distinct_measure()}",
                lambda: f"{self.named('part', self.dated_rate)} of {self.figure()}",
                lambda: f"({money()} + {money()})",
                lambda: f"({money()} - {money()})",
                lambda: f"({ratio()}) * ({money()})",
                lambda: f"{ratio()} of {self.figure()}",
                lambda: f"{one(['min', 'max'])}({money()}, {money()})",
                lambda: f"round({money()}, {one(['1 EUR', '0.01 EUR', '10 EUR'])})",
                lambda: f"(if {self.condition()} then {money()} else {money()})",
                lambda: self.tiers(),
                lambda: self.tiers(),
                lambda: f"({self.figure()} weighted {{ 70%: {ratio()}\n 30%: {ratio()} }})",
                lambda: f"{one(AMOUNTS)} * {self.named('card', self.scorecard, 2)}",
                lambda: f"(base if missing {one(AMOUNTS)}) * {ratio()}",
                lambda: self.named("let", self.let, 2),
                lambda: self.line(),
                lambda: f"({self.named('spare', self.plain_input('money'), 2)} if missing 10 EUR)",
                lambda: f"40 EUR per {self.count_measure()}",
                lambda: f"2 EUR * {self.group_of()}.people",
            ],
            7,
        )  # fmt: skip

    def line(self) -> str:
        if not self.components:
            return self.figure()
        name = self.one(self.components)
        if self.chance(0.5):
            return name
        return f"{self.group_of()}.{name}"

    def tiers(self) -> str:
        how = self.one(["slice", "slice", "level", "every level", "curve"])
        word = "at" if how == "curve" else "from"
        bounds = sorted(self.random.sample(BOUNDS, self.random.randint(1, 4)))
        inputs = self.chance(0.4)
        over = f"% of {self.divisor()}" if inputs else " EUR"
        values = RATES
        if how in {"level", "every level"} and self.chance(0.3):
            values = AMOUNTS
        rows = "\n".join(f"  {self.edge(word)} {bound}{over}: {self.one(values)}" for bound in bounds)
        return f"({self.figure()} by {how} {{\n{rows}\n}})"

    def ratio(self) -> str:
        one = self.one
        return self.pick(
            [
                lambda: one(RATES),
                lambda: f"({self.figure()} / {self.divisor()})",
                lambda: f"({self.figure()} / {self.figure()} if missing {one(RATES[:6])})",
                lambda: f"({self.named('score', self.plain_input('percent'), 2)} if missing 90%)",
                lambda: f"{self.named('level', self.scale('level'))}({self.ratio()})",
                lambda: f"{self.named('curve', self.scale('curve'))}({self.ratio()})",
                lambda: f"{self.named('slices', self.scale('slice'))}({self.ratio()})",
                lambda: f"({self.windowed()} / {self.windowed()} if missing 100%)",
                lambda: self.windowed_pair(),
                lambda: self.growth(),
                lambda: f"({self.count_measure()} / {self.count_measure()} if missing 10%)",
                lambda: f"min({self.ratio()}, 150%)",
                lambda: f"(if {self.condition()} then {self.ratio()} else {self.ratio()})",
                lambda: self.named("card", self.scorecard, 2),
                lambda: self.named("rate", self.let_ratio, 2),
                lambda: f"({self.extreme_measure()} / {self.divisor()} if missing 20%)",
            ],
            4,
        )  # fmt: skip

    def windowed(self) -> str:
        return f"({self.money_measure()} over plan to date)"

    def windowed_pair(self) -> str:
        window = self.window()
        who = self.one(["", "", "", "team.", "company."])
        return f"({who}{self.money_measure()} over {window} / ({self.money_measure()} over {window}) if missing 75%)"

    def growth(self) -> str:
        window = self.one([f"previous {self.period}", f"same {self.period} last year"])
        return f"({self.money_measure()} / ({self.money_measure()} over {window}) if missing 110%)"

    def condition(self) -> str:
        one, test = self.one, self.condition
        how = one(["<", "<=", ">", ">=", "=", "!="])
        return self.pick(
            [
                lambda: f"{self.figure()} {how} {one(AMOUNTS)}",
                lambda: f"{self.count_measure()} {how} {self.random.randint(0, 3)}",
                lambda: f"{self.figure()} {how} {self.figure()}",
                lambda: f"{self.money_measure()} over {self.window()} {how} {one(AMOUNTS)}",
                lambda: one(['role is "rep"', "role is one of (\"rep\", \"lead\")", "manager is missing", 'team is "x"']),
                lambda: self.named("group", self.group, 2),
                lambda: f"{self.extreme_measure()} is {one(['missing', 'not missing'])}",
                lambda: f"({self.named('flag', self.plain_input('yes_no'), 1)})",
                lambda: f"({self.named('word', self.plain_input('text'), 1)} is \"yes\")",
                lambda: f"{self.ratio()} {how} {one(['100%', '50%', '1/3'])}",
                lambda: f"{self.distinct_measure()} {how} {self.random.randint(1, 3)}",
                lambda: f"{test()} and {test()}",
                lambda: f"({test()} or {test()})",
                lambda: f"not ({test()})",
                lambda: self.line_window(how),
                lambda: "hired >= 2026-01-31",
            ],
            4,
        )  # fmt: skip

    def line_window(self, how: str) -> str:
        return f"{self.line()} {how} {self.one(AMOUNTS)}"

    # ---- lines -------------------------------------------------------------------------------------------------------
    def component(self) -> None:
        at = len(self.components) + 1
        name = f"line_{at}"
        clauses: list[str] = []
        if self.chance(0.2) and self.period != "year":
            kind = self.one(KINDS[KINDS.index(self.period) + 1 :])
            clauses.append(f"accumulate over {kind}")
            target = self.named("target", self.target, 1)
            more = f" + {self.one(RATES)} * {target}" if self.chance(0.8) else ""
            clauses.append(f"pay {self.accumulated()}{more}")
            if self.chance(0.3):
                clauses.append(f"cap {self.one(['50 000 EUR', '5 000 EUR'])} per {kind}")
        else:
            if self.chance(0.1):
                clauses.append(f"let inner = {self.money()}")
                clauses.append(f"pay {self.never_nothing('inner + ' + self.money())}")
            elif self.chance(0.08):
                clauses.append(f"pay {self.pool()}")
            else:
                clauses.append(f"pay {self.never_nothing(self.money())}")
        if self.chance(0.1):
            clauses.append(f"when {self.condition()}")
        if self.chance(0.08):
            clauses.append(f"gated by {self.named('gate', self.gate, 2)}")
        if self.chance(0.2):
            clauses.append(f"cap {self.one(['1 500 EUR', '99.9950 EUR', f'{self.money()} + 45 EUR'])}")
        if self.chance(0.15):
            clauses.append(f"floor {self.one([self.one(AMOUNTS), '-5 EUR', '1.2590 EUR'])}")
        self.components.append(name)
        self.blocks.append(f"component {name} {{\n" + "".join(f"  {each}\n" for each in clauses) + "}\n")

    def accumulated(self) -> str:
        sales = self.named("sales", self.measured(f"sum {self.row_money()}"), 4)
        if self.chance(0.4):
            return f"{self.one(RATES)} * {sales}"
        bounds = sorted(self.random.sample(BOUNDS, 2))
        rows = "\n".join(f"  from {bound} EUR: {self.one(RATES)}" for bound in bounds)
        return f"{sales} by {self.one(['slice', 'level'])} {{\n{rows}\n}}"

    def never_nothing(self, formula: str) -> str:
        """Add something to most formulas: figures that are all zero hide differences."""
        if self.chance(0.3):
            return formula
        more = [
            f"{self.one(RATES)} * {self.divisor()}",
            self.one(AMOUNTS),
            f"{self.one(['1 EUR', '0.3350 EUR'])} * team.people",
            "1/7 * (base if missing 100 EUR)",
        ]
        return f"{formula} {self.one(['+', '+', '-'])} {self.one(more)}"

    def pool(self) -> str:
        among = self.one(["team", self.named("group", self.group, 2)])
        what = self.one([f"2% of {'team' if among == 'team' else 'company'}.{self.money_measure()}", "1 000 EUR"])
        if self.chance(0.5):
            return f"{what} shared equally among {among}"
        return f"{what} shared by max({self.money_measure()} + 5 EUR, 0 EUR) among {among}"

    def settlement(self) -> str:
        steps = [f"add {', '.join(self.components)}{self.one(['', ' if missing 0 EUR'])}"]
        options = [
            f"cap {self.one(['900 EUR', '2 000 EUR'])} per {self.longer()}",
            f"draw {self.one(['100 EUR', '33.3330 EUR'])} per {self.period} guaranteed",
            f"draw 150 EUR per {self.period} recoverable",
            f"floor 0 EUR{self.one(['', ' carry shortfall'])}",
            f"hold below {self.one(['50 EUR', '5 EUR'])}",
            f"floor {self.money()}",
        ]
        if self.period != "year":
            window = self.one(
                ["year to date", "half to date"] if self.period in {"week", "month", "quarter"} else ["year to date"]
            )
            kind = self.one(KINDS[KINDS.index(self.period) : 3] or [self.period])
            self.blocks.append(f"let true_up = 10% of ({self.money_measure()} over {window})\n")
            options.append(f"trueup {self.components[0]} to true_up per {kind}")
        steps += self.random.sample(options, self.random.randint(0, 3))
        return "settlement {\n" + "".join(f"  {each}\n" for each in steps) + "}\n"


def draw(seed: int, attempt: int = 0) -> Drawing:
    """Draw the plan of a seed."""
    random = Random(f"{seed}/{attempt}")
    period = random.choice([*KINDS, "month", "month", "quarter"])
    made = Drawing(seed, random, period)
    made.blocks.append(_head(made))
    owner, region = (random.choice(["", "", "optional"]) for _ in range(2))
    made.blocks.append(FACTS.replace("{owner}", owner).replace("{region}", region))
    made.blocks += OTHERS.values()
    for _ in range(random.randint(2, 5)):
        made.component()
    if random.random() < 0.25:
        made.blocks.append(made.settlement())
    return made


def _head(made: Drawing) -> str:
    random = made.random
    length = {"week": 7, "month": 30, "quarter": 91, "half": 182, "year": 365}[made.period]
    cut = random.random() < 0.5
    first = random.choice([date(2026, 1, 1), date(2026, 1, 1), date(2025, 7, 1), date(2025, 10, 1)])
    if cut:
        first += timedelta(days=random.randint(0, 60))
    most = {"week": 12, "month": 10, "quarter": 6, "half": 4, "year": 3}[made.period]
    last = first + timedelta(days=length * random.randint(1, most) + (random.randint(-3, 3) if cut else 0))
    clauses = [
        "currency EUR",
        f"period {made.period}",
        f'timezone "{random.choice(["Europe/Paris", "America/New_York"])}"',
    ]
    clauses.append(f"effective from {first} until {last}")
    drawn = random.random()
    if drawn < 0.35:
        clauses.append(
            random.choice(
                ['for role is "rep"', 'for role is one of ("rep", "lead")', "for base > 500 EUR", 'for not team is "z"']
            )
        )
    if random.random() < 0.6:
        clauses.append(f"rounding {random.choice(MODES)} to {random.choice(STEPS)}")
    if random.random() < 0.3:
        clauses.append(
            f"year starts {random.choice(['04-01', '02-01', '07-01'])}, named by {random.choice(['start', 'end'])}"
        )
    return f'plan "Drawn {made.seed}" {{\n' + "".join(f"  {each}\n" for each in clauses) + "}\n"
