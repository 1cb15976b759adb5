"""Where every row, every amount and every person went.

A commission run that drops a row is wrong in silence. So each measure accounts for all rows of its table, each table
for all of its rows, each period for all people of the roster: what was read is what counted and what did not, with its
one reason. The equations are checked before a run is given out.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import frozen

from incentive.quantities import Number
from incentive.results.texts import exact_text

RowReason = Literal[
    "not_read",  # no line of the run reads the measure
    "recorded_later",  # became known after `as_of`
    "undated",  # its date is missing
    "outside_plan",  # before the plan's first day or after its last, and in no window that looks back
    "outside_run",  # in no window that this run reads
    "condition",  # `where` does not hold
    "condition_missing",  # `where`, or a condition of the split, reads something that is missing
    "unassigned",  # no row of the assignment table takes it
    "no_participant",  # credited to nobody
    "not_in_plan",  # credited to people outside the plan only
    "other_participants",  # credited to people whom this run was not asked for
]
ROW_REASONS: tuple[RowReason, ...] = (
    "not_read",
    "recorded_later",
    "undated",
    "outside_plan",
    "outside_run",
    "condition",
    "condition_missing",
    "unassigned",
    "no_participant",
    "not_in_plan",
    "other_participants",
)
PersonReason = Literal["not_on_roster", "not_covered", "condition_missing"]
TableUse = Literal["measured", "assignment", "reference", "rates", "unused"]


@frozen
class Tally:
    """How many rows, and what they add up to."""

    rows: int
    amount: Number

    def to_dict(self) -> dict[str, object]:
        """The tally as plain data."""
        return {"rows": self.rows, "amount": exact_text(self.amount)}


@frozen
class Overlay:
    """What a measure credits beside what its facts are worth: credit above 100 % is meant, and stands apart.

    `primary` is what is credited within the whole of each fact, and adds to the company; the rest is `beyond`.

    Law: `primary` never passes `facts`, where facts are not negative; `primary + beyond == credited`.
    """

    credited: Number
    facts: Number
    primary: Number

    @property
    def beyond(self) -> Number:
        """What is credited beyond the whole of facts."""
        return self.credited - self.primary

    @property
    def ratio(self) -> Number | None:
        """What is credited for each unit that facts are worth; None where they are worth nothing."""
        return None if not self.facts else Fraction(self.credited) / self.facts

    def to_dict(self) -> dict[str, object]:
        """The amounts as plain data."""
        return {
            "credited": exact_text(self.credited),
            "facts": exact_text(self.facts),
            "primary": exact_text(self.primary),
            "overlay": exact_text(self.beyond),
            "ratio": None if self.ratio is None else exact_text(self.ratio),
        }


@frozen
class MeasureAccount:
    """Rows and amount that a measure read, counted and left out, by first reason.

    A missing value weighs 0; `missing` gives the lines of the counted rows that have one. `uncredited` is what of the
    counted rows is credited to nobody, because a share of their split names no participant; `several`
    what of them more than one row of an assignment table takes.
    """

    measure: str
    label: str
    table: str
    read: Tally
    counted: Tally
    excluded: tuple[tuple[RowReason, Tally], ...]
    missing: tuple[int, ...] = ()
    overlay: Overlay | None = None
    uncredited: Tally | None = None
    several: Tally | None = None

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "measure": self.measure,
            "label": self.label,
            "table": self.table,
            "read": self.read.to_dict(),
            "counted": self.counted.to_dict(),
            "excluded": {reason: tally.to_dict() for reason, tally in self.excluded},
            "missing": list(self.missing),
            "overlay": None if self.overlay is None else self.overlay.to_dict(),
            "uncredited": None if self.uncredited is None else self.uncredited.to_dict(),
            "several": None if self.several is None else self.several.to_dict(),
        }


@frozen
class FieldAccount:
    """What a field of money adds up to over the rows of a table: all, those that some measure counted, and the others.

    A missing value weighs 0.
    """

    field: str
    currency: str
    read: Number
    counted: Number
    excluded: tuple[tuple[RowReason, Number], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "field": self.field,
            "currency": self.currency,
            "read": exact_text(self.read),
            "counted": exact_text(self.counted),
            "excluded": {reason: exact_text(amount) for reason, amount in self.excluded},
        }


@frozen
class TableAccount:
    """Rows of a table that some measure counted, and those that none did, by the reason that came closest.

    A table that no measure reads is accounted by its use alone. `blank` counts the cells of a wide file that hold no
    value: they make no row, and are not among those read. `amounts` say the same of each field of money.
    """

    table: str
    file: str
    use: TableUse
    read: int
    counted: int
    excluded: tuple[tuple[RowReason, int], ...] = ()
    blank: int = 0
    amounts: tuple[FieldAccount, ...] = ()

    @property
    def left_out(self) -> int:
        """How many rows no measure counted."""
        return sum(rows for _, rows in self.excluded)

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "table": self.table,
            "file": self.file,
            "use": self.use,
            "read": self.read,
            "counted": self.counted,
            "excluded": dict(self.excluded),
            "blank": self.blank,
            "amounts": [each.to_dict() for each in self.amounts],
        }


@frozen
class FileAccount:
    """Rows of a file that the mapping leaves out, by the cell that says so: a reason without rows is given, too."""

    role: str
    name: str
    file: str
    read: int
    excluded: tuple[tuple[str, int], ...]

    @property
    def kept(self) -> int:
        """How many rows are meant."""
        return self.read - sum(rows for _, rows in self.excluded)

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "role": self.role,
            "name": self.name,
            "file": self.file,
            "read": self.read,
            "kept": self.kept,
            "excluded": dict(self.excluded),
        }


@frozen
class ExcludedRow:
    """A row of data that counted nowhere, with the reason that came closest; of an input, a value that nothing reads.

    Attributes:
        source: The table or input.
        file: Its file; "" for rows of a program.
        line: Where it stands there.
        key: What it is known by, if the table has a key.
        reason: A `RowReason`; of an input `unknown_participant`, `unknown_team` or `outside_plan`.
    """

    source: str
    file: str
    line: int
    key: str
    reason: str


@frozen
class PeopleAccount:
    """People of the roster who are on the plan in a period, and those who are not."""

    period: str
    roster: int
    covered: tuple[str, ...]
    left_out: tuple[tuple[PersonReason, tuple[str, ...]], ...]

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "period": self.period,
            "roster": self.roster,
            "covered": list(self.covered),
            "left_out": {reason: list(people) for reason, people in self.left_out},
        }


@frozen
class PoolAccount:
    """An amount that people divide in a period: who they are, and what they were paid of it.

    `pool` is None while it, or a weight, is pending. Where nobody shares, or all weights are 0, nothing is paid.
    """

    component: str
    period: str
    currency: str
    pool: Number | None
    paid: Number = 0
    people: tuple[str, ...] = ()

    @property
    def unpaid(self) -> Number:
        """What nobody got."""
        return 0 if self.pool is None else self.pool - self.paid

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "component": self.component,
            "period": self.period,
            "currency": self.currency,
            "pool": None if self.pool is None else exact_text(self.pool),
            "paid": exact_text(self.paid),
            "unpaid": exact_text(self.unpaid),
            "people": list(self.people),
        }


@frozen
class Accounting:
    """The accounts of a run."""

    measures: tuple[MeasureAccount, ...]
    tables: tuple[TableAccount, ...]
    people: tuple[PeopleAccount, ...]
    pools: tuple[PoolAccount, ...] = ()
    files: tuple[FileAccount, ...] = ()

    def disagreements(self) -> tuple[str, ...]:
        """Add everything up again; say which equations fail, with their figures.

        Law: a run that was given out has none.
        """
        found: list[str] = []
        for account in self.measures:
            rows = account.counted.rows + sum(tally.rows for _, tally in account.excluded)
            amount = sum((tally.amount for _, tally in account.excluded), Fraction(account.counted.amount))
            if (rows, amount) != (account.read.rows, account.read.amount):
                found.append(
                    f"measure {account.measure}: {account.read.rows} rows of {exact_text(account.read.amount)} read, "
                    f"{rows} of {exact_text(amount)} accounted for"
                )
        for table in self.tables:
            rows = table.counted + sum(count for _, count in table.excluded)
            if table.use == "measured" and rows != table.read:
                found.append(f"table {table.table}: {table.read} rows read, {rows} accounted for")
            for field in table.amounts:
                amount = sum((each for _, each in field.excluded), Fraction(field.counted))
                if amount != field.read:
                    found.append(
                        f"{field.field} of table {table.table}: {exact_text(field.read)} read, "
                        f"{exact_text(amount)} accounted for"
                    )
        for people in self.people:
            heads = len(people.covered) + sum(len(names) for _, names in people.left_out)
            if heads != people.roster:
                found.append(f"people in {people.period}: {people.roster} on the roster, {heads} accounted for")
        found += [
            f"pool of {each.component} in {each.period}: {exact_text(each.pool or 0)} to divide, "
            f"{exact_text(each.paid)} paid"
            for each in self.pools
            if each.paid not in {0, each.pool}
        ]
        return tuple(found)

    def to_dict(self) -> dict[str, object]:
        """The accounts as plain data; numbers are exact text."""
        return {
            "version": 1,
            "measures": [each.to_dict() for each in self.measures],
            "tables": [each.to_dict() for each in self.tables],
            "people": [each.to_dict() for each in self.people],
            "pools": [each.to_dict() for each in self.pools],
            "files": [each.to_dict() for each in self.files],
        }
