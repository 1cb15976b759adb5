"""Rows that a component was paid for: which table they are in, their dates, and whether a line can be told by row.

A clawback and a release speak of the rows behind a component. A date names the table: it is a field of one of those
that the component measures, or that it is trued up to.
"""

from __future__ import annotations

from attrs import define

from incentive import tree
from incentive.checking.conditions import condition
from incentive.checking.describe import unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.measures import first_names
from incentive.checking.places import Place
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import say

_DATES = frozenset({"date", "timestamp"})
_ADDITIVE = frozenset({"sum", "count"})


@define
class Behind:
    """What a component is measured from. `targets` are what it is trued up to."""

    desk: Desk
    name: s.Name
    line: tree.Expr
    targets: tuple[tree.Expr, ...]

    def tables(self) -> tuple[str, ...]:
        """The tables whose rows the component and its targets read, in the order of reading."""
        found: dict[str, None] = {}
        todo: list[tree.Expr] = [self.line, *self.targets]
        seen: set[str] = set()
        while todo:
            for node in tree.walk(todo.pop()):
                match node:
                    case tree.MeasureValue(name=name):
                        measure = self.desk.measures.get(name)
                        found |= {} if measure is None else {measure.table: None}
                    case tree.LetValue(name=name):
                        made = self.desk.lets.get(name)
                        todo += [made.value] if made is not None and name not in seen else []
                        seen.add(name)
                    case tree.LineValue(component=name):
                        line = self.desk.lines.get(name)
                        todo += [line.line] if line is not None and name not in seen else []
                        seen.add(name)
                    case _:
                        pass
        return tuple(found)

    def table_of(self, dates: list[s.Expression]) -> str | None:
        """The one table that the first names of dates are fields of; None after a finding."""
        tables = self.tables()
        names = [first for each in dates for first in first_names(each) if self.is_field(first, tables)]
        if not names:
            return None
        fits = [each for each in tables if all(self.holds(each, name) for name in names)]
        if len(fits) == 1:
            return fits[0]
        unknown = next((name for name in names if not any(self.holds(each, name) for each in tables)), None)
        word = unknown or names[0]
        if not fits and word.text in self.desk.lost:
            return None
        lost = any(table.span is not None and self.desk.is_broken(table.span) for table in self.desk.tables.values())
        if not fits and lost:
            return None
        if fits:
            helps = [_replaced(word, f"{each}.{word.text}") for each in fits]
        else:
            fields = [each.name for table in tables for each in self.desk.tables[table].fields]
            near = nearest(word.text, fields)
            helps = [_replaced(word, near)] if near else []
        self.desk.report(
            "E466", word.span, remarks=[Remark(self.name.span)], helps=helps, notes=["several" if fits else "tables"],
            word=word.text, name=self.name.text, tables=", ".join(fits or tables) or "–",
        )  # fmt: skip
        return None

    def is_field(self, name: s.Name, tables: tuple[str, ...]) -> bool:
        """Whether a name stands for a field, known or not, rather than for something else of the plan."""
        symbol = self.desk.symbols.get(name.text)
        return symbol is None or symbol.kind == "facts" or any(self.holds(each, name) for each in tables)

    def holds(self, table: str, name: s.Name) -> bool:
        """Whether a table has a field of a name, or has the name."""
        fields = self.desk.tables[table].fields if table in self.desk.tables else ()
        return name.text == table or any(each.name == name.text for each in fields)

    def day(self, node: s.Expression, table: str) -> tree.Expr | None:
        """A date of a row."""
        value = self.desk.elaborate(node, Place(window=None, table=table))
        if value is None or value.type.unit.kind in _DATES:
            return value
        self.desk.report("E313", node.span, got=unit_words(value.type.unit, self.desk.language))
        return None

    def test(self, node: s.Expression, table: str) -> tree.Expr | None:
        """A condition on a row."""
        return condition(self.desk, node, Place(window=None, table=table))

    def can_be_shared(self, table: str, span: s.Node) -> bool:
        """Whether the line can be shared out over rows of a table; a finding where it cannot."""
        definitions = {name: each.value for name, each in self.desk.lets.items() if each is not None}
        lines = {name: each.line for name, each in self.desk.lines.items() if each is not None}
        weighers = [each for each, _ in tree.weighed_by(self.line, definitions, lines)]
        found = (self.desk.measures.get(each.name) for each in weighers if isinstance(each, tree.MeasureValue))
        measures = [each for each in found if each is not None and each.table == table]
        additive = all(each.aggregate in _ADDITIVE for each in measures)
        units = {each.unit for each in measures}
        units |= {each.type.unit for each in weighers if isinstance(each, tree.Each) and each.table == table}
        if additive and len(units) == 1:
            return True
        names = ", ".join(dict.fromkeys(each.name for each in measures))
        note = "none" if not measures else "units" if additive else "not added"
        self.desk.report("E468", span.span, notes=[note], name=self.name.text, table=table, measures=names)
        return False


def part_of(desk: Desk, node: s.Expression) -> tuple[s.Expression, s.Name] | None:
    """`100% of commission` taken apart; None after a finding."""
    if isinstance(node, s.Product):
        *rest, last = node.factors
        if isinstance(last, s.Binary) and last.operator == "of" and isinstance(last.value, s.Path):
            share = s.Product(node.first, tuple(rest), span=node.first.span) if rest else node.first
            if len(last.value.parts) == 1:
                return share, last.value.parts[0]
    component = next((each.text for each in _components(desk)), "commission")
    text = f"{say('CLAWBACK', desk.language)} {'100 %' if desk.language == 'fr' else '100%'} {say('OF', desk.language)}"
    desk.report("E465", node.span, text=f"{text} {component}")
    return None


def _replaced(word: s.Name, near: str) -> Help:
    return Help("replace", {"near": near}, (Edit(word.span, near),))


def _components(desk: Desk) -> list[s.Name]:
    return [each.name for each in desk.symbols.values() if each.kind == "component"]
