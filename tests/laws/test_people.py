"""Who gets what: totals, rows of others, names, places and parts (laws 1 to 10, 29 to 33 and 35 to 37)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive import plan as front
from incentive.engines import EngineChoice
from incentive.engines.reference import accounts, contests, crediting, pools, windows
from incentive.engines.reference import tiers as rate_tables
from incentive.quantities import allocate, slice_parts
from incentive.results import Explanation
from tests.laws import plans
from tests.laws.plans import CENT, ENGINES, Plant, Row, breaks, component, deal, few, head, lines, ran, setting

PEOPLE = ("Ana", "Bob", "Cid", "Dee")
CENTS = "half_up to 0.01 EUR"
cents = st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100))
sold = st.lists(st.tuples(st.sampled_from(PEOPLE), cents), max_size=8)
figures = st.lists(st.integers(0, 6).map(Fraction), min_size=4, max_size=4)
engines = pytest.mark.parametrize("engine", ENGINES)
Sold = Sequence[tuple[str, Fraction]]
SOME: Sold = [("Ana", Fraction(150)), ("Bob", Fraction(-20)), ("Ana", Fraction(31, 100)), ("Cid", Fraction(99))]
RISING = "pay revenue by slice {\n    from 0 EUR: 3.3%\n    from 100 EUR: 8%\n  }"


def _rows(drawn: Sold) -> list[Row]:
    return [deal(who, x) for who, x in drawn]


def shares_add_up_to_the_deal(engine: EngineChoice, branches: Sequence[Fraction], drawn: Sold) -> bool:
    """1: what is credited of a deal is the deal, whatever the shares that total 100 %, to the last fraction."""
    text = (
        head()
        .split("measure", maxsplit=1)[0]
        .replace("  amount", "  helper:    participant\n  other:     participant\n  amount")
    )
    shares = "".join(
        f"    {share.numerator}/{share.denominator}: {who}\n"
        for share, who in zip(branches, ("owner", "helper", "other"), strict=True)
    )
    text += f"split sharing {{\n  otherwise {{\n{shares}  }}\n}}\n"
    text += "measure shared {\n  sum deals.amount\n  dated closed_on\n  split sharing\n}\n" + component(
        "line", "pay company.shared"
    )
    rows = [deal(who, x, helper="Bob", other="Cid") for who, x in drawn]
    run = ran(text, rows, engine, names=PEOPLE)
    whole = sum((x for _, x in drawn), Fraction(0))
    (account,) = run.accounting.measures
    return set(lines(run).values()) == {whole} and account.counted.amount == whole


COVERED = """facts coverage {
  manager: participant
  owner:   participant
  part:    percent
}
measure covered {
  sum    deals.amount
  dated  closed_on
  credit coverage.manager by owner share coverage.part as overlay
}
"""


def overlays_stand_apart(engine: EngineChoice, parts: Sequence[Fraction], drawn: Sold) -> bool:
    """2: what passes the whole of a deal is no credit of the company's, and the account tells both."""
    text = head() + COVERED + component("line", "pay company.covered") + component("own", "pay covered")
    held: list[Row] = [
        {"manager": who, "owner": "Ana", "part": plans.plain(part)} for who, part in zip(PEOPLE, parts, strict=False)
    ]
    run = ran(text, _rows([("Ana", abs(x)) for _, x in drawn]), engine, names=PEOPLE, tables={"coverage": held})
    worth, found = sum((abs(x) for _, x in drawn), Fraction(0)), lines(run)
    overlay = next(each.overlay for each in run.accounting.measures if each.measure == "covered")
    assert overlay is not None
    return (
        {found[who, "line"] for who in PEOPLE} == {worth * min(Fraction(1), sum(parts, Fraction(0)))}
        and overlay.primary == found["Ana", "line"]
        and overlay.primary + overlay.beyond == sum(found[who, "own"] for who in PEOPLE)
    )


def _divided(pool: int, weights: Sequence[Fraction], engine: EngineChoice) -> list[Fraction]:
    text = head(CENTS) + component("part", f"pay {pool / 100:.2f} EUR shared by revenue among company")
    found = lines(ran(text, [deal(who, x) for who, x in zip(PEOPLE, weights, strict=True)], engine))
    return [found[who, "part"] for who in PEOPLE]


def parts_follow_weights(engine: EngineChoice, pool: int, weights: Sequence[Fraction]) -> bool:
    """4 and 5: parts add up, more weight never has less, the same a cent; a grown pool takes a cent at most."""
    parts, grown = _divided(pool, weights, engine), _divided(pool + 1, weights, engine)
    both = list(zip(weights, parts, strict=True))
    return (
        sum(parts) == (Fraction(pool, 100) if any(weights) else 0)
        and all(part >= other for weight, part in both for less, other in both if weight > less)
        and all(abs(part - other) <= CENT for weight, part in both for same, other in both if weight == same)
        and all(after - before >= -CENT for before, after in zip(parts, grown, strict=True))
    )


def totals_are_sums_of_lines(engine: EngineChoice, drawn: Sold) -> bool:
    """7: lines add up to the total of each person, those to the total of the run; a settlement earns what they say."""
    text = head(CENTS) + component("one", "pay 3.3% of revenue") + component("other", RISING)
    made = ran(text + "settlement {\n  add one, other\n}\n", _rows(drawn), engine, names=PEOPLE)
    found = lines(made)
    sums = {who: found[who, "one"] + found[who, "other"] for who in PEOPLE}
    earned = {each.participant: each["earned"].amount for each in made.settlements}
    return (
        Fraction(made.total.amount) == sum(sums.values())
        and {who: Fraction(each.amount) for who, each in earned.items() if each is not None} == sums
        and all(sum(Fraction(each.amount.amount) for each in made[who] if each.amount) == sums[who] for who in PEOPLE)
    )


def _leaves(tree: Explanation) -> list[str]:
    return [str(row.line) for row in tree.rows] + [line for each in tree.children for line in _leaves(each)]


DAYS = ("2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01", "2026-12-31", "2027-01-01")


def every_row_stands_somewhere(engine: EngineChoice, drawn: Sequence[tuple[str, Fraction, str, str]]) -> bool:
    """10: each row is a leaf of one explanation or is left out with a reason, and never both."""
    text = head().replace("  amount", "  stage:     text\n  amount")
    text = text.replace("  dated  closed_on", '  where  stage is "won"\n  dated  closed_on') + component(
        "line", "pay 5% of revenue"
    )
    run = ran(text, [deal(who, x, day, stage=stage) for who, x, day, stage in drawn], engine, names=PEOPLE, period=None)
    leaves = [line for each in run.payouts for line in _leaves(run.explain(each.participant, "line", each.period.name))]
    account = next(each for each in run.accounting.measures if each.measure == "revenue")
    left = sum(tally.rows for _, tally in account.excluded)
    amounts = account.counted.amount + sum(tally.amount for _, tally in account.excluded)
    wanted = [day.startswith("2026") and stage == "won" for _, _, day, stage in drawn]
    return (
        len(leaves) == len(set(leaves)) == account.counted.rows == sum(wanted)
        and len(leaves) + left == len(drawn)
        and amounts == sum((x for _, x, _, _ in drawn), Fraction(0))
    )


def the_order_of_rows_is_nothing(engine: EngineChoice, drawn: Sold, seed: int) -> bool:
    """29: rows in another order, and columns too, bring the same lines and explanations, line numbers apart."""
    text = head(CENTS).replace("  owner:", "  key id: text\n  owner:", 1) + component("line", RISING)
    text += component("pool", "pay 1 EUR shared by max(revenue, 0 EUR) among company")
    rows: list[Row] = [{"id": f"D{at}", **row} for at, row in enumerate(_rows(drawn))]
    moved = [dict(reversed(row.items())) for row in rows]
    Random(seed).shuffle(moved)
    one, other = (ran(text, each, engine, names=PEOPLE) for each in (rows, moved))

    def told(run: incentive.Run) -> list[object]:
        trees = [_without_lines(run.explain(who, "line").to_dict()) for who in PEOPLE]
        return [lines(run), run.accounting, trees]

    return told(one) == told(other)


def _without_lines(node: Any) -> Any:  # noqa: ANN401
    """An explanation as plain data, rows by key and without where they stand."""
    if isinstance(node, list):
        rows = all(isinstance(each, dict) and "key" in each for each in node)
        found = [_without_lines(each) for each in node]
        return sorted(found, key=str) if rows else found
    if isinstance(node, dict):
        return {name: _without_lines(each) for name, each in node.items() if not ("key" in node and name == "line")}
    return node


WON = head().replace("  amount", "  stage:     text\n  amount").replace("  dated ", '  where  stage is "won"\n  dated ')


def rows_of_others_are_nothing(engine: EngineChoice, mine: Sequence[Fraction], drawn: Sold) -> bool:
    """31: deals of others, of other months and of what does not count leave my line alone."""
    text = WON + component("line", RISING) + component("deals_won", "pay 7 EUR per signed")
    own = [deal("Ana", x, stage="won") for x in mine]
    more = [
        row
        for who, x in drawn
        for row in (
            deal(who if who != "Ana" else "Bob", x, stage="won"),
            deal("Ana", x, "2026-02-01", stage="won"),
            deal("Ana", x, "2025-12-31", stage="won"),
            deal("Ana", x, stage="lost"),
        )
    ]
    alone, among = (lines(ran(text, rows, engine, names=PEOPLE)) for rows in (own, [*own, *more]))
    return all(alone["Ana", name] == among["Ana", name] for name in ("line", "deals_won"))


UNUSED = """parameter spare = 3%
input extra: money per participant per month
facts visits {
  owner: participant
  held:  date
  worth: money
}
measure visited {
  sum    visits.worth
  dated  held
  credit owner
}
component beside {
  pay 2% of visited
}
"""


def what_is_not_used_is_nothing(engine: EngineChoice, drawn: Sold, spare: str = UNUSED) -> bool:
    """32: a column, table, parameter, input or component that a line does not read changes none of it."""
    text = head() + component("line", RISING)
    visits: list[Row] = [{"owner": who, "held": "2026-01-09", "worth": plans.plain(x)} for who, x in drawn]
    wide = (text + spare).replace("  amount", "  remark:    text\n  amount", 1)
    rows = [{**row, "remark": f"deal {at}"} for at, row in enumerate(_rows(drawn))]
    before = lines(ran(text, _rows(drawn), engine, names=PEOPLE))
    after = lines(ran(wide, rows, engine, names=PEOPLE, tables={"visits": visits}, inputs={"extra": {"Ana": 9}}))
    return all(after[key] == value for key, value in before.items())


def a_deal_of_nothing_counts_as_one(engine: EngineChoice, drawn: Sold) -> bool:
    """33: a deal of nothing changes no amount and is one more deal."""
    text = head() + component("line", RISING) + component("each_deal", "pay 1 EUR per signed")
    before, after = (
        lines(ran(text, rows, engine, names=PEOPLE)) for rows in (_rows(drawn), [*_rows(drawn), deal("Bob", 0)])
    )
    return after == {key: value + (key == ("Bob", "each_deal")) for key, value in before.items()}


def names_are_names(engine: EngineChoice, order: Sequence[str], drawn: Sold) -> bool:
    """35: other names for people bring the same lines, but for a cent of a pool; words of a plan are free."""
    text = (
        head(CENTS)
        + component("line", RISING)
        + component("pool", "pay 1 EUR shared by max(revenue, 0 EUR) among company")
    )
    text += component("place", "pay revenue by rank among company {\n    at 1: 90 EUR\n    from 2: 7 EUR\n  }")
    renamed = dict(zip(PEOPLE, order, strict=True))
    before = lines(ran(text, _rows(drawn), engine, names=PEOPLE))
    after = lines(ran(text, _rows([(renamed[who], x) for who, x in drawn]), engine, names=PEOPLE))
    again = lines(ran(text.replace("revenue", "sales_of_all"), _rows(drawn), engine, names=PEOPLE))
    moved = [(before[who, name], after[renamed[who], name], name) for who, name in before]
    return (
        before == again
        and all(one == other or (name == "pool" and abs(one - other) <= CENT) for one, other, name in moved)
        and sum(one for one, _, name in moved if name == "pool")
        == sum(other for _, other, name in moved if name == "pool")
    )


def more_is_never_less(engine: EngineChoice, drawn: Sold, more: Fraction) -> bool:
    """36: where rates do not fall and nobody competes or shares, one more deal never lowers a line."""
    text = head()
    for name, how in (("cut", "slice"), ("reached", "level")):
        note = '\n      note "meant"' if how == "level" else ""
        text += component(
            name,
            f"pay revenue by {how} {{\n    from 0 EUR: 3.3%\n    from 100 EUR: 8%{note}\n  }}",
            "floor 0 EUR",
            "cap 30 EUR",
        )
    text += component("bonus", "pay if revenue >= 100 EUR then 5 EUR else 0 EUR")
    before = lines(ran(text, _rows(drawn), engine, names=PEOPLE))
    after = lines(ran(text, [*_rows(drawn), deal("Ana", more)], engine, names=PEOPLE))
    falls = [each for each in incentive.parse(text).warnings if "falls" in each.message]
    return not falls and all(after[key] >= value for key, value in before.items())


def places_follow_figures(engine: EngineChoice, sales: Sequence[Fraction], more: Fraction) -> bool:
    """37: one's own deal never worsens one's place, another's never betters it; equal figures share one."""
    text = head() + component("place", "pay 1 EUR per rank(revenue, company)")

    def places(worth: Sequence[Fraction], names: Sequence[str] = PEOPLE) -> list[Fraction]:
        found = lines(ran(text, [deal(who, x) for who, x in zip(names, worth, strict=True)], engine))
        return [found[who, "place"] for who in names]

    before = places(sales)
    after = places([sales[0] + more, *sales[1:]])
    level = all(
        one == other
        for x, one in zip(sales, before, strict=True)
        for y, other in zip(sales, before, strict=True)
        if x == y
    )
    return (
        after[0] <= before[0]
        and all(now >= then for then, now in zip(before[1:], after[1:], strict=True))
        and level
        and before == [1 + sum(other > x for other in sales) for x in sales]
        and places(sales, PEOPLE[::-1]) == before
    )


THIRDS = [
    tuple(Fraction(part, whole) for part in parts) for *parts, whole in [(1, 1, 1, 3), (2, 3, 2, 7), (1, 4, 5, 10)]
]


@engines
@few(15)
@given(st.sampled_from(THIRDS), sold)
def test_shares_add_up_to_the_deal(engine: EngineChoice, branches: tuple[Fraction, ...], drawn: Sold) -> None:
    assert shares_add_up_to_the_deal(engine, branches, drawn)


@engines
@few(15)
@given(st.lists(st.sampled_from([Fraction(each, 10) for each in (2, 5, 7, 10)]), min_size=1, max_size=3), sold)
def test_overlays_stand_apart(engine: EngineChoice, parts: list[Fraction], drawn: Sold) -> None:
    assert overlays_stand_apart(engine, parts, drawn)


@engines
@few(20)
@given(st.integers(0, 500), figures)
def test_parts_follow_weights(engine: EngineChoice, pool: int, weights: list[Fraction]) -> None:
    assert parts_follow_weights(engine, pool, weights)


def test_a_grown_pool_takes_a_cent_from_somebody() -> None:
    """The condition of law 5 is needed: of 3 cents the smallest weight has one, of 4 none (largest remainders)."""
    weights = [Fraction(each) for each in (1, 3, 3, 0)]
    assert [part * 100 for part in _divided(3, weights, "reference")] == [1, 1, 1, 0]
    assert [part * 100 for part in _divided(4, weights, "reference")] == [0, 2, 2, 0]


@engines
@few(15)
@given(sold)
def test_totals_are_sums_of_lines(engine: EngineChoice, drawn: Sold) -> None:
    assert totals_are_sums_of_lines(engine, drawn)


@engines
@few(8)
@given(
    st.lists(
        st.tuples(st.sampled_from(PEOPLE), cents, st.sampled_from(DAYS), st.sampled_from(["won", "lost"])), max_size=8
    )
)
def test_every_row_stands_somewhere(engine: EngineChoice, drawn: list[tuple[str, Fraction, str, str]]) -> None:
    assert every_row_stands_somewhere(engine, drawn)


@engines
@few(8)
@given(sold, st.integers(0, 99))
def test_the_order_of_rows_is_nothing(engine: EngineChoice, drawn: Sold, seed: int) -> None:
    assert the_order_of_rows_is_nothing(engine, drawn, seed)


@engines
@few(15)
@given(st.lists(cents, max_size=4), sold)
def test_rows_of_others_are_nothing(engine: EngineChoice, mine: list[Fraction], drawn: Sold) -> None:
    assert rows_of_others_are_nothing(engine, mine, drawn)


@engines
@few(15)
@given(sold)
def test_what_is_not_used_is_nothing(engine: EngineChoice, drawn: Sold) -> None:
    assert what_is_not_used_is_nothing(engine, drawn)


@engines
@few(15)
@given(sold)
def test_a_deal_of_nothing_counts_as_one(engine: EngineChoice, drawn: Sold) -> None:
    assert a_deal_of_nothing_counts_as_one(engine, drawn)


@engines
@few(15)
@given(st.permutations(PEOPLE), sold)
def test_names_are_names(engine: EngineChoice, order: list[str], drawn: Sold) -> None:
    assert names_are_names(engine, order, drawn)


@engines
@few(15)
@given(sold, cents.filter(lambda each: each > 0))
def test_more_is_never_less(engine: EngineChoice, drawn: Sold, more: Fraction) -> None:
    assert more_is_never_less(engine, drawn, more)


@engines
@few(15)
@given(figures, st.integers(1, 4).map(Fraction))
def test_places_follow_figures(engine: EngineChoice, sales: list[Fraction], more: Fraction) -> None:
    assert places_follow_figures(engine, sales, more)


def _to_the_first(total: Any, weights: Any, step: Fraction) -> Any:  # noqa: ANN401, ARG001
    return tuple(total if at == 0 else Fraction(0) for at in range(len(weights)))


def _the_other_way_round(total: Any, weights: Any, step: Fraction) -> Any:  # noqa: ANN401
    return allocate(total, weights, step)[::-1]


def _without_nothing(rows: Any) -> Any:  # noqa: ANN401
    return [row for row in rows if row["amount"] != "0"]


def _drop_zeros(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that takes a deal of nothing for an empty row."""
    monkeypatch.setitem(
        globals(), "ran", lambda text, rows, *more, **named: plans.ran(text, _without_nothing(rows), *more, **named)
    )


def _without_the_last(text: str, rows: Any, engine: EngineChoice, **named: Any) -> incentive.Run:  # noqa: ANN401
    return plans.ran(text, rows[:-1], engine, **named)


def _everything_to_ana(self: Any, context: Any) -> Any:  # noqa: ANN401, ARG001
    return (("Ana", 1),)


def _a_day_short(self: Any, start: date, end: date, *, in_plan: bool, honest: Any = windows.Windows._days) -> Any:  # noqa: ANN401
    return honest(self, start, end - timedelta(days=1), in_plan=in_plan)


def _without_debts(payouts: Any, currency: str, honest: Any = front._total) -> Any:  # noqa: ANN401
    return honest([each for each in payouts if each.amount.amount > 0], currency)


def _one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of one table are read as those of another, too."""

    def mixed(text: str, rows: Any, engine: EngineChoice, **named: Any) -> incentive.Run:  # noqa: ANN401
        visits = [
            deal(row["owner"], Fraction(row["worth"]), remark="x") for row in named.get("tables", {}).get("visits", ())
        ]
        return plans.ran(text, [*rows, *visits], engine, **named)

    monkeypatch.setitem(globals(), "ran", mixed)


def _all_primary(credited: Any, reasons: Any, counted: Any, honest: Any = accounts._overlay) -> Any:  # noqa: ANN401
    found = honest(credited, reasons, counted)
    return evolve(found, primary=found.credited)


def _lost_shares(self: Any, context: Any, honest: Any = crediting.Crediting._by_split) -> Any:  # noqa: ANN401
    return tuple((who, share if share > Fraction(1, 4) else share / 2) for who, share in honest(self, context))


DRAWN = [("Ana", Fraction(9), day, stage) for day in DAYS for stage in ("won", "lost")]
EVEN = [Fraction(each) for each in (2, 5, 5, 0)]
PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "1": (
        lambda: shares_add_up_to_the_deal("reference", THIRDS[2], SOME),
        setting(crediting.Crediting, "_by_split", _lost_shares),
    ),
    "2": (
        lambda: overlays_stand_apart("reference", [Fraction(7, 10), Fraction(1, 2)], SOME),
        setting(accounts, "_overlay", _all_primary),
    ),
    "4": (lambda: parts_follow_weights("reference", 100, EVEN), setting(pools, "allocate", _the_other_way_round)),
    "5": (
        lambda: parts_follow_weights("reference", 4, [Fraction(each) for each in (3, 3, 3, 3)]),
        setting(pools, "allocate", _to_the_first),
    ),
    "7": (lambda: totals_are_sums_of_lines("reference", SOME), setting(front, "_total", _without_debts)),
    "10": (
        lambda: every_row_stands_somewhere("reference", DRAWN),
        setting(windows.Windows, "_days", _a_day_short),
    ),
    "29": (
        lambda: the_order_of_rows_is_nothing("reference", SOME, 1),
        lambda monkeypatch: monkeypatch.setitem(globals(), "ran", _without_the_last),
    ),
    "31": (
        lambda: rows_of_others_are_nothing("reference", [Fraction(50)], SOME),
        setting(crediting.Crediting, "_own", _everything_to_ana),
    ),
    "32": (lambda: what_is_not_used_is_nothing("reference", SOME), _one_table),
    "33": (lambda: a_deal_of_nothing_counts_as_one("reference", SOME), _drop_zeros),
    "35": (
        lambda: names_are_names("reference", PEOPLE[::-1], SOME),
        setting(pools, "allocate", _to_the_first),
    ),
    "36": (
        lambda: more_is_never_less("reference", SOME, Fraction(60)),
        setting(rate_tables, "slice_parts", lambda x, bounds: slice_parts(max(0, 300 - x), bounds)),
    ),
    "37": (
        lambda: places_follow_figures("reference", EVEN, Fraction(4)),
        setting(contests.Contest, "ahead", lambda self, figure: sum(each < figure for each in self.sorted)),
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)
