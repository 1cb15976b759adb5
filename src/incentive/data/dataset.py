"""Say where data comes from, without reading it yet."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Dictionary
from pathlib import Path

from attrs import field, frozen

from incentive.data.host_rows import HostRow, input_rows, snapshot
from incentive.data.mapping import ColumnMap, Format, Mapping, PeopleMap, SourceMap, TableMap
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
    """Where the data of a plan comes from: made by one of the three `from_` methods."""

    folder: Path | None = None
    files: Dictionary[str, Path] = field(factory=dict)
    host: HostData | None = field(default=None, repr=False)
    mapping: Path | Mapping | None = field(default=None, repr=False)

    @classmethod
    def from_folder(cls, folder: str | Path, mapping: str | Path | Mapping | None = None) -> Dataset:
        """Take data from a folder, by a mapping, by the folder's own `mapping.toml`, or by the plain contract.

        The plain contract is one `<table>.csv` for each table, `people.csv` and one `<input>.csv` for each input:
        UTF-8, commas, headers named like the fields, ISO dates, a dot as the decimal mark.
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
        style = Format(timezone=timezone or "")
        mapping = Mapping(
            style,
            {
                name: TableMap(SourceMap(format=style), recorded_on=ColumnMap(column))
                for name, column in (recorded_on or {}).items()
            },
            people=PeopleMap(
                SourceMap(format=style),
                values_of=(people_from,) if isinstance(people_from, str) else tuple(people_from),
            ),
        )
        return cls(host=host, mapping=mapping)


def _mapping(mapping: str | Path | Mapping | None) -> Path | Mapping | None:
    if mapping is None or isinstance(mapping, Mapping | Path):
        return mapping
    if isinstance(mapping, str):
        return Path(mapping)
    raise UsageError(f"mapping: expected a path or a Mapping, not {type(mapping).__name__}")
