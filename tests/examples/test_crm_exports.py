"""The mappings of the CRM examples on tables that a connector landed: real column names, hashed texts, odd cells.

No figure is made easier: what the files do not say stays missing, and what is wrong in them is found where it stands.
"""

import csv
import shutil
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import incentive
from incentive.data import Dataset, Facts, read
from incentive.diagnostics import DataError

Changed = Callable[[str], str]


@pytest.fixture
def facts_of(examples: Path, samples: Path, tmp_path: Path) -> Callable[..., Facts]:
    """Read sample files under the mapping of an example, some of it said otherwise."""

    def read_(example: str, *folders: str, changed: Changed = str, files: dict[str, str] | None = None) -> Facts:
        for folder in folders:
            if not (samples / folder).is_dir():
                pytest.skip(f"the sample {folder} is not there; INCENTIVE_SAMPLES names the folder of the samples")
            shutil.copytree(samples / folder, tmp_path, dirs_exist_ok=True)
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        said = changed((examples / example / "mapping.toml").read_text(encoding="utf-8"))
        said = said.replace("[format]\n", '[format]\nfinal_newline = "optional"\n')  # samples lack the last one
        (tmp_path / "mapping.toml").write_text(said, encoding="utf-8")
        return read(Dataset.from_folder(tmp_path), incentive.load(examples / example / "plan.plan").tree)

    return read_


def rows_of(samples: Path, name: str) -> list[dict[str, str]]:
    with (samples / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def left_out(facts: Facts, name: str) -> tuple[int, int, dict[str, int]]:
    (found,) = [each for each in facts.files if each.name == name]
    return found.read, found.kept, dict(found.excluded)


SPLITS = "id,opportunity_id,split_owner_id,split_percentage,split_type_id,is_deleted\n"


def without_splits(said: str) -> str:
    """The samples have no table of splits."""
    return said.replace('file = "sf_opportunity_split_data.csv"', 'file = "splits.csv"\nmay_be_empty = true')


def test_every_opportunity_of_the_sample_is_deleted_and_counted_so(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of("crm-salesforce", "salesforce-seeds", changed=without_splits, files={"splits.csv": SPLITS})
    assert facts.tables["deals"].rows == 0
    assert left_out(facts, "deals") == (10, 0, {'is_deleted = "true"': 10, '_fivetran_active = "false"': 0})
    assert left_out(facts, "people") == (10, 4, {'_fivetran_deleted = "true"': 5, '_fivetran_active = "false"': 1})
    assert left_out(facts, "qualified") == (10, 0, {'stage_name ≠ "Qualified"': 10})


def test_deals_of_salesforce_keep_what_their_file_says(facts_of: Callable[..., Facts], samples: Path) -> None:
    def changed(said: str) -> str:
        """Take deleted deals too; a stage is known by its hash."""
        said = without_splits(said).replace('keep = { is_deleted = "false", ', "keep = { ")
        said = said.replace('leave_out = { is_deleted = "true", ', "leave_out = { ")
        return said.replace('stage_name = "Qualified"', 'stage_name = "GavUFuuf4DrnQAoiRGlWpQ=="')

    facts = facts_of("crm-salesforce", "salesforce-seeds", changed=changed, files={"splits.csv": SPLITS})
    deals = facts.tables["deals"]
    rows = [
        each
        for each in rows_of(samples, "salesforce-seeds/sf_opportunity_data.csv")
        if each["_fivetran_active"] == "true"
    ]
    assert list(deals.keys) == [each["id"] for each in rows]
    assert [str(each) for each in deals.columns["closed_on"]] == [each["close_date"][:10] for each in rows]
    assert list(deals.columns["amount"]) == [Fraction(each["amount"]) if each["amount"] else None for each in rows]
    assert list(deals.columns["won"]) == [each["is_won"] == "true" for each in rows]
    assert deals.unmatched == {"owner": 8}  # owners are hashed, users are not
    # 2019-04-04 18:36:08 UTC is the afternoon of that day in New York
    assert deals.columns["qualified_on"][0] == date(2019, 10, 17)
    assert deals.columns["qualified_on"][2] == date(2019, 4, 4)
    assert deals.columns["qualified_on"][5] is None


def test_a_manager_who_is_hashed_is_nobody_of_the_roster(facts_of: Callable[..., Facts]) -> None:
    facts = facts_of("crm-salesforce", "salesforce-seeds", changed=without_splits, files={"splits.csv": SPLITS})
    assert sorted(facts.people) == [
        "0051G000005Mx8dQAC",
        "0051G00000600MlQAI",
        "00537000004jJQPAA2",
        "00555000003F3Q6AAK",
    ]
    assert {each.segments[0].values["manager"] for each in facts.people.values()} == {None}


OWNERS = "campaign,owner_id\n9935249409,44023296\n" + "".join(
    f"{campaign},42972304\n" for campaign in (148633856, 174096954, 167276694, 165867684, 1700252260223815)
)


def corrected(folder: Path, files: dict[str, str]) -> dict[str, str]:
    """One cell of the sample is `144.`, which is no number: here it is corrected, in the copy."""
    spend = (folder / "ads-seeds" / "facebook_ads_basic_ad_data.csv").read_text(encoding="utf-8")
    assert spend.count(",144.\n") == 1
    return {**files, "facebook_ads_basic_ad_data.csv": spend.replace(",144.\n", ",144.0\n")}


def all_owners(said: str) -> str:
    """Owners of the sample have no users but two."""
    return said.replace('leave_out = { active_user_id = "" }', "")


def test_a_number_that_is_none_is_found_where_it_stands(facts_of: Callable[..., Facts]) -> None:
    with pytest.raises(DataError) as caught:
        facts_of("crm-hubspot", "hubspot-seeds", "ads-seeds", changed=all_owners, files={"campaign_owners.csv": OWNERS})
    found: list[Any] = [(each.code, each.place) for each in caught.value.diagnostics]
    assert [(code, place.file, place.line, place.column) for code, place in found] == [
        ("D202", "facebook_ads_basic_ad_data.csv", 6, "spend")
    ]


def test_deals_contacts_and_owners_of_hubspot_are_read(facts_of: Callable[..., Facts], samples: Path) -> None:
    files = corrected(samples, {"campaign_owners.csv": OWNERS})
    facts = facts_of("crm-hubspot", "hubspot-seeds", "ads-seeds", changed=all_owners, files=files)
    rows = rows_of(samples, "hubspot-seeds/deal_data.csv")
    deals = facts.tables["deals"]
    assert deals.rows == len(rows) == 44
    assert left_out(facts, "deals") == (44, 44, {'is_deleted = "true"': 0})
    known = {each["owner_id"] for each in rows_of(samples, "hubspot-seeds/owner_data.csv")}
    assert set(facts.people) == known
    assert deals.columns["owner"] == tuple(each["owner_id"] if each["owner_id"] in known else None for each in rows)
    assert deals.unmatched.get("owner", 0) == sum(
        bool(each["owner_id"]) and each["owner_id"] not in known for each in rows
    )
    assert set(deals.columns["won"]) == {None}  # the sample's deals have no stage
    contacts = rows_of(samples, "hubspot-seeds/contact_data.csv")
    kept = [each["id"] for each in contacts if each["_fivetran_deleted"] == "FALSE"]
    assert list(facts.tables["contacts"].keys) == kept
    assert left_out(facts, "sql")[:2] == (100, 0)  # names of properties are hashed


def test_spend_of_the_ad_networks_is_exact(facts_of: Callable[..., Facts], samples: Path) -> None:
    files = corrected(samples, {"campaign_owners.csv": OWNERS})
    facts = facts_of("crm-hubspot", "hubspot-seeds", "ads-seeds", changed=all_owners, files=files)

    def total(table: str) -> Fraction:
        spent = facts.tables[table].columns["spend"]
        return sum((Fraction(each) for each in spent if isinstance(each, int | Fraction)), Fraction(0))

    micros = rows_of(samples, "ads-seeds/google_ads_campaign_stats_data.csv")
    assert total("google") == Fraction(sum(int(each["cost_micros"]) for each in micros), 10**6) == Fraction("231.33")
    dollars = rows_of(samples, "ads-seeds/linkedin_ad_analytics_by_campaign_data.csv")
    assert total("linkedin") == sum(Fraction(each["cost_in_usd"] or 0) for each in dollars) == Fraction("530.62")
    assert facts.tables["linkedin"].columns["spend"].count(None) == 9
    assert total("facebook") == Fraction("643.63")
    assert set(facts.tables["google"].columns["owner"]) == {"44023296"}


STAGES = """incentive 1 en

plan "Stages" {
  currency  USD
  period    month
  timezone  "America/Los_Angeles"
  effective from 2021-01-01 until 2021-12-31
}

facts deals {
  key id:     text
  reached_on: date optional
}

measure reached {
  count  deals
  where  reached_on is not missing
  dated  reached_on
}
"""
HISTORY = """incentive-mapping = 1
confirmed = true

[format]
final_newline = "optional"

[lookups.stage]
file = "deal_stage_data.csv"
key = "deal_id"
value = { column = "date_entered", timestamp = "YYYY-MM-DD h:mm:ss", timezone = "UTC" }
first_by = { column = "date_entered", timestamp = "YYYY-MM-DD h:mm:ss", timezone = "UTC" }
keep = { value = "f66ca9bc5a02c2f1513ce83f0a0e117d" }

[people]
file = "owner_data.csv"
columns = { who = "owner_id" }

[tables.deals]
file = "deal_stage_data.csv"
columns = { id = "deal_id", reached_on = { column = "deal_id", lookup = "stage" } }
"""


def test_a_stage_history_gives_the_first_day_of_each_deal(samples: Path, tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(HISTORY, encoding="utf-8")
    dataset = Dataset.from_folder(samples / "hubspot-seeds", tmp_path / "mapping.toml")
    facts = read(dataset, incentive.parse(STAGES).tree)
    assert left_out(facts, "stage") == (14, 6, {'value ≠ "f66ca9bc5a02c2f1513ce83f0a0e117d"': 8})
    found = dict(zip(facts.tables["deals"].keys, facts.tables["deals"].columns["reached_on"], strict=True))
    # 06:49 UTC is the evening before in Los Angeles
    assert {key: str(day) for key, day in found.items() if day is not None} == {
        "3954699413": "2021-01-06",
        "3960213299": "2021-01-07",
        "3960261242": "2021-01-07",
        "3964747759": "2021-01-09",
        "3974424485": "2021-01-11",
        "3974258388": "2021-01-11",
    }
