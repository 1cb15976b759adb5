"""A small service: figures in, pay with its explanation out.

    pip install incentive fastapi uvicorn
    uvicorn examples.service.app:app

The plan is the only thing that requests share, and it is frozen: any number of threads may use it at once.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

import incentive

PLAN = Path(__file__).parents[1] / "quickstart" / "plan.plan"


class Asked(BaseModel):
    """What a client sends; figures are text, as in `"130000.00"`, since a number of JSON may come as a float."""

    period: str
    figures: dict[str, str]
    explain: bool = True


class Answer(BaseModel):
    """Lines and their explanations, as the library writes them for JSON; numbers are exact text."""

    fingerprint: str
    total: str
    lines: list[dict[str, object]]
    explanations: dict[str, dict[str, object]]


def make(plan: incentive.Plan) -> FastAPI:
    """Make a service for one plan."""
    app = FastAPI(title=plan.label)

    @app.get("/plan")
    def describe() -> dict[str, object]:
        return {"label": plan.label, "fingerprint": plan.fingerprint, "requires": plan.requires().to_dict()}

    @app.post("/pay")
    def pay(asked: Asked) -> Answer:  # not async: it computes, so it runs in a thread
        try:
            figures = {name: Decimal(text) for name, text in asked.figures.items()}
            statement = plan.pay(asked.period, **figures)
        except (incentive.UsageError, ArithmeticError) as error:
            raise HTTPException(422, str(error)) from error
        told = {name: statement.explain(name).to_dict() for name in plan.components} if asked.explain else {}
        lines = [each.to_dict() for each in statement.payouts]
        return Answer(fingerprint=plan.fingerprint, total=str(statement.total), lines=lines, explanations=told)

    return app


app = make(incentive.load(PLAN))
