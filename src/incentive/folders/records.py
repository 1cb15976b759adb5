"""What came out of a run, as records for programs: a row or a JSON text each, one after the other.

A year of explained lines is larger than memory wants to be, so nothing here is whole: each file is made record by
record, in an order that neither the engine nor the order of the rows decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from attrs import define, evolve, field

from incentive.diagnostics import Diagnostic, InternalError
from incentive.folders.sinks import Entry, Sink
from incentive.plan import Run, compare
from incentive.quantities import Money, Number
from incentive.results import Correction, Difference, Explanation, csv_amount, csv_row, exact_text
from incentive.tree import settled_names

LINES: Final = "lines.csv"
SETTLEMENT: Final = "settlement.csv"
CORRECTIONS: Final = "corrections.csv"
CAUSES: Final = "causes.jsonl"
PAYMENTS: Final = "payments.csv"
EXPLANATIONS: Final = "explanations.jsonl"
EXCLUSIONS: Final = "exclusions.csv"
CLOSED: Final = "closed.json"
BEFORE: Final = "before.json"
KEYS: Final = {LINES: 3, SETTLEMENT: 3, CORRECTIONS: 4, PAYMENTS: 1, EXCLUSIONS: 3}
"""How many columns of a table say which row it is."""

_BLOCK: Final = 1 << 16


@define
class Records:
    """The records of a run.

    `whole` is the run of all closed periods as they were computed when they were closed, on the data of then; without
    it no causes are told. What is counted on the way is there once all files were put.
    """

    run: Run
    whole: Run | None
    explained: bool
    rounded: dict[str, tuple[int, Number]] = field(factory=dict, init=False)
    excluded: Counter[str] = field(factory=Counter, init=False)

    def put(self, sink: Sink) -> dict[str, Entry]:
        """Make every file of what came out."""
        run = self.run
        closed = None if run.after is None and not self._begins else run.close()
        files: dict[str, Callable[[], Iterator[str]]] = {LINES: self._lines}
        if run.plan.settled:
            files[SETTLEMENT] = self._settlement
        if run.after is not None:
            files[CORRECTIONS] = self._corrections
        if self.whole is not None:
            files[CAUSES] = self._causes
        files |= {PAYMENTS: self._payments, EXCLUSIONS: self._exclusions}
        if self.explained:
            files[EXPLANATIONS] = self._explanations
        found = {name: _put(sink, name, records()) for name, records in files.items()}
        if run.after is not None:
            found[BEFORE] = _text(sink, BEFORE, run.after.to_json())
        if closed is not None:
            found[CLOSED] = _text(sink, CLOSED, closed.to_json())
        return found

    @property
    def _begins(self) -> bool:
        """Whether the run has the first period of the plan, without which nothing can be closed."""
        return self.run.results.periods[0] == self.run.plan.periods[0]

    @property
    def _step(self) -> Number:
        return self.run.plan.tree.rounding_step

    def _lines(self) -> Iterator[str]:
        yield csv_row(("participant", "period", "component", "status", "amount", "currency", "codes"))
        order = {name: at for at, name in enumerate(self.run.plan.components)}
        for each in sorted(self.run.payouts, key=lambda one: (one.participant, one.period.start, order[one.component])):
            amount = csv_amount(each.amount, self._step)
            currency = self.run.plan.currency if each.amount is None else each.amount.currency
            place = (each.participant, each.period.name, each.component, each.status)
            yield csv_row((*place, amount, currency, _codes(each.reasons)))

    def _settlement(self) -> Iterator[str]:
        yield csv_row(("participant", "period", "result", "status", "amount", "currency", "codes"))
        for settled in sorted(self.run.settlements, key=lambda one: (one.participant, one.period.start)):
            for name in self.run.plan.settled:
                each = settled[name]
                place = (settled.participant, settled.period.name, name, each.status)
                amount = csv_amount(each.amount, self._step)
                yield csv_row((*place, amount, self.run.plan.currency, _codes(each.reasons)))

    def _corrections(self) -> Iterator[str]:
        head = ("participant", "period", "of", "name", "before", "after", "amount", "currency", "codes")
        yield csv_row(head)
        for each in self.run.corrections:
            place = (each.participant, each.period.name, each.of.name, each.name)
            amounts = (csv_amount(one, self._step) for one in (each.before, each.after, each.amount))
            yield csv_row((*place, *amounts, each.before.currency, _codes(each.reasons)))

    def _causes(self) -> Iterator[str]:
        for each, found in causes(self.run, self.whole):
            told = None if found is None else found.to_dict()["causes"]
            place = {"participant": each.participant, "of": each.of.name, "name": each.name}
            yield _json({**place, "amount": _exact(each.amount), "causes": told})

    def _payments(self) -> Iterator[str]:
        yield csv_row(("participant", "pay", "corrections", "due", "currency", "pending"))
        for each in self.run.payments:
            amounts = (csv_amount(one, self._step) for one in (each.pay, each.corrections, each.due))
            yield csv_row((each.participant, *amounts, each.due.currency, "yes" if each.pending else "no"))

    def _exclusions(self) -> Iterator[str]:
        yield csv_row(("source", "file", "line", "key", "reason"))
        tables: Counter[tuple[str, str]] = Counter()
        for each in self.run.exclusions:
            self.excluded[each.reason] += 1
            tables[each.source, each.reason] += 1
            yield csv_row((each.source, each.file, str(each.line), each.key, each.reason))
        for table in self.run.accounting.tables:
            for reason, rows in table.excluded:
                if tables[table.table, reason] != rows:
                    raise InternalError(f"rows of {table.table}: {rows} {reason}, {tables[table.table, reason]} told")

    def _explanations(self) -> Iterator[str]:
        for who, period, name, found in self.run.explained():
            self._count(found)
            place = {"participant": who, "period": period.name, "name": name}
            yield _json({**place, "explanation": found.to_dict()})

    def _count(self, line: Explanation) -> None:
        """Count a line whose own rounding moved it."""
        used = next((each.rounding for each in line.children if each.kind == "Rounded"), None)
        if line.kind == "Line" and used is not None and used.before != used.after:
            lines, moved = self.rounded.get(line.unit.currency, (0, Fraction(0)))
            self.rounded[line.unit.currency] = (lines + 1, moved + used.after - used.before)

    def summary(self) -> dict[str, object]:
        """What came out, added up; numbers are exact text."""
        run = self.run
        accounting = run.accounting.to_dict()
        states = Counter(each.status for each in run.payouts)
        rounding = [
            {"currency": currency, "lines": lines, "moved": exact_text(moved)}
            for currency, (lines, moved) in sorted(self.rounded.items())
        ]
        due = sum((each.due.exact for each in run.payments), Fraction(0))
        late = sum((each.corrections.exact for each in run.payments), Fraction(0))
        return {
            "lines": {status: states.get(status, 0) for status in ("paid", "zero", "pending")},
            "totals": _totals(run),
            "pending": _counted(code for each in run.pending for code in {one.code for one in each.reasons}),
            "corrections": {"lines": len(run.corrections), "amount": exact_text(late)},
            "due": {"currency": run.plan.currency, "amount": exact_text(due)},
            "rounding": rounding if self.explained else None,
            "warnings": _counted(each.code for each in run.plan.warnings),
            "excluded": dict(sorted(self.excluded.items())),
            "tables": accounting["tables"],
            "measures": accounting["measures"],
            "files": accounting["files"],
            "people": [{"period": each.period, "covered": len(each.covered)} for each in run.accounting.people],
        }


def causes(run: Run, whole: Run | None) -> Iterator[tuple[Correction, Difference | None]]:
    """Give each correction of a run with what made it; None where that cannot be said.

    What was published of a period may differ from what the run before computes of it today, where something was
    pending in between; then the causes of the difference are not those of the correction, and none are told.
    """
    again = run.again
    found: Mapping[tuple[str, str, str], Difference] = {}
    if whole is not None and again is not None and run.corrections:
        who = {each.participant for each in run.corrections}
        differences = compare(whole, again, participants=sorted(who))
        found = {(each.participant, each.period.name, each.name): each for each in differences}
    for each in run.corrections:
        one = found.get((each.participant, each.of.name, each.name))
        yield each, one if one is not None and one.amount == each.amount else None


def _totals(run: Run) -> list[dict[str, str]]:
    """The sums of components, then those of what was settled that add up over people and periods."""
    sums: dict[tuple[str, str], Number] = {(name, run.plan.currency): 0 for name in run.plan.components}
    for each in run.payouts:
        if each.amount is not None:
            place = (each.component, each.amount.currency)
            sums[place] = sums.get(place, 0) + each.amount.exact
    for name in settled_names(run.plan.tree.settlement):
        if name in {"earned", "payable", "paid"}:
            amounts = (each[name].amount for each in run.settlements)
            sums[name, run.plan.currency] = sum((each.exact for each in amounts if each is not None), Fraction(0))
    return [
        {"name": name, "currency": currency, "amount": exact_text(total)} for (name, currency), total in sums.items()
    ]


def _counted(codes: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(codes).items()))


def _codes(reasons: Iterable[Diagnostic]) -> str:
    return " ".join(dict.fromkeys(each.code for each in reasons))


def _exact(amount: Money | None) -> str | None:
    return None if amount is None else exact_text(amount.exact)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _text(sink: Sink, name: str, text: str) -> Entry:
    return sink.put(name, [text.encode("utf-8", "surrogatepass")])


def _put(sink: Sink, name: str, records: Iterator[str]) -> Entry:
    """Put records together into blocks, and count them; the first row of a table says what is in it."""
    rows = 0

    def blocks() -> Iterator[bytes]:
        nonlocal rows
        block = bytearray()
        for record in records:
            rows += 1
            block += record.encode("utf-8", "surrogatepass")
            if len(block) >= _BLOCK:
                yield bytes(block)
                block.clear()
        yield bytes(block)

    entry = sink.put(name, blocks())
    return evolve(entry, rows=rows - 1 if name.endswith(".csv") else rows)
