"""A drafted mapping: written down, refused, and right once confirmed."""

import tomllib
from pathlib import Path

import pytest

import incentive
from incentive import tree
from incentive.data import Dataset, draft_mapping, read
from tests.unit.data.reads import AMOUNT, DEAL_PLAN, FILES, ID, OWNER, ROLE, codes, write
from tests.unit.data.samples import DATE, TEXT, money, plan, table

PLAN = plan(
    (table("deals", ID, OWNER, AMOUNT, tree.Field("closed_on", DATE)),),
    (ROLE,),
    (tree.Input("quota", "quota", money(), "participant", "month"),),
)
EXPORT = {
    "Deals 2026.csv": "ID;Owner;Amount;Net amount;Closed On\n1;ana;100.00;80.00;28/02/2026\n",
    "people.csv": "Who;Role;Hired\nana;rep;2020\n",
    "Quota.csv": "Participant;Period;Quota\nana;28/02/2026;500",
}


def test_a_draft_is_refused_until_it_is_confirmed(tmp_path: Path) -> None:
    text = draft_mapping(DEAL_PLAN, write(tmp_path, FILES))
    write(tmp_path, {"mapping.toml": text})
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == ["D403"]
    write(tmp_path, {"mapping.toml": text.replace("confirmed = false", "confirmed = true")})
    assert codes(Dataset.from_folder(tmp_path), DEAL_PLAN) == []


def test_a_draft_finds_names_forms_and_delimiters(tmp_path: Path) -> None:
    text = draft_mapping(PLAN, write(tmp_path, EXPORT))
    assert 'amount = "Amount"  # or "Net amount"' in text
    write(tmp_path, {"mapping.toml": text.replace("confirmed = false", "confirmed = true")})
    facts = read(Dataset.from_folder(tmp_path), PLAN)
    assert facts.tables["deals"].columns["amount"] == (100,)
    assert list(facts.inputs["quota"].values) == [("ana", "2026-02")]


FRENCH = Path(__file__).parents[3] / "examples" / "target-bonus-fr"


def confirmed(text: str) -> str:
    return text.replace("confirmed = false", "confirmed = true")


def test_a_draft_of_an_export_in_french_reads_it_as_its_mapping_does(tmp_path: Path) -> None:
    asked = incentive.load(FRENCH / "plan.plan")
    text = asked.draft_mapping(FRENCH / "data")
    assert tomllib.loads(text)["tables"]["affaires"]["columns"]["signée_le"]["date"] == "DD/MM/YYYY"
    (tmp_path / "mapping.toml").write_text(confirmed(text), encoding="utf-8")
    drafted = read(Dataset.from_folder(FRENCH / "data", tmp_path / "mapping.toml"), asked.tree)
    written = read(Dataset.from_folder(FRENCH / "data", FRENCH / "mapping.toml"), asked.tree)
    assert (drafted.tables, drafted.people, drafted.inputs) == (written.tables, written.people, written.inputs)


@pytest.mark.parametrize("folder", sorted(FRENCH.parent.glob("*/data")), ids=lambda folder: folder.parent.name)
def test_every_draft_is_toml(folder: Path, tmp_path: Path) -> None:
    asked = incentive.load(folder.parent / "plan.plan")
    for data in (folder, tmp_path):
        assert tomllib.loads(asked.draft_mapping(data))["confirmed"] is False


def test_a_header_of_any_characters_is_written_as_toml(tmp_path: Path) -> None:
    header = 'Amount "\\\t\x01\U000e0001'
    write(tmp_path, {"deals.csv": '"{}";b\n1;2\n'.format(header.replace('"', '""'))})
    parsed = tomllib.loads(draft_mapping(DEAL_PLAN, tmp_path))
    assert parsed["tables"]["deals"]["columns"]["amount"] == header


def test_names_that_toml_does_not_take_bare_are_quoted(tmp_path: Path) -> None:
    asked = plan(
        (table("été", tree.Field("clé", TEXT, key=True), tree.Field("à_part", TEXT)),),
        inputs=(tree.Input("quotité", "q", money(), "company", None),),
    )
    parsed = tomllib.loads(draft_mapping(asked, tmp_path))
    assert (set(parsed["tables"]), set(parsed["inputs"])) == ({"été"}, {"quotité"})
    write(tmp_path, {"été.csv": "Clé,À part\n1,x\n", "Quotité.csv": 'Quotité\n"1,5"\n'})
    parsed = tomllib.loads(draft_mapping(asked, tmp_path))
    assert parsed["tables"]["été"]["columns"] == {"clé": "Clé", "à_part": "À part"}
    assert parsed["inputs"]["quotité"]["value"] == {"column": "Quotité", "decimal": ","}


@pytest.mark.parametrize(
    ("unit", "cells", "expected"),
    [
        (money(), ["1.5", "2"], "'X'"),
        (money(), ["1,5", "2"], "{ column = 'X', decimal = ',' }"),
        (money(), ["1 234,5", "2"], "{ column = 'X', decimal = ',', grouping = ' ' }"),
        (money(), ["1,234", "2"], "{ column = 'X', decimal = ',' }  # or grouping = ','"),
        (money(), ["1,234.5"], "{ column = 'X', grouping = ',' }"),
        (money(), ["x"], "'X'"),
        (tree.Unit("yes_no"), ["Oui", "NON"], "{ column = 'X', values = { 'NON' = false, 'Oui' = true } }"),
        (tree.Unit("yes_no"), ["maybe"], "'X'"),
        (
            tree.Unit("choice", choices=("won", "lost", "open")),
            ["Won", "LOST", "pending"],
            (
                "{ column = 'X', values = { 'Won' = 'won', 'LOST' = 'lost', 'pending' = 'open' } }"
                "  # CHECK: what each cell means"
            ),
        ),
        (tree.Unit("choice", choices=("won", "lost")), ["lost", "a", "b"], "'X'"),
    ],
)
def test_a_draft_says_how_cells_are_written(tmp_path: Path, unit: tree.Unit, cells: list[str], expected: str) -> None:
    asked = plan((table("t", tree.Field("x", unit)),))
    write(tmp_path, {"t.csv": "X;Y\n" + "".join(f"{cell};0\n" for cell in cells)})
    assert "x = " + expected.replace("'", '"') in draft_mapping(asked, tmp_path).splitlines()


def test_the_roster_is_known_by_its_headers_and_keys_by_what_files_share(tmp_path: Path) -> None:
    account = tree.Field("account", tree.Unit("row", table="accounts"))
    asked = plan(
        (table("deals", account, OWNER), table("accounts", tree.Field("account", TEXT, key=True))),
        (ROLE, tree.Field("team", TEXT)),
    )
    files = {
        "Deals.csv": "Account name,AccountID,Owner\nAcme,7,ana\n",
        "Accounts.csv": "Account label,AccountID\nAcme,7\n",
        "Staff.csv": "Salesperson,Title,Group\nana,rep,north\n",
    }
    parsed = tomllib.loads(draft_mapping(asked, write(tmp_path, files)))
    assert parsed["people"]["file"] == "Staff.csv"
    assert parsed["people"]["columns"] == {"who": "Salesperson", "role": "Title", "team": "Group"}
    assert parsed["tables"]["deals"]["columns"]["account"] == "AccountID"
    assert parsed["tables"]["accounts"]["columns"]["account"] == "AccountID"


def test_a_draft_says_what_it_did_not_find(tmp_path: Path) -> None:
    text = draft_mapping(PLAN, write(tmp_path, {"deals.csv": "id,owner\n"}), "fr")
    assert '# amount = ""  # MANQUE : aucune colonne ne lui ressemble' in text
    assert "MANQUE : aucun fichier ne lui ressemble" in text
    write(tmp_path, {"mapping.toml": text})
    assert codes(Dataset.from_folder(tmp_path), PLAN) == ["D403"]


EXPORTS = {
    "crm-salesforce": [
        'file = "sf_opportunity_data.csv"',
        'owner = "owner_id"',
        'amount = "amount"',
        'won = "is_won"',
        'closed_on = { column = "close_date", date = "YYYY-MM-DD hh:mm:ss" }',
        'file = "sf_user_data.csv"',
        'who = "id"',
        'manager = "manager_id"',
    ],
    "crm-hubspot": [
        'file = "deal_data.csv"',
        'id = "deal_id"',
        'owner = "owner_id"',
        'amount = "property_amount"',
        'closed_on = { column = "property_closedate", timezone = "UTC" }',
        'spend = { column = "cost_micros", unit = "micros" }',
        'spent_on = "date"',
        'spent_on = { column = "day", date = "YYYY-MM-DD hh:mm:ss" }',
        'spend = "spend"',
    ],
    "crm-odoo-fr": [
        'file = "crm_lead.csv"',
        '"numéro" = "id"',
        'commercial = "user_id"',
        'montant = "expected_revenue"',
        '"probabilité" = { column = "probability", unit = "percent" }',
        '"créée_le" = { column = "create_date", timezone = "UTC" }',
        '"signée_le" = { column = "date_closed", timezone = "UTC" }',
    ],
}


@pytest.mark.parametrize("name", EXPORTS)
def test_a_draft_finds_owners_amounts_and_days_in_the_exports_of_a_crm(name: str) -> None:
    folder = FRENCH.parent / name
    drafted = {
        line.split("  #")[0]
        for line in incentive.load(folder / "plan.plan").draft_mapping(folder / "data").splitlines()
    }
    assert set(EXPORTS[name]) <= drafted
