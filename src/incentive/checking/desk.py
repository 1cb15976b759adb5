"""What every part of the checker shares: the names of the plan, the findings so far, and what must stay silent.

A mistake must be reported once. A line that could not be read may have defined anything, so names that stand on it are
not reported as unknown elsewhere; a definition that is itself wrong has no type, and what depends on it stays silent.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal, Protocol

from attrs import define, evolve, field, frozen

from incentive import tree
from incentive.checking.places import Place
from incentive.diagnostics import Diagnostic, Help, Label, Language, Remark, Source, Span, finding
from incentive.language import syntax as s
from incentive.language.words import fold
from incentive.quantities import DayCount, PeriodKind, RoundingMode

SymbolKind = Literal[
    "facts",
    "input",
    "parameter",
    "let",
    "measure",
    "scale",
    "table",
    "group",
    "gate",
    "split",
    "scorecard",
    "component",
]
MAX_FINDINGS: Final = 100
_MOST_EFFORT: Final = 10_000_000  # of comparing names, in steps of some 80 ns: under a second
_EFFORT_EACH: Final = 60  # what two names cost to compare, however short


@frozen
class Symbol:
    """A name that the plan defines."""

    kind: SymbolKind
    name: s.Name
    node: s.Item


@frozen
class Header:
    """What the plan's header says, with stand-ins where it says nothing readable."""

    label: str = ""
    currency: str = ""
    period: PeriodKind = "month"
    timezone: str = "UTC"
    first_day: date = date(1900, 1, 1)
    last_day: date = date(2200, 12, 31)
    year_starts: int = 1
    year_named_by: Literal["start", "end"] = "end"
    rounding: RoundingMode = "half_up"
    rounding_step: Fraction = Fraction(1, 100)
    month_end: Literal["", "down", "up"] = ""
    presence: DayCount | Literal[""] = ""
    covers: s.Covers | None = None
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    period_span: Span | None = None
    currency_span: Span | None = None
    rounding_span: Span | None = None


@frozen
class Declared:
    """A declaration as the tree has it, with the places messages point to."""

    input: tree.Input
    period_span: Span | None


class Elaborate(Protocol):
    """The checker of expressions, which all parts call and which calls all parts."""

    def __call__(self, desk: Desk, node: s.Expression, place: Place) -> tree.Expr | None:
        """The tree of an expression, or None after a finding."""


@define
class Desk:
    """The state of one check."""

    source: Source
    language: Language
    lost: frozenset[str]
    broken: frozenset[tuple[str, int]]  # lines with a mistake, by the file that they are in
    elaborator: Elaborate
    whole: bool = True  # whether all files were there, so that a name that nothing defines is a mistake
    shared: frozenset[str] = frozenset()  # files of declarations, which other plans read too
    since: date | None = None  # the day from which on an amendment rules
    removed: dict[str, Span] = field(factory=dict)  # what it removes
    symbols: dict[str, Symbol] = field(factory=dict)
    diagnostics: list[Diagnostic] = field(factory=list)
    used: dict[str, list[Span]] = field(factory=dict)
    unknown: dict[str, list[Span]] = field(factory=dict)
    strays: dict[tuple[str, str], list[Span]] = field(factory=dict)  # fields that their table does not have
    read_fields: set[tuple[str, str]] = field(factory=set)
    nearby: dict[str, tuple[str, ...]] = field(factory=dict)
    header: Header = Header()
    tables: dict[str, tree.Table] = field(factory=dict)
    people: dict[str, tree.Field] = field(factory=dict)
    inputs: dict[str, Declared] = field(factory=dict)
    parameters: dict[str, tree.Parameter] = field(factory=dict)
    measures: dict[str, tree.Measure | None] = field(factory=dict)
    groups: dict[str, tree.Group] = field(factory=dict)
    lets: dict[str, tree.Definition | None] = field(factory=dict)
    lines: dict[str, tree.Component | None] = field(factory=dict)
    made: set[str] = field(factory=set)  # definitions with a value over some window
    apart: set[str] = field(factory=set)  # definitions, by table, that say nothing of a fact
    making: list[tuple[str, Span]] = field(factory=list)
    used_people: dict[str, None] = field(factory=dict)
    untyped: set[tuple[str, str]] = field(factory=set)
    amounts: dict[str, list[Span]] = field(factory=dict)
    named_periods: list[tuple[str, Span]] = field(factory=list)
    folded: dict[tuple[str, Span], int] = field(factory=dict)
    _reported: set[tuple[str, Span]] = field(factory=set)
    _effort: int = 0
    ranges: dict[str, object] = field(factory=dict)  # between which numbers a definition lies, once it is known
    nonzero: dict[tuple[str, object], bool] = field(factory=dict)  # whether a definition is never zero in a place
    noted: set[Span] = field(factory=set)  # rows and steps with a note right below them
    idle: list[s.Name] = field(factory=list)  # definitions inside components that their lines do not read
    settlement: tree.Settlement | None = None
    settled: tuple[str, ...] | None = ()  # what the settlement gives; None where it has a mistake

    @property
    def first_day(self) -> date:
        """The first day that the text rules: that of the plan, or of the amendment."""
        return self.header.first_day if self.since is None else max(self.since, self.header.first_day)

    # ---- findings --------------------------------------------------------------------------------------------------
    def report(  # noqa: PLR0913 - the parts of a finding, by name
        self,
        code: str,
        span: Span,
        *,
        mark: str = "",
        remarks: Sequence[Remark] = (),
        helps: Sequence[Help] = (),
        notes: Sequence[str] = (),
        **values: str,
    ) -> None:
        """Add a finding; one a line and code, and none where the text itself could not be read."""
        if (span.file, span.line) in self.broken:
            return
        if (code, span) in self._reported:
            return
        self._reported.add((code, span))
        self.diagnostics.append(
            finding(
                code,
                self.language,
                span=span,
                mark=mark,
                remarks=[each for each in remarks if each.span != span],
                helps=helps,
                notes=notes,
                place=None,
                path=self.source.of(span).path,
                **values,
            )
        )

    def report_once(self, code: str, span: Span, cause: Span, **given: Any) -> None:  # noqa: ANN401 - as `report`
        """Add a finding whose cause may be another place, as likely as the one where it shows.

        Both places are primary; a further finding of the same cause only adds its place to the first one.
        """
        known = self.folded.get((code, cause))
        if known is not None:
            first = self.diagnostics[known]
            if len(first.labels) < MAX_FINDINGS:
                self.diagnostics[known] = evolve(first, labels=(*first.labels, Label(span)))
            return
        before = len(self.diagnostics)
        self.report(code, span, **given)
        if len(self.diagnostics) > before:
            made = self.diagnostics[-1]
            labels = tuple(evolve(each, primary=each.primary or each.span == cause) for each in made.labels)
            self.diagnostics[-1] = evolve(made, labels=labels)
            self.folded[(code, cause)] = before

    def is_flagged(self, span: Span) -> bool:
        """Whether a line has a finding of any stage, so that what it says may not be what is meant."""
        here = (span.file, span.line)
        return here in self.broken or any(
            each.span is not None and (each.span.file, each.span.line) == here for each in self.diagnostics
        )

    def is_broken(self, span: Span) -> bool:
        """Whether a mistake of the text lies inside a stretch, so that what it lacks may only be unreadable."""
        return any(file == span.file and span.line <= line <= span.end_line for file, line in self.broken)

    def text(self, span: Span) -> str:
        """The text of a stretch."""
        return self.source.at(span)

    def line_of(self, span: Span, seen: Span) -> str:
        """The number of a line, as a message at another place says it: with its file where that is another one."""
        if span.file == seen.file:
            return str(span.line)
        return f"{span.line} {'de' if self.language == 'fr' else 'of'} {self.source.of(span).path}"

    def line_text(self, span: Span, number: int | None = None) -> str:
        """The line that a place begins on, or another one of its file."""
        return self.source.of(span).line(span.line if number is None else number)

    def elaborate(self, node: s.Expression, place: Place) -> tree.Expr | None:
        """The tree of an expression, or None after a finding."""
        return self.elaborator(self, node, place)

    # ---- names -----------------------------------------------------------------------------------------------------
    def use(self, name: s.Name) -> Symbol | None:
        """The symbol of a name, noted as used."""
        symbol = self.symbols.get(name.text)
        if symbol is not None:
            self.used.setdefault(name.text, []).append(name.span)
        return symbol

    def miss(self, name: s.Name, *, more: Iterable[str] = ()) -> None:
        """A name that nothing defines; reported at the end, when all uses are known."""
        if name.text in self.lost or not self.whole:
            return
        self.unknown.setdefault(name.text, []).append(name.span)
        self.nearby.setdefault(name.text, tuple(more))

    def nearest(self, word: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
        """The candidate that a word most resembles; none once a plan has had its share of comparing.

        Each wrong word is compared with all names, and both may be thousands. Who mends the first hundred findings is
        shown the next.
        """
        if self._effort > _MOST_EFFORT:
            return None
        names = list(candidates)
        self._effort += len(names) * _EFFORT_EACH + len(word) * sum(map(len, names))
        return nearest(word, names, cutoff)


def nearest(word: str, candidates: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The candidate that a word most resembles, accents and case aside."""
    by_fold: Mapping[str, str] = {fold(each): each for each in candidates}
    found = difflib.get_close_matches(fold(word), by_fold, 1, cutoff)
    return by_fold[found[0]] if found else None
