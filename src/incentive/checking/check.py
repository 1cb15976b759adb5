"""The stage `syntax nodes -> evaluation tree`: everything that can be known before any data is read."""

from __future__ import annotations

from datetime import date
from threading import Thread

from attrs import evolve, frozen

from incentive import tree
from incentive.checking.advice import advise
from incentive.checking.amending import amend, report_day, report_disagreements
from incentive.checking.causes import gather_causes
from incentive.checking.clauses import later
from incentive.checking.components import make_components
from incentive.checking.cycles import report_cycles
from incentive.checking.decisions import table_alone
from incentive.checking.depth import MAX_LEVELS, report_depth
from incentive.checking.desk import MAX_FINDINGS, Desk, Header
from incentive.checking.expressions import expression
from incentive.checking.fields import declare_tables
from incentive.checking.gates import declare_gates
from incentive.checking.groups import covers, declare_groups
from incentive.checking.header import read_header
from incentive.checking.indentation import report_indentation
from incentive.checking.inputs import declare_inputs
from incentive.checking.measures import declare_measures
from incentive.checking.names import collect, report_unknown
from incentive.checking.parameters import declare_parameters
from incentive.checking.places import plan_place
from incentive.checking.rows import IMPLIED
from incentive.checking.scorecards import declare_scorecards
from incentive.checking.settlement import settle
from incentive.checking.splits import declare_splits
from incentive.checking.tables import scale_alone
from incentive.checking.worked import work_out
from incentive.diagnostics import Diagnostic, Source, Span, finding
from incentive.language import Gathered, Give, gather, nowhere
from incentive.language import syntax as s
from incentive.quantities import FiscalYear


@frozen
class Checked:
    """What a check gives: the tree where the plan is sound, the findings in the order of the text, the text itself."""

    plan: tree.Plan | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source


def check(text: str, path: str = "", give: Give = nowhere) -> Checked:
    """Check a plan's text; never raises for what the text says, and says the same however deep its caller stands.

    Args:
        text: the whole plan.
        path: what messages call it.
        give: gives the text of a file that the plan names.
    """
    try:
        return _check(text, path, give)
    except RecursionError:  # a thread begins with an empty stack
        made: list[Checked] = []
        thread = Thread(target=lambda: made.append(_check(text, path, give, alone=True)))
        thread.start()
        thread.join()
        return made[0]


def _check(text: str, path: str, give: Give, *, alone: bool = False) -> Checked:
    gathered = gather(text, path, give)
    layers = [gathered]
    while (below := layers[0].original) is not None:
        layers.insert(0, below)
    if layers[0].amends is not None:  # what it amends is not there
        return Checked(None, _sorted(gathered, list(gathered.diagnostics)), gathered.source)
    found: list[Diagnostic] = []
    texts: list[tree.Text] = []
    items: tuple[s.Item, ...] = ()
    for at, layer in enumerate(layers):
        desk = _desk(layers[: at + 1])
        items = layer.items if at == 0 else amend(desk, items, layer)
        plan = _one(desk, layer, items, alone=alone)
        if plan is not None and layer.amends is not None:
            report_day(desk, layer.amends, texts[-1].since)
            texts.append(tree.Text(desk.since, plan))
            report_disagreements(desk, layer, texts, items)
        elif plan is not None:
            texts.append(tree.Text(None, plan))
        found += [each for each in (*layer.diagnostics, *desk.diagnostics) if at == 0 or each not in found]
        if plan is None or any(each.severity == "error" for each in found):
            return Checked(None, _sorted(gathered, found), gathered.source)
    whole = texts[0].plan if len(texts) == 1 else tree.combined(_in_time(texts))
    return Checked(whole, _sorted(gathered, found), gathered.source)


def _desk(layers: list[Gathered]) -> Desk:
    """What one text of a plan is checked with; the last of the layers that lead to it."""
    own = layers[-1]
    unread = {each.name.text for each in own.items if isinstance(each, s.Later) and each.name}
    lost = frozenset().union(*(each.lost for each in layers)) | unread
    broken = frozenset().union(*(each.broken for each in layers))
    shared = own.used | {each.file for each in layers[:-1]}
    since = None if own.amends is None else own.amends.day.value
    return Desk(own.source, own.language, lost, broken, expression, own.whole, shared, since)


def _one(desk: Desk, layer: Gathered, items: tuple[s.Item, ...], *, alone: bool) -> tree.Plan | None:
    """The tree of one text; None where there is nothing of it to read."""
    if not items and layer.diagnostics:
        return None
    try:
        return _elaborate(desk, layer, items)
    except RecursionError:  # definitions on definitions, deeper than any reader could follow
        if not alone:
            raise
        top = Span(0, 1, 1, 1, 1, 2, layer.file)
        path = desk.source.of(top).path
        desk.diagnostics.append(finding("E152", desk.language, span=top, path=path, limit=str(MAX_LEVELS)))
        return None


def _in_time(texts: list[tree.Text]) -> list[tree.Text]:
    """The texts without the examples of periods that a later one rules."""
    ends = [each.since for each in texts[1:]]
    year = FiscalYear(texts[0].plan.year_starts, texts[0].plan.year_named_by)

    def stays(example: tree.Example, end: date) -> bool:
        names = {
            each.period
            for scenario in example.scenarios
            for each in (*scenario.expected, *scenario.given)
            if isinstance(each, tree.Expected | tree.GivenMeasure)
        }
        return all(year.parse(each).start < end for each in names)

    return [
        text
        if end is None
        else evolve(text, plan=evolve(text.plan, examples=tuple(one for one in text.plan.examples if stays(one, end))))
        for text, end in zip(texts, [*ends, None], strict=True)
    ]


def _elaborate(desk: Desk, gathered: Gathered, items: tuple[s.Item, ...]) -> tree.Plan | None:
    report_indentation(desk, items)
    collect(desk, items)
    read_header(desk, items)
    declare_tables(desk)
    declare_inputs(desk)
    declare_parameters(desk)
    declare_scorecards(desk)
    declare_groups(desk)
    declare_splits(desk)
    declare_measures(desk)
    covered = covers(desk)
    declare_gates(desk)
    make_components(desk)
    settle(desk, items)
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Scale) and name not in desk.used:
            scale_alone(desk, symbol.node, plan_place(desk.header.period))
        if isinstance(symbol.node, s.Let) and name not in desk.made:
            expression(desk, s.Path((symbol.name,), span=symbol.name.span), plan_place(desk.header.period))
            desk.used.pop(name, None)
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Table) and name not in desk.used:
            table_alone(desk, symbol.node)
    report_cycles(desk)
    report_depth(desk)
    used = set(desk.used)
    examples = work_out(desk, items)
    for item in items:
        if isinstance(item, s.Later):
            later(desk, item)
        if isinstance(item, s.Replace | s.Remove):
            desk.report("E611", item.span, word=desk.text(item.span).split()[0])
    report_unknown(desk)
    gather_causes(desk)
    if not gathered.diagnostics and not any(each.severity == "error" for each in desk.diagnostics):
        advise(desk, items, used)
    return evolve(_plan(desk, covered), examples=examples)


def _plan(desk: Desk, covered: tree.Expr | None) -> tree.Plan:
    header: Header = desk.header
    return tree.Plan(
        label=header.label,
        currency=header.currency,
        period=header.period,
        year_starts=header.year_starts,
        year_named_by=header.year_named_by,
        timezone=header.timezone,
        first_day=header.first_day,
        last_day=header.last_day,
        covers=covered,
        rounding=header.rounding,
        rounding_step=header.rounding_step,
        tables=tuple(desk.tables.values()),
        people=_people(desk),
        inputs=tuple(each.input for each in desk.inputs.values()),
        parameters=tuple(desk.parameters.values()),
        measures=tuple(each for each in desk.measures.values() if each is not None),
        groups=tuple(desk.groups.values()),
        definitions=tuple(each for each in desk.lets.values() if each is not None),
        components=tuple(each for each in desk.lines.values() if each is not None),
        notes=header.notes,
        sources=header.sources,
        settlement=desk.settlement,
        month_end=header.month_end,
        presence=header.presence,
    )


def _people(desk: Desk) -> tuple[tree.Field, ...]:
    """The fields of people that the plan declares or reads, without the person itself."""
    declared = [each for each in desk.people.values() if each.name != "who"]
    names = {each.name for each in declared}
    implied = [
        tree.Field(name, IMPLIED[name], optional=name != "role")
        for name in ("role", "team", "manager")
        if name in desk.used_people and name not in names
    ]
    return (*declared, *implied)


def _sorted(gathered: Gathered, every: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings in the order of the text; at most one error a line, at most a hundred."""
    every.sort(key=_place)
    out: list[Diagnostic] = []
    lines: set[tuple[str, int]] = set()
    for each in every:
        if each.span is not None and each.severity == "error" and each.code != "E190":
            here = (each.span.file, each.span.line)
            if here in lines:
                continue
            lines.add(here)
        out.append(each)
    if len(out) > MAX_FINDINGS:
        rest = len(out) - MAX_FINDINGS
        top = Span(0, 1, 1, 1, 1, 2)
        more = finding("E199", gathered.language, span=top, path=gathered.source.path, count=str(rest))
        return (*out[:MAX_FINDINGS], evolve(more, labels=()))
    return tuple(out)


def _place(each: Diagnostic) -> tuple[str, int, int, str]:
    """Where a finding stands in the order shown: the plan's own text first, then the files that it names."""
    return (each.span.file, each.span.line, each.span.column, each.code) if each.span else ("", 0, 0, each.code)
