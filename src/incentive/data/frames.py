"""Take columns from frames of the calling program and from Parquet files.

Everything that speaks Arrow (`__arrow_c_stream__`) is taken by Polars, which alone is asked for here and only when
somebody gives a frame: without it everything else is read as ever. A frame is copied at once; its columns are kept as
they came, and become cells, one by one, where each has to be looked at.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol

from attrs import frozen

from incentive.data.cells import RawCell
from incentive.data.findings import BadCellError
from incentive.data.host_rows import cell
from incentive.diagnostics import UsageError

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = 1 - _EPOCH, date.max.toordinal() - _EPOCH  # the days that Python knows, since 1970
_TICKS = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


class Frame(Protocol):
    """A frame of Polars, of which this room only asks its shape."""

    @property
    def columns(self) -> list[str]:
        """The headers."""

    @property
    def height(self) -> int:
        """How many rows there are."""


@frozen
class FrameData:
    """Frames of the calling program, copied."""

    tables: dict[str, Frame]
    people: Frame | None
    inputs: dict[str, Frame]


def need_polars(what: str) -> None:
    """Refuse what cannot be read without Polars.

    Raises:
        UsageError: Polars is not installed.
    """
    if importlib.util.find_spec("polars") is None:
        raise UsageError(f"{what}: Polars is not installed; pip install incentive[polars]")


def snapshot_frame(given: object, name: str) -> Frame:
    """A copy of a frame.

    Raises:
        UsageError: it is no frame, or holds columns that Arrow has and Polars does not; Polars is not installed.
    """
    need_polars("Dataset.from_frames")
    import polars as pl  # noqa: PLC0415 - an optional package, for who gives a frame

    if isinstance(given, pl.LazyFrame):
        return given.collect()
    if isinstance(given, pl.DataFrame):
        return given.clone()
    if isinstance(given, pl.Series) or not hasattr(given, "__arrow_c_stream__"):
        raise UsageError(f"{name}: expected a frame that gives an Arrow stream, not {type(given).__name__}")
    try:
        taken = pl.DataFrame(given)
    except Exception as error:  # whatever the owner of the stream raises
        raise UsageError(f"{name}: its columns cannot be taken: {error}") from error
    return taken.select(pl.all().gather(pl.int_range(pl.len())))  # a copy: what is behind the stream may change


def open_parquet(content: bytes, headers: Iterable[str]) -> tuple[Frame, Sequence[str]]:
    """The columns of a Parquet file that are asked for, those that it has, and all its headers.

    Raises:
        BadCellError: D129 it is no Parquet file, or a broken one.
        UsageError: Polars is not installed.
    """
    need_polars("a Parquet file")
    import polars as pl  # noqa: PLC0415 - an optional package, for who gives a Parquet file

    try:
        there = list(pl.read_parquet_schema(io.BytesIO(content)))
        asked = [name for name in dict.fromkeys(headers) if name in there]
        height = 0 if asked else pl.scan_parquet(io.BytesIO(content)).select(pl.len()).collect().item()
        frame = pl.read_parquet(io.BytesIO(content), columns=asked) if asked else pl.DataFrame(height=height)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError):
        raise BadCellError("D129") from None
    return frame, there


def cells_of(frame: Frame, header: str) -> list[RawCell]:
    """The cells of a column, as the same rows of a program would hold them.

    Time stamps with a zone come out in UTC: what Polars knows of zones is not asked. What Python cannot hold comes out
    as text, or as a thing that is no cell.
    """
    import polars as pl  # noqa: PLC0415 - only called for a frame that was given

    assert isinstance(frame, pl.DataFrame)
    series = frame.get_column(header)
    kind = series.dtype
    if isinstance(kind, pl.Datetime):
        ticks = series.to_physical()
        days = ticks // _TICKS[kind.time_unit]
        finer = ticks % 1_000 != 0 if kind.time_unit == "ns" else None
        series = series.cast(pl.Datetime("us", kind.time_zone))
        if kind.time_zone is not None:
            series = series.dt.convert_time_zone("UTC")
    elif kind == pl.Date:
        days, finer = series.to_physical(), None
    else:
        return [cell(value) for value in series.to_list()]
    odd = ~days.is_between(_FIRST, _LAST) if finer is None else ~days.is_between(_FIRST, _LAST) | finer
    if not odd.any():
        return [cell(value) for value in series.to_list()]
    plain = frame.get_column(header).cast(pl.Int64)
    known = pl.select(pl.when(~odd).then(series)).to_series().to_list()
    return [
        f"{kind}: {number}" if strange else cell(value)
        for value, strange, number in zip(known, odd.to_list(), plain.to_list(), strict=True)
    ]


def fingerprint_of(frame: Frame, headers: Iterable[str]) -> Callable[[], str]:
    """Give a text when it is asked for: the same for the same columns, and different for different ones.

    To hash a frame takes longer than to read it. Its columns are held as they are now.
    """
    import polars as pl  # noqa: PLC0415 - only called for a frame that was given

    assert isinstance(frame, pl.DataFrame)
    asked = [name for name in dict.fromkeys(headers) if name in frame.columns]
    height, held = frame.height, frame.select(asked)

    def fingerprint() -> str:
        stream = io.BytesIO()
        held.rechunk().write_ipc_stream(stream, compat_level=pl.CompatLevel.oldest())
        return f"{height} {hashlib.sha256(stream.getbuffer()).hexdigest()}"

    return fingerprint
