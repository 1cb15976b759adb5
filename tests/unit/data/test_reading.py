"""Keys, references, people and inputs: what a plan asks for, read together."""

import enum
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest

from incentive import tree
from incentive.data import ColumnMap, Dataset, Mapping, TableMap, read
from incentive.data.keys import skeleton
from incentive.diagnostics import DataError, UsageError
from incentive.quantities import Money
from tests.unit.data.reads import (
    AMOUNT,
    DEAL_PLAN,
    DEALS,
    FILES,
    HEAD,
    ID,
    OWNER,
    PEOPLE,
    QUOTA,
    QUOTAS,
    ROLE,
    codes,
    findings,
    write,
)
from tests.unit.data.samples import COUNT, DATE, PERSON, TEXT, money, plan, table


def folder_codes(folder: Path, asked: tree.Plan = DEAL_PLAN, **files: str) -> list[str]:
    named = {name.replace("_", "."): content for name, content in files.items()}
    return codes(Dataset.from_folder(write(folder, {**FILES, **named})), asked)


def test_a_folder_is_read_by_the_plain_contract(tmp_path: Path) -> None:
    facts = read(Dataset.from_folder(write(tmp_path, FILES)), DEAL_PLAN)
    deals = facts.tables["deals"]
    assert deals.columns["amount"] == (100, Fraction(501, 2))
    assert deals.columns["owner"] == ("ana", "bob")
    assert (deals.file, deals.lines, deals.keys) == ("deals.csv", (2, 3), ("A1", "A2"))
    assert list(facts.people) == ["ana", "bob"]
    assert facts.people["ana"].segments[0].values == {"role": "rep"}
    cell = facts.inputs["quota"].values["bob", "2026-01"]
    assert (cell.value, cell.line, cell.file) == (2000, 3, "quota.csv")
    assert facts.recorded == frozenset()


def test_the_same_files_have_the_same_digest_and_others_another(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    first = read(Dataset.from_folder(tmp_path), DEAL_PLAN).digest
    assert read(Dataset.from_folder(tmp_path), DEAL_PLAN).digest == first
    write(tmp_path, {"deals.csv": DEALS.replace("100.00", "100.01")})
    assert read(Dataset.from_folder(tmp_path), DEAL_PLAN).digest != first


def test_all_independent_findings_come_at_once_in_order(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    write(tmp_path, {"deals.csv": "id,owner,amount\nA1,eve,1e3\nA2,bob,x\nA2,bob,1\n", "quota.csv": "a,b\n1,2\n"})
    found = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert [(each.code, each.place and each.place.line) for each in found] == [
        ("D202", 2),
        ("D303", 2),
        ("D202", 3),
        ("D301", 4),
        ("D108", 1),
        ("D108", 1),
        ("D108", 1),
    ]


def test_after_a_hundred_findings_the_rest_is_counted(tmp_path: Path) -> None:
    rows = "".join(f"A{number},ana,x\n" for number in range(250))
    write(tmp_path, {**FILES, "deals.csv": f"id,owner,amount\n{rows}"})
    found = findings(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert len(found) == 101
    assert found[-1].code == "D599"
    assert "150" in found[-1].message


def test_a_message_shows_no_more_than_the_cell(tmp_path: Path) -> None:
    found = findings(
        Dataset.from_folder(write(tmp_path, {**FILES, "deals.csv": DEALS.replace("ana", "z" * 500)})), DEAL_PLAN
    )
    assert [each.code for each in found] == ["D303"]
    assert "z" * 59 + "…" in found[0].message
    assert "250.50" not in str(found)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"deals_csv": "id,owner,amount\nA1,ana,1\nA1,bob,2\n"}, ["D301"]),
        ({"deals_csv": "id,owner,amount\n00123,ana,1\n123,bob,2\n"}, ["D302"]),
        ({"deals_csv": "id,owner,amount\na1,ana,1\nA1,bob,2\n"}, ["D302"]),
        ({"deals_csv": "id,owner,amount\nA1,ana,1\nA1 ,bob,2\n"}, ["D302"]),
        ({"deals_csv": "id,owner,amount\nA1,ana,1\n\u0410\u200b1,bob,2\n"}, ["D302"]),
        ({"deals_csv": "id,owner,amount\n123,ana,1\n123.0,bob,2\n"}, ["D302"]),
        ({"deals_csv": "id,owner,amount\n\u00e9,ana,1\ne\u0301,bob,2\n"}, ["D301"]),
        ({"deals_csv": "id,owner,amount\nA1,eve,1\n"}, ["D303"]),
        ({"deals_csv": "id,owner,amount\nA1,Ana,1\n"}, ["D305"]),
        ({"people_csv": "who,role\nana,rep\nbob,rep\nAna,rep\n"}, ["D302"]),
        ({"people_csv": "who,role\nana,rep\nbob,rep\nbob,lead\n"}, ["D306"]),
        ({"people_csv": "who,role\nana,rep\nbob,rep\n,rep\n"}, ["D201"]),
        ({"people_csv": "who,role\nana,rep\nbob,rep\n  ,rep\n"}, ["D313"]),
        ({"people_csv": "who,role\nana,rep\nbob,rep\n  \n"}, ["D113"]),
        ({"deals_csv": "id,owner,amount\n ,ana,1\n"}, ["D313"]),
        ({"deals_csv": "id,owner,amount\nA1,\u00a0,1\n"}, ["D313"]),
        ({"quota_csv": QUOTA + "  ,2026-02,5\n"}, ["D313"]),
        ({"quota_csv": QUOTA + "ana,2026-01,5\n"}, ["D309"]),
        ({"quota_csv": QUOTA + "eve,2026-01,5\n"}, ["D303"]),
        ({"quota_csv": QUOTA + "ana,2026-Q1,5\n"}, ["D217"]),
        ({"quota_csv": QUOTA + "ana,2026-13,5\n"}, ["D216"]),
        ({"quota_csv": QUOTA + "ana,2026-02,\n"}, ["D201"]),
    ],
)
def test_each_is_refused(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    assert folder_codes(tmp_path, DEAL_PLAN, **files) == expected


def test_white_space_is_no_person_no_second_key_and_no_team(tmp_path: Path) -> None:
    alone = plan(people=(tree.Field("who", PERSON),))
    assert folder_codes(tmp_path, alone, people_csv="who\nana\n  \n") == ["D113"]
    assert folder_codes(tmp_path, alone, people_csv='who\nana\n"  "\n') == ["D313"]
    mapping = HEAD + '[people]\nkeys = { badge = "Badge" }\n'
    assert folder_codes(tmp_path, alone, people_csv="who,Badge\nana,  \n", mapping_toml=mapping) == ["D313"]
    assert codes(Dataset.from_rows(people=[("ana", " ")]), plan(people=(tree.Field("team", TEXT),))) == ["D313"]
    named = Dataset.from_rows(tables={"t": [("\t",), ("ana",)]}, people_from="t.x")
    assert codes(named, plan((table("t", tree.Field("x", TEXT)),))) == ["D313"]


def test_twins_may_be_allowed(tmp_path: Path) -> None:
    mapping = HEAD + '[tables.deals.columns]\nid = { column = "id", twins = "allowed" }\n'
    assert folder_codes(tmp_path, deals_csv=DEALS + "a1,ana,1\n", mapping_toml=mapping) == []


PRODUCTS = table("products", tree.Field("sku", TEXT, key=True))


def ordered(*, optional: bool) -> tree.Plan:
    item = tree.Field("item", tree.Unit("row", table="products"), optional=optional)
    return plan((table("orders", item), PRODUCTS))


def order(item: str) -> dict[str, str]:
    return {"products_csv": "sku\np1\np2\n", "orders_csv": f"item\np2\n{item}\n"}


def test_a_reference_is_the_row_that_it_names(tmp_path: Path) -> None:
    write(tmp_path, {"products.csv": "sku\np1\np2\n", "orders.csv": "item\np2\np1\np2\n", "people.csv": PEOPLE})
    assert read(Dataset.from_folder(tmp_path), ordered(optional=False)).tables["orders"].columns["item"] == (1, 0, 1)


def test_a_reference_that_leads_nowhere_is_never_dropped(tmp_path: Path) -> None:
    assert folder_codes(tmp_path, ordered(optional=False), **order("p9")) == ["D304"]
    assert folder_codes(tmp_path, ordered(optional=True), **order("p9")) == ["D304"]
    lenient = HEAD + '[tables.orders.columns]\nitem = { column = "item", unmatched = "missing" }\n'
    assert folder_codes(tmp_path, ordered(optional=False), **order("p9"), mapping_toml=lenient) == ["D408", "D304"]
    orders = read(Dataset.from_folder(tmp_path), ordered(optional=True)).tables["orders"]
    assert orders.columns["item"] == (1, None)
    assert orders.unmatched == {"item": 1}


def test_a_table_without_key_cannot_be_referred_to(tmp_path: Path) -> None:
    asked = plan(
        (table("orders", tree.Field("item", tree.Unit("row", table="p"))), table("p", tree.Field("sku", TEXT)))
    )
    assert folder_codes(tmp_path, asked, **{**order("p1"), "p_csv": "sku\np1\n"}) == ["D311"]


SEGMENTS = plan(people=(ROLE, tree.Field("manager", PERSON, optional=True)))


def test_until_is_the_last_day_that_counts(tmp_path: Path) -> None:
    roster = "who,role,manager,from,until\nana,lead,,2026-07-01,\nana,rep,bob,,2026-06-30\nbob,lead,,,\n"
    people = read(Dataset.from_folder(write(tmp_path, {"people.csv": roster})), SEGMENTS).people
    assert [(each.start, each.end, each.values["role"]) for each in people["ana"].segments] == [
        (None, date(2026, 7, 1), "rep"),
        (date(2026, 7, 1), None, "lead"),
    ]
    assert people["ana"].segments[0].values["manager"] == "bob"
    assert people["ana"].segments[0].line == 3


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("ana,rep,,2026-01-01,2026-06-30\nana,rep,,2026-06-30,\n", ["D306"]),
        ("ana,rep,,,\nana,rep,,2026-06-30,\n", ["D306"]),
        ("ana,rep,,2026-01-02,2026-01-01\n", ["D307"]),
        ("ana,rep,eve,,\n", ["D303"]),
        ("ana,rep,,2026-01-01,2026-01-01\nana,rep,,2026-01-02,\n", []),
    ],
)
def test_segments_of_a_person_follow_one_another(tmp_path: Path, rows: str, expected: list[str]) -> None:
    assert folder_codes(tmp_path, SEGMENTS, people_csv=f"who,role,manager,from,until\n{rows}") == expected


@pytest.mark.parametrize(
    ("rows", "day", "path"),
    [
        ("ana,rep,ana,,\n", "2026-01-01", "ana → ana"),
        ("ana,rep,bob,,\nbob,rep,ana,,\n", "2026-01-01", "bob → ana → bob"),
        ("ana,rep,bob,,2020-01-31\nbob,rep,ana,,2019-12-31\nbob,rep,,2020-01-01,\n", "2019-12-31", "bob → ana → bob"),
        ("ana,rep,bob,2026-03-01,\nbob,rep,zoe,,\nzoe,rep,ana,2026-02-01,\n", "2026-03-01", "zoe → ana → bob → zoe"),
        ("ana,rep,bob,,2026-01-31\nana,rep,,2026-02-01,\nbob,rep,,,2026-01-31\nbob,rep,ana,2026-02-01,\n", "", ""),
    ],
)
def test_managers_form_no_circle_on_any_day(tmp_path: Path, rows: str, day: str, path: str) -> None:
    write(tmp_path, {"people.csv": f"who,role,manager,from,until\n{rows}"})
    found = findings(Dataset.from_folder(tmp_path), SEGMENTS)
    assert [each.code for each in found] == (["D314"] if day else [])
    assert all(f"On {day}" in each.message and path in each.message for each in found)


def test_a_deep_line_of_managers_is_no_circle_and_each_circle_is_told_once() -> None:
    deep = [(f"p{n}", "rep", f"p{n + 1}" if n < 10_000 else None) for n in range(10_001)]
    assert codes(Dataset.from_rows(people=deep), SEGMENTS) == []
    closed = [*deep[:-1], ("p10000", "rep", "p5000")]
    assert codes(Dataset.from_rows(people=closed), SEGMENTS) == ["D314"]


def test_people_may_be_the_values_of_columns() -> None:
    given = Dataset.from_rows(tables={"deals": [{"id": 1, "owner": "zoe", "amount": 5}]}, people_from="deals.owner")
    facts = read(given, plan((table("deals", ID, OWNER, AMOUNT),)))
    assert list(facts.people) == ["zoe"]
    assert codes(given, plan((table("deals", ID, OWNER, AMOUNT),), (ROLE,))) == ["D312"]
    assert codes(attrs.evolve(given, mapping=Mapping()), plan((table("deals", ID, OWNER, AMOUNT),))) == ["D123"]


def test_a_second_key_names_the_same_person(tmp_path: Path) -> None:
    mapping = (
        HEAD + '[people]\nkeys = { badge = "Badge" }\n[inputs.quota]\n'
        'participant = { column = "participant", person_key = "badge" }\n'
    )
    roster = "who,role,Badge\nana,rep,7\nbob,rep,8\n"
    quota = "participant,period,value\n7,2026-01,5\n"
    assert folder_codes(tmp_path, people_csv=roster, quota_csv=quota, mapping_toml=mapping) == []
    facts = read(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert list(facts.inputs["quota"].values) == [("ana", "2026-01")]
    assert folder_codes(tmp_path, people_csv=roster.replace("8", "7"), mapping_toml=mapping)[0] == "D308"
    undeclared = mapping.replace('keys = { badge = "Badge" }\n', "")
    assert folder_codes(tmp_path, people_csv=roster, mapping_toml=undeclared) == ["D409"]


def test_a_holder_may_be_left_out_and_is_counted(tmp_path: Path) -> None:
    mapping = HEAD + '[inputs.quota]\nunknown = "exclude"\n'
    assert folder_codes(tmp_path, quota_csv=QUOTA + "eve,2026-01,5\n", mapping_toml=mapping) == []
    quota = read(Dataset.from_folder(tmp_path), DEAL_PLAN).inputs["quota"]
    assert [(each.line, each.reason) for each in quota.excluded] == [(4, "D303")]
    assert len(quota.values) == 2
    assert quota.rows == 3


def test_a_value_of_a_period_outside_the_plan_is_told_apart(tmp_path: Path) -> None:
    assert folder_codes(tmp_path, quota_csv=QUOTA + "ana,2025-12,5\nana,2027-01,5\n") == []
    quota = read(Dataset.from_folder(tmp_path), DEAL_PLAN).inputs["quota"]
    assert quota.outside == {("ana", "2025-12"), ("ana", "2027-01")}
    assert (quota.rows, len(quota.values), quota.excluded) == (4, 4, ())


def test_a_bound_is_checked(tmp_path: Path) -> None:
    must = attrs.evolve(QUOTAS, musts=(tree.Must(">", Fraction(0)),))
    asked = plan((table("deals", ID, OWNER, AMOUNT),), (ROLE,), (must,))
    assert folder_codes(tmp_path, asked, quota_csv=QUOTA + "ana,2026-02,0\n") == ["D218"]


def test_values_of_teams_and_of_the_company() -> None:
    team, pool = (tree.Input(name, name, money(), per, "year") for name, per in (("t", "team"), ("p", "company")))  # type: ignore[arg-type]
    asked = plan(people=(tree.Field("team", TEXT),), inputs=(team, pool))
    people = [{"who": "ana", "team": "north"}]
    facts = read(Dataset.from_rows(people=people, inputs={"t": {("north", "2026"): 5}, "p": {"2026": 7}}), asked)
    assert facts.inputs["t"].values["north", "2026"].value == 5
    assert facts.inputs["p"].values["", "2026"].value == 7
    bad = Dataset.from_rows(people=people, inputs={"t": {("south", "2026"): 5}, "p": {"2026": 7}})
    assert codes(bad, asked) == ["D310"]


def test_a_value_without_period() -> None:
    asked = plan(inputs=(tree.Input("rate", "rate", tree.Unit("ratio"), "company", None),))
    facts = read(Dataset.from_rows(people=[("ana",)], inputs={"rate": Decimal("0.5")}), asked)
    assert facts.inputs["rate"].values["", ""].value == Fraction(1, 2)


def test_inputs_are_given_in_the_shapes_of_the_page() -> None:
    def made(per: str, period: str | None) -> tree.Plan:
        return plan(people=(tree.Field("team", TEXT),), inputs=(tree.Input("x", "x", money(), per, period),))  # type: ignore[arg-type]

    def values(given: object, asked: tree.Plan) -> dict[tuple[str, str], object]:
        dataset = Dataset.from_rows(people=[("ana", "north")], inputs={"x": given})
        return {pair: each.value for pair, each in read(dataset, asked).inputs["x"].values.items()}

    assert values({("ana", "2026-03"): 3}, made("participant", "month")) == {("ana", "2026-03"): 3}
    assert values({"ana": 3}, made("participant", None)) == {("ana", ""): 3}
    assert values({"north": 3}, made("team", None)) == {("north", ""): 3}
    assert values({"2026-03": 3}, made("company", "month")) == {("", "2026-03"): 3}
    for one in (3, "3", Decimal(3), Money(3, "USD")):
        assert values(one, made("company", None)) == {("", ""): 3}
    rows = [{"participant": "ana", "period": "2026-03", "value": 3}]
    assert values(rows, made("participant", "month")) == {("ana", "2026-03"): 3}


def test_a_period_may_be_the_day_in_it(tmp_path: Path) -> None:
    mapping = HEAD + '[inputs.quota]\nperiod = { column = "period", date = "DD/MM/YYYY" }\nperiod_from = "date"\n'
    quota = "participant,period,value\nana,15/02/2026,5\n"
    assert folder_codes(tmp_path, quota_csv=quota, mapping_toml=mapping) == []
    assert list(read(Dataset.from_folder(tmp_path), DEAL_PLAN).inputs["quota"].values) == [("ana", "2026-02")]


def test_rows_know_when_they_were_recorded(tmp_path: Path) -> None:
    files = {**FILES, "deals.csv": "id,owner,amount,seen\nA1,ana,1,2026-02-03\n"}
    mapping = Mapping(tables={"deals": TableMap(recorded_on=ColumnMap("seen"))})
    facts = read(Dataset.from_folder(write(tmp_path, files), mapping), DEAL_PLAN)
    assert facts.tables["deals"].recorded == (date(2026, 2, 3),)
    assert facts.recorded == {"deals"}


@attrs.frozen
class Deal:
    id: str
    owner: str
    amount: int


class Row(NamedTuple):
    id: str
    owner: str
    amount: int


@pytest.mark.parametrize(
    "row", [{"id": "1", "owner": "ana", "amount": 5}, Deal("1", "ana", 5), Row("1", "ana", 5), ("1", "ana", 5)]
)
def test_rows_of_the_host_come_in_many_shapes(row: object) -> None:
    facts = read(
        Dataset.from_rows(tables={"deals": [row]}, people=[("ana",)]), plan((table("deals", ID, OWNER, AMOUNT),))
    )
    assert facts.tables["deals"].columns == {"id": ("1",), "owner": ("ana",), "amount": (5,)}
    assert facts.tables["deals"].lines == (1,)


class Stage(enum.Enum):
    WON = "won"
    lost = 2
    OPEN = "pending"


def test_a_member_of_an_enumeration_is_its_value_or_its_name() -> None:
    asked = plan((table("t", tree.Field("s", tree.Unit("choice", choices=("won", "lost", "open")))),))
    rows = [(Stage.WON,), (Stage.lost,)]
    given = Dataset.from_rows(tables={"t": rows}, people=[("ana",)])
    assert read(given, asked).tables["t"].columns["s"] == ("won", "lost")
    assert codes(Dataset.from_rows(tables={"t": [(Stage.OPEN,)]}, people=[("ana",)]), asked) == ["D213"]
    text = plan((table("t", tree.Field("s", TEXT)),))
    assert codes(Dataset.from_rows(tables={"t": [(Stage.WON,)]}, people=[("ana",)]), text) == ["D215"]


def test_an_amount_with_its_currency_is_read_in_that_currency_alone() -> None:
    asked = plan((table("t", tree.Field("a", money("EUR"))),), inputs=(attrs.evolve(QUOTAS, period=None),))

    def given(amount: object) -> Dataset:
        return Dataset.from_rows(
            tables={"t": [(amount,)]}, people=[("ana",)], inputs={"quota": {"ana": Money(5, "USD")}}
        )

    facts = read(given(Money(Decimal("1.50"), "EUR")), asked)
    assert facts.tables["t"].columns["a"] == (Fraction(3, 2),)
    assert facts.inputs["quota"].values["ana", ""].value == 5
    assert codes(given(Money(5, "USD")), asked) == ["D220"]
    assert codes(given(Money(5, "EUR") * Fraction(1, 3)), asked) == ["D203"]
    count = plan((table("t", tree.Field("a", COUNT)),))
    assert codes(Dataset.from_rows(tables={"t": [(Money(5, "EUR"),)]}, people=[("ana",)]), count) == ["D215"]


@pytest.mark.parametrize("text", ["a\x00", "\ud800", "\ufeffa"])
def test_a_text_of_the_host_has_only_what_a_file_may_have(text: str) -> None:
    asked = plan((table("t", tree.Field("x", TEXT)),))
    assert codes(Dataset.from_rows(tables={"t": [(text,)]}, people=[("ana",)]), asked) == ["D221"]
    assert codes(Dataset.from_rows(people=[(text,)]), plan()) == ["D221"]


def test_rows_are_copied_at_once() -> None:
    rows = [{"id": "1", "owner": "ana", "amount": 5}]
    given = Dataset.from_rows(tables={"deals": rows}, people=[("ana",)])
    rows[0]["amount"] = 6
    rows.append(rows[0])
    assert read(given, plan((table("deals", ID, OWNER, AMOUNT),))).tables["deals"].columns["amount"] == (5,)


@pytest.mark.parametrize("rows", ["text", 5, {"a": 1}, [5]])
def test_what_is_no_row_is_the_callers_mistake(rows: object) -> None:
    with pytest.raises(UsageError):
        Dataset.from_rows(tables={"deals": rows})  # type: ignore[dict-item]


def test_a_row_of_the_wrong_length_is_found() -> None:
    given = Dataset.from_rows(tables={"deals": [("1", "ana")]}, people=[("ana",)])
    assert codes(given, plan((table("deals", ID, OWNER, AMOUNT),))) == ["D112"]


def test_json_gives_the_same_as_csv(tmp_path: Path) -> None:
    first, second = '{"id": "A1", "owner": "ana", "amount": 100.00}', '{"id": "A2", "owner": "bob", "amount": "250.50"}'
    write(tmp_path, {**FILES, "deals.json": f"[{first},\n {second}]"})
    (tmp_path / "deals.csv").unlink()
    deals = read(Dataset.from_folder(tmp_path), DEAL_PLAN).tables["deals"]
    assert deals.columns["amount"] == (100, Fraction(501, 2))
    assert deals.lines == (1, 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"id": "1", "owner": "ana", "amount": 1e400}]', ["D202"]),
        ('[{"id": "1", "owner": "ana", "amount": 0.30000000000000004}]', ["D203"]),
        ('[{"id": "1", "owner": "ana", "amount": ' + "9" * 5000 + "}]", ["D203"]),
        ('[{"id": 1.0, "owner": "ana", "amount": 1}]', ["D215"]),
        ('[{"id": "1", "owner": ["ana"], "amount": 1}]', ["D215"]),
        ('[{"id": "1", "owner": "ana"}]', ["D108"]),
        ('[{"id": "1", "owner": "ana", "amount": NaN}]', ["D121"]),
        ('[{"id": "1", "id": "2"}]', ["D121"]),
        ('{"id": "1"}', ["D121"]),
        ("[" * 100_000, ["D121"]),
        ('[{"id": ' + "[" * 100_000, ["D121"]),
        ("[1]", ["D121"]),
        ('[{"id": "1"},]', ["D121"]),
        ('[{"id": "1"}] x', ["D121"]),
        ("[]", ["D119"]),
        ("", ["D104"]),
    ],
)
def test_json_is_read_strictly(tmp_path: Path, text: str, expected: list[str]) -> None:
    write(tmp_path, {**FILES, "deals.json": text})
    (tmp_path / "deals.csv").unlink()
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == expected


def test_a_column_that_the_plan_does_not_declare_is_not_loaded(tmp_path: Path) -> None:
    canary = "078-05-1120"
    write(tmp_path, {**FILES, "deals.csv": f"id,owner,amount,notes\nA1,ana,x,{canary}\n"})
    with pytest.raises(DataError) as caught:
        read(Dataset.from_folder(tmp_path), DEAL_PLAN)
    assert canary not in str(caught.value.diagnostics)
    write(tmp_path, {"deals.csv": f"id,owner,amount,notes\nA1,ana,1,{canary}\n"})
    assert canary not in str(read(Dataset.from_folder(tmp_path), DEAL_PLAN))


def test_a_type_that_changes_late_is_found(tmp_path: Path) -> None:
    rows = "".join(f"A{number},ana,1\n" for number in range(40_000))
    assert folder_codes(tmp_path, deals_csv=f"id,owner,amount\n{rows}Z,ana,N/A\n") == ["D202"]


def test_findings_are_worded_in_french(tmp_path: Path) -> None:
    write(tmp_path, {**FILES, "deals.csv": DEALS.replace("100.00", "1e2")})
    with pytest.raises(DataError) as caught:
        read(Dataset.from_folder(tmp_path), DEAL_PLAN, language="fr")
    assert caught.value.diagnostics[0].message == "« 1e2 » n'est pas un nombre simple."


@pytest.mark.parametrize(("given", "expected"), [(0, []), ("3.0", []), ("2.5", ["D219"]), (-1, ["D219"])])
def test_a_count_is_whole_and_not_negative(given: object, expected: list[str]) -> None:
    deals = tree.Input("deals", "deals", COUNT, "company", None)
    asked = plan((table("t", tree.Field("n", COUNT)),))
    assert codes(Dataset.from_rows(tables={"t": [(given,)]}, people=[("ana",)]), asked) == expected
    assert codes(Dataset.from_rows(people=[("ana",)], inputs={"deals": given}), plan(inputs=(deals,))) == expected


def test_counts_and_dates_are_read_too() -> None:
    asked = plan((table("t", tree.Field("n", COUNT), tree.Field("d", DATE)),))
    facts = read(Dataset.from_rows(tables={"t": [(3, date(2026, 1, 1))]}, people=[("ana",)]), asked)
    assert facts.tables["t"].columns == {"n": (3,), "d": (date(2026, 1, 1),)}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("00123", "123", True),
        ("123.0", "0123", True),
        ("0", "000", True),
        ("A 1", "a  1", True),
        ("\uff21\uff11", "A1", True),
        ("\u0421\u041e-1", "CO-1", True),
        ("A1", "A2", False),
        ("1.5", "15", False),
        ("0A1", "A1", False),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str, alike: bool) -> None:
    assert (skeleton(one) == skeleton(other)) is alike


def test_a_skeleton_of_a_long_text_is_quick() -> None:
    assert skeleton("0" * 32_000 + "x").endswith("x")
