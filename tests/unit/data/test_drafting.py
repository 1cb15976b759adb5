"""A drafted mapping: written down, refused, and right once confirmed."""

from pathlib import Path

from incentive import tree
from incentive.data import Dataset, draft_mapping, read
from tests.unit.data.reads import AMOUNT, DEAL_PLAN, FILES, ID, OWNER, ROLE, codes, write
from tests.unit.data.samples import DATE, money, plan, table

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


def test_a_draft_says_what_it_did_not_find(tmp_path: Path) -> None:
    text = draft_mapping(PLAN, write(tmp_path, {"deals.csv": "id,owner\n"}), "fr")
    assert '# amount = ""  # MANQUE : aucune colonne ne lui ressemble' in text
    assert "MANQUE : aucun fichier ne lui ressemble" in text
    write(tmp_path, {"mapping.toml": text})
    assert codes(Dataset.from_folder(tmp_path), PLAN) == ["D403"]
