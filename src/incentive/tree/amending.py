"""Several texts of one plan, each from its day on, as one tree.

A plan that changes in July stays one plan: people, data, balances and statements go on. So there is one tree, and what
the texts say alike is in it once. What they say otherwise, and what depends on that, is in it once for each text, the
older under a name of its own, such as `revenue (< 2026-07-01)`, which no author can write. Lines and what a settlement
asks for are `Amended`: the period in hand decides which version rules, and that one is computed as if it had always
been there. Parameters have values by day already, and take those of the new text from its day on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Final, TypeVar

from attrs import evolve, fields, frozen, has

from incentive.diagnostics import Span
from incentive.tree.examples import Example, GivenInput, GivenMeasure
from incentive.tree.nodes import (
    Amended,
    Component,
    Definition,
    Expr,
    FactPart,
    Grain,
    Group,
    LetValue,
    Measure,
    MeasureValue,
    Membership,
    Parameter,
    Ranking,
    Shared,
    Since,
    Version,
)
from incentive.tree.plan import Plan
from incentive.tree.settling import (
    AddLines,
    CapOver,
    Clawback,
    Draw,
    FloorAt,
    HoldBelow,
    LineGate,
    Settlement,
    SettlementStep,
    TrueUp,
    added,
    line_of,
)

_T = TypeVar("_T")
_Name = tuple[type, str]  # what is declared, and under which name: a measure, a group or a definition
_LIMITED: Final = (CapOver, Draw, FloorAt, HoldBelow)


@frozen
class Text:
    """One text of a plan, whole, and the day from which on it rules (None: the first one)."""

    since: date | None
    plan: Plan


def ruling(node: Expr, start: date) -> Expr | None:
    """Give what rules in the period that begins on a day: of an `Amended` its version, else the expression itself.

    None where nothing is in force then.
    """
    return version_at(node, start).value if isinstance(node, Amended) else node


def version_at(node: Amended, start: date) -> Version:
    """Give the version that rules in the period that begins on a day."""
    return next(each for each in reversed(node.versions) if each.since is None or each.since <= start)


def place_of(component: Component, start: date) -> Span | None:
    """Say where the text stands that rules the line of a component in the period that begins on a day."""
    return version_at(component.line, start).span if isinstance(component.line, Amended) else component.span


def known_as(plan: Plan, name: str, start: date) -> str:
    """Give the name in the tree of what authors call by a name in the period that begins on a day."""
    names = {*(each.name for each in plan.measures), *(each.name for each in plan.groups)}
    older = sorted(each for each in names if each.startswith(f"{name} (< "))
    return next((each for each in older if start.isoformat() < each[-11:-1]), name)


def combined(texts: Sequence[Text]) -> Plan:
    """Give one tree for several texts of a plan, in the order of their days.

    The texts have one header, agree on the data that they both name, and on the settlement but for its lines and
    amounts, which `settled_alike` tells. The examples of all of them are kept.
    """
    names = [_Names(at, texts) for at in range(len(texts))]
    turns = _turns(texts)
    for each in names:
        each.learn(turns)
    renamed = [name.whole(evolve(text.plan, examples=())) for name, text in zip(names, texts, strict=True)]
    days = [text.since for text in texts]
    return evolve(
        renamed[0],
        tables=_union([each.tables for each in renamed]),
        people=_union([each.people for each in renamed]),
        inputs=_union([each.inputs for each in renamed]),
        parameters=_parameters(days, renamed),
        measures=_union([each.measures for each in reversed(renamed)]),
        groups=_union([each.groups for each in reversed(renamed)]),
        definitions=_union([each.definitions for each in reversed(renamed)]),
        components=_components(days, renamed),
        settlement=_settlement(days, renamed),
        examples=tuple(
            name.example(each) for name, text in zip(names, texts, strict=True) for each in text.plan.examples
        ),
    )


def covered_alike(texts: Sequence[Text]) -> bool:
    """Tell whether all texts are for the same people."""
    turns = _turns(texts)
    return all(each.plan.covers == texts[0].plan.covers for each in texts) and not any(
        turns.get(each) for each in _reads(texts[0].plan.covers)
    )


def settled_alike(one: Plan, other: Plan) -> bool:
    """Tell whether two plans settle by the same steps with the same balances, but for amounts and lines added.

    A line that both plans have is added by both, in the same step and in the same way, or by neither.
    """
    if one.settlement is None or other.settlement is None:
        return one.settlement is other.settlement
    if [_fixed(each) for each in one.settlement.steps] != [_fixed(each) for each in other.settlement.steps]:
        return False
    both = {each.name for each in one.components} & {each.name for each in other.components}
    lines, others = (
        {
            line_of(line).component: (at, line)
            for at, step in enumerate(each.steps)
            if isinstance(step, AddLines)
            for line in step.lines
        }
        for each in (one.settlement, other.settlement)
    )
    return all(lines.get(name) == others.get(name) for name in both)


# ---- names -----------------------------------------------------------------------------------------------------------
class _Names:
    """The names that declarations of one text have in the common tree."""

    def __init__(self, at: int, texts: Sequence[Text]) -> None:
        self.at, self.texts = at, texts
        self.names: dict[_Name, str] = {}

    def learn(self, turns: Mapping[_Name, set[int]]) -> None:
        """Name what a later text says otherwise by the day of that text."""
        for key, at in turns.items():
            later = [each for each in sorted(at) if each > self.at]
            if later:
                self.names[key] = _older(key[1], self.texts[later[0]].since)

    def whole(self, plan: Plan) -> Plan:
        """Give a plan with these names."""
        return self.of(plan) if self.names else plan

    def example(self, example: Example) -> Example:
        """Give an example with these names; definitions of its own are no other text's."""
        if self.at + 1 == len(self.texts):
            return example
        made = _Names(self.at, self.texts)
        since = self.texts[self.at + 1].since
        made.names = {(Definition, each.name): _older(each.name, since) for each in example.definitions} | self.names
        return made.of(example)

    def of(self, value: _T) -> _T:
        """Give the same with these names, all the way down."""
        here: Any = value
        made: _T
        if isinstance(here, tuple):
            made = tuple([self.of(each) for each in here])  # type: ignore[assignment]  # a tuple is given for a tuple
            return made
        if not has(type(here)) or isinstance(here, Span):
            return value
        inner = {each.name: getattr(here, each.name) for each in fields(type(here))}
        changed = {name: self.of(each) for name, each in inner.items() if not isinstance(each, str)}
        for name, kind in _names_in(here):
            changed[name] = self.names.get((kind, inner[name]), inner[name])
        changed = {name: each for name, each in changed.items() if each is not inner[name]}
        made = evolve(here, **changed) if changed else here
        return made


def _older(name: str, since: date | None) -> str:
    return f"{name} (< {since})"


def _names_in(node: object) -> tuple[tuple[str, type], ...]:
    """Give the fields of a node that name a declaration, each with its kind."""
    match node:
        case Measure() | Group() | Definition():
            return (("name", type(node)),)
        case MeasureValue() | FactPart():
            return (("name", Measure),)
        case GivenMeasure():
            return (("name", Measure), ("who", Group))
        case LetValue():
            return (("name", Definition),)
        case Membership():
            return (("group", Group),)
        case Grain() | GivenInput():
            return (("who", Group),)
        case Shared() | Ranking():
            return (("among", Group),)
        case _:
            return ()


def _reads(root: Any) -> Iterator[_Name]:  # noqa: ANN401 - anything of a tree
    """Give the declarations that something names, itself included."""
    todo: list[Any] = [root]
    while todo:
        here = todo.pop()
        if isinstance(here, tuple):
            todo += here
        elif has(type(here)) and not isinstance(here, Span):
            yield from ((kind, getattr(here, name)) for name, kind in _names_in(here))
            todo += [getattr(here, each.name) for each in fields(type(here))]


def _turns(texts: Sequence[Text]) -> dict[_Name, set[int]]:
    """Give, by name, the texts in which it stands for something else than in the text before that has it."""
    declared: list[dict[_Name, Any]] = []
    for text in texts:
        every: tuple[Any, ...] = (*text.plan.measures, *text.plan.groups, *text.plan.definitions)
        declared.append({(type(each), each.name): each for each in every})
    follows: dict[_Name, list[tuple[int, int]]] = {}
    for key in dict.fromkeys(key for each in declared for key in each):
        at = [index for index, each in enumerate(declared) if key in each]
        follows[key] = list(pairwise(at))
    turns: dict[_Name, set[int]] = {
        key: {after for before, after in pairs if _unlike(declared[before][key], declared[after][key])}
        for key, pairs in follows.items()
    }
    reads = {
        (key, before): set(_reads(declared[before][key])) - {key}
        for key, pairs in follows.items()
        for before, _ in pairs
    }
    grows = True
    while grows:
        grows = False
        for key, pairs in follows.items():
            for before, after in pairs:
                moved = (turn for each in reads[key, before] for turn in turns.get(each, ()))
                if after not in turns[key] and any(before < turn <= after for turn in moved):
                    turns[key].add(after)
                    grows = True
    return turns


def _unlike(one: Any, other: Any) -> bool:  # noqa: ANN401 - two declarations of one kind
    """Tell whether two declarations differ; places do not count, nor where a plain class compares them."""
    return bool(evolve(one, span=None) != evolve(other, span=None))


# ---- declarations ----------------------------------------------------------------------------------------------------
def _union(several: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Give what any of the texts declares, by name; what several do they declare alike."""
    found: dict[str, Any] = {}
    for each in several:
        for one in each:
            found.setdefault(one.name, one)
    return tuple(found.values())


def _parameters(days: Sequence[date | None], plans: Sequence[Plan]) -> tuple[Parameter, ...]:
    """Give the parameters, with the values of each text from its day on."""
    found: dict[str, Parameter] = {}
    last: dict[str, Parameter] = {}
    for since, plan in zip(days, plans, strict=True):
        for each in plan.parameters:
            known = found.get(each.name)
            if known is None or since is None:
                found[each.name] = each
            elif last[each.name] != each:
                found[each.name] = _from(known, since, each)
            last[each.name] = each
    return tuple(found.values())


def _from(before: Parameter, since: date, after: Parameter) -> Parameter:
    kept = [each for each in before.values if each.start is None or each.start < since]
    begun = [each for each in after.values if each.start is None or each.start <= since]
    begins = [Since(since, each.value, span=each.span) for each in begun[-1:]]
    later = [each for each in after.values if each.start is not None and each.start > since]
    sources = dict.fromkeys(each.source for each in (before, after) if each.source)
    return evolve(after, values=(*kept, *begins, *later), source="; ".join(sources))


def _versions(days: Sequence[date | None], values: Sequence[Expr | None], spans: Sequence[Span | None]) -> Expr | None:
    """Give what several texts say of one figure: once where they agree."""
    versions: list[Version] = []
    for since, value, span in zip(days, values, spans, strict=True):
        if not versions or versions[-1].value != value:
            versions.append(Version(since, value, span=span))
    if len(versions) == 1:
        return versions[0].value
    first = next(each.value for each in versions if each.value is not None)
    return Amended(tuple(versions), type=first.type, span=None)


def _components(days: Sequence[date | None], plans: Sequence[Plan]) -> tuple[Component, ...]:
    by_name = [{each.name: each for each in plan.components} for plan in plans]
    out: list[Component] = []
    for name in dict.fromkeys(name for each in by_name for name in each):
        own = [each.get(name) for each in by_name]
        lines = [None if each is None else each.line for each in own]
        line = _versions(days, lines, [None if each is None else each.span for each in own])
        last = next(each for each in reversed(own) if each is not None)
        assert line is not None
        out.append(evolve(last, line=line))
    return tuple(out)


# ---- settlement ------------------------------------------------------------------------------------------------------
def _fixed(step: SettlementStep) -> object:
    """Give what no text may change of a step: its kind, its balance, its days; of rows, all that is asked of them."""
    match step:
        case AddLines():
            return "add"
        case TrueUp():
            return ("trueup", step.component, step.window, step.per)
        case Clawback():
            return (evolve(step, most=None, share=step.when), step.most is None)
        case CapOver():
            return ("cap", step.per, step.carry)
        case Draw():
            return ("draw", step.recoverable, step.first, step.last, step.balance, step.recovered, step.leaving)
        case FloorAt():
            return ("floor", step.carry)
        case HoldBelow():
            return ("hold", step.leaving)
        case _:
            return step


def _settlement(days: Sequence[date | None], plans: Sequence[Plan]) -> Settlement | None:
    several = [each.settlement for each in plans if each.settlement is not None]
    if not several:
        return None
    steps = (_step(days, each) for each in zip(*(one.steps for one in several), strict=True))
    return evolve(several[0], steps=tuple(steps))


def _step(days: Sequence[date | None], steps: Sequence[Any]) -> SettlementStep:
    first: Any = steps[0]

    def asked(name: str) -> Any:  # noqa: ANN401 - what the field holds
        return _versions(days, [getattr(each, name) for each in steps], [each.span for each in steps])

    made: SettlementStep
    match first:
        case AddLines():
            made = _added(days, steps)
        case TrueUp():
            made = evolve(first, target=asked("target"))
        case Clawback():
            made = evolve(first, share=asked("share"), most=asked("most"))
        case _ if isinstance(first, _LIMITED):
            made = evolve(first, limit=asked("limit"))
        case _:
            made = first
    return made


def _added(days: Sequence[date | None], steps: Sequence[AddLines]) -> AddLines:
    """Add the lines of all texts: one that is not in force pays nothing, so to add it changes nothing."""
    lines: list[Expr] = []
    gates: list[LineGate] = []
    for component in dict.fromkeys(name for step in steps for name in added(step)):
        said = [dict(zip(added(step), step.lines, strict=True)).get(component) for step in steps]
        last = next(each for each in said if each is not None)
        line = _versions(days, [last := each or last for each in said], [step.span for step in steps])
        assert line is not None
        lines.append(line)
        own = [[each.gate for each in step.gates if each.component == component] for step in steps]
        for gate in dict.fromkeys(each for several in own for each in several):
            found = [gate if gate in several else None for several in own]
            versions = _versions(days, found, [step.span for step in steps])
            assert versions is not None
            gates.append(LineGate(component, versions))
    return evolve(steps[0], lines=tuple(lines), gates=tuple(gates))
