"""What a settlement pays, written from the chapter on it in the language reference and from nothing else.

A period is its place among those of the plan. What a period gives on a component is computed from the rows that are not
lost; a clawback compares that with and without some rows, and a release asks whose rows it belongs to. The other steps
each carry a figure from one settled period to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from tests.oracle.evaluator import ZERO, divided, rounded

CENT = Fraction(1, 100)


class Fact(NamedTuple):
    """A row credited to the person: its key, what it credits, and its dates, of which some are missing."""

    key: str
    credit: Fraction
    dates: Mapping[str, date | None]


Facts = Sequence[Fact]
Of = Callable[[int, Facts], Fraction]
"""A figure of a period, computed from rows."""


class Component(NamedTuple):
    """A line, the rows that it belongs to, and whether the gate that holds it is met in a period."""

    line: Of
    rows: Callable[[int, Facts], Facts]
    met: Callable[[int], bool] = lambda _: True


class Add(NamedTuple):
    """`add a, b`; whether a gate holds one of them."""

    names: tuple[str, ...]
    gated: bool


class TrueUp(NamedTuple):
    """`trueup a to x per P`: the figure, the first period of its window, and the rows of that window."""

    name: str
    target: Of
    since: Callable[[int], int]
    rows: Callable[[int, Facts], Facts]
    per: int


class Clawback(NamedTuple):
    """`clawback S of a on D when C, as paid, in N months, at most X`."""

    name: str
    share: Fraction
    on: str
    when: Callable[[Fact], bool]
    as_paid: bool
    parts: int
    most: Fraction | None


class Dates(NamedTuple):
    """`release a { S: D … }`."""

    name: str
    shares: tuple[tuple[Fraction, str], ...]
    leaving: str = ""


class Parts(NamedTuple):
    """`release a in N months`."""

    name: str
    parts: int
    leaving: str = ""


class Cap(NamedTuple):
    """`cap X per P`, `carry excess` or not; P in periods of the plan."""

    limit: Of
    per: int
    carry: bool


class Draw(NamedTuple):
    """`draw X per P`, from a period until one; recoverable with what becomes of its balance, or guaranteed."""

    limit: Of
    first: int | None
    last: int | None
    recoverable: bool
    end: str
    recovered_from: int
    leaving: str = ""


class Floor(NamedTuple):
    """`floor X`, `carry shortfall` or not."""

    limit: Of
    carry: bool


class Hold(NamedTuple):
    """`hold below X`."""

    limit: Of
    leaving: str = ""


Step = Add | TrueUp | Clawback | Dates | Parts | Cap | Draw | Floor | Hold


class Settled:
    """The settlement of one person: `ends` are the last days of the periods, `months` those that are settled."""

    def __init__(
        self, steps: Sequence[Step], components: Mapping[str, Component], facts: Facts, ends: Sequence[date],
        months: Sequence[int],
    ) -> None:  # fmt: skip
        self.steps, self.components, self.facts, self.ends, self.months = steps, components, facts, ends, months
        self.belongs = cache(self._belongs)
        self.kept = cache(self._kept)

    def run(self) -> dict[int, dict[str, Fraction]]:
        """The results of each settled period."""
        left: list[Fraction] = [ZERO for _ in self.steps]
        passed: dict[int, Fraction] = {}  # by the place of a cap, in its period
        before: int | None = None
        taken: dict[int, dict[int, Fraction]] = {at: {} for at in range(len(self.steps))}
        found: dict[int, dict[str, Fraction]] = {}
        for here in self.months:
            amount = earned = payable = ZERO
            results: dict[str, Fraction] = {}
            for at, step in enumerate(self.steps):
                owed, came = left[at], amount
                match step:
                    case Add():
                        lines = [self.given(name, here, self.lost(name, here))[0] for name in step.names]
                        earned += sum(lines, ZERO)
                        left[at] = sum((self.behind_gate(name, here) for name in step.names), ZERO)
                        amount += sum(lines, ZERO) + owed - left[at]
                    case TrueUp():
                        if self.closes(here, step.per):
                            mine = [each for each in self.trueups(step.name) if self.closes(here, each.per)]
                            given = self.given(step.name, here, self.lost(step.name, here))
                            amount += given[1 + next(at for at, each in enumerate(mine) if each is step)]
                    case Clawback():
                        taken[at][here] = self.taken(step, here)
                        later = [later_parts(every, step.parts, here - then) for then, every in taken[at].items()]
                        left[at] = sum(later, ZERO)
                        amount -= owed + taken[at][here] - left[at]
                    case Dates() | Parts():
                        left[at] = self.not_due(step, here)
                        amount += owed - left[at]
                    case Cap():
                        if before is None or before // step.per != here // step.per:
                            passed[at] = ZERO
                            owed = owed if step.carry else ZERO
                        amount += owed
                        passes = min(amount, max(step.limit(here, ()) - passed[at], ZERO))
                        passed[at] += passes
                        amount, left[at] = passes, amount - passes
                    case Draw():
                        amount, left[at] = drawn(step, here, amount, owed)
                    case Floor():
                        amount, owed = lifted(amount, step.limit(here, ()), owed)
                        left[at] = owed if step.carry else ZERO
                    case Hold():
                        amount += owed
                        amount, left[at] = (ZERO, amount) if amount < step.limit(here, ()) else (amount, ZERO)
                amount, left[at] = self.at_leaving(step, here, amount, left[at])
                if isinstance(step, Add | TrueUp | Clawback | Dates | Parts):
                    payable += amount - came
                if (name := balance_of(step)) is not None:
                    results[name] = results.get(name, ZERO) + left[at]
            found[here], before = {"earned": earned, "payable": payable, "paid": amount, **results}, here
        return found

    def at_leaving(self, step: Step, here: int, amount: Fraction, kept: Fraction) -> tuple[Fraction, Fraction]:
        """The amount, and what a step keeps, where `leaving` is said: settled in the person's last period."""
        leaves = here == max(self.months) and here < len(self.ends) - 1
        if not leaves or not isinstance(step, Dates | Parts | Draw | Hold) or not step.leaving:
            return amount, kept
        due = kept if step.leaving == "due" else ZERO
        return amount + (-due if isinstance(step, Draw) else due), ZERO

    # ---- what a period gave on a component ---------------------------------------------------------------------------
    def given(self, name: str, here: int, lost: frozenset[str]) -> list[Fraction]:
        """The line, then the true-ups."""
        return [amount for amount, _ in self.belongs(name, here, lost)]

    def _belongs(self, name: str, here: int, lost: frozenset[str]) -> list[tuple[Fraction, Facts]]:
        """The line and the true-ups of a period, each with the rows that it belongs to."""
        component, rows = self.components[name], self.kept(lost)
        found = [(component.line(here, rows), component.rows(here, rows))]
        for step in self.trueups(name):
            if self.closes(here, step.per):
                window = [month for month in self.months if step.since(here) <= month < here]
                so_far = sum((sum(self.given(name, month, lost), ZERO) for month in window), ZERO)
                so_far += sum((amount for amount, _ in found), ZERO)
                found.append((step.target(here, rows) - so_far, step.rows(here, rows)))
        return found

    def closes(self, here: int, per: int) -> bool:
        """Whether a period is the last one of a longer one in which the person is there."""
        return not any(later > here and later // per == here // per for later in self.months)

    def trueups(self, name: str) -> list[TrueUp]:
        """The true-ups of a component, in the order of the text."""
        return [each for each in self.steps if isinstance(each, TrueUp) and each.name == name]

    def _kept(self, lost: frozenset[str]) -> Facts:
        """The rows that are not lost."""
        return [fact for fact in self.facts if fact.key not in lost]

    # ---- rows that are lost ------------------------------------------------------------------------------------------
    def lost(self, name: str, here: int, acted: int = 0) -> frozenset[str]:
        """The rows lost to a component before a period; to its first clawbacks that have acted, in it too."""
        earlier = [self.ends[month] for month in self.months if month < here]
        begin = earlier[-1] if earlier else (self.ends[here - 1] if here else date.min)
        found: set[str] = set()
        for place, step in enumerate(self.clawbacks(name)):
            end = self.ends[here] if place < acted else begin
            for fact in self.facts:
                day = fact.dates[step.on]
                if day is not None and day <= end and step.when(fact):
                    found.add(fact.key)
        return frozenset(found)

    def clawbacks(self, name: str) -> list[Clawback]:
        """The clawbacks of a component, in the order of the text."""
        return [each for each in self.steps if isinstance(each, Clawback) and each.name == name]

    def taken(self, step: Clawback, here: int) -> Fraction:
        """What a clawback takes for the rows that are lost in a period."""
        place = next(at for at, each in enumerate(self.clawbacks(step.name)) if each is step)
        before, after = (self.lost(step.name, here, acted) for acted in (place, place + 1))
        difference = ZERO
        for month in [each for each in self.months if each <= here]:
            if not step.as_paid:
                difference += sum(self.given(step.name, month, before), ZERO)
                difference -= sum(self.given(step.name, month, after), ZERO)
                continue
            for amount, rows in self.belongs(step.name, month, before):
                every = sum((fact.credit for fact in rows), ZERO)
                gone = sum((fact.credit for fact in rows if fact.key in after), ZERO)
                difference += amount * gone / every if every else ZERO
        exact = step.share * difference
        if step.most is not None:
            exact = min(exact, step.most)
        return rounded(exact, CENT, "half_up")

    # ---- what waits --------------------------------------------------------------------------------------------------
    def waiting(self, name: str, here: int) -> list[int]:
        """The periods whose lines a gate holds at the end of a period: those since it was last met."""
        found: list[int] = []
        for month in [each for each in self.months if each <= here]:
            found = [] if self.components[name].met(month) else [*found, month]
        return found

    def behind_gate(self, name: str, here: int) -> Fraction:
        """The lines that a gate holds, without what is lost by then."""
        lost = self.lost(name, here, len(self.clawbacks(name)))
        return sum((self.components[name].line(month, self.kept(lost)) for month in self.waiting(name, here)), ZERO)

    def not_due(self, step: Dates | Parts, here: int) -> Fraction:
        """What of all that was given is not due at the end of a period."""
        lost = self.lost(step.name, here, len(self.clawbacks(step.name)))
        waiting = self.waiting(step.name, here)
        kept = ZERO
        for month in [each for each in self.months if each <= here]:
            for place, (amount, rows) in enumerate(self.belongs(step.name, month, lost)):
                if place == 0 and month in waiting:
                    continue
                if isinstance(step, Parts):
                    kept += later_parts(amount, step.parts, here - month)
                    continue
                cells = [
                    (fact.dates[on], share * fact.credit)
                    for fact in sorted(rows, key=lambda fact: fact.key)
                    for share, on in step.shares
                ]
                amounts = divided(amount, [weight for _, weight in cells], CENT)
                kept += sum(
                    (
                        part
                        for part, (day, _) in zip(amounts, cells, strict=True)
                        if day is None or day > self.ends[here]
                    ),
                    ZERO,
                )
        return kept


def later_parts(amount: Fraction, parts: int, gone: int) -> Fraction:
    """What of equal parts is still to come when so many periods have gone since the first."""
    return sum(divided(amount, [Fraction(1)] * parts, CENT)[gone + 1 :], ZERO)


def lifted(amount: Fraction, limit: Fraction, owed: Fraction, *, recovers: bool = True) -> tuple[Fraction, Fraction]:
    """The amount, at least the limit, and what is owed: what lifted it, recovered from what exceeds."""
    if amount < limit:
        return limit, owed + limit - amount
    back = min(owed, amount - limit) if recovers else ZERO
    return amount - back, owed - back


def drawn(step: Draw, here: int, amount: Fraction, owed: Fraction) -> tuple[Fraction, Fraction]:
    """What a draw makes of an amount, and what is owed after it."""
    began = step.first is None or step.first <= here
    ended = step.last is not None and step.last < here
    if not step.recoverable:
        return (max(amount, step.limit(here, ())) if began and not ended else amount), ZERO
    recovers = step.recovered_from <= here
    if began and not ended:
        after, owed = lifted(amount, step.limit(here, ()), owed, recovers=recovers)
        return after, (ZERO if step.end == "forgiven" and here == step.last else owed)
    if not began or step.end == "forgiven":
        return amount, ZERO
    if not recovers:
        return amount, owed
    back = owed if step.end == "due" else min(owed, max(amount, ZERO))
    return amount - back, owed - back


def balance_of(step: Step) -> str | None:
    """The result in which a step says what it keeps."""
    match step:
        case Clawback():
            return "clawback_balance" if step.parts > 1 else None
        case Dates() | Parts() | Hold():
            return "held"
        case Add():
            return "held" if step.gated else None
        case Cap():
            return "cap_balance" if step.carry else None
        case Draw():
            return "draw_balance" if step.recoverable else None
        case Floor():
            return "floor_balance" if step.carry else None
        case TrueUp():
            return None
