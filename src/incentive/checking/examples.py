"""Examples inside a plan: their names, units and periods are checked with the plan."""

from __future__ import annotations

from incentive import tree
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.periods import whole
from incentive.checking.places import Place, plan_place
from incentive.checking.rows import unknown_field
from incentive.checking.settlement import no_result
from incentive.checking.slips import slip
from incentive.checking.units import money, same
from incentive.diagnostics import Edit, Help, Span
from incentive.language import syntax as s
from incentive.language.words import GROUPS, PERIODS, RESULTS, SETTLED, meaning, spelling
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodRangeError


def check_examples(desk: Desk, items: tuple[s.Item, ...]) -> None:
    """Check every example against the plan."""
    labels: dict[str, Span] = {}
    for item in items:
        if not isinstance(item, s.Example):
            continue
        if item.label.text in labels:
            desk.report(
                "E260",
                item.label.span,
                label=item.label.text,
                first_line=desk.line_of(labels[item.label.text], item.label.span),
            )
        labels.setdefault(item.label.text, item.label.span)
        for clause in item.clauses:
            _clause(desk, clause)
        _complete(desk, item)


def _complete(desk: Desk, item: s.Example) -> None:
    expects = any(
        isinstance(each, s.Expect) or (isinstance(each, s.Rows) and each.kind != "given") for each in item.clauses
    )
    if not expects and not desk.is_broken(item.span):
        desk.report("E261", item.label.span, label=item.label.text)


def _clause(desk: Desk, clause: object) -> None:
    match clause:
        case s.On(period=period):
            _period(desk, period)
        case s.Given(path=path, value=value):
            unit = _unit(desk, path)
            if value is not None:
                _value(desk, unit, value)
        case s.Expect(path=path, value=value):
            unit = _unit(desk, path)
            if value is not None:
                _value(desk, unit, value)
        case s.Rows(kind="given"):
            _given_rows(desk, clause)
        case s.Rows():
            _table(desk, clause)
        case _:
            pass


def _period(desk: Desk, name: s.Name) -> None:
    header = desk.header
    desk.named_periods.append((name.text, name.span))
    try:
        period = FiscalYear(header.year_starts, header.year_named_by).parse(name.text)
    except (PeriodFormatError, PeriodRangeError):
        desk.report("E262", name.span, word=name.text, period=spelling(PERIODS, header.period, desk.language))
        return
    if period.kind != header.period:
        desk.report("E262", name.span, word=name.text, period=spelling(PERIODS, header.period, desk.language))
    elif period.start > header.last_day or period.last < desk.first_day:
        desk.report("E263", name.span, word=name.text, first=str(desk.first_day), last=str(header.last_day))


def _unit(desk: Desk, path: s.Path) -> tree.Unit | None:
    """The unit of the figure that a path names in an example."""
    first = path.parts[0]
    if len(path.parts) == 1:
        result = meaning(RESULTS, first.text, desk.language)
        if result == "total":
            return money(desk.header.currency)
        field = desk.people.get(first.text) if first.text not in desk.symbols else None
        if (result is not None and result != "people") or (field is not None and field.prorated):
            value = desk.elaborate(path, plan_place(desk.header.period))
            return value.type.unit if value else None
        symbol = desk.symbols.get(first.text)
        if symbol is None and first.text in desk.lost:
            return None
        settled = meaning(SETTLED, first.text, desk.language) if symbol is None else None
        if settled is not None:
            if desk.settled is not None and settled not in desk.settled:
                no_result(desk, first)
            return money(desk.header.currency)
        if symbol is None:
            desk.miss(first)
            return None
        desk.used.setdefault(first.text, []).append(first.span)
        if symbol.kind == "component":
            return money(desk.header.currency)
        if symbol.kind == "input":
            declared = desk.inputs.get(first.text)
            return declared.input.unit if declared else None
        if symbol.kind == "measure":
            measure = desk.measures.get(first.text)
            return measure.unit if measure else None
        if symbol.kind in {"let", "parameter", "scorecard"}:
            value = desk.elaborate(path, plan_place(desk.header.period))
            return value.type.unit if value else None
        desk.report(
            "E204",
            first.span,
            name=first.text,
            kind=noun(symbol.kind, desk.language),
            wanted=noun("figure", desk.language),
        )
        return None
    if first.text not in desk.symbols and not meaning(GROUPS, first.text, desk.language):
        desk.miss(first)
        return None
    symbol = desk.symbols.get(first.text)
    if symbol is not None and symbol.kind not in {"group", "scorecard"}:
        desk.used.setdefault(first.text, []).append(first.span)
        return None
    value = desk.elaborate(path, Place(window=whole(desk.header.period)))
    return value.type.unit if value else None


def _value(desk: Desk, unit: tree.Unit | None, node: s.Expression) -> None:
    value = desk.elaborate(node, Place(window=None, constant=True)) if not isinstance(node, s.Path) else None
    if value is None or unit is None:
        return
    given = value.type.unit
    if (given.kind, unit.kind) == ("money", "own_money"):
        return
    if isinstance(same(given, unit), tree.Unit) or (unit.kind == "count" and given.kind in {"ratio", "count"}):
        return
    if given.kind == unit.kind == "money":
        desk.report(
            "E301",
            node.span,
            mark="right",
            left=unit.currency,
            right=given.currency,
            right_source="",
            verb=noun("verb_compared", desk.language),
            helps=[Help("use", {"text": unit.currency})],
        )
        return
    desk.report(
        "E310", node.span, clause="=", wanted=unit_words(unit, desk.language), got=unit_words(given, desk.language)
    )


def _header(desk: Desk, table: s.Rows) -> list[s.Name | None]:
    names: list[s.Name | None] = []
    for cell in table.rows[0]:
        if isinstance(cell.value, s.Path):
            names.append(s.Name(".".join(each.text for each in cell.value.parts), span=cell.value.span))
        else:
            desk.report("E264", cell.span, text=desk.text(cell.span))
            names.append(None)
    return names


def _lengths(desk: Desk, table: s.Rows) -> None:
    wanted = len(table.rows[0])
    for row in table.rows[1:]:
        if len(row) != wanted:
            desk.report("E265", row[0].span.to(row[-1].span), wanted=str(wanted), got=str(len(row)))


def _table(desk: Desk, table: s.Rows) -> None:
    """Cases and timelines: the first row names columns, a timeline's first column names periods."""
    if not table.rows:
        return
    names = _header(desk, table)
    _lengths(desk, table)
    start = 0
    if table.kind == "timeline":
        start = 1
        head = names[0]
        found = meaning(PERIODS, head.text, desk.language) or slip(desk, head, PERIODS) if head else None
        if head is not None and found != desk.header.period:
            wanted = spelling(PERIODS, desk.header.period, desk.language)
            desk.report(
                "E266",
                head.span,
                helps=[Help("replace", {"near": wanted}, (Edit(head.span, wanted),))],
                word=head.text,
                period=wanted,
            )
        for row in table.rows[1:]:
            cell = row[0].value
            if isinstance(cell, s.PeriodName):
                _period(desk, s.Name(cell.text, span=cell.span))
            else:
                desk.report(
                    "E262",
                    row[0].span,
                    word=desk.text(row[0].span),
                    period=spelling(PERIODS, desk.header.period, desk.language),
                )
    for index in range(start, len(names)):
        name = names[index]
        written = table.rows[0][index].value
        unit = _unit(desk, written) if name is not None and isinstance(written, s.Path) else None
        for row in table.rows[1:]:
            if index < len(row) and row[index].value is not None:
                _value(desk, unit, row[index].value)  # type: ignore[arg-type]


def _given_rows(desk: Desk, clause: s.Rows) -> None:
    """Rows of a table: the columns are fields, the words of a choice are its values."""
    name = clause.name
    if name is None:
        return
    symbol = desk.use(name)
    if symbol is None:
        desk.miss(name, more=list(desk.tables))
        return
    table = desk.tables.get(name.text)
    if table is None or not clause.rows:
        return
    columns: list[tree.Field | None] = []
    for each in _header(desk, clause):
        field = next((f for f in table.fields if each is not None and f.name == each.text), None)
        if field is None and each is not None:
            unknown_field(desk, table, each, at_once=True)
        columns.append(field)
    _lengths(desk, clause)
    for row in clause.rows[1:]:
        for field, cell in zip(columns, row, strict=False):
            if field is None or cell.value is None:
                continue
            if field.unit.kind == "choice" and isinstance(cell.value, s.Path):
                word = cell.value.parts[0].text
                if word not in field.unit.choices:
                    near = nearest(word, field.unit.choices)
                    helps = [Help("replace", {"near": near}, (Edit(cell.span, near),))] if near else []
                    desk.report(
                        "E202",
                        cell.span,
                        helps=helps,
                        word=word,
                        field=field.name,
                        options=", ".join(field.unit.choices),
                    )
            elif field.unit.kind not in {"participant", "row", "text", "timestamp"}:
                _value(desk, field.unit, cell.value)
