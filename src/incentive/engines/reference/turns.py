"""One step of a settlement in one period: what it makes of an amount, and what it leaves behind.

Each step is given the amount of the one above. While it acts it can record the figures that it uses, so that an
explanation is the computation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import define, frozen

from incentive.engines.reference.books import Amount, Books, Part, added_up, date_name, less, period_of, total
from incentive.engines.reference.context import Context
from incentive.engines.reference.trace import Trace
from incentive.engines.reference.values import Evaluate, Missing, exact_sum, merged, settled
from incentive.engines.reference.windows import Windows
from incentive.quantities import Number, Period, PeriodKind, round_to
from incentive.results import RoundingUsed, RowUsed
from incentive.tree import (
    AddLines,
    CapOver,
    Clawback,
    Draw,
    FloorAt,
    HoldBelow,
    Instalments,
    Plan,
    Release,
    SettledName,
    Settlement,
    SettlementStep,
    TrueUp,
    Unit,
    added,
    clawbacks,
)

_RATIO = Unit("ratio")


@frozen
class Memory:
    """What a step leaves behind: its balance.

    A cap also leaves what it let pass since the day `since`, a clawback what it decided to take.
    """

    balance: Amount = 0
    passed: Amount = 0
    since: date | None = None
    taken: Amount = 0


@frozen
class StepDone:
    """What a step made of an amount, and what it leaves behind.

    `brought` and `balance` are what waits or is owed before and after it; what can wait no longer is in neither.
    `lines` are those that it adds: component, amount, and what a gate lets wait of it before and after.
    """

    before: Amount
    after: Amount
    memory: Memory
    brought: Amount = 0
    balance: Amount = 0
    lines: tuple[tuple[str, Amount, Amount, Amount], ...] = ()


@frozen
class Done:
    """A person's settlement of a period."""

    period: Period
    earned: Amount
    payable: Amount
    paid: Amount
    steps: tuple[StepDone, ...]
    balances: Mapping[str, Amount]

    def result(self, name: SettledName) -> Amount:
        """Give one of the results."""
        match name:
            case "earned":
                return self.earned
            case "payable":
                return self.payable
            case "paid":
                return self.paid
            case _:
                return self.balances[name]


@frozen
class Formulas:
    """The formulas of the steps, compiled, by the place of the step; and the books that they look into."""

    plan: Plan
    settlement: Settlement
    windows: Windows
    unit: Unit
    lines: Mapping[int, tuple[Evaluate, ...]]
    limits: Mapping[int, Evaluate]
    shares: Mapping[int, Evaluate]
    books: Books

    def since(self, kind: PeriodKind, period: Period) -> date:
        """Give the first day of the longer period that a period belongs to."""
        return self.windows.year.period_of(kind, period.last).start

    def left(self, step: SettlementStep, memory: Memory, period: Period) -> Amount:
        """Give what waits or is owed after a period; what waits for its own `per` alone is lost at the end of that."""
        if isinstance(step, CapOver) and not step.carry:
            following = self.windows.year.next(period)
            if self.since(step.per, following) != self.since(step.per, period):
                return 0
        return memory.balance


@define
class Turn:
    """One step of one period in hand. `plain` is the same place without trace, where books are kept."""

    formulas: Formulas
    context: Context
    plain: Context
    earlier: list[Done]
    at: int
    amount: Amount
    memory: Memory
    lines: list[Amount]
    given: dict[str, Amount]
    trace: Trace | None

    @property
    def books(self) -> Books:
        """What was given, in all periods."""
        return self.formulas.books

    def act(self, step: SettlementStep) -> tuple[StepDone, str]:
        """Let the step act; say how it did."""
        made, how = self.acted(step)
        if not isinstance(step, Draw | Release | Instalments | HoldBelow) or step.leaving is None:
            return made, how
        return (self.left(step, made) if self.books.leaves(self.plain) else made), how

    def left(self, step: Draw | Release | Instalments | HoldBelow, made: StepDone) -> StepDone:
        """Settle what waits, or what is owed, of somebody who leaves."""
        balance = made.memory.balance
        if step.leaving != "due":
            self.tell("Forgiven", balance)
            return StepDone(made.before, made.after, Memory())
        self.tell("Leaving", balance)
        after = less(made.after, balance) if isinstance(step, Draw) else added_up([made.after, balance])
        return StepDone(made.before, after, Memory())

    def acted(self, step: SettlementStep) -> tuple[StepDone, str]:
        """What the step does in any period."""
        match step:
            case AddLines():
                return self.add(step)
            case TrueUp():
                return self.trueup(step)
            case Clawback():
                return self.clawback(step)
            case Release() | Instalments():
                return self.release(step)
            case CapOver():
                return self.cap(step)
            case Draw():
                return self.draw(step)
            case FloorAt():
                return self.floor(step)
            case HoldBelow():
                return self.hold()
            case _:
                assert_never(step)

    def add(self, step: AddLines) -> tuple[StepDone, str]:
        """Add lines; those that a gate holds wait, and are paid with the first one that it lets pass."""
        self.tell("Before", self.amount)
        values = [line(self.context) for line in self.formulas.lines[self.at]]
        self.lines += values
        self.given.update(zip(added(step), values, strict=True))
        if not step.gates:
            return self.end(added_up([self.amount, *values]))
        self.tell("Brought", self.memory.balance)
        held = added_up(
            [self.books.held_by_gate(self.plain, each) for each in {gate.component: 0 for gate in step.gates}]
        )
        self.tell("Balance", held)
        return self.end(less(added_up([self.amount, *values, self.memory.balance]), held), held, "gates")

    def trueup(self, step: TrueUp) -> tuple[StepDone, str]:
        """Bring what was paid on a line to a figure to date, at the end of a period."""
        self.tell("Before", self.amount)
        if not self.books.closes(self.context, step.per):
            return self.end(self.amount, how="waits")
        cuts = self.books.cuts(self.plain, step.component)
        target = self.limit("Target", self.books.seen(self.context, cuts))
        history = self.books.history(self.plain, step.component, cuts)
        before = self.books.so_far(self.plain, step, {each.start: pieces for each, pieces in history})
        so_far = added_up([before, self.given[step.component]])
        self.tell("SoFar", so_far)
        change = less(target, so_far)
        self.given[step.component] = added_up([self.given[step.component], change])
        return self.end(added_up([self.amount, change]), how="now")

    # ---- what is taken back ------------------------------------------------------------------------------------------
    def clawback(self, step: Clawback) -> tuple[StepDone, str]:
        """Take back what was given for rows that are lost in this period."""
        self.tell("Before", self.amount)
        if step.parts > 1:
            self.tell("Brought", self.memory.balance)
        lost = self.lost(step)
        difference = self.difference(step, {row for _, row in lost})
        taken: Amount = 0
        if lost and difference != 0:
            self.told_rows(step, lost)
            taken = self.taken(step, difference)
        if step.parts == 1:
            return StepDone(self.amount, less(self.amount, taken), Memory(0, taken=taken)), "at once"
        balance = self.still_taken(step, taken)
        self.tell("Balance", balance)
        now = less(added_up([self.memory.balance, taken]), balance)
        return StepDone(self.amount, less(self.amount, now), Memory(balance, taken=taken)), "in parts"

    def stage(self, step: Clawback) -> int:
        """How many clawbacks of the component stand above this one."""
        return clawbacks(self.formulas.settlement, step.component).index(self.at)

    def lost(self, step: Clawback) -> list[tuple[int, int]]:
        """The rows that are lost in this period, and were not before, with their days."""
        books, index = self.books, self.books.claws.index(self.at)
        periods = [each for each in books.settled(self.plain) if each.start < period_of(self.plain).start]
        first = periods[-1].end if periods else period_of(self.plain).start
        after = period_of(self.plain).end
        found = books.lost(self.plain, step.component, index)
        return [(day, row) for day, row in found if first.toordinal() <= day < after.toordinal()]

    def difference(self, step: Clawback, rows: set[int]) -> Amount:
        """What was given with the rows less what would have been without them; `as paid`, what belongs to them."""
        books, plain, stage = self.books, self.plain, self.stage(step)
        before, after = (books.cuts(plain, step.component, each) for each in (stage, stage + 1))
        if before == after:
            return 0
        differences: list[Amount] = []
        with_rows = books.history(plain, step.component, before)
        without = books.history(plain, step.component, after)
        for (period, one), (_, other) in zip(with_rows, without, strict=True):
            if step.as_paid:
                there = books.seen(plain.moved(plain.holder, period), before)
                for piece in one:
                    part = books.belonging(there, step.component, step.table, piece, rows)
                    if part:
                        differences.append(self.tell_gave(period, "as paid", piece.amount, part))
            elif total(one) != total(other):
                differences.append(self.tell_gave(period, "again", total(one), total(other)))
        return added_up(differences)

    def tell_gave(self, period: Period, how: str, left: Amount, right: Amount) -> Amount:
        """What a period gave for rows, as a difference or as a part."""
        if how == "again":
            value = less(left, right)
        elif isinstance(left, Missing) or isinstance(right, Missing):
            value = merged((left, right))
        else:
            value = settled(left * right, Missing())
        if self.trace is not None:
            self.trace.enter()
            self.tell("With", left)
            if how == "again":
                self.tell("Without", right)
            else:
                self.trace.enter()
                self.trace.leave("Belongs", "", None, _RATIO, right)
            self.trace.leave("Gave", "", None, self.formulas.unit, value, how, "", period.name)
        return value

    def taken(self, step: Clawback, difference: Amount) -> Amount:
        """What a clawback takes for the rows of one period: a share of the difference, rounded, with its limit."""
        share = self.limit("Share", evaluate=self.formulas.shares[self.at])
        most = None if step.most is None else self.limit("Limit")
        if isinstance(share, Missing) or isinstance(difference, Missing) or isinstance(most, Missing):
            return merged([each for each in (share, difference, most) if each is not None])
        exact = share * difference
        if most is not None:
            exact = min(exact, most)
        plan = self.formulas.plan
        taken = round_to(Fraction(exact), plan.rounding_step, plan.rounding)
        if self.trace is not None:
            self.trace.enter()
            self.trace.frame.rounding = RoundingUsed(exact, taken, plan.rounding_step, plan.rounding)
            self.trace.leave("Taken", "", None, self.formulas.unit, taken)
        return taken

    def still_taken(self, step: Clawback, taken: Amount) -> Amount:
        """What of all that was decided to be taken lies in later periods."""
        books, here = self.books, period_of(self.plain)
        decided = [(each.period, each.steps[self.at].memory.taken) for each in self.earlier] + [(here, taken)]
        return added_up([books.later_parts(amount, step.parts, since, here) for since, amount in decided])

    # ---- what is not due yet -----------------------------------------------------------------------------------------
    def release(self, step: Release | Instalments) -> tuple[StepDone, str]:
        """Keep back what of all that was given is not due, and let go what falls due."""
        self.tell("Before", self.amount)
        self.tell("Brought", self.memory.balance)
        balance = self.books.not_due(self.plain, self.at)
        if isinstance(step, Release) and self.trace is not None:
            self.told_parts(step, balance)
        else:
            self.tell("Balance", balance)
        after = less(added_up([self.amount, self.memory.balance]), balance)
        return self.end(after, balance, "dates" if isinstance(step, Release) else "in parts")

    def told_parts(self, step: Release, balance: Amount) -> None:
        """Show the parts that fall due in this period, and those that wait."""
        assert self.trace is not None
        found = self.books.parts(self.plain, self.at)
        parts = [] if isinstance(found, Missing) else found
        here = period_of(self.plain)
        first = self.earlier[-1].period.end.toordinal() if self.earlier else 0
        last = here.last.toordinal()
        due = [each for each in parts if 0 < each.day <= last and (each.given == here or each.day >= first)]
        waits = [each for each in parts if not 0 < each.day <= last]
        for kind, chosen, value in (("Due", due, exact_sum(each.amount for each in due)), ("Balance", waits, balance)):
            self.trace.enter()
            rows = [self.part_used(step, each) for each in chosen]
            used = tuple(each for each in rows if each is not None)
            if used:
                self.trace.frame.rows, self.trace.frame.counted = used, len(used)
            self.trace.leave(kind, "", None, self.formulas.unit, value, "sum")

    def part_used(self, step: Release, part: Part) -> RowUsed | None:
        """Show a part with its row."""
        days = {date_name(step.shares[part.which].on): part.day}
        return self.plain.source.row_used(step.table, part.row, part.share, part.amount, days)

    def told_rows(self, step: Clawback, rows: list[tuple[int, int]]) -> None:
        """Show the rows that are taken back."""
        if self.trace is None:
            return
        self.trace.frame.rows = self.books.shown(self.plain, step, rows)
        self.trace.frame.counted = len(rows)

    def cap(self, step: CapOver) -> tuple[StepDone, str]:
        """Let pass what there is room for; what is above waits, or is lost with the period of the cap."""
        since = self.formulas.since(step.per, period_of(self.context))
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
        memory = Memory(balance, added_up([passed, after]), since)
        return StepDone(self.amount, after, memory), "carried" if step.carry else "lost"

    def draw(self, step: Draw) -> tuple[StepDone, str]:
        """Lift the amount; what is owed for that is recovered."""
        here = period_of(self.context)
        if step.first <= here.last and here.start <= step.last:
            return self.inside(step, ends=step.last <= here.last)
        self.tell("Before", self.amount)
        if not step.recoverable or here.last < step.first:
            return self.end(self.amount, how="outside")
        if step.balance == "forgiven":
            return self.end(self.amount, 0, "forgiven")
        self.tell("Brought", self.memory.balance)
        if not self.recovers(step):
            self.tell("Balance", self.memory.balance)
            return self.end(self.amount, self.memory.balance, "not yet")

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
        recovers = self.recovers(step)
        made, how = self.lifted(carry=True, how="recoverable" if recovers else "lifted", recovers=recovers)
        if ends and step.balance == "forgiven":
            self.tell("Forgiven", made.memory.balance)
            return StepDone(made.before, made.after, Memory()), how
        return made, how

    def recovers(self, step: Draw) -> bool:
        """Whether the recovery of a draw has begun."""
        return step.recovered is None or step.recovered <= period_of(self.context).start

    def floor(self, step: FloorAt) -> tuple[StepDone, str]:
        """Lift the amount; what that took may be recovered."""
        return self.lifted(carry=step.carry, how="carried" if step.carry else "free")

    def lifted(self, *, carry: bool, how: str, recovers: bool = True) -> tuple[StepDone, str]:
        """The amount, the limit at least; with `carry` the difference is owed, and recovered from what exceeds."""
        self.tell("Before", self.amount)
        owed = self.memory.balance if carry else 0
        if carry:
            self.tell("Brought", owed)
        limit = self.limit("Limit")

        def act(amount: Number, limit: Number, owed: Number) -> tuple[Number, Number]:
            if amount < limit:
                return limit, owed + limit - amount
            back = min(owed, amount - limit) if recovers else 0
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
        """Give what the step made of the amount, and how."""
        return StepDone(self.amount, after, Memory(balance)), how

    def limit(self, kind: str, context: Context | None = None, evaluate: Evaluate | None = None) -> Amount:
        """The limit of the step, or another of its formulas, which is computed only where it acts."""
        here = context or self.context
        formula = evaluate or self.formulas.limits[self.at]
        if self.trace is None:
            value: Amount = formula(here)
            return value
        self.trace.enter()
        value = formula(here)
        self.trace.leave(kind, "", None, _RATIO if kind == "Share" else self.formulas.unit, value)
        return value

    def tell(self, kind: str, value: Amount) -> None:
        """Record a figure that the step uses or leaves."""
        if self.trace is not None:
            self.trace.enter()
            self.trace.leave(kind, "", None, self.formulas.unit, value)


def _both(act: Callable[..., tuple[Number, Number]], *values: Amount) -> tuple[Amount, Amount]:
    """Apply an action on numbers; both its results are missing where one of its values is."""
    if any(isinstance(each, Missing) for each in values):
        gone = merged(values)
        return gone, gone
    return act(*values)
