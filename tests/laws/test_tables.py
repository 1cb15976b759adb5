"""Rate tables: what a slice and a level owe to the total alone, where they bend, jump and meet (laws 11 to 19).

A slice pays each part of a figure at the rate of its row, a level pays all of it at the rate of the row reached. Bounds
begin at 0 and figures are not negative, as each law asks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.engines import EngineChoice
from incentive.engines.reference import per_fact
from incentive.engines.reference import tiers as rate_tables
from incentive.engines.reference.context import Fact
from incentive.quantities import every_reached, slice_parts
from tests.laws import plans
from tests.laws.plans import (
    CENT,
    ENGINES,
    Plant,
    breaks,
    component,
    deal,
    few,
    head,
    lines,
    money,
    percent,
    ran,
    setting,
)

BOUNDS = (10, 50, 100, 250)
RATES = [Fraction(each, 1000) for each in (0, 5, 33, 50, 80, 125, 333)]


@frozen
class Table:
    """Rows of a rate table: where each begins, whether it owns its bound, and its rate. The first begins at 0."""

    bounds: tuple[Fraction, ...]
    owns: tuple[bool, ...]
    rates: tuple[Fraction, ...]

    def written(self, how: str) -> str:
        rows = zip(self.bounds, self.owns, self.rates, strict=True)
        inside = "".join(f"    {'from' if own else 'above'} {money(at)}: {percent(rate)}\n" for at, own, rate in rows)
        return f"revenue by {how} {{\n{inside}  }}"

    def row(self, x: Fraction) -> int:
        """The row reached, as the plan says it."""
        return max(
            at
            for at, (bound, own) in enumerate(zip(self.bounds, self.owns, strict=True))
            if x > bound or (own and x == bound)
        )

    def level(self, x: Fraction) -> Fraction:
        """What a level pays, as the plan says it."""
        return x * self.rates[self.row(x)]

    def plan(self) -> str:
        return (
            head()
            + component("cut", "pay " + self.written("slice"))
            + component("whole", "pay " + self.written("level"))
        )

    def pays(self, engine: EngineChoice, *figures: Fraction) -> list[tuple[Fraction, Fraction]]:
        """By slice and by level, what each figure brings to a person of its own."""
        found = lines(ran(self.plan(), [deal(f"p{at}", x) for at, x in enumerate(figures)], engine))
        return [(found[f"p{at}", "cut"], found[f"p{at}", "whole"]) for at in range(len(figures))]


def _table(bounds: Sequence[int], *rates: str) -> Table:
    return Table(
        (Fraction(0), *map(Fraction, bounds)), (True,) * (len(bounds) + 1), tuple(Fraction(each) for each in rates)
    )


@st.composite
def tables(draw: st.DrawFn, order: str = "any") -> Table:
    bounds = sorted(draw(st.sets(st.sampled_from(BOUNDS), max_size=3)))
    rates = draw(st.lists(st.sampled_from(RATES), min_size=len(bounds) + 1, max_size=len(bounds) + 1))
    if order != "any":
        rates.sort(reverse=order == "falling")
    owns = draw(st.lists(st.booleans(), min_size=len(bounds), max_size=len(bounds)))
    return Table((Fraction(0), *map(Fraction, bounds)), (True, *owns), tuple(rates))


cents = st.integers(1, 40_000).map(lambda each: Fraction(each, 100))
near = st.sampled_from([Fraction(bound) + off * CENT for bound in BOUNDS for off in (-1, 0, 1)])
figures = st.one_of(cents, near)
pairs = st.lists(st.tuples(figures, figures), min_size=1, max_size=5)
engines = pytest.mark.parametrize("engine", ENGINES)
RISING = _table([10, 100], "0.005", "0.05", "0.125")
FALLING = _table([10, 100], "0.125", "0.05", "0.005")
MIXED = _table([10, 100], "0.05", "0.005", "0.125")
SPREAD = [(Fraction(7), Fraction(60)), (Fraction(100), CENT), (Fraction(100), Fraction(100))]


def only_the_total_counts(engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """11: a deal cut in two in the same period pays the same, by slice and by level."""
    whole = [deal(f"p{at}", a + b) for at, (a, b) in enumerate(drawn)]
    cut = [deal(f"p{at}", part) for at, pair in enumerate(drawn) for part in pair]
    return lines(ran(table.plan(), whole, engine)) == lines(ran(table.plan(), cut, engine))


def _joined(
    engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]
) -> list[tuple[Any, Any, Any]]:
    found = table.pays(engine, *(x for a, b in drawn for x in (a, b, a + b)))
    return [(found[at], found[at + 1], found[at + 2]) for at in range(0, len(found), 3)]


def slices_gain_by_joining(engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """12: two figures earn no more apart than together where rates do not fall, no less where they do not rise."""
    made = _joined(engine, table, drawn)
    rising = all(low <= high for low, high in pairwise(table.rates))
    falling = all(low >= high for low, high in pairwise(table.rates))
    return all(
        (not rising or both[0] >= one[0] + other[0]) and (not falling or both[0] <= one[0] + other[0])
        for one, other, both in made
    )


def levels_gain_by_joining(engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """16: with rates that do not fall, a level pays two figures together at least what it pays them apart."""
    return all(both[1] >= one[1] + other[1] for one, other, both in _joined(engine, table, drawn))


def slices_have_no_cliff(engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]) -> bool:
    """13: by slice more is never less, and never more than the highest rate of what was added."""
    made = _joined(engine, table, drawn)
    return all(
        0 <= both[0] - one[0] <= max(table.rates) * more for (one, _, both), (_, more) in zip(made, drawn, strict=True)
    )


def levels_fall_where_rates_do(engine: EngineChoice, table: Table) -> bool:
    """14: a level is monotone exactly where rates do not fall, and the checker names each cliff with its amount."""
    edges = sorted({bound + off * CENT for bound in table.bounds[1:] for off in (-1, 0, 1)} | {CENT})
    paid = [level for _, level in table.pays(engine, *edges)]
    monotone = all(low <= high for low, high in pairwise(paid))
    rising = all(low <= high for low, high in pairwise(table.rates))
    jumps = [
        (bound, after - before)
        for bound, (before, after) in zip(table.bounds[1:], pairwise(table.rates), strict=True)
        if before != after
    ]
    told = [each.message for each in incentive.parse(table.plan()).warnings if each.code == "W410"]
    wanted = [
        f"at `{money(bound)}` the pay {'jumps' if step > 0 else 'falls'} by {money(abs(bound * step))}"
        for bound, step in jumps
    ]
    found = [
        (bound, high - low)
        for bound, before, after in zip(table.bounds[1:], table.rates, table.rates[1:], strict=False)
        for low, high in [_around(table, bound, dict(zip(edges, paid, strict=True)))]
        if before != after
    ]
    seen = all(abs(jump - bound * step) <= CENT for (bound, jump), (_, step) in zip(found, jumps, strict=True))
    return monotone == rising and sorted(told) == sorted(wanted) and seen


def _around(table: Table, bound: Fraction, paid: dict[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    """What is paid on the two sides of a bound, one of which holds the bound itself."""
    owns = table.owns[table.bounds.index(bound)]
    return (paid[bound - CENT], paid[bound]) if owns else (paid[bound], paid[bound + CENT])


def a_level_passes_a_slice(engine: EngineChoice, table: Table, drawn: Sequence[Fraction]) -> bool:
    """15: a level pays the slice at least where rates do not fall, at most where they do not rise."""
    made = table.pays(engine, *drawn)
    rising = all(low <= high for low, high in pairwise(table.rates))
    falling = all(low >= high for low, high in pairwise(table.rates))
    return all(
        (not rising or level >= cut) and (not falling or level <= cut) and (table.row(x) > 0 or level == cut)
        for x, (cut, level) in zip(drawn, made, strict=True)
    )


def a_bound_between_equal_rates_is_nothing(
    engine: EngineChoice, table: Table, bound: Fraction, drawn: Sequence[Fraction], rate: Fraction | None = None
) -> bool:
    """17: one more bound inside a row, with the rate of that row on both sides, changes nothing."""
    at = max(i for i, each in enumerate(table.bounds) if each < bound)
    more = evolve(
        table,
        bounds=(*table.bounds[: at + 1], bound, *table.bounds[at + 1 :]),
        owns=(*table.owns[: at + 1], True, *table.owns[at + 1 :]),
        rates=(*table.rates[: at + 1], table.rates[at] if rate is None else rate, *table.rates[at + 1 :]),
    )
    return table.pays(engine, *drawn) == more.pays(engine, *drawn)


def the_side_of_a_bound_is_the_one_written(engine: EngineChoice, table: Table) -> bool:
    """18: a cent below, at and a cent above each bound, the row reached is the one that the plan says."""
    edges = [bound + off * CENT for bound in table.bounds[1:] for off in (-1, 0, 1)]
    return [level for _, level in table.pays(engine, *edges)] == [table.level(x) for x in edges] if edges else True


def a_deal_pays_through_its_own_row(
    engine: EngineChoice, table: Table, drawn: Sequence[tuple[Fraction, Fraction]]
) -> bool:
    """19: of each fact alone, the line is the sum of what each deal brings; a table of one row sees no cut."""
    flat = evolve(table, bounds=table.bounds[:1], owns=table.owns[:1], rates=table.rates[:1])
    text = head()
    for name, each in (("by_deal", table), ("flat", flat)):
        text += component(name, "pay each " + each.written("level"))
    rows = [row for at, (a, b) in enumerate(drawn) for row in (deal(f"p{at}", a), deal(f"p{at}", b))]
    made = lines(ran(text, rows, engine))
    whole = lines(ran(text, [deal(f"p{at}", a + b) for at, (a, b) in enumerate(drawn)], engine))
    return all(
        made[f"p{at}", "by_deal"] == table.level(a) + table.level(b)
        and made[f"p{at}", "flat"] == whole[f"p{at}", "flat"]
        for at, (a, b) in enumerate(drawn)
    )


@engines
@few(15)
@given(tables(), pairs)
def test_only_the_total_counts(engine: EngineChoice, table: Table, drawn: list[tuple[Fraction, Fraction]]) -> None:
    assert only_the_total_counts(engine, table, drawn)


@engines
@pytest.mark.parametrize("order", ["rising", "falling"])
@few(15)
@given(st.data())
def test_slices_gain_by_joining_where_rates_rise(engine: EngineChoice, order: str, data: st.DataObject) -> None:
    assert slices_gain_by_joining(engine, data.draw(tables(order)), data.draw(pairs))


@engines
@few(15)
@given(tables("rising"), pairs)
def test_levels_gain_by_joining_where_rates_rise(
    engine: EngineChoice, table: Table, drawn: list[tuple[Fraction, Fraction]]
) -> None:
    assert levels_gain_by_joining(engine, table, drawn)


@engines
@few(15)
@given(tables(), pairs)
def test_slices_have_no_cliff(engine: EngineChoice, table: Table, drawn: list[tuple[Fraction, Fraction]]) -> None:
    assert slices_have_no_cliff(engine, table, drawn)


@engines
@few(20)
@given(tables())
def test_levels_fall_exactly_where_rates_do_and_the_checker_says_so(engine: EngineChoice, table: Table) -> None:
    assert levels_fall_where_rates_do(engine, table)


@engines
@pytest.mark.parametrize("order", ["rising", "falling"])
@few(15)
@given(st.data())
def test_a_level_passes_a_slice_where_rates_rise(engine: EngineChoice, order: str, data: st.DataObject) -> None:
    assert a_level_passes_a_slice(
        engine, data.draw(tables(order)), data.draw(st.lists(figures, min_size=1, max_size=8))
    )


@engines
@few(15)
@given(
    tables(),
    st.sampled_from([Fraction(5), Fraction(61, 2), Fraction(99), Fraction(300)]),
    st.lists(figures, min_size=1),
)
def test_a_bound_between_equal_rates_is_nothing(
    engine: EngineChoice, table: Table, bound: Fraction, drawn: list[Fraction]
) -> None:
    assert a_bound_between_equal_rates_is_nothing(engine, table, bound, [*drawn, bound, bound - CENT, bound + CENT])


@engines
@few(20)
@given(tables())
def test_the_side_of_a_bound_is_the_one_written(engine: EngineChoice, table: Table) -> None:
    assert the_side_of_a_bound_is_the_one_written(engine, table)


@engines
@few(15)
@given(tables(), pairs)
def test_a_deal_pays_through_its_own_row(
    engine: EngineChoice, table: Table, drawn: list[tuple[Fraction, Fraction]]
) -> None:
    assert a_deal_pays_through_its_own_row(engine, table, drawn)


def _backwards(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    return slice_parts(x, bounds)[::-1]


def _all_in_the_last(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    last = every_reached(x, bounds)[-1]
    return tuple(x if at == last else 0 for at in range(len(bounds)))


def _first_alone(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    return every_reached(x, bounds)[:1]


def _all_above(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    return tuple(at for at, (bound, _) in enumerate(bounds) if x > bound or (at == 0 and x == bound))


def _gaps(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    return tuple(part - CENT if at > 0 and part else part for at, part in enumerate(slice_parts(x, bounds)))


def _whole_units(one: Any, other: Any) -> Any:  # noqa: ANN401
    return Fraction(int(one * other))


def _the_first_alone(context: Any, windows: Any, honest: Any = per_fact._counted) -> Any:  # noqa: ANN401
    """A person has one deal a month."""
    return honest(context, windows)[:1]


def _all_so_far(parts: Any, honest: Any = Fact) -> Any:  # noqa: ANN401
    """A table is asked for twice the deal."""
    return honest({name: 2 * part for name, part in parts.items()})


PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "11": (
        lambda: only_the_total_counts("reference", RISING, SPREAD),
        lambda monkeypatch: monkeypatch.setitem(globals(), "ran", _dropping_cents),
    ),
    "12 rising": (
        lambda: slices_gain_by_joining("reference", RISING, SPREAD),
        setting(rate_tables, "slice_parts", _backwards),
    ),
    "12 falling": (
        lambda: slices_gain_by_joining("reference", FALLING, SPREAD),
        setting(rate_tables, "slice_parts", _backwards),
    ),
    "13": (
        lambda: slices_have_no_cliff("reference", MIXED, SPREAD),
        setting(rate_tables, "slice_parts", _all_in_the_last),
    ),
    "14": (
        lambda: levels_fall_where_rates_do("reference", MIXED),
        setting(rate_tables, "every_reached", _first_alone),
    ),
    "15": (
        lambda: a_level_passes_a_slice("reference", RISING, [Fraction(5), Fraction(60), Fraction(200)]),
        setting(rate_tables, "every_reached", _first_alone),
    ),
    "16": (
        lambda: levels_gain_by_joining("reference", RISING, SPREAD),
        setting(rate_tables, "every_reached", lambda x, bounds: every_reached(max(0, 150 - x), bounds)),
    ),
    "17": (
        lambda: a_bound_between_equal_rates_is_nothing(
            "reference", RISING, Fraction(50), [Fraction(80), Fraction(200)]
        ),
        setting(rate_tables, "slice_parts", _gaps),
    ),
    "18": (
        lambda: the_side_of_a_bound_is_the_one_written("reference", RISING),
        setting(rate_tables, "every_reached", _all_above),
    ),
    "19": (
        lambda: a_deal_pays_through_its_own_row("reference", RISING, SPREAD),
        setting(rate_tables, "times", _whole_units),
    ),
    "19 facts": (
        lambda: a_deal_pays_through_its_own_row("reference", RISING, SPREAD),
        setting(per_fact, "_counted", _the_first_alone),
    ),
    "19 parts": (
        lambda: a_deal_pays_through_its_own_row("reference", RISING, SPREAD),
        setting(per_fact, "Fact", _all_so_far),
    ),
}


def _dropping_cents(text: str, deals: Any, engine: EngineChoice) -> incentive.Run:  # noqa: ANN401
    """Deals of a cent are taken for nothing."""
    return plans.ran(text, [row for row in deals if row["amount"] != "0.01"], engine)


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)


def test_levels_join_apart_where_rates_fall() -> None:
    """Without its condition law 16 is false: two people below a falling bound earn more than one above it."""
    assert not levels_gain_by_joining("reference", FALLING, [(Fraction(60), Fraction(60))])
