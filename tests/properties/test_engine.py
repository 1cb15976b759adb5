"""The laws of the reference engine."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from incentive.data import Facts
from incentive.engines import compile_plan, explain, run
from incentive.quantities import Period, round_to
from incentive.results import Run, readd
from tests.unit.engines.samples import (
    COUNT,
    MONTH,
    QUARTER,
    YEAR,
    YEAR_TO_DATE,
    Deal,
    accumulated,
    by_quota,
    deal,
    eur,
    facts,
    line,
    measured,
    period,
    periods,
    person,
    plan,
    plus,
    rounded,
    times,
)
from tests.unit.engines.samples import (
    given as input_of,
)

PEOPLE = [person("Ana"), person("Bob", team="B", manager="Ana"), person("Cid", start="2026-03-15")]
QUOTAS = {(name, "2026"): 1_000 for name in ("Ana", "Bob", "Cid")}
COVERAGE: list[tuple[str, str, int | Fraction]] = [
    ("Ana", "north", Fraction(1, 3)),
    ("Bob", "north", Fraction(1, 7)),
    ("Cid", "south", 1),
]
TIERS = accumulated(by_quota(measured("revenue", YEAR_TO_DATE), input_of("quota", YEAR)))
PLAN = plan(
    line("commission", TIERS),
    line("team", rounded(times(measured("revenue", QUARTER, "team"), measured("deals_won", MONTH, unit=COUNT)))),
    line("overlay", rounded(plus(measured("covered", MONTH), measured("covered", MONTH, "company"), eur(0)))),
    line("mean", rounded(measured("average_deal", YEAR))),
)
COMPILED = compile_plan(PLAN)

amounts = st.integers(-100_000, 100_000).map(lambda cents: Fraction(cents, 100))
days = st.integers(-20, 400).map(lambda at: (date(2026, 1, 1) + timedelta(days=at)).isoformat())


@st.composite
def deals(draw: st.DrawFn) -> list[Deal]:
    return [
        deal(
            str(number),
            draw(st.sampled_from(["Ana", "Bob", "Cid"])),
            draw(st.one_of(amounts, amounts, amounts, st.none())),
            draw(st.one_of(days, days, days, st.none())),
            stage=draw(st.sampled_from(["won", "won", "lost"])),
            region=draw(st.sampled_from(["north", "south", "east"])),
        )
        for number in range(draw(st.integers(0, 12)))
    ]


def read(rows: list[Deal]) -> Facts:
    return facts(rows, people=PEOPLE, quota=QUOTAS, coverage=COVERAGE)


def lines(made: Run) -> list[tuple[str, str, str, str, object]]:
    return [
        (e.participant, e.period.name, e.component, e.status, None if e.amount is None else e.amount.exact)
        for e in made.payouts
    ]


@given(deals(), st.randoms())
def test_the_order_of_rows_changes_no_line(rows: list[Deal], random: object) -> None:
    shuffled = sorted(rows, key=lambda each: (random.random(), each[0]))  # type: ignore[attr-defined]  # a Random
    first, second = (run(COMPILED, read(each), periods()) for each in (rows, shuffled))
    assert lines(first) == lines(second)
    assert [e.counted for e in first.accounting.measures] == [e.counted for e in second.accounting.measures]
    assert [e.excluded for e in first.accounting.measures] == [e.excluded for e in second.accounting.measures]


@given(deals())
def test_the_months_of_an_accumulated_line_add_up_to_its_year(rows: list[Deal]) -> None:
    known = [each for each in rows if each[2] is not None]
    annual = compile_plan(
        plan(line("commission", rounded(by_quota(measured("revenue", YEAR), input_of("quota", YEAR)))))
    )
    monthly = compile_plan(plan(line("commission", TIERS)))
    data = facts(known, people=[person(name) for name in ("Ana", "Bob", "Cid")], quota=QUOTAS)
    whole = run(annual, data, periods()[-1:])
    parts = run(monthly, data, periods())
    for each in whole.payouts:
        assert each.amount is not None
        total = sum(
            part.amount.exact
            for part in parts.payouts
            if part.participant == each.participant and part.amount is not None
        )
        assert total == each.amount.exact


@given(deals(), st.sampled_from(["2026-01", "2026-03", "2026-12"]))
def test_an_explanation_adds_up_again_to_what_was_paid(rows: list[Deal], name: str) -> None:
    data = read(rows)
    for each in run(COMPILED, data, [period(name)]).payouts:
        tree = explain(COMPILED, data, each.period, each.participant, each.component)
        assert readd(tree)
        assert tree.value == (None if each.amount is None else each.amount.exact)


@given(deals(), st.sets(st.sampled_from(["Ana", "Bob", "Cid"])), st.sets(st.sampled_from(range(12)), min_size=1))
def test_every_row_and_amount_is_accounted_for(rows: list[Deal], names: set[str], chosen: set[int]) -> None:
    made = run(COMPILED, read(rows), [periods()[at] for at in sorted(chosen)], participants=sorted(names))
    assert made.accounting.disagreements() == ()
    for account in made.accounting.measures:
        assert account.read.rows == len(rows)


@given(deals(), st.sets(st.sampled_from(["Ana", "Bob", "Cid"]), min_size=1))
def test_asking_for_some_people_changes_none_of_their_lines(rows: list[Deal], names: set[str]) -> None:
    everybody = run(COMPILED, read(rows), periods())
    some = run(COMPILED, read(rows), periods(), participants=sorted(names))
    assert lines(some) == [each for each in lines(everybody) if each[0] in names]


@given(deals(), amounts, st.data())
def test_a_deal_split_in_two_pays_the_same(rows: list[Deal], part: Fraction, data: st.DataObject) -> None:
    with_amount = [each for each in rows if each[2] is not None]
    if not with_amount:
        return
    name, owner, amount, stage, region, day = data.draw(st.sampled_from(with_amount))
    assert amount is not None
    rest = [each for each in with_amount if each[0] != name]
    halves: list[Deal] = [
        (name, owner, part, stage, region, day),
        ("x", owner, Fraction(amount) - part, stage, region, day),
    ]
    additive = compile_plan(
        plan(
            line("commission", TIERS),
            line("overlay", rounded(measured("covered", MONTH))),
            line("team", rounded(measured("revenue", QUARTER, "team"))),
        )
    )
    assert lines(run(additive, read(with_amount), periods())) == lines(run(additive, read(rest + halves), periods()))


@given(deals())
def test_a_deal_of_nothing_changes_no_sum(rows: list[Deal]) -> None:
    compiled = compile_plan(plan(line("commission", TIERS), line("own", rounded(measured("revenue", MONTH)))))
    more = [*rows, deal("x", "Ana", 0, "2026-05-05")]
    assert lines(run(compiled, read(rows), periods())) == lines(run(compiled, read(more), periods()))


@given(deals(), st.sampled_from(periods()))
def test_figures_are_those_of_a_plain_loop_over_the_rows(rows: list[Deal], month: Period) -> None:
    known = [each for each in rows if each[2] is not None and each[3] == "won" and each[5] is not None]
    compiled = compile_plan(
        plan(
            line("own", rounded(measured("revenue", MONTH))),
            line("year", rounded(measured("revenue", YEAR_TO_DATE, "company"))),
            line("team", rounded(measured("revenue", MONTH, "team"))),
            line("covered", rounded(measured("covered", MONTH))),
        )
    )
    made = run(compiled, read([each for each in rows if each[2] is not None]), [month])
    teams = {"Ana": "A", "Bob": "B", "Cid": "A"}
    for each in made.payouts:
        me, total = each.participant, Fraction(0)
        for _, owner, amount, _, region, day in known:
            assert amount is not None
            assert day is not None
            match each.component:
                case "own":
                    total += amount if owner == me and day in month else 0
                case "year":
                    total += amount if date(2026, 1, 1) <= day < month.end else 0
                case "team":
                    there = owner != "Cid" or day >= date(2026, 3, 15)
                    total += amount if teams[owner] == teams[me] and there and day in month else 0
                case _:
                    shares = [share for who, where, share in COVERAGE if who == me and where == region]
                    total += amount * sum(shares) if day in month else 0
        assert each.amount is not None
        assert each.amount.exact == round_to(total, Fraction(1, 100), "half_up")
