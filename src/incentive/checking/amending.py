"""A plan as a text that amends another leaves it, and what the two must agree on.

Both texts are checked as whole plans: the original as it stands, and the original with what is replaced, removed and
added. So an amendment can say nothing that a plan could not, and no rule of the checker has to know of amendments. What
is asked here is only what concerns both at once: that the names meant are there, that the day begins a period, and that
data, people and balances go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import head_of
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk, nearest
from incentive.checking.names import KINDS, Named
from incentive.diagnostics import Edit, Help, Remark, Span
from incentive.language import Gathered
from incentive.language import syntax as s
from incentive.language.words import PERIODS, say, spelling
from incentive.quantities import FiscalYear

_DATA = s.Facts | s.Input


def amend(desk: Desk, below: Sequence[s.Item], layer: Gathered) -> tuple[s.Item, ...]:
    """Give the items of a plan with what an amendment replaces, removes and adds; examples are those of the amendment.

    What it removes is noted on the desk.
    """
    work = _Amending(desk, [each for each in below if not isinstance(each, s.Example)])
    for item in layer.items:
        work.take(item)
    return tuple(each for each in work.items if each is not None)


class _Amending:
    """The items of the original, as they are changed; None is one that was removed."""

    def __init__(self, desk: Desk, items: list[s.Item]) -> None:
        self.desk = desk
        self.items: list[s.Item | None] = [*items]
        self.first = {each.name.text: at for at, each in reversed([*enumerate(items)]) if isinstance(each, Named)}
        self.original = {name: items[at] for name, at in self.first.items()}
        self.settled = next((at for at, each in enumerate(items) if isinstance(each, s.Settlement)), None)
        self.changed: dict[str, Span] = {}

    def take(self, item: s.Item) -> None:
        match item:
            case s.Replace(item=inner):
                self.replace(item, inner)
            case s.Remove(name=name):
                at = self.find(name)
                if at is not None:
                    self.items[at] = None
                    self.desk.removed[name.text] = name.span
            case s.PlanBlock(label=label):
                self.desk.report("E610", label.span, word=say("PLAN", self.desk.language))
            case s.Amends():
                pass
            case s.Settlement() if self.settled is not None:
                first = self.items[self.settled]
                assert first is not None
                self.again(item.span, head_of(self.desk, item.span), say("SETTLEMENT", self.desk.language), first.span)
            case _ if isinstance(item, Named) and item.name.text in self.first:
                known = self.original[item.name.text]
                assert isinstance(known, Named)
                self.again(item.span, item.name.span, item.name.text, known.name.span)
            case _:
                self.items.append(item)

    def replace(self, word: s.Replace, item: s.Item) -> None:
        if isinstance(item, s.Settlement):
            if self.settled is None:
                name = say("SETTLEMENT", self.desk.language)
                self.desk.report("E612", head_of(self.desk, item.span), name=name, near="")
            elif self.once(name := say("SETTLEMENT", self.desk.language), head_of(self.desk, item.span)):
                self.items[self.settled] = item
                self.desk.removed.pop(name, None)
        elif not isinstance(item, Named):
            written = self.desk.text(item.span).split()[0] if self.desk.text(item.span) else ""
            self.desk.report("E618", word.span, word=written)
        else:
            at = self.find(item.name)
            known = None if at is None else self.original[item.name.text]
            if at is None or known is None:
                return
            if KINDS[type(known)] != KINDS[type(item)]:
                assert isinstance(known, Named)
                kind, wanted = (noun(KINDS[type(each)], self.desk.language) for each in (known, item))
                remarks = [Remark(known.name.span, "first")]
                self.desk.report("E616", item.name.span, remarks=remarks, name=item.name.text, kind=kind, wanted=wanted)
            else:
                self.items[at] = item

    def find(self, name: s.Name) -> int | None:
        """The place of what a name stands for in the original, or a finding."""
        at = self.first.get(name.text)
        if at is None:
            if not self.desk.whole or name.text in self.desk.lost:
                return None
            near = nearest(name.text, self.first, 0.7) or ""
            helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
            self.desk.report("E612", name.span, mark="mean" if near else "", helps=helps, name=name.text, near=near)
            return None
        known = self.original[name.text]
        if isinstance(known, _DATA):
            self.desk.report("E617", name.span, remarks=[Remark(known.name.span, "first")], name=name.text)
            return None
        return at if self.once(name.text, name.span) else None

    def once(self, name: str, span: Span) -> bool:
        first = self.changed.setdefault(name, span)
        if first != span:
            self.desk.report("E619", span, remarks=[Remark(first, "first")], name=name)
        return first == span

    def again(self, whole: Span, span: Span, name: str, first: Span) -> None:
        """Something of the original that is defined anew without saying so."""
        word = say("REPLACE", self.desk.language)
        at = Span(whole.start, whole.start, whole.line, whole.column, whole.line, whole.column, whole.file)
        text = " ".join([word, *self.desk.text(head_of(self.desk, whole)).split("{")[0].split()])
        helps = [Help("write", {"text": text}, (Edit(at, f"{word} "),))]
        line = self.desk.line_of(first, span)
        self.desk.report("E613", span, remarks=[Remark(first, "first")], helps=helps, name=name, first_line=line)


def report_day(desk: Desk, amends: s.Amends, before: date | None) -> None:
    """An amendment begins with a period, after the first one and after the amendment that it amends."""
    header, day = desk.header, amends.day
    if header.period_span is None:
        return
    year = FiscalYear(header.year_starts, header.year_named_by)
    starts = [each.start for each in year.periods(header.period, header.first_day, header.last_day)][1:]
    starts = [each for each in starts if before is None or each > before]
    if day.value in starts:
        return
    near = [*[each for each in starts if each < day.value][-1:], *[each for each in starts if each > day.value][:1]]
    helps = [Help("write", {"near": str(each)}, (Edit(day.span, str(each)),)) for each in near]
    period = spelling(PERIODS, header.period, desk.language)
    desk.report("E615", day.span, helps=helps, day=str(day.value), period=period)


def report_disagreements(desk: Desk, layer: Gathered, texts: Sequence[tree.Text], items: Sequence[s.Item]) -> None:
    """What the last of several texts says against those before it."""
    before, after = texts[-2].plan, texts[-1].plan
    places = {each.name.text: each.name.span for each in items if isinstance(each, Named)}
    known = {each.name: each for each in before.inputs}
    for each in after.inputs:
        first = known.get(each.name)
        if first is not None and evolve(first, span=None, label="") != evolve(each, span=None, label=""):
            at = places.get(each.name.partition(".")[0]) or each.span
            assert at is not None
            desk.report("E617", at, remarks=_first(first.span), name=each.name)
    parameters = {each.name: each for each in before.parameters}
    for one in after.parameters:
        old = parameters.get(one.name)
        if old is not None and old.unit != one.unit and one.span is not None:
            left, right = (unit_words(each.unit, desk.language) for each in (old, one))
            desk.report("E620", one.span, remarks=_first(old.span), name=one.name, left=left, right=right)
    assert layer.amends is not None
    if not tree.settled_alike(before, after):
        block = next((each for each in items if isinstance(each, s.Settlement)), None)
        at = layer.amends.span if block is None else head_of(desk, block.span)
        old_block = None if before.settlement is None else before.settlement.span
        remarks = _first(None if old_block is None else head_of(desk, old_block))
        desk.report("E621", at, remarks=remarks)
    if not tree.covered_alike(texts[-2:]):
        desk.report("E622", layer.amends.span, remarks=[Remark(desk.header.covers.span)] if desk.header.covers else [])


def _first(span: Span | None) -> list[Remark]:
    return [] if span is None else [Remark(span, "first")]
