"""The workload by its plan: Parquet files in, a Parquet file out.

usage: python plan_script.py FOLDER RESULT
"""

import sys
from pathlib import Path

import incentive


def main(folder: Path, result: Path) -> None:
    plan = incentive.load(Path(__file__).with_name("quarterly.plan"))
    run = plan.run(incentive.Dataset.from_folder(folder, mapping=folder / "mapping.toml"), engine="columnar")
    run.write(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
