"""Give results away: a frame of payouts as a file, or to another library.

An amount leaves as a decimal of 128 bits and never as a float; whole cents of any width become such decimals first,
since the widest whole numbers of Polars are read by nobody else. A large result is written piece by piece: as a
frame, most of its memory would be the same few words over and over.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final, Literal

import polars as pl
from attrs import frozen
from polars.io.plugins import register_io_source

from incentive.columns.lines import decimals
from incentive.diagnostics import UsageError

_DIGITS: Final = 38

Kind = Literal["parquet", "csv", "arrow"]


@frozen(eq=False)
class ResultFrame:
    """A frame of results: participants, periods, components and status as text, amounts as decimals.

    It gives an Arrow stream, so `pyarrow.table(it)`, `pandas.DataFrame.from_arrow(it)` and DuckDB take it as it is.

    Shape: one row a line of a statement, in the order of the frame that it was made from.
    """

    frame: pl.DataFrame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows to whoever speaks Arrow."""
        return self.frame.__arrow_c_stream__(requested_schema)

    def write(self, path: str | Path, kind: Kind | None = None) -> None:
        """Write a file, of the kind that its name ends with unless `kind` says which.

        Raises:
            UsageError: It is of none of these kinds.
        """
        _write(self.frame.lazy(), path, kind)

    def to_pandas(self) -> object:
        """Give a frame of pandas, whose amounts are decimals still.

        Raises:
            UsageError: pandas or pyarrow is not installed.
        """
        try:
            return self.frame.to_pandas(use_pyarrow_extension_array=True)
        except ImportError as error:
            raise UsageError("a frame of pandas needs pandas and pyarrow; pip install pandas pyarrow") from error


def write_pieces(
    pieces: Iterable[pl.DataFrame], schema: Mapping[str, pl.DataType], path: str | Path, kind: Kind | None = None
) -> None:
    """Write frames one after the other to a file, and hold few of them at once; see `ResultFrame.write`.

    Args:
        pieces: the frames, made one by one; nothing goes wrong while they are made.
        schema: their columns.
        path: the file.
        kind: of which kind it is; else its name says so.

    Raises:
        UsageError: It is of none of these kinds.
    """

    def source(
        with_columns: list[str] | None, _predicate: pl.Expr | None, _rows: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        for each in pieces:
            yield each if with_columns is None else each.select(with_columns)

    _write(register_io_source(source, schema=pl.Schema(schema)), path, kind)


def _write(frame: pl.LazyFrame, path: str | Path, kind: Kind | None) -> None:
    target = Path(path)
    match kind or target.suffix.lower().removeprefix("."):
        case "parquet":
            _whole(target, partial(frame.sink_parquet, maintain_order=True))
        case "csv":
            _whole(target, partial(frame.sink_csv, maintain_order=True))
        case "arrow":
            _whole(target, partial(frame.sink_ipc, maintain_order=True))
        case other:
            raise UsageError(f"{target.name}: expected .parquet, .csv or .arrow, not {other!r}")


def _whole(target: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and move there what is whole: half of a file of payments looks like all of it.

    Raises:
        OSError: it cannot be written; then what stood there stands there still.
    """
    if target.exists() and not target.is_file():  # a device keeps nothing, and a folder is refused
        write(target)
        return
    place = target.resolve()  # a link goes on to lead where it led
    with tempfile.TemporaryDirectory(prefix=".incentive-", dir=place.parent.resolve(strict=True)) as beside:
        made = Path(beside) / place.name
        write(made)
        made.replace(place)


def result_frame(
    frame: pl.DataFrame, *, minor_digits: int | None = None, amounts: tuple[str, ...] = ("amount",)
) -> ResultFrame:
    """Take a frame of results.

    Args:
        frame: the results; amounts are decimals, or whole minor units.
        minor_digits: how many decimals whole minor units have: 2 for cents.
        amounts: the columns that hold amounts.

    Raises:
        UsageError: An amount is neither a decimal nor a whole number with `minor_digits`, or has more than 38 digits.
    """
    return ResultFrame(frame.with_columns(_decimal(frame.get_column(name), minor_digits) for name in amounts))


def _decimal(column: pl.Series, minor_digits: int | None) -> pl.Series:
    kind = column.dtype
    if isinstance(kind, pl.Decimal):
        return column.cast(pl.Decimal(_DIGITS, kind.scale))
    if not kind.is_integer() or minor_digits is None:
        raise UsageError(f"{column.name}: expected decimals, or whole minor units and minor_digits, not {kind}")
    wide = column.cast(pl.Int128)
    least, most = wide.min(), wide.max()
    if isinstance(least, int) and isinstance(most, int) and max(-least, most) >= 10**_DIGITS:
        raise UsageError(f"{column.name}: an amount has more than {_DIGITS} digits")
    return decimals(wide, minor_digits)
