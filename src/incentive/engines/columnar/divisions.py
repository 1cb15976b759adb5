"""Amounts that a group divides, for all groups and periods at once; see `engines.reference.pools` for what it means.

Each member's part is cut to whole steps; what is left of the pool goes to the largest remainders, then by person. What
was divided is kept, so that the accounts need not divide again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import polars as pl
from attrs import define, evolve, field, frozen

from incentive.columns import Mask, NotLoweredError, Num, marks, repeated, some, union, within
from incentive.engines.columnar.grid import Grid
from incentive.engines.columnar.lowering import Lowering
from incentive.engines.columnar.numbers import Numbers, constant
from incentive.quantities import Number
from incentive.results import PoolAccount
from incentive.tree import Plan, Shared, ruling, walk

_OUTSIDE, _UNKNOWN = -1, -2
"""In place of a group: a person who is in none on the last day of the period, or of whom that cannot be told."""


@frozen(eq=False)
class _Division:
    """A pool as it was divided, with a row for each of the grid; `sure` says that none of them is in doubt.

    `at` is the period, `group` that of the person, `pool` and `part` are units of the step; `sharing` says who gets a
    part, `lost` whose group lacks something, and `gone` whose pool is missing.
    """

    rows: pl.DataFrame
    step: Fraction
    sure: bool


@define(eq=False)
class Divisions:
    """The pools of a plan, on people and periods."""

    grid: Grid
    on_plan: pl.Series
    numbers: Numbers
    lowering: Callable[[], Lowering]
    members: Callable[[str, int], tuple[pl.Series, pl.Series]]
    groups: Callable[[str], int]
    _known: dict[int, tuple[Shared, _Division]] = field(factory=dict)

    # ---- parts -------------------------------------------------------------------------------------------------------
    def part(self, node: Shared) -> Num:
        """Give each row its part of a pool; 0 where it has none."""
        numbers, lowering = self.numbers, self.lowering()
        group = self._groups(node.among)
        member = (group >= 0) & self.on_plan
        belongs = None if node.where is None else lowering.truth(node.where)
        pool = numbers.round(lowering.figure(node.pool), node.step, "half_up")  # it is rounded already: units of it
        weight = constant(1) if node.by is None else lowering.figure(node.by)
        if not isinstance(weight, Num) or weight.bottom is not None or pool.doubt is not None:
            raise NotLoweredError("a pool shared by quotients")
        unsure = None
        gone: Mask = within(member, pool.gone)
        if belongs is not None:
            gone, unsure = union(gone, within(member, belongs.gone)), within(member, belongs.doubt)
        sharing = member if belongs is None else member & belongs.holds
        gone, unsure = union(gone, within(sharing, weight.gone)), union(unsure, within(sharing, weight.doubt))
        lost = union(gone, unsure)
        most = 2 * weight.most * max(pool.most // node.step.numerator, self.grid.rows)
        if not self.numbers.widths.fits(most):
            raise NotLoweredError("a pool too large to divide in a column")
        kind = numbers.widths.kind(most)
        units = numbers.column(pool.top, most).cast(kind) // pl.Series([node.step.numerator], dtype=kind)
        frame = pl.DataFrame(
            {
                "group": self.grid.at * self.groups(node.among) + group,
                "row": pl.int_range(0, self.grid.rows, dtype=pl.Int64, eager=True),
                "units": units,
                "weight": numbers.column(weight.top, most).cast(kind),
                "sharing": sharing,
                "lost": marks(lost, self.grid.rows),
            }
        ).filter(member)
        parts, lacking = _divided(frame, kind)
        top = repeated(0, self.grid.rows, kind)
        masks = marks(None, self.grid.rows)
        if frame.height:
            top = top.clone().scatter(parts["row"], parts["part"])
            masks = masks.clone().scatter(lacking["row"], lacking["lost"])
        rows = pl.DataFrame(
            {
                "at": self.grid.at,
                "holder": self.grid.holder,
                "on": self.on_plan,
                "group": group,
                "pool": units,
                "part": top,
                "sharing": sharing,
                "lost": masks,
                "gone": marks(pool.gone, self.grid.rows),
            }
        )
        self._known[id(node)] = (node, _Division(rows, node.step, some(unsure) is None))
        found = numbers.times(top, node.step.numerator, pool.most)
        missing = masks & sharing
        if belongs is not None:
            missing = missing | (member & marks(union(belongs.gone, belongs.doubt), self.grid.rows))
        return Num(found, node.step.denominator, pool.most, gone=some(missing | (group == _UNKNOWN)))

    def _groups(self, among: str) -> pl.Series:
        """The group of each row on the last day of its period."""
        grid, people = self.grid, len(self.grid.roster.segments.keys)
        columns: list[pl.Series] = []
        for period in grid.periods:
            person, to = self.members(among, period.last.toordinal())
            everybody = repeated(_OUTSIDE, people, pl.Int64)
            if len(person):
                everybody = everybody.clone().scatter(person, to)
            columns.append(everybody.gather(grid.holders))
        width = len(grid.periods)
        place = pl.int_range(0, grid.rows, dtype=pl.Int64, eager=True) // max(width, 1)
        found = pl.concat(columns).gather(grid.at * len(grid.holders) + place)
        if among != "team":
            return found
        last = grid.last_of_period()
        known = last.there & (grid.roster.teams.gather(last.at) >= 0)
        return found.zip_with(known | (found >= 0), pl.Series([_UNKNOWN], dtype=pl.Int64))

    # ---- accounts ----------------------------------------------------------------------------------------------------
    def accounts(self, plan: Plan, numbers: Sequence[int]) -> tuple[PoolAccount, ...]:
        """Account for what was divided: each pool of each period once, also where nobody shares it.

        Args:
            plan: The plan.
            numbers: The periods to account for, by their number in the grid.

        Raises:
            NotLoweredError: Columns did not divide a pool, or cannot tell what it was.
        """
        found: list[PoolAccount] = []
        for component in plan.components:
            for node in (each for each in walk(component.line) if isinstance(each, Shared)):
                if id(node) not in self._known:
                    raise NotLoweredError("a pool that columns did not divide")
                made = self._known[id(node)][1]
                for number in numbers:
                    line = ruling(component.line, self.grid.periods[number].start)
                    if line is None or not any(each is node for each in walk(line)):
                        continue
                    rows = made.rows.filter(pl.col("at") == number)
                    if not made.sure or not rows.height:
                        raise NotLoweredError("a pool that columns cannot tell")
                    one = PoolAccount(component.name, self.grid.periods[number].name, plan.currency, None)
                    if node.among != "team":
                        found.append(self._account(one, made.step, rows.filter("sharing"), rows))
                        continue
                    found += [
                        self._account(one, made.step, team.filter("sharing"), team)
                        for team in self._teams(rows.filter("on"), number)
                    ]
        return tuple(found)

    def _teams(self, rows: pl.DataFrame, number: int) -> list[pl.DataFrame]:
        """The people of each team that has somebody on the plan; those whose team has nobody on it are one."""
        last = self.grid.last_of_period()
        team = self.grid.roster.teams.gather(last.at).filter((self.grid.at == number) & self.on_plan)
        rows = rows.with_columns(team=team).filter(pl.col("group") != _UNKNOWN)
        there = rows.filter(pl.col("group") >= 0)["group"].unique()
        rows = rows.with_columns(team=pl.when(pl.col("team").is_in(there.implode())).then("team").otherwise(_OUTSIDE))
        return rows.partition_by("team", maintain_order=True)

    def _account(self, one: PoolAccount, step: Fraction, sharing: pl.DataFrame, rows: pl.DataFrame) -> PoolAccount:
        if rows["lost"].any() or rows["gone"][0]:
            return one
        keys = self.grid.roster.segments.keys
        people = tuple(keys[int(each)] for each in sharing["holder"].to_list())
        pool, paid = (_whole(int(each or 0) * step) for each in (rows["pool"][0], sharing["part"].sum()))
        return evolve(one, pool=pool, paid=paid, people=people)


def _whole(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def _divided(frame: pl.DataFrame, kind: type[pl.DataType]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Divide the units of each group by weight; say of which members the group lacks something."""
    negative = pl.col("sharing") & (pl.col("weight") < pl.lit(0, dtype=kind))
    lacking = frame.group_by("group").agg((pl.col("lost") | negative).any().alias("lost"))
    gone = frame.select("group", "row").join(lacking, on="group", how="left")
    sharing = frame.filter("sharing")
    total = sharing.group_by("group").agg(pl.col("weight").sum().alias("total"))
    known = sharing.join(total, on="group", how="left").filter((pl.col("total") > 0) & (pl.col("weight") >= 0))
    if not known.height:
        return pl.DataFrame(schema={"row": pl.Int64, "part": kind}), gone
    size = known["units"].abs() * known["weight"]
    cut = size // known["total"]
    known = known.with_columns(cut=cut, rest=size - cut * known["total"])
    left = known.group_by("group").agg((pl.col("units").abs().first() - pl.col("cut").sum()).alias("left"))
    known = known.join(left, on="group", how="left").sort("group", "rest", "row", descending=[False, True, False])
    place = pl.int_range(0, pl.len()).over("group")
    known = known.with_columns(lucky=(place < pl.col("left")).cast(kind))
    part = known["cut"] + known["lucky"]
    zero = pl.Series([0], dtype=part.dtype)
    signed = part.zip_with(known["units"] >= zero, zero - part)
    return pl.DataFrame({"row": known["row"], "part": signed}), gone
