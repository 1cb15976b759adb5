"""Where every row and every person went: in a few lines beside a result, or whole."""

from __future__ import annotations

from collections.abc import Iterator

from incentive.cli.phrases import phrase
from incentive.diagnostics import Language, visible
from incentive.plan import Run
from incentive.quantities import Number
from incentive.results import MeasureAccount, PeopleAccount, PoolAccount
from incentive.results.entries import shown
from incentive.tree import Unit


def account_summary(made: Run) -> Iterator[str]:
    """Rows read, counted and left out of each measure; people on the plan and not."""
    language = made.plan.language
    for each in made.accounting.measures:
        yield _measure(each, language)
    yield from (_pool(each, language) for each in made.accounting.pools if each.unpaid)
    people = made.accounting.people
    lines = list(dict.fromkeys(_heads(each, language, phrase("everywhere", language)) for each in people))
    if len(people) == 1:
        yield _heads(people[0], language, people[0].period)
    elif len(lines) == 1:
        yield lines[0]
    elif people:
        heads = [len(each.covered) for each in people]
        yield phrase("differs", language, least=str(min(heads)), most=str(max(heads)), roster=str(people[0].roster))


def account_lines(made: Run) -> Iterator[str]:
    """The whole account."""
    language = made.plan.language
    units = {each.name: each.unit for each in made.plan.tree.measures}
    for each in made.accounting.measures:
        yield _measure(each, language)
        yield from (f"  {line}" for line in _amounts(each, units[each.measure], language))
    for table in made.accounting.tables:
        use = phrase(table.use, language)
        yield phrase("table", language, table=table.table, file=visible(table.file), read=str(table.read), use=use)
        for field in table.amounts:
            unit = Unit("money", currency=field.currency)
            left = shown(field.read - field.counted, unit, language)
            rows, read = _rows(table.left_out, language), shown(field.read, unit, language)
            yield "  " + phrase("in no measure", language, field=field.field, read=read, rows=rows, left=left)
        if table.blank:
            yield "  " + phrase("blank", language, n=str(table.blank))
    for source in made.accounting.files:
        read, kept = str(source.read), str(source.kept)
        yield phrase("picked", language, source=source.name, file=visible(source.file), read=read, kept=kept)
        for why, count in source.excluded:
            yield "  " + phrase("left out by", language, rows=_rows(count, language), reason=visible(why))
    yield from (_pool(each, language) for each in made.accounting.pools)
    for people in made.accounting.people:
        yield _heads(people, language, people.period)
        if people.covered:
            yield "  " + phrase("covered", language, people=_names(people.covered))
        for reason, names in people.left_out:
            yield "  " + phrase("left_out", language, reason=phrase(reason, language), people=_names(names))


def _measure(each: MeasureAccount, language: Language) -> str:
    parts = [] if each.uncredited is None else [phrase("partly", language, n=str(each.uncredited.rows))]
    parts += [_tally(reason, tally.rows, language) for reason, tally in each.excluded if tally.rows]
    left = ", ".join(parts)
    return phrase(
        "measure",
        language,
        measure=each.measure,
        read=str(each.read.rows),
        rows=_rows(each.read.rows, language),
        table=each.table,
        counted=str(each.counted.rows),
        rest=f", {left}" if left else "",
    )


def _amounts(each: MeasureAccount, unit: Unit, language: Language) -> Iterator[str]:
    def amount(value: Number) -> str:
        return shown(value, unit, language)

    tallies = [(phrase("read", language), each.read), (phrase("counted", language), each.counted)]
    tallies += [(phrase(reason, language), tally) for reason, tally in each.excluded]
    for reason, tally in tallies:
        rows = _rows(tally.rows, language)
        yield phrase("amounts", language, reason=reason, rows=rows, amount=amount(tally.amount))
    if each.missing:
        yield phrase("missing", language, lines=", ".join(map(str, each.missing)))
    if each.uncredited is not None:
        rows = _rows(each.uncredited.rows, language)
        yield phrase("uncredited", language, rows=rows, amount=amount(each.uncredited.amount))
    if each.several is not None:
        rows = _rows(each.several.rows, language)
        yield phrase("several", language, rows=rows, amount=amount(each.several.amount))
    if each.overlay is not None:
        yield phrase("overlay", language, credited=amount(each.overlay.credited), facts=amount(each.overlay.facts))
        yield phrase("beyond", language, primary=amount(each.overlay.primary), beyond=amount(each.overlay.beyond))


def _pool(each: PoolAccount, language: Language) -> str:
    unit = Unit("money", currency=each.currency)
    name = "pool pending" if each.pool is None else "pool unpaid" if each.unpaid else "pool"
    return phrase(
        name,
        language,
        component=each.component,
        period=each.period,
        amount="" if each.pool is None else shown(each.pool, unit, language),
        n=str(len(each.people)),
    )


def _heads(each: PeopleAccount, language: Language, period: str) -> str:
    left = ", ".join(_tally(reason, len(names), language) for reason, names in each.left_out if names)
    return phrase(
        "people",
        language,
        period=period,
        covered=str(len(each.covered)),
        roster=str(each.roster),
        rest=f", {left}" if left else "",
    )


def _rows(n: int, language: Language) -> str:
    return phrase("row" if n == 1 else "rows", language, n=str(n))


def _tally(reason: str, n: int, language: Language) -> str:
    return phrase("tally", language, reason=phrase(reason, language), n=str(n))


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(map(visible, names))
