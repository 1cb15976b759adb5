"""Which values may be negative, and through what.

A subtraction may, unless its conditions say which side is the larger; a product may where one of its factors may. Facts
are another matter: a credit note is a negative amount, and asking whether anything may be turned by one is a question
of its own.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field

from incentive import tree
from incentive.checking.constants import fold
from incentive.checking.desk import Desk
from incentive.checking.ranges import range_of

Pair = tuple[tree.Expr, tree.Expr]  # the first is at least the second


@define
class Signs:
    """What may make a value negative; None where nothing does.

    Attributes:
        returns: Whether money of facts may be negative too, as that of a credit note is.
    """

    desk: Desk
    returns: bool = False
    found: dict[tuple[str, frozenset[Pair]], tree.Expr | None] = field(factory=dict)  # of definitions, each once
    lines: dict[str, tree.Expr | None] = field(factory=dict)  # of components, the same

    def negative(self, node: tree.Expr, known: frozenset[Pair] = frozenset()) -> tree.Expr | None:
        """The subtraction, or the figure, through which a value may be negative."""
        if any(each == node and self._is_not(least) for each, least in known):
            return None
        match node:
            case tree.Add(terms=terms):
                return self._sum(node, terms, known)
            case tree.Negate(value=value):
                return None if fold(value) == 0 else node
            case tree.Multiply(left=left, right=right) | tree.Divide(left=left, right=right):
                return self._any((left, right), known)
            case tree.Least(terms=terms):
                return self._any(terms, known)
            case tree.Greatest(terms=terms):
                parts = [self.negative(each, known) for each in terms]
                return None if None in parts else parts[0]
            case tree.Rounded(value=value) | tree.Increase(value=value) | tree.Gated(value=value):
                return self.negative(value, known)
            case tree.Cap(value=value, limit=limit):
                return self._any((value, limit), known)
            case tree.When(condition=condition, value=value):
                return self.negative(value, known | _told(condition))
            case tree.Choose(branches=branches, otherwise=otherwise):
                for branch in branches:
                    found = self.negative(branch.value, known | _told(branch.condition))
                    if found is not None:
                        return found
                    known = known | _denied(branch.condition)
                return self.negative(otherwise, known)
            case tree.IfMissing(value=value, fallback=fallback):
                return self._any((value, fallback), known)
            case tree.Tiers():
                return self._tiers(node, known)
            case tree.Lookup(rows=rows):
                return self._any(tuple(each.value for each in rows), known)
            case tree.Ranking(prizes=prizes):
                return self._any(tuple(each.value for each in prizes), known)
            case tree.Each(value=value) | tree.Stacked(value=value):
                return self.negative(value, known)
            case tree.Shared(pool=pool):
                return self.negative(pool, known)
            case tree.Weighted(base=base, parts=parts):
                return self._any((base, *(each.value for each in parts)), known)
            case tree.LetValue(name=name):
                if (name, known) not in self.found:
                    made = self.desk.lets.get(name)
                    self.found[name, known] = None if made is None else self.negative(made.value, known)
                return self.found[name, known]
            case tree.MeasureValue(name=name) | tree.FactPart(name=name) if self.returns:
                return node if self._measured(name) is not None else None
            case tree.FieldValue(type=kind) if self.returns and kind.unit.kind == "money":
                return node
            case tree.LineValue(component=name) if self.returns:
                if name not in self.lines:
                    line = self.desk.lines.get(name)
                    self.lines[name] = None if line is None else self.negative(line.line)
                return self.lines[name]
            case tree.Floor(value=value, limit=limit) if self.returns:
                return None if self._is_not(limit) else self.negative(value, known)
            case tree.Constant(value=Fraction() as value):
                return node if value < 0 else None
            case _:
                return None

    def _is_not(self, node: tree.Expr) -> bool:
        """Whether a value is known not to be negative."""
        low = range_of(self.desk, node).low
        return low is not None and low >= 0

    def _measured(self, name: str) -> tree.Expr | None:
        """What may make a measure negative: money of its rows, unless its condition keeps that from it."""
        measure = self.desk.measures.get(name)
        if measure is None or measure.value is None or measure.aggregate in {"count", "count_distinct"}:
            return None
        return self.negative(measure.value, frozenset() if measure.where is None else _told(measure.where))

    def _any(self, values: tuple[tree.Expr, ...], known: frozenset[Pair]) -> tree.Expr | None:
        return next((found for each in values if (found := self.negative(each, known)) is not None), None)

    def _sum(self, node: tree.Expr, terms: tuple[tree.Expr, ...], known: frozenset[Pair]) -> tree.Expr | None:
        """A sum with a subtraction in it, unless what is subtracted is known to be the smaller."""
        less = [each.value for each in terms if isinstance(each, tree.Negate)]
        more = [each for each in terms if not isinstance(each, tree.Negate)]
        inner = self._any(tuple(more), known)
        if inner is not None or not less:
            return inner
        if self._is_not(node):
            return None
        if len(less) == 1 and any((each, less[0]) in known for each in more):
            return None
        parts = [[self._part(each, whole) for each in less] for whole in more]
        whole_enough = any(sum(each for each in some if each is not None) <= 1 for some in parts if None not in some)
        return None if whole_enough else node

    def _part(self, value: tree.Expr, of: tree.Expr) -> Fraction | None:
        """The largest part of something that a value can be: a share of it, perhaps rounded, or the smaller of it."""
        if value == of:
            return Fraction(1)
        match value:
            case tree.Least(terms=terms):
                return Fraction(1) if of in terms else None
            case tree.Multiply(left=tree.Constant(value=Fraction() as share), right=right) if share >= 0:
                part = self._part(right, of)
                return None if part is None else share * part
            case tree.Divide(left=left, right=tree.Constant(value=Fraction() as by)) if by > 0:
                part = self._part(left, of)
                return None if part is None else part / by
            case tree.Rounded(value=inner):
                return self._part(inner, of)
            case tree.LetValue(name=name):
                made = self.desk.lets.get(name)
                return None if made is None else self._part(made.value, of)
            case _:
                return None

    def _tiers(self, node: tree.Tiers, known: frozenset[Pair]) -> tree.Expr | None:
        values = self._any(tuple(each.value for each in node.rows), known)
        first = fold(node.rows[0].bound)
        if values is not None or not node.applied or (first is not None and first > 0):
            return values
        below = [each for each in node.rows if each is node.rows[0] or (fold(each.bound) or 0) < 0]
        if all(fold(each.value) == 0 for each in below):
            return None
        return self.negative(node.subject, known)


def _told(condition: tree.Expr) -> frozenset[Pair]:
    """What is at least what, where a condition holds."""
    match condition:
        case tree.Both(terms=terms):
            return frozenset(pair for each in terms for pair in _told(each))
        case tree.Compare(operator=">" | ">=" | "=", left=left, right=right):
            return frozenset([(left, right)])
        case tree.Compare(operator="<" | "<=", left=left, right=right):
            return frozenset([(right, left)])
        case tree.Opposite(value=value):
            return _denied(value)
        case _:
            return frozenset()


def _denied(condition: tree.Expr) -> frozenset[Pair]:
    """What is at least what, where a condition does not hold."""
    match condition:
        case tree.Either(terms=terms):
            return frozenset(pair for each in terms for pair in _denied(each))
        case tree.Compare(operator=">" | ">=", left=left, right=right):
            return frozenset([(right, left)])
        case tree.Compare(operator="<" | "<=", left=left, right=right):
            return frozenset([(left, right)])
        case tree.Opposite(value=value):
            return _told(value)
        case _:
            return frozenset()
