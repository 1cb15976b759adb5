"""What an explanation says of tables, weighted parts and ratings: each figure, the text it stands for, and its unit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import incentive
from incentive import Explanation
from incentive.results import readd

TEXT = """incentive 1 en
plan "Told" {
  currency  EUR
  period    quarter
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
input sales: money per participant per quarter
input goal: money per participant per quarter must be > 0 EUR
scorecard quality "Quality" {
  rated 0 to 4 per participant per quarter
  40%: preparation "Preparation"
  60%: terms "Terms"
  unrated zero
}
scale payout by curve {
  at 80%: 50%
  at 100%: 100%
}
component bonus {
  pay 1 000 EUR weighted {
    70%: sales / goal "Own"
    30%: quality "Rated"
  }
}
component slices {
  pay sales by slice {
    from 0 EUR: 5%
    from 80 EUR: 8%
    from 100% of goal: 10%
  }
}
component levels {
  pay sales by level {
    from 0 EUR: 5%
    from 80 EUR: 8%
    from 100% of goal: 10%
  }
}
component every {
  pay sales by every level {
    from 0 EUR: 5 EUR
    from 80 EUR: 8 EUR
    from 100% of goal: 10 EUR
  }
}
component curve {
  pay sales by curve {
    at 0 EUR: 0%
    at 80 EUR: 8%
    at 100% of goal: 10%
    at 200% of goal: 15%
  }
}
component scaled {
  pay payout(sales / goal) of 1 000 EUR
}
"""


def explained(component: str, sales: int = 90) -> Explanation:
    """What a line is made of, below its rounding."""
    ratings = {"quality.preparation": 3}
    found = incentive.parse(TEXT).pay("2026-Q1", sales=sales, goal=100, **ratings).explain(component)
    assert readd(found)
    return found.children[0].children[0]


def lines(why: Explanation, depth: int = 0) -> Iterator[str]:
    """An explanation as an indented list: kind, name or text, value and unit."""
    text = "" if why.span is None else " ".join(TEXT[why.span.start : why.span.end].split())
    told = f"= {why.value}" if why.reason is None else f"is {why.status}, {why.reason.code}:"
    yield "  " * depth + " ".join((why.kind, *([why.name] if why.name != "" else []), f"[{text}]", told, why.unit.kind))
    for each in why.children:
        yield from lines(each, depth + 1)


def test_weighted_parts_name_their_weights() -> None:
    assert list(lines(explained("bonus")))[:8] == [
        'Weighted [1 000 EUR weighted { 70%: sales / goal "Own" 30%: quality "Rated" }] = 720 money',
        "  Constant [1 000 EUR] = 1000 money",
        '  Part Own [70%: sales / goal "Own"] = 63/100 ratio',
        '    Constant [70%: sales / goal "Own"] = 7/10 ratio',
        "    Divide [sales / goal] = 9/10 ratio",
        "      InputValue sales [sales] = 90 money",
        "        Cell sales [sales] = 90 money",
        "      InputValue goal [goal] = 100 money",
    ]


def test_a_scorecard_names_weights_ratings_and_the_highest() -> None:
    (card,) = (each for each in explained("bonus").children[2].children if each.kind == "LetValue")
    assert list(lines(card.children[0])) == [
        'Scorecard quality ["Quality"] = 3/10 ratio',
        '  Criterion Preparation [40%: preparation "Preparation"] = 3/10 ratio',
        '    Constant [40%: preparation "Preparation"] = 2/5 ratio',
        "    InputValue quality.preparation [preparation] = 3 count",
        "      Cell quality.preparation [preparation] = 3 count",
        '    Constant [40%: preparation "Preparation"] = 4 count',
        '  Criterion Terms [60%: terms "Terms"] = 0 ratio',
        '    Constant [60%: terms "Terms"] = 3/5 ratio',
        "    InputValue quality.terms [terms] is missing, P201: count",
        "      Cell quality.terms [terms] is missing, P201: count",
        '    Constant [60%: terms "Terms"] = 4 count',
    ]


@pytest.mark.parametrize(
    ("component", "sales", "rows"),
    [
        ("slices", 90, ["0: 80 x 1/20 = 4", "80: 10 x 2/25 = 4/5", "100: not reached"]),
        ("levels", 90, ["0: not reached", "80: 90 x 2/25 = 36/5", "100: not reached"]),
        ("every", 90, ["0: 1 x 5 = 5", "80: 1 x 8 = 8", "100: not reached"]),
        ("curve", 90, ["0: not reached", "80: 90 x 2/25 = 81/10", "100: 90 x 1/10 = 0", "200: not reached"]),
        ("curve", 80, ["0: not reached", "80: 80 x 2/25 = 32/5", "100: 80 x 1/10 = 0", "200: not reached"]),
        ("curve", 200, ["0: not reached", "80: not reached", "100: not reached", "200: 200 x 3/20 = 30"]),
        ("scaled", 90, ["4/5: 1 x 1/2 = 3/4", "1: 1 x 1 = 0"]),
        ("scaled", 79, ["4/5: not reached", "1: not reached"]),
    ],
)
def test_a_table_names_the_rows_that_it_reads(component: str, sales: int, rows: list[str]) -> None:
    table = explained(component, sales)
    table = table if table.kind == "Tiers" else table.children[0]
    assert [
        f"{each.bound}: " + (f"{each.part} x {each.rate} = {each.amount}" if each.reached else "not reached")
        for each in table.slices
    ] == rows
    assert {(each.rate, each.amount, each.part) for each in table.slices if not each.reached} <= {(None, 0, 0)}
