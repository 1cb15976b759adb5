"""From earned to paid: a fold over the periods of a person, from the first one of the plan.

Where the fold starts never depends on which periods were asked for, so one period alone gives what the year gives. What
a period leaves behind (balances, what a cap has let pass, what was paid on a line) is kept beside its result; a balance
that depends on something missing is missing too, until a new period of a cap or the end of a draw starts it afresh.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import define, evolve

from incentive.engines.reference.books import Amount, Books, added_up, less, period_of
from incentive.engines.reference.context import Context
from incentive.engines.reference.losses import due_days
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.per_fact import pays_of
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.turns import Done, Formulas, Memory, StepDone, Turn
from incentive.engines.reference.values import Evaluate
from incentive.quantities import Period
from incentive.tree import (
    AddLines,
    Amended,
    Both,
    CapOver,
    Clawback,
    Draw,
    Each,
    Expr,
    Gate,
    Instalments,
    LetValue,
    Release,
    SettledName,
    SettledValue,
    Settlement,
    SettlementStep,
    TrueUp,
    Type,
    Unit,
    added,
    balance_name,
    ruling,
    settled_names,
    walk,
)

_GIVES = (AddLines, TrueUp, Clawback, Release, Instalments)
_FIGURES = frozenset({"earned", "payable", "paid"})


@define
class Settling:
    """The settlement of a plan, compiled."""

    settlement: Settlement
    names: tuple[SettledName, ...]
    formulas: Formulas

    @property
    def books(self) -> Books:
        """What was given on the components."""
        return self.formulas.books

    def done(self, context: Context) -> Done:
        """Settle the period of a context, and for that the periods before."""
        period = period_of(context)
        known = self._known(context)
        if period.start not in known:
            for each in self.books.settled(context):
                if each.start <= period.start and each.start not in known:
                    moved = context.moved(context.holder, each)
                    known[each.start] = self._settle(moved, moved, _before(known, each), None)
        return known[period.start]

    def explain(self, context: Context, plain: Settling, name: SettledName) -> Amount:
        """Settle the period of a context and record how; the periods before are settled by formulas without trace."""
        trace = context.trace
        assert trace is not None
        here = period_of(context)
        untold = Context(context.source, {}, context.holder, here)
        earlier = [each for each in self.books.settled(untold) if each.start < here.start]
        if earlier:
            plain.done(untold.moved(untold.holder, earlier[-1]))
        known = self._known(untold)
        trace.enter()
        value = self._settle(context, untold, _before(known, here), trace).result(name)
        trace.leave("Settled", name, self.settlement.span, self.formulas.unit, value, "", context.holder, here.name)
        return value

    # ---- periods -----------------------------------------------------------------------------------------------------
    def _known(self, context: Context) -> dict[date, Done]:
        memo: Any = context.memo
        known: dict[date, Done] = memo.setdefault(("settled", context.holder), {})
        return known

    def _opening(self, context: Context, step: SettlementStep) -> Memory:
        """What a step begins with in the first period that is settled."""
        gone, here = self.books.unknown(context), period_of(context)
        if gone is None or (isinstance(step, Draw) and here.start <= step.first):
            return Memory()
        if not isinstance(step, CapOver):
            return Memory(gone)
        return Memory(gone, gone, self.formulas.since(step.per, self.formulas.windows.year.previous(here)))

    # ---- steps -------------------------------------------------------------------------------------------------------
    def _settle(self, context: Context, plain: Context, earlier: list[Done], trace: Trace | None) -> Done:
        amount: Amount = 0
        lines: list[Amount] = []
        given: dict[str, Amount] = {}
        done: list[StepDone] = []
        for at, step in enumerate(self.settlement.steps):
            memory = earlier[-1].steps[at].memory if earlier else self._opening(context, step)
            brought = earlier[-1].steps[at].balance if earlier else memory.balance
            if trace is not None:
                trace.enter()
            turn = Turn(self.formulas, context, plain, earlier, at, amount, memory, lines, given, trace)
            made, how = turn.act(step)
            if trace is not None:
                trace.leave("Step", type(step).__name__, step.span, self.formulas.unit, made.after, how)
            amount = made.after
            balance = self.formulas.left(step, made.memory, period_of(context))
            lines_ = self._lines(plain, step, given, earlier, at, memory) if isinstance(step, AddLines) else ()
            done.append(evolve(made, brought=brought, balance=balance, lines=lines_))
        balances: dict[str, list[Amount]] = {name: [] for name in self.names if name not in _FIGURES}
        for step, each in zip(self.settlement.steps, done, strict=True):
            name = balance_name(step)
            if name is not None:
                balances[name].append(each.memory.balance)
        steps = zip(self.settlement.steps, done, strict=True)
        changes = [less(each.after, each.before) for step, each in steps if isinstance(step, _GIVES)]
        return Done(
            period_of(context),
            added_up(lines),
            added_up(changes),
            amount,
            tuple(done),
            {name: added_up(values) for name, values in balances.items()},
        )

    def _lines(  # noqa: PLR0913, PLR0917 - the step and what it did
        self, plain: Context, step: AddLines, given: dict[str, Amount], earlier: list[Done], at: int, memory: Memory
    ) -> tuple[tuple[str, Amount, Amount, Amount], ...]:
        """The lines that a step adds, and what waits of each before and after."""
        gated = {each.component for each in step.gates}
        before = {name: balance for name, _, _, balance in earlier[-1].steps[at].lines} if earlier else {}
        return tuple(
            (
                name,
                given[name],
                before.get(name, memory.balance if name in gated and not earlier else 0),
                self.books.held_by_gate(plain, name) if name in gated else 0,
            )
            for name in added(step)
        )


def make_settling(make: Maker) -> Settling | None:
    """Compile the settlement of a plan."""
    plan = make.plan
    if plan.settlement is None:
        return None
    steps = plan.settlement.steps
    lines: dict[int, tuple[Evaluate, ...]] = {}
    limits: dict[int, Evaluate] = {}
    shares: dict[int, Evaluate] = {}
    trueups: dict[str, tuple[tuple[TrueUp, Evaluate], ...]] = {}
    dues: dict[int, tuple[Evaluate, ...]] = {}
    by_name: dict[str, Evaluate] = {}
    gates: dict[str, tuple[Evaluate, ...]] = {}
    for at, step in enumerate(steps):
        match step:
            case AddLines():
                lines[at] = make.all(step.lines)
                by_name.update(zip(added(step), lines[at], strict=True))
                for each in step.gates:
                    gates[each.component] = (*gates.get(each.component, ()), _met(make, each.gate))
            case TrueUp():
                limits[at] = make(step.target)
                trueups[step.component] = (*trueups.get(step.component, ()), (step, limits[at]))
            case Clawback():
                shares[at] = make(step.share)
                if step.most is not None:
                    limits[at] = make(step.most)
            case Release():
                dues[at] = due_days(make, step)
            case Instalments():
                pass
            case _:
                limits[at] = make(step.limit)
    unit = Unit("money", plan.currency)
    periods = make.windows.year.periods(plan.period, plan.first_day, plan.last_day)
    pays = {
        id(node): pays_of(node, make)
        for component in plan.components
        for node in walk(component.line)
        if isinstance(node, Each)
    }
    books = Books(plan, steps, make.windows, by_name, trueups, gates, dues, pays, periods)
    names = settled_names(plan.settlement)
    formulas = Formulas(plan, plan.settlement, make.windows, unit, lines, limits, shares, books)
    return Settling(plan.settlement, names, formulas)


def _met(make: Maker, gate: Expr) -> Evaluate:
    """Whether all requirements of a gate hold; one that is not in force holds nothing."""
    if isinstance(gate, Amended):
        each = {id(one.value): _met(make, one.value) for one in gate.versions if one.value is not None}

        def met(context: Context) -> Any:  # noqa: ANN401
            ruled = ruling(gate, period_of(context).start)
            return True if ruled is None else each[id(ruled)](context)

        return met
    assert isinstance(gate, LetValue)
    made = next(each.value for each in make.plan.definitions if each.name == gate.name)
    assert isinstance(made, Gate)
    return make(Both(made.requirements, type=Type(Unit("yes_no"))))


def seen_line(name: str, inner: Evaluate, make: Maker) -> Evaluate:
    """A line from which rows are taken back, as its period sees it: what was lost before is out."""
    program, tracing = make.program, make.tracing

    def run(context: Context) -> Any:  # noqa: ANN401
        settling = program.settling
        assert isinstance(settling, Settling)
        books = settling.books
        seen = books.seen(context, books.cuts(context, name))
        rows = books.out(context, name) if tracing and seen is not context else ()
        if rows:
            trace = context.trace
            assert trace is not None
            trace.enter()
            trace.frame.rows, trace.frame.counted = rows, len(rows)
            trace.leave("Lost", "", None, Unit("count"), len(rows))
        return inner(seen)

    return run


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


def _before(known: Mapping[date, Done], period: Period) -> list[Done]:
    return [known[start] for start in sorted(known) if start < period.start]
