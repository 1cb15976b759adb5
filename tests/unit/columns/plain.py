"""Columns as plain Python, to be compared."""

from fractions import Fraction

import polars as pl

from incentive.columns import ColumnFacts, Instants, Num, Plain, Table, Truth, Values


def plain(facts: ColumnFacts) -> dict[str, object]:
    """All that was read, but for the facts in rows."""
    people = facts.people
    return {
        "tables": {name: _table(each) for name, each in facts.tables.items()},
        "keys": list(people.keys),
        "segments": list(zip(people.person, people.start, people.end, people.line, strict=True)),
        "people": {name: cells(each) for name, each in people.fields.items() if people.rows},
        "inputs": {
            name: list(zip(each.holder, each.period, cells(each.value), strict=True))
            for name, each in facts.inputs.items()
        },
        "teams": list(facts.teams),
        "digest": facts.digest,
        "files": facts.files,
    }


def _table(table: Table) -> tuple[object, ...]:
    recorded = None if table.recorded is None else table.recorded.to_list()
    lines = None if table.lines is None else list(table.lines)
    return table.rows, {name: cells(each) for name, each in table.columns.items()}, recorded, table.file, lines


def cells(values: Values) -> list[object]:
    """The values of a column, None for a missing one. What stands under a mark must be as the engine expects it."""
    match values:
        case Num(top=top, scale=scale, most=most):
            assert isinstance(top, pl.Series)
            assert top.dtype in {pl.Int64, pl.Int128}
            assert max((abs(each) for each in top), default=0) <= most
            found: list[object] = [Fraction(each, scale) for each in top]
        case Truth(holds=holds):
            assert holds.dtype == pl.Boolean
            found = list(holds)
        case Plain(kind=kind, values=column):
            assert column.dtype == {"day": pl.Int32, "word": pl.String}.get(kind, pl.Int64)
            found = list(column)
        case Instants(utc=utc, day=day):
            assert utc.dtype == pl.Int64
            assert day.dtype == pl.Int32
            found = list(zip(utc, day, strict=True))
        case _:
            raise AssertionError(values)
    assert None not in found
    if values.gone is None:
        return found
    assert values.gone.dtype == pl.Boolean
    return [None if gone else each for each, gone in zip(found, values.gone, strict=True)]
