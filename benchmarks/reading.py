"""Claim: a million deals are read strictly in a small multiple of what Polars takes to read them without any check.

INCENTIVE_BENCH names a folder with a program `gen.py` that writes `deals.parquet`, `reps.parquet` and `quotas.parquet`
into a folder: it is run as `python gen.py FOLDER`.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from measure import calls, show

from incentive import tree
from incentive.data import Dataset

NAMES = ("deals", "people", "quota")


def plan() -> tree.Plan:
    """A plan that asks for all columns of the data; nothing is computed."""
    text, money = tree.Unit("text"), tree.Unit("money", currency="EUR")
    segment = tree.Unit("choice", choices=("SMB", "MID", "ENT", "RENEWAL"))
    deals = (
        tree.Field("id", text, key=True),
        tree.Field("owner", tree.Unit("participant")),
        tree.Field("amount", money),
        tree.Field("closed_on", tree.Unit("date")),
        tree.Field("segment", segment),
    )
    return tree.Plan(
        label="A million deals",
        currency="EUR",
        period="quarter",
        year_starts=1,
        year_named_by="end",
        timezone="Europe/Paris",
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        covers=None,
        rounding="half_up",
        rounding_step=Fraction(1, 100),
        tables=(tree.Table("deals", "deals", deals),),
        people=(tree.Field("team", text),),
        inputs=(tree.Input("quota", "quota", money, "participant", "quarter"),),
        parameters=(),
        measures=(),
        groups=(),
        definitions=(),
        components=(),
    )


def write(made: Path, folder: Path) -> None:
    """Give the columns the names of the plan, as Parquet and as CSV."""
    import polars as pl  # noqa: PLC0415 - asked for in `main`

    euros = pl.col("cents").cast(pl.String).str.to_decimal(scale=0) / pl.lit(100).cast(pl.Decimal(38, 2))
    amount = euros.cast(pl.Decimal(18, 2))
    deals = pl.read_parquet(made / "deals.parquet").rename(
        {"deal_id": "id", "rep_id": "owner", "amount_cents": "cents", "close_date": "closed_on"}
    )
    people = pl.read_parquet(made / "reps.parquet").select(
        pl.col("rep_id").alias("who"), pl.format("T{}", pl.col("team_id")).alias("team")
    )
    quota = pl.read_parquet(made / "quotas.parquet").select(
        pl.col("rep_id").alias("participant"),
        pl.format("2025-Q{}", pl.col("quarter")).alias("period"),
        (pl.col("quota_cents") // 100).alias("value"),
    )
    frames = (deals.select("id", "owner", amount.alias("amount"), "closed_on", "segment"), people, quota)
    for name, frame in zip(NAMES, frames, strict=True):
        frame.write_parquet(folder / f"{name}.parquet")
        frame.write_csv(folder / f"{name}.csv")


def main() -> None:
    program = Path(os.environ.get("INCENTIVE_BENCH", "")) / "gen.py"
    if not program.is_file():
        print("skipped: INCENTIVE_BENCH does not name a folder with the program that makes the data")
        return
    if importlib.util.find_spec("polars") is None:
        print("skipped: Polars is not installed")
        return
    import polars as pl  # noqa: PLC0415 - skipped where it is not installed

    from incentive.columns import read_columns  # noqa: PLC0415 - needs Polars

    asked = plan()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made").mkdir()
        subprocess.run([sys.executable, str(program), str(folder / "made")], check=True)
        write(folder / "made", folder)
        parquet, text = ({each: folder / f"{each}.{kind}" for each in NAMES} for kind in ("parquet", "csv"))
        frames: Mapping[str, pl.DataFrame] = {each: pl.read_parquet(path) for each, path in parquet.items()}

        def framed() -> object:
            tables, inputs = {"deals": frames["deals"]}, {"quota": frames["quota"]}
            return read_columns(Dataset.from_frames(tables=tables, people=frames["people"], inputs=inputs), asked)

        seconds = calls(
            {
                "polars, Parquet": lambda: [pl.read_parquet(path) for path in parquet.values()],
                "read_columns, Parquet": lambda: read_columns(Dataset.from_files(parquet), asked),
                "read_columns, frames in memory": framed,
            },
            repeat=1,
        )
        show("a million deals from Parquet", seconds, "polars, Parquet")
        seconds = calls(
            {
                "polars, CSV": lambda: [pl.read_csv(path) for path in text.values()],
                "polars, CSV as text": lambda: [pl.read_csv(path, infer_schema=False) for path in text.values()],
                "read_columns, CSV": lambda: read_columns(Dataset.from_files(text), asked),
            },
            repeat=1,
        )
        show("a million deals from CSV", seconds, "polars, CSV")


if __name__ == "__main__":
    main()
