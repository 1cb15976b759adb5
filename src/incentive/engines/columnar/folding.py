"""From earned to paid, of everybody at once: a fold over the periods, one row a person.

What a period leaves behind (balances, what a cap has let pass, what was given on a line) is a column of whole numbers,
carried from one period to the next; where a person is not on the plan it is carried on as it is. A person whose fold
meets a figure that is missing or in doubt is none of this fold's: `asks` says who they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

import polars as pl
from attrs import define, evolve, field, frozen

from incentive.columns import Figure, NotLoweredError, Num, Truth, marks, union
from incentive.engines.columnar.given import GivenPieces
from incentive.engines.columnar.grid import Grid
from incentive.engines.columnar.lines import Lines
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.engines.columnar.released import Released
from incentive.quantities import Period
from incentive.tree import (
    AddLines,
    Both,
    CapOver,
    Clawback,
    Draw,
    Expr,
    FloorAt,
    Gate,
    HoldBelow,
    Instalments,
    LetValue,
    Release,
    SettledName,
    SettlementStep,
    TrueUp,
    Type,
    Unit,
    added,
    balance_name,
    settled_names,
)

_GIVES = (AddLines, TrueUp, Release, Instalments)
_NOTHING = constant(0)


@frozen(eq=False)
class FoldedPeriod:
    """What a period made of everybody: what comes out by name, and of each step four figures.

    They are the amount before and after it, and what waits or is owed before and after it. `lines` are those that are
    added, by the place of the step: component, amount, and what a gate lets wait of it before and after.
    """

    steps: Sequence[tuple[Num, Num, Num, Num]]
    lines: Mapping[int, Sequence[tuple[str, Num, Num, Num]]]
    results: Mapping[SettledName, Num]


@frozen(eq=False)
class Folded:
    """The periods of a grid that were kept, by their number; and the people of the grid whom columns do not settle."""

    periods: Mapping[int, FoldedPeriod]
    asks: pl.Series


@define
class _Memory:
    """What a step leaves behind: its balance, and of a cap what it let pass."""

    balance: Num = _NOTHING
    passed: Num = _NOTHING


@define
class _Fold:
    figures: Lines
    every: Sequence[Period]  # of the plan
    on_plan: Sequence[pl.Series]  # by period of the plan
    people: int
    asks: pl.Series
    steps: tuple[SettlementStep, ...]
    grids: dict[int, tuple[Num, ...]] = field(factory=dict)
    gates: dict[str, Truth] = field(factory=dict)
    memories: list[_Memory] = field(factory=list)
    balances: list[Num] = field(factory=list)
    given: GivenPieces = field(init=False)
    released: dict[int, Released] = field(factory=dict)
    at: int = 0
    on: pl.Series = field(factory=lambda: pl.Series([], dtype=pl.Boolean))
    amount: Num = _NOTHING
    lines: Num = _NOTHING

    def __attrs_post_init__(self) -> None:
        self.memories = [_Memory() for _ in self.steps]
        self.balances = [_NOTHING for _ in self.steps]
        looked_back_at = {each.component for each in self.steps if isinstance(each, TrueUp | Release | Instalments)}
        self.given = GivenPieces(self.numbers, self.figures.plan.rounding_step, frozenset(looked_back_at))
        for at, step in enumerate(self.steps):
            self.grids[at] = tuple(self._whole(each) for each in _formulas(step))
            if isinstance(step, Release):
                self.released[at] = Released(self.figures, step)
            for gate in step.gates if isinstance(step, AddLines) else ():
                met = self._met(gate.gate)
                known = self.gates.get(gate.component)
                self.gates[gate.component] = met if known is None else _both(known, met)

    # ---- figures of the grid -----------------------------------------------------------------------------------------
    @property
    def grid(self) -> Grid:
        """People and periods."""
        return self.figures.grid

    @property
    def numbers(self) -> Numbers:
        """The arithmetic of a period."""
        return Numbers(self.people, self.figures.widths)

    @property
    def period(self) -> Period:
        """The period in hand."""
        return self.grid.periods[self.at]

    def _whole(self, node: Expr) -> Num:
        return _num(self.figures.figure(node))

    def _met(self, node: Expr) -> Truth:
        if not isinstance(node, LetValue):
            raise NotLoweredError("a gate that an amendment changes")
        gate = next(each.value for each in self.figures.plan.definitions if each.name == node.name)
        assert isinstance(gate, Gate)
        both = Both(gate.requirements, type=Type(Unit("yes_no")))
        return self.figures.lowering().truth(both)

    def _here(self, column: pl.Series) -> pl.Series:
        return column.gather_every(len(self.grid.periods), self.at)

    def _read(self, figure: Num, where: pl.Series) -> Num:
        """Give a figure in the period in hand, 0 elsewhere; who lacks it where it is read is asked for."""
        for mask in (figure.gone, figure.doubt):
            if mask is not None:
                self.asks = self.asks | (self._here(mask) & where)
        top = figure.top if isinstance(figure.top, int) else self._here(figure.top)
        return self.pick(where, evolve(figure, top=top, gone=None, doubt=None), _NOTHING)

    def _limit(self, at: int) -> Num:
        return self._read(self.grids[at][0], self.on)

    # ---- arithmetic --------------------------------------------------------------------------------------------------
    def pick(self, holds: pl.Series, one: Num, other: Num) -> Num:
        """One where a condition holds, else the other."""
        return _num(self.numbers.choose(Truth(holds), one, other))

    def add(self, one: Num, other: Num) -> Num:
        """Add."""
        return _num(self.numbers.add(one, other))

    def less(self, one: Num, other: Num) -> Num:
        """Subtract."""
        return _num(self.numbers.subtract(one, other))

    def least(self, one: Num, other: Num) -> Num:
        """The smaller of two."""
        return _num(self.numbers.extreme(one, other, largest=False))

    def most(self, one: Num, other: Num) -> Num:
        """The larger of two."""
        return _num(self.numbers.extreme(one, other, largest=True))

    def below(self, one: Num, other: Num) -> pl.Series:
        """Where one is less than the other."""
        return self.numbers.compare("<", one, other).holds

    # ---- periods -----------------------------------------------------------------------------------------------------
    def settle(self, at: int) -> FoldedPeriod:
        """Settle a period, after those before it."""
        self.at = at
        self.on = next(on for each, on in zip(self.every, self.on_plan, strict=True) if each.start == self.period.start)
        self.amount = self.lines = _NOTHING
        self.given.begin(at)
        waited = {name: self.given.held(name) if at else _NOTHING for name in self.gates}
        self._give()
        found: list[tuple[Num, Num, Num, Num]] = []
        for number, step in enumerate(self.steps):
            before, memory = self.amount, self.memories[number]
            after, left = self._act(number, step, memory)
            if left is not memory:
                self.memories[number] = _Memory(
                    self._left(left.balance, memory.balance), self._left(left.passed, memory.passed)
                )
            self.amount = after
            brought = self.balances[number]
            self.balances[number] = self._left(self._waits(step, self.memories[number]), brought)
            found.append((before, after, brought, self.balances[number]))
        results: dict[SettledName, Num] = {"earned": self.lines, "payable": _NOTHING, "paid": self.amount}
        for number, (step, (before, after, _, _)) in enumerate(zip(self.steps, found, strict=True)):
            if isinstance(step, _GIVES):
                results["payable"] = self.add(results["payable"], self.less(after, before))
            name = balance_name(step)
            if name is not None:
                results[name] = self.add(results.get(name, _NOTHING), self.memories[number].balance)
        lines = {
            number: [
                (
                    name,
                    self.given.line_of(name),
                    waited.get(name, _NOTHING),
                    self.given.held(name) if name in self.gates else _NOTHING,
                )
                for name in added(step)
            ]
            for number, step in enumerate(self.steps)
            if isinstance(step, AddLines)
        }
        names = settled_names(self.figures.plan.settlement)
        return FoldedPeriod(found, lines, {name: results[name] for name in names})

    def _waits(self, step: SettlementStep, memory: _Memory) -> Num:
        """What waits or is owed after the period; what waits for its own `per` alone is lost at the end of that."""
        if isinstance(step, CapOver) and not step.carry:
            following = self.figures.windows.year.next(self.period)
            if self._since(step, following) != self._since(step, self.period):
                return _NOTHING
        return memory.balance

    def _left(self, now: Num, before: Num) -> Num:
        """What is left behind: as before where a person is not on the plan."""
        return self.numbers.tightened(self.pick(self.on, now, before))

    # ---- steps -------------------------------------------------------------------------------------------------------
    def _act(self, number: int, step: SettlementStep, memory: _Memory) -> tuple[Num, _Memory]:
        match step:
            case AddLines():
                return self._added(step, memory)
            case TrueUp():
                return self.add(self.amount, self.given.change(number)), memory
            case Instalments():
                balance = self.given.not_due(step.component, step.parts)
                return self.less(self.add(self.amount, memory.balance), balance), _Memory(balance)
            case CapOver():
                return self._cap(step, memory, self._limit(number))
            case Draw():
                return self._draw(step, memory, number)
            case FloorAt():
                after, owed = self._lifted(self._limit(number), memory.balance if step.carry else _NOTHING)
                return after, _Memory(owed) if step.carry else memory
            case HoldBelow():
                total = self.add(self.amount, memory.balance)
                low = self.below(total, self._limit(number))
                return self.pick(low, _NOTHING, total), _Memory(self.pick(low, total, _NOTHING))
            case Clawback():
                return self.amount, memory  # whom it takes something from, is asked for
            case Release():
                balance = self.released[number].not_due(self.at, self.given.behind_gates(step.component))
                return self.less(self.add(self.amount, memory.balance), balance), _Memory(balance)
            case _:
                assert_never(step)

    def _give(self) -> None:
        """What the period gives on each component: its line, and its true-ups."""
        for number, step in enumerate(self.steps):
            if isinstance(step, AddLines):
                for name, grid in zip(added(step), self.grids[number], strict=True):
                    self.given.line(name, self._read(grid, self.on))
        for name, gate in self.gates.items():
            for mask in (gate.gone, gate.doubt):
                if mask is not None:
                    self.asks = self.asks | (self._here(mask) & self.on)
            self.given.let_pass(name, self._here(gate.holds) & self.on)
        for number, step in enumerate(self.steps):
            if isinstance(step, TrueUp):
                closes = self._closes(step)
                days = self.figures.windows.days(step.window, self.period)
                seen = [at for at in range(self.at) if days.start <= self.grid.periods[at].last < days.end]
                so_far = self.given.so_far(step.component, [*seen, self.at])
                change = self.less(self._read(self.grids[number][0], closes), so_far)
                self.given.true_up(number, step.component, self.pick(closes, change, _NOTHING), step.window)
        for released in self.released.values():
            component = released.step.component
            released.give(self.at, self.given.line_of(component), self.given.true_ups(component))

    def _closes(self, step: TrueUp) -> pl.Series:
        """Who has no later period of the same longer one."""
        year, closes = self.figures.windows.year, self.on
        longer = year.period_of(step.per, self.period.last)
        for each, on in zip(self.every, self.on_plan, strict=True):
            if each.start > self.period.start and each.last in longer:
                closes = closes & ~on
        return closes

    def _added(self, step: AddLines, memory: _Memory) -> tuple[Num, _Memory]:
        total = self.amount
        for name in added(step):
            line = self.given.line_of(name)
            total, self.lines = self.add(total, line), self.add(self.lines, line)
        if not step.gates:
            return total, memory
        held = _NOTHING
        for name in {gate.component: 0 for gate in step.gates}:
            held = self.add(held, self.given.held(name))
        return self.less(self.add(total, memory.balance), held), _Memory(held)

    def _cap(self, step: CapOver, memory: _Memory, limit: Num) -> tuple[Num, _Memory]:
        same = self.at > 0 and self._since(step, self.period) == self._since(step, self.grid.periods[self.at - 1])
        passed = memory.passed if same else _NOTHING
        total = self.add(self.amount, memory.balance if same or step.carry else _NOTHING)
        after = self.least(total, self.most(self.less(limit, passed), _NOTHING))
        balance = self.less(total, after)
        if not same:  # for those who are not on the plan now it starts afresh too
            memory.passed = _NOTHING
            memory.balance = memory.balance if step.carry else _NOTHING
        return after, _Memory(balance, self.add(passed, after))

    def _since(self, step: CapOver, period: Period) -> Period:
        return self.figures.windows.year.period_of(step.per, period.last)

    def _draw(self, step: Draw, memory: _Memory, number: int) -> tuple[Num, _Memory]:
        here = self.period
        recovers = step.recovered is None or step.recovered <= here.start
        if step.first <= here.last and here.start <= step.last:
            if not step.recoverable:
                return self._lifted(self._limit(number), _NOTHING)[0], memory
            after, owed = self._lifted(self._limit(number), memory.balance, recovers=recovers)
            forgiven = step.last <= here.last and step.balance == "forgiven"
            return after, _Memory(_NOTHING if forgiven else owed)
        if not step.recoverable or here.last < step.first:
            return self.amount, _Memory()
        if step.balance == "forgiven":
            return self.amount, _Memory()
        if not recovers:
            return self.amount, memory
        back = memory.balance
        if step.balance != "due":
            back = self.least(back, self.most(self.amount, _NOTHING))
        return self.less(self.amount, back), _Memory(self.less(memory.balance, back))

    def _lifted(self, limit: Num, owed: Num, *, recovers: bool = True) -> tuple[Num, Num]:
        """The amount, the limit at least; the difference is owed, and recovered from what exceeds."""
        over = self.less(self.amount, limit)
        back = self.least(owed, self.most(over, _NOTHING)) if recovers else _NOTHING
        lacks = self.most(self.less(_NOTHING, over), _NOTHING)
        return self.less(self.add(self.amount, lacks), back), self.less(self.add(owed, lacks), back)


def fold(figures: Lines, kept: Sequence[int], touched: Mapping[str, pl.Series | None]) -> Folded:
    """Settle the lines of everybody on a grid, and keep some of its periods.

    Args:
        figures: The figures of the grid.
        kept: The periods to keep, by their number.
        touched: By component, of each person on the roster, whether a clawback may take something from them;
            None where columns cannot tell.

    Raises:
        NotLoweredError: A step is not computed on columns.
    """
    settlement, grid = figures.plan.settlement, figures.grid
    assert settlement is not None
    plan = figures.plan
    every = figures.windows.year.periods(plan.period, plan.first_day, plan.last_day)
    on_plan = [(figures.roster.outcome(each) == 0).gather(grid.holders) for each in every]
    people = len(grid.holders)
    asks = marks(None, people)
    for each in touched.values():
        if each is None:
            raise NotLoweredError("a clawback of rows that columns cannot tell")
        asks = asks | each.gather(grid.holders)
    if any(getattr(step, "leaving", None) for step in settlement.steps):  # who leaves is settled row by row
        there = marks(None, people)
        for on in on_plan:
            there = there | on
        asks = asks | (there & ~on_plan[-1])
    made = _Fold(evolve(figures, told=None), every, on_plan, people, asks, settlement.steps)
    found: dict[int, FoldedPeriod] = {}
    for at in range(len(grid.periods) if people else 0):
        settled = made.settle(at)
        if at in kept:
            found[at] = settled
    return Folded(found, made.asks)


def _formulas(step: SettlementStep) -> tuple[Expr, ...]:
    match step:
        case AddLines():
            return step.lines
        case TrueUp():
            return (step.target,)
        case CapOver() | Draw() | FloorAt() | HoldBelow():
            return (step.limit,)
        case _:
            return ()


def _num(found: Figure) -> Num:
    if not isinstance(found, Num) or found.bottom is not None:
        raise NotLoweredError("an amount too wide to settle in a column")
    return found


def _both(one: Truth, other: Truth) -> Truth:
    return Truth(one.holds & other.holds, union(one.gone, other.gone), union(one.doubt, other.doubt))
