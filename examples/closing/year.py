"""Close a year month by month while data comes late, and reconcile it with the year computed at once.

    python examples/closing/year.py ../shared/data

Two plans on public sample files: field sales, paid each month with a draw and a cap, and a marketing funnel. At each
close some rows of the last months are not known yet, others still have another amount, targets change afterwards, and
in the eighth month somebody corrects a rate of the plan. In the end what was paid and what was corrected is, for
everybody and to the cent, what one run on the last data pays; and each correction is told by causes that add up to it.
"""

from __future__ import annotations

import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

import incentive

HERE = Path(__file__).parent
Row = dict[str, str]


@dataclass
class Year:
    """What closing a year gave."""

    months: list[tuple[str, Fraction, Fraction, int]] = field(default_factory=list)  # pay, corrections, how many
    runs: list[incentive.Run] = field(default_factory=list)
    due: dict[str, Fraction] = field(default_factory=dict)
    whole: dict[str, Fraction] = field(default_factory=dict)
    pending: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    explained: int = 0
    not_explained: int = 0


@dataclass
class Table:
    """A sample file: its name and delimiter, the column of its day, and what may change in it later."""

    file: str
    delimiter: str
    day: str
    amount: str = ""
    late: float = 0.06  # of the rows are known one to three months after their own
    other: float = 0.02  # have another amount until then


def month_of(text: str) -> int:
    """The number of a month since year 0, of a day that begins with it."""
    found = re.match(r"(\d{4})[-/](\d{2})", text)
    assert found is not None, text
    return int(found[1]) * 12 + int(found[2])


def read(path: Path, delimiter: str) -> list[Row]:
    """The rows of a sample file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def write(path: Path, rows: Sequence[Row], header: Sequence[str], delimiter: str) -> None:
    """Write rows as the sample file had them."""
    with path.open("w", encoding="utf-8", newline="") as file:
        made = csv.DictWriter(file, header, delimiter=delimiter, lineterminator="\n")
        made.writeheader()
        made.writerows(rows)


def known(rows: Sequence[Row], table: Table, first: int, month: int, last: bool) -> Iterator[Row]:  # noqa: FBT001
    """The rows of a table that are known at the close of a month; all of them, as they are, at the last close."""
    for at, row in enumerate(rows):
        random = Random(f"{table.file} {at}")
        own = max(month_of(row[table.day]), first)
        after = own + random.randint(1, 3)
        late, other = random.random() < table.late, random.random() < table.other
        if own > month and table.late:
            continue
        if last or month >= after or not (late or other):
            yield row
        elif not late:
            changed = Fraction(row[table.amount]) * random.randint(50, 150) // 100
            yield {**row, table.amount: str(changed)}


def close_year(
    plans: Callable[[int], incentive.Plan], source: Path, mapping: str, tables: Sequence[Table], others: Sequence[str]
) -> Year:
    """Close the months of a plan one by one, and compute them at once."""
    year, state, before = Year(), None, None
    with tempfile.TemporaryDirectory() as name:
        folders = []
        every = {table.file: read(source / table.file, table.delimiter) for table in tables}
        periods = plans(0).periods
        first = month_of(periods[0].start.isoformat())
        final = month_of(periods[-1].start.isoformat())
        for rows, table in zip(every.values(), tables, strict=True):
            rows[:] = [row for row in rows if month_of(row[table.day]) <= final]
        for at, period in enumerate(periods):
            last = at == len(periods) - 1
            folder = Path(name) / period.name
            folder.mkdir()
            folders.append(folder)
            for table in tables:
                header = list(every[table.file][0])
                rows = list(known(every[table.file], table, first, month_of(period.start.isoformat()), last))
                write(folder / table.file, rows, header, table.delimiter)
            for file in others:
                (folder / file).write_bytes((source / file).read_bytes())
            (folder / "mapping.toml").write_text(mapping, "utf-8")
            plan, data = plans(at), incentive.Dataset.from_folder(folder)
            run = plan.run(data, period=period, after=state)
            due = {each.participant: Fraction(each.due.exact) for each in run.payments}
            for who, amount in due.items():
                year.due[who] = year.due.get(who, Fraction(0)) + amount
            pay, late = (
                sum((Fraction(getattr(each, side).exact) for each in run.payments), Fraction(0))
                for side in ("pay", "corrections")
            )
            year.months.append((period.name, pay, late, len(run.corrections)))
            year.runs.append(run)
            if before is not None:
                tell(year, before, plan, data, run)
            before, state = (plan, data), run.close()
        whole = plans(len(periods)).run(incentive.Dataset.from_folder(folders[-1]))
        for each in whole.payments:
            year.whole[each.participant] = Fraction(each.due.exact)
        year.pending = sum(each.pending for each in whole.payments)
    return year


def tell(
    year: Year,
    before: tuple[incentive.Plan, incentive.Dataset],
    plan: incentive.Plan,
    data: incentive.Dataset,
    run: incentive.Run,
) -> None:
    """Tell the corrections of a close by their causes."""
    corrections = {(each.participant, each.of, each.name): each for each in run.corrections if each.amount is not None}
    people = sorted({who for who, _, _ in corrections})
    if not people:
        return
    until = max(of for _, of, _ in corrections)
    runs = [one.run(read, until=until) for one, read in (before, (plan, data))]
    found = {
        (each.participant, each.period, each.name): each
        for each in incentive.compare(*runs, participants=people, each=0)
    }
    for place, correction in corrections.items():
        difference = found.get(place)
        if difference is None or difference.amount != correction.amount:
            year.not_explained += 1
            continue
        assert correction.amount is not None
        assert sum(amount.exact for _, amount in difference.causes) == correction.amount.exact
        year.explained += 1
        year.causes.update(f"{cause.kind} {cause.name}".strip() for cause, _ in difference.causes)


def field_sales(samples: Path) -> Year:
    """The fiscal year 2018 of the field sales sample."""
    text = (HERE / "field-sales-monthly.plan").read_text("utf-8")
    wrong = text.replace("from 120% of quota: 2%", "from 120% of quota: 1.8%").replace("= 0.2%", "= 0.25%")
    mapping = (HERE.parent / "adventureworks" / "mapping.toml").read_text("utf-8")
    mapping = re.sub(r"^(rows|totals) = .*\n", "", mapping, flags=re.MULTILINE)  # control figures of the whole file
    tables = [
        Table("Sales.csv", "|", "OrderDate", "Sales"),
        Table("Targets.csv", "|", "TargetMonth", "TargetAmount", late=0, other=0.3),
    ]
    return close_year(
        lambda month: incentive.parse(wrong if month < 8 else text),
        samples / "adventureworks-sales",
        mapping,
        tables,
        ["Salesperson.csv", "SalespersonRegion.csv"],
    )


def funnel(samples: Path) -> Year:
    """The year of the marketing funnel sample."""
    text = (HERE.parent / "olist" / "funnel.plan").read_text("utf-8")
    wrong = text.replace("from  5: 120 BRL", "from  5: 125 BRL")
    return close_year(
        lambda month: incentive.parse(wrong if month < 8 else text),
        samples / "olist-funnel",
        (HERE.parent / "olist" / "mapping.toml").read_text("utf-8"),
        [Table("olist_closed_deals_dataset.csv", ",", "won_date", late=0.15, other=0)],
        ["olist_marketing_qualified_leads_dataset.csv"],
    )


def main(samples: Path) -> None:
    for name, close in (("field sales", field_sales), ("funnel", funnel)):
        year = close(samples)
        print(f"{name}: closed month by month")
        print(f"  {'month':8} {'pay':>14} {'corrections':>14}  figures corrected")
        for month, pay, late, count in year.months:
            print(f"  {month:8} {float_free(pay):>14} {float_free(late):>14}  {count}")
        paid, whole = sum(year.due.values(), Fraction(0)), sum(year.whole.values(), Fraction(0))
        same = sum(year.due.get(who, 0) == year.whole.get(who, 0) for who in {*year.due, *year.whole})
        print(f"  paid and corrected {float_free(paid)}; the year at once {float_free(whole)}")
        people = len({*year.due, *year.whole})
        print(f"  the same for {same} of {people} people; {year.pending} of them wait for something")
        print(f"  corrections told by causes that add up: {year.explained}; not: {year.not_explained}")
        print("  " + ", ".join(f"{cause}: {count}" for cause, count in sorted(year.causes.items())))


def float_free(amount: Fraction) -> str:
    """An amount in cents, exactly."""
    cents = amount * 100
    assert cents.denominator == 1
    sign, whole = "-" if cents < 0 else "", abs(int(cents))
    return f"{sign}{whole // 100:,}.{whole % 100:02}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
