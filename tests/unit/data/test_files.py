"""The form of files: every physical line is accounted for, or the file is refused."""

import os
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from incentive import tree
from incentive.data import Dataset, read
from incentive.data.csv_text import parse
from incentive.data.mapping import Format
from tests.unit.data.reads import DEAL_PLAN, DEALS, FILES, HEAD, codes, findings, write
from tests.unit.data.samples import TEXT, plan, table


def found(folder: Path, deals: str | bytes, settings: str = "") -> list[tuple[str, int | None]]:
    mapping = f"{HEAD}[tables.deals]\n{settings}\n" if settings else HEAD
    dataset = Dataset.from_folder(write(folder, {**FILES, "deals.csv": deals, "mapping.toml": mapping}))
    return [(each.code, each.place.line if each.place else None) for each in findings(dataset, DEAL_PLAN)]


@pytest.mark.parametrize(
    ("deals", "expected"),
    [
        ('id,owner,amount\nA1,"ana,1\nA2,bob,2\nA3,ana",3\n', [("D115", 2)]),
        ('id,owner,amount\nA1,an"a,1\n', [("D114", 2)]),
        ('id,owner,amount\nA1,"ana" ,1\n', [("D114", 2)]),
        ("id,owner,amount\nA1,ana\nA2,ana,1,2\n", [("D112", 2), ("D112", 3)]),
        ("id,owner,amount\nA1,ana,1\n\nA2,ana,2\n", [("D113", 3)]),
        ("id,owner,amount\nA1,ana,1\n\n", [("D113", 3)]),
        ("id,owner,amount\n#A1,ana\n", [("D112", 2)]),
        ("id,owner,amount\nTOTAL,,600.00\n", [("D201", 2)]),
        ("id,owner,amount,amount\nA1,ana,1,1\n", [("D109", 1)]),
        ("id,,owner,amount\nA1,,ana,1\n", [("D110", 1)]),
        ("id,owner,Amount\nA1,ana,1\n", [("D108", 1)]),
        ("id,owner, amount\nA1,ana,1\n", [("D108", 1)]),
        ("id;owner;amount\nA1;ana;1\n", [("D108", 1)]),
        ("id,owner,amount\nA1,ana,1.5", [("D118", 2)]),
        ("id,owner,amount", [("D118", 1)]),
        ("id,owner,amount\n", [("D119", None)]),
        ("", [("D104", None)]),
        ("id,owner,amount\nA1,ana\r,1\nA2,ana,2\n", [("D117", 2)]),
        ("id,owner,amount\nA1,a\x00na,1\n", [("D107", 2)]),
        ("id,owner,amount\nA1,\ufeffana,1\n", [("D107", 2)]),
        ("id,owner,amount\nA1,andr\u00e9,1\n".encode("cp1252"), [("D106", 2)]),
        (DEALS.encode("utf-16"), [("D106", 1)]),
        (f"id,owner,amount\nA1,{'a' * 32_768},1\n", [("D120", 2)]),
        (",".join(f"c{number}" for number in range(1001)) + "\n", [("D111", 1)]),
    ],
)
def test_a_file_of_the_wrong_form_is_refused(
    tmp_path: Path, deals: str | bytes, expected: list[tuple[str, int | None]]
) -> None:
    assert found(tmp_path, deals) == expected


_EUROPEAN = 'delimiter = ";"\ndecimal = ","\ngrouping = "."\ntotals = { amount = "1000.50" }'


@pytest.mark.parametrize(
    ("deals", "settings"),
    [
        (DEALS.replace("\n", "\r\n"), ""),
        (DEALS.replace("\n", "\r"), ""),
        ("\ufeff" + DEALS, ""),
        ('id,owner,amount\n"A,1",ana,1\n"A""2",bob,2\n', ""),
        ("amount,extra,owner,id\n1,,ana,A1\n", ""),
        (DEALS.replace(",", ";"), 'delimiter = ";"'),
        (DEALS.replace(",", "\t"), 'delimiter = "\\t"'),
        (DEALS.rstrip("\n"), 'final_newline = "optional"'),
        (DEALS.rstrip("\n"), "rows = 2"),
        ('id;owner;amount\nA1;ana;"1.000,50"\n', _EUROPEAN),
        (DEALS.rstrip("\n"), 'totals = { amount = "350.50" }'),
        ("id,owner,amount\n", "may_be_empty = true"),
        ("id,owner,amount\n", "rows = 0"),
        ('id,owner,amount\nA"1,ana,1\n', 'quote = "none"'),
        ('id,owner,amount\n"A\n1",ana,1\nA2,bob,1\n', "newlines_in_cells = true"),
        (DEALS.replace("A1", "é").encode("cp1252"), 'encoding = "cp1252"'),
    ],
)
def test_what_is_declared_is_read(tmp_path: Path, deals: str | bytes, settings: str) -> None:
    assert found(tmp_path, deals, settings) == []


def test_lines_are_physical_lines(tmp_path: Path) -> None:
    deals = 'id,owner,amount\n"A\n\n1",ana,1\nA2,bob,x\n'
    assert found(tmp_path, deals, "newlines_in_cells = true") == [("D202", 5)]
    for end in ("\n", "\r\n", "\r"):
        assert found(tmp_path, DEALS.replace("250.50", "x").replace("\n", end)) == [("D202", 3)]


@pytest.mark.parametrize(
    ("settings", "code", "figures"),
    [
        ("rows = 3", "D501", ("3", "2")),
        ('totals = { amount = "350.49" }', "D502", ("350.49", "350.5")),
        ('totals = { owner = "1" }', "D202", ("ana",)),
    ],
)
def test_control_figures_are_compared(tmp_path: Path, settings: str, code: str, figures: tuple[str, ...]) -> None:
    write(tmp_path, {**FILES, "mapping.toml": f"{HEAD}[tables.deals]\n{settings}\n"})
    first = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)[0]
    assert first.code == code
    assert all(figure in first.message for figure in figures)


def test_only_plain_files_inside_the_folder_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    write(folder, FILES)
    write(tmp_path, {"secret.csv": DEALS})
    for name in ("../secret.csv", str(tmp_path / "secret.csv"), "."):
        write(folder, {"mapping.toml": f"{HEAD}[tables.deals]\nfile = '{name}'\n"})
        assert codes(Dataset.from_folder(folder), DEAL_PLAN) == ["D122"]
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    write(folder, {"mapping.toml": f"{HEAD}[tables.deals]\nfile = 'link.csv'\n"})
    assert codes(Dataset.from_folder(folder), DEAL_PLAN) == ["D122"]


def test_pipes_folders_and_absent_files_are_refused(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "deals.csv").unlink()
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D101"]
    (tmp_path / "deals.csv").mkdir()
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D102"]
    (tmp_path / "deals.csv").rmdir()
    os.mkfifo(tmp_path / "deals.csv")
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D102"]
    write(tmp_path, {"deals.xlsx": b"PK", "mapping.toml": f"{HEAD}[tables.deals]\nfile = 'deals.xlsx'\n"})
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D124"]


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    with (tmp_path / "deals.csv").open("wb") as stream:
        stream.truncate(2 * 1024**3 + 1)
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D103"]


def test_files_may_be_given_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"a.csv": DEALS, "b.csv": FILES["people.csv"], "c.csv": FILES["quota.csv"]})
    named = {"deals": tmp_path / "a.csv", "people": tmp_path / "b.csv", "quota": tmp_path / "c.csv"}
    assert read(Dataset.from_files(named), DEAL_PLAN).tables["deals"].file == "a.csv"
    del named["deals"]
    assert codes(Dataset.from_files(named), DEAL_PLAN) == ["D126"]
    assert codes(Dataset.from_files({**named, "deals": tmp_path / "absent.csv"}), DEAL_PLAN) == ["D101"]


def test_a_folder_that_is_not_there_is_one_finding(tmp_path: Path) -> None:
    assert codes(Dataset.from_folder(tmp_path / "absent"), DEAL_PLAN) == ["D127"]
    write(tmp_path, FILES)
    assert codes(Dataset.from_folder(tmp_path / "deals.csv"), DEAL_PLAN) == ["D127"]


def test_two_files_of_one_name_are_refused_unless_one_is_named(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.json": "[]"})
    first = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)[0]
    assert first.code == "D125"
    assert "deals.csv" in first.message
    assert "deals.json" in first.message
    write(tmp_path, {"mapping.toml": HEAD + "[tables.deals]\nfile = 'deals.csv'\n"})
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == []


def test_a_header_with_another_delimiter_names_the_declared_one(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": DEALS.replace(",", "\t")})
    title = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)[0].fixes[0].title
    assert "“,” is the declared delimiter" in title
    assert 'delimiter = "\\t"' in title


def test_a_file_that_is_written_meanwhile_is_whole_or_refused(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    rows = "".join(f"A{number},ana,1\n" for number in range(20_000))
    whole = f"id,owner,amount\n{rows}".encode()
    stop = threading.Event()

    def append() -> None:
        with (tmp_path / "deals.csv").open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write(b"")
                os.utime(tmp_path / "deals.csv")

    (tmp_path / "deals.csv").write_bytes(whole)
    writer = threading.Thread(target=append)
    writer.start()
    try:
        outcomes = {tuple(codes(Dataset.from_folder(tmp_path), DEAL_PLAN)) for _ in range(5)}
    finally:
        stop.set()
        writer.join()
    assert outcomes <= {(), ("D105",)}


FIFTY = "id,name,x\n" + "".join(f'{n},"na""me, {n}",{n}.50\n' if n % 3 else f"{n},plain,{n}\n" for n in range(50))


def cells(text: str, style: Format = Format()) -> tuple[list[list[str]] | None, bool]:  # noqa: B008 - frozen
    problems: list[int] = []
    sheet = parse(text, style, lambda line, _: problems.append(line))
    if sheet is None:
        assert problems
        return None, False
    return [list(sheet.header), *map(list, sheet.rows)], sheet.finished


def test_a_quote_put_anywhere_never_swallows_a_row() -> None:
    rows, _ = cells(FIFTY)
    assert rows is not None
    for at in range(len(FIFTY) + 1):
        changed, _ = cells(FIFTY[:at] + '"' + FIFTY[at:])
        assert changed is None or changed == rows


def test_a_file_cut_anywhere_is_refused_or_has_whole_rows() -> None:
    text = FIFTY.replace("\n", "\r\n")
    rows, _ = cells(text)
    assert rows is not None
    for at in range(len(text)):
        found_rows, finished = cells(text[:at])
        assert found_rows is None or not finished or found_rows == rows[: len(found_rows)]


def test_a_control_total_proves_that_nothing_was_cut(tmp_path: Path) -> None:
    body = "".join(f"A{number},ana,{number}.50\n" for number in range(1, 20))
    whole = f"id,owner,amount\n{body}"
    write(tmp_path, {**FILES, "mapping.toml": HEAD + '[tables.deals]\ntotals = { amount = "199.5" }\n'})
    for at in range(len(whole) - 2):
        write(tmp_path, {"deals.csv": whole[:at]})
        assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN), at
    write(tmp_path, {"deals.csv": whole[:-1]})
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), min_size=1, max_size=12),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_survives_a_file(tmp_path: Path, texts: list[str]) -> None:

    asked = plan((table("t", tree.Field("x", TEXT)),))
    body = "".join(f'"{text.replace(chr(34), chr(34) * 2)}"\n' for text in texts)
    write(tmp_path, {"t.csv": f"x\n{body}", "people.csv": "who\nana\n"})
    write(tmp_path, {"mapping.toml": HEAD + "[tables.t]\nnewlines_in_cells = true\n"})
    spoilt = [text for text in texts if text.startswith("#")]
    assume(not spoilt)  # errors of spreadsheets are refused in texts, too
    facts = read(Dataset.from_folder(tmp_path), asked)
    assert facts.tables["t"].columns["x"] == tuple(unicodedata.normalize("NFC", text) for text in texts)


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('a1",;\n\r \t'), max_size=60), st.booleans())
def test_any_text_is_read_or_reported(text: str, breaks: bool) -> None:
    rows, _ = cells(text, Format(newlines_in_cells=breaks))
    if rows is not None:
        assert {len(row) for row in rows} == {len(rows[0])}


def test_a_lone_quote_in_a_long_file_is_found_in_linear_time() -> None:
    text = "x\n" + '"open\n' + "a\n" * 300_000
    assert cells(text, Format(newlines_in_cells=True)) == (None, False)
