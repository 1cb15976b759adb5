"""The marketing funnel plan on public sample data, line by line against a plain computation with `csv`."""

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import incentive
from incentive.results import readd

HOME = ZoneInfo("America/Sao_Paulo")
MONTHS = ["2017-12", *(f"2018-{month:02d}" for month in range(1, 12))]
Lines = dict[tuple[str, str, str], tuple[str, int]]


class Deal:
    """A won deal: its day in São Paulo, how many days after the first contact, and who won it."""

    def __init__(self, row: dict[str, str], first_contact: date, zone: ZoneInfo) -> None:
        local = datetime.strptime(row["won_date"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone).astimezone(HOME)
        self.month = local.strftime("%Y-%m")
        self.days = (local.date() - first_contact).days
        self.sdr, self.rep = row["sdr_id"], row["sr_id"]


def deals_of(folder: Path, zone: ZoneInfo = HOME) -> list[Deal]:
    with (folder / "olist_marketing_qualified_leads_dataset.csv").open(encoding="utf-8", newline="") as lines:
        contacts = {row["mql_id"]: date.fromisoformat(row["first_contact_date"]) for row in csv.DictReader(lines)}
    with (folder / "olist_closed_deals_dataset.csv").open(encoding="utf-8", newline="") as lines:
        return [Deal(row, contacts[row["mql_id"]], zone) for row in csv.DictReader(lines)]


def computed_by_hand(deals: list[Deal]) -> Lines:
    fast = Counter((deal.sdr, deal.month) for deal in deals if 0 <= deal.days <= 30)
    other = Counter((deal.sdr, deal.month) for deal in deals if not 0 <= deal.days <= 30)
    won = Counter((deal.rep, deal.month) for deal in deals)
    out: Lines = {}
    for person in {deal.sdr for deal in deals} | {deal.rep for deal in deals}:
        for month in MONTHS:
            here = (person, month)
            sdr = 60 * fast[here] + 25 * other[here]
            count = won[here]
            rep = 100 * min(count, 5) + 120 * max(min(count, 10) - 5, 0) + 150 * max(count - 10, 0)
            out[person, month, "sdr"] = ("paid" if sdr else "zero", sdr)
            out[person, month, "sr"] = ("paid" if rep else "zero", rep)
    return out


def computed(run: incentive.Run) -> Lines:
    out: Lines = {}
    for each in run.payouts:
        assert each.amount is not None
        assert each.amount.exact.denominator == 1
        out[each.participant, each.period.name, each.component] = (each.status, int(each.amount.exact))
    return out


def sum_of(run: incentive.Run, component: str) -> int:
    return sum(amount for (_, _, name), (_, amount) in computed(run).items() if name == component)


@pytest.fixture(scope="module")
def folder(samples: Path) -> Path:
    return samples / "olist-funnel"


@pytest.fixture(scope="module")
def plan(examples: Path) -> incentive.Plan:
    return incentive.load(examples / "olist" / "funnel.plan")


@pytest.fixture(scope="module")
def run(plan: incentive.Plan, folder: Path, examples: Path) -> incentive.Run:
    return plan.run(incentive.Dataset.from_folder(folder, examples / "olist" / "mapping.toml"))


def test_every_line_is_what_a_plain_computation_gives(run: incentive.Run, folder: Path) -> None:
    assert computed(run) == computed_by_hand(deals_of(folder))


def test_the_totals_are_the_control_figures(run: incentive.Run) -> None:
    assert sum_of(run, "sdr") == 40_440
    assert sum_of(run, "sr") == 99_010
    assert run.pending == ()


def test_every_deal_is_accounted_for(run: incentive.Run) -> None:
    assert run.accounting.disagreements() == ()
    deals = next(each for each in run.accounting.tables if each.table == "deals")
    assert deals.read == deals.counted + sum(rows for _, rows in deals.excluded) == 842
    assert {each.measure: each.read.rows for each in run.accounting.measures} == dict.fromkeys(
        ("won", "won_fast", "won_otherwise"), 842
    )
    counted = {each.measure: each.counted.rows for each in run.accounting.measures}
    assert counted["won_fast"] + counted["won_otherwise"] == counted["won"] == 842


def test_the_thirtieth_day_counts_and_a_deal_before_its_first_contact_does_not(
    run: incentive.Run, folder: Path
) -> None:
    deals = deals_of(folder)
    assert sum(deal.days == 30 for deal in deals) == 8
    before = [deal for deal in deals if deal.days < 0]
    assert len(before) == 1
    fast = next(each for each in run.accounting.measures if each.measure == "won_fast")
    assert fast.counted.rows == sum(0 <= deal.days <= 30 for deal in deals)
    (early,) = before
    same = [deal for deal in deals if (deal.sdr, deal.month) == (early.sdr, early.month)]
    paid = computed(run)[early.sdr, early.month, "sdr"][1]
    assert paid - sum(60 if 0 <= deal.days <= 30 else 25 for deal in same if deal is not early) == 25


def test_read_in_another_time_zone_one_deal_changes_its_month(
    plan: incentive.Plan, folder: Path, examples: Path, tmp_path: Path
) -> None:
    written = (examples / "olist" / "mapping.toml").read_text("utf-8")
    other = written.replace('timezone = "America/Sao_Paulo"', 'timezone = "UTC"')
    assert other != written
    (tmp_path / "mapping.toml").write_text(other, "utf-8")
    run = plan.run(incentive.Dataset.from_folder(folder, tmp_path / "mapping.toml"))
    shifted = deals_of(folder, ZoneInfo("UTC"))
    assert computed(run) == computed_by_hand(shifted)
    moved = [deal for deal, here in zip(shifted, deals_of(folder), strict=True) if deal.month != here.month]
    assert len(moved) == 1
    assert sum_of(run, "sr") == 99_060


def test_explanations_add_up_again(run: incentive.Run) -> None:
    for each in run.payouts[::41]:
        explanation = run.explain(each.participant, each.component, each.period.name)
        assert readd(explanation)
        assert each.amount is not None
        assert explanation.value == each.amount.exact
