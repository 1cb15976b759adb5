"""Components that depend on themselves, found on the finished tree."""

from __future__ import annotations

import re

from incentive import tree
from incentive.checking.desk import Desk
from incentive.diagnostics import Edit, Help, Span
from incentive.language.words import RESULTS, meaning


def report_cycles(desk: Desk) -> None:
    """Report each circle once, with its path."""
    edges: dict[str, list[tuple[str, Span | None]]] = {}
    for name, line in desk.lines.items():
        edges[name] = _reads(line.line) if line is not None else []
    for name, definition in desk.lets.items():
        edges[name] = _reads(definition.value) if definition is not None else []
    done: set[str] = set()
    for start in edges:
        _visit(desk, start, edges, done)


def _visit(desk: Desk, start: str, edges: dict[str, list[tuple[str, Span | None]]], done: set[str]) -> None:
    """Depth first without recursion; `path` is the way from the start to the node in hand."""
    path: list[str] = []
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        name, at = stack.pop()
        if at == 0:
            if name in done:
                continue
            path.append(name)
        following = edges.get(name, [])
        if at >= len(following):
            done.add(name)
            path.remove(name)
            continue
        stack.append((name, at + 1))
        target, span = following[at]
        if target in path:
            _report(desk, [*path[path.index(target) :], target], span)
        elif target not in done:
            stack.append((target, 0))


def _report(desk: Desk, loop: list[str], span: Span | None) -> None:
    name = loop[0]
    symbol = desk.symbols.get(name)
    here = span or (symbol.name.span if symbol else Span(0, 1, 1, 1, 1, 2))
    through_total = meaning(RESULTS, desk.text(here), desk.language) == "total"
    if through_total:
        total = desk.text(here)
        others = [each for each, line in desk.symbols.items() if line.kind == "component" and each not in loop]
        helps: list[Help] = []
        if others:
            named = f"({' + '.join(others)})" if len(others) > 1 else others[0]
            line = desk.line_text(here)
            before = line[: here.column - 1]
            before = re.sub(r"\bdu $", "de ", before) if desk.language == "fr" else before
            fixed = before + named + line[here.end_column - 1 :]
            helps = [Help("parts", {"text": " ".join(fixed.split("#")[0].split())}, (Edit(here, named),))]
        place = (
            f" ({'ligne' if desk.language == 'fr' else 'line'} {desk.line_of(symbol.name.span, here)})"
            if symbol
            else ""
        )
        chain = f"{name}{place} -> {total} -> {name}"
        desk.report("E220", here, mark="total", helps=helps, notes=["chain"], name=name, chain=chain, total=total)
    else:
        desk.report("E220", here, notes=["chain"], name=name, chain=" -> ".join(loop), total="")


def _reads(value: tree.Expr) -> list[tuple[str, Span | None]]:
    """The shared definitions and lines that an expression reads."""
    return [
        (node.component if isinstance(node, tree.LineValue) else node.name, node.span)
        for node in tree.walk(value)
        if isinstance(node, tree.LineValue | tree.LetValue)
    ]
