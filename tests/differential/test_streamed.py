"""A file that is read in batches gives the bytes that the same rows give in memory, for plans that are drawn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from incentive.columns import Limits, columns_of, read_columns, reading
from incentive.data import ColumnMap, Dataset, Format, InputMap, PeopleMap, SourceMap, TableMap, read
from incentive.data import Mapping as Declared
from incentive.engines.columnar import run
from incentive.tree import Plan
from tests.differential.comparing import make_case
from tests.differential.rows import Data

SEEDS = range(5_000_000, 5_000_040)
LIMITS = (Limits(held=-1, rows=5, block=400), Limits(held=-1, rows=64, block=100_000))


def text(value: object) -> str:
    """A cell as a file holds it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case datetime():
            return value.isoformat()
        case _:
            return str(value)


def lines(headers: Sequence[str], rows: Iterable[Mapping[str, object]], end: str = "\n") -> str:
    """A file of these rows."""
    quoted = (
        [f'"{text(row.get(name))}"' if name == headers[0] else text(row.get(name)) for name in headers] for row in rows
    )
    return "".join(",".join(each) + end for each in [list(headers), *quoted])


def files(data: Data, plan: Plan, folder: Path) -> Dataset:
    """Write rows as files."""
    recorded = data.recorded and "deals" in data.tables
    for table in plan.tables:
        headers = [each.name for each in table.fields] + (["seen"] if recorded and table.name == "deals" else [])
        (folder / f"{table.name}.csv").write_text(lines(headers, data.tables[table.name]), "utf-8")
    people = ["who", "from", "until", *(each.name for each in plan.people if each.name != "who")]
    (folder / "people.csv").write_text(lines(list(dict.fromkeys(people)), data.people), "utf-8")
    for each in plan.inputs:
        headers = [*(each.per,) * (each.per != "company"), *("period",) * (each.period is not None), "value"]
        cells = data.inputs[each.name]
        if isinstance(cells, list):
            headers = [each.per, "from", "until", "value"]
        rows = (
            cells
            if isinstance(cells, list)
            else [
                dict(zip(headers, [*(key if isinstance(key, tuple) else (key,)), value], strict=True))
                for key, value in cells.items()
            ]
        )
        (folder / f"{each.name}.csv").write_text(lines(headers, rows), "utf-8")
    style = SourceMap(format=Format(timezone="Europe/Paris"), may_be_empty=True)
    tables = {
        each.name: TableMap(style, recorded_on=ColumnMap("seen") if recorded and each.name == "deals" else None)
        for each in plan.tables
    }
    mapping = Declared(style.format, tables, {each.name: InputMap(style) for each in plan.inputs}, PeopleMap(style))
    return Dataset.from_folder(folder, mapping)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_read_in_batches_is_paid_alike(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(seed)
    plan = case.parsed
    assert plan is not None
    dataset = files(case.data, plan.tree, tmp_path)
    held = columns_of(read(dataset, plan.tree), plan.tree)
    paid = partial(run, plan._compiled, periods=plan.periods, participants=case.asked, as_of=case.as_of)
    expected = paid(held)

    def no_help(*_: object) -> None:
        raise AssertionError("the fast reader asked for help")

    monkeypatch.setattr(reading, "columns_of", no_help)
    for limits in LIMITS:
        found = paid(read_columns(dataset, plan.tree, limits=limits))
        assert found.frame.write_ipc(None).getvalue() == expected.frame.write_ipc(None).getvalue()
        assert found.result.to_dict() == expected.result.to_dict()
        assert found.settled_frame.equals(expected.settled_frame)
