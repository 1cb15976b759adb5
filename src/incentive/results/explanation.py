"""Why a line is what it is: the formula as it was computed, value by value, down to the rows of data.

An explanation is not a second computation that could differ from the first: it is recorded while the line is computed,
and holds what was evaluated, nothing else. `readd` computes every figure again from the figures below it.

Most of what stands behind a year of lines is rows of data, and few of them are ever looked at: a figure keeps where its
rows are, and names them when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

from attrs import define, field, frozen

from incentive.diagnostics import Diagnostic, Language, Source, Span, as_dict
from incentive.quantities import Number, RoundingMode
from incentive.results.texts import Value, exact_text, plain
from incentive.tree import Unit

ValueStatus = Literal["value", "missing", "not computed"]


def _span(span: Span) -> dict[str, object]:
    """A place as plain data; it names its file where a plan is made of several."""
    place: dict[str, object] = {"line": span.line, "column": span.column}
    return {"file": span.file, **place} if span.file else place


@frozen
class Slice:
    """A row of a rate table: where it begins, how much of the subject lies in it, at which value, and what that gives.

    `bound` and `part` have the unit of the subject. In a table read by level the part is the whole subject where the
    row counts. `rate` is None where it was not needed.
    """

    bound: Number
    part: Number
    rate: Number | None
    amount: Number
    reached: bool

    def to_dict(self) -> dict[str, object]:
        """The row as plain data."""
        return {
            "bound": exact_text(self.bound),
            "part": exact_text(self.part),
            "rate": plain(self.rate),
            "amount": exact_text(self.amount),
            "reached": self.reached,
        }


@frozen
class Claim:
    """What gives a part of a row to a person, or matched too and did not count (`won` is false then).

    A claim is a row of an assignment table (`table`, `file`, `line`), a share of a branch of a split (`span` is its
    condition, None for the last one), or the person whose managers are credited too. Where a share names nobody,
    `person` is empty.
    """

    kind: Literal["person", "branch", "assignment"]
    person: str
    share: Number
    won: bool = True
    table: str = ""
    file: str = ""
    line: int = 0
    label: str = ""
    span: Span | None = None

    def to_dict(self) -> dict[str, object]:
        """The claim as plain data."""
        return {
            "kind": self.kind,
            "person": self.person,
            "share": exact_text(self.share),
            "won": self.won,
            "table": self.table,
            "file": self.file,
            "line": self.line,
            "label": self.label,
            "condition": None if self.span is None else _span(self.span),
        }


@frozen
class RowUsed:
    """A row of data behind a figure: where it stands, the share of it credited, what it adds, and what to show.

    `claims` say how it came to be credited: what gives this share, and what else matched; empty for a row that names
    its person. `day` is the one on which a row that counts again counts here.
    """

    table: str
    file: str
    line: int
    key: str
    share: Number
    value: Value | None
    shown: tuple[tuple[str, Value | None], ...] = ()
    claims: tuple[Claim, ...] = ()
    day: date | None = None

    def to_dict(self) -> dict[str, object]:
        """The row as plain data."""
        found: dict[str, object] = {
            "table": self.table,
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "share": exact_text(self.share),
            "value": plain(self.value),
            "shown": {name: plain(value) for name, value in self.shown},
        }
        found |= {"claims": [each.to_dict() for each in self.claims]} if self.claims else {}
        return found | ({"day": self.day.isoformat()} if self.day is not None else {})


@define(eq=False)
class RowsBehind:
    """The rows behind a figure, named when they are first asked for, from facts already read.

    `find` holds on to those facts; a copy that leaves the process holds the rows instead.
    """

    find: Callable[[], tuple[RowUsed, ...]]
    _found: tuple[RowUsed, ...] | None = field(default=None, init=False)

    def named(self) -> tuple[RowUsed, ...]:
        """Give the rows."""
        if self._found is None:
            self._found = self.find()
        return self._found

    def __reduce__(self) -> tuple[type, tuple[tuple[RowUsed, ...]]]:
        return tuple, (self.named(),)


Rows = tuple[RowUsed, ...] | RowsBehind


def named_rows(rows: Rows) -> tuple[RowUsed, ...]:
    """Give the rows behind a figure, however it keeps them."""
    return rows.named() if isinstance(rows, RowsBehind) else rows


def _shown(rows: Rows) -> str:
    return repr(named_rows(rows))


@frozen
class Stretch:
    """Days behind a mean: from, until, how many they count of how many, the value on them, and what that adds.

    `value` is None on days off the plan, which add nothing. `row` says where it stands, if it stands in a row.
    """

    first: date
    last: date
    days: Number
    of: Number
    value: Number | None
    part: Number
    row: RowUsed | None = None

    def to_dict(self) -> dict[str, object]:
        """The stretch as plain data."""
        return {
            "from": plain(self.first),
            "until": plain(self.last),
            "days": exact_text(self.days),
            "of": exact_text(self.of),
            "value": plain(self.value),
            "part": exact_text(self.part),
            "row": None if self.row is None else self.row.to_dict(),
        }


@frozen
class ParameterUsed:
    """The value of a parameter: the day it holds from (None: always) and where it is written."""

    since: date | None
    source: str


@frozen
class RoundingUsed:
    """A rounding that was applied."""

    before: Number
    after: Number
    step: Number
    mode: RoundingMode


@frozen
class Explanation:
    """One figure and what it was computed from.

    Attributes:
        kind: The class of the node, or a finer word: `Part` of a weighted whole, `Member` of a group, `Line` of a
            component, `Cell` of an input, `Again` for a figure that is shown in full where it was first used.
        name: The author's name, if it has one.
        span: Where it stands in the plan.
        value: The figure; None where it is missing.
        unit: What it is measured in.
        status: Whether there is a value.
        children: What it was computed from, in the order of computation, without what was not needed.
        operator: What a kind alone does not tell: the comparison, how a table is read, the aggregate.
        holder: Whose figure it is, where that may differ from its parent's.
        period: The paid period it was computed for.
        slices: The rows of a rate table.
        rows: The rows of data behind a measure, all of them; they are named when first asked for.
        counted: How many rows those are; None for a figure that was not made from rows.
        parameter: Which value of a parameter was read.
        rounding: The rounding that was applied.
        reason: Why it is missing.
        covers: The first and the last day of the window of a measure; None for the paid period itself.
        stretches: The days of a mean over days, all of them, in order.
        source: The plan's text, where the explanation is to be shown; it does not count for equality.
        language: The language to show it in.
    """

    kind: str
    name: str
    span: Span | None
    value: Value | None
    unit: Unit
    status: ValueStatus
    children: tuple[Explanation, ...] = ()
    operator: str = ""
    holder: str = ""
    period: str = ""
    slices: tuple[Slice, ...] = ()
    _rows: Rows = field(default=(), alias="rows", eq=named_rows, repr=_shown)
    counted: int | None = None
    parameter: ParameterUsed | None = None
    rounding: RoundingUsed | None = None
    reason: Diagnostic | None = None
    covers: tuple[date, date] | None = None
    stretches: tuple[Stretch, ...] = ()
    source: Source = field(default=Source("", ""), kw_only=True, eq=False, repr=False)
    language: Language = field(default="en", kw_only=True, eq=False, repr=False)

    @property
    def rows(self) -> tuple[RowUsed, ...]:
        """The rows of data behind the figure, all of them."""
        return named_rows(self._rows)

    def to_dict(self) -> dict[str, object]:
        """The tree as plain data; numbers are exact text."""
        return {"version": 1, **_node(self)}

    def __str__(self) -> str:
        from incentive.results.text import explain_text  # noqa: PLC0415 - it reads this class, which comes first

        return explain_text(self, self.source, self.language)

    def _repr_html_(self) -> str:
        from incentive.results.html import explain_html  # noqa: PLC0415 - shown only in a notebook

        return explain_html(self, self.source, self.language)


def _node(each: Explanation) -> dict[str, object]:
    out: dict[str, object] = {
        "kind": each.kind,
        "name": each.name,
        "value": plain(each.value),
        "unit": {"kind": each.unit.kind, "currency": each.unit.currency, "counted": each.unit.counted},
        "status": each.status,
        "operator": each.operator,
        "holder": each.holder,
        "period": each.period,
        "children": [_node(child) for child in each.children],
        "slices": [row.to_dict() for row in each.slices],
        "rows": [row.to_dict() for row in each.rows],
        "counted": each.counted,
    }
    if each.span is not None:
        out["span"] = _span(each.span)
    if each.covers is not None:
        out["covers"] = [plain(day) for day in each.covers]
    if each.stretches:
        out["stretches"] = [stretch.to_dict() for stretch in each.stretches]
    if each.parameter is not None:
        out["parameter"] = {"since": plain(each.parameter.since), "source": each.parameter.source}
    if each.rounding is not None:
        used = each.rounding
        out["rounding"] = {
            "before": exact_text(used.before),
            "after": exact_text(used.after),
            "step": exact_text(used.step),
            "mode": used.mode,
        }
    if each.reason is not None:
        out["reason"] = as_dict(each.reason)
    return out
