"""Plans that are amended in the middle of what they pay: both engines, the JSON of their trees, and two laws.

Drawn plans are amended block by block. An amendment that says all again changes nothing; an amended plan pays before
the day as the old text and from it on as the new one. A planted bug breaks each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from attrs import evolve

import incentive
from incentive import tree
from incentive.engines.reference import leaves
from incentive.engines.reference.compiling import BUILDERS
from incentive.engines.reference.maker import Maker
from incentive.engines.reference.values import Evaluate
from tests.differential.comparing import WIDTHS, Case, compare, make_case, ready

SEEDS = range(16)
_REPLACED = ("measure", "component", "let", "parameter", "group", "gate", "split", "scale", "table", "settlement")
_Lines = dict[tuple[object, object, object], object]


def _said(block: str) -> str:
    return block.split(maxsplit=1)[0]


def _changed(block: str) -> str:
    """The block with one more clause, where that may have a meaning."""
    if _said(block) == "measure" and " deals" in block and "  where " not in block:
        return re.sub(r"^  dated", "  where hot\n  dated", block, count=1, flags=re.MULTILINE)
    if _said(block) == "component":
        return block.removesuffix("}\n") + "  cap 40 EUR\n}\n"
    return block


def _texts(case: Case) -> tuple[str, dict[str, str], str] | None:
    """An amendment of a drawn plan, the files that it names, and the whole plan that it makes; None for none."""
    periods = incentive.parse(case.text).periods
    if len(periods) < 2:
        return None
    new = list(case.blocks)
    for at, block in enumerate(case.blocks):
        new[at] = _changed(block)
        whole = "incentive 1 en\n" + "".join(new)
        if any(each.severity == "error" for each in incentive.check(whole)):
            new[at] = block
    if new == list(case.blocks):
        return None
    day = periods[len(periods) // 2].start
    replaced = "".join(f"replace {now}" for was, now in zip(case.blocks, new, strict=True) if was != now)
    amendment = f'incentive 1 en\namends "old.plan" from {day}\n{replaced}'
    return amendment, {"old.plan": case.text}, "incentive 1 en\n" + "".join(new)


@cache
def _amended(seed: int) -> tuple[Case, incentive.Plan, incentive.Plan] | None:
    """A case whose plan is amended, with the plan, and the new plan alone."""
    case = make_case(seed)
    made = _texts(case)
    if made is None:
        return None
    amendment, files, new = made
    plan = incentive.parse(amendment, files=files)
    return evolve(case, parsed=plan, parameters={}), plan, incentive.parse(new)


def _lines(run: incentive.Run, of: Callable[[str], bool]) -> _Lines:
    return {
        (each.participant, each.component, each.period): (each.status, each.amount)
        for each in run.payouts
        if of(str(each.period.start))
    }


def _looks_at_lines(plan: incentive.Plan) -> bool:
    """Whether a line of another period is read: it is what was paid, by the text of its time."""
    own = (None, tree.Window("whole", plan.tree.period))
    return any(isinstance(each, tree.LineValue) and each.type.grain.when not in own for each in tree.walk(plan.tree))


@pytest.mark.parametrize("seed", SEEDS)
def test_both_engines_pay_an_amended_plan_alike(seed: int) -> None:
    made = _amended(seed)
    if made is None:
        pytest.skip("nothing to amend")
    case, plan, _ = made
    assert tree.from_json(tree.to_json(plan.tree)) == plan.tree
    for widths in WIDTHS[:2]:
        compare(ready(case), widths)


def the_text_of_the_day_pays(seed: int) -> bool:
    """Before the day lines are those of the old plan, from it on those of the new one."""
    made = _amended(seed)
    if made is None or _looks_at_lines(made[1]):
        return True
    case, plan, new = made
    day = str(plan.periods[len(plan.periods) // 2].start)
    data = case.data.dataset()
    run, before, after = (
        each.run(data, engine="reference", participants=case.asked, as_of=case.as_of)
        for each in (plan, incentive.parse(case.text), new)
    )
    old, fresh = _lines(before, lambda start: start < day), _lines(after, lambda start: start >= day)
    return _lines(run, lambda start: start < day) == old and _lines(run, lambda start: start >= day) == fresh


@pytest.mark.parametrize("seed", SEEDS)
def test_before_the_day_the_old_text_pays_and_from_it_on_the_new_one(seed: int) -> None:
    assert the_text_of_the_day_pays(seed)


def saying_all_again_changes_nothing(seed: int, of: Callable[[str], str] = str) -> bool:
    """What is replaced by the same text is as it was, and so are all lines, balances and accounts."""
    case = make_case(seed)
    plan = incentive.parse(case.text)
    if len(plan.periods) < 2:
        return True
    again = "".join(f"replace {of(each)}" for each in case.blocks if _said(each) in _REPLACED)
    text = f'incentive 1 en\namends "old.plan" from {plan.periods[1].start}\n{again}'
    same = incentive.parse(text, files={"old.plan": case.text})
    data = case.data.dataset()
    one, other = (_without_places(each.run(data, engine="reference").results.to_dict()) for each in (plan, same))
    return plan.fingerprint == same.fingerprint and one == other


def _without_places(value: object) -> object:
    """A run as data, without where reasons stand in the text."""
    if isinstance(value, dict):
        return {name: _without_places(each) for name, each in value.items() if name not in {"labels", "path"}}
    return [_without_places(each) for each in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("seed", SEEDS)
def test_an_amendment_that_says_all_again_changes_nothing(seed: int) -> None:
    assert saying_all_again_changes_nothing(seed)


def test_a_version_that_begins_a_period_late_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    late = leaves.amended

    def planted(node: tree.Amended, make: Maker) -> Evaluate:
        first, *rest = node.versions
        moved = (evolve(each, since=each.since.replace(year=each.since.year + 1)) for each in rest if each.since)
        return late(evolve(node, versions=(first, *moved)), make)

    monkeypatch.setitem(BUILDERS, tree.Amended, planted)
    _amended.cache_clear()
    try:
        assert not all(the_text_of_the_day_pays(seed) for seed in SEEDS)
    finally:
        _amended.cache_clear()


def test_an_amendment_that_says_a_little_else_is_seen() -> None:
    assert not all(saying_all_again_changes_nothing(seed, _changed_if_sound(seed)) for seed in range(10))


def _changed_if_sound(seed: int) -> Callable[[str], str]:
    made = _texts(make_case(seed))
    changed = "" if made is None else made[0]
    return lambda block: _changed(block) if _changed(block) in changed else block
