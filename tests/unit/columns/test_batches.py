"""A file that is not held gives what the same file gives whole, wherever a batch ends."""

from pathlib import Path

import pytest
from attrs import evolve

from incentive import tree
from incentive.data import Dataset, read
from incentive.diagnostics import DataError, Diagnostic
from tests.unit.data.reads import FILES, HEAD, QUOTAS, write
from tests.unit.data.samples import DATE, PERSON, TEXT, money, plan, table

pl = pytest.importorskip("polars", reason="Polars is not installed")

from incentive.columns import Limits, columns_of, read_columns  # noqa: E402 - after Polars was found
from incentive.columns import reading as fast  # noqa: E402
from tests.unit.columns.plain import plain  # noqa: E402

DEALS = table(
    "deals",
    tree.Field("id", TEXT, key=True),
    tree.Field("owner", PERSON),
    tree.Field("amount", money()),
    tree.Field("closed_on", DATE),
    tree.Field("stage", TEXT, optional=True),
)
PLAN = evolve(plan((DEALS,), (tree.Field("role", TEXT),), (QUOTAS,)), label="owner.amount.closed_on.stage")
COUNT = 50


def row(at: int) -> list[str]:
    return [f"A{at}", "ana" if at % 3 else "bob", f"{at}.5", f"2026-01-{at % 28 + 1:02}", "won" if at % 2 else ""]


def text(rows: list[list[str]], quote: str = "") -> str:
    cells = [[quote + each + quote for each in cells] for cells in rows]
    return "".join(",".join(each) + "\n" for each in [["id", "owner", "amount", "closed_on", "stage"], *cells])


ROWS = [row(at) for at in range(COUNT)]


def streamed(folder: Path, asked: tree.Plan = PLAN, size: int = 120) -> dict[str, object]:
    limits = Limits(held=-1, rows=7, block=size)
    return plain(read_columns(Dataset.from_folder(folder), asked, limits=limits))


def whole(folder: Path, asked: tree.Plan = PLAN) -> dict[str, object]:
    return plain(columns_of(read(Dataset.from_folder(folder), asked), asked))


def same(one: dict[str, object], other: dict[str, object]) -> bool:
    """Whether both are the same, but for the keys that nothing looks at."""
    rows, columns, *rest = other["tables"]["deals"]  # type: ignore[index]
    kept = {name: cells for name, cells in columns.items() if name != "id"}
    return one == {**other, "tables": {"deals": (rows, kept, *rest)}}


def found(folder: Path, asked: tree.Plan = PLAN) -> tuple[Diagnostic, ...]:
    with pytest.raises(DataError) as refused:
        streamed(folder, asked)
    with pytest.raises(DataError) as expected:
        whole(folder, asked)
    assert refused.value.diagnostics == expected.value.diagnostics
    return refused.value.diagnostics


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No help from the small reader."""

    def no_help(*_: object) -> None:
        raise AssertionError("the fast reader asked for help")

    monkeypatch.setattr(fast, "columns_of", no_help)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("size", [60, 61, 97, 512, 100_000])
def test_any_size_of_block_gives_the_same(tmp_path: Path, size: int) -> None:
    write(tmp_path, {**FILES, "deals.csv": text(ROWS)})
    assert same(streamed(tmp_path, size=size), whole(tmp_path))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_quotes_and_line_ends_are_cut_alike(tmp_path: Path, end: str, quote: str) -> None:
    write(tmp_path, {**FILES, "deals.csv": "\ufeff" + text(ROWS, quote).replace("\n", end)})
    assert same(streamed(tmp_path, size=200), whole(tmp_path))


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("size", range(64, 128, 3))
def test_a_line_break_in_a_cell_is_no_edge(tmp_path: Path, size: int) -> None:
    rows = [[*each[:4], 'won\nor "lost"\n\n'.replace('"', '""')] for each in ROWS]
    mapping = HEAD + "[tables.deals]\nnewlines_in_cells = true\n"
    write(tmp_path, {**FILES, "deals.csv": text(rows, '"'), "mapping.toml": mapping})
    assert same(streamed(tmp_path, size=size), whole(tmp_path))


@pytest.mark.usefixtures("alone")
def test_groups_of_rows_of_a_parquet_file_give_the_same(tmp_path: Path) -> None:
    write(tmp_path, {name: FILES[name] for name in ("people.csv", "quota.csv")})
    frame = pl.DataFrame(ROWS, schema=["id", "owner", "amount", "closed_on", "stage"], orient="row")
    frame.with_columns(pl.col("closed_on").str.to_date()).write_parquet(tmp_path / "deals.parquet", row_group_size=4)
    assert same(streamed(tmp_path), whole(tmp_path))


@pytest.mark.usefixtures("alone")
def test_numbers_of_different_width_meet(tmp_path: Path) -> None:
    amounts = ["1", "0.000001", "-999999999999999", "70000", "0.25"]
    rows = [[*each[:2], amounts[at // 10], *each[3:]] for at, each in enumerate(ROWS)]
    write(tmp_path, {**FILES, "deals.csv": text(rows)})
    assert same(streamed(tmp_path), whole(tmp_path))


@pytest.mark.usefixtures("alone")
def test_rows_that_refer_to_rows_of_later_batches_find_them(tmp_path: Path) -> None:
    parent = tree.Field("parent", tree.Unit("row", table="deals"), optional=True)
    deals = evolve(DEALS, fields=(*DEALS.fields, parent))
    rows = [["id", "owner", "amount", "closed_on", "stage", "parent"]]
    rows += [[*each, f"A{COUNT - 1 - at}" if at % 4 else ""] for at, each in enumerate(ROWS)]
    write(tmp_path, {**FILES, "deals.csv": "".join(",".join(each) + "\n" for each in rows)})
    asked = evolve(PLAN, tables=(deals,), label=PLAN.label + ".parent")
    assert same(streamed(tmp_path, asked), whole(tmp_path, asked))


@pytest.mark.usefixtures("alone")
def test_control_figures_are_of_the_whole_file(tmp_path: Path) -> None:
    total = sum(at * 10 + 5 for at in range(COUNT)) / 10
    mapping = f"{HEAD}[tables.deals]\nrows = {COUNT}\ntotals = {{ amount = {total} }}\n"
    write(tmp_path, {**FILES, "deals.csv": text(ROWS).rstrip("\n"), "mapping.toml": mapping})
    assert same(streamed(tmp_path), whole(tmp_path))


@pytest.mark.parametrize(("rows", "amount"), [(COUNT + 1, "1250"), (COUNT, "1250.01")])
def test_a_control_figure_that_does_not_agree_is_found(tmp_path: Path, rows: int, amount: str) -> None:
    mapping = f"{HEAD}[tables.deals]\nrows = {rows}\ntotals = {{ amount = {amount} }}\n"
    write(tmp_path, {**FILES, "deals.csv": text(ROWS), "mapping.toml": mapping})
    assert {each.code for each in found(tmp_path)} <= {"D501", "D502"}


@pytest.mark.parametrize("key", ["A1", "a1", "A1 "])
def test_a_key_of_the_first_batch_in_the_last_is_found(tmp_path: Path, key: str) -> None:
    write(tmp_path, {**FILES, "deals.csv": text([*ROWS, [key, *row(1)[1:]]])})
    assert len(found(tmp_path)) == 1


def test_an_unknown_person_in_the_last_batch_is_found(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": text([*ROWS, ["Z", "eve", *row(1)[2:]]])})
    (only,) = found(tmp_path)
    assert only.code == "D303"
    assert only.place is not None
    assert only.place.line == COUNT + 2


@pytest.mark.parametrize(
    "broken", ["A,ana", '"A,ana,1,2026-01-01,', "A,ana,1,2026-02-30,won", "", "A,ana,1,2026-01-01,\x00"]
)
def test_a_broken_row_in_the_middle_is_found(tmp_path: Path, broken: str) -> None:
    lines = text(ROWS).splitlines(keepends=True)
    lines.insert(COUNT // 2, broken + "\n")
    write(tmp_path, {**FILES, "deals.csv": "".join(lines)})
    assert found(tmp_path)


def test_a_file_cut_short_is_found(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": text(ROWS)[:-3]})
    assert found(tmp_path)


def test_a_mark_at_the_edge_of_a_block_is_found(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": text(ROWS).replace("A20,", "\ufeffA20,")})
    assert [each.code for each in found(tmp_path)] == ["D107"]


def test_an_empty_file_is_found(tmp_path: Path) -> None:
    for content in ("", "id,owner,amount,closed_on,stage\n", "id,owner\nA,ana\n"):
        write(tmp_path, {**FILES, "deals.csv": content})
        assert found(tmp_path)


def test_lines_are_explained_from_the_same_file_only(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": text(ROWS)})
    facts = read_columns(Dataset.from_folder(tmp_path), PLAN, limits=Limits(held=-1, rows=7, block=120))
    write(tmp_path, {"deals.csv": text([*ROWS, row(COUNT)])})
    with pytest.raises(DataError) as refused:
        facts.rows_of()
    assert [each.code for each in refused.value.diagnostics] == ["D105"]
    write(tmp_path, {"deals.csv": text(ROWS)})
    assert facts.rows_of().tables["deals"].rows == COUNT  # what was wrong is right again
