"""Choose an engine: both give the same digits, one is for few lines, the other for many.

The columnar engine needs Polars, which the core install does not bring; this is the one place that asks whether it is
there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, Protocol

from incentive import results
from incentive.data import Dataset, Facts
from incentive.diagnostics import UsageError
from incentive.engines.reference import Compiled
from incentive.quantities import Period
from incentive.results import Accounting, LaneReport, Payout, Settlement
from incentive.tree import Plan

Engine = Literal["reference", "columnar"]
EngineChoice = Literal["auto", "reference", "columnar"]
FileKind = Literal["parquet", "csv", "arrow"]
MANY_ROWS: Final = 20_000
"""From so many rows of measured tables, or lines to pay, on columns are faster, their making included."""


MANY_BYTES: Final = 1_000_000
"""From so many bytes of files on, they are read into columns."""


class Frame(Protocol):
    """A data frame: whatever speaks Arrow takes it."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The frame as an Arrow stream."""


class ColumnarRun(Protocol):
    """A run on columns."""

    @property
    def accounting(self) -> Accounting:
        """What became of every row and every person."""

    @property
    def accounting_report(self) -> LaneReport:
        """How they were accounted for."""

    @property
    def rows_of(self) -> Callable[[], Facts]:
        """Gives what was read, row by row."""

    @property
    def frame(self) -> Frame:
        """The lines."""

    def write(self, path: str | Path, kind: FileKind | None = None) -> None:
        """Write the lines to a file."""

    @property
    def explanations(self) -> Frame:
        """The figures behind the lines, if they were kept."""

    @property
    def lanes(self) -> Sequence[LaneReport]:
        """How they were computed."""

    @property
    def settled_frame(self) -> Frame:
        """What they were settled to."""

    @property
    def settlement_report(self) -> LaneReport | None:
        """How they were settled."""

    @property
    def result(self) -> results.Run:
        """The lines as objects."""


def choose(engine: EngineChoice, compiled: Compiled, facts: Facts, periods: int, *, explain: bool = False) -> Engine:
    """Choose by size and by what is installed; columns that explain are kept by the columnar engine only.

    Raises:
        UsageError: The columnar engine is asked for, and Polars is not installed; or the name is no engine.
    """
    _check(engine, explain=explain)
    if engine != "auto" or explain:
        return "reference" if engine == "reference" else "columnar"
    measured = {measure.table for measure in compiled.plan.measures}
    rows = sum(facts.tables[name].rows for name in measured)
    lines = len(facts.people) * periods * len(compiled.plan.components)
    there = find_spec("polars") is not None
    return "columnar" if there and max(rows, lines) >= MANY_ROWS else "reference"


def _check(engine: EngineChoice, *, explain: bool) -> None:
    if engine not in {"auto", "reference", "columnar"}:
        raise UsageError(f"engine: expected auto, reference or columnar, not {engine!r}")
    if explain and engine == "reference":
        raise UsageError(
            "explain: only the columnar engine keeps figures for every line; explain one by run.explain(…)"
        )
    if (explain or engine == "columnar") and find_spec("polars") is None:
        raise UsageError("engine: the columnar engine needs Polars; install it by: pip install 'incentive[polars]'")


def on_columns(engine: EngineChoice, dataset: Dataset, *, explain: bool = False) -> bool:
    """Tell whether data is read into columns at once: it is asked for, or the data is large or comes in frames.

    Raises:
        UsageError: The engine is none, or is not installed.
    """
    _check(engine, explain=explain)
    if engine != "auto" or explain:
        return engine != "reference"
    if find_spec("polars") is None:
        return False
    return dataset.frames is not None or dataset.size >= MANY_BYTES


def run_columnar(  # noqa: PLR0913 - as a run
    compiled: Compiled,
    data: Facts | Dataset,
    periods: Iterable[Period],
    *,
    as_of: date | None = None,
    participants: Iterable[str] | None = None,
    explain: bool = False,
) -> ColumnarRun | None:
    """Run a plan on columns, from facts or from data that is read into columns; see `run`.

    Returns:
        The run; None where a number of the data is too wide for any column.

    Raises:
        DataError: Something in the data is wrong; nothing was computed.
    """
    from incentive import columns  # noqa: PLC0415 - an optional package
    from incentive.engines import columnar  # noqa: PLC0415 - an optional package

    plan = compiled.plan
    try:
        if isinstance(data, Dataset):
            held = columns.read_columns(data, plan, language=compiled.language)
        else:
            held = columns.columns_of(data, plan)
        return columnar.run(compiled, held, periods, as_of=as_of, participants=participants, explain=explain)
    except columns.NotLoweredError:
        return None


def frame_of(payouts: Iterable[Payout], plan: Plan) -> Frame:
    """Write lines as a data frame; see `ColumnarRun.frame`.

    Raises:
        UsageError: Polars is not installed.
    """
    _check_frames()
    from incentive import columns  # noqa: PLC0415 - an optional package

    return columns.lines_frame(payouts, plan)


def write_lines(payouts: Iterable[Payout], plan: Plan, path: str | Path, kind: FileKind | None = None) -> None:
    """Write lines to a file; see `ColumnarRun.write`.

    Raises:
        UsageError: Polars is not installed, or the file is of no known kind.
    """
    _check_frames()
    from incentive import columns  # noqa: PLC0415 - an optional package

    columns.ResultFrame(columns.lines_frame(payouts, plan)).write(path, kind)


def settled_frame_of(settlements: Iterable[Settlement], plan: Plan) -> Frame:
    """Write settlements as a data frame; see `ColumnarRun.settled_frame`.

    Raises:
        UsageError: Polars is not installed.
    """
    _check_frames()
    from incentive import columns  # noqa: PLC0415 - an optional package

    return columns.settled_frame(settlements, plan)


def _check_frames() -> None:
    if find_spec("polars") is None:
        raise UsageError("frame: a data frame needs Polars; install it by: pip install 'incentive[polars]'")
