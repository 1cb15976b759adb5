"""The unit algebra, operator by operator."""

from __future__ import annotations

import pytest

from incentive import tree
from tests.unit.checking.asking import bonus, codes, measure, value_of

MONEY, USD, RATIO, DEALS, LEADS, RATE = "revenue", "revenue_us", "5%", "deals_won", "leads_won", "(40 EUR per deal)"
VALUES = {"money": MONEY, "usd": USD, "ratio": RATIO, "deals": DEALS, "leads": LEADS, "rate": RATE}

SUMS = {
    ("money", "money"): "money",
    ("money", "usd"): "E301",
    ("money", "ratio"): "E302",
    ("money", "deals"): "E300",
    ("money", "rate"): "E300",
    ("ratio", "ratio"): "ratio",
    ("ratio", "deals"): "E300",
    ("deals", "deals"): "count",
    ("deals", "leads"): "E306",
    ("deals", "rate"): "E300",
    ("rate", "rate"): "rate",
    ("usd", "usd"): "money",
}
PRODUCTS = {
    ("money", "money"): "E304",
    ("money", "usd"): "E304",
    ("money", "ratio"): "money",
    ("money", "deals"): "money",
    ("money", "rate"): "E304",
    ("ratio", "ratio"): "ratio",
    ("ratio", "deals"): "count",
    ("ratio", "rate"): "rate",
    ("deals", "deals"): "E304",
    ("deals", "leads"): "E304",
    ("deals", "rate"): "money",
    ("leads", "rate"): "E306",
    ("rate", "rate"): "E304",
}
QUOTIENTS = {
    ("money", "money"): "ratio",
    ("money", "usd"): "E301",
    ("money", "ratio"): "money",
    ("money", "deals"): "rate",
    ("money", "rate"): "count",
    ("ratio", "ratio"): "ratio",
    ("ratio", "money"): "E304",
    ("ratio", "deals"): "E304",
    ("deals", "deals"): "ratio",
    ("deals", "leads"): "ratio",
    ("deals", "money"): "E304",
    ("deals", "ratio"): "count",
    ("rate", "ratio"): "rate",
    ("rate", "rate"): "ratio",
}


def outcome(expression: str) -> str:
    found = codes(f"let tested = {expression}")
    return found[0] if found else value_of(expression).type.unit.kind


@pytest.mark.parametrize(("pair", "wanted"), SUMS.items())
@pytest.mark.parametrize(
    "shape", ["{} + {}", "{} - {}", "min({}, {})", "max({}, {})", "if revenue > 0 EUR then {} else {}"]
)
def test_values_that_meet_have_one_unit(shape: str, pair: tuple[str, str], wanted: str) -> None:
    one, two = (VALUES[each] for each in pair)
    assert outcome(shape.format(one, two)) == wanted
    assert outcome(shape.format(two, one)) == wanted


@pytest.mark.parametrize(("pair", "wanted"), SUMS.items())
@pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "=", "!="])
def test_compared_values_have_one_unit(operator: str, pair: tuple[str, str], wanted: str) -> None:
    one, two = (VALUES[each] for each in pair)
    assert outcome(f"{one} {operator} {two}") == (wanted if wanted.startswith("E") else "yes_no")


@pytest.mark.parametrize(("pair", "wanted"), PRODUCTS.items())
def test_a_product_has_a_meaning_or_is_refused(pair: tuple[str, str], wanted: str) -> None:
    one, two = (VALUES[each] for each in pair)
    assert outcome(f"{one} * {two}") == wanted
    assert outcome(f"{two} * {one}") == wanted


@pytest.mark.parametrize(("pair", "wanted"), QUOTIENTS.items())
def test_a_quotient_has_a_meaning_or_is_refused(pair: tuple[str, str], wanted: str) -> None:
    one, two = (VALUES[each] for each in pair)
    zero = {"ratio": "0%", "money": "0 EUR", "count": "0", "rate": "0 EUR per deal"}.get(wanted, "0")
    assert outcome(f"({one} / {two} if missing {zero})") == wanted


def test_a_bare_integer_takes_the_count_beside_it() -> None:
    assert value_of("deals_won + 3").type.unit == tree.Unit("count", counted="deals")
    assert codes("let a = deals_won + 3%") == ["E300"]
    assert codes("let a = deals_won >= 100%") == ["E300"]
    assert codes("let a = deals_won + 2.5") == ["E300"]


def test_per_makes_a_rate_of_a_table_and_multiplies_a_count() -> None:
    assert value_of("40 EUR per deal").type.unit == tree.Unit("rate", currency="EUR", counted="deals")
    assert value_of("40 EUR per deals_won").type.unit.kind == "money"
    assert value_of("40 EUR per deal per deals_won").type.unit.kind == "money"
    assert codes("let a = 40 EUR per lead per deals_won") == ["E306"]
    assert codes("let a = 40 EUR per revenue") == ["E305"]
    assert codes("let a = 40 EUR per month") == ["E314"]


def test_of_takes_a_percentage() -> None:
    assert value_of("5% of revenue").type.unit.kind == "money"
    assert value_of("(revenue / quota) of revenue").type.unit.kind == "money"
    assert codes("let a = 5 of revenue") == ["E303"]
    assert codes("let a = quota of revenue") == ["E303"]


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ("closed_on - lead.mql_on <= 30 days", []),
        ("closed_on + 30 days > closed_on", []),
        ("closed_on - 5 > closed_on", ["E300"]),
        ("closed_on + 48 hours > closed_on", ["E307"]),
        ("lead.sent_at + 48 hours > lead.sent_at", []),
        ("closed_on + closed_on > closed_on", ["E300"]),
        ("closed_on within 48 hours of closed_on", ["E307"]),
        ("closed_on within 30 days of lead.sent_at", []),
        ("closed_on is 2026-01-31", []),
        ("closed_on is 5", ["E300"]),
        ('region is "north"', []),
        ('region > "north"', ["E312"]),
        ('stage is "won"', ["E202"]),
        ("stage is one of won, lost", ["E126"]),
        ("stage is one of (won, lost)", []),
        ("stage is one of (won, list)", ["E202"]),
        ("amount is 5 USD", ["E301"]),
    ],
)
def test_dates_words_and_amounts_of_a_row(condition: str, wanted: list[str]) -> None:
    found = codes(measure("sum deals.amount", f"where {condition}", "dated closed_on"))
    if wanted != ["E126"]:
        assert found == wanted
    else:
        assert found


def test_money_in_another_currency_is_converted_at_a_rate_that_is_named() -> None:
    rate = "parameter rate = 0.92\n"
    assert codes(rate + bonus("pay 5% of (revenue_us in EUR at rate)")) == []
    assert codes(bonus("pay 5% of (revenue_us in EUR)")) == ["E320"]
    assert codes(bonus("pay 5% of (revenue in EUR at 2)")) == ["E323"]
    assert codes(bonus("pay 5% of (revenue_us in EUX at 2)")) == ["E235"]
    assert codes(bonus("pay 5% of revenue_us")) == ["E322"]


@pytest.mark.parametrize(
    ("clauses", "wanted"),
    [
        (("pay 5% of revenue", "cap 500 EUR"), []),
        (("pay 5% of revenue", "cap 500 USD"), ["E301"]),
        (("pay 5% of revenue", "cap 5%"), ["E310"]),
        (("pay 5%",), ["E310"]),
        (("pay deals_won",), ["E310"]),
        (("pay 5% of revenue", "when revenue"), ["E311"]),
        (("pay 5% of revenue", "cap -1 EUR"), ["E405"]),
        (("pay 5% of revenue", "floor 9 EUR", "cap 8 EUR"), ["E404"]),
        (("pay 5% of revenue", "floor 8 EUR", "cap 9 EUR"), []),
        (("pay each 5% of revenue", "cap -1 EUR each"), ["E405"]),
        (("pay each 5% of revenue", "floor 9 EUR each", "cap 8 EUR each"), ["E404"]),
        (("pay each 5% of revenue", "floor 9 EUR each", "cap 8 EUR"), []),
        (("pay round(5% of revenue, 1 EUR)",), []),
        (("pay round(5% of revenue, 1 USD)",), ["E301"]),
        (("pay round(5% of revenue, quota)",), ["E522"]),
    ],
)
def test_clauses_of_a_component_are_in_the_plans_money(clauses: tuple[str, ...], wanted: list[str]) -> None:
    assert codes(bonus(*clauses)) == wanted
