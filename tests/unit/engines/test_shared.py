"""What threads share is made whole before another may look at it, and is one for all of them."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import incentive
from incentive.data import Facts
from incentive.diagnostics import Language
from incentive.engines.reference import Context, compile_plan, compiling, recorded
from incentive.engines.reference.crediting import Credited, RowFormulas, credit_rows
from incentive.engines.reference.turns import Formulas

ROOT = Path(__file__).parents[3]


def test_formulas_with_a_trace_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = compile_plan(incentive.load(ROOT / "tests" / "plans" / "draw_en.plan").tree)
    seen: list[object] = []

    def looking(made: Formulas, **changes: object) -> Formulas:  # where another thread may look, too
        seen.append(compiled._traced)
        return evolve(made, **changes)  # type: ignore[arg-type]

    monkeypatch.setattr(compiling, "evolve", looking)
    assert compiled.traced is compiled.traced
    assert seen == [None]


def test_a_measure_that_two_go_through_at_once_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = incentive.load(ROOT / "examples" / "quickstart" / "plan.plan")
    facts = plan.read(incentive.Dataset.from_folder(ROOT / "examples" / "quickstart" / "data"))
    figures = compile_plan(plan.tree).recorded(facts, None)
    once, meanwhile = credit_rows, list[Credited]()

    def interrupted(
        formulas: RowFormulas, facts: Facts, context: Context, as_of: date | None, language: Language
    ) -> Credited:
        made = once(formulas, facts, context, as_of, language)
        monkeypatch.setattr(recorded, "credit_rows", once)
        meanwhile.append(figures.credited("revenue"))  # as another thread does
        return made

    monkeypatch.setattr(recorded, "credit_rows", interrupted)
    assert figures.credited("revenue") is meanwhile[0]
