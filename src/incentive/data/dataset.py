"""Say where data comes from, without reading it yet."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from pathlib import Path

from attrs import field, frozen

from incentive.data.frames import Frame, FrameData, need_polars, snapshot_frame
from incentive.data.host_rows import HostRow, input_rows, snapshot
from incentive.data.mapping import ColumnMap, Format, InputMap, Mapping, PeopleMap, SourceMap, TableMap
from incentive.diagnostics import UsageError

PEOPLE = "people"


@frozen
class HostData:
    """Rows of the calling program, copied."""

    tables: Dictionary[str, tuple[HostRow, ...]]
    people: tuple[HostRow, ...]
    inputs: Dictionary[str, tuple[HostRow, ...]]


@frozen
class Dataset:
    """Where the data of a plan comes from: made by one of the `from_` methods."""

    folder: Path | None = None
    files: Dictionary[str, Path] = field(factory=dict)
    host: HostData | None = field(default=None, repr=False)
    frames: FrameData | None = field(default=None, repr=False)
    mapping: Path | Mapping | None = field(default=None, repr=False)

    @property
    def size(self) -> int:
        """How many bytes its files have; 0 for data of a program."""
        paths = self.folder.glob("*.*") if self.folder is not None and self.folder.is_dir() else self.files.values()
        return sum(each.stat().st_size for each in paths if each.is_file())

    @classmethod
    def from_folder(cls, folder: str | Path, mapping: str | Path | Mapping | None = None) -> Dataset:
        """Take data from a folder, by a mapping, by the folder's own `mapping.toml`, or by the plain contract.

        The plain contract is one `<table>.csv` for each table, `people.csv` and one `<input>.csv` for each input:
        UTF-8, commas, headers named like the fields, ISO dates, a dot as the decimal mark. A `.parquet` file may stand
        in for each.
        """
        return cls(folder=Path(folder), mapping=_mapping(mapping))

    @classmethod
    def from_files(cls, files: Dictionary[str, str | Path], mapping: str | Path | Mapping | None = None) -> Dataset:
        """Take data from files, by the name of the table or input that each holds; `people` is the roster."""
        return cls(files={name: Path(path) for name, path in files.items()}, mapping=_mapping(mapping))

    @classmethod
    def from_rows(  # noqa: PLR0913 - keyword-only, one for each thing that a plan asks for
        cls,
        *,
        tables: Dictionary[str, Iterable[object]] | None = None,
        people: Iterable[object] = (),
        inputs: Dictionary[str, object] | None = None,
        timezone: str | None = None,
        recorded_on: Dictionary[str, str] | None = None,
        people_from: str | Iterable[str] = (),
    ) -> Dataset:
        """Take data from objects of the calling program, which are copied at once.

        Args:
            tables: rows by table: mappings, attrs or dataclass objects, named tuples, or tuples in the order of the
                table's fields.
            people: the roster, in the same way.
            inputs: by input: rows, `{(holder, period): value}`, or `{holder: value}` where it has no period; for the
                company `{period: value}`, or one value where it has no period.
            timezone: the zone of time stamps without one.
            recorded_on: by table, the column that says when a row became known.
            people_from: "table.field" or several: the people are the values of these fields.

        Raises:
            UsageError: something is not a collection of rows.
        """
        host = HostData(
            {name: snapshot(rows, name) for name, rows in (tables or {}).items()},
            snapshot(people, PEOPLE),
            {name: input_rows(values, name) for name, values in (inputs or {}).items()},
        )
        return cls(host=host, mapping=_given(timezone, recorded_on, people_from, {}, ()))

    @classmethod
    def from_frames(  # noqa: PLR0913 - keyword-only, one for each thing that a plan asks for
        cls,
        *,
        tables: Dictionary[str, object] | None = None,
        people: object = None,
        inputs: Dictionary[str, object] | None = None,
        timezone: str | None = None,
        recorded_on: Dictionary[str, str] | None = None,
        people_from: str | Iterable[str] = (),
        minor_units: Dictionary[str, Iterable[str]] | None = None,
    ) -> Dataset:
        """Take data from frames: anything that gives an Arrow stream, as Polars, pandas 3, pyarrow and DuckDB do.

        Columns are named like the fields; an input has `participant` or `team`, `period` and `value`. Frames are copied
        at once. They need Polars: `pip install incentive[polars]`.

        Args:
            tables: a frame for each table.
            people: the roster.
            inputs: a frame for each input.
            timezone: the zone of time stamps without one.
            recorded_on: by table, the column that says when a row became known.
            people_from: "table.field" or several: the people are the values of these fields.
            minor_units: by table, input or "people", the columns that hold whole cents.

        Raises:
            UsageError: something is not a frame, or Polars is not installed.
        """
        need_polars("Dataset.from_frames")
        frames = FrameData(
            _frames(tables, "tables"),
            None if people is None else snapshot_frame(people, PEOPLE),
            _frames(inputs, "inputs"),
        )
        minor = {name: tuple(columns) for name, columns in (minor_units or {}).items()}
        return cls(frames=frames, mapping=_given(timezone, recorded_on, people_from, minor, tuple(frames.inputs)))


def _frames(given: Dictionary[str, object] | None, what: str) -> dict[str, Frame]:
    if given is not None and not isinstance(given, Dictionary):
        raise UsageError(f"{what}: expected frames by name, not {type(given).__name__}")
    return {name: snapshot_frame(frame, name) for name, frame in (given or {}).items()}


def _given(
    timezone: str | None,
    recorded_on: Dictionary[str, str] | None,
    people_from: str | Iterable[str],
    minor: Dictionary[str, tuple[str, ...]],
    inputs: tuple[str, ...],
) -> Mapping:
    """The mapping of what a program says beside its rows or frames."""
    source = SourceMap(format=Format(timezone=timezone or ""))
    columns = {name: {column: ColumnMap(column, unit="minor") for column in listed} for name, listed in minor.items()}
    recorded = recorded_on or {}
    return Mapping(
        source.format,
        {
            name: TableMap(
                source, columns.get(name, {}), recorded_on=ColumnMap(recorded[name]) if name in recorded else None
            )
            for name in dict.fromkeys([*recorded, *minor])
            if name not in inputs and name != PEOPLE
        },
        {
            name: InputMap(source, value=next(iter(found.values()), None))
            for name, found in columns.items()
            if name in inputs
        },
        PeopleMap(
            source,
            columns.get(PEOPLE, {}),
            values_of=(people_from,) if isinstance(people_from, str) else tuple(people_from),
        ),
    )


def _mapping(mapping: str | Path | Mapping | None) -> Path | Mapping | None:
    if mapping is None or isinstance(mapping, Mapping | Path):
        return mapping
    if isinstance(mapping, str):
        return Path(mapping)
    raise UsageError(f"mapping: expected a path or a Mapping, not {type(mapping).__name__}")
