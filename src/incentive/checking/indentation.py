"""Clauses whose indentation says that they stand elsewhere than their braces say.

Braces decide, since plans travel through mail that flattens indentation: a file without any is sound. A line that
stands out among indented ones is read as standing where it looks, and that is another plan.
"""

from __future__ import annotations

from collections.abc import Sequence

from incentive.checking.desk import Desk
from incentive.diagnostics import Remark, Span
from incentive.language import syntax as s


def report_indentation(desk: Desk, items: Sequence[s.Item]) -> None:
    """Report clauses that look as if outside their block, and definitions that look as if inside the one above."""
    before: s.Item | None = None
    for item in items:
        _dedented(desk, item)
        if isinstance(before, s.Component) and isinstance(item, s.Let):
            _as_if_inside(desk, before, item)
        before = item


def _dedented(desk: Desk, item: s.Item) -> None:
    spans = [each.span for each in getattr(item, "clauses", ()) if each.span.line > item.span.line]
    starts = [each for each in spans if _starts_line(desk, each)]
    left = item.span.column
    out = [each for each in starts if each.column <= left]
    if not out or len(out) == len(starts):
        return
    for at in out:
        word, head = _word(desk, at), _head(desk, item.span)
        remarks = [Remark(head, "open")]
        desk.report("E103", word, mark="outside", remarks=remarks, word=desk.text(word), block=_name(desk, head))


def _as_if_inside(desk: Desk, block: s.Component, item: s.Let) -> None:
    end, at = block.span, item.span
    apart = at.file != end.file or any(desk.line_text(end, each).strip() for each in range(end.end_line + 1, at.line))
    if apart or end.end_line == end.line or at.column <= end.column or not _starts_line(desk, at):
        return
    word, head = _word(desk, at), _head(desk, end)
    brace = Span(end.end - 1, end.end, end.end_line, end.end_column - 1, end.end_line, end.end_column, end.file)
    remarks = [Remark(brace, "closed")]
    desk.report("E103", word, mark="inside", remarks=remarks, word=desk.text(word), block=_name(desk, head))


def _starts_line(desk: Desk, span: Span) -> bool:
    return not desk.line_text(span)[: span.column - 1].strip()


def _word(desk: Desk, span: Span) -> Span:
    """The first word of a clause."""
    length = len(desk.text(span).split()[0])
    return Span(span.start, span.start + length, span.line, span.column, span.line, span.column + length, span.file)


def _head(desk: Desk, span: Span) -> Span:
    """What opens a block, up to its brace."""
    length = len(desk.text(span).split("{")[0].split("\n")[0].rstrip())
    return Span(span.start, span.start + length, span.line, span.column, span.line, span.column + length, span.file)


def _name(desk: Desk, head: Span) -> str:
    return desk.text(head).split('"')[0].strip()
