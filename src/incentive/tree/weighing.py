"""Which measures say to whose rows a line belongs.

A line is one amount; release and clawback need the part of it that a row earned. A line belongs to the rows of its
measures, in proportion to what they credited. Its conditions decide whether it is paid, not for which rows, and are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incentive.tree.nodes import (
    Branch,
    Choose,
    Each,
    Expr,
    Gated,
    Increase,
    LetValue,
    LineValue,
    MeasureValue,
    When,
    Window,
)
from incentive.tree.walk import children

Weigher = tuple[MeasureValue | Each, Window | None]
"""A measure, and the window whose rows count; None for those of the paid period. A sum over rows weighs them itself."""


def weighed_by(line: Expr, definitions: Mapping[str, Expr], lines: Mapping[str, Expr]) -> tuple[Weigher, ...]:
    """Give the measures by which a line belongs to rows.

    Args:
        line: The line of a component.
        definitions: The shared definitions of the plan.
        lines: The lines of its components.

    Shape: each measure once a window. In what accumulates, the rows of the paid period alone made the increase.
    """
    return tuple(dict.fromkeys(_below(line, definitions, lines)))


def _below(line: Expr, definitions: Mapping[str, Expr], lines: Mapping[str, Expr]) -> Iterator[Weigher]:
    todo: list[tuple[Expr, bool]] = [(line, False)]
    seen: set[tuple[str, bool]] = set()
    while todo:
        node, increases = todo.pop()
        match node:
            case MeasureValue():
                yield node, None if increases else node.type.grain.when
            case Each():
                yield node, None if increases else node.measures[0].type.grain.when
            case LetValue() | LineValue():
                name = node.name if isinstance(node, LetValue) else node.component
                found = (definitions if isinstance(node, LetValue) else lines).get(name)
                key = (f"{type(node).__name__} {name}", increases)
                if found is not None and key not in seen:
                    seen.add(key)
                    todo.append((found, increases))
            case When() | Gated():
                todo.append((node.value, increases))
            case Increase():
                todo.append((node.value, True))
            case Choose():
                todo += [(each, increases) for each in reversed([*_values(node.branches), node.otherwise])]
            case _:
                todo += [(each, increases) for each in reversed(children(node)) if each.type.unit.kind != "yes_no"]


def _values(branches: tuple[Branch, ...]) -> list[Expr]:
    return [each.value for each in branches]
