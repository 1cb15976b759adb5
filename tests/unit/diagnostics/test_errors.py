"""Errors that carry findings carry them everywhere."""

import copy
import pickle

import pytest

import incentive


@pytest.mark.parametrize("again", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_findings_go_from_one_process_to_another(again: object) -> None:
    with pytest.raises(incentive.PlanError) as plan:
        incentive.parse("incentive 1 en\nplan")
    for error in (plan.value, incentive.DataError(plan.value.diagnostics)):
        found = again(error)  # type: ignore[operator]
        assert type(found) is type(error)
        assert (found.diagnostics, str(found)) == (error.diagnostics, str(error))
