"""Rows that hold from one day, or one instant, until another: one that ends before it begins holds never.

Such a row is a slip of its author. Passed over in silence, a territory would be somebody else's.
"""

from __future__ import annotations

from datetime import date

from incentive.data.cells import shown
from incentive.data.facts import TableFacts
from incentive.data.findings import LIMIT, Findings, shorten
from incentive.data.mapping import TableMap
from incentive.data.sources import Raw
from incentive.data.wide import column_of
from incentive.quantities.moments import Moment
from incentive.tree import Edges


def check_edges(edges: Edges, raw: Raw, mapped: TableMap, facts: TableFacts, findings: Findings) -> None:
    """Keep a finding for each row that ends before it begins."""
    since, until = (column_of(mapped, each).column for each in (edges.since, edges.until))
    faults = 0
    pairs = zip(facts.columns[edges.since], facts.columns[edges.until], strict=True)
    for row, (first, last) in enumerate(pairs):
        if not _ends_before(first, last):
            continue
        faults += 1
        if faults <= LIMIT:
            start, end = (shorten(shown(raw.columns[each][row])) for each in (since, until))
            findings.add("D307", raw.place(row, until, facts.keys[row]), start=start, until=end)
    findings.skip(max(faults - LIMIT, 0))


def _ends_before(first: object, last: object) -> bool:
    """Whether a row ends before it begins; an open side, or a cell that was refused already, never does."""
    if isinstance(first, Moment) and isinstance(last, Moment):
        return last < first
    return isinstance(first, date) and isinstance(last, date) and last < first
