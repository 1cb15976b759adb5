"""Gates: conditions with the consequence of missing one, and the lines that go through them."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking.algebra import constant, join
from incentive.checking.clashes import shown
from incentive.checking.clauses import first_of, head_of, later, unique
from incentive.checking.conditions import condition
from incentive.checking.constants import fold
from incentive.checking.contradictions import contradiction
from incentive.checking.describe import noun, unit_words
from incentive.checking.desk import Desk
from incentive.checking.places import Place, plan_place
from incentive.checking.proofs import knowing
from incentive.checking.units import RATIO
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import say


def declare_gates(desk: Desk) -> None:
    """Every gate, as a shared definition over the plan's own period: lines that accumulate go through the same one."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Gate):
            made = _gate(desk, name, symbol.node)
            desk.lets[name] = tree.Definition(name, name, made, span=symbol.node.span) if made else None


def _gate(desk: Desk, name: str, node: s.Gate) -> tree.Expr | None:
    place = plan_place(desk.header.period)
    unique(desk, node.clauses, lambda clause: "otherwise" if isinstance(clause, s.Otherwise) else None)
    for clause in node.clauses:
        if isinstance(clause, s.Later):
            later(desk, clause)
    requirements, behind = _requirements(desk, node, place)
    missed = first_of(node.clauses, s.Otherwise)
    holds = missed is not None and missed.hold
    otherwise = None if holds else _otherwise(desk, name, node, behind)
    if requirements is None or not requirements or (otherwise is None and not holds):
        return None
    merged = join(desk, [*requirements, *([] if otherwise is None else [otherwise])], node.span, periods=False)
    if merged is None:
        return None
    kind = evolve(merged, unit=RATIO, grain=evolve(merged.grain, when=None))
    label = node.label.text if node.label else ""
    return tree.Gate(name, label, requirements, otherwise, type=kind, span=(node.label or node.name).span)


def _requirements(desk: Desk, node: s.Gate, place: Place) -> tuple[tuple[tree.Expr, ...] | None, Place]:
    """The conditions in order, each knowing that those before it hold; and the place of what stands beside them."""
    found: list[tree.Expr] = []
    sound, inside = True, place
    for clause in node.clauses:
        if isinstance(clause, s.Require):
            value = condition(desk, clause.condition, inside)
            sound = sound and value is not None
            if value is not None:
                found.append(value)
                inside = knowing(inside, value)
    if sound and not found and not desk.is_broken(node.span):
        helps = [Help("example_require")]
        clause_word = say("REQUIRE", desk.language)
        desk.report("E230", head_of(desk, node.span), block=node.name.text, clause=clause_word, helps=helps)
    never = contradiction(found)
    if never is not None:
        first, second = never
        remarks = [Remark(first.span)] if first.span else []
        at = second.span or node.name.span
        desk.report("E315", at, remarks=remarks, left=shown(desk, first), right=shown(desk, second))
        return None, place
    return (tuple(found) if sound else None), place


def _otherwise(desk: Desk, name: str, node: s.Gate, place: Place) -> tree.Expr | None:
    """What a missed gate leaves of a line, as a ratio."""
    clause = first_of(node.clauses, s.Otherwise)
    word = say("OTHERWISE", desk.language)
    if clause is None:
        if not desk.is_broken(node.span) and not any(isinstance(each, s.Later) for each in node.clauses):
            helps = [Help("example_missed")]
            desk.report("E230", head_of(desk, node.span), block=name, clause=word, helps=helps)
        return None
    if clause.value is None:
        return constant(Fraction(0), RATIO, clause.span)
    value = desk.elaborate(clause.value, place)
    if value is None:
        return None
    if value.type.unit.kind != "ratio":
        got, wanted = unit_words(value.type.unit, desk.language), noun("percentage", desk.language)
        desk.report("E310", clause.value.span, clause=word, wanted=wanted, got=got)
        return None
    part = fold(value)
    if part is not None and not 0 <= part <= 1:
        desk.report("E407", clause.value.span, name=name, text=shown(desk, value))
        return None
    return value


def gated(desk: Desk, value: tree.Expr | None, clause: s.GatedBy) -> tree.Expr | None:
    """A line through its gates, in the order written."""
    for name in clause.names:
        factor = _named(desk, name)
        if factor is None or value is None:
            value = None
            continue
        value = tree.Gated(factor, value, type=value.type, span=clause.span)
    return value


def holding(desk: Desk, line: tree.Expr) -> tuple[tree.LetValue, ...]:
    """The gates that hold a line instead of taking a part of it."""
    found: list[tree.LetValue] = []
    for node in tree.walk(line):
        if isinstance(node, tree.Gated) and isinstance(node.gate, tree.LetValue):
            made = desk.lets.get(node.gate.name)
            if made is not None and isinstance(made.value, tree.Gate) and made.value.otherwise is None:
                found.append(node.gate)
    return tuple(reversed(found))


def once_each(desk: Desk, clauses: tuple[s.Node, ...]) -> None:
    """Refuse a gate that a line goes through twice: a missed one would take its part twice."""
    seen: dict[str, s.Name] = {}
    for clause in clauses:
        for name in clause.names if isinstance(clause, s.GatedBy) else ():
            first = seen.setdefault(name.text, name)
            if first is not name:
                remarks = [Remark(first.span, "first")]
                desk.report("E211", name.span, remarks=remarks, clause=name.text, first_line=str(first.span.line))


def _named(desk: Desk, name: s.Name) -> tree.LetValue | None:
    symbol = desk.use(name)
    gates = [each for each, one in desk.symbols.items() if one.kind == "gate"]
    if symbol is None:
        desk.miss(name, more=gates)
        return None
    if symbol.kind != "gate":
        near = desk.nearest(name.text, gates)
        helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
        kind, wanted = noun(symbol.kind, desk.language), noun("gate", desk.language)
        desk.report("E204", name.span, helps=helps, name=name.text, kind=kind, wanted=wanted)
        return None
    made = desk.lets.get(name.text)
    return None if made is None else tree.LetValue(name.text, type=made.value.type, span=name.span)
