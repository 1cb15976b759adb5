"""Drawn plans and data as files: both engines keep the same run, and what is kept gives the same again.

The first period is closed on what was known then, the others after it on all data, so that folders hold corrections,
causes, rows that count nowhere and lines that wait, of whatever a plan can say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

import incentive
from incentive import folders, tree
from incentive.engines import EngineChoice
from tests.differential.comparing import Case, make_case
from tests.differential.rows import Cells, Data
from tests.differential.test_closing import earlier

pytest.importorskip("polars")

SEEDS = range(6_200_000, 6_200_012)
ENGINES: tuple[EngineChoice, ...] = ("reference", "columnar")


def as_files(case: Case, data: Data, folder: Path) -> incentive.Dataset:
    """The data of a case in JSON files, with a mapping."""
    assert case.parsed is not None
    plan = case.parsed.tree
    folder.mkdir()
    for name, rows in {**data.tables, "people": data.people}.items():
        _put(folder / f"{name}.json", rows)
    for each in plan.inputs:
        _put(folder / f"{each.name}.json", list(_cells(each, data.inputs.get(each.name, {}))))
    lines = ["incentive-mapping = 1", "confirmed = true", "format.timezone = 'Europe/Paris'"]
    lines += [f"tables.{each.name}.may_be_empty = true" for each in plan.tables]
    lines += [f"inputs.{each.name}.may_be_empty = true" for each in plan.inputs if "." not in each.name]
    if data.recorded and "deals" in data.tables:
        lines.append("tables.deals.recorded_on = 'seen'")
    (folder / "mapping.toml").write_text("\n".join(lines) + "\n", "utf-8")
    return incentive.Dataset.from_folder(folder)


def _cells(declared: tree.Input, cells: Cells) -> Iterator[Mapping[str, object]]:
    if isinstance(cells, list):
        yield from cells
        return
    holder = [] if declared.per == "company" else [declared.per]
    names = [*holder, *(["period"] if declared.period else [])]
    for place, value in cells.items():
        keys = place if isinstance(place, tuple) else (place,)
        yield {**dict(zip(names, keys, strict=True)), "value": value}


def _put(path: Path, rows: list[Mapping[str, object]] | list[dict[str, object]]) -> None:
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    path.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


def _plain(value: object) -> object:
    match value:
        case Decimal() | Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case _:
            return value


def held(folder: folders.RunFolder) -> dict[str, bytes]:
    """The files of a folder but its manifest."""
    return {name: (folder.path / name).read_bytes() for name in folder.manifest.files}


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_keep_the_same_run_and_each_audits_the_other(seed: int, tmp_path: Path) -> None:
    case = make_case(seed)
    plan, random = case.parsed, Random(seed)
    assert plan is not None
    known = as_files(case, earlier(case, random), tmp_path / "known")
    whole = as_files(case, case.data, tmp_path / "whole")
    names = [each.name for each in plan.periods]
    made: dict[EngineChoice, list[folders.RunFolder]] = {}
    for engine in ENGINES:
        first = folders.write(plan.run(known, period=names[0], engine=engine), tmp_path / f"{engine}-1").folder
        made[engine] = [first]
        if len(names) > 1:
            run = plan.run(whole, since=names[1], until=names[1], engine=engine, after=first.closed)
            made[engine].append(folders.write(run, tmp_path / f"{engine}-2", previous=first).folder)
    for one, other in zip(*made.values(), strict=True):
        assert one.id == other.id
        assert held(one) == held(other)
    for engine, other in zip(ENGINES, reversed(ENGINES), strict=True):
        first = made[engine][0]
        assert folders.audit(first.path, engine=other).findings == ()
        for each in made[engine][1:]:
            assert folders.audit(each.path, previous=first.path, engine=other).findings == ()
