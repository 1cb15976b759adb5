"""What is carried from one close to the next: the figures that were published, under a hash of all of them.

Who pays a month must know what was paid before, and from nowhere else than the close itself: a figure that was typed
again, left out or taken from a trial run would be paid a second time, as a correction. So the state is one piece of
data, its name is a hash of its content, and each one names the state that it follows.

After every close the figures are those of a computation of all closed periods on what was known at that time: what was
published for a period and all corrections of it together make that figure. Nothing else has to be carried, balances
least of all: they are computed from the first period on again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final

from attrs import field, frozen

from incentive.closing.figures import Figure, Place, figures_of
from incentive.diagnostics import DataError, Help, Language, UsageError, finding
from incentive.quantities import Number, Period
from incentive.results import Run, exact_text
from incentive.tree import Plan

FORMAT: Final = "incentive-closed"
VERSION: Final = 1
_KEYS: Final = frozenset({
    "format", "version", "id", "previous", "label", "currency", "period", "settled", "plan", "data", "as_of", "periods",
    "figures",
})  # fmt: skip
_AMOUNT = re.compile(r"-?\d{1,400}(?:\.\d{1,400}|/[1-9]\d{0,400})?")
_HASH = re.compile(r"[0-9a-f]{64}")


@frozen
class Closed:
    """The closed periods of a plan, and what was published of them so far.

    Made by `Run.close`, kept by the host, and given to the next run as `after`.

    Attributes:
        label: What people call the plan; a state is of one plan, whose text may change.
        currency: The currency of every figure.
        kind: How long a period of the plan is, such as `month`.
        settled: Whether `paid` is what was paid; else all lines are, as of a plan without a settlement.
        plan: The fingerprint of the plan that closed the last period.
        data: The digest of the data that did.
        as_of: The day it was told to know until; None for all.
        periods: The names of all closed periods, in order.
        figures: What was published, by participant, period and name; what is not there was 0.
        waiting: The figures that are pending: nothing was published of them, or nothing since.
        previous: The id of the state that this one follows; None for the first.
    """

    label: str
    currency: str
    kind: str
    settled: bool
    plan: str
    data: str
    as_of: date | None
    periods: tuple[str, ...]
    figures: Mapping[Place, Number] = field(hash=False, repr=False)
    waiting: frozenset[Place] = field(repr=False)
    previous: str | None = None

    @cached_property
    def id(self) -> str:
        """SHA-256 of everything in it."""
        text = json.dumps(self._content(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def to_dict(self) -> dict[str, object]:
        """The state as plain data for JSON; numbers are exact text."""
        return {**self._content(), "figures": [row[:] for row in self._figures], "id": self.id}

    def to_json(self) -> str:
        """The state as text, to be kept as it is: a figure a line, so that two states can be compared."""
        content = self.to_dict()
        rows = content.pop("figures")
        assert isinstance(rows, list)
        head = json.dumps(content, ensure_ascii=False, indent=1).removesuffix("\n}")
        # Row by row: an encoder that indents is written in Python, and takes seconds for a hundred thousand rows.
        figures = ",\n".join([json.dumps(row, ensure_ascii=False) for row in rows])
        return f'{head},\n "figures": [\n{figures}\n]\n}}\n'

    @cached_property
    def _figures(self) -> list[list[str | None]]:
        """The figures as rows, in order; those that wait have none."""
        rows: list[list[str | None]] = [[*place, exact_text(amount)] for place, amount in self.figures.items()]
        rows += [[*place, None] for place in self.waiting]
        rows.sort(key=_order)
        return rows

    def _content(self) -> dict[str, object]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "previous": self.previous,
            "label": self.label,
            "currency": self.currency,
            "period": self.kind,
            "settled": self.settled,
            "plan": self.plan,
            "data": self.data,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "periods": list(self.periods),
            "figures": self._figures,
        }

    @classmethod
    def from_json(cls, text: str | bytes) -> Closed:
        """Read a state.

        Raises:
            DataError: It is no state of this version (R105), or not as it was made (R101).
            UsageError: It is no text.
        """
        if not isinstance(text, str | bytes):
            raise UsageError(f"from_json: expected the text of a state, not {type(text).__name__}")
        try:
            stored = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
        except (ValueError, RecursionError):
            raise refused("R105", "en") from None
        return cls.from_dict(stored)

    @classmethod
    def from_dict(cls, stored: object) -> Closed:
        """Read a state from plain data.

        Raises:
            DataError: It is no state of this version (R105), or not as it was made (R101).
        """
        made = _read(stored)
        if made is None:
            raise refused("R105", "en")
        assert isinstance(stored, Mapping)
        if made.id != stored["id"]:
            raise refused("R101", "en", id=str(stored["id"])[:12])
        return made


def close(  # noqa: PLR0913 - what a state says, by name
    plan: Plan,
    fingerprint: str,
    made: Run,
    again: Run | None,
    after: Closed | None,
    *,
    as_of: date | None,
    language: Language,
) -> Closed:
    """Close the periods of a run.

    Args:
        plan: The plan.
        fingerprint: What it is known by.
        made: The run of the open periods.
        again: The closed periods, computed on what is known now; None where there are none.
        after: The state of the closed periods; None where there are none.
        as_of: The day until which things were known.
        language: That of messages.

    Raises:
        DataError: What was paid before is not known (R104).
    """
    if after is None and made.periods[0].start > plan.first_day:
        raise refused("R104", language, period=made.periods[0].name)
    now = figures_of(made)
    if again is not None:
        now |= figures_of(again)
    before = {} if after is None else published(after, plan)
    figures: dict[Place, Number] = {}
    waiting: set[Place] = set()
    for place, each in now.items():
        amount = each.amount
        if amount is None:
            waiting.add(place)
            amount = before.get(place, 0)
        if amount:
            figures[place] = amount
    return Closed(
        plan.label,
        plan.currency,
        plan.period,
        plan.settlement is not None,
        fingerprint,
        made.digest,
        as_of,
        (*(() if after is None else after.periods), *(each.name for each in made.periods)),
        figures,
        frozenset(waiting),
        None if after is None else after.id,
    )


def check_follows(
    after: Closed, plan: Plan, every: tuple[Period, ...], wanted: tuple[Period, ...], language: Language
) -> tuple[Period, ...]:
    """Give the closed periods, if a state is of this plan and the wanted periods come right after it.

    Raises:
        DataError: They do not (R102, R103).
    """
    if (after.label, after.currency, after.kind) != (plan.label, plan.currency, plan.period):
        raise refused("R102", language, other=after.label, plan=plan.label)
    names = [each.name for each in every]
    if list(after.periods) != names[: len(after.periods)]:
        raise refused("R102", language, other=after.label, plan=plan.label)
    following = names[len(after.periods) :]
    if not following or wanted[0].name != following[0]:
        come = following[0] if following else "-"
        raise refused("R103", language, period=wanted[0].name, last=after.periods[-1], next=come)
    return every[: len(after.periods)]


def published(after: Closed, plan: Plan) -> Mapping[Place, Number]:
    """Give what was published of closed periods; once a plan has a settlement, what was paid before it had one too."""
    if after.settled or plan.settlement is None:
        return after.figures
    return {**after.figures, **_added_up(after.figures)}


def changed(after: Closed, plan: Plan, again: Mapping[Place, Figure]) -> Iterable[tuple[Place, Number, Figure]]:
    """Give what was published of closed periods and is something else now, or is pending now and was not."""
    figures = published(after, plan)
    if after.settled and plan.settlement is None:  # the lines are what is paid now, of pending ones what they were
        lines = {place: figures.get(place, 0) if each.amount is None else each.amount for place, each in again.items()}
        again = {**again, **{place: Figure(amount, "paid") for place, amount in _added_up(lines).items()}}
    for place in sorted({*figures, *again}):
        before, now = figures.get(place, 0), again.get(place, Figure(0, place[2]))
        if now.amount is None:
            if place not in after.waiting:
                yield place, before, now
        elif now.amount != before:
            yield place, before, now


def _added_up(lines: Mapping[Place, Number]) -> dict[Place, Number]:
    """What is paid of lines that no settlement settles."""
    paid: dict[Place, Number] = {}
    for (who, period, _), amount in lines.items():
        paid[who, period, "paid"] = paid.get((who, period, "paid"), 0) + amount
    return paid


def refused(code: str, language: Language, path: str = "", **values: str) -> DataError:
    """A state that is not taken; `path` is the file of the plan, where there are several."""
    helps = (Help("help"),)
    return DataError([finding(code, language, span=None, remarks=(), helps=helps, place=None, path=path, **values)])


def _no_float(text: str) -> object:
    raise ValueError(text)


def _read(stored: object) -> Closed | None:
    """A state from plain data, whatever its id; None where it has not the form of one."""
    if not isinstance(stored, Mapping) or set(stored) != _KEYS:
        return None
    if stored["format"] != FORMAT or stored["version"] != VERSION or isinstance(stored["version"], bool):
        return None
    texts = [stored[name] for name in ("label", "currency", "period", "plan", "data", "id")]
    previous, day, settled = stored["previous"], stored["as_of"], stored["settled"]
    if (
        not all(isinstance(each, str) for each in texts)
        or not _hashes(stored["id"], previous)
        or not isinstance(settled, bool)
    ):
        return None
    periods, rows = stored["periods"], stored["figures"]
    if not (isinstance(periods, list) and periods and all(isinstance(each, str) for each in periods)):
        return None
    figures, waiting = _rows(rows)
    try:
        as_of = None if day is None else date.fromisoformat(day)
    except (TypeError, ValueError):
        return None
    if figures is None or waiting is None or not {place[1] for place in (*figures, *waiting)} <= {*periods}:
        return None
    label, currency, kind, plan, data, _ = texts
    return Closed(label, currency, kind, settled, plan, data, as_of, tuple(periods), figures, waiting, previous)


def _hashes(*texts: object) -> bool:
    return all(each is None or (isinstance(each, str) and _HASH.fullmatch(each)) for each in texts)


def _rows(rows: object) -> tuple[dict[Place, Number] | None, frozenset[Place] | None]:
    """The figures and what is pending, from rows in order; None where one has not the form."""
    figures: dict[Place, Number] = {}
    waiting: set[Place] = set()
    if not isinstance(rows, list):
        return None, None
    for row in rows:
        if not (isinstance(row, list) and len(row) == 4 and all(isinstance(each, str) for each in row[:3])):
            return None, None
        place, amount = (row[0], row[1], row[2]), row[3]
        if amount is None:
            waiting.add(place)
        elif isinstance(amount, str) and _AMOUNT.fullmatch(amount):
            value = Fraction(amount)
            figures[place] = int(value) if value.denominator == 1 else value
        else:
            return None, None
    keys = [_order(row) for row in rows]
    if any(one >= other for one, other in pairwise(keys)):  # one place has one figure
        return None, None
    return figures, frozenset(waiting)


def _order(row: Sequence[str | None]) -> tuple[str | None, str | None, str | None, bool]:
    """One place has at most two rows: what was published, and that it is pending now."""
    return row[0], row[1], row[2], row[3] is None
