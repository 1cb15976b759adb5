"""Over thirty periods, what is earned, due, paid and kept is what a second evaluator of settlements says."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import frozen
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import books, turns
from tests.oracle import settlement as oracle
from tests.oracle.evaluator import ZERO, Row, by_slice, rounded
from tests.oracle.test_oracle import ENGINES, percent, written

CENT = Fraction(1, 100)
ENDS = [date(2025 + at // 12, at % 12 + 1, 28) for at in range(30)]
ENDS = [(each + timedelta(days=4)).replace(day=1) - timedelta(days=1) for each in ENDS]
FIRST = date(2025, 1, 1)
NAMES = [f"{each:%Y-%m}" for each in ENDS]
TABLE = (Row(ZERO, True, Fraction(1, 20)), Row(Fraction(1000), True, Fraction(9, 100)))
SLICES = "{\n    from 0 EUR: 5%\n    from 1 000 EUR: 9%\n  }"
LONG = {"month": 1, "quarter": 3, "half": 6, "year": 12}
HOW = {
    "flat": "pay 7% of revenue",
    "slice": f"pay revenue by slice {SLICES}",
    "to date": f"accumulate over year\n  pay revenue by slice {SLICES}",
    "bonus beside": "pay 3.33% of revenue + (if revenue >= 1 500 EUR then 100 EUR else 0 EUR)",
}
PLAN = """incentive 1 en
plan "Settled" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2025-01-01 until 2027-06-30
}
facts deals {
  key id:      text
  owner:       participant
  amount:      money
  signed_on:   date
  paid_on:     date optional
  churned_on:  date optional
  returned_on: date optional
}
input active: yes_no per participant per month
input most:   money per participant per month
gate working {
  require active
  otherwise hold
}
measure revenue {
  sum    deals.amount
  dated  signed_on
  credit owner
}
let due_in_quarter = (revenue over quarter to date) by slice SLICES
let due_in_year = (revenue over year to date) by slice SLICES
component own {
  HOW
}
component bonus {
  pay if revenue >= 1 500 EUR then 300 EUR else 0 EUR
}
settlement {
STEPS}
"""


def at_month(day: date) -> int:
    """The place of the period of a day."""
    return (day.year - 2025) * 12 + day.month - 1


def in_window(facts: oracle.Facts, since: int, until: int) -> list[oracle.Fact]:
    """The rows signed in some periods, both ends included."""
    return [each for each in facts if (day := each.dates["signed_on"]) is not None and since <= at_month(day) <= until]


def credited(facts: Sequence[oracle.Fact]) -> Fraction:
    return sum((each.credit for each in facts), ZERO)


def cent(value: Fraction) -> Fraction:
    return rounded(value, CENT, "half_up")


def start(long: int) -> Callable[[int], int]:
    return lambda here: here - here % long


@frozen
class Drawn:
    """A drawn plan: how `own` is earned, whether a gate holds it, and the steps, each with what it says."""

    how: str
    gated: bool
    steps: tuple[tuple[str, oracle.Step], ...]

    def text(self) -> str:
        how = HOW[self.how] + ("\n  gated by working" if self.gated else "")
        added = "own, bonus"
        steps = "".join(f"  {each}\n" for each in [f"add {added}", *(text for text, _ in self.steps)])
        return PLAN.replace("HOW", how).replace("STEPS", steps).replace("SLICES", SLICES)

    def own(self, here: int, facts: oracle.Facts) -> Fraction:
        revenue = credited(in_window(facts, here, here))
        match self.how:
            case "flat":
                return cent(revenue * Fraction(7, 100))
            case "slice":
                return cent(by_slice(revenue, TABLE))
            case "to date":
                before = credited(in_window(facts, start(12)(here), here - 1))
                return cent(by_slice(before + revenue, TABLE)) - cent(by_slice(before, TABLE))
            case _:
                return cent(revenue * Fraction(333, 10_000) + (100 if revenue >= 1500 else 0))

    def rows(self, here: int, facts: oracle.Facts) -> oracle.Facts:
        return in_window(facts, here, here)

    def settled(
        self, facts: oracle.Facts, months: Sequence[int], active: Sequence[bool], most: Sequence[Fraction]
    ) -> dict[int, dict[str, Fraction]]:
        def bonus(here: int, facts: oracle.Facts) -> Fraction:
            return Fraction(300 if credited(in_window(facts, here, here)) >= 1500 else 0)

        components = {
            "own": oracle.Component(self.own, self.rows, lambda here: active[here] or not self.gated),
            "bonus": oracle.Component(bonus, lambda _, __: []),
        }
        steps = [oracle.Add(("own", "bonus"), self.gated), *(step for _, step in self.steps)]
        steps = [with_limit(each, most) for each in steps]
        return oracle.Settled(steps, components, facts, ENDS, months).run()


def by_input(here: int, _: oracle.Facts) -> Fraction:
    """Stands for a limit that is an input."""
    raise AssertionError(here)


def with_limit(step: oracle.Step, most: Sequence[Fraction]) -> oracle.Step:
    if isinstance(step, oracle.Cap | oracle.Draw | oracle.Floor | oracle.Hold) and step.limit is by_input:
        return step._replace(limit=lambda here, _: cent(most[here] / 3))
    return step


def limit(*values: int) -> st.SearchStrategy[tuple[str, oracle.Of]]:
    """An amount as a plan says it, and what it is; now and then a formula of an input."""

    def fixed(value: int) -> tuple[str, oracle.Of]:
        return written(Fraction(value)), lambda _, __: Fraction(value)

    return st.one_of(st.sampled_from(values).map(fixed), st.just(("most / 3", by_input)))


percents = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3)])


@st.composite
def trueups(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    window = draw(st.sampled_from(["quarter", "year"]))
    per = draw(st.sampled_from(["month", "quarter"] if window == "quarter" else [*LONG]))
    since = start(LONG[window])

    def target(here: int, facts: oracle.Facts) -> Fraction:
        return cent(by_slice(credited(in_window(facts, since(here), here)), TABLE))

    def rows(here: int, facts: oracle.Facts) -> oracle.Facts:
        return in_window(facts, since(here), here)

    return f"trueup own to due_in_{window} per {per}", oracle.TrueUp("own", target, since, rows, LONG[per])


@st.composite
def clawbacks(draw: st.DrawFn, on: str) -> tuple[str, oracle.Step]:
    name = draw(st.sampled_from(["own", "own", "own", "bonus"]))
    share, parts = draw(st.sampled_from(["100%", "50%", "33%"])), draw(st.sampled_from([1, 1, 3, 7]))
    as_paid = name == "own" and draw(st.booleans())
    most = draw(st.none() | st.sampled_from([Fraction(40), Fraction(150)]))
    days = draw(st.none() | st.sampled_from([30, 90]))
    when = f"{on} within {days} days of signed_on" if days else f"{on} > signed_on"
    text = f"clawback {share} of {name} on {on} when {when}"
    text += ", as paid" * as_paid + (f", in {parts} months" if parts > 1 else "")
    text += "" if most is None else f", at most {written(most)}"

    def lost(fact: oracle.Fact) -> bool:
        day, signed = fact.dates[on], fact.dates["signed_on"]
        assert day is not None
        assert signed is not None
        return (day - signed).days <= days if days else day > signed

    part = Fraction(share.removesuffix("%")) / 100
    return text, oracle.Clawback(name, part, on, lost, as_paid, parts, most)


def said_of(leaving: str) -> str:
    return f", leaving {leaving}" if leaving else ""


@st.composite
def releases(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    leaving = draw(st.sampled_from(["", "due", "nothing"]))
    if draw(st.booleans()):
        parts = draw(st.sampled_from([2, 3, 7]))
        name = draw(st.sampled_from(["own", "bonus"]))
        return f"release {name} in {parts} months{said_of(leaving)}", oracle.Parts(name, parts, leaving)
    first = draw(st.sampled_from([Fraction(60, 100), Fraction(333, 1000)]))
    shares = f"{percent(first)}: signed_on\n    {percent(1 - first)}: paid_on"
    text = f"release own{said_of(leaving)} {{\n    {shares}\n  }}"
    return text, oracle.Dates("own", ((first, "signed_on"), (1 - first, "paid_on")), leaving)


@st.composite
def caps(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    per = draw(st.sampled_from([*LONG]))
    carry = draw(st.booleans())
    text, value = draw(limit(120, 400, 1500))
    return f"cap {text} per {per}{' carry excess' * carry}", oracle.Cap(value, LONG[per], carry)


@st.composite
def draws(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    text, value = draw(limit(0, 90, 200))
    first, last = sorted(draw(st.tuples(st.integers(0, 29), st.integers(0, 29))))
    dated = draw(st.booleans())
    dates = f" from {NAMES[first]} until {NAMES[last]}" if dated else ""
    begin, until = (first, last) if dated else (None, None)
    if draw(st.integers(0, 3)) == 0:
        said = f"draw {text} per month guaranteed{dates}"
        return said, oracle.Draw(value, begin, until, recoverable=False, end="", recovered_from=0)
    recovered = draw(st.integers(0, 29)) if draw(st.booleans()) else None
    if recovered is not None and dated:
        recovered = max(recovered, first)
    end = draw(st.sampled_from(["carried", "forgiven", "due"])) if dated else "carried"
    said = f"draw {text} per month recoverable{dates}"
    said += "" if recovered is None else f", recovered from {NAMES[recovered]}"
    said += f", balance {end}" if dated else ""
    leaving = draw(st.sampled_from(["", "due", "forgiven"]))
    made = oracle.Draw(value, begin, until, recoverable=True, end=end, recovered_from=recovered or 0, leaving=leaving)
    return said + said_of(leaving), made


@st.composite
def floors(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    text, value = draw(limit(0, 60))
    carry = draw(st.booleans())
    return f"floor {text}{' carry shortfall' * carry}", oracle.Floor(value, carry)


@st.composite
def holds(draw: st.DrawFn) -> tuple[str, oracle.Step]:
    text, value = draw(limit(20, 100))
    leaving = draw(st.sampled_from(["", "due", "nothing"]))
    return f"hold below {text}{said_of(leaving)}", oracle.Hold(value, leaving)


@st.composite
def plans(draw: st.DrawFn) -> Drawn:
    first: list[tuple[str, oracle.Step]] = draw(st.lists(trueups(), max_size=2))
    churned = draw(st.none() | clawbacks("churned_on"))
    returned = draw(st.none() | clawbacks("returned_on"))
    release = draw(st.none() | releases())
    first += [each for each in (churned, returned, release) if each is not None]
    rest = draw(st.lists(st.one_of(caps(), draws(), floors(), holds()), max_size=4))
    return Drawn(draw(st.sampled_from([*HOW])), draw(st.booleans()), (*draw(st.permutations(first)), *rest))


@frozen
class Data:
    """Two people's rows, the spells in which they are there, and their inputs."""

    facts: tuple[tuple[str, oracle.Fact], ...]
    spells: tuple[tuple[date, date], ...]
    active: tuple[bool, ...]
    most: tuple[Fraction, ...]

    def months(self, who: str) -> list[int]:
        if who == "Ana":
            return [*range(30)]
        return sorted({month for first, last in self.spells for month in range(at_month(first), at_month(last) + 1)})

    def dataset(self) -> incentive.Dataset:
        rows = [
            {
                "id": fact.key,
                "owner": who,
                "amount": Decimal(fact.credit.numerator) / Decimal(fact.credit.denominator),
                **fact.dates,
            }
            for who, fact in self.facts
        ]
        people: list[dict[str, object]] = [{"who": "Ana"}]
        people += [{"who": "Bob", "from": first, "until": last} for first, last in self.spells]
        names = [(who, name) for who in ("Ana", "Bob") for name in NAMES]
        inputs = {
            "active": dict(zip(names, self.active * 2, strict=True)),
            "most": dict(
                zip(names, [Decimal(each.numerator) / Decimal(each.denominator) for each in self.most * 2], strict=True)
            ),
        }
        return incentive.Dataset.from_rows(tables={"deals": rows}, people=people, inputs=inputs, timezone="UTC")


@st.composite
def data(draw: st.DrawFn) -> Data:
    days = sorted(draw(st.sets(st.integers(0, 910), min_size=4, max_size=4)))
    first, last, again, end = (FIRST + timedelta(days=day) for day in days)
    spells = ((first, last), (again, end))
    there = [FIRST + timedelta(days=at) for at in range(911)]
    facts: list[tuple[str, oracle.Fact]] = []
    for at in range(draw(st.integers(0, 24))):
        who = draw(st.sampled_from(["Ana", "Bob"]))
        possible = there if who == "Ana" else [day for day in there if any(a <= day <= b for a, b in spells)]
        signed = draw(st.sampled_from(possible))
        credit = Fraction(draw(st.integers(-60_000, 250_000)), 100)

        def later(most: int, since: date = signed) -> date | None:
            gone = draw(st.none() | st.integers(0, most))
            return None if gone is None else since + timedelta(days=gone)

        dates = {"signed_on": signed, "paid_on": later(150), "churned_on": later(120), "returned_on": later(400)}
        facts.append((who, oracle.Fact(f"d{at * 7 % 25:02}", credit, dates)))
    active = draw(st.lists(st.booleans(), min_size=30, max_size=30))
    most = draw(st.lists(st.integers(0, 200_000).map(lambda each: Fraction(each, 100)), min_size=30, max_size=30))
    return Data(tuple(facts), spells, tuple(active), tuple(most))


Results = dict[tuple[str, str], dict[str, Fraction | None]]


def engine_says(drawn: Drawn, known: Data, engine: EngineChoice) -> Results:
    run = incentive.parse(drawn.text()).run(known.dataset(), engine=engine)
    return {
        (each.participant, each.period.name): {
            name: None if result.amount is None else Fraction(result.amount.exact)
            for name, result in each.results.items()
        }
        for each in run.settlements
    }


def oracle_says(drawn: Drawn, known: Data) -> Results:
    return {
        (who, NAMES[month]): {**results}
        for who in ("Ana", "Bob")
        for month, results in drawn.settled(
            [fact for whose, fact in known.facts if whose == who], known.months(who), known.active, known.most
        ).items()
    }


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), data())
def test_a_settlement_is_what_the_reference_says(engine: EngineChoice, drawn: Drawn, known: Data) -> None:
    assert engine_says(drawn, known, engine) == oracle_says(drawn, known)


# ---- planted bugs ----------------------------------------------------------------------------------------------------
YEAR = oracle.TrueUp(
    "own", lambda here, facts: cent(by_slice(credited(in_window(facts, start(12)(here), here)), TABLE)), start(12),
    lambda here, facts: in_window(facts, start(12)(here), here), 3,
)  # fmt: skip
STEPS: list[tuple[str, oracle.Step]] = [
    ("trueup own to due_in_year per quarter", YEAR),
    (
        "clawback 50% of own on churned_on when churned_on > signed_on, as paid, in 3 months",
        oracle.Clawback("own", Fraction(1, 2), "churned_on", lambda _: True, as_paid=True, parts=3, most=None),
    ),
    (
        "release own, leaving due {\n    60%: signed_on\n    40%: paid_on\n  }",
        oracle.Dates("own", ((Fraction(3, 5), "signed_on"), (Fraction(2, 5), "paid_on")), "due"),
    ),
    ("cap 400 EUR per half carry excess", oracle.Cap(lambda _, __: Fraction(400), 6, carry=True)),
    (
        "draw 90 EUR per month recoverable from 2025-03 until 2026-04, recovered from 2025-09, balance due",
        oracle.Draw(lambda _, __: Fraction(90), 2, 15, recoverable=True, end="due", recovered_from=8),
    ),
    ("hold below 20 EUR", oracle.Hold(lambda _, __: Fraction(20))),
]
SAMPLE = Drawn("slice", gated=True, steps=tuple(STEPS))


def _sampled() -> Data:
    random = Random("settlements")
    spells = ((date(2025, 2, 10), date(2025, 11, 20)), (date(2026, 8, 20), date(2027, 5, 29)))
    facts = []
    for at in range(40):
        signed = spells[at % 2][0] + timedelta(days=random.randint(0, 280))
        dates = {name: signed + timedelta(days=random.randint(1, 150)) for name in ("paid_on", "churned_on")}
        kept = {"churned_on": None} if at % 3 else {}
        fact = oracle.Fact(
            f"d{at:02}", Fraction(random.randint(-20_000, 299_999), 100),
            {"signed_on": signed, "returned_on": None, **dates, **kept},
        )  # fmt: skip
        facts.append((random.choice(["Ana", "Bob"]), fact))
    return Data(tuple(facts), spells, tuple(at % 5 not in {2, 3} for at in range(30)), (ZERO,) * 30)


def _ends_with_the_calendar(self: books.Books, context: Any, kind: Any) -> bool:  # noqa: ANN401
    """Forgets that a leaver is trued up in the last period."""
    here = books.period_of(context)
    return bool(here.last == self.windows.year.period_of(kind, here.last).last)


def _holds_one_period(self: books.Books, context: Any, component: str) -> Any:  # noqa: ANN401
    """Lets a line go a period after a gate held it, met or not."""
    found = BEHIND(self, context, component)
    return found[:1] if isinstance(found, list) else found


def _last_cent_last(amount: Any, weights: Any, step: Any) -> Any:  # noqa: ANN401
    """Gives the odd cents to the last."""
    return SHARED(amount, weights[::-1], step)[::-1]


def _of_its_period(self: books.Books, context: Any, component: str, table: str, window: Any) -> Any:  # noqa: ANN401, ARG001
    """Weighs a true-up by the rows of its period, not by those of its window."""
    return WEIGHTS(self, context, component, table, None)


BEHIND, SHARED, WEIGHTS = books.Books.behind_gate, books.share_out, books.Books.weights
PLANTED: list[tuple[object, str, object]] = [
    (books.Books, "closes", _ends_with_the_calendar),
    (books.Books, "behind_gate", _holds_one_period),
    (books, "share_out", _last_cent_last),
    (books.Books, "weights", _of_its_period),
    (turns.Formulas, "since", lambda self, kind, period: period.start),  # noqa: ARG005 - called as the honest one
    (books.Books, "leaves", lambda self, context: False),  # noqa: ARG005 - the same
    (turns.Turn, "recovers", lambda self, step: True),  # noqa: ARG005 - the same
]


@pytest.mark.parametrize(("room", "name", "wrong"), PLANTED, ids=[name for _, name, _ in PLANTED])
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, room: object, name: str, wrong: object) -> None:
    known = _sampled()
    assert engine_says(SAMPLE, known, "reference") == oracle_says(SAMPLE, known)
    monkeypatch.setattr(room, name, wrong)
    assert engine_says(SAMPLE, known, "reference") != oracle_says(SAMPLE, known)


def test_the_second_evaluator_of_settlements_shares_nothing_with_the_engines() -> None:
    tree = ast.parse(Path(oracle.__file__).read_text("utf-8"))
    named = {each.module or "" for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    named |= {name.name for each in ast.walk(tree) if isinstance(each, ast.Import) for name in each.names}
    assert {each for each in named if each.startswith(("incentive", "tests"))} == {"tests.oracle.evaluator"}
