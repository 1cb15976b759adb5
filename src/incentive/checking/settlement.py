"""From earned to paid: which lines are settled, what caps, lifts and holds them, in which order, over which periods."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import define, field

from incentive import tree
from incentive.checking.belonging import Behind, part_of
from incentive.checking.clauses import head_of, later, period_word
from incentive.checking.components import scope
from incentive.checking.constants import fold
from incentive.checking.describe import noun, unit_words, window_words
from incentive.checking.desk import Desk
from incentive.checking.gates import holding
from incentive.checking.periods import length, together, whole
from incentive.checking.places import plan_place
from incentive.checking.units import RATIO, money, same
from incentive.diagnostics import Help, Remark, Span
from incentive.language import syntax as s
from incentive.language.words import PERIODS, SETTLED, say, spelling
from incentive.quantities import FiscalYear, PeriodFormatError, PeriodKind, PeriodRangeError, show_number

_Limited = s.Bound | s.Draw | s.Hold | s.Clawback
_MOST: Final = 1_200  # periods; a hundred years of months
_LIMITS: Final = (tree.CapOver, tree.Draw, tree.FloorAt, tree.HoldBelow)


def settle(desk: Desk, items: tuple[s.Item, ...]) -> None:
    """Put the settlement of the plan on the desk, and the names of what it gives."""
    blocks = [each for each in items if isinstance(each, s.Settlement)]
    if not blocks:
        _held_for_ever(desk, frozenset())
        return
    block = blocks[0]
    for second in blocks[1:]:
        word = say("SETTLEMENT", desk.language)
        line = desk.line_of(block.span, second.span)
        desk.report(
            "E210", head_of(desk, second.span), remarks=[Remark(head_of(desk, block.span), "first")],
            name=word, first_line=line, kind=word,
        )  # fmt: skip
    before = len(desk.diagnostics)
    work = _Settling(desk)
    made = work.block(block)
    if not desk.is_broken(block.span):
        _held_for_ever(desk, work.lines)
    errors = [each for each in desk.diagnostics[before:] if each.severity == "error"]
    faulty = errors or desk.is_broken(block.span) or blocks[1:]
    desk.settlement = None if faulty else made
    desk.settled = None if faulty else tree.settled_names(made)


@define
class _Settling:
    """The steps of one settlement; what was added, and where."""

    desk: Desk
    lines: dict[str, Span] = field(factory=dict)
    targets: dict[str, list[tree.Expr]] = field(factory=dict)
    released: dict[str, Span] = field(factory=dict)

    def block(self, node: s.Settlement) -> tree.Settlement:
        """Every step, in its order."""
        steps: list[tree.SettlementStep] = []
        for clause in node.clauses:  # a clawback reads what a true-up below it is brought to
            if isinstance(clause, s.TrueUp):
                self.target(clause)
        for clause, below in zip(node.clauses, [*node.clauses[1:], None], strict=False):
            made = self.step(clause)
            if made is not None:
                meant = isinstance(below, s.Setting) and below.clause == "note"
                if not meant:
                    _order(self.desk, made, clause.span, steps)
                steps.append(made)
        adds = any(isinstance(each, s.AddLines | s.Later) for each in node.clauses)
        if not adds and not self.desk.is_broken(node.span):
            self.desk.report("E450", head_of(self.desk, node.span), add=say("ADD", self.desk.language))
        elif adds:
            self.left_out(node)
        return tree.Settlement(tuple(steps), span=node.span)

    def left_out(self, node: s.Settlement) -> None:
        """Warn of components that are neither settled nor read by a formula: nobody is ever paid them."""
        if any(isinstance(each, s.Later) for each in node.clauses):
            return
        for name, symbol in self.desk.symbols.items():
            if symbol.kind == "component" and name not in self.lines and name not in self.desk.used:
                at = head_of(self.desk, node.span)
                self.desk.report("W451", symbol.name.span, remarks=[Remark(at)], name=name)

    def step(self, clause: s.Node) -> tree.SettlementStep | None:
        match clause:
            case s.AddLines():
                return self.add(clause)
            case s.TrueUp():
                return self.trueup(clause)
            case s.Clawback():
                return self.clawback(clause)
            case s.Release():
                return self.release(clause)
            case s.Bound(clause="cap"):
                return self.cap(clause)
            case s.Bound():
                limit = self.own_limit(clause)
                return None if limit is None else tree.FloorAt(limit, clause.carry, span=clause.span)
            case s.Draw():
                return self.draw(clause)
            case s.Hold():
                limit = self.own_limit(clause)
                return None if limit is None else tree.HoldBelow(limit, clause.leaving, span=clause.span)
            case s.Later():
                later(self.desk, clause)
                return None
            case _:
                return None

    # ---- lines -------------------------------------------------------------------------------------------------------
    def add(self, clause: s.AddLines) -> tree.AddLines | None:
        fallback = None
        if clause.missing is not None:
            fallback = self.amount(clause.missing, None, say("IF MISSING", self.desk.language))
            if fallback is None:
                return None
        lines: list[tree.Expr] = []
        gates: list[tree.LineGate] = []
        for name in clause.names:
            if not self.component(name):
                continue
            first = self.lines.get(name.text)
            if first is not None:
                self.desk.report("E451", name.span, remarks=[Remark(first)], name=name.text, first_line=str(first.line))
                continue
            self.lines[name.text] = name.span
            own = whole(self.desk.header.period)
            kind = tree.Type(money(self.desk.header.currency), tree.Grain("participant", own))
            line = tree.LineValue(name.text, type=kind, span=name.span)
            lines.append(line if fallback is None else tree.IfMissing(line, fallback, type=kind, span=clause.span))
            made = self.desk.lines.get(name.text)
            gates += [tree.LineGate(name.text, each) for each in (holding(self.desk, made.line) if made else ())]
        return tree.AddLines(tuple(lines), tuple(gates), span=clause.span)

    def component(self, name: s.Name) -> bool:
        """Whether a name is that of a component; a finding where it is not."""
        symbol = self.desk.use(name)
        if symbol is None:
            self.desk.miss(name)
        elif symbol.kind != "component":
            wanted = noun("component", self.desk.language)
            kind = noun(symbol.kind, self.desk.language)
            self.desk.report("E204", name.span, name=name.text, kind=kind, wanted=wanted)
        return symbol is not None and symbol.kind == "component"

    def added(self, name: s.Name) -> bool:
        """Whether a name is that of a component that is added above; a finding where it is not."""
        known = self.component(name)
        if known and name.text not in self.lines:
            self.desk.report("E452", name.span, name=name.text, add=say("ADD", self.desk.language))
        return known

    def target(self, clause: s.TrueUp) -> None:
        symbol = self.desk.symbols.get(clause.to.text)
        if symbol is not None and symbol.kind == "let":
            path = s.Path((clause.to,), span=clause.to.span)
            made = self.desk.elaborate(path, plan_place(self.desk.header.period))
            self.targets.setdefault(clause.name.text, []).extend([] if made is None else [made])

    def trueup(self, clause: s.TrueUp) -> tree.TrueUp | None:
        desk, name = self.desk, clause.name
        known = self.added(name)
        per = self.period(clause.per)
        symbol = desk.symbols.get(clause.to.text)
        target = desk.elaborate(s.Path((clause.to,), span=clause.to.span), plan_place(desk.header.period))
        if target is None or per is None or not known:
            return None
        when = target.type.grain.when
        wanted = money(desk.header.currency)
        if not isinstance(same(target.type.unit, wanted), tree.Unit):
            got = unit_words(target.type.unit, desk.language)
            word = say("TRUEUP", desk.language)
            desk.report("E310", clause.to.span, clause=word, wanted=unit_words(wanted, desk.language), got=got)
            return None
        to_date = when is not None and when.shape == "to_date"
        if symbol is None or symbol.kind != "let" or when is None or not to_date or length(when.kind) < length(per):
            what = window_words(when, desk.language) if when is not None else unit_words(wanted, desk.language)
            let = say("LET", desk.language)
            desk.report(
                "E458", clause.to.span, remarks=[Remark(symbol.name.span)] if symbol else [],
                name=clause.to.text, got=what, per=clause.per.text, let=let,
            )  # fmt: skip
            return None
        return tree.TrueUp(name.text, self.rounded(target), when, per, span=clause.span)

    # ---- rows that are lost, and dates on which pay is due -----------------------------------------------------------
    def behind(self, name: s.Name) -> Behind | None:
        """What a component that is added above is measured from."""
        known = self.added(name)
        made = self.desk.lines.get(name.text)
        if not known or made is None or self.lines.get(name.text) is None:
            return None
        return Behind(self.desk, name, made.line, tuple(self.targets.get(name.text, ())))

    def clawback(self, clause: s.Clawback) -> tree.Clawback | None:
        desk = self.desk
        part = part_of(desk, clause.value)
        if part is None:
            return None
        behind = self.behind(part[1])
        share = self.share(part[0], say("CLAWBACK", desk.language))
        count = self.parts(clause.parts)
        most, per = None, desk.header.period
        if clause.most is not None:
            written, kind, name = scope(desk, clause.most)
            if kind is not None and kind != per and name is not None:
                self.other_period(clause, name)
            most = self.amount(written, per, say("AT MOST", desk.language))
        table = behind.table_of([clause.on]) if behind is not None else None
        if behind is None or table is None:
            return None
        on, when = behind.day(clause.on, table), behind.test(clause.condition, table)
        if clause.as_paid and not behind.can_be_shared(table, part[1]):
            return None
        if share is None or on is None or when is None or count is None or (clause.most is not None and most is None):
            return None
        return tree.Clawback(part[1].text, table, share, on, when, clause.as_paid, count, most, span=clause.span)

    def share(self, node: s.Expression, word: str) -> tree.Expr | None:
        """A percentage from 0 % to 100 %."""
        desk = self.desk
        value = desk.elaborate(node, plan_place(desk.header.period))
        if value is None:
            return None
        if value.type.unit != RATIO:
            wanted, got = noun("percentage", desk.language), unit_words(value.type.unit, desk.language)
            desk.report("E310", node.span, clause=word, wanted=wanted, got=got)
            return None
        known = fold(value)
        if known is not None and not 0 <= known <= 1:
            desk.report("E469", node.span, text=desk.text(node.span))
            return None
        return value

    def parts(self, node: s.Parts | None) -> int | None:
        """How many periods something is spread over; 1 where that is not said."""
        desk = self.desk
        if node is None:
            return 1
        kind = period_word(desk, node.period)
        if kind is None:
            return None
        number = node.number.value
        if kind == desk.header.period and not node.number.percent and number.denominator == 1 and 1 <= number <= _MOST:
            return int(number)
        period = spelling(PERIODS, desk.header.period, desk.language)
        desk.report("E467", node.span, text=desk.text(node.span), period=period, most=str(_MOST))
        return None

    def release(self, clause: s.Release) -> tree.Release | tree.Instalments | None:
        desk, name = self.desk, clause.name
        first = self.released.setdefault(name.text, clause.span)
        if first is not clause.span:
            word = f"{say('RELEASE', desk.language)} {name.text}"
            desk.report("E211", name.span, remarks=[Remark(first, "first")], clause=word, first_line=str(first.line))
        behind = self.behind(name)
        if clause.parts is not None:
            count = self.parts(clause.parts)
            if count is None or behind is None:
                return None
            return tree.Instalments(name.text, count, clause.leaving, span=clause.span)
        total = sum((each.share.value for each in clause.shares), Fraction(0))
        if total != 1 and not desk.is_broken(clause.span):
            percent = show_number(total * 100, decimal="," if desk.language == "fr" else ".")
            sign = " %" if desk.language == "fr" else "%"
            last = clause.shares[-1].share if clause.shares else name
            desk.report("E464", last.span, name=name.text, total=percent + sign)
        for each in clause.shares:
            if not 0 <= each.share.value <= 1:
                desk.report("E469", each.share.span, text=desk.text(each.share.span))
        table = behind.table_of([each.on for each in clause.shares]) if behind is not None and clause.shares else None
        if behind is None or table is None or not behind.can_be_shared(table, name):
            return None
        shares: list[tree.DueShare] = []
        for each in clause.shares:
            on = behind.day(each.on, table)
            if on is not None:
                shares.append(tree.DueShare(each.share.value, on, span=each.span))
        return tree.Release(name.text, table, tuple(shares), clause.leaving, span=clause.span)

    # ---- limits ------------------------------------------------------------------------------------------------------
    def cap(self, clause: s.Bound) -> tree.CapOver | None:
        written, _, name = scope(self.desk, clause.value)
        per = self.scoped(clause, name)
        limit = self.amount(written, per, say("CAP", self.desk.language))
        if limit is None or per is None:
            return None
        most = fold(limit)
        if most is not None and most < 0:
            self.desk.report("E405", clause.span, cap=self.desk.text(written.span))
        return tree.CapOver(limit, per, clause.carry, span=clause.span)

    def draw(self, clause: s.Draw) -> tree.Draw | None:
        desk, header = self.desk, self.desk.header
        written, _, name = scope(desk, clause.value)
        per = self.scoped(clause, name)
        if per is not None and per != header.period and name is not None:
            self.other_period(clause, name)
            per = None
        limit = self.amount(written, per, say("DRAW", desk.language))
        first, last = self.day(clause.first, at=0), self.day(clause.last, at=1)
        if first is not None and last is not None and last < first and clause.last is not None:
            desk.report("E455", clause.last.span, first=str(first), last=str(last))
            return None
        balance = say("BALANCE", desk.language)
        if clause.recoverable and clause.last is not None and clause.balance is None:
            words = [say(each, desk.language) for each in ("CARRIED", "FORGIVEN", "DUE")]
            texts = ("carried", "forgiven", "due")
            helps = [Help(text, {"text": f", {balance} {word}"}) for text, word in zip(texts, words, strict=True)]
            desk.report("E456", clause.last.span, helps=helps, last=clause.last.text)
        recovered = None if clause.recovered is None else self.day(clause.recovered, at=0)
        owed = {"BALANCE": clause.balance, "RECOVERED": clause.recovered, "LEAVING": clause.leaving}
        said = [name for name, each in owed.items() if each is not None]
        if not clause.recoverable and said:
            desk.report("E457", clause.span, balance=say(said[0], desk.language))
        if limit is None or per is None or first is None or last is None:
            return None
        if clause.recovered is not None and recovered is None:
            return None
        kept = clause.balance or "carried"
        return tree.Draw(limit, clause.recoverable, first, last, kept, recovered, clause.leaving, span=clause.span)

    def own_limit(self, clause: s.Bound | s.Hold) -> tree.Expr | None:
        """A limit that holds for each period of the plan, which need not be said."""
        written, kind, name = scope(self.desk, clause.value)
        if kind is not None and kind != self.desk.header.period and name is not None:
            self.other_period(clause, name)
            return None
        word = self.desk.text(clause.span).split()[0]
        return self.amount(written, self.desk.header.period, word)

    def other_period(self, clause: _Limited, name: s.Name) -> None:
        word = self.desk.text(clause.span).split()[0]
        period = spelling(PERIODS, self.desk.header.period, self.desk.language)
        self.desk.report("E461", name.span, step=word, word=name.text, period=period)

    def scoped(self, clause: _Limited, name: s.Name | None) -> PeriodKind | None:
        """The period of a limit, which must be said and may not be shorter than the plan's."""
        if name is None:
            step = self.desk.text(clause.span).split()[0]
            period = f"{say('PER', self.desk.language)} {spelling(PERIODS, _likely(clause), self.desk.language)}"
            text = f"{step} {self.desk.text(clause.value.span)} {period}"
            self.desk.report("E453", clause.span, helps=[Help("say", {"text": text})], step=step)
            return None
        return self.period(name)

    def period(self, name: s.Name) -> PeriodKind | None:
        found = period_word(self.desk, name)
        if found is not None and length(found) < length(self.desk.header.period):
            period = spelling(PERIODS, self.desk.header.period, self.desk.language)
            self.desk.report("E454", name.span, word=name.text, period=period)
            return None
        return found

    def amount(self, node: s.Expression, per: PeriodKind | None, word: str) -> tree.Expr | None:
        """A limit: money of the plan, over no other window than its own, rounded once."""
        desk = self.desk
        value = desk.elaborate(node, plan_place(desk.header.period))
        if value is None:
            return None
        wanted = money(desk.header.currency)
        if not isinstance(same(value.type.unit, wanted), tree.Unit):
            got = unit_words(value.type.unit, desk.language)
            desk.report("E310", node.span, clause=word, wanted=unit_words(wanted, desk.language), got=got)
            return None
        when, own = value.type.grain.when, whole(per or desk.header.period)
        if when is not None and when != whole(desk.header.period) and isinstance(together(own, when), str):
            got = window_words(when, desk.language)
            desk.report("E459", node.span, step=word, got=got, wanted=window_words(own, desk.language))
            return None
        return self.rounded(value)

    def rounded(self, value: tree.Expr) -> tree.Expr:
        """The value, rounded where it may need it."""
        header = self.desk.header
        number = value.value if isinstance(value, tree.Constant) else None
        if isinstance(number, Fraction) and (number / header.rounding_step).denominator == 1:
            return value
        return tree.Rounded(value, header.rounding_step, header.rounding, type=value.type, span=value.span)

    # ---- dates -------------------------------------------------------------------------------------------------------
    def day(self, name: s.Name | None, at: int) -> date | None:
        """The first (`at` 0) or last day of a draw: where a period of the plan begins or ends."""
        header = self.desk.header
        ends = (header.first_day, header.last_day)
        if name is None:
            return ends[at]
        year = FiscalYear(header.year_starts, header.year_named_by)
        try:
            written = name.text
            if written.count("-") == 2 and "W" not in written:
                day = date.fromisoformat(written)
            else:
                period = year.parse(written)
                day = (period.start, period.last)[at]
            own = year.period_of(header.period, day)
        except (ValueError, PeriodFormatError, PeriodRangeError):
            own, day = None, date.min
        edge = None if own is None else (own.start, own.last)[at]
        inside = own is not None and own.last >= header.first_day and own.start <= header.last_day
        if not inside or day not in {edge, ends[at]}:
            self.desk.report(
                "E460", name.span, word=name.text, first=str(ends[0]), last=str(ends[1]),
                period=spelling(PERIODS, header.period, self.desk.language),
            )  # fmt: skip
            return None
        return day


def _held_for_ever(desk: Desk, added: Iterable[str]) -> None:
    """Refuse a line that a gate holds and no settlement ever pays."""
    for name, made in desk.lines.items():
        for gate in holding(desk, made.line) if made is not None and name not in added else ():
            span = gate.span or desk.symbols[name].name.span
            desk.report("E470", span, name=name, gate=gate.name, add=say("ADD", desk.language))


def _likely(clause: _Limited) -> PeriodKind:
    return "year" if isinstance(clause, s.Bound) else "month"


def _order(desk: Desk, made: tree.SettlementStep, span: Span, above: list[tree.SettlementStep]) -> None:
    """Warn of an order that is legal and seldom meant."""
    for earlier in above:
        note = _unusual(earlier, made)
        if note and earlier.span is not None:
            step, before = (desk.text(each).split()[0] for each in (span, earlier.span))
            text = f'{say("NOTE", desk.language)} "…"'
            helps = [Help("note", {"text": text})]
            remarks = [Remark(earlier.span)]
            desk.report("W450", span, remarks=remarks, notes=[note], helps=helps, step=step, before=before)
            return


def _unusual(earlier: tree.SettlementStep, step: tree.SettlementStep) -> str:
    if isinstance(step, tree.AddLines | tree.TrueUp):
        return "escapes" if isinstance(earlier, _LIMITS) else ""
    if isinstance(earlier, tree.HoldBelow):
        return "held" if not isinstance(step, tree.HoldBelow) else ""
    if isinstance(earlier, tree.FloorAt) and isinstance(step, tree.Draw):
        return "floored"
    if isinstance(earlier, tree.CapOver) and isinstance(step, tree.Clawback):
        return "kept"
    return "capped" if isinstance(earlier, tree.Draw) and isinstance(step, tree.CapOver) else ""


def no_result(desk: Desk, name: s.Name) -> None:
    """Say that the settlement does not give a result, or that there is none."""
    words = [spelling(SETTLED, each, desk.language) for each in desk.settled or ()]
    notes = ["given" if words else "none"]
    desk.report("E462", name.span, notes=notes, name=name.text, results=", ".join(words))
