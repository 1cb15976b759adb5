"""The mapping file: every key known, every value with a meaning, confirmed by a person."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from incentive.data import ColumnMap, Dataset, Format, Mapping, read
from incentive.data.findings import Findings
from incentive.data.mapping_file import parse_mapping
from incentive.diagnostics import DataError, UsageError
from tests.unit.data.reads import DEAL_PLAN, FILES, HEAD, codes, findings, write
from tests.unit.data.samples import plan


def problems(folder: Path, text: str) -> list[str]:
    return codes(Dataset.from_folder(write(folder, {**FILES, "mapping.toml": text})), DEAL_PLAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["D403", "D402"]),
        ("incentive-mapping = 2\nconfirmed = true\n", ["D402"]),
        ("incentive-mapping = 1\nconfirmed = false\n", ["D403"]),
        ('incentive-mapping = 1\nconfirmed = "true"\n', ["D403"]),
        (HEAD + "[format", ["D401"]),
        (HEAD + "a = 1\na = 2\n", ["D401"]),
        (HEAD + "formats = 1\n", ["D404"]),
        (HEAD + '[format]\ndecimal_mark = ","\n', ["D404"]),
        (HEAD + '[format]\ndecimal = "x"\n', ["D405"]),
        (HEAD + '[format]\ndelimiter = "||"\n', ["D405"]),
        (HEAD + '[format]\nencoding = "utf-7"\n', ["D405"]),
        (HEAD + '[format]\ntimezone = "Mars/Olympus"\n', ["D410"]),
        (HEAD + '[format]\ntimezone = "../../etc/passwd"\n', ["D410"]),
        (HEAD + "[tables.deals]\nrows = -1\n", ["D405"]),
        (HEAD + '[tables.deals]\nrows = "2"\n', ["D405"]),
        (HEAD + "[tables.deals]\ntotals = { amount = true }\n", ["D405"]),
        (HEAD + "[tables.deals]\ncolumn = {}\n", ["D404"]),
        (HEAD + "[tables.deals]\ncolumns = 1\n", ["D405"]),
        (HEAD + "[tables.deals.columns]\namount = 3\n", ["D405"]),
        (HEAD + "[tables.deals.columns]\namount = { column = 'amount', unit = 'cents' }\n", ["D405"]),
        (HEAD + "[tables.deals.columns]\namount = { colum = 'amount' }\n", ["D404"]),
        (HEAD + "[tables.deals.columns]\namount = { column = 'amount', values = { a = 1 } }\n", ["D405"]),
        (HEAD + "[tables.deals]\nmay_be_empty = 'yes'\n", ["D405"]),
        (HEAD + "[inputs.quota]\nunknown = 'drop'\n", ["D405"]),
        (HEAD + "[inputs.quota]\nteam = 'a'\nparticipant = 'b'\n", ["D405"]),
        (HEAD + "[people]\nvalues_of = 'deals.owner'\n", ["D405"]),
        (HEAD + "[people]\nvalues_of = ['deals.ower']\n", ["D406"]),
        (HEAD + "[tables.dealz]\nrows = 9\n", ["D411"]),
        (HEAD + "[tables.deals.columns]\namuont = 'Net'\n", ["D411"]),
        (HEAD + "[inputs.qouta]\nvalue = 'v'\n", ["D411"]),
        (HEAD + "[inputs.quota]\nteam = 'participant'\n", ["D411"]),
        (HEAD + "[people.columns]\nrole = 'role'\nteam = 'Team'\n", []),
        (HEAD + "[people.columns]\nrolle = 'role'\n", ["D411"]),
        (HEAD + "shared = true\n[tables.dealz]\nrows = 9\n[inputs.target]\nvalue = 'v'\n", []),
        (HEAD + "shared = 1\n", ["D405"]),
        (HEAD, []),
    ],
)
def test_a_mapping_without_meaning_is_refused(tmp_path: Path, text: str, expected: list[str]) -> None:
    assert problems(tmp_path, text) == expected


def test_a_misspelt_key_comes_with_the_nearest_one(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "mapping.toml": HEAD + "[format]\ndelimeter = ';'\n"})
    first = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)[0]
    assert "format.delimeter" in first.message
    assert first.fixes[0].title == "Use: delimiter"


def test_a_name_that_the_plan_does_not_have_comes_with_the_nearest_one(tmp_path: Path) -> None:
    text = HEAD + "[tables.dealz]\ntotals = { amount = 1 }\n"
    first = findings(Dataset.from_folder(write(tmp_path, {**FILES, "mapping.toml": text})), DEAL_PLAN)[0]
    assert "tables.dealz" in first.message
    assert first.fixes[0].title.startswith("The plan has: deals.")


def test_a_recording_column_of_an_unknown_table_is_found() -> None:
    given = Dataset.from_rows(people=[("ana",)], recorded_on={"dealz": "seen"})
    assert codes(given, plan()) == ["D411"]


def test_a_mapping_may_be_given_beside_the_folder(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    other = tmp_path / "other.toml"
    other.write_text(HEAD + "[tables.deals]\nrows = 3\n", encoding="utf-8")
    assert codes(Dataset.from_folder(tmp_path, other), DEAL_PLAN) == ["D501"]
    assert codes(Dataset.from_folder(tmp_path, str(tmp_path / "absent.toml")), DEAL_PLAN) == ["D101"]
    assert codes(Dataset.from_folder(tmp_path, Mapping(confirmed=False)), DEAL_PLAN) == ["D403"]
    with pytest.raises(UsageError):
        Dataset.from_folder(tmp_path, 5)  # type: ignore[arg-type]


def test_settings_go_down_from_the_format_to_the_column() -> None:
    text = """
    incentive-mapping = 1
    confirmed = true
    [format]
    decimal = ","
    missing = ["NA"]
    [tables.deals]
    delimiter = ";"
    totals = { amount = 12.5, cost = 3 }
    [tables.deals.columns]
    amount = { column = "Net", decimal = ".", unit = "minor" }
    owner = "Rep"
    """
    found = Findings("en")
    mapping = parse_mapping(text.encode(), "mapping.toml", found)
    found.stop()
    deals = mapping.table("deals")
    assert (deals.source.format.delimiter, deals.source.format.decimal) == (";", ",")
    assert deals.source.format.missing == ("NA",)
    assert deals.source.totals == {"amount": Fraction(25, 2), "cost": 3}
    assert deals.columns == {"amount": ColumnMap("Net", decimal=".", unit="minor"), "owner": ColumnMap("Rep")}
    assert mapping.table("other").source.format.decimal == ","


@pytest.mark.parametrize(
    "setting", [{"decimal": ";"}, {"date": "DD/MM/YY"}, {"timezone": "Nowhere"}, {"delimiter": ""}]
)
def test_a_mapping_made_in_code_is_checked_there(setting: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Format(**setting)  # type: ignore[arg-type]


def test_a_total_of_a_mapping_is_exact(tmp_path: Path) -> None:
    text = HEAD + f"[tables.deals]\ntotals = {{ amount = {Decimal('350.50')} }}\n"
    read(Dataset.from_folder(write(tmp_path, {**FILES, "mapping.toml": text})), DEAL_PLAN)
    with pytest.raises(DataError, match="D502"):
        read(Dataset.from_folder(write(tmp_path, {"mapping.toml": text.replace(".50", ".51")})), DEAL_PLAN)
