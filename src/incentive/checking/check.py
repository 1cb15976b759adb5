"""The stage `syntax nodes -> evaluation tree`: everything that can be known before any data is read."""

from __future__ import annotations

from threading import Thread

from attrs import evolve, frozen

from incentive import tree
from incentive.checking.advice import advise
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
    unread = {each.name.text for each in gathered.items if isinstance(each, s.Later) and each.name}
    desk = Desk(
        gathered.source,
        gathered.language,
        gathered.lost | unread,
        gathered.broken,
        expression,
        gathered.whole,
        gathered.used,
    )
    plan: tree.Plan | None = None
    if gathered.items or not gathered.diagnostics:
        try:
            plan = _elaborate(desk, gathered)
        except RecursionError:  # definitions on definitions, deeper than any reader could follow
            if not alone:
                raise
            desk.diagnostics.append(
                finding("E152", desk.language, span=Span(0, 1, 1, 1, 1, 2), path=path, limit=str(MAX_LEVELS))
            )
    findings = _sorted(gathered, desk)
    sound = plan is not None and not any(each.severity == "error" for each in findings)
    return Checked(plan if sound else None, findings, gathered.source)


def _elaborate(desk: Desk, gathered: Gathered) -> tree.Plan | None:
    items = gathered.items
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
        if isinstance(item, s.Amends | s.Replace | s.Remove):
            desk.report("E190", item.span, word=desk.text(item.span).split()[0])
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


def _sorted(gathered: Gathered, desk: Desk) -> tuple[Diagnostic, ...]:
    """All findings in the order of the text; at most one error a line, at most a hundred."""
    every = [*gathered.diagnostics, *desk.diagnostics]
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
