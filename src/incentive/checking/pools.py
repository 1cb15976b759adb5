"""Pay that a group divides: one amount for all of them, whom it is divided among, and by which weight."""

from __future__ import annotations

from attrs import evolve

from incentive import tree
from incentive.checking.clashes import shown, value_words
from incentive.checking.conditions import condition
from incentive.checking.describe import noun
from incentive.checking.desk import Desk, nearest
from incentive.checking.periods import whole
from incentive.checking.places import Place
from incentive.checking.units import is_number
from incentive.diagnostics import Edit, Help, Remark
from incentive.language import syntax as s
from incentive.language.words import GROUPS, PERIODS, meaning, say, spelling, spellings


def divided(desk: Desk, pool: tree.Expr | None, pay: s.Pay, node: s.Shared, place: Place) -> tree.Expr | None:
    """The participant's part of a pool, or None after a finding."""
    among = among_whom(desk, node.among)
    window = place.window
    assert window is not None
    here = evolve(place, window=whole(desk.header.period))
    by = None if node.by is None else desk.elaborate(node.by, here)
    where = None if node.where is None else condition(desk, node.where, here)
    if window.shape == "to_date":
        language = desk.language
        over = f"{say('ACCUMULATE', language)} {say('OVER', language)} {spelling(PERIODS, window.kind, language)}"
        desk.report("E541", node.span, clause=" ".join(desk.text(node.span).split()), accumulate=over)
        return None
    if by is not None and not is_number(by.type.unit):
        wanted, got = noun("figure", desk.language), value_words(desk, by)
        word = desk.text(node.span).split()
        desk.report("E310", by.span or node.span, clause=" ".join(word[:2]), wanted=wanted, got=got)
        return None
    if (
        among is None
        or pool is None
        or (by is None and node.by is not None)
        or (where is None and node.where is not None)
    ):
        return None
    if among == "reports":
        desk.report("E542", node.among.span, name=node.among.text)
        return None
    own = personal(desk, pool, among)
    if own is not None:
        remarks = [Remark(own.span)] if own.span is not None and own.span != pay.value.span else []
        desk.report("E540", pay.value.span, remarks=remarks, text=shown(desk, own))
        return None
    grain = evolve(pool.type.grain, who="participant")
    step = desk.header.rounding_step
    amount = tree.Rounded(pool, step, desk.header.rounding, type=pool.type, span=pay.value.span)
    return tree.Shared(amount, among, by, where, step, type=evolve(pool.type, grain=grain), span=node.span)


def among_whom(desk: Desk, name: s.Name) -> str | None:
    """Whom the amount is divided among, or None after a finding."""
    symbol = desk.use(name)
    if symbol is None:
        found = meaning(GROUPS, name.text, desk.language)
        if found == "team":
            desk.used_people["team"] = None
        if found is None:
            desk.miss(name, more=_groups(desk))
        return found
    if symbol.kind == "group":
        return name.text
    near = nearest(name.text, _groups(desk))
    helps = [Help("replace", {"near": near}, (Edit(name.span, near),))] if near else []
    kind, wanted = noun(symbol.kind, desk.language), noun("a_group", desk.language)
    desk.report("E204", name.span, helps=helps, name=name.text, kind=kind, wanted=wanted)
    return None


def _groups(desk: Desk) -> list[str]:
    return [*spellings(GROUPS, desk.language), *(each for each, one in desk.symbols.items() if one.kind == "group")]


def personal(desk: Desk, value: tree.Expr, among: str) -> tree.Expr | None:
    """What of a figure differs among the people of a group."""
    todo, seen = [value], set[str]()
    while todo:
        for each in tree.walk(todo.pop()):
            match each:
                case tree.LetValue(name=name):
                    definition = desk.lets.get(name)
                    if definition is not None and name not in seen:
                        seen.add(name)
                        todo.append(definition.value)
                case tree.PersonValue() | tree.PersonMean() | tree.Presence() | tree.Membership():
                    return each
                case tree.InputValue(name=name) if desk.inputs[name].input.per == "team":
                    if among != "team":
                        return each
                case tree.MeasureValue() | tree.InputValue() | tree.LineValue() | tree.People():
                    who = each.type.grain.who
                    if who in {"participant", "reports"} or (who == "team" and among != "team"):
                        return each
                case _:
                    pass
    return None
