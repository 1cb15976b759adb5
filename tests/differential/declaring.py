"""Draw the declarations of a plan: tables, measures, inputs, and formulas of their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
  stage:  one of open, won, lost optional
  part:   percent
  place:  count optional
  from:   date optional
  until:  date optional
}
""",
    "fx": """facts fx {
  from: text
  to:   text
  on:   date
  rate: number
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
  load:    percent optional prorated
}
""",
}


@define
class Declarations:
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
                lambda: one(['owner.role is "rep"', 'owner.team is "x"', "owner.manager is missing"]),
                lambda: "owner.base > 1 000 EUR",
                lambda: one(["owner.hired <= closed_on", 'account.keeper.office is "o1"', "closed_on >= 2026-03-01"]),
                lambda: f"amount > {self.named('fee', self.dated_money)}",
                lambda: one(["months(closed_on, paid_at) < 2 months", "paid_at within 1 months of closed_on"]),
                lambda: one(["paid_at > signed_at + 48 hours", "paid_at < signed_at + 3 days"]),
                lambda: one(["signed_at + 1 months < paid_at", "paid_at - 2 months < signed_at"]),
                lambda: one(["months(signed_at, paid_at) >= 1 months", "months(closed_on, paid_at) > 0 months"]),
                lambda: one(["closed_on + days(closed_on, paid_at) > 2026-02-28", "paid_at - signed_at > 24 hours"]),
                lambda: one(["(if hot then signed_at else paid_at) <= signed_at + 36 hours"]),
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
                lambda: one(["deals.margin if missing 3 EUR", "deals.account.size if missing 10 EUR"]),
                lambda: one(["deals.amount / 3", "deals.amount * deals.weight", "-deals.amount + 100 EUR"]),
                lambda: "deals.fee in EUR at 0.92",
                lambda: f"if {self.row_condition()} then deals.amount else {one(AMOUNTS)}",
                lambda: one(["min(deals.amount, 100 EUR)", "max(deals.amount, 0 EUR)", "round(deals.amount, 0.5 EUR)"]),
                lambda: f"{self.named('part', self.dated_rate)} of deals.amount",
                lambda: "deals.amount by level { from 0 EUR: 1%\n from 100 EUR: 2% }",
                lambda: "deals.amount * (deals.amount / deals.account.size if missing 50%)",
                lambda: f"deals.amount * ({self.looked_up()}(deals.stage, deals.region) if missing 2%)",
                lambda: "deals.owner.base if missing 5 EUR",
                lambda: one(["deals.fee in EUR at fx last known 30 days", "deals.fee in EUR at fx dated signed_at"]),
                lambda: f"({self.named('part', self.dated_rate)} dated signed_at) * deals.amount",
            ],
            3,
        )  # fmt: skip

    def looked_up(self) -> str:
        return self.named("rates", self.lookup, 1)

    def dated(self) -> str:
        return self.one(
            ["closed_on"] * 6
            + ["closed_on + 30 days", "signed_at", "paid_at"]
            + ["account.opened_on", "closed_on - 1 weeks", "closed_on + 1 months"]
            + ["signed_at + 1 months", "paid_at - 3 days", "signed_at + 30 hours"]
            + ["closed_on + days(closed_on, paid_at)", "closed_on + months(account.opened_on, closed_on)"]
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
        if drawn < 0.76:
            return self.one(
                [
                    "credit cover.who by region, stage as overlay",
                    "credit cover.who by stage share cover.part as overlay",
                    "credit cover.who by region, stage first by cover.place as overlay",
                    "credit cover.who by stage, region first by cover.place share cover.part as overlay",
                ]
            )
        if drawn < 0.80:
            return self.one(
                ["credit cover.who by region as overlay", "credit cover.who by region share cover.part as overlay"]
            )
        if drawn < 0.93:
            over = self.one(["", "", "", " as overlay", " and above as overlay"])
            return f"split {self.named('split', self.split if not over else self.split_over, 2)}{over}"
        if drawn < 0.97:
            return self.one(
                ["credit owner and above as overlay"] * 2
                + [
                    "credit cover.who and above by region as overlay",
                    "credit cover.who and above by region share cover.part as overlay",
                ]
            )
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

    def measured(self, aggregate: str, dated: str = "") -> Callable[[str], str]:
        def make(name: str) -> str:
            found = f"measure {name} {{\n  {aggregate}\n"
            if self.chance(0.35):
                found += f"  where {self.row_condition()}\n"
            credit = self.credit()
            day = dated or self.dated()
            if aggregate.startswith(("sum", "count ")) and "distinct" not in aggregate and self.chance(0.015):
                day = f"each {self.one(['month', 'week', 'quarter'])} from {day}"
                day += self.one([" for 12 weeks" if "week" in day else " for 6 months", " until paid_at"])
            return found + f"  dated {day}\n" + (f"  {credit}\n" if credit else "") + "}\n"

        return make

    # ---- names -------------------------------------------------------------------------------------------------------
    def money_measure(self) -> str:
        return self.named("sales", self.measured(f"sum {self.row_money()}"), 4)

    def extreme_measure(self) -> str:
        return self.named("best", self.measured(f"{self.one(['average', 'min', 'max'])} {self.extreme_of()}"), 3)

    def extreme_of(self) -> str:
        if self.chance(0.7):
            return self.row_money()
        return self.one(
            ["(deals.amount / deals.weight if missing 1 EUR)", "deals.amount * (3 / deals.weight if missing 2)"]
        )

    def count_measure(self) -> str:
        aggregate = self.one(["count deals", "count deals", "sum deals.units"])
        return self.named("won", self.measured(aggregate), 2)

    def distinct_measure(self) -> str:
        what = self.one(["region", "stage", "owner", "amount", "closed_on", "signed_at", "quotient"])
        if what == "quotient":
            return self.named(
                "kinds", self.measured("count distinct deals.amount * (2 / deals.weight if missing 3)"), 2
            )
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
