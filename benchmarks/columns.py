"""Claim: on columns a plan costs about as much as the exact script that an expert writes by hand for the same pay.

Accounts of rows and people, and checks of the data, which no script makes, are timed apart.

INCENTIVE_BENCH names a folder with `gen.py` and `reference.py`, which make the data of the workload and its exact
result, and `anchors/`, scripts that one would write instead; BENCH_DATA names the data, if it is made already.

usage: python columns.py [--large] [--reference] [--only]
--large adds whole processes on 10 million deals of a million people (BENCH_DATA_LARGE names them, if they are made),
--reference the explained lines of the reference engine: both take minutes. --only leaves out the rest.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from statistics import median

from measure import ENVIRONMENT, ROOT

import incentive
from incentive import engines

WORKLOAD = ROOT / "benchmarks" / "workload"
NEEDED = ("polars", "numpy", "pyarrow")
ROUNDS, RUNS = 5, 5
TIMES = 6
_ALL = ("ours", "accounts", "reading")


def timed(call: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def anchor(bench: Path, data: Path, script: str, mode: str) -> Mapping[str, float]:
    """What a script says of itself, its data loaded: `median_s` of a run, `rows_bad` of its rows."""
    found = subprocess.run(
        [sys.executable, str(bench / "anchors" / f"{script}.py"), mode],
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT | {"BENCH_DATA": str(data), "N": str(RUNS), "WARM": "1"},
    )
    said: Mapping[str, float] = json.loads(found.stdout)
    return said


def whole(command: list[str]) -> tuple[float, float]:
    """Seconds of a process, and its peak of memory in megabytes."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=ENVIRONMENT | {"PYTHONPATH": str(ROOT / "src")})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - start, used.ru_maxrss / 1024


def dataset(made: Path) -> incentive.Dataset:
    sys.path.insert(0, str(WORKLOAD))
    import files  # noqa: PLC0415 - needs Polars

    frames = files.frames(made)
    inputs = {name: frames[name] for name in ("quota", "score")}
    return incentive.Dataset.from_frames(
        tables={"deals": frames["deals"]}, people=frames["people"], inputs=inputs, minor_units=files.MINOR
    )


def wrong(made: Path, frame: engines.Frame) -> int:
    """How many people and quarters differ from the exact result in either line."""
    import numpy as np  # noqa: PLC0415 - optional
    import polars as pl  # noqa: PLC0415 - optional

    assert isinstance(frame, pl.DataFrame)
    cents = (pl.col("amount") * 100).cast(pl.Int64)
    quarter = pl.col("period").str.tail(1).cast(pl.Int64)
    lines = frame.with_columns(cents=cents, at=pl.col("participant").cast(pl.Int64) * 4 + quarter - 1).sort("at")
    right = np.load(made / "ref.npz")
    bad = np.zeros(len(right["com"]), dtype=bool)
    for name, key in (("commission", "com"), ("bonus", "bon")):
        ours = lines.filter(pl.col("component") == name)
        assert ours["at"].to_list() == list(range(len(bad)))
        bad |= ours["cents"].to_numpy() != right[key]
    return int(bad.sum())


def report(of: Mapping[str, float]) -> None:
    print(f"a million deals, 10,000 people, 4 quarters, 2 lines; medians of {ROUNDS} rounds of {RUNS} runs")
    print(f"  lines, to the exact Polars script             {of['ours'] / of['int']:6.2f} x")
    print(f"  lines, to the float Polars script             {of['ours'] / of['float']:6.2f} x")
    print(f"  explained, to the exact script that explains  {of['ours explained'] / of['intexplain']:6.2f} x")
    print(f"  explained, faster than the Decimal loop       {of['decimal+explain'] / of['ours explained']:6.2f} x")
    print(f"  accounts of every row and person, to lines    {of['accounts'] / of['ours']:6.2f} x")
    print(f"  checks of frames in memory, to our lines      {of['reading'] / of['ours']:6.2f} x")
    print(f"  checks and accounts, to the exact script      {(of['reading'] + of['accounts']) / of['int']:6.2f} x")
    print(f"  all of it, to the exact script                {sum(of[name] for name in _ALL) / of['int']:6.2f} x")
    print(f"  seconds: {', '.join(f'{name} {value:.3f}' for name, value in of.items())}")


def compute(bench: Path, made: Path) -> None:
    """From checked columns to the frame of results, beside scripts whose data is loaded."""
    from incentive.columns import read_columns  # noqa: PLC0415 - needs Polars
    from incentive.engines import columnar  # noqa: PLC0415 - needs Polars

    plan = incentive.load(WORKLOAD / "quarterly.plan")
    given = dataset(made)
    held = read_columns(given, plan.tree)
    told = plan._compiled  # noqa: SLF001 - the plan is loaded before

    def lines() -> columnar.Result:
        made_ = columnar.run(told, held, plan.periods)
        made_.frame  # noqa: B018 - it is made here
        return made_

    def accounted() -> float:
        made_ = lines()
        return timed(lambda: made_.accounting)

    def explained() -> None:
        made_ = columnar.run(told, held, plan.periods, explain=True)
        made_.frame, made_.explanations  # noqa: B018 - they are made here

    first = lines()
    accounted()
    explained()
    seconds: dict[str, list[float]] = {}
    bad: dict[str, list[int]] = {}

    def note(name: str, value: float) -> None:
        seconds.setdefault(name, []).append(value)

    for at in range(ROUNDS):
        for script, mode in (("polars_script", "int"), ("polars_script", "intexplain"), ("polars_script", "float")):
            said = anchor(bench, made, script, mode)
            note(mode, said["median_s"])
            bad.setdefault(mode, []).append(int(said["rows_bad"]))
            if mode == "int":
                note("ours", median(timed(lines) for _ in range(RUNS)))
                note("accounts", median(accounted() for _ in range(RUNS)))
            elif mode == "intexplain":
                note("ours explained", median(timed(explained) for _ in range(RUNS)))
        note("reading", median(timed(lambda: read_columns(given, plan.tree)) for _ in range(3)))
        held_ = read_columns(given, plan.tree)
        note("digest", timed(lambda held_=held_: held_.digest))
        if at % 2 == 0:
            said = anchor(bench, made, "decimal_loop", "decimal+explain")
            note("decimal+explain", said["median_s"])

    of = {name: median(values) for name, values in seconds.items()}
    report(of)
    print(f"  rows wrong of 40,000: ours {wrong(made, first.frame)}, exact script {bad['int']}, float {bad['float']}")
    print(f"  lanes: {dict(first.rows_by_lane)}")
    never = first.answers.asked == 0 and held._facts is None  # noqa: SLF001 - what nobody else can see
    print(f"  the reference engine was {'never started' if never else 'started'}")


def compiling() -> None:
    """What the first run of a plan costs above the next, on next to no data."""
    text = (WORKLOAD / "quarterly.plan").read_text("utf-8")
    rows = incentive.Dataset.from_rows(
        tables={"deals": [{"owner": "ana", "amount": 100, "closed_on": "2025-02-01", "segment": "SMB"}]},
        people=[{"who": "ana", "team": "north"}],
        inputs={"quota": {("ana", f"2025-Q{at}"): 1_000 for at in (1, 2, 3, 4)}, "score": {"ana": 1}},
    )

    def run(plan: incentive.Plan) -> None:
        plan.run(rows, engine="columnar").frame()

    run(incentive.parse(text))  # imports what is needed, for all plans
    first, second = [], []
    for _ in range(15):
        plan = incentive.parse(text)
        first.append(timed(partial(run, plan)))
        second.append(timed(partial(run, plan)))
    more = (median(first) - median(second)) * 1_000
    print(f"  first run of a plan on one deal, above its second {more:6.1f} ms of {median(second) * 1_000:.1f} ms")


def large(bench: Path, folder: Path) -> None:
    """Whole processes, from Parquet files to a Parquet file."""
    sys.path.insert(0, str(WORKLOAD))
    import files  # noqa: PLC0415 - needs Polars

    made, ready = Path(os.environ.get("BENCH_DATA_LARGE", folder / "large")), folder / "ready"
    ready.mkdir()
    if not made.is_dir():
        subprocess.run([sys.executable, str(bench / "gen.py"), str(made), "10000000", "1000000"], check=True)
    files.write(made, ready)
    scripts = {
        "ours": ["plan_script.py"],
        "float, the same lines": ["float_script.py", "lines"],
        "float, a wide file": ["float_script.py", "wide"],
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in scripts}
    for _ in range(3):
        for name, (script, *shape) in scripts.items():
            command = [sys.executable, str(WORKLOAD / script), str(ready), str(folder / "result.parquet"), *shape]
            found[name].append(whole(command))
    seconds = {name: median(each for each, _ in runs) for name, runs in found.items()}
    memory = {name: median(each for _, each in runs) for name, runs in found.items()}
    print("whole processes, 10 million deals, a million people, Parquet to Parquet; medians of 3")
    for name in list(scripts)[1:]:
        time_, peak = seconds["ours"] / seconds[name], memory["ours"] / memory[name]
        print(f"  ours to {name:<24} time {time_:6.2f} x   peak memory {peak:6.2f} x")
    print(f"  seconds: {seconds}")
    print(f"  megabytes: {memory}")
    batches(folder, ready)


def batches(folder: Path, ready: Path) -> None:
    """Memory by how many deals there are: of reading them in batches, or with the file held, and of a whole process."""
    import polars as pl  # noqa: PLC0415 - skipped where it is not installed

    more = folder / "more"
    shutil.copytree(ready, more)
    pl.concat([pl.scan_parquet(ready / "deals.parquet")] * TIMES).sink_parquet(more / "deals.parquet")
    rows = pl.scan_parquet(ready / "deals.parquet").select(pl.len()).collect().item() * (TIMES - 1)
    print(f"peak memory, of {rows / (TIMES - 1) / 1e6:.0f} million deals and {TIMES} times as many")
    for name, script, *rest in (
        ("read in batches", "read_script.py", "batches"),
        ("read, file held", "read_script.py", "held"),
        ("read and computed", "plan_script.py", str(folder / "result.parquet")),
    ):
        peaks = [whole([sys.executable, str(WORKLOAD / script), str(each), *rest])[1] for each in (ready, more)]
        grown = (peaks[1] - peaks[0]) * 2**20 / rows
        print(f"  {name:<18} {peaks[0]:6,.0f} and {peaks[1]:6,.0f} MB: {grown:.0f} bytes for each more deal")


def reference(bench: Path, made: Path) -> None:
    """The reference engine, with every line explained, beside the loop that explains and keeps what it explained."""
    plan = incentive.load(WORKLOAD / "quarterly.plan")
    facts = plan.read(dataset(made))
    kept: list[incentive.Explanation] = []
    runs: list[incentive.Run] = []
    named = 0

    def run() -> None:
        runs.append(plan.run(facts, engine="reference"))

    def drop() -> None:
        for each in runs[0].payouts:
            runs[0].explain(each.participant, each.component, each.period)

    def keep() -> None:
        kept.extend(runs[0].explain(each.participant, each.component, each.period) for each in runs[0].payouts)

    def opened() -> None:
        nonlocal named
        todo = list(kept)
        while todo:
            each = todo.pop()
            named += len(each.rows)
            todo.extend(each.children)

    before = anchor(bench, made, "decimal_loop", "decimal+explain")["median_s"]
    lines, dropped, explained, rows = timed(run), timed(drop), timed(keep), timed(opened)
    loop = (before + anchor(bench, made, "decimal_loop", "decimal+explain")["median_s"]) / 2
    print(f"reference engine, {len(kept):,} lines, each explained, to the Decimal loop that explains")
    print(f"  lines alone, with the accounts             {lines / loop:6.2f} x")
    print(f"  explained down to totals, and dropped      {(lines + dropped) / loop:6.2f} x")
    print(f"  explained down to totals, all kept         {(lines + explained) / loop:6.2f} x")
    print(f"  kept, and {named:>10,} rows named         {(lines + explained + rows) / loop:6.2f} x")
    print(
        f"  seconds: loop {loop:.2f}, lines {lines:.2f}, dropped {dropped:.2f}, kept {explained:.2f}, rows {rows:.2f}"
    )


def main() -> None:
    bench = Path(os.environ.get("INCENTIVE_BENCH", ""))
    if not (bench / "anchors").is_dir():
        print("skipped: INCENTIVE_BENCH does not name a folder with the scripts to compare with")
        return
    absent = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if absent:
        print(f"skipped: not installed: {', '.join(absent)}")
        return
    import polars as pl  # noqa: PLC0415 - skipped where it is not installed

    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, Polars {pl.__version__}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = Path(os.environ.get("BENCH_DATA", folder / "made"))
        if not (made / "ref.npz").is_file():
            for script in ("gen.py", "reference.py"):
                subprocess.run([sys.executable, str(bench / script), str(made)], check=True, capture_output=True)
        if "--only" not in sys.argv:
            compute(bench, made)
            compiling()
        if "--reference" in sys.argv:
            reference(bench, made)
        if "--large" in sys.argv:
            large(bench, folder)


if __name__ == "__main__":
    main()
