"""Whatever the file or the frame, the fast reader gives what the small one gives, or finds what it finds."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from incentive import tree
from incentive.data import Dataset
from tests.unit.data.reads import HEAD, write
from tests.unit.data.samples import COUNT, DATE, PERSON, TEXT, money, plan, table

pl = pytest.importorskip("polars", reason="Polars is not installed")

from tests.unit.columns.test_reading import by  # noqa: E402 - after Polars was found

STAGE = tree.Unit("choice", choices=("open", "won"))
STAMP = tree.Unit("timestamp")
FIELDS = (
    tree.Field("id", TEXT, key=True),
    tree.Field("owner", PERSON),
    tree.Field("amount", money()),
    tree.Field("share", tree.Unit("ratio"), optional=True),
    tree.Field("pieces", COUNT, optional=True),
    tree.Field("closed_on", DATE),
    tree.Field("won_at", STAMP, optional=True),
    tree.Field("stage", STAGE, optional=True),
    tree.Field("hot", tree.Unit("yes_no"), optional=True),
    tree.Field("product", tree.Unit("row", table="products"), optional=True),
    tree.Field("note", TEXT, optional=True),
)
PLAN = plan(
    (table("deals", *FIELDS), table("products", tree.Field("sku", TEXT, key=True))),
    (
        tree.Field("role", TEXT, optional=True),
        tree.Field("team", TEXT, optional=True),
        tree.Field("manager", PERSON, optional=True),
    ),
    (
        tree.Input("quota", "quota", money(), "participant", "quarter", musts=(tree.Must(">", Fraction(0)),)),
        tree.Input("pool", "pool", money(), "team", None),
        tree.Input("bonus", "bonus", money(), "company", "month", optional=True),
    ),
)

OLDEST, OLD, NEW, NEWEST = (datetime(year, 1, 1) for year in (1890, 1990, 2040, 2210))  # noqa: DTZ001 - local times

# Right, but for one cell at most, which holds anything that was ever seen in a file.
ODD = [
    "",
    " ",
    "#N/A",
    "#1",
    "00ana",
    "ANA",
    "\ufeff",
    "é",
    "e\u0301",
    "-0",
    "+5",
    ".5",
    "5.",
    "1e3",
    "1,5",
    "1" * 20,
    "٣",
]
ODD += ["0.1234567", "1000000000000000", "999999999999999.999999", "2026-02-30", "1899-12-31", "2026-1-5", "20260105"]
ODD += [
    "2026-03-29T02:30:00",
    "2026-10-25 02:30:00",
    "2026-05-05T10:00:00Z",
    "2026-05-05T10:00:00+02:00",
    "won ",
    "\x1c",
]
IDS = ["A1", "A2", "B-3", "a1", "007", "7", "7.0", "ana ", "Zoé", "Zoe\u0301", "10", "-4"]


def mostly(*usual: str) -> st.SearchStrategy[str]:
    return st.sampled_from(usual)


CELLS = {
    "owner": mostly("ana", "bob", "zoe"),
    "amount": mostly("1", "-2.50", "1000000.123456", "0", "33.3"),
    "share": mostly("", "0.5", "0.333333333333", "12"),
    "pieces": mostly("", "0", "12"),
    "closed_on": mostly("2026-01-31", "2026-12-31", "2024-02-29"),
    "won_at": mostly("", "2026-01-31T23:59:59", "2026-06-01T00:00:00"),
    "stage": mostly("", "open", "won"),
    "hot": mostly("", "true", "false"),
    "product": mostly("", "p1", "p2"),
    "note": mostly("", "x", "Zoé", "two words"),
}
ROW = st.fixed_dictionaries({"id": st.uuids().map(str), **CELLS})
HEADS = ("who", "role", "team", "manager", "from", "until")


@st.composite
def rosters(draw: st.DrawFn) -> list[dict[str, str]]:
    rows = [("zoe", "head", "north", draw(mostly("", "", "", "ana")), "", ""), ("eve", "rep", "south", "zoe", "", "")]
    for who in ("ana", "bob"):
        cut = draw(st.sampled_from([None, None, "2026-06-30", "2026-07-02"]))
        role, team, manager = draw(mostly("rep", "")), draw(mostly("north", "south", "")), draw(mostly("", "zoe"))
        if cut is None:
            rows.append((who, role, team, manager, "", draw(mostly("", "", "2026-06-30"))))
        else:
            rows += [(who, "lead", team, "zoe", "2026-07-01", ""), (who, role, "north", manager, "", "2026-06-30")]
            rows[-1] = (*rows[-1][:5], cut)
    return [dict(zip(HEADS, row, strict=True)) for row in draw(st.permutations(rows))]


QUOTA = st.fixed_dictionaries(
    {
        "participant": mostly("ana", "bob", "zoe"),
        "period": st.sampled_from(["2026-Q1", "2026-Q2", "2026-Q3", "2026-T4"]),
        "value": mostly("100", "5", "0.01"),
    }
)
DATA = st.fixed_dictionaries(
    {
        "deals": st.lists(ROW, min_size=1, max_size=6),
        "products": st.none().map(lambda _: [{"sku": "p1"}, {"sku": "p2"}]),
        "people": rosters(),
        "quota": st.lists(QUOTA, min_size=1, max_size=3, unique_by=lambda row: (row["participant"], row["period"])),
        "pool": st.lists(
            st.fixed_dictionaries({"team": mostly("north", "south"), "value": mostly("5")}),
            min_size=1,
            max_size=2,
            unique_by=lambda row: row["team"],
        ),
        "bonus": st.lists(
            st.fixed_dictionaries({"period": mostly("2026-01", "2026-02"), "value": mostly("5", "")}),
            min_size=1,
            max_size=2,
            unique_by=lambda row: row["period"],
        ),
    }
)
FAULT = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 10), st.sampled_from([*ODD, *IDS]))


@settings(max_examples=150, deadline=None)
@given(DATA, st.sampled_from(["", *['timezone = "Europe/Paris"'] * 9]), st.one_of(st.none(), FAULT))
def test_a_file_of_any_cells_is_read_alike(
    data: dict[str, list[dict[str, str]]], zone: str, fault: tuple[int, int, int, str] | None
) -> None:
    files = {}
    if fault is not None:
        rows = list(data.values())[fault[0]]
        if rows:
            row = rows[fault[1] % len(rows)]
            row[list(row)[fault[2] % len(row)]] = fault[3]
    for name, rows in data.items():
        heads = list(rows[0]) if rows else HEADS
        lines = [",".join(f'"{cell}"' if "," in cell else cell for cell in map(row.__getitem__, heads)) for row in rows]
        files[f"{name}.csv"] = "\n".join([",".join(heads), *lines]) + "\n"
    with TemporaryDirectory() as folder:
        write(Path(folder), {**files, "mapping.toml": f"{HEAD}[format]\n{zone}\n"})
        small, quick = by(Dataset.from_folder(folder), PLAN)
    assert quick == small


LINES = st.lists(st.sampled_from(["a,b,c", ",,", "1, ,#", "é,b,", "x,y,zz"]), max_size=6)
CHANGE = st.tuples(
    st.integers(0, 60), st.integers(0, 2), st.sampled_from([*'a,\n\r" #\x00é\ufeff', "\r\n", '"a,b"', ""])
)


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.lists(CHANGE, max_size=2))
def test_a_file_of_any_shape_is_read_alike(lines: list[str], end: str, changes: list[tuple[int, int, str]]) -> None:
    text = "".join(line + end for line in ["a,b,c", *lines])
    for at, dropped, put in changes:
        text = text[: at % len(text)] + put + text[at % len(text) + dropped :] + ("" if text else end)
        text = text or end
    asked = plan((table("t", tree.Field("a", TEXT, optional=True), tree.Field("b", TEXT, optional=True)),))
    with TemporaryDirectory() as folder:
        write(Path(folder), {"t.csv": text, "people.csv": "who\nana\n"})
        small, quick = by(Dataset.from_folder(folder), asked)
    assert quick == small


TYPED: dict[str, tuple[Any, st.SearchStrategy[Any]]] = {
    "text": (pl.String, mostly("1", "-2.50", "ana")),
    "whole": (pl.Int64, st.integers(-(2**63), 2**63 - 1)),
    "little": (pl.UInt8, st.integers(0, 255)),
    "huge": (pl.UInt64, st.integers(0, 2**64 - 1)),
    "money": (pl.Decimal(38, 2), st.decimals(-(10**15), 10**15, places=2)),
    "long": (pl.Decimal(38, 18), st.integers(-(10**20), 10**20).map(lambda each: Decimal(each).scaleb(-18))),
    "float": (pl.Float64, st.floats()),
    "yes": (pl.Boolean, st.booleans()),
    "day": (pl.Date, st.dates(date(1890, 1, 1), date(2210, 1, 1))),
    "local": (pl.Datetime("us"), st.datetimes(OLDEST, NEWEST)),
    "aware": (
        pl.Datetime("ms", "America/Vancouver"),
        st.datetimes(OLD, NEW).map(lambda each: each.replace(microsecond=0, tzinfo=UTC)),
    ),
    "fine": (
        pl.Datetime("ns", "UTC"),
        st.datetimes(OLD, NEW).map(lambda each: each.replace(tzinfo=UTC)),
    ),
    "one of": (pl.Enum(["open", "won", "lost"]), st.sampled_from(["open", "won"])),
    "group": (pl.Categorical, st.sampled_from(["open", "won"])),
    "bytes": (pl.Binary, st.binary(max_size=3)),
    "list": (pl.List(pl.Int64), st.lists(st.integers(0, 5), max_size=2)),
}
UNITS = [TEXT, money(), money("JPY"), COUNT, tree.Unit("ratio"), DATE, STAMP, STAGE, tree.Unit("yes_no"), PERSON]


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_frame_of_any_kind_is_read_alike(data: st.DataObject) -> None:
    kind, values = TYPED[data.draw(st.sampled_from(sorted(TYPED)))]
    cells = data.draw(st.lists(st.one_of(*[values] * 5, st.none()), max_size=5))
    field = tree.Field("x", data.draw(st.sampled_from(UNITS)), optional=data.draw(st.booleans()))
    asked = plan((table("t", evolve(field, key=data.draw(st.booleans()))),))
    dataset = Dataset.from_frames(
        tables={"t": pl.DataFrame({"x": pl.Series(cells, dtype=kind, strict=False)})},
        people=pl.DataFrame({"who": ["ana", "5", "open"]}),
        timezone=data.draw(st.sampled_from([None, "Europe/Paris", "Pacific/Apia"])),
        minor_units=data.draw(st.sampled_from([{}, {"t": ["x"]}])),
    )
    small, quick = by(dataset, asked)
    assert quick == small
