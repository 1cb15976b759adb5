"""Units: money of another size, in cents, in another currency; a rate however it is written (laws 24 to 28)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incentive.engines import EngineChoice
from incentive.engines.reference import arithmetic, exchange
from incentive.engines.reference import tiers as rate_tables
from incentive.quantities import round_to, slice_parts
from tests.laws import plans
from tests.laws.plans import CENT, ENGINES, EXACT, Plant, breaks, component, deal, few, head, lines, money, ran, setting

figures = st.lists(st.integers(-30_000, 60_000).map(lambda each: Fraction(each, 100)), min_size=1, max_size=8)
engines = pytest.mark.parametrize("engine", ENGINES)
SOME = [Fraction(-4005, 100), Fraction(9033, 100), Fraction(10_001, 100), Fraction(500)]
QUOTA = Fraction(80)


def _scaled(k: Fraction | int, rounding: str) -> str:
    """A plan in which every amount of money is k times as large."""
    text = head(rounding) + "input quota: money per participant per month must be > 0 EUR\n"
    text += component(
        "cut",
        f"pay revenue by slice {{\n    from {money(0)}: 3.3%\n    from {money(100 * k)}: 12.5%\n  }}",
        f"cap {money(40 * k)}",
    )
    text += component("reached", "pay revenue by level {\n    from 0% of quota: 1%\n    above 100% of quota: 7.7%\n  }")
    text += component("fixed", f"pay {money(17 * k)} + 0.5% of revenue", f"when revenue > {money(50 * k)}")
    return text


def _figures(text: str, drawn: Sequence[Fraction], k: Fraction | int, engine: EngineChoice) -> plans.Lines:
    rows = [deal(f"p{at}", x * k) for at, x in enumerate(drawn)]
    return lines(ran(text, rows, engine, inputs={"quota": {f"p{at}": QUOTA * k for at in range(len(drawn))}}))


def pay_grows_with_money(engine: EngineChoice, k: int, drawn: Sequence[Fraction]) -> bool:
    """24: all money k times as large pays exactly k times as much; rounded, within half a cent times k + 1."""
    exact, larger = (_figures(_scaled(each, EXACT), drawn, each, engine) for each in (1, k))
    cents, more = (_figures(_scaled(each, "half_up to 0.01 EUR"), drawn, each, engine) for each in (1, k))
    return all(larger[key] == k * exact[key] and abs(more[key] - k * cents[key]) <= CENT / 2 * (k + 1) for key in exact)


def cents_are_money(engine: EngineChoice, drawn: Sequence[Fraction]) -> bool:
    """25: in cents, rounded to whole ones, the same is paid as in euros rounded to the cent."""
    euros = _figures(_scaled(1, "half_up to 0.01 EUR"), drawn, 1, engine)
    cents = _figures(_scaled(100, "half_up to 1 EUR"), drawn, 100, engine)
    return {key: 100 * value for key, value in euros.items()} == cents


def a_rate_is_one_number(engine: EngineChoice, drawn: Sequence[Fraction], *written: str) -> bool:
    """26: 5 %, 0.05 and five hundred parts of ten thousand are one rate, in the plan and in a file."""
    fields = "facts terms {\n  owner: participant\n  rate: percent\n  base: money\n  signed_on: date\n}\n"
    fields += "measure due {\n  sum terms.base * terms.rate\n  dated signed_on\n  credit owner\n}\n"
    text = head() + fields + "".join(component(f"way_{at}", f"pay {rate} * revenue") for at, rate in enumerate(written))
    text += component("from_data", "pay due")
    terms: list[plans.Row] = [
        {"owner": f"p{at}", "rate": "0.05", "base": plans.plain(x), "signed_on": "2026-01-05"}
        for at, x in enumerate(drawn)
    ]
    made = lines(ran(text, [deal(f"p{at}", x) for at, x in enumerate(drawn)], engine, tables={"terms": terms}))
    return all(paid == made[who, "from_data"] for (who, _), paid in made.items())


FEES = """facts fees {
  owner:   participant
  fee:     money in USD
  paid_on: date
}
measure fees_usd {
  sum    fees.fee
  dated  paid_on
  credit owner
}
measure fees_eur {
  sum    fees.fee in EUR at RATE
  dated  paid_on
  credit owner
}
"""


def _fees(drawn: Sequence[Fraction]) -> dict[str, list[plans.Row]]:
    return {"fees": [{"owner": "Ana", "fee": plans.plain(x), "paid_on": "2026-01-05"} for x in drawn]}


def converting_first_or_last_is_the_same(engine: EngineChoice, rate: Fraction, drawn: Sequence[Fraction]) -> bool:
    """27: where a plan is linear, each row, the sum or the pay may be converted, exactly."""
    at = plans.plain(rate)
    text = head("half_up to 0.000000000001 EUR") + FEES.replace("RATE", at)
    text += component("rows", "pay 3.3% of fees_eur")
    text += component("sums", f"pay 3.3% of (fees_usd in EUR at {at})")
    text += component("results", f"pay (3.3% of fees_usd) in EUR at {at}")
    found = lines(ran(text, [], engine, names=["Ana"], tables=_fees(drawn)))
    wanted = sum(drawn, Fraction(0)) * rate * Fraction(33, 1000)
    return all(found["Ana", name] == wanted for name in ("rows", "sums", "results"))


def a_rate_of_one_is_nothing(engine: EngineChoice, drawn: Sequence[Fraction], rate: str = "1") -> bool:
    """28: money at a rate of 1, as a number or by a table, pays what the same money pays in the other currency."""
    table = "facts fx {\n  from: text\n  to: text\n  on: date\n  rate: number\n}\n"
    clauses = "by slice {{\n    from 0 {0}: 5%\n    from 100 {0}: 8%\n  }}"
    rates: list[plans.Row] = [{"from": "USD", "to": "EUR", "on": "2026-01-31", "rate": rate}]
    text = head() + table + FEES.replace("RATE", rate)
    text += component("own", "pay revenue " + clauses.format("EUR"))
    text += component("by_number", f"pay (fees_usd in EUR at {rate}) " + clauses.format("EUR"))
    text += component("by_table", "pay (fees_usd in EUR at fx) " + clauses.format("EUR"))
    text += component("by_row", "pay fees_eur " + clauses.format("EUR"))
    rows = [deal("Ana", x) for x in drawn]
    found = lines(ran(text, rows, engine, tables={"fx": rates, **_fees(drawn)}))
    dollars = head("half_up to 0.000000001 USD", "USD") + component("own", "pay revenue " + clauses.format("USD"))
    relabelled = lines(ran(dollars, rows, engine))["Ana", "own"]
    return {*found.values(), relabelled} == {found["Ana", "own"]}


@engines
@few(15)
@given(st.integers(2, 1000), figures)
def test_pay_grows_with_money(engine: EngineChoice, k: int, drawn: list[Fraction]) -> None:
    assert pay_grows_with_money(engine, k, drawn)


@engines
@few(15)
@given(figures)
def test_cents_are_money(engine: EngineChoice, drawn: list[Fraction]) -> None:
    assert cents_are_money(engine, drawn)


@engines
@few(15)
@given(figures)
def test_a_rate_is_one_number_however_it_is_written(engine: EngineChoice, drawn: list[Fraction]) -> None:
    assert a_rate_is_one_number(engine, drawn, "5%", "0.05", "(500 / 10 000)")


@engines
@few(20)
@given(st.sampled_from([Fraction(92, 100), Fraction(10_8765, 100_000), Fraction(1, 128), Fraction(151)]), figures)
def test_converting_first_or_last_is_the_same(engine: EngineChoice, rate: Fraction, drawn: list[Fraction]) -> None:
    assert converting_first_or_last_is_the_same(engine, rate, drawn)


@engines
def test_where_a_plan_is_not_linear_the_place_of_a_conversion_counts(engine: EngineChoice) -> None:
    rows = "{{\n    from 0 {0}: 5%\n    from 100 {0}: 8%\n  }}"
    text = head() + FEES.replace("RATE", "0.5")
    text += component("converted_first", "pay (fees_usd in EUR at 0.5) by slice " + rows.format("EUR"))
    text += component("converted_last", "pay (fees_usd by slice " + rows.format("USD") + ") in EUR at 0.5")
    found = lines(ran(text, [], engine, names=["Ana"], tables=_fees([Fraction(300)])))
    assert found == {("Ana", "converted_first"): 9, ("Ana", "converted_last"): Fraction(21, 2)}


@engines
@few(15)
@given(figures)
def test_a_rate_of_one_is_nothing(engine: EngineChoice, drawn: list[Fraction]) -> None:
    assert a_rate_of_one_is_nothing(engine, drawn)


def _fixed_bound(x: Any, bounds: Any) -> Any:  # noqa: ANN401
    return slice_parts(x, [(min(bound, 100), owns) for bound, owns in bounds])


def _always_to_the_cent(value: Any, step: Fraction, mode: Any) -> Fraction:  # noqa: ANN401
    return round_to(value, max(step, CENT), mode)


def _to_the_cent_always(value: Any, step: Fraction, mode: Any) -> Fraction:  # noqa: ANN401, ARG001
    return round_to(value, CENT, mode)


def _rounding_each(one: Any, other: Any) -> Any:  # noqa: ANN401
    return round_to(one * other, CENT, "half_up")


PLANTED: dict[str, tuple[Callable[[], bool], Plant]] = {
    "24": (lambda: pay_grows_with_money("reference", 3, SOME), setting(rate_tables, "slice_parts", _fixed_bound)),
    "24 rounded": (
        lambda: pay_grows_with_money("reference", 3, SOME),
        setting(arithmetic, "round_to", _always_to_the_cent),
    ),
    "25": (lambda: cents_are_money("reference", SOME), setting(arithmetic, "round_to", _to_the_cent_always)),
    "27": (
        lambda: converting_first_or_last_is_the_same("reference", Fraction(92, 100), SOME),
        setting(arithmetic, "times", _rounding_each),
    ),
    "28": (
        lambda: a_rate_of_one_is_nothing("reference", SOME),
        setting(exchange, "settled", lambda value, too_long: value + CENT),  # noqa: ARG005
    ),
}


@pytest.mark.parametrize("law", PLANTED)
def test_a_planted_bug_is_seen(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    holds, plant = PLANTED[law]
    assert breaks(monkeypatch, plant, holds)


def test_a_rate_of_another_size_is_seen() -> None:
    assert a_rate_is_one_number("reference", SOME, "5%", "0.05")
    assert not a_rate_is_one_number("reference", SOME, "5%", "0.5")
