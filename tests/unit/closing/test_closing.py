import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

import incentive
from incentive import closing
from incentive.engines import choosing
from tests.unit.closing.sales import DRAW, FRENCH, TEXT

Deal = tuple[str, str, str, str]
JANUARY: Sequence[Deal] = (("D-1", "Ana", "1000", "2026-01-10"), ("D-2", "Bob", "4000", "2026-01-20"))
LATE: Sequence[Deal] = (*JANUARY, ("D-3", "Ana", "3000", "2026-01-31"), ("D-4", "Ana", "500", "2026-02-03"))


def plan(rate: str = "10%", label: str = "Sales", more: str = "") -> incentive.Plan:
    text = TEXT.replace("rate = 10%", f"rate = {rate}").replace('plan "Sales"', f'plan "{label}"')
    return incentive.parse(text + more)


def data(
    deals: Sequence[Deal],
    quota: str | None = "2000",
    people: Sequence[str] = ("Ana", "Bob"),
    recorded: Sequence[str] = (),
) -> incentive.Dataset:
    rows = [dict(zip(("id", "owner", "amount", "closed_on"), each, strict=True)) for each in deals]
    for row, day in zip(rows, recorded, strict=False):
        row["entered"] = day
    months = [(who, f"2026-{at:02}") for who in people for at in range(1, 7)]
    return incentive.Dataset.from_rows(
        tables={"deals": rows},
        people=[{"who": who} for who in people],
        inputs={"quota": {place: quota for place in months if quota is not None}},
        recorded_on={"deals": "entered"} if recorded else None,
    )


def told(run: incentive.Run) -> list[tuple[str, str, str, str | None]]:
    return [
        (each.participant, each.of.name, each.name, None if each.amount is None else str(each.amount))
        for each in run.corrections
    ]


def due(run: incentive.Run) -> dict[str, str]:
    return {each.participant: str(each.due) for each in run.payments}


def test_a_late_deal_is_a_line_of_the_open_period_that_names_the_old_one() -> None:
    january = plan().run(data(JANUARY), period="2026-01")
    assert due(january) == {"Ana": "100.00 EUR", "Bob": "500.00 EUR"}
    february = plan().run(data(LATE), period="2026-02", after=january.close())
    assert told(february) == [
        ("Ana", "2026-01", "commission", "300.00 EUR"),
        ("Ana", "2026-01", "bonus", "100.00 EUR"),
    ]
    first = february.corrections[0]
    assert (first.period.name, str(first.before), str(first.after)) == ("2026-02", "100.00 EUR", "400.00 EUR")
    assert due(february) == {"Ana": "450.00 EUR", "Bob": "0.00 EUR"}
    assert {each.period.name for each in february.payouts} == {"2026-02"}
    assert february.to_dict()["corrections"] == [each.to_dict() for each in february.corrections]


def test_a_change_and_its_undoing_are_two_entries_that_are_nothing() -> None:
    one = plan().run(data(JANUARY), period="2026-01").close()
    two = plan().run(data(LATE[:3]), period="2026-02", after=one)
    three = plan().run(data(JANUARY), period="2026-03", after=two.close())
    assert [each[3] for each in told(two)] == ["300.00 EUR", "100.00 EUR"]
    assert [each[3] for each in told(three)] == ["-300.00 EUR", "-100.00 EUR"]
    assert due(three) == {"Ana": "-400.00 EUR", "Bob": "0.00 EUR"}


def test_what_was_pending_is_paid_when_it_is_known_and_what_becomes_pending_waits() -> None:
    one = plan().run(data(JANUARY, None), period="2026-01")
    assert [each.pending for each in one.payments] == [True, True]
    assert due(one) == {"Ana": "100.00 EUR", "Bob": "400.00 EUR"}
    same = plan().run(data(JANUARY, None), period="2026-02", after=one.close())
    assert same.corrections == ()
    known = plan().run(data(JANUARY), period="2026-03", after=same.close())
    assert told(known) == [("Bob", "2026-01", "bonus", "100.00 EUR")]
    lost = plan().run(data(JANUARY, None), period="2026-04", after=known.close())
    assert told(lost) == [
        ("Ana", "2026-01", "bonus", None),
        ("Ana", "2026-02", "bonus", None),
        ("Ana", "2026-03", "bonus", None),
        ("Bob", "2026-01", "bonus", None),
        ("Bob", "2026-02", "bonus", None),
        ("Bob", "2026-03", "bonus", None),
    ]
    assert {each.code for one in lost.corrections for each in one.reasons} == {"P201"}
    back = plan().run(data(JANUARY), period="2026-05", after=lost.close())
    assert back.corrections == ()  # what was published of them is right still


def test_somebody_who_is_not_on_the_plan_any_more_gives_back() -> None:
    one = plan().run(data(JANUARY), period="2026-01").close()
    two = plan().run(data(JANUARY[:1], people=("Ana",)), period="2026-02", after=one)
    assert told(two) == [("Bob", "2026-01", "commission", "-400.00 EUR"), ("Bob", "2026-01", "bonus", "-100.00 EUR")]
    assert due(two) == {"Ana": "0.00 EUR", "Bob": "-500.00 EUR"}


def test_with_a_settlement_what_was_paid_is_corrected_as_if_all_had_been_known() -> None:
    made = plan(more=DRAW)
    one = made.run(data(JANUARY), period="2026-01")
    assert due(one) == {"Ana": "500.00 EUR", "Bob": "500.00 EUR"}
    two = made.run(data(LATE), period="2026-02", after=one.close())
    assert ("Ana", "2026-01", "draw_balance", "-400.00 EUR") in told(two)
    assert "paid" not in [name for _, _, name, _ in told(two)]  # the draw had paid it already
    whole = made.run(data(LATE), until="2026-02")
    paid = sum(each.due.exact for run in (one, two) for each in run.payments)
    assert paid == sum(each["paid"].amount.exact for each in whole.settlements if each["paid"].amount)


def test_a_line_of_another_name_is_not_paid_twice() -> None:
    one = plan().run(data(JANUARY), period="2026-01").close()
    renamed = incentive.parse(plan().source.text.replace("component commission", "component share"))
    two = renamed.run(data(JANUARY), period="2026-02", after=one)
    assert [(who, name, made) for who, _, name, made in told(two) if who == "Bob"] == [
        ("Bob", "share", "400.00 EUR"),
        ("Bob", "commission", "-400.00 EUR"),
    ]
    assert due(two) == {"Ana": "0.00 EUR", "Bob": "0.00 EUR"}


def test_a_settlement_that_comes_or_goes_pays_nothing_twice() -> None:
    lines, drawn = plan(), plan(more=DRAW)
    one = lines.run(data(JANUARY), period="2026-01")
    assert due(one) == {"Ana": "100.00 EUR", "Bob": "500.00 EUR"}
    two = drawn.run(data(JANUARY), period="2026-02", after=one.close())  # a draw of 500 in both months
    assert [each for each in told(two) if each[2] == "paid"] == [("Ana", "2026-01", "paid", "400.00 EUR")]
    assert due(two) == {"Ana": "900.00 EUR", "Bob": "500.00 EUR"}
    three = lines.run(data(JANUARY), period="2026-03", after=incentive.Closed.from_json(two.close().to_json()))
    assert due(three) == {"Ana": "-900.00 EUR", "Bob": "-500.00 EUR"}
    assert lines.run(data(JANUARY), period="2026-04", after=three.close()).corrections == ()


def test_a_line_that_waits_when_the_settlement_goes_is_what_it_was() -> None:
    one = plan(more=DRAW).run(data(JANUARY), period="2026-01")
    two = plan().run(data(JANUARY, None), period="2026-02", after=one.close())
    assert [each for each in told(two) if each[2] == "paid"] == [("Ana", "2026-01", "paid", "-400.00 EUR")]
    three = plan().run(data(JANUARY), period="2026-03", after=two.close())
    assert due(three) == {"Ana": "0.00 EUR", "Bob": "0.00 EUR"}
    whole = plan().run(data(JANUARY), until="2026-03")
    assert sum(each.due.exact for run in (one, two, three) for each in run.payments) == whole.total.exact


def test_a_state_is_read_as_it_was_written_and_names_the_one_before() -> None:
    one = plan().run(data(JANUARY), period="2026-01").close()
    two = plan().run(data(LATE), since="2026-02", until="2026-03", after=one).close()
    again = incentive.Closed.from_json(two.to_json())
    assert (again, again.id) == (two, two.id)
    assert (two.previous, two.periods) == (one.id, ("2026-01", "2026-02", "2026-03"))
    assert plan().run(data(LATE), period="2026-04", after=again).corrections == ()
    assert plan().run(data(JANUARY), period="2026-01").close().id == one.id


def test_as_of_a_day_is_kept() -> None:
    rows = data(LATE, recorded=("2026-01-10", "2026-01-20", "2026-02-20", "2026-02-03"))
    one = plan().run(rows, period="2026-01", as_of=date(2026, 2, 5)).close()
    assert one.as_of == date(2026, 2, 5)
    assert incentive.Closed.from_json(one.to_json()) == one
    two = plan().run(rows, period="2026-02", as_of=date(2026, 3, 5), after=one)
    assert [each[3] for each in told(two)] == ["300.00 EUR", "100.00 EUR"]


# ---- states that are refused -----------------------------------------------------------------------------------------
def state(change: Callable[[dict[str, object]], object] = lambda _: None) -> object:
    stored = plan().run(data(JANUARY), period="2026-01").close().to_dict()
    change(stored)
    return json.loads(json.dumps(stored))


def _typed_again(stored: dict[str, object]) -> None:
    figures = stored["figures"]
    assert isinstance(figures, list)
    figures[0][3] = "101"


@pytest.mark.parametrize("name", ["label", "currency", "period", "plan", "data", "settled"])
def test_a_state_in_which_anything_was_changed_is_refused(name: str) -> None:
    other = True if name == "settled" else "other"
    with pytest.raises(incentive.DataError, match="R101"):
        incentive.Closed.from_dict(state(lambda stored: stored.update({name: other})))


def test_a_figure_that_was_typed_again_is_refused() -> None:
    with pytest.raises(incentive.DataError, match="R101"):
        incentive.Closed.from_dict(state(_typed_again))


@pytest.mark.parametrize(
    "change",
    [
        lambda stored: stored.pop("previous"),
        lambda stored: stored.update(more=1),
        lambda stored: stored.update(version=2),
        lambda stored: stored.update(version=True),
        lambda stored: stored.update(format="incentive"),
        lambda stored: stored.update(periods=[]),
        lambda stored: stored.update(periods=[1]),
        lambda stored: stored.update(figures={}),
        lambda stored: stored.update(label=None),
        lambda stored: stored.update(settled=0),
        lambda stored: stored.update(periods=["2026-02"]),
        lambda stored: stored.update(id="x"),
        lambda stored: stored.update(as_of="yesterday"),
        lambda stored: stored.update(as_of=3),
        lambda stored: stored["figures"].append(["Ana", "2026-01", "bonus"]),
        lambda stored: stored["figures"].append(["Ana", "2026-01", "bonus", 1]),
        lambda stored: stored["figures"].append(["Zoe", "2026-01", "bonus", "1e9"]),
        lambda stored: stored["figures"].append(["Zoe", "2026-01", "bonus", "1/0"]),
        lambda stored: stored["figures"].reverse(),
        lambda stored: stored["figures"].append(stored["figures"][-1]),
    ],
)
def test_what_is_no_state_is_refused(change: Callable[[dict[str, object]], object]) -> None:
    with pytest.raises(incentive.DataError, match="R105"):
        incentive.Closed.from_dict(state(change))


def test_a_state_is_read_from_text() -> None:
    with pytest.raises(incentive.UsageError, match="expected the text of a state, not dict"):
        incentive.Closed.from_json({})  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "null", '{"a": NaN}', "[" * 100_000, b"\xff"])
def test_what_is_no_text_of_a_state_is_refused(text: str | bytes) -> None:
    with pytest.raises(incentive.DataError, match="R105"):
        incentive.Closed.from_json(text)


MESSAGES = {
    "R102": (
        "The state given is of closed periods of “Managers”, and not of this “Sales”.",
        "L'état donné est celui de périodes closes de « Managers », et non de ce « Sales ».",
    ),
    "R103": (
        "2026-03 does not follow the closed periods, which end with 2026-01: 2026-02 comes next.",
        "2026-03 ne suit pas les périodes closes, qui finissent par 2026-01 : la suivante est 2026-02.",
    ),
    "R104": (
        "2026-02 cannot be closed alone: nothing says what was paid for the periods before.",
        "2026-02 ne peut pas être close seule : rien ne dit ce qui a été versé pour les périodes d'avant.",
    ),
}


def _another_plan(made: incentive.Plan) -> object:
    other = plan(label="Managers").run(data(JANUARY), period="2026-01").close()
    return made.run(data(JANUARY), period="2026-02", after=other)


def _a_gap(made: incentive.Plan) -> object:
    return made.run(data(JANUARY), period="2026-03", after=made.run(data(JANUARY), period="2026-01").close())


def _alone(made: incentive.Plan) -> object:
    return made.run(data(JANUARY), period="2026-02").close()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("code", "does"), [("R102", _another_plan), ("R103", _a_gap), ("R104", _alone)])
def test_why_a_state_is_not_taken_is_said(code: str, does: Callable[[incentive.Plan], object], language: str) -> None:
    text = plan().source.text if language == "en" else FRENCH
    with pytest.raises(incentive.DataError) as refused:
        does(incentive.parse(text))
    (found,) = refused.value.diagnostics
    assert (found.code, found.message) == (code, MESSAGES[code][language == "fr"])
    assert found.fixes[0].title


@pytest.mark.parametrize("period", ["2026-01", "2026-04"])
def test_a_closed_period_is_not_computed_again_and_none_is_left_out(period: str) -> None:
    one = plan().run(data(JANUARY), until="2026-02").close()
    with pytest.raises(incentive.DataError, match=r"R103.*2026-03 comes next"):
        plan().run(data(JANUARY), period=period, after=one)


def test_after_the_last_period_nothing_follows() -> None:
    done = plan().run(data(JANUARY)).close()
    with pytest.raises(incentive.DataError, match="R103"):
        plan().run(data(JANUARY), period="2026-06", after=done)


def test_a_period_is_closed_for_everybody_or_not_at_all() -> None:
    run = plan().run(data(JANUARY), period="2026-01", participants=["Ana"])
    with pytest.raises(incentive.UsageError, match="some participants only"):
        run.close()
    closed = plan().run(data(JANUARY), period="2026-01").close()
    some = plan().run(data(JANUARY[:1]), period="2026-02", after=closed, participants=["Ana"])
    assert some.corrections == ()  # Bob's is not Ana's


def test_a_state_is_given_as_one() -> None:
    with pytest.raises(incentive.UsageError, match=r"expected what .* gave, not dict"):
        plan().run(data(JANUARY), period="2026-02", after={})  # type: ignore[arg-type]


def test_data_that_changes_between_the_periods_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars")
    quota = "".join(f"Ana,2026-{at:02},2000\n" for at in range(1, 7))
    for name, text in (("people", "who\nAna\n"), ("quota", f"participant,period,value\n{quota}")):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    deals = tmp_path / "deals.csv"
    deals.write_text("id,owner,amount,closed_on\nD-1,Ana,1000,2026-01-10\n", "utf-8")
    folder = incentive.Dataset.from_folder(tmp_path)
    closed = plan().run(folder, period="2026-01", engine="columnar").close()
    assert plan().run(folder, period="2026-02", after=closed, engine="columnar").corrections == ()
    once = closing.check_follows

    def meanwhile(*given: object) -> object:
        deals.write_text("id,owner,amount,closed_on\nD-1,Ana,1001,2026-01-10\n", "utf-8")
        return once(*given)  # type: ignore[arg-type]

    made = plan().run(folder, period="2026-02", engine="columnar")
    monkeypatch.setattr(closing, "check_follows", meanwhile)
    monkeypatch.setattr(incentive.Plan, "_run", _first(made, incentive.Plan._run))
    with pytest.raises(incentive.DataError, match="R106"):
        plan().run(folder, period="2026-02", after=closed, engine="columnar")


def test_rows_are_read_once_for_the_open_period_and_the_closed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("polars")
    closed = plan().run(data(JANUARY), period="2026-01").close()
    reads: list[object] = []
    read = incentive.Plan.read
    monkeypatch.setattr(choosing, "MANY_ROWS", 1)

    def counted(of: incentive.Plan, given: incentive.Dataset) -> incentive.Facts:
        reads.append(given)
        return read(of, given)

    monkeypatch.setattr(incentive.Plan, "read", counted)
    run = plan().run(data(LATE), period="2026-02", after=closed)
    assert (run.engine, len(reads), len(run.corrections)) == ("columnar", 1, 2)


def _first(made: incentive.Run, others: Callable[..., incentive.Run]) -> Callable[..., incentive.Run]:
    """A run that was made before, then those that are made."""
    left = [made]
    return lambda *given, **more: left.pop() if left else others(*given, **more)


# ---- why two runs differ ---------------------------------------------------------------------------------------------
def causes(before: incentive.Run, after: incentive.Run, each: int = 20) -> dict[tuple[str, str, str], list[str]]:
    found = incentive.compare(before, after, each=each)
    for one in found:
        assert sum(made.exact for _, made in one.causes) == one.amount.exact == one.after.exact - one.before.exact
    return {
        (one.participant, one.period.name, one.name): [
            f"{cause.kind} {cause.name} {' '.join(cause.keys)}: {made}" for cause, made in one.causes
        ]
        for one in found
    }


def test_every_difference_is_told_by_its_causes() -> None:
    before = plan().run(data(JANUARY), period="2026-01")
    changed = (("D-1", "Ana", "1500", "2026-01-10"), LATE[2])
    after = plan("9%").run(data(changed, "5000"), period="2026-01")
    every = " ".join(f"{who} 2026-{at:02}" for who in ("Ana", "Bob") for at in range(1, 7))
    assert causes(before, after) == {
        ("Ana", "2026-01", "commission"): [
            "added deals D-3: 300.00 EUR",
            "changed deals D-1: 50.00 EUR",
            "parameter rate : -45.00 EUR",
        ],
        ("Bob", "2026-01", "commission"): ["removed deals D-2: -400.00 EUR"],
        ("Bob", "2026-01", "bonus"): [f"input quota {every}: -100.00 EUR"],
    }


def test_many_rows_are_one_cause_and_few_are_told_alone() -> None:
    before, after = (plan().run(data(deals), until="2026-02") for deals in (JANUARY, LATE))
    assert causes(before, after)["Ana", "2026-01", "bonus"] == ["added deals D-3: 100.00 EUR"]
    assert causes(before, after, each=1)["Ana", "2026-01", "bonus"] == ["added deals D-3 D-4: 100.00 EUR"]


def test_a_row_recorded_later_is_a_row_that_is_new() -> None:
    rows = data(LATE, recorded=("2026-01-10", "2026-01-20", "2026-02-20", "2026-02-03"))
    before, after = (plan().run(rows, period="2026-01", as_of=date(2026, month, 5)) for month in (2, 3))
    assert causes(before, after)["Ana", "2026-01", "commission"] == ["added deals D-3: 300.00 EUR"]


def test_a_row_recorded_on_the_day_itself_was_known() -> None:
    deals = (*JANUARY, LATE[2], ("D-5", "Ana", "200", "2026-01-30"))
    rows = data(deals, recorded=("2026-01-10", "2026-01-20", "2026-02-05", "2026-02-06"))
    before, after = (plan().run(rows, period="2026-01", as_of=date(2026, 2, day)) for day in (5, 6))
    assert causes(before, after) == {("Ana", "2026-01", "commission"): ["added deals D-5: 20.00 EUR"]}


def test_differences_stand_by_participant_then_period() -> None:
    before, after = (plan().run(data(deals), until="2026-02") for deals in (LATE[:1], (*LATE[:2], LATE[3])))
    assert [place[:2] for place in causes(before, after)] == [
        ("Ana", "2026-02"),
        ("Bob", "2026-01"),
        ("Bob", "2026-01"),
    ]
    assert [place[2] for place in causes(before, after)][1:] == ["commission", "bonus"]


def test_people_who_come_and_go_are_causes() -> None:
    zoe = (*JANUARY, ("D-9", "Zoe", "100", "2026-01-05"))
    before = plan().run(data(zoe, people=("Ana", "Bob", "Zoe")), period="2026-01")
    after = plan().run(
        data((*JANUARY, ("D-9", "Yan", "100", "2026-01-05")), people=("Ana", "Bob", "Yan")), period="2026-01"
    )
    assert causes(before, after) == {
        ("Yan", "2026-01", "commission"): ["changed deals D-9: 10.00 EUR"],
        ("Zoe", "2026-01", "commission"): ["changed deals D-9: -10.00 EUR"],
    }


def test_another_text_is_the_last_cause_and_other_data_beside_it_too() -> None:
    before = plan().run(data(JANUARY), period="2026-01")
    text = plan().source.text
    after = incentive.parse(text.replace("pay rate of revenue", "pay rate of revenue\n  cap 350 EUR"))
    assert causes(before, after.run(data(LATE), period="2026-01")) == {
        ("Ana", "2026-01", "commission"): ["added deals D-3: 300.00 EUR"],
        ("Ana", "2026-01", "bonus"): ["added deals D-3: 100.00 EUR"],
        ("Bob", "2026-01", "commission"): ["plan  : -50.00 EUR"],
    } | {("Ana", "2026-01", "commission"): ["added deals D-3: 300.00 EUR", "plan  : -50.00 EUR"]}
    other = text.replace("closed_on: date", "closed_on: date optional")
    asks_less = incentive.parse(other).run(data(LATE), period="2026-01")
    assert causes(before, asks_less)["Ana", "2026-01", "bonus"] == ["plan  : 100.00 EUR"]


def test_the_same_run_twice_differs_in_nothing() -> None:
    run = plan().run(data(JANUARY))
    assert incentive.compare(run, plan().run(data(tuple(reversed(JANUARY))))) == ()


def test_runs_without_a_period_in_common_are_not_compared() -> None:
    def fiscal(starts: str) -> incentive.Run:
        text = plan().source.text.replace("  effective", f"  year starts {starts}, named by end\n  effective")
        text = text.replace("period    month", "period    quarter").replace("per month", "per quarter")
        known = incentive.Dataset.from_rows(tables={"deals": []}, people=[{"who": "Ana"}], inputs={"quota": {}})
        return incentive.parse(text).run(known, period="FY2026-Q4")

    january = plan().run(data(JANUARY), period="2026-01")
    for before, after in (
        (january, plan().run(data(JANUARY), period="2026-02")),
        (fiscal("04-01"), fiscal("07-01")),  # other days of one name
    ):
        with pytest.raises(incentive.UsageError, match="no period in common"):
            incentive.compare(before, after)


def test_of_runs_of_some_participants_those_of_both_are_compared() -> None:
    every = plan().run(data(JANUARY), period="2026-01")
    some = plan().run(data(LATE), period="2026-01", participants=["Ana"])
    told = {
        ("Ana", "2026-01", "commission"): ["added deals D-3: 300.00 EUR"],
        ("Ana", "2026-01", "bonus"): ["added deals D-3: 100.00 EUR"],
    }
    assert causes(every, some) == told
    assert incentive.compare(every, plan().run(data(JANUARY), period="2026-01", participants=["Ana"])) == ()
    assert incentive.compare(every, some, participants=["Bob"]) == ()


@pytest.mark.parametrize("each", [-1, True, "3", None])
def test_of_how_many_rows_each_is_told_is_a_number(each: object) -> None:
    run = plan().run(data(JANUARY), period="2026-01")
    with pytest.raises(incentive.UsageError, match="each: expected a number of rows"):
        incentive.compare(run, run, each=each)  # type: ignore[arg-type]


CUSTOMERS = TEXT.replace("facts deals {", "facts customers {\n  key id: text\n  kind: text\n}\nfacts deals {").replace(
    "  amount:    money", "  customer:  customers\n  amount:    money"
)


def test_a_row_that_goes_with_the_one_it_refers_to_is_the_cause() -> None:
    def ran(customers: Sequence[tuple[str, str]], deals: Sequence[tuple[str, str, str]]) -> incentive.Run:
        text = CUSTOMERS.replace("LANGUAGE", "en").replace("LABEL", "Sales").replace("RATE", "10%")
        text = text.replace("  dated", '  where not (deals.customer.kind is "own")\n  dated')
        rows = [
            {"id": key, "owner": "Ana", "customer": of, "amount": amount, "closed_on": "2026-01-05"}
            for key, of, amount in deals
        ]
        tables = {"deals": rows, "customers": [{"id": key, "kind": kind} for key, kind in customers]}
        given = incentive.Dataset.from_rows(tables=tables, people=[{"who": "Ana"}], inputs={"quota": {}})
        return incentive.parse(text).run(given, period="2026-01")

    before = ran([("C-1", "new"), ("C-2", "new")], [("D-1", "C-1", "100"), ("D-2", "C-2", "1000")])
    fewer = ran([("C-2", "new")], [("D-2", "C-2", "1000")])
    assert causes(before, fewer) == {("Ana", "2026-01", "commission"): ["removed deals D-1: -10.00 EUR"]}
    moved = ran([("C-3", "new"), ("C-2", "new")], [("D-1", "C-3", "300"), ("D-2", "C-2", "1000")])
    assert causes(before, moved) == {("Ana", "2026-01", "commission"): ["changed deals D-1: 20.00 EUR"]}
    own = ran([("C-1", "own"), ("C-2", "own")], [("D-1", "C-1", "100"), ("D-2", "C-2", "1000")])
    assert causes(before, own) == {
        ("Ana", "2026-01", "commission"): ["changed customers C-1: -10.00 EUR", "changed customers C-2: -100.00 EUR"]
    }


def test_runs_of_other_currencies_are_not_compared() -> None:
    dollars = incentive.parse(plan().source.text.replace("EUR", "USD")).run(data(JANUARY))
    with pytest.raises(incentive.UsageError, match="not comparable"):
        incentive.compare(plan().run(data(JANUARY)), dollars)
    with pytest.raises(incentive.UsageError, match="before: expected a Run"):
        incentive.compare(plan(), dollars)  # type: ignore[arg-type]


SHARED = """incentive 1 en
plan "Regions" {
  currency  EUR
  period    month
  timezone  "Europe/Paris"
  effective from 2026-01-01 until 2026-06-30
}
facts deals {
  region:    text
  amount:    money
  closed_on: date
}
facts coverage {
  seller: participant
  region: text
  part:   percent
}
measure revenue {
  sum    deals.amount
  dated  closed_on
  credit coverage.seller by region share coverage.part
}
component commission {
  pay 10% of revenue
}
"""


def test_changes_that_are_sound_only_together_are_one_cause() -> None:
    def ran(deals: Sequence[tuple[str, str]], coverage: Sequence[tuple[str, str, str]]) -> incentive.Run:
        rows = [{"region": region, "amount": amount, "closed_on": "2026-01-05"} for region, amount in deals]
        covered = [dict(zip(("seller", "region", "part"), each, strict=True)) for each in coverage]
        tables = {"deals": rows, "coverage": covered}
        people = [{"who": who} for who in ("Ana", "Bob")]
        given = incentive.Dataset.from_rows(tables=tables, people=people)
        return incentive.parse(SHARED).run(given, period="2026-01")

    north, south = ("Ana", "north", "1"), ("Ana", "south", "0.6")
    before = ran([("north", "1000")], [north, south])  # nothing was sold in the south, where a part is nobody's yet
    after = ran([("north", "1000"), ("south", "500")], [north, south, ("Bob", "south", "0.4")])
    assert causes(before, after) == {
        ("Ana", "2026-01", "commission"): ["together  : 30.00 EUR"],
        ("Bob", "2026-01", "commission"): ["together  : 20.00 EUR"],
    }
    (whole, _), *_ = incentive.compare(before, after)[0].causes
    assert [(part.kind, part.name, part.keys) for part in whole.parts] == [
        ("added", "deals", ("deals:2",)),
        ("added", "coverage", ("coverage:3",)),
    ]
    assert len(whole.to_dict()["parts"]) == 2  # type: ignore[arg-type]
