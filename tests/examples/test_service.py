"""The service of the examples answers as the library does, from many threads at once."""

import importlib.util
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import incentive

pytest.importorskip("fastapi", reason="FastAPI is not installed")
pytest.importorskip("httpx", reason="httpx is not installed")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # which package of HTTP it would rather use
    make_client = pytest.importorskip("fastapi.testclient").TestClient

Post = Callable[..., Any]
APP = Path(__file__).parents[2] / "examples" / "service" / "app.py"


@pytest.fixture(scope="module")
def post() -> Post:
    spec = importlib.util.spec_from_file_location("service_app", APP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return partial(make_client(module.app).post, "/pay")


def asked(revenue: str) -> dict[str, object]:
    return {"period": "2026-Q1", "figures": {"revenue": revenue, "quota": "100000"}}


def test_figures_are_answered_with_pay_and_its_explanation(post: Post) -> None:
    found = post(json=asked("130000.00")).json()
    assert found["total"] == "8 800.00 EUR"
    assert [line["amount"] for line in found["lines"]] == ["7800", "1000"]
    assert found["explanations"]["commission"]["value"] == "7800"


def test_what_is_not_given_waits(post: Post) -> None:
    found = post(json={"period": "2026-Q1", "figures": {"revenue": "130000"}}).json()
    assert [line["status"] for line in found["lines"]] == ["pending", "pending"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"period": "2026-03", "figures": {}},
        {"period": "2026-Q1", "figures": {"sales": "1"}},
        {"period": "2026-Q1", "figures": {"revenue": "NaN"}},
        {"period": "2026-Q1", "figures": {"revenue": "ten"}},
        {"period": "2026-Q1", "figures": {"revenue": 0.1}},
    ],
)
def test_a_wrong_question_is_refused_and_not_computed(post: Post, wrong: dict[str, object]) -> None:
    assert post(json=wrong).status_code == 422


def test_threads_share_the_plan_and_nothing_else(post: Post) -> None:
    plan = incentive.load(APP.parents[1] / "quickstart" / "plan.plan")
    revenues = [str(1_000 * each) for each in range(200)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda each: post(json=asked(each)).json()["total"], revenues))
    assert found == [str(plan.pay("2026-Q1", revenue=int(each), quota=100_000).total) for each in revenues]
