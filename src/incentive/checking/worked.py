"""Examples as data: who, when and how much, with every omission of the author's filled in.

A clause of an example says little: no period, no person, a column's name for a whole row of figures. What it means is
decided here, once, so that an engine is given figures with their periods and is asked for expressions that the checker
has proven. An example that has a finding is left out: the plan is not sound then, and nothing runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from attrs import define, evolve, field

from incentive import tree
from incentive.checking.constants import fold
from incentive.checking.describe import noun, period_words, unit_words
from incentive.checking.desk import Desk
from incentive.checking.examples import check_examples
from incentive.checking.exchange import rate_tables
from incentive.checking.places import Place, plan_place
from incentive.checking.rows import IMPLIED, unknown_field
from incentive.checking.units import DATE
from incentive.diagnostics import Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import DAYS_HELD, PEOPLE, PEOPLE_TABLE, RESULTS, meaning, spelling
from incentive.quantities import FiscalYear, Period

_ROSTER: Final = "people"
_WHO: Final = "who"
_FIGURES: Final = frozenset({"measure", "input"})
Given = tree.GivenMeasure | tree.GivenInput
Column = tuple[s.Path, bool]  # how a column is headed, and whether it gives


def work_out(desk: Desk, items: tuple[s.Item, ...]) -> tuple[tree.Example, ...]:
    """Check the examples of a plan and give those without a finding as data.

    Law: an example leaves no trace in the rest of the tree, so that adding one never changes a fingerprint.
    """
    lets, used_people = dict(desk.lets), dict(desk.used_people)
    check_examples(desk, items)
    made = [_Work(desk, item).example() for item in items if isinstance(item, s.Example)]
    added = {name: each for name, each in desk.lets.items() if name not in lets and each is not None}
    for now, before in ((desk.lets, lets), (desk.used_people, used_people)):
        for name in [each for each in now if each not in before]:
            del now[name]
    return tuple(evolve(each, definitions=_needed(each, added)) for each in made if each is not None)


def _needed(example: tree.Example, added: Mapping[str, tree.Definition]) -> tuple[tree.Definition, ...]:
    """The definitions that only this example reads, each after those that it reads itself."""
    found: dict[str, tree.Definition] = {}
    todo = [each.figure for scenario in example.scenarios for each in scenario.expected]
    while todo:
        for node in tree.walk(todo.pop()):
            if isinstance(node, tree.LetValue) and node.name in added and node.name not in found:
                found[node.name] = added[node.name]
                todo.append(added[node.name].value)
    return tuple(found.values())


@define
class _Work:
    """One example."""

    desk: Desk
    item: s.Example
    year: FiscalYear = field(init=False)
    names: dict[str, None] = field(factory=dict)
    has_rows: bool = False

    def __attrs_post_init__(self) -> None:
        header = self.desk.header
        self.year = FiscalYear(header.year_starts, header.year_named_by)

    def example(self) -> tree.Example | None:
        """The example as data; None where it has a finding."""
        if self._faulty():
            return None
        clauses = self.item.clauses
        rows = [each for each in clauses if isinstance(each, s.Rows)]
        tables = [made for each in rows if each.kind == "given" and each.rows for made in [self._table(each)] if made]
        rates = {each.table for each in rate_tables(self.desk)}
        self.has_rows = any(each.kind == "given" and not (each.name and each.name.text in rates) for each in rows)
        for each in clauses:
            if isinstance(each, s.Given | s.Expect) and each.whose is not None:
                self.names.setdefault(each.whose.text)
        self._twice([each for each in clauses if isinstance(each, s.Given)])
        scenarios = [
            evolve(each, given=(*tables, *each.given))
            for each in self._scenarios([each for each in rows if each.kind != "given" and each.rows])
        ]
        if self._faulty():
            return None
        return tree.Example(self.item.label.text, tuple(scenarios), span=self.item.span)

    def _faulty(self) -> bool:
        """Whether a finding of any stage stands in the example."""
        inside = self.item.span
        if self.desk.is_broken(inside):
            return True
        found = (each.span for each in self.desk.diagnostics if each.severity == "error")
        return any(inside.line <= span.line <= inside.end_line for span in found if span is not None)

    # ---- scenarios ---------------------------------------------------------------------------------------------------
    def _scenarios(self, blocks: list[s.Rows]) -> Iterator[tree.Scenario]:
        on = self._on()
        first = self.year.period_of(self.desk.header.period, self.desk.first_day)
        for block in blocks:
            columns = [self._column(cell) for cell in block.rows[0]]
            if block.kind == "timeline":
                yield self._timeline(block, columns, on)
                continue
            for row in block.rows[1:]:
                given, expected = self._cells(row, columns, on or first)
                yield self._scenario([on or first], given, expected, on or first, _span(row))
        if not blocks:
            yield self._scenario([on or first], [], [], on or first, self.item.span)

    def _timeline(self, block: s.Rows, columns: list[Column], on: Period | None) -> tree.Scenario:
        given: list[Given] = []
        expected: list[tree.Expected] = []
        periods: list[Period] = []
        for row in block.rows[1:]:
            written = row[0].value
            assert isinstance(written, s.PeriodName)
            period = self.year.parse(written.text)
            if periods and self.year.next(periods[-1]) != period:
                self.desk.report(
                    "E273", written.span, word=written.text, before=period_words(periods[-1].name, self.desk.language)
                )
            periods.append(period)
            more_given, more_expected = self._cells(row[1:], columns[1:], period)
            given += more_given
            expected += more_expected
        last = periods[-1:] or [self.year.period_of(self.desk.header.period, self.desk.first_day)]
        return self._scenario(periods, given, expected, on or last[0], block.span)

    def _scenario(
        self, periods: list[Period], given: list[Given], expected: list[tree.Expected], on: Period, span: Span
    ) -> tree.Scenario:
        """What holds together: the clauses beside a block hold in each of its rows, unless a column says otherwise."""
        by_key: dict[object, Given] = {}
        for clause in self.item.clauses:
            if isinstance(clause, s.Given):
                for period in periods:
                    made = self._given(clause, period)
                    if made is not None:
                        by_key[_key(made)] = made
        by_key |= {_key(each): each for each in given}
        for clause in self.item.clauses:
            if isinstance(clause, s.Expect):
                more = self._expected(clause, on)
                expected += [more] if more is not None else []
        return tree.Scenario(tuple(by_key.values()), tuple(expected), span=span)

    def _on(self) -> Period | None:
        written = [each.period for each in self.item.clauses if isinstance(each, s.On)]
        return self.year.parse(written[-1].text) if written else None

    def _column(self, cell: s.Cell) -> Column:
        assert isinstance(cell.value, s.Path)
        return cell.value, self._kind(cell.value) in _FIGURES

    def _cells(
        self, row: tuple[s.Cell, ...], columns: list[Column], period: Period
    ) -> tuple[list[Given], list[tree.Expected]]:
        given: list[Given] = []
        expected: list[tree.Expected] = []
        for cell, (path, gives) in zip(row, columns, strict=True):
            if gives:
                one = self._given(s.Given(path, None, None, cell.value, span=cell.span), period)
                given += [one] if one is not None else []
            else:
                other = self._expected(s.Expect(path, None, cell.value, span=cell.span), period)
                expected += [other] if other is not None else []
        return given, expected

    # ---- figures -----------------------------------------------------------------------------------------------------
    def _kind(self, path: s.Path) -> str:
        first = self.desk.symbols.get(path.parts[0].text)
        if first is not None and first.kind == "scorecard" and len(path.parts) > 1:
            return "input"
        symbol = self.desk.symbols.get(path.parts[-1].text)
        return symbol.kind if symbol is not None else ""

    def _given(self, clause: s.Given, period: Period) -> Given | None:
        path, value, window, span = clause.path, clause.value, clause.window, clause.span
        whose = clause.whose.text if clause.whose is not None else ""
        kind, name = self._kind(path), self.desk.text(path.span)
        if not kind and meaning(RESULTS, path.parts[-1].text, self.desk.language) is None:
            return None  # nothing of this name could be read
        if kind not in _FIGURES:
            self.desk.report("E270", path.span, name=name, kind=noun(kind or "figure", self.desk.language))
            return None
        node: s.Expression = path if window is None else s.Over(path, window, span=path.span)
        if window is not None and kind == "input":
            self.desk.report("E275", path.span, name=name)
            return None
        figure = self.desk.elaborate(node, evolve(plan_place(self.desk.header.period), guarded=True))
        match figure:
            case tree.MeasureValue():
                if self.has_rows:
                    self.desk.report("E271", path.span, name=name)
                    return None
                number = None if value is None else self._plain(value, figure.type.unit)
                assert number is None or isinstance(number, Fraction)
                seen = figure.type.grain.when if window is not None else None
                return tree.GivenMeasure(
                    figure.name, figure.type.grain.who, seen, period.name, whose, number, span=span
                )
            case tree.InputValue():
                who = figure.type.grain.who
                if self.has_rows and who not in {"", "participant", "company"}:
                    self.desk.report("E271", path.span, name=name)
                    return None
                own = self.desk.inputs[figure.name].input.period
                of = "" if own is None else self.year.period_of(own, period.last).name
                plain = None if value is None else self._plain(value, figure.type.unit)
                return tree.GivenInput(figure.name, who, of, whose, plain, span=span)
            case _:
                return None

    def _twice(self, clauses: list[s.Given]) -> None:
        """Refuse a figure that two clauses give."""
        first: dict[object, Span] = {}
        for each in clauses:
            name = self.desk.text(each.path.span)
            key = (tuple(part.text for part in each.path.parts), each.whose and each.whose.text, each.window)
            if key in first:
                line = str(first[key].line)
                self.desk.report("E274", each.path.span, remarks=[Remark(first[key])], name=name, first_line=line)
            first.setdefault(key, each.path.span)

    def _expected(self, clause: s.Expect, period: Period) -> tree.Expected | None:
        path, value, whose = clause.path, clause.value, clause.whose
        figure = self.desk.elaborate(path, evolve(plan_place(self.desk.header.period), guarded=True, settled=True))
        if figure is None:
            return None
        if isinstance(figure, tree.Add):  # the total: each line is known by its own name
            figure = evolve(figure, terms=tuple(evolve(each, span=None) for each in figure.terms))
        holder = whose.text if whose is not None else ""
        if not holder and _personal(figure) and self.names:
            if len(self.names) > 1:
                people = ", ".join(self.names)
                self.desk.report("E272", path.span, name=self.desk.text(path.span), people=people)
                return None
            holder = next(iter(self.names))
        plain = None if value is None else self._plain(value, figure.type.unit)
        if value is not None and plain is None:
            return None
        return tree.Expected(self.desk.text(path.span), figure, period.name, holder, plain, span=clause.span)

    # ---- rows --------------------------------------------------------------------------------------------------------
    def _table(self, rows: s.Rows) -> tree.GivenRows | None:
        assert rows.name is not None
        name = rows.name.text
        table = self.desk.tables.get(name)
        roster = table is None and meaning(PEOPLE_TABLE, name, self.desk.language) is not None
        if roster:
            if not self._is_grid(rows):
                return None
            fields = [self._person_field(cell) for cell in rows.rows[0]]
        else:
            known = {each.name: each for each in table.fields} if table is not None else {}
            fields = [known.get(cell.value.parts[-1].text) for cell in rows.rows[0] if isinstance(cell.value, s.Path)]
        declared = self.desk.inputs.get(name) if table is None and not roster else None
        if declared is not None:
            if not self._is_grid(rows):
                return None
            fields = [self._input_field(cell, declared.input) for cell in rows.rows[0]]
            if any(isinstance(each, s.Given) and self.desk.text(each.path.span) == name for each in self.item.clauses):
                self.desk.report("E274", rows.name.span, name=name, first_line=str(rows.name.span.line))
        made = [
            tuple(
                None if cell.value is None or spec is None else self._plain(cell.value, spec.unit)
                for cell, spec in zip(row, fields, strict=True)
            )
            for row in rows.rows[1:]
        ]
        for row, plain in zip(rows.rows[1:], made, strict=True):
            self._own_currencies(row, fields, plain)
        columns = tuple(each.name for each in fields if each is not None)
        if len(columns) < len(fields):
            return None
        if roster and _WHO not in columns:
            who = spelling(PEOPLE, _WHO, self.desk.language)
            self.desk.report("E276", rows.name.span, name=name, who=who)
        for at, spec in enumerate(fields):
            if spec is not None and spec.unit.kind == "participant":
                self.names |= dict.fromkeys(str(row[at]) for row in made if row[at] is not None)
        return tree.GivenRows(_ROSTER if roster else name, columns, tuple(made), span=rows.span)

    def _own_currencies(
        self, row: tuple[s.Cell, ...], fields: Sequence[tree.Field | None], plain: tuple[tree.Plain | None, ...]
    ) -> None:
        """An amount in a row's own currency is written in the currency that the row names."""
        names = [each.name if each is not None else "" for each in fields]
        for cell, spec in zip(row, fields, strict=True):
            if spec is None or spec.unit.kind != "own_money" or not isinstance(cell.value, s.Amount):
                continue
            own = plain[names.index(spec.unit.currency)] if spec.unit.currency in names else None
            if own is not None and own != cell.value.currency:
                verb = noun("verb_compared", self.desk.language)
                self.desk.report(
                    "E301",
                    cell.value.span,
                    mark="right",
                    helps=[Help("use", {"text": str(own)})],
                    left=str(own),
                    right=cell.value.currency,
                    right_source="",
                    verb=verb,
                )

    def _is_grid(self, rows: s.Rows) -> bool:
        """Whether the first row names columns and the others are as long."""
        head, *rest = rows.rows
        for cell in head:
            if not isinstance(cell.value, s.Path):
                self.desk.report("E264", cell.span, text=self.desk.text(cell.span))
        for row in rest:
            if len(row) != len(head):
                self.desk.report("E265", _span(row), wanted=str(len(head)), got=str(len(row)))
        return not self._faulty()

    def _person_field(self, cell: s.Cell) -> tree.Field | None:
        """A column of the roster: a field that the plan declares, or one that all plans know."""
        assert isinstance(cell.value, s.Path)
        name = cell.value.parts[-1]
        declared = self.desk.people.get(name.text)
        implied = meaning(PEOPLE, name.text, self.desk.language)
        if implied == _WHO or declared is None:
            held = _days_held(name.text) if declared is None else None
            if held is not None:
                return tree.Field(held, DATE)
            if implied is not None:
                return tree.Field(implied, IMPLIED[implied])
            fields = tuple(self.desk.people.values())
            unknown_field(
                self.desk,
                tree.Table(spelling(PEOPLE_TABLE, _ROSTER, self.desk.language), "", fields),
                name,
                at_once=True,
            )
            return None
        return declared

    def _input_field(self, cell: s.Cell, declared: tree.Input) -> tree.Field | None:
        """A column of an input: whose value, on which days, and under the name of the input which."""
        assert isinstance(cell.value, s.Path)
        name = cell.value.parts[-1]
        if name.text == declared.name:
            return tree.Field("value", declared.unit)
        held = _days_held(name.text)
        if held is not None and declared.period is not None:
            return tree.Field(held, DATE)
        whose = {"participant": _WHO, "team": "team", "company": ""}[declared.per]
        if whose and meaning(PEOPLE, name.text, self.desk.language) == whose:
            return tree.Field(whose, IMPLIED[whose])
        columns = [spelling(PEOPLE, whose, self.desk.language)] if whose else []
        columns += [spelling(DAYS_HELD, each, self.desk.language) for each in DAYS_HELD] + [declared.name]
        fields = tuple(tree.Field(each, DATE) for each in columns)
        unknown_field(self.desk, tree.Table(declared.name, "", fields), name, at_once=True)
        return None

    # ---- values ------------------------------------------------------------------------------------------------------
    def _plain(self, node: s.Expression, unit: tree.Unit) -> tree.Plain | None:
        """The value of a cell or a clause; None after a finding."""
        if isinstance(node, s.Path) and unit.kind == "choice" and node.parts[-1].text in unit.choices:
            return node.parts[-1].text
        if isinstance(node, s.Text) and unit.kind in {"text", "participant", "row", "timestamp"}:
            return node.text
        value = self.desk.elaborate(node, Place(window=None, constant=True))
        if value is None:
            return None
        plain = value.value if isinstance(value, tree.Constant) else fold(value)
        if unit.kind in {"text", "row"} and isinstance(plain, Fraction) and plain.denominator == 1:
            return str(plain)
        kinds = {value.type.unit.kind, unit.kind}
        alike = len(kinds) == 1 or kinds in ({"count", "ratio"}, {"money", "own_money"})
        wrong = not alike or unit.kind in {"choice", "participant", "text", "row"}
        if plain is None:
            self.desk.report("E522", node.span, text=self.desk.text(node.span))
        elif wrong:
            wanted, got = unit_words(unit, self.desk.language), unit_words(value.type.unit, self.desk.language)
            self.desk.report("E310", node.span, clause="=", wanted=wanted, got=got)
            return None
        return plain


def _days_held(name: str) -> str | None:
    """A first or last day by its column, in either language: a translator leaves the heads of columns alone."""
    return meaning(DAYS_HELD, name, "en") or meaning(DAYS_HELD, name, "fr")


def _personal(figure: tree.Expr) -> bool:
    """Whether a figure differs from person to person."""
    if isinstance(figure, tree.MeasureValue | tree.InputValue | tree.LineValue | tree.People):
        return figure.type.grain.who in {"participant", "team", "reports"}
    return not isinstance(figure, tree.ParameterValue | tree.DatedParameter | tree.WindowDay)


def _key(given: Given) -> object:
    if isinstance(given, tree.GivenMeasure):
        return given.name, given.who, given.window, given.period, given.holder
    return given.name, given.who, given.period, given.holder


def _span(row: tuple[s.Cell, ...]) -> Span:
    return row[0].span.to(row[-1].span)
