"""Decision tables: the row that the arguments match."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, assert_never

from incentive.diagnostics import Span
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Evaluate, Missing, merged, missing, whole
from incentive.results import Value
from incentive.tree import Anything, Band, Exactly, KeyCell, Lookup, Unit


def lookup(node: Lookup, make: Maker) -> Evaluate:
    """The answer of the first row that matches; missing where an argument is, whatever its column says."""
    arguments = make.all(node.arguments)
    answers = make.all(row.value for row in node.rows)
    tests = tuple(tuple(_plain(cell) for cell in row.cells) for row in node.rows)
    nowhere = missing("P221", node.span, name=node.name)
    units = tuple(each.type.unit for each in node.arguments)

    def run(context: Any) -> Any:  # noqa: ANN401
        keys = [argument(context) for argument in arguments]
        if Missing in map(type, keys):
            return merged(keys)
        for number, (row, test, answer) in enumerate(zip(node.rows, tests, answers, strict=True), 1):
            if all(matches(key, cell) for key, cell in zip(keys, test, strict=True)):
                if not make.tracing:
                    return answer(context)
                trace: Trace = context.trace
                trace.enter()
                for at, cell in enumerate(row.cells):
                    _told(trace, node.columns[at], keys[at], cell, units[at], row.span)
                value = answer(context)
                for other, cells in zip(node.rows[number:], tests[number:], strict=True):
                    if all(matches(key, cell) for key, cell in zip(keys, cells, strict=True)):
                        trace.enter()
                        trace.leave("Other", node.name, other.span, Unit("yes_no"), value=False)
                trace.leave("Row", node.name, row.span, node.type.unit, value, "first" if node.first else "only")
                return value
        return nowhere

    return run


def matches(key: Any, cell: KeyCell) -> bool:  # noqa: ANN401 - a value of the column's kind
    """Tell whether a value is one that a cell takes."""
    match cell:
        case Anything():
            return True
        case Exactly(value=value):
            return bool(key == value)
        case Band(low=low, owns_low=owns_low, high=high, owns_high=owns_high):
            above = low is None or key > low or (owns_low and key == low)
            return bool(above and (high is None or key < high or (owns_high and key == high)))
        case _:
            assert_never(cell)


def _plain(cell: KeyCell) -> KeyCell:
    """The cell with its numbers in their one form, which compare faster."""
    match cell:
        case Exactly(value=Fraction() as value):
            return Exactly(whole(value))  # type: ignore[arg-type]  # a whole number as `int`
        case Band():
            low, high = (whole(each) if isinstance(each, Fraction) else each for each in (cell.low, cell.high))
            return Band(low, cell.owns_low, high, cell.owns_high)  # type: ignore[arg-type]  # the same
        case _:
            return cell


def _told(trace: Trace, column: str, key: Any, cell: KeyCell, unit: Unit, span: Span | None) -> None:  # noqa: ANN401, PLR0913, PLR0917 - a cell in full
    """Record why a cell takes a value: the edges of its band, or the value that it names."""
    signs: list[str] = []
    trace.enter()
    match cell:
        case Anything():
            signs.append("any")
        case Exactly(value=value):
            signs.append("=")
            _edge(trace, value, unit, span)
        case Band():
            if cell.low is not None:
                signs.append(">=" if cell.owns_low else ">")
                _edge(trace, cell.low, unit, span)
            if cell.high is not None:
                signs.append("<=" if cell.owns_high else "<")
                _edge(trace, cell.high, unit, span)
        case _:
            assert_never(cell)
    trace.leave("Key", column, span, unit, key, " ".join(signs))


def _edge(trace: Trace, value: Value, unit: Unit, span: Span | None) -> None:
    trace.enter()
    trace.leave("Constant", "", span, unit, whole(value) if isinstance(value, Fraction) else value)
