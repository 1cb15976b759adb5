"""The files that `gen.py` of the workload writes, under the names of the plan. The cents stay whole."""

from pathlib import Path

import polars as pl

MINOR = {"deals": ["amount"], "quota": ["value"]}
MAPPING = """incentive-mapping = 1
confirmed = true

[tables.deals.columns]
amount = { column = "amount", unit = "minor" }

[inputs.quota]
value = { column = "value", unit = "minor" }
"""


def frames(made: Path) -> dict[str, pl.DataFrame]:
    """Give the tables, the roster and the inputs of the plan."""
    deals, reps, quotas = (pl.read_parquet(made / f"{name}.parquet") for name in ("deals", "reps", "quotas"))
    hundred = pl.lit(100).cast(pl.Decimal(38, 2))
    return {
        "deals": deals.select(owner="rep_id", amount="amount_cents", closed_on="close_date", segment="segment"),
        "people": reps.select(who="rep_id", team="team_id"),
        "quota": quotas.select(
            participant="rep_id", period=pl.format("2025-Q{}", pl.col("quarter")), value="quota_cents"
        ),
        "score": reps.select(
            participant="rep_id", value=(pl.col("score_pct").cast(pl.Decimal(38, 2)) / hundred).cast(pl.Decimal(9, 2))
        ),
    }


def write(made: Path, folder: Path) -> None:
    """Write them as Parquet files, with the mapping that says where cents are."""
    for name, frame in frames(made).items():
        frame.write_parquet(folder / f"{name}.parquet")
    (folder / "mapping.toml").write_text(MAPPING, "utf-8")
