"""Both engines give the same, for plans and data that are drawn together: values, statuses, reasons, accounts, bytes.

A failing seed prints a plan and data as small as they could be made. `INCENTIVE_DEEP` says how many lines of people
and periods to compare instead of the gate's.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Mapping
from itertools import count
from random import Random
from typing import get_args

import polars as pl
import pytest
from attrs import define, field

from incentive import tree
from incentive.engines.columnar import Result
from incentive.quantities import ROUNDING_MODES
from incentive.results import LANES
from tests.differential.comparing import WIDTHS, Case, Ready, compare, failure, frame_of, make_case, ready, shrink
from tests.differential.declaring import KINDS
from tests.differential.seeing import WORDS, constructs

PLANS = 300
PAIRS = 50_000
# Only examples read results of a settlement; amended plans are drawn in test_amended.py.
NODES = {each.__name__ for each in get_args(tree.Expr)} - {"SettledValue", "Amended"}
EXPECTED = {f"node {each}" for each in NODES} | {f"text {each.strip()}" for each in WORDS}
EXPECTED |= {f"plan per {each}" for each in KINDS} | {f"mode {each}" for each in ROUNDING_MODES}
"""What must occur, beside whatever does."""
DEEP = int(os.environ.get("INCENTIVE_DEEP", "0"))


@define
class Seen:
    """What was compared."""

    plans: int = 0
    pairs: int = 0
    lines: int = 0
    zero: int = 0
    pending: int = 0
    lanes: Counter[str] = field(factory=Counter)  # plans with a line in the lane
    constructs: Counter[str] = field(factory=Counter)
    not_lowered: Counter[str] = field(factory=Counter)

    def add(self, made: Ready) -> None:
        """Compare a plan in all widths, and with its rows shuffled."""
        self.plans += 1
        lanes: set[str] = set()
        for widths in WIDTHS:
            found = compare(made, widths)
            self.pairs += found.pairs
            lanes |= {lane for each in found.lanes for lane, rows in each.rows.items() if rows}
            if widths is None:
                self.pairs += _shuffled(made, found.result)
                self.not_lowered.update(each.not_lowered for each in found.lanes if each.not_lowered)
        self.lanes.update(lanes)
        self.constructs.update(constructs(made.case, made.plan))
        payouts = made.expected["payouts"]
        assert isinstance(payouts, list)
        statuses = Counter(each["status"] for each in payouts)
        self.lines += len(payouts)
        self.zero += statuses["zero"]
        self.pending += statuses["pending"]

    def shares(self, counted: Mapping[str, int]) -> dict[str, float]:
        """Say in which part of the plans each occurs."""
        return {name: round(number / max(self.plans, 1), 3) for name, number in sorted(counted.items())}


def _shuffled(made: Ready, one: Result) -> int:
    """Compare the bytes of a result with those of the same rows in another order."""
    case = made.case
    other = made.plan.read(case.data.shuffled(Random(case.seed)).dataset())
    same = made.columns(facts=other)
    payouts = made.expected["payouts"]
    assert isinstance(payouts, list)
    amounts = [each["amount"] for each in payouts]
    assert _bytes(frame_of(one, amounts)) == _bytes(frame_of(same, amounts)), "another order of rows, another frame"
    statuses = [
        (each.participant, each.period.name, each.component, each.status, each.amount) for each in one.result.payouts
    ]
    assert statuses == [
        (each.participant, each.period.name, each.component, each.status, each.amount) for each in same.result.payouts
    ]
    return len({each[:2] for each in statuses})


def _bytes(frame: pl.DataFrame | None) -> bytes:
    return repr(None if frame is None else frame.to_dict(as_series=False)).encode()


def _small(case: Case) -> str:
    """Make a failing case small enough to read."""
    for widths in WIDTHS:
        first = failure(case, widths)
        if first:
            kind = first.split(":")[0]
            small = shrink(case, lambda each, widths=widths, kind=kind: failure(each, widths).startswith(kind))  # type: ignore[misc]
            return f"{widths}\n{small}\n{failure(small, widths)}"
    return f"{case}\nonly shuffled"


def _run(seen: Seen, seed: int) -> None:
    case = make_case(seed)
    made = ready(case)
    try:
        seen.add(made)
    except Exception as error:  # noqa: BLE001 - a crash is a difference too
        pytest.fail(f"seed {seed}: {error}\n{_small(case)}", pytrace=False)


@pytest.fixture(scope="module")
def seen() -> Seen:
    found = Seen()
    for seed in count():
        if found.plans >= PLANS and found.pairs >= PAIRS:
            return found
        _run(found, seed)
    raise AssertionError


def test_enough_is_compared(seen: Seen) -> None:
    print(seen)  # noqa: T201 - how much was compared
    assert seen.plans >= PLANS
    assert seen.pairs >= PAIRS


def test_every_lane_occurs(seen: Seen) -> None:
    shares = seen.shares(seen.lanes)
    assert {lane for lane in LANES if shares.get(lane, 0) >= 0.01} == set(LANES), shares


def test_every_construct_occurs(seen: Seen) -> None:
    shares = seen.shares(seen.constructs)
    assert not {name: share for name, share in shares.items() if share < 0.01}, shares
    assert not sorted(set(EXPECTED) - set(shares)), shares


def test_few_lines_are_zero(seen: Seen) -> None:
    assert seen.zero <= 0.2 * seen.lines, f"{seen.zero} of {seen.lines}"


@pytest.mark.skipif(not DEEP, reason="INCENTIVE_DEEP says how many comparisons")
def test_many_more_plans_agree() -> None:
    found = Seen()
    for seed in count(1_000_000):
        _run(found, seed)
        if found.plans % 100 == 0:
            print(f"{found.plans} plans, {found.pairs} comparisons", file=sys.stderr, flush=True)  # noqa: T201 - how far it is
        if found.pairs >= DEEP:
            break
    print(found, file=sys.stderr)  # noqa: T201 - how much was compared
