"""What stands in another file, and rows that are not meant."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from incentive import tree
from incentive.data import Dataset, Facts, read
from tests.unit.data.reads import AMOUNT, HEAD, ID, OWNER, ROLE, codes, findings, write
from tests.unit.data.samples import plan, table

QUALIFIED = tree.Field("qualified_on", tree.Unit("date"), optional=True)
TEAM = tree.Field("team", tree.Unit("text"), optional=True)
PLAN = plan((table("deals", ID, OWNER, AMOUNT, QUALIFIED),), (ROLE, TEAM))
MAPPING = f"""{HEAD}
[lookups.qualified]
file = "history.csv"
key = "deal"
value = {{ column = "entered", timestamp = "YYYY-MM-DD h:mm:ss", timezone = "UTC" }}
first_by = {{ column = "entered", timestamp = "YYYY-MM-DD h:mm:ss", timezone = "UTC" }}
keep = {{ stage = "sql" }}

[lookups.team_of_user]
file = "users.csv"
key = "user"
value = "team"

[lookups.team_of_owner]
file = "owners.csv"
key = "owner"
value = {{ column = "user", lookup = "team_of_user" }}

[tables.deals]
columns = {{ qualified_on = {{ column = "id", lookup = "qualified" }} }}
leave_out = {{ deleted = ["true", "1"] }}
keep = {{ deleted = ["false", ""] }}
rows = 4

[people]
file = "owners.csv"
columns = {{ who = "owner", team = {{ column = "owner", lookup = "team_of_owner" }} }}
leave_out = {{ user = "" }}
"""
FILES: Mapping[str, str | bytes] = {
    "mapping.toml": MAPPING,
    "deals.csv": "id,owner,amount,deleted\nA1,7,100,false\nA2,7,5,true\nA3,8,250.50,\nA4,8,1,1\n",
    "history.csv": "deal,stage,entered\n"
    "A1,sql,2026-02-03 10:00:00\nA1,sql,2026-01-31 23:30:00\nA1,mql,2025-01-01 0:00:00\nA2,sql,2026-05-05 9:05:00\n",
    "owners.csv": "owner,user,role\n7,u1,rep\n8,u2,rep\n9,,rep\n",
    "users.csv": "user,team\nu1,north\nu3,south\n",
}


def folder(path: Path, **files: str) -> Dataset:
    return Dataset.from_folder(write(path, {**FILES, **{name.replace("_", "."): text for name, text in files.items()}}))


def facts(path: Path, **files: str) -> Facts:
    return read(folder(path, **files), PLAN)


def test_rows_are_left_out_by_their_cells_and_counted_by_reason(tmp_path: Path) -> None:
    found = facts(tmp_path)
    assert found.tables["deals"].keys == ("A1", "A3")
    assert found.tables["deals"].lines == (2, 4)
    assert {(each.role, each.name): (each.read, each.kept, each.excluded) for each in found.files} == {
        ("lookup", "qualified"): (4, 3, (('stage ≠ "sql"', 1),)),
        ("people", "people"): (3, 2, (('user = ""', 1),)),
        ("table", "deals"): (4, 2, (('deleted = "true"', 1), ('deleted = "1"', 1))),
    }


def test_the_first_day_of_a_history_is_that_of_the_zone_of_the_plan(tmp_path: Path) -> None:
    assert facts(tmp_path).tables["deals"].columns["qualified_on"] == (date(2026, 2, 1), None)


def test_the_last_one_is_asked_for_in_the_same_way(tmp_path: Path) -> None:
    last = MAPPING.replace("first_by", "last_by")
    assert facts(tmp_path, mapping_toml=last).tables["deals"].columns["qualified_on"] == (date(2026, 2, 3), None)


def test_what_is_found_may_be_looked_up_in_turn(tmp_path: Path) -> None:
    people = facts(tmp_path).people
    assert {name: each.segments[0].values["team"] for name, each in people.items()} == {"7": "north", "8": None}


def test_a_key_with_two_values_is_refused_unless_they_are_the_same(tmp_path: Path) -> None:
    assert codes(folder(tmp_path, users_csv="user,team\nu1,north\nu1,south\n"), PLAN) == ["D316"]
    again = "user,team\nu1,north\nu1,north\n"
    assert facts(tmp_path, users_csv=again).people["7"].segments[0].values["team"] == "north"


def test_two_values_at_one_instant_are_refused_only_where_they_are_meant(tmp_path: Path) -> None:
    values = MAPPING.replace(
        'value = { column = "entered", timestamp = "YYYY-MM-DD h:mm:ss", timezone = "UTC" }',
        'value = { column = "on", date = "YYYY-MM-DD" }',
    )
    rows = "deal,stage,entered,on\nA1,sql,2026-02-03 1:00:00,2026-01-01\n"
    twice = rows + "A1,sql,2026-02-03 1:00:00,2026-01-02\n"
    (found,) = findings(folder(tmp_path, mapping_toml=values, history_csv=twice), PLAN)
    assert found.place is not None
    assert (found.code, found.place.file, found.place.line, found.place.column) == ("D316", "history.csv", 3, "on")
    earlier = twice + "A1,sql,2026-02-02 1:00:00,2026-01-03\n"
    read_ = facts(tmp_path, mapping_toml=values, history_csv=earlier)
    assert read_.tables["deals"].columns["qualified_on"] == (date(2026, 1, 3), None)


def test_a_wrong_cell_is_found_where_it_stands(tmp_path: Path) -> None:
    (found,) = findings(folder(tmp_path, history_csv="deal,stage,entered\nA1,sql,soon\n"), PLAN)
    assert found.place is not None
    assert (found.code, found.place.file, found.place.line, found.place.column) == ("D208", "history.csv", 2, "entered")


def test_a_wrong_cell_that_is_read_with_the_deal_is_found_in_its_own_file(tmp_path: Path) -> None:
    plain = MAPPING.replace("first_by", "# first_by").replace(
        'value = { column = "entered", timestamp', 'value = { column = "entered", date = "DD/MM/YYYY" } # '
    )
    (found,) = findings(folder(tmp_path, mapping_toml=plain, history_csv="deal,stage,entered\nA1,sql,soon\n"), PLAN)
    assert found.place is not None
    assert (found.code, found.place.table, found.place.file, found.place.line, found.place.column) == (
        "D205",
        "deals",
        "history.csv",
        2,
        "entered",
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('leave_out = { user = "" }', "leave_out = { user = [] }", "D405"),
        ('keep = { stage = "sql" }', "keep = { stage = true }", "D405"),
        ('keep = { deleted = ["false"', 'keep = { deleted = ["false", "1"', "D405"),
        ('key = "user"\n', "", "D405"),
        ("first_by =", 'last_by = "entered"\nfirst_by =', "D405"),
        ('lookup = "qualified"', 'lookup = "qualifed"', "D412"),
        ('lookup = "team_of_user"', 'lookup = "team_of_owner"', "D412"),
        ("first_by", "by", "D404"),
        ('key = "deal"', 'key = "deals"', "D108"),
        ('keep = { stage = "sql" }', 'keep = { stages = "sql" }', "D108"),
        ('"false", ""', '"false"', "D222"),
        ("rows = 4", "rows = 2", "D501"),
        ('"history.csv"', '"histories.csv"', "D101"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in MAPPING
    assert code in codes(folder(tmp_path, mapping_toml=MAPPING.replace(old, new)), PLAN)


def test_a_row_of_a_lookup_without_its_key_is_refused(tmp_path: Path) -> None:
    assert codes(folder(tmp_path, users_csv="user,team\n,north\n"), PLAN) == ["D201"]


@pytest.mark.parametrize(("cell", "code"), [("7.0", "D215"), ("[7]", "D215"), ('"#N/A"', "D214"), ('" "', "D313")])
def test_a_cell_that_is_no_key_is_not_one_that_is_not_found(tmp_path: Path, cell: str, code: str) -> None:
    mapping = MAPPING.replace('who = "owner", team = { column = "owner"', 'who = "owner", team = { column = "boss"')
    mapping = mapping.replace('[people]\nfile = "owners.csv"', '[people]\nfile = "people.json"')
    people = f'[{{"owner": "7", "boss": {cell}, "user": "u1", "role": "rep"}}]'
    (found,) = [
        each
        for each in findings(folder(tmp_path, mapping_toml=mapping, people_json=people), PLAN)
        if each.place is not None and each.place.table == "people"
    ]
    assert found.place is not None
    assert (found.code, found.place.file, found.place.column) == (code, "people.json", "boss")


def test_a_column_of_json_may_say_which_rows_are_meant(tmp_path: Path) -> None:
    row = '{{"id": "A{0}", "owner": "7", "amount": 1, "deleted": {1}}}'
    objects = f"[{row.format(1, 'false')},\n{row.format(2, 'true')}]"
    picked = MAPPING.replace("rows = 4", 'file = "deals.json"')
    assert facts(tmp_path, mapping_toml=picked, deals_json=objects).tables["deals"].keys == ("A1",)


def test_a_date_in_a_column_of_time_stamps_is_their_day_in_the_zone_of_the_plan(tmp_path: Path) -> None:
    stamps = MAPPING.replace('{ column = "id", lookup = "qualified" }', '{ column = "at", timezone = "UTC" }')
    rows = (
        "id,owner,amount,deleted,at\nA1,7,1,,2026-01-31 22:59:59\nA2,7,1,,2026-01-31T23:00:00Z\nA3,8,1,,\nA4,8,1,1,\n"
    )
    found = facts(tmp_path, mapping_toml=stamps, deals_csv=rows).tables["deals"]
    assert found.columns["qualified_on"] == (date(2026, 1, 31), date(2026, 2, 1), None)
