"""Values that the host provides: their holder, their period, their bounds and how they add up or split."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import first_of, unique
from incentive.checking.constants import fold
from incentive.checking.describe import noun, percent_words, unit_words
from incentive.checking.desk import Declared, Desk, nearest
from incentive.checking.fields import _unit
from incentive.checking.places import Place
from incentive.checking.presence import may_be_prorated
from incentive.checking.slips import slip
from incentive.checking.units import RATIO, same
from incentive.diagnostics import Edit, Help, Span
from incentive.language import syntax as s
from incentive.language.words import HOLDERS, PERIODS, meaning, say, spellings
from incentive.quantities import PeriodKind


def declare_inputs(desk: Desk) -> None:
    """Values that the host provides for a holder and a period."""
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Input):
            declare_input(desk, name, symbol.node)


def declare_input(desk: Desk, name: str, node: s.Input) -> None:
    """A value that the host provides: what it is measured in, whose it is, and its bounds."""
    unit = _unit(desk, node.type)
    holder: Literal["participant", "team", "company"] = "company"
    period: PeriodKind | None = None
    period_span: Span | None = None
    for each in node.per:
        who = meaning(HOLDERS, each.text, desk.language)
        kind = None if who else meaning(PERIODS, each.text, desk.language)
        if who is None and kind is None:
            who = slip(desk, each, HOLDERS)
            kind = None if who else slip(desk, each, PERIODS)
        if who is not None:
            holder = who  # type: ignore[assignment]
        elif kind is not None:
            period, period_span = kind, each.span  # type: ignore[assignment]
        else:
            options = [*spellings(HOLDERS, desk.language), *spellings(PERIODS, desk.language)]
            near = nearest(each.text, options)
            helps = [Help("replace", {"near": near}, (Edit(each.span, near),))] if near else []
            desk.report(
                "E206",
                each.span,
                helps=helps,
                word=each.text,
                what=noun("a_holder", desk.language),
                options=", ".join(options),
            )
            return
    unique(desk, node.clauses, lambda clause: type(clause).__name__ if not isinstance(clause, s.Must) else None)
    made = tree.Input(name, node.label.text if node.label else "", unit or RATIO, holder, period, span=node.name.span)
    for clause in node.clauses:
        made = _modified(desk, made, clause, unit)
    prorated = first_of(node.clauses, s.Prorated)
    if prorated is not None and unit is not None and not may_be_prorated(desk, made, prorated.span):
        return
    if unit is not None:
        if unit.kind in {"participant", "row"}:
            desk.report("E247", node.type.span, got=unit_words(unit, desk.language))
            return
        desk.inputs[name] = Declared(made, period_span)


def _modified(desk: Desk, made: tree.Input, clause: s.Node, unit: tree.Unit | None) -> tree.Input:
    match clause:
        case s.Additive(missing=missing):
            if missing is None:
                return evolve(made, additive=True)
            part = _bound(desk, missing, unit)
            return evolve(made, additive=True, missing_part=part)
        case s.Phased(parts=parts):
            if not parts:
                return evolve(made, phased_equally=True)
            total = sum((each.value for each in parts), Fraction(0))
            if total != 1:
                from_, to = parts[0].span, parts[-1].span
                desk.report("E403", from_.to(to), total=percent_words(total, desk.language))
            return evolve(made, phases=tuple(each.value for each in parts))
        case s.Must(operator="within", bounds=(low, high)):
            least, most = _bound(desk, low, unit), _bound(desk, high, unit)
            musts = [tree.Must(">=", least)] if least is not None else []
            musts += [tree.Must("<=", most)] if most is not None else []
            return evolve(made, musts=(*made.musts, *musts))
        case s.Must(operator=operator, bounds=(bound,)) if operator != "within":
            value = _bound(desk, bound, unit)
            return evolve(made, musts=(*made.musts, tree.Must(operator, value))) if value is not None else made
        case s.Prorated():
            return evolve(made, prorated=True)
        case _:
            return made


def _bound(desk: Desk, node: s.Expression, unit: tree.Unit | None) -> Fraction | None:
    """A constant in the unit of the input."""
    value = desk.elaborate(node, Place(window=None, constant=True))
    if value is None or unit is None:
        return None
    number = fold(value)
    if number is None:
        desk.report("E522", node.span, text=desk.text(node.span), table="")
        return None
    one, two = value.type.unit, unit
    if (
        not isinstance(same(one, two), tree.Unit)
        and not (two.kind == "count" and one.kind == "ratio")
        and not (one.kind == two.kind == "count")
    ):
        if one.kind == two.kind == "money":
            desk.report(
                "E301",
                node.span,
                left=one.currency,
                right=two.currency,
                right_source="",
                verb=noun("verb_compared", desk.language),
                mark="right",
                helps=[Help("use", {"text": two.currency})],
            )
        else:
            desk.report(
                "E310",
                node.span,
                clause=say("MUST", desk.language),
                wanted=unit_words(two, desk.language),
                got=unit_words(one, desk.language),
            )
        return None
    return number
