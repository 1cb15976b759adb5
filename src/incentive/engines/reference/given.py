"""Figures that are given: one person, plain values. What is not given is missing.

They are of one period, or of the several periods and windows that an example tells of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import define, field

from incentive.data import TableFacts
from incentive.diagnostics import DataPlace
from incentive.engines.reference.context import Context, Days, OnPlan, Part
from incentive.engines.reference.exchange import RateRows
from incentive.engines.reference.told import Figures
from incentive.engines.reference.values import Evaluate, Missing, Result, missing
from incentive.quantities import Number, Period
from incentive.results import Rows, RowUsed, Value
from incentive.tree import Input, InputValue, LineValue, Measure, MeasureValue, RateTable


@define
class Given:
    """The figures of one person for one period.

    A measure given is its figure in that period: it is 0 in other periods, and wider windows add up. An input given is
    for its own period. A group's figure has the name of the group before it: `team.quota`.
    """

    period: Period
    values: Mapping[str, Value]
    own_periods: Mapping[str, str]
    measures: Mapping[str, Measure]
    told: Figures | None = None
    since: Period | None = None
    tables: Mapping[str, TableFacts] = field(factory=dict)

    def measure(self, context: Context, node: MeasureValue, days: Days) -> Result:
        """Give the figure of a measure."""
        if self.told is not None:
            return self._told(self.told, context, node, days)
        value = self.values.get(_key(node.type.grain.who, node.name))
        spec = self.measures[node.name]
        if value is None and node.type.grain.who == "company" and spec.credit is None:
            value = self.values.get(node.name)
        if value is None:
            who = node.type.grain.who
            own = who in {"", "participant"} or spec.credit is None
            return self._not_given(spec.label or node.name if own else _key(who, node.name), node)
        if days.start <= self.period.last < days.end:
            return value
        if spec.aggregate in {"average", "min", "max"}:
            return missing("P206", node.span, name=spec.label or node.name)
        return 0

    def rows(self, context: Context, node: MeasureValue, days: Days) -> tuple[Rows, int] | None:  # noqa: ARG002
        """Nothing: a given figure is not made of rows."""
        return None

    def cell(self, spec: Input, holder: str, period: str) -> Result | None:
        """Give one value of an input."""
        if self.told is not None:
            return self.told.inputs.get((holder or spec.name, period))
        if period and period != self.own_periods[spec.name]:
            return None
        return self.values.get(holder or spec.name)

    def cell_row(self, spec: Input, holder: str, period: str) -> RowUsed | None:  # noqa: ARG002
        """Nothing: a given value stands nowhere."""
        return None

    def held(self, spec: Input, holder: str) -> None:  # noqa: ARG002
        """Nothing: what is given is given for a period."""
        return

    def common(self, context: Context, who: str, days: Days) -> None:  # noqa: ARG002
        """Nothing: one person asks."""
        return

    def holders(self, context: Context, node: InputValue, spec: Input, days: Days) -> Sequence[str]:  # noqa: ARG002
        """Say under which name the value is given."""
        if spec.per != "participant" or node.type.grain.who in {"", "participant"}:
            return ("",)
        return (_key(node.type.grain.who, spec.name),)

    def person(self, context: Context, name: str, at: str) -> Result:  # noqa: ARG002
        """Give a field of the participant."""
        value = self.values.get(name)
        return missing("P211", holder="", field=name) if value is None else value

    def membership(self, context: Context, group: str) -> Result:  # noqa: ARG002
        """Tell whether the participant is in a group."""
        value = self.values.get(group)
        return missing("P211", holder="", field=group) if value is None else value

    def on_plan(self, holder: str, first: int, after: int) -> Sequence[OnPlan]:  # noqa: ARG002
        """All days: an example of figures is about somebody who is on the plan."""
        return (OnPlan(first, after, self.values, None),) if first < after else ()

    def people(self, context: Context, who: str, days: Days) -> Result:  # noqa: ARG002
        """Count people."""
        value = self.values.get(_key(who, "people"))
        return missing("P211", holder="", field=_key(who, "people")) if value is None else value

    def line_holders(
        self,
        context: Context,
        node: LineValue,
        days: Days,  # noqa: ARG002
        period: Period,  # noqa: ARG002
    ) -> Missing | Sequence[str]:
        """The one person there is; the lines of others are not known."""
        who = node.type.grain.who
        if who in {"", "participant"}:
            return (context.holder,)
        return self._not_given(_key(who, node.component), node)

    def sharers(self, context: Context, who: str, period: Period) -> Missing:  # noqa: ARG002
        """The others are not known, so neither are the parts."""
        return missing("P201", name=_key(who, "people"), of=f" ({period.name})")

    def settles(self, holder: str, period: Period) -> bool:  # noqa: ARG002
        """Every period is settled."""
        return True

    def settled_from(self, first: Period) -> tuple[Period, bool]:
        """An example begins with its first period and without balances; of one period alone, the past is unknown."""
        if self.told is None:
            return self.period, False
        return (first, True) if self.since is None else (self.since, True)

    def lost(self, at: int) -> Sequence[tuple[int, int]]:  # noqa: ARG002
        """Nothing: figures are not made of rows, so none is lost."""
        return ()

    def view(self, cuts: tuple[int, ...]) -> Given:  # noqa: ARG002
        """The same figures."""
        return self

    def due(self, step: int, share: int, table: str, on: Evaluate) -> Sequence[int]:  # noqa: ARG002
        """Nothing: there are no rows."""
        return ()

    def weights(self, context: Context, node: MeasureValue, days: Days) -> None:  # noqa: ARG002
        """Nothing: a given figure is not made of rows."""
        return

    def parts(self, context: Context, node: MeasureValue, days: Days) -> Missing | Sequence[Part]:
        """Nothing: a figure that is given does not say of which rows it is made."""
        known = self.measure(context, node, days)
        name = self.measures[node.name].label or node.name
        return known if isinstance(known, Missing) else missing("P250", node.span, name=name)

    def place(self, table: str, row: int) -> DataPlace:
        """Where a row of a table stands; there are none."""
        return DataPlace(table, None, row, None, None)

    def key(self, table: str, row: int) -> str:  # noqa: ARG002
        """Nothing: there are no rows."""
        return ""

    def row_used(self, table: str, row: int, share: Number, value: Number | None, days: Mapping[str, int]) -> None:  # noqa: ARG002
        """Nothing: there are no rows."""
        return

    def referred(self, table: str) -> Mapping[str, Sequence[Value | None]]:  # noqa: ARG002
        """Nothing: there are no tables."""
        return {}

    def rates(self, names: RateTable) -> RateRows:
        """Give a table of exchange rates: that of an example, or none."""
        return RateRows(names, self.tables.get(names.table))

    def person_field(self, key: str, name: str, day: date | None) -> Value | None:  # noqa: ARG002
        """Nothing: there are no people."""
        return None

    def _told(self, told: Figures, context: Context, node: MeasureValue, days: Days) -> Result:
        spec, key = self.measures[node.name], _key(node.type.grain.who, node.name)
        name, when = spec.label or node.name, self.period if context.period is None else context.period
        if key not in told.measures:
            return missing("P201", node.span, name=name, of=f" ({when.name})")
        found = told.measure(key, days, additive=spec.aggregate in {"sum", "count"})
        if found == "contradictory":
            return missing("P212", node.span, name=name)
        if found != "absent":
            return found
        last = days.last.isoformat()
        return missing("P201", node.span, name=name, of=f" ({days.start.isoformat()} – {last})")

    def _not_given(self, name: str, node: MeasureValue | LineValue) -> Missing:
        return missing("P201", node.span, name=name, of=f" ({self.period.name})")


def _key(who: str, name: str) -> str:
    return name if who in {"", "participant"} else f"{who}.{name}"
