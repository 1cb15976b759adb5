"""What was given on a component, period by period, with or without the rows that were lost since.

To give is to add a line and to true it up. A clawback compares two books of one component: what each period gave while
some rows counted, and what it would have given had they never been there. A release asks the same book for parts: whose
rows a line belongs to, and which of it is not due yet. Nothing here has a memory; a book is computed from the data
again, so it does not matter which periods were asked for before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from attrs import define, field, frozen

from incentive.engines.reference.context import Context, Days
from incentive.engines.reference.losses import Cuts
from incentive.engines.reference.per_fact import Pays
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, merged, missing, whole
from incentive.engines.reference.windows import Windows
from incentive.quantities import Number, Period, PeriodKind
from incentive.results import RowUsed
from incentive.tree import (
    Clawback,
    Each,
    Expr,
    FieldValue,
    Instalments,
    LetValue,
    LineValue,
    MeasureValue,
    Plan,
    Release,
    SettlementStep,
    TrueUp,
    Unit,
    Weigher,
    Window,
    children,
    clawbacks,
    ruling,
    walk,
    weighed_by,
)

Amount = Number | Missing
_EVER = Days(date.min, date.max, date.max, 1, date.max.toordinal())


@frozen
class Piece:
    """A part of what a period gave: the line, or with `window` a true-up over it."""

    amount: Amount
    window: Window | None = None


@frozen
class Part:
    """A part of what a period gave: of a row, a share of its pay, due on a day (0: unknown).

    `which` is the place of the share in its step.
    """

    row: int
    which: int
    share: Number
    day: int
    amount: Number
    given: Period


@define
class Books:
    """The books of a plan's components."""

    plan: Plan
    steps: tuple[SettlementStep, ...]
    windows: Windows
    lines: Mapping[str, Evaluate]
    trueups: Mapping[str, tuple[tuple[TrueUp, Evaluate], ...]]
    gates: Mapping[str, tuple[Evaluate, ...]]
    dues: Mapping[int, tuple[Evaluate, ...]]
    pays: Mapping[int, Pays]
    periods: tuple[Period, ...]
    claws: tuple[int, ...] = field(init=False)
    _own: dict[tuple[str, str], bool] = field(factory=dict)
    _weighers: dict[tuple[str, str, int], tuple[Weigher, ...]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.claws = tuple(at for at, step in enumerate(self.steps) if isinstance(step, Clawback))

    # ---- periods -----------------------------------------------------------------------------------------------------
    def settled(self, context: Context) -> tuple[Period, ...]:
        """The periods that are settled for a person, the one in hand among them."""
        here, memo = period_of(context), _memo(context)
        key = ("settles", context.holder, here.start)
        if key not in memo:
            first, _ = context.source.settled_from(self.periods[0])
            memo[key] = tuple(
                each
                for each in self.periods
                if first.start <= each.start and (each == here or context.source.settles(context.holder, each))
            )
        found: tuple[Period, ...] = memo[key]
        return found

    def closes(self, context: Context, kind: PeriodKind) -> bool:
        """Whether no later period of the same longer one is settled for the person."""
        here = period_of(context)
        longer = self.windows.year.period_of(kind, here.last)
        later = (each for each in self.settled(context) if each.start > here.start)
        return not any(each.last in longer for each in later)

    def leaves(self, context: Context) -> bool:
        """Whether the period in hand is the last one that is settled for the person, before the end of the plan."""
        here = period_of(context)
        later = any(each.start > here.start for each in self.settled(context))
        return not later and here.start < self.periods[-1].start

    def unknown(self, context: Context) -> Missing | None:
        """Why what was settled before is not known; None where it is, or where nothing was."""
        first, known = context.source.settled_from(self.periods[0])
        if known or first.start <= self.periods[0].start:
            return None
        return missing("P213", period=first.name)

    # ---- rows that are lost ------------------------------------------------------------------------------------------
    def cuts(self, context: Context, component: str, stage: int = 0) -> Cuts:
        """The days before which lost rows are out for a component.

        At `stage` n its first n clawbacks have acted in the period in hand: what is lost in it is out for them. Before
        they act, what was lost up to the end of the period settled before is out.
        """
        key = ("cuts", context.holder, component, stage, period_of(context).start)
        memo = _memo(context)
        if key not in memo:
            memo[key] = self._cuts(context, component, stage)
        found: Cuts = memo[key]
        return found

    def _cuts(self, context: Context, component: str, stage: int) -> Cuts:
        mine = clawbacks(self.plan.settlement, component)
        here = period_of(context)
        if not mine:
            return (0,) * len(self.claws)
        before = [each.end for each in self.settled(context) if each.start < here.start]
        opening = before[-1] if before else here.start
        days = {at: (here.end if place < stage else opening) for place, at in enumerate(mine)}
        return tuple(self._cut(context, component, index, days.get(at)) for index, at in enumerate(self.claws))

    def _cut(self, context: Context, component: str, index: int, day: date | None) -> int:
        """The earliest end of a period that leaves out the same rows: so that views are few, and often none."""
        if day is None:
            return 0
        last = max((each for each, row in self.lost(context, component, index) if each < day.toordinal()), default=0)
        if not last:
            return 0
        end = self.windows.year.period_of(self.plan.period, date.fromordinal(last)).end
        return min(end, day).toordinal()

    def lost(self, context: Context, component: str, index: int) -> Sequence[tuple[int, int]]:
        """The rows that a clawback takes back, by day; where a component reads one's own figures alone, one's own."""
        found = context.source.lost(index)
        step = self.steps[self.claws[index]]
        assert isinstance(step, Clawback)
        if not found or not self._reads_own(component, step.table):
            return found
        key = ("lost", context.holder, component, index)
        memo = _memo(context)
        if key not in memo:
            mine = self._credited(context, component, step.table)
            memo[key] = [(day, row) for day, row in found if row in mine]
        own: Sequence[tuple[int, int]] = memo[key]
        return own

    def _credited(self, context: Context, component: str, table: str) -> set[int]:
        """The rows of a table that are credited to a person in what a component reads."""
        rows: set[int] = set()
        for node in self.read(component):
            if self._table(node) == table:
                rows |= set(context.source.weights(context, node, _EVER) or ())
        return rows

    def _reads_own(self, component: str, table: str) -> bool:
        key = (component, table)
        if key not in self._own:
            nodes = [each for each in self.read(component) if self._table(each) == table]
            self._own[key] = all(each.type.grain.who in {"", "participant"} for each in nodes)
        return self._own[key]

    def _table(self, node: MeasureValue | Each) -> str:
        if isinstance(node, Each):
            return node.table
        return next(each.table for each in self.plan.measures if each.name == node.name)

    def read(self, component: str, *, targets: bool = True) -> list[MeasureValue]:
        """The measures that a component reads, and its true-ups."""
        definitions = {each.name: each.value for each in self.plan.definitions}
        lines = {each.name: each.line for each in self.plan.components}
        todo: list[Expr] = [lines[component]]
        todo += [step.target for step, _ in self.trueups.get(component, ())] if targets else []
        seen: set[str] = set()
        found: list[MeasureValue] = []
        while todo:
            node = todo.pop()
            match node:
                case MeasureValue():
                    found.append(node)
                case LetValue() if node.name not in seen:
                    seen.add(node.name)
                    todo.append(definitions[node.name])
                case LineValue() if "line " + node.component not in seen:
                    seen.add("line " + node.component)
                    todo.append(lines[node.component])
                case _:
                    todo += children(node)
        return found

    def seen(self, context: Context, cuts: Cuts) -> Context:
        """The same computation without the rows that are lost before some days."""
        source = context.source.view(cuts)
        if source is context.source:
            return context
        memo = _memo(context)
        memos = memo.setdefault(("views",), {(): memo})
        key = id(source)
        if key not in memos:
            memos[key] = {("views",): memos}
        made = Context(source, memos[key], context.holder, context.period, context.trace)
        made.lost = max(cuts)
        return made

    def out(self, context: Context, component: str) -> tuple[RowUsed, ...]:
        """The rows that the line of a component would see in the period in hand, had they not been lost."""
        cuts, found, here = self.cuts(context, component), list[RowUsed](), period_of(context)
        line = self.read(component, targets=False)
        seen = [context.source.weights(context, each, self.windows.days(each.type.grain.when, here)) for each in line]
        for index, at in enumerate(self.claws):
            step = self.steps[at]
            assert isinstance(step, Clawback)
            lost = self.lost(context, component, index)
            tables = [rows for node, rows in zip(line, seen, strict=True) if self._table(node) == step.table and rows]
            rows = [(day, row) for day, row in lost if day < cuts[index] and any(row in each for each in tables)]
            found += self.shown(context, step, rows)
        return tuple(found)

    def shown(self, context: Context, step: Clawback, rows: Iterable[tuple[int, int]]) -> tuple[RowUsed, ...]:
        """Rows that are lost, each with its day and what it credited to the person."""
        unit = Unit("money", self.plan.currency)
        nodes = [each for each in self.read(step.component) if self._table(each) == step.table]
        paid = next((each for each in nodes if each.type.unit == unit), None)
        weights = (context.source.weights(context, paid, _EVER) if paid is not None else None) or {}
        name = date_name(step.on)
        made = [context.source.row_used(step.table, row, 1, weights.get(row), {name: day}) for day, row in rows]
        return tuple(each for each in made if each is not None)

    # ---- what was given ----------------------------------------------------------------------------------------------
    def given(self, context: Context, component: str, cuts: Cuts) -> tuple[Piece, ...]:
        """What the period in hand gave on a component."""
        memo = _memo(context)
        known: dict[date, tuple[Piece, ...]] = memo.setdefault(("given", component, context.holder, cuts), {})
        here = period_of(context)
        if here.start not in known:
            for each in self.settled(context):
                if each.start <= here.start and each.start not in known:
                    known[each.start] = self._given(context.moved(context.holder, each), component, cuts, known)
        return known[here.start]

    def _given(
        self, context: Context, component: str, cuts: Cuts, known: Mapping[date, tuple[Piece, ...]]
    ) -> tuple[Piece, ...]:
        seen = self.seen(context, cuts)
        pieces = [Piece(self.lines[component](seen))]
        for step, target in self.trueups.get(component, ()):
            if self.closes(context, step.per):
                so_far = [self.so_far(context, step, known), total(pieces)]
                pieces.append(Piece(less(target(seen), added_up(so_far)), step.window))
        return tuple(pieces)

    def so_far(self, context: Context, step: TrueUp, known: Mapping[date, tuple[Piece, ...]]) -> Amount:
        """What the periods before gave in the window of a true-up."""
        here = period_of(context)
        days = self.windows.days(step.window, here)
        earlier = [each for each in self.settled(context) if each.start < here.start]
        paid = [total(known[each.start]) for each in earlier if days.start <= each.last < days.end]
        gone = self.unknown(context)
        first = earlier[0] if earlier else here
        if gone is not None and days.start < first.start:
            paid.append(gone)
        return added_up(paid)

    def history(self, context: Context, component: str, cuts: Cuts) -> list[tuple[Period, tuple[Piece, ...]]]:
        """What each period up to the one in hand gave."""
        here = period_of(context)
        self.given(context, component, cuts)
        memo = _memo(context)
        known = memo["given", component, context.holder, cuts]
        return [(each, known[each.start]) for each in self.settled(context) if each.start <= here.start]

    # ---- what waits --------------------------------------------------------------------------------------------------
    def met(self, context: Context, component: str) -> bool | Missing:
        """Whether all gates that may hold a line are met in the period in hand."""
        memo = _memo(context)
        key = ("met", component, context.holder, period_of(context).start)
        if key not in memo:
            seen = self.seen(context, self.cuts(context, component))
            found = [gate(seen) for gate in self.gates.get(component, ())]
            gone = [each for each in found if isinstance(each, Missing)]
            memo[key] = False if False in found else merged(gone) if gone else True
        met: bool | Missing = memo[key]
        return met

    def behind_gate(self, context: Context, component: str) -> list[Period] | Missing:
        """The periods whose lines wait for a gate at the end of the one in hand."""
        here, found = period_of(context), list[Period]()
        for each in reversed([each for each in self.settled(context) if each.start <= here.start]):
            met = self.met(context.moved(context.holder, each), component)
            if isinstance(met, Missing):
                return met
            if met:
                return found
            found.append(each)
        gone = self.unknown(context)
        return found if gone is None else gone

    def held_by_gate(self, context: Context, component: str) -> Amount:
        """What waits for a gate at the end of the period in hand."""
        waiting = self.behind_gate(context, component)
        if isinstance(waiting, Missing):
            return waiting
        history = self.history(context, component, self.cuts(context, component, len(self.claws)))
        return added_up([pieces[0].amount for each, pieces in history if each in waiting])

    def not_due(self, context: Context, at: int) -> Amount:
        """What a release keeps back at the end of the period in hand."""
        step, here = self.steps[at], period_of(context)
        assert isinstance(step, Release | Instalments)
        if isinstance(step, Release):
            parts = self.parts(context, at)
            if isinstance(parts, Missing):
                return parts
            return exact_sum(each.amount for each in parts if not 0 < each.day <= here.last.toordinal())
        pieces = self.free(context, step.component)
        if isinstance(pieces, Missing):
            return pieces
        gone = self.unknown(context)
        kept = [self.later_parts(piece.amount, step.parts, each, here) for each, piece in pieces]
        return added_up(kept if gone is None else [*kept, gone])

    def free(self, context: Context, component: str) -> list[tuple[Period, Piece]] | Missing:
        """What was given up to the period in hand and waits for no gate, without what was lost by its end."""
        held = self.behind_gate(context, component)
        if isinstance(held, Missing):
            return held
        history = self.history(context, component, self.cuts(context, component, len(self.claws)))
        return [
            (each, piece) for each, pieces in history for place, piece in enumerate(pieces) if place or each not in held
        ]

    def later_parts(self, amount: Amount, parts: int, since: Period, here: Period) -> Amount:
        """What of equal parts, one a period since some period, lies after the period in hand."""
        if isinstance(amount, Missing):
            return amount
        passed = self.periods.index(here) - self.periods.index(since) + 1
        return exact_sum(share_out(amount, [1] * parts, self.plan.rounding_step)[passed:])

    def parts(self, context: Context, at: int) -> list[Part] | Missing:
        """The parts of all that was given that belong to rows, with the day on which each falls due.

        What belongs to no row has no date to wait for, and is due at once: it has no part here.
        """
        step = self.steps[at]
        assert isinstance(step, Release)
        pieces = self.free(context, step.component)
        if isinstance(pieces, Missing):
            return pieces
        cuts = self.cuts(context, step.component, len(self.claws))
        found: list[Part] = []
        for each, piece in pieces:
            made = self._parts(self.seen(context.moved(context.holder, each), cuts), at, step, piece)
            if isinstance(made, Missing):
                return made
            found += made
        return found

    def _parts(self, context: Context, at: int, step: Release, piece: Piece) -> list[Part] | Missing:
        if isinstance(piece.amount, Missing):
            return piece.amount
        if not piece.amount:
            return []
        weights = self.weights(context, step.component, step.table, piece.window)
        if weights is None:
            return missing("P240", name=step.component)
        source, formulas = context.source, self.dues[at]
        days = [source.due(at, share, step.table, formula) for share, formula in enumerate(formulas)]
        rows = sorted(  # by what they hold: the order of rows in a file must not move a cent
            weights, key=lambda row: (source.key(step.table, row), [each[row] for each in days], weights[row], row)
        )
        cells = [(row, share) for row in rows for share in range(len(step.shares))]
        shares = [weights[row] * step.shares[share].share for row, share in cells]
        if not exact_sum(shares):
            return []
        amounts = share_out(piece.amount, shares, self.plan.rounding_step)
        return [
            Part(row, share, whole(step.shares[share].share), days[share][row], amount, period_of(context))
            for (row, share), amount in zip(cells, amounts, strict=True)
        ]

    def weights(
        self, context: Context, component: str, table: str, window: Window | None
    ) -> Mapping[int, Number] | None:
        """What each row of a table credited in the measures that a line, or a true-up over a window, belongs to."""
        here = period_of(context)
        line = next(each.line for each in self.plan.components if each.name == component)
        own_line = ruling(line, here.start)
        key = (component, table, id(own_line))
        if key not in self._weighers:
            definitions = {each.name: each.value for each in self.plan.definitions}
            lines = {each.name: each.line for each in self.plan.components}
            found = () if own_line is None else weighed_by(own_line, definitions, lines)
            self._weighers[key] = tuple(each for each in found if self._table(each[0]) == table)
        weights: dict[int, Number] = {}
        for node, own in self._weighers[key]:
            days = self.windows.days(window or own, period_of(context))
            if isinstance(node, Each):
                one = self.paid_each(context, node, window, increases=own is None)
            else:
                one = context.source.weights(context, node, days)
            if one is None:
                return None
            for row, weight in one.items():
                weights[row] = weights.get(row, 0) + weight
        return weights

    def paid_each(
        self, context: Context, node: Each, window: Window | None, *, increases: bool
    ) -> Mapping[int, Number] | None:
        """What each row gave in a sum over rows: in the period in hand, or in all periods of a window."""
        paid: dict[int, Number] = {}
        here = period_of(context)
        days = None if window is None else self.windows.days(window, here)
        for period in (here,) if days is None else self.windows.paid_in(days):
            over = node.measures[0].type.grain.when
            earlier = self.windows.before(over, period) if increases and over is not None else None
            for each, sign in ((period, 1), (earlier, -1)):
                found = () if each is None else self.pays[id(node)](context.moved(context.holder, each))
                if isinstance(found, Missing):
                    return None
                for row, amount in found:
                    paid[row] = paid.get(row, 0) + sign * (0 if isinstance(amount, Missing) else amount)
        return paid

    def belonging(self, context: Context, component: str, table: str, piece: Piece, rows: set[int]) -> Number:
        """The share of a piece that belongs to some rows."""
        weights = self.weights(context, component, table, piece.window) or {}
        every = exact_sum(weights.values())
        return Fraction(exact_sum(weights[row] for row in rows & weights.keys())) / every if every else 0


def _memo(context: Context) -> dict[Any, Any]:
    memo: Any = context.memo
    found: dict[Any, Any] = memo
    return found


def period_of(context: Context) -> Period:
    """The paid period of a computation."""
    assert context.period is not None
    return context.period


def date_name(on: Expr) -> str:
    """What a date of a row is called."""
    named = next((each for each in walk(on) if isinstance(each, FieldValue)), None)
    return "" if named is None else ".".join(hop.name for hop in named.path)


def total(pieces: Sequence[Piece]) -> Amount:
    """All that a period gave."""
    return added_up([each.amount for each in pieces])


def added_up(values: Sequence[Amount]) -> Amount:
    """Add amounts; the sum is missing where one of them is."""
    numbers = [each for each in values if not isinstance(each, Missing)]
    return exact_sum(numbers) if len(numbers) == len(values) else merged(values)


def less(left: Amount, right: Amount) -> Amount:
    """Subtract amounts; the difference is missing where one of them is."""
    if isinstance(left, Missing) or isinstance(right, Missing):
        return merged((left, right))
    return left - right


def share_out(amount: Number, weights: Sequence[Number], step: Fraction) -> list[Number]:
    """Share out an amount by weights of any sign that do not cancel out, by largest remainder; of equals, to the first.

    Law: the parts add up to the amount; each is less than one step from its exact share.
    """
    if amount < 0:
        return [-each for each in share_out(-amount, weights, step)]
    every = exact_sum(weights)
    exact = [Fraction(amount) * weight / every / step for weight in weights]
    whole_steps = [floor(each) for each in exact]
    left = int(Fraction(amount) / step) - sum(whole_steps)
    most = sorted(range(len(exact)), key=lambda at: whole_steps[at] - exact[at])
    for at in most[:left]:
        whole_steps[at] += 1
    return [whole(each * step) for each in whole_steps]
