"""From the parse tree to syntax nodes: literals are read, mistakes that the grammar lets through are reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import define, evolve, field
from lark import Token, Tree

from incentive.diagnostics import Diagnostic, Edit, Help, Language, Span, finding
from incentive.language import syntax as s
from incentive.language.parser import MAX_DEPTH
from incentive.language.tokens import span_of
from incentive.quantities import NumberFormatError, is_currency, minor_digits, parse_decimal

MAX_NAME: Final = 100
MAX_TEXT: Final = 4_000
MAX_ROWS: Final = 1_000
MAX_MONEY: Final = 10**15
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_SPACES = re.compile("[ _\u00a0\u202f]")
_SIGNS: Final = {"€": "EUR", "£": "GBP", "$": "USD"}
_OTHER_SIGNS: Final = {"==": "=", "<>": "!=", "≤": "<=", "≥": ">=", "≠": "!="}
_DEEP: Final = frozenset({"parenthesised", "call", "opposite", "negate", "choose", "banded", "weighted", "every_level"})
_DEPTH_ERROR: Final = Fraction(0)

Branch = Tree[Token]


def build(tree: Branch, language: Language, path: str) -> tuple[s.File, tuple[Diagnostic, ...]]:
    """Make syntax nodes of a parse tree; findings of this step come beside them."""
    builder = _Builder(language, path)
    if builder.too_deep(tree):
        return s.File(()), tuple(builder.diagnostics)
    items = [builder.item(child) for child in tree.children if isinstance(child, Tree) and child.data != "header"]
    return s.File(tuple(each for each in items if each is not None)), tuple(builder.diagnostics)


@define
class _Builder:
    """Walks the parse tree. One method a rule; `_make` finds it by the rule's name."""

    language: Language
    path: str
    diagnostics: list[Diagnostic] = field(factory=list)

    # ---- plumbing --------------------------------------------------------------------------------------------------
    def report(self, code: str, span: Span, *, mark: str = "", helps: Sequence[Help] = (), **values: str) -> None:
        self.diagnostics.append(
            finding(
                code, self.language, span=span, mark=mark, remarks=(), helps=helps, place=None, path=self.path, **values
            )
        )

    def too_deep(self, tree: Branch) -> bool:
        """Whether expressions nest beyond the limit; looked at without recursion."""
        todo: list[tuple[Branch, int]] = [(tree, 0)]
        while todo:
            branch, depth = todo.pop()
            depth += str(branch.data) in _DEEP
            if depth > MAX_DEPTH:
                self.report("E152", self.span(branch), limit=str(MAX_DEPTH))
                return True
            todo += [(child, depth) for child in branch.children if isinstance(child, Tree)]
        return False

    def span(self, node: Branch | Token) -> Span:
        """From the first to the last visible character of a branch."""
        if isinstance(node, Token):
            return span_of(node)
        meta = node.meta
        if meta.empty:
            return Span(0, 0, 1, 1, 1, 1)
        return Span(meta.start_pos, meta.end_pos, meta.line, meta.column, meta.end_line, meta.end_column)

    def block_span(self, node: Branch) -> Span:
        """The span of an item without the line end behind it."""
        children: list[Branch | Token | None] = [*node.children]  # lark puts None for what is left out
        visible = [child for child in children if child is not None]
        first, last = visible[0], visible[-1]
        return self.span(first).to(self.span(last))

    def name(self, token: Token) -> s.Name:
        span = span_of(token)
        if len(token) > MAX_NAME:
            self.report("E155", span, limit=str(MAX_NAME))
        return s.Name(str(token), span=span)

    def text(self, token: Token | None) -> s.Text | None:
        if token is None:
            return None
        raw = str(token)
        inner = raw[1:-1] if raw.startswith('"') else raw
        if len(inner) > MAX_TEXT:
            self.report("E155", span_of(token), limit=str(MAX_TEXT))
        return s.Text(inner, span=span_of(token))

    def _text(self, token: Token) -> s.Text:
        text = self.text(token)
        assert text is not None
        return text

    def tokens(self, node: Branch, kind: str) -> list[Token]:
        return [child for child in node.children if isinstance(child, Token) and child.type == kind]

    def has(self, node: Branch, kind: str) -> bool:
        return any(isinstance(child, Token) and child.type == kind for child in node.children)

    def branches(self, node: Branch) -> list[Branch]:
        return [child for child in node.children if isinstance(child, Tree)]

    def _header(self, node: Branch) -> tuple[s.Name, s.Text | None]:
        name = self.name(self.tokens(node, "NAME")[0])
        text = self.tokens(node, "STRING")
        return name, self.text(text[0]) if text else None

    # ---- items -----------------------------------------------------------------------------------------------------
    def item(self, node: Branch) -> s.Item | None:
        make: Callable[[Branch], s.Item] | None = _ITEMS.get(str(node.data), _Builder.later).__get__(self)
        return make(node) if make else None

    def later(self, node: Branch) -> s.Later:
        keyword = next(child for child in node.children if isinstance(child, Token))
        names = self.tokens(node, "NAME")
        return s.Later(str(keyword), self.name(names[0]) if names else None, span=span_of(keyword))

    def clauses(self, node: Branch) -> tuple[Any, ...]:
        out = []
        for child in self.branches(node):
            make = _CLAUSES.get(str(child.data))
            out.append(make(self, child) if make else self.later(child))
        return tuple(out)

    def plan(self, node: Branch) -> s.PlanBlock:
        label = self._text(self.tokens(node, "STRING")[0])
        return s.PlanBlock(label, self.clauses(node), span=self.block_span(node))

    def facts(self, node: Branch) -> s.Facts:
        name, label = self._header(node)
        return s.Facts(name, label, self.clauses(node), span=self.block_span(node))

    def input(self, node: Branch) -> s.Input:
        name, label = self._header(node)
        branches = self.branches(node)
        kind = next(each for each in branches if str(each.data) in _TYPES)
        per = tuple(self.name(self.tokens(each, "NAME")[0]) for each in branches if each.data == "each_per")
        clauses = tuple(_CLAUSES[str(each.data)](self, each) for each in branches if str(each.data) in _CLAUSES)
        return s.Input(name, label, self.type(kind), per, clauses, span=self.block_span(node))

    def parameter(self, node: Branch) -> s.Parameter:
        name, label = self._header(node)
        return s.Parameter(name, label, (), self.expression(self.branches(node)[-1]), span=self.block_span(node))

    def dated_parameter(self, node: Branch) -> s.Parameter:
        name, label = self._header(node)
        return s.Parameter(name, label, self.clauses(node), None, span=self.block_span(node))

    def let(self, node: Branch) -> s.Let:
        name = self.name(self.tokens(node, "NAME")[0])
        return s.Let(name, self.expression(self._last(node)), span=self.block_span(node))

    def measure(self, node: Branch) -> s.Measure:
        name, label = self._header(node)
        return s.Measure(name, label, self.clauses(node), span=self.block_span(node))

    def scale(self, node: Branch) -> s.Scale:
        name, label = self._header(node)
        how = next(each for each in self.branches(node) if each.data == "scale_kind")
        return s.Scale(name, label, self.how(how), self.rows(node), span=self.block_span(node))

    def table(self, node: Branch) -> s.Table:
        name, label = self._header(node)
        rows = tuple(self.key_row(each) for each in self.branches(node) if each.data == "table_row")
        self.count_rows(node, len(rows))
        return s.Table(name, label, self.has(node, "KW_FIRST"), rows, span=self.block_span(node))

    def group(self, node: Branch) -> s.GroupOf:
        name, label = self._header(node)
        return s.GroupOf(name, label, self.expression(self._last(node)), span=self.block_span(node))

    def component(self, node: Branch) -> s.Component:
        name, label = self._header(node)
        return s.Component(name, label, self.clauses(node), span=self.block_span(node))

    def gate(self, node: Branch) -> s.Gate:
        name, label = self._header(node)
        return s.Gate(name, label, self.clauses(node), span=self.block_span(node))

    def split(self, node: Branch) -> s.Split:
        name, label = self._header(node)
        return s.Split(name, label, self.clauses(node), span=self.block_span(node))

    def scorecard(self, node: Branch) -> s.Scorecard:
        name, label = self._header(node)
        return s.Scorecard(name, label, self.clauses(node), span=self.block_span(node))

    def example(self, node: Branch) -> s.Example:
        return s.Example(self._text(self.tokens(node, "STRING")[0]), self.clauses(node), span=self.block_span(node))

    def settlement(self, node: Branch) -> s.Settlement:
        out: list[Any] = []
        for child in self.branches(node):
            make = _STEPS.get(str(child.data))
            out.append(make(self, child) if make else self.later(child))
        return s.Settlement(tuple(out), span=self.block_span(node))

    def use(self, node: Branch) -> s.Use:
        return s.Use(self._text(self.tokens(node, "STRING")[0]), span=self.block_span(node))

    def amends(self, node: Branch) -> s.Amends:
        day = self.day(self.tokens(node, "DATE")[0])
        return s.Amends(self._text(self.tokens(node, "STRING")[0]), day, span=self.block_span(node))

    def replace(self, node: Branch) -> s.Replace | None:
        item = self.item(self._last(node))
        return None if item is None else s.Replace(item, span=self.span(self.tokens(node, "KW_REPLACE")[0]))

    def remove(self, node: Branch) -> s.Remove:
        return s.Remove(self.name(self.tokens(node, "NAME")[0]), span=self.block_span(node))

    def _last(self, node: Branch) -> Branch:
        return self.branches(node)[-1]

    # ---- clauses ---------------------------------------------------------------------------------------------------
    def setting(self, node: Branch) -> s.Setting:
        value = node.children[-1]
        assert isinstance(value, Token)
        clause = {"cadence": "period"}.get(str(node.data), str(node.data))
        inner = self._text(value) if value.type == "STRING" else self.name(value)
        return s.Setting(clause, inner, span=self.span(node))  # type: ignore[arg-type]

    def presence(self, node: Branch) -> s.PresenceBy:
        written = [child for child in node.children if isinstance(child, Token)][2:]
        named = {"KW_CALENDAR_DAYS": "calendar", "KW_WORKING_DAYS": "working"}.get(written[0].type)
        joined = ("" if written[-1].type == "NUMBER" else " ").join(written)
        return s.PresenceBy(named or joined, span_of(written[0]).to(span_of(written[-1])), span=self.span(node))

    def effective(self, node: Branch) -> s.Effective:
        days = [self.day(token) for token in self.tokens(node, "DATE")]
        return s.Effective(days[0], days[1] if len(days) > 1 else None, span=self.span(node))

    def covers(self, node: Branch) -> s.Covers:
        return s.Covers(self.expression(self._last(node)), span=self.span(node))

    def rounding(self, node: Branch) -> s.Rounding:
        branches = self.branches(node)
        step = self.expression(branches[0]) if branches else None
        mode = self.name(self.tokens(node, "NAME")[0])
        return s.Rounding(mode, step if isinstance(step, s.Amount) else None, span=self.span(node))

    def year_starts(self, node: Branch) -> s.YearStarts:
        token = self.tokens(node, "MONTHDAY")[0]
        names = self.tokens(node, "NAME")
        month, day = (int(part) for part in token.split("-"))
        return s.YearStarts(month, day, self.name(names[0]) if names else None, span=self.span(node))

    def field(self, node: Branch) -> s.Field:
        kind = self.branches(node)[0]
        name = self.name(self.tokens(node, "NAME")[0])
        optional, prorated = self.has(node, "KW_OPTIONAL"), self.tokens(node, "KW_PRORATED")
        part = span_of(prorated[0]) if prorated else None
        return s.Field(self.has(node, "KW_KEY"), name, self.type(kind), optional, part, span=self.span(node))

    def type(self, node: Branch) -> s.ChoiceType | s.NamedType:
        names = [self.name(token) for token in self.tokens(node, "NAME")]
        if node.data == "choice_type":
            return s.ChoiceType(tuple(names), span=self.span(node))
        return s.NamedType(names[0], names[1] if len(names) > 1 else None, span=self.span(node))

    def must(self, node: Branch) -> s.Must:
        bounds = tuple(self.expression(each) for each in self.branches(node))
        signs = [child for child in node.children if isinstance(child, Token) and child.type in {"COMPARISON", "EQUAL"}]
        operator: Any = self.sign(signs[0]) if signs else "within"
        return s.Must(operator, bounds, span=self.span(node))

    def additive(self, node: Branch) -> s.Additive:
        branches = self.branches(node)
        return s.Additive(self.expression(branches[0]) if branches else None, span=self.span(node))

    def prorated(self, node: Branch) -> s.Prorated:
        return s.Prorated(span=self.span(node))

    def phased(self, node: Branch) -> s.Phased:
        return s.Phased(tuple(self.number(token) for token in self.tokens(node, "PERCENT")), span=self.span(node))

    def since(self, node: Branch) -> s.Since:
        return s.Since(self.day(self.tokens(node, "DATE")[0]), self.expression(self._last(node)), span=self.span(node))

    def aggregate(self, node: Branch) -> s.Aggregate:
        keyword = next(child for child in node.children if isinstance(child, Token))
        how: Any = {
            "KW_SUM": "sum",
            "KW_COUNT": "count",
            "KW_AVERAGE": "average",
            "KW_MIN": "min",
            "KW_MAX": "max",
        }[keyword.type]
        if self.has(node, "KW_DISTINCT"):
            how = "count_distinct"
        return s.Aggregate(how, self.expression(self._last(node)), span=self.span(node))

    def where(self, node: Branch) -> s.Where:
        return s.Where(self.expression(self._last(node)), span=self.span(node))

    def dated(self, node: Branch) -> s.Dated:
        return s.Dated(self.expression(self._last(node)), span=self.span(node))

    def dated_each(self, node: Branch) -> s.Dated:
        start, *until = self.branches(node)
        every = self.name(self.tokens(node, "NAME")[0])
        end = self.expression(until[0]) if until else None
        return s.Dated(self.expression(start), every, end, self.parts(node), span=self.span(node))

    def credit(self, node: Branch) -> s.Credit:
        branches = self.branches(node)
        through = next((each for each in branches if each.data == "through"), None)
        above, overlay = self.climbs(node)
        to = self.through(through) if through else None
        return s.Credit(self.path_of(branches[0]), to, above, overlay, span=self.span(node))

    def climbs(self, node: Branch) -> tuple[s.Above | None, bool]:
        """Whether credit climbs the hierarchy, and whether it may pass the whole."""
        found = {each.data: each for each in self.branches(node)}
        above = found.get("above")
        return None if above is None else s.Above(span=self.span(above)), "overlay" in found

    def through(self, node: Branch) -> s.Through:
        found = {each.data: self.path_of(self._last(each)) for each in self.branches(node) if each.data != "path"}
        by = tuple(self.path_of(each) for each in self.branches(node) if each.data == "path")
        return s.Through(by, found.get("first_by"), found.get("share_by"), span=self.span(node))

    def show(self, node: Branch) -> s.Show:
        return s.Show(tuple(self.path_of(each) for each in self.branches(node)), span=self.span(node))

    def pay(self, node: Branch) -> s.Pay:
        value, *rest = (each for each in self.branches(node) if each.data != "each")
        shared = self.shared(rest[0]) if rest else None
        return s.Pay(self.expression(value), shared, self.has_each(node), span=self.span(node))

    def has_each(self, node: Branch) -> bool:
        return any(each.data == "each" for each in self.branches(node))

    def shared(self, node: Branch) -> s.Shared:
        parts = [self.expression(each) for each in self.branches(node)]
        by = None if self.has(node, "KW_EQUALLY") else parts.pop(0)
        among = self.name(self.tokens(node, "NAME")[-1])
        return s.Shared(among, by, parts[0] if parts else None, span=self.span(node))

    def accumulate(self, node: Branch) -> s.Accumulate:
        return s.Accumulate(self.name(self.tokens(node, "NAME")[0]), span=self.span(node))

    def limit(self, node: Branch) -> s.Limit | s.Later:
        extra = next((each for each in self.branches(node) if each.data in {"excess", "shortfall"}), None)
        if extra is not None:
            return self.later(extra)
        dated = next((token for token in self.tokens(node, "KW_FROM") + self.tokens(node, "KW_UNTIL")), None)
        if dated is not None:
            return s.Later(str(dated), span=span_of(dated))
        clause: Any = str(node.data)
        value = self.expression(self.branches(node)[0])
        return s.Limit(clause, value, self.has_each(node), span=self.span(node))

    def when(self, node: Branch) -> s.When:
        return s.When(self.expression(self._last(node)), span=self.span(node))

    def gated(self, node: Branch) -> s.GatedBy:
        return s.GatedBy(tuple(self.name(token) for token in self.tokens(node, "NAME")), span=self.span(node))

    def stacked(self, node: Branch) -> s.Stacked:
        return s.Stacked(tuple(self.path_of(each) for each in self.branches(node)), span=self.span(node))

    def require(self, node: Branch) -> s.Require:
        return s.Require(self.expression(self._last(node)), span=self.span(node))

    def otherwise(self, node: Branch) -> s.Otherwise:
        branches = self.branches(node)
        value = self.expression(branches[-1]) if branches else None
        return s.Otherwise(value, self.has(node, "KW_HOLD"), span=self.span(node))

    def shares(self, node: Branch) -> s.Shares:
        branches = self.branches(node)
        condition = self.expression(branches[0]) if node.data == "split_when" else None
        shares = tuple(self.share(each) for each in branches if each.data == "share")
        return s.Shares(condition, shares, span=self.block_span(node))

    def share(self, node: Branch) -> s.Share:
        first, *rest = [child for child in node.children if isinstance(child, Token)]
        part = self.number(first)
        if first.type == "NUMBER":
            below = self.number(rest[1])
            if not below.value:
                self.report("E110", span_of(first).to(span_of(rest[1])), word=f"{first}/{rest[1]}")
            value = part.value / (below.value or 1)
            part = s.Number(value, percent=False, span=span_of(first).to(span_of(rest[1])))
        label = self.tokens(node, "STRING")
        return s.Share(
            part, self.path_of(self._last(node)), self.text(label[0]) if label else None, span=self.span(node)
        )

    def by_split(self, node: Branch) -> s.BySplit:
        above, overlay = self.climbs(node)
        return s.BySplit(self.name(self.tokens(node, "NAME")[0]), above, overlay, span=self.span(node))

    def rated(self, node: Branch) -> s.Rated:
        low, high = (self.number(token) for token in self.tokens(node, "NUMBER"))
        per = tuple(self.name(self.tokens(each, "NAME")[0]) for each in self.branches(node))
        return s.Rated(low, high, per, span=self.span(node))

    def criterion(self, node: Branch) -> s.Criterion:
        weight = self.number(self.tokens(node, "PERCENT")[0])
        name, label = self._header(node)
        return s.Criterion(weight, name, label, span=self.span(node))

    def unrated(self, node: Branch) -> s.Unrated:
        token = node.children[-1]
        assert isinstance(token, Token)
        return s.Unrated(self.name(token), span=self.span(node))

    def given(self, node: Branch) -> s.Given:
        path, *rest = self.branches(node)
        window = next((each for each in rest if str(each.data) in _WINDOWS), None)
        whose = next((each for each in rest if each.data == "whose"), None)
        value = rest[-1]
        return s.Given(
            self.path_of(path),
            self.window(window) if window else None,
            self.text(self.tokens(whose, "STRING")[0]) if whose else None,
            None if value.data == "missing_cell" else self.expression(value),
            span=self.span(node),
        )

    def expect(self, node: Branch) -> s.Expect:
        path, *rest = self.branches(node)
        whose = next((each for each in rest if each.data == "whose"), None)
        value = None if node.data == "expect_pending" else self.expression(rest[-1])
        return s.Expect(
            self.path_of(path),
            self.text(self.tokens(whose, "STRING")[0]) if whose else None,
            value,
            span=self.span(node),
        )

    def on(self, node: Branch) -> s.On:
        token = node.children[-1]
        assert isinstance(token, Token)
        return s.On(s.Name(str(token), span=span_of(token)), span=self.span(node))

    def example_rows(self, node: Branch) -> s.Rows:
        kind: Any = {"given_rows": "given", "cases": "cases", "timeline": "timeline"}[str(node.data)]
        names = self.tokens(node, "NAME")
        rows = tuple(tuple(self.cell(each) for each in self.branches(row)) for row in self.branches(node))
        self.count_rows(node, len(rows))
        return s.Rows(kind, self.name(names[0]) if names else None, rows, span=self.block_span(node))

    def cell(self, node: Branch) -> s.Cell:
        if node.data == "missing_cell":
            return s.Cell(None, span=self.span(node))
        if node.data == "word_cell":
            token = self.branches(node) or node.children
            word = s.Name(str(token[0]), span=self.span(node))
            return s.Cell(s.Path((word,), span=word.span), span=word.span)
        if node.data in {"any_cell", "from_cell"}:
            return s.Cell(self.later(node), span=self.span(node))
        return s.Cell(self.expression(node), span=self.span(node))

    def key_row(self, node: Branch) -> s.KeyRow:
        return s.KeyRow(tuple(self.key(each) for each in self.branches(node)), span=self.span(node))

    def key(self, node: Branch) -> s.Key:
        if node.data == "any_cell":
            return s.Key("any", None, span=self.span(node))
        if node.data == "from_cell":
            how: Any = "from" if self.has(node, "KW_FROM") else "above"
            return s.Key(how, self.expression(self._last(node)), span=self.span(node))
        if node.data == "missing_cell":
            return s.Key("missing", None, span=self.span(node))
        return s.Key("is", self.cell(node).value, span=self.span(node))

    def how(self, node: Branch) -> Any:  # noqa: ANN401 - a Literal, by the grammar
        token = node.children[0]
        assert isinstance(token, Token)
        return token.type.removeprefix("KW_").lower()

    def rows(self, node: Branch) -> tuple[s.Row, ...]:
        rows: list[s.Row] = []
        for each in self.branches(node):
            if each.data == "row":
                rows.append(self.row(each))
            elif each.data == "note" and rows:
                rows[-1] = evolve(rows[-1], noted=True)
        self.count_rows(node, len(rows))
        return tuple(rows)

    def count_rows(self, node: Branch, count: int) -> None:
        if count > MAX_ROWS:
            self.report("E156", self.block_span(node), limit=str(MAX_ROWS))

    def row(self, node: Branch) -> s.Row:
        keyword = node.children[0]
        assert isinstance(keyword, Token)
        bound, value = (self.expression(each) for each in self.branches(node))
        kind: Any = keyword.type.removeprefix("KW_").lower()
        return s.Row(kind, bound, value, span=self.span(node))

    # ---- steps of a settlement -------------------------------------------------------------------------------------
    def add_lines(self, node: Branch) -> s.AddLines:
        branches = self.branches(node)
        names = tuple(self.name(token) for token in self.tokens(node, "NAME"))
        return s.AddLines(names, self.expression(branches[0]) if branches else None, span=self.span(node))

    def trueup(self, node: Branch) -> s.TrueUp:
        name, to, per = (self.name(token) for token in self.tokens(node, "NAME"))
        return s.TrueUp(name, to, per, span=self.span(node))

    def bound(self, node: Branch) -> s.Bound | s.Later:
        value, *extra = self.branches(node)
        other = next((each for each in extra if each.data not in {"excess", "shortfall"}), None)
        if other is not None:
            return self.later(other)
        dated = next((token for token in self.tokens(node, "KW_FROM") + self.tokens(node, "KW_UNTIL")), None)
        if dated is not None:
            return s.Later(str(dated), span=span_of(dated))
        clause: Any = str(node.data)
        return s.Bound(clause, self.expression(value), bool(extra), span=self.span(node))

    def draw(self, node: Branch) -> s.Draw:
        value, *extra = self.branches(node)
        balance: Any = None
        recovered: s.Name | None = None
        for each in extra:
            last = [child for child in each.children if isinstance(child, Token)][-1]
            if each.data == "recovered":
                recovered = self.name(last)
            elif each.data == "balance":
                balance = last.type.removeprefix("KW_").lower()
        days: dict[str, s.Name] = {}
        side = ""
        for child in node.children:
            if isinstance(child, Token):
                if child.type in _DAYS:
                    days[side] = self.name(child)
                side = child.type
        return s.Draw(
            self.expression(value),
            self.has(node, "KW_RECOVERABLE"),
            days.get("KW_FROM"),
            days.get("KW_UNTIL"),
            recovered,
            balance,
            self.leaving(node),
            span=self.span(node),
        )

    def hold_below(self, node: Branch) -> s.Hold:
        return s.Hold(self.expression(self.branches(node)[0]), self.leaving(node), span=self.span(node))

    def leaving(self, node: Branch) -> Any:  # noqa: ANN401 - of the words that the grammar takes there
        """What becomes of a balance when somebody leaves."""
        said = next((each for each in self.branches(node) if each.data in {"held_leaving", "owed_leaving"}), None)
        if said is None:
            return None
        word = [child for child in said.children if isinstance(child, Token)][-1]
        return word.type.removeprefix("KW_").lower()

    def clawback(self, node: Branch) -> s.Clawback:
        value, path, condition, *most = self.branches(node)
        on = self.path_of(path)
        return s.Clawback(
            self.expression(value),
            on,
            self.expression(condition),
            self.has(node, "KW_PAID"),
            self.parts(node),
            self.expression(most[0]) if most else None,
            span=self.span(node),
        )

    def release(self, node: Branch) -> s.Release:
        name = self.name(self.tokens(node, "NAME")[0])
        shares = tuple(
            s.DueShare(
                self.number(self.tokens(each, "PERCENT")[0]), self.expression(self._last(each)), span=self.span(each)
            )
            for each in self.branches(node)
            if each.data == "release_share"
        )
        return s.Release(name, shares, None, self.leaving(node), span=self.span(node))

    def instalments(self, node: Branch) -> s.Release:
        name = self.name(self.tokens(node, "NAME")[0])
        return s.Release(name, (), self.parts(node), self.leaving(node), span=self.span(node))

    def parts(self, node: Branch) -> s.Parts | None:
        number = self.tokens(node, "NUMBER")
        if not number:
            return None
        period = self.tokens(node, "NAME")[-1]
        return s.Parts(self.number(number[0]), self.name(period), span=self.span(number[0]).to(self.span(period)))

    # ---- expressions -----------------------------------------------------------------------------------------------
    def expression(self, node: Branch) -> s.Expression:
        make = _EXPRESSIONS.get(str(node.data))
        return make(self, node) if make else self.later(node)

    def number_node(self, node: Branch) -> s.Number:
        token = node.children[0]
        assert isinstance(token, Token)
        return self.number(token)

    def number(self, token: Token) -> s.Number:
        percent = token.type == "PERCENT"
        value = self.figure(token)
        return s.Number(value / 100 if percent else value, percent, span=span_of(token))

    def figure(self, token: Token, unit: str = "") -> Fraction:
        """The value of a numeral, by the habits of the plan's language."""
        written = _SPACES.sub("", str(token).rstrip("%").rstrip())
        own, other = (",", ".") if self.language == "fr" else (".", ",")
        marks = sum(char in ".," for char in written)
        try:
            if marks == 1 and other in written:
                self.other_mark(token, written, own, other, unit)
            elif marks == 1 and unit and _thousand_like(written, own, unit):
                whole, decimals = written.split(own)
                self.two_readings(token, whole, decimals, own, unit)
            return Fraction(parse_decimal(written.replace(",", ".")))
        except NumberFormatError as error:
            code = "E154" if error.reason == "range" else "E110"
            self.report(code, span_of(token), word=_short(str(token)))
            return Fraction(0)

    def other_mark(self, token: Token, written: str, own: str, other: str, unit: str) -> None:
        span = span_of(token)
        whole, decimals = written.split(other)
        tail = ("\u00a0%" if self.language == "fr" else "%") if token.type == "PERCENT" else unit
        as_decimal = f"{whole}{own}{decimals}{tail}"
        if len(decimals) == 3 and whole.strip("0"):
            self.two_readings(token, whole, decimals, own, tail)
        else:
            helps = [Help("replace", {"reading": as_decimal}, (Edit(span, f"{whole}{own}{decimals}"),), safe=True)]
            if self.language == "en" and not tail:
                helps.append(Help("separate"))
            self.report("E124", span, word=str(token), helps=helps)

    def two_readings(self, token: Token, whole: str, decimals: str, own: str, tail: str) -> None:
        """Three digits behind a mark: thousands or decimals, and only the author knows.

        Money in decimals is written with another number of them, so that what the help offers is read in one way.
        """
        clear = decimals
        if tail.startswith(" "):
            clear = decimals[:-1] if decimals.endswith("0") else f"{decimals}0"
        span = span_of(token)
        as_thousands, as_decimal = f"{whole} {decimals}{tail}", f"{whole}{own}{clear}{tail}"
        helps = [
            Help("thousands", {"reading": as_thousands}, (Edit(span, f"{whole} {decimals}"),)),
            Help("decimals", {"reading": as_decimal}, (Edit(span, f"{whole}{own}{clear}"),)),
        ]
        word = f"{token}{tail}" if tail.startswith(" ") else str(token)
        self.report("E112", span, mark="rule", word=word, first=as_thousands, second=as_decimal, helps=helps)

    def money(self, node: Branch) -> s.Amount:
        amount, unit = node.children
        assert isinstance(amount, Token)
        assert isinstance(unit, Token)
        currency = str(unit)
        if unit.type == "SYMBOL":
            currency = _SIGNS[currency]
            edit = Edit(span_of(unit), f" {currency}")
            self.report("E114", span_of(unit), word=str(unit), own=currency, helps=[Help("replace", edits=(edit,))])
        value = self.figure(amount, f" {currency}")
        if value >= MAX_MONEY:
            self.report("E154", span_of(amount), word=_short(str(amount)))
        return s.Amount(value, currency, span=self.span(node))

    def quantity(self, node: Branch) -> s.Quantity:
        number, *words = node.children
        assert isinstance(number, Token)
        names = tuple(self.name(word) for word in words if isinstance(word, Token))
        if names and names[0].span.start == number.end_pos:
            self.report("E110", self.span(node), word=_short(f"{number}{names[0].text}"))
        return s.Quantity(self.figure(number), names, span=self.span(node))

    def day(self, token: Token) -> s.Day:
        span = span_of(token)
        try:
            value = date.fromisoformat(str(token))
        except ValueError:
            value = date.min
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            self.report("E116", span, word=str(token))
            value = date(_FIRST_YEAR, 1, 1)
        return s.Day(value, span=span)

    def date(self, node: Branch) -> s.Day:
        token = node.children[0]
        assert isinstance(token, Token)
        return self.day(token)

    def period(self, node: Branch) -> s.PeriodName:
        return s.PeriodName(str(node.children[0]), span=self.span(node))

    def text_node(self, node: Branch) -> s.Text:
        token = node.children[0]
        assert isinstance(token, Token)
        return self._text(token)

    def truth(self, node: Branch) -> s.Truth:
        return s.Truth(node.data == "yes", span=self.span(node))

    def path_of(self, node: Branch) -> s.Path:
        return s.Path(tuple(self.name(token) for token in self.tokens(node, "NAME")), span=self.span(node))

    def call(self, node: Branch) -> s.Call:
        arguments = tuple(self.expression(each) for each in self.branches(node))
        return s.Call(self.name(self.tokens(node, "NAME")[0]), arguments, span=self.span(node))

    def parenthesised(self, node: Branch) -> s.Group:
        return s.Group(self.expression(self._last(node)), span=self.span(node))

    def sum(self, node: Branch) -> s.Sum:
        terms = tuple(self.expression(each) for each in self.branches(node))
        signs = [child.type == "MINUS" for child in node.children if isinstance(child, Token)]
        return s.Sum(terms, (False, *signs), span=self.span(node))

    def product(self, node: Branch) -> s.Product:
        first, *rest = self.branches(node)
        return s.Product(self.expression(first), tuple(self.factor(each) for each in rest), span=self.span(node))

    def factor(self, node: Branch) -> s.Binary | s.Banded | s.Ranked | s.Weights | s.Later:
        data = str(node.data)
        if data in {"times", "divided", "of", "per"}:
            operator: Any = data
            return s.Binary(operator, self.expression(self._last(node)), span=self.span(node))
        if data == "banded":
            return s.Banded(self.how(self.branches(node)[0]), self.rows(node), span=self.span(node))
        if data == "every_level":
            return s.Banded("every_level", self.rows(node), span=self.span(node))
        if data == "ranked":
            return self.ranked(node)
        if data == "weighted":
            parts = tuple(self.weight(each) for each in self.branches(node))
            return s.Weights(parts, span=self.span(node))
        return self.later(node)

    def ranked(self, node: Branch) -> s.Ranked:
        where = next((each for each in self.branches(node) if each.data not in {"row", "note"}), None)
        among = self.name(self.tokens(node, "NAME")[0])
        condition = None if where is None else self.expression(where)
        return s.Ranked(among, condition, self.rows(node), span=self.span(node))

    def weight(self, node: Branch) -> s.Weight:
        label = self.tokens(node, "STRING")
        return s.Weight(
            self.number(self.tokens(node, "PERCENT")[0]),
            self.expression(self._last(node)),
            self.text(label[0]) if label else None,
            span=self.span(node),
        )

    def negative(self, node: Branch) -> s.Negative:
        return s.Negative(self.expression(self._last(node)), span=self.span(node))

    def logic(self, node: Branch) -> s.Logic:
        operator: Any = str(node.data)
        return s.Logic(operator, tuple(self.expression(each) for each in self.branches(node)), span=self.span(node))

    def opposite(self, node: Branch) -> s.Not:
        return s.Not(self.expression(self._last(node)), span=self.span(node))

    def compared(self, node: Branch) -> s.Compared:
        left, right = self.branches(node)
        sign = next(child for child in node.children if isinstance(child, Token))
        return s.Compared(self.sign(sign), self.expression(left), self.expression(right), span=self.span(node))

    def sign(self, token: Token) -> s.Comparison:
        written = str(token)
        own: Any = _OTHER_SIGNS.get(written, written)
        if written in {"==", "<>"}:
            edit = Edit(span_of(token), own)
            self.report(
                "E123", span_of(token), word=written, own=own, helps=[Help("replace", edits=(edit,), safe=True)]
            )
        result: s.Comparison = own
        return result

    def is_(self, node: Branch) -> s.Is:
        left, *options = (self.expression(each) for each in self.branches(node))
        return s.Is(left, self.has(node, "KW_NOT"), tuple(options), span=self.span(node))

    def is_missing(self, node: Branch) -> s.Missing:
        return s.Missing(self.expression(self.branches(node)[0]), self.has(node, "KW_NOT"), span=self.span(node))

    def within(self, node: Branch) -> s.Within:
        later, quantity, earlier = self.branches(node)
        return s.Within(self.expression(later), self.quantity(quantity), self.expression(earlier), span=self.span(node))

    def coalesced(self, node: Branch) -> s.Fallback:
        return s.Fallback(tuple(self.expression(each) for each in self.branches(node)), span=self.span(node))

    def choose(self, node: Branch) -> s.If:
        parts = [self.expression(each) for each in self.branches(node)]
        return s.If(tuple(parts[:-1:2]), tuple(parts[1:-1:2]), parts[-1], span=self.span(node))

    def windowed(self, node: Branch) -> s.Over:
        value, window = self.branches(node)
        return s.Over(self.expression(value), self.window(window), span=self.span(node))

    def window(self, node: Branch) -> s.Window:
        shape: Any = str(node.data).removeprefix("window_")
        names = [self.name(token) for token in self.tokens(node, "NAME")]
        numbers = self.tokens(node, "NUMBER")
        count = self.figure(numbers[0]) if numbers else Fraction(1)
        if count.denominator != 1 or not 0 < count <= MAX_ROWS:
            self.report("E110", span_of(numbers[0]), word=str(numbers[0]))
            count = Fraction(1)
        return s.Window(shape, names[0], int(count), names[1] if len(names) > 1 else None, span=self.span(node))

    def convert(self, node: Branch) -> s.Converted:
        value, *rest = self.branches(node)
        known = next((each for each in rest if each.data == "known"), None)
        rate = next((each for each in rest if each.data != "known"), None)
        return s.Converted(
            self.expression(value),
            self.name(self.tokens(node, "NAME")[0]),
            self.expression(rate) if rate is not None else None,
            self.known(known) if known is not None else None,
            span=self.span(node),
        )

    def known(self, node: Branch) -> s.Known:
        count = self.figure(self.tokens(node, "NUMBER")[0])
        return s.Known(count, self.name(self.tokens(node, "NAME")[0]), span=self.span(node))

    def dated_value(self, node: Branch) -> s.OnDay:
        value, day = self.branches(node)
        return s.OnDay(self.expression(value), self.expression(day), span=self.span(node))


def _thousand_like(written: str, own: str, unit: str) -> bool:
    """Whether an amount has three digits behind the mark, one more than its currency is paid in."""
    whole, _, decimals = written.partition(own)
    currency = unit.strip()
    return len(decimals) == 3 and bool(whole.strip("0")) and is_currency(currency) and minor_digits(currency) < 3


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "…"


_TYPES: Final = frozenset({"choice_type", "money_type", "named_type"})
_WINDOWS: Final = frozenset({"window_whole", "window_to_date", "window_last", "window_previous", "window_same_last"})
_ITEMS: Final[dict[str, Any]] = {
    name: getattr(_Builder, name)
    for name in [
        "plan",
        "facts",
        "input",
        "parameter",
        "dated_parameter",
        "let",
        "measure",
        "scale",
        "table",
        "group",
        "gate",
        "split",
        "scorecard",
        "component",
        "example",
        "settlement",
        "use",
        "amends",
        "replace",
        "remove",
    ]
}
_DAYS: Final = frozenset({"DATE", "MONTH", "QUARTER", "PERIODLIT"})
_STEPS: Final[dict[str, Any]] = {
    "add_lines": _Builder.add_lines,
    "trueup": _Builder.trueup,
    "cap": _Builder.bound,
    "floor": _Builder.bound,
    "draw": _Builder.draw,
    "hold_below": _Builder.hold_below,
    "clawback": _Builder.clawback,
    "release": _Builder.release,
    "instalments": _Builder.instalments,
    **dict.fromkeys(("note", "source"), _Builder.setting),
}
_CLAUSES: Final[dict[str, Any]] = {
    **dict.fromkeys(("currency", "cadence", "timezone", "note", "source", "month_end"), _Builder.setting),
    **{
        name: getattr(_Builder, name)
        for name in [
            "effective",
            "covers",
            "rounding",
            "year_starts",
            "presence",
            "field",
            "must",
            "additive",
            "prorated",
            "phased",
            "since",
            "aggregate",
            "dated_each",
            "where",
            "dated",
            "credit",
            "show",
            "pay",
            "accumulate",
            "when",
            "gated",
            "stacked",
            "require",
            "otherwise",
            "by_split",
            "rated",
            "criterion",
            "unrated",
            "given",
            "expect",
            "on",
        ]
    },
    "split_when": _Builder.shares,
    "split_otherwise": _Builder.shares,
    "expect_pending": _Builder.expect,
    "cap": _Builder.limit,
    "floor": _Builder.limit,
    "local": _Builder.let,
    "given_rows": _Builder.example_rows,
    "cases": _Builder.example_rows,
    "timeline": _Builder.example_rows,
}
_EXPRESSIONS: Final[dict[str, Any]] = {
    "number": _Builder.number_node,
    "percent": _Builder.number_node,
    "money": _Builder.money,
    "quantity": _Builder.quantity,
    "date": _Builder.date,
    "period": _Builder.period,
    "text": _Builder.text_node,
    "yes": _Builder.truth,
    "no": _Builder.truth,
    "path": _Builder.path_of,
    "call": _Builder.call,
    "parenthesised": _Builder.parenthesised,
    "sum": _Builder.sum,
    "product": _Builder.product,
    "negate": _Builder.negative,
    "or": _Builder.logic,
    "and": _Builder.logic,
    "opposite": _Builder.opposite,
    "compare": _Builder.compared,
    "is": _Builder.is_,
    "is_one_of": _Builder.is_,
    "is_missing": _Builder.is_missing,
    "within": _Builder.within,
    "coalesced": _Builder.coalesced,
    "choose": _Builder.choose,
    "windowed": _Builder.windowed,
    "convert": _Builder.convert,
    "dated_value": _Builder.dated_value,
}
