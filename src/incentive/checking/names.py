"""Who is called what: collecting definitions, refusing seconds, and reporting names that nothing defines."""

from __future__ import annotations

from itertools import chain
from typing import Final

from incentive.checking.describe import noun
from incentive.checking.desk import MAX_FINDINGS, Desk, Symbol, SymbolKind
from incentive.checking.rows import misnamed, report_strays
from incentive.checking.slips import slip, slip_of_unknown
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import GROUPS, PEOPLE, PEOPLE_TABLE, RESULTS, SETTLED, meaning, spellings

KINDS: Final[dict[type, SymbolKind]] = {
    s.Facts: "facts",
    s.Input: "input",
    s.Parameter: "parameter",
    s.Let: "let",
    s.Measure: "measure",
    s.Scale: "scale",
    s.Table: "table",
    s.GroupOf: "group",
    s.Gate: "gate",
    s.Split: "split",
    s.Scorecard: "scorecard",
    s.Component: "component",
}

Named = (
    s.Facts
    | s.Input
    | s.Parameter
    | s.Let
    | s.Measure
    | s.Scale
    | s.Table
    | s.GroupOf
    | s.Gate
    | s.Split
    | s.Scorecard
    | s.Component
)


def collect(desk: Desk, items: tuple[s.Item, ...]) -> None:
    """Enter every definition; a second one of a name is refused with both places."""
    for item in items:
        kind = KINDS.get(type(item))
        if kind is None or not isinstance(item, Named):
            continue
        name = item.name
        first = desk.symbols.get(name.text)
        if first is not None:
            desk.report(
                "E210",
                name.span,
                remarks=[Remark(first.name.span, "first")],
                name=name.text,
                first_line=desk.line_of(first.name.span, name.span),
                kind=noun(first.kind, desk.language),
            )
        elif kind != "facts" and (
            meaning(RESULTS, name.text, desk.language)
            or meaning(GROUPS, name.text, desk.language)
            or meaning(SETTLED, name.text, desk.language)
        ):
            desk.report("E213", name.span, name=name.text)
        else:
            desk.symbols[name.text] = Symbol(kind, name, item)
            if isinstance(item, s.Facts) and not meaning(PEOPLE_TABLE, name.text, desk.language):
                _people_slip(desk, item)


def _people_slip(desk: Desk, node: s.Facts) -> None:
    """The roster by its name in the other language: a table of that name that also says who."""
    names = [each.name.text for each in node.clauses if isinstance(each, s.Field)]
    if any(meaning(PEOPLE, each, language) == "who" for each in names for language in ("en", "fr")):
        slip(desk, node.name, PEOPLE_TABLE)


def report_unknown(desk: Desk) -> None:
    """Report each unknown name once, at the place where the spelling is most likely wrong."""
    report_strays(desk)
    for name, spans in desk.unknown.items():
        if name in desk.removed:
            remarks = [Remark(each, "read") for each in spans[:MAX_FINDINGS]]
            desk.report("E614", desk.removed[name], remarks=remarks, name=name)
            continue
        if slip_of_unknown(desk, name, spans):
            continue
        unused = (
            each
            for each, symbol in desk.symbols.items()
            if each not in desk.used and symbol.name.span.file not in desk.shared
        )
        twin = desk.nearest(name, unused, 0.75)
        if twin is not None:
            desk.diagnostics.append(misnamed(desk, name, spans, twin, desk.symbols[twin].name.span))
            desk.used[twin] = spans
            continue
        words = (*desk.nearby[name], *spellings(GROUPS, desk.language), *spellings(RESULTS, desk.language))
        near = desk.nearest(name, chain(desk.symbols, words), 0.7)
        for span in spans:
            if near:
                helps = [Help("replace", {"near": near}, (Edit(span, near),))]
                desk.report("E200", span, mark="mean", helps=helps, name=name, near=near)
            else:
                desk.report("E200", span, name=name, near="")
