"""Assignment tables: several fields, cells that take any value, who comes first, and what nobody covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pytest
from attrs import evolve

import incentive
from incentive.diagnostics import DataPlace
from incentive.language import translate
from incentive.quantities import Number
from incentive.results import MeasureAccount, readd

HEAD = """incentive 1 en
plan "Territories" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-12-31
}
facts deals {
  key id:    text
  region:    text
  product:   text optional
  amount:    money
  closed_on: date
}
facts coverage {
  who:      participant optional
  region:   text optional
  product:  text optional
  part:     percent
  priority: count optional
  from:     date optional
  until:    date optional
}
component commission {
  pay 1% of covered
}
measure covered {
  sum   deals.amount
  dated closed_on
  credit coverage.who by region, product"""
END = "\n}\n"
Row = Mapping[str, object]
Engine = Literal["reference", "columnar"]


def deal(region: str, product: str | None, amount: str = "1000", day: str = "2026-01-05") -> Row:
    return {"id": f"{region}{product}{day}", "region": region, "product": product, "amount": amount, "closed_on": day}


def row(who: str | None, region: str | None, product: str | None, **more: object) -> Row:
    return {"who": who, "region": region, "product": product, "part": "1", **more}


def ran(clause: str, deals: list[Row], coverage: list[Row], engine: Engine = "reference") -> incentive.Run:
    people = [{"who": who} for who in ("Ana", "Ben", "Cy")]
    data = incentive.Dataset.from_rows(tables={"deals": deals, "coverage": coverage}, people=people)
    return incentive.parse(HEAD + clause + END).run(data, period="2026-01", engine=engine)


def paid(run: incentive.Run) -> dict[str, Number]:
    amounts = {each.participant: each.amount for each in run.payouts}
    return {who: amount.exact * 100 for who, amount in amounts.items() if amount is not None and amount.exact}


def account(run: incentive.Run) -> MeasureAccount:
    (found,) = run.accounting.measures
    return found


@pytest.fixture(params=["reference", "columnar"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return "columnar" if request.param == "columnar" else "reference"


def test_all_fields_must_agree(engine: Engine) -> None:
    table = [row("Ana", "N", "A"), row("Ben", "N", "B"), row("Cy", "S", "A")]
    run = ran("", [deal("N", "A"), deal("N", "B", "200"), deal("S", "B", "30")], table, engine)
    assert paid(run) == {"Ana": 1000, "Ben": 200}
    assert [(reason, tally.rows, tally.amount) for reason, tally in account(run).excluded] == [("unassigned", 1, 30)]


def test_the_account_of_a_table_says_what_no_measure_counts(engine: Engine) -> None:
    run = ran(
        "", [deal("N", "A"), deal("S", "B", "30.5"), deal("N", "A", "7", "2026-05-01")], [row("Ana", "N", None)], engine
    )
    (table,) = (each for each in run.accounting.tables if each.table == "deals")
    assert (table.read, table.counted, table.left_out) == (3, 1, 2)
    (amount,) = table.amounts
    assert (amount.field, amount.currency) == ("amount", "EUR")
    assert (amount.read, amount.counted) == (Fraction(2075, 2), 1000)
    assert dict(amount.excluded) == {"outside_run": 7, "unassigned": Fraction(61, 2)}


def test_an_empty_cell_takes_any_value_but_not_a_missing_one(engine: Engine) -> None:
    table = [row("Ana", "N", None), row("Cy", "S", "A")]
    run = ran("", [deal("N", "A"), deal("N", "B", "200"), deal("N", None, "30"), deal("S", "A", "7")], table, engine)
    assert paid(run) == {"Ana": 1200, "Cy": 7}
    assert [(reason, tally.amount) for reason, tally in account(run).excluded] == [("unassigned", 30)]


def test_a_row_of_empty_cells_takes_all_that_is_known(engine: Engine) -> None:
    assert paid(ran("", [deal("N", "A"), deal("S", "B", "200")], [row("Ana", None, None)], engine)) == {"Ana": 1200}


def test_two_rows_that_match_are_two_credits_which_must_be_said(engine: Engine) -> None:
    table = [row("Ana", "N", None), row("Ben", "N", "A")]
    with pytest.raises(incentive.DataError) as caught:
        ran("", [deal("N", "A")], table, engine)
    assert {each.code for each in caught.value.diagnostics} == {"P301"}
    assert paid(ran(" as overlay", [deal("N", "A")], table, engine)) == {"Ana": 1000, "Ben": 1000}


def test_the_row_that_comes_first_counts_alone(engine: Engine) -> None:
    table = [row("Ana", "N", None, priority=2), row("Ben", "N", "A", priority=1), row("Cy", None, None)]
    deals = [deal("N", "A"), deal("N", "B", "200"), deal("S", "B", "30")]
    run = ran(" first by coverage.priority", deals, table, engine)
    assert paid(run) == {"Ben": 1000, "Ana": 200, "Cy": 30}
    several = account(run).several
    assert several is not None
    assert (several.rows, several.amount) == (2, 1200)
    assert account(ran(" first by coverage.priority", [deal("N", None)], table, engine)).several is None


def test_rows_of_one_place_share_and_a_tie_of_wholes_is_refused(engine: Engine) -> None:
    table = [
        row("Ana", "N", None, priority=2),
        row("Ben", "N", "A", priority=1, part="0.6"),
        row("Cy", "N", "A", priority=1, part="0.4"),
    ]
    shared = " first by coverage.priority share coverage.part"
    assert paid(ran(shared, [deal("N", "A")], table, engine)) == {"Ben": 600, "Cy": 400}
    with pytest.raises(incentive.DataError) as caught:
        ran(" first by coverage.priority", [deal("N", "A")], table, engine)
    (found,) = caught.value.diagnostics
    assert found.code == "P301"
    assert "coverage, lines 2, 3" in str(found.notes)


def test_who_comes_first_is_asked_on_the_day_of_the_deal(engine: Engine) -> None:
    table = [row("Ana", "N", None, priority=2), row("Ben", "N", None, priority=1, until="2026-01-14")]
    deals = [deal("N", "A", day="2026-01-14"), deal("N", "A", "200", "2026-01-15")]
    assert paid(ran(" first by coverage.priority", deals, table, engine)) == {"Ben": 1000, "Ana": 200}


@pytest.mark.parametrize(("field", "dates"), [("until", ("2026-01-14", None)), ("from", ("2026-01-15", None))])
def test_one_side_of_the_days_is_enough(field: str, dates: tuple[str | None, ...], engine: Engine) -> None:
    other = {"until": "from:     date optional", "from": "until:    date optional"}[field]
    clause = " first by coverage.priority"
    text = HEAD.replace(f"  {other}\n", "") + clause + END
    table = [row("Ana", "N", None, priority=1, **{field: dates[0]}), row("Ben", "N", None, priority=2)]
    deals = [deal("N", "A", day="2026-01-14"), deal("N", "A", "200", "2026-01-15")]
    data = incentive.Dataset.from_rows(
        tables={"deals": deals, "coverage": table}, people=[{"who": who} for who in ("Ana", "Ben")]
    )
    early, late = {"Ana": 1000, "Ben": 200}, {"Ben": 1000, "Ana": 200}
    assert paid(incentive.parse(text).run(data, period="2026-01", engine=engine)) == (
        early if field == "until" else late
    )


def test_whoever_covers_a_deal_twice_gets_it_once(engine: Engine) -> None:
    table = [row("Ana", "N", None), row("Ana", "N", "A"), row("Ben", None, "A")]
    assert paid(ran(" as overlay", [deal("N", "A")], table, engine)) == {"Ana": 1000, "Ben": 1000}


def test_a_row_that_names_nobody_assigns_nothing(engine: Engine) -> None:
    run = ran(" first by coverage.priority", [deal("N", "A")], [row(None, "N", None, priority=1)], engine)
    assert account(run).counted.rows == 0


def test_a_row_that_names_nobody_comes_before_nobody(engine: Engine) -> None:
    table = [row(None, "N", None, priority=1), row("Ana", "N", None, priority=2)]
    assert paid(ran(" first by coverage.priority", [deal("N", "A")], table, engine)) == {"Ana": 1000}


def test_an_explanation_names_the_row_that_won_and_those_that_matched() -> None:
    table = [row("Ana", "N", None, priority=2), row("Ben", "N", "A", priority=1), row("Cy", "S", None)]
    run = ran(" first by coverage.priority", [deal("N", "A")], table)
    why = run.explain("Ben", period="2026-01", component="commission")
    assert readd(why)
    (used,) = (used for each in every(why) for used in each.rows)
    assert [(each.person, each.share, each.won, each.table, each.line) for each in used.claims] == [
        ("Ana", 1, False, "coverage", 1),
        ("Ben", 1, True, "coverage", 2),
    ]
    assert "not coverage:1: Ana; coverage:2: Ben" in str(why)
    (said,) = (each["claims"] for each in used_rows(why.to_dict()))
    assert said[1]["won"] is True


def test_an_explanation_names_nobody_elses_row_that_counts_too() -> None:
    table = [row("Ana", "N", None), row("Ben", "N", "A")]
    run = ran(" as overlay", [deal("N", "A")], table)
    why = run.explain("Ben", period="2026-01", component="commission")
    assert [claim.person for each in every(why) for used in each.rows for claim in used.claims] == ["Ben"]


@pytest.mark.parametrize(("language", "label", "says"), [
    ("en", "", "the shares of this row in “covered” total 110 %: it is credited by coverage.csv, lines 2, 3"),
    ("fr", ' "Couvert"',
     "les parts de cette ligne dans « Couvert » totalisent 110 %: elle est attribuée par coverage.csv, lignes 2, 3"),
])  # fmt: skip
def test_shares_that_do_not_total_the_whole_are_named(tmp_path: Path, language: str, label: str, says: str) -> None:
    files = {
        "deals": "id,region,product,amount,closed_on\nD1,N,A,1000,2026-01-05\nD2,S,A,1000,2026-01-05\n",
        "coverage": "who,region,part,product,priority,from,until\nAna,N,0.5,,,,\nBen,N,0.6,,,,\nAna,S,1,,,,\n",
        "people": "who\nAna\nBen\n",
    }
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    text = HEAD.replace("measure covered", f"measure covered{label}").replace("by region, product", "by region")
    text += " share coverage.part" + END
    text = translate(text, "fr").text if language == "fr" else text
    with pytest.raises(incentive.DataError) as caught:
        incentive.parse(text).run(incentive.Dataset.from_folder(tmp_path), period="2026-01", engine="reference")
    (found,) = caught.value.diagnostics
    assert (found.code, found.place) == ("P301", DataPlace("deals", "deals.csv", 2, None, "D1"))
    assert f"{found.message}: {found.notes[0]}".replace("\N{NO-BREAK SPACE}", " ") == says


def test_of_many_wrong_rows_a_hundred_are_named() -> None:
    deals: list[Row] = [{**deal("N", "A"), "id": f"D{at}"} for at in range(101)]
    with pytest.raises(incentive.DataError) as caught:
        ran(" share coverage.part", deals, [row("Ana", "N", None, part="0.5")])
    assert len(caught.value.diagnostics) == 100


def test_an_explanation_of_other_shares_does_not_add_up() -> None:
    run = ran(" first by coverage.priority", [deal("N", "A")], [row("Ana", "N", None)])
    why = run.explain("Ana", period="2026-01", component="commission")
    assert readd(why)
    assert not readd(with_share(why, Fraction(1, 2)))


def every(why: incentive.Explanation) -> Iterator[incentive.Explanation]:
    yield why
    for child in why.children:
        yield from every(child)


def used_rows(said: Any) -> Iterator[Any]:  # noqa: ANN401 - plain data
    yield from said["rows"]
    for child in said["children"]:
        yield from used_rows(child)


def with_share(why: incentive.Explanation, share: Fraction) -> incentive.Explanation:
    claimed = tuple(evolve(used, claims=tuple(evolve(each, share=share) for each in used.claims)) for used in why.rows)
    return evolve(why, rows=claimed, children=tuple(with_share(child, share) for child in why.children))


def test_french_says_it_too() -> None:
    english = HEAD + " first by coverage.priority share coverage.part" + END
    french = translate(english, "fr")
    assert "premier selon" in french.text
    assert french.diagnostics == ()
    assert [each.code for each in incentive.check(french.text) if each.severity == "error"] == []


@pytest.mark.parametrize("engine", ["reference", "columnar"])
def test_a_row_that_ends_before_it_begins_is_refused(engine: Engine) -> None:
    sold = [deal("N", "A")]
    backwards = row("Ana", "N", None, **{"from": "2026-02-01", "until": "2026-01-31"})
    one_day = row("Ben", "N", None, **{"from": "2026-01-05", "until": "2026-01-05"})
    assert ran(" as overlay", sold, [one_day], engine).payouts
    with pytest.raises(incentive.DataError, match="D307") as refused:
        ran(" as overlay", sold, [one_day, backwards], engine)
    (found,) = refused.value.diagnostics
    assert found.message == "This row runs from 2026-02-01 until 2026-01-31."
    assert (found.place and found.place.line, found.place and found.place.column) == (2, "until")
