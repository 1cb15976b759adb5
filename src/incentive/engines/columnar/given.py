"""What was given on each component, period by period: its line and its true-ups; and which of it waits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import polars as pl
from attrs import define, evolve, field

from incentive.columns import Figure, NotLoweredError, Num, Truth
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.tree import Window

_NOTHING = constant(0)


@define
class _Given:
    """What a period gave on a component; where `waits` holds, its line waits for a gate."""

    at: int
    line: Num
    trued_up: list[Num] = field(factory=list)
    over: list[Window] = field(factory=list)
    waits: pl.Series | None = None


@define
class GivenPieces:
    """What was given up to the period in hand, one row a person; 0 where a person was not on the plan."""

    numbers: Numbers
    step: Fraction
    looked_back_at: frozenset[str]
    at: int = 0
    _pieces: dict[str, list[_Given]] = field(factory=dict)
    _held: dict[str, Num] = field(factory=dict)
    _changes: dict[int, Num] = field(factory=dict)

    def begin(self, at: int) -> None:
        """Go on to a period."""
        self.at = at
        self._changes = {}

    def line(self, component: str, amount: Num) -> None:
        """Give a line."""
        earlier = self._pieces.get(component, []) if component in self.looked_back_at else []
        self._pieces[component] = [*earlier, _Given(self.at, amount)]

    def line_of(self, component: str) -> Num:
        """The line of the period in hand."""
        return self._pieces[component][-1].line

    # ---- true-ups ----------------------------------------------------------------------------------------------------
    def so_far(self, component: str, periods: Sequence[int]) -> Num:
        """All that some periods gave."""
        wanted, found = set(periods), _NOTHING
        for each in self._pieces[component]:
            if each.at in wanted:
                for piece in (each.line, *each.trued_up):
                    found = self._add(found, piece)
        return found

    def true_up(self, step: int, component: str, change: Num, window: Window) -> None:
        """Give a true-up over a window."""
        tight = self.numbers.tightened(change)
        self._pieces[component][-1].trued_up.append(tight)
        self._pieces[component][-1].over.append(window)
        self._changes[step] = tight

    def change(self, step: int) -> Num:
        """What a true-up gives in the period in hand."""
        return self._changes[step]

    def true_ups(self, component: str) -> list[tuple[Num, Window]]:
        """The true-ups of the period in hand, and what they are over."""
        here = self._pieces[component][-1]
        return list(zip(here.trued_up, here.over, strict=True))

    # ---- what waits --------------------------------------------------------------------------------------------------
    def let_pass(self, component: str, met: pl.Series) -> None:
        """Hold the line of the period in hand, with those that wait already; or let all of them pass."""
        pieces = self._pieces[component]
        held = self._add(self._held.get(component, _NOTHING), pieces[-1].line)
        self._held[component] = self.numbers.tightened(self._pick(met, _NOTHING, held))
        pieces[-1].waits = ~met
        for each in pieces[:-1]:
            if each.waits is not None:
                left = each.waits & ~met
                each.waits = left if left.any() else None

    def held(self, component: str) -> Num:
        """What waits for a gate at the end of the period in hand."""
        return self._held[component]

    def behind_gates(self, component: str) -> dict[int, pl.Series]:
        """Whose line waits for a gate at the end of the period in hand, by the period that gave it."""
        return {each.at: each.waits for each in self._pieces[component] if each.waits is not None}

    def not_due(self, component: str, parts: int) -> Num:
        """What of all that was given, in equal parts one a period, lies after the period in hand."""
        found = _NOTHING
        for each in self._pieces[component]:
            passed = self.at - each.at + 1
            if passed < parts:
                line = each.line if each.waits is None else self._pick(each.waits, _NOTHING, each.line)
                for piece in (line, *each.trued_up):
                    found = self._add(found, self._later(piece, parts, passed))
        return found

    def _later(self, amount: Num, parts: int, passed: int) -> Num:
        """The parts of an amount after some that have passed: what does not divide goes to the first ones."""
        step = self.step
        most = amount.most * step.denominator
        if step.denominator % amount.scale or not self.numbers.widths.fits(most):
            raise NotLoweredError("an amount that does not divide into steps")
        top = self.numbers.column(amount.top, most)
        kind = top.dtype
        one = pl.Series([step.denominator // amount.scale], dtype=kind)
        size = top.abs() * one
        down, many = pl.Series([step.numerator], dtype=kind), pl.Series([parts], dtype=kind)
        units = size // down
        if (units * down != size).any():
            raise NotLoweredError("an amount that does not divide into steps")
        each = units // many
        rest = units - each * many - pl.Series([passed], dtype=kind)
        nothing = pl.Series([0], dtype=kind)
        later = each * pl.Series([parts - passed], dtype=kind) + rest.zip_with(rest > nothing, nothing)
        signed = later.zip_with(top >= nothing, nothing - later) * down
        return self.numbers.tightened(Num(signed, step.denominator, most))

    # ---- arithmetic --------------------------------------------------------------------------------------------------
    def _add(self, one: Num, other: Num) -> Num:
        return _num(self.numbers.add(one, other))

    def _pick(self, holds: pl.Series, one: Num, other: Num) -> Num:
        return _num(self.numbers.choose(Truth(holds), one, other))


def _num(found: Figure) -> Num:
    if not isinstance(found, Num) or found.bottom is not None:
        raise NotLoweredError("an amount too wide to settle in a column")
    return evolve(found, gone=None, doubt=None)
