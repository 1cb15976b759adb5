"""What a plan means, once nothing is left to guess.

A plan's text leaves much unsaid: over which days a measure adds, what happens below the first tier, when a rate that
changes is read, who "the team" is. Two programs that guess differently pay people differently. The evaluation tree is
the text with every guess made and written down: a closed union of frozen nodes, plain data, no callables, so that it
can be walked, printed, compared, stored as JSON, computed row by row or lowered to columns.

Each expression knows its `Type`: a `Unit` (what it is measured in) and a `Grain` (where it lives: who, when, and below
aggregation which table's row).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, Literal

from attrs import field, frozen

from incentive.diagnostics import Span
from incentive.quantities import PeriodKind, RoundingMode
from incentive.structure import Structural

UnitKind = Literal[
    "money",  # `currency`
    "own_money",  # money in the currency that a field of the row names; `currency` is the path of that field
    "ratio",  # percent, ratio and plain number are one kind
    "count",  # `counted`: the table or the word counted
    "rate",  # money in `currency` for one `counted`
    "days",  # calendar days
    "months",  # calendar months
    "hours",  # clock time
    "open_hours",  # clock time inside the opening hours that `table` lists
    "date",
    "timestamp",
    "yes_no",
    "choice",  # one of `choices`
    "text",
    "participant",
    "row",  # a row of `table`
]
Shape = Literal["whole", "to_date", "last", "previous", "same_last_year"]
SettledName = Literal[
    "earned", "payable", "paid", "draw_balance", "cap_balance", "floor_balance", "clawback_balance", "held"
]
Who = str  # "" (nobody's: a constant), "participant", "team", "reports", "company", or the name of a group


@frozen
class Unit:
    """What a value is measured in."""

    kind: UnitKind
    currency: str = ""
    counted: str = ""
    choices: tuple[str, ...] = ()
    table: str = ""


POINTS: Final = Unit("count", counted="points")
"""What a rating is given in: it is counted, but half a point exists."""


@frozen
class Window:
    """The days that a figure covers, seen from the period being paid.

    `whole` is the period of `kind` that contains the paid period, `to_date` runs from that period's start to the end of
    the paid one, `last` covers `n` periods up to and with the paid one, `previous` the period before, `same_last_year`
    the same period one year earlier.
    """

    shape: Shape
    kind: PeriodKind | Literal["plan"]
    n: int = 1


@frozen
class Grain:
    """Where a value lives: whose it is, over which window, and below aggregation which table's row it belongs to."""

    who: Who = ""
    when: Window | None = None
    row: str = ""


@frozen
class Type:
    """Unit and grain of an expression; `optional` says that the value may be missing by nature (an optional field)."""

    unit: Unit
    grain: Grain = Grain()
    optional: bool = False


@frozen(eq=False, repr=False)
class Node(Structural):
    """What all expressions carry; places do not compare."""

    type: Type = field(kw_only=True)
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


# ---- leaves ----------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Constant(Node):
    """A value written in the plan."""

    value: Fraction | str | bool | date


@frozen(eq=False, repr=False)
class ParameterValue(Node):
    """A parameter, read `at` the date of the event (per-row formulas) or at the end of the window (elsewhere)."""

    name: str
    at: Literal["event", "period_end"]


@frozen(eq=False, repr=False)
class DatedParameter(Node):
    """A parameter, read on a day that the plan names."""

    name: str
    on: Expr


@frozen(eq=False, repr=False)
class InputValue(Node):
    """An input of `type.grain.who` over `type.grain.when`.

    `by` says how the window is met: `own` (the input's own period), `sum` (shorter periods added), `phase` (a declared
    part of a longer one). A group's figure adds its members' on the last day of the window.
    """

    name: str
    by: Literal["own", "sum", "phase"]


@frozen(eq=False, repr=False)
class MeasureValue(Node):
    """A measure of `type.grain.who` over `type.grain.when`."""

    name: str


@frozen(eq=False, repr=False)
class Hop(Structural):
    """One step of a path: a field of the row, a field of the row referred to, or a field of the person named."""

    name: str
    of: Literal["row", "reference", "person"]


@frozen(eq=False, repr=False)
class FactPart(Node):
    """What the fact in hand credited in a measure: 0 where it does not count in it.

    With `through`, what all facts up to and with it credited, in the order in which they are stacked.
    """

    name: str
    through: bool = False


@frozen(eq=False, repr=False)
class Stacked(Node):
    """A figure of the fact in hand that begins where that of the fact before it ended; the first begins at 0.

    It is the subject of a rate table: of slices the part between beginning and end counts, else the row reached at the
    end. A fact moves the next ones also where its own pay does not read the table.
    """

    value: Expr


@frozen(eq=False, repr=False)
class FieldValue(Node):
    """A field of the row in hand, perhaps through a reference (`lead.first_contact_on`, `owner.manager`).

    People's fields are read on the date of the event.
    """

    path: tuple[Hop, ...]


@frozen(eq=False, repr=False)
class PersonValue(Node):
    """A roster field of the participant: on the day asked about in a condition of membership, else on the last day."""

    name: str
    at: Literal["day", "period_end"]


@frozen(eq=False, repr=False)
class Presence(Node):
    """The part of the days of a window on which the participant is on the plan, counted as the plan says."""

    over: Window


@frozen(eq=False, repr=False)
class PersonMean(Node):
    """A roster field of the participant: the mean of its value over the days of a window, 0 on days off the plan."""

    name: str
    over: Window


@frozen(eq=False, repr=False)
class WindowDay(Node):
    """The first or the last day of a window."""

    which: Literal["first", "last"]
    over: Window


@frozen(eq=False, repr=False)
class Membership(Node):
    """Whether the participant belongs to a named group."""

    group: str


@frozen(eq=False, repr=False)
class People(Node):
    """How many people `type.grain.who` counts on the last day of the window."""


@frozen(eq=False, repr=False)
class LetValue(Node):
    """A shared definition, by the name of its instance for one window."""

    name: str


@frozen(eq=False, repr=False)
class LineValue(Node):
    """The rounded line of a component, of `type.grain.who`."""

    component: str


# ---- arithmetic ------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Add(Node):
    """The sum of the terms."""

    terms: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class Negate(Node):
    """The opposite of a value."""

    value: Expr


@frozen(eq=False, repr=False)
class Multiply(Node):
    """A product."""

    left: Expr
    right: Expr


@frozen(eq=False, repr=False)
class Divide(Node):
    """A quotient; a zero divisor makes it missing."""

    left: Expr
    right: Expr


@frozen(eq=False, repr=False)
class Least(Node):
    """The smallest of the values."""

    terms: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class Greatest(Node):
    """The largest of the values."""

    terms: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class Rounded(Node):
    """A value rounded to a multiple of `step`: a pay line, or an explicit `round`."""

    value: Expr
    step: Fraction
    mode: RoundingMode


@frozen(eq=False, repr=False)
class RateTable(Structural):
    """A table of rates of exchange, by the names of its fields: one `source` is `rate` `target` on `day`."""

    table: str
    source: str
    target: str
    day: str
    rate: str


@frozen(eq=False, repr=False)
class Converted(Node):
    """Money in the currency of `type.unit`, at the rate of a table; `source` gives the currency that it is in.

    The rate is that of the day `on`, of the event, or of the last day of the period paid. A row of that day is used
    either way, one from `source` before one from the other currency; where there is none, the newest of the `known`
    days before; else the amount is missing.
    """

    value: Expr
    source: Expr
    rates: RateTable
    at: Literal["event", "period_end", "day"]
    on: Expr | None
    known: int


@frozen(eq=False, repr=False)
class DateShift(Node):
    """A date or time stamp moved by a duration."""

    value: Expr
    by: Expr
    back: bool


@frozen(eq=False, repr=False)
class DateGap(Node):
    """Days between two dates, or clock time between two time stamps."""

    later: Expr
    earlier: Expr


# ---- conditions ------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Compare(Node):
    """A comparison of two values of one unit; `=` and `!=` on any unit."""

    operator: Literal["<", "<=", ">", ">=", "=", "!="]
    left: Expr
    right: Expr


@frozen(eq=False, repr=False)
class Both(Node):
    """True when all terms are, read left to right and no further than needed."""

    terms: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class Either(Node):
    """True when one term is, read left to right and no further than needed."""

    terms: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class Opposite(Node):
    """Not."""

    value: Expr


@frozen(eq=False, repr=False)
class OneOf(Node):
    """Whether a value equals one of several."""

    value: Expr
    options: tuple[Expr, ...]


@frozen(eq=False, repr=False)
class IsMissing(Node):
    """Whether a value is missing; never missing itself."""

    value: Expr


@frozen(eq=False, repr=False)
class Within(Node):
    """Whether `earlier <= later <= earlier + by`, both edges counting."""

    later: Expr
    by: Expr
    earlier: Expr


# ---- choices ---------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Branch(Structural):
    """A condition and the value it leads to."""

    condition: Expr
    value: Expr


@frozen(eq=False, repr=False)
class Choose(Node):
    """The value of the first branch whose condition holds, else `otherwise`; the others are not computed."""

    branches: tuple[Branch, ...]
    otherwise: Expr


@frozen(eq=False, repr=False)
class IfMissing(Node):
    """`value`, or `fallback` where it is missing."""

    value: Expr
    fallback: Expr


@frozen(eq=False, repr=False)
class TierRow(Structural):
    """One row of a rate table. `owns` says that the bound itself belongs to the row."""

    bound: Expr
    owns: bool
    value: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Tiers(Node):
    """A rate table read at `subject`.

    `slice` adds (part of the subject in a row) x (value of the row); `level` takes the row reached; `every_level` all
    rows reached; `curve` reads the value on the line between two points. With `applied`, the value multiplies the
    whole subject; without, it is the result. Below the first row: nothing, but a negative subject takes the first row
    where its bound is 0. A curve is 0 below its first point and flat above its last.
    """

    how: Literal["slice", "level", "every_level", "curve"]
    subject: Expr
    rows: tuple[TierRow, ...]
    applied: bool
    name: str = ""


@frozen(eq=False, repr=False)
class Anything(Structural):
    """A cell of a decision table that every value matches."""


@frozen(eq=False, repr=False)
class Exactly(Structural):
    """A cell that one value matches."""

    value: Fraction | str | bool | date


@frozen(eq=False, repr=False)
class Band(Structural):
    """A cell that values from `low` up to `high` match (None: without end); `owns_…` says that the edge does too."""

    low: Fraction | date | None
    owns_low: bool
    high: Fraction | date | None
    owns_high: bool


KeyCell = Anything | Exactly | Band


@frozen(eq=False, repr=False)
class LookupRow(Structural):
    """One row of a decision table: a cell for each argument, and the answer."""

    cells: tuple[KeyCell, ...]
    value: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Lookup(Node):
    """A decision table read at its arguments: the answer of the first row whose cells all match.

    The checker has proven that a row matches whatever the arguments are, and that it is the only one unless `first`.
    """

    name: str
    columns: tuple[str, ...]
    arguments: tuple[Expr, ...]
    rows: tuple[LookupRow, ...]
    first: bool


@frozen(eq=False, repr=False)
class Part(Structural):
    """One weighted part of a whole."""

    weight: Fraction
    value: Expr
    label: str
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Weighted(Node):
    """`base` x the sum of weight x value over the parts."""

    base: Expr
    parts: tuple[Part, ...]


@frozen(eq=False, repr=False)
class Scorecard(Node):
    """The sum of weight x rating / `high` over the criteria, whose values are inputs.

    A criterion without a rating makes it missing (`pending`), counts 0 (`zero`), or leaves its weight to the criteria
    that have one (`reweight`; missing where none has).
    """

    name: str
    criteria: tuple[Part, ...]
    high: Fraction
    unrated: Literal["pending", "zero", "reweight"]


@frozen(eq=False, repr=False)
class Gate(Node):
    """1 where all requirements hold, else `otherwise`. They are read in order: the first that does not hold decides.

    Without `otherwise` it is 1 in any case: the line keeps its figure, and the settlement holds it.
    """

    name: str
    label: str
    requirements: tuple[Expr, ...]
    otherwise: Expr | None


# ---- what makes a line -----------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class When(Node):
    """`value` where the condition holds, else zero."""

    condition: Expr
    value: Expr


@frozen(eq=False, repr=False)
class Gated(Node):
    """`value` x what `gate` leaves of it; where it leaves nothing, the value is not computed."""

    gate: Expr
    value: Expr


@frozen(eq=False, repr=False)
class Cap(Node):
    """`value`, at most `limit`; the excess is lost."""

    value: Expr
    limit: Expr


@frozen(eq=False, repr=False)
class Floor(Node):
    """`value`, at least `limit`; the shortfall is forgiven."""

    value: Expr
    limit: Expr


@frozen(eq=False, repr=False)
class Increase(Node):
    """A scan over periods: `value` up to this period minus `value` up to the one before in the same window."""

    value: Expr
    over: Window


@frozen(eq=False, repr=False)
class Shared(Node):
    """The participant's part of `pool`, an amount in steps of `step` that the members of a group divide.

    Members are those of `among` on the last day of the period who are on the plan and for whom `where` holds. Parts are
    equal, or in proportion to each member's `by`; they are multiples of the step and add up to the pool. The steps left
    over go to the largest remainders, in the order of participants where those are equal. Others get 0.
    """

    pool: Expr
    among: Who
    by: Expr | None
    where: Expr | None
    step: Fraction


@frozen(eq=False, repr=False)
class Prize(Structural):
    """What a place in a contest brings: that `place` alone, or with `on` every place from it to the next row."""

    place: int
    on: bool
    value: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Ranking(Node):
    """The participant's place by `subject` among a group, the highest figure first; or the prize of that place.

    A place is 1 + the number of members with a higher figure, so equal figures share the better place. With `prizes`,
    those who are equal share the mean of the prizes of the places that they fill; who does not compete gets 0. Members
    are those of `among` on the last day of the period who are on the plan and for whom `where` holds.
    """

    subject: Expr
    among: Who
    where: Expr | None
    prizes: tuple[Prize, ...]


@frozen(eq=False, repr=False)
class Each(Node):
    """The sum of `value`, computed for each row of `table` that counts in one of the measures over their window.

    With an `order`, which ends in the key of the table, rows are stacked in it.
    """

    table: str
    measures: tuple[MeasureValue, ...]
    value: Expr
    order: tuple[FieldValue, ...] = ()


@frozen(eq=False, repr=False)
class Version(Structural):
    """What rules from the period that begins on a day (None: from the first one); without a value nothing is paid."""

    since: date | None
    value: Expr | None
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Amended(Node):
    """A figure that amendments change: the version that rules in the period in hand, for all the days it looks at.

    Versions are in the order of their days. It stands at the top of a line, of a limit or of a gate that holds one.
    """

    versions: tuple[Version, ...]


@frozen(eq=False, repr=False)
class SettledValue(Node):
    """A result of the settlement, which only examples read."""

    name: SettledName


Expr = (
    Constant
    | ParameterValue
    | DatedParameter
    | InputValue
    | MeasureValue
    | FactPart
    | Stacked
    | FieldValue
    | PersonValue
    | PersonMean
    | Presence
    | WindowDay
    | Membership
    | People
    | LetValue
    | LineValue
    | Add
    | Negate
    | Multiply
    | Divide
    | Least
    | Greatest
    | Rounded
    | Converted
    | DateShift
    | DateGap
    | Compare
    | Both
    | Either
    | Opposite
    | OneOf
    | IsMissing
    | Within
    | Choose
    | IfMissing
    | Tiers
    | Lookup
    | Weighted
    | Scorecard
    | Gate
    | When
    | Gated
    | Cap
    | Floor
    | Increase
    | Shared
    | Ranking
    | Each
    | Amended
    | SettledValue
)


# ---- declarations ----------------------------------------------------------------------------------------------------
@frozen
class Field:
    """A column that a table provides. `unit.table` names the table referred to, for a reference.

    `prorated`, of people: in a period it is the mean of its value over the days on the plan, over all days.
    """

    name: str
    unit: Unit
    optional: bool = False
    key: bool = False
    prorated: bool = False
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Table:
    """Rows that the host provides."""

    name: str
    label: str
    fields: tuple[Field, ...]
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)

    @property
    def key(self) -> str | None:
        """The name of the key field, if the table declares one."""
        return next((each.name for each in self.fields if each.key), None)


@frozen
class Must:
    """A bound on an input: `value OPERATOR bound`, checked while reading."""

    operator: Literal["<", "<=", ">", ">=", "=", "!="]
    bound: Fraction


@frozen
class Input:
    """A value that the host provides for a holder and a period.

    `per` is "participant", "team" or "company". `period` is None for a value without period. `missing_part` is what a
    missing shorter period counts as beside at least one present (None: the sum is missing). `phases` are the parts of
    the whole for the shorter periods, adding up to 1. `optional` says that an empty cell is a value that is not given.
    `prorated` makes its figure the mean of its value over the days of a period, 0 on days off the plan.
    """

    name: str
    label: str
    unit: Unit
    per: Literal["participant", "team", "company"]
    period: PeriodKind | None
    additive: bool = False
    missing_part: Fraction | None = None
    phases: tuple[Fraction, ...] = ()
    phased_equally: bool = False
    musts: tuple[Must, ...] = ()
    optional: bool = False
    prorated: bool = False
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Since:
    """The value of a parameter from a day on (None: always)."""

    start: date | None
    value: Fraction
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Parameter:
    """A named constant, perhaps changing on dates; each value holds until the next one starts."""

    name: str
    label: str
    unit: Unit
    values: tuple[Since, ...]
    source: str = ""
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class CreditPath:
    """The fact belongs to the person that a field names, on the date of the event."""

    path: FieldValue


@frozen
class CreditThrough:
    """The fact belongs to everybody whose row of `table` has the same values in `match` as the fact in `by`.

    An empty cell of a `match` field takes any value. With `first` only the matching rows with its lowest value count,
    empty cells last. `share` is a field of the table (None: each gets the whole). A row holds on the days from its
    `since` to its `until`, both counting; None where the table has no such field, and an empty cell, leave that side
    open.
    """

    table: str
    who: str
    by: tuple[FieldValue, ...]
    match: tuple[str, ...]
    share: str | None
    since: str | None = None
    until: str | None = None
    first: str | None = None


@frozen
class SplitShare:
    """A part of the fact, and who gets it; where nobody is named, nobody does."""

    share: Fraction
    to: FieldValue
    label: str


@frozen
class SplitBranch:
    """The shares of the facts for which the condition holds."""

    condition: Expr
    shares: tuple[SplitShare, ...]


@frozen
class CreditSplit:
    """The fact is shared by the first branch whose condition holds, else by `otherwise`."""

    name: str
    branches: tuple[SplitBranch, ...]
    otherwise: tuple[SplitShare, ...]


@frozen
class Credit:
    """Who gets the fact. Shares total 100 % unless `overlay`.

    With `above` each share also goes to all the managers above its person on the date of the event.
    """

    to: CreditPath | CreditThrough | CreditSplit
    overlay: bool
    above: bool = False


@frozen
class Recurring:
    """A fact that counts again each `every` from its day on: `times` in all, or up to the day `until`, which counts."""

    every: PeriodKind
    times: int | None
    until: Expr | None


@frozen
class Measure:
    """An aggregate of facts. `value` is None for a plain count; without `credit` the figure is the company's."""

    name: str
    label: str
    table: str
    aggregate: Literal["sum", "count", "count_distinct", "average", "min", "max"]
    value: Expr | None
    where: Expr | None
    dated: Expr
    credit: Credit | None
    shows: tuple[FieldValue, ...]
    unit: Unit
    again: Recurring | None = None
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Group:
    """A named set of people: those for whom the condition holds."""

    name: str
    label: str
    condition: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Definition:
    """A `let` as used over one window; `name` is unique for the pair, `written` is the author's."""

    name: str
    written: str
    value: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)


@frozen
class Component:
    """One line of the statement.

    `line` ends in the one rounding of the line, or in the increase of a rounded figure.
    """

    name: str
    label: str
    line: Expr
    span: Span | None = field(kw_only=True, default=None, eq=False, repr=False)
