"""An explanation as HTML for notebooks: the same entries as the text, folded and unfolded without a script."""

from __future__ import annotations

from collections.abc import Sequence

from incentive.diagnostics import Language, Source
from incentive.diagnostics.html import text_html
from incentive.results.entries import ROWS, Entry, Grid, entry
from incentive.results.explanation import Explanation

TABLE = "border-collapse:collapse;margin:.3em 0"
_LINE = "border-bottom:1px solid rgba(128,128,128,.4);padding:.1em .6em"
_QUIET = "opacity:.7"
_OPEN = 3  # levels shown unfolded


def explain_html(explanation: Explanation, source: Source, language: Language = "en", rows: int = ROWS) -> str:
    """Write an explanation as nested details, the upper levels open; see `explain_text`."""
    top = entry(explanation, source, language, rows)
    return f'<div lang="{language}" style="text-align:left">{_entry(top, 0)}</div>'


def table_html(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: frozenset[int] = frozenset(),
    *,
    caption: str = "",
    last: Sequence[str] = (),
) -> str:
    """A table; the first cell of a row is its header, `right` are columns of numbers, `last` is the row of totals."""

    def cell(at: int, text: str, *, head: bool) -> str:
        side = "right" if at in right else "left"
        scope = ' scope="row"' if head else ""
        tag = "th" if head else "td"
        return f'<{tag}{scope} style="{_LINE};text-align:{side}"><bdi>{text_html(text)}</bdi></{tag}>'

    def line(row: Sequence[str]) -> str:
        return "<tr>" + "".join(cell(at, text, head=at == 0) for at, text in enumerate(row)) + "</tr>"

    heads = "".join(
        f'<th scope="col" style="{_LINE};text-align:{"right" if at in right else "left"}">{text_html(text)}</th>'
        for at, text in enumerate(headers)
    )
    named = f'<caption style="text-align:left">{text_html(caption)}</caption>' if caption else ""
    foot = f"<tfoot>{line(last)}</tfoot>" if last else ""
    body = "".join(map(line, rows))
    return f'<table style="{TABLE}">{named}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>{foot}</table>'


def _entry(each: Entry, depth: int) -> str:
    where = f' <small style="{_QUIET}">{text_html(each.where)}</small>' if each.where else ""
    head = f"<bdi>{text_html(each.what)}</bdi> = <strong><bdi>{text_html(each.value)}</bdi></strong>{where}"
    inside = "".join(f'<div style="{_QUIET}"><bdi>{text_html(remark)}</bdi></div>' for remark in each.remarks)
    inside += "".join(map(_grid, each.grids)) + "".join(_entry(child, depth + 1) for child in each.children)
    indent = "margin-left:1.2em"
    if not inside:
        return f'<div style="{indent}">{head}</div>'
    shown = " open" if depth < _OPEN else ""
    return f'<details style="{indent}"{shown}><summary style="margin-left:-1em">{head}</summary>{inside}</details>'


def _grid(grid: Grid) -> str:
    rest = f'<div style="{_QUIET}">{text_html(grid.rest)}</div>' if grid.rest else ""
    return table_html(grid.headers, grid.rows, grid.right, caption=grid.caption) + rest
