"""What the author wrote, as nodes: names as written, nothing resolved, everything with its place.

The checker turns these nodes into the evaluation tree. Chains (sums, `and`, `else if`) are flat, so that a plan with
ten thousand terms needs no recursion.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from attrs import field, frozen

from incentive.diagnostics import Span
from incentive.structure import Structural

Comparison = Literal["<", "<=", ">", ">=", "=", "!="]


@frozen(eq=False, repr=False)
class Node(Structural):
    """Something written at a place; places do not compare."""

    span: Span = field(kw_only=True, eq=False, repr=False)


@frozen(eq=False, repr=False)
class Name(Node):
    """One word of the author's."""

    text: str


@frozen(eq=False, repr=False)
class Text(Node):
    """A text between quotes."""

    text: str


# ---- expressions ---------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Number(Node):
    """A number; `percent` says that it was written with its sign."""

    value: Fraction
    percent: bool


@frozen(eq=False, repr=False)
class Amount(Node):
    """An amount of money."""

    value: Fraction
    currency: str


@frozen(eq=False, repr=False)
class Quantity(Node):
    """A number of something: `48 hours`, `40 leads`, `8 office hours`."""

    value: Fraction
    words: tuple[Name, ...]


@frozen(eq=False, repr=False)
class Day(Node):
    """A date."""

    value: date


@frozen(eq=False, repr=False)
class PeriodName(Node):
    """A month, quarter, half, year or week by name."""

    text: str


@frozen(eq=False, repr=False)
class Truth(Node):
    """True or false."""

    value: bool


@frozen(eq=False, repr=False)
class Path(Node):
    """A name, perhaps with a field after a point."""

    parts: tuple[Name, ...]


@frozen(eq=False, repr=False)
class Call(Node):
    """A function or a scale applied to arguments."""

    name: Name
    arguments: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class Group(Node):
    """An expression in parentheses."""

    value: Expression


@frozen(eq=False, repr=False)
class Sum(Node):
    """Terms added; `minus` says which are subtracted."""

    terms: tuple[Expression, ...]
    minus: tuple[bool, ...]


@frozen(eq=False, repr=False)
class Binary(Node):
    """One factor of a product, with the operator before it."""

    operator: Literal["times", "divided", "of", "per"]
    value: Expression


@frozen(eq=False, repr=False)
class Row(Node):
    """A row of a rate table; `noted` says that a note stands right below it."""

    kind: Literal["from", "at", "above"]
    bound: Expression
    value: Expression
    noted: bool = False


@frozen(eq=False, repr=False)
class Banded(Node):
    """A rate table applied to what stands before it."""

    how: Literal["slice", "level", "curve", "every_level"]
    rows: tuple[Row, ...]


@frozen(eq=False, repr=False)
class Ranked(Node):
    """The prizes of places among a group: `by rank among G where C { at 1: … }`."""

    among: Name
    where: Expression | None
    rows: tuple[Row, ...]


@frozen(eq=False, repr=False)
class Weight(Node):
    """A weighted part."""

    weight: Number
    value: Expression
    label: Text | None


@frozen(eq=False, repr=False)
class Weights(Node):
    """Weighted parts of what stands before them."""

    parts: tuple[Weight, ...]


@frozen(eq=False, repr=False)
class Product(Node):
    """A chain of one precedence level, read from left to right."""

    first: Expression
    factors: tuple[Binary | Banded | Ranked | Weights | Later, ...]


@frozen(eq=False, repr=False)
class Negative(Node):
    """Unary minus."""

    value: Expression


@frozen(eq=False, repr=False)
class Logic(Node):
    """`and` or `or` over several conditions."""

    operator: Literal["and", "or"]
    terms: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class Not(Node):
    """The opposite of a condition."""

    value: Expression


@frozen(eq=False, repr=False)
class Compared(Node):
    """A comparison by a sign."""

    operator: Comparison
    left: Expression
    right: Expression


@frozen(eq=False, repr=False)
class Is(Node):
    """`is` and `is one of`."""

    left: Expression
    negated: bool
    options: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class Missing(Node):
    """`is missing`."""

    left: Expression
    negated: bool


@frozen(eq=False, repr=False)
class Within(Node):
    """`later within quantity of earlier`."""

    later: Expression
    quantity: Quantity
    earlier: Expression


@frozen(eq=False, repr=False)
class Fallback(Node):
    """`value if missing other`, perhaps several in a row."""

    values: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class If(Node):
    """`if c then v else if … else w`: conditions and values in turn, the last one alone."""

    conditions: tuple[Expression, ...]
    values: tuple[Expression, ...]
    otherwise: Expression


@frozen(eq=False, repr=False)
class Window(Node):
    """The days a figure covers."""

    shape: Literal["whole", "to_date", "last", "previous", "same_last"]
    period: Name
    count: int = 1
    last: Name | None = None


@frozen(eq=False, repr=False)
class Over(Node):
    """A figure over a window."""

    value: Expression
    window: Window


@frozen(eq=False, repr=False)
class Converted(Node):
    """A figure in another currency, at a rate."""

    value: Expression
    currency: Name
    rate: Expression | None
    known: Known | None = None


@frozen(eq=False, repr=False)
class Known(Node):
    """How many days before its day a rate may be: `last known 3 days`."""

    days: Fraction
    word: Name


@frozen(eq=False, repr=False)
class OnDay(Node):
    """A formula whose rates and parameters take their value on a day."""

    value: Expression
    day: Expression


@frozen(eq=False, repr=False)
class Later(Node):
    """Something the grammar reads and this version does not compute."""

    word: str
    name: Name | None = None


Expression = (
    Number
    | Amount
    | Quantity
    | Day
    | PeriodName
    | Text
    | Truth
    | Path
    | Call
    | Group
    | Sum
    | Product
    | Negative
    | Logic
    | Not
    | Compared
    | Is
    | Missing
    | Within
    | Fallback
    | If
    | Over
    | Converted
    | OnDay
    | Later
)


# ---- clauses -------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class Setting(Node):
    """A clause of `plan` that takes a word or a text."""

    clause: Literal["currency", "period", "timezone", "note", "source", "month_end"]
    value: Name | Text


@frozen(eq=False, repr=False)
class PresenceBy(Node):
    """How days on the plan are counted, as it is written: `calendar` and `working` for days, else the words."""

    basis: str
    written: Span


@frozen(eq=False, repr=False)
class Effective(Node):
    """The first and the last day of the plan."""

    first: Day
    last: Day | None


@frozen(eq=False, repr=False)
class Covers(Node):
    """Whom the plan is for."""

    condition: Expression


@frozen(eq=False, repr=False)
class Rounding(Node):
    """How pay lines are rounded."""

    mode: Name
    step: Amount | None


@frozen(eq=False, repr=False)
class YearStarts(Node):
    """The first day of the fiscal year and how the year is named."""

    month: int
    day: int
    named_by: Name | None


@frozen(eq=False, repr=False)
class ChoiceType(Node):
    """One of several words."""

    options: tuple[Name, ...]


@frozen(eq=False, repr=False)
class NamedType(Node):
    """A type by name; for money perhaps with its currency."""

    name: Name
    currency: Name | None = None


@frozen(eq=False, repr=False)
class Field(Node):
    """A field of a table."""

    key: bool
    name: Name
    type: ChoiceType | NamedType
    optional: bool
    prorated: Span | None


@frozen(eq=False, repr=False)
class Must(Node):
    """A bound on an input."""

    operator: Literal["<", "<=", ">", ">=", "=", "!=", "within"]
    bounds: tuple[Expression, ...]


@frozen(eq=False, repr=False)
class Additive(Node):
    """Shorter periods and people may be added; `missing` is what an absent part counts as."""

    missing: Expression | None


@frozen(eq=False, repr=False)
class Prorated(Node):
    """The value counts for the days on which somebody is on the plan."""


@frozen(eq=False, repr=False)
class Phased(Node):
    """How a longer period splits into shorter ones; no parts means equally."""

    parts: tuple[Number, ...]


@frozen(eq=False, repr=False)
class Since(Node):
    """The value of a parameter from a day on."""

    start: Day
    value: Expression


@frozen(eq=False, repr=False)
class Aggregate(Node):
    """What a measure adds up."""

    how: Literal["sum", "count", "count_distinct", "average", "min", "max"]
    value: Expression


@frozen(eq=False, repr=False)
class Where(Node):
    """Which facts count."""

    condition: Expression


@frozen(eq=False, repr=False)
class Dated(Node):
    """Which date puts a fact in a period; with `every`, it counts again each such period, until a day or so long."""

    value: Expression
    every: Name | None = None
    until: Expression | None = None
    parts: Parts | None = None


@frozen(eq=False, repr=False)
class Through(Node):
    """An assignment table: the fields of the fact, the field that orders rows, and the share's field."""

    by: tuple[Path, ...]
    first: Path | None
    share: Path | None


@frozen(eq=False, repr=False)
class Above(Node):
    """Credit also goes to all the managers above."""


@frozen(eq=False, repr=False)
class Credit(Node):
    """Who gets the fact."""

    path: Path
    through: Through | None
    above: Above | None
    overlay: bool


@frozen(eq=False, repr=False)
class Show(Node):
    """Fields shown in explanations."""

    paths: tuple[Path, ...]


@frozen(eq=False, repr=False)
class Let(Node):
    """A name for an expression."""

    name: Name
    value: Expression


@frozen(eq=False, repr=False)
class Shared(Node):
    """Among whom an amount is divided, and by which weight (None: equally)."""

    among: Name
    by: Expression | None
    where: Expression | None


@frozen(eq=False, repr=False)
class Pay(Node):
    """What a component pays; with `each`, for each fact alone."""

    value: Expression
    shared: Shared | None = None
    each: bool = False


@frozen(eq=False, repr=False)
class Accumulate(Node):
    """The window a component accumulates over."""

    period: Name


@frozen(eq=False, repr=False)
class Limit(Node):
    """A cap or a floor; with `each`, of each fact alone."""

    clause: Literal["cap", "floor"]
    value: Expression
    each: bool = False


@frozen(eq=False, repr=False)
class When(Node):
    """The condition of a component."""

    condition: Expression


@frozen(eq=False, repr=False)
class GatedBy(Node):
    """The gates that a line goes through."""

    names: tuple[Name, ...]


@frozen(eq=False, repr=False)
class Stacked(Node):
    """The order in which facts fill a table, one after the other."""

    paths: tuple[Path, ...]


@frozen(eq=False, repr=False)
class Require(Node):
    """A condition of a gate."""

    condition: Expression


@frozen(eq=False, repr=False)
class Otherwise(Node):
    """What a missed gate leaves of a line; no value means nothing. With `hold` the line waits."""

    value: Expression | None
    hold: bool = False


@frozen(eq=False, repr=False)
class Share(Node):
    """Who gets which part of a fact."""

    share: Number
    path: Path
    label: Text | None


@frozen(eq=False, repr=False)
class Shares(Node):
    """The shares of the facts that meet a condition; no condition means all others."""

    condition: Expression | None
    shares: tuple[Share, ...]


@frozen(eq=False, repr=False)
class BySplit(Node):
    """Credit by a named split."""

    name: Name
    above: Above | None
    overlay: bool


@frozen(eq=False, repr=False)
class Rated(Node):
    """The scale of a scorecard, and whose and of which period its ratings are."""

    low: Number
    high: Number
    per: tuple[Name, ...]


@frozen(eq=False, repr=False)
class Criterion(Node):
    """A criterion and its weight."""

    weight: Number
    name: Name
    label: Text | None


@frozen(eq=False, repr=False)
class Unrated(Node):
    """What a criterion without a rating does."""

    rule: Name


@frozen(eq=False, repr=False)
class Given(Node):
    """A figure that an example gives; no value means missing."""

    path: Path
    window: Window | None
    whose: Text | None
    value: Expression | None


@frozen(eq=False, repr=False)
class Expect(Node):
    """A figure that an example expects; no value means pending."""

    path: Path
    whose: Text | None
    value: Expression | None


@frozen(eq=False, repr=False)
class On(Node):
    """The period of an example."""

    period: Name


@frozen(eq=False, repr=False)
class Cell(Node):
    """A cell of a table in an example; no value means missing."""

    value: Expression | None


@frozen(eq=False, repr=False)
class Key(Node):
    """A cell of a decision table: a value, a band from its bound on (`above`: without it), or anything (no value)."""

    how: Literal["is", "from", "above", "any", "missing"]
    value: Expression | None


@frozen(eq=False, repr=False)
class KeyRow(Node):
    """A row of a decision table; the last cell is its answer."""

    cells: tuple[Key, ...]


@frozen(eq=False, repr=False)
class Rows(Node):
    """A table in an example: given facts, independent cases, or periods in a row."""

    kind: Literal["given", "cases", "timeline"]
    name: Name | None
    rows: tuple[tuple[Cell, ...], ...]


# ---- steps of a settlement -----------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class AddLines(Node):
    """Lines that are settled; `missing` is what one that is pending counts as."""

    names: tuple[Name, ...]
    missing: Expression | None


@frozen(eq=False, repr=False)
class TrueUp(Node):
    """What was paid on a component brought to a figure to date, at the end of a period."""

    name: Name
    to: Name
    per: Name


@frozen(eq=False, repr=False)
class Bound(Node):
    """A cap or a floor of what is paid."""

    clause: Literal["cap", "floor"]
    value: Expression
    carry: bool


@frozen(eq=False, repr=False)
class Draw(Node):
    """An advance, perhaps owed, between two days or periods; `balance` is what becomes of what is still owed.

    `recovered` is when its recovery begins.
    """

    value: Expression
    recoverable: bool
    first: Name | None
    last: Name | None
    recovered: Name | None
    balance: Literal["carried", "forgiven", "due"] | None
    leaving: Literal["due", "forgiven"] | None = None


@frozen(eq=False, repr=False)
class Hold(Node):
    """The least that is paid; `leaving` is what becomes of what waits when somebody leaves."""

    value: Expression
    leaving: Literal["due", "nothing"] | None = None


@frozen(eq=False, repr=False)
class Parts(Node):
    """`in 12 months`: a number of periods."""

    number: Number
    period: Name


@frozen(eq=False, repr=False)
class Clawback(Node):
    """What was given for facts that are lost again, taken back; `value` is `100% of commission`."""

    value: Expression
    on: Path
    condition: Expression
    as_paid: bool
    parts: Parts | None
    most: Expression | None


@frozen(eq=False, repr=False)
class DueShare(Node):
    """A share of the pay of each fact, and when it falls due."""

    share: Number
    on: Expression


@frozen(eq=False, repr=False)
class Release(Node):
    """What is given on a component, due on dates of its facts or in equal parts."""

    name: Name
    shares: tuple[DueShare, ...]
    parts: Parts | None
    leaving: Literal["due", "nothing"] | None = None


# ---- blocks --------------------------------------------------------------------------------------------------------
@frozen(eq=False, repr=False)
class PlanBlock(Node):
    """The header of a plan."""

    label: Text
    clauses: tuple[Setting | Effective | Covers | Rounding | YearStarts | PresenceBy, ...]


@frozen(eq=False, repr=False)
class Facts(Node):
    """A table that the host provides."""

    name: Name
    label: Text | None
    clauses: tuple[Field | Setting, ...]


@frozen(eq=False, repr=False)
class Input(Node):
    """A value that the host provides for a holder and a period."""

    name: Name
    label: Text | None
    type: ChoiceType | NamedType
    per: tuple[Name, ...]
    clauses: tuple[Additive | Prorated | Phased | Must, ...]


@frozen(eq=False, repr=False)
class Parameter(Node):
    """A named constant."""

    name: Name
    label: Text | None
    clauses: tuple[Since | Setting, ...]
    value: Expression | None


@frozen(eq=False, repr=False)
class Measure(Node):
    """An aggregate of facts."""

    name: Name
    label: Text | None
    clauses: tuple[Aggregate | Where | Dated | Credit | BySplit | Show | Setting | Later, ...]


@frozen(eq=False, repr=False)
class Scale(Node):
    """A named rate table."""

    name: Name
    label: Text | None
    how: Literal["slice", "level", "curve"]
    rows: tuple[Row, ...]


@frozen(eq=False, repr=False)
class Table(Node):
    """A decision table; its first row names the columns. `first`: the first row that matches counts."""

    name: Name
    label: Text | None
    first: bool
    rows: tuple[KeyRow, ...]


@frozen(eq=False, repr=False)
class GroupOf(Node):
    """A named set of people."""

    name: Name
    label: Text | None
    condition: Expression


@frozen(eq=False, repr=False)
class Gate(Node):
    """Conditions with the consequence of missing one."""

    name: Name
    label: Text | None
    clauses: tuple[Require | Otherwise | Setting | Later, ...]


@frozen(eq=False, repr=False)
class Split(Node):
    """Shares of a credit, by conditions on the fact."""

    name: Name
    label: Text | None
    clauses: tuple[Shares | Setting, ...]


@frozen(eq=False, repr=False)
class Scorecard(Node):
    """Weighted criteria that somebody rates."""

    name: Name
    label: Text | None
    clauses: tuple[Rated | Criterion | Unrated | Setting, ...]


@frozen(eq=False, repr=False)
class Component(Node):
    """One line of the statement."""

    name: Name
    label: Text | None
    clauses: tuple[Let | Pay | Accumulate | Limit | When | GatedBy | Stacked | Setting | Later, ...]


@frozen(eq=False, repr=False)
class Example(Node):
    """An executable example."""

    label: Text
    clauses: tuple[Given | Expect | On | Rows | Setting, ...]


@frozen(eq=False, repr=False)
class Settlement(Node):
    """From earned to paid, step by step."""

    clauses: tuple[AddLines | TrueUp | Clawback | Release | Bound | Draw | Hold | Setting | Later, ...]


@frozen(eq=False, repr=False)
class Use(Node):
    """The declarations of another file, as if they were written here."""

    file: Text


@frozen(eq=False, repr=False)
class Amends(Node):
    """The plan that this text changes, and the day from which on it does."""

    file: Text
    day: Day


@frozen(eq=False, repr=False)
class Replace(Node):
    """Something of the original, defined anew; the place is that of the word."""

    item: Item


@frozen(eq=False, repr=False)
class Remove(Node):
    """Something of the original that is no more."""

    name: Name


Item = (
    PlanBlock
    | Facts
    | Input
    | Parameter
    | Let
    | Measure
    | Scale
    | Table
    | GroupOf
    | Gate
    | Split
    | Scorecard
    | Component
    | Example
    | Settlement
    | Use
    | Amends
    | Replace
    | Remove
    | Later
)


@frozen
class File:
    """A whole plan file."""

    items: tuple[Item, ...]
