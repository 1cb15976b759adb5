"""What a line of `pay each` pays is what the second evaluator says: alone, stacked, with limits of each fact."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import arithmetic, per_fact, tiers
from incentive.engines.reference.values import Missing
from tests.oracle import evaluator as oracle
from tests.oracle.test_oracle import ENGINES, PEOPLE, amounts, got, near_bounds, percent, rates, written

MONTHS = (1, 2, 3)
KINDS = ("old", "new", "gift", "lost")
Limits = tuple[tuple[str, Fraction], ...]


@frozen
class Deal:
    """A deal: `gift` counts in one of the two measures alone, `lost` in none."""

    owner: str
    helper: str | None
    amount: Fraction
    month: int
    day: int
    kind: str


@frozen
class EachRule:
    """A drawn line: a table whose rates are those of the fact, limits of each and of the sum, an order or none."""

    how: str
    rows: tuple[oracle.Row, ...]
    better: Fraction
    each: Limits
    whole: Limits
    stacked: bool
    accumulated: bool
    one_half: bool

    def rate(self, row: oracle.Row) -> str:
        """What stands behind a bound; the points of a curve are the same for all facts."""
        if self.how == "curve":
            return percent(row.value)
        return f"if deals.kind is new then {percent(self.better)} else {percent(row.value)}"

    def text(self) -> str:
        word = "at" if self.how == "curve" else "from"
        rows = [
            f'    {word if row.included else "above"} {written(row.bound)}: {self.rate(row)}\n      note "meant"'
            for row in self.rows
        ]
        clauses = [
            *(["accumulate over year"] if self.accumulated else []),
            "\n".join([f"pay each revenue by {self.how} {{", *rows, "  } + 2% of gifts"]),
            *(f"{word} {written(limit)} each" for word, limit in self.each),
            *(["stacked by closed_on, id"] if self.stacked else []),
            *(f"{word} {written(limit)}" for word, limit in self.whole),
        ]
        body = "\n  ".join(clauses)
        shares = "1/2: owner\n    1/2: helper" if self.one_half else "100%: owner"
        return f"""incentive 1 en
plan "Drawn" {{
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-03-31
}}
facts deals {{
  key id:    text
  owner:     participant
  helper:    participant optional
  kind:      one of old, new, gift, lost
  amount:    money
  closed_on: date
}}
split sharing {{
  otherwise {{
    {shares}
  }}
}}
measure revenue {{
  sum   deals.amount
  where kind is one of (old, new)
  dated closed_on
  split sharing
}}
measure gifts {{
  sum   deals.amount
  where kind is gift
  dated closed_on
  split sharing
}}
component line {{
  {body}
}}
"""

    def credit(self, deal: Deal, who: str) -> Fraction | None:
        half = Fraction(1, 2)
        shares = [(half, deal.owner), (half, deal.helper)] if self.one_half else [(Fraction(1), deal.owner)]
        return oracle.credited(deal.amount, shares).get(who) if deal.kind != "lost" else None

    def earned(self, deals: list[tuple[str, Deal]], who: str) -> Fraction:
        """The sum of what each fact gives, for those of a window."""
        begin = total = oracle.ZERO
        for _, deal in sorted(deals, key=lambda each: (each[1].month, each[1].day, each[0])):
            credit = self.credit(deal, who)
            if credit is None:
                continue
            revenue, gifts = (oracle.ZERO, credit) if deal.kind == "gift" else (credit, oracle.ZERO)
            new = deal.kind == "new" and self.how != "curve"
            rows = [oracle.Row(row.bound, row.included, self.better if new else row.value) for row in self.rows]
            paid = oracle.laid(self.how, begin if self.stacked else oracle.ZERO, revenue, rows) + gifts / 50
            begin += revenue
            total += oracle.limited(paid, self.each)
        return total

    def paid(self, deals: list[tuple[str, Deal]], who: str) -> list[Fraction]:
        cent = Fraction(1, 100)
        windows = [
            [each for each in deals if each[1].month == month or (self.accumulated and each[1].month < month)]
            for month in MONTHS
        ]
        sums = [self.earned(window, who) for window in windows]
        if self.accumulated:
            sums = oracle.increases(sums, cent, "half_up")
        return [oracle.rounded(oracle.limited(each, self.whole), cent, "half_up") for each in sums]


def limits(*values: int) -> st.SearchStrategy[Limits]:
    """No limit, one, or both in either order."""
    caps = st.sampled_from([Fraction(each) for each in values if each > 1])
    floors = st.sampled_from([Fraction(each) for each in values if each <= 1])
    drawn = st.tuples(st.none() | caps.map(lambda x: ("cap", x)), st.none() | floors.map(lambda x: ("floor", x)))
    return st.tuples(drawn, st.booleans()).map(
        lambda each: tuple(one for one in (each[0] if each[1] else each[0][::-1]) if one is not None)
    )


@st.composite
def each_rules(draw: st.DrawFn) -> EachRule:
    how = draw(st.sampled_from([*oracle.TABLES]))
    bounds = sorted(draw(st.sets(st.sampled_from((0, 10, 50, 100, 120, 250)), min_size=1, max_size=4)))
    rows = tuple(oracle.Row(Fraction(bound), how == "curve" or draw(st.booleans()), draw(rates)) for bound in bounds)
    return EachRule(
        how, rows, draw(rates), draw(limits(-1, 0, 1, 4, 9)), draw(limits(-2, 1, 15, 40)),
        draw(st.booleans()), draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


deals_drawn = st.lists(
    st.builds(
        Deal,
        st.sampled_from(PEOPLE),
        st.sampled_from([*PEOPLE, None]),
        st.one_of(amounts, near_bounds),
        st.sampled_from(MONTHS),
        st.integers(9, 11),
        st.sampled_from(KINDS),
    ),
    max_size=9,
)
"""Few days, so that on many of them the key decides."""


def keyed(deals: list[Deal]) -> list[tuple[str, Deal]]:
    """Deals with keys that are not in the order of the rows."""
    return [(f"d{at * 7 % 10}", deal) for at, deal in enumerate(deals)]


def dataset(deals: list[Deal]) -> incentive.Dataset:
    rows = [
        {
            "id": key,
            "owner": deal.owner,
            "helper": deal.helper,
            "kind": deal.kind,
            "amount": Decimal(deal.amount.numerator) / Decimal(deal.amount.denominator),
            "closed_on": f"2026-{deal.month:02}-{deal.day:02}",
        }
        for key, deal in keyed(deals)
    ]
    return incentive.Dataset.from_rows(tables={"deals": rows}, people=[{"who": each} for each in PEOPLE])


def agrees(rule: EachRule, deals: list[Deal], engine: EngineChoice) -> bool:
    wanted = {
        (who, f"2026-{month:02}"): line
        for who in PEOPLE
        for month, line in zip(MONTHS, rule.paid(keyed(deals), who), strict=True)
    }
    return got(incentive.parse(rule.text()).run(dataset(deals), engine=engine)) == wanted


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=60, deadline=None)
@given(each_rules(), deals_drawn)
def test_each_fact_pays_what_the_reference_says(engine: EngineChoice, rule: EachRule, deals: list[Deal]) -> None:
    assert agrees(rule, deals, engine)


# ---- planted bugs ----------------------------------------------------------------------------------------------------
ROWS = (oracle.Row(oracle.ZERO, True, Fraction(1, 20)), oracle.Row(Fraction(50), True, Fraction(1, 8)))
DEALS = [
    Deal("Ana", "Bob", Fraction(90), 1, 9, "old"),
    Deal("Ana", "Ana", Fraction(30), 1, 9, "new"),
    Deal("Bob", None, Fraction(4_001, 100), 1, 10, "old"),
    Deal("Bob", None, Fraction(3_005, 100), 1, 11, "old"),
    Deal("Cid", None, Fraction(7, 100), 3, 9, "old"),
    Deal("Cid", None, Fraction(7, 100), 3, 10, "old"),
    Deal("Ana", "Bob", Fraction(100), 2, 9, "gift"),
    Deal("Ana", "Bob", Fraction(-20), 2, 9, "old"),
    Deal("Cid", None, Fraction(50), 3, 11, "lost"),
]
SAMPLES = [
    EachRule(how, ROWS, Fraction(1, 4), each, (("floor", Fraction(-9)),), is_stacked, accumulated, accumulated)
    for how in oracle.TABLES
    for each in [(), (("cap", Fraction(2)), ("floor", Fraction(1)))]
    for is_stacked in (False, True)
    for accumulated in (False, True)
]


def _of_revenue_alone(context: Any, windows: Any) -> Any:  # noqa: ANN401
    """Forgets the facts that count in the second measure alone."""
    found = COUNTED(context, windows)
    return found if isinstance(found, Missing) else [one for one in found if "revenue" in one.parts]


def _in_cents(amounts: Any) -> Fraction:  # noqa: ANN401
    """Rounds each fact, then adds."""
    return sum((oracle.rounded(Fraction(each), Fraction(1, 100), "half_up") for each in amounts), oracle.ZERO)


def _other_limit(terms: Any, *, largest: bool) -> Any:  # noqa: ANN401
    return EXTREME(terms, largest=not largest)


COUNTED, EXTREME = per_fact._counted, arithmetic._extreme
PLANTED: list[tuple[object, str, object]] = [
    (tiers, "begins", lambda context, key: 0),  # noqa: ARG005 - called as the honest one
    (per_fact._Order, "sorted", lambda self, context, counted: counted[::-1]),  # noqa: ARG005 - the same
    (per_fact, "_counted", _of_revenue_alone),
    (per_fact, "exact_sum", _in_cents),
    (arithmetic, "_extreme", _other_limit),
]


@pytest.mark.parametrize(("room", "name", "wrong"), PLANTED, ids=[name for _, name, _ in PLANTED])
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, room: object, name: str, wrong: object) -> None:
    assert all(agrees(rule, DEALS, "reference") for rule in SAMPLES)
    monkeypatch.setattr(room, name, wrong)
    assert not all(agrees(rule, DEALS, "reference") for rule in SAMPLES)
