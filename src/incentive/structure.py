"""Equality, hash and repr by structure, written once for the many classes of nodes.

attrs writes these three for each class when the class is made, which for a hundred classes of nodes costs a command
line tool more than reading the plan. Nodes share one rule instead: two are equal where their classes and all fields
that compare are equal; places in the text do not compare.
"""

from __future__ import annotations

from functools import cache

from attrs import fields


class Structural:
    """A frozen attrs class, made with `eq=False, repr=False`, that compares by its fields."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _compared(self))

    def __hash__(self) -> int:
        return hash((self.__class__, *(getattr(self, name) for name in _compared(self))))

    def __repr__(self) -> str:
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in _compared(self))
        return f"{self.__class__.__name__}({inside})"


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.eq)


def _compared(node: Structural) -> tuple[str, ...]:
    kind: type = type(node)
    return _names(kind)
