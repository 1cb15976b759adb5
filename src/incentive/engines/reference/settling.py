"""From earned to paid: a fold over the periods of a person, from the first one of the plan.

Where the fold starts never depends on which periods were asked for, so one period alone gives what the year gives. What
a period leaves behind (balances, what a cap has let pass, what was paid on a line) is kept beside its result; a balance
that depends on something missing is missing too, until a new period of a cap or the end of a draw starts it afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, assert_never

from attrs import define, field, frozen

from incentive.engines.reference.context import Context
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, merged, missing
from incentive.engines.reference.windows import Windows
from incentive.quantities import Number, Period, PeriodKind
from incentive.tree import (
    AddLines,
    CapOver,
    Draw,
    FloorAt,
    HoldBelow,
    Plan,
    SettledName,
    SettledValue,
    Settlement,
    SettlementStep,
    TrueUp,
    Unit,
    added,
    balance_name,
    settled_names,
)

Amount = Number | Missing


@frozen
class Memory:
    """What a step leaves behind: its balance, and for a cap what it let pass since the day `since`."""

    balance: Amount = 0
    passed: Amount = 0
    since: date | None = None


@frozen
class StepDone:
    """What a step made of an amount, and the balance it leaves."""

    before: Amount
    after: Amount
    memory: Memory


@frozen
class Done:
    """A person's settlement of a period. `given` is what was added and trued up of each component."""

    period: Period
    earned: Amount
    paid: Amount
    steps: tuple[StepDone, ...]
    given: Mapping[str, Amount]
    balances: Mapping[str, Amount]

    def result(self, name: SettledName) -> Amount:
        """Give one of the results."""
        match name:
            case "earned":
                return self.earned
            case "paid":
                return self.paid
            case _:
                return self.balances[name]


@define
class Settling:
    """The settlement of a plan, compiled."""

    plan: Plan
    settlement: Settlement
    windows: Windows
    unit: Unit
    names: tuple[SettledName, ...]
    lines: Mapping[int, tuple[Evaluate, ...]]
    limits: Mapping[int, Evaluate]
    periods: tuple[Period, ...] = field(init=False)

    def __attrs_post_init__(self) -> None:
        plan = self.plan
        self.periods = self.windows.year.periods(plan.period, plan.first_day, plan.last_day)

    def done(self, context: Context) -> Done:
        """Settle the period of a context, and for that the periods before."""
        period = _period(context)
        known = self._known(context)
        if period.start not in known:
            for each in self._settled_periods(context):
                if each.start <= period.start and each.start not in known:
                    moved = context.moved(context.holder, each)
                    known[each.start] = self._settle(moved, _before(known, each), None)
        return known[period.start]

    def explain(self, context: Context, plain: Settling, name: SettledName) -> Amount:
        """Settle the period of a context and record how; the periods before are settled by formulas without trace."""
        trace = context.trace
        assert trace is not None
        here = _period(context)
        untold = Context(context.source, {}, context.holder, here)
        earlier = [each for each in self._settled_periods(untold) if each.start < here.start]
        if earlier:
            plain.done(untold.moved(untold.holder, earlier[-1]))
        known = self._known(untold)
        trace.enter()
        value = self._settle(context, _before(known, here), trace).result(name)
        trace.leave("Settled", name, self.settlement.span, self.unit, value, "", context.holder, here.name)
        return value

    # ---- periods -----------------------------------------------------------------------------------------------------
    def _known(self, context: Context) -> dict[date, Done]:
        memo: Any = context.memo
        known: dict[date, Done] = memo.setdefault(("settled", context.holder), {})
        return known

    def _settled_periods(self, context: Context) -> tuple[Period, ...]:
        """The periods that are settled for a person, the one in hand among them."""
        here, (first, _) = _period(context), context.source.settled_from(self.periods[0])
        return tuple(
            each
            for each in self.periods
            if first.start <= each.start and (each == here or context.source.settles(context.holder, each))
        )

    def _closes(self, context: Context, kind: PeriodKind) -> bool:
        """Whether no later period of the same longer one is settled for the person."""
        here = _period(context)
        whole = self.windows.year.period_of(kind, here.last)
        later = (each for each in self._settled_periods(context) if each.start > here.start)
        return not any(each.last in whole for each in later)

    def _since(self, kind: PeriodKind, period: Period) -> date:
        return self.windows.year.period_of(kind, period.last).start

    def _unknown(self, context: Context) -> Missing | None:
        """Why what was settled before is not known; None where it is, or where nothing was."""
        first, known = context.source.settled_from(self.periods[0])
        if known or first.start <= self.periods[0].start:
            return None
        return missing("P213", period=first.name)

    def _opening(self, context: Context, step: SettlementStep) -> Memory:
        """What a step begins with in the first period that is settled."""
        gone, here = self._unknown(context), _period(context)
        if gone is None or (isinstance(step, Draw) and here.start <= step.first):
            return Memory()
        if not isinstance(step, CapOver):
            return Memory(gone)
        return Memory(gone, gone, self._since(step.per, self.windows.year.previous(here)))

    # ---- steps -------------------------------------------------------------------------------------------------------
    def _settle(self, context: Context, earlier: list[Done], trace: Trace | None) -> Done:
        amount: Amount = 0
        lines: list[Amount] = []
        given: dict[str, Amount] = {}
        done: list[StepDone] = []
        for at, step in enumerate(self.settlement.steps):
            memory = earlier[-1].steps[at].memory if earlier else self._opening(context, step)
            if trace is not None:
                trace.enter()
            made, how = self._step(_Turn(self, context, earlier, at, amount, memory, lines, given, trace), step)
            if trace is not None:
                trace.leave("Step", type(step).__name__, step.span, self.unit, made.after, how)
            amount = made.after
            done.append(made)
        balances: dict[str, list[Amount]] = {name: [] for name in self.names if name not in {"earned", "paid"}}
        for step, each in zip(self.settlement.steps, done, strict=True):
            name = balance_name(step)
            if name is not None:
                balances[name].append(each.memory.balance)
        return Done(
            _period(context),
            _sum(lines),
            amount,
            tuple(done),
            given,
            {name: _sum(values) for name, values in balances.items()},
        )

    def _step(self, turn: _Turn, step: SettlementStep) -> tuple[StepDone, str]:
        match step:
            case AddLines():
                return turn.add(step)
            case TrueUp():
                return turn.trueup(step)
            case CapOver():
                return turn.cap(step)
            case Draw():
                return turn.draw(step)
            case FloorAt():
                return turn.floor(step)
            case HoldBelow():
                return turn.hold()
            case _:
                assert_never(step)


@define
class _Turn:
    """One step of one period in hand."""

    settling: Settling
    context: Context
    earlier: list[Done]
    at: int
    amount: Amount
    memory: Memory
    lines: list[Amount]
    given: dict[str, Amount]
    trace: Trace | None

    def add(self, step: AddLines) -> tuple[StepDone, str]:
        """Add lines."""
        self.tell("Before", self.amount)
        values = [line(self.context) for line in self.settling.lines[self.at]]
        self.lines += values
        self.given.update(zip(added(step), values, strict=True))
        return self.end(_sum([self.amount, *values]))

    def trueup(self, step: TrueUp) -> tuple[StepDone, str]:
        """Bring what was paid on a line to a figure to date, at the end of a period."""
        self.tell("Before", self.amount)
        if not self.settling._closes(self.context, step.per):  # noqa: SLF001 - one machine in two classes
            return self.end(self.amount, how="waits")
        target = self.limit("Target")
        days = self.settling.windows.days(step.window, _period(self.context))
        paid: list[Amount] = [
            each.given[step.component] for each in self.earlier if days.start <= each.period.last < days.end
        ]
        first = self.earlier[0].period if self.earlier else _period(self.context)
        gone = self.settling._unknown(self.context)  # noqa: SLF001
        if gone is not None and days.start < first.start:
            paid.append(gone)
        so_far = _sum([*paid, self.given[step.component]])
        self.tell("SoFar", so_far)
        change = _less(target, so_far)
        self.given[step.component] = _sum([self.given[step.component], change])
        return self.end(_sum([self.amount, change]), how="now")

    def cap(self, step: CapOver) -> tuple[StepDone, str]:
        """Let pass what there is room for; what is above waits, or is lost with the period of the cap."""
        since = self.settling._since(step.per, _period(self.context))  # noqa: SLF001
        same = self.memory.since == since
        passed = self.memory.passed if same else 0
        waiting = self.memory.balance if same or step.carry else 0
        self.tell("Before", self.amount)
        self.tell("Brought", waiting)
        limit = self.limit("Limit")
        self.tell("SoFar", passed)

        def act(amount: Number, waiting: Number, limit: Number, passed: Number) -> tuple[Number, Number]:
            total = amount + waiting
            after = min(total, max(limit - passed, 0))
            return after, total - after

        after, balance = _both(act, self.amount, waiting, limit, passed)
        self.tell("Balance", balance)
        return StepDone(self.amount, after, Memory(balance, _sum([passed, after]), since)), ""

    def draw(self, step: Draw) -> tuple[StepDone, str]:
        """Lift the amount; what is owed for that is recovered."""
        here = _period(self.context)
        if step.first <= here.last and here.start <= step.last:
            return self.inside(step, ends=step.last <= here.last)
        self.tell("Before", self.amount)
        if not step.recoverable or here.last < step.first:
            return self.end(self.amount, how="outside")
        if step.balance == "forgiven":
            return self.end(self.amount, 0, "forgiven")
        self.tell("Brought", self.memory.balance)

        def act(amount: Number, owed: Number) -> tuple[Number, Number]:
            back = owed if step.balance == "due" else min(owed, max(amount, 0))
            return amount - back, owed - back

        after, balance = _both(act, self.amount, self.memory.balance)
        self.tell("Balance", balance)
        return self.end(after, balance, "due" if step.balance == "due" else "after")

    def inside(self, step: Draw, *, ends: bool) -> tuple[StepDone, str]:
        """A period in which a draw is in force."""
        if not step.recoverable:
            return self.lifted(carry=False, how="guaranteed")
        made, how = self.lifted(carry=True, how="recoverable")
        if ends and step.balance == "forgiven":
            self.tell("Forgiven", made.memory.balance)
            return StepDone(made.before, made.after, Memory()), how
        return made, how

    def floor(self, step: FloorAt) -> tuple[StepDone, str]:
        """Lift the amount; what that took may be recovered."""
        return self.lifted(carry=step.carry, how="carried" if step.carry else "free")

    def lifted(self, *, carry: bool, how: str) -> tuple[StepDone, str]:
        """The amount, the limit at least; with `carry` the difference is owed, and recovered from what exceeds."""
        self.tell("Before", self.amount)
        owed = self.memory.balance if carry else 0
        if carry:
            self.tell("Brought", owed)
        limit = self.limit("Limit")

        def act(amount: Number, limit: Number, owed: Number) -> tuple[Number, Number]:
            if amount < limit:
                return limit, owed + limit - amount
            back = min(owed, amount - limit)
            return amount - back, owed - back

        after, balance = _both(act, self.amount, limit, owed)
        if not carry:
            return self.end(after, how=how)
        self.tell("Balance", balance)
        return self.end(after, balance, how)

    def hold(self) -> tuple[StepDone, str]:
        """Let what is too small wait."""
        self.tell("Before", self.amount)
        self.tell("Brought", self.memory.balance)
        limit = self.limit("Limit")

        def act(amount: Number, waiting: Number, limit: Number) -> tuple[Number, Number]:
            total = amount + waiting
            return (0, total) if total < limit else (total, 0)

        after, balance = _both(act, self.amount, self.memory.balance, limit)
        self.tell("Balance", balance)
        return self.end(after, balance)

    # ---- what all steps do -------------------------------------------------------------------------------------------
    def end(self, after: Amount, balance: Amount = 0, how: str = "") -> tuple[StepDone, str]:
        return StepDone(self.amount, after, Memory(balance)), how

    def limit(self, kind: str) -> Amount:
        """The limit of the step, which is computed only where it acts."""
        evaluate = self.settling.limits[self.at]
        if self.trace is None:
            value: Amount = evaluate(self.context)
            return value
        self.trace.enter()
        value = evaluate(self.context)
        self.trace.leave(kind, "", None, self.settling.unit, value)
        return value

    def tell(self, kind: str, value: Amount) -> None:
        """Record a figure that the step uses or leaves."""
        if self.trace is not None:
            self.trace.enter()
            self.trace.leave(kind, "", None, self.settling.unit, value)


def make_settling(make: Maker) -> Settling | None:
    """Compile the settlement of a plan."""
    plan = make.plan
    if plan.settlement is None:
        return None
    lines: dict[int, tuple[Evaluate, ...]] = {}
    limits: dict[int, Evaluate] = {}
    for at, step in enumerate(plan.settlement.steps):
        match step:
            case AddLines():
                lines[at] = make.all(step.lines)
            case TrueUp():
                limits[at] = make(step.target)
            case _:
                limits[at] = make(step.limit)
    unit = Unit("money", plan.currency)
    return Settling(plan, plan.settlement, make.windows, unit, settled_names(plan.settlement), lines, limits)


def settled_value(node: SettledValue, make: Maker) -> Evaluate:
    """A result of the settlement."""
    name, program, tracing = node.name, make.program, make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        settling = program.settling
        assert isinstance(settling, Settling)
        if not tracing:
            return settling.done(context).result(name)
        plain = program.plain.settling if program.plain is not None else None
        assert isinstance(plain, Settling)
        return settling.explain(context, plain, name)

    return run


def _period(context: Context) -> Period:
    assert context.period is not None
    return context.period


def _before(known: Mapping[date, Done], period: Period) -> list[Done]:
    return [known[start] for start in sorted(known) if start < period.start]


def _sum(values: list[Amount]) -> Amount:
    numbers = [each for each in values if not isinstance(each, Missing)]
    return exact_sum(numbers) if len(numbers) == len(values) else merged(values)


def _less(left: Amount, right: Amount) -> Amount:
    if isinstance(left, Missing) or isinstance(right, Missing):
        return merged((left, right))
    return left - right


def _both(act: Callable[..., tuple[Number, Number]], *values: Amount) -> tuple[Amount, Amount]:
    """Apply an action on numbers; both its results are missing where one of its values is."""
    if any(isinstance(each, Missing) for each in values):
        gone = merged(values)
        return gone, gone
    return act(*values)
