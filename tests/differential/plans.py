"""Draw plans: a seeded generator of whole plans that the checker takes, over every construct that is computed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from attrs import define

from tests.differential.declaring import AMOUNTS, BOUNDS, FACTS, KINDS, MODES, OTHERS, RATES, STEPS, Declarations


@define
class Drawing(Declarations):
    """Adds formulas of people and periods, lines and a settlement."""

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
                f"input {name}: money per participant per {self.period} additive"
                f"{self.one(['', ' if missing 50 EUR'])}\n"
            ),
            1,
        )
        return f"{self.group_of()}.{name}"

    def window(self) -> str:
        kind, number = self.longer(), self.random.randint(2, 3)
        return self.one(
            [kind, f"{kind} to date", "plan to date", "year to date", f"last {number} {kind}"]
            + [f"{each} {kind}{after}" for each, after in (("previous", ""), ("same", " last year"))]
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
                self.figure,
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
                self.tiers,
                self.tiers,
                lambda: f"({self.figure()} weighted {{ 70%: {ratio()}\n 30%: {ratio()} }})",
                lambda: f"{one(AMOUNTS)} * {self.named('card', self.scorecard, 2)}",
                lambda: f"(base if missing {one(AMOUNTS)}) * {ratio()}",
                lambda: self.named("let", self.let, 2),
                self.line,
                lambda: f"({self.named('spare', self.plain_input('money'), 2)} if missing 10 EUR)",
                lambda: f"({self.fees()} in EUR at fx last known 60 days if missing 9 EUR)",
                lambda: f"40 EUR per {self.count_measure()}",
                lambda: f"2 EUR * {self.group_of()}.people",
                lambda: f"{one(AMOUNTS)} * {self.there()}",
                lambda: f"({self.named('pace', self.pace, 2)} if missing 3 EUR)",
            ],
            7,
        )  # fmt: skip

    def there(self) -> str:
        """Draw a part of a period."""
        window = self.window()
        return self.one(["presence", f"(presence over {window} if missing 40%)", "(load if missing 50%)"])

    def pace(self, name: str) -> str:
        if self.period in {"week", "year"} or self.chance(0.6):
            return f"input {name}: money per {self.one(['participant', 'team'])} per {self.period} prorated\n"
        self.blocks.append(f"input whole_{name}: money per participant per year phased equally prorated\n")
        return f"let {name} = whole_{name} over {self.period}\n"

    def fees(self) -> str:
        return self.named("fees", self.measured("sum deals.fee"), 1)

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
        values: tuple[str, ...] = RATES
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
                self.windowed_pair,
                self.growth,
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
                lambda: one(['role is "rep"', 'role is one of ("rep", "lead")', "manager is missing", 'team is "x"']),
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
                self.stamped,
                lambda: one(["hired <= last_day", "first_day >= 2026-02-15", "hired > first_day"]),
                lambda: one(["hired >= 2026-01-31", "months(hired, 2026-06-30) >= 3 months"]),
            ],
            4,
        )  # fmt: skip

    def stamped(self) -> str:
        stamp = self.named("stamp", self.plain_input("timestamp"), 1)
        return self.one([f"months(hired, {stamp}) > 2 months", f"{stamp} within 60 days of hired"])

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
            more = f" + {self.one(RATES)} * ({target} over {kind} to date)" if self.chance(0.8) else ""
            clauses.append(f"pay {self.accumulated()}{more}")
            if self.chance(0.3):
                clauses.append(f"cap {self.one(['50 000 EUR', '5 000 EUR'])} per {kind}")
        elif self.chance(0.1):
            clauses.append(f"let inner = {self.money()}")
            clauses.append(f"pay {self.never_nothing('inner + ' + self.money())}")
        elif self.chance(0.1):
            clauses.append(f"pay {self.pool()}")
        elif self.chance(0.06):
            clauses.append(f"pay {self.never_nothing(self.contest())}")
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
        where = f" where {self.condition()}" if self.chance(0.3) else ""
        if self.chance(0.5):
            return f"{what} shared equally among {among}{where}"
        return f"{what} shared by max({self.money_measure()} + 5 EUR, 0 EUR) among {among}{where}"

    def contest(self) -> str:
        among = self.one(["team", "company", self.named("group", self.group, 2)])
        figure = self.one([self.money_measure(), f"({self.figure()})", self.count_measure()])
        if self.chance(0.3):
            return f"{self.one(AMOUNTS)} per rank({figure}, {among})"
        where = self.one(["", "", f" where {self.condition()}"])
        rows = "\n".join(
            f"    {word} {place}: {prize}"
            for word, place, prize in [
                ("at", 1, self.one(AMOUNTS)),
                (self.one(["at", "from"]), 2, self.one(["333.3330 EUR", "45 EUR"])),
                ("from", 4, "1 EUR"),
            ]
        )
        return f"{figure} by rank among {among}{where} {{\n{rows}\n  }}"

    # ---- one fact at a time ------------------------------------------------------------------------------------------
    def each(self) -> None:
        """Draw a line of each fact; see `draw` for its source of chance."""
        name = f"line_{len(self.components) + 1}"
        clauses = [f"pay each {self.fact_money()}"]
        if self.chance(0.4):
            clauses = [f"pay each {self.fact_tiers(self.took())} + {self.fact_money()}"]
            clauses.append(f"stacked by {self.one(['', 'closed_on, ', 'stage, signed_at, ', 'paid_at, '])}id")
        if self.chance(0.2) and self.period != "year":
            clauses.insert(0, f"accumulate over {self.one(KINDS[KINDS.index(self.period) + 1 :])}")
        for clause in ("cap", "floor"):
            if self.chance(0.3):
                limit = self.one(
                    [self.one(AMOUNTS), "10% of deals.amount", f"2% of {self.named('target', self.target, 1)}"]
                )
                clauses.append(f"{clause} {limit} each")
        if self.chance(0.5):
            clauses.append(self.one(["cap 1 500 EUR", "floor 3 EUR", "floor 7.50 EUR"]))
        self.components.append(name)
        self.blocks.append(f"component {name} {{\n" + "".join(f"  {each}\n" for each in clauses) + "}\n")

    def fact_money(self) -> str:
        """Draw what one fact gives; all its measures are dated by one date."""
        one, fact = self.one, self.fact_money
        took = self.took()
        return self.pick(
            [
                lambda: f"{one(RATES)} * {took}",
                lambda: f"{one(AMOUNTS)} * {self.named('piece', self.measured('count deals', 'closed_on'), 1)}",
                lambda: self.fact_tiers(took),
                lambda: f"{self.named('part', self.dated_rate)} of {took}",
                lambda: f"{self.named('part', self.dated_rate)} of {took}",
                lambda: f"(if deals.stage is won then {fact()} else {fact()})",
                lambda: f"(if {took} > {one(AMOUNTS)} or hot then {fact()} else {one(AMOUNTS)})",
                lambda: f"({fact()} + {fact()})",
                lambda: f"min({took}, deals.margin if missing {one(AMOUNTS)})",
                lambda: f"{self.windowed_pair()} * {took}",
                lambda: f"({self.looked_up()}(deals.stage, deals.region) if missing 3%) * {took}",
                lambda: f"{self.named('level', self.scale('level'))}({took} / {self.divisor()}) * {took}",
                lambda: f"({took} - (deals.account.size if missing 1 EUR))",
            ],
            3,
        )  # fmt: skip

    def took(self) -> str:
        return self.named("took", self.measured(f"sum {self.row_money()}", "closed_on"), 2)

    def fact_tiers(self, subject: str) -> str:
        how = self.one(["slice", "slice", "level", "every level", "curve"])
        word = "at" if how == "curve" else "from"
        bounds = sorted(self.random.sample(BOUNDS, self.random.randint(1, 4)))
        over = f"% of {self.divisor()}" if self.chance(0.3) else " EUR"
        rates = (*RATES, *RATES, "(if deals.hot then 3% else 4%)")
        rows = "\n".join(f"  {self.edge(word)} {bound}{over}: {self.one(rates)}" for bound in bounds)
        return f"({subject} by {how} {{\n{rows}\n}})"

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
    made.random = Random(f"each/{seed}/{attempt}")  # so that the other lines of a seed stay what they are
    if made.chance(0.15):
        made.each()
    made.random = random
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
    if random.random() < 0.95:
        clauses.append(f"month_end {random.choice(['down', 'up'])}")
    clauses.append(f"presence by {random.choice(['calendar days', 'working days', '30/360', 'months'])}")
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
