"""Splits: who gets which part of a fact, written in the plan, branch by branch."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from incentive import tree
from incentive.checking.clauses import head_of
from incentive.checking.conditions import condition
from incentive.checking.credits import climbs
from incentive.checking.describe import noun, percent_words, unit_words
from incentive.checking.desk import Desk
from incentive.checking.places import Place
from incentive.checking.proofs import knowing, knowing_not
from incentive.diagnostics import Help, Language
from incentive.language import syntax as s
from incentive.language.words import say
from incentive.quantities import exact_decimal


def declare_splits(desk: Desk) -> None:
    """Check what does not depend on the facts that are shared; the rest is checked with each measure."""
    overlays = _overlays(desk)
    for name, symbol in desk.symbols.items():
        if isinstance(symbol.node, s.Split):
            _branches(desk, name, symbol.node, whole=not overlays.get(name, False))


def _overlays(desk: Desk) -> dict[str, bool]:
    """For each split that is used, whether all measures use it as overlay."""
    found: dict[str, bool] = {}
    for symbol in desk.symbols.values():
        if isinstance(symbol.node, s.Measure):
            for clause in symbol.node.clauses:
                if isinstance(clause, s.BySplit):
                    found[clause.name.text] = found.get(clause.name.text, True) and clause.overlay
    return found


def _branches(desk: Desk, name: str, node: s.Split, *, whole: bool) -> None:
    branches = [each for each in node.clauses if isinstance(each, s.Shares)]
    last = next((each for each in branches if each.condition is None), None)
    if last is None and not desk.is_broken(node.span):
        word, helps = say("OTHERWISE", desk.language), [Help("example_otherwise")]
        desk.report("E230", head_of(desk, node.span), block=name, clause=word, helps=helps)
    elif last is not None:
        for each in branches[branches.index(last) + 1 :]:
            desk.report("E408", head_of(desk, each.span), name=name)
    for each in branches:
        total = sum((share.share.value for share in each.shares), Fraction(0))
        if whole and total != 1 and not desk.is_broken(each.span):
            _not_whole(desk, name, each, total)


def _not_whole(desk: Desk, name: str, branch: s.Shares, total: Fraction) -> None:
    """Report shares that lose a part of each fact or give a part of it twice."""
    language = desk.language
    gap, at = abs(1 - total), head_of(desk, branch.span)
    mark = "gap" if total < 1 else "excess"
    helps: list[Help] = []
    if branch.shares:
        last = branch.shares[-1]
        at = branch.shares[0].span.to(last.span) if len(branch.shares) == 1 else last.span
        fixed = last.share.value + 1 - total
        if fixed > 0:
            to = desk.text(last.path.span)
            helps.append(Help("change", {"share": _part(fixed, language), "to": to}))
    if total > 1:
        text = f"{say('SPLIT', language)} {name} {'en appui' if language == 'fr' else 'as overlay'}"
        helps.append(Help("overlay", {"text": text}))
    total_words, gap_words = _part(total, language), _part(gap, language)
    desk.report("E402", at, mark=mark, helps=helps, name=name, total=total_words, gap=gap_words)


def _part(value: Fraction, language: Language) -> str:
    """A share as an author writes it: thirds have no percentage."""
    return percent_words(value, language) if exact_decimal(value) is not None else str(value)


def split_credit(desk: Desk, node: s.BySplit, place: Place) -> tree.Credit | None:
    """Who gets a fact of a measure by a split, or None after a finding."""
    symbol = desk.use(node.name)
    if symbol is None:
        desk.miss(node.name, more=[each for each, one in desk.symbols.items() if one.kind == "split"])
        return None
    if not isinstance(symbol.node, s.Split):
        kind, wanted = noun(symbol.kind, desk.language), noun("split", desk.language)
        desk.report("E204", node.name.span, name=node.name.text, kind=kind, wanted=wanted)
        return None
    made: list[tree.SplitBranch] = []
    otherwise: tuple[tree.SplitShare, ...] | None = None
    sound = True
    for branch in symbol.node.clauses:
        if not isinstance(branch, s.Shares):
            continue
        holds = None if branch.condition is None else condition(desk, branch.condition, place)
        shares = _shares(desk, branch, knowing(place, holds) if holds is not None else place)
        if shares is None or (branch.condition is not None and holds is None):
            sound = False
        elif holds is None:
            otherwise = shares if otherwise is None else otherwise
        else:
            made.append(tree.SplitBranch(holds, shares))
            place = knowing_not(place, holds)
    if not sound or otherwise is None:
        return None
    to = tree.CreditSplit(node.name.text, tuple(made), otherwise)
    return tree.Credit(to, node.overlay, climbs(desk, node))


def _shares(desk: Desk, branch: s.Shares, place: Place) -> tuple[tree.SplitShare, ...] | None:
    found: list[tree.SplitShare] = []
    for each in branch.shares:
        value = desk.elaborate(each.path, evolve(place, guarded=True))
        if value is None:
            return None
        if not isinstance(value, tree.FieldValue) or value.type.unit.kind != "participant":
            desk.report("E250", each.path.span, got=unit_words(value.type.unit, desk.language))
            return None
        found.append(tree.SplitShare(each.share.value, value, each.label.text if each.label else ""))
    return tuple(found)
