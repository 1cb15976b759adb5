"""The laws of a settlement, on lines of any sign, whatever the months asked for."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

import incentive
from incentive.results import Settlement, readd

HEAD = """incentive 1 en
plan "Law" {
  currency EUR
  period month
  timezone "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
input line: money per participant per month
input due: money per participant per month additive
let goal = due over year to date
component pay_line {
  pay line
}
settlement {
  add pay_line
"""
amounts = st.lists(st.integers(-30_000, 30_000).map(lambda cents: Decimal(cents) / 100), min_size=12, max_size=12)
limits = st.integers(0, 20_000).map(lambda cents: Fraction(cents, 100))


def money(limit: Fraction) -> str:
    return f"{limit.numerator * 100 // limit.denominator / 100:.2f} EUR"


def settled(steps: str, lines: list[Decimal], due: list[Decimal] | None = None) -> tuple[Settlement, ...]:
    """The months of a year; each is the same alone, and each explanation adds up again."""
    plan = incentive.parse(HEAD + steps + "\n}\n")
    names = [each.name for each in plan.periods]
    values = {
        "line": {("Ana", name): value for name, value in zip(names, lines, strict=True)},
        "due": {("Ana", name): value for name, value in zip(names, due or lines, strict=True)},
    }
    data = plan.read(incentive.Dataset.from_rows(tables={}, people=[{"who": "Ana"}], inputs=values, timezone="UTC"))
    run = plan.run(data)
    month = names[int(abs(sum(lines, Decimal(0))) * 100) % 12]
    (alone,) = plan.run(data, period=month).settlements
    assert alone == next(each for each in run.settlements if each.period.name == month)
    for name in plan.settled:
        tree = run.explain("Ana", name, month)
        assert readd(tree)
        assert tree.value == of(alone, name)
    return run.settlements


def of(made: Settlement, name: str) -> Fraction:
    amount = made[name].amount
    assert amount is not None
    return Fraction(amount.exact)


def total(made: tuple[Settlement, ...], name: str) -> Fraction:
    return sum((of(each, name) for each in made), Fraction(0))


@given(amounts, limits)
def test_a_recoverable_draw_pays_what_is_earned_and_what_is_still_owed(lines: list[Decimal], limit: Fraction) -> None:
    made = settled(f"  draw {money(limit)} per month recoverable", lines)
    owed = [of(each, "draw_balance") for each in made]
    assert min(owed) >= 0
    assert all(of(each, "paid") >= limit for each in made)
    assert total(made, "paid") == total(made, "earned") + owed[-1]


@given(amounts, limits, st.sampled_from(["carried", "forgiven", "due"]))
def test_what_becomes_of_a_draw_that_ends(lines: list[Decimal], limit: Fraction, balance: str) -> None:
    step = f"  draw {money(limit)} per month recoverable from 2026-02 until 2026-06, balance {balance}"
    made = settled(step, lines)
    inside, after = made[1:6], made[6:]
    assert all(of(each, "paid") >= limit for each in inside)
    assert of(made[0], "paid") == of(made[0], "earned")
    owed, paid_more = of(inside[-1], "draw_balance"), total(inside, "paid") - total(inside, "earned")
    assert owed == (0 if balance == "forgiven" else paid_more)
    assert total(after, "paid") == total(after, "earned") - owed + of(after[-1], "draw_balance")
    if balance == "due":
        assert of(after[0], "paid") == of(after[0], "earned") - owed
        assert of(after[0], "draw_balance") == 0
    if balance == "carried":
        assert all(of(each, "paid") >= min(Fraction(0), of(each, "earned")) for each in after)


@given(amounts, limits)
def test_a_guaranteed_draw_pays_the_larger_of_both(lines: list[Decimal], limit: Fraction) -> None:
    for each in settled(f"  draw {money(limit)} per month guaranteed", lines):
        assert of(each, "paid") == max(of(each, "earned"), limit)


@given(amounts, limits, st.sampled_from(["month", "quarter", "year"]), st.booleans())
def test_a_cap_pays_no_more_than_its_limit_and_keeps_or_loses_the_rest(
    lines: list[Decimal], limit: Fraction, period: str, carry: bool
) -> None:
    made = settled(f"  cap {money(limit)} per {period}{' carry excess' if carry else ''}", lines)
    length = {"month": 1, "quarter": 3, "year": 12}[period]
    waiting = Fraction(0)
    for start in range(0, 12, length):
        part = made[start : start + length]
        assert all(total(part[: at + 1], "paid") <= limit for at in range(length))
        earned = total(part, "earned") + waiting
        assert total(part, "paid") == min(earned, limit)
        waiting = earned - total(part, "paid") if carry else Fraction(0)
        assert not carry or of(part[-1], "cap_balance") == waiting


@given(amounts, limits)
def test_a_floor_that_carries_pays_its_limit_and_recovers_the_shortfall(lines: list[Decimal], limit: Fraction) -> None:
    made = settled(f"  floor {money(limit)} carry shortfall", lines)
    assert all(of(each, "paid") >= limit and of(each, "floor_balance") >= 0 for each in made)
    assert total(made, "paid") == total(made, "earned") + of(made[-1], "floor_balance")


@given(amounts, limits)
def test_nothing_below_the_minimum_is_paid_and_nothing_is_lost(lines: list[Decimal], limit: Fraction) -> None:
    made = settled(f"  hold below {money(limit)}", lines)
    assert all(of(each, "paid") == 0 or of(each, "paid") >= limit for each in made)
    assert total(made, "paid") + of(made[-1], "held") == total(made, "earned")


@given(amounts, amounts)
def test_a_true_up_brings_what_was_paid_to_what_is_due(lines: list[Decimal], due: list[Decimal]) -> None:
    made = settled("  trueup pay_line to goal per quarter", lines, due)
    for end in (3, 6, 9, 12):
        assert total(made[:end], "paid") == sum(map(Fraction, due[:end]), Fraction(0))


@given(amounts, limits, limits)
def test_all_steps_together_lose_nothing_but_what_they_say(
    lines: list[Decimal], limit: Fraction, draw: Fraction
) -> None:
    steps = (
        f"  cap {money(limit)} per quarter carry excess\n  draw {money(draw)} per month recoverable\n"
        "  floor 0 EUR carry shortfall\n  hold below 50 EUR"
    )
    made = settled(steps, lines)
    last = made[-1]
    owed = of(last, "draw_balance") + of(last, "floor_balance")
    waiting = of(last, "cap_balance") + of(last, "held")
    assert total(made, "paid") + waiting == total(made, "earned") + owed
