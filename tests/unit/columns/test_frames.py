"""Frames of every library are taken alike, copied at once, and refused where they are none."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from incentive import tree
from incentive.data import Dataset, read
from incentive.diagnostics import DataError, UsageError
from tests.unit.data.reads import DEAL_PLAN, codes
from tests.unit.data.samples import DATE, PERSON, TEXT, money, plan, table

pl = pytest.importorskip("polars", reason="Polars is not installed")

from incentive.columns import read_columns  # noqa: E402 - after Polars was found
from incentive.columns import reading as fast  # noqa: E402
from tests.unit.columns.plain import plain  # noqa: E402
from tests.unit.columns.test_reading import by  # noqa: E402

DEALS = pl.DataFrame(
    {
        "id": ["A1", "A2", "A3"],
        "owner": ["ana", "bob", "ana"],
        "amount": [Decimal("100.00"), Decimal("250.50"), Decimal("-0.01")],
        "secret": ["x", "y", "z"],
    }
)
PEOPLE = pl.DataFrame({"who": ["ana", "bob"], "role": ["rep", "rep"]})
QUOTA = pl.DataFrame({"participant": ["ana"], "period": ["2026-01"], "value": [100_000]})


def given(deals: object, **more: object) -> Dataset:
    return Dataset.from_frames(tables={"deals": deals}, people=PEOPLE, inputs={"quota": QUOTA}, **more)  # type: ignore[arg-type]


def pandas_of(frame: object) -> object:
    pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return pl.DataFrame(frame).to_pandas()


def arrow_of(frame: object) -> object:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return pl.DataFrame(frame).to_arrow()


def duck_of(frame: object) -> object:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    return duckdb.from_arrow(arrow_of(frame))


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_help(*_: object) -> None:
        raise AssertionError("the fast reader asked for help")

    monkeypatch.setattr(fast, "columns_of", no_help)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("convert", [lambda frame: frame, lambda frame: frame.lazy(), pandas_of, arrow_of, duck_of])
def test_every_library_is_read_alike(convert: Callable[[object], object]) -> None:
    small, quick = by(given(convert(DEALS)), DEAL_PLAN)
    assert quick == small
    rows = plain(read_columns(given(DEALS), DEAL_PLAN))
    assert isinstance(quick, dict)
    assert {name: each for name, each in quick.items() if name != "digest"} == {
        name: each for name, each in rows.items() if name != "digest"
    }


@pytest.mark.usefixtures("alone")
def test_parquet_files_stand_in_for_files_of_text(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("who,role\nana,rep\nbob,rep\n")
    DEALS.write_parquet(tmp_path / "deals.parquet")
    QUOTA.write_parquet(tmp_path / "quota.parquet")
    small, quick = by(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert isinstance(small, dict)
    assert quick == small
    files = {name: tmp_path / f"{name}.parquet" for name in ("deals", "quota")}
    assert by(Dataset.from_files({**files, "people": tmp_path / "people.csv"}), DEAL_PLAN) == (small, small)
    (tmp_path / "deals.csv").write_text("id,owner,amount\n")
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D125"]


@pytest.mark.parametrize("cut", [0, 1, 4, 12, -1, -4, -9, -60, 300])
def test_a_parquet_file_that_was_cut_is_refused(tmp_path: Path, cut: int) -> None:
    DEALS.write_parquet(tmp_path / "deals.parquet")
    content = (tmp_path / "deals.parquet").read_bytes()
    (tmp_path / "deals.parquet").write_bytes(content[:cut])
    (tmp_path / "people.csv").write_text("who,role\nana,rep\nbob,rep\n")
    QUOTA.write_parquet(tmp_path / "quota.parquet")
    small, quick = by(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert isinstance(small, tuple)
    assert quick == small
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D129"]


def test_whole_cents_are_declared() -> None:
    cents = DEALS.with_columns(amount=pl.Series([10_000, 25_050, -1]))
    declared = read(given(cents, minor_units={"deals": ["amount"], "quota": ["value"]}), DEAL_PLAN)
    plainly = read(given(DEALS), DEAL_PLAN)
    assert declared.tables["deals"].columns == plainly.tables["deals"].columns
    assert declared.inputs["quota"].values["ana", "2026-01"].value == 1_000
    assert plainly.inputs["quota"].values["ana", "2026-01"].value == 100_000


def test_floats_are_refused_and_each_finding_has_its_row() -> None:
    dataset = given(DEALS.with_columns(amount=pl.Series([1.5, None, float("nan")])))
    with pytest.raises(DataError) as caught:
        read_columns(dataset, DEAL_PLAN)
    found = [(each.code, each.place.line) for each in caught.value.diagnostics if each.place is not None]
    assert found == [("D204", 1), ("D201", 2), ("D204", 3)]


@pytest.mark.usefixtures("alone")
def test_people_stamps_and_what_was_recorded_are_read_alike() -> None:
    stamps = [datetime(2026, 3, 29, 0, 59, 59, tzinfo=UTC), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)]
    asked = plan(
        (
            table(
                "deals",
                tree.Field("owner", PERSON),
                tree.Field("won_at", tree.Unit("timestamp")),
                tree.Field("amount", money()),
            ),
        ),
        (
            tree.Field("who", PERSON),
            tree.Field("from", DATE, optional=True),
            tree.Field("team", TEXT),
            tree.Field("manager", PERSON, optional=True),
        ),
    )
    deals = pl.DataFrame({"owner": [7, 8], "won_at": stamps, "amount": ["1.5", "2"], "seen": [date(2026, 4, 1)] * 2})
    people = pl.DataFrame(
        {
            "who": [8, 7, 7, 9],
            "team": pl.Series(["n", "n", "s", "s"], dtype=pl.Categorical),
            "manager": [9, 8, 9, None],
            "from": [None, date(2026, 5, 1), None, None],
            "until": [None, None, date(2026, 4, 30), None],
        }
    )
    for recorded in ({}, {"deals": "seen"}, {"deals": "won_at"}):
        dataset = Dataset.from_frames(tables={"deals": deals}, people=people, recorded_on=recorded)
        small, quick = by(dataset, asked)
        assert isinstance(small, dict)
        assert quick == small
        local = deals.with_columns(pl.col("won_at").dt.convert_time_zone("Europe/Paris").dt.replace_time_zone(None))
        dataset = Dataset.from_frames(
            tables={"deals": local}, people=people, recorded_on=recorded, timezone="Europe/Paris"
        )
        assert plain(read_columns(dataset, asked))["tables"] == quick["tables"]


@pytest.mark.usefixtures("alone")
def test_the_people_may_be_those_of_a_column() -> None:
    asked = evolve(DEAL_PLAN, people=(), inputs=())
    dataset = Dataset.from_frames(tables={"deals": DEALS}, people_from="deals.owner")
    small, quick = by(dataset, asked)
    assert isinstance(small, dict)
    assert quick == small
    assert quick["keys"] == ["ana", "bob"]


def test_a_frame_is_copied_at_once() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    numpy = pytest.importorskip("numpy", reason="numpy is not installed")
    values = numpy.array([1, 2], dtype="int64")
    frame = pandas.DataFrame({"id": ["A1", "A2"], "owner": ["ana", "bob"], "amount": values}, copy=False)
    dataset = given(frame)
    before = plain(read_columns(dataset, DEAL_PLAN))
    values[:] = 9
    frame.loc[0, "amount"] = 7
    assert plain(read_columns(dataset, DEAL_PLAN)) == before


def test_the_rows_are_there_for_who_asks_and_from_the_same_bytes(tmp_path: Path) -> None:
    for name, frame in {"deals": DEALS, "people": PEOPLE, "quota": QUOTA}.items():
        frame.write_csv(tmp_path / f"{name}.csv")
    facts = read_columns(Dataset.from_folder(tmp_path), DEAL_PLAN)
    before = read(Dataset.from_folder(tmp_path), DEAL_PLAN)
    for name in ("deals", "people", "quota"):
        (tmp_path / f"{name}.csv").unlink()
    assert facts.rows_of() == before
    assert facts.rows_of() is facts.rows_of()
    assert facts.digest == before.digest


def test_the_digest_is_that_of_what_the_plan_asks_for() -> None:
    digest = read_columns(given(DEALS), DEAL_PLAN).digest
    assert read_columns(given(DEALS.with_columns(secret=pl.lit("other"))), DEAL_PLAN).digest == digest
    assert read_columns(given(pl.concat([DEALS[:1], DEALS[1:]], rechunk=False)), DEAL_PLAN).digest == digest
    assert read_columns(given(DEALS.with_columns(amount=pl.col("amount") + 1)), DEAL_PLAN).digest != digest


@pytest.mark.parametrize("thing", [[("A1", "ana", 1)], "deals", pl.Series([1]), None, 5])
def test_what_is_no_frame_is_refused(thing: object) -> None:
    with pytest.raises(UsageError, match="deals: expected a frame"):
        given(thing)


def test_without_polars_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    DEALS.write_parquet(tmp_path / "deals.parquet")
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install incentive\[polars\]"):
        given(DEALS)
    with pytest.raises(UsageError, match=r"pip install incentive\[polars\]"):
        read(Dataset.from_files({"deals": tmp_path / "deals.parquet"}), DEAL_PLAN)


def test_the_page_shows_what_runs(tmp_path: Path) -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "data.md").read_text(encoding="utf-8")
    text = page[page.index("### Frames and Parquet") : page.index("## What a cell may be")]
    block = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert block is not None
    names: dict[str, object] = {"plan": DEAL_PLAN, "folder": tmp_path}
    exec(block.group(1), names)
    facts = names["facts"]
    assert getattr(facts, "people").keys() == {"ana"}  # noqa: B009 - whatever the page made
