"""What is taken back on a deal is no more than what it gave, and months of a year add up to it (laws 9 and 20).

Each case is three people: one keeps a deal, one loses it, one never had it. What the deal gave is the difference of the
first and the last; what was taken back of it is that of the first two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import books, turns, windows
from incentive.engines.reference.values import Missing
from tests.laws.plans import CENT, ENGINES, EXACT, Plant, Row, breaks, component, deal, few, head, setting

engines = pytest.mark.parametrize("engine", ENGINES)
START: Final = date(2026, 1, 1)
SLICES: Final = "revenue by slice {\n    from 0 EUR: 5%\n    from 1 000 EUR: 8%\n  }"
BODIES: Final = {
    "flat": ("pay 7% of revenue",),
    "slices": (f"pay {SLICES}",),
    "to date": ("accumulate over year", f"pay {SLICES}"),
}
MORE: Final = (
    "",
    "  trueup own to due per quarter\n",
    "  release own in 3 months\n",
    "  release own {\n    60%: closed_on\n    40%: collected_on\n  }\n",
)
WAYS: Final = ("", ", in 3 months", ", at most 40 EUR", ", in 2 months, at most 7 EUR")


def text(body: str, more: str, share: int, way: str) -> str:
    """A plan for two years in which deals may be lost, and one rate over another."""
    fields = "closed_on: date\n  churned_on: date optional\n  collected_on: date optional"
    begin = head("half_up to 0.01 EUR", until=2027).replace("closed_on: date", fields, 1)
    rises = "let due = (revenue over year to date) by slice {\n  from 0 EUR: 6%\n  from 2 000 EUR: 9%\n}\n"
    claw = f"  clawback {share}% of own on churned_on when churned_on >= closed_on{way}\n"
    unused = rises if "due" in more else ""
    return begin + unused + component("own", *BODIES[body]) + f"settlement {{\n  add own\n{claw}{more}}}\n"


Drawn = tuple[Fraction, int, int | None]
"""A deal: its amount, the day of its closing, and how many days later it is collected, if ever."""
Case = tuple[Drawn, int, Sequence[Drawn]]
"""The deal in question, how many days later it is lost, and the others."""
amounts = st.integers(0, 300_000).map(lambda each: Fraction(each, 100))
drawn = st.tuples(amounts, st.integers(0, 300), st.none() | st.integers(0, 90))
cases = st.lists(st.tuples(drawn, st.integers(0, 250), st.lists(drawn, max_size=3)), min_size=1, max_size=3)


def rows(some: Sequence[Case]) -> list[Row]:
    """The deals of three people a case."""

    def row(owner: str, one: Drawn, lost: int | None = None) -> Row:
        amount, closed, collected = one
        day = START + timedelta(closed)
        later = {"churned_on": lost, "collected_on": collected}
        dates = {name: None if at is None else day + timedelta(at) for name, at in later.items()}
        return deal(owner, amount, day.isoformat(), **dates)

    found: list[Row] = []
    for at, (one, lost, others) in enumerate(some):
        found += [row(f"kept {at}", one), row(f"lost {at}", one, lost)]
        found += [row(f"{who} {at}", other) for who in ("kept", "lost", "never") for other in others]
    return found


def totals(plan: str, some: Sequence[Case], engine: EngineChoice) -> dict[str, Fraction]:
    """What each person was paid in two years, with what is still held."""
    people = [{"who": f"{who} {at}"} for who in ("kept", "lost", "never") for at in range(len(some))]
    data = incentive.Dataset.from_rows(tables={"deals": rows(some)}, people=people)
    found: dict[str, Fraction] = {}
    for each in incentive.parse(plan).run(data, engine=engine).settlements:
        paid = each["paid"].amount
        assert paid is not None
        found[each.participant] = found.get(each.participant, Fraction(0)) + Fraction(paid.exact)
        if each.period.name == "2027-12":
            held = each.results.get("held")
            found[each.participant] += Fraction(held.amount.exact) if held is not None and held.amount else 0
    return found


def final_state_is_paid(some: Sequence[Case], body: str, more: str, engine: EngineChoice = "reference") -> bool:
    """Law 9: where all is taken back, what stays is the pay of the data without the deal, to the cent."""
    found = totals(text(body, more, 100, ""), some, engine)
    return all(found[f"lost {at}"] == found[f"never {at}"] for at in range(len(some)))


def no_more_than_it_gave(some: Sequence[Case], body: str, share: int, way: str, more: str = "") -> bool:
    """Law 9: what is taken back is between nothing and what the deal gave: its share, or the limit if that is less.

    Where the months of a year are one figure, the deal no longer lifts those after the loss either, which is not taken.
    """
    found = totals(text(body, more, share, way), some, "reference")
    for at in range(len(some)):
        gave = found[f"kept {at}"] - found[f"never {at}"]
        taken = found[f"kept {at}"] - found[f"lost {at}"]
        exact = gave * share / 100
        limit = Fraction(40 if "40" in way else 7) if "at most" in way else exact
        if not 0 <= taken <= gave or (body != "to date" and abs(taken - min(exact, limit)) > CENT / 2):
            return False
    return True


@engines
@few(30)
@given(some=cases, body=st.sampled_from([*BODIES]), more=st.sampled_from(MORE))
def test_what_stays_of_a_deal_is_the_pay_of_its_final_state(
    some: list[Case], body: str, more: str, engine: EngineChoice
) -> None:
    assert final_state_is_paid(some, body, more, engine)


@few(30)
@given(some=cases, body=st.sampled_from([*BODIES]), share=st.sampled_from([33, 50, 100]), way=st.sampled_from(WAYS))
def test_no_more_is_taken_back_than_a_deal_gave(some: list[Case], body: str, share: int, way: str) -> None:
    assert no_more_than_it_gave(some, body, share, way)


@few(20)
@given(some=cases, body=st.sampled_from([*BODIES]), share=st.sampled_from([33, 50, 100]))
def test_as_paid_takes_no_more_than_a_deal_was_paid_in_its_lines(some: list[Case], body: str, share: int) -> None:
    assert as_paid_is_paid(some, body, share)


def as_paid_is_paid(some: Sequence[Case], body: str, share: int) -> bool:
    """Law 9: a part as paid is no more than the share of all that the person's lines paid until the loss."""
    made = totals(text(body, "", share, ", as paid"), some, "reference")
    whole = totals(text(body, "", 100, ", as paid"), some, "reference")
    kept = totals(text(body, "", 100, ""), some, "reference")
    for at in range(len(some)):
        before = kept[f"kept {at}"]
        taken, all_of_it = before - made[f"lost {at}"], before - whole[f"lost {at}"]
        if made[f"lost {at}"] < 0 or whole[f"lost {at}"] < 0:
            return False
        if body == "flat" and not 0 <= abs(taken - all_of_it * share / 100) <= CENT / 2:
            return False
    return True


# ---- a year is the sum of its months ---------------------------------------------------------------------------------
TABLES: Final = {
    "slice": (SLICES,),
    "level": (SLICES.replace("slice", "level"),),
    "every level": (SLICES.replace("slice", "every level"),),
    "capped": (SLICES, "cap 90 EUR per year", "floor 5 EUR per year"),
    "bonus": ("if revenue >= 1 200 EUR then 300 EUR else 0 EUR",),
}
Sale = tuple[int, Fraction, int]
"""The month of a deal, its amount, and the month to which it is moved."""
signed = st.integers(-90_000, 120_000).map(lambda each: Fraction(each, 100))
sales = st.lists(st.tuples(st.integers(1, 12), signed, st.integers(1, 12)), min_size=1, max_size=6)


def months_are_the_year(some: Sequence[Sale], table: str, rounding: str, engine: EngineChoice = "reference") -> bool:
    """Law 20: increases add up to the figure of the year, wherever in the year a deal is."""
    pay, *more = TABLES[table]
    months = head(rounding) + component("own", "accumulate over year", f"pay {pay}", *more)
    years = head(rounding, period="year") + component("own", f"pay {pay}", *(each for each in more))
    placed = [
        deal(who, amount, f"2026-{month:02}-10")
        for here, amount, there in some
        for who, month in (("Ana", here), ("Bob", there))
    ]
    data = incentive.Dataset.from_rows(tables={"deals": placed}, people=[{"who": "Ana"}, {"who": "Bob"}])
    sums = [_sums(incentive.parse(each).run(data, engine=engine)) for each in (months, years)]
    return sums[0] == sums[1] and len({*sums[0].values()}) == 1


def _sums(run: incentive.Run) -> dict[str, Fraction]:
    found = {"Ana": Fraction(0), "Bob": Fraction(0)}
    for each in run.payouts:
        assert each.amount is not None
        found[each.participant] += Fraction(each.amount.amount)
    return found


@engines
@few(25)
@given(some=sales, table=st.sampled_from([*TABLES]), rounding=st.sampled_from([EXACT, "half_even to 0.05 EUR"]))
def test_months_of_a_year_add_up_to_it_wherever_a_deal_is(
    some: list[Sale], table: str, rounding: str, engine: EngineChoice
) -> None:
    assert months_are_the_year(some, table, rounding, engine)


# ---- planted bugs ----------------------------------------------------------------------------------------------------
SAMPLE: list[Case] = [
    ((Fraction(800), 20, 30), 100, [(Fraction(700), 25, None)]),
    ((Fraction(1_500), 200, None), 0, [(Fraction(900), 10, 5), (Fraction(333, 10), 230, 1)]),
]
SALES: list[Sale] = [
    (1, Fraction(800), 7),
    (2, Fraction(700), 2),
    (9, Fraction(-1_100), 3),
    (11, Fraction(1, 3) * 900, 1),
]


def _of_its_month(self: books.Books, context: Any, component: str, cuts: Any) -> Any:  # noqa: ANN401 - as what it stands for
    return HISTORY(self, context, component, cuts)[-1:]


def _twice(self: turns.Turn, step: Any, difference: Any) -> Any:  # noqa: ANN401 - as what it stands for
    return difference if isinstance(difference, Missing) else TAKEN(self, step, 2 * difference)


def _of_the_quarter(self: windows.Windows, window: Any, period: Any) -> Any:  # noqa: ANN401 - as what it stands for
    found = BEFORE(self, window, period)
    return None if period.start.month % 3 == 1 else found


HISTORY, TAKEN, BEFORE = books.Books.history, turns.Turn.taken, windows.Windows.before
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "9: only the last month is compared": (
        lambda: final_state_is_paid(SAMPLE, "slices", ""),
        setting(books.Books, "history", _of_its_month),
    ),
    "9: what was lost still counts for a true-up": (
        lambda: final_state_is_paid(SAMPLE, "slices", MORE[1]),
        setting(books.Books, "cuts", lambda self, *_, **__: (0,) * len(self.claws)),
    ),
    "9: taken twice": (
        lambda: no_more_than_it_gave(SAMPLE, "flat", 100, ""),
        setting(turns.Turn, "taken", _twice),
    ),
    "9: taken twice, as paid": (
        lambda: as_paid_is_paid(SAMPLE, "flat", 50),
        setting(turns.Turn, "taken", _twice),
    ),
    "20: each quarter begins afresh": (
        lambda: months_are_the_year(SALES, "slice", EXACT),
        setting(windows.Windows, "before", _of_the_quarter),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_breaks_the_law(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holds, plant = PLANTED[name]
    assert breaks(monkeypatch, plant, holds)
