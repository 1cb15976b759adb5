"""The fast reader says what the small reader says, about the same bytes."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from attrs import evolve

from incentive import load, tree
from incentive.data import Dataset, read
from incentive.diagnostics import DataError, Diagnostic
from tests.unit.data.reads import FILES, write
from tests.unit.data.samples import ADVENTURE, ADVENTURE_MAPPING, OLIST, OLIST_MAPPING
from tests.unit.data.test_messages import CASES, HOST

pl = pytest.importorskip("polars", reason="Polars is not installed")

from incentive.columns import Limits, columns_of, read_columns  # noqa: E402 - after Polars was found
from incentive.columns import reading as fast  # noqa: E402
from incentive.engines import columnar  # noqa: E402
from tests.unit.columns.plain import plain  # noqa: E402

BATCHES = (Limits(held=-1, rows=2, block=48), Limits(held=-1, rows=3, block=4_096))
LARGE_BATCHES = (Limits(held=-1, rows=9_999, block=2**20),)  # of files with many rows
PROJECT = Path(__file__).parents[3]
EXAMPLES = ["quickstart", "campaign-bonus", "target-bonus-fr"]
EXPORTS = ["crm-salesforce", "crm-hubspot", "crm-odoo-fr"]
SAMPLES = Path(os.environ.get("INCENTIVE_SAMPLES", PROJECT.parent / "shared" / "data"))


def by(dataset: Dataset, plan: tree.Plan, batches: Sequence[Limits] = BATCHES) -> tuple[object, object]:
    """What the small reader gives, or what it finds, and the same of the fast one.

    In batches of any size the fast one gives the same too: all columns, since the plan's label names them.
    """
    names = [each.name for table in plan.tables for each in table.fields]
    plan = evolve(plan, label=".".join([plan.label, *names]))

    def small() -> object:
        return plain(columns_of(read(dataset, plan), plan))

    quick = _outcome(lambda: plain(read_columns(dataset, plan)))
    for limits in batches:
        some = _outcome(lambda limits=limits: plain(read_columns(dataset, plan, limits=limits)))
        assert some == quick
    return _outcome(small), quick


def _outcome(read_it: object) -> object:
    try:
        return read_it()  # type: ignore[operator]
    except DataError as error:
        return error.diagnostics


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No help from the small reader."""

    def no_help(*_: object) -> None:
        raise AssertionError("the fast reader asked for help")

    monkeypatch.setattr(fast, "columns_of", no_help)


def sample(name: str) -> Path:
    folder = SAMPLES / name
    if not folder.is_dir():
        pytest.skip(f"the sample {name} is not there; INCENTIVE_SAMPLES names the folder of the samples")
    return folder


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("name", [*EXAMPLES, *EXPORTS])
def test_the_examples_are_read_alike(name: str) -> None:
    folder = PROJECT / "examples" / name
    mapping = folder / "mapping.toml"
    dataset = Dataset.from_folder(folder / "data", mapping if mapping.exists() else None)
    small, quick = by(dataset, load(folder / "plan.plan").tree)
    assert isinstance(small, Mapping)
    assert quick == small


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("example", "plan", "folder"),
    [
        ("adventureworks", "field-sales.plan", "adventureworks-sales"),
        ("olist", "funnel.plan", "olist-funnel"),
    ],
)
def test_the_public_samples_are_read_alike(example: str, plan: str, folder: str) -> None:
    home = PROJECT / "examples" / example
    dataset = Dataset.from_folder(sample(folder), home / "mapping.toml")
    small, quick = by(dataset, load(home / plan).tree, LARGE_BATCHES)
    assert isinstance(small, Mapping)
    assert quick == small


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("plan", "mapping", "folder"),
    [(ADVENTURE, ADVENTURE_MAPPING, "adventureworks-sales"), (OLIST, OLIST_MAPPING, "olist-funnel")],
)
def test_mapped_samples_are_read_alike(tmp_path: Path, plan: tree.Plan, mapping: str, folder: str) -> None:
    where = write(tmp_path, {"mapping.toml": mapping}) / "mapping.toml"
    small, quick = by(Dataset.from_folder(sample(folder), where), plan, LARGE_BATCHES)
    assert isinstance(small, Mapping)
    assert quick == small


@pytest.mark.parametrize("code", CASES)
def test_every_finding_is_the_small_readers(tmp_path: Path, code: str) -> None:
    case = CASES[code]
    dataset = HOST.get(code)
    if dataset is None:
        kept = {name: text for name, text in {**FILES, **case.files}.items() if text is not None}
        case.prepare(write(tmp_path, kept))
        dataset = Dataset.from_folder(tmp_path)
    small, quick = by(dataset, case.plan)
    assert isinstance(small, tuple)
    assert isinstance(small[0], Diagnostic)
    assert quick == small


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("name", [*EXAMPLES, *EXPORTS])
def test_what_was_read_fast_is_paid_alike(name: str) -> None:
    folder = PROJECT / "examples" / name
    mapping = folder / "mapping.toml"
    dataset = Dataset.from_folder(folder / "data", mapping if mapping.exists() else None)
    plan = load(folder / "plan.plan")
    paid = columnar.run(plan._compiled, read_columns(dataset, plan.tree), plan.periods)
    assert paid.payouts == plan.run(dataset, engine="reference").results.payouts
    assert paid.accounting == plan.run(dataset, engine="reference").results.accounting
