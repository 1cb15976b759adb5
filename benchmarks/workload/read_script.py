"""Read the data of the workload into columns, with the file of deals in batches or held.

usage: python read_script.py FOLDER batches|held
"""

import sys
from pathlib import Path

import incentive
from incentive.columns import Limits, read_columns


def main(folder: Path, how: str) -> None:
    plan = incentive.load(Path(__file__).with_name("quarterly.plan"))
    limits = Limits() if how == "batches" else Limits(held=2**60)
    read_columns(incentive.Dataset.from_folder(folder, mapping=folder / "mapping.toml"), plan.tree, limits=limits)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
