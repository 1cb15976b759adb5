"""Where a formula is computed: for whom, for which period, and for a formula of a row, which row."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from attrs import define, field, frozen

from incentive.data import Held
from incentive.diagnostics import DataPlace
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Evaluate, Missing, Result
from incentive.quantities import Number, Period
from incentive.results import Rows, RowUsed, Stretch, Value
from incentive.tree import Input, InputValue, LineValue, MeasureValue, RateTable


@frozen
class Days:
    """The days of a window, from `start` up to, and without, `end`.

    `first` and `after` are those of them on which a fact may lie, as ordinals.
    """

    start: date
    end: date
    last: date
    first: int
    after: int


@frozen
class InputPart:
    """A value behind the figure of an input, and the part of it that was taken; a mean has the days that made it."""

    holder: str
    period: str
    value: Result
    share: Number
    row: RowUsed | None = None
    stretches: tuple[Stretch, ...] = ()


@frozen
class OnPlan:
    """Days on which a person is on the plan, from `first` up to, and without, `after`, and what the roster says then.

    `row` is where that stands; None where it stands nowhere.
    """

    first: int
    after: int
    values: Mapping[str, Value | None]
    row: RowUsed | None


@frozen
class Part:
    """What a row credited to somebody in a measure on a day; missing where its value is."""

    row: int
    day: int
    key: str
    line: int
    amount: Number | Missing


@define
class Fact:
    """The row in hand of a sum over rows: what it credited, by measure.

    Where rows are stacked, `through` is what all up to and with it credited, and `begins` where each stacked figure of
    it begins, by node. `known` are definitions computed for this row, `told` those that an explanation has shown.
    """

    parts: Mapping[str, Number | Missing]
    through: Mapping[str, Number | Missing] = field(factory=dict)
    begins: dict[int, Number | Missing] = field(factory=dict)
    known: dict[str, Result] = field(factory=dict)
    told: set[str] = field(factory=set)


@frozen
class Rate:
    """A rate and the row that it stands in; `back` says that the row leads the other way."""

    value: Number
    row: int
    back: bool


class Rates(Protocol):
    """A table of exchange rates."""

    def find(self, source: str, target: str, day: date, known: int) -> Rate | None:
        """Give the rate of a day, or the newest of at most `known` days before."""

    def used(self, rate: Rate) -> RowUsed:
        """Say which row gave a rate."""


class Source(Protocol):
    """Where figures come from: data that was read, or values that were given."""

    def measure(self, context: Context, node: MeasureValue, days: Days) -> Result:
        """Give the figure of a measure."""

    def rows(self, context: Context, node: MeasureValue, days: Days) -> tuple[Rows, int] | None:
        """Give the rows behind the figure of a measure and their number; None for a figure not made of rows."""

    def cell(self, spec: Input, holder: str, period: str) -> Result | None:
        """Give one value of an input; None if there is none."""

    def cell_row(self, spec: Input, holder: str, period: str) -> RowUsed | None:
        """Say where one value of an input stands."""

    def held(self, spec: Input, holder: str) -> Sequence[Held] | None:
        """Give the values of an input that hold on days, in order; None where values are given for periods."""

    def common(self, context: Context, who: str, days: Days) -> dict[object, Any] | None:
        """Give what is kept of a group, for all who ask for its figures; None where each asks for another."""

    def holders(self, context: Context, node: InputValue, spec: Input, days: Days) -> Missing | Sequence[str]:
        """Say whose values make the figure of an input."""

    def person(self, context: Context, name: str, at: str) -> Result:
        """Give a field of the participant."""

    def membership(self, context: Context, group: str) -> Result:
        """Tell whether the participant is in a group."""

    def on_plan(self, holder: str, first: int, after: int) -> Sequence[OnPlan]:
        """Give the days of a stretch on which a person is on the plan, as far as it is known."""

    def people(self, context: Context, who: str, days: Days) -> Result:
        """Count people."""

    def line_holders(self, context: Context, node: LineValue, days: Days, period: Period) -> Missing | Sequence[str]:
        """Say whose lines make the figure of a component."""

    def sharers(self, context: Context, who: str, period: Period) -> Missing | Collection[str]:
        """Say who divides an amount, in order: members on the last day of the period who are on the plan."""

    def settles(self, holder: str, period: Period) -> bool:
        """Tell whether a person's lines of a period are settled."""

    def settled_from(self, first: Period) -> tuple[Period, bool]:
        """Give the first period that is settled, and whether nothing was settled before it."""

    def lost(self, at: int) -> Sequence[tuple[int, int]]:
        """Give the day and number of each row that a clawback takes back, by day."""

    def view(self, cuts: tuple[int, ...]) -> Source:
        """Give the same without the rows that are lost before some days."""

    def due(self, step: int, share: int, table: str, on: Evaluate) -> Sequence[int]:
        """Give the day on which a share of each row falls due, as ordinals; 0 where it is missing."""

    def weights(self, context: Context, node: MeasureValue, days: Days) -> Mapping[int, Number] | None:
        """Give what each row credited in a measure; None for a figure that is not made of rows."""

    def parts(self, context: Context, node: MeasureValue, days: Days) -> Missing | Sequence[Part]:
        """Give what each row credited in a measure."""

    def place(self, table: str, row: int) -> DataPlace:
        """Say where a row stands."""

    def key(self, table: str, row: int) -> str:
        """Give the key of a row."""

    def row_used(
        self, table: str, row: int, share: Number, value: Number | None, days: Mapping[str, int]
    ) -> RowUsed | None:
        """Show a row with days of it."""

    def referred(self, table: str) -> Mapping[str, Sequence[Value | None]]:
        """Give the columns of a table."""

    def rates(self, names: RateTable) -> Rates:
        """Give a table of exchange rates."""

    def person_field(self, key: str, name: str, day: date | None) -> Value | None:
        """Give a field of a person on a day."""


class Context:
    """The place of a computation. A row formula sees `columns`, `row` and the `day` of the event.

    In a sum over rows it sees the `fact` too, beside the figures of the period.

    `lost` is the day, as an ordinal, before which rows that were lost may be out of its figures; 0 where none is.
    """

    __slots__ = ("columns", "day", "fact", "holder", "lost", "memo", "period", "row", "source", "trace")

    def __init__(
        self,
        source: Source,
        memo: dict[Hashable, Result],
        holder: str,
        period: Period | None,
        trace: Trace | None = None,
    ) -> None:
        self.source = source
        self.memo = memo
        self.holder = holder
        self.period = period
        self.trace = trace
        self.columns: Mapping[str, Sequence[Value | None]] = {}
        self.row = 0
        self.day: date | None = None
        self.fact: Fact | None = None
        self.lost = 0

    def moved(self, holder: str, period: Period) -> Context:
        """The same computation for somebody else, or for another period."""
        made = Context(self.source, self.memo, holder, period, self.trace)
        made.lost = self.lost
        return made
