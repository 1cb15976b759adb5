"""Every case comes out as it says, on every engine and in whichever way it is said."""

from importlib.util import find_spec
from typing import get_args

import pytest

from incentive.engines import Engine
from tests.conformance.reading import Case, every_case
from tests.conformance.running import problems, unlike_figures

needs_polars = pytest.mark.skipif(find_spec("polars") is None, reason="the columnar engine needs Polars")
ENGINES = [pytest.param(each, marks=needs_polars if each == "columnar" else ()) for each in get_args(Engine)]
every_one = pytest.mark.parametrize("case", every_case(), ids=lambda case: f"{case.family}/{case.id}")


@every_one
@pytest.mark.parametrize("engine", ENGINES)
def test_a_case_comes_out_as_it_says(case: Case, engine: Engine) -> None:
    found = list(problems(case, engine))
    assert not found, "\n".join(found)


@every_one
def test_its_figures_are_those_that_it_says(case: Case) -> None:
    found = list(unlike_figures(case))
    assert not found, "\n".join(found)
