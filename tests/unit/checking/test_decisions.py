"""Decision tables: what a cell may be, which calls fit, and that each combination has its one row."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive import tree
from incentive.checking.coverage import Grid
from tests.unit.checking.asking import bonus, codes, measure, plan_of


def table(*rows: str, first: bool = False) -> str:
    return f"table rates {'first ' if first else ''}{{\n" + "\n".join(f"  | {each} |" for each in rows) + "\n}\n"


def asked(call: str, *rows: str, first: bool = False) -> list[str]:
    """What is found in a table that a row formula asks."""
    return codes(table(*rows, first=first) + measure(f"sum deals.amount * {call}", "dated closed_on", "credit owner"))


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("stage | rate", "won | 5%", "lost | 0%", "open | 0%"), []),
        (("stage | rate", "won | 5%", "lost | 0%"), ["E421"]),
        (("stage | rate", "won | 5%", "any | 0%"), ["E420"]),
        (("stage | rate", "won | 5%", "lost | 0%", "open | 0%", "won | 1%"), ["E420"]),
        (("stage | rate", "won | 5%", "gone | 0%"), ["E202"]),
        (("stage | rate", '"won" | 5%', "any | 0%"), ["E202"]),
        (("stage | rate", "5 EUR | 5%", "lost | 0%"), ["E300"]),
    ],
)
def test_a_choice_has_the_words_of_its_field(rows: tuple[str, ...], wanted: list[str]) -> None:
    assert asked("rates(stage)", *rows) == wanted


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (("share | rate", "from 0% | 5%", "from 50% | 6%"), []),
        (("share | rate", "from 10% | 5%", "from 50% | 6%"), ["E421"]),
        (("share | rate", "above 0% | 5%"), ["E421"]),
        (("share | rate", "from -5% | 5%"), ["E421"]),
        (("share | rate", "from 10% | 5%", "from 50% | 6%", "any | 0%"), ["E420"]),
        (("share | rate", "from 0% | 5%", "from 0% | 6%"), ["E420"]),
        (("share | rate", "from 0% | 5%", "above 0% | 6%"), []),
        (("share | rate", "from 0% | 5%", "from 50 | 6%"), ["E413"]),
        (("share | rate", "from 0% | 5%", "50% | 6%"), ["E423"]),
        (("share | rate", "from 0 EUR | 5%"), ["E300"]),
        (("share | rate", "from 0% | 5%", "from 50% | 6 EUR"), ["E302"]),
        (("share | rate", "from 0% | any"), ["E425"]),
        (("share | rate", "from 0% | true"), ["E310"]),
        (("share | rate", "from 0% | revenue"), ["E522"]),
        (("share | rate", "from revenue | 5%"), ["E522"]),
        (("share | rate", "from 0% | 5% | 6%"), ["E265"]),
        (("share",), ["E415"]),
        (("share", "5%"), ["E424"]),
        (("5% | rate", "from 0% | 5%"), ["E264"]),
    ],
)
def test_a_band_reaches_up_to_the_next_bound(rows: tuple[str, ...], wanted: list[str]) -> None:
    assert asked("rates(share)", *rows) == wanted


def test_a_row_that_comes_too_late_is_warned_of() -> None:
    rows = ("region | rate", '"North" | 5%', "any | 3%", '"South" | 4%')
    assert asked("rates(region)", *rows, first=True) == ["W422"]
    assert asked("rates(region)", *rows) == ["E420", "E420"]
    late = ("stage | rate", "won | 5%", "lost | 3%", "open | 3%", "any | 4%")
    assert asked("rates(stage)", *late, first=True) == ["W422"]


def test_a_text_needs_any_and_its_quotes() -> None:
    assert asked("rates(region)", "region | rate", '"North" | 5%') == ["E421"]
    assert asked("rates(region)", "region | rate", "North | 5%", "any | 1%", first=True) == ["E219"]
    assert asked("rates(region)", "region | rate", "from 5% | 5%", "any | 1%", first=True) == ["E300"]


def test_bounds_of_a_day_and_of_a_count() -> None:
    days = ("day | rate", "from 2026-07-01 | 5%", "any | 4%")
    assert asked("rates(closed_on)", *days, first=True) == []
    assert asked("rates(closed_on)", *days[:2]) == ["E421"]
    assert asked("rates(closed_on)", *days[:2], "above 2026-06-30 | 6%", "any | 1%") == ["E420"] * 2
    assert codes(table("won | fee", "from 0 | 10 EUR", "from 5 | 20 EUR") + bonus("pay rates(deals_won)")) == []
    assert codes(table("won | fee", "from 0 | 10 EUR", "from 5 leads | 2 EUR") + bonus("pay rates(deals_won)")) == [
        "E306"
    ]


def test_a_call_has_a_value_for_each_key() -> None:
    rows = table("share | rate", "from 0% | 5%")
    assert codes(rows + "let a = rates(5%, 6%)") == ["E240"]
    assert codes(rows + "let a = rates") == ["E204"]
    assert codes(rows + "let a = rates(revenue / quota)") == []
    assert codes(rows + "let a = revenue / (rates(revenue / quota))") == []
    assert codes(rows.replace("5%", "0%") + "let a = revenue / (rates(revenue / quota))") == ["E330"]


def test_a_table_that_nothing_asks_is_checked() -> None:
    assert codes(table("region | rate", '"North" | 5%', '"North" | 6%', "any | 1%")) == ["E420", "E420"]
    assert codes(table("stage | rate", "won | 5%", "lost | 6%")) == []


def test_a_parameter_of_an_answer_is_read_on_the_day_of_the_row() -> None:
    rows = "parameter top = 5%\n" + table("share | rate", "from 0% | top")
    plan = plan_of(rows + measure("sum deals.amount * rates(share)", "dated closed_on") + "\nlet a = rates(5%)")
    read = [each.at for each in tree.walk(plan) if isinstance(each, tree.ParameterValue)]
    assert sorted(read) == ["event", "period_end"]


def test_the_tree_says_where_each_band_ends() -> None:
    plan = plan_of(table("share | rate", "from 50% | 6%", "above 80% | 7%", "from 0% | 5%") + "let a = rates(5%)")
    (found,) = (each for each in tree.walk(plan) if isinstance(each, tree.Lookup))
    half, most = Fraction(1, 2), Fraction(4, 5)
    assert [row.cells[0] for row in found.rows] == [
        tree.Band(half, True, most, True),
        tree.Band(most, False, None, False),
        tree.Band(None, False, half, False),
    ]


grids = st.lists(st.integers(1, 3), min_size=1, max_size=4).flatmap(
    lambda sizes: st.tuples(
        st.just(sizes),
        st.lists(st.tuples(*(st.none() | st.integers(0, size - 1) for size in sizes)), min_size=1, max_size=7),
    )
)


@settings(max_examples=400)
@given(grids)
def test_overlap_and_coverage_agree_with_trying_every_point(
    drawn: tuple[list[int], list[tuple[int | None, ...]]],
) -> None:
    sizes, rows = drawn
    grid = Grid(rows, sizes)
    hits = {
        point: [at for at, row in enumerate(rows) if all(a in {None, b} for a, b in zip(row, point, strict=True))]
        for point in product(*map(range, sizes))
    }
    gap = grid.uncovered()
    assert (gap is not None) == any(not found for found in hits.values())
    if gap is not None:
        assert all(
            not found for point, found in hits.items() if all(a in {None, b} for a, b in zip(gap, point, strict=True))
        )
    pairs = {(found[0], each) for found in hits.values() for each in found[1:]}
    assert {later for _, later, _ in grid.overlaps()} == {later for _, later in pairs}
    for earlier, later, met in grid.overlaps():
        point = tuple(0 if at is None else at for at in met)
        assert {earlier, later} <= set(hits[point])
    assert set(grid.never_matched()) == {
        at for at in range(len(rows)) if all(found[:1] != [at] for found in hits.values())
    }
