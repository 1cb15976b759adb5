"""What the parse tree says of the text's layout: the rule that each token belongs to, and where clauses start."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen
from lark import Token, Tree


@frozen
class Outline:
    """Places of the text, as offsets.

    `rules` has the innermost rule of each token, `clauses` the rule of each clause by its first token, `items` the
    same of what stands at the top of the file.
    """

    rules: Mapping[int, str]
    clauses: Mapping[int, str]
    items: Mapping[int, str]


def outline(tree: Tree[Token]) -> Outline:
    """Find where clauses start; without recursion, since a text may nest deeply."""
    rules: dict[int, str] = {}
    clauses: dict[int, str] = {}
    items = {_start(child): str(child.data) for child in tree.children if isinstance(child, Tree)}
    todo = [tree]
    while todo:
        node = todo.pop()
        rule, inside = str(node.data), False
        children: list[Any] = node.children  # lark puts None for what is left out
        for child in children:
            if isinstance(child, Tree):
                todo.append(child)
                if inside:
                    clauses[_start(child)] = str(child.data)
            elif isinstance(child, Token):
                rules[child.start_pos or 0] = rule
                inside = child.type == "LBRACE" or (inside and child.type != "RBRACE")
    return Outline(rules, {**items, **clauses}, items)


def _start(node: Tree[Token]) -> int:
    start: int = node.meta.start_pos
    return start
