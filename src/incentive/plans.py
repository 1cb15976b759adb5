"""Several plans over one roster: what each pays, what everybody gets over all of them, and who is in none or in two.

Each plan is right by itself, and yet somebody can be forgotten between them, or be paid by two that both take them:
nobody sees that in one plan. So plans are run together, on the same data, and by how many of them somebody is covered
is part of the result. Nothing of it is an error: who changes team in a month may well be in two plans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from attrs import evolve, field, frozen

from incentive import closing, engines
from incentive.closing import Closed
from incentive.data import Dataset, open_data
from incentive.diagnostics import Diagnostic, PlanError, UsageError
from incentive.plan import Plan, Run, load
from incentive.quantities import PERIOD_KINDS, Money, Number, Period, PeriodFormatError, PeriodRangeError
from incentive.results import PeopleAccount, exact_text

_SUFFIX = "*.plan"


@frozen
class Total:
    """What a participant is due over all plans, in one currency.

    Attributes:
        participant: Who is paid.
        due: The sum of what the plans pay, corrections of closed periods included.
        by_plan: What each plan pays, by its label, in the order of the plans.
        pending: Whether something waits in one of them.
    """

    participant: str
    due: Money
    by_plan: Mapping[str, Money] = field(hash=False)
    pending: bool

    def to_dict(self) -> dict[str, object]:
        """The total as plain data; numbers are exact text."""
        return {
            "participant": self.participant,
            "currency": self.due.currency,
            "due": exact_text(self.due.exact),
            "by_plan": {label: exact_text(amount.exact) for label, amount in self.by_plan.items()},
            "pending": self.pending,
        }


@frozen
class Coverage:
    """Who is in how many plans, in a period of the shortest kind that was run; of all plans, also those that are idle.

    Attributes:
        period: The period.
        roster: How many people were on the roster then.
        in_none: Those whom no plan takes.
        in_several: Those whom two plans or more take, with the labels of these.
    """

    period: Period
    roster: int
    in_none: tuple[str, ...]
    in_several: tuple[tuple[str, tuple[str, ...]], ...]

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "period": self.period.name,
            "roster": self.roster,
            "in_none": list(self.in_none),
            "in_several": {who: list(labels) for who, labels in self.in_several},
        }


@frozen(eq=False)
class Runs:
    """The runs of several plans on the same data.

    Attributes:
        runs: One for each plan of which a period was asked for.
        idle: The other plans, by label.
        coverage: Who is in none of all plans and who in several, by period.
    """

    runs: tuple[Run, ...]
    idle: tuple[str, ...]
    coverage: tuple[Coverage, ...]

    def __getitem__(self, label: str) -> Run:
        """The run of a plan.

        Raises:
            KeyError: No plan of this label was run.
        """
        for each in self.runs:
            if each.plan.label == label:
                return each
        raise KeyError(label)

    @cached_property
    def totals(self) -> tuple[Total, ...]:
        """What everybody is due over all plans: a row a participant and currency."""
        found: dict[tuple[str, str], dict[str, Number]] = {}
        waits: set[tuple[str, str]] = set()
        for run in self.runs:
            for each in run.payments:
                place = each.participant, run.plan.currency
                found.setdefault(place, {})[run.plan.label] = each.due.exact
                if each.pending:
                    waits.add(place)
        return tuple(
            Total(
                who,
                Money(sum(amounts.values()), currency),
                {label: Money(amount, currency) for label, amount in amounts.items()},
                (who, currency) in waits,
            )
            for (who, currency), amounts in sorted(found.items())
        )

    def to_dict(self) -> dict[str, object]:
        """The runs as plain data for JSON; numbers are exact text."""
        return {
            "version": 1,
            "runs": [each.to_dict() for each in self.runs],
            "idle": list(self.idle),
            "totals": [each.to_dict() for each in self.totals],
            "coverage": [each.to_dict() for each in self.coverage],
        }


@frozen(eq=False)
class Plans:
    """Plans that are run together; made by `load_all`, or from plans that the caller has.

    Raises:
        UsageError: There is none, or two have one label.
    """

    plans: tuple[Plan, ...]

    def __attrs_post_init__(self) -> None:
        if not self.plans:
            raise UsageError("plans: there is none")
        labels: set[str] = set()
        for each in self.plans:
            if each.label in labels:
                raise UsageError(f"plans: two are called {each.label!r}; lines are told apart by the plan's name")
            labels.add(each.label)

    def __getitem__(self, label: str) -> Plan:
        """The plan of a label.

        Raises:
            KeyError: There is none.
        """
        for each in self.plans:
            if each.label == label:
                return each
        raise KeyError(label)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """The findings of all plans that do not stop them."""
        return tuple(found for each in self.plans for found in each.warnings)

    def run(  # noqa: PLR0913 - what to compute, by name, as of one plan
        self,
        dataset: Dataset,
        *,
        period: str | Period | None = None,
        since: str | Period | None = None,
        until: str | Period | None = None,
        as_of: date | None = None,
        participants: Collection[str] | None = None,
        engine: engines.EngineChoice = "auto",
        after: Mapping[str, Closed] | None = None,
    ) -> Runs:
        """Compute what everybody earns under all plans.

        Args:
            dataset: Where the data of all plans comes from; a mapping of several says `shared`.
            period: Of each plan, the periods that end in this one: with `2026-03`, a plan that is paid each quarter
                pays its first. Without it, and without `since` and `until`, all periods.
            since: The first period, in the same way.
            until: The last one.
            as_of: As of one plan.
            participants: As of one plan.
            engine: As of one plan.
            after: The states of closed periods, by the label of the plan. Where it is given, also as none, every plan
                that is run needs one, unless its first period is computed.

        Raises:
            DataError: Something in the data is wrong, or a plan lacks its state (R104); nothing was computed.
            UsageError: A period is none of any plan, or an argument is not one of theirs.
        """
        if period is not None and (since is not None or until is not None):
            raise UsageError("give either a period, or since and until")
        if after is not None and not isinstance(after, Mapping):
            raise UsageError(f"after: expected states by the label of their plan, not {type(after).__name__}")
        closed = dict(after or {})
        for label in closed:
            if label not in {each.label for each in self.plans}:
                raise UsageError(f"after: no plan is called {label!r}")
        wanted = [(each, _wanted(each, period or since, period or until)) for each in self.plans]
        if not any(periods for _, periods in wanted):
            raise UsageError("period: no plan has a period that ends then")
        for plan, periods in wanted if after is not None else ():
            if periods and plan.label not in closed and periods[0] != plan.periods[0]:
                raise closing.refused("R104", plan.language, plan.source.path, period=periods[0].name)
        runs = tuple(
            plan.run(
                dataset,
                since=periods[0],
                until=periods[-1],
                as_of=as_of,
                participants=participants,
                engine=engine,
                after=closed.get(plan.label),
            )
            for plan, periods in wanted
            if periods
        )
        idle = tuple(plan.label for plan, periods in wanted if not periods)
        return Runs(runs, idle, _coverage(self.plans, [each for _, periods in wanted for each in periods], dataset))


def load_all(folder: str | Path) -> Plans:
    """Read the plans of a folder: every file that ends in `.plan` but those that others of them use or amend.

    Raises:
        PlanError: A plan has mistakes; its `diagnostics` lists those of all.
        OSError: The folder or a file cannot be read.
        UsageError: There is no plan in it, or two have one label.
    """
    plans, errors = read_folder(folder)
    if errors:
        raise PlanError([found for each in errors for found in each.diagnostics])
    return Plans(plans)


def read_folder(folder: str | Path) -> tuple[tuple[Plan, ...], tuple[PlanError, ...]]:
    """Read the plans of a folder as `load_all` does, and what is wrong with those that are not sound."""
    root = Path(folder)
    if not root.is_dir():
        raise NotADirectoryError(f"{root} is no folder")
    made: dict[str, Plan] = {}
    wrong: dict[str, PlanError] = {}
    for path in sorted(each for each in root.glob(_SUFFIX) if not each.is_dir()):
        try:
            made[path.name] = load(path)
        except PlanError as error:
            wrong[path.name] = error
    # What a plan with mistakes would use is not known; such a file may be told of too, since it is no plan by itself.
    parts = {name for plan in made.values() for name in plan.source.files}
    plans = tuple(plan for name, plan in made.items() if name not in parts)
    return plans, tuple(error for name, error in wrong.items() if name not in parts)


def _coverage(plans: Iterable[Plan], periods: Sequence[Period], dataset: Dataset) -> tuple[Coverage, ...]:
    """Ask each plan whom it takes, in the shortest periods of those that were run.

    A plan that pays nothing then takes people all the same, and one that is paid each quarter may take them in one
    month of it only.
    """
    shortest = min((each.kind for each in periods), key=PERIOD_KINDS.index)
    slots = sorted({each for each in periods if each.kind == shortest})
    accounts = [(plan.label, each) for plan in plans for each in _rosters(plan, dataset, slots)]
    return tuple(_covered(slot, accounts) for slot in slots)


def _rosters(plan: Plan, dataset: Dataset, slots: Sequence[Period]) -> Iterable[tuple[Period, PeopleAccount]]:
    """Whom a plan takes in periods that are as long as these; nothing but the people decides who belongs."""
    kind = slots[0].kind
    bare = evolve(
        plan.tree, period=kind, tables=(), inputs=(), measures=(), definitions=(), components=(), settlement=None
    )
    every = plan.year.periods(kind, bare.first_day, bare.last_day)
    wanted = tuple(each for each in every if each.start < slots[-1].end and slots[0].start < each.end)
    if not wanted:
        return ()
    facts = evolve(open_data(dataset, plan.tree, language=plan.language), plan=bare).facts()
    made = engines.run(engines.compile_plan(bare, plan.language), facts, wanted)
    return zip(wanted, made.accounting.people, strict=True)


def _covered(slot: Period, accounts: Iterable[tuple[str, tuple[Period, PeopleAccount]]]) -> Coverage:
    labels: dict[str, list[str]] = {}
    for label, (period, account) in accounts:
        if period.start >= slot.end or slot.start >= period.end:
            continue
        there = [who for reason, people in account.left_out if reason != "not_on_roster" for who in people]
        for who in (*there, *account.covered):
            labels.setdefault(who, [])
        for who in account.covered:
            if label not in labels[who]:
                labels[who].append(label)
    none = tuple(sorted(who for who, found in labels.items() if not found))
    several = tuple(sorted((who, tuple(found)) for who, found in labels.items() if len(found) > 1))
    return Coverage(slot, len(labels), none, several)


def _wanted(plan: Plan, since: str | Period | None, until: str | Period | None) -> tuple[Period, ...]:
    first = None if since is None else _days(plan, since).start
    last = None if until is None else _days(plan, until).last
    return tuple(
        each for each in plan.periods if (first is None or first <= each.last) and (last is None or each.last <= last)
    )


def _days(plan: Plan, name: str | Period) -> Period:
    if isinstance(name, Period):
        return name
    try:
        return plan.year.parse(name)
    except (PeriodFormatError, PeriodRangeError) as error:
        raise UsageError(f"period {error}") from error


__all__ = ["Coverage", "Plans", "Runs", "Total", "load_all", "read_folder"]
