"""What one writes for the workload: floats, and a round at the end. Parquet files in, a Parquet file out.

usage: python float_script.py FOLDER RESULT [wide|lines]
"""

import sys
from pathlib import Path

import polars as pl


def main(folder: Path, result: Path, shape: str) -> None:
    credit = pl.col("amount") / 100 * pl.when(pl.col("segment") == "RENEWAL").then(0.5).otherwise(1.0)
    credited = (
        pl.scan_parquet(folder / "deals.parquet")
        .with_columns(period=pl.format("2025-Q{}", pl.col("closed_on").dt.quarter()), c=credit)
        .group_by("owner", "period")
        .agg(pl.col("c").sum())
    )
    team = ("team", "period")
    c, q = pl.col("c"), pl.col("q")
    found = (
        pl.scan_parquet(folder / "quota.parquet")
        .with_columns(q=pl.col("value") / 100)
        .join(credited, left_on=["participant", "period"], right_on=["owner", "period"], how="left")
        .join(pl.scan_parquet(folder / "people.parquet"), left_on="participant", right_on="who")
        .join(pl.scan_parquet(folder / "score.parquet").rename({"value": "score"}), on="participant")
        .with_columns(c.fill_null(0.0), pl.col("score").cast(pl.Float64))
        .with_columns(tc=c.sum().over(team), tq=q.sum().over(team))
        .with_columns(
            commission=(
                0.05 * pl.min_horizontal(c, q)
                + 0.075 * (pl.min_horizontal(c, 1.2 * q) - q).clip(lower_bound=0)
                + 0.10 * (c - 1.2 * q).clip(lower_bound=0)
            ).round(2),
            bonus=(
                6000 * ((0.7 * c / q + 0.3 * pl.col("tc") / pl.col("tq")) * pl.col("score")).clip(upper_bound=2.0)
            ).round(2),
        )
        .select("participant", "period", "commission", "bonus")
        .sort("participant", "period")
        .collect()
    )
    if shape == "lines":
        found = found.unpivot(["commission", "bonus"], index=["participant", "period"]).sort("participant", "period")
    found.write_parquet(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "wide")
